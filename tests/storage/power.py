"""A disk that loses power: records what the program asks of it, and says what may be left after a cut.

POSIX promises little: what was written to a file is safe after `fsync` of the file, a name (made, moved or
removed) after `fsync` of its folder, and of what is not safe any part may be there or not. The recorder
lets every call through to the real system and keeps a log; `Recorder.left` then makes a folder as it may
look after a cut at any call, with the unsafe part lost, kept, or kept in part and torn.
"""

from __future__ import annotations

import os
import random
import stat
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

PATCHED = ("open", "write", "ftruncate", "fsync", "close", "replace", "rename", "unlink", "mkdir", "rmdir")


@dataclass(frozen=True)
class Step:
    """One call. `what` is create, write, cut, sync, move, remove, folder, or unfolder."""

    what: str
    path: str = ""  # of a name
    file: int = -1  # an inode, or the folder whose names are synced
    at: int = 0
    data: bytes = b""
    to: str = ""


@dataclass
class _File:
    safe: bytes = b""
    loose: list[Step] = field(default_factory=list)


class Recorder:
    """Records what happens below `root`; `fail(number)` makes the call with this number raise `error`."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = os.path.realpath(root)
        self.steps: list[Step] = []
        self.calls = 0
        self.failing: dict[int, OSError] = {}
        self._opened: dict[int, tuple[str, int]] = {}  # descriptor: path and inode
        self._real: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in PATCHED}
        self._lock = threading.RLock()
        self._before = {
            str(path.relative_to(self.root)): path.read_bytes() if path.is_file() else None
            for path in sorted(Path(self.root).rglob("*"))
        }
        self._numbers = {
            str(path.relative_to(self.root)): path.stat().st_ino
            for path in sorted(Path(self.root).rglob("*"))
            if path.is_file()
        }
        for name in PATCHED:
            monkeypatch.setattr(os, name, getattr(self, f"_{name}"))

    # -- recording ---------------------------------------------------------------------------------

    def _named(self, path: Any, dir_fd: int | None = None) -> str | None:
        if isinstance(path, int):
            return None
        text = os.fspath(path)
        text = text.decode() if isinstance(text, bytes) else text
        if dir_fd is not None:
            text = f"{self._opened.get(dir_fd, ('/nowhere', 0))[0]}/{text}"
        text = f"{os.path.realpath(Path(text).parent)}/{Path(text).name}"
        return text if text == self.root or text.startswith(self.root + os.sep) else None

    def _short(self, path: str) -> str:
        return os.path.relpath(path, self.root)

    def _count(self) -> None:
        self.calls += 1
        if (error := self.failing.get(self.calls)) is not None:
            raise error

    def _open(self, path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        with self._lock:
            name = self._named(path, dir_fd)
            new = name is not None and bool(flags & os.O_CREAT) and not os.path.lexists(name)
            if name is not None:
                self._count()
            descriptor: int = self._real["open"](path, flags, mode, dir_fd=dir_fd)
            if name is not None:
                status = os.fstat(descriptor)
                self._opened[descriptor] = (name, status.st_ino)
                if new:
                    self.steps.append(Step("create", self._short(name), status.st_ino))
                elif flags & os.O_TRUNC:
                    self.steps.append(Step("cut", file=status.st_ino))
            return descriptor

    def _write(self, descriptor: int, data: Any) -> int:
        with self._lock:
            if descriptor not in self._opened:
                return int(self._real["write"](descriptor, data))
            self._count()
            at = os.fstat(descriptor).st_size  # all of ours append
            count = int(self._real["write"](descriptor, data))
            self.steps.append(
                Step("write", file=self._opened[descriptor][1], at=at, data=bytes(data[:count]))
            )
            return count

    def _ftruncate(self, descriptor: int, size: int) -> None:
        with self._lock:
            if descriptor in self._opened:
                self._count()
                self.steps.append(Step("cut", file=self._opened[descriptor][1], at=size))
            self._real["ftruncate"](descriptor, size)

    def _fsync(self, descriptor: int) -> None:
        with self._lock:
            if descriptor in self._opened:
                self._count()
                path, inode = self._opened[descriptor]
                folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
                self.steps.append(Step("sync", self._short(path) if folder else "", -1 if folder else inode))
            # Not passed on: the real disk need not be bothered.

    def _close(self, descriptor: int) -> None:
        with self._lock:
            self._opened.pop(descriptor, None)
            self._real["close"](descriptor)

    def _replace(self, source: Any, target: Any, **rest: Any) -> None:
        with self._lock:
            one, other = self._named(source), self._named(target)
            if one is not None and other is not None:
                self._count()
            self._real["replace"](source, target, **rest)
            if one is not None and other is not None:
                self.steps.append(Step("move", self._short(one), to=self._short(other)))

    _rename = _replace

    def _unlink(self, path: Any, *, dir_fd: int | None = None) -> None:
        self._name_step("unlink", "remove", path, dir_fd)

    def _rmdir(self, path: Any, *, dir_fd: int | None = None) -> None:
        self._name_step("rmdir", "unfolder", path, dir_fd)

    def _mkdir(self, path: Any, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
        self._name_step("mkdir", "folder", path, dir_fd, mode)

    def _name_step(self, call: str, what: str, path: Any, dir_fd: int | None, *rest: int) -> None:
        with self._lock:
            name = self._named(path, dir_fd)
            if name is not None:
                self._count()
            self._real[call](path, *rest, dir_fd=dir_fd)
            if name is not None:
                self.steps.append(Step(what, self._short(name)))

    # -- after the cut -----------------------------------------------------------------------------

    def left(
        self, count: int, target: Path, chance: random.Random, keep: tuple[float, float] | None = None
    ) -> Path:
        """Make `target` what may be left after the first `count` steps; returns it.

        `keep` is the share that survives of unsafe names and of unsafe contents, 0…1; None for any.
        """
        names: dict[str, int | None] = {}
        files: dict[int, _File] = defaultdict(_File)
        for name, data in self._before.items():
            names[name] = None if data is None else self._numbers[name]
            if data is not None:
                files[self._numbers[name]].safe = data
        of_names, of_contents = keep or (None, None)
        kept = self._surviving_names(count, chance, of_names)
        for number, step in enumerate(self.steps[:count]):
            if step.file >= 0:
                _touch(files[step.file], step)
            if number in kept:
                _rename(names, step)
        target.mkdir(parents=True)
        for name in sorted(names):
            _make(target, name, names[name], files, chance, of_contents)
        return target

    def _surviving_names(self, count: int, chance: random.Random, keep: float | None) -> set[int]:
        """Return the numbers of the steps on names that survive: of each folder those before some point."""
        loose: dict[str, list[int]] = defaultdict(list)
        kept: set[int] = set()
        for number, step in enumerate(self.steps[:count]):
            if step.what == "sync" and step.file < 0:
                kept.update(loose.pop(step.path, []))
            elif step.path:
                loose[str(Path(step.path).parent)].append(number)
        for numbers in loose.values():
            kept.update(numbers[: _share(len(numbers), chance, keep)])
        return kept


def _share(count: int, chance: random.Random, keep: float | None) -> int:
    return chance.randint(0, count) if keep is None else round(keep * count)


def _touch(file: _File, step: Step) -> None:
    if step.what == "sync":
        file.safe = _applied(file.safe, file.loose)
        file.loose = []
    elif step.what in ("write", "cut"):
        file.loose.append(step)


def _applied(data: bytes, steps: list[Step]) -> bytes:
    for step in steps:
        data = data[: step.at] if step.what == "cut" else data[: step.at].ljust(step.at, b"\0") + step.data
    return data


def _rename(names: dict[str, int | None], step: Step) -> None:
    if step.what == "create":
        names[step.path] = step.file
    elif step.what == "folder":
        names[step.path] = None
    elif step.what in ("remove", "unfolder"):
        names.pop(step.path, None)
    elif step.what == "move" and step.path in names:
        names[step.to] = names.pop(step.path)


def _make(
    target: Path,
    name: str,
    inode: int | None,
    files: dict[int, _File],
    chance: random.Random,
    keep: float | None,
) -> None:
    path = target / name
    if not path.parent.is_dir():
        return  # the folder itself is lost
    if inode is None:
        path.mkdir(exist_ok=True)
        return
    file = files[inode]
    survive = _share(len(file.loose), chance, keep)
    data = _applied(file.safe, file.loose[:survive])
    if keep is None and survive < len(file.loose) and file.loose[survive].what == "write":
        step = file.loose[survive]
        data = data[: step.at].ljust(step.at, b"\0") + step.data[: chance.randint(0, len(step.data))]
    path.write_bytes(data)
