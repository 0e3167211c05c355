"""The words that speak for a media topic, language by language. A table, not a method; the package reads it.

Topics go by the first two digits of their identifier. What stands before the bar speaks for the topic almost by itself,
what stands after it only beside others. A star takes any ending. Words of several topics are left out.
"""

from collections.abc import Mapping

_ENGLISH = {
    "01": """
        film* movie* cinema museum* theatre theater concert* album* novel* actor* actress* singer* musician*
        painter* exhibition* festival Hollywood Oscar* Grammy* broadcaster* journalism
        | music art artist* author* book* television culture* celebrit* newspaper* CNN Fox Facebook
        Twitter YouTube Instagram anchor pundit* columnist*
    """,
    "02": """
        murder* homicide* robber* burglar* theft fraud* indict* convict* prosecutor* plaintiff* defendant*
        arrest* sentenced lawsuit* gunman suspect* detective* manslaughter kidnap* rape* assault* smuggl*
        | court* judge* jury lawyer* attorney* trial* police crime* criminal* prison* jail* charge* guilty
        testif* subpoena* investigat* justice verdict* felon* shooting victim* special-counsel FBI prosecut*
        plea killer legal
    """,
    "03": """
        earthquake* quake* tsunami* wildfire* flood* landslide* avalanche* shipwreck* derail* rescuer* rescue*
        evacuat* eruption* crash* capsiz* wreck* collapse*
        | disaster* emergency-services survivor* firefighter* accident* explosion* blaze* debris victim* injured
        missing
    """,
    "04": """
        tariff* inflation stock* shareholder* investor* bank* market* earnings GDP recession* startup*
        bankruptc* merger* economy econom* exporter* NAFTA
        | trade tax* company* business* price* profit* revenue* bond* currency dollar* euro fund* growth
        industr* airline* airport* flight* consumer* capitalis* wealth* financ* commerce retail* oil
    """,
    "05": """
        school* universit* college* teacher* pupil* classroom* curriculum tuition kindergarten* campus*
        | student* educat* exam* graduat* professor* academic* learning
    """,
    "06": """
        climate emission* carbon greenhouse pollut* biodivers* deforestation wildlife conservation*
        environmental* renewable* recycl* extinct* species
        | warming energy fossil forest* ocean* river* nature solar planet scientist*
    """,
    "07": """
        hospital* patient* doctor* nurse* vaccin* disease* cancer* virus* epidemic* pandemic* surgery clinic*
        medicine* medical abortion* obesity
        | health* treatment* drug* symptom* infection* pregnan* medicaid medicare mental care
    """,
    "08": """
        reunited centenarian lottery heartwarming wedding birthday anniversary royal* prince* princess*
        | dog* cat* twins grandmother* baby stranger* surprise
    """,
    "09": """
        strike-action trade-union* layoff* wage* workers* unemploy* picket* intern* payroll furlough*
        | job* worker* employee* employer* pay labor labour union* strike* staff* hire* workplace
    """,
    "10": """
        recipe* restaurant* chef* fashion* tourist* tourism gardening cuisine hotel* holiday* vacation*
        Thanksgiving Christmas
        | travel* cook* food* wine* beauty design* leisure hobby* parade* turkey shopping feast
    """,
    "11": """
        president* parliament* minister* election* senator* senate congress* lawmaker* legislat* ballot* voter*
        campaign* diplomat* governor* republican* democrat* coalition* referendum* politic* impeach* embassy
        shutdown GOP
        | government* vote* party candidate* policy policies bill house administration sanction* treaty summit*
        foreign secretary speaker majority cabinet veto federal conservative* liberal* partisan*
        opposition nominat*
    """,
    "12": """
        church* mosque* synagogue* priest* bishop* pope Vatican imam* rabbi* religio* Catholic* Muslim*
        Christian* Jewish Buddhist* Hindu* prayer* theolog* cardinal*
        | faith* God worship* pilgrim* holy sacred clergy belief*
    """,
    "13": """
        scientist* researcher* physicist* astronom* NASA spacecraft* telescope* algorithm* software robot*
        genome* artificial-intelligence laborator* smartphone* semiconductor*
        | research* technolog* science space satellite* data computer* internet app* online platform* engineer*
        study hacker* cyber*
    """,
    "14": """
        racis* discriminat* migrant* refugee* immigra* asylum homeless* poverty gender* LGBT* feminis*
        transgender* segregation slavery blackface adoption* demograph*
        | communit* famil* race racial women gay minorit* welfare equalit* civil-rights children charity trust
        social marriage* diversity caravan border
    """,
    "15": """
        football* soccer tennis basketball baseball cricket rugby olympic* championship* tournament* goalkeeper*
        striker* midfielder* quarterback* NBA NFL FIFA UEFA athlete* marathon* golf hockey boxing
        | coach* match* league player* team* season goal* score* win* fan* stadium cup game* race title
    """,
    "16": """
        war* ceasefire* missile* drone* soldier* troop* army airstrike* insurgen* militia* frontline shelling
        invasion* battlefield* peacekeep* guerrilla* ISIS jihadis* massacre* genocide
        | military weapon* attack* bomb* rebel* fighter* peace truce hostage* combat* terroris* defence defense
        armed conflict* offensive withdraw* nuclear
    """,
    "17": """
        weather forecast* storm* hurricane* typhoon* cyclone* snow* blizzard* heatwave* rainfall tornado*
        meteorolog* thunderstorm*
        | rain* wind* temperature* drought* cold heat degrees
    """,
}
_GERMAN = {
    "01": """
        Film* Kino* Museum* Theater* Konzert* Roman* Schauspieler* Sänger* Ausstellung* Festival* Oper*
        | Musik* Kunst* Künstler* Buch* Fernseh* Serie* Autor* Kultur* Moderator*
    """,
    "02": """
        Mord* Staatsanwalt* Angeklagt* Verdächtig* Festnahme* festgenommen Betrug* Raub* Totschlag* Urteil*
        Diebstahl* Tatverdächtig* Missbrauch*
        | Gericht* Polizei* Prozess* Anwalt* Richter* Täter* Opfer* Haft* Ermittl* Verbrech* Straftat*
        Gefängnis* Schlägerei*
    """,
    "03": """
        Erdbeben* Überschwemmung* Hochwasser* Waldbrand* Lawine* Erdrutsch* Unfall* Absturz* Flugzeugabsturz*
        Havarie* Rettungskräfte* Brand
        | Feuerwehr* Katastrophe* Unglück* Verletzte* Explosion* Vermisste* Rettung*
    """,
    "04": """
        Inflation* Aktie* Börse* Zölle* Konjunktur* Bank* Unternehmen* Rezession* Investor* Insolvenz*
        Wirtschaft* Bruttoinlandsprodukt* BIP
        | Markt* Preis* Umsatz* Gewinn* Handel* Steuer* Kunden* Konzern* Euro Firma* Zahlung* Industrie*
    """,
    "05": """
        Schule* Schüler* Lehrer* Universität* Hochschule* Kita* Abitur* Unterricht* Studierende*
        | Bildung* Studium* Prüfung* Studenten* Klasse* Professor*
    """,
    "06": """
        Klima* Umwelt* Emission* CO2 Artenschutz* Naturschutz* Treibhaus* Artenvielfalt* Atomkraftwerk*
        | Energie* Wald* Natur* Tiere* Pflanze* Erwärmung* Strom*
    """,
    "07": """
        Krankenhaus* Patient* Arzt* Ärzte* Impf* Krankheit* Virus* Pandemie* Krebs* Klinik* Medikament*
        Übergewicht* Erkältung*
        | Gesundheit* Therapie* Symptom* Medizin* Pflege* Diagnose*
    """,
    "08": """
        Hochzeit* Königin* König* Prinz* Prinzessin* Geburtstag* Royals
        | Baby* Hund* Katze* Zwillinge*
    """,
    "09": """
        Gewerkschaft* Tarif* Streik* Arbeitslos* Arbeitnehmer* Kündigung* Mindestlohn*
        | Arbeit* Lohn* Beschäftigte* Job* Fachkräfte* Gehalt*
    """,
    "10": """
        Rezept* Restaurant* Mode* Urlaub* Touris* Hotel* Garten* Weihnacht*
        | Reise* Kochen Essen Wein* Freizeit* Model* Design*
    """,
    "11": """
        Bundestag* Minister* Kanzler* Wahl* Partei* Parlament* Präsident* Regierung* Koalition* Abgeordnet*
        Landtag* SPD CDU CSU FDP AfD Grünen Senat*
        | Politik* Opposition* Gesetz* EU Botschaft* Fraktion* Abstimmung* Sanktion* Gipfel* Außenpolitik*
    """,
    "12": """
        Kirche* Papst* Bischof* Priester* Moschee* Religion* Vatikan* Muslim* Christ* Jüdisch* Imam*
        | Glaube* Gott* Gebet* Gemeinde*
    """,
    "13": """
        Forscher* Wissenschaft* Software* Raumfahrt* Algorithm* Roboter* Smartphone* Satellit*
        | Forschung* Studie* Technik* Computer* Internet* Daten* App* Phishing*
    """,
    "14": """
        Migration* Flüchtling* Asyl* Rassis* Diskriminier* Gleichstellung* Selbstbestimmung* Obdachlos* Armut*
        | Gesellschaft* Familie* Frauen* Kinder* Integration* Minderheit*
    """,
    "15": """
        Fußball* Bundesliga* Trainer* Tennis* Olympi* Weltmeister* Meisterschaft* Torwart* Marathon* Turnier*
        Handball*
        | Spiel* Mannschaft* Liga* Saison* Tor* Sport* Spieler* Fans Sieg* Stadion*
    """,
    "16": """
        Krieg* Rakete* Soldat* Waffenstillstand* Armee* Drohne* Bundeswehr* Truppe* Invasion* Offensive* Geisel*
        | Angriff* Militär* Waffe* Frieden* Terror* Verteidigung* Front* Kämpfe*
    """,
    "17": """
        Wetter* Unwetter* Gewitter* Orkan* Hitze* Schneefall* Frost* Sturm* Eisheilige* Meteorolog*
        | Regen* Temperatur* Schnee* Grad Sonne*
    """,
}
_FRENCH = {
    "01": """
        film* cinéma* musée* théâtre* concert* roman* acteur* actrice* chanteu* exposition* festival* album*
        | musique* artiste* livre* télévision* culture* écrivain* série*
    """,
    "02": """
        meurtre* procureur* accusé* suspect* condamn* arrestation* fraude* escroc* viol garde-à-vue homicide*
        braquage*
        | tribunal* juge* police* procès prison* avocat* victime* enquête* justice* crime* plainte*
    """,
    "03": """
        séisme* inondation* incendie* avalanche* naufrage* crash* éboulement* sinistré* secouriste* déraill*
        | catastrophe* accident* explosion* pompiers blessé* évacu* disparu*
    """,
    "04": """
        inflation* bourse* actionnaire* banque* récession* entreprise* économi* investisseur* bénéfice*
        faillite* PIB
        | marché* prix commerce* croissance* impôt* euro* vente* industri* chiffre-d’affaires trimestre*
    """,
    "05": """
        école* lycée* élève* enseignant* universit* professeur* collège* baccalauréat*
        | étudiant* éducation* cours examen* classe*
    """,
    "06": """
        climat* écologi* pollution* émission* biodiversité* environnement* déforestation* carbone*
        | énergie* forêt* nature* espèce* réchauffement*
    """,
    "07": """
        hôpita* patient* médecin* vaccin* maladie* cancer* virus* épidémie* pandémie* clinique* avortement*
        | santé* traitement* médicament* soin* symptôme*
    """,
    "08": """
        mariage* anniversaire* jumeaux loterie* reine princesse*
        | bébé* chien* chat*
    """,
    "09": """
        syndicat* grève* chômage* salarié* licenci* smic
        | emploi* travail* salaire* retraite* travailleur*
    """,
    "10": """
        recette* restaurant* mode touris* vacances hôtel* jardin* gastronomi* Noël
        | voyage* cuisine* vin* loisir*
    """,
    "11": """
        présiden* ministre* élection* parlement* député* sénat* gouvernement* parti ambassade* référendum*
        électeur* coalition*
        | politique* vote* loi* assemblée* opposition* sommet* diplomat* sanction*
    """,
    "12": """
        église* pape* évêque* prêtre* mosquée* religi* Vatican* musulman* catholique* imam*
        | foi dieu prière* laïcité*
    """,
    "13": """
        chercheur* scientifique* satellite* logiciel* algorithme* robot* spatial*
        | recherche* technologi* science* internet numérique* étude*
    """,
    "14": """
        migrant* réfugié* immigr* racis* discrimin* asile* pauvreté* féminis* sans-abri
        | société* famille* femmes minorité* égalité*
    """,
    "15": """
        football* tennis rugby olympi* championnat* tournoi* gardien* entraîneur* Ligue-1 cyclis*
        | match* joueu* équipe* saison* but* victoire* stade*
    """,
    "16": """
        guerre* missile* soldat* cessez-le-feu armée* drone* frappe* invasion* otage* rebelle*
        | militaire* attaque* paix bombard* arme* terroris* conflit*
    """,
    "17": """
        météo* tempête* ouragan* canicule* orage* neige* cyclone*
        | pluie* température* vent* degrés
    """,
}
_SPANISH = {
    "01": """
        película* cine museo* teatro* concierto* novela* actor* actriz* cantante* exposición festival* álbum*
        | música* artista* libro* televisión cultura* escritor*
    """,
    "02": """
        asesinat* homicidio* fiscal* acusad* detenid* condenad* fraude* robo* violación narcotráfico* abusar
        agresión*
        | tribunal* juez* policía* juicio* cárcel* abogad* víctima* denuncia* justicia* delito* crimen*
    """,
    "03": """
        terremoto* sismo* inundacion* incendio* avalancha* naufragio* descarril* damnificad*
        | desastre* accidente* explosión bomberos herid* rescat* evacua* desaparecid*
    """,
    "04": """
        inflación bolsa* accionista* banco* recesión empresa* econom* inversor* ganancia* quiebra* PIB arancel*
        | mercado* precio* comercio* crecimiento* impuesto* euro* venta* industria*
    """,
    "05": """
        escuela* colegio* alumno* profesor* universi* maestr* bachillerato*
        | estudiante* educación educativ* examen* clase*
    """,
    "06": """
        climátic* contaminación emisiones biodiversidad* medioambient* deforestación carbono*
        | energía* bosque* naturaleza* especie* calentamiento*
    """,
    "07": """
        hospital* paciente* médic* vacuna* enfermedad* cáncer* virus epidemia* pandemia* aborto* psiquiátric*
        | salud* sanitari* tratamiento* medicamento* síntoma*
    """,
    "08": """
        boda* cumpleaños gemelos lotería* reina princesa*
        | bebé* perro* gato*
    """,
    "09": """
        sindicat* huelga* desempleo* despid* salario* paro
        | empleo* trabajador* trabajo* jornada* pensión*
    """,
    "10": """
        receta* restaurante* moda turis* vacaciones hotel* jardín* gastronom* Navidad*
        | viaje* cocina* vino* ocio*
    """,
    "11": """
        president* ministr* eleccion* parlament* diputad* senad* gobierno* partido-político embajad* referéndum*
        coalición PSOE PP Vox electoral*
        | polític* voto* votación ley* congreso* oposición cumbre* diplom* sanción*
    """,
    "12": """
        iglesia* papa obispo* sacerdote* mezquita* religi* Vaticano* musulman* católic*
        | fe dios oración* misa*
    """,
    "13": """
        científic* investigadores satélite* software algoritmo* robot* espacial*
        | investigación tecnolog* ciencia* internet datos estudio*
    """,
    "14": """
        migrante* refugiad* inmigra* racis* discrimina* asilo* pobreza* feminis*
        | sociedad* familia* mujeres minoría* igualdad*
    """,
    "15": """
        fútbol* tenis olímpic* campeonato* torneo* portero* entrenador* Liga baloncesto* hockey* delantero*
        | partido* jugador* equipo* temporada* gol* victoria* estadio*
    """,
    "16": """
        guerra* misil* soldado* alto-el-fuego ejército* dron* bombardeo* invasión rehen* rebelde*
        | militar* ataque* paz arma* terroris* conflicto* tropas
    """,
    "17": """
        meteorol* tormenta* huracán* nevada* borrasca* ciclón* lluvia*
        | temperatura* viento* nieve* calor*
    """,
}
_TURKISH = {
    "01": """
        film* sinema* müze* tiyatro* konser* roman* oyuncu* şarkıcı* sergi* festival* albüm*
        | müzik* sanat* kitap* televizyon* kültür* dizi* yazar*
    """,
    "02": """
        cinayet* savcı* sanık* şüpheli* gözaltı* tutukla* dolandırıcı* hırsız* uyuşturucu* hüküm*
        | mahkeme* polis* hakim* dava* cezaevi* avukat* suç* soruşturma* yargı*
    """,
    "03": """
        deprem* sel heyelan* yangın* çığ kaza* enkaz* afet* AFAD kurtarma*
        | itfaiye* yaralı* patlama* tahliye* kayıp*
    """,
    "04": """
        enflasyon* borsa* hisse* banka* ekonomi* yatırım* şirket* ihracat* ithalat* faiz* resesyon*
        | piyasa* fiyat* ticaret* büyüme* vergi* dolar* sanayi* satış* kur
    """,
    "05": """
        okul* öğrenci* öğretmen* üniversite* lise* müfredat*
        | eğitim* sınav* ders* mezun*
    """,
    "06": """
        iklim* çevre* emisyon* kirlilik* karbon* biyoçeşitlilik* elektrikli
        | enerji* orman* doğa*
    """,
    "07": """
        hastane* hasta* doktor* aşı* hastalık* kanser* virüs* salgın* ameliyat*
        | sağlık* tedavi* ilaç* belirti*
    """,
    "08": """
        düğün* doğum-günü ikiz* piyango* kraliçe* prens*
        | bebek* köpek* kedi*
    """,
    "09": """
        sendika* grev* işsiz* asgari-ücret memur*
        | işçi* ücret* maaş* istihdam* çalışan*
    """,
    "10": """
        tarif* restoran* moda* turizm* turist* tatil* otel* bahçe*
        | seyahat* yemek* mutfak* alışveriş*
    """,
    "11": """
        cumhurbaşkan* bakan* seçim* meclis* milletvekil* parti* hükümet* başbakan* büyükelçi* referandum* CHP
        MHP
        | siyas* oy yasa* muhalefet* zirve* diplomat* yaptırım* belediye*
    """,
    "12": """
        cami* imam* kilise* papa diyanet* kurban* dini* müslüman* hac umre* ramazan*
        | din ibadet* dua* inanç* bayram*
    """,
    "13": """
        bilim* araştırmacı* uydu* yazılım* algoritma* robot* uzay* yapay-zeka
        | teknoloji* araştırma* internet* veri* bilgisayar*
    """,
    "14": """
        göçmen* mülteci* sığınma* ırkçı* ayrımcı* yoksul*
        | toplum* aile* kadın* çocuk* eşitlik*
    """,
    "15": """
        futbol* basketbol* voleybol* olimpiyat* şampiyona* turnuva* kaleci* teknik-direktör Galatasaray*
        Fenerbahçe* Beşiktaş*
        | maç* takım* lig* sezon* gol* galibiyet* stat*
    """,
    "16": """
        savaş* füze* asker* ateşkes* ordu* işgal* rehine* bombardıman* cephe*
        | saldırı* barış* silah* terör* çatışma* savunma*
    """,
    "17": """
        meteoroloji* fırtına* kasırga* hava-durumu kar yağış*
        | yağmur* sıcaklık* rüzgar* derece*
    """,
}
_UKRAINIAN = {
    "01": """
        фільм* кіно* музе* театр* концерт* роман актор* акторк* співа* виставк* фестивал* альбом*
        | музик* мистецтв* книг* телебачен* культур* письменни* серіал*
    """,
    "02": """
        вбивств* прокур* обвинувач* підозр* затрим* арешт* шахрай* крадіжк* хабар* вирок* засуд* СБУ НАБУ
        | суд* поліці* слідч* в'язниц* адвокат* злочин* розслідуван* кримінальн*
    """,
    "03": """
        землетрус* повін* пожеж* лавин* зсув* аварі* катастроф* рятувальник* ДСНС ДТП
        | вибух* травмован* евакуа* зникл*
    """,
    "04": """
        інфляці* акці* банк* економік* інвест* компані* експорт* імпорт* ВВП бюджет* гривн* тариф*
        | ринок* ціни цін торгівл* податк* долар* прибут* бізнес* промислов*
    """,
    "05": """
        школ* учн* вчител* університет* студент* ЗНО НМТ дитсад*
        | освіт* навчан* іспит* урок*
    """,
    "06": """
        клімат* екологі* викид* забруднен* довкілл* біорізноманіт* вуглец*
        | енерг* ліс природ* тварин*
    """,
    "07": """
        лікарн* пацієнт* лікар* вакцин* хвороб* рак вірус* епідемі* пандемі* операці
        | здоров* лікуван* ліки медичн* симптом*
    """,
    "08": """
        весілл* день-народження близнюк* лотере* королев* принц*
        | немовл* собак* кіт
    """,
    "09": """
        профспілк* страйк* безробіт* звільнен* зарплат*
        | робот* працівник* праці працевлаштуван*
    """,
    "10": """
        рецепт* ресторан* мод туризм* турист* відпустк* готел* Різдв*
        | подорож* кухн* винороб* дозвілл*
    """,
    "11": """
        президент* міністр* вибор* парламент* депутат* Рад уряд* парті* посол* референдум* коаліці* прем'єр*
        Зеленськ*
        | політик* голосуван* закон* опозиці* саміт* дипломат* санкці* переговор*
    """,
    "12": """
        церк* папа єпископ* священ* мечет* релігі* Ватикан* мусульман* православн*
        | вір бог молитв* паломн*
    """,
    "13": """
        вчен* дослідни* супутник* програмн* алгоритм* робот космічн* штучн-інтелект
        | технологі* наук* інтернет* дан комп'ютер*
    """,
    "14": """
        мігрант* біжен* переселен* дискриміна* расизм* бідн*
        | суспільств* родин* сім жінк* діт рівніст*
    """,
    "15": """
        футбол* теніс* олімпі* чемпіонат* турнір* воротар* тренер* Динамо Шахтар збірн*
        | матч* гравц* команд* сезон* гол перемог* стадіон*
    """,
    "16": """
        війн* ракет* військов* дрон* окупант* перемир* обстріл* ЗСУ фронт* армі* шахед* полон* ППО
        | атак* мир зброя зброї оборон* терор* бойов* вторгнен*
    """,
    "17": """
        погод* синоптик* злив* ураган* снігопад* спек* шторм*
        | дощ* температур* вітер вітр сніг градус*
    """,
}
_RUSSIAN = {
    "01": """
        фильм* кино* музе* театр* концерт* роман актер* актрис* певе* певиц* выставк* фестивал* альбом*
        | музык* искусств* книг* телевид* культур* писател* сериал*
    """,
    "02": """
        убийств* прокур* обвиняем* подозрева* задерж* арест* мошеннич* краж* взятк* приговор* осужд*
        | суд* полици* следств* следовател* тюрьм* адвокат* преступлен* уголовн*
    """,
    "03": """
        землетрясен* наводнен* пожар* лавин* оползен* авари* катастроф* спасател* МЧС ДТП крушен*
        | взрыв* пострадавш* эвакуа* пропавш*
    """,
    "04": """
        инфляци* акци* банк* экономик* инвест* компани* экспорт* импорт* ВВП бюджет* рубл* тариф*
        | рынок* рынк* цен торговл* налог* доллар* прибыл* бизнес* промышлен*
    """,
    "05": """
        школ* ученик* учител* университет* студент* ЕГЭ детсад*
        | образован* обучен* экзамен* урок*
    """,
    "06": """
        климат* экологи* выброс* загрязнен* биоразнообраз* углерод*
        | энерг* лес природ* животн*
    """,
    "07": """
        больниц* пациент* врач* вакцин* болезн* рак вирус* эпидеми* пандеми* диет*
        | здоров* лечен* лекарств* медицинск* симптом*
    """,
    "08": """
        свадьб* день-рождения близнец* лотере* королев* принц*
        | младен* собак* кот
    """,
    "09": """
        профсоюз* забастовк* безработиц* увольнен* зарплат*
        | работник* труд трудоустр*
    """,
    "10": """
        рецепт* ресторан* мод туризм* турист* отпуск* отел* кулинар* Рождеств*
        | путешеств* кухн* вин досуг* соус*
    """,
    "11": """
        президент* министр* выбор* парламент* депутат* Дум правительств* парти* посол* референдум* коалиц*
        премьер* Путин* Кремл*
        | политик* голосован* закон* оппозици* саммит* дипломат* санкци* переговор*
    """,
    "12": """
        церк* папа епископ* священ* мечет* религи* Ватикан* мусульман* православн*
        | вер бог молитв* паломн*
    """,
    "13": """
        учен* исследовател* спутник* программн* алгоритм* робот космическ* космос
        | технологи* наук* интернет* данн компьютер*
    """,
    "14": """
        мигрант* бежен* переселен* дискримина* расизм* бедност*
        | обществ* семья семьи женщин* дет равенств*
    """,
    "15": """
        футбол* теннис* олимпи* чемпионат* турнир* вратар* тренер* Спартак Зенит сборн* хоккей*
        | матч* игрок* команд* сезон* гол побед* стадион*
    """,
    "16": """
        войн* ракет* военн* дрон* беспилотник* перемир* обстрел* фронт* арми* ПВО боевик*
        | атак* мирн* оруж* оборон* терро* боев* вторжен*
    """,
    "17": """
        погод* синоптик* ливн* ураган* снегопад* шторм* гидрометцентр*
        | дожд* температур* ветер ветр снег градус*
    """,
}

CUES: Mapping[str, Mapping[str, str]] = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "tr": _TURKISH,
    "uk": _UKRAINIAN,
    "ru": _RUSSIAN,
}
