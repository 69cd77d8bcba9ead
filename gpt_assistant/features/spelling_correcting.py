"""A text with its spelling corrected, as a rewriting that is looked through change by change."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TypeVar

from gpt_assistant.engine.messages import Issue, Passage, Rewrite, Spell, Written
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.resolving import Step
from gpt_assistant.features.spelling import Speller
from gpt_assistant.text.told import told

T = TypeVar("T")
Steps = Generator[Step, None, T]

STYLE = "spelling"


def correct(speller: Speller, model: LanguageModel, request: Rewrite) -> Steps[Written]:
    """Return the text with every issue put right by its likeliest suggestion; yields before every pass.

    Unlike what is corrected by itself, this takes all that was found: each change is looked at before it is
    taken.
    """
    reply = yield from speller(model, Spell(request.id, request.text))
    found = [issue for issue in reply.issues if issue.suggestions]
    text, passages = _put_in(request.text, found)
    without = len(reply.issues) - len(found)
    notes = [told("No mistake was found.")] if not reply.issues else []
    if without == 1:
        notes.append(told("One word is unknown, and nothing is like it."))
    elif without:
        notes.append(told("{n} words are unknown, and nothing is like them.", n=without))
    return Written(request.id, text, passages, tuple(notes), reply.language)


def _put_in(text: str, issues: Sequence[Issue]) -> tuple[str, tuple[Passage, ...]]:
    """Return `text` with the first suggestion of each issue, and what became of each piece."""
    parts: list[str] = []
    passages: list[Passage] = []
    at = length = 0
    for start, end, new in [
        *((i.start, i.end, i.suggestions[0].text) for i in issues),
        (len(text),) * 2 + ("",),
    ]:
        piece = text[at:start] + new
        passages.append(Passage(length, length + len(piece), at, end))
        parts.append(piece)
        length += len(piece)
        at = end
    return "".join(parts), tuple(passages)
