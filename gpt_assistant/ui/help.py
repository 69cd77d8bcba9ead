"""The Help menu: keys, first steps, diagnostics, about."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from gpt_assistant import paths
from gpt_assistant.settings import Settings, fields
from gpt_assistant.ui.about import AboutDialog
from gpt_assistant.ui.actions import first_key
from gpt_assistant.ui.diagnostics import DiagnosticsDialog, diagnostics
from gpt_assistant.ui.keys_dialog import KeysDialog
from gpt_assistant.ui.language import chosen_language
from gpt_assistant.ui.recent_log import RecentLog
from gpt_assistant.ui.tr import tr

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow


class Help(QObject):
    """The help of one window.

    The composition root says what only the engine knows: `present` returns the ids of the models on this
    machine, `device` where the model runs and with which numbers.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.present: Callable[[], Collection[str]] = tuple
        self.device: Callable[[], str] = str
        self._log = RecentLog()
        self._log.start()
        window.closing.connect(self._log.stop)

    def actions(self) -> dict[str, Callable[..., object]]:
        """Return what the actions of the menu do."""
        return {
            "keys": self.show_keys,
            "first_steps": self.show_first_steps,
            "diagnostics": self.show_diagnostics,
            "about": self.show_about,
        }

    def show_keys(self) -> None:
        """Show every key there is, to change it."""
        over = QApplication.activeModalWidget() or self._window  # the settings lead here as well
        KeysDialog(self._window.actions_table, self._window.store, over).open()

    def show_first_steps(self) -> None:
        """Open a document to try things out in; it has no file, and closing it asks nothing."""
        settings = self._window.store.current
        document = self._window.new_document(tr("First steps"))
        document.editor.setPlainText(first_steps(settings))
        document.editor.document().setModified(False)
        document.editor.document().clearUndoRedoStacks()

    def show_diagnostics(self) -> None:
        """Show what can be copied into a report."""
        report = diagnostics(self._window.store.current, self.device(), self._log.lines())
        DiagnosticsDialog(report, self._window).open()

    def show_about(self) -> None:
        """Show version and licences."""
        AboutDialog(self.present, self._window).open()


def first_steps(settings: Settings) -> str:
    """Return the guide in the interface's language, with the keys as they are set."""
    language = chosen_language(settings.language)
    path = paths.resource(f"first-steps.{language}.md")
    if not path.is_file():
        path = paths.resource("first-steps.en.md")
    text = path.read_text(encoding="utf-8")
    for field in fields():
        if field.metadata["kind"] == "key":
            keys = QKeySequence(getattr(settings, field.name), QKeySequence.SequenceFormat.PortableText)
            name = keys.toString(QKeySequence.SequenceFormat.NativeText) or "—"
            text = text.replace(f"{{{field.name}}}", name)
    for action in ("focus", "keys", "palette"):
        text = text.replace(f"{{{action}}}", first_key(action, settings.shortcuts) or "—")
    return text
