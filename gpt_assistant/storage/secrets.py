"""Secrets in the system's keyring: a key for a remote server, the key of what is encrypted on this machine.

The keyring is the desktop's (Secret Service on Linux, Keychain, Credential Locker), by the package `keyring`.
A secret is never written anywhere else: where there is no keyring, keeping one fails with a line that says
what to do. Backends that store plain text, or nothing, count as none.

A keyring is another program behind D-Bus. It may be asking the writer for a password, or hang, so every call
has a thread of its own and an end to its waiting. All of this waits: it is not for the window's thread.

The names of the secrets kept, and nothing else of them, are noted in secrets.json, for the list of what lies
on this machine: a keyring cannot be asked what it holds of one program.
"""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from gpt_assistant import paths
from gpt_assistant.storage.errors import FileError, own_bytes
from gpt_assistant.storage.writing import write_atomically
from gpt_assistant.text.told import Told, told

log = logging.getLogger(__name__)

T = TypeVar("T")

SERVICE = "gpt-assistant"
SECONDS = 60.0  # for a writer who is asked for the keyring's password
_QUICK_SECONDS = 5.0
_INDEX = "secrets.json"
_NONE = told("This system has no keyring. Install and start one (GNOME Keyring, KWallet), then try again.")
_LOCKED = told("The keyring is locked. Unlock it, then try again.")
_SILENT = told("The keyring does not answer. Log out and in again, then try again.")
_ABSENT = ("keyring.backends.fail", "keyring.backends.null")


class NoKeyringError(FileError):
    """The keyring is absent, locked or does not answer; `str()` is one line that says what to do."""


def look_up(name: str, seconds: float = SECONDS) -> str:
    """Return the secret `name`, "" if the keyring has none. Raises NoKeyringError."""
    return _asked(lambda backend: backend.get_password(SERVICE, name) or "", seconds)


def read(name: str, seconds: float = SECONDS) -> str:
    """Return the secret `name`, "" if there is none or no keyring to have it; `problem` says which."""
    try:
        return look_up(name, seconds)
    except NoKeyringError as error:
        log.warning("secret not read: %s", error)
        return ""


def keep(name: str, value: str, seconds: float = SECONDS) -> None:
    """Store the secret `name`, and look whether it is there. Raises NoKeyringError: nothing has changed."""

    def store(backend: Any) -> str:
        backend.set_password(SERVICE, name, value)
        return backend.get_password(SERVICE, name) or ""

    if _asked(store, seconds) != value:
        raise NoKeyringError(told("The keyring did not keep the secret. Unlock it, then try again."))
    _note(sorted({*names(), name}))


def forget(name: str, seconds: float = SECONDS) -> None:
    """Delete the secret `name` if it is there. Raises NoKeyringError."""

    def delete(backend: Any) -> None:
        if backend.get_password(SERVICE, name) is not None:
            backend.delete_password(SERVICE, name)

    _asked(delete, seconds)
    _note([other for other in names() if other != name])


def problem(seconds: float = _QUICK_SECONDS) -> str:
    """Return why nothing can be kept secret here, in one line with what to do; "" where there is a keyring.

    A locked one counts as there: only asking it for something would tell, and open its dialog.
    """
    try:
        return _asked(lambda backend: "", seconds)
    except NoKeyringError as error:
        return str(error) if not error.args else error.args[0]


def names() -> tuple[str, ...]:
    """Return the names of the secrets that are kept, sorted; asks no keyring."""
    try:
        stored = json.loads(own_bytes(_index()))
    except (OSError, ValueError, RecursionError):
        return ()
    found = stored.get("names") if isinstance(stored, dict) else None
    return tuple(name for name in found if isinstance(name, str)) if isinstance(found, list) else ()


def _index() -> Path:
    return paths.data_folder() / _INDEX


def _note(kept: list[str]) -> None:
    with contextlib.suppress(OSError):
        if kept:
            write_atomically(_index(), json.dumps({"names": kept}).encode())
        else:
            _index().unlink(missing_ok=True)


def _asked(work: Callable[[Any], T], seconds: float) -> T:
    """Return what `work` gives on the keyring, on a thread that is left alone if it takes too long."""
    answer: list[T] = []
    failed: list[Told] = []

    def run() -> None:
        try:
            answer.append(work(_backend()))
        except NoKeyringError as error:
            failed.append(error.args[0])
        except Exception as error:  # a backend's errors may be anything
            failed.append(_why(error))

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(seconds)
    if answer:
        return answer[0]
    raise NoKeyringError(failed[0] if failed else _SILENT)


def _backend() -> Any:
    try:
        import keyring  # noqa: PLC0415 (a bare server lacks it, and it asks D-Bus when it chooses)
    except ImportError as error:
        raise NoKeyringError(told("Install the package keyring, then try again.")) from error
    found = keyring.get_keyring()
    backends = getattr(found, "backends", None) or [found]  # of a chain
    if all(_keeps_nothing(each) for each in backends):
        raise NoKeyringError(_NONE)
    return found


def _keeps_nothing(backend: object) -> bool:
    """Return whether a backend is no keyring: none at all, or a file in plain text (keyrings.alt)."""
    module, name = type(backend).__module__, type(backend).__name__
    return module.startswith(_ABSENT) or name.startswith("Plaintext")


def _why(error: Exception) -> Told:
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if "KeyringLocked" in kinds or "LockedException" in kinds or "PromptDismissedException" in kinds:
        return _LOCKED
    if kinds & {"NoKeyringError", "InitError", "SecretServiceNotAvailableException"}:
        return _NONE
    log.warning("the keyring failed: %r", error)
    return told("The keyring failed: {why}. Unlock it, then try again.", why=str(error).strip(". ") or "?")
