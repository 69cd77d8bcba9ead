"""What a writer may ask about a passage: every summary, rewriting and translation there is, with its name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QLocale

from gpt_assistant.engine.messages import Length, Request, Rewrite, Summarise, Translate
from gpt_assistant.settings import Settings


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

    @property
    def title(self) -> str:
        """Return what the answer is called."""
        if self.kind is Kind.SUMMARY:
            return "Summary"
        if self.kind is Kind.REWRITING:
            return "Rewriting"
        return f"Translation into {self.label}"


LENGTHS = (
    Ask(Kind.SUMMARY, Length.LINE, "In one line", "Say in one sentence what it is about"),
    Ask(Kind.SUMMARY, Length.SHORT, "Short", "Say in a few sentences what it is about"),
    Ask(Kind.SUMMARY, Length.LONG, "Long", "Say in some paragraphs what it is about"),
    Ask(Kind.SUMMARY, Length.BULLETS, "Bullet points", "List what it is about"),
)
STYLES = (
    Ask(Kind.REWRITING, "shorter", "Shorter", "Say the same in fewer words"),
    Ask(Kind.REWRITING, "longer", "Longer", "Say the same at more length"),
    Ask(Kind.REWRITING, "simpler", "Simpler", "Plain words and short sentences"),
    Ask(Kind.REWRITING, "formal", "More formal", "As in a letter to an office"),
    Ask(Kind.REWRITING, "friendly", "Friendlier", "As to somebody one likes"),
    Ask(Kind.REWRITING, "grammar", "Fix grammar", "Correct mistakes and nothing else"),
    Ask(Kind.REWRITING, "bullets", "As bullet points", "One point for each thought"),
)
# Languages that at least one of the models one click away can translate into.
_CODES = """
ar bg bn ca cs da de el en es et fa fi fr ga he hi hr hu id is it ja ko lt lv ms nb nl pl pt ro ru sk sl
sq sr sv sw ta th tr uk ur vi zh
"""
_LANGUAGES = tuple(_CODES.split())


def language_name(code: str) -> str:
    """Return the English name of the language `code` (ISO 639-1), or the code itself if it has none."""
    language = QLocale.codeToLanguage(code)
    if language in (QLocale.Language.AnyLanguage, QLocale.Language.C):
        return code
    return "Norwegian" if code in ("nb", "no") else QLocale.languageToString(language)


def languages() -> tuple[Ask, ...]:
    """Return a translation into each language, in the order of their names."""
    found = [translation(code) for code in _LANGUAGES]
    return tuple(sorted(found, key=lambda ask: ask.label))


def translation(code: str) -> Ask:
    """Return the translation into the language `code`."""
    name = language_name(code)
    return Ask(Kind.TRANSLATION, code, name, f"Translate into {name}")


def instructed(instruction: str, name: str = "") -> Ask:
    """Return the rewriting by the writer's own `instruction`, saved under `name` or not at all."""
    return Ask(Kind.REWRITING, "", name or "Own instruction", instruction, instruction)


def first_target() -> str:
    """Return the language to translate into before one was chosen: the system's, unless that is English."""
    code = QLocale.system().name().partition("_")[0]
    return code if code in _LANGUAGES and code != "en" else "fr"


def request(ask: Ask, identity: int, text: str, settings: Settings, source: str = "") -> Request:
    """Return the request for `ask` about `text`; `source` is its language, if known."""
    if ask.kind is Kind.SUMMARY:
        return Summarise(identity, text, Length(ask.option))
    if ask.kind is Kind.REWRITING:
        return Rewrite(identity, text, ask.option, ask.instruction)
    return Translate(
        identity,
        text,
        ask.option,
        source,
        settings.translation_model,
        settings.device,
        settings.threads,
        settings.offline,
    )
