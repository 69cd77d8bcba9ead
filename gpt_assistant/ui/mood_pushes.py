"""How far words push the mood of their sentence, and how that is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gpt_assistant.engine.messages import WordsWeighed
from gpt_assistant.text.told import mark
from gpt_assistant.text.words import index_to_utf16, utf16_length
from gpt_assistant.ui.mood_sheet import SentenceMood
from gpt_assistant.ui.tr import tr

_NOTHING = 0.02  # a push that nobody would notice
_SAME = mark("Without “{word}” its sentence would sound the same")
_LESS_GOOD = (
    mark("Without “{word}” its sentence would be a little less positive"),
    mark("Without “{word}” its sentence would be less positive"),
    mark("Without “{word}” its sentence would be far less positive"),
)
_LESS_BAD = (
    mark("Without “{word}” its sentence would be a little less negative"),
    mark("Without “{word}” its sentence would be less negative"),
    mark("Without “{word}” its sentence would be far less negative"),
)
_LITTLE, _FAR = 0.15, 0.5  # pushes: less than one is a little, more than the other is far


class Push(NamedTuple):
    """A word of a sentence, in UTF-16 units of it.

    `push` is how far it pushes the mood, −2…2; `strength` that as a part of the strongest word's, −1…1.
    """

    start: int
    end: int
    push: float
    strength: float
    word: str


class Placed(NamedTuple):
    """A sentence where it stands in the document now (UTF-16)."""

    start: int
    sentence: SentenceMood


def pushes_of(sentence: str, reply: WordsWeighed) -> tuple[Push, ...]:
    """Return what each word does to a sentence that was weighed by itself."""
    wide = utf16_length(sentence) != len(sentence)

    def units(at: int) -> int:
        return index_to_utf16(sentence, at) if wide else at

    most = max(_NOTHING, *(abs(each.push) for each in reply.words)) if reply.words else _NOTHING
    return tuple(
        Push(
            units(each.start),
            units(each.end),
            each.push,
            each.push / most,
            sentence[each.start : each.end],
        )
        for each in reply.words
    )


def located(text: str, sentences: tuple[SentenceMood, ...]) -> Iterator[tuple[int, SentenceMood]]:
    """Yield the sentences that are still in a changed text, with their places in it (UTF-16)."""
    at = 0
    for each in sentences:
        if (found := text.find(each.text, at)) >= 0:
            at = found + len(each.text)
            yield index_to_utf16(text, found), each


def of_word(push: Push) -> str:
    """Return what would be without a word."""
    size = abs(push.push)
    template = _SAME if size < _NOTHING else (_LESS_GOOD if push.push > 0 else _LESS_BAD)[_step(size)]
    return tr(template, word=push.word)


def _step(size: float) -> int:
    return 0 if size < _LITTLE else 1 if size < _FAR else 2
