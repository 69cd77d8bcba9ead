"""How data on this machine is encrypted: the forms, and nothing of where keys are kept (storage/vault.py).

A writer has a pair of keys. The private one lies in the keyring; the public one lies beside the data, so
that unsaved work can be sealed, and later read, while the keyring is locked: writing needs no secret. Of what
is sealed for the public key, each file has a key of its own, agreed with a fresh pair (X25519, RFC 7748;
HKDF-SHA256, RFC 5869), with which it is encrypted by AES-256-GCM (NIST SP 800-38D). That key is used in no
other file, so the number of a part can be its nonce, and none comes twice.

    file   MAGIC, id of the private key (8), public key of the fresh pair (32), parts
    part   length (4), ciphertext and tag; its nonce is its number

What a part is of (the name of the file, and so on) is authenticated with it: parts, and files under another
name, cannot be exchanged. A file may end early, as one does that a kill interrupts: what is whole is read.

Databases are searched, so what is looked up in them keeps being equal to itself: a key becomes a keyed hash
(HMAC-SHA256), a fingerprint of 16 bytes another block (AES), and who has the key reads it again. Contents
there are AES-GCM with random nonces, under a key that is derived from the private one: that is sound for
2^32 contents (SP 800-38D, 8.3), and a history has some 10^4.

What is not hidden: sizes, times, how many files and versions there are.

Measured on two cores: 5 GB/s, 1.4 µs for a record of the journal, 0.13 ms for the key of a file.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import struct
from collections.abc import Iterator
from typing import Any, Protocol

MAGIC = b"GPTA sealed 1\n"
BLOB = b"GPTA\x01"
_LENGTH = struct.Struct("<I")
_ID, _PUBLIC, _NONCE, _TAG = 8, 32, 12, 16
HEADER = len(MAGIC) + _ID + _PUBLIC


class DamagedError(ValueError):
    """What is sealed was changed, cut short, or is not what it is said to be."""


class PrivateKey:
    """The key that opens what is sealed; `text` is how the keyring has it."""

    def __init__(self, text: str = "") -> None:
        """Take the key from the keyring's text, or make one. Raises ValueError for a text that is none."""
        kind = _x25519().X25519PrivateKey
        self._key = kind.from_private_bytes(bytes.fromhex(text)) if text else kind.generate()
        self.text: str = self._key.private_bytes_raw().hex()
        self.public: bytes = self._key.public_key().public_bytes_raw()
        self.id = key_id(self.public)

    def agree(self, other: bytes) -> bytes:
        """Return the key that the pair of the public key `other` has been agreed on."""
        shared = self._key.exchange(_x25519().X25519PublicKey.from_public_bytes(other))
        return _derive(shared, b"file" + other + self.public)

    def derive(self, purpose: bytes) -> bytes:
        """Return 32 bytes that stand for this key in one use of it."""
        return _derive(self._key.private_bytes_raw(), purpose)


def key_id(public: bytes) -> bytes:
    """Return what names a pair of keys."""
    return hashlib.sha256(public).digest()[:_ID]


class Sealer:
    """Seals the parts of one file, for whom `public` belongs to; `about` says what the file is."""

    def __init__(self, public: bytes, about: str) -> None:
        fresh = PrivateKey()
        self.header = MAGIC + key_id(public) + fresh.public
        shared = fresh._key.exchange(_x25519().X25519PublicKey.from_public_bytes(public))
        self._cipher = _aes(_derive(shared, b"file" + fresh.public + public))
        self._about, self._number = self.header + about.encode(), 0

    def part(self, data: bytes) -> bytes:
        """Return the next part, which has `data`."""
        sealed: bytes = self._cipher.encrypt(_counted(self._number), data, self._about)
        self._number += 1
        return _LENGTH.pack(len(sealed)) + sealed


def is_sealed(data: bytes) -> bool:
    """Return whether `data`, or its beginning, is that of a sealed file."""
    return data.startswith(MAGIC)


def sealed_for(data: bytes) -> bytes:
    """Return the id of the private key that opens `data`. Raises DamagedError if it is cut short."""
    if len(data) < HEADER or not is_sealed(data):
        raise DamagedError("not a sealed file")
    return data[len(MAGIC) : len(MAGIC) + _ID]


def seal(data: bytes, about: str, public: bytes) -> bytes:
    """Return `data` as a sealed file of one part."""
    sealer = Sealer(public, about)
    return sealer.header + sealer.part(data)


def unseal(data: bytes, about: str, key: PrivateKey) -> bytes:
    """Return what a sealed file of one part has. Raises DamagedError."""
    parts = list(opened_parts(data, about, key))
    if len(parts) != 1 or HEADER + _LENGTH.size + len(parts[0]) + _TAG != len(data):
        raise DamagedError("a sealed file is damaged")
    return parts[0]


def opened_parts(data: bytes, about: str, key: PrivateKey) -> Iterator[bytes]:
    """Yield the parts of a sealed file, up to the first that is damaged or cut short."""
    sealed_for(data)
    try:
        cipher = _aes(key.agree(data[HEADER - _PUBLIC : HEADER]))
    except ValueError as error:  # no point of the curve
        raise DamagedError("a sealed file is damaged") from error
    place, number, authentic = HEADER, 0, data[:HEADER] + about.encode()
    while len(data) >= place + _LENGTH.size:
        (length,) = _LENGTH.unpack_from(data, place)
        place += _LENGTH.size
        if length < _TAG or len(data) < place + length:
            return
        try:
            yield cipher.decrypt(_counted(number), data[place : place + length], authentic)
        except _invalid_tag():
            return
        place, number = place + length, number + 1


# -- databases -------------------------------------------------------------------------------------


class Cover(Protocol):
    """What a database's texts look like on disk; each method has one that takes it back."""

    def key(self, text: str) -> str:
        """Return what a row is looked up by; `title` has the text itself."""

    def title(self, key: str, title: str) -> str | bytes:
        """Return a row's own key and title in one column."""

    def named(self, key: str, title: str | bytes) -> tuple[str, str]:
        """Return the key and the title of a row. Raises DamagedError."""

    def mark(self, digest: bytes) -> bytes:
        """Return a fingerprint of 16 bytes as the table has it."""

    def unmark(self, mark: bytes) -> bytes:
        """Return the fingerprint that the table has as `mark`."""

    def data(self, data: bytes, about: str) -> bytes:
        """Return contents as the table has them."""

    def plain(self, data: bytes, about: str) -> bytes:
        """Return the contents that the table has as `data`. Raises DamagedError."""


class Open:
    """The cover of a database that is not encrypted: none."""

    def key(self, text: str) -> str:
        """Return `text`."""
        return text

    def title(self, key: str, title: str) -> str | bytes:
        """Return `title`; the key has its own column."""
        return title

    def named(self, key: str, title: str | bytes) -> tuple[str, str]:
        """Return both as they are."""
        if isinstance(title, bytes):
            raise DamagedError("a title is encrypted")
        return key, title

    def mark(self, digest: bytes) -> bytes:
        """Return `digest`."""
        return digest

    def unmark(self, mark: bytes) -> bytes:
        """Return `mark`."""
        return mark

    def data(self, data: bytes, about: str) -> bytes:
        """Return `data`."""
        return data

    def plain(self, data: bytes, about: str) -> bytes:
        """Return `data`."""
        if is_blob(data):
            raise DamagedError("contents are encrypted")
        return data


class Covered:
    """The cover of a database that is encrypted for `key`; `purpose` tells databases apart."""

    def __init__(self, key: PrivateKey, purpose: str) -> None:
        name = purpose.encode()
        self._names = key.derive(b"names of " + name)
        self._cipher = _aes(key.derive(b"contents of " + name))
        self._marks = key.derive(b"marks of " + name)

    def key(self, text: str) -> str:
        """Return a keyed hash of `text`."""
        return hmac.new(self._names, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def title(self, key: str, title: str) -> str | bytes:
        """Return key and title, sealed."""
        return self.data(json.dumps([key, title]).encode(), f"title {self.key(key)}")

    def named(self, key: str, title: str | bytes) -> tuple[str, str]:
        """Return what `title` has; it must be that of the row of `key`."""
        if not isinstance(title, bytes):
            raise DamagedError("a title is not encrypted")
        own, shown = json.loads(self.plain(title, f"title {key}"))
        return str(own), str(shown)

    def mark(self, digest: bytes) -> bytes:
        """Return `digest` as one block of AES, the same for the same one."""
        return _block(self._marks, digest, decrypt=False)

    def unmark(self, mark: bytes) -> bytes:
        """Return the fingerprint of a block."""
        return _block(self._marks, mark, decrypt=True)

    def data(self, data: bytes, about: str) -> bytes:
        """Return `data` sealed, with `about` authenticated."""
        nonce = os.urandom(_NONCE)
        sealed: bytes = self._cipher.encrypt(nonce, data, about.encode())
        return BLOB + nonce + sealed

    def plain(self, data: bytes, about: str) -> bytes:
        """Return what was sealed with this `about`."""
        at = len(BLOB)
        try:
            if not is_blob(data):
                raise DamagedError("contents are not encrypted")
            opened: bytes = self._cipher.decrypt(data[at : at + _NONCE], data[at + _NONCE :], about.encode())
        except (_invalid_tag(), ValueError) as error:
            raise DamagedError("sealed contents are damaged") from error
        return opened

    def line(self, data: bytes, about: str) -> str:
        """Return `data` sealed as a line of text."""
        return base64.b64encode(self.data(data, about)).decode()

    def of_line(self, line: str, about: str) -> bytes:
        """Return what a sealed line has. Raises DamagedError."""
        try:
            return self.plain(base64.b64decode(line, validate=True), about)
        except ValueError as error:
            raise DamagedError("a sealed line is damaged") from error


OPEN = Open()


def mark_text(cover: Cover, digest: str) -> str:
    """Return a fingerprint in hexadecimal as the table has it; "" stays what it is."""
    return digest if cover is OPEN or not digest else cover.mark(bytes.fromhex(digest)).hex()


def unmark_text(cover: Cover, mark: str) -> str:
    """Return the fingerprint in hexadecimal that the table has as `mark`."""
    return mark if cover is OPEN or not mark else cover.unmark(bytes.fromhex(mark)).hex()


def is_blob(data: bytes) -> bool:
    """Return whether contents of a database are sealed."""
    return data.startswith(BLOB)


# -- cryptography, which a bare server lacks --------------------------------------------------------


def _counted(number: int) -> bytes:
    return number.to_bytes(_NONCE, "big")


def _x25519() -> Any:
    from cryptography.hazmat.primitives.asymmetric import x25519  # noqa: PLC0415

    return x25519


def _aes(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    return AESGCM(key)


def _invalid_tag() -> type[Exception]:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415

    return InvalidTag


def _derive(secret: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    return HKDF(SHA256(), 32, None, b"gpt-assistant 1 " + purpose).derive(secret)


def _block(key: bytes, block: bytes, decrypt: bool) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes  # noqa: PLC0415

    if len(block) != 16:
        raise DamagedError("a fingerprint is not of 16 bytes")
    # One block, which is itself a hash: the mode that hides no repetition is what is wanted here.
    cipher = Cipher(algorithms.AES(key), modes.ECB())
    done = cipher.decryptor() if decrypt else cipher.encryptor()
    return done.update(block) + done.finalize()
