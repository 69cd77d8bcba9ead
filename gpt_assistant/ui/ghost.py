"""Text shown ahead of the caret that is not in the document: a layout's preedit area, and its ways.

The preedit area is where an input method shows what is being composed. Qt lays it out like any text,
so wrapping, bidirectional order and the scroll range come out right, while the document, its undo
stack and its accessible text never see it. Three things need care, and are cared for here:

- Qt reads positions for keys and clicks from the layout, ghost included. `lifted` takes the ghost out
  meanwhile; `pointer.Pointer` sends a click to where the writer saw it going.
- Highlighters share the layout's formats. Their ranges are moved apart for the ghost and together
  again after it, and the ghost's own range stays the last one: of two formats the later one wins.
- `QTextBlock` and `QTextLayout` objects die in edits. Only positions are kept, and an edit that comes
  while the ghost is laid out takes it away at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QPainter,
    QPalette,
    QTextBlock,
    QTextCharFormat,
    QTextFormat,
    QTextLayout,
    QTextLine,
)
from PySide6.QtWidgets import QPlainTextDocumentLayout, QPlainTextEdit

from gpt_assistant.text.words import utf16_length, utf16_to_index
from gpt_assistant.ui.contrast import HIGH_CONTRAST, MINIMUM_CONTRAST, contrast, mixture
from gpt_assistant.ui.paragraphs import x_of

HIGH_CONTRAST_PROPERTY = "highContrast"  # of the application, set by the theme

_LINE_SEPARATOR = "\u2028"
_IS_GHOST = int(QTextFormat.Property.UserProperty) + 0x6057
_FONT_PROPERTIES = (
    QTextFormat.Property.FontWeight,
    QTextFormat.Property.FontItalic,
    QTextFormat.Property.FontFamilies,
    QTextFormat.Property.FontFixedPitch,
    QTextFormat.Property.FontPointSize,
    QTextFormat.Property.FontSizeAdjustment,
)


class GhostText:
    """The ghost of one editor. It always stands at the caret, or nowhere.

    `outlined` asks for a stronger grey with a frame, for high contrast.
    """

    def __init__(self, view: QPlainTextEdit) -> None:
        self._view = view
        self._text = ""
        self._display = ""
        self._anchor = 0
        self._laid_out = False
        self._depth = 0
        self.outlined = prefers_high_contrast()
        self._own: tuple[str, str] = ("", "")  # the writer's colours on a light and on a dark page

    @property
    def text(self) -> str:
        """The text shown, "" for none. It stays while the ghost is lifted."""
        return self._text

    @property
    def anchor(self) -> int:
        """The document position before which the ghost stands."""
        return self._anchor

    @property
    def laid_out(self) -> bool:
        """Whether the layout holds the ghost now."""
        return self._laid_out

    def show(self, text: str) -> bool:
        """Show `text` at the caret instead of what was shown; False if an input method is composing."""
        self.hide()
        self._text = text
        self._display = text.replace("\r\n", "\n").replace("\n", _LINE_SEPARATOR)
        self._anchor = self._view.textCursor().position()
        self._lay_out()
        return bool(self._text)

    def hide(self) -> None:
        """Take the ghost away and forget it."""
        self._take_out()
        self._text = ""

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Take the ghost out of the layout while Qt reads geometry from it, then put it back.

        It does not come back if the caret has moved meanwhile. The view keeps its scroll position even
        if the text without the ghost was too short for it.
        """
        bars = (self._view.verticalScrollBar(), self._view.horizontalScrollBar())
        places = [(bar, bar.value()) for bar in bars]
        self._take_out()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            cut = [(bar, place) for bar, place in places if bar.value() == bar.maximum() < place]
            self._lay_out()
            if cut and self._laid_out:
                self._lines(self._block())  # lays it out now, and so makes room to scroll
                for bar, place in cut:
                    bar.setValue(place)

    def forget_after_edit(self, position: int, added: int) -> None:
        """Remove the ghost after an edit made while it was laid out, wherever its layout is now."""
        if self._laid_out:
            self._laid_out = False
            for block in self._suspects(position, added):
                if block.isValid() and block.layout().preeditAreaText() == self._display:
                    self._clear(block)
        self._text = ""

    def refresh(self) -> None:
        """Make the ghost's format the last one again after a highlighter has put its own behind it."""
        if not self._laid_out:
            return
        block = self._block()
        formats = block.layout().formats()
        if not formats or not _is_ghost(formats[-1]):
            self._set_formats(block, [each for each in formats if not _is_ghost(each)])

    def set_own_colours(self, on_light: str, on_dark: str) -> None:
        """Use the writer's colours, as #rrggbb or "" for the theme's, where they can be read."""
        if (on_light, on_dark) != self._own:
            self._own = (on_light, on_dark)
            self.recolour()

    def recolour(self) -> None:
        """Take the colours of the view's palette as it is now."""
        if self._laid_out:
            block = self._block()
            self._set_formats(block, [each for each in block.layout().formats() if not _is_ghost(each)])

    def position_at(self, point: QPointF) -> int:
        """Return the document position seen at `point` of the viewport; over the ghost, the caret's."""
        line = self._line_at(point) if self._laid_out else None
        if line is None:
            return QPlainTextEdit.cursorForPosition(self._view, point.toPoint()).position()
        block = self._block()
        shown = line.xToCursor(point.x() - self._box(block).left())
        at, length = self._anchor - block.position(), utf16_length(self._display)
        column = shown if shown <= at else max(at, shown - length)
        return block.position() + column

    def column_at(self, point: QPointF) -> int:
        """Return which character of the ghost's text is seen at `point` of the viewport, 0 outside of it."""
        line = self._line_at(point) if self._laid_out else None
        if line is None:
            return 0
        block = self._block()
        # Between two characters, the one to the left: a caret would go to the nearer side.
        seen = line.xToCursor(point.x() - self._box(block).left(), QTextLine.CursorPosition.CursorOnCharacter)
        return utf16_to_index(self._display, max(0, seen - (self._anchor - block.position())))

    def covers(self, point: QPointF) -> bool:
        """Return whether `point` of the viewport is on the ghost."""
        return any(rect.contains(point) for rect in self.rectangles())

    def rectangles(self) -> list[QRectF]:
        """Return where the ghost is in the viewport, a rectangle for each of its lines."""
        if not self._laid_out:
            return []
        block = self._block()
        corner = self._box(block).topLeft()
        start = self._anchor - block.position()
        end = start + utf16_length(self._display)
        found = []
        for line in self._lines(block):
            first = max(start, line.textStart())
            last = min(end, line.textStart() + line.textLength())
            if first < last:
                left, right = sorted((x_of(line, first), x_of(line, last)))
                found.append(QRectF(left, line.y(), right - left, line.height()).translated(corner))
        return found

    def paint_frame(self) -> None:
        """Draw a frame around the ghost, if it is outlined; to be called after the view has painted."""
        if self._laid_out and self.outlined:
            painter = QPainter(self._view.viewport())
            painter.setPen(self._view.palette().text().color())
            painter.drawRects([rect.adjusted(0, 0, -1, -1) for rect in self.rectangles()])
            painter.end()

    def _lay_out(self) -> None:
        if not self._text or self._laid_out or self._depth:
            return
        cursor = self._view.textCursor()
        block = self._block()
        layout = block.layout()
        if cursor.hasSelection() or cursor.position() != self._anchor or layout.preeditAreaText():
            self._text = ""
            return
        at = self._anchor - block.position()
        formats = open_gap(layout.formats(), at, utf16_length(self._display))
        layout.setPreeditArea(at, self._display)
        self._laid_out = True
        self._set_formats(block, formats)

    def _take_out(self) -> None:
        if self._laid_out:
            self._laid_out = False
            self._clear(self._block())

    def _clear(self, block: QTextBlock) -> None:
        layout = block.layout()
        others = [each for each in layout.formats() if not _is_ghost(each)]
        formats = close_gap(others, layout.preeditAreaPosition(), utf16_length(layout.preeditAreaText()))
        layout.setPreeditArea(-1, "")
        layout.setFormats(formats)
        self._mark_dirty(block)

    def _set_formats(self, block: QTextBlock, others: list[QTextLayout.FormatRange]) -> None:
        block.layout().setFormats([*others, self._own_range(block, others)])
        self._mark_dirty(block)

    def _mark_dirty(self, block: QTextBlock) -> None:
        # One character makes Qt lay out the whole block. The block's length would do the same to as
        # many characters again behind it, for Qt adds up what was removed and what was added.
        self._view.document().markContentsDirty(block.position(), 1)

    def _own_range(self, block: QTextBlock, others: list[QTextLayout.FormatRange]) -> QTextLayout.FormatRange:
        own = QTextLayout.FormatRange()
        own.start = self._anchor - block.position()
        own.length = utf16_length(self._display)
        style = QTextCharFormat()
        style.setProperty(_IS_GHOST, True)
        style.setForeground(ghost_colour(self._view.palette(), self.outlined, self._own))
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.NoUnderline)
        before = max(own.start - 1, 0)
        for each in others:  # the font of what the ghost goes on from, in a heading say
            if each.start <= before < each.start + each.length:
                _copy_font(each.format, style)
        own.format = style
        return own

    def _block(self) -> QTextBlock:
        return self._view.document().findBlock(self._anchor)

    def _suspects(self, position: int, added: int) -> Iterator[QTextBlock]:
        """Yield the blocks that may hold the ghost after an edit: a split or a merge moves layouts."""
        document = self._view.document()
        for place in {position, position + added, self._anchor, self._view.textCursor().position()}:
            block = document.findBlock(min(place, document.characterCount() - 1))
            yield block
            yield block.previous()
            yield block.next()

    def _box(self, block: QTextBlock) -> QRectF:
        return self._view.blockBoundingGeometry(block).translated(self._view.contentOffset())

    def _lines(self, block: QTextBlock) -> list[QTextLine]:
        arranger = self._view.document().documentLayout()
        if isinstance(arranger, QPlainTextDocumentLayout):
            arranger.ensureBlockLayout(block)
        layout = block.layout()
        lines = [layout.lineAt(number) for number in range(layout.lineCount())]
        return [line for line in lines if line.isValid()]

    def _line_at(self, point: QPointF) -> QTextLine | None:
        """Return the line of the ghost's block at the height of `point`, None above and below the block."""
        block = self._block()
        box = self._box(block)
        if not box.top() <= point.y() < box.bottom():
            return None
        lines = self._lines(block)
        height = point.y() - box.top()
        return next(
            (line for line in lines if height < line.y() + line.height()), lines[-1] if lines else None
        )


def open_gap(ranges: list[QTextLayout.FormatRange], at: int, length: int) -> list[QTextLayout.FormatRange]:
    """Return `ranges` for a layout that got `length` units of preedit text at `at`."""
    result = []
    for each in ranges:
        if each.start >= at:
            result.append(format_range(each.start + length, each.length, each.format))
        elif each.start + each.length > at:
            result.append(format_range(each.start, each.length + length, each.format))
        else:
            result.append(each)
    return result


def close_gap(ranges: list[QTextLayout.FormatRange], at: int, length: int) -> list[QTextLayout.FormatRange]:
    """Return `ranges` for a layout that lost `length` units of preedit text at `at`: undoes `open_gap`."""
    result = []
    for each in ranges:
        if each.start >= at + length:
            result.append(format_range(each.start - length, each.length, each.format))
        elif each.start + each.length >= at + length:
            result.append(format_range(each.start, max(0, each.length - length), each.format))
        else:
            result.append(each)
    return result


def within_gap(ranges: list[QTextLayout.FormatRange], at: int, length: int) -> list[QTextLayout.FormatRange]:
    """Return those of `ranges` that belong to the preedit text: a ghost's, or an input method's."""
    return [each for each in ranges if at <= each.start and each.start + each.length <= at + length]


def format_range(start: int, length: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
    """Return a range of a layout with its format."""
    result = QTextLayout.FormatRange()
    result.start = start
    result.length = length
    result.format = style
    return result


def ghost_colour(palette: QPalette, high_contrast: bool = False, own: tuple[str, str] = ("", "")) -> QColor:
    """Return the grey of the ghost on the palette's page, with a contrast of at least 3:1 (7:1 if high).

    The writer's `own` colour for a light or a dark page, if it will do and contrast is not high; else the
    theme's placeholder colour if it will do, else the faintest mixture of text and page that does,
    else black or white. Contrast as in WCAG 2.2, "contrast ratio".
    """
    base, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
    least = HIGH_CONTRAST if high_contrast else MINIMUM_CONTRAST
    chosen = QColor("" if high_contrast else own[base.lightness() < 128])
    if chosen.isValid() and contrast(chosen, base) >= least:
        return chosen
    placeholder = palette.color(QPalette.ColorRole.PlaceholderText)
    wanted = mixture(base, placeholder, placeholder.alphaF())
    if contrast(wanted, base) >= least and contrast(wanted, text) > 1.2:
        return wanted
    for percent in range(30, 101, 2):
        mixed = mixture(base, text, percent / 100)
        if contrast(mixed, base) >= least:
            return mixed
    return max(QColor("black"), QColor("white"), key=lambda colour: contrast(colour, base))


def prefers_high_contrast() -> bool:
    """Return whether the theme is one of high contrast; without a theme, whether the system asks for one."""
    application = QGuiApplication.instance()
    chosen = application.property(HIGH_CONTRAST_PROPERTY) if application is not None else None
    return system_wants_contrast() if chosen is None else bool(chosen)


def system_wants_contrast() -> bool:
    """Return whether the system asks for high contrast (known since Qt 6.10)."""
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    return bool(accessibility and accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)


def _is_ghost(each: QTextLayout.FormatRange) -> bool:
    return each.format.hasProperty(_IS_GHOST)


def _copy_font(source: QTextCharFormat, target: QTextCharFormat) -> None:
    for name in _FONT_PROPERTIES:
        if source.hasProperty(name):
            target.setProperty(name, source.property(name))
