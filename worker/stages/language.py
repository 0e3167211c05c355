"""Which language a text is written in, as ISO 639-1.

What a source declares is a template's default often enough to be only a hint: it decides where the text is too short
to tell, and only between languages that the text could be.
"""

from functools import cache

import py3langid.langid as langid

SHORT = 60  # letters; a headline has fewer, a paragraph more
MOST_CHARACTERS = 1000  # more text does not change the answer
# In a short text a language counts as possible if it is this likely beside the likeliest.
_POSSIBLE_IF_DECLARED = 0.1
_POSSIBLE_IF_WIDESPREAD = 0.5
# Short headlines look like small languages close to a large one (Aragonese, Frisian) more often than they are.
_WIDESPREAD = frozenset(
    ["ar", "de", "en", "es", "fa", "fr", "id", "it", "nl", "pl", "pt", "ro", "ru", "sv", "tr", "uk"]
)


def identify(title: str, text: str, *, declared: str = "") -> str:
    """Two letters, or "" if there is not a single letter in the title and the text.

    `declared` is what the page or feed says, such as "en" or "pt-BR".
    """
    sample = f"{title}\n{text}"[:MOST_CHARACTERS]
    letters = sum(character.isalpha() for character in sample)
    if not letters:
        return ""
    ranked = _identifier().rank(sample)
    if letters >= SHORT:
        return str(ranked[0][0])
    return _of_short_text(ranked, declared.strip().lower()[:2])


def _of_short_text(ranked: list[tuple[str, float]], declared: str) -> str:
    likeliest, best = ranked[0]
    for language, share in ranked:
        if language == declared and share >= best * _POSSIBLE_IF_DECLARED:
            return language
    possible = (language for language, share in ranked if share >= best * _POSSIBLE_IF_WIDESPREAD)
    return next((language for language in possible if language in _WIDESPREAD), likeliest)


@cache
def _identifier() -> langid.LanguageIdentifier:
    """The model, loaded at first use (a second, 100 MB), for the languages that have a two-letter code."""
    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    identifier.set_languages([label for label in identifier.labels if len(label) == 2])
    return identifier
