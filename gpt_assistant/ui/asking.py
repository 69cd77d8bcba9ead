"""What a writer may ask about a passage: every summary, rewriting and translation there is, with its name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QLocale

from gpt_assistant.engine.messages import Length, Request, Rewrite, Summarise, Translate
from gpt_assistant.settings import Settings
from gpt_assistant.text.origins import Origin
from gpt_assistant.text.told import mark
from gpt_assistant.ui.tr import tr


class Kind(StrEnum):
    """What is asked for."""

    SUMMARY = "summary"
    REWRITING = "rewriting"
    TRANSLATION = "translation"


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to ask: `option` is a length, a style or a language; `label` names it in a list.

    A rewriting by the writer's own `instruction` has no style.
    """

    kind: Kind
    option: str
    label: str
    tip: str = ""
    instruction: str = ""
    own_name: bool = False

    @property
    def title(self) -> str:
        """Return what the answer is called."""
        if self.kind is Kind.SUMMARY:
            return tr("Summary")
        if self.kind is Kind.REWRITING:
            return tr("Rewriting")
        return tr("Translation into {language}", language=self.name)

    @property
    def name(self) -> str:
        """Return the label in the interface's language; what the writer has named herself stays."""
        return self.label if self.own_name else tr(self.label)

    @property
    def origin(self) -> Origin:
        """Return whose what comes of it is, once it is in the text."""
        if self.kind is Kind.REWRITING:
            return Origin.CORRECTED if self.option == "spelling" else Origin.REWRITTEN
        return Origin.SUMMARISED if self.kind is Kind.SUMMARY else Origin.TRANSLATED

    @property
    def explanation(self) -> str:
        """Return the tip in the interface's language."""
        if self.kind is Kind.TRANSLATION:
            return tr("Translate into {language}", language=self.name)
        return self.tip if self.instruction else tr(self.tip)


LENGTHS = (
    Ask(Kind.SUMMARY, Length.LINE, "In one line", "Say in one sentence what it is about"),
    Ask(Kind.SUMMARY, Length.SHORT, "Short", "Say in a few sentences what it is about"),
    Ask(Kind.SUMMARY, Length.LONG, "Long", "Say in some paragraphs what it is about"),
    Ask(Kind.SUMMARY, Length.BULLETS, "Bullet points", "List what it is about"),
)
CORRECT_ALL = Ask(Kind.REWRITING, "spelling", "Fix spelling", "Correct misspelt words and nothing else")
STYLES = (
    Ask(Kind.REWRITING, "shorter", "Shorter", "Say the same in fewer words"),
    Ask(Kind.REWRITING, "longer", "Longer", "Say the same at more length"),
    Ask(Kind.REWRITING, "simpler", "Simpler", "Plain words and short sentences"),
    Ask(Kind.REWRITING, "formal", "More formal", "As in a letter to an office"),
    Ask(Kind.REWRITING, "friendly", "Friendlier", "As to somebody one likes"),
    Ask(Kind.REWRITING, "grammar", "Fix grammar", "Correct mistakes and nothing else"),
    CORRECT_ALL,
    Ask(Kind.REWRITING, "bullets", "As bullet points", "One point for each thought"),
    Ask(Kind.REWRITING, "masked", "Without personal data", "Placeholders for names, numbers and the like"),
)
# Languages that at least one of the models one click away can translate into.
_LANGUAGES = {
    "ar": mark("Arabic"),
    "bg": mark("Bulgarian"),
    "bn": mark("Bangla"),
    "ca": mark("Catalan"),
    "cs": mark("Czech"),
    "da": mark("Danish"),
    "de": mark("German"),
    "el": mark("Greek"),
    "en": mark("English"),
    "es": mark("Spanish"),
    "et": mark("Estonian"),
    "fa": mark("Persian"),
    "fi": mark("Finnish"),
    "fr": mark("French"),
    "ga": mark("Irish"),
    "he": mark("Hebrew"),
    "hi": mark("Hindi"),
    "hr": mark("Croatian"),
    "hu": mark("Hungarian"),
    "id": mark("Indonesian"),
    "is": mark("Icelandic"),
    "it": mark("Italian"),
    "ja": mark("Japanese"),
    "ko": mark("Korean"),
    "lt": mark("Lithuanian"),
    "lv": mark("Latvian"),
    "ms": mark("Malay"),
    "nb": mark("Norwegian"),
    "nl": mark("Dutch"),
    "pl": mark("Polish"),
    "pt": mark("Portuguese"),
    "ro": mark("Romanian"),
    "ru": mark("Russian"),
    "sk": mark("Slovak"),
    "sl": mark("Slovenian"),
    "sq": mark("Albanian"),
    "sr": mark("Serbian"),
    "sv": mark("Swedish"),
    "sw": mark("Swahili"),
    "ta": mark("Tamil"),
    "th": mark("Thai"),
    "tr": mark("Turkish"),
    "uk": mark("Ukrainian"),
    "ur": mark("Urdu"),
    "vi": mark("Vietnamese"),
    "zh": mark("Chinese"),
}


def language_name(code: str) -> str:
    """Return the name of the language `code` (ISO 639-1) in the interface's language, else in English.

    The code itself is returned for a language that has no name.
    """
    return tr(_english_name(code))


def _english_name(code: str) -> str:
    if code in _LANGUAGES:
        return _LANGUAGES[code]
    language = QLocale.codeToLanguage(code)
    if language in (QLocale.Language.AnyLanguage, QLocale.Language.C):
        return code
    return _LANGUAGES["nb"] if code == "no" else QLocale.languageToString(language)


def languages() -> tuple[Ask, ...]:
    """Return a translation into each language, in the order of their names."""
    found = [translation(code) for code in _LANGUAGES]
    return tuple(sorted(found, key=lambda ask: ask.label))


def translation(code: str) -> Ask:
    """Return the translation into the language `code`."""
    return Ask(Kind.TRANSLATION, code, _english_name(code))


def instructed(instruction: str, name: str = "") -> Ask:
    """Return the rewriting by the writer's own `instruction`, saved under `name` or not at all."""
    return Ask(Kind.REWRITING, "", name or mark("Own instruction"), instruction, instruction, bool(name))


def first_target() -> str:
    """Return the language to translate into before one was chosen: the system's, unless that is English."""
    code = QLocale.system().name().partition("_")[0]
    return code if code in _LANGUAGES and code != "en" else "fr"


def request(ask: Ask, identity: int, text: str, settings: Settings, source: str = "") -> Request:
    """Return the request for `ask` about `text`; `source` is its language, if known."""
    if ask.kind is Kind.SUMMARY:
        return Summarise(identity, text, Length(ask.option))
    if ask.kind is Kind.REWRITING:
        return Rewrite(identity, text, ask.option, ask.instruction, settings)
    return Translate(
        identity,
        text,
        ask.option,
        source,
        settings.translation_model,
        settings.device,
        settings.threads,
        settings.offline,
        not settings.check_memory,
    )
