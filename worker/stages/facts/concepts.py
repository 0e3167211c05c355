"""Words of several languages that say the same, so that a told sentence is known again in other words.

A table, not a dictionary: what news reports do and what they are about, a line for each idea
(what goes on is indented). `*` stands for any ending.
It only has to tell paraphrases within one story, so a line may hold words that no thesaurus would put together.
Lines that begin with `!` are events: what they tell has happened, or is to happen.
"""

from collections.abc import Iterator, Mapping

from worker.stages.text.fold import fold
from worker.stages.text.table import Table

SHORTEST_PREFIX = 4
STEM = 6  # letters by which the forms of a word that is in no line are one: vaccinate, vaccination
_SHORTEST_STEM = 4

_LINES = """
! kill killed kills killing dead die dies died death* toll fatal* perish* lives tot tote* toten gestorben starb*
    getotet ums mort morts mourir* mourut tue tues muerto* muert* murio murieron mort* fallec* vittim* ucciso* oldu
    olen olum* oldurul* zaginul* zagibl* pogib* ubit* vbit* umer* pomer* zmarl* zgin*
! injur* wound* hurt hospitali* casualt* verletz* bless* herid* lesion* ferit* yaral* poranen* ranen* travm* rann*
! missing disappear* vanish* unaccounted vermiss* disparu* desaparec* dispers* kayip* znik* propal* zagin*
! arrest* detain* custody held festgenommen verhaft* festnahm* interpell* arret* deten* tutukland* gozalt* zatrym*
    zaderz* areszt*
! charge* indict* accus* angeklagt anklag* inculp* imput* acus* suclan* zvinuvach* obvin* pidozr*
! sentenc* jail* prison* verurteil* gefangn* haft condamn* peine conden* carcel* mahkum* hapis* zasud* vyrok*
    prigovor* skazan*
! convict* guilty verdict* ruling ruled schuldig urteil* coupabl* culpab* fallo sucl* vyn vinov*
! appeal* berufung revision appel recurs* apel* temyiz* itiraz* oskarz*
! trial hearing court* tribunal* judge* judges gericht* richter* prozess* juge* juges proces* juez jueces juici*
    juzgad* audienc* mahkem* hakim* dava* sud sudd* suda sudy giudic* sadu
! strike* walkout walk* streik* greve* debray* huelga* paro grev* strajk* zabastov* straik* scioper*
! protest* march* demonstrat* rally rall* kundgebung demo demonstr* manifest* defil* cortege gosteri* protesto*
    yuruyus* protyst* miting*
! fire fires blaze* burn* flame* brand brannte feuer* flamm* incend* fuego* llamas yangin* pozhezh* pozhar* pozar*
! explo* blast* deton* explod* knall* patlama* patlad* vibuh* vybukh* vibukh* vzryv* wybuch*
! crash* accident* collision collid* overturn* derail* capsiz* unfall* zusammensto* entgleis* collision* deraill*
    choque* descarril* kaza* avari* katastrof*
! collaps* einsturz* eingesturzt eingest* effondr* derrumb* colaps* coktu cokt* obval* obrush* crollo*
! earthquake* quake* tremor* aftershock* erdbeben* beben nachbeben* seism* terremot* temblor* sismo* deprem* artci*
    zemletr* zemletrus*
! storm* cyclone* hurricane* typhoon* sturm* unwetter* orkan* tempet* tormenta* huracan* ciclon* firtina* kasirga*
    shtorm* buria* bury* uragan*
! flood* hochwasser* uberschwemm* inond* inund* sel seller* poven* povin* navodn*
! rescue* saved pulled gerettet sauve* secour* rescat* kurtar* vryat* riatuv* spas* ratow* retter rettung* retteten
! evacuat* evaku* evacu* tahliye* evakua* displac*
! attack* raid* shell* angriff* angegriff* attaqu* ataque* ataco saldir* ataka* atak* napad* obstril* udar*
! shoot* shot gunfire gunm* schuss* schiess* erschoss* fusill* tirote* dispar* silahl* stril* strel*
! vote* voted votes voting ballot* poll polls polling election* elect* wahl* wahlen stimm* votant* scrutin*
    eleccion* elecci* votac* vot oy oylar* secim* vibor* vybor* golos* glos* elezion*
! referend* volksabstimmung plebisc*
! win wins won victor* winner* beat defeat* gewinn* gewann* gewonn* sieg* gagn* remport* victoi* gano ganar* gana
    victori* kazan* peremo* pobed* wygr*
! lose lost loses loss* verlor* verlier* perdu perd* perdi* kaybet* progra* vtrat* poter*
! resign* quit quits stepp* rucktritt* zuruckgetret* demission* dimit* dimis* renunci* istifa* vidstavk* otstavk*
! appoint* ernann* nomm* nombr* atand* priznach* naznach*
! sign* signed agree* deal* accord* pact treat* unterzeich* abkomm* einig* vertrag* signe* acuerd* firm* anlasma*
    imza* ugod* domovl* soglash* pidpis* podpis* umow* accordo
! reject* refus* dismiss* ablehn* abgelehn* rejet* rechaz* reddet* vidhil* vidkyn* otverg* otkaz* vidmov*
! deny denies denied dementi* bestreit* bestritt* nier nie nego negar* niega* yalanla* sprostuv* zaperech* oproverg*
    oprover*
! confirm* bestatig* verified prove proved proven confirma* dogrula* teyit* pidtverd* podtverd* potwierdz*
! admit* concede* acknowledg* raumt* eingeraum* reconn* admite* reconoc* kabul* vyzn* pryzn* prizn*
! correct* mistak* error* erron* wrong fehler* korrig* irrtum* berichtig* erreur* corrig* rectifi* equivoc* yanlis*
    duzelt* pomyl* oshib*
! withdraw* withdrew withdrawn retract* zuruckgezog* zuruckzieh* retir* geri vidklyk* vidkly* otozv*
! warn* alert* alarm* warnung* warnt* avert* advert* uyar* popered* predupred* ostrzeg*
! announc* declar* unveil* angekund* ankund* bekannt annonc* anunci* aciklad* duyur* ogolos* ob'yav* obyav* oholos*
! begin* began begun start* launch* commenc* open* kick* underway beginn* begann* begonn* gestart* anlauf* anlaufen
    ouvr* debut* empez* comenz* inici* arranc* basla* acil* rozpoch* pochat* pochal* nachal* nachin* rozpocz*
! reopen* wiederero* rouv* reabr* reanud* yeniden vidnov* otkry* vidkry* resum* restor*
! end ends ended ending finish* conclud* endet* beend* abgeschloss* termin* acab* finaliz* fini* sona bitti*
    zakinch* zaversh* zakonch*
! close closed closes closing shut* shutdown halt* suspend* stop* stopp* geschloss* schliess* gesperrt eingestell*
    ferm* arret* suspen* cierr* cerr* clausur* kapat* kapal* durdur* zakry* zakri* zupin* pripin* ostanov*
! cancel* scrap* abgesagt absag* annul* iptal* skasov* otmen*
! delay* postpon* verschob* verspat* retard* aplaz* retras* ertele* vidklad* perenes* otlozh*
! approv* pass* adopt* genehmig* gebilligt beschloss* verabschiedet approuv* aprob* onay* kabul shval* odobr*
    ukhval* skhval*
! ban bans banned prohibit* forbid* verbot* verboten interdi* prohib* yasak* zaboron* zapret*
! merg* takeover acqui* buy bought purchas* fusion* ubernahm* ubernimm* gekauft kauf* rachet* achat* compr* adquir*
    satin* birles* zlyt* pokup* kupi*
! sell sells sold sale* verkauf* vend* vent* satil* sprzed* prodaj* prodaz* prodan*
! invest* spend* spent finanz* investi* inverti* yatirim* vklad*
! cost* price* koste* gekostet cout* prix coste* preci* fiyat* maliyet* vart* tsin* tsen* stoim*
! rise rises rose risen climb* increas* grew grow* jump* higher steig* gestieg* stieg* erhoh* augment* hauss*
    aument* creci* artt* artis* yuksel* zros* vyros* zbilsh* uvelich* subio suben subir*
! fall fell fallen drop* decreas* declin* lower* cut cuts reduc* sank* sink* gefallen fiel* gesunk* senk* baiss*
    chut* dimin* baj cay redu* dus azal* zmensh* vpal* upal* snizh* znyzh*
! find finds found discover* recover* gefunden entdeck* trouv* decouv* retrouv* encontr* bulun* bulu* znayd* znaish*
    nash* obnaru* vyiav*
! investigat* inquir* probe prosecut* ermitt* untersuch* enquet* investig* parquet fiscal* sorustur* rozslid*
    rassled* prokur* savci*
! sue sues sued suing lawsuit* complaint* klag* klagt plaint* demand* denunci* pozov* isk iska
! search* suche* sucht gesucht cherch* recherch* busc* busqu* aran* arama* poshuk* shuka* isk poisk*
! steal* stole stolen theft* thief thieves rob burglar* gestohlen diebstahl* dieb* raub* vol vole* voleur* robo
    robad* ladron* cal hirsiz* vikrad* vykrad* ukra* krad*
! return* zuruck* retour* rend* devolv* regres* don poverny* povern* verny*
! arriv* reach* ankunft eingetroff* erreich* angekomm* lleg* alcanz* ulas* var prybu* prybul* prib* dosiag*
! leave* leav* depart* set verlass* quitt* part* abandon* sal ayril* pokyn* poikh* vyiz* uekh*
! visit* travel* trip* besuch* reis* visite* voyag* visita* viaj* ziyaret* vizyt* vizit* poizd*
! trapped eingeschloss* verschutt* piege* coince* atrapad* sepultad* intrappolat* uwiezion* uviaznen* blokirovan*
    soterrad* mahsur* ingeslot* opgeslot*
! ill sick sickened fell_ill erkrank* krank* malad* enferm* ammalat* adoec* doente* hasta* hastaland* khvor* zakhvor*
    zabole* zachorow* chor* ziek*
! inspect* examin* check* kontroll* gepruft pruf* inspiz* controle* inspecc* ispezion* denetle* perevir* prover*
    sprawdz*
! repair* fixed mend* reparier* instand* repar* riparat* onar* remont* napraw* gerepareerd
! know knew known aware wusst* savai* sabi* sapev* biliyor* znav znal* wiedzial* wist
! cause* caused due verursach* ausgelost caus* provoc* neden* sebep* sprychyn* prychin* prichin* spowod* veroorzaak*
! heard hear gehort horen entend* oyero* oyeron sentit* ouvi* duyul* duydu chul* pochul* slysz* slysh* gehoord
! meet* met summit* conferen* gather* treff* traf gipfel* tagung* rencontr* sommet* reun* cumbre* bulus* toplan*
    zirve* zustrich* sammit* samit* vstrech* spotk*
! talk* negotiat* discuss* verhandl* gesprach* negoci* pourparler* dialog* conversac* gorusm* muzaker* perehovor*
    peregovor* obgovor* rozmow*
! attend* participat* take* teilnahm* teilnehm* particip* asist* katil* uchast* vizm*
! invit* einlad* eingelad* invite* davet* zapros* priglas*
! demand* claim* want* insist* forder* verlang* reclam* exig* pid istiyor* talep* vymag* vimag* trebu* domag*
! offer* propos* plan* plann* vorschlag* angebot* geplant offr* ofrec* propon* prevé oner* teklif* planla* proponu*
    predlag* planu*
! promis* pledg* versprech* versproch* zusag* promess* promet* soz obits* obest*
! join* beitret* angeschloss* rejoin* unir* sum katild* pryiedn* prisoed*
! replac* substitut* represent* place ersetz* vertret* vertritt* remplac* reempl* yerine* temsil* zamin* zamen*
! move* moved transfer* shift* relocat* verleg* deplac* traslad* tasin* alin* perenes* pereme* perevez*
! deliver* suppl* help* support* donat* hilf* unterstutz* livr* aid soutien* soutenir apoy* ayud* suministr* yardim*
    destek* dopomo* pomoshch* pidtrym*
! vaccin* impf* vacun* asi asila* vaktsin* shcheplen* privi*
! infect* case* cases outbreak* epidem* virus* patient* ansteck* infekt* erkrank* cas contag* caso* brote* vaka*
    salgin* vypad* zarazh* khvor* sluch*
! test* sampl* laborat* probe* prob* prelev* analis* muestr* numun* analiz* zrazk* labor*
! damage* destroy* wreck* schaden* beschadig* zerstor* degat* detru* endommag* dano* dan destru* hasar* yikil*
    poshkodzh* znysh* zruin* razrush* povrezhd*
! power electric* blackout* outage* strom* stromaus* courant* electr* apagon* elektrik* elektr* svitl* svet
! escap* flee* fled flucht* geflohen flieh* fui fuit* evad* huy kac vtech* vtekl* bezh* utik*
! free freed releas* freigelass* freikomm* entlass* liber* relach* serbest* zvilny* osvobod* zwoln*
! seize* confiscat* beschlagnahm* saisi* incaut* decomis* konfisk* vyluch* izia*
! hire* layoff* job jobs work* employ* stelle* arbeits* entlassung* emploi* embauch* licenci* empleo* puesto*
    trabaj* istihdam* roboch* robot* zvilnen* rabot*
! build* construct* erect* gebaut errichtet constru* chantier* obra* insaat* budiv* buduv* stroi* bau bauen baut
! block* besieg* sperr* bloqu* bloke* blok* zablok* perekry*
! score* goal* tor tore treffer but buts marqu* gol goles marc* anot* gool* hol zaby* zabi*
! publish* releas* report* veroffentl* publi* yayin* opublik* opryl*
! quarantin* isolat* isol*
! recall* ruckruf* rappel* retira* vidklik*
! fine fined penalt* fines bussgeld* geldstraf* strafe amend* sanction* sanktion* ceza* yaptirim* shtraf* sanktsi*
    multa multas
! land lands landed landing takeoff lift* lifted liftoff launch* gelandet gestartet decoll* atterr* aterriz* despeg*
    kalk* zlet* posad* vzlet*
worker* miner* staff arbeiter* mitarbeit* ouvrier* mineur* salari* obrer* trabajad* isci* madenci* robitnyk*
    pratsivn* shakhtar* rabochi*
driver* fahrer* conduct* chauffeur* soforl* surucu* vodi* machinist*
police polizei* policia* gendarm* polis* polits* poliz* officer* officers
minister* ministr* ministerium ministere ministerio bakan* ministry
government* regierung* gouvernement* gobiern* hukumet* uriad* pravitel* rzad*
president* prasident* presidente* baskan* prezydent* prezident* chairm* chairw* chair chief head
mayor* burgermeister* maire* alcald* belediye* mer mera council* rat stadtrat*
parliament* lawmak* mps deput* parlament* abgeordnet* diput* meclis* milletvek* rada deputat*
hospital* klinik* krankenhaus* hopita* hopital* hastan* likarn* bolnits* szpital* clinic*
doctor* arzt* arzte medecin* medic* doktor* likar* vrach*
school* schule* schuler* pupil* student* ecole* eleve* escuel* alumn* okul* ogrenc* shkol* uchni*
teacher* lehrer* enseign* profes* maestr* ogretmen* vchytel* uchitel*
child* kid kids kind kinder enfant* nino* ninos ninas cocuk* dit ditei rebenk* deti
company* firm firms maker owner* firma* konzern* unternehm* societ* entrepris* empres* sirket* kompan* predpr*
factory* factor* plant* works werk* fabrik* usine* fabric* planta* fabrika* zavod* refiner* raffiner*
truck* lorry lorries haulier* lkw camion* kamyon* vantazh* gruzov* furg*
car cars vehicle* auto autos wagen fahrzeug* voitur* coche* vehicul* arac* arab* avtom* mashyn* mashin*
bus buses coach* autobus* otobus* avtobus*
train* tram* rail* zug zuge bahn* strassenb* tren* tramway* tranv* ferrocarr* poizd* poezd* pociag*
ship* boat* ferr* vessel* craft schiff* boot* fahre* bateau* navir* barc* buque* gemi* feribot* korabl* sudno*
    parom*
plane* aircraft jet flight* flugzeug* flug avion* vuel* ucak* ucus* litak* samol* reis*
road* highway* street* lane strass* route* rue carret* calle* yol dorog* ulits* vuly*
bridge* bruck* pont ponts puent* kopru* mist mosta most
border* crossing* grenz* front* sinir* kordon* granits* pass
airport* airfield* flugplatz* flughafen* aeroport* aeropuert* havaliman* havaalan*
mine mines pit bergwerk* grube* schacht* mina* madenl* maden shakht*
museum* gallery musee* museo* muze* muzei*
painting* picture* gemald* bild bilder tableau* toile* cuadro* pintur* tablo* kartin*
price* wage* pay salar* raise lohn* gehalt* salaire* sueld* salari* maas* zam zarplat* zarobit*
money sum fund* geld* summe argent* dinero* para denh* grosh*
people person* persons resident* leute mensch* personn* gens gente personas habitant* kisi* insan* liud* lyud* osib*
    chelovek* osob*
house* home homes haus hauser maison* casa* vivien* ev evler* budyn* dom doma domiv*
city town* village* stadt* dorf* ville* ciudad* puebl* sehir* kent* koy mist* misto gorod* sel selo
union* gewerkschaft* syndic* sindicat* sendik* profspilk* profsoiuz*
number* count* figure* total zahl* nombre* chiffre* numer* cifra* sayi* kilkist* chislo*
report* reported bericht* inform* informe* rapor* povidom* soobsh*
week* woche* semain* seman* hafta* tyzhd* nedel*
month* monat* mois mes meses ay aylar* misiats* mesiats*
year* jahr* jahre* an ans annee* ano anos yil rik roku roky god goda let rokiv
hour* stund* heur* hora* saat* godyn* hodyn* chas*
morning* morgen matin* manana sabah* ranok vranc* utr
evening* abend* soir* tarde aksam* vecher* vechir*
night* nacht* nuit* noche* gece* nich nochi noch*
passenger* passagier* passager* pasaj* yolcu* pasazh*
victim* opfer* victima* kurban* zhertv*
soldier* troop* army military soldat* militar* ejercit* asker* ordu viisk* vois* armi*
weapon* arms missile* rocket* drone* waff* raket* drohne* arma* misil* cohete* dron* fuze* rakety iha
water wasser* eau agua* su vod
forest* wald* walder foret* bosque* orman* lis lisu les
farm* bauer* landwirt* agricult* granj* agricol* ciftci* ferm* fermer*
bank* banque* banco* banka*
tree* baum* baume arbre* arbol* agac* derev*
fan fans supporter* hincha* taraftar* ubolival*
player* striker* forward midfielder spieler* joueur* jugador* oyuncu* gravets* igrok*
team* club* mannschaft* equip* takim* komand* verein*
match game final* spiel* partid* mac match* finale
season* saison* tempor* sezon*
site* place* location ort standort* lieu* lugar* siti* yer mists* mestu
result* ergebnis* resultat* resultad* sonuc* rezult*
campaign* kampagne* campagn* campan* kampany*
former* ex ehemal* ancien* antig* eski* kolysh* byvsh* disused old
new neue* neuer nouveau* nouvel* nuev* yeni* nov
first* erst* premier* primer* ilk pers* perv*
second* zweit* deuxiem* segund* ikinci* drug* vtor*
"""


def _read() -> Iterator[tuple[str, str, bool]]:
    """Each word with the first word of its line, and whether the line is an event. The first line of a word counts."""
    for line in _LINES.replace("\n    ", " ").strip().splitlines():
        words = line.split()
        is_event = words[0] == "!"
        for word in words[is_event:]:
            for spelled in dict.fromkeys(
                [fold(word), fold(word).replace("y", "i")]
            ):  # as и is written in Latin letters
                yield spelled, words[is_event].rstrip("*"), is_event


def _tables() -> tuple[Mapping[str, tuple[str, bool]], Mapping[str, tuple[str, bool]]]:
    whole: dict[str, tuple[str, bool]] = {}
    begun: dict[str, tuple[str, bool]] = {}
    for word, concept, is_event in _read():
        (begun if word.endswith("*") else whole).setdefault(word.rstrip("*"), (concept, is_event))
    return whole, begun


_WHOLE, _BEGUN = _tables()
EVENTS = frozenset(concept for concept, is_event in (*_WHOLE.values(), *_BEGUN.values()) if is_event)
_LONGEST = max(map(len, _BEGUN))


def _concept(word: str) -> tuple[str, bool]:
    if known := _WHOLE.get(word):
        return known
    for length in range(min(len(word), _LONGEST), SHORTEST_PREFIX - 1, -1):
        if known := _BEGUN.get(word[:length]):
            return known
    return _stemmed(word), False


def _stemmed(word: str) -> str:
    """Enough of the word to know it again in its other forms."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)][:STEM]
    return word[:STEM]


CONCEPTS = Table(_concept)  # folded words: what they say, and whether that is an event
