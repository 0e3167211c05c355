"""What a wall, a notice or an error has left of an article's page.

Such an answer comes with status 200 like the article itself, and to take it for a version of the article would tell
its readers that all was withdrawn. But a newsroom that does withdraw an article says so in its place: that is prose,
and does not speak of subscriptions.
"""

from worker.stages.revision.said import what_is_said

LARGEST_SHARE = 1 / 3  # of the text that there was
SHORTEST_WHOLE = 600  # characters; a text below may well be rewritten shorter
SHORTEST_WORD_TO_READERS = 120  # characters
# Folded. Add a language by adding a line.
_WALLS = {
    "en": "subscribe subscription cookie cookies javascript captcha browser adblock adblocker",
    "de": "abonnieren abonnement",
    "fr": "abonnez abonnement navigateur",
    "es": "suscribete suscripcion navegador",
    "it": "abbonati abbonamento",
    "tr": "abone tarayici cerez cerezler",
    "uk": "pidpisatisya peredplata",
    "ru": "podpiska podpishites",
}
_WALL_WORDS = frozenset(word for words in _WALLS.values() for word in words.split())


def is_remnant(before: str, after: str) -> bool:
    """Whether a page has lost so much of its text, and says so little else, that what is left is no version of it."""
    if len(before) < SHORTEST_WHOLE or len(after) >= len(before) * LARGEST_SHARE:
        return False
    known = {sentence.key for sentence in what_is_said(before)}
    new = [sentence for sentence in what_is_said(after) if sentence.key not in known]
    if sum(len(sentence.text) for sentence in new) < SHORTEST_WORD_TO_READERS:
        return True
    return any(word in _WALL_WORDS for sentence in new for word in sentence.key)
