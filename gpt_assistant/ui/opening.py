"""Opens a large file while the window lives on: read and decoded on a thread, laid out in slices.

What a large text costs is Qt's paragraphs: 3 to 4 µs each to make and to lay out, whatever is in them.
Measured with 20 MB at a time on two cores of a cloud server, for 100 MB: read and decoded in 0.2 s (ASCII)
to 0.9 s (UTF-8 with letters beyond it), laid out in 1 s with 400 characters a line and in 4.6 s with 80.
`setPlainText` takes 4 s for the same and stands still meanwhile; a document built on another thread holds
Python's lock just the same, for PySide gives it away in no call of this kind. What made it slow here once,
12 s, were slots: of the counter, the journal and the highlighter. So text is put in by parts of half a
million characters, 5 to 40 ms each, with the event loop between them (parts of a fifth of that take half as
long again in all) and undo off. Until all is there the text can be read and scrolled but not changed: what
is saved is the whole file or nothing. `gpt-assistant bench --large 100` measures all of it.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor

from gpt_assistant.storage.binary import refuse_binary
from gpt_assistant.storage.decoding import PART, decode_parts
from gpt_assistant.storage.errors import FileError, explain, refuse_special
from gpt_assistant.storage.recovery import digest
from gpt_assistant.storage.textfile import TextFile, described
from gpt_assistant.text.longlines import broken_parts
from gpt_assistant.text.told import told
from gpt_assistant.ui.editor import Editor

LARGE = 1_000_000  # bytes from which a file is opened in slices
_WAIT_MS = 5
_READ = 0.25  # share of the progress that reading and decoding are given


class _Stopped(Exception):  # noqa: N818 (not an error)
    """The writer does not want the file any more."""


@dataclass
class Opened:
    """A file that was read: what is known of it, its text as it is shown, in parts, and its state on disk."""

    file: TextFile
    digest: str = ""
    stamp: tuple[int, ...] = ()
    parts: list[str] = field(default_factory=list)


class Steps:
    """Where a source puts what it has; this one keeps nothing and never stops."""

    def decoded(self, fraction: float) -> None:
        """Note how far reading is, 0…1."""

    def part(self, text: str) -> None:
        """Take the next part of the text."""


Source = Callable[[Steps], Opened]


def stamp_of(path: Path) -> tuple[int, ...]:
    """Return what changes with a file: also one that was put there with an old time and the same size."""
    status = path.stat()
    return status.st_mtime_ns, status.st_size, status.st_ctime_ns, status.st_ino


def read(path: Path, any_bytes: bool = False, steps: Steps | None = None) -> Opened:
    """Return the file. Raises OSError, one line, if it cannot be read or, unless `any_bytes`, is no text."""
    steps = steps or Steps()
    try:
        refuse_special(path)
        stamp = stamp_of(path)
        data = path.read_bytes()
    except OSError as error:
        raise explain(error, path, "open") from error
    if not any_bytes:
        refuse_binary(data, path.name)
    found = decode_parts(data, steps.decoded)
    return shown(Opened(described(found), digest(data), stamp, found.parts), steps)


def shown(opened: Opened, steps: Steps | None = None) -> Opened:
    """Return the same with its parts as an editor shows them, long lines broken."""
    steps = steps or Steps()
    parts, opened.parts = opened.parts, []
    for part in broken_parts(parts):
        if part:
            opened.parts.append(part)
            steps.part(part)
    return opened


def in_parts(text: str, steps: Steps) -> Opened:
    """Return a text that was shown before, a restored one."""
    opened = Opened(TextFile(""))
    for start in range(0, len(text), PART):
        opened.parts.append(text[start : start + PART])
        steps.part(opened.parts[-1])
    return opened


class _Reading(Steps):
    """The thread that reads, and what it hands over: parts, and then the whole or what went wrong."""

    def __init__(self, source: Source) -> None:
        self.queue: queue.SimpleQueue[str | Opened | OSError] = queue.SimpleQueue()
        self.fraction = 0.0
        self.stopped = threading.Event()
        self._source = source
        threading.Thread(target=self._run, daemon=True, name="opening").start()

    def _run(self) -> None:
        try:
            self.queue.put(self._source(self))
        except OSError as error:
            self.queue.put(error)
        except MemoryError:
            self.queue.put(FileError(told("There is not enough memory for this file.")))
        except _Stopped:
            return

    def decoded(self, fraction: float) -> None:
        self.fraction = fraction
        if self.stopped.is_set():
            raise _Stopped

    def part(self, text: str) -> None:
        self.decoded(1.0)
        self.queue.put(text)


class Opening(QObject):
    """Fills one editor from a source. `stop` ends it at once; then no signal comes any more."""

    progressed = Signal(float)  # 0…1
    finished = Signal(object)  # Opened
    failed = Signal(object)  # OSError

    def __init__(self, editor: Editor, source: Source, size: int, parent: QObject) -> None:
        """Begin; `size` is about how many characters there will be."""
        super().__init__(parent)
        self._editor = editor
        self._size = max(1, size)
        self._inserted = 0
        editor.clear()
        editor.setReadOnly(True)
        editor.document().setUndoRedoEnabled(False)
        self._reading = _Reading(source)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(0)

    def stop(self) -> None:
        """Put no more text in, and let the thread end."""
        self._reading.stopped.set()
        self._timer.stop()
        self._end()

    def _go_on(self) -> None:
        """Put in the next part that is there, and come back for the rest."""
        try:
            item = self._reading.queue.get_nowait()
        except queue.Empty:
            self.progressed.emit(_READ * self._reading.fraction)
            self._timer.start(_WAIT_MS)
            return
        if isinstance(item, str):
            self._insert(item)
            self._timer.start(0)
            return
        self._end()
        if isinstance(item, OSError):
            self.failed.emit(item)
        else:
            self.finished.emit(item)

    def _insert(self, part: str) -> None:
        first = not self._inserted
        cursor = QTextCursor(self._editor.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(part)
        self._inserted += len(part)
        if first:
            self._editor.moveCursor(QTextCursor.MoveOperation.Start)
        self.progressed.emit(min(1.0, _READ + (1 - _READ) * self._inserted / self._size))

    def _end(self) -> None:
        self._editor.document().setUndoRedoEnabled(True)
