"""What may be shown ahead of the caret, and what becomes of it while the writer types."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Reason(StrEnum):
    """Why nothing is shown. The list is fixed; the value is what `complete` returns."""

    NONE = ""
    NO_MODEL = "no model is loaded"
    SWITCHED_OFF = "completion is switched off"
    NO_CONTEXT = "there is no text to go by"
    NOT_SURE = "no continuation is likely enough"
    DIGITS = "numbers and codes are left alone"
    NOT_A_WORD = "the half-typed word would not become a real word"
    MISSPELT = "the word before the caret looks misspelt"
    REPEATS_AFTER = "it would repeat what follows the caret"
    MIDDLE_OF_LINE = "not sure enough in the middle of a line"
    REPETITION = "it would repeat itself"
    INSIDE_WORD = "the caret is inside a word"
    SENTENCE_END = "the sentence is complete"
    EMPTY = "the model proposes to stop here"
    NOT_ASKED = "nothing is suggested here until something is typed"
    CANCELLED = "a newer keystroke took its place"
    FAILED = "the model failed"
    BATTERY_WAITS = "on battery it waits for a pause"
    BATTERY_SLEEPS = "completion sleeps on battery"
    HEAT_WAITS = "the machine is hot, so it waits for a pause"
    HEAT_SLEEPS = "completion sleeps while the machine is hot"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A continuation and `p`, the estimated probability in 0…1 that the writer would take it."""

    text: str
    p: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The text to show at the caret ("" for nothing) with the runners-up, best first.

    `candidates` begins with the shown text when there is one. `reason` says why `text` is empty.
    `least` is the probability below which no candidate is shown unasked.
    """

    text: str = ""
    reason: Reason = Reason.NONE
    candidates: tuple[Candidate, ...] = ()
    least: float = 0.0

    def after_typing(self, typed: str) -> Suggestion:
        """Return what remains once `typed` is in the text: the rest of this, or of a runner-up.

        The shown text shrinks by what was typed. When it no longer matches, the best candidate that
        does takes over, if it is likely enough now: its probability is shared among those that typing
        has not ruled out. The result has an empty text when none is left.
        """
        ruled_out = sum(c.p for c in self.candidates if not c.text.startswith(typed))
        left = max(1.0 - ruled_out, 1e-6)
        rest = tuple(
            replace(candidate, text=candidate.text[len(typed) :], p=min(1.0, candidate.p / left))
            for candidate in self.candidates
            if candidate.text.startswith(typed) and len(candidate.text) > len(typed)
        )
        if self.text.startswith(typed) and len(self.text) > len(typed):
            return replace(self, text=self.text[len(typed) :], candidates=rest)
        if self.text and rest and rest[0].p >= self.least:
            return replace(self, text=rest[0].text, candidates=rest)
        return Suggestion("", Reason.NOT_SURE, ())

    def cycled(self, step: int) -> Suggestion:
        """Return this suggestion showing the candidate `step` places further on, round and round."""
        texts = [candidate.text for candidate in self.candidates]
        if not self.text or self.text not in texts:
            return self
        return replace(self, text=texts[(texts.index(self.text) + step) % len(texts)])
