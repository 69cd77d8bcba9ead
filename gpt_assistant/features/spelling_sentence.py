"""The issues of one sentence: what no lexicon knows, what does not belong there, what stands there twice."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import NamedTuple, TypeVar

from gpt_assistant.engine.messages import Correction, Issue, Mistake
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features import rewrite_grammar as grammar
from gpt_assistant.features import spelling_realwords as realwords
from gpt_assistant.features.lexicons import Lexicon
from gpt_assistant.features.rewrite_sites import SURE
from gpt_assistant.features.spelling_candidates import Candidate, candidates, weights
from gpt_assistant.features.spelling_judging import RARE, Place, Ranked, log_odds, may_be_sure, place, rank
from gpt_assistant.features.spelling_reader import SESSION, Reading, Score, SentenceReader
from gpt_assistant.features.spelling_realwords import RELIEF
from gpt_assistant.text.spellable import Word

T = TypeVar("T")
Steps = Generator[None, None, T]

MOST_SUGGESTIONS = 5
_MOST_COMPARED = 5
_FAR_BEHIND = 7.0  # nats of prior by which a candidate is too unlikely to be compared
_APART = 1.5  # how much more frequent the other of a rare word must be (Zipf scale)
_LEAST_STRANGE = 4  # letters of an unknown word that is flagged though nothing is like it
_NOTHING = Score(0.0, 0.0)


class Suspect(NamedTuple):
    """A word that may be misspelt, with what may be meant."""

    word: Word
    here: Place
    candidates: list[Candidate]


class Checker:
    """Checks sentences with one model, one at a time, in the model's session of the name `session`."""

    def __init__(self, model: LanguageModel, session: str = SESSION) -> None:
        self._reader = SentenceReader(model, session)

    def check(
        self,
        sentence: str,
        words: Sequence[Word],
        lexicon: Lexicon,
        *,
        variety: str,
        fluent: bool,
        thorough: bool,
    ) -> Steps[tuple[Issue, ...]]:
        """Return the issues of `sentence`, in order, none overlapping another.

        `words` are those of it that are checked. Where the model is not `fluent` in the language, letters
        and frequency decide alone; without `thorough`, known words are not looked at.
        """
        found = list(certain(sentence, words, lexicon, variety))
        suspects = [
            each for each in map_suspects(sentence, words, lexicon, variety) if not _taken(each.word, found)
        ]
        strange = {each.word.start for each in suspects}
        reading = None
        if fluent and words and (suspects or thorough):
            reading = yield from self._reader.read(sentence)
        # From the last to the first, so that what stands before a place is in the model's cache.
        places: list[tuple[int, Suspect | list[realwords.Other]]] = [(s.word.start, s) for s in suspects]
        if reading is not None and thorough:
            known = [w for w in words if w.start not in strange and not _taken(w, found)]
            options = realwords.others(lexicon, sentence, known)
            others = realwords.promising(self._reader, reading, lexicon, options)
            places += [(each[0].start, each) for each in others]
        for _, each in sorted(places, key=lambda p: -p[0]):
            if isinstance(each, Suspect):
                issue = yield from self._judge(reading, each)
            else:
                assert reading is not None
                issue = _meant((yield from realwords.compared(self._reader, reading, each)), sentence)
            if issue is not None and not _overlaps(issue, found):
                found.append(issue)
        return tuple(sorted(found, key=lambda issue: issue.start))

    def _judge(self, reading: Reading | None, suspect: Suspect) -> Steps[Issue | None]:
        word = suspect.word
        if reading is not None and suspect.candidates and not self._promises(reading, suspect):
            return None
        ranked = yield from self.ranked(reading, suspect)
        if not ranked:
            return (
                Issue(word.start, word.end, word.text, Mistake.NONWORD) if _is_strange(suspect.here) else None
            )
        odds = log_odds(suspect.here, ranked[0], alone=reading is None)
        limits = weights()["thresholds"]
        if odds < limits["nonword"]:
            return None
        suggestions = tuple(
            Correction(_cased(word.text, each.candidate.text), round(each.gain, 2))
            for each in ranked[:MOST_SUGGESTIONS]
        )
        sure = odds >= limits["nonword_sure"] and reading is not None and may_be_sure(suspect.here, ranked[0])
        kind = Mistake.REALWORD if suspect.here.known else Mistake.NONWORD
        return Issue(word.start, word.end, word.text, kind, suggestions, sure)

    def _promises(self, reading: Reading, suspect: Suspect) -> bool:
        """Return whether any candidate could reach the odds asked for, were it as likely as it can be."""
        word, limit = suspect.word, weights()["thresholds"]["nonword"]
        compared = suspect.candidates[:_MOST_COMPARED]
        shown = [_cased(word.text, each.text) for each in compared]
        hopes = self._reader.hopes(reading, word.start, word.end, shown)
        return any(
            log_odds(suspect.here, Ranked(each, hope + RELIEF, 0.0)) >= limit
            for each, hope in zip(compared, hopes, strict=True)
        )

    def ranked(self, reading: Reading | None, suspect: Suspect) -> Steps[list[Ranked]]:
        """Return the candidates of a word, likeliest first, read in their place if there is a `reading`."""
        listed = suspect.candidates
        if not listed or reading is None:
            return rank(listed, _NOTHING, [_NOTHING] * len(listed), alone=True)
        compared = [each for each in listed if each.prior >= listed[0].prior - _FAR_BEHIND][:_MOST_COMPARED]
        shown = [_cased(suspect.word.text, each.text) for each in compared]
        word = suspect.word
        present, scores = yield from self._reader.compare(reading, word.start, word.end, shown)
        return rank(compared, present, scores)


def map_suspects(sentence: str, words: Sequence[Word], lexicon: Lexicon, variety: str) -> list[Suspect]:
    """Return the words that may be misspelt: unknown ones, and rare ones that look like a frequent one."""
    found = []
    first = words[0].start if words else 0
    for word in map(_without_possessive, words):
        here = place(lexicon, word.text, word.start == first and not _has_text(sentence[: word.start]))
        if here.known and here.zipf >= RARE:
            continue
        if not here.known and variety != "US" and lexicon.british(word.text):
            continue
        listed = candidates(lexicon, word.text)
        if here.known and not any(each.zipf >= here.zipf + _APART for each in listed[:1]):
            continue
        found.append(Suspect(word, here, listed))
    return found


def certain(sentence: str, words: Sequence[Word], lexicon: Lexicon, variety: str) -> list[Issue]:
    """Return what is wrong in any sentence: words twice, missing apostrophes, the wrong kind of English."""
    found: list[Issue] = []
    starts = {word.start for word in words}
    if lexicon.language == "en":
        lower = not any(c.isupper() for c in sentence)
        for site in grammar.slips(sentence):
            old, new = sentence[site.start : site.end], site.options[0]
            if site.start not in starts or (lower and old == new.lower()) or not old[:1].isalpha():
                continue
            if old.lower().split() == [new.lower()] * 2:
                sure = site.test == SURE
                found.append(_certain((site.start, site.end), old, Mistake.REPEATED, new, sure))
            elif old.lower() != new.lower() or lexicon.zipf(old) > 0:
                kind = Mistake.REALWORD if lexicon.knows(old) else Mistake.NONWORD
                found.append(_certain((site.start, site.end), old, kind, new, True))
    for word in words:
        if new := lexicon.other_variety(word.text, variety):
            found.append(
                _certain((word.start, word.end), word.text, Mistake.VARIETY, _cased(word.text, new), False)
            )
    return sorted(_free(found), key=lambda issue: issue.start)


def _certain(place: tuple[int, int], word: str, kind: Mistake, new: str, sure: bool) -> Issue:
    return Issue(*place, word, kind, (Correction(new, 0.0),), sure)


def _meant(compared: Sequence[realwords.Other], sentence: str) -> Issue | None:
    """Return the issue of a known word, if another is meant likely enough."""
    listed = sorted(compared, key=realwords.log_odds, reverse=True)
    limits = weights()["thresholds"]
    odds = realwords.log_odds(listed[0])
    if odds < limits["realword"]:
        return None
    start, end = listed[0].start, listed[0].end
    suggestions = tuple(
        Correction(realwords.cased(sentence[start:end], each.meant), round(each.gain, 2))
        for each in listed
        if each is listed[0] or each.gain > 0
    )
    return Issue(
        start, end, sentence[start:end], Mistake.REALWORD, suggestions, odds >= limits["realword_sure"]
    )


def _is_strange(here: Place) -> bool:
    """Return whether a word that nothing is like is flagged: no name, no known part, never seen."""
    lower = not here.typed[:1].isupper()
    return lower and not here.made and not here.zipf and len(here.typed) >= _LEAST_STRANGE


def _without_possessive(word: Word) -> Word:
    """Return `word` without 's behind it: what is misspelt is what stands before."""
    stem = word.text.replace("’", "'").removesuffix("'s")
    return Word(word.start, word.start + len(stem), word.text[: len(stem)]) if len(stem) > 1 else word


def _cased(typed: str, meant: str) -> str:
    new = realwords.cased(typed, meant)
    return new.replace("'", "’") if "’" in typed else new


def _has_text(before: str) -> bool:
    return bool(before.strip(" \t\n\"'“‘(*_#>-–—•"))


def _taken(word: Word, found: Sequence[Issue]) -> bool:
    return any(word.start < issue.end and issue.start < word.end for issue in found)


def _overlaps(issue: Issue, found: Sequence[Issue]) -> bool:
    return any(issue.start < other.end and other.start < issue.end for other in found)


def _free(found: Sequence[Issue]) -> list[Issue]:
    chosen: list[Issue] = []
    for issue in found:
        if not _overlaps(issue, chosen):
            chosen.append(issue)
    return chosen
