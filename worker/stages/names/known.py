"""Names the program knows without being told: places and large organisations with their other names, and the words
that show what kind of name stands beside them. Written for news, from general knowledge; users add theirs as aliases.

The tables are read as people write (any script, any case) and looked up under keys.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from worker.stages.text.fold import fold
from worker.stages.text.stems import name_key
from worker.stages.text.words import split

# Country, its other names > its capital, the capital's other names. The first name of each is the one that stays.
COUNTRIES = """
Afghanistan > Kabul
Albania > Tirana
Algeria > Algiers
Andorra
Angola > Luanda
Argentina > Buenos Aires
Armenia > Yerevan
Australia, Australien > Canberra
Austria, Österreich, Autriche > Vienna, Wien, Vienne
Azerbaijan, Azerbaycan, Азербайджан > Baku, Bakı
Bahamas > Nassau
Bahrain > Manama
Bangladesh > Dhaka
Belarus, Byelorussia, Беларусь, Білорусь > Minsk, Мінськ
Belgium, België, Belgique, Belgien > Brussels, Bruxelles, Brüssel, Brussel
Benin > Porto-Novo
Bhutan > Thimphu
Bolivia > La Paz
Bosnia and Herzegovina, Bosnia, Bosnia-Herzegovina > Sarajevo
Botswana > Gaborone
Brazil, Brasil, Brésil, Brasilien > Brasilia, Brasília
Brunei
Bulgaria, Bulgaristan, България > Sofia
Burkina Faso > Ouagadougou
Burundi > Gitega
Cambodia > Phnom Penh
Cameroon > Yaounde
Canada, Kanada > Ottawa
Cape Verde, Cabo Verde > Praia
Central African Republic > Bangui
Chad > N'Djamena
Chile > Santiago
China, People's Republic of China, Çin, Chine, Китай > Beijing, Peking, Pekin, Pékin
Colombia > Bogota, Bogotá
Congo, Democratic Republic of Congo, Democratic Republic of the Congo, DRC, DR Congo > Kinshasa
Costa Rica > San José
Croatia, Hrvatska > Zagreb
Cuba > Havana, La Habana
Cyprus, Kıbrıs > Nicosia, Lefkosa
Czech Republic, Czechia, Česko > Prague, Praha, Prag
Denmark, Danmark, Danimarka > Copenhagen, København
Djibouti
Dominican Republic > Santo Domingo
East Timor, Timor-Leste > Dili
Ecuador > Quito
Egypt, Mısır, Égypte, Ägypten > Cairo, Kahire, Le Caire
El Salvador > San Salvador
Eritrea > Asmara
Estonia, Eesti > Tallinn
Eswatini, Swaziland > Mbabane
Ethiopia > Addis Ababa
Fiji > Suva
Finland, Suomi, Finlandiya > Helsinki
France, Fransa, Francia, Frankreich, Франція, Франция > Paris, Париж
Gabon > Libreville
Gambia > Banjul
Georgia, Gürcistan, Грузія, Грузия > Tbilisi
Germany, Deutschland, Almanya, Allemagne, Alemania, Німеччина, Германия > Berlin, Берлін
Ghana > Accra
Greece, Hellas, Yunanistan, Grèce, Grecia, Ελλάδα, Греція > Athens, Atina, Αθήνα, Афіни
Guatemala > Guatemala City
Guinea > Conakry
Guyana > Georgetown
Haiti > Port-au-Prince
Honduras > Tegucigalpa
Hungary, Magyarország, Macaristan, Угорщина > Budapest, Budapeşte, Будапешт
Iceland > Reykjavik
India, Hindistan, Індія > New Delhi, Delhi
Indonesia > Jakarta
Iran, İran, Іран, Иран > Tehran, Teheran, Tahran
Iraq, Irak, Ірак > Baghdad, Bağdat
Ireland, Éire, Irlanda > Dublin
Israel, İsrail, Israël, Ізраїль > Jerusalem, Kudüs
Italy, Italia, İtalya, Italie, Italien, Італія > Rome, Roma, Rom, Рим
Ivory Coast, Côte d'Ivoire > Yamoussoukro
Jamaica > Kingston
Japan, Japonya, Japon, Японія > Tokyo, Токіо
Jordan, Ürdün > Amman
Kazakhstan, Kazakistan, Казахстан > Astana, Nur-Sultan
Kenya > Nairobi
Kosovo > Pristina
Kuwait > Kuwait City
Kyrgyzstan > Bishkek
Laos > Vientiane
Latvia, Latvija > Riga
Lebanon, Liban, Lübnan > Beirut, Beyrut
Lesotho > Maseru
Liberia > Monrovia
Libya, Libia, Лівія > Tripoli, Trablus
Liechtenstein > Vaduz
Lithuania, Lietuva, Литва > Vilnius
Luxembourg, Luxemburg
Madagascar > Antananarivo
Malawi > Lilongwe
Malaysia > Kuala Lumpur
Maldives > Male
Mali > Bamako
Malta > Valletta
Mauritania > Nouakchott
Mauritius > Port Louis
Mexico, México, Mexique, Mexiko > Mexico City, Ciudad de México
Moldova, Молдова > Chisinau, Chișinău, Kishinev, Кишинів
Monaco
Mongolia > Ulaanbaatar
Montenegro > Podgorica
Morocco, Maroc, Fas > Rabat
Mozambique > Maputo
Myanmar, Burma > Naypyidaw
Namibia > Windhoek
Nepal > Kathmandu
Netherlands, Nederland, Holland, Niederlande, Hollanda, Pays-Bas > Amsterdam
New Zealand > Wellington
Nicaragua > Managua
Niger > Niamey
Nigeria > Abuja
North Korea, DPRK, Kuzey Kore > Pyongyang
North Macedonia, Macedonia > Skopje
Norway, Norge, Norveç > Oslo
Oman, Umman > Muscat
Pakistan > Islamabad
Palestine, Filistin > Ramallah
Panama > Panama City
Papua New Guinea > Port Moresby
Paraguay > Asuncion
Peru > Lima
Philippines > Manila
Poland, Polska, Polonya, Pologne, Polen, Польща, Польша > Warsaw, Warszawa, Varşova, Warschau, Варшава
Portugal, Portekiz > Lisbon, Lisboa
Qatar, Katar, Катар > Doha
Romania, România, Romanya, Румунія > Bucharest, București, Bükreş, Бухарест
Russia, Russian Federation, Rusya, Rusia, Russie, Russland, Россия, Росія, РФ > Moscow, Moskova, Moskau, Moscou, Москва
Rwanda > Kigali
Saudi Arabia, Suudi Arabistan, Саудівська Аравія > Riyadh, Riyad, Ер-Ріяд
Senegal > Dakar
Serbia, Srbija, Sırbistan, Сербія > Belgrade, Beograd, Belgrad
Sierra Leone > Freetown
Singapore, Singapur
Slovakia, Slovensko, Slovakya, Словаччина > Bratislava
Slovenia, Slovenija > Ljubljana
Somalia > Mogadishu
South Africa > Pretoria
South Korea, Republic of Korea, Güney Kore > Seoul
South Sudan > Juba
Spain, España, İspanya, Espagne, Spanien, Іспанія, Испания > Madrid, Мадрид
Sri Lanka > Colombo
Sudan > Khartoum
Suriname > Paramaribo
Sweden, Sverige, İsveç, Schweden, Швеція > Stockholm
Switzerland, Schweiz, Suisse, İsviçre, Швейцарія > Bern
Syria, Suriye, Syrie, Syrien, Сирія, Сирия > Damascus, Şam
Taiwan, Tayvan > Taipei
Tajikistan > Dushanbe
Tanzania > Dodoma
Thailand > Bangkok
Togo > Lome
Tunisia, Tunisie > Tunis
Turkey, Türkiye, Turquie, Turquía, Turchia, Türkei, Turquia, Туреччина, Турция > Ankara, Анкара
Turkmenistan > Ashgabat
Uganda > Kampala
Ukraine, Україна, Украина, Ukrayna, Ucrania, Ucraina, Ukraina, Ucrânia > Kyiv, Kiev, Київ, Києва, Киев, Kiew, Kijów
United Arab Emirates, UAE, ОАЕ > Abu Dhabi
United Kingdom, UK, Britain, Great Britain, İngiltere, Royaume-Uni, Reino Unido, Британія > London, Londra, Londres
United States, USA, US, United States of America, America, ABD, США, Estados Unidos, EEUU, États-Unis, Stati Uniti
United States, Сполучені Штати
Uruguay > Montevideo
Uzbekistan > Tashkent
Vatican, Holy See > Vatican City
Venezuela > Caracas
Vietnam, Viet Nam > Hanoi
Yemen > Sanaa, Sana'a
Zambia > Lusaka
Zimbabwe > Harare
"""

# Places that are no country and stand apart from their country: not every "Geneva" story is about Switzerland.
PLACES = """
Istanbul, İstanbul, Стамбул
Geneva, Genève, Genf, Cenevre, Женева
Crimea, Kırım, Крим, Крым
Donbas, Donbass, Донбас
Gaza, Gaza Strip, Gazze
West Bank
Kharkiv, Kharkov, Харків, Харьков
Odesa, Odessa, Одеса, Одесса
Ternopil, Ternopol, Тернопіль, Тернополь, Тернополя
Zaporizhzhia, Zaporizhia, Zaporozhye, Запоріжжя, Запорожье
Kherson, Херсон
Mykolaiv, Nikolaev, Миколаїв, Миколаєва, Николаев
Chernihiv, Chernigov, Чернігів, Чернігова, Чернигов
Donetsk, Донецьк, Донецк
Luhansk, Lugansk, Луганськ, Луганск
Mariupol, Маріуполь, Мариуполь
Lviv, Lvov, Львів
Dnipro, Dnepr, Дніпро
Hong Kong
New York, New York City, NYC
Washington, Washington DC, Washington D.C., Вашингтон
Los Angeles
Saint Petersburg, St. Petersburg, St Petersburg, Санкт-Петербург
Mumbai, Bombay
Kolkata, Calcutta
Chennai, Madras
Tel Aviv
Strait of Hormuz
South China Sea
Black Sea
Middle East
Europe, Avrupa, Європа, Европа
California
Texas
Florida
Pennsylvania
Ohio
Michigan
Illinois
Massachusetts
Arizona
Iowa
Chicago
San Francisco
Scotland, Schottland, Écosse, İskoçya
England
Wales
Northern Ireland
Catalonia, Cataluña
Kashmir
Hawaii
Alaska
Puerto Rico
Asia
Africa
Latin America
"""

ORGANISATIONS = """
European Union, EU, UE, ЄС, ЕС, Avrupa Birliği
United Nations, UN, ONU, ООН
NATO, OTAN, НАТО
World Health Organization, World Health Organisation, WHO
International Monetary Fund, IMF
European Central Bank, ECB
Federal Reserve, Fed
World Trade Organization, WTO
International Atomic Energy Agency, IAEA
International Criminal Court, ICC
General Electric, GE
Islamic State, ISIS, ISIL, Daesh
Federal Bureau of Investigation, FBI
Central Intelligence Agency, CIA
European Commission
White House
Kremlin, Кремль
Pentagon
"""

# Words for an office or a form of address: what follows is a person, and they are no part of the name.
TITLES = """
president prime premier minister chancellor secretary senator sen congressman congresswoman representative rep governor
gov mayor king queen prince princess emperor sultan sheikh emir crown pope cardinal archbishop bishop rabbi imam
ayatollah father sister general gen colonel col captain capt lieutenant lt major maj sergeant sgt admiral commander
marshal judge justice attorney prosecutor sheriff chief director chairman chairwoman chair ceo cfo envoy ambassador
spokesman spokeswoman spokesperson leader adviser advisor solicitor speaker commissioner deputy professor prof dr doctor
mr mrs ms miss sir dame
lord lady baroness baron coach manager detective officer inspector superintendent analyst economist
presidente presidenta ministro ministra primer canciller rey reina papa alcalde senador portavoz señor señora don doña
président présidente ministre chancelier chancelière roi reine pape maire sénateur monsieur madame
präsident präsidentin bundeskanzler bundeskanzlerin kanzler kanzlerin ministerin außenminister verteidigungsminister
bundespräsident könig papst herr frau bürgermeister sprecher
primo cancelliere sindaco signor signora re
prezydent minister premier kanclerz
cumhurbaşkanı başkan başkanı bakan bakanı başbakan sözcüsü sayın dışişleri
президент президента президентом міністр міністра министр министра прем'єр премьер канцлер посол генерал міністерка
голова глава речник пан пані
πρόεδρος πρωθυπουργός υπουργός
"""

# Words that belong to the title beside them: Vice President, Foreign Minister, U.S. Trade Representative.
TITLE_PARTS = """
former ex vice deputy acting interim late outgoing incoming first second senior co foreign interior exterior external
internal home finance defense defence trade health energy education justice state treasury special presidential national
security district federal supreme court chief press affairs foreign executive opposition party house majority minority
lord military army economy agriculture labor labour transport transportation homeland intelligence attorney assistant
associate staff
exministro ancien ancienne ehemaliger eski
"""

# Titles that are surnames as often: kept where nothing follows them (Stephen King, Larry Page).
SURNAMES_LIKE_TITLES = (
    "king prince pope bishop judge major marshal baron father sheriff chair page coach general don lord"
)

# A name with one of these is an organisation.
ORGANISATION_WORDS = """
ministry department agency bureau office administration authority commission committee council parliament congress
senate assembly court tribunal army navy guard police bank fund university college school institute academy hospital
foundation association federation union league club fc cf party movement front church company corporation corp inc ltd
llc plc gmbh group holdings industries motors airlines airways broadcasting network news times post journal herald
tribune gazette telegraph guardian press agency museum society organization organisation alliance trust service services
laboratories laboratory studios pictures records partners capital technologies systems
ministerio banco universidad partido gobierno consejo ministère banque université parti conseil
ministerium bundesbank universität partei bundestag gericht
bakanlığı partisi bankası üniversitesi meclisi
міністерство банк університет партія рада министерство университет партия совет
"""

# Adjectives and people of a country, a region, a party or a faith: no names by themselves.
DEMONYMS = """
afghan albanian algerian american argentine argentinian armenian australian austrian azerbaijani azeri bahraini
bangladeshi belarusian belgian bolivian bosnian brazilian british briton bulgarian burmese cambodian canadian chilean
chinese colombian congolese croatian cuban cypriot czech danish dane dutch ecuadorian egyptian english emirati estonian
ethiopian filipino finnish finn french frenchman georgian german ghanaian greek haitian hungarian icelandic indian
indonesian iranian iraqi irish israeli italian jamaican japanese jordanian kazakh kenyan korean kosovar kurdish kurd
kuwaiti kyrgyz lao latvian lebanese liberian libyan lithuanian malaysian maltese mexican moldovan mongolian montenegrin
moroccan nepali nepalese nigerian norwegian omani pakistani palestinian peruvian pole polish portuguese qatari romanian
russian rwandan saudi scottish scot senegalese serb serbian singaporean slovak slovenian somali spanish spaniard
sudanese swede swedish swiss syrian taiwanese tajik thai tunisian turk turkish turkmen ugandan ukrainian uruguayan uzbek
venezuelan vietnamese welsh yemeni zambian zimbabwean
african arab asian european western eastern northern southern latin latino hispanic caucasian scandinavian balkan
soviet nazi christian catholic protestant orthodox muslim islamic islamist sunni shiite jew jewish hindu buddhist
republican democrat democratic conservative liberal communist socialist labour gop
ucraniano ucraniana ruso rusa turco turca ukrainien ukrainienne russe turc turque
ukrainische ukrainischen ukrainischer russische russischen russischer türkische türkischen türkischer deutsche deutschen
türk rus ukraynalı amerikan amerikalı alman fransız ingiliz britanyalı ispanyol italyan yunan hollandalı belçikalı
polonyalı suriyeli iraklı iranlı israilli mısırlı çinli japon azerbaycanlı avrupalı
українець українка росіянин росіянка турок німець француз британець американець
"""

CALENDAR = """
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun
january february march april may june july august september october november december
jan feb mar apr jun jul aug sept sep oct nov dec
montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember
pazartesi salı çarşamba perşembe cuma cumartesi pazar ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim
kasım aralık
"""

# Lower-case words inside a name: Ursula von der Leyen, Bank of England, Mohammed bin Salman.
PARTICLES = "of the de da do dos del della di du des van von der den bin bint ibn al el ter zu la le"
# In another script the same letters may be a word: Ukrainian "до" is "to".
CYRILLIC_PARTICLES = "ван фон дер ден аль бін бен ібн"

# Articles, which a name may have and its next mention may lack.
ARTICLES = "the a an der die das den dem le la les el los las il"

# What may be written with a dot inside a name.
ABBREVIATIONS = "mr mrs ms dr st prof gen col capt lt maj sgt sen rep gov jr sr"

# Lower-case words that a Title Case headline holds as well.
HEADLINE_LOWER_CASE = """
a an the and or but nor so yet as at by for in of off on to up via vs per with from into onto over after amid upon about
than that under between against during before without through toward towards within across around behind beyond despite
since until while when where who why how what is are be it its his her their our my your not no if
"""

# A name after one of these is likely a place.
IN_WORDS = "in near outside across en à в у"

# A name of two words or more beside one of these is likely a person.
SPEECH_WORDS = """
said says told tells added adds tweeted testified argued insisted recalled joked replied wrote
dijo declaró dit déclaré sagte erklärte ha detto powiedział dedi söyledi сказав заявив заявила сказал заявил
"""


Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A name from the tables: the key that stands for all its forms, and what it names."""

    key: Key
    shown: str
    kind: str


def words_of(table: str) -> frozenset[str]:
    """The folded words of a table."""
    return frozenset(fold(word) for word in table.split())


def _key_of(name: str) -> Key:
    return name_key([word.text for word in split(name)], code="")


def _entries(forms: str, kind: str) -> Iterator[tuple[Key, Known]]:
    names = [form.strip() for form in forms.split(",")]
    for name in names:
        yield _key_of(name), Known(_key_of(names[0]), names[0], kind)


def _known() -> dict[Key, Known]:
    found: dict[Key, Known] = {}
    for line in (COUNTRIES + PLACES).strip().splitlines():
        for forms in line.split(">"):
            found.update(_entries(forms, "place"))
    for forms in ORGANISATIONS.strip().splitlines():
        found.update(_entries(forms, "organisation"))
    return found


def by_first_word(keys: Iterable[Key]) -> dict[str, set[Key]]:
    """Keys listed under their first words, for recognising them in running words."""
    found: dict[str, set[Key]] = defaultdict(set)
    for key in keys:
        if key:
            found[key[0]].add(key)
    return found


def _country_of_capital() -> dict[str, str]:
    lines = (line.split(">") for line in COUNTRIES.strip().splitlines() if ">" in line)
    first = [[" ".join(_key_of(forms.split(",")[0])) for forms in line] for line in lines]
    return {capital: country for country, capital in first}


KNOWN: Mapping[Key, Known] = _known()
KNOWN_BY_FIRST_WORD: Mapping[str, Set[Key]] = by_first_word(KNOWN)
KNOWN_PLACES: Set[str] = {" ".join(known.key) for known in KNOWN.values() if known.kind == "place"}
COUNTRY_OF_CAPITAL: Mapping[str, str] = _country_of_capital()
