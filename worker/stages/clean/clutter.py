"""The lines that scraped articles carry and nobody wrote as news: tables by language, which grow by a line.

Three kinds of shape, all of them whole lines: fixed phrases; labels, which point away from the article when a colon
follows ("Read also: ..."); forms, where something varies inside. A line of any other shape is left alone: losing a
sentence of the article is worse than keeping a button's caption.
"""

import re

MOST_WORDS = 30  # a line with more is a paragraph, whatever it begins with

# The whole line, apart from case and marks around it; phrases end with a semicolon.
_PHRASES = {
    "en": """
        scroll to top; back to top; scroll down; skip to content; skip to main content; leave a comment; leave a reply;
        comments; view comments; post a comment; post comment; cancel reply; join our commenting forum; tell us what
        you think; advertisement; story continues below advertisement; article continues below; sponsored; share;
        share this; share this article; share this story; share on facebook; share on twitter; share on x; share on
        whatsapp; tweet; copy link; copied; print; print article; order reprints; email; save; close; loading; tags;
        filed under; read more; click here to read more; read also; also read; related; related articles; related
        stories; related topics; more stories; most read; popular; recommended; recommended for you; you may also like;
        you might also like; like this; more on this story; more from this section; sign up; subscribe; subscribe now;
        subscribe today; newsletter; thanks for signing up; log in; sign in; follow us; follow us on google news;
        accept all; accept all cookies; manage cookies; cookie settings; all rights reserved; file photo; get our app;
        download our app; listen to this article; enable javascript to view this content;
    """,
    "de": """
        nach oben; zum inhalt springen; zur startseite; kommentar schreiben; kommentar hinterlassen; kommentare;
        anzeige;
        werbung; teilen; artikel teilen; drucken; merken; lesen sie auch; mehr zum thema; auch interessant; das könnte
        sie auch interessieren; weiterlesen; mehr lesen; weiterführende links; jetzt abonnieren; newsletter abonnieren;
        alle cookies akzeptieren; ein klick für den datenschutz; symbolbild; archivbild;
    """,
    "fr": """
        haut de page; retour en haut; aller au contenu; laisser un commentaire; commentaires; publicité; partager;
        partager cet article; copier le lien; imprimer; lire aussi; à lire aussi; lire la suite; sur le même sujet;
        articles liés; s'abonner; abonnez-vous; tout accepter; accepter les cookies; photo d'illustration;
    """,
    "es": """
        volver arriba; saltar al contenido; deja un comentario; dejar un comentario; comentarios; publicidad; compartir;
        comparte esta noticia; copiar enlace; imprimir; lee también; leer más; te puede interesar; más información;
        noticias relacionadas; suscríbete; aceptar cookies; aceptar todas las cookies; foto de archivo; flecha;
    """,
    "tr": """
        yukarı çık; sayfanın başına dön; içeriğe geç; yorum yap; yorum yaz; yorumlar; bir yanıt yazın; reklam; paylaş;
        haberi paylaş; bağlantıyı kopyala; yazdır; bunu da oku; ayrıca oku; ilgili haberler; devamını oku; abone ol;
        bültenimize abone olun; tümünü kabul et; çerezleri kabul et; arşiv fotoğrafı;
    """,
    "uk": """
        вгору; нагору; перейти до вмісту; залишити коментар; залишити відповідь; коментарі; реклама; поділитися;
        поширити; друкувати; читайте також; читати далі; більше на цю тему; підписатися; підписуйтесь; прийняти всі;
        архівне фото;
    """,
    "ru": """
        наверх; перейти к содержимому; оставить комментарий; комментарии; реклама; поделиться; распечатать; читайте
        также; читать далее; подписаться; принять все; фото из архива;
    """,
}

# With a colon, bar or arrow behind them, and then anything.
_LABELS = {
    "en": "read also|also read|read more|see also|related|recommended|don't miss|more on this|watch|listen|photos?|"
    "picture|image|image credit|photo credit|credit|file photo|caption|tags|filed under|follow us|copyright",
    "de": "lesen sie auch|auch interessant|mehr zum thema|zum thema|foto|bild|quelle|schlagwörter|video|sehen sie auch",
    "fr": "lire aussi|à lire aussi|à lire|voir aussi|photo|crédit photo|crédits?|mots-clés|vidéo",
    "es": "lee también|leer más|lea también|te puede interesar|más información|foto|crédito|etiquetas|vídeo|video",
    "it": "leggi anche|guarda anche|foto|credit",
    "no": "les også|foto|se også",
    "sv": "läs också|läs mer|foto",
    "tr": "bunu da oku|ayrıca oku|ilgili haber|fotoğraf|foto|etiketler|haberin devamı|video",
    "uk": "читайте також|дивіться також|фото|теги|більше на тему|відео",
    "ru": "читайте также|смотрите также|фото|теги|видео",
}

# The whole line, in lower case.
_FORMS = {
    "en": (
        r"discover more from .{1,40}",
        r"(?:subscribe|sign up) (?:now |today )?(?:to|for) (?:get|receive|our|the|breaking)\b[^.]{0,70}"
        r"(?:e-?mail|inbox|newsletters?|posts|updates|alerts|deals|and more)\b[^.]{0,25}",
        r"get (?:the|our|all)\b[^.]{0,60}\b(?:in|to) your (?:inbox|e-?mail)\b.*",
        # "Never miss a story. Sign up for our newsletter and ...": something short, the invitation, something short.
        r"(?:[^\"“”]{0,90}[.!?:] )?(?:sign up|subscribe|register)\b"
        r"[^.\"“”]{0,40}\b(?:newsletters?|mailing list)\b[^\"“”]{0,90}",
        r"(?:[^\"“”]{0,90}[.!?:] )?get our\b[^.\"“”]{0,30}\bnewsletters?\b[^\"“”]{0,60}",
        r"(?:got|have|do you have) (?:a|any) (?:news |story )?(?:tips?|story)\?"
        r"(?: (?:e-?mail|write|call|contact|message|text|tell|send|let|get in touch|share|submit)\b[^\"“”]{0,80})?",
        r"like what you(?:['’]re)? (?:read|see)(?:ing)?\?[^\"“”]{0,80}",
        r"support (?:our|independent|local|quality) journalism\b[^\"“”]{0,60}",
        r"your e-?mail address will not be published\b.*",
        r"required fields are marked.{0,3}",
        r"save my name,? e-?mail.*browser for the next time i comment",
        r"you must (?:be logged in|log in|confirm your public display name)\b.{0,40}comment\w*",
        r"type your e-?mail\b.{0,3}",
        r"(?:click to )?share (?:this )?(?:on|via|to|by) [\w ]{1,20}(?:\(opens in new window\)?)?",
        r"(?:this (?:site|website)|we|our (?:site|website)) uses? cookies\b.*",
        r"by (?:continuing|clicking|using)\b.{0,60}\b(?:cookies|terms|privacy policy)\b.{0,60}",
        r"follow .{2,40} on (?:google news|facebook|twitter|x|instagram|whatsapp|telegram)\b.{0,60}",
        # With a full stop it is a sentence: "Photographs by the agency show a crack."
        r"(?!.*\.$)(?:photo|image|picture|photograph)s? (?:by|courtesy|via|credit)\b.{2,60}",
        r"the post .{3,200} (?:appeared first on|first appeared on) .{2,60}",
        r"(?:copyright )?©.{2,80}", r"copyright (?:19|20)\d\d\b.{2,80}",
        r"\[?\s*\+\d+ chars\]?", r"\d+ (?:comments?|shares?|views?|min(?:ute)?s? read)",
        r"(?:this is a breaking (?:news? )?(?:new )?story)\b.{0,60}",
        r"an error has occurred.{0,40}", r"there was an error processing your subscription",
        r"reporting by [^.]{3,120}(?:editing|writing) by [^.]{3,80}",
        r"editing by [^.]{3,80}",
    ),
    "de": (
        r"melden sie sich (?:jetzt |hier |kostenlos )?(?:für|zu) (?:unserem|unseren|den|dem) newsletter an",
        r"(?:jetzt |hier )?(?:den |unseren |zum )?newsletter\b[^.]{0,60}(?:anmelden|abonnieren|bestellen)",
        r"(?:diese|unsere) (?:website|webseite|seite) (?:verwendet|nutzt) cookies\b.*",
        r"deine e-mail-adresse wird nicht veröffentlicht\b.*", r"erforderliche felder sind\b.*",
        r"(?:mit|von) (?:material von )?(?:dpa|afp|reuters|apa)(?:[/, ]+(?:dpa|afp|reuters|apa|und))*",
    ),
    "fr": (
        r"(?:inscrivez|abonnez)-vous (?:à|gratuitement|pour)\b[^.]{0,60}(?:newsletters?|lettres?|e-?mail)\b[^.]{0,30}",
        r"(?:ce site|nous) utilis(?:e|ons) des cookies\b.*", r"votre adresse e-?mail ne sera pas publiée\b.*",
        r"les champs obligatoires\b.*",
    ),
    "es": (
        r"(?:suscríbete|suscríbase|apúntate) (?:a|para)\b[^.]{0,60}(?:boletín|newsletter|correo)\b[^.]{0,30}",
        r"(?:este sitio|utilizamos|usamos)\b.{0,20}\bcookies\b.*",
        r"tu dirección de correo electrónico no será publicada\b.*",
        r"los campos obligatorios\b.*",
        r"tu suscripción se está usando en otro dispositivo\b.*",
    ),
    "tr": (
        r"(?:e-?bülten|bülten)\w*\b[^.]{0,40}(?:abone|kayıt|üye) ol\w*(?:,[^.]{0,60})?",
        r"(?:bu|web) site\w*\b.{0,30}\bçerez\w*\b.*",
        r"e-?posta (?:adresiniz|hesabınız) yayımlanmayacak\b.*", r"gerekli alanlar\b.*",
    ),
    "uk": (
        r"підпи(?:шіться|суйтесь|шись)\b[^.]{0,60}(?:розсилк\w+|телеграм\w*|telegram|канал\w*|новини)\b[^.]{0,30}",
        r"(?:цей|наш) сайт використовує\b.{0,20}\b(?:cookie|файли)\w*.*",
        r"ваша e-?mail адреса не оприлюднюватиметься\b.*",
        r"обов.язкові поля\b.*",
    ),
    "ru": (
        r"подпи(?:шитесь|сывайтесь)\b[^.]{0,60}(?:рассылк\w+|телеграм\w*|telegram|канал\w*)\b[^.]{0,30}",
        r"ваш адрес email не будет опубликован\b.*",
    ),
}  # fmt: skip

_SOCIAL = frozenset(
    [
        *("facebook", "twitter", "x", "whatsapp", "telegram", "email", "e-mail", "linkedin", "instagram", "pinterest"),
        *("reddit", "tumblr", "messenger", "viber", "threads", "bluesky", "print", "share", "tweet", "pin", "youtube"),
        *("copy", "link", "more", "like", "this"),
    ]
)
_MENU_MARKS = (" | ", " » ", " › ", " > ", " / ", " • ", " · ")
_FEWEST_ITEMS, _LONGEST_ITEM = 3, 3  # of a menu; the second in words
_LONG_PHRASE = 12  # characters; a shorter one may well end a real sentence

# Marks around a line, but for the full stop, which tells a sentence from a caption.
_EDGES = " \t-–—•·*»«>▶►→|([{)]}:!✉📧👉🔗\"'“”"
_PHOTO_AGENCY = (
    r"(?:[\w.' -]{2,40}[/|] ?)?"
    r"(?:ap photo|afp photo|getty images|reuters photo|epa|imago|picture alliance|shutterstock)"
    r"(?: ?[/|,] ?[\w.' -]{2,40}){0,2}"
)


def is_clutter(line: str) -> bool:
    """Whether a line is of a known shape that is never part of the news."""
    words = line.split()
    if not words or len(words) > MOST_WORDS:
        return False
    written = _plain(" ".join(words)).strip(_EDGES)
    if written.rstrip(".") in _KNOWN_PHRASES or _LABEL.match(written) or _FORM.fullmatch(written):
        return True
    if _is_menu(line):
        return True
    return len(words) > 1 and all(word.strip(_EDGES) in _SOCIAL for word in written.split())


def _is_menu(line: str) -> bool:
    """Whether a line is a row of sections: "Front | Foreign | Money", "Home » World » Europe". Table rows have bars
    at both ends and are not judged here.
    """
    if line.startswith("|") or any(character.isdigit() or character in ".!?" for character in line):
        return False
    for mark in _MENU_MARKS:
        items = [item.strip() for item in line.split(mark)]
        if len(items) >= _FEWEST_ITEMS:
            return all(item[:1].isupper() and len(item.split()) <= _LONGEST_ITEM for item in items)
    return False


def without_glued_tail(line: str) -> str:
    """The line without phrases run on behind its last full stop: "... the conflict.Leave a Comment Scroll to Top"."""
    tail = _GLUED.search(line)
    return line[: tail.start()] if tail else line


def _plain(text: str) -> str:
    """Lower case in which a Turkish I, dotted or not, is one letter: headings in capitals hide the difference."""
    return text.casefold().replace("i\u0307", "i").replace("ı", "i")


def _phrases() -> frozenset[str]:
    phrases = (phrase for table in _PHRASES.values() for phrase in _plain(table).split(";"))
    return frozenset(" ".join(phrase.split()) for phrase in phrases if phrase.strip())


def _glued_phrases() -> str:
    """A capital first and then the phrase, so that "asked them to leave a comment" is none."""
    long = sorted((phrase for phrase in _KNOWN_PHRASES if len(phrase) >= _LONG_PHRASE), key=len, reverse=True)
    capitals = (re.escape(phrase[0].upper()) + f"(?i:{re.escape(phrase[1:])})" for phrase in long)
    fixed = r"Your e-?mail address will not be published\.?|Required fields are marked ?\*?"
    return "|".join((fixed, *capitals))


_KNOWN_PHRASES = _phrases()
_LABEL = re.compile(rf"(?:{_plain('|'.join(_LABELS.values()))})\s*[:|»→›]\s*\S")
_FORM = re.compile("|".join(f"(?:{_plain(form)}\\.?)" for forms in _FORMS.values() for form in (*forms, _PHOTO_AGENCY)))
_GLUED = re.compile(rf"(?<=[.!?”\"’)])\s*(?:(?:{_glued_phrases()})\s*)+$")
