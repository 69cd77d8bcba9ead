"""The main window: documents in tabs, the menus, the find bar and the status bar.

It knows nothing of models. What completes the text listens to `editor_added` and
`current_editor_changed`, and speaks through `status`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QTabBar, QTabWidget, QToolButton, QVBoxLayout, QWidget

from gpt_assistant import paths
from gpt_assistant.settings import Settings, SettingsStore
from gpt_assistant.storage.binary import BinaryFileError
from gpt_assistant.storage.journal import Journal
from gpt_assistant.storage.recovery import LostDocument
from gpt_assistant.storage.session import RecentFiles
from gpt_assistant.text.told import mark
from gpt_assistant.ui.actions import ActionsTable
from gpt_assistant.ui.autocorrect import Autocorrect
from gpt_assistant.ui.autosave import Autosave
from gpt_assistant.ui.backup import Backup
from gpt_assistant.ui.commands import connect_actions, show_format_menu, tick_settings
from gpt_assistant.ui.connections import Connections
from gpt_assistant.ui.document import Document, dropped_files, same_file
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.encryption import Encryption
from gpt_assistant.ui.exporting import Exporting
from gpt_assistant.ui.file_dialog import compare_with_file
from gpt_assistant.ui.files import FileCommands
from gpt_assistant.ui.find import FindBar
from gpt_assistant.ui.find_keys import register_find_keys
from gpt_assistant.ui.focus import Focus
from gpt_assistant.ui.goal import Goal
from gpt_assistant.ui.help import Help
from gpt_assistant.ui.keeping import Keeping
from gpt_assistant.ui.language import install as install_language
from gpt_assistant.ui.machine import Machine
from gpt_assistant.ui.masking import Masking
from gpt_assistant.ui.mood import Moods
from gpt_assistant.ui.motion import Motion
from gpt_assistant.ui.origins import Origins
from gpt_assistant.ui.predictability import Predictability
from gpt_assistant.ui.printing import Printing
from gpt_assistant.ui.restoring import Restoring
from gpt_assistant.ui.reviewing import Reviewing
from gpt_assistant.ui.server import Server
from gpt_assistant.ui.spelling import Spelling
from gpt_assistant.ui.spelling_commands import SpellingCommands
from gpt_assistant.ui.statusbar import StatusBar
from gpt_assistant.ui.theme import Theme
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.watcher import FileWatcher
from gpt_assistant.ui.why import Why
from gpt_assistant.ui.widgets import give_size, tool_button, with_keys

FIRST_HINT = mark("{accept} takes the grey text, {word} one word of it, {dismiss} hides it.")


class MainWindow(QMainWindow):
    """One editor window. Call `start` to restore the session and open files, then `show`."""

    editor_added = Signal(object)
    editor_removed = Signal(object)
    current_editor_changed = Signal(object)
    closing = Signal()
    retry_model = Signal()
    forget_learnt = Signal()
    masking: Masking

    def __init__(self, store: SettingsStore, data_folder: Path | None = None) -> None:
        install_language(store.current.language)  # before the first of its strings
        super().__init__()
        self.store = store
        self._data = data_folder or paths.data_folder()
        self._ended = self._asking = self._logging_out = False
        self.setWindowTitle("GPT Assistant")
        self.setAcceptDrops(True)
        give_size(self, 980, 720)
        self.setMinimumSize(320, 220)
        self.encryption = Encryption(self, self._data)  # before what reads something that may be encrypted
        self.encryption.opened.connect(self._take_up)
        self._build()
        self.backup = Backup(self, self._data / "journal")
        self.recent = RecentFiles(self._data / "recent.json", store.current.recent_limit)
        self.files = FileCommands(self)
        self.restoring = Restoring(self, self._data)
        self.watcher = FileWatcher(self._file_changed, self)
        self.keeping = Keeping(self._data, store.current, self)
        self.keeping.problem.connect(lambda text: self.status.show_problem(localised(text), about="history"))
        self.autosave = Autosave(self)
        self.origins = Origins(self, self._data)
        self.spelling = Spelling(self, self._data)
        self.spelling_commands = SpellingCommands(self, self.spelling)
        self.autocorrect = Autocorrect(self, self.spelling)
        self.predictability: Predictability = Predictability(self)
        self.moods = Moods(self)
        self.server, self.masking = Server(self), Masking(self)
        self.why = Why(self)
        self.focus = Focus(self)  # after the spelling: its layer covers the lines too
        self.goal = Goal(self, self._data / "goals.json")
        self.exporting = Exporting(self)
        self.printing = Printing(self)
        self.help = Help(self)
        self.connections = Connections(self)
        self.machine: Machine = Machine(self)
        self.actions_table = ActionsTable(self)
        self._prepare_actions()
        self._settings = store.current
        self.theme: Theme = Theme(self)
        self.theme.subscribe(lambda colours: self.find_bar.set_match_colour(colours.match))
        self.theme.subscribe(self.reviewing.set_colours)
        self.theme.subscribe(self.spelling_commands.set_colours)
        self.theme.subscribe(self.predictability.set_colours)
        self.theme.subscribe(self.moods.set_colours)
        self.theme.subscribe(self.why.set_colours)
        self.theme.subscribe(self.origins.set_colours)
        self.theme.apply(store.current)
        self.motion = Motion(self.theme.refresh, self)
        self.motion.apply(store.current.motion)
        self._forget_settings = self._follow_settings()

    def _prepare_actions(self) -> None:
        connect_actions(self)
        register_find_keys(self.find_bar, self.actions_table)
        self.spelling_commands.panel.register_keys(self.actions_table)
        self.actions_table.keys_changed.connect(self._name_keys)
        self.actions_table.apply_keys(self.store.current.shortcuts)

    def _follow_settings(self) -> Callable[[], None]:
        """Apply changes, and say what is wrong with the file; returns what ends the first."""
        self.store.warn = lambda line: self.status.show_problem(localised(line), about="settings")
        if self.store.problem:
            self.store.warn(self.store.problem)
        return self.store.subscribe(self._apply_settings)

    def _build(self) -> None:
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setMovable(True)
        self.tabs.setAccessibleName(tr("Documents"))
        self.tabs.tabBar().setExpanding(False)
        self.tabs.currentChanged.connect(self._current_changed)
        self.find_bar = FindBar(self)
        centre = QWidget(self)
        rows = QVBoxLayout(centre)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self.reviewing = Reviewing(self, self._data)
        rows.addWidget(self.reviewing.splitter, 1)
        rows.addWidget(self.find_bar)
        self.setCentralWidget(centre)
        self.status = StatusBar(self)
        self.status.format_clicked.connect(lambda which: show_format_menu(self, which))
        self.setStatusBar(self.status)
        self._count_timer = QTimer(self, singleShot=True, interval=120)
        self._count_timer.timeout.connect(self._show_count)

    # -- starting ----------------------------------------------------------------------------------

    def start(self, files: Sequence[Path] = ()) -> None:
        """Restore the last session, open `files`, offer lost work, and have a document in any case."""
        self.restoring.restore_window()
        self.spelling_commands.panel.follow(self.store.current.spelling_panel)
        self.moods.panel.follow(self.store.current.mood_panel)
        if self.store.current.restore_session:
            self.restoring.restore_documents()
        for path in files:
            self.open_path(path, create=True)
        if not self.documents():
            self.new_document()
        if self.restoring.first_start:
            keys = self.store.current
            self.status.show_hint(
                tr(FIRST_HINT, accept=keys.key_accept, word=keys.key_accept_word, dismiss=keys.key_dismiss)
            )
        self.restoring.offer_lost_work(self._data / "journal")
        self.encryption.start()

    def _take_up(self) -> None:
        """Take up what was encrypted and could not be read when the window began."""
        self.goal.take_up()
        self.restoring.take_up(self._data / "journal")
        self.spelling.take_up()
        self.origins.keeping.take_up()

    # -- documents ---------------------------------------------------------------------------------

    @property
    def journal(self) -> Journal | None:
        """Return the journal of unsaved work, None while there is no room for one."""
        return self.backup.journal

    def documents(self) -> list[Document]:
        """Return the open documents in the order of their tabs."""
        return [self._at(index) for index in range(self.tabs.count())]

    def _at(self, index: int) -> Document:
        document = self.tabs.widget(index)
        assert isinstance(document, Document)
        return document

    def editors(self) -> list[Editor]:
        """Return the editors of all documents."""
        return [document.editor for document in self.documents()]

    def current_document(self) -> Document | None:
        """Return the document in front."""
        document = self.tabs.currentWidget()
        return document if isinstance(document, Document) else None

    def current_editor(self) -> Editor | None:
        """Return the editor in front."""
        document = self.current_document()
        return document.editor if document else None

    def new_document(self, name: str = "") -> Document:
        """Add an empty document called `name`, or "Untitled" and a number, and show it."""
        taken = {document.title for document in self.documents()}
        numbers = range(2, len(taken) + 3)
        names = [name or tr("Untitled"), *(tr("Untitled {number}", number=number) for number in numbers)]
        document = Document(
            self.store.current, self.journal, next(name for name in names if name not in taken)
        )
        self._add(document)
        return document

    def fresh_document(self) -> None:
        """Show an empty document: the one in front, if it is untouched, else a new one."""
        current = self.current_document()
        if current is None or not current.pristine:
            self.new_document()

    def take_over(self, files: Sequence[Path], new_document: bool) -> None:
        """Come to the front with `files`, and a new document if wanted: the program was started again."""
        for path in files:
            self.open_path(path, create=True)
        if new_document:
            self.fresh_document()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        if (editor := self.current_editor()) is not None:
            editor.setFocus()

    def open_path(
        self, path: Path, index: int = -1, create: bool = False, any_bytes: bool = False
    ) -> Document | None:
        """Show the file, in a new tab unless it is open; returns None, having said why, if it cannot.

        With `index` the tab goes there and stays in the background; with `create` a file that does
        not exist yet becomes an empty document of that name; with `any_bytes` it need not be text.
        """
        path = Path(path).absolute()
        if (known := self._find_document(path)) is not None:
            self.show_document(known)
            return known
        document = Document(self.store.current, self.journal, path.name)
        try:
            if create and not path.exists() and path.parent.is_dir():
                document.path = path
            else:
                document.load(path, any_bytes)
        except OSError as error:
            document.drop_journal()
            document.deleteLater()
            self._not_opened(path, error)
            return None
        pristine = self.current_document()
        self._add(document, index)
        if index < 0 and pristine is not None and pristine.pristine:
            self._remove(pristine)
        self.recent.add(path)
        return document

    def _not_opened(self, path: Path, error: OSError) -> None:
        self.recent.remove(path)
        other = None
        if isinstance(error, BinaryFileError):
            other = (tr("Open it as text"), lambda: self.open_path(path, any_bytes=True))
        retry = None if other else lambda: self.open_path(path)
        self.status.show_problem(localised(error), retry, other=other)

    def _load_failed(self, document: Document, error: OSError | None) -> None:
        """A large file that was coming in does not: close its tab again."""
        if self.tabs.indexOf(document) >= 0:
            self._close_one(document)
        if error is not None and document.path is not None:
            self._not_opened(document.path, error)

    def show_lost(self, lost: LostDocument) -> None:
        """Show work that a crash interrupted, in its file's tab if that is open and unchanged."""
        known = self._find_document(Path(lost.meta.path)) if lost.meta.path else None
        if known is not None and not known.modified:
            known.restore(lost)
            self.show_document(known)
            return
        before = self.current_document()
        document = Document(self.store.current, self.journal, lost.meta.title)
        document.restore(lost)
        self._add(document)
        if before is not None and before.pristine:
            self._remove(before)

    def _find_document(self, path: Path) -> Document | None:
        for document in self.documents():
            if document.path is not None and (
                document.path == path or (path.exists() and same_file(document.path, path))
            ):
                return document
        return None

    def _add(self, document: Document, index: int = -1) -> None:
        document.changed.connect(lambda: self._show_state(document))
        document.problem.connect(self.status.show_problem)
        document.load_failed.connect(lambda error: self._load_failed(document, error))
        document.files_dropped.connect(self.files.open_all)
        document.compare_with_file.connect(lambda: compare_with_file(self, document))
        self.keeping.follow(document)
        document.counter.changed.connect(self._count_timer.start)
        document.editor.selectionChanged.connect(self._count_timer.start)
        document.editor.undoAvailable.connect(lambda _: self._update_actions())
        document.editor.redoAvailable.connect(lambda _: self._update_actions())
        document.editor.copyAvailable.connect(lambda _: self._update_actions())
        place = self.tabs.insertTab(index, document, "")
        close = tool_button("✕", self._close_tip(), lambda: self.close_document(document), self)
        close.setObjectName("closeTab")
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tabs.tabBar().setTabButton(place, QTabBar.ButtonPosition.RightSide, close)
        self.editor_added.emit(document.editor)
        if index < 0:
            self.tabs.setCurrentIndex(place)
            document.editor.setFocus()
        self._show_state(document)
        self._watch_files()

    def _close_tip(self) -> str:
        return with_keys(tr("Close"), self.actions_table.key_name("close"))

    def _name_keys(self) -> None:
        for button in self.tabs.findChildren(QToolButton, "closeTab"):
            button.setToolTip(self._close_tip())
            button.setAccessibleName(self._close_tip())

    def show_document(self, document: Document) -> None:
        """Bring `document` to the front."""
        self.tabs.setCurrentWidget(document)

    def close_document(self, document: Document | None) -> None:
        """Close one document, asking first if it has unsaved work."""
        if document is not None:
            self.files.ask_to_close([document], lambda may: self._close_one(document) if may else None)

    def _close_one(self, document: Document) -> None:
        self._remove(document)
        if not self.tabs.count():
            self.new_document()

    def _remove(self, document: Document) -> None:
        document.abandon_loading()
        self.keeping.forget(document)
        document.drop_journal()
        self.editor_removed.emit(document.editor)
        self.tabs.removeTab(self.tabs.indexOf(document))
        document.deleteLater()
        self._watch_files()

    def step_tab(self, step: int) -> None:
        """Show the document `step` tabs further on, round and round."""
        if count := self.tabs.count():
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % count)

    def document_saved(self, document: Document) -> None:
        """Note that `document` was written to its file."""
        if document.path is not None:
            self.recent.add(document.path)
        self._watch_files()

    # -- files changed by others -------------------------------------------------------------------

    def _watch_files(self) -> None:
        self.restoring.save_soon()
        self.watcher.watch(document.path for document in self.documents() if document.path is not None)

    def _file_changed(self, path: Path) -> None:
        for document in self.documents():
            if document.path == path:
                document.disk.check_soon()

    def changeEvent(self, event: QEvent) -> None:
        """Look at the files again when the writer comes back: not every file system can be watched."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.store.refresh()
            for document in self.documents():
                document.disk.check_soon()

    # -- showing -----------------------------------------------------------------------------------

    def _current_changed(self, _index: int) -> None:
        document = self.current_document()
        self.find_bar.set_editor(document.editor if document else None)
        if document is not None:
            self._show_state(document)
            if not self.find_bar.isVisible():
                document.editor.setFocus()
        self._show_count()
        self.current_editor_changed.emit(self.current_editor())

    def _show_state(self, document: Document) -> None:
        index = self.tabs.indexOf(document)
        if index < 0:
            return
        title = document.title.replace("&", "&&")
        self.tabs.setTabText(index, f"{title} •" if document.modified else title)
        self.tabs.setTabToolTip(index, str(document.path or tr("Not saved yet")))
        if document is self.current_document():
            self.setWindowTitle(f"{document.title}[*] — GPT Assistant")
            self.setWindowModified(document.modified)
            self.status.show_format(localised(document.file.label), document.file.newline_label)
            self._update_actions()

    def _show_count(self) -> None:
        if (document := self.current_document()) is not None:
            cursor = document.editor.textCursor()
            selected = document.counter.of_selection(cursor) if cursor.hasSelection() else None
            self.status.show_count(document.counter.total, selected)

    def _update_actions(self) -> None:
        document = self.current_document()
        if document is None:
            return
        editor, table = document.editor, self.actions_table
        selected = editor.textCursor().hasSelection()
        table["undo"].setEnabled(editor.document().isUndoAvailable())
        table["redo"].setEnabled(editor.document().isRedoAvailable())
        table["cut"].setEnabled(selected and not editor.isReadOnly())
        table["copy"].setEnabled(selected)
        table["reload"].setEnabled(document.path is not None)

    def _apply_settings(self, settings: Settings) -> None:
        self.recent.limit = settings.recent_limit
        self.theme.apply(settings)
        self.motion.apply(settings.motion)
        tick_settings(self)
        self.actions_table.apply_keys(settings.shortcuts)
        self.reviewing.apply_settings(settings)
        self.spelling.apply_settings(settings)
        self.spelling_commands.panel.follow(settings.spelling_panel)
        self.autocorrect.apply_settings(settings)
        self.focus.apply_settings(settings)
        self.keeping.apply_settings(settings)
        self.encryption.apply_settings(settings)
        self.autosave.apply_settings(settings)
        self.origins.apply_settings(settings)
        self.moods.apply_settings(settings)
        self.connections.apply_settings(settings)
        for document in self.documents():
            document.apply_settings(settings)

    # -- dropped files -----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files anywhere on the window."""
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the files dropped."""
        self.files.open_all(dropped_files(event))
        event.acceptProposedAction()

    # -- ending ------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when nothing is unsaved; otherwise stay open and ask."""
        if self._ended:
            event.accept()
        elif self._logging_out:
            self._end(keep_work=True)
            event.accept()
        elif not any(document.unsaved for document in self.documents()):
            self._end(keep_work=False)
            event.accept()
        else:
            event.ignore()
            if not self._asking:
                self._asking = True
                self.files.ask_to_close(self.documents(), self._close_answered)

    def _close_answered(self, may_close: bool) -> None:
        self._asking = False
        if may_close:
            self._end(keep_work=False)
            self.close()

    def keep_work(self) -> None:
        """The desktop session is about to end: write everything down, and do not ask when it does."""
        self._logging_out = True
        QTimer.singleShot(60_000, self, self._stays)  # another program may have called the logout off
        for document in self.documents():
            document.flush_journal()
        if self.journal is not None:
            self.journal.flush()
        self.origins.keeping.store_work()
        self.restoring.save()

    def _stays(self) -> None:
        self._logging_out = False

    def end_keeping_work(self) -> None:
        """Close at once; unsaved work stays in the journal and is offered at the next start."""
        if not self._ended:
            self._end(keep_work=True)
        self.close()

    def _end(self, keep_work: bool) -> None:
        self._ended = True
        self.find_bar.close_bar()
        self._forget_settings()
        self.restoring.save()
        self.keeping.close(discarded=not keep_work)
        self.origins.close(keep_work)
        for document in self.documents():
            document.abandon_loading()
            if keep_work and document.unsaved:
                document.stop_journal()
            else:
                document.drop_journal()
        self.encryption.close()
        self.backup.close()
        self.restoring.release()
        self.closing.emit()  # last: who hears it may wait for the model thread
