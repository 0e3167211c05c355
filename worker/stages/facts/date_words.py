"""The words with which each language names days, months and years. From general knowledge.

A word that ends in * stands for all that begin so. Months and weekdays stand in their order.
"""

MONTHS = {
    "en": "january|jan february|feb march april|apr may june july august|aug september|sept october|oct november|nov"
    " december|dec",
    "de": "januar*|janner februar* marz april* mai juni juli august* september* oktober* november* dezember*",
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "tr": "ocak* subat* mart* nisan* mayis* haziran* temmuz* agustos* eylul* ekim* kasim* aralik*|aralig*",
    "uk": "січн*|січень лют* берез* квіт* трав* черв* лип* серп* верес* жовт* листопад* груд*",
    "ru": "январ* феврал* март* апрел* мая|май|мае июн* июл* август* сентябр* октябр* ноябр* декабр*",
    "pl": "stycz* lut* marz*|marc* kwie* maj|maja|maju czerw* lip* sierp* wrze* pazdzier* listopad* grud*",
}

# From Monday on.
WEEKDAYS = {
    "en": "monday* tuesday* wednesday* thursday* friday* saturday* sunday*",
    "de": "montag* dienstag* mittwoch* donnerstag* freitag* samstag*|sonnabend* sonntag*",
    "fr": "lundi* mardi* mercredi* jeudi* vendredi* samedi* dimanche*",
    "es": "lunes martes miercoles jueves viernes sabado domingo",
    "it": "lunedi martedi mercoledi giovedi venerdi sabato domenica",
    "pt": "segunda-feira terca-feira quarta-feira quinta-feira sexta-feira sabado domingo",
    "nl": "maandag* dinsdag* woensdag* donderdag* vrijdag* zaterdag* zondag*",
    "tr": "pazartesi* sali carsamba* persembe* cuma cumartesi* pazar",
    "uk": "понеділ* вівтор* середу|середи|середа четвер|четверга|четвергу пятниц* субот* неділ*",
    "ru": "понедельник* вторник* среду|среды|среда четверг* пятниц* суббот* воскресень*",
    "pl": "poniedzial* wtor* srod*|sroda czwartek|czwartku|czwartkow* piatek|piatku|piatkow* sobot* niedziel*",
}

# Yesterday, today, tomorrow, each with its other words.
NEAR_DAYS = {
    "en": "yesterday today|tonight tomorrow",
    "de": "gestern heute morgen",
    "fr": "hier aujourd'hui|aujourdhui demain",
    "es": "ayer hoy manana",
    "it": "ieri oggi domani",
    "pt": "ontem hoje amanha",
    "nl": "gisteren vandaag morgen",
    "tr": "dun bugun yarin",
    "uk": "вчора|учора сьогодні завтра",
    "ru": "вчера сегодня завтра",
    "pl": "wczoraj dzis|dzisiaj|dzis jutro",
}

# What may stand before a year alone.
BEFORE_YEAR = {
    "en": "in by until till since from during for early late spring summer autumn fall winter of before",
    "de": "in im ab bis seit jahr jahre anfang ende mitte erst fruhestens spatestens schon noch soll will wird wurde"
    " fruhjahr sommer herbst winter",
    "fr": "en des debut fin courant des jusqu'en depuis vers d'ici printemps ete automne hiver annee",
    "es": "en de desde hasta ano principios finales primavera verano otono invierno para",
    "it": "nel dal del entro inizio fine fino anno primavera estate autunno inverno",
    "pt": "em de desde ate ano inicio final primavera verao outono inverno",
    "nl": "in vanaf tot sinds begin eind medio pas jaar voorjaar zomer najaar winter",
    "tr": "",
    "uk": "у в з до від на року початку кінці",
    "ru": "в с до от на года начале конце",
    "pl": "w od do na roku poczatku koncu",
}

# What may stand before a month without a day.
BEFORE_MONTH = {
    "en": "in by until till since from during for early late mid next last of this",
    "de": "im ab bis seit anfang ende mitte nachsten kommenden vergangenen",
    "fr": "en debut fin mi courant depuis jusqu'en",
    "es": "en de desde hasta para",
    "it": "a in di da nel entro fine inizio",
    "pt": "em de desde ate para",
    "nl": "in vanaf tot sinds begin eind medio komende",
    "tr": "bu gelecek gecen onumuzdeki",
    "uk": "у в з до на початку кінці наприкінці",
    "ru": "в с до на начале конце",
    "pl": "w we od do na poczatku koncu",
}

# Within a date, between its day, month and year.
WITHIN_DATE = frozenset(["de", "of", "del", "the", "den", "dem"])

# What a date marks besides the day itself: the last day of something, its first, or the day by which it must be done.
# Of what happens before or after a day the day is not known.
UNTIL = """
en until till through
de bis
fr jusqu'au jusqu'a jusqu'en
es hasta
it fino
pt ate
nl tot
tr kadar dek
uk до
ru до
pl do
"""
SINCE = """
en since from
de seit ab
fr depuis
es desde
it dal dalla
pt desde
nl sinds vanaf
tr beri
uk з від
ru с
pl od
"""
BY = """
en by
de spatestens
fr d'ici
es antes_de antes_del
it entro
pt ate
nl uiterlijk
"""
NOT_THAT_DAY = """
en before after following
de vor nach
fr avant apres
es antes despues tras
it prima dopo
pt antes depois apos
nl voor na
tr once sonra
uk перед після
ru перед после
pl przed po
"""
NEXT = """
en next coming
de nachst* kommend*
fr prochain*
es proximo proxima
it prossim*
pt proximo proxima
nl volgend* komend*
tr gelecek onumuzdeki
uk наступн*
ru следующ*
pl nastepn* przyszl*
"""
LAST = """
en last past
de vergangen* letzt*
fr dernier* passe
es pasado pasada
it scors*
pt passado passada
nl afgelopen vorig*
tr gecen
uk минул*
ru прошл*
pl ubiegl* zeszl*
"""

# That a date is moved, or was wrong, is news of it.
MOVED = """
en postpon* delay* resched* moved put_back pushed_back brought_forward
de verschob* verlegt vertagt
fr report* repouss* avance
es aplaz* pospon* posterg* adelant*
it rinvi* spostat* anticipat*
pt adiad* adia* antecipad*
nl uitgesteld verzet verplaatst
tr ertele*
uk перенес* відклад*
ru перенес* отлож*
pl przeloz* przesun*
"""
