"""One tab: the editor, and the state of the file behind it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gpt_assistant.settings import Settings
from gpt_assistant.storage.errors import explain
from gpt_assistant.storage.history import UNTITLED
from gpt_assistant.storage.history_base import BEFORE_RELOAD, BEFORE_RESTORE, ON_DISK, SAVED
from gpt_assistant.storage.journal import DocumentJournal, Journal, Text
from gpt_assistant.storage.journal_format import Meta
from gpt_assistant.storage.recovery import LostDocument, digest
from gpt_assistant.storage.textfile import EncodingError, TextFile, decode, encode
from gpt_assistant.storage.writing import write_atomically
from gpt_assistant.text.longlines import joined
from gpt_assistant.ui.column import ColumnMargins
from gpt_assistant.ui.counting import Counter
from gpt_assistant.ui.direction import Direction
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.file_changes import FileChanges
from gpt_assistant.ui.highlighter import MarkdownHighlighter
from gpt_assistant.ui.journaling import Journaling
from gpt_assistant.ui.notice import NoticeBar
from gpt_assistant.ui.opening import LARGE, Opened, Opening, Steps, in_parts, read, stamp_of
from gpt_assistant.ui.page import ZOOM_STEP
from gpt_assistant.ui.replacing import replace_text
from gpt_assistant.ui.saving import Saved, Saving
from gpt_assistant.ui.snapshot import LARGE as LARGE_TEXT
from gpt_assistant.ui.snapshot import plain_text
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.workbar import WorkBar

log = logging.getLogger(__name__)

Written = Callable[[Exception | None], object]

MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")


@dataclass(frozen=True, slots=True)
class FileState:
    """The file as last read or written: enough to see whether someone else changed it."""

    digest: str = ""
    stamp: tuple[int, ...] = ()  # see _stamp


class Document(QWidget):
    """A text, its editor and its file. `path` is None until it has one."""

    changed = Signal()  # title, modified mark, encoding or line ends
    problem = Signal(str)
    loaded = Signal()  # all of a large text is there
    load_failed = Signal(object)  # OSError of one line, None if the writer stopped it
    files_dropped = Signal(list)
    version = Signal(object, str)  # a text, or its parts, worth keeping, and why (storage/history_base.py)
    compare_with_file = Signal()  # the writer wants to see what another program changed

    def __init__(self, settings: Settings, journal: Journal | None, title: str = "") -> None:
        super().__init__()
        self.path: Path | None = None
        self.file = TextFile("")
        self._untitled = title or tr("Untitled")
        self._disk = FileState()
        self._history = secrets.token_hex(8)
        self._journal = journal
        self._journaling: Journaling | None = None
        self.editor = Editor()
        self.editor.setObjectName("editor")
        self.editor.setAccessibleName(tr("Text"))
        self.editor.viewport().installEventFilter(self)
        self.notice = NoticeBar(self)
        self.work = WorkBar(self)
        self._opening: Opening | None = None
        self._waiting: tuple[int, int, int] | None = None
        self._saving: Saving | None = None
        self._after_saving: list[Callable[[], object]] = []
        self.highlighter: MarkdownHighlighter | None = None
        self._lay_out()
        self.column = ColumnMargins(self.editor)
        self.direction = Direction(self.editor)
        self.counter = Counter(self.editor.document(), self)
        self.editor.document().modificationChanged.connect(self.changed)
        self.disk = FileChanges(self)
        self.apply_settings(settings)
        self._start_journal(self._meta(), "")

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.work)
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
        return self.editor.document().isModified() and not self.loading

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

    @property
    def history_key(self) -> str:
        """Return under which name its versions are kept."""
        return str(self.path) if self.path else UNTITLED + self._history

    @property
    def file_digest(self) -> str:
        """Return the fingerprint of the file's bytes as last read or written, "" if there is no file."""
        return self._disk.digest

    def text(self) -> str:
        """Return the whole text, "\\n" between lines; for a large document this takes a while."""
        return joined(plain_text(self.editor.document()))

    def go_to(self, caret: int, scroll: int = 0, zoom: int = 100) -> None:
        """Put the caret at `caret`, in UTF-16 units, and scroll to line `scroll`, as far as they exist."""
        if self.loading:
            self._waiting = (caret, scroll, zoom)
            return
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
        self.editor.set_announce(settings.announce)
        self.editor.ghost.set_own_colours(settings.ghost_light, settings.ghost_dark)
        self.column.apply_settings(settings)
        self._choose_highlighter()

    def _choose_highlighter(self) -> None:
        wanted = self._settings.markdown and self.markdown
        if self.highlighter is not None:
            self.highlighter.set_enabled(wanted)  # taking it off would touch every paragraph
        elif wanted:
            self.highlighter = MarkdownHighlighter(self.editor.document())

    # -- reading -----------------------------------------------------------------------------------

    @property
    def loading(self) -> bool:
        """Return whether a large text is still coming in; until then it cannot be changed or saved."""
        return self._opening is not None

    @property
    def saving(self) -> bool:
        """Return whether a large text is being written."""
        return self._saving is not None

    def load(self, path: Path, any_bytes: bool = False) -> None:
        """Show the file's text. Raises OSError, one line, and changes nothing, if it cannot be read.

        What is no text is refused too, unless `any_bytes`. A large file comes in while the window lives
        on: `loading`, until `loaded`, or `load_failed` with the error, None if the writer stopped it.
        """
        try:
            size = path.stat().st_size
        except OSError as error:
            raise explain(error, path, "open") from error
        if size < LARGE:
            opened = read(path, any_bytes)
            self.path = path
            self.drop_journal()  # what is shown from here on is not an edit
            self.editor.setPlainText("".join(opened.parts))
            self._took(opened)
        else:
            self.path = path
            self._fill(partial(read, path, any_bytes), size, self._took)

    def _fill(self, source: Callable[[Steps], Opened], size: int, took: Callable[[Opened], object]) -> None:
        """Begin to show a large text; `took` gets it when all of it is there."""
        self.abandon_loading()
        self.drop_journal()
        self._choose_highlighter()
        opening = self._opening = Opening(self.editor, source, size, self)
        opening.progressed.connect(self.work.show_progress)
        opening.failed.connect(self._end_filling)
        opening.finished.connect(lambda opened: self._filled(opened, took))
        self.work.begin(tr("Opening {title}…", title=self.title), self.stop_loading)

    def _filled(self, opened: Opened, took: Callable[[Opened], object]) -> None:
        self._opening = None
        self.work.end()
        took(opened)
        if self._waiting is not None:
            self.go_to(*self._waiting)
            self._waiting = None
        self.loaded.emit()

    def _end_filling(self, error: OSError | None) -> None:
        self._opening = None
        self.work.end()
        self.load_failed.emit(error)

    def stop_loading(self) -> None:
        """Let the rest of a large text be."""
        if self.abandon_loading():
            self._end_filling(None)

    def abandon_loading(self) -> bool:
        """Stop, and tell nobody: the document goes, or gets another text. Returns whether it was loading."""
        opening, self._opening = self._opening, None
        if opening is not None:
            opening.stop()
        return opening is not None

    def _took(self, opened: Opened) -> None:
        """The editor has the text of this file: begin to work on it."""
        self._disk = FileState(opened.digest, opened.stamp)
        self.file = file = opened.file
        self._choose_highlighter()
        self.editor.setReadOnly(False)
        self.editor.document().setModified(False)
        self._start_journal(self._meta(), opened.parts)
        if file.bad_bytes:
            self.notice.show_notice(_told_of_bad_bytes(file))
        elif file.mixed:
            self.notice.show_notice(tr("This file mixes kinds of line ends; saving makes them all the same."))
        else:
            self.notice.clear()
        self.changed.emit()

    def reload(self) -> None:
        """Take the file's text in place of this one, as a change that can be undone. Raises OSError."""
        assert self.path is not None
        try:
            stamp = stamp_of(self.path)
            data = self.path.read_bytes()
        except OSError as error:
            raise explain(error, self.path, "read") from error
        found = decode(data)
        self.version.emit(self.text(), BEFORE_RELOAD)
        self.editor.origins.plan_text(found.text)
        replace_text(self.editor.document(), found.text)
        self.file = replace(found, text="")
        self._became_saved(data, stamp)
        self.version.emit(found.text, ON_DISK)

    def go_back_to(self, text: str) -> None:
        """Take an earlier version in place of this text, as one change that can be undone."""
        self.version.emit(self.text(), BEFORE_RESTORE)
        self.editor.origins.plan_text(text)
        replace_text(self.editor.document(), text)

    # -- writing -----------------------------------------------------------------------------------

    def save(self, path: Path, encoding: str = "", reason: str = SAVED) -> None:
        """Write the text to `path`; it is the document's file from then on. `reason` is for the history.

        Raises OSError or EncodingError, one line; the document is then still modified, its file as it
        was, and the journal still has the work.
        """
        self.flush_journal()  # a kill right behind the save leaves a journal that knows this text
        text = self.text()
        file = replace(self.file, encoding=encoding) if encoding else self.file
        data = encode(text, file.encoding, file.newline, file.bom)
        write_atomically(path, data)
        self.path = path
        self.file = replace(file, mixed=False)
        self._choose_highlighter()
        self._became_saved(data, stamp_of(path))
        self.version.emit(text, reason)

    def write(self, path: Path, then: Written, encoding: str = "", reason: str = SAVED) -> None:
        """Save as `save` does, a large text while the window lives on; `then` gets what went wrong, or None.

        A large document may be modified again when it is saved: the file has the text of a moment ago.
        """
        if self._saving is not None:
            self._after_saving.append(lambda: self.write(path, then, encoding, reason))
            return
        if self.editor.document().characterCount() < LARGE_TEXT:
            problem: Exception | None = None
            try:
                self.save(path, encoding, reason)
            except (OSError, EncodingError) as error:
                problem = error
            then(problem)
            return
        self.flush_journal()
        file = replace(self.file, encoding=encoding) if encoding else self.file
        saving = self._saving = Saving(self.editor, path, file, self)
        saving.progressed.connect(self.work.show_progress)
        saving.finished.connect(lambda saved: self._end_saving(then, None, saved, reason))
        saving.failed.connect(lambda error: self._end_saving(then, error))
        stopped = tr("Saving {title} was stopped: the file is as it was.", title=path.name)
        saving.stopped.connect(lambda: self._end_saving(then, OSError(stopped)))
        self.work.begin(tr("Saving {title}…", title=path.name), saving.stop)

    def _end_saving(
        self, then: Written, problem: Exception | None, saved: Saved | None = None, reason: str = SAVED
    ) -> None:
        saving, self._saving = self._saving, None
        self.work.end()
        if saving is not None and saved is not None:
            self.path = saving.path
            self.file = replace(saving.file, mixed=False)
            self._choose_highlighter()
            self._disk = FileState(saved.digest, saved.stamp)
            if saved.revision == self.editor.document().revision():
                self._is_saved(saved.parts)
            elif self._journaling is not None:
                self._journaling.saved_before(self._meta())
            self.version.emit(saved.parts, reason)
            self.changed.emit()
        then(problem)
        if self._after_saving:
            self._after_saving.pop(0)()

    def _became_saved(self, data: bytes, stamp: tuple[int, ...]) -> None:
        self._disk = FileState(digest(data), stamp)
        self._is_saved(plain_text(self.editor.document()))
        self.changed.emit()

    def _is_saved(self, text: Text) -> None:
        """The file has `text`, as it is shown, and nothing else is in the document."""
        self.editor.document().setModified(False)
        self.notice.clear()
        if self._journaling is not None:
            self._journaling.saved(text, self._meta())

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
        return Meta(
            path, self.title, file.encoding, file.newline, file.bom, self._disk.digest, history=self._history
        )

    def _start_journal(self, meta: Meta, text: Text) -> None:
        if self._journal is not None:
            log = self._journal.document(meta, text)
            self._journaling = Journaling(self.editor.document(), log, self)

    def flush_journal(self) -> None:
        """Hand the newest changes to the journal."""
        if self._journaling is not None:
            self._journaling.flush()

    def use_journal(self, journal: Journal) -> None:
        """Begin a journal that there was no room for before."""
        if self._journal is None and not self.loading:
            self._journal = journal
            self._start_journal(self._meta(), plain_text(self.editor.document()))
            if self.modified and self._journaling is not None:
                self._journaling.begin_unsaved(self._meta())

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
        if self._opening is not None:  # the file itself was coming in: what is offered back is newer
            self._opening.stop()
            self._opening = None
            self.work.end()
        meta = lost.meta
        self.path = Path(meta.path) if meta.path else None
        self._history = meta.history or self._history
        self.file = TextFile("", meta.encoding, meta.newline, meta.bom)
        known = lost.known_digest()
        self._disk = FileState(known or meta.saved_digest, _stamp_or_none(self.path) if known else ())
        self._choose_highlighter()
        self.drop_journal()
        log = self._journal.document(self._meta(), lost.text) if self._journal is not None else None
        if log is not None:  # written down before anything else: the old journal is deleted after this
            log.rebase(lost.text)
            log.flush()
        self.abandon_loading()
        if len(lost.text) < LARGE:
            self.editor.setPlainText(lost.text)
            self._restored(lost, log)
        else:
            source = partial(in_parts, lost.text)
            self._fill(source, len(lost.text), lambda _opened: self._restored(lost, log))

    def _restored(self, lost: LostDocument, log: DocumentJournal | None) -> None:
        self.editor.setReadOnly(False)
        self.editor.document().setModified(True)
        if log is not None:
            self._journaling = Journaling(self.editor.document(), log, self)
        if lost.file_changed:
            self.disk.check()
        self.changed.emit()

    # -- the file, changed by others ---------------------------------------------------------------

    def stamp_on_disk(self) -> tuple[int, ...]:
        """Return what changes with the file, () if it is not there."""
        return _stamp_or_none(self.path)

    def on_disk(self) -> bool:
        """Return whether the file is there."""
        return bool(self.stamp_on_disk())

    def changed_on_disk(self) -> bool:
        """Return whether the file's bytes are no longer those last read or written."""
        if self.path is None or self.loading or self.saving:  # then it is this program that writes it
            return False
        stamp = _stamp_or_none(self.path)
        if not stamp:
            return bool(self._disk.digest)
        if stamp == self._disk.stamp:
            return False
        try:
            same = digest(self.path.read_bytes()) == self._disk.digest
        except OSError:
            return True
        if same:
            self._disk = replace(self._disk, stamp=stamp)
        return not same

    def keep_mine(self, data: bytes | None = None) -> None:
        """Go on with the text here; the next save replaces what is on disk, if that is `data` where given."""
        try:
            stamp = _stamp_or_none(self.path)
            found = self.path.read_bytes() if self.path else b""
        except OSError:
            stamp, found = (), b""
        seen = found if data is None else data
        self._disk = FileState(digest(seen), stamp if seen == found else ())
        self.editor.document().setModified(True)
        self.notice.clear()
        if seen:
            self.version.emit(decode(seen).text, ON_DISK)

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


def _stamp_or_none(path: Path | None) -> tuple[int, ...]:
    try:
        return stamp_of(path) if path else ()
    except OSError:
        return ()


def _told_of_bad_bytes(file: TextFile) -> str:
    if file.bad_bytes == 1:
        return tr(
            "One byte of this file, in line {line}, is not valid {encoding}. It is shown as a box and saved "
            "unchanged.",
            encoding=file.label,
            line=file.bad_line,
        )
    return tr(
        "{n:,} bytes of this file are not valid {encoding}, the first in line {line}. They are shown as "
        "boxes and saved unchanged.",
        n=file.bad_bytes,
        encoding=file.label,
        line=file.bad_line,
    )


def same_file(one: Path, other: Path) -> bool:
    """Return whether both names lead to one file."""
    try:
        return one.samefile(other)
    except OSError:
        return False
