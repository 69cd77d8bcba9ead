"""Texts written by a server: what summaries, rewritings and translations ask of it.

The features tell it what they tell a model here, and hold its answers against the same checks. Where it
fails, RemoteFailed ends what was asked, and the feature goes on with the model on this machine.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence

from gpt_assistant.engine.remote import RemoteEngine
from gpt_assistant.engine.remote_asking import pieces_of
from gpt_assistant.engine.remote_errors import RemoteFailed
from gpt_assistant.engine.remote_stream import Piece
from gpt_assistant.engine.resolving import Waiting
from gpt_assistant.features.remote_hiding import Hidden, hide
from gpt_assistant.text.told import said, told

_CHARACTERS_A_TOKEN = 3  # few, so that nothing is cut off in another language or alphabet


def cost(text: str) -> int:
    """Return about how many tokens `text` has for a server whose vocabulary is not known."""
    return len(text) // _CHARACTERS_A_TOKEN + 1


class RemoteAuthor:
    """Has the server of `remote` write."""

    def __init__(self, remote: RemoteEngine) -> None:
        self._remote, self._changes = remote, remote.changes

    @property
    def name(self) -> str:
        """Return what the server is called."""
        return self._remote.name

    def hide(self, *texts: str) -> Hidden:
        """Return `texts` as they may be sent; all that go into one answer are to be hidden together."""
        remote = self._remote.remote
        if remote is None or self._changed:
            raise RemoteFailed(told("The server is no longer in use."))
        return hide(texts, remote.mask)

    def answer(
        self,
        messages: Sequence[Mapping[str, str]],
        hidden: Hidden,
        max_tokens: int,
        *,
        stop: Sequence[str] = (),
        temperature: float = 0.0,
        seed: int = 0,
    ) -> Generator[str | Waiting, None, str]:
        """Return the answer to `messages`, with what was `hidden` in them put back; yields it as it comes.

        Raises RemoteFailed.
        """
        if self._changed:  # what was hidden from the one before may be less than this one is not to read
            raise RemoteFailed(told("The server is no longer in use."))
        if not self._remote.writes():
            raise RemoteFailed(self._remote.problem or told("The server is no longer in use."))
        exchange = self._remote.chat(messages, max_tokens, stop=stop, temperature=temperature, seed=seed)
        try:
            return (yield from self._written(pieces_of(exchange), hidden))
        except RemoteFailed as error:
            if not self._changed:
                self._remote.failed(error)
            raise

    @property
    def _changed(self) -> bool:
        return self._remote.changes != self._changes

    def _written(
        self, pieces: Generator[Piece | Waiting, None, None], hidden: Hidden
    ) -> Generator[str | Waiting, None, str]:
        putting, text = hidden.restorer(), ""
        for piece in pieces:
            if isinstance(piece, Waiting):
                yield piece
                continue
            if not text and not self._changed:
                self._remote.succeeded()
            part = putting.feed(piece.text)
            text += part
            yield part
        return text + putting.end()


def author(remote: RemoteEngine | None) -> RemoteAuthor | None:
    """Return who writes texts in place of the model here, or None where that one does."""
    return RemoteAuthor(remote) if remote is not None and remote.writes() else None


def instead(error: RemoteFailed) -> str:
    """Return the note on a text that the model here has written because the server failed."""
    return told("{problem} The model on this machine wrote this.", problem=said(error))
