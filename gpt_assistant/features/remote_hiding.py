"""What a server gets to read of a text: all of it, or with placeholders for names, numbers and the like."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gpt_assistant.engine.remote_errors import RemoteFailed
from gpt_assistant.engine.remote_stream import Piece, Token
from gpt_assistant.settings import Settings
from gpt_assistant.storage.masked_words import masked_words
from gpt_assistant.text.masked import Masked, Restorer
from gpt_assistant.text.told import told

# At the end of a text: a number in groups, an IBAN too, or an address of the net.
_NUMBER_BEGUN = re.compile(r"(?<![\w.,])[+(]{0,2}[A-Z]{0,2}\d[A-Z\d .()/-]{0,60}\Z")
_ADDRESS_BEGUN = re.compile(r"\S{0,200}(?:@|://|www\.)\S{0,500}\Z")
_LEAST_DIGITS = 5  # a year has four
_BETWEEN = "\n\n\u2042\n\n"  # an asterism: what is hidden in one text has the same placeholder in another


@dataclass(frozen=True, slots=True)
class Hidden:
    """The texts as the server gets them."""

    texts: tuple[str, ...]
    _masked: Masked | None = None

    def restored(self, answer: str) -> str:
        """Return a whole answer with what was hidden put back."""
        return self._masked.restore(answer) if self._masked is not None else answer

    def restorer(self) -> Putting:
        """Return what puts back what was hidden in an answer that is still being written."""
        return Putting(self._masked)


class Putting:
    """Puts back in a stream what was hidden; see masking.Restorer."""

    def __init__(self, masked: Masked | None) -> None:
        self._tokens: list[Token] = []
        self._restorer: Restorer | None = None
        if masked is not None and masked.entities:
            self._restorer = Restorer(masked)

    def feed(self, text: str) -> str:
        """Return what is sure by now of an answer that goes on with `text`."""
        return self._restorer.feed(text) if self._restorer is not None else text

    def end(self) -> str:
        """Return what was held back."""
        return self._restorer.end() if self._restorer is not None else ""

    def pieces(self, piece: Piece) -> Iterator[Piece]:
        """Yield what is sure by now as pieces; the tokens of a placeholder become one."""
        if self._restorer is None:
            yield piece
            return
        self._tokens += piece.tokens
        text = self.feed(piece.text) + (self.end() if piece.finished else "")
        if not text and not piece.finished:
            return
        tokens, self._tokens = tuple(self._tokens), []
        if tokens and "".join(token.text for token in tokens) != text:
            log_p = math.fsum(token.log_p for token in tokens)
            tokens = (Token(text, log_p, tokens[0].top),)
        yield Piece(text, tokens, piece.finished)


def hide(texts: tuple[str, ...], choice: Settings | None) -> Hidden:
    """Return `texts` as they may be sent: without what is personal in them, as `choice` says.

    For None they are as they were. Raises RemoteFailed if that cannot be done: then nothing is sent.
    """
    if choice is None:
        return Hidden(texts)
    try:
        masked = _masked(_BETWEEN.join(texts), choice, _changed())
        shown = tuple(masked.text.split(_BETWEEN))
    except Exception as error:  # whatever it is, the text must not go out as it stands
        raise RemoteFailed(told("Names could not be hidden, so nothing was sent to the server.")) from error
    if len(shown) != len(texts):
        raise RemoteFailed(told("Names could not be hidden, so nothing was sent to the server."))
    return Hidden(shown, masked)


def unfinished(text: str) -> bool:
    """Return whether `text` ends in a number or address that is still being typed, so that half of it shows.

    No check digit can tell half of an IBAN, and no pattern half of an e-mail address.
    """
    number = _NUMBER_BEGUN.search(text[-80:])
    if number is not None and sum(map(str.isdigit, number[0])) >= _LEAST_DIGITS:
        return True
    return _ADDRESS_BEGUN.search(text[-700:]) is not None


@lru_cache(maxsize=4)
def _masked(text: str, choice: Settings, _changed: int) -> Masked:
    """Return `text` masked; the same text comes again with every letter of a word."""
    from gpt_assistant.features.masking import mask  # noqa: PLC0415 (compiles its patterns: 0.2 s)
    from gpt_assistant.features.masking_choice import options_of  # noqa: PLC0415 (as above)

    return mask(text, options_of(choice))


def _changed() -> int:
    """Return when the words that the writer always or never wants hidden were changed."""
    try:
        return masked_words().path.stat().st_mtime_ns
    except OSError:
        return 0
