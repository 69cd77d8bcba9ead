"""Bytes to text, in parts, with nothing lost: the encoding, the line ends, and what is no text at all.

A byte-order mark decides; then UTF-8; then UTF-16 without a mark; then detection among the encodings that
people really have. Whatever is chosen must give the same bytes back when encoded. Where no encoding does,
the file is taken for UTF-8 with bytes in it that are no text (`text/standins.py`).

Everything goes in parts of PART bytes, here and in encoding: Python holds its lock while it decodes, and a
window whose thread waits for it stands still (measured: 0.35 s for 100 MB of Windows-1252 at a time, 4 ms
in parts). That is why a whole text is looked at several times and never copied at once.
"""

from __future__ import annotations

import codecs
import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from gpt_assistant.storage.detection import detect
from gpt_assistant.text import standins

PART = 1 << 19  # bytes

# Longest marks first: the UTF-32 mark begins with the UTF-16 one.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
Step = Callable[[float], None]


@dataclass
class Decoded:
    """A text in parts, with "\\n" line ends, and what it takes to write the same bytes again."""

    encoding: str
    bom: bool
    parts: list[str] = field(default_factory=list)
    newline: str = "\n"
    mixed: bool = False  # had several kinds of line end; `newline` is the most frequent
    bad_bytes: int = 0  # how many bytes are no text in this encoding
    bad_line: int = 0  # the line of the first of them, from 1


def decode_parts(data: bytes, step: Step = lambda _done: None) -> Decoded:
    """Return the text of `data`. `step` is called with 0…1 between parts, and may raise to stop it."""
    found = _recognised(data, lambda done: step(done / 2))
    for number, part in enumerate(found.parts):
        step((1 + number / len(found.parts)) / 2)
        found.parts[number] = _finished(found, number, part)
    _settle_newlines(found, step)
    return found


def _recognised(data: bytes, step: Step) -> Decoded:
    """Return `data` decoded in the encoding that gives it back, or with marks for bytes of no text."""
    marks = [(sign, encoding) for sign, encoding in BYTE_ORDER_MARKS if data.startswith(sign)]
    for sign, encoding in marks:
        if (parts := _strict(data, len(sign), encoding, step)) is not None:
            return Decoded(encoding, True, parts)
    if not marks:
        for encoding in _candidates(data):
            if (parts := _strict(data, 0, encoding, step)) is not None:
                return Decoded(encoding, False, parts)
    sign, encoding = marks[-1] if marks else (b"", "utf-8")
    decoder = codecs.getincrementaldecoder(encoding)(standins.HANDLER)
    return Decoded(encoding, bool(sign), list(_decoded(data, len(sign), decoder, step)))


def _strict(data: bytes, start: int, encoding: str, step: Step) -> list[str] | None:
    """Return `data` from `start` on in parts; None if it is not valid, or does not come back when encoded."""
    place, parts = start, []
    with contextlib.suppress(UnicodeError, LookupError):
        for part in _decoded(data, start, codecs.getincrementaldecoder(encoding)(), step):
            parts.append(part)
            if encoding != "utf-8":
                again = part.encode(encoding)
                if data[place : place + len(again)] != again:
                    return None
                place += len(again)
        return parts if encoding == "utf-8" or place == len(data) else None
    return None


def _decoded(data: bytes, start: int, decoder: codecs.IncrementalDecoder, step: Step) -> Iterator[str]:
    for at in range(start, len(data) + 1, PART):
        step(at / (len(data) + 1))
        yield decoder.decode(data[at : at + PART], at + PART > len(data))


def _candidates(data: bytes) -> Iterator[str]:
    """Yield encodings to try, the likeliest first; lazily, since detection is slow."""
    if b"\0" in data[:4096]:
        if guessed := utf16_without_mark(data):
            yield guessed
        yield "utf-8"
        return
    yield "utf-8"
    if _is_damaged_utf8(data):
        return
    yield from detect(data)


def utf16_without_mark(data: bytes) -> str:
    """Return the kind of UTF-16 that `data` seems to be, from the zeros in it; "" if it does not."""
    head = data[:4096]
    low, high = head[0::2].count(0), head[1::2].count(0)
    if len(data) % 2 or max(low, high) < len(head) // 5 or min(low, high) > len(head) // 50:
        return ""
    return "utf-16-le" if high > low else "utf-16-be"


def _is_damaged_utf8(data: bytes) -> bool:
    """Return whether `data` is UTF-8 with a few bad bytes, rather than another encoding."""
    text = data[:1_000_000].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - bad
    return good > 2 * bad


def _finished(found: Decoded, number: int, part: str) -> str:
    """Return part `number` with stand-ins where they are needed, having counted them."""
    text = standins.finished(part, found.encoding)
    if text is not part:
        if not found.bad_bytes:
            before = sum(earlier.count("\n") for earlier in found.parts[:number])
            found.bad_line = before + text.count("\n", 0, standins.first_stand_in(text)) + 1
        found.bad_bytes += standins.count_stand_ins(text)
    return text


def _settle_newlines(found: Decoded, step: Step) -> None:
    """Normalise line ends to "\\n" and remember the most frequent kind.

    In a file with bytes of no text, which may be anything, nothing is made the same: a "\\r" that is not
    part of a common line end is a byte like the others.
    """
    if not any("\r" in part for part in found.parts):
        return
    _move_returns(found.parts)
    both = sum(part.count("\r\n") for part in found.parts)
    counts = {
        "\r\n": both,
        "\n": sum(part.count("\n") for part in found.parts) - both,
        "\r": sum(part.count("\r") for part in found.parts) - both,
    }
    found.newline = max(counts, key=lambda kind: counts[kind])
    found.mixed = sum(1 for count in counts.values() if count) > 1
    returned = standins.stand_in("\r".encode(found.encoding)) if found.mixed and found.bad_bytes else "\n"
    if returned != "\n":
        found.newline, found.mixed = "\n", False
        found.bad_bytes += counts["\r"] + both
    for number, part in enumerate(found.parts):
        step(number / len(found.parts))
        if "\r" in part:
            text = part.replace("\r\n", "\n") if returned == "\n" else part
            found.parts[number] = text.replace("\r", returned)


def _move_returns(parts: list[str]) -> None:
    """Let no part end between "\\r" and "\\n"."""
    for number in range(len(parts) - 1):
        if parts[number].endswith("\r"):
            parts[number] = parts[number][:-1]
            parts[number + 1] = "\r" + parts[number + 1]
