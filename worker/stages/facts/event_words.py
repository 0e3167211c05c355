"""The words by which each language says what happens, each under one English word for its kind of event.

    kind: language word word … ; language word …

A word that ends in * stands for all that begin so; a_b are two words in a row. From general knowledge. What
 `decisions`
knows of yes and no stands there.
"""

KINDS = """
none: en fire_service* fire_chief* fire_brigade* fire_department* fire_door* fire_engine* fire_truck* opened_fire
 open_fire opens_fire opening_fire
 election_board* prison_sentence* work_on trial_run* land_use open_letter* open_market* market_open* opened_an
 opens_an open_an life_sentence* found_that
 found_guilty strike_force poll_shows rule_out ruled_out talks_about; de brand_new; fr mettre_fin; es sin_embargo
appeal: en appeal*; de berufung* revision; fr appel; es apelac* apel* recurso*; it ricorso appello; pt recurs*
 recorr* apelac*; nl beroep; tr temyiz* itiraz*;
 uk апеляц*; ru апелляц*; pl apelac*
launch: en launch* liftoff lift_off lifts_off lifted_off lifting_off blast_off blasted_off takes_off took_off sets_out
 set_out set_off leave_earth; de start* abheb* abgehoben; fr lanc* decoll*; es lanz* despeg*; it lanci* decoll*;
 pt lanca* decol*; nl lancer* gelanceerd; tr firlat*; uk запуск* запуст* стартує старт; ru запуск* запуст* стартует
 старт;
 pl wystrzel* start
produce: en production produc* manufactur*; de produ* herstell*; fr product* produi*; es produc*; it produ*; pt
 produ*;
 nl produ*; tr uretim* uretme* uretec*; uk вироб*; ru производ*; pl produk*
runoff: en runoff* run-off* second_round; de stichwahl* zweite_runde zweiten_runde zweiter_wahlgang zweite_wahlgang;
 fr second_tour deuxieme_tour; es segunda_vuelta balotaje; it ballottaggio secondo_turno; pt segundo_turno
 segunda_volta;
 nl tweede_ronde; tr ikinci_tur*; uk другий_тур другого_туру другому_турі; ru второй_тур второго_тура втором_туре;
 pl druga_tura drugiej_turze drugiej_tury
vote: en vote* voting election* elect poll polls ballot* referendum*; de wahl* abstimm* gewahlt volksentscheid*
 referendum*; fr vote* voter* election* electoral* scrutin* referendum* elir*; es votar* votac* vota eleccion*
 comicios
 referendum*; it voto votar* votaz* elezion* referendum*; pt votar* votac* eleic* referendo* plebiscito*; nl stem*
 verkiezing* referendum*; tr secim* oylama* referandum*; uk вибор* голосув* референдум*; ru выбор* голосов*
 референдум*;
 pl wybor* glosow* referendum*
meet: en meet meets met meeting* summit* talks conference negotiat*; de treff* trifft traf gipfel* gesprach*
 konferenz*
 verhandl* tagung*; fr rencontr* reunir* reunion* reunis* sommet* pourparlers conference* negoci*; es reun* cumbre*
 conversaciones dialogo* conferencia* negoci*; it incontr* vertice riunir* riunion* riunisc* colloqui conferenza
 negoziat*; pt reun* cupula cimeira* conversacoes conferencia* negoc*; nl ontmoet* vergader* bijeenkom* top
 topoverleg gesprekken overleg onderhandel* conferentie*; tr zirve* toplanti* toplan* gorus* bulus* bir_araya
 konferans*
 muzakere*; uk зустр* саміт* перегов* конференц* засідан*; ru встреч* встрет* саммит* перегов* конференц* заседан*;
 pl spotka* szczyt* rozmowy rozmow konferencj* negocjac*
walkout: en strike walkout* walk_out walked_out stoppage*; de streik* ausstand* warnstreik*; fr greve*; es huelga*
 paro;
 it sciopero scioper*; pt greve*; nl staking* staken; tr grev*; uk страйк*; ru забастовк*; pl strajk*
march: en march* demonstration* rally rallies protest*; de demonstration* demo kundgebung* protest*; fr manifest*
 defil*;
 es manifest* marcha* protest*; it manifest* corteo protest*; pt manifest* marcha* protest*; nl demonstrat* betoging*
 protest*; tr yuruyus* gosteri* protesto* miting*; uk мітинг* протест* марш*; ru митинг* протест* марш*; pl manifest*
 protest* marsz*
trial: en trial hearing hearings hear appear_before appear_in court_case; de prozess* verhandlung* anhorung*; fr
 proces
 audience* comparai*; es juicio* audiencia* vista comparec*; it processo udienza udienze; pt julgamento* audiencia*;
 nl rechtszaak zitting* proces; tr durusma* dava* yargilan*; uk суд_розгляне слухан* процес; ru слушан* процесс;
 pl proces* rozpraw*
verdict: en verdict* ruling rule rules judgment* judgement* sentencing sentence* decide* decision; de urteil*
 entscheid*;
 fr verdict* jugement* delibere decision*; es veredicto* fallo sentencia* decidir* decision; it verdetto sentenza
 decider* decisione; pt veredicto* sentenca* decidir* decisao; nl vonnis* uitspraak beslis*; tr karar* hukum*;
 uk вирок* рішення; ru приговор* решение; pl wyrok* orzeczen* decyzj*
build: en construction build* built groundbreaking ground-breaking ; de bau baus bauen gebaut spatenstich*
 baubeginn* bauarbeiten errichtet; fr construi* construct* travaux chantier*; es constru* obras; it costru* lavori;
 pt constru* obras; nl bouw* gebouwd; tr insa* yapim*; uk будівн* будув* побудов*; ru строит* построе* стройк*;
 pl budow* zbudow*
publish: en publish* publication release_the released_the; de veroffentlich*; fr publi*; es public*; it pubblic*; pt
 public*;
 nl publice* gepubliceerd; tr yayin* yayım*; uk опублік* публікац*; ru опублик* публикац*; pl opublik* publikac*
wedding: en wedding* marry married marries; de hochzeit* heirat* geheiratet; fr mariage* marier* epous*; es boda*
 casar* casaron;
 it nozze matrimonio sposar*; pt casamento* casar*; nl bruiloft* trouw* huwelijk*; tr dugun* evlen* nikah*; uk
 весілл* одруж*;
 ru свадьб* женит* поженил*; pl slub* wesel*
funeral: en funeral* buried burial*; de beerdig* beisetz* beigesetzt begrabnis* trauerfeier*; fr obseques funeraill*
 enterr* inhum*;
 es funeral* entierro* sepelio enterrad*; it funeral* sepolt* esequie; pt funeral* enterro* sepult* velorio; nl
 begrafenis* begraven uitvaart*;
 tr cenaze* defned*; uk похорон* поховал* поховали; ru похорон* похоронят; pl pogrzeb* pochow*
final: en match final kick-off game derby; de finale spiel endspiel* anpfiff; fr match* finale rencontre; es partido
 final;
 it partita finale; pt jogo partida final; nl wedstrijd* finale; tr mac final* karsilas*; uk матч* фінал*; ru матч*
 финал*;
 pl mecz* final*
parade: en parade*; de parade* umzug*; fr defile parade*; es desfile*; it parata sfilata; pt desfile*; nl parade*
 optocht*;
 tr gecit_toreni; uk парад*; ru парад*; pl parad* defilad*
concert: en concert* premiere* festival* exhibition*; de konzert* premiere* festival* ausstellung*; fr concert*
 premiere festival* exposition*;
 es concierto* estreno* festival* exposicion*; it concert* prima festival* mostra; pt concerto* show estreia*
 festival* exposic*;
 nl concert* premiere* festival* tentoonstelling*; tr konser* galasi festival* sergi*; uk концерт* прем'єр*
 фестивал* виставк*;
 ru концерт* премьер* фестивал* выставк*; pl koncert* premier* festiwal* wystaw*
vaccinate: en vaccin*; de impf* geimpft; fr vaccin*; es vacun*; it vaccin*; pt vacin*; nl vaccin* inent*; tr
 asilama*; uk вакцин* щеплен*;
 ru вакцин* привив*; pl szczepi* szczepien*
truce: en ceasefire* cease-fire* truce* armistice; de waffenruhe* waffenstillstand* feuerpause*; fr cessez-le-feu
 treve*;
 es tregua* alto_el cese_el; it cessate_il tregua; pt cessar-fogo tregua*; nl wapenstilstand* staakt-het-vuren
 bestand;
 tr ateskes*; uk перемир* припинення_вогню; ru перемир* прекращение_огня; pl rozejm* zawieszenie_broni
attack: en attack* raid* shelling shelled airstrike* bombing* bombed bombard* shooting* gunmen assault* ambush*
 stabb*; de angriff* angegriffen
 anschlag* beschuss* uberfall* attentat* schiesserei*; fr attaqu* attentat* fusillade* bombard* raid*; es ataque*
 atac* atentado* tiroteo* bombarde*;
 it attacc* attentat* sparatoria bombard*; pt ataque* atac* atentado* tiroteio* bombarde*; nl aanval* aanslag*
 schietpartij* beschieting*;
 tr saldir* bombala*; uk атак* напад* обстріл* удар*; ru атак* нападе* обстрел* удар*; pl atak* zamach* ostrzal*
 strzelanin*
explosion: en explo* blast blasts detonat*; de explo* detonat*; fr explos*; es explos* explot* estall*; it esplos*
 esplod* scoppi*;
 pt explos* explod*; nl explo* ontplof*; tr patlama* patladi*; uk вибух*; ru взрыв* взорв*; pl wybuch* eksploz*
fire: en fire blaze* flames wildfire*; de brand brande brandes feuer feuers flammen grossbrand; fr incendie* feu
 flammes; es incendio* fuego llamas;
 it incendio incendi rogo fiamme; pt incendio* fogo chamas; nl brand vuur; tr yangin*; uk пожеж* загоря*; ru пожар*
 возгора* загоре*; pl pozar* ogien*
crash: en crash* collision* collid* derail* overturn* turned_over came_down; de absturz* abgesturzt sturzte unfall*
 ungluck* zusammenstoss* entgleis*;
 fr crash* ecras* accident* collision* deraill* renvers*; es estrell* accidente* choque* choc* descarril* volc*;
 it schiant* incidente scontr* precipit* deragli*; pt acidente* colis* caiu queda descarril* tombou; nl crash*
 neergestort ongeluk* botsing* ontspoor*;
 tr kaza* dustu dusme* carpis*; uk аварі* катастроф* зіткнен* розби*; ru авари* катастроф* столкнов* разби* круш*;
 pl wypad* katastrof* rozbi* zderz*
quake: en earthquake* quake* tremor*; de erdbeben* beben; fr seisme* tremblement*; es terremoto* sismo* temblor*; it
 terremoto scossa sisma;
 pt terremoto* sismo* tremor*; nl aardbeving*; tr deprem*; uk землетрус*; ru землетряс*; pl trzesieni*
storm: en storm* hailstorm* hurricane* tornado* cyclone* typhoon*; de sturm* unwetter* hagel* orkan*; fr tempete*
 orage* ouragan* grele*;
 es tormenta* huracan* granizo* tornado*; it tempesta uragano grandin*; pt tempestade* furacao* granizo* ciclone*;
 nl storm* hagel* orkaan*;
 tr firtina* kasirga*; uk буря шторм* ураган*; ru буря шторм* ураган*; pl burza burze huragan*
flood: en flood* landslide* avalanche* mudslide*; de hochwasser* flut* uberschwemm* erdrutsch* lawine*; fr
 inondation* avalanche* glissement*;
 es inundac* riada* alud* avalancha* deslizamiento*; it alluvion* inondaz* valanga frana; pt inundac* enchente*
 deslizamento* avalanche*;
 nl overstrom* lawine* aardverschuiving*; tr sel cig* heyelan*; uk повін* лавин* зсув*; ru наводнен* лавин* оползн*;
 pl powod* lawin* osuwisk*
sink: en sank sink* sunk capsiz*; de sank gesunken untergegangen gekentert sinken; fr coul* sombr* naufrag* chavir*;
 es hund* naufrag* zozobr*;
 it affond* naufrag*; pt afund* naufrag*; nl zonk gezonken vergaan; tr batti batma* alabora; uk затон* потону*; ru
 затон* потону*; pl zaton*
land: en landed landing touch_down touched_down splash_down splashed_down; de landete gelandet landung*; fr
 atterri*; es aterriz*; it atterr*;
 pt aterriss* pousou pouso; nl landde geland landing*; tr inis indi; uk приземл* посадк*; ru приземл* посадк*; pl
 wyladow* ladowani*
discover: en found discovered discovery; de gefunden entdeckt fund; fr retrouv* decouvert*; es hallad* encontr*
 hallazgo hallaron descubri*;
 it ritrovat* trovat* scopert*; pt encontrad* achad* descobert*; nl gevonden ontdekt vondst; tr bulundu bulunan; uk
 знайден* знайшли виявл*;
 ru найден* нашли обнаруж*; pl znalezi* odkry*
arrest: en arrest* detain*; de festgenommen festnahm* verhaft*; fr arret* interpell*; es detenid* detuv* detenc*
 arrest*; it arrest* fermat*;
 pt preso presa presos detid* prisao prend*; nl arrest* gearresteerd aangehouden opgepakt; tr tutukla* gozalti*
 yakaland*; uk заарешт* затрима*;
 ru арест* задержа*; pl areszt* zatrzym*
release: en released freed; de freigelassen freilass*; fr liber*; es liberad* liberac*; it liberat* rilasciat*; pt
 libertad* liberad* solto*;
 nl vrijgelaten; tr serbest*; uk звільнен* звільнили; ru освобо*; pl uwolni* zwolnion*
resign: en resign* step_down stepped_down steps_down stepping_down quit quits; de zuruckgetreten rucktritt*
 zurucktret* abgedankt; fr demission*; es dimi* renunci*;
 it dimess* dimission* dimett*; pt demiss* demit* renunci*; nl afgetreden aftreden opgestapt ontslag; tr istifa*; uk
 відставк*;
 ru отставк*; pl dymisj* rezygn* ustapi*
sign: en sign signs signed signing signature; de unterzeichn* unterschr*; fr signe* signature* signer*; es firma*
 firmo firmaron; it firma* firmeranno firmato; pt assina* assino*;
 nl ondertek* tekenen; tr imzala*; uk підпис* підпиш*; ru подпис* подпиш*; pl podpis* podpisz*
visit: en visit*; de besuch*; fr visite*; es visita*; it visita*; pt visita*; nl bezoek* bezocht; tr ziyaret*; uk
 візит* відвіда*; ru визит* посетит*; pl wizyt* odwiedz*
arrive: en arrive* arrival reach*; de ankommen angekommen ankunft eintreffen eingetroffen; fr arriv*; es llegar*
 llego llegada llegaron; it arriv*; pt chega*; nl aankom* aangekomen arriveer*;
 tr varacak vardi ulasti; uk прибу* приїд*; ru прибы* приед*; pl przyb* przyjed*
office: en take_office takes_office took_office sworn_in inaugurat*; de amtsantritt* vereidig* amtseinfuhr*; fr
 investiture* prendra_ses; es toma_de investidura asumira;
 it insediament* giuramento; pt posse; nl beedig* aantreden; tr goreve_bas* yemin*; uk присяг* інавгурац*; ru
 присяг* инаугурац*; pl zaprzysi* inauguracj*
open: en open opens opened opening reopen* re-open*; de offn* eroffn* geoffnet wiedereroffn* freigegeben; fr ouvr*
 ouvert* rouvr* reouv*; es abr* abier* reabr* reapert* apertura; it apr* apert* riapr* riapert*;
 pt abr* aber* reabr* reaber*; nl weer_open gaat_open openen opent geopend heropen* opening; tr acil* aci*; uk
 відкри*; ru откры* откро*; pl otwar* otworz* otwier*
close: en close closes closed closing closure* shut shuts shutdown* shutting; de schliess* geschlossen sperr*
 gesperrt; fr ferm*; es cerr* cierr* cierre; it chiu*; pt fech* encerr*; nl sluit* gesloten dicht;
 tr kapa*; uk закри* перекри*; ru закры* перекры* закро*; pl zamkn* zamyka*
withdraw: en withdraw* withdrew pull_out pulled_out pullout; de abzug* abzieh* abgezogen; fr retrait* retir*; es
 retir*; it ritir*; pt retir*; nl terugtrek*; tr cekil*; uk вивед* виводят* відвед*; ru вывод* вывед*; pl wycofa*
founded: en founded established; de gegrundet; fr fonde fondee cree creee; es fundad* creada; it fondat*; pt
 fundad*; nl opgericht; tr kuruldu kurulan; uk заснован*; ru основан*; pl zalozon*
born: en born; de geboren*; fr ne nee naquit naissance; es nacio nacid* nacimiento; it nato nata nacque; pt nasceu
 nascid*; nl geboren; tr dogdu dogumlu; uk народи*; ru родил*; pl urodz*
died: en died die dies killed; de starb gestorben verstorben getotet; fr mort* deced*; es murio muert* fallec*; it
 mort* decedut* deceduto; pt morreu mort* faleceu; nl overleden stierf gedood; tr oldu oldur* hayatini_kaybet*;
 uk помер* загину*; ru умер* скончал* погиб*; pl zmarl* zgin*
deliver: en deliver*; de liefer* geliefert ausliefer*; fr livr*; es entreg*; it consegn*; pt entreg*; nl lever*
 geleverd; tr teslim*; uk постач* постав*; ru постав*; pl dostaw* dostarcz*
run: en service services trains trams buses; de zuge bahnen verkehr; fr trains circulation; es trenes servicio; it
 treni; pt comboios trens; nl treinen; tr sefer*; uk потяги поїзди рух; ru поезда движение; pl pociagi ruch
"""

# How far a thing has come: two dates of one thing's beginning and end do not differ.
START = """
en start* begin* began begun launch* kick_off kicks_off kicked_off commenc* underway; de beginn* begann begonnen
 start* anlauf* angelaufen
 auftakt*; fr commenc* debut* demarr* lanc*; es empez* empiez* comenz* comienz* inici* arranc*; it inizi* comincia*
 cominc* avvi*; pt comec* inici*;
 nl begin* begon* start* gestart; tr basla*; uk почат* почн* почин* розпоч*; ru начал* начн* начин*; pl rozpocz*
 zacz* zaczyn*
"""
END = """
en end ends ended ending finish* conclude* expire* expiry deadline called_off calls_off call_off; de ende endet
 endete beend* auslauf* frist* ablauf*; fr fin finir* termin* achev* expir* echeance;
 es fin finaliz* termin* acab* plazo* venc* expir*; it fine finisc* finir* termin* conclu* scad*; pt fim termin*
 acab* prazo* venc* expir*;
 nl einde eindig* afgelopen deadline; tr bit* sona_er* son_bul*; uk закінч* заверш* кінець термін*; ru законч*
 заверш* конец срок*; pl koncz* zakoncz* koniec termin*
"""
