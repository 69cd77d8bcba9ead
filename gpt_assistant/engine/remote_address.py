"""The address of a server, as a person writes it, and whether text may be sent there.

Text goes over the network encrypted. Without encryption it goes to this machine alone, or where the
writer has said so: in a network of her own, to a server that has no certificate.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from gpt_assistant.engine.remote_errors import RemoteFailed
from gpt_assistant.text.told import told

_ENDS = ("/chat/completions", "/completions", "/models")
_EXAMPLE = "https://server.example:8000/v1"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is: `base` is what its paths are added to, `host` and `port` what is connected to."""

    base: str
    host: str
    port: int
    secure: bool

    @property
    def origin(self) -> str:
        """Return scheme, host and port: what a key is kept for, so that no other server ever gets it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.secure else 'http'}://{host}:{self.port}"

    @property
    def place(self) -> str:
        """Return the host, with its port where that is not the usual one."""
        return self.host if self.port in (80, 443) else f"{self.host}:{self.port}"


def parsed(text: str, *, unencrypted: bool = False) -> Address:
    """Return the address that `text` is, "/v1" added where it has no path.

    Raises RemoteFailed, with what to do, for what is none, and for one without encryption that is not
    this machine's unless `unencrypted` allows it.
    """
    given = text.strip()
    if not given:
        raise RemoteFailed(
            told("No server is named. Enter its address, such as {example}.", example=_EXAMPLE)
        )
    if "://" not in given:
        given = f"{'http' if is_loopback(_host_of(given)) else 'https'}://{given}"
    try:
        parts = urlsplit(given)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise RemoteFailed(_wrong(text)) from None
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
        raise RemoteFailed(_wrong(text))
    if parts.username is not None:
        raise RemoteFailed(told("The address has a name or password in it. Enter a key in the key's field."))
    secure = parts.scheme == "https"
    if not (secure or unencrypted or is_loopback(host)):
        raise RemoteFailed(
            told(
                "{host} would get your text unencrypted. Use https://, or allow it in the settings.",
                host=host,
            )
        )
    path = parts.path.rstrip("/")
    for end in _ENDS:
        path = path.removesuffix(end)
    return Address(f"{parts.scheme}://{parts.netloc}{path or '/v1'}", host, port, secure)


def is_loopback(host: str) -> bool:
    """Return whether `host` is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _host_of(given: str) -> str:
    try:
        return urlsplit(f"//{given}").hostname or ""
    except ValueError:
        return ""


def _wrong(text: str) -> str:
    return told(
        "{address} is no address of a server. It looks like {example}.", address=text, example=_EXAMPLE
    )
