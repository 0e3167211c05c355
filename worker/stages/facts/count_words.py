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
        r"|fatalit(?:y|ies)|toll|perished|los(?:t|e|ing) their lives|lives (?:were )?lost"
        r"|(?:claim\w*|cost\w*|took)(?=[^.;]{0,40}\blives\b)",
        "injured": r"injur(?:ed|es|ing|ies|y)|wound(?:ed|s|ing)?|hurt|hospitali[sz]ed",
        "missing": r"missing|unaccounted for",
        "arrested": r"arrest(?:ed|s|ing)?|detain(?:ed|s|ing)?",
        "evacuated": r"evacuat(?:ed|es|ing|ions?)|displac(?:ed|es|ing)",
        "rescued": r"rescu(?:ed|es|ing)|pulled (?:alive )?from",
    },
    people=r"people|persons?|civilians?|men|man|women|woman|children|child|victims?|residents?|passengers?|soldiers?"
    r"|troops|workers?|students?|policemen|police officers?|firefighters?|migrants?|protesters?|others?",
    things=r"drones?|missiles?|rockets?|strikes?|attacks?|vehicles?|cars?|buses|trucks?|homes?|houses?|buildings?"
    r"|apartments?|cities|city|towns?|villages?|provinces?|regions?|districts?|countries|states?|times?|shots?|floors?"
    r"|miles?|kilomet(?:er|re)s?|met(?:er|re)s?|feet|blasts?|explosions?|incidents?|hospitals?|schools?|points?"
    r"|counts?|charges?|animals?|cattle|birds?|jobs?|hectares?|acres?|tons?|tonnes?|degrees?"
    r"|sources?|reports?|studies|polls?|accounts?",
    joints=r"in|on|at|of|by|to|from|with|for|and|or|as|after|since|during|who|that|which|were|was|are|is|have|has|had"
    r"|will|would|the|when|while|near|across|over|into|between|per",
    subset=r"including|includes?|included|among them|of (?:them|whom)|another|other|a further|an additional"
    r"|among the (?:dead|injured|wounded|missing|victims)(?: (?:was|were|is|are))?",
    months=r"jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?"
    r"|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?",
    spans=r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|months?|years?|decades?|centuries)",
    age=r"aged|age|age of|ages|turned",
    elsewhen=r"last (?:year|month)|in the (?:past|last) \w+ (?:years|months|decades)"
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
    | _tens("trente quarante cinquante soixante"),
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
        "injured": r"bless(?:é|ée|és|ées|ant)",
        "missing": r"disparu(?:s|e|es)?|portée?s? disparu\w*",
        "arrested": r"arrêt(?:é|ée|és|ées)|interpell(?:é|ée|és|ées)|arrestations?|garde à vue",
        "evacuated": r"évacu(?:é|ée|és|ées|ations?)|déplac(?:és|ées)",
        "rescued": r"secouru\w*|sauv(?:é|ée|és|ées)",
    },
    people=r"personnes?|civils?|hommes?|femmes?|enfants?|victimes?|habitants?|passagers?|soldats?|ouvriers?",
    things=r"drones?|missiles?|roquettes?|frappes?|attaques?|véhicules?|voitures?|maisons?|bâtiments?|villes?"
    r"|villages?|provinces?|régions?|pays|fois|kilomètres?|mètres?|écoles?|hôpitaux|emplois?",
    joints=r"dans|sur|à|au|aux|de|des|du|d|par|en|et|ou|le|la|les|qui|que|ont|sont|a|est|ont été|lors|après|depuis",
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
    | _tens("treinta cuarenta cincuenta sesenta setenta ochenta noventa"),
    scales={"cien": 1e2, "cientos": 1e2, "mil": 1e3, "millón": 1e6, "millones": 1e6},
    decimal=",",
    at_least=r"al menos|por lo menos|más de|no menos de|como mínimo",
    up_to=r"hasta|como máximo|menos de",
    about=r"unos|unas|alrededor de|cerca de|aproximadamente|casi",
    at_least_after=r"o más|como mínimo",
    up_to_after=r"como máximo",
    slots={
        "killed": r"muert(?:o|os|a|as|es?)|mat(?:ó|aron|ado|ados|a|an|ando)|murieron|murió|fallec\w+|asesinad\w+",
        "injured": r"herid(?:o|os|a|as)|lesionad\w+",
        "missing": r"desaparecid\w+",
        "arrested": r"detenid\w+|arrestad\w+|detenciones|detuvo|detuvieron",
        "evacuated": r"evacuad\w+|desplazad\w+",
        "rescued": r"rescatad\w+",
    },
    people=r"personas?|civiles|hombres?|mujeres|mujer|niños?|niñas?|víctimas?|pasajeros?|soldados?|trabajadores",
    things=r"drones?|misiles|ataques?|vehículos?|coches?|casas?|edificios?|ciudades|pueblos?|provincias?|regiones"
    r"|países|veces|kilómetros?|metros?|escuelas?|hospitales|empleos?",
    joints=r"en|a|al|de|del|por|y|o|el|la|los|las|que|con|han|fueron|son|está|están|tras|desde|durante",
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
    | _tens("otuz kırk elli altmış yetmiş seksen doksan"),
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
        "evacuated": r"tahliye\w*",
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
    | {"дві": 2},
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
        "injured": r"поранен\w+|травмован\w+|постраждал\w+",
        "missing": r"зникл\w+",
        "arrested": r"затриман\w+|заарештован\w+|арештован\w+",
        "evacuated": r"евакуйован\w+|евакуювал\w+",
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

COUNT_WORDS: Mapping[str, CountWords] = {
    "en": _ENGLISH,
    "fr": _FRENCH,
    "es": _SPANISH,
    "tr": _TURKISH,
    "uk": _UKRAINIAN,
}
