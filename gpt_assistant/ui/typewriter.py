"""Typewriter scrolling: the line of the caret stays at one height, and the text moves instead.

Qt scrolls plain text by whole lines. So that the eye can follow, the view is put where it comes from after
the text has jumped, and glides to its place: moving the viewport costs no layout, only its painting. The
caret goes with it, so what is typed meanwhile is where it belongs. Where less motion is wanted it
jumps.

With `centerOnScroll` Qt lets the last line be scrolled to any height; without it, the end of the text
would be stuck at the lower edge.
"""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, Qt, QTimer, QVariantAnimation
from PySide6.QtWidgets import QApplication

from gpt_assistant.settings import Settings
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.motion import reduced_motion

_GLIDE_MS = 110
_LONGEST_GLIDE = 4  # lines; what is further away is another place, and one looks there at once


class Typewriter(QObject):
    """Keeps the caret's line of one editor at `typewriter_height` per cent of the view."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._on = False
        self._height = 50
        self._shift = 0
        self._glide = QVariantAnimation(self, duration=_GLIDE_MS)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._place)
        self._glide.finished.connect(self._arrive)
        editor.caret_moved.connect(self._caret_moved)
        editor.edited.connect(lambda *_: self._caret_moved())
        editor.viewport().installEventFilter(self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(lambda: self.follow(glide=False))

    def apply_settings(self, settings: Settings) -> None:
        """Take whether, and at which height."""
        changed = (self._on, self._height) != (settings.typewriter, settings.typewriter_height)
        self._on, self._height = settings.typewriter, settings.typewriter_height
        if changed:
            self._editor.setCenterOnScroll(self._on)
            self._soon.start()

    def follow(self, glide: bool = True) -> None:
        """Scroll until the caret's line is at its height, as far as the text's beginning allows."""
        if not self._on or not self._editor.isVisible():
            return
        bar, line = self._editor.verticalScrollBar(), self._editor.fontMetrics().lineSpacing()
        wanted = self._editor.viewport().height() * self._height / 100
        caret = self._editor.cursorRect()
        before = bar.value()
        bar.setValue(before + round((caret.center().y() - wanted) / max(1, line)))
        lines = bar.value() - before
        if lines and glide and abs(lines) <= _LONGEST_GLIDE and not reduced_motion():
            self._start(caret.top() - self._editor.cursorRect().top())

    def _caret_moved(self) -> None:
        # While a button is down the writer aims at what is on screen: it must not move away.
        if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self.follow()

    def _start(self, pixels: int) -> None:
        """Glide from `pixels` below the view's place, and from where it is in a glide not yet done."""
        self._glide.stop()
        self._glide.setStartValue(pixels + self._shift)
        self._glide.setEndValue(0)
        self._glide.start()

    def _place(self, shift: int) -> None:
        viewport = self._editor.viewport()
        viewport.move(viewport.pos() + QPoint(0, int(shift) - self._shift))
        self._shift = int(shift)

    def _arrive(self) -> None:
        self._shift = 0
        self._editor.setViewportMargins(self._editor.viewportMargins())  # lays it out where it belongs

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow when the view gets another size; Qt has put it in its place then."""
        if event.type() == QEvent.Type.Resize and self._on:
            self._glide.stop()
            self._shift = 0
            self._soon.start()
        return super().eventFilter(watched, event)
