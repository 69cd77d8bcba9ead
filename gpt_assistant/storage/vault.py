"""Whether what the program keeps of the writer's text is encrypted, and with which key (storage/sealing.py).

The private key lies in the keyring, under the id of its pair; sealing.json beside the data has the public one
and how far an encryption has come. Every file is read by what it is, sealed or not: so one may be converted
after the other, and a kill in the midst of it leaves nothing that cannot be read (storage/converting.py).

The keyring may be locked, or the key gone from it. Then what is sealed is not read, and never written over:
`write` refuses. Unsaved work goes on being sealed for the public key, which needs no keyring. Where the
keyring is open and has lost the key, a new pair is made at once, so that what is written from then on can be
read again; what the old key has sealed stays as it is, in case that key comes back.

Asking the keyring waits for another program, and perhaps for the writer. In the window's process nobody does
(`set_patience`) but the one thread that fetches the key (ui/encryption.py): the others get what is known.
What could not be read then is not written over later either, when the key is there, before it has been read.
"""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gpt_assistant.storage import sealing, secrets
from gpt_assistant.storage.errors import FileError, own_bytes, refuse_special
from gpt_assistant.storage.sealing import OPEN, Cover, Covered, DamagedError, PrivateKey
from gpt_assistant.storage.writing import sync_folder, write_atomically
from gpt_assistant.text.told import said, told

log = logging.getLogger(__name__)

NAME = "sealing.json"
OFF, SEALING, SEALED, OPENING = "", "sealing", "sealed", "opening"
_WRITER_SECONDS = 600.0  # for who is asked for a password, and is elsewhere


_GONE = told(
    "The key to what is encrypted here is gone from the keyring. Bring the keyring back, and it is"
    " read again; it stays as it is. New work is encrypted with a new key."
)


class SealedError(FileError):
    """It is encrypted, and the key is not to be had now; `str()` is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class State:
    """What sealing.json says: how far things are, and for whom new data is sealed (b"" for nobody)."""

    mode: str = OFF
    public: bytes = b""

    @property
    def seals(self) -> bool:
        """Return whether what is written now is to be sealed."""
        return self.mode in (SEALING, SEALED) and bool(self.public)


class Vault:
    """What is known of the keys of one folder of data; for any thread. See `of`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._stamp: tuple[int, ...] = (-1,)
        self._state = State()
        self._keys: dict[bytes, PrivateKey] = {}
        self._unread: set[Path] = set()
        self._problems: dict[bytes, str] = {}  # why a key is not to be had; not asked for again by itself

    # -- the state ---------------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """Return what holds now; another process may have changed it."""
        try:
            status = (self.folder / NAME).stat()
            stamp: tuple[int, ...] = (status.st_mtime_ns, status.st_size, status.st_ino)
        except OSError:
            stamp = ()
        if stamp != self._stamp:
            self._stamp, self._state = stamp, self._read() if stamp else State()
            self._problems = {}
        return self._state

    @property
    def seals(self) -> bool:
        """Return whether what is written now is to be sealed."""
        return self.state.seals

    def _read(self) -> State:
        try:
            stored = json.loads(own_bytes(self.folder / NAME))
            return State(str(stored["mode"]), bytes.fromhex(stored["public"]))
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            log.warning("the state of the encryption is not known, %s: %s", NAME, error)
            return State()

    def _store(self, state: State) -> None:
        values = {"version": 1, "mode": state.mode, "public": state.public.hex()}
        write_atomically(self.folder / NAME, json.dumps(values).encode())

    def set_mode(self, mode: str) -> None:
        """Note how far things are. Raises OSError."""
        if self.state.mode != mode:
            self._store(replace(self.state, mode=mode))

    # -- keys --------------------------------------------------------------------------------------

    def turn_on(self) -> None:
        """Seal what is written from now on. Waits for the keyring. Raises OSError: nothing has changed."""
        state = self.state
        if state.seals:
            return
        if state.public and self._known(sealing.key_id(state.public), _WRITER_SECONDS) is not None:
            self.set_mode(SEALING)
        else:
            self._renew(SEALING)

    def turn_off(self) -> None:
        """Seal nothing more. Raises SealedError if the key is not there, for what is sealed needs it."""
        if self.state.public:
            identity = sealing.key_id(self.state.public)
            if self._known(identity, _WRITER_SECONDS) is None:
                raise SealedError(self._why(identity))
            self.set_mode(OPENING)

    def forget(self) -> None:
        """Delete the key: nothing is sealed with it any more. Raises OSError."""
        public = self.state.public
        (self.folder / NAME).unlink(missing_ok=True)
        sync_folder(self.folder)
        if public:
            secrets.forget(_secret(sealing.key_id(public)))

    def fetch(self, others: Iterable[str] = ()) -> str:
        """Ask the keyring for the key, waiting for the writer; returns "", or why it is not there, one line.

        Where the keyring has no such key a new one is made, and the line says so. `others` are ids (hex) of
        earlier keys that something is still sealed for; one that is back is taken.
        """
        public = self.state.public
        if not public:
            return ""
        self._problems = {}
        identity = sealing.key_id(public)
        if self._known(identity, _WRITER_SECONDS) is None:
            if identity in self._problems:
                return self._problems[identity]
            try:
                self._renew(self.state.mode)
            except OSError as error:
                return said(error)
            return _GONE
        found = [self._known(bytes.fromhex(other), _WRITER_SECONDS) for other in others]
        return "" if all(found) else _GONE

    def texts(self) -> tuple[str, ...]:
        """Return the keys that are known, as the keyring has them, for a process that may not ask it."""
        return tuple(key.text for key in list(self._keys.values()))

    def take(self, texts: tuple[str, ...]) -> None:
        """Take keys that another process has got. Raises ValueError for a text that is none."""
        self._keys |= {key.id: key for key in map(PrivateKey, texts)}

    def key(self, identity: bytes) -> PrivateKey:
        """Return the key of this id. Raises SealedError if it is not there; see `set_patience`."""
        found = self._known(identity, _patience[0])
        if found is None:
            raise SealedError(self._why(identity))
        return found

    def _why(self, identity: bytes) -> str:
        return self._problems.get(identity) or told("The key is not in the keyring.")

    @property
    def waiting(self) -> bool:
        """Return whether a thread is waiting for the keyring."""
        return self._lock.locked()

    def _known(self, identity: bytes, seconds: float) -> PrivateKey | None:
        """Return the key, None if the keyring has none or does not answer; `_problems` tells these apart."""
        _ = self.state  # what failed is forgotten when another process has got on
        if (found := self._keys.get(identity)) is not None or identity in self._problems:
            return found
        if not seconds:  # not even for the lock: who has it may be waiting for the writer
            raise SealedError(told("The keyring has not answered yet. Try again in a moment."))
        with self._lock:
            if identity not in self._keys and identity not in self._problems:
                self._ask(identity, seconds)
        return self._keys.get(identity)

    def _ask(self, identity: bytes, seconds: float) -> None:
        try:
            if text := secrets.look_up(_secret(identity), seconds):
                self._keys[identity] = PrivateKey(text)
        except OSError as error:
            self._problems[identity] = said(error)
        except ValueError:
            self._problems[identity] = told("The key in the keyring is damaged. Bring the old keyring back.")

    def _renew(self, mode: str) -> None:
        made = PrivateKey()
        secrets.keep(_secret(made.id), made.text)
        self._keys[made.id] = made
        self._store(State(mode, made.public))

    # -- files -------------------------------------------------------------------------------------

    def read(self, path: Path) -> bytes:
        """Return the contents of a file of ours, sealed or not.

        Raises OSError, SealedError where the key is not to be had. One that was tampered with is put aside,
        and is a DamagedError.
        """
        data = own_bytes(path)
        if not sealing.is_sealed(data):
            return data
        self._unread.add(path)
        try:
            data = sealing.unseal(data, path.name, self.key(sealing.sealed_for(data)))
            self._unread.discard(path)
            return data
        except DamagedError:
            self._unread.discard(path)
            with contextlib.suppress(OSError):
                path.replace(path.with_name(f"{path.name}.damaged-{time.time_ns()}"))
            raise

    def write(self, path: Path, *data: bytes) -> None:
        """Replace a file of ours, all or nothing. Raises OSError, one line.

        Raises SealedError, and leaves the file as it is, where that is sealed and cannot be read.
        """
        self.refuse_unread(path)
        if (state := self.state).seals:
            data = (sealing.seal(b"".join(data), path.name, state.public),)
        write_atomically(path, *data)

    def refuse_unread(self, path: Path) -> None:
        """Raise SealedError if the file is sealed and its key is not there: it would be lost."""
        try:
            refuse_special(path)
            with path.open("rb") as file:
                start = file.read(sealing.HEADER)
        except OSError:
            return
        if sealing.is_sealed(start) and len(start) == sealing.HEADER:
            self.key(sealing.sealed_for(start))
            if path in self._unread:
                raise SealedError(
                    told("{name} could not be read yet. Try again in a moment.", name=path.name)
                )

    def is_unread(self, path: Path) -> bool:
        """Return whether the file was sealed, and could not be read when it was last asked for."""
        return path in self._unread

    # -- databases ---------------------------------------------------------------------------------

    def cover(self, key: str, purpose: str) -> Cover:
        """Return the cover of a database that is sealed for the key of this id (hex), "" for none."""
        if not key:
            return OPEN
        return _covered(self.key(bytes.fromhex(key)), purpose)

    @property
    def current(self) -> str:
        """Return the id (hex) of the key that new data is sealed for, "" if it is not sealed."""
        state = self.state
        return sealing.key_id(state.public).hex() if state.seals else ""


@functools.lru_cache(maxsize=16)
def _covered(key: PrivateKey, purpose: str) -> Covered:
    return Covered(key, purpose)


def of(folder: Path) -> Vault:
    """Return the vault of a folder of data: one for each in this process."""
    return _of(str(folder))


@functools.lru_cache(maxsize=64)
def _of(folder: str) -> Vault:
    return Vault(Path(folder))


def read(path: Path) -> bytes:
    """Return the contents of a file of ours; see `Vault.read`."""
    return of(path.parent).read(path)


def read_json(path: Path) -> Any:
    """Return what a file of ours in JSON says. Raises OSError, ValueError if it is damaged."""
    try:
        return json.loads(read(path))
    except RecursionError as error:
        raise ValueError("nested without end") from error


def write(path: Path, *data: bytes) -> None:
    """Replace a file of ours, all or nothing; see `Vault.write`."""
    of(path.parent).write(path, *data)


def _secret(identity: bytes) -> str:
    return f"data-key-{identity.hex()}"


# -- how long to wait --------------------------------------------------------------------------------

_patience = [secrets.SECONDS]  # of this process, like the keyring's answer itself


def set_patience(seconds: float) -> None:
    """Let who needs a key in this process wait so long for the keyring; 0 takes what is known already."""
    _patience[0] = seconds
