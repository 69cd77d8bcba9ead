"""What a text is in numbers: words, sentences, the time to read it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gpt_assistant.text.sentences import sentences
from gpt_assistant.text.words import count_words

# Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109, 2019: 238 words of
# English prose. For Chinese, where a character counts as a word, 255 were measured (Trauzettel-Klosinski
# and Dietz, "Standardized assessment of reading performance", IOVS 53, 2012).
WORDS_A_MINUTE = 238
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of a text. Characters are code points; `paragraphs` are lines that are not blank."""

    characters: int = 0
    spaces: int = 0  # of the characters, line ends included
    words: int = 0
    sentences: int = 0
    paragraphs: int = 0

    def __add__(self, other: Statistics) -> Statistics:
        return Statistics(
            self.characters + other.characters,
            self.spaces + other.spaces,
            self.words + other.words,
            self.sentences + other.sentences,
            self.paragraphs + other.paragraphs,
        )

    @property
    def minutes(self) -> float:
        """Return how long it takes to read."""
        return self.words / WORDS_A_MINUTE


def count(text: str) -> Statistics:
    """Return the counts of `text`; those of parts that end with a line add up to those of the whole."""
    lines = [line for line in text.split("\n") if line and not line.isspace()]
    spaces = sum(len(match[0]) for match in _SPACE.finditer(text))
    return Statistics(len(text), spaces, count_words(text), len(sentences(text)), len(lines))
