"""Bytes that are no text, kept in a text: each is shown as one sign and written back as the same byte.

A file with a few bytes that its encoding does not know must still open for editing, and must come back
unchanged around the edit. Python's own way, lone surrogates ("surrogateescape"), does not survive a
round trip through a QString in PySide (measured: U+DC80 comes back as nothing), and tokenizers, JSON and
the accessibility bus refuse it. So a byte b becomes the private character U+10FE00 + b, valid everywhere;
no font draws it, so it is seen as a box. A file that has such a character itself, or one that a Qt
document would change (U+2029, U+FDD0, U+FDD1) or that this program puts into texts (see `longlines`), is
read with the character's own bytes in this form: so nothing is ever ambiguous.
"""

from __future__ import annotations

import codecs
import re

from gpt_assistant.text.longlines import MARK

_FIRST = 0x10FE00
HANDLER = "gpt_assistant.standins"  # the name of the error handler, for `bytes.decode` and the like

_RUN = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + 0xFF)}]+")
_BAD = 0xDC00  # no decoder yields these: what is in a text that was just decoded is a byte of no text
_RESERVED_SIGNS = ("\u2029", "\ufdd0", "\ufdd1", MARK)
_RESERVED = re.compile(f"[{''.join(_RESERVED_SIGNS)}\udc00-\udcff{chr(_FIRST)}-{chr(_FIRST + 0xFF)}]")
_HALF = chr(_FIRST).encode("utf-16-le")[:2]  # what every stand-in begins with in UTF-16


def stand_in(data: bytes) -> str:
    """Return one character for each byte of `data`."""
    return "".join(chr(_FIRST + byte) for byte in data)


def finished(text: str, encoding: str) -> str:
    """Return a text decoded with HANDLER, with stand-ins for what is no text or has a meaning here.

    It is `text` itself, the same object, if there is nothing of the kind.
    """
    if not (may_hold_any(text) or any(sign in text for sign in _RESERVED_SIGNS)):
        return text

    def replaced(match: re.Match[str]) -> str:
        code = ord(match[0])
        if _BAD <= code <= _BAD + 0xFF:
            return chr(_FIRST + code - _BAD)
        return stand_in(match[0].encode(encoding))

    return _RESERVED.sub(replaced, text)


def may_hold_any(text: str) -> bool:
    """Return whether `text` may hold a stand-in: certain if False, and then a hundred times as fast to say.

    (A regular expression takes 0.1 s for a million characters that are not ASCII.)
    """
    if text.isascii():
        return False
    try:
        return _HALF in text.encode("utf-16-le")
    except UnicodeEncodeError:  # lone surrogates: just decoded, with errors
        return True


def first_stand_in(text: str) -> int:
    """Return the index of the first stand-in, -1 if there is none."""
    found = _RUN.search(text) if may_hold_any(text) else None
    return found.start() if found else -1


def count_stand_ins(text: str) -> int:
    """Return how many bytes of no text `text` holds."""
    return sum(len(run) for run in _RUN.findall(text)) if may_hold_any(text) else 0


def encode(text: str, encoding: str) -> bytes:
    """Return the bytes of `text`, those behind stand-ins as they were. Raises UnicodeEncodeError.

    The error's `start` is an index into `text`.
    """
    if not may_hold_any(text):
        return text.encode(encoding)
    parts, place = [], 0
    for run in _RUN.finditer(text):
        parts += [_encode_part(text, place, run.start(), encoding), _bytes_of(run[0])]
        place = run.end()
    parts.append(_encode_part(text, place, len(text), encoding))
    return b"".join(parts)


def _encode_part(text: str, start: int, end: int, encoding: str) -> bytes:
    try:
        return text[start:end].encode(encoding)
    except UnicodeEncodeError as error:
        raise UnicodeEncodeError(
            encoding, text, start + error.start, start + error.end, error.reason
        ) from error


def _bytes_of(run: str) -> bytes:
    return bytes(ord(character) - _FIRST for character in run)


def _on_error(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(_BAD + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(HANDLER, _on_error)
