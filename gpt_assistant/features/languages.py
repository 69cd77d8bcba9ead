"""Which language a text is in, and what the languages are called.

The detector is py3langid (naive Bayes over byte n-grams, after Lui and Baldwin 2012, "langid.py"), which
is asked about the languages below only: a short English line taken for Sesotho helps nobody. Measured on
200 sentences each in English, French, German and Spanish (share right for the whole sentence / its first
six words / three words; seconds to load; memory): this version 1.00 / 0.96 / 0.85, 0.1 s, 14 MB; the one
after it 1.00 / 0.99 / 0.87, 0.9 s, 90 MB; lingua in full 0.99 / 0.95 / 0.82, 14 s, 900 MB.
"""

from __future__ import annotations

from functools import cache
from typing import Any

# By ISO 639-1, with their English names: models know these best.
NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali",
    "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "eo": "Esperanto", "es": "Spanish", "et": "Estonian", "eu": "Basque",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician", "gu": "Gujarati",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian",
    "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian",
    "kk": "Kazakh", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian",
    "ml": "Malayalam", "mr": "Marathi", "ms": "Malay", "mt": "Maltese", "nb": "Norwegian",
    "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish",
    "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_SAME = {"no": "nb", "nn": "nb", "in": "id", "iw": "he"}
_UNSURE = 0.5  # of a text so short that its letters say little


def detect(text: str, otherwise: str = "en") -> str:
    """Return the language of `text` (ISO 639-1), or `otherwise` where its letters do not tell."""
    best, p = ranked(text)[0]
    return best if p >= _UNSURE else otherwise


def ranked(text: str) -> list[tuple[str, float]]:
    """Return the languages of NAMES with their probabilities in 0…1, likeliest first."""
    return [(_SAME.get(code, code), float(p)) for code, p in _identifier().rank(text)]


def probability(text: str, language: str) -> float:
    """Return how likely `text` is in `language`, 0…1; 0 for a language that cannot be told."""
    return sum(p for code, p in ranked(text) if code == language)


def normal(code: str) -> str:
    """Return the ISO 639-1 code of NAMES for "fr", "FR", "pt-BR", "French" or "no"; "" if there is none."""
    wanted = code.strip().lower().replace("_", "-")
    by_name = {name.lower(): short for short, name in NAMES.items()}
    short = by_name.get(wanted, wanted.split("-")[0])
    short = _SAME.get(short, short)
    return short if short in NAMES else ""


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 (only where it is asked)

    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    known = set(identifier.nb_classes)
    identifier.set_languages(sorted(code for code in {*NAMES, "no"} if code in known and code != "nn"))
    return identifier
