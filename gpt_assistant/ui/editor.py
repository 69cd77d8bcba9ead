"""The editor: plain text, and a suggestion ahead of the caret that never gets in the way of it.

Everything the writer does runs inside `_acting`: the ghost is lifted out of the layout, Qt does its
work, and then the edits that came of it decide what remains of the suggestion. So whatever Qt asks the
layout meanwhile, it gets the answer for the document alone. Edits that come from elsewhere remove the
suggestion. `edited` is emitted when all that is done, and says who made the edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from gpt_assistant.settings import Settings
from gpt_assistant.text.suggestion import Suggestion
from gpt_assistant.text.words import accept_unit, utf16_length
from gpt_assistant.ui.announcer import Announcer
from gpt_assistant.ui.breaks import LongLines, copied, insertable
from gpt_assistant.ui.ghost import GhostText, prefers_high_contrast
from gpt_assistant.ui.keys import KeyMap, cause_of
from gpt_assistant.ui.page import Page
from gpt_assistant.ui.passages import insert_apart, text_between
from gpt_assistant.ui.pointer import Pointer
from gpt_assistant.ui.provenance import Provenance
from gpt_assistant.ui.rebound import Rebound
from gpt_assistant.ui.tr import tr

_MANY_PARAGRAPHS = 100_000  # going through so many takes 0.1 s, through those of 100 MB 0.2 to 0.7 s
_REST_MS = 150
_GOES_ON = ("typing", "ime", "accept")  # causes after which the rest of a suggestion may stay


class Editor(Page):
    """A plain text editor with ghost text.

    Signals: `accepted(text, whole)`; `dismissed`; `exhausted`, the ghost was typed or taken to its end;
    `requested`, the writer asks for a suggestion; `edited(position, removed, added, cause)`, in UTF-16
    units, cause being typing, accept, undo, redo, delete, paste, drop, ime or program; `caret_moved`
    without an edit; `ghost_painted`, once for each suggestion set; `about_to_paint`, for who formats
    only what is visible; `painted`, for who draws over it.
    """

    accepted = Signal(str, bool)
    dismissed = Signal()
    exhausted = Signal()
    requested = Signal()
    edited = Signal(int, int, int, str)
    caret_moved = Signal()
    ghost_painted = Signal()
    about_to_paint = Signal()
    painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editor")
        self._suggestion = Suggestion()
        self.ghost = GhostText(self)
        self.long_lines = LongLines(self)
        self._pointer = Pointer(self, self.ghost, self.clear_suggestion)
        self.announcer = Announcer(self)
        self.origins = Provenance(self)
        # Asked in turn when the mouse rests on the text; one that has something to say returns True.
        self.helpers: list[Callable[[QHelpEvent], bool]] = []
        self._cause = ""
        self._edits: list[tuple[int, int, int]] = []
        self._caret = 0
        self._used_up = False
        self._unpainted = False
        self._dragging = False
        self.dirty = self.viewport().rect()  # what is about to be painted
        self._old_size = self.size()
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self._take_size)
        self.document().contentsChange.connect(self._on_contents_change)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self.selectionChanged.connect(self._on_selection)

    def apply_settings(self, settings: Settings) -> None:
        """Take font, wrapping, tab width and keys from `settings`; switched off, nothing stays shown."""
        super().apply_settings(settings)
        self._keys, self._rebound = KeyMap(settings), Rebound(settings)
        if not settings.completion:
            self.clear_suggestion()

    # The suggestion

    @property
    def has_ghost(self) -> bool:
        """Whether a suggestion is shown."""
        return bool(self.ghost.text)

    def ghost_text(self) -> str:
        """Return the text shown ahead of the caret, "" for none."""
        return self.ghost.text

    def suggestion(self) -> Suggestion:
        """Return what is shown and its runners-up; an empty one if nothing is shown."""
        return self._suggestion if self.ghost.text else Suggestion()

    def set_suggestion(self, suggestion: Suggestion) -> bool:
        """Show `suggestion` at the caret instead of the one shown; False if it cannot be shown now."""
        if not suggestion.text or not self.can_suggest():
            self.clear_suggestion()
            return False
        self._unpainted = True
        return self._put(suggestion)

    def can_suggest(self) -> bool:
        """Return whether a suggestion may be shown: not over a selection, a composition or a drag."""
        if self._cause or self._dragging or self.isReadOnly() or not self.isEnabled():
            return False
        if self.textCursor().hasSelection() or self._composing():
            return False
        return self.window().focusWidget() in {None, self}

    def can_correct(self) -> bool:
        """Return whether a word may be corrected by itself now: not while something is being composed."""
        return not (self._cause or self._dragging or self._composing())

    def clear_suggestion(self) -> None:
        """Take the suggestion away without a word."""
        self._put(Suggestion())

    def dismiss_suggestion(self) -> None:
        """Take the suggestion away because the writer said so."""
        if self.has_ghost:
            self.clear_suggestion()
            self.dismissed.emit()

    def cycle_suggestion(self, step: int) -> None:
        """Show the candidate `step` places further on."""
        if self.has_ghost:
            self._put(self._suggestion.cycled(step))

    def accept_suggestion(self) -> None:
        """Put the suggestion into the text."""
        self._take(self.ghost.text)

    def accept_word(self) -> None:
        """Put the next word of the suggestion into the text; the rest of it stays."""
        self._take(accept_unit(self.ghost.text))

    def set_announce(self, setting: str) -> None:
        """Tell screen readers about suggestions: "on", "off", or "system", where there is one."""
        self.announcer.follow(setting)

    def _put(self, suggestion: Suggestion) -> bool:
        self._suggestion = suggestion
        if not suggestion.text:
            self.ghost.hide()
            self.announcer.silence()
            return False
        shown = self.ghost.show(suggestion.text)
        how = self._keys.how_to_take()
        self.announcer.announce(tr("{suggestion}. {how}", suggestion=suggestion.text, how=how))
        return shown

    def _take(self, unit: str) -> None:
        if not unit or not self.has_ghost:
            return
        whole = unit == self.ghost.text
        if whole:  # no runner-up goes on where the writer took everything
            self._suggestion = Suggestion(self._suggestion.text)
        with self._acting("accept"):
            insert_apart(self.textCursor(), unit)
        self.ensureCursorVisible()
        self.accepted.emit(unit, whole)
        if whole:
            self.exhausted.emit()

    # Edits, and what becomes of the suggestion

    @contextmanager
    def _acting(self, cause: str) -> Iterator[None]:
        """Do what the writer asked for, without the ghost in the layout; edits are put down to `cause`."""
        if self._cause:
            if self._cause == "typing":  # a key that turned out to paste
                self._cause = cause
            yield
            return
        self._cause, self._edits, self._used_up = cause, [], False
        try:
            with self.ghost.lifted():
                with self.long_lines.kept(cause, self._edits):
                    yield
                self._settle()
        finally:
            cause, self._cause = self._cause, ""
        self._report(cause)

    def _settle(self) -> None:
        """Keep of the suggestion what the edits leave of it; without edits the ghost sees to itself."""
        if not self.ghost.text or not self._edits:
            return
        shown, typed = self._suggestion, self._typed_at_ghost()
        rest = shown.after_typing(typed) if typed else Suggestion()
        self._used_up = not rest.text and typed == shown.text and self._cause != "accept"
        self._put(rest)

    def _typed_at_ghost(self) -> str:
        """Return the text that was put in where the ghost stands, "" if anything else was done."""
        anchor, caret = self.ghost.anchor, self.textCursor().position()
        if self._cause not in _GOES_ON or self._edits != [(anchor, 0, caret - anchor)]:
            return ""
        return text_between(self.document(), anchor, caret)

    def _report(self, cause: str) -> None:
        edits, before = self._edits, self._caret
        self._edits, self._caret = [], self.textCursor().position()
        if not self.has_ghost:
            self.announcer.silence()
        self.origins.note(edits, cause)
        for position, removed, added in edits:
            name = "delete" if cause in {"typing", "ime"} and not added else cause
            self.edited.emit(position, removed, added, name)
        if self._used_up:
            self.exhausted.emit()
        if not edits and self._caret != before:
            self.caret_moved.emit()

    def _on_contents_change(self, position: int, removed: int, added: int) -> None:
        if self._cause:
            self._edits.append((position, removed, added))
            return
        self.ghost.forget_after_edit(position, added)
        self._caret = self.textCursor().position()
        # Only an undo leaves something to redo: a slot of Qt's own was called, not ours.
        cause = "undo" if self.document().isRedoAvailable() else "program"
        self.origins.note([(position, removed, added)], cause)
        self.edited.emit(position, removed, added, cause)

    def _on_cursor_moved(self) -> None:
        position = self.textCursor().position()
        if self._cause or position == self._caret:
            return
        self._caret = position
        self.clear_suggestion()
        self.caret_moved.emit()

    def _on_selection(self) -> None:
        if not self._cause and self.textCursor().hasSelection():
            self.clear_suggestion()

    def undo(self) -> None:
        """Undo the last step."""
        with self._acting("undo"):
            super().undo()

    def redo(self) -> None:
        """Do again what was undone."""
        with self._acting("redo"):
            super().redo()

    def cut(self) -> None:
        """Move the selection to the clipboard."""
        with self._acting("delete"):
            super().cut()

    def paste(self) -> None:
        """Insert the clipboard's text."""
        with self._acting("paste"):
            super().paste()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert pasted or dropped text."""
        with self._acting("paste"), self.origins.inserting(self.textCursor(), source.text()):
            if text := insertable(source):
                self.textCursor().insertText(text)
                self.ensureCursorVisible()
            else:
                super().insertFromMimeData(source)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selected text, as it is in the file."""
        self.origins.copying(self.textCursor())
        return copied(self.textCursor()) or super().createMimeDataFromSelection()

    def setDocument(self, document: QTextDocument) -> None:
        """Show another document; the suggestion belonged to the old one."""
        self.clear_suggestion()
        self.document().contentsChange.disconnect(self._on_contents_change)
        super().setDocument(document)
        document.contentsChange.connect(self._on_contents_change)
        self.origins.forget()
        self._caret = self.textCursor().position()

    # Keys and input methods

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key of ours is bound to, else what Qt would do without a ghost."""
        if action := self._action_of(event):
            action()
            return
        if self._rebound.released(event):
            event.ignore()
            return
        self.long_lines.before_key(event)
        before = self.textCursor().position()
        with self._acting(cause_of(event)):
            super().keyPressEvent(event)
            self.long_lines.after_key(before)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Compose without the ghost; an event that changes nothing leaves it as it is."""
        commits = bool(event.commitString() or event.replacementLength())
        replaces = self.textCursor().hasSelection() and bool(event.preeditString())
        before = self.textCursor()
        with self._acting("ime"):
            start = min(before.selectionStart(), before.position() + min(event.replacementStart(), 0))
            length = self.document().characterCount()
            super().inputMethodEvent(event)
            # Qt reports the whole paragraph as changed, even when only the composition has.
            added = utf16_length(event.commitString())
            removed = added - (self.document().characterCount() - length)
            self._edits = [(start, removed, added)] if commits or replaces else []

    def _action_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        """Return what this key does here and now, None for what Qt makes of it."""
        name = self._keys.pressed(event)
        if name == "key_trigger":
            return self.requested.emit
        if not self.ghost.laid_out or QApplication.activePopupWidget():
            return None
        actions: dict[str, Callable[[], None]] = {
            "key_accept": self.accept_suggestion,
            "key_accept_word": self.accept_word,
            "key_dismiss": self.dismiss_suggestion,
            "key_next": partial(self.cycle_suggestion, 1),
            "key_previous": partial(self.cycle_suggestion, -1),
        }
        return actions.get(name)

    def _composing(self) -> bool:
        return not self.ghost.laid_out and bool(self.textCursor().block().layout().preeditAreaText())

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press where the writer saw it."""
        super().mousePressEvent(self._pointer.press(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word that the writer saw."""
        super().mouseDoubleClickEvent(self._pointer.press(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select, once the mouse has really moved."""
        if moved := self._pointer.move(event):
            super().mouseMoveEvent(moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go where it was pressed; the middle button pastes there."""
        super().mouseReleaseEvent(self._pointer.release(event))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Make way: from here on the writer aims at the text as it is."""
        self.clear_suggestion()
        super().dragEnterEvent(event)
        self._dragging = event.isAccepted()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Suggestions may be shown again."""
        self._dragging = False
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Insert what was dropped; there has been no ghost since it was dragged in."""
        self._dragging = False
        self.origins.dragging(self.textCursor())
        with self._acting("drop"):
            super().dropEvent(event)

    def cursorForPosition(self, position: QPoint) -> QTextCursor:
        """Return a cursor where the text is seen at `position` of the viewport."""
        cursor = self.textCursor()
        cursor.setPosition(self.ghost.position_at(QPointF(position)))
        return cursor

    def viewportEvent(self, event: QEvent) -> bool:
        """Say how to take the ghost when the mouse rests on it, unless somebody has more to say."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return super().viewportEvent(event)
        if any(helper(event) for helper in self.helpers):
            return True
        if self.ghost.laid_out:
            if self.ghost.covers(QPointF(event.pos())):
                QToolTip.showText(event.globalPos(), self._keys.how_to_take(), self.viewport())
                return True
            return super().viewportEvent(self._pointer.help(event))
        return super().viewportEvent(event)

    # Events of the widget

    def event(self, event: QEvent) -> bool:
        """Keep keys that are ours now from being taken as a menu's shortcut."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._action_of(event):
                event.accept()
                return True
            if self._rebound.of_menus(event):  # though it may be a key of Qt's own in a text
                event.ignore()
                return True
        if kind in {QEvent.Type.ReadOnlyChange, QEvent.Type.EnabledChange} and not self.can_suggest():
            self.clear_suggestion()
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the suggestion away, unless only a menu opens."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.clear_suggestion()
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.ghost.outlined = prefers_high_contrast()
            self.ghost.recolour()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the size; with very many paragraphs once it rests, for Qt goes through them all."""
        if self.blockCount() > _MANY_PARAGRAPHS and event.oldSize().width() != event.size().width():
            self._old_size = event.oldSize()
            self._resting.start()
        else:
            super().resizeEvent(event)

    def _take_size(self) -> None:
        super().resizeEvent(QResizeEvent(self.viewport().size(), self._old_size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and say so the first time a suggestion is on screen."""
        self.dirty = event.rect()
        self.about_to_paint.emit()
        self.ghost.refresh()
        super().paintEvent(event)
        self.ghost.paint_frame()
        self.painted.emit()
        if self._unpainted and self._drawn_by(event):
            self._unpainted = False
            self.ghost_painted.emit()

    def _drawn_by(self, event: QPaintEvent) -> bool:
        region = event.region()
        return any(region.intersects(rect.toAlignedRect()) for rect in self.ghost.rectangles())
