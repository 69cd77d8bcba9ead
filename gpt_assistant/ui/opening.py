"""Opens a large file while the window lives on: read and decoded on a thread, laid out in slices.

What a large text costs is Qt's paragraphs, whatever is in them: it keeps them in a tree, and walks from its
root to the new place, and back, several times for each. Put in one behind the other they come at the end
of the tree's longest branch, twice as long as the others. So text goes in behind what is there only until
all of it is read, and then the part in the middle first, then those in the middle of the halves, and so on
(`middle_first`). Measured for 100 MB in lines of 80 characters on two cores of a cloud server, in a bare
QPlainTextEdit: 5.5 s from first to last, 3.6 s like this. A document built on another thread takes as long,
and half a second more to be shown. Parts have half a million characters, 10 to 30 ms each, with the event
loop between them and undo off; smaller ones cost more drawing than they save.

What made it slow here once, 12 s, were slots: of the counter, the journal and the highlighter. Reading and
decoding take 0.2 s (ASCII) to 0.9 s (UTF-8 with letters beyond it). Until all is there the text can be read
and scrolled but not changed: what is saved is the whole file or nothing. `gpt-assistant bench --large 100`
measures all of it.
"""

from __future__ import annotations

import contextlib
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
from gpt_assistant.ui.widest import forget_the_widest

LARGE = 1_000_000  # bytes from which a file is opened in slices
_WAIT_MS = 5
_PAINTED = 5  # after so many parts what is seen is painted; Qt would do it after each
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


def middle_first(count: int) -> list[int]:
    """Return 0…count - 1 by their bits read backwards: each number halves a gap between those before it."""
    bits = max(1, (count - 1).bit_length())
    return sorted(range(count), key=lambda number: f"{number:0{bits}b}"[::-1])


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
        self._parts: list[str] = []  # the text of each, "" once it is in
        self._lengths: list[int] = []  # of each, in UTF-16 units, as far as it is in
        self._order: list[int] = []  # of those that are not
        self._outcome: Opened | OSError | None = None
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
        self._receive()
        if self._order:
            self._insert(self._order.pop(0))
            self._editor.viewport().setUpdatesEnabled(len(self._order) % _PAINTED == 0)
            self._timer.start(0)
        elif self._outcome is None:
            self.progressed.emit(_READ * self._reading.fraction)
            self._timer.start(_WAIT_MS)
        elif isinstance(self._outcome, OSError):
            self._end()
            self.failed.emit(self._outcome)
        else:
            self._end()
            self.finished.emit(self._outcome)

    def _receive(self) -> None:
        """Take what the thread has ready; when it was the last, settle the order of what is left."""
        with contextlib.suppress(queue.Empty):
            while self._outcome is None:
                item = self._reading.queue.get_nowait()
                if isinstance(item, str):
                    self._order.append(len(self._parts))
                    self._parts.append(item)
                    self._lengths.append(0)
                else:
                    self._outcome = item
                    self._order = [self._order[i] for i in middle_first(len(self._order))]

    def _insert(self, number: int) -> None:
        """Put part `number` in, and leave the lines that are seen where they are."""
        document = self._editor.document()
        before, top = document.characterCount(), self._editor.firstVisibleBlock()
        line = top.firstLineNumber()
        cursor = QTextCursor(document)
        cursor.setPosition(sum(self._lengths[:number]))
        cursor.insertText(self._parts[number])
        self._lengths[number] = document.characterCount() - before
        if not number:
            forget_the_widest(self._editor)
            self._editor.moveCursor(QTextCursor.MoveOperation.Start)
        elif moved := top.firstLineNumber() - line:
            bar = self._editor.verticalScrollBar()
            bar.setValue(bar.value() + moved)
        self._inserted += len(self._parts[number])
        self._parts[number] = ""
        self.progressed.emit(min(1.0, _READ + (1 - _READ) * self._inserted / self._size))

    def _end(self) -> None:
        self._editor.viewport().setUpdatesEnabled(True)
        self._editor.document().setUndoRedoEnabled(True)
