"""The words around a counted number, language by language: what makes it "at least 20 people killed".

A table, not a method; `counts` reads it. Every entry but `numbers` and `scales` is a regular expression without
groups, tried on the text as written (case ignored): folding would make Turkish "öldü" (died) "oldu" (became).
A language that is not here is read as English, whose figures and signs are understood in most places.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CountWords:
    """One language's words. `slots` says what was counted: {"killed": expression, …}."""

    numbers: Mapping[str, int]
    scales: Mapping[str, float]
    decimal: str  # the sign before decimals; the other one groups thousands
    at_least: str  # before the number
    up_to: str
    about: str
    at_least_after: str
    up_to_after: str
    slots: Mapping[str, str]
    people: str  # nouns that leave no doubt that people are counted
    things: str  # nouns that are counted beside casualties and are none: attacks, drones, provinces
    joints: str  # words at which a noun phrase ends
    subset: str  # before a number that is part of another one
    months: str
    spans: str  # units of time: "three days" is no count
    age: str  # before an age
    elsewhen: str  # the sentence speaks of another time
    outdated: str  # before the old figure of "from 14 to 19"
    hedge: str
    plural: bool  # nouns form their plural with s or x
    part: str  # between a number and who was counted already: "three of the injured"
    rising: str  # the sentence announces a new count: "raised to 17"
    lone_death: str = ""  # the death of a single person, told without a number; "": not read in this language


def _numbered(words: str, start: int = 1) -> dict[str, int]:
    """Number words in their order: "one two three" -> {"one": 1, …}."""
    return {word: value for value, word in enumerate(words.split(), start)}


def _tens(words: str) -> dict[str, int]:
    """The words for 30, 40 … 90 in their order; twenty stands with the first twenty."""
    return {word: 10 * value for value, word in enumerate(words.split(), 3)}


def _compounds(ones: str, tens: str, joint: str) -> dict[str, int]:
    """German and Dutch 21 to 99, the ones before the tens: "einundzwanzig"."""
    small, round_ = ones.split(), tens.split()
    return {
        f"{one}{joint}{ten}": 10 * place + value
        for place, ten in enumerate(round_, 2)
        for value, one in enumerate(small, 1)
    }


def _hundreds(words: str) -> dict[str, int]:
    """The words for 100, 200 … in their order."""
    return {word: 100 * value for value, word in enumerate(words.split(), 1)}


def _elided(tens: str) -> dict[str, int]:
    """Italian 21 to 99: "ventuno", "ventidue", "ventotto"."""
    ones = ("uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove")
    found = {}
    for place, ten in enumerate(tens.split(), 2):
        for value, one in enumerate(ones, 1):
            found[(ten[:-1] if one[0] in "uo" else ten) + one] = 10 * place + value
        found[f"{ten}tré"] = 10 * place + 3
    return found


_LONE_PERSON = (
    r"passenger|man|woman|boy|girl|child|baby|toddler|teenager|student|pupil|worker|soldier|driver|pilot|firefighter"
    r"|officer|policeman|resident|protester|migrant|cyclist|motorcyclist|pedestrian|climber|hiker|tourist|fisherman"
    r"|sailor|miner|patient|prisoner|journalist|nurse"
)
_LONE = (
    r"(?!(?:no|not|another|every|each|any|second|third|fourth|fifth|one|two|three|the|when|if|how|why|last|former)\b)"
    rf"(?:[\w-]+ ){{0,2}}?(?:{_LONE_PERSON})(?:, \d{{1,3}},?)?"
)
_HAS_DIED = r"(?: who [^.;]{0,120}?)? (?:has|have) (?:since )?died"
_DEAD = r"(?:killed|dead)(?= (?:in|by|at|when|after|as|on|near|outside|during|while)\b|[.,;]|$)"

_ENGLISH = CountWords(
    numbers=_numbered(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty"
    )
    | _tens("thirty forty fifty sixty seventy eighty ninety"),
    scales={
        "dozen": 12,
        "hundred": 1e2,
        "thousand": 1e3,
        "k": 1e3,
        "million": 1e6,
        "mln": 1e6,
        "m": 1e6,
        "billion": 1e9,
        "bn": 1e9,
        "trillion": 1e12,
    },
    decimal=".",
    at_least=r"at least|more than|over|above|no fewer than|no less than|a minimum of|upwards? of",
    up_to=r"up to|as many as|as much as|at most|no more than|fewer than|less than|under|a maximum of",
    about=r"about|around|some|nearly|almost|roughly|approximately|an estimated|close to",
    at_least_after=r"or more|at least|and counting",
    up_to_after=r"or fewer|or less|at most",
    slots={
        "killed": r"kill(?:ed|s|ing)?|(?<!among the )dead|died|dies|dying"
        r"|deaths?(?!\s(?:row|rate|penalt|threat|sentence|certif|tax))"
        r"|fatalit(?:y|ies)|bodies of|toll|perished|los(?:t|e|ing) their lives|lives (?:were )?lost"
        r"|(?:claim\w*|cost\w*|took)(?=[^.;]{0,40}\blives\b)",
        "injured": r"injur(?:ed|es|ing|ies|y)|wound(?:ed|s|ing)?|hurt|hospitali[sz]ed"
        r"|treat(?:ed|ing)(?! (?:as|like|with|to)\b)|need(?:ed|ing)? (?:medical )?treatment",
        "missing": r"missing|unaccounted for",
        "arrested": r"arrest(?:ed|s|ing)?|detain(?:ed|s|ing)?|into custody",
        "evacuated": r"evacuat(?:ed|es|ing|ions?)|displac(?:ed|es|ing)|(?:brought|taken|moved|led|carried)"
        r" (?:(?:in)?to safety|out of|to higher ground|to shelters?)",
        "rescued": r"rescu(?:ed|es|ing)|pulled(?=[^.;]{0,40}\bfrom\b)",
    },
    people=r"people|persons?|civilians?|men|man|women|woman|children|child|victims?|residents?|passengers?|soldiers?"
    r"|troops|workers?|students?|policemen|police officers?|firefighters?|migrants?|protesters?|others?",
    things=r"drones?|missiles?|rockets?|strikes?|attacks?|vehicles?|cars?|buses|trucks?|homes?|houses?|buildings?"
    r"|apartments?|cities|city|towns?|villages?|provinces?|regions?|districts?|countries|states?|times?|shots?|floors?"
    r"|miles?|kilomet(?:er|re)s?|met(?:er|re)s?|feet|blasts?|explosions?|incidents?|hospitals?|schools?|points?"
    r"|counts?|charges?|animals?|cattle|birds?|chickens?|hens?|pigs?|sheep|cows?|trees?|jobs?|hectares?|acres?|tons?|tonnes?|degrees?"
    r"|sources?|reports?|studies|polls?|accounts?",
    joints=r"in|on|at|of|by|to|from|with|for|and|or|as|after|since|during|who|that|which|were|was|are|is|have|has|had"
    r"|will|would|the|when|while|near|across|over|into|between|per",
    subset=r"including|includes?|included|among them|of (?:them|whom)|another|other|a further|an additional"
    r"|among the (?:dead|injured|wounded|missing|victims)(?: (?:was|were|is|are))?",
    months=r"jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?"
    r"|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?",
    spans=r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|months?|years?|decades?|centuries)",
    age=r"aged|age|age of|ages|turned",
    elsewhen=r"last (?:year|month)|in the (?:past|last) \w+ (?:years|months|decades)|the year before"
    r"|(?:previous|earlier) (?:year|election|vote|outbreak|storm|quake|attack|accident|fire|disaster|edition|season)s?"
    r"|a year (?:ago|earlier|before)|(?:years|decades|months) (?:ago|earlier|before)|anniversary"
    r"|since the (?:start|beginning|outbreak|invasion|war)|in history",
    outdated=r"from",
    hedge=r"reported(?:ly)?|feared|may have|might|could|believed|unconfirmed|alleged(?:ly)?|estimated|presumed",
    plural=True,
    part=r"(?:of|among) (?:the|those|them)",
    rising=r"(?:raised?|rises?|rose|risen|climb(?:s|ed)?|increased?|grew|grown|jump(?:s|ed)|reach(?:es|ed)|updated?|revised)"
    r"\b[^.;]*\bto|(?:toll|number|count)\b[^.;]*\b(?:rose|risen|rises|climb(?:s|ed)?|reach(?:es|ed)|now stands)",
    # "Passenger, 68, dies"; "a woman who was hurt on Tuesday has died"; not "man killed three".
    lone_death=rf"^{_LONE}(?:{_HAS_DIED}| dies| (?:found )?(?:shot |stabbed |beaten )?{_DEAD})"
    rf"|\ban? {_LONE}(?:{_HAS_DIED}| died| (?:was|has been|is|found) (?:shot |stabbed |beaten )?{_DEAD})",
)

_FRENCH = CountWords(
    numbers=_numbered(
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
        "dix-neuf vingt"
    )
    | _tens("trente quarante cinquante soixante")
    | _numbered("soixante-dix soixante-et-onze soixante-douze soixante-treize soixante-quatorze soixante-quinze", 70)
    | {"quatre-vingts": 80, "quatre-vingt": 80, "quatre-vingt-dix": 90, "cent": 100, "mille": 1000},
    scales={
        "cent": 1e2,
        "cents": 1e2,
        "mille": 1e3,
        "million": 1e6,
        "millions": 1e6,
        "milliard": 1e9,
        "milliards": 1e9,
    },
    decimal=",",
    at_least=r"au moins|plus d[e’']|pas moins de",
    up_to=r"jusqu[’']à|au plus|moins de",
    about=r"environ|près de|quelque|autour de|presque",
    at_least_after=r"au moins|ou plus",
    up_to_after=r"au plus|au maximum",
    slots={
        "killed": r"tu(?:é|ée|és|ées|ant|e|ent)|mort(?:s|e|es)?|décès|décédé\w*|péri|bilan",
        "injured": r"bless(?:é|ée|és|ées|ant)|hospitalisée?s?|soignée?s?",
        "missing": r"disparu(?:s|e|es)?|portée?s? disparu\w*",
        "arrested": r"arrêt(?:é|ée|és|ées)|interpell(?:é|ée|és|ées)|arrestations?|garde à vue",
        "evacuated": r"évacu(?:é|ée|és|ées|ations?)|déplac(?:és|ées)|mis(?:es?)? (?:à l[’']abri|en sécurité)",
        "rescued": r"secouru\w*|sauv(?:é|ée|és|ées)",
    },
    people=r"personnes?|civils?|hommes?|femmes?|enfants?|victimes?|habitants?|passagers?|soldats?|ouvriers?",
    things=r"drones?|missiles?|roquettes?|frappes?|attaques?|véhicules?|voitures?|maisons?|bâtiments?|villes?"
    r"|villages?|provinces?|régions?|pays|fois|kilomètres?|mètres?|écoles?|hôpitaux|emplois?",
    joints=r"pour|contre|avec|dans|sur|à|au|aux|de|des|du|d|par|en|et|ou|le|la|les|qui|que|ont|sont|a"
    r"|est|ont été|lors|après|depuis",
    subset=r"dont|parmi (?:eux|elles|lesquels)|y compris|autres?",
    months=r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    spans=r"(?:secondes?|minutes?|heures?|jours?|nuits?|semaines?|mois|ans|années?|siècles?)",
    age=r"âgée?s? de|âge de",
    elsewhen=r"l[’']an dernier|l[’']année dernière|il y a \w+ (?:ans|mois)|anniversaire|depuis le début",
    outdated=r"passé de|passant de",
    hedge=r"présumés?|auraient?|craint|estimés?|selon des informations",
    plural=True,
    part=r"des|parmi les|d[’']entre",
    rising=r"porté|passe|passé|grimpé?|s[’']alourdit|s[’']est alourdi|atteint|atteignait",
)

_SPANISH = CountWords(
    numbers=_numbered(
        "un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
        "dieciocho diecinueve veinte"
    )
    | _tens("treinta cuarenta cincuenta sesenta setenta ochenta noventa")
    | _numbered(
        "veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve", 21
    )
    | _hundreds("cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos")
    | _hundreds(
        "ciento doscientas trescientas cuatrocientas quinientas seiscientas setecientas ochocientas novecientas"
    )
    | {"veintiún": 21, "mil": 1000},
    scales={"cien": 1e2, "cientos": 1e2, "mil": 1e3, "millón": 1e6, "millones": 1e6},
    decimal=",",
    at_least=r"al menos|por lo menos|más de|no menos de|como mínimo",
    up_to=r"hasta|como máximo|menos de",
    about=r"unos|unas|alrededor de|cerca de|aproximadamente|casi",
    at_least_after=r"o más|como mínimo",
    up_to_after=r"como máximo",
    slots={
        "killed": r"muert(?:o|os|a|as|es?)|mat(?:ó|aron|ado|ados|a|an|ando)|murieron|murió|fallec\w+|asesinad\w+",
        "injured": r"herid(?:o|os|a|as)|lesionad\w+|hospitalizad\w+|atendid\w+",
        "missing": r"desaparecid\w+",
        "arrested": r"detenid\w+|arrestad\w+|detenciones|detuvo|detuvieron",
        "evacuated": r"evacuad\w+|desplazad\w+|puest[oa]s? a salvo",
        "rescued": r"rescatad\w+",
    },
    people=r"personas?|civiles|hombres?|mujeres|mujer|niños?|niñas?|víctimas?|pasajeros?|soldados?|trabajadores",
    things=r"drones?|misiles|ataques?|vehículos?|coches?|casas?|edificios?|ciudades|pueblos?|provincias?|regiones"
    r"|países|veces|kilómetros?|metros?|escuelas?|hospitales|empleos?",
    joints=r"para|contra|sobre|en|a|al|de|del|por|y|o|el|la|los|las|que|con|han|fueron|son|está|están|tras|desde|durante",
    subset=r"entre ell[oa]s|incluid[oa]s?|otr[oa]s",
    months=r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
    spans=r"(?:segundos?|minutos?|horas?|días?|noches?|semanas?|mes(?:es)?|años?|décadas?|siglos?)",
    age=r"edad de",
    elsewhen=r"el año pasado|hace \w+ (?:años|meses)|aniversario|desde el (?:inicio|comienzo)",
    outdated=r"pasó de|pasando de",
    hedge=r"presunt\w+|habrían?|supuest\w+|se teme",
    plural=True,
    part=r"de l[oa]s|entre l[oa]s",
    rising=r"sub(?:e|ió)|aument(?:a|ó)|elev(?:a|ó|an|aron)|asciende|ascendió|alcanz(?:a|ó)|llegó",
)

_TURKISH = CountWords(
    numbers=_numbered(
        "bir iki üç dört beş altı yedi sekiz dokuz on onbir oniki onüç ondört onbeş onaltı onyedi onsekiz ondokuz yirmi"
    )
    | _tens("otuz kırk elli altmış yetmiş seksen doksan")
    | {"yüz": 100, "bin": 1000},
    scales={"yüz": 1e2, "bin": 1e3, "milyon": 1e6, "milyar": 1e9},
    decimal=",",
    at_least=r"en az|asgari",
    up_to=r"en fazla|en çok|azami",
    about=r"yaklaşık|neredeyse|ortalama",
    at_least_after=r"[’'][dt][ae]n fazla|(?:kişi)?den fazla",
    up_to_after=r"[’']\w{1,3} kadar",
    slots={
        "killed": r"öl(?:dü|en|ü|üm|dürüldü|dürdü|enlerin|düğü)\w*|hayatını kaybet\w+|yaşamını yitir\w+|can kaybı",
        "injured": r"yarala(?:ndı|nan|dı|ndığı)\w*|yaralı\w*",
        "missing": r"kayıp\w*|kayboldu",
        "arrested": r"gözaltı\w*|tutukla\w+|yakala\w+",
        "evacuated": r"tahliye\w*|güvenli bölge\w*",
        "rescued": r"kurtarıl\w+",
    },
    people=r"kişi\w*|insan\w*|sivil\w*|çocuk\w*|kadın\w*|asker\w*|işçi\w*|yolcu\w*|öğrenci\w*",
    things=r"dron\w*|füze\w*|saldırı\w*|araç\w*|ev|bina\w*|şehir\w*|il|ilçe\w*|ülke\w*|kez|kilometre\w*|okul\w*",
    joints=r"ve|ile|için|ise|de|da|olarak|sonra|önce",
    subset=r"ara(?:larında|sında)|bunlardan|diğer",
    months=r"ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık",
    spans=r"(?:saniye|dakika|saat|gün|gece|hafta|ay|yıl|yaşında)\w*",
    age=r"yaş",
    elsewhen=r"geçen yıl|yıl önce|yıldönümü|başından bu yana|yılında",
    outdated=r"önce",
    hedge=r"iddia\w*|tahmin\w*|olabilir",
    plural=False,
    part=r"\w*(?:lardan|lerden)",
    rising=r"yüksel\w+|çıktı\w*|çıktığı\w*|arttı\w*|ulaştı\w*",
)

_UKRAINIAN = CountWords(
    numbers=_numbered(
        "один два три чотири п’ять шість сім вісім дев’ять десять одинадцять дванадцять тринадцять чотирнадцять "
        "п’ятнадцять шістнадцять сімнадцять вісімнадцять дев’ятнадцять двадцять"
    )
    | _numbered("двоє троє четверо п’ятеро шестеро семеро", start=2)
    | _tens("тридцять сорок п’ятдесят шістдесят сімдесят вісімдесят дев’яносто")
    | _hundreds("сто двісті триста чотириста п’ятсот шістсот сімсот вісімсот дев’ятсот")
    | {"дві": 2, "двох": 2, "трьох": 3, "чотирьох": 4, "тисяча": 1000},
    scales={
        "тис": 1e3,
        "тисячі": 1e3,
        "тисяч": 1e3,
        "млн": 1e6,
        "мільйона": 1e6,
        "мільйонів": 1e6,
        "млрд": 1e9,
        "мільярда": 1e9,
        "мільярдів": 1e9,
    },
    decimal=",",
    at_least=r"щонайменше|принаймні|понад|більше(?: ніж)?|не менше(?: ніж)?",
    up_to=r"до|щонайбільше|не більше(?: ніж)?|менше(?: ніж)?",
    about=r"близько|майже|приблизно|орієнтовно",
    at_least_after=r"або більше",
    up_to_after=r"або менше",
    slots={
        "killed": r"загин\w+|загибл\w+|вбит\w+|убит\w+|вбил\w+|загибел\w+|смерт\w+|померл\w+",
        "injured": r"поранен\w*|поранил\w*|травмован\w+|постраждал\w+|госпіталізован\w+",
        "missing": r"зникл\w+",
        "arrested": r"затриман\w+|заарештован\w+|арештован\w+",
        "evacuated": r"евакуйован\w+|евакуювал\w+|вивез(?:ли|ено|ені)",
        "rescued": r"врятован\w+|врятувал\w+",
    },
    people=r"люд(?:ей|ини|и|ина)|ос(?:іб|оби|оба)|цивільн\w+|жител\w+|дітей|дитин\w+|жін\w+|чоловік\w*|військов\w+",
    things=r"дрон\w*|ракет\w*|удар\w*|атак\w*|автомобіл\w+|будинк\w+|міст\w*|област\w+|країн\w*|раз\w*|кілометр\w*",
    joints=r"в|у|на|з|із|до|від|та|і|й|або|під|після|через|за|що|які|який|було|були",
    subset=r"серед них|зокрема|з них|ще",
    months=r"січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня",
    spans=r"(?:секунд|хвилин|годин|дн|день|дні|днів|ноч|тижн|місяц|рок|рік)\w*",
    age=r"віком|віці",
    elsewhen=r"минулого року|торік|років тому|річниц\w+|від початку|з початку",
    outdated=r"зросла з",
    hedge=r"імовірно|ймовірно|можливо|за попередніми даними",
    plural=False,
    part=r"(?:із?|з|зі|серед)(?: числа)?",
    rising=r"зрос\w+|збільши\w+|підня\w+|сягнул\w+|досягл\w+",
)

_GERMAN = CountWords(
    numbers=_numbered(
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
        "achtzehn neunzehn zwanzig",
        start=2,
    )
    | _tens("dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
    | _compounds(
        "ein zwei drei vier fünf sechs sieben acht neun",
        "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
        "und",
    )
    | _hundreds(
        "hundert zweihundert dreihundert vierhundert fünfhundert sechshundert siebenhundert achthundert neunhundert"
    )
    | {"einhundert": 100, "tausend": 1000, "eintausend": 1000, "zweitausend": 2000, "dreitausend": 3000}
    | {"viertausend": 4000, "fünftausend": 5000, "sechstausend": 6000, "zehntausend": 10000},
    scales={
        "hundert": 1e2,
        "tausend": 1e3,
        "mio": 1e6,
        "million": 1e6,
        "millionen": 1e6,
        "mrd": 1e9,
        "milliarde": 1e9,
        "milliarden": 1e9,
        "billionen": 1e12,
    },
    decimal=",",
    at_least=r"mindestens|wenigstens|mehr als|über|nicht weniger als|zumindest",
    up_to=r"bis zu|höchstens|maximal|weniger als|unter|nicht mehr als",
    about=r"etwa|rund|ungefähr|circa|ca\.?|fast|knapp|nahezu|gut|um die",
    at_least_after=r"oder mehr",
    up_to_after=r"oder weniger",
    slots={
        "killed": r"getötete?[nr]?|töte(?:n|te|ten|t)|tote[nr]?|tot|todesopfern?|gestorben|starb(?:en)?|sterben"
        r"|ums leben|umgekommen|todesfälle[n]?|verstorben\w*|leben verloren",
        "injured": r"verletzte?[nr]?|verletzten|verwundete?[nr]?|verletzungen|behandelt",
        "missing": r"vermisste?[nr]?|vermisst|verschwunden\w*|verschollen\w*",
        "arrested": r"festgenommen\w*|festnahmen?|verhaftet\w*|verhaftungen|nahm(?=[^.;]{0,60}\bfest\b)",
        "evacuated": r"evakuiert\w*|in sicherheit",
        "rescued": r"gerettet\w*|geborgen\w*",
    },
    people=r"menschen|personen|männer|frauen|kinder|opfer|einwohner|bewohner|passagiere|soldaten|arbeiter|schüler\w*"
    r"|demonstranten|patienten|polizisten|beschäftigte|mitarbeiter\w*|fahrgäste|verletzte|tote",
    things=r"drohnen|raketen|angriffe\w*|fahrzeuge\w*|autos|häuser\w*|gebäude\w*|städte\w*|dörfer\w*|länder\w*|mal"
    r"|kilometer\w*|meter\w*|schulen|kliniken|stellen|arbeitsplätze\w*|hektar|tonnen|grad",
    joints=r"in|im|an|am|auf|aus|bei|beim|mit|von|vom|zu|zum|zur|und|oder|als|nach|seit|während|die|der|das|den|dem"
    r"|wurden|wurde|sind|ist|war|waren|haben|hat|hatten|werden|soll|sollen|durch|für|um|über",
    subset=r"darunter|davon|unter ihnen|weitere[nr]?|andere[nr]?",
    months=r"januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember",
    spans=r"(?:sekunden?|minuten?|stunden?|tagen?|tage|tag|nächten?|wochen?|monaten?|monate|jahren?|jahre|jahrzehnten?)",
    age=r"alter von|im alter",
    elsewhen=r"im vergangenen jahr|voriges jahr|im vorjahr|vor \w+ (?:jahren|monaten)|jahrestag|seit (?:beginn|anfang)",
    outdated=r"von",
    hedge=r"angeblich|mutmaßlich\w*|vermutlich|befürchte\w*|womöglich|soll|sollen|schätzungsweise",
    plural=False,
    part=r"der|von den|unter den",
    rising=r"stieg|steigt|gestiegen|erhöht(?:e|en)?|kletter\w+",
)

_ITALIAN = CountWords(
    numbers=_numbered(
        "due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
        "diciassette diciotto diciannove venti",
        start=2,
    )
    | _tens("trenta quaranta cinquanta sessanta settanta ottanta novanta")
    | _elided("venti trenta quaranta cinquanta sessanta settanta ottanta novanta")
    | _hundreds("cento duecento trecento quattrocento cinquecento seicento settecento ottocento novecento")
    | {"mille": 1000, "duemila": 2000, "tremila": 3000, "quattromila": 4000, "cinquemila": 5000, "diecimila": 10000},
    scales={"cento": 1e2, "mila": 1e3, "milione": 1e6, "milioni": 1e6, "mln": 1e6, "miliardo": 1e9, "miliardi": 1e9},
    decimal=",",
    at_least=r"almeno|più di|oltre|non meno di",
    up_to=r"fino a|al massimo|meno di|non più di",
    about=r"circa|quasi|intorno a|all[’']incirca|un[’']?a? ?[a-z]+ di",
    at_least_after=r"o più|almeno",
    up_to_after=r"al massimo",
    slots={
        "killed": r"mort[oiae]|uccis\w+|uccid\w+|vittime|decedut\w+|decessi|deceduti|perso la vita|perdono la vita",
        "injured": r"ferit[oiae]|ferimento|lesion\w+|ricoverat[oiae]|medicat[oiae]",
        "missing": r"dispers[oiae]|scompars[oiae]",
        "arrested": r"arrest\w+|fermat[oiae]",
        "evacuated": r"evacuat[oiae]|sfollat[oiae]|mess[oiae] (?:al sicuro|in salvo)",
        "rescued": r"salvat[oiae]|soccors[oiae]|tratt[oiae] in salvo",
    },
    people=r"persone|persona|civili|uomini|donne|bambini|passeggeri|soldati|operai|lavoratori|studenti|pazienti"
    r"|migranti|agenti|residenti|abitanti|manifestanti",
    things=r"droni|missili|attacchi|veicoli|auto|case|edifici|città|paesi|regioni|volte|chilometri|metri|scuole"
    r"|ospedali|posti|ettari|tonnellate|gradi",
    joints=r"contro|in|a|al|alla|ai|alle|da|dal|dalla|di|del|della|dei|delle|con|per|su|sul|sulla|e|o|il|la|i|gli|le|che"
    r"|sono|è|erano|hanno|ha|nel|nella|nei|dopo|durante|tra|fra",
    subset=r"tra cui|fra cui|di cui|compres[oi]|altr[ie]",
    months=r"gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
    spans=r"(?:second[oi]|minut[oi]|or[ae]|giorn[oi]|nott[ei]|settiman[ae]|mes[ei]|ann[oi]|decenn[io]|secol[oi])",
    age=r"età di",
    elsewhen=r"l[’']anno scorso|lo scorso anno|\w+ (?:anni|mesi) fa|anniversario|dall[’']inizio",
    outdated=r"da|dai",
    hedge=r"presunt\w+|sarebbero|avrebbe\w*|si teme|forse|probabilmente",
    plural=False,
    part=r"de[il]|degli|delle|tra i",
    rising=r"salit[oaei] a|sale a|salgono a|aumentat[oaei]|raggiung\w+|raggiunt\w+",
)

_PORTUGUESE = CountWords(
    numbers=_numbered(
        "dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito "
        "dezenove vinte",
        start=2,
    )
    | _tens("trinta quarenta cinquenta sessenta setenta oitenta noventa")
    | _hundreds("cem duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos")
    | {"duas": 2, "quatorze": 14, "dezasseis": 16, "dezassete": 17, "dezanove": 19, "cento": 100, "mil": 1000},
    scales={"mil": 1e3, "milhão": 1e6, "milhões": 1e6, "bilhão": 1e9, "bilhões": 1e9},
    decimal=",",
    at_least=r"pelo menos|ao menos|mais de|no mínimo|não menos de",
    up_to=r"até|no máximo|menos de",
    about=r"cerca de|aproximadamente|quase|em torno de|uns|umas",
    at_least_after=r"ou mais",
    up_to_after=r"no máximo",
    slots={
        "killed": r"mort[oae]s?|matou|mataram|mata|morre(?:u|ram|m)|falec\w+|óbitos|assassinad\w+",
        "injured": r"ferid[oa]s?|feriu|feriram|lesionad\w+|hospitalizad\w+|atendid\w+",
        "missing": r"desaparecid[oa]s?",
        "arrested": r"detid[oa]s?|pres[oa]s|prendeu|prenderam|detenções|prisões",
        "evacuated": r"evacuad\w+|retirad[oa]s|desalojad\w+|deslocad\w+",
        "rescued": r"resgatad\w+|salv[oa]s",
    },
    people=r"pessoas?|civis|homens|mulheres|crianças|passageiros|soldados|trabalhadores|alunos|pacientes|vítimas"
    r"|moradores|manifestantes|policiais",
    things=r"drones|mísseis|ataques|veículos|carros|casas|edifícios|prédios|cidades|países|regiões|vezes|quilómetros"
    r"|quilômetros|metros|escolas|hospitais|empregos|hectares|toneladas|graus",
    joints=r"em|no|na|nos|nas|a|ao|à|aos|de|do|da|dos|das|com|por|para|e|ou|o|os|as|que|foram|foi|são|estão|após|desde"
    r"|durante|entre",
    subset=r"entre eles|incluindo|outr[oa]s|dos quais",
    months=r"janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
    spans=r"(?:segundos?|minutos?|horas?|dias?|noites?|semanas?|mês|meses|anos?|décadas?|séculos?)",
    age=r"idade de",
    elsewhen=r"no ano passado|há \w+ (?:anos|meses)|aniversário|desde o (?:início|começo)",
    outdated=r"de",
    hedge=r"supost\w+|teriam?|teme-se|possivelmente",
    plural=True,
    part=r"dos|das|entre os",
    rising=r"sub(?:iu|iram|e)|aument(?:ou|aram|a)|eleva?(?:ou|do)?|chegou|alcançou|atingiu",
)

_RUSSIAN = CountWords(
    numbers=_numbered(
        "два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать "
        "шестнадцать семнадцать восемнадцать девятнадцать двадцать",
        start=2,
    )
    | _numbered("двое трое четверо пятеро шестеро семеро", start=2)
    | _tens("тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
    | _hundreds("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
    | {"две": 2, "троих": 3, "двоих": 2, "четверых": 4, "пятерых": 5, "тысяча": 1000},
    scales={
        "тыс": 1e3,
        "тысячи": 1e3,
        "тысяч": 1e3,
        "тысячу": 1e3,
        "млн": 1e6,
        "миллион": 1e6,
        "миллиона": 1e6,
        "миллионов": 1e6,
        "млрд": 1e9,
        "миллиард": 1e9,
        "миллиарда": 1e9,
        "миллиардов": 1e9,
    },
    decimal=",",
    at_least=r"не менее|минимум|по меньшей мере|как минимум|более(?: чем)?|больше(?: чем)?|свыше",
    up_to=r"до|не более|максимум|менее(?: чем)?|меньше(?: чем)?",
    about=r"около|примерно|почти|порядка|приблизительно",
    at_least_after=r"или более",
    up_to_after=r"или менее",
    slots={
        "killed": r"погиб\w*|убит\w*|убил\w*|умер\w*|смерт\w+|жертв\w*|скончал\w+|гибел\w+",
        "injured": r"ранен\w*|пострада\w+|травмирован\w+|ранил\w*|госпитализ\w+",
        "missing": r"пропал\w*|пропавш\w+|без вести",
        "arrested": r"задержан\w*|задержал\w*|арестован\w*|арестовал\w*",
        "evacuated": r"эвакуирова\w+|вывез(?:ли|ено|ены)",
        "rescued": r"спасен\w*|спасён\w*|спасли",
    },
    people=r"человека?|люд(?:ей|и)|граждан\w*|жител\w+|детей|женщин\w*|мужчин\w*|военн\w+|пассажир\w*|рабоч\w+",
    things=r"дрон\w*|беспилотник\w*|ракет\w*|удар\w*|атак\w*|автомобил\w+|дом\w*|город\w*|област\w+|стран\w*|раз\w*"
    r"|километр\w*|метр\w*|школ\w*|гектар\w*|тонн\w*|градус\w*",
    joints=r"в|во|на|с|со|из|от|до|и|или|под|после|через|за|что|которые|который|было|были|был|при|по|у|для",
    subset=r"среди них|в том числе|из них|ещё|еще",
    months=r"января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря",
    spans=r"(?:секунд|минут|час|дн|день|сут|ноч|недел|месяц|год|лет|десятилети|век)\w*",
    age=r"возрасте",
    elsewhen=r"в прошлом году|\w+ (?:лет|года|месяцев|месяца) назад|годовщин\w+|с начала",
    outdated=r"с",
    hedge=r"предположительно|вероятно|возможно|по предварительным данным|якобы",
    plural=False,
    part=r"из|среди",
    rising=r"вырос\w*|возрос\w*|увеличил\w+|достиг\w*|поднял\w+",
)

_POLISH = CountWords(
    numbers=_numbered(
        "dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście "
        "piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście dwadzieścia",
        start=2,
    )
    | _numbered("dwoje troje czworo pięcioro sześcioro", start=2)
    | _tens("trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt")
    | _hundreds("sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset")
    | {"dwóch": 2, "dwie": 2, "trzech": 3, "czterech": 4, "pięciu": 5, "sześciu": 6, "siedmiu": 7, "ośmiu": 8}
    | {"dziewięciu": 9, "dziesięciu": 10, "dwunastu": 12, "piętnastu": 15, "dwudziestu": 20, "trzydziestu": 30}
    | {"tysiąc": 1000},
    scales={
        "tys": 1e3,
        "tysiące": 1e3,
        "tysięcy": 1e3,
        "mln": 1e6,
        "milion": 1e6,
        "miliony": 1e6,
        "milionów": 1e6,
        "mld": 1e9,
        "miliard": 1e9,
        "miliardy": 1e9,
        "miliardów": 1e9,
    },
    decimal=",",
    at_least=r"co najmniej|przynajmniej|ponad|więcej niż|nie mniej niż|minimum",
    up_to=r"do|najwyżej|maksymalnie|mniej niż|nie więcej niż",
    about=r"około|ok\.?|prawie|blisko|mniej więcej|niemal",
    at_least_after=r"lub więcej",
    up_to_after=r"lub mniej",
    slots={
        "killed": r"zginę\w+|zabit\w+|zabił\w*|zmarł\w*|ofiar\w*|nie żyje|śmierć|poległ\w*",
        "injured": r"rann\w+|ranion\w+|poszkodowan\w+|obrażeni\w+|hospitaliz\w+",
        "missing": r"zagin\w+",
        "arrested": r"zatrzyman\w+|zatrzymał\w*|aresztowan\w+",
        "evacuated": r"ewakuowa\w+|wywiezion\w+",
        "rescued": r"uratowan\w+|uratował\w*",
    },
    people=r"osób|osoby|ludzi|cywil\w+|mieszkańców|dzieci|kobiet\w*|mężczyzn\w*|żołnierzy|pasażerów|pracowników|górników",
    things=r"dron\w*|rakiet\w*|atak\w*|samochod\w*|pojazd\w*|dom\w*|budynk\w*|miast\w*|kraj\w*|raz\w*|kilometr\w*"
    r"|metr\w*|szkół|hektar\w*|ton|stopni\w*",
    joints=r"w|we|na|z|ze|od|do|i|lub|pod|po|przez|za|że|które|który|było|były|został\w*|przy|u|dla|oraz",
    subset=r"wśród nich|w tym|z nich|kolejn\w+|inn\w+",
    months=r"stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia",
    spans=r"(?:sekund|minut|godzin|dni|dzień|noc|tygodn|tygodni|miesi|lat|rok)\w*",
    age=r"wieku",
    elsewhen=r"w zeszłym roku|w ubiegłym roku|\w+ (?:lat|lata|miesięcy) temu|rocznic\w+|od początku",
    outdated=r"z",
    hedge=r"prawdopodobnie|rzekom\w+|podobno|być może",
    plural=False,
    part=r"z|spośród",
    rising=r"wzros\w+|zwiększy\w+|osiągn\w+",
)

_DUTCH = CountWords(
    numbers=_numbered(
        "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien "
        "negentien twintig",
        start=2,
    )
    | _tens("dertig veertig vijftig zestig zeventig tachtig negentig")
    | _compounds(
        "een twee drie vier vijf zes zeven acht negen",
        "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
        "en",
    )
    | {"tweeëntwintig": 22, "drieëntwintig": 23, "tweeëndertig": 32, "drieëndertig": 33, "tweeënveertig": 42}
    | _hundreds(
        "honderd tweehonderd driehonderd vierhonderd vijfhonderd zeshonderd zevenhonderd achthonderd negenhonderd"
    )
    | {"duizend": 1000, "tweeduizend": 2000, "drieduizend": 3000, "vijfduizend": 5000, "tienduizend": 10000},
    scales={"honderd": 1e2, "duizend": 1e3, "miljoen": 1e6, "mln": 1e6, "miljard": 1e9, "mld": 1e9},
    decimal=",",
    at_least=r"minstens|ten minste|meer dan|ruim|zeker|minimaal",
    up_to=r"tot|hooguit|maximaal|minder dan|hoogstens",
    about=r"ongeveer|circa|bijna|zo[’']n|rond de|naar schatting",
    at_least_after=r"of meer",
    up_to_after=r"of minder",
    slots={
        "killed": r"dod(?:en|e|elijk|ental)?|dood|gedood|omgekomen|overleden|overleed|om het leven|stierven",
        "injured": r"gewond\w*|verwond\w*|letsel|behandeld",
        "missing": r"vermist\w*",
        "arrested": r"aangehouden|gearresteerd\w*|arrestaties|aanhoudingen|opgepakt",
        "evacuated": r"geëvacueerd\w*|evacueer\w+|in veiligheid",
        "rescued": r"gered|redd(?:en|e|ing)",
    },
    people=r"mensen|personen|burgers|mannen|vrouwen|kinderen|slachtoffers|passagiers|soldaten|arbeiders|werknemers"
    r"|leerlingen|bewoners|inwoners|betogers|agenten",
    things=r"drones|raketten|aanvallen|voertuigen|auto[’']?s|huizen|woningen|gebouwen|steden|dorpen|landen|keer"
    r"|kilometers?|meters?|scholen|ziekenhuizen|banen|hectares?|ton|graden",
    joints=r"in|op|aan|bij|met|van|voor|naar|en|of|als|na|sinds|tijdens|de|het|die|dat|zijn|is|was|waren|werd|werden"
    r"|hebben|heeft|door|om|over|tussen",
    subset=r"onder wie|waaronder|van wie|nog eens|andere",
    months=r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
    spans=r"(?:secon?den?|minuten?|minuut|uur|uren|dagen|dag|nachten|weken|week|maanden|maand|jaar|jaren)",
    age=r"leeftijd van",
    elsewhen=r"vorig jaar|\w+ (?:jaar|maanden) geleden|verjaardag|sinds het begin",
    outdated=r"van",
    hedge=r"vermoedelijk|naar verluidt|mogelijk|zou|zouden|gevreesd",
    plural=False,
    part=r"van de|onder de",
    rising=r"gestegen|steeg|stijgt|opgelopen|loopt op|liep op",
)

COUNT_WORDS: Mapping[str, CountWords] = {
    "en": _ENGLISH,
    "fr": _FRENCH,
    "es": _SPANISH,
    "tr": _TURKISH,
    "uk": _UKRAINIAN,
    "de": _GERMAN,
    "it": _ITALIAN,
    "pt": _PORTUGUESE,
    "ru": _RUSSIAN,
    "pl": _POLISH,
    "nl": _DUTCH,
}
