"""Focus mode and typewriter scrolling of one window: which bars are seen, and what each editor dims.

In focus mode there is only the text. The status bar comes back by itself while it has something to say,
for a file that cannot be saved must be heard of; and goes again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence

from gpt_assistant.settings import Settings
from gpt_assistant.ui.dimming import Dimming
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.typewriter import Typewriter

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow


class Focus(QObject):
    """`on` is whether focus mode is; it ends with the window, as the full screen does."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._full_screen = False
        self.on = False
        self._editors: dict[Editor, tuple[Dimming, Typewriter]] = {}
        window.editor_added.connect(self._add)
        window.editor_removed.connect(lambda editor: self._editors.pop(editor, None))
        window.status.speaks.connect(self._speak)

    def dimming(self, editor: Editor) -> Dimming:
        """Return what dims `editor`."""
        return self._editors[editor][0]

    def set_on(self, on: bool) -> None:
        """Show the text alone, but for the paragraph or sentence at the caret dimmed; or all again."""
        if on == self.on:
            return
        self.on = on
        self._window.actions_table["focus"].setChecked(on)
        settings = self._window.store.current
        for dimming, _ in self._editors.values():
            dimming.set_unit(settings.focus_on if on else "")
        self._show_bars()
        if on:
            key = self._window.actions_table["focus"].shortcut()
            name = key.toString(QKeySequence.SequenceFormat.NativeText)
            self._window.status.show_hint(tr("Focus mode. {key} ends it.", key=name))
        else:
            self._window.status.show_hint("")

    def set_full_screen(self, on: bool) -> None:
        """Show only the text and the status bar, on the whole screen; or the bars again."""
        self._full_screen = on
        self._show_bars()

    def apply_settings(self, settings: Settings) -> None:
        """Take what is dimmed, and the height of the line at the caret, from `settings`."""
        for dimming, typewriter in self._editors.values():
            dimming.set_unit(settings.focus_on if self.on else "")
            typewriter.apply_settings(settings)
        if self.on:
            self._show_bars()

    def _add(self, editor: Editor) -> None:
        self._editors[editor] = (Dimming(editor), Typewriter(editor))
        self.apply_settings(self._window.store.current)

    def _show_bars(self) -> None:
        window = self._window
        bare = self.on or self._full_screen
        whole = self._full_screen or (self.on and window.store.current.focus_full_screen)
        window.menuBar().setVisible(not bare)
        window.tabs.tabBar().setVisible(not bare)
        window.spelling_commands.panel.follow(window.store.current.spelling_panel)
        window.predictability.panel.follow(window.predictability.on)
        window.moods.panel.follow(window.store.current.mood_panel)
        self._speak(window.status.has_message)
        full, state = Qt.WindowState.WindowFullScreen, window.windowState()
        window.setWindowState(state | full if whole else state & ~full)  # maximised stays maximised

    def _speak(self, something: bool) -> None:
        self._window.status.setVisible(something or not self.on)
