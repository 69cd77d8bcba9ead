"""Inline completion: what to show in grey ahead of the caret, or why nothing.

A few spellings of the next word are grown side by side until each is known to end, the document's and
the writer's own phrases among them. The likeliest is continued word by word. What is shown ends at a
word's end, and is cut where the estimate that the writer will take it (gate.py) falls below the
threshold. A half-typed word becomes a real word or nothing.

There are three thresholds, for three kinds of gain and loss. Measured by a typist on 34 texts of 2025–26
(keystrokes saved / wrong suggestions per 100 characters) and on 120 cases of the KeyType benchmark (its
quality): one threshold of 0.3 for everything 0.403 / 7.3 / 0.605; 0.2 where a word begins, 0.5 where it is
half typed and little is left to gain, 0.383 / 7.4 / 0.637; further words down to 0.15 in all 0.387 / 6.1
but 0.603, for their ends are often wrong; only one word 0.367 / 8.5 / 0.645. Marks only when likelier than
0.7 instead of 0.5 save 0.005 more.
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator
from dataclasses import replace
from typing import TypeVar

from gpt_assistant.engine.messages import Complete, Suggested, Suggesting
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features import gate, lexicon
from gpt_assistant.features.candidates import MARKS, Candidates, Word
from gpt_assistant.features.gate import Gate
from gpt_assistant.text.context import Context
from gpt_assistant.text.phrases import DocumentPhrases, Phrases
from gpt_assistant.text.suggestion import Candidate, Reason, Suggestion

T = TypeVar("T")
SESSION = "completion"
_MIDDLE_THRESHOLD = 0.6
_MARK_THRESHOLD = 0.7
_LEAST_GAIN = 2
_MISSPELT_FROM = 4  # letters; fewer begin too many words
_ENDS = frozenset(".!?…\n")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

Steps = Generator[Suggesting | None, None, T]


class Completer:
    """Completes, with the writer's `own` phrases and those of the document at hand."""

    def __init__(self, own: Phrases | None = None) -> None:
        self._own = Phrases() if own is None else own
        self._document = DocumentPhrases()
        self._gates: tuple[LanguageModel, Gate] | None = None

    def __call__(self, model: LanguageModel, request: Complete) -> Steps[Suggested]:
        """Answer `request`; a generator that yields before every pass over the weights.

        The first words are yielded as soon as they are known, for what follows them takes as long again.
        """
        started = time.perf_counter()
        work = self.work(model, request)
        suggestion = yield from work.run()
        total = (time.perf_counter() - started) * 1000
        first = (work.first_word_at - started) * 1000 if work.first_word_at else total
        return Suggested(request.id, suggestion, ms_first=first, ms_total=total)

    def work(self, model: LanguageModel, request: Complete) -> Completion:
        """Return the state of `request` before anything is computed."""
        return Completion(model, request, self.sources(request), self.gate_of(model))

    def gate_of(self, model: LanguageModel) -> Gate:
        """Return the gate of `model`, read once."""
        if self._gates is None or self._gates[0] is not model:
            self._gates = (model, gate.load(model.folder))
        return self._gates[1]

    def sources(self, request: Complete) -> tuple[Phrases, ...]:
        """Return the phrases that may be used."""
        document = self._document.of(request.context.before)
        return (document, self._own) if request.personal else (document,)


def threshold(eagerness: int) -> float:
    """Return the least estimate of a word that is shown, for a setting of 0 (rarely) to 100 (often)."""
    return 0.9 * float((1 - eagerness / 100) ** 2.24) + 0.02


def half_word_threshold(eagerness: int) -> float:
    """Return the same for a word that is half typed: a wrong one costs as much, a right one saves less."""
    return float(threshold(eagerness) ** 0.45)


def further_threshold(eagerness: int) -> float:
    """Return the same for a suggestion of several words, all of them together."""
    return min(0.95, 1.6 * threshold(eagerness))


def silent(reason: Reason, candidates: tuple[Candidate, ...] = (), least: float = 0.0) -> Suggestion:
    """Return a suggestion that shows nothing, and why; `least` is what the best would have had to reach."""
    return Suggestion("", reason, candidates, least)


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


class Completion:
    """The state of one request while it is worked on."""

    def __init__(
        self, model: LanguageModel, request: Complete, sources: tuple[Phrases, ...], judge: Gate
    ) -> None:
        self.request = request
        self.context = request.context
        self.first_word_at = 0.0
        self._sources, self._judge = sources, judge
        # A token may spell several words' worth of a code or a name; it is never more than a word and a mark.
        limit = request.max_tokens or 4 * request.max_words
        session = model.session(SESSION)
        self._candidates = Candidates(model.vocabulary, session, request.context, sources, limit)
        self._half = self._candidates.half

    def run(self) -> Steps[Suggestion]:
        """Return what to show."""
        if reason := impossible(self.context) or self.misspelt():
            return silent(reason)
        words = yield from self.first_words()
        real = [word for word in words if self.is_real(word.text)]
        if not real:
            return silent(Reason.NOT_A_WORD if words else Reason.EMPTY)
        self.first_word_at = time.perf_counter()
        candidates = tuple(Candidate(word.text, word.estimate) for word in real)
        least = self.least()
        best = real[0]
        if reason := self._unfit(best, least):
            return silent(reason, candidates, least)
        if not self.in_middle():
            yield Suggesting(self.request.id, Suggestion(best.text, Reason.NONE, candidates, least))
        longer = yield from self._continue(best)
        text = cut_overlap(longer.text, self.context.after)
        if not text.strip():
            return silent(Reason.REPEATS_AFTER, candidates)
        if repeats(self.context.before, text):
            return silent(Reason.REPETITION, candidates)
        return Suggestion(text, Reason.NONE, (Candidate(text, longer.estimate), *candidates[1:]), least)

    def first_words(self) -> Steps[list[Word]]:
        """Return the likeliest next words with their estimates, likeliest first."""
        words = yield from self._candidates.first_words()
        if self.in_middle():
            words = yield from self._candidates.ranked_by_what_follows(words)
        return [replace(word, estimate=self._judge.first.estimate(word.p)) for word in words]

    # What is shown

    def _unfit(self, word: Word, least: float) -> Reason:
        """Return why even the likeliest word is not shown, or Reason.NONE."""
        if word.text.strip()[:1].isdigit():
            return Reason.DIGITS
        if len(word.text) < _LEAST_GAIN:
            return Reason.NOT_SURE
        if word.estimate >= least:
            return Reason.NONE
        sure_elsewhere = word.estimate >= threshold(self.request.eagerness)
        return Reason.MIDDLE_OF_LINE if self.in_middle() and sure_elsewhere else Reason.NOT_SURE

    def in_middle(self) -> bool:
        """Return whether something follows on the caret's line."""
        line = self.context.after.split("\n", 1)[0]
        return bool(line.strip())

    def least(self) -> float:
        """Return the least estimate of a first word that is shown."""
        eagerness = self.request.eagerness
        own = half_word_threshold(eagerness) if self._half else threshold(eagerness)
        return max(own, self.middle_threshold())

    def middle_threshold(self) -> float:
        """Return the least estimate of anything shown where something follows, 0 elsewhere."""
        return _MIDDLE_THRESHOLD if self.in_middle() else 0.0

    def _known(self, word: str) -> bool:
        return lexicon.english().knows(word) or any(source.knows(word) for source in self._sources)

    def misspelt(self) -> Reason:
        """Return Reason.MISSPELT if no word begins like the one at the caret; names may be new ones."""
        half, english = self._half, lexicon.english()
        if len(half) < _MISSPELT_FROM or not half.islower() or english.completes(half):
            return Reason.NONE
        if any(source.completes(half) or source.knows(half) for source in self._sources):
            return Reason.NONE
        return Reason.MISSPELT if english.speaks(self.context.before[: -len(half)]) else Reason.NONE

    def is_real(self, text: str) -> bool:
        """Return whether a half-typed word becomes one that there is, going on with `text`."""
        match = _LETTERS.match(text)
        if not self._half or match is None:
            return True
        whole = self._half + match.group()
        if not whole.islower() or "-" in whole or self._known(whole):
            return True
        return not lexicon.english().speaks(self.context.before)

    # Further words

    def _continue(self, word: Word) -> Steps[Word]:
        """Return `word` with as many further words as stay likely enough."""
        best = word
        enough = max(self.middle_threshold(), further_threshold(self.request.eagerness))
        for _ in range(self.request.max_words - 1):
            longer = yield from self.next_word(best)
            if longer is None or longer.estimate < enough or ends_sentence(best.text):
                break
            best = longer
        return best

    def next_word(self, word: Word) -> Steps[Word | None]:
        """Return `word` with the next word or mark, or None where there is none to show."""
        longer = yield from self._candidates.next_word(word)
        if longer is None:
            return None
        if longer.text[-1] in MARKS and longer.p < _MARK_THRESHOLD:
            return None
        added = longer.text[len(word.text) :]
        judged = self._judge.further.estimate(longer.p, added[-1] in MARKS)
        return replace(longer, estimate=word.estimate * judged)


def ends_sentence(text: str) -> bool:
    """Return whether `text` ends with a sentence's end."""
    return text.rstrip("\"'”’)]")[-1:] in _ENDS


def repeats(before: str, text: str) -> bool:
    """Return whether `text` would say for the third time in a row what `before` ends with."""
    said = text.strip()
    return len(said) > 1 and f" {before.rstrip()}".endswith(f" {said} {said}")


def cut_overlap(text: str, after: str) -> str:
    """Return `text` without a tail that what follows the caret begins with."""
    for length in range(min(len(text), len(after)), 0, -1):
        if after.startswith(text[-length:]):
            return text[:-length]
    return text
