"""Words that say nothing about what an article is about: function words of each language, and what newsrooms repeat.

Not a list of rare or banned words: what is merely common in a language or an archive gets its low weight from
`background` and `keywords.idf`.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

import stopwordsiso

from worker.stages.text.fold import fold

# What every report says whatever it reports, and what pages around it say; by language, as written.
_NEWS_WORDS: Mapping[str, str] = {
    "en": """
        according add added adds agree agreed ahead allow allowed amid announce announced announcement announces
        article ask asked asks breaking call called calls claim claimed claims comment comments confirm confirmed
        confirms correspondent day days declined described editor expect expected expects explained file follow
        followed following headline hour hours image journalist latest live media minute minutes month months news
        newsletter noted official officials part people photo photograph photos picture press publish published read
        recap report reported reporter reporters reporting reportedly reports reuters reveal revealed reveals said
        say saying says share show showed shows sign source sources speaking spoke spokesman spokesperson
        spokeswoman statement stated story subscribe told tell tells update updated updates video videos want wants
        watch week weekend weeks write writes wrote year years yesterday today tomorrow morning evening night
        afternoon january february march april june july august september october november december monday tuesday
        wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed
        thu thurs fri advertisement caption click copyright cookie cookies
        """,
    "de": """
        sagte sagten sagt erklärte erklärten teilte mit mitteilte berichtete berichten berichtet bericht nachrichten
        artikel video foto bild quelle uhr heute gestern morgen tag tage tagen woche wochen monat monate jahr jahre
        jahren hieß zufolge laut sprecher sprecherin angaben mitteilung medien zeitung redaktion newsletter montag
        dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni juli august
        september oktober november dezember prozent million millionen milliarde milliarden
        """,
    "fr": """
        dit déclaré affirmé annoncé indiqué expliqué ajouté rapporté estime selon article vidéo photo image source
        heure heures jour jours semaine semaines mois an ans année années hier demain matin soir presse journal
        journaliste communiqué lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai
        juin juillet août septembre octobre novembre décembre million millions milliard milliards
        """,
    "es": """
        dijo dijeron afirmó anunció indicó explicó añadió señaló aseguró informó según artículo vídeo video foto
        imagen fuente fuentes hora horas día días semana semanas mes meses año años ayer mañana noche tarde prensa
        periodista comunicado lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo
        junio julio agosto septiembre octubre noviembre diciembre millón millones
        """,
    "tr": """
        dedi söyledi belirtti açıkladı ifade etti bildirdi kaydetti açıklama açıklamada haber haberi göre video
        fotoğraf kaynak saat gün günü hafta ay yıl yılı yılında dün bugün yarın sabah akşam gece pazartesi salı
        çarşamba perşembe cuma cumartesi pazar ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım
        aralık milyon milyar olduğunu olarak tarafından eden edilen yapılan olan
        """,
    "uk": """
        сказав сказала заявив заявила заявили повідомив повідомила повідомили повідомляє повідомляють повідомлення
        розповів розповіла зазначив зазначила наголосив додав додала пише передає джерело фото відео новини новина
        стаття година години годину день дня дні днів тиждень тижня місяць місяця рік року роки років роках сьогодні
        вчора завтра понеділок вівторок середу середа четвер п'ятницю п'ятниця суботу субота неділю неділя січня
        лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня млн млрд тис тисяч
        мільйонів
        """,
    "ru": """
        сказал сказала заявил заявила заявили сообщил сообщила сообщили сообщает сообщают сообщение рассказал
        рассказала отметил отметила подчеркнул добавил добавила пишет передает источник фото видео новости новость
        статья час часа часов день дня дней неделя недели неделю месяц месяца год года году годы лет сегодня вчера
        завтра понедельник вторник среду среда четверг пятницу пятница субботу суббота воскресенье января февраля
        марта апреля мая июня июля августа сентября октября ноября декабря млн млрд тыс тысяч миллионов
        """,
}
# The packaged list has few words of these languages.
_FUNCTION_WORDS: Mapping[str, str] = {
    "uk": """
        а аби або але без би б був була були було бути в вам вами вас ваш вже ви від він вона вони воно все всі всіх
        всього втім де для до дуже досі ж же жоден за завжди з задля замість зараз заради зате звідки зі знову і із
        інша інший інші інших її їй їм їх й його йому каже кожен кожна коли котрий крім куди ледве лише мав мала
        мали має мають ми між мій мене мені може можуть можна на навіть навколо над нам нами нас наш не нема немає
        нею нього ним них ні ніж ніхто нічого о об однак один одна одне одного одні ось от перед перший після по
        поки поряд при про проте проти під раз разом сам сама самі саме свій свого своєї своїх себе серед собі стати
        стало став стала та так така таке такий такі там твій те тим тих ти тих то тобто того тоді той тому тут ту у
        усі усіх утім хоч хоча хто це цей ці цієї цього цим цих цю чи через чого чому що щоб щодо як яка яке який
        які якого якої яким яких якщо теж також тільки просто більше менше багато ще уже зокрема адже наразі буде
        будуть треба потрібно слід
        """,
}
# Words of the packaged lists that do say what an article is about: some list what is common in other text.
_CONTENT_WORDS: Mapping[str, str] = {
    "en": "bill computer fire microsoft novel research shell",
    "de": "ordnung",
    "es": "acuerdo empleo trabajo",
    "it": "scuola",
    "ar": "زيارة قوة لقاء",
    "ru": """
        вода война голова город дверь деньги дом дорога душа жена женщина земля комната книга лицо мать машина мир
        москва народ нога отец ребенок россия русский сила советский страна улица
        """,
}
_UNDER_ANOTHER_CODE: Mapping[str, str] = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}


@lru_cache(maxsize=1024)
def primary(language: str) -> str:
    """The language without its region or script: "en-GB" -> "en", "zh_Hant" -> "zh"."""
    return language.lower().replace("_", "-").partition("-")[0]


@lru_cache(maxsize=1024)
def stopwords(language: str) -> frozenset[str]:
    """Folded stop words of a language (an ISO 639-1 code, region ignored); English ones when it is unknown."""
    return _folded(primary(language))


@cache
def stop_pairs(code: str) -> frozenset[str]:
    """Stop words of one or two Chinese or Japanese characters, as written: such text is read in pairs of them."""
    return frozenset(word for word in _listed(code) if len(word) <= 2)


@lru_cache(maxsize=64)
def _folded(code: str) -> frozenset[str]:
    words = [*_listed(code), *_FUNCTION_WORDS.get(code, "").split(), *_NEWS_WORDS.get(code, "").split()]
    if not words:
        return _folded("en")
    return frozenset(map(fold, words)) - {"", *map(fold, _CONTENT_WORDS.get(code, "").split())}


def _listed(code: str) -> frozenset[str]:
    listed = _UNDER_ANOTHER_CODE.get(code, code)
    return frozenset(stopwordsiso.stopwords(listed)) if stopwordsiso.has_lang(listed) else frozenset()
