"""What is counted, measured or shared, in several languages, brought to one English word each.

Tables, not a method: `lorries`, `camiones` and `Lastwagen` are `trucks`, so that 400 of them and 900 of them meet.
`NOUNS` are counted; `SUBJECTS` are what a sum, a share, a length or a span of time is of. A line gives the English word
by which a slot is named, then the words for it, folded; `*` stands for any ending. Words that are in no line stand for
themselves.
"""

from collections.abc import Callable

from worker.stages.text.fold import fold
from worker.stages.text.table import Table

SHORTEST_PREFIX = 3
GENERIC = frozenset(["people"])  # a noun that says little of what is counted
PERSONS = frozenset(  # nouns under which the same people may be counted
    [
        *("people", "passengers", "crew", "pupils", "children", "teachers", "workers", "hostages", "migrants"),
        *("patients", "prisoners", "suspects", "soldiers", "officers", "firefighters"),
    ]
)
OF_KIND = {  # of which subjects a number of each kind may be; a kind that is not here can be of anything
    "span": frozenset(
        [
            *("prison", "out", "ban", "delay", "closed", "lasted", "agreement", "truce", "flight", "strike"),
            *("warning", "without", "trapped", "missing"),
        ]
    ),
    "percent": frozenset(["turnout", "inflation", "unemployment", "growth", "rate", "raise", "approval", "share"]),
    "money": frozenset(
        [
            *("damage", "cost", "investment", "support", "fine", "bribes", "ransom", "debt", "budget", "raise"),
            *("profit", "revenue", "loot", "value", "reward"),
        ]
    ),
    "length": frozenset(["queue", "height", "depth", "distance", "hail", "rain", "snow"]),
    "area": frozenset(["area"]),
    "mass": frozenset(["mass"]),
    "speed": frozenset(["speed"]),
    "temperature": frozenset(["temperature"]),
    "power": frozenset(["capacity"]),
    "volume": frozenset(["capacity", "rain"]),
}

_NOUNS = """
people: people person persons inhabitant* resident* participant* marcher* protester* protestor* demonstrator* spectator*
    attendee* concertgoer* festivalgoer* visitor* supporters fans onlooker* crowd* mensch* leute personen person
    teilnehm* demonstrant* zuschauer* besucher* einwohner* bewohner* personne personnes gens manifestant* spectateur*
    habitant* visiteur* riverain* persona personas gente manifestante* asistente* espectador* vecino* habitante* persone
    manifestanti spettator* partecipant* abitant* residenti pessoa pessoas moradores torcedor* kisi* insan* gosterici*
    katilimci* seyirci* izleyici* lyud* osib osoby osob osobi mitingar* protestuval* glyadac* uchasnik* uchastnik*
    zritel* lyudej chelovek* zhitel* zhyteliv ludzi osob* mieszkanc* uczestnik* widz* kibic* demonstrujac* mensen
    personen betoger* toeschouwer* deelnemer* bezoeker* inwoner* bewoner* demonstranten
passengers: passenger* passagier* fahrgast* fahrgaste* insass* passager* voyageur* pasajero* viajero* passegger*
    passageiro* yolcu* pasazhyr* pasazhir* passazhir* pasazer* reiziger* traveller* traveler*
crew: crew crewmen sailor* besatzung* seeleut* matros* equipage* marin marins tripulant* marinero* equipagg* marinai
    murettebat* denizci* ekipazh* morjak* moryak* zalog* bemanning*
pupils: pupil* student* schoolchildren schuler* studierend* student* eleve* lyceen* etudiant* alumno* estudiante*
    escolares alunn* student* scolar* aluno* ogrenci* uchn* shkolyar* shkolnik* uchenik* uczni* leerling* scholier*
children: child children boy boys girl girls kid kids minor minors jungen madchen garcons filles toddler* babies infant*
    kind kinder kindern enfant* nino ninos ninas menores bambin* minori crianca* cocuk* dit* rebenok detej dziec*
    kinderen
teachers: teacher* lehrer* lehrkraft* enseignant* professeur* profesor* maestro* docente* insegnant* professor*
    ogretmen* vchytel* vchitel* uchitel* nauczyciel* leraar leraren docenten
workers: worker* employee* staff labourer* miner* arbeiter* beschaftigt* mitarbeit* angestellt* bergleute kumpel
    ouvrier* employe* salarie* travailleur* mineurs trabajador* emplead* obrero* minero* lavorator* operai dipendent*
    minatori trabalhador* funcionario* isci* calisan* madenci* robitnik* pracivnik* pratsivn* shakhtar* rabotnik*
    sotrudnik* rabochi* shakhter* pracownik* robotnik* gornik* werknemer* arbeider* medewerker* mijnwerker*
jobs: job jobs post posts position* arbeitsplatz* stelle stellen jobs emploi* postes empleo* puestos posti empregos
    vagas istihdam* misc* etat* miejsc* banen arbeidsplaats* rabochih
soldiers: soldier* troop troops soldat* militaire* soldado* militares militari asker* vijskov* vijsk voenn* zolnierz*
    militair*
officers: officer* policem* polizist* beamte* policier* agents gendarmes policias agentes polizioti poliziott*
    agenti policiais polis memur* policejsk* policyanti agenten politieagent*
firefighters: firefighter* feuerwehrleut* feuerwehrl* einsatzkraft* pompier* bombero* vigili bombeiro* itfaiye*
    pozhezhnik* pozhar* ryatuvalnik* spasatel* strazak* brandweer* rettungskraft* rescuers rescuer* secouristes
patients: patient* kranke kranken paciente* pazient* hasta hastal* pacient* pacjent*
hostages: hostage* geisel* otage* rehen* ostagg* refem refens rehine* zaruchnik* zalozhnik* zakladnik* gijzel*
migrants: migrant* refugee* fluchtling* gefluchtet* migrante* refugie* refugiado* profugh* rifugiat* gocmen* multeci*
    bizhenc* mihrant* bezhenc* uchodzc* vluchteling*
suspects: suspect* verdachtig* suspects sospechoso* sospettat* suspeito* supheli* pidozryuvan* podozrevaem* podejrzan*
    verdacht*
delegations: delegation* delegacion* delegazion* delegacoes heyet* delegats* delegacj* delegatie*
countries: country countries land lander landern pays pais paises paesi ulke* krain* stran* kraj* landen
trucks: truck* lorr* hgv* lastwagen* lkw laster lastkraft* camion* poids kamyon* tir vantazhiv* fur* gruzovik*
    ciezarow* vrachtwagen* caminh* vrachtauto* autocarr* tieri
cars: car cars vehicle* auto autos wagen fahrzeug* pkw voiture* vehicule* coche* vehiculo* automovil* macchin* veicol*
    carro carros veiculo* araba* arac* avtomob* mashin* samochod* pojazd* voertuig* autos
buses: bus buses busse bussen autobus* autocar* onibus otobus* avtobus*
trains: train trains zug zuge zugen trenes treni trens tren tren* poizd* poezd* pociag* treinen
trams: tram trams tramway* strassenbahn* tranvia* tramvaj*
ships: ship ships vessel* boat boats schiff* boot boote bateau* navire* barco* buque* embarcac* nav navi barch* navio*
    gemi* tekne* korabl* sudn* statk* schepen boten
planes: plane planes aircraft airplane* flugzeug* avion* aereo aerei aviao avioes ucak* litak* samolet* samolot*
    vliegtuig*
helicopters: helicopter* hubschraub* helicopt* helicoptere* elicotter* gertolit* gelikopt* vertolet* smiglow*
flights: flight* fluge flugen vol vols vuelo* vol voli voos ucus* rejs* reys* vluchten
homes: home homes house houses household* haus hauser hausern haushalt* wohnhaus* maison* foyer* logement* domicile*
    casa casas hogar* vivienda* case abitazion* famigli* lares residencias ev evler evin konut* hane* budink* budyn*
    domiv* domov domo* osel* domow gospodarstw* huizen huishouden* woningen wohnung* apartment* appartement* flats
    kvartir* mieszkan* daire* customers clients kunden abonn* abonent* odbiorc*
buildings: building* gebaud* batiment* edifici* immeuble* predio* bina* zdanij budivel* budynk* gebouw*
schools: school schools schule schulen ecole* escuela* colegio* scuol* escola* okul* shkil shkol* szkol* scholen
villages: village* town towns dorf dorfer gemeinde* commune* pueblo* municip* localidad* villag* paes comun* aldeia*
    koy koyu koyler* sel sela naselen* dereven* wsi wiosk* dorpen gemeenten
provinces: province* provinz* provincia* provins*
districts: district* bezirk* departement* ilce* rajon* powiat* distrik*
regions: region* oblast* region* bolge*
drones: drone* drohne* dron drony dronow dronov droni bezpilotn* bespilotn* iha ihalar
missiles: missile* rocket* rakete* misil* cohete* missili razzi misseis fuze* roket* raket* rakiet*
attacks: attack* strike strikes raid raids angriff* attaque* frappe* ataque* attacch* saldiri* udar* atak* aanval*
shots: shot shots schuss schusse schussen tir tirs coup disparo* tiros colpi postril* vystrel* strzal* schoten
cases: case cases infection* fall falle fallen infektion* cas contamination* caso casos contagio* casi vaka* vipadk*
    sluch* przypadk* gevallen besmetting* zakazen
doses: dose* dosis dosen dosi vaccine* impfdose* doz* dawk* doses
votes: vote votes ballot* stimme stimmen voix suffrage* bulletin* voto* sufragio* voti oy oylar* golos* glos* stemmen
    stimmzettel* papeleta* schede
seats: seat seats sitz sitze sitzen mandat* siege sieges escano* curul* segg* assento* sandalye* milletvekil* misc
    mandativ* zetel*
signatures: signature* unterschrift* firmas firme assinatura* imza* pidpis* podpis* handtekening*
trees: tree trees baum baume baumen arbre* arbol* alber* arvore* agac* derev* drzew* bomen
poultry: chicken* hen hens turkeys duck ducks geese poultry huhner* geflugel* puten enten poulet* volaille* gallina*
    pollo pollos pavos pollame gallin* tavuk* kur kurei kurej kurczak* kippen pluimvee
pigs: pig pigs schwein* porc* cerdo* maiali suini porcos domuz* svin* swin* varkens
animals: animal* monkey* cattle cow cows sheep tiere tieren kuhe schafe animaux vaches moutons animales vacas ovejas
    animali pecor* mucch* animais hayvan* koyun* inek* tvarin* koriv ovec zhivotn* zwierz* krow dieren schapen koeien
    birds vogel vogeln oiseaux aves uccelli kus kuslar ptah* ptic* ptak*
fish: fish fische fischen poisson* peces pesci peixe* balik* ryb*
paintings: painting* picture* artwork* gemalde* bild bilder tableau* toile* cuadro* pintura* quadr* dipint* tablo*
    kartin* obraz* schilderij*
pieces: piece pieces object* artefact* artifact* item items exhibit* stuck stucke stucken gegenstand* objet* pieza
    piezas
    objeto* pezzi oggett* peca pecas parca eser eserler predmet* przedmiot* voorwerp* stuk stukken
coins: coin coins munze munzen monnaie* moneda* monet* moeda* sikke* munten
wells: well wells brunnen puits pozo* pozz* kuyu*
shops: shop shops store stores geschaft* laden magasin* commerce* tienda* comercio* negoz* loja* dukkan* magaz* krammn*
    sklep* winkel*
companies: company companies firm firms unternehmen firmen entreprise* empresa* aziend* sirket* kompanij* firm*
    bedrijven
goals: goal goals tor tore toren but buts gol gole* goles reti golov goli doelpunt*
points: point points punkt* punti puntos pontos puan* bal* ochk* punten
barrels: barrel* fass fasser baril* barril* barili varil* barel* barre** vaten
bottles: bottle* flasche* bouteille* botella* bottigli* garrafa* sise* plyashk* butyl* butel* fless*
bodies: body bodies leiche* leichen corps cadavre* cuerpo* cadaver* corpi corpo corpos ceset* til tila tel cial zwlok*
    lichamen
witnesses: witness* zeuge* zeugen temoin* testigo* testimon* testemunh* tanik* svidk* svidetel* swiadk* getuige*
matches: match matches game games spiele spielen matchs partido* partite partidas partite jogos mac maclar matchi*
    matchej igr* mecz* wedstrijd* race races
prisoners: prisoner* inmate* detainee* gefangene* haftling* prisonnier* detenus preso* prisionero* detenut* prigionier*
    prisioneiro* mahkum* tutuklu* polonen* vyaznyv zaklyuchen* plenn* wiezni* jenc* gevangene*
tourists: tourist* skier* hiker* climber* holidaymaker* urlauber* wanderer skifahrer* bergsteiger* touriste* skieur*
    randonneur* alpiniste* turista* esquiador* excursionist* sciator* escursionist* alpinist* turist* dagci* lyzhnik*
    narciarz* skier* wandelaar*
charges: charge charges counts anklagepunkt* chefs cargos delitos capi suclama* punkt*
pages: page pages seite seiten pagina* sayfa* storin* stranic* stron*
stations: station* bahnhof* bahnhofe gare gares estacion* stazion* istasyon* stanci* stacj*
beds: bed beds bett betten lit lits cama camas letti leito* yatak* lizhok koek lozk* bedden
tickets: ticket* karten eintrittskart* billet* entrada* bigliett* ingresso* bilet* kvytk* kaartjes
aftershocks: aftershock* nachbeben* replique* replica* artci* aftersok*
coaches: carriage* wagon* waggon* wagons vagon* vagone* carrozz* wagonow
"""

_SUBJECTS = """
turnout: turnout wahlbeteiligung* beteiligung* participation participacion* affluenza* katilim* javk* yavk* frekwencj*
    opkomst comparecimento abstention afluencia
prison: prison jail jailed imprison* sentenc* behind haft haftstraf* gefangnis* freiheitsstraf* verurteil* emprisonn*
    reclusion detention condamn* carcel* prision* condena* conden* pena recluso carcere* reclus* condann* prisao cadeia
    hapis* hapse cezaevi* vyazni* pozbavlenn* uvyazn* lishen* tyurm* zasud* wiezien* pozbawien* skazan* gevangenis*
    celstraf* veroordeel*
out: sidelin* out miss misses ausfall* ausfallen fehlt fehlen pausier* pause absent* indispon* forfait* baja lesion*
    stop fuori fermo sakat* sahalardan vybuv* vybyl* propust* uitgeschakeld afwezig
ban: ban banned suspen* sperre gesperrt suspendiert* suspens* interdi* sancion* suspen* squalific* suspens*
    diskvalif* disqualif* zawiesz* schorsing geschorst licence license
delay: delay* late verspat* verzoger* retard* retras* demora* ritard* atras* gecik* rotar* zatrym* opozd* zaderzh*
    opozn* vertraging
closed: closed shut closure gesperrt geschloss* ferme* cerrad* chius* fechad* kapal* zakryt* zakrit* zamkn* gesloten
missing: missing lost disappear* vermiss* disparu* desaparec* scompars* kayip znyk* propal* zagin* vermist
lasted: burn burned burnt burning needed brannte last lasts lasted took takes dauert* dauern duree dure dura* duro
    durar* durat* durou surdu* suren tryva* trival* dlil* prodol* trwa* duurde duurt
agreement: contract* agreement* deal runs vertrag* laufzeit contrat* accord contrato* acuerdo* contratt* accord*
    anlasma* sozlesme* dogov* ugod* kontrakt* umow* akkoord
truce: truce ceasefire* waffenruhe* feuerpaus* treve cessez tregua* alto tregu* ateskes* peremyr* peremir* rozejm*
    bestand wapenstilstand
flight: flight journey voyage flug flugzeit reise vol voyage trajet vuelo viaje volo viaggi* voo viagem ucus* yolculuk*
    polit polyot* lot podroz* vlucht reis travel
strike: strike walkout streik* greve* huelga* sciopero* grev* strajk* zabastov* staking
warning: notice frist* preavis plazo* preavviso
without: without ohne sans sin senza sem olmadan elektriksiz bez zonder
trapped: trapped stuck stranded eingeschlossen gefangen bloqu* coinc* atrap* intrappol* bloccat* mahsur zablok*
    uwiezion* vast wait waited waiting warten wartezeit attend* attente espera* attes* beklem* chekan* ozhidan* czeka*
    wacht*
damage: damage* loss losses schaden* schaden verlust* degats dommage* pertes dano* perdida* dann* perdit* prejuizo*
    hasar* zarar* zbytk* zbitk* ushcherb* ubytk* szkod* strat* schade verlies
loot: loot stole stolen robbed robber* robbery thieves thief theft escaped beute raub* gestohl* diebe butin vol* voleur*
    botin robo* ladron* robad* bottino rapina* ladri rubat* roubo* roubad* calindi hirsiz* vykral* ukral* pohish*
    skradz* gestolen
value: value valued wert geschatzt valeur vaut valor valorad* vale valore deger* vartist* stoimost* wart*
    waarde
reward: reward* belohnung* recompens* ricompens* odul nagorod* vinagorod* voznagr* nagrod* beloning
cost: cost costs paid buys bought buying transfer* fee fees bezahlt* zahlt* kaufpreis* ablose* paye payer rachat achet*
    pago pagado paga compr* pagat* acquist* odedi satin zaplat* kupil* zapla* betaal* price priced kost* preis* cout*
    prix coste* costo* precio* cost* prezz* custo* preco* maliyet* fiyat* bedel* vartist* koshtuv* cina* tsin* stoimost*
    cen* koszt* prijs*
investment: invest* spend* investi* inversion* invers* inverti* spend* yatirim* invest* inwest* gasto* ausgeb* depens*
    gasta* spes* harca* vytrat* rashod* wyda* uitgave*
support: aid support* subsid* grant* fund fonds hilf* forder* zuschuss* unterstutz* aide* subvention* soutien ayuda*
    subvenci* apoyo* aiut* sostegn* sovvenzion* ajuda* yardim* destek* dopomog* pomoshch* pidtrym* pomoc* dotacj*
    steun* subsidie*
fine: fine fined fines penalt* geldstraf* bussgeld* amende* multa* ceza* shtraf* grzywn* boete* multe
bribes: bribe* bribery schmiergeld* bestech* potdevin pots soborno* coima* tangent* suborno* propina rusvet* habar*
    vzyat* lapow* steekpenning*
ransom: ransom losegeld rancon rescate riscatto resgate fidye* vykup* vikup* okup* losgeld
debt: debt* schulden* dette* deuda* debit* divida* borc* borg* dolg* dlug*
budget: budget* haushalt* etat presupuest* bilanci* orcament* butce* byudzhet* budzet* begroting
raise: raise rise wage* pay salar* lohn* gehalt* hausse salaire* augment* sueldo* salari* subida* aument* salario* zam
    zamm* maas* zarplat* podwyz* wynagrodz* loon* lohnerhoh*
profit: profit* earning* gewinn* benefice* beneficio* ganancia* utile profitt* lucro* kar kari pribut* pribyl* zysk*
    winst
revenue: revenue* sales turnover umsatz* einnahm* chiffre recette* ingreso* venta* ricav* fatturat* receita* ciro*
    gelir* dohod* dokhid* vyruchk* przychod* omzet
inflation: inflation inflacion* inflazion* inflacao enflasyon* inflyac* inflacj* inflatie
unemployment: unemploy* jobless* arbeitslos* chomage desemple* paro disoccupaz* desempreg* issizlik* bezrobit* bezrabot*
    bezroboc* werkloos*
growth: growth wachst* croissance crecimient* crescit* cresciment* buyume* zrost* rost wzrost* groei
rate: rate rates zins* taux tipo tasa* tass* taxa* oran* faiz* stavk* stop* rente
share: share shares anteil* part parts acciones azion* pay hisse* chastk* dol* udzial* aandeel aandel*
queue: queue* tailback* jam stau* schlange* file bouchon* embouteill* cola atasco* retencion* coda fila congestion*
    kuyruk* cherg* ochered* probk* kolejk* korek* file
height: flood* floodwater* hochwasser* crue* crecida* height high tall hoch hohe hoehe hauteur haut altura alto altezz*
    yuksek* visot* vysot* wysok* hoogte hoog peak crest level pegel* niveau nivel livell* seviye* riven* uroven* poziom*
    waterstand pegelstand
depth: depth deep tief* profond* profund* derin* glyb* glubin* glebok* diep*
distance: distance away entfern* entfernt distan* lejos mesafe* vidstan* rasstoyan* odleg* afstand route long lange
    longueur length largo lungo lunghezz* comprimento uzun* dovzhin* dlin* dlug* lengte
speed: speed travell* driv* doing geschwindig* tempo vitesse velocid* velocit* hiz* shvydk* shvidk* skorost* predkosc*
    snelheid gust* wind* boen boe rafale* rafaga* raffic* vent vient* ruzgar* viter vitr* veter wiatr*
mass: mass weigh* weight wiegt wiegen gewicht* masse pesa peso poids pesai* agirl* masa* vaga* ves wazy* weegt
area: area site burn burned burns burnt forest* wood* woodland* land wildfire* blaze destroy* ravag* wald* foret*
    bosque* flache* gelande* verbrannt* surface superficie* terreno area brul* quemad* calcin* brucia* queimad* alan*
    arazi* ploshch* ploscha* zgoril* sgorel* powierzchn* oppervlakt*
temperature: temperature* temperatur* hitze heat chaleur calor caldo sicaklik* zhara speka upal* warmte
hail: hail* stones hagel* grele* grelon* granizo* grandin* dolu grad* hagelstein*
rain: rain* rainfall regen* niederschlag* pluie* lluvia* pioggi* chuva* yagmur* yagis* doshch* opad* dozhd* osadk*
snow: snow* schnee* neige nieve neve kar sneg* snig* snieg* sneeuw*
approval: approv* favor* support zustimm* appro* aprob* gradim* onay* poparc*
capacity: capacity leistung* kapazitat* capacit* capacidad* potenza puissance potencia kapasit* potuzhn* moshchnost*
    moc vermogen output
"""


def _table(lines: str) -> Callable[[str], str]:
    whole: dict[str, str] = {}
    begun: dict[str, str] = {}
    for line in lines.replace("\n    ", " ").strip().splitlines():
        name, _, words = line.partition(": ")
        for word in words.split():
            (begun if word.endswith("*") else whole).setdefault(fold(word.rstrip("*")), name)
    longest = max(map(len, begun))

    def look_up(word: str) -> str:
        if (known := whole.get(word)) is not None:
            return known
        for length in range(min(len(word), longest), SHORTEST_PREFIX - 1, -1):
            if (known := begun.get(word[:length])) is not None:
                return known
        return ""

    return look_up


NOUNS = Table(_table(_NOUNS))  # by folded words: the name of what is counted, or ""
SUBJECTS = Table(_table(_SUBJECTS))  # likewise of what a sum, a share, a measure or a span is of
KNOWN_NOUNS = frozenset(line.partition(":")[0] for line in _NOUNS.split("\n") if ":" in line) - GENERIC
