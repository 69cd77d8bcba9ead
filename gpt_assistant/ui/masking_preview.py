"""What would be sent: a text with placeholders for what is personal, what they stand for, and a say in it.

Nothing is sent from here. What is unticked stays in this text as it is; a word that the writer always or
never wants hidden goes on a list of hers, which counts wherever texts are masked.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QProgressBar,
    QSplitter,
    QTabWidget,
    QTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.storage.masked_words import NEVER
from gpt_assistant.text.longlines import joined
from gpt_assistant.text.masked import KINDS, Masked
from gpt_assistant.text.masked_names import without
from gpt_assistant.text.words import utf16_length
from gpt_assistant.ui.masking_words import WordsPage
from gpt_assistant.ui.passages import text_between
from gpt_assistant.ui.review_parts import push_button
from gpt_assistant.ui.theme import LIGHT, Colours
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import give_size, label, turn_splitter

if TYPE_CHECKING:
    from gpt_assistant.ui.document import Document
    from gpt_assistant.ui.masking import Masking
    from gpt_assistant.ui.window import MainWindow

_PLACEHOLDER, _ORIGINAL = range(2)
_MOST_MARKED = 5_000
_NARROW = 600  # pixels of the usual font


class MaskingPreview(QDialog):
    """The text of `document`, or what is selected of it, as it would be sent."""

    def __init__(self, document: Document, window: MainWindow) -> None:
        super().__init__(window)
        self.setWindowTitle(tr("What would be sent"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self._colours = window, LIGHT
        self._source, self._part = text_of(document)
        self.masked: Masked | None = None  # all that was found
        self.shown: Masked | None = None  # without what is unticked
        self._off: set[str] = set()
        self._make_widgets()
        self._lay_out()
        give_size(self, 940, 620)
        self._work: Masking = window.masking
        self._work.told.connect(self._advance)
        self._work.done.connect(self._found)
        self._work.failed.connect(self._fail)
        window.theme.subscribe(self.set_colours)
        self.begin()

    def set_colours(self, colours: Colours) -> None:
        """Mark with the colours of a theme."""
        self._colours = colours
        if self.shown is not None:
            self._mark()

    def _make_widgets(self) -> None:
        self.summary = label("", self, "muted", wrap=True)
        self.bar = QProgressBar(self, textVisible=False, maximum=1000)
        self.bar.setAccessibleName(tr("Progress"))
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("The text as it would be sent"))
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.document().setDocumentMargin(10)
        self.original = QCheckBox(tr("Show the &original"), self)
        self.original.toggled.connect(lambda _on: self._show_text())
        self.list = _list(self)
        self.list.itemChanged.connect(self._ticked)
        self.list.currentItemChanged.connect(lambda _new, _old: self._point())
        self.never = push_button(
            tr("&Never hide"),
            tr("Never hide what is selected, in any text"),
            self._never,
            self,
        )
        self.words = WordsPage(self)
        self.words.changed.connect(self.begin)
        self.text.selectionChanged.connect(self._offer_word)
        self.copy = push_button(
            tr("&Copy the text"), tr("Copy the text with its placeholders"), self._copy, self
        )

    def _lay_out(self) -> None:
        replaced = QWidget(self)
        column = QVBoxLayout(replaced)
        column.setContentsMargins(6, 8, 0, 0)
        column.addWidget(self.list, 1)
        column.addWidget(self.never, 0, Qt.AlignmentFlag.AlignLeft)
        self.pages = QTabWidget(self)
        self.pages.setDocumentMode(True)
        self.pages.setAccessibleName(tr("What is replaced, and your own words"))
        self.pages.addTab(replaced, tr("Replaced"))
        self.pages.addTab(self.words, tr("Your own words"))
        parts = self.parts = QSplitter(Qt.Orientation.Horizontal, self)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.text)
        parts.addWidget(self.pages)
        parts.setSizes([520, 400])
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.original)
        row.addStretch(1)
        row.addWidget(self.copy)
        row.addWidget(close)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(18, 16, 18, 14)
        rows.setSpacing(10)
        rows.addWidget(self.summary)
        rows.addWidget(self.bar)
        rows.addWidget(parts, 1)
        rows.addLayout(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the list below the text where there is no room beside it."""
        super().resizeEvent(event)
        turn_splitter(self.parts, self.width(), _NARROW)

    # -- finding -----------------------------------------------------------------------------------

    def begin(self) -> None:
        """Look for what is personal, by the settings and the words as they are now."""
        self.bar.setValue(0)
        self.bar.show()
        self.copy.setEnabled(False)
        self.summary.setText(tr("Looking for what is personal…"))
        self._work.ask(self._source, self._window.store.current)

    def _advance(self, done: float) -> None:
        self.bar.setValue(round(1000 * done))

    def _fail(self, why: str) -> None:
        self.bar.hide()
        self.summary.setText(tr("It cannot be told what is personal: {why}", why=why))

    def _found(self, masked: Masked) -> None:
        self.masked = masked
        self.bar.hide()
        self.copy.setEnabled(True)
        self._fill()
        self._show()

    def _fill(self) -> None:
        """List each thing that was found, once."""
        assert self.masked is not None
        self.list.blockSignals(True)
        self.list.clear()
        kinds = {each.placeholder: each.type for each in self.masked.entities}
        for written, original in self.masked.originals:
            item = QTreeWidgetItem([written, " ".join(original.split())])
            item.setData(_ORIGINAL, Qt.ItemDataRole.UserRole, original)
            item.setToolTip(_ORIGINAL, original)
            item.setToolTip(_PLACEHOLDER, tr(KINDS[kinds[written]]))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            off = original in self._off
            item.setCheckState(_PLACEHOLDER, Qt.CheckState.Unchecked if off else Qt.CheckState.Checked)
            self.list.addTopLevelItem(item)
        self.list.blockSignals(False)
        if (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)
        self.never.setEnabled(self.list.topLevelItemCount() > 0)

    # -- showing -----------------------------------------------------------------------------------

    def _show(self) -> None:
        """Show what is sent with what is ticked."""
        assert self.masked is not None
        self.shown = without(self._source, self.masked, self._off)
        counts = Counter(each.type for each in self.shown.entities)
        parts = [
            tr("{kind}: {count}", kind=tr(KINDS[kind]), count=counts[kind]) for kind in KINDS if counts[kind]
        ]
        nothing = tr("Nothing personal was found: the text would be sent as it is.")
        note = tr("You have selected a part of the text; only that is shown.") if self._part else ""
        said = tr("Replaced, and put back in the answer: {parts}.", parts=" · ".join(parts))
        self.summary.setText(" ".join(filter(None, [said if parts else nothing, note])))
        self._show_text()

    def _show_text(self) -> None:
        if self.shown is None:
            return
        bar = self.text.verticalScrollBar()
        place = bar.value() / max(1, bar.maximum())
        self.text.setPlainText(self._source if self.original.isChecked() else self.shown.text)
        bar.setValue(round(place * bar.maximum()))
        self._mark()
        self._point()

    def _places(self) -> list[tuple[int, int, str]]:
        """Return where the replaced things stand in what is shown, in UTF-16 units, and what they are."""
        assert self.shown is not None
        places, at, units = [], 0, 0
        for each in self.shown.entities:
            original = self._source[each.start : each.end]
            units += utf16_length(self._source[at : each.start])
            length = utf16_length(original if self.original.isChecked() else each.placeholder)
            places.append((units, units + length, original))
            at, units = each.end, units + length
        return places

    def _mark(self) -> None:
        look = QTextCharFormat()
        look.setBackground(QColor(self._colours.match))
        look.setForeground(QColor(self._colours.text))
        marked = []
        for start, end, _ in self._places()[:_MOST_MARKED]:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self._cursor(start, end)
            selection.format = look
            marked.append(selection)
        self.text.setExtraSelections(marked)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _point(self) -> None:
        """Show the first place of the item that is chosen."""
        item = self.list.currentItem()
        if self.shown is None or item is None:
            return
        wanted = item.data(_ORIGINAL, Qt.ItemDataRole.UserRole)
        for start, _, original in self._places():
            if original == wanted:
                self.text.setTextCursor(self._cursor(start, start))
                self.text.ensureCursorVisible()
                return

    # -- the writer's say --------------------------------------------------------------------------

    def _ticked(self, item: QTreeWidgetItem, _column: int) -> None:
        original = item.data(_ORIGINAL, Qt.ItemDataRole.UserRole)
        if item.checkState(_PLACEHOLDER) == Qt.CheckState.Checked:
            self._off.discard(original)
        else:
            self._off.add(original)
        self._show()

    def _never(self) -> None:
        if (item := self.list.currentItem()) is not None:
            self.words.put(item.data(_ORIGINAL, Qt.ItemDataRole.UserRole), NEVER)

    def _offer_word(self) -> None:
        if selected := self.text.textCursor().selectedText().replace("\u2029", " ").strip():
            self.words.offer(selected)

    def _copy(self) -> None:
        if self.shown is not None:
            QGuiApplication.clipboard().setText(self.shown.text)
            self.summary.setText(tr("Copied, with placeholders."))

    def done(self, result: int) -> None:
        """Look no longer."""
        self._work.cancel()
        self._window.theme.unsubscribe(self.set_colours)
        super().done(result)


def text_of(document: Document) -> tuple[str, bool]:
    """Return the text that one would ask about, and whether it is a selected part."""
    editor = document.editor
    cursor = editor.textCursor()
    if cursor.hasSelection():
        part = text_between(editor.document(), cursor.selectionStart(), cursor.selectionEnd())
        return joined(part), True
    end = max(0, editor.document().characterCount() - 1)
    return joined(text_between(editor.document(), 0, end)), False


def open_preview(window: MainWindow) -> MaskingPreview | None:
    """Show what would be sent of the document in front."""
    document = window.current_document()
    if document is None:
        return None
    preview = MaskingPreview(document, window)
    preview.open()
    return preview


def _list(parent: QWidget) -> QTreeWidget:
    made = QTreeWidget(parent)
    made.setAccessibleName(tr("What is replaced"))
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setHeaderLabels([tr("Placeholder"), tr("Stands for")])
    made.header().setStretchLastSection(False)
    made.header().setSectionsClickable(False)
    made.header().setSectionResizeMode(_PLACEHOLDER, QHeaderView.ResizeMode.ResizeToContents)
    made.header().setSectionResizeMode(_ORIGINAL, QHeaderView.ResizeMode.Stretch)
    return made
