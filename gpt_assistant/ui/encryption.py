"""The encryption of what a window keeps (storage/vault.py): the key at the start, and turning it on and off.

The keyring and the disk are waited for on a thread of their own. The window is there before the key is;
what it could not read then (the session, goals, unsaved work of the last run) it takes up when the key comes:
0.3 s later where the keyring is open, and when the writer has typed her password where it is not.

Of the setting and sealing.json the file is right: settings that were reset or damaged take no encryption off.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QProgressBar, QProgressDialog

from gpt_assistant.settings import Settings
from gpt_assistant.storage import converting, vault
from gpt_assistant.text.told import said
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import bold

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

log = logging.getLogger(__name__)

ABOUT = "encryption"
_END_SECONDS = 5.0
_SHOW_AFTER_MS = 500


class Encryption(QObject):
    """Keeps the setting and the data together. `opened`: what is encrypted can be read from now on."""

    opened = Signal()
    keyed = Signal()  # there is a key, for other processes too
    _told = Signal(object)  # a callable, to be run on the window's thread

    def __init__(self, window: MainWindow, data: Path) -> None:
        super().__init__(window)
        self._window, self._data = window, data
        self.vault = vault.of(data)
        vault.set_patience(0.0)
        self._ended = self._cancelled = False
        self._pending = 0
        self._thread: threading.Thread | None = None
        self._works: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self.dialog: QProgressDialog | None = None
        self._told.connect(lambda run: run(), Qt.ConnectionType.QueuedConnection)
        self._wanted = window.store.current.encrypt

    # -- the start ---------------------------------------------------------------------------------

    def start(self) -> None:
        """Get the key, if there is one, and go on with what a kill has interrupted."""
        state = self.vault.state
        if state.public:
            if state.seals != self._wanted:
                self._show_setting(state.seals)
            self.fetch()
        elif self._wanted:
            self._change(True, quietly=True)

    def fetch(self) -> None:
        """Ask the keyring for the key again."""
        self._run(self._fetch)

    def _fetch(self) -> None:
        problem = self.vault.fetch(converting.keys_needed(self._data))
        unread = bool(converting.unread(self._data))
        self._tell(lambda: self._fetched(problem, unread))

    def _fetched(self, problem: str, unread: bool) -> None:
        if problem:
            why, lost = localised(problem), bool(self.vault.texts())
            line = why if lost else tr("{why} Until then what is kept of your text is out of reach.", why=why)
            # Who only has to unlock the keyring is not tempted to put everything aside.
            anew = (tr("Begin anew"), self.ask_to_begin_anew) if unread and lost else None
            self._window.status.show_problem(line, self.fetch, ABOUT, anew)
            if not lost:
                return
        else:
            self._window.status.clear_problem(ABOUT)
        self.keyed.emit()
        self.opened.emit()
        self._go_on()

    def _go_on(self) -> None:
        if self.vault.state.mode in (vault.SEALING, vault.OPENING):
            self._convert(quietly=True)

    # -- a lost key --------------------------------------------------------------------------------

    def ask_to_begin_anew(self) -> QMessageBox:
        """Ask whether what cannot be read is to be put aside."""
        text = bold(tr("Put aside what cannot be read?"))
        box = QMessageBox(QMessageBox.Icon.Warning, "", text, parent=self._window)
        box.setInformativeText(
            tr(
                "Earlier versions, own words and the like begin empty. The encrypted files stay in {folder},"
                " under other names, for the day when the key is found again.",
                folder=str(self._data),
            )
        )
        begin = box.addButton(tr("Begin anew"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(lambda _: self._begin_anew() if box.clickedButton() is begin else self.fetch())
        box.open()
        return box

    def _begin_anew(self) -> None:
        try:
            count = converting.set_aside(self._data)
        except OSError as error:
            self._window.status.show_problem(localised(said(error)), self.fetch, ABOUT)
            return
        self._window.status.show_hint(tr("{n} encrypted files were put aside.", n=count))

    # -- turning it on and off ---------------------------------------------------------------------

    def apply_settings(self, settings: Settings) -> None:
        """Turn it on or off, if the setting has changed."""
        if settings.encrypt != self._wanted:
            self._wanted = settings.encrypt
            self._cancelled = True  # what is under way goes the other way
            self._change(settings.encrypt)

    def _change(self, on: bool, quietly: bool = False) -> None:
        def work() -> None:
            try:
                self.vault.turn_on() if on else self.vault.turn_off()
            except OSError as error:
                why = said(error)
                self._tell(lambda: self._not_changed(why, on))
                return
            self._tell(lambda: self._changed(quietly))

        self._run(work)

    def _not_changed(self, why: str, on: bool) -> None:
        why = localised(why)
        line = tr("It is not encrypted. {why}", why=why) if on else tr("It stays encrypted. {why}", why=why)
        self._window.status.show_problem(line, about=ABOUT)
        self._show_setting(not on)

    def _changed(self, quietly: bool) -> None:
        self.keyed.emit()
        self._window.status.clear_problem(ABOUT)
        for document in self._window.documents():
            document.flush_journal()  # which begins a log again that is of the other kind
        self._convert(quietly)

    def _show_setting(self, on: bool) -> None:
        self._wanted = on
        with contextlib.suppress(OSError):
            self._window.store.change(encrypt=on)

    # -- what is there already ---------------------------------------------------------------------

    def _convert(self, quietly: bool) -> None:
        self._cancelled = False
        on = self.vault.seals
        if not quietly:
            self._show_dialog(on)

        def work() -> None:
            if (journal := self._window.journal) is not None:
                journal.flush()
            self._guarded(on)

        self._run(work)

    def _guarded(self, on: bool) -> None:
        try:
            done = converting.convert(self._data, self._progress, lambda: self._cancelled or self._ended)
        except converting.Cancelled:
            return
        except (OSError, ValueError) as error:
            why = said(error)
            self._tell(lambda: self._failed(why))
            return
        self._tell(lambda: self._finished(on, done))

    def _progress(self, share: float) -> None:
        def show() -> None:
            if self.dialog is not None:
                self.dialog.setValue(min(99, round(100 * share)))

        self._tell(show)

    def _show_dialog(self, on: bool) -> None:
        self._close_dialog()
        text = tr("Encrypting what is kept here of your text…") if on else tr("Taking the encryption off…")
        dialog = QProgressDialog(text, tr("Cancel") if on else "", 0, 100, self._window)
        if not on:  # half of it plain and half encrypted is nothing that anybody wants
            dialog.setCancelButton(None)
        dialog.setWindowTitle(tr("Encryption"))
        dialog.setAccessibleName(tr("Encryption"))
        for bar in dialog.findChildren(QProgressBar):
            bar.setTextVisible(False)
            bar.setAccessibleName(text)
        dialog.setMinimumDuration(_SHOW_AFTER_MS)
        dialog.setAutoClose(False)
        dialog.setAutoReset(False)
        dialog.canceled.connect(self.cancel)
        dialog.setValue(0)
        self.dialog = dialog

    def cancel(self) -> None:
        """Go back to what it was before it was turned on."""
        self._close_dialog()
        with contextlib.suppress(OSError):
            self._window.store.change(encrypt=False)

    def _close_dialog(self) -> None:
        if self.dialog is not None:
            dialog, self.dialog = self.dialog, None
            dialog.canceled.disconnect(self.cancel)
            dialog.reset()
            dialog.deleteLater()

    def _failed(self, why: str) -> None:
        self._close_dialog()
        line = tr("Not all of it was converted; all of it can be read. {why}", why=localised(why))
        self._window.status.show_problem(line, lambda: self._convert(quietly=False), ABOUT)

    def _finished(self, on: bool, done: bool) -> None:
        self._close_dialog()
        if not done:
            hint = tr("Some of it is in use, or out of reach: the next start converts the rest.")
        elif on:
            hint = tr("What is kept here of your text is encrypted.")
        else:
            hint = tr("What is kept here of your text is no longer encrypted.")
        self._window.status.show_hint(hint)

    # -- the thread --------------------------------------------------------------------------------

    def _run(self, work: Callable[[], None]) -> None:
        """Do `work` on the thread, after what it has to do already."""
        self._pending += 1
        self._works.put(work)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="encryption", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while (work := self._works.get()) is not None and not self._ended:
            work()
            self._tell(self._done)

    def _done(self) -> None:
        self._pending -= 1

    @property
    def busy(self) -> bool:
        """Return whether the key is being fetched, or something converted."""
        return self._pending > 0

    def _tell(self, run: Callable[[], None]) -> None:
        if not self._ended:
            with contextlib.suppress(RuntimeError):  # the window is gone
                self._told.emit(run)

    def close(self) -> None:
        """Stop after the step under way; the next start goes on. Who waits for the keyring is left alone."""
        self._ended = True
        self._works.put(None)
        self._close_dialog()
        if self._thread is not None and not self.vault.waiting:
            self._thread.join(_END_SECONDS)
