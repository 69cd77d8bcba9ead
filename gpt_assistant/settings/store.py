"""The settings file, and who is told of changes.

The file is shared: another window, the command line or the writer with an editor may change it at any time.
So a change is put into what the file says at that moment, under a lock, and what others changed is taken
over; nobody's change is lost. A file that cannot be read is set aside and the defaults are used; what was in
it stays beside it. A file of a newer version is used as far as it is understood, keeps what is not, and is
copied once before it is first written to.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from gpt_assistant import paths
from gpt_assistant.settings import form
from gpt_assistant.settings.form import MOST_BYTES, VERSION, Stored
from gpt_assistant.settings.table import Settings, fields
from gpt_assistant.settings.upgrades import upgraded
from gpt_assistant.storage.errors import explain, refuse_special
from gpt_assistant.storage.locks import FileLock
from gpt_assistant.storage.writing import write_atomically
from gpt_assistant.text.told import joined, said, told

log = logging.getLogger(__name__)

_LOCK_SECONDS, _LOCK_PAUSE = 0.5, 0.01  # a change takes a few milliseconds; nobody waits for one that hangs
_MOST_ASIDE = 99


class NoSettingsError(ValueError):
    """A file is no settings; `str()` says why."""


class SettingsStore:
    """The settings file and those who want to know when it changes.

    `warn` is called with one line for the writer when something is wrong with the file; what was wrong
    before anybody could listen is in `problem`.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or paths.config_folder() / "settings.toml"
        self.warn: Callable[[str], None] = log.warning
        self.problem = ""
        self._listeners: list[Callable[[Settings], None]] = []
        self._overridden: set[str] = set()  # settings whose value is for this run, whatever the file says
        self._stored = Stored()
        self._seen: tuple[int, int] | None = None  # the file's time and size when it was last read
        self.current = Settings()
        self._begin()

    def override(self, **values: Any) -> None:
        """Apply `values` for this run without saving them. Raises ValueError for a bad one."""
        self.current = self.current.changed(**values)
        self._overridden |= values.keys()

    def subscribe(self, listener: Callable[[Settings], None]) -> Callable[[], None]:
        """Call `listener` with the new settings after every change; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def change(self, **values: Any) -> None:
        """Apply and save `values`. Raises ValueError for a bad one; OSError if it cannot be saved."""
        new = self.current.changed(**values)
        if new == self.current and not self._overridden & values.keys():
            return
        self._overridden -= values.keys()
        self._tell(new)
        with self._lock():
            stored = self._now().changed(values)
            self._write(stored)
        self._adopt(stored)

    def refresh(self) -> None:
        """Take over what another program changed in the file; one that is half written is left alone."""
        seen = self._signature()  # before reading: a change meanwhile is seen the next time
        if seen in (self._seen, None):
            return
        try:
            stored = _read_file(self.path)
        except (OSError, NoSettingsError) as error:
            log.info("settings not read again: %s", error)
            return
        self._seen = seen
        self._report(stored.problems)
        self._adopt(stored)

    # -- reading -----------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Read the file for the first time, or take over that of an earlier version."""
        if not self.path.exists() and not self.path.is_symlink():
            self._take_over(self.path.with_suffix(".json"))
        self._stored = self._now()
        self.current = Settings(**self._stored.values)
        self._report(self._stored.problems)

    def _now(self) -> Stored:
        """Return what the file says now; where there is none, or none that can be read, what it said last."""
        self._seen = self._signature()
        try:
            return _read_file(self.path)
        except FileNotFoundError:
            pass
        except (OSError, NoSettingsError) as error:
            self._set_aside(self.path, error)
        return self._stored

    def _set_aside(self, path: Path, error: Exception) -> None:
        """Move a file that cannot be read out of the way, and say so."""
        names = (path.with_name(f"{path.name}.broken-{number}") for number in range(1, _MOST_ASIDE + 1))
        kept = next((name for name in names if not name.exists()), path.with_name(f"{path.name}.broken"))
        if isinstance(error, OSError):
            error = explain(error, path, "read")
        try:
            path.replace(kept)
        except OSError:
            self._report([told("The settings are the defaults now. {why}", why=said(error))])
            return
        line = told(
            "{name} could not be read and is kept as {kept}; the settings are the defaults now. {why}",
            name=path.name,
            kept=kept.name,
            why=said(error),
        )
        self._report([line])

    def _report(self, problems: list[str] | tuple[str, ...]) -> None:
        if problems:
            line = joined(problems[:3])
            self.problem = self.problem or line
            self.warn(line)

    def _take_over(self, old: Path) -> None:
        """Make a file of this version from the settings.json of an earlier one, which is kept aside."""
        try:
            tables = _parsed_json(old)
        except FileNotFoundError:
            return
        except (OSError, NoSettingsError) as error:
            self._set_aside(old, error)
            return
        self._stored = form.read(upgraded(tables, 0))
        try:
            self._write(self._stored)
            old.replace(old.with_name(f"{old.name}.old"))
        except OSError as error:
            log.warning("settings of the earlier version not taken over: %s", error)

    # -- writing -----------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        """Keep other processes from writing; where that cannot be had soon, go on without."""
        lock = FileLock(self.path.with_name(f".{self.path.name}.lock"))
        end = time.monotonic() + _LOCK_SECONDS
        with contextlib.suppress(OSError):  # writing tells what is wrong with the folder
            while not lock.acquire() and time.monotonic() < end:
                time.sleep(_LOCK_PAUSE)
        try:
            yield
        finally:
            lock.release()

    def _write(self, stored: Stored) -> None:
        if stored.version > VERSION:
            self._copy_newer(stored.version)
        write_atomically(self.path, form.write(stored).encode())
        self._seen = self._signature()

    def _copy_newer(self, version: int) -> None:
        copy = self.path.with_name(f"{self.path.name}.version-{version}")
        if self.path.exists() and not copy.exists():
            write_atomically(copy, self.path.read_bytes())

    def _signature(self) -> tuple[int, int] | None:
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size

    # -- telling -----------------------------------------------------------------------------------

    def _adopt(self, stored: Stored) -> None:
        """Take over what the file says, but for what is set for this run alone."""
        self._stored = stored
        for_this_run = {name: getattr(self.current, name) for name in self._overridden}
        self._tell(Settings(**stored.values | for_this_run))

    def _tell(self, new: Settings) -> None:
        if new == self.current:
            return
        self.current = new
        for listener in tuple(self._listeners):
            listener(new)


def exported(settings: Settings) -> str:
    """Return the text of a file that makes another machine's settings these, defaults included."""
    return form.write(Stored({each.name: getattr(settings, each.name) for each in fields()}), every=True)


def imported(path: Path) -> tuple[dict[str, Any], list[str]]:
    """Return the settings that a file names, and the names in it that this version does not know.

    Raises OSError or NoSettingsError, one line that says what is wrong: a file with one bad value is refused.
    """
    try:
        stored = _read_file(path)
    except NoSettingsError as error:
        name = path.name
        raise NoSettingsError(told("{name} has no settings: {why}", name=name, why=said(error))) from error
    except OSError as error:
        raise explain(error, path, "read") from error
    if stored.problems:
        raise NoSettingsError(told("{name}: {why}", name=path.name, why=stored.problems[0]))
    if not stored.values:
        raise NoSettingsError(told("{name} has no settings.", name=path.name))
    unknown = [
        f"{name}.{key}" if isinstance(value, Mapping) else name
        for name, value in stored.others.items()
        for key in (value if isinstance(value, Mapping) else ("",))
    ]
    return stored.values, unknown


def differences(old: Settings, values: Mapping[str, Any]) -> list[tuple[dataclasses.Field[Any], Any, Any]]:
    """Return (setting, value now, value to come) for each of `values` that would change something."""
    pairs = (
        (each, getattr(old, each.name), values.get(each.name)) for each in fields() if each.name in values
    )
    return [(each, now, to_come) for each, now, to_come in pairs if now != to_come]


def _read_file(path: Path) -> Stored:
    refuse_special(path)
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    try:
        tables = form.parse(data)
    except ValueError as error:
        raise NoSettingsError(said(error)) from error
    version = tables.get("version", VERSION)
    return form.read(upgraded(tables, version if type(version) is int else VERSION))


def _parsed_json(path: Path) -> dict[str, Any]:
    refuse_special(path)
    with path.open("rb") as file:
        data = file.read(MOST_BYTES)
    try:
        stored = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NoSettingsError(str(error)) from error
    if not isinstance(stored, dict):
        raise NoSettingsError("it is no JSON object")
    return stored
