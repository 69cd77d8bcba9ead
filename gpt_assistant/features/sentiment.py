"""The mood of a text: positive, neutral or negative, by sentence, by paragraph and as a whole.

Sentence by sentence, since sentences change one at a time: what was found of one is kept by its text, so
that only what was changed is read again. The language model reads it (sentiment_states.py), a few weights
that were fitted to rated sentences say what its states mean (sentiment_head.py), and paragraphs and the whole
text are made up of their sentences (sentiment_whole.py). For a model that nothing was fitted to, how well
"good" and "bad" go on from the sentence has to do (sentiment_labels.py).

What a word does to it is found by taking it out (sentiment_words.py).

Measured with one thread on a busy machine of two cores: 1,006 words of short paragraphs take 2.3 s, a
sentence of them that was changed 47 ms (85 at most).
"""

from __future__ import annotations

import itertools
import time
from collections import OrderedDict
from collections.abc import Generator, Sequence
from functools import lru_cache
from typing import TypeVar

from gpt_assistant.engine.messages import (
    Feel,
    Feeling,
    Felt,
    LearnMood,
    Mood,
    MoodLearnt,
    MoodScores,
    Progress,
    WeighWords,
    WordsWeighed,
    WordWeight,
)
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.resolving import Step
from gpt_assistant.features import languages, sentiment_learning, sentiment_whole
from gpt_assistant.features.sentiment_head import Value, label
from gpt_assistant.features.sentiment_judge import Judge
from gpt_assistant.features.sentiment_whole import Part
from gpt_assistant.features.sentiment_words import weigh_words
from gpt_assistant.text.sentences import Span
from gpt_assistant.text.told import told

T = TypeVar("T")
Steps = Generator[Step, None, T]

_MOST_KEPT = 20_000  # sentences
_SHOW_EVERY = 0.25  # seconds
_PAUSE_EVERY = 0.02  # of looking up what is known, too
_LOOKED_AT = 400  # characters of a paragraph that tell its language
_SURELY = 0.9  # how sure it must be that a text is not English: short ones look like anything


class MoodReader:
    """Answers Feel and, by its methods, WeighWords and LearnMood."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Value] = OrderedDict()
        self._weighed: OrderedDict[tuple[str, Mood | None], tuple[WordWeight, ...]] = OrderedDict()
        self._model: LanguageModel | None = None
        self._judge: Judge | None = None

    def __call__(self, model: LanguageModel, request: Feel) -> Steps[Felt]:
        """Return the mood of the text, its sentences and paragraphs; yields before every pass."""
        judge = self._judge_of(model)
        text = request.text
        parts: list[Part] = []
        values: list[Value] = []
        shown = paused = time.perf_counter()
        for part in sentiment_whole.parts_of(text):
            parts.append(part)
            values.append((yield from self._value(judge, text[part.start : part.end])))
            now = time.perf_counter()
            if now - shown > _SHOW_EVERY:
                shown = paused = now
                yield Progress(request.id, part.end / len(text), told("Reading the mood"))
            elif now - paused > _PAUSE_EVERY:
                paused = now
                yield None
        if not parts:
            return Felt(request.id, fitted=judge.fitted)
        whole = yield from self._whole(judge, text, parts, values)
        paragraphs = _paragraphs(judge, parts, values, whole)
        found = yield from _languages(text, paragraphs)
        return Felt(
            request.id,
            label=label(whole),
            scores=whole,
            sentences=tuple(
                _feeling(part, judge.scores(value)) for part, value in zip(parts, values, strict=True)
            ),
            paragraphs=paragraphs,
            fitted=judge.fitted,
            languages=found,
        )

    def weigh(self, model: LanguageModel, request: WeighWords) -> Steps[WordsWeighed]:
        """Return the weight of each word of the text; yields before every pass."""
        judge = self._judge_of(model)
        text = request.text
        words: list[WordWeight] = []
        found: list[Feeling] = []
        for part in sentiment_whole.parts_of(text):
            sentence = text[part.start : part.end]
            scores = judge.scores((yield from self._value(judge, sentence)))
            mood = request.label or label(scores)
            found.append(Feeling(part.start, part.end, mood, scores))
            weighed = yield from self._weigh(judge, sentence, mood)
            words += [WordWeight(part.start + w.start, part.start + w.end, w.weight, w.push) for w in weighed]
            yield Progress(request.id, part.end / len(text), told("Weighing the words"))
        return WordsWeighed(request.id, tuple(words), tuple(found))

    def learn(self, model: LanguageModel, request: LearnMood) -> Steps[MoodLearnt]:
        """Fit the mood to `model` and keep that beside it; yields before every pass, and how far it is."""
        reply = yield from sentiment_learning.learn(model, request)
        self._model = None  # what was found before is of no use any more
        return reply

    def _judge_of(self, model: LanguageModel) -> Judge:
        if model is not self._model or self._judge is None:
            self._model, self._judge = model, Judge(model)
            self._kept.clear()
            self._weighed.clear()
        return self._judge

    def _value(self, judge: Judge, sentence: str) -> Steps[Value]:
        """Return the value of a sentence, read unless it is known."""
        if judge is self._judge and sentence in self._kept:
            self._kept.move_to_end(sentence)
            return self._kept[sentence]
        value = yield from judge.value(sentence)
        if judge is self._judge:  # another model may have come meanwhile
            self._kept[sentence] = value
            _forget_oldest(self._kept)
        return value

    def _whole(
        self, judge: Judge, text: str, parts: Sequence[Part], values: Sequence[Value]
    ) -> Steps[MoodScores]:
        """Return the mood of the whole text: read at once if it is short, else made up of its sentences."""
        start, end = parts[0].start, parts[-1].end
        if len(parts) > 1 and end - start <= sentiment_whole.AT_ONCE:
            return judge.scores((yield from self._value(judge, text[start:end])))
        return judge.scores(sentiment_whole.together(values))

    def _weigh(self, judge: Judge, sentence: str, mood: Mood) -> Steps[tuple[WordWeight, ...]]:
        key = (sentence, mood)
        if judge is self._judge and key in self._weighed:
            self._weighed.move_to_end(key)
            return self._weighed[key]
        weighed = yield from weigh_words(judge, sentence, mood)
        if judge is self._judge:
            self._weighed[key] = weighed
            _forget_oldest(self._weighed)
        return weighed


def _forget_oldest(kept: OrderedDict[T, Value] | OrderedDict[T, tuple[WordWeight, ...]]) -> None:
    while len(kept) > _MOST_KEPT:
        kept.popitem(last=False)


def _paragraphs(
    judge: Judge, parts: Sequence[Part], values: Sequence[Value], whole: MoodScores
) -> tuple[Feeling, ...]:
    """Return the mood of each paragraph; that of the text if there is but one."""
    found: list[Feeling] = []
    pairs = zip(parts, values, strict=True)
    for _, group in itertools.groupby(pairs, key=lambda pair: pair[0].paragraph):
        here, mine = zip(*group, strict=True)
        scores = judge.scores(sentiment_whole.together(mine))
        found.append(_feeling(Span(here[0].start, here[-1].end), scores))
    if len(found) == 1:
        return (_feeling(Span(found[0].start, found[0].end), whole),)
    return tuple(found)


def _feeling(span: Span | Part, scores: MoodScores) -> Feeling:
    return Feeling(span.start, span.end, label(scores), scores)


def _languages(text: str, paragraphs: Sequence[Feeling]) -> Steps[tuple[str, ...]]:
    """Return the language of each paragraph; a novel has thousands, and each takes a millisecond."""
    found: list[str] = []
    paused = time.perf_counter()
    for each in paragraphs:
        found.append(_language(text[each.start : min(each.end, each.start + _LOOKED_AT)]))
        if time.perf_counter() - paused > _PAUSE_EVERY:
            yield None
            paused = time.perf_counter()
    return tuple(found)


@lru_cache(maxsize=_MOST_KEPT)
def _language(text: str) -> str:
    """Return the language of a text, English where that is not out of the question."""
    best, p = languages.ranked(text)[0]
    return best if p >= _SURELY else "en"
