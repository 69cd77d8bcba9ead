"""A summary as it is shown: sentences in lines or paragraphs, and where each comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gpt_assistant.engine.messages import Length, Passage

_CLOSED = (".", "!", "?", "…", "。", "！", "？", '"', "”", ")", ":")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a summary with its place in the source; `section` and `speaker` are that place's."""

    text: str
    start: int
    end: int
    section: int = 0
    speaker: str = ""


def laid_out(lines: Sequence[Line], length: Length) -> tuple[str, tuple[Passage, ...]]:
    """Return the text of a summary and the passages of its sentences.

    Bullets stand in lines of their own; so does what another speaker says, with the name before it. A long
    summary begins a paragraph for another section.
    """
    text, passages = "", []
    before: Line | None = None
    for line in lines:
        lead = _lead(before, line, length)
        shown = closed(line.text)
        start = len(text) + len(lead)
        text += lead + shown
        passages.append(Passage(start, len(text), line.start, line.end))
        before = line
    return text, tuple(passages)


def _lead(before: Line | None, line: Line, length: Length) -> str:
    """Return what stands before a sentence."""
    another = before is None or before.speaker != line.speaker
    name = f"{line.speaker}: " if line.speaker and (another or length is Length.BULLETS) else ""
    if length is Length.BULLETS:
        return f"{chr(10) if before else ''}- {name}"
    if before is None:
        return name
    if length is Length.LONG and before.section != line.section and not line.speaker:
        return f"\n\n{name}"
    return f"\n{name}" if another else " "


def closed(text: str) -> str:
    """Return `text` with a full stop if nothing ends it."""
    text = text.rstrip(" ,;–—-")
    return text if text.endswith(_CLOSED) else f"{text}."
