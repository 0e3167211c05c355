"""What may be so or not, with the words that say yes and the words that say no, in each language; and of whom or what.

Form and signs as in `event_words`: the words of "not-open" deny what those of "open" state. From general knowledge.
"""

PREDICATES = """
open: en open opened opens passable; de offen geoffnet freigegeben passierbar befahrbar; fr ouvert ouverte ouverts
 ouvertes; es abierto abierta abiertos abiertas;
 it aperto aperta aperti aperte; pt aberto aberta abertos abertas; nl open geopend; tr acik acildi; uk відкрито
 відкритий відкрита відкриті відкрите працює;
 ru открыт открыта открыто открыты работает; pl otwarty otwarta otwarte otwarto czynne czynny czynna
not-open: en closed closes shut closure impassable blocked; de geschlossen gesperrt dicht schliesst blockiert; fr
 ferme fermee fermes fermees bloque bloquee;
 es cerrado cerrada cerrados cerradas cerro bloqueado bloqueada; it chiuso chiusa chiusi chiuse bloccato bloccata;
 pt fechado fechada fechados fechadas fechou bloqueado bloqueada;
 nl gesloten dicht afgesloten geblokkeerd; tr kapali kapatildi kapandi; uk закрито закритий закрита закриті закрили
 перекрито; ru закрыт закрыта закрыто закрыты закрыли перекрыт перекрыта перекрыто;
 pl zamkniety zamknieta zamkniete zamknieto nieczynne zablokowany
appeal: en appeal appeals appealed appealing; de berufung revision; fr appel; es apelara apelar apelo recurrira
 recurso; it ricorso ricorrera appello; pt recorrer recorrera recorreu recurso;
 nl beroep; tr temyiz* itiraz*; uk апеляц* оскарж*; ru апелляц* обжал*; pl apelacj* odwol*
not-appeal: en accept_the accepts_the accepted_the; de akzeptier*; fr accepte; es acepta; it accetta; pt aceita; nl
 aanvaardt
resign: en resign resigns resigned resigning resignation step_down steps_down stepped_down stepping_down quit quits;
 de zuruckgetreten zurucktreten rucktritt tritt_zuruck trat_zuruck; fr demissionne demissionner demission
 demissionnera;
 es dimite dimitido dimitir dimitio dimitira dimision renuncio renunciara; it dimesso dimette dimettera dimissioni;
 pt demitiu demite demissao renunciou renunciara renuncia; nl afgetreden aftreden opgestapt treedt_af stapt_op;
 tr istifa; uk відставк*; ru отставк*; pl dymisj* rezygnacj* ustapil* ustapi zrezygnow*
not-resign: en stay_on stays_on remain_in_office remains_in_office; de bleibt_im; fr reste_en; es sigue_en; it
 resta_in; pt fica_no; nl blijft_aan; tr gorevinin_basinda; uk залишається_на; ru остается_на; pl pozostaje_na
arrest: en arrest arrested arrests detained; de festgenommen verhaftet festnahme*; fr arrete arretee arretes
 interpelle interpellee arrestation*; es detenido detenida detenidos arrestado arrestada detencion*;
 it arrestato arrestata arrestati fermato fermata arresto; pt preso presa detido detida presos prisao; nl
 gearresteerd aangehouden opgepakt arrestatie*; tr tutuklandi gozaltina tutuklama*; uk заарештован* заарештували
 затриман* затримали;
 ru арестован* арестовали задержан* задержали; pl aresztowan* zatrzyman*
dead: en dead died dies; de tot gestorben starb verstorben getotet; fr mort morte decede decedee tue tuee; es muerto
 muerta murio fallecio fallecido; it morto morta ucciso uccisa deceduto; pt morto morta morreu faleceu;
 nl dood overleden gestorven gedood; tr oldu olduruldu hayatini_kaybetti; uk помер померла загинув загинула мертв*;
 ru умер умерла погиб погибла мертв*; pl nie_zyje zmarl zmarla zginal zginela
not-dead: en alive survived survives; de lebt uberlebt uberlebte lebend; fr vivant vivante vit survecu; es vivo viva
 sobrevivio; it vivo viva sopravvissuto; pt vivo viva sobreviveu; nl leeft overleefde overleefd; tr hayatta yasiyor;
 uk живий жива вижив вижила; ru жив жива выжил выжила; pl zyje przezyl przezyla
approve: en approve approves approved adopted adopts passed ratified backs backed accepts accepted; de genehmigt
 gebilligt zugestimmt stimmt_zu verabschiedet angenommen billigt; fr approuve approuvee adopte adoptee ratifie; es
 aprobo aprobado aprobada aprueba ratifico;
 it approvato approvata approva ratificato; pt aprovou aprovado aprovada aprova ratificou; nl goedgekeurd aangenomen
 keurt_goed; tr onayladi onaylandi kabul_etti kabul_edildi; uk схвалив схвалила схвалено ухвалив ухвалила ухвалено;
 ru одобрил одобрила одобрено приняла_закон утвердил утвердила; pl zatwierdzil* przyjal przyjela uchwalil*
 zaakceptowal*
not-approve: en reject rejects rejected voted_down vetoed blocked turned_down; de abgelehnt lehnt_ab lehnte_ab
 verworfen; fr rejete rejetee rejette refuse; es rechazo rechaza rechazado rechazada; it respinto respinta respinge
 bocciato bocciata; pt rejeitou rejeita rejeitado rejeitada;
 nl verworpen afgewezen wijst_af weggestemd; tr reddetti reddedildi; uk відхилив відхилила відхилено; ru отклонил
 отклонила отклонено отверг отвергла; pl odrzucil* odrzucon*
sign: en sign signs signed signing; de unterzeichnet unterschrieben unterzeichnen unterzeichnete unterschreiben; fr
 signe signee signer signera signent; es firmo firmado firmada firmara firmar firmaron; it firmato firmata firmera
 firmare; pt assinou assinado assinara assinar assinaram;
 nl ondertekend getekend ondertekent ondertekenen; tr imzaladi imzalandi imzalayacak; uk підписав підписала
 підписали підписано підпише; ru подписал подписала подписали подписан* подпишет; pl podpisal* podpisan* podpisze
guilty: en guilty convicted; de schuldig verurteilt; fr coupable condamne condamnee; es culpable condenado
 condenada; it colpevole condannato condannata; pt culpado culpada condenado condenada; nl schuldig veroordeeld; tr
 suclu mahkum; uk винним винною винен винна засуджен* засудили; ru виновным виновной виновен виновна осужден*
 приговорен*; pl winny winna skazan*
not-guilty: en acquitted innocent cleared; de freigesprochen unschuldig freispruch; fr acquitte acquittee innocent
 innocente relaxe; es absuelto absuelta inocente; it assolto assolta innocente; pt absolvido absolvida inocente; nl
 vrijgesproken onschuldig; tr beraat masum; uk виправдан* невинн* невинуват*; ru оправдан* невинов*; pl uniewinnion*
 niewinn*
deliberate: en deliberate deliberately sabotage arson cyberattack cyber-attack hackers on_purpose; de absichtlich
 vorsatzlich sabotage brandstiftung; fr
 delibere deliberee sabotage criminel criminelle; es intencionado intencionada sabotaje provocado; it doloso dolosa
 sabotaggio; pt intencional sabotagem criminoso; nl opzettelijk sabotage brandstichting; tr kasitli kasten sabotaj
 kundaklama; uk навмисн* диверсі* підпал*; ru умышлен* диверси* поджог*; pl celow* umysln* sabotaz* podpaleni*
not-deliberate: en accidental accidentally accident technical_fault electrical_fault short_circuit technical_failure
 mechanical_failure human_error software_error; de unfall bedienungsfehler materialfehler
 technischer_defekt kurzschluss versehentlich; fr accident accidentel accidentelle court-circuit; es accidente
 accidental cortocircuito; it incidente accidentale cortocircuito; pt acidente acidental curto-circuito; nl ongeluk
 kortsluiting; tr kaza kazara; uk випадков* замикання; ru случайн* замыкани*; pl wypadek przypadkow* zwarci*
cancelled: en cancelled canceled called_off scrapped abandoned; de abgesagt gestrichen; fr annule annulee annules;
 es cancelado cancelada suspendido suspendida; it annullato annullata cancellato; pt cancelado cancelada; nl
 afgelast geannuleerd; tr iptal; uk скасован* скасували; ru отменен* отменили; pl odwolan* odwolano
not-cancelled: en go_ahead goes_ahead going_ahead take_place takes_place as_planned; de wie_geplant stattfinden
 findet_statt; fr comme_prevu aura_lieu maintenu maintenue; es segun_previsto se_celebrara sigue_adelante; it
 come_previsto si_terra; pt como_previsto mantido mantida; nl gaat_door doorgaan; tr planlandigi_gibi; uk
 відбудеться; ru состоится; pl odbedzie_sie
agreed: en reached_a struck_a agreed_to agreed_on agreed_a reach_a; de geeinigt einigten einigung einigen; fr
 parvenus_a accord_conclu; es alcanzaron_un llegaron_a acordaron acordado; it raggiunto_un accordato; pt chegaram_a
 alcancaram_um acordaram; nl akkoord_bereikt overeenstemming; tr anlasmaya anlasti anlastilar; uk домовилися
 домовились досягли_угоди; ru договорились достигли_соглашения; pl porozumieli uzgodnili osiagneli_porozumienie
evacuated: en evacuated; de evakuiert; fr evacue evacuee evacues; es evacuado evacuada evacuados; it evacuato
 evacuata evacuati; pt evacuado evacuada retirados; nl geevacueerd ontruimd; tr tahliye; uk евакуйован* евакуювали;
 ru эвакуирован* эвакуировали; pl ewakuowan*
candidate: en run_for stand_for seek_re-election seek_reelection run_again stand_again candidacy; de kandidiert
 kandidieren kandidatur antreten; fr candidat candidate candidature representera; es candidato candidata candidatura
 presentara; it candidato candidata candidatura candidera; pt candidato candidata candidatura candidatara;
 nl kandidaat verkiesbaar kandidatuur; tr aday adayligini; uk балотуватися балотуватиметься кандидат*; ru
 баллотироваться кандидат*; pl kandydow* kandydat* wystartuje
injured: en injured hurt wounded; de verletzt verwundet; fr blesse blessee; es herido herida lesionado lesionada; it
 ferito ferita infortunato; pt ferido ferida lesionado; nl gewond geblesseerd; tr yarali yaralandi; uk поранен*
 травмован*; ru ранен* травмирован* пострадал*; pl ranny ranna kontuzjowan*
not-injured: en unhurt unharmed uninjured unscathed; de unverletzt; fr indemne; es ileso ilesa; it illeso illesa; pt
 ileso ilesa; nl ongedeerd; tr yarasiz; uk неушкоджен*; ru невредим*; pl niezraniony
extradited: en extradited extradite extradition; de ausgeliefert auslieferung; fr extrade extradee extradition; es
 extraditado extraditada extradicion; it estradato estradata estradizione; pt extraditado extraditada extradicao; nl
 uitgeleverd uitlevering; tr iade_edil*; uk екстрад*; ru экстрад*; pl ekstrad*
safe: en safe drinkable; de sicher unbedenklich trinkbar; fr potable; es potable; it potabile; pt potavel; nl
 drinkbaar; tr icilebilir; uk безпечн* питна; ru безопасн* питьев*; pl bezpieczn* zdatna
not-safe: en contaminated unsafe polluted undrinkable poisoned; de verseucht verunreinigt kontaminiert vergiftet; fr
 contamine contaminee pollue polluee; es contaminado contaminada; it contaminato contaminata inquinato inquinata; pt
 contaminado contaminada; nl vervuild besmet; tr kirli zehirli; uk забруднен* отруєн*; ru загрязнен* отравлен*; pl
 skazon* zanieczyszczon*
sold: en sell sold sells sale; de verkauf verkauft verkaufen; fr vend vendre vendu vendue vente; es vendera vendido
 vendida venta; it vendera venduto venduta vendita; pt vendera vendido vendida venda; nl verkoopt verkocht verkopen;
 tr satacak satildi satis; uk продасть продано продаж; ru продаст продан* продажа; pl sprzeda sprzedan* sprzedaz
positive: en tested_positive test_positive; de positiv_getestet; fr teste_positif teste_positive; es dio_positivo;
 it risultato_positivo positivo_al; pt testou_positivo; nl positief_getest; tr pozitif; uk позитивний_тест; ru
 положительный_тест; pl pozytywny_test
not-positive: en tested_negative test_negative; de negativ_getestet; fr teste_negatif; es dio_negativo; it
 risultato_negativo; pt testou_negativo; nl negatief_getest; tr negatif; uk негативний_тест; ru отрицательный_тест;
 pl negatywny_test
recalled: en recalled recall recalls; de zuruckgerufen ruckruf ruckrufaktion; fr rappele rappelee rappels; es
 retirado_del; it richiamato richiamati; pt recolhido recall; nl teruggeroepen terugroepactie; tr geri_cagirdi; uk
 відкликан* відкликає; ru отозван* отзывает; pl wycofan* wycofuje
confess: en confess confesses confessed confession; de gestanden gesteht gestandnis; fr avoue avoues aveux; es
 confeso confesado confiesa; it confessato confessa confessione; pt confessou confessa; nl bekend bekende
 bekentenis; tr itiraf; uk зізнався зізналася; ru признался призналась; pl przyznal_sie przyznala_sie
genuine: en genuine authentic; de echt; fr authentique; es autentico autentica; it autentico autentica; pt autentico
 autentica; nl echt authentiek; tr orijinal; uk справжн* автентичн*; ru подлинн*; pl autentyczn* prawdziw*
not-genuine: en fake forged forgery counterfeit; de falschung gefalscht; fr faux contrefait; es falso falsa
 falsificado; it falso falsificato; pt falso falsa falsificado; nl vals vervalst vervalsing; tr sahte; uk підробк*
 фальшив*; ru подделк* фальшив*; pl podrobion* falsyfikat
licensed: en licence license permit licensed insured; de lizenz genehmigung zulassung; fr permis licence
 autorisation; es licencia permiso autorizacion; it licenza permesso autorizzazione; pt licenca autorizacao; nl
 vergunning rijbewijs; tr ruhsat* izin izni; uk ліцензі* дозвол*; ru лицензи* разрешени*; pl licencj* zezwoleni*
paid: en ransom; de losegeld; fr rancon; es rescate; it riscatto; pt resgate; nl losgeld; tr fidye; uk викуп*; ru
 выкуп*; pl okup*
sacked: en sacked fired_as dismissed_as; de entlassen gefeuert; fr limoge limogee licencie; es destituido destituida
 cesado despedido; it esonerato esonerata licenziato; pt demitido demitida; nl ontslagen; tr kovuldu
 gorevden_alindi; uk звільнено звільнили; ru уволен уволили; pl zwolniony zwolniono
banned: en banned ban bans prohibited barred forbidden kept_off kept_out; de verboten verbot verbietet; fr interdit
 interdite interdiction; es
 prohibido prohibida prohibe; it vietato vietata divieto; pt proibido proibida proibe; nl verboden verbod; tr
 yasakladi yasaklandi yasak; uk заборон*; ru запрет* запрещ*; pl zakazan* zakaz*
cause: en cause caused causes due_to because_of blamed blame led_to triggered; de ursache verursacht verursachte
 ausgelost
 ausloser grund schuld; fr cause causee causes provoque provoquee du_a; es causa causado causada causo debido_a debio_a
 provocado provocada provoco; it causa causato causata provocato provocata dovuto_a; pt causa causado causada causou
 provocado provocada devido_a; nl oorzaak veroorzaakt veroorzaakte; tr neden nedeni nedeniyle sebebi kaynaklandi; uk
 причин* спричин* внаслідок; ru причин* вызван* вызвал* из-за; pl przyczyn* spowodowa*
warned: en warned siren sirens; de gewarnt warnung sirene sirenen; fr averti avertis averties prevenus sirene sirenes;
 es avisado avisados alertado alertados sirena sirenas; it avvertiti avvisati allertati sirena sirene; pt avisados
 alertados sirene sirenes; nl gewaarschuwd waarschuwing sirene sirenes; tr uyari uyarildi uyarilmisti siren*; uk
 попереджен* попереди* сирен*; ru предупрежд* предупреди* сирен*; pl ostrzez* ostrzegl* syren*
involved: en involved involvement; de beteiligt verwickelt beteiligung; fr implique impliquee impliques implication; es
 implicado implicada implicados implicacion; it coinvolto coinvolta coinvolti coinvolgimento; pt envolvido envolvida
 envolvimento; nl betrokken betrokkenheid; tr karisti; uk причетн*; ru причастн*; pl zamieszan* udzial_w
violated: en violated breached violation violations; de verstoss verstosse verstossen gebrochen; fr viole violee
 violation violations; es violado violada violo violacion; it violato violata violazione violazioni; pt violado violou
 violacao; nl geschonden schending schendingen; tr ihlal*; uk порушен* поруши*; ru нарушен* наруши*; pl narusz*
informed: en informed notified consulted; de informiert unterrichtet benachrichtigt; fr informe informee informes
 consultes; es informado informada informados consultado; it informato informata informati consultato; pt informado
 informada informados; nl geinformeerd ingelicht; tr bilgilendirildi haberdar; uk поінформован*; ru уведомл*
 проинформирован*; pl poinformowan*
armed: en armed; de bewaffnet; fr arme armee armes; es armado armada; it armato armata; pt armado armada; nl
 gewapend; tr silahli; uk озброєн*; ru вооружен*; pl uzbrojon*
sober: en sober; de nuchtern; fr sobre; es sobrio sobria; it sobrio sobria; pt sobrio sobria; nl nuchter; tr ayik;
 uk тверез*; ru трезв*; pl trzezw*
not-sober: en drunk intoxicated; de betrunken alkoholisiert; fr ivre alcoolise; es borracho ebrio ebria; it ubriaco
 ubriaca; pt bebado embriagado; nl dronken; tr sarhos alkollu; uk п'ян* нетверез*; ru пьян* нетрезв*; pl pijan*
 nietrzezw*
"""

# Whom or what a statement is of. Where both sentences say so, it has to be the same.
THINGS = """
crossing: en crossing border pass checkpoint; de grenzubergang* grenze pass ubergang*; fr frontiere* passage
 poste-frontiere; es frontera* paso cruce; it frontiera valico confine; pt fronteira* passagem; nl grens
 grensovergang* grenspost; tr sinir* gecit* kapisi; uk кордон* перехід перехода пункт*; ru границ* переход* пункт*;
 pl granic* przejsci*
road: en road roads motorway highway street; de strasse* autobahn*; fr route* autoroute*; es carretera* autopista*
 autovia*; it strada autostrada; pt estrada* rodovia* autoestrada*; nl weg snelweg; tr yol yolu otoyol* karayolu; uk
 дорог* трас*; ru дорог* трасс*; pl drog* autostrad*
bridge: en bridge*; de brucke*; fr pont ponts; es puente*; it ponte ponti; pt ponte*; nl brug; tr kopru*; uk міст
 мосту мости; ru мост моста мосту; pl most mostu
tunnel: en tunnel*; de tunnel*; fr tunnel*; es tunel*; it tunnel galleria; pt tunel*; nl tunnel*; tr tunel*; uk
 тунел*; ru тоннел* туннел*; pl tunel*
airport: en airport* airspace; de flughafen* luftraum; fr aeroport*; es aeropuerto*; it aeroporto; pt aeroporto*; nl
 luchthaven* vliegveld*; tr havaliman*; uk аеропорт*; ru аэропорт*; pl lotnisk*
port: en port harbour harbor; de hafen*; fr port; es puerto*; it porto; pt porto; nl haven*; tr liman*; uk порт
 порту; ru порт порта; pl port portu
school: en school* university; de schule* universitat; fr ecole* universite; es escuela* colegio* universidad; it
 scuola scuole universita; pt escola* universidade; nl school scholen universiteit; tr okul* universite*; uk школ*
 університет*; ru школ* университет*; pl szkol* uniwersytet*
station: en station* metro underground subway; de bahnhof*; fr gare*; es estacion*; it stazione; pt estacao; nl
 station*; tr istasyon* gar; uk вокзал* станці*; ru вокзал* станци*; pl dworz* stacj*
shop: en shop* market* store* mall museum* restaurant* hotel*; de laden* markt* museum* geschaft*; fr magasin*
 marche musee*; es tienda* mercado* museo*; it negozi* mercato museo; pt loja* mercado* museu*; nl winkel* markt
 museum; tr dukkan* pazar* muze*; uk крамниц* магазин* ринок ринку музе*; ru магазин* рынок рынка музе*; pl sklep*
 targ* muze*
plant: en plant factory mine mill refinery reactor; de werk fabrik* bergwerk* mine raffinerie*; fr usine* mine*
 centrale raffinerie*; es fabrica* planta* mina* refineria*; it fabbrica fabbriche impianto miniera raffineria; pt
 fabrica* usina* mina* refinaria*; nl fabriek* centrale mijn; tr fabrika* maden* rafineri*; uk завод* шахт*; ru
 завод* шахт*; pl fabryk* zaklad* kopaln*
hospital: en hospital* clinic*; de krankenhaus* klinik*; fr hopital* clinique*; es hospital* clinica*; it ospedale
 clinica; pt hospital* clinica*; nl ziekenhuis*; tr hastane*; uk лікарн*; ru больниц*; pl szpital*
dam: en dam reservoir lake beach; de damm staudamm* strand; fr barrage* plage*; es presa embalse playa*; it diga
 spiaggia; pt barragem praia*; nl dam strand; tr baraj* plaj*; uk гребл* дамб* пляж*; ru плотин* дамб* пляж*; pl
 tama zapor* plaz*
water: en water; de wasser trinkwasser leitungswasser; fr eau; es agua; it acqua; pt agua; nl water drinkwater; tr
 su suyu; uk вода воду води; ru вода воды воду; pl woda wody wode
minister: en minister; de minister*; fr ministre*; es ministro* ministra*; it ministro ministra; pt ministro*
 ministra*; nl minister; tr bakan bakani; uk міністр*; ru министр*; pl minist*
president: en president; de prasident*; fr president*; es president*; it presidente; pt presidente; nl president; tr
 baskan* cumhurbaskan*; uk президент*; ru президент*; pl prezydent*
mayor: en mayor; de burgermeister*; fr maire; es alcalde* alcaldesa; it sindaco sindaca; pt prefeito prefeita; nl
 burgemeester*; tr belediye; uk мер мера; ru мэр мэра; pl burmistrz*
coach: en coach manager trainer; de trainer*; fr entraineur*; es entrenador*; it allenatore allenatrice; pt
 treinador* tecnico; nl trainer* coach; tr antrenor* teknik_direktor; uk тренер*; ru тренер*; pl trener*
driver: en driver; de fahrer*; fr conducteur* chauffeur*; es conductor*; it conducente autista; pt motorista*
 condutor*; nl chauffeur* bestuurder*; tr surucu* sofor*; uk водій* водія; ru водител*; pl kierowc*
captain: en captain pilot crew; de kapitan* pilot*; fr capitaine pilote*; es capitan* piloto*; it capitano
 comandante pilota; pt capitao piloto*; nl kapitein* piloot; tr kaptan* pilot*; uk капітан* пілот*; ru капитан*
 пилот*; pl kapitan* pilot*
suspect: en suspect suspects gunman attacker; de verdachtig* tater*; fr suspect* assaillant; es sospechos*; it
 sospettat*; pt suspeit*; nl verdachte*; tr supheli* zanli*; uk підозрюван*; ru подозреваем*; pl podejrzan*
director: en director chairman chairwoman chief boss ceo; de direktor* chef chefin vorstand*; fr directeur
 directrice patron pdg; es director* jefe* presidente; it direttore direttrice capo; pt diretor* chefe; nl
 directeur* baas topman; tr mudur* genel_mudur; uk директор* голова; ru директор* глава главы; pl dyrektor* prezes*
law: en law bill budget act plan reform; de gesetz* haushalt* plan reform*; fr loi budget plan reforme; es ley
 presupuesto* plan reforma; it legge bilancio piano riforma; pt lei orcamento plano reforma; nl wet begroting plan;
 tr yasa* butce* plan*; uk закон* бюджет* план*; ru закон* бюджет* план*; pl ustaw* budzet* plan*
deal: en deal treaty agreement contract accord ceasefire truce; de abkommen* vertrag* vereinbarung*; fr accord*
 traite contrat; es acuerdo* tratado* contrato*; it accordo trattato contratto; pt acordo* tratado* contrato*; nl
 akkoord verdrag* contract; tr anlasma* sozlesme*; uk угод* договор*; ru соглашени* договор*; pl umow* porozumieni*
 traktat*
fire: en fire blaze; de brand feuer; fr incendie* feu; es incendio* fuego; it incendio rogo; pt incendio* fogo; nl
 brand; tr yangin*; uk пожеж*; ru пожар*; pl pozar*
explosion: en explosion* blast; de explosion*; fr explosion*; es explosion*; it esplosion*; pt explosa*; nl
 explosie*; tr patlama*; uk вибух*; ru взрыв*; pl wybuch*
crash: en crash collision derailment; de absturz* zusammenstoss* ungluck; fr crash collision* deraillement; es
 choque* colision*; it schianto scontro; pt colisao; nl crash botsing; tr carpisma*; uk катастроф* зіткнен*; ru
 катастроф* столкнов*; pl katastrof* zderzeni*
match: en match game concert festival parade race; de spiel konzert festival; fr match concert festival; es partido
 concierto festival; it partita concerto festival; pt jogo partida concerto show festival; nl wedstrijd concert
 festival; tr mac konser festival*; uk матч* концерт* фестивал*; ru матч* концерт* фестивал*; pl mecz* koncert*
 festiwal*
summit: en summit talks meeting; de gipfel* gesprach* treffen; fr sommet* pourparlers reunion*; es cumbre* reunion*;
 it vertice incontro; pt cupula cimeira reuniao; nl top overleg; tr zirve* gorusme* toplanti*; uk саміт* зустріч*
 переговор*; ru саммит* встреч* переговор*; pl szczyt* rozmow* spotkani*
verdict: en verdict ruling sentence judgment conviction; de urteil*; fr jugement* verdict* condamnation*; es fallo
 sentencia*; it sentenza verdetto; pt sentenca*; nl vonnis* uitspraak; tr karar*; uk вирок*; ru приговор*; pl wyrok*
"""

# As much may be so as not; what should be so is not said to be; and what is so again was not before, which is news.
OPEN = """
en again reopen reopens reopened may might could possibly perhaps considering considers weighing should must ought
 would_be yet threatens threatened offered hopes almost nearly pending plead pleaded pleads until
 before
de wieder erneut konnte konnten moglicherweise sollte sollten muss musse mussten erwagt droht bisher fast
fr nouveau pourrait pourraient peut-etre devrait devraient doit envisage encore
es nuevo podria podrian quiza quizas deberia debe considera aun todavia
it nuovo potrebbe potrebbero forse dovrebbe deve valuta ancora
pt novamente novo poderia pode podem talvez deveria deve considera ainda
nl weer opnieuw kan mogelijk misschien zou zouden moet overweegt nog
tr yeniden tekrar olabilir belki gerekir gerekiyor henuz
uk знову може можуть можливо повинен має ще
ru снова вновь может могут возможно должен должна еще
pl ponownie znowu moze moga powinien musi jeszcze
"""

# What brings about an accident or a failure, of all languages together: the first word names it for people.
CAUSES = """
lightning: lightning blitz* foudre rayo* fulmin* raio* yildirim* блискавк* молни* piorun* bliksem*
weather: storm storms wind winds gust* ice icing snow heavy_rain fog sturm* eis schnee nebel tempete* vent neige
 brouillard
 tormenta* viento* nieve niebla tempesta vento neve nebbia tempestade firtina* ruzgar* сильний_вітер вітер бур* шторм*
 лід
 туман* ветер лед burz* wiatr mgl* storm* wind mist
attack: attack* cyberattack* cyber-attack* hack* sabotage* arson bomb* mine drone* missile* terror* explosives anschlag*
 angriff* brandstiftung* attaque* attentat* piratage ataque* atentado* sabotaje* ciberataque* attacco attentat* saldiri*
 sabotaj* атак* диверс* підпал* вибухівк* поджог* теракт* atak* sabotaz* aanval* aanslag*
error: mistake* human_error pilot_error driver_error negligence careless* inattent* menschliches_versagen fahrfehler*
 bedienungsfehler*
 erreur* negligence imprudence error_humano negligencia descuido errore negligenza erro_humano hata* ihmal* людськ*
 помилк*
 недбал* ошибк* халатн* blad* zaniedban* menselijk* fout*
defect: fault* defect* cable* transformer* valve* brake* software technical* malfunction* gate worn rust* crack*
 fatigue corros*
 short_circuit kurzschluss* kabel* bremse* materialermud* technisch* defekt* panne* vanne* frein* court-circuit
 technique
 averia* fallo* cortocircuito freno* guasto* difett* freni avaria* falha* ariza* kablo* fren* несправн* кабел* гальм*
 замикан*
 неисправ* тормоз* замыкан* поломк* awari* usterk* hamulc* zwarci* defect* storing*
gas: gas gas_leak gasleck* gasexplos* gaz fuite_de_gaz fuga_de_gas dogalgaz* газ* gaslek*
speed: speed* too_fast uberhoht* raser* vitesse velocidad velocita velocidade hiz* швидк* перевищ* скорост* predkosc*
 snelheid*
overload: overload* overloaded overcrowd* demand uberlast* uberladen surcharge* sobrecarg* sovraccaric* asiri_yuk*
 перевантаж*
 перегруз* przeciaz* overbelast*
"""
