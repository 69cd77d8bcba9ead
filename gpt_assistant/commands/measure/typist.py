"""An ideal typist, who sees every suggestion and takes what is right: keystrokes saved and errors shown.

A visible suggestion stays while what is typed matches it. It is taken whole (one key) if all of it is
right, else word by word (one key each), else the next character is typed. Trnka and McCoy (2008) call
the saving "keystroke savings": 1 − keys pressed / characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from gpt_assistant.commands.measure.statistics import Figures, percentiles
from gpt_assistant.engine.messages import Suggested

_WORD = re.compile(r"\s*\S+")


@dataclass
class Tally:
    """What happened while a text was typed; times in milliseconds."""

    characters: int = 0
    keys: int = 0
    asked: int = 0
    shown: int = 0
    wrong: int = 0
    first: list[float] = field(default_factory=list)
    total: list[float] = field(default_factory=list)

    def figures(self) -> Figures:
        """Return the figures to report."""
        hundred = max(1, self.characters) / 100
        return {
            "characters": self.characters,
            "keystroke_savings": round(1 - self.keys / max(1, self.characters), 4),
            "shown_per_100_characters": round(self.shown / hundred, 1),
            "wrong_per_100_characters": round(self.wrong / hundred, 2),
            "first_word_ms": percentiles(self.first),
            "whole_ms": percentiles(self.total),
        }


def type_text(text: str, start: int, end: int, suggest: Callable[[str], Suggested]) -> Tally:
    """Type text[start:end] with `suggest(before)` answering; return the tally."""
    tally, at, ghost = Tally(), start, ""
    while at < end:
        if not ghost:
            ghost = _ask(tally, text, at, suggest)
        taken = _taken(text, at, ghost)
        if taken:
            step, ghost = len(taken), ghost[len(taken) :]
        else:
            step, ghost = 1, ghost[1:] if ghost and ghost[0] == text[at] else ""
        tally.keys += 1
        tally.characters += step
        at += step
    return tally


def _ask(tally: Tally, text: str, at: int, suggest: Callable[[str], Suggested]) -> str:
    reply = suggest(text[:at])
    tally.asked += 1
    tally.first.append(reply.ms_first)
    tally.total.append(reply.ms_total)
    ghost = reply.suggestion.text
    if ghost:
        tally.shown += 1
        first = _WORD.match(ghost)
        tally.wrong += not (first and text.startswith(first.group(), at))
    return ghost


def _taken(text: str, at: int, ghost: str) -> str:
    """Return what the typist takes of the ghost: all of it, its first word, or nothing."""
    word = _WORD.match(ghost)
    for offer in (ghost, word.group() if word else ""):
        end = at + len(offer)
        if len(offer) > 1 and text.startswith(offer, at) and not _inside_word(text, end):
            return offer
    return ""


def _inside_word(text: str, at: int) -> bool:
    both = text[at - 1 : at + 1]
    return len(both) == 2 and all(character.isalnum() or character == "_" for character in both)
