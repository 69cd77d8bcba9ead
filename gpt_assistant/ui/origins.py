"""Who wrote what, for one window: its actions, the shades, their legend, the statistics and what is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QBoxLayout

from gpt_assistant.settings import Settings
from gpt_assistant.text.origins import NAMES_OF_ORIGINS, Origin
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.origin_keeping import OriginKeeping, shares
from gpt_assistant.ui.origin_legend import Legend
from gpt_assistant.ui.origin_looks import looks
from gpt_assistant.ui.origin_marks import OriginMarks
from gpt_assistant.ui.origin_report import Reporting
from gpt_assistant.ui.origins_kept import OriginsKept
from gpt_assistant.ui.statistics_dialog import StatisticsDialog
from gpt_assistant.ui.theme import LIGHT, Colours
from gpt_assistant.ui.tr import localised, tr

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

_REST_MS = 200  # from a change until the legend follows


class Origins(QObject):
    """All of it, for one window."""

    def __init__(self, window: MainWindow, data: Path) -> None:
        super().__init__(window)
        self._window = window
        self.keeping = OriginKeeping(window, data / "origins.db")
        self.reporting = Reporting(window)
        self._looks = looks(LIGHT)
        self._marks: dict[Editor, OriginMarks] = {}
        settings = window.store.current
        self._shown = settings.origins_shown and settings.origins
        self._spoken: Origin | None = None
        self.legend = Legend(self._looks, self.show_statistics, lambda: self._show(False), window)
        centre = window.centralWidget()
        rows = centre.layout() if centre is not None else None
        assert isinstance(rows, QBoxLayout)
        rows.insertWidget(1, self.legend)
        self.legend.setVisible(self._shown)
        self._timer = QTimer(self, singleShot=True, interval=_REST_MS)
        self._timer.timeout.connect(self.refresh)
        window.editor_added.connect(self._follow)
        window.editor_removed.connect(lambda editor: self._marks.pop(editor, None))
        window.current_editor_changed.connect(lambda _editor: self.refresh())

    def actions(self) -> dict[str, Callable[..., object]]:
        """Return what each of the actions does, by its name."""
        return {
            "origins": self._show,
            "statistics": self.show_statistics,
            "origins_report": self.reporting.ask,
            "origins_kept": self.show_kept,
        }

    def set_colours(self, colours: Colours) -> None:
        """Use the colours of a theme."""
        self._looks = looks(colours)
        self.legend.set_looks(self._looks)
        for marks in self._marks.values():
            marks.set_looks(self._looks)

    def apply_settings(self, settings: Settings) -> None:
        """Begin or end to remember, and to show."""
        self.keeping.apply_settings(settings)
        self._shown = settings.origins_shown and settings.origins
        for marks in self._marks.values():
            marks.show(self._shown)
        self.legend.setVisible(self._shown)
        self.refresh()

    def close(self, keep_work: bool) -> None:
        """Store what is to be stored: the window closes, and unsaved work is kept, or is not."""
        self.keeping.close(keep_work)

    # -- the view ----------------------------------------------------------------------------------

    def _follow(self, editor: Editor) -> None:
        marks = self._marks[editor] = OriginMarks(editor, self._looks)
        marks.show(self._shown)
        editor.origins.changed.connect(self._soon)
        editor.cursorPositionChanged.connect(self._soon)
        editor.caret_moved.connect(lambda: self._speak(editor))

    def marks(self, editor: Editor) -> OriginMarks:
        """Return the shades of an editor of this window."""
        return self._marks[editor]

    def _show(self, shown: bool) -> None:
        """Shade the text, or do not, from now on."""
        if shown and not self.keeping.on:
            self._window.status.show_hint(
                tr("Who wrote what is not remembered: it is switched off in the settings.")
            )
            self._window.actions_table["origins"].setChecked(False)
            return
        try:
            self._window.store.change(origins_shown=shown)
        except OSError as error:
            self._window.status.show_problem(localised(error))
        if (
            not shown
            and (editor := self._window.current_editor()) is not None
            and self._legend_has_keyboard()
        ):
            editor.setFocus()

    def _legend_has_keyboard(self) -> bool:
        holder = self._window.focusWidget()
        return holder is not None and self.legend.isAncestorOf(holder)

    def _soon(self) -> None:
        if self._shown and not self._timer.isActive():
            self._timer.start()

    def refresh(self) -> None:
        """Show in the legend what is in the text in front, and what is at its caret."""
        editor = self._window.current_editor()
        if self._shown and editor is not None:
            self.legend.show_shares(shares(editor.origins.map), origin_at_caret(editor))

    def _speak(self, editor: Editor) -> None:
        """Tell a screen reader where the caret has come to another origin."""
        if not self._shown:
            return
        here = origin_at_caret(editor)
        if here is not None and here is not self._spoken:
            editor.announcer.announce(tr(NAMES_OF_ORIGINS[here]))
        self._spoken = here

    # -- dialogs -----------------------------------------------------------------------------------

    def show_statistics(self) -> StatisticsDialog | None:
        """Show the statistics of the document in front."""
        document = self._window.current_document()
        if document is None:
            return None
        if document.loading:
            self._window.status.show_hint(tr("{title} is still being opened.", title=document.title))
            return None
        dialog = StatisticsDialog(document, self.reporting.ask, self.show_kept, self._window)
        dialog.open()
        return dialog

    def show_kept(self) -> OriginsKept:
        """Show about which documents it is remembered."""
        keeping = self.keeping
        keeping.store_work()
        dialog = OriginsKept(
            lambda: keeping.ask(keeping.store.documents) or [], keeping.forget, keeping.on, self._window
        )
        dialog.open()
        return dialog


def origin_at_caret(editor: Editor) -> Origin | None:
    """Return whose the character before the caret is, or else the one behind it; None in an empty text."""
    position = editor.textCursor().position()
    return editor.origins.map.at(position - 1) or editor.origins.map.at(position)
