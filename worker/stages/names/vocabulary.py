"""The words that show what kind of name stands beside them, or that a capital on them is no name's.

Written for news, from general knowledge, as people write (any script, any case); compared folded. The names themselves
are in `known`.
"""

from worker.stages.text.fold import fold


def words_of(table: str) -> frozenset[str]:
    """The folded words of a table."""
    return frozenset(fold(word) for word in table.split())


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

# What a company's full name ends in and its next mention leaves out.
COMPANY_FORMS = (
    "inc corp corporation ltd llc plc gmbh co ag nv spa sa se ab as oyj holdings holding group limited company kk"
)

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
