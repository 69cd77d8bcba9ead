"""Shows Markdown lightly: headings and strong words bold, emphasis slanted, code, links and quotes tinted.

Not a `QSyntaxHighlighter`: that one calls back for every paragraph of a document as soon as it is
attached or loaded, which freezes the window for seconds on a text of 100 MB. This one formats what is
about to be painted, and nothing else. Where no view says what that is, it works through the document in
slices of a few milliseconds.

A block's `userState` holds the generation of rules it was formatted by, and the state (inside a fenced
block of code or not) before and after it. To make everything stale, the generation goes up by one.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QPalette,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextLayout,
)
from PySide6.QtWidgets import QPlainTextEdit

from gpt_assistant.text.words import index_to_utf16, utf16_length
from gpt_assistant.ui.contrast import MINIMUM_CONTRAST, contrast, mixture
from gpt_assistant.ui.ghost import format_range, open_gap, prefers_high_contrast, within_gap

LONGEST = 10_000  # characters; a longer paragraph is left plain, it would be searched at every key
LOOK_BACK = 500  # paragraphs searched for the start of a block of code
SLICE = 0.004  # seconds
_MUCH = 100_000  # characters put in at once

_TEXT, _BACKTICKS, _TILDES = range(3)
_FENCE = re.compile(r" {0,3}(```|~~~)")
_HEADING = re.compile(r" {0,3}#{1,6}(?=\s)")
_QUOTE = re.compile(r" {0,3}>")
_CODE = re.compile(r"(`+)[^`]+\1")
# What may stand between the marks is limited, so that a line full of them cannot take long.
_INLINE = {
    "strong": re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).){1,500}?(?<=\S)\1"),
    "emphasis": re.compile(
        r"(?<![\w*])\*(?=[^\s*])[^*]{1,500}?(?<=\S)\*(?![\w*])|(?<![\w_])_(?=[^\s_])[^_]{1,500}?(?<=\S)_(?![\w_])"
    ),
    "link": re.compile(r"!?\[[^\]]{1,500}\]\([^)\s]{1,2000}\)|https?://[^\s<>)]{1,2000}"),
}
_MARKS = {"strong": 2, "emphasis": 1}

Span = tuple[int, int, str]


class MarkdownHighlighter(QObject):
    """Formats the layouts of `document`; the text, its undo stack and its signals know nothing of it."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._enabled = True
        self._generation = 0
        self._document: QTextDocument | None = None
        self._view: QPlainTextEdit | None = None
        self._palette_key = -1
        self._styles: dict[str, QTextCharFormat] = {}
        self._next = 0
        self._asked_at, self._asked = -1, dict[int, int]()  # a revision, and states before paragraphs in it
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._sweep)
        self.setDocument(document)

    def document(self) -> QTextDocument | None:
        """Return the document that is highlighted."""
        return self._document

    def setDocument(self, document: QTextDocument | None) -> None:
        """Highlight another document; None for none. The old one is left plain."""
        if self._document is not None:
            self._detach(self._document)
        self._document = document
        if document is None:
            return
        document.contentsChange.connect(self._on_contents_change)
        self._view = _view_of(document)
        if self._view is not None:
            self._view.about_to_paint.connect(self._highlight_visible)  # type: ignore[attr-defined]
        self._follow_palette(self._view.palette() if self._view else QGuiApplication.palette())
        self.rehighlight()

    def set_enabled(self, on: bool) -> None:
        """Show Markdown, or plain text."""
        if on != self._enabled:
            self._enabled = on
            self.rehighlight()

    def rehighlight(self) -> None:
        """Take everything for stale. What is visible is done before the next painting."""
        self._generation += 1
        if self._view is not None:
            self._view.viewport().update()
        else:
            self._next = 0
            self._timer.start(0)

    def in_code(self, block: QTextBlock) -> bool:
        """Return whether `block` is shown as a part of a fenced block of code, its fences included."""
        if not self._enabled or self._document is None:
            return False
        if self._is_fresh(block):
            before, after = _entry(block), _exit(block)
        else:  # who asks for one paragraph after the other does not pay for looking back each time
            revision, number = self._document.revision(), block.blockNumber()
            if revision != self._asked_at:
                self._asked_at, self._asked = revision, {}
            elif len(self._asked) > LOOK_BACK:  # those asked about last stay
                self._asked = dict(list(self._asked.items())[-LOOK_BACK // 2 :])
            known = self._asked.get(number)
            before = self._state_before(block, self._asked) if known is None else known
            after = _state_after(block.text(), before)
            self._asked |= {number: before, number + 1: after}
        return before != _TEXT or after != _TEXT

    def _detach(self, document: QTextDocument) -> None:
        document.contentsChange.disconnect(self._on_contents_change)
        if self._view is not None:
            self._view.about_to_paint.disconnect(self._highlight_visible)  # type: ignore[attr-defined]
            self._view = None
        self._timer.stop()
        for block in _blocks(document.firstBlock()):
            if block.userState() >= 0:
                self._apply(block, [])
                block.setUserState(-1)

    def _highlight_visible(self) -> None:
        if self._view is None:
            return
        self._follow_palette(self._view.palette())
        view, block = self._view, self._view.firstVisibleBlock()
        top = view.blockBoundingGeometry(block).translated(view.contentOffset()).top()
        bottom = view.viewport().height()
        while block.isValid() and top < bottom:
            if not self._is_fresh(block):
                self._highlight(block)
            top += view.blockBoundingRect(block).height()
            block = block.next()

    def _sweep(self) -> None:
        """Do a slice of a document that nobody looks at, and come back for the rest."""
        if self._document is None:
            return
        self._follow_palette(QGuiApplication.palette())
        end = time.perf_counter() + SLICE
        for block in _blocks(self._document.findBlockByNumber(self._next)):
            if time.perf_counter() > end:
                self._next = block.blockNumber()
                self._timer.start(1)
                return
            if not self._is_fresh(block):
                self._highlight(block)

    def _on_contents_change(self, position: int, _removed: int, added: int) -> None:
        """Highlight the ends of what was edited at once. What lies between is new, and so stale."""
        if self._document is None:
            return
        if added > _MUCH:  # to look back from its end for a fence costs more than to do again what is seen
            self.rehighlight()
            return
        first, last = self._document.findBlock(position), self._document.findBlock(position + added)
        last = last if last.isValid() else self._document.lastBlock()
        self._highlight(first)
        if last != first:
            self._highlight(last)
        following = last.next()
        if self._is_fresh(following) and _entry(following) != _exit(last):
            self.rehighlight()  # a fence came or went: everything after it changes
        elif self._view is None:
            self._next = min(self._next, first.blockNumber())
            self._timer.start(0)

    def _highlight(self, block: QTextBlock) -> None:
        text = block.text()
        before = self._state_before(block)
        spans, after = parse(text, before)
        ranges = []
        if self._enabled and spans:
            wide = utf16_length(text) != len(text)
            for start, end, style in spans:
                first, last = (
                    (index_to_utf16(text, start), index_to_utf16(text, end)) if wide else (start, end)
                )
                ranges.append(format_range(first, last - first, self._styles[style]))
        self._apply(block, ranges)
        block.setUserState(self._generation << 4 | before << 2 | after)

    def _apply(self, block: QTextBlock, ranges: list[QTextLayout.FormatRange]) -> None:
        """Give the layout these formats, around a ghost or a composition if there is one."""
        layout = block.layout()
        old = layout.formats()
        if length := utf16_length(layout.preeditAreaText()):
            at = layout.preeditAreaPosition()
            ranges = open_gap(ranges, at, length) + within_gap(old, at, length)
        if ranges == old:
            return
        layout.setFormats(ranges)
        if self._document is not None:
            self._document.markContentsDirty(block.position(), 1)

    def _state_before(self, block: QTextBlock, known: dict[int, int] | None = None) -> int:
        """Return whether `block` begins inside code, from the nearest block before it that knows.

        `known` has states before other blocks, by their number.
        """
        unknown: list[QTextBlock] = []
        state: int | None = None
        block = block.previous()
        while block.isValid() and not self._is_fresh(block) and len(unknown) < LOOK_BACK:
            unknown.append(block)
            state = known.get(block.blockNumber()) if known else None
            if state is not None:
                break
            block = block.previous()
        if state is None:
            state = _exit(block) if self._is_fresh(block) else _TEXT
        for each in reversed(unknown):
            state = _state_after(each.text(), state)
        return state

    def _is_fresh(self, block: QTextBlock) -> bool:
        return block.isValid() and block.userState() >> 4 == self._generation

    def _follow_palette(self, palette: QPalette) -> None:
        if palette.cacheKey() != self._palette_key:
            self._palette_key = palette.cacheKey()
            self._styles = _styles(palette)
            self._generation += 1


def parse(text: str, state: int) -> tuple[list[Span], int]:
    """Return the spans (start, end, style) of a paragraph, and the state after it."""
    after = _state_after(text, state)
    if state != _TEXT or after != _TEXT:
        return [(0, len(text), "code")] if text else [], after
    if len(text) > LONGEST:
        return [], after
    spans: list[Span] = []
    if heading := _HEADING.match(text):
        spans += [(0, len(text), "strong"), (0, heading.end(), "mark")]
    elif _QUOTE.match(text):
        spans.append((0, len(text), "quote"))
    return spans + list(_inline(text)), after


def _inline(text: str) -> Iterator[Span]:
    for match in _CODE.finditer(text):
        yield match.start(), match.end(), "code"
    bare = _CODE.sub(lambda match: " " * len(match[0]), text)  # nothing inside code means anything
    for style, pattern in _INLINE.items():
        for match in pattern.finditer(bare):
            width = _MARKS.get(style, 0)
            yield match.start() + width, match.end() - width, style
            if width:
                yield match.start(), match.start() + width, "mark"
                yield match.end() - width, match.end(), "mark"


def _state_after(text: str, state: int) -> int:
    fence = _FENCE.match(text)
    if fence is None:
        return state
    kind = _BACKTICKS if fence[1] == "```" else _TILDES
    if state == _TEXT:
        return kind
    return _TEXT if state == kind else state


def _styles(palette: QPalette) -> dict[str, QTextCharFormat]:
    base, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
    styles = {name: QTextCharFormat() for name in ("strong", "emphasis", "code", "link", "quote", "mark")}
    styles["strong"].setFontWeight(QFont.Weight.Bold)
    styles["emphasis"].setFontItalic(True)
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    styles["code"].setFontFamilies([fixed.family()])
    styles["code"].setBackground(mixture(base, text, 0.07))
    styles["link"].setForeground(_legible(palette.color(QPalette.ColorRole.Link), base, text))
    styles["quote"].setForeground(mixture(base, text, 0.75))
    styles["mark"].setForeground(mixture(base, text, 0.7 if prefers_high_contrast() else 0.6))
    return styles


def _legible(colour: QColor, base: QColor, text: QColor) -> QColor:
    return colour if contrast(colour, base) >= MINIMUM_CONTRAST else text


def _view_of(document: QTextDocument) -> QPlainTextEdit | None:
    """Return the editor that made `document` and says when it paints."""
    parent = document.parent()
    while parent is not None and not isinstance(parent, QPlainTextEdit):
        parent = parent.parent()
    return parent if hasattr(parent, "about_to_paint") else None


def _blocks(block: QTextBlock) -> Iterator[QTextBlock]:
    while block.isValid():
        yield block
        block = block.next()


def _entry(block: QTextBlock) -> int:
    return block.userState() >> 2 & 3


def _exit(block: QTextBlock) -> int:
    return block.userState() & 3
