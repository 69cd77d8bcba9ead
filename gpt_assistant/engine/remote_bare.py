"""A client that does nothing but ask, to measure against what this program adds to a server's own time."""

from __future__ import annotations

import time
from collections.abc import Iterator

from gpt_assistant import connections
from gpt_assistant.engine.messages import Remote
from gpt_assistant.engine.remote import TOP, stored_key
from gpt_assistant.engine.remote_address import parsed
from gpt_assistant.engine.remote_errors import of_trouble
from gpt_assistant.engine.remote_stream import Events, Piece, piece_of
from gpt_assistant.text.told import told


class Bare:
    """The server `remote` with one connection, and no care taken of what may go wrong."""

    def __init__(self, remote: Remote) -> None:
        import httpx2  # noqa: PLC0415 (only to measure)

        self._address, self._model = parsed(remote.address, unencrypted=remote.unencrypted), remote.model
        self._probabilities = True
        key = stored_key(remote)
        self._http = httpx2.Client(headers={"authorization": f"Bearer {key}"} if key else {}, timeout=60)

    def ask(self, prompt: str, tokens: int) -> Iterator[tuple[float, Piece]]:
        """Have the server go on with `prompt`; yield each piece with the seconds since it was asked.

        Raises RemoteFailed.
        """
        import httpx2  # noqa: PLC0415 (as above)

        body = {"model": self._model, "prompt": prompt, "max_tokens": tokens, "temperature": 0}
        body |= {"stream": True, "stop": ["\n"]}
        try:
            found = list(self._once(body | {"logprobs": TOP})) if self._probabilities else []
            if not found:  # some break off when they are asked for what they do not keep
                self._probabilities = False
                found = list(self._once(body))
        except httpx2.HTTPError as error:
            raise of_trouble(error, self._address.place) from error
        yield from found

    def _once(self, body: dict[str, object]) -> Iterator[tuple[float, Piece]]:
        events, place = Events(self._address.place), self._address.place
        began = time.perf_counter()
        with (
            connections.permit(told("measuring {server}", server=place)),
            self._http.stream("POST", f"{self._address.base}/completions", json=body) as reply,
        ):
            for chunk in reply.iter_raw():
                for data in events.feed(chunk):
                    piece = piece_of(data, place)
                    if piece is not None and piece.text:
                        yield time.perf_counter() - began, piece

    def close(self) -> None:
        """Close the connection."""
        self._http.close()
