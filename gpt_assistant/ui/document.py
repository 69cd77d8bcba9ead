"""One tab: the editor, and the state of the file behind it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gpt_assistant.settings import Settings
from gpt_assistant.storage.journal import Journal
from gpt_assistant.storage.journal_format import Meta
from gpt_assistant.storage.recovery import LostDocument, digest
from gpt_assistant.storage.textfile import TextFile, decode, encode, explain, write_atomically
from gpt_assistant.ui.column import ColumnMargins
from gpt_assistant.ui.counting import Counter
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.highlighter import MarkdownHighlighter
from gpt_assistant.ui.journaling import UNKEEPABLE, Journaling, plain_text
from gpt_assistant.ui.notice import NoticeBar
from gpt_assistant.ui.page import ZOOM_STEP

log = logging.getLogger(__name__)

MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")


@dataclass(frozen=True, slots=True)
class FileState:
    """The file as last read or written: enough to see whether someone else changed it."""

    digest: str = ""
    stamp: tuple[int, int] = (0, 0)  # time of change in ns, size


class Document(QWidget):
    """A text, its editor and its file. `path` is None until it has one."""

    changed = Signal()  # title, modified mark, encoding or line ends
    problem = Signal(str)
    files_dropped = Signal(list)

    def __init__(self, settings: Settings, journal: Journal | None, title: str = "Untitled") -> None:
        super().__init__()
        self.path: Path | None = None
        self.file = TextFile("")
        self._untitled = title
        self._disk = FileState()
        self._journal = journal
        self._journaling: Journaling | None = None
        self.editor = Editor()
        self.editor.setObjectName("editor")
        self.editor.setAccessibleName("Text")
        self.editor.viewport().installEventFilter(self)
        self.notice = NoticeBar(self)
        self.highlighter: MarkdownHighlighter | None = None
        self._lay_out()
        self.column = ColumnMargins(self.editor)
        self.counter = Counter(self.editor.document(), self)
        self.editor.document().modificationChanged.connect(self.changed)
        self._recheck = QTimer(self, singleShot=True, interval=150)
        self._recheck.timeout.connect(self.check_disk)
        self.apply_settings(settings)
        self._start_journal(Meta(title=title), "")

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.notice)
        rows.addWidget(self.editor, 1)
        self.setFocusProxy(self.editor)

    # -- what it is --------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """Return the file's name, or "Untitled 2" and the like."""
        return self.path.name if self.path else self._untitled

    @property
    def modified(self) -> bool:
        """Return whether there is work that is not in the file."""
        return self.editor.document().isModified()

    @property
    def unsaved(self) -> bool:
        """Return whether closing would lose something; an empty new document is nothing to lose."""
        return self.modified and not (self.path is None and self.editor.document().isEmpty())

    @property
    def pristine(self) -> bool:
        """Return whether this is an untouched new document, which opening a file may replace."""
        return self.path is None and not self.modified and self.editor.document().isEmpty()

    @property
    def markdown(self) -> bool:
        """Return whether the text is taken for Markdown."""
        return self.path is None or self.path.suffix.lower() in MARKDOWN_SUFFIXES

    def text(self) -> str:
        """Return the whole text, "\\n" between lines; for a large document this takes a while."""
        return plain_text(self.editor.document())

    def go_to(self, caret: int, scroll: int = 0, zoom: int = 100) -> None:
        """Put the caret at `caret`, in UTF-16 units, and scroll to line `scroll`, as far as they exist."""
        for _ in range(abs(zoom - 100) // ZOOM_STEP):
            (self.editor.zoom_in if zoom > 100 else self.editor.zoom_out)()
        cursor = self.editor.textCursor()
        cursor.setPosition(max(0, min(caret, self.editor.document().characterCount() - 1)))
        self.editor.setTextCursor(cursor)
        self.editor.verticalScrollBar().setValue(scroll)

    def apply_settings(self, settings: Settings) -> None:
        """Take fonts, wrapping and highlighting from `settings`."""
        self._settings = settings
        self.editor.apply_settings(settings)
        self.column.apply_settings(settings)
        self._choose_highlighter()

    def _choose_highlighter(self) -> None:
        wanted = self._settings.markdown and self.markdown
        if wanted and self.highlighter is None:
            self.highlighter = MarkdownHighlighter(self.editor.document())
        elif not wanted and self.highlighter is not None:
            self.highlighter.setDocument(None)  # None detaches it
            self.highlighter.deleteLater()
            self.highlighter = None

    # -- reading -----------------------------------------------------------------------------------

    def load(self, path: Path) -> None:
        """Show the file's text. Raises OSError, one line, and changes nothing, if it cannot be read."""
        try:
            stamp = _stamp(path)
            data = path.read_bytes()
        except OSError as error:
            raise explain(error, path, "open") from error
        self.path = path
        self._disk = FileState(digest(data), stamp)
        file = decode(data)
        self.drop_journal()  # what is shown from here on is not an edit
        self._show_file(file)
        self.editor.document().setModified(False)
        self._start_journal(self._meta(), file.text)

    def _show_file(self, file: TextFile) -> None:
        problem = file.problem
        if not problem and any(character in file.text for character in UNKEEPABLE):
            problem = (
                "This file has characters that an editor cannot keep: opened read-only. “Save as” works."
            )
        self.file = replace(file, text="", problem=problem)  # the editor has the text; not twice
        self._choose_highlighter()
        self.editor.setPlainText(file.text)
        self.editor.setReadOnly(bool(problem))
        if problem:
            self.notice.show_notice(problem)
        elif file.mixed:
            self.notice.show_notice("This file mixes kinds of line ends; saving makes them all the same.")
        else:
            self.notice.clear()
        self.changed.emit()

    def reload(self) -> None:
        """Take the file's text in place of this one, as a change that can be undone. Raises OSError."""
        assert self.path is not None
        try:
            stamp = _stamp(self.path)
            data = self.path.read_bytes()
        except OSError as error:
            raise explain(error, self.path, "read") from error
        found = decode(data)
        caret = self.editor.textCursor().position()
        whole = QTextCursor(self.editor.document())
        whole.select(QTextCursor.SelectionType.Document)
        whole.insertText(found.text)
        whole.setPosition(min(caret, self.editor.document().characterCount() - 1))
        self.editor.setTextCursor(whole)
        self.file = replace(found, text="")
        self.editor.setReadOnly(bool(found.problem))
        self._became_saved(data, stamp, self.text())

    # -- writing -----------------------------------------------------------------------------------

    def save(self, path: Path, encoding: str = "") -> None:
        """Write the text to `path`; it is the document's file from then on.

        Raises OSError or EncodingError, one line; the document is then still modified, its file as it
        was, and the journal still has the work.
        """
        text = self.text()
        file = replace(self.file, encoding=encoding) if encoding else self.file
        if file.problem:  # a view of damaged text, saved elsewhere
            file = TextFile("", newline=file.newline)
        data = encode(text, file.encoding, file.newline, file.bom)
        write_atomically(path, data)
        self.path = path
        self.file = replace(file, mixed=False)
        self.editor.setReadOnly(False)
        self._choose_highlighter()
        self._became_saved(data, _stamp(path), text)

    def _became_saved(self, data: bytes, stamp: tuple[int, int], text: str) -> None:
        self._disk = FileState(digest(data), stamp)
        self.editor.document().setModified(False)
        self.notice.clear()
        if self._journaling is not None:
            self._journaling.saved(text, self._meta())
        self.changed.emit()

    def set_format(self, newline: str = "", encoding: str = "", bom: bool | None = None) -> None:
        """Use other line ends or another encoding from the next save on."""
        new = replace(
            self.file,
            newline=newline or self.file.newline,
            encoding=encoding or self.file.encoding,
            bom=self.file.bom if bom is None else bom,
        )
        if new != self.file:
            self.file = new
            self.editor.document().setModified(True)
            self.changed.emit()

    # -- the journal -------------------------------------------------------------------------------

    def _meta(self) -> Meta:
        path = str(self.path) if self.path else ""
        file = self.file
        return Meta(path, self.title, file.encoding, file.newline, file.bom, self._disk.digest)

    def _start_journal(self, meta: Meta, text: str) -> None:
        if self._journal is not None:
            self._journaling = Journaling(self.editor.document(), self._journal, meta, text, self)

    def flush_journal(self) -> None:
        """Hand the newest changes to the journal."""
        if self._journaling is not None:
            self._journaling.flush()

    def stop_journal(self) -> None:
        """The program ends with this work unsaved: the journal stays, complete, for the next start."""
        if self._journaling is not None:
            self._journaling.stop()
            self._journaling.deleteLater()
            self._journaling = None

    def drop_journal(self) -> None:
        """The document is closed for good: saved, or discarded by its writer."""
        if self._journaling is not None:
            self._journaling.discard()
            self._journaling.deleteLater()
            self._journaling = None

    def restore(self, lost: LostDocument) -> None:
        """Show work that a crash interrupted, as unsaved changes of its file."""
        meta = lost.meta
        self.path = Path(meta.path) if meta.path else None
        self.file = TextFile("", meta.encoding, meta.newline, meta.bom)
        self._disk = FileState(meta.saved_digest, _stamp_or_none(self.path))
        self._choose_highlighter()
        self.drop_journal()
        self.editor.setReadOnly(False)
        self.editor.setPlainText(lost.text)
        self.editor.document().setModified(True)
        self._start_journal(self._meta(), lost.text)
        if self._journaling is not None:
            self._journaling.begin_unsaved(self._meta())
        if lost.file_changed:
            self._disk = FileState(meta.saved_digest)
            self.check_disk()
        self.changed.emit()

    # -- the file, changed by others ---------------------------------------------------------------

    def check_disk_soon(self) -> None:
        """Look at the file in a moment: programs write in several steps."""
        self._recheck.start()

    def changed_on_disk(self) -> bool:
        """Return whether the file's bytes are no longer those last read or written."""
        if self.path is None or not self._disk.digest:
            return False
        if (stamp := _stamp_or_none(self.path)) == self._disk.stamp:
            return False
        try:
            same = digest(self.path.read_bytes()) == self._disk.digest
        except OSError:
            return True
        if same:
            self._disk = replace(self._disk, stamp=stamp)
        return not same

    def check_disk(self) -> None:
        """Offer to reload, if another program changed the file; the text here is never touched unasked."""
        if self.path is None or not self.changed_on_disk():
            return
        if not self.path.exists():
            self.editor.document().setModified(True)
            self.notice.show_notice(f"{self.title} was deleted or moved. Saving writes it again.")
            return
        mine = "your changes here are not in it" if self.modified else "the text here is the old one"
        self.notice.show_notice(
            f"{self.title} was changed by another program; {mine}.",
            {"Reload": self._reload_reporting, "Keep mine": self.keep_mine},
        )

    def keep_mine(self) -> None:
        """Go on with the text here; the next save replaces what is on disk."""
        try:
            data = self.path.read_bytes() if self.path else b""
        except OSError:
            data = b""
        self._disk = FileState(digest(data), _stamp_or_none(self.path))
        self.editor.document().setModified(True)
        self.notice.clear()

    def _reload_reporting(self) -> None:
        try:
            self.reload()
        except OSError as error:
            self.problem.emit(str(error))

    # -- dropped files -----------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files dropped onto the text, to open them; dropped text is the editor's business."""
        if isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent):
            paths = dropped_files(event)
            if paths:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.files_dropped.emit(paths)
                return True
        return super().eventFilter(watched, event)


def dropped_files(event: QDropEvent) -> list[Path]:
    """Return the local files that are being dragged; none if anything else is among them."""
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls] if all(url.isLocalFile() for url in urls) else []


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def _stamp_or_none(path: Path | None) -> tuple[int, int]:
    try:
        return _stamp(path) if path else (0, 0)
    except OSError:
        return (0, 0)


def same_file(one: Path, other: Path) -> bool:
    """Return whether both names lead to one file."""
    try:
        return one.samefile(other)
    except OSError:
        return False
