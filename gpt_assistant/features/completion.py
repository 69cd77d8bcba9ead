"""Inline completion: what to show in grey ahead of the caret, or why nothing.

A few spellings of the next word are grown side by side until each is known to end; the likeliest is
then continued word by word. What is shown ends at a word's end and is cut where the estimate that the
writer will take it falls below the threshold.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

from gpt_assistant.engine import decode
from gpt_assistant.engine.decode import Branch
from gpt_assistant.engine.messages import Complete, Suggested, Suggesting
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.session import Session
from gpt_assistant.engine.vocabulary import Vocabulary
from gpt_assistant.text.context import Context
from gpt_assistant.text.suggestion import Candidate, Reason, Suggestion

T = TypeVar("T")
SESSION = "completion"
_FIRST_TOKENS = 4
_WORD_ROUNDS = 5
_WIDTH = 3
_MIDDLE_THRESHOLD = 0.6
_MARK_THRESHOLD = 0.5
_LEAST_GAIN = 2
_MARKS = frozenset(".,;:!?…")
_ENDS = frozenset(".!?…\n")


@dataclass(frozen=True, slots=True)
class Word:
    """A finished word: `p` is the probability of its tokens and of the break behind it."""

    branch: Branch
    p: float

    @property
    def text(self) -> str:
        """Return what it adds behind the caret."""
        return self.branch.text.decode("utf-8", errors="replace")


Steps = Generator[Suggesting | None, None, T]


def complete(model: LanguageModel, request: Complete) -> Steps[Suggested]:
    """Answer `request`; a generator that yields before every pass over the weights.

    The first words are yielded as soon as they are known, for what follows them takes as long again.
    """
    started = time.perf_counter()
    work = _Completion(model.vocabulary, model.session(SESSION), request)
    suggestion = yield from work.run()
    total = (time.perf_counter() - started) * 1000
    first = (work.first_word_at - started) * 1000 if work.first_word_at else total
    return Suggested(request.id, suggestion, ms_first=first, ms_total=total)


def threshold(eagerness: int) -> float:
    """Return the least probability that is shown, for a setting of 0 (rarely) to 100 (often)."""
    return 0.9 * float((1 - eagerness / 100) ** 1.7) + 0.02


def silent(reason: Reason, candidates: tuple[Candidate, ...] = ()) -> Suggestion:
    """Return a suggestion that shows nothing, and why."""
    return Suggestion("", reason, candidates)


def impossible(context: Context) -> Reason:
    """Return why this place is left alone whatever the model says, or Reason.NONE."""
    before, after = context.before, context.after
    if not before.strip():
        return Reason.NO_CONTEXT
    if before[-1].isalnum() and after[:1].isalnum():
        return Reason.INSIDE_WORD
    if before[-1].isdigit():
        return Reason.DIGITS
    return Reason.NONE


class _Completion:
    """The state of one request while it is worked on."""

    def __init__(self, vocabulary: Vocabulary, session: Session, request: Complete) -> None:
        self.vocabulary = vocabulary
        self.session = session
        self.request = request
        self.context = request.context
        self.first_word_at = 0.0
        # A token may spell several words' worth of a code or a name; it is never more than a word and a mark.
        self.token_limit = request.max_tokens or 4 * request.max_words

    def run(self) -> Steps[Suggestion]:
        if reason := impossible(self.context):
            return silent(reason)
        healed = decode.heal(self.vocabulary, self.context.window())
        yield from self.session.read(healed.ids)
        words = yield from self._first_words(healed.remainder)
        if not words:
            return silent(Reason.EMPTY)
        self.first_word_at = time.perf_counter()
        candidates = tuple(Candidate(word.text, word.p) for word in words)
        least = self._threshold()
        best = words[0]
        if reason := self._unfit(best, least):
            return silent(reason, candidates)
        if not self._in_middle():
            yield Suggesting(self.request.id, Suggestion(best.text, Reason.NONE, candidates))
        longer = yield from self._continue(best, least)
        text = cut_overlap(longer.text, self.context.after)
        if not text.strip():
            return silent(Reason.REPEATS_AFTER, candidates)
        return Suggestion(text, Reason.NONE, (Candidate(text, longer.p), *candidates[1:]))

    def _unfit(self, word: Word, least: float) -> Reason:
        """Return why even the likeliest word is not shown, or Reason.NONE."""
        if word.text.strip()[:1].isdigit():
            return Reason.DIGITS
        if len(word.text) < _LEAST_GAIN:
            return Reason.NOT_SURE
        if word.p >= least:
            return Reason.NONE
        sure_elsewhere = word.p >= threshold(self.request.eagerness)
        return Reason.MIDDLE_OF_LINE if self._in_middle() and sure_elsewhere else Reason.NOT_SURE

    def _in_middle(self) -> bool:
        line = self.context.after.split("\n", 1)[0]
        return bool(line.strip())

    def _threshold(self) -> float:
        own = threshold(self.request.eagerness)
        return max(own, _MIDDLE_THRESHOLD) if self._in_middle() else own

    def _first_words(self, remainder: bytes) -> Steps[list[Word]]:
        """Return the likeliest next words, likeliest first."""
        if remainder:
            open_branches = yield from decode.spell(self.vocabulary, self.session, remainder, _FIRST_TOKENS)
        else:
            open_branches = decode.children(self.vocabulary, self.session, Branch(), _FIRST_TOKENS)
        found: dict[str, Word] = {}
        for _ in range(_WORD_ROUNDS):
            best = max((word.p for word in found.values()), default=0.0)
            open_branches = [b for b in open_branches if self._wanted(b) and math.exp(b.log_p) > best / 4]
            open_branches = sorted(open_branches, key=lambda b: -b.log_p)[:_WIDTH]
            if not open_branches:
                break
            yield from decode.evaluate(self.session, open_branches)
            further: list[Branch] = []
            for branch in open_branches:
                further += self._close(branch, found)
            open_branches = further
        return sorted(found.values(), key=lambda word: -word.p)

    def _wanted(self, branch: Branch) -> bool:
        return len(branch.path) < self.token_limit + 1 and self._is_text(branch)

    def _is_text(self, branch: Branch) -> bool:
        return (
            bool(branch.path) and bool(self.vocabulary.tokens[branch.path[-1]]) and b"\n" not in branch.text
        )

    def _close(self, branch: Branch, found: dict[str, Word]) -> list[Branch]:
        """Enter an evaluated branch as a word as far as it is one; return what may yet lengthen it."""
        text = branch.text.decode("utf-8", errors="replace")
        if not text.strip():
            return decode.children(self.vocabulary, self.session, branch, _WIDTH)
        ends = decode.ends_word(self.vocabulary, self.session, branch)
        word = Word(branch, math.exp(branch.log_p) * ends)
        if "\ufffd" not in text and (text not in found or found[text].p < word.p):
            found[text] = word
        if ends > 0.9:
            return []
        longer = decode.children(self.vocabulary, self.session, branch, _WIDTH)
        return [b for b in longer if self.vocabulary.continues_word[b.path[-1]]]

    def _continue(self, word: Word, least: float) -> Steps[Word]:
        """Return `word` with as many further words as stay likely enough."""
        best = word
        for _ in range(self.request.max_words - 1):
            longer = yield from self._next_word(best)
            if longer is None or longer.p < least or ends_sentence(best.text):
                break
            best = longer
        return best

    def _next_word(self, word: Word) -> Steps[Word | None]:
        """Return `word` with the next word or mark, greedily, or None where there is none to show."""
        branch, before = word.branch, len(word.branch.text)
        for _ in range(_WORD_ROUNDS):
            if len(branch.path) >= self.token_limit:
                return None
            (branch,) = decode.children(self.vocabulary, self.session, branch, 1)
            if not self._is_text(branch):
                return None
            yield from decode.evaluate(self.session, [branch])
            added = branch.text[before:].decode("utf-8", errors="replace")
            if not added.strip():
                continue
            if added[-1] in _MARKS:
                certain = math.exp(branch.parts[-1]) >= _MARK_THRESHOLD
                return Word(branch, math.exp(branch.log_p)) if certain else None
            ends = decode.ends_word(self.vocabulary, self.session, branch)
            if ends > 0.5:
                return Word(branch, math.exp(branch.log_p) * ends)
        return None


def ends_sentence(text: str) -> bool:
    """Return whether `text` ends with a sentence's end."""
    return text.rstrip("\"'”’)]")[-1:] in _ENDS


def cut_overlap(text: str, after: str) -> str:
    """Return `text` without a tail that what follows the caret begins with."""
    for length in range(min(len(text), len(after)), 0, -1):
        if after.startswith(text[-length:]):
            return text[:-length]
    return text
