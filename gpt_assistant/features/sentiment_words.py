"""What each word does to the mood of its sentence: how that changes when the word is taken out.

That is feature ablation (Zeiler and Fergus 2014; for words, Li, Monroe and Jurafsky 2016), as captum's
FeatureAblation computes it. Captum itself is not taken: `import captum.attr` (0.9) imports matplotlib, which
with what it needs weighs more than all the room there is in the package (about 50 MB against 9), and shap
wants numba and llvmlite (over 100 MB). Both would read the sentence from its beginning for every word; here
words are taken out from the last to the first, so that what stands before them is in the cache already, which
halves the work.

"A wonderful, brilliant film" stays what it is without either word. Where the heaviest word is not missed
much, each is also taken out of what is left without that one, and the two are averaged: two of the orders in
which Shapley values take words away (Štrumbelj and Kononenko 2010).

Deletion test (packaging/measure_sentiment.py, 200 kept texts): without the fifth of the words that weigh most
the probability of the mood moves by 0.474, without as many others by 0.136, 3.5 times less. A sentence takes
0.8 s on one core of a busy machine.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from typing import TypeVar

from gpt_assistant.engine.messages import Mood, MoodScores, WordWeight
from gpt_assistant.features.sentiment_judge import Judge
from gpt_assistant.text.sentences import Span

T = TypeVar("T")
Steps = Generator[None, None, T]

_STILL = 0.5  # of the probability is left without the heaviest word

# Words with apostrophes and hyphens inside; smileys; other signs that are no punctuation, emoji above all.
_WORD = re.compile(
    r"[^\W_]+(?:['’\-][^\W_]+)*|(?<!\w)[:;=8][-^']?[()DPp3/\\|]+(?!\w)|(?:[^\s\x00-\u2190\u3000-\u303f\uff00-\uff65\w])+"
)


def words_of(sentence: str) -> list[Span]:
    """Return what is weighed of a sentence, in order."""
    return [Span(*found.span()) for found in _WORD.finditer(sentence)]


def without(sentence: str, word: Span) -> str:
    """Return the sentence without a word and the space before it, or behind it where it begins."""
    before, behind = sentence[: word.start], sentence[word.end :]
    if before.endswith(" ") and not (behind[:1].isalnum()):
        return before[:-1] + behind
    return before + behind.lstrip(" ") if not before else before + behind


def weigh_words(judge: Judge, sentence: str, mood: Mood) -> Steps[tuple[WordWeight, ...]]:
    """Return what each word adds to the probability of `mood`; yields before every pass."""
    words = words_of(sentence)
    whole = yield from _scores(judge, sentence)
    found = yield from _taken_out(judge, sentence, words, whole, mood)
    heaviest = max(found, key=lambda word: word.weight, default=None)
    if heaviest is None or whole.of(mood) - heaviest.weight < _STILL * whole.of(mood):
        return found
    # It is still what it was, so others say the same: what they add shows where that word is not there.
    top = found.index(heaviest)
    gap = Span(heaviest.start, heaviest.end)
    rest, others = without(sentence, gap), words[:top] + words[top + 1 :]
    moved = len(sentence) - len(rest)
    places = [
        word if word.start < gap.start else Span(word.start - moved, word.end - moved) for word in others
    ]
    again = yield from _taken_out(judge, rest, places, (yield from _scores(judge, rest)), mood)
    second = {other.start: weight for other, weight in zip(others, again, strict=True)}
    return tuple(_mean(word, second.get(word.start, word)) for word in found)


def _taken_out(
    judge: Judge, sentence: str, words: Sequence[Span], whole: MoodScores, mood: Mood
) -> Steps[tuple[WordWeight, ...]]:
    """Return how much less of `mood` there is without each of `words`."""
    found: list[WordWeight] = []
    for word in reversed(words):
        scores = yield from _scores(judge, without(sentence, word))
        weight, push = whole.of(mood) - scores.of(mood), whole.balance - scores.balance
        found.append(WordWeight(word.start, word.end, weight, push))
    return tuple(reversed(found))


def _scores(judge: Judge, sentence: str) -> Steps[MoodScores]:
    if not words_of(sentence):
        return MoodScores()  # nothing is said, and that is neutral
    return judge.scores((yield from judge.value(sentence)))


def _mean(one: WordWeight, other: WordWeight) -> WordWeight:
    return WordWeight(one.start, one.end, (one.weight + other.weight) / 2, (one.push + other.push) / 2)
