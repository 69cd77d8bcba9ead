"""What can be explained: a word of the grey text, one that was taken, or what is selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from gpt_assistant.engine.messages import Influence
from gpt_assistant.text.context import Context
from gpt_assistant.text.phrases import half_word
from gpt_assistant.text.words import accept_unit, utf16_length
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.passages import context_at, text_between
from gpt_assistant.ui.taken import Taken

_LIMIT = 8192  # UTF-16 units of the text before, as completion has them
_LONGEST = 60  # characters of a selection that is explained


@dataclass(frozen=True, slots=True)
class Subject:
    """What is explained: `text` behind `context`, in `editor` from `start` to `end` (UTF-16).

    Of a grey text `lead` is what of it stands before `text`, and `start` and `end` are the caret's place.
    """

    editor: Editor
    revision: int
    context: Context
    text: str
    start: int
    end: int
    ghost: str = ""
    lead: str = ""

    @property
    def half(self) -> str:
        """Return the letters of a half-typed word that the text goes on with."""
        goes_on = self.text[:1].isalpha() or self.text[:1] in "'’"
        return half_word(self.context.before) if goes_on else ""


def at_caret(editor: Editor, taken: Taken) -> Subject | None:
    """Return what is to be explained at the caret."""
    if editor.has_ghost:
        return ghost_word(editor, 0)
    cursor = editor.textCursor()
    if cursor.hasSelection():
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        text = text_between(editor.document(), start, min(end, start + _LONGEST + 1))
        lead = len(text) - len(text.lstrip())
        words = text.strip()
        if words and len(text) <= _LONGEST and "\n" not in words:
            at = start + utf16_length(text[:lead])
            return written(editor, at, at + utf16_length(words))
        return None
    word = taken.word_at(cursor.position())
    return None if word is None else written(editor, *word)


def ghost_word(editor: Editor, number: int) -> Subject | None:
    """Return the word `number` of the grey text, the last one for more than there are."""
    ghost, context = editor.ghost_text(), editor.snapshot()
    words = words_of(ghost)
    if not words:
        return None
    lead, end = words[min(max(number, 0), len(words) - 1)]
    before = Context(context.before + ghost[:lead], "", context.offset)
    at = editor.ghost.anchor
    return Subject(editor, editor.document().revision(), before, ghost[lead:end], at, at, ghost, ghost[:lead])


def written(editor: Editor, start: int, end: int) -> Subject:
    """Return what stands from `start` to `end` of the text."""
    document = editor.document()
    context = context_at(document, start, _LIMIT)
    return Subject(editor, document.revision(), context, text_between(document, start, end), start, end)


def ghost_number(editor: Editor, point: QPointF) -> int:
    """Return which word of the grey text is at `point`."""
    column = editor.ghost.column_at(point)
    ends = [end for _, end in words_of(editor.ghost_text())]
    return next((number for number, end in enumerate(ends) if column < end), len(ends) - 1)


def rectangle(subject: Subject, window: QWidget) -> QRect:
    """Return where a subject is seen, in `window`."""
    editor = subject.editor
    if subject.ghost:
        whole = QRectF()
        for each in editor.ghost.rectangles():
            whole = whole.united(each)
        place = whole.toAlignedRect() if not whole.isEmpty() else editor.cursorRect()
    else:
        cursor = QTextCursor(editor.document())
        cursor.setPosition(subject.start)
        place = editor.cursorRect(cursor)
        cursor.setPosition(subject.end)
        end = editor.cursorRect(cursor)
        if end.top() == place.top():
            place = place.united(end)
    return QRect(editor.viewport().mapTo(window, place.topLeft()), place.size())


def placed(subject: Subject, influences: Sequence[Influence]) -> list[tuple[int, int, float]]:
    """Return where the earlier words stand in the document (UTF-16), and their weights.

    Of a grey text's later words, the grey ones before them are not the writer's.
    """
    own = subject.context.before[: len(subject.context.before) - len(subject.lead)]
    found = []
    for each in influences:
        if each.end <= len(own):
            end = subject.start - utf16_length(own[each.end :])
            found.append((end - utf16_length(own[each.start : each.end]), end, each.weight))
    return found


def words_of(ghost: str) -> list[tuple[int, int]]:
    """Return where each word of a grey text begins, the space before the first one included, and ends."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(ghost):
        unit = accept_unit(ghost[at:])
        start = at + len(unit) - len(unit.lstrip()) if found else at
        at += max(1, len(unit))
        if ghost[start:at].strip():
            found.append((start, at))
    return found
