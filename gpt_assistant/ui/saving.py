"""Writes a large document while its writer types on: taken in slices, encoded and written on a thread.

The file is replaced whole or not at all, as always. It gets the text of one moment; what is typed after it
is unsaved, and stays in the journal.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from gpt_assistant.storage.recovery import digest
from gpt_assistant.storage.textfile import EncodingError, TextFile, encode_parts
from gpt_assistant.storage.writing import write_atomically
from gpt_assistant.text.longlines import joined
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.opening import stamp_of
from gpt_assistant.ui.snapshot import Snapshot

_POLL_MS = 10
_TAKEN = 0.4  # share of the progress that taking the text is given
_ENCODED = 0.7


@dataclass
class Saved:
    """What was written: the text as it is shown, in parts, the document's revision, the file's state."""

    parts: list[str]
    revision: int
    digest: str = ""
    stamp: tuple[int, ...] = ()


class Saving(QObject):
    """Saves one editor's text as `path`, in the format of `file`.

    `finished` brings a Saved, `failed` an OSError or EncodingError of one line. `stop` works until the
    file is being replaced; then it is too late, and `finished` comes.
    """

    progressed = Signal(float)  # 0…1
    finished = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, editor: Editor, path: Path, file: TextFile, parent: QObject) -> None:
        super().__init__(parent)
        self.path, self.file = path, file
        self._document = editor.document()
        self._fraction = _TAKEN
        self._stop = threading.Event()
        self._outcome: Saved | Exception | None = None
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._look)
        self._snapshot = Snapshot(self._document, self)
        self._snapshot.progressed.connect(lambda done: self.progressed.emit(_TAKEN * done))
        self._snapshot.finished.connect(self._write)

    def stop(self) -> None:
        """Give up, if the file is not being replaced yet; the text stays unsaved."""
        self._stop.set()
        self._snapshot.stop()
        if self._thread is None:
            self.stopped.emit()

    def _write(self, parts: list[str]) -> None:
        saved = Saved(parts, self._document.revision())
        # Not a daemon: whoever ends the program meanwhile waits for the file to be whole.
        self._thread = threading.Thread(target=self._run, args=(saved,), name="saving")
        self._thread.start()
        self._timer.start()

    def _run(self, saved: Saved) -> None:
        try:
            data = self._encoded(saved.parts)
            if self._stop.is_set():
                return
            saved.digest = digest(*data)
            write_atomically(self.path, *data)
            saved.stamp = stamp_of(self.path)
            self._outcome = saved
        except (OSError, EncodingError, MemoryError) as error:
            self._outcome = error

    def _encoded(self, parts: list[str]) -> list[bytes]:
        found = []
        texts = (joined(part) for part in parts)
        for number, data in enumerate(
            encode_parts(texts, self.file.encoding, self.file.newline, self.file.bom)
        ):
            found.append(data)
            self._fraction = _TAKEN + (_ENCODED - _TAKEN) * number / max(1, len(parts))
            if self._stop.is_set():
                break
        return found

    def _look(self) -> None:
        if self._thread is None or self._thread.is_alive():
            self.progressed.emit(self._fraction)
            return
        self._timer.stop()
        if self._outcome is None:
            self.stopped.emit()
        elif isinstance(self._outcome, Saved):
            self.finished.emit(self._outcome)
        else:
            self.failed.emit(self._outcome)
