"""Text and window from right to left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from editor_kit import suggest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPaintEvent, QTextBlock
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar
from pytestqt.qtbot import QtBot
from windows import editor_of, open_window, type_text

from gpt_assistant.ui import language
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.window import MainWindow

ARABIC = "مرحبا بالعالم، هذا نص عربي"
TEXT = f"Left to right\n{ARABIC}\nשלום עולם"


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = open_window(qtbot)
    editor_of(window).setPlainText(TEXT)
    QTest.qWait(20)
    return window


@pytest.fixture
def reversed_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr(language, "direction", lambda _language: Qt.LayoutDirection.RightToLeft)
    language.install("en")
    window = open_window(qtbot, language="en")
    editor_of(window).setPlainText(TEXT)
    QTest.qWait(20)
    yield window
    monkeypatch.undo()
    language.install("system")
    assert QApplication.layoutDirection() == Qt.LayoutDirection.LeftToRight


def edges(editor: Editor, number: int) -> tuple[float, float]:
    """Return the room left and right of the first line of a paragraph, in pixels."""
    block: QTextBlock = editor.document().findBlockByNumber(number)
    line = block.layout().lineAt(0)
    left = line.x()
    return left, editor.viewport().width() - left - line.naturalTextWidth()


def test_each_paragraph_begins_at_its_own_side(window: MainWindow) -> None:
    editor = editor_of(window)
    editor.viewport().grab()
    margin = editor.document().documentMargin()
    for number, right in ((0, False), (1, True), (2, True)):
        left, room = edges(editor, number)
        assert (room if right else left) == pytest.approx(margin, abs=1.5), number
        assert (left if right else room) > 200


def test_a_click_goes_to_where_the_letter_is_seen(window: MainWindow) -> None:
    editor = editor_of(window)
    editor.viewport().grab()
    place = editor.document().findBlockByNumber(1).position() + 5
    cursor = editor.textCursor()
    cursor.setPosition(place)
    where = editor.cursorRect(cursor).center()
    assert where.x() > editor.viewport().width() / 2
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert editor.textCursor().position() == place


def test_the_suggestion_goes_on_to_the_left(window: MainWindow) -> None:
    editor = editor_of(window)
    cursor = editor.textCursor()
    cursor.setPosition(editor.document().findBlockByNumber(1).position() + len(ARABIC))
    editor.setTextCursor(cursor)
    assert editor.set_suggestion(suggest(" طويل"))
    editor.viewport().grab()
    (ghost,) = editor.ghost.rectangles()
    assert ghost.right() < editor.viewport().width() - 100
    assert edges(editor, 1)[1] == pytest.approx(editor.document().documentMargin(), abs=1.5)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.toPlainText() == TEXT.replace(ARABIC, ARABIC + " طويل")


class Painted(QObject):
    """Collects what of the text is painted anew."""

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self.events: list[tuple[int, int]] = []
        editor.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if isinstance(event, QPaintEvent):
            rect = event.rect()
            self.events.append((rect.left(), rect.right()))
        return False


def test_what_moves_while_typing_is_painted_anew(window: MainWindow) -> None:
    editor = editor_of(window)
    cursor = editor.textCursor()
    cursor.setPosition(editor.document().findBlockByNumber(1).position() + len(ARABIC))
    editor.setTextCursor(cursor)
    editor.viewport().grab()
    before = edges(editor, 1)[0]
    painted = Painted(editor)
    type_text(window, "ببببب")
    QTest.qWait(50)
    assert edges(editor, 1)[0] < before
    assert any(
        left <= edges(editor, 1)[0] and right >= editor.viewport().width() - 8
        for left, right in painted.events
    )


def test_long_paragraphs_wrap_to_the_right_edge(window: MainWindow) -> None:
    editor = editor_of(window)
    editor.setPlainText((ARABIC + " ") * 20)
    editor.viewport().grab()
    layout = editor.document().firstBlock().layout()
    assert layout.lineCount() > 2
    last = layout.lineAt(layout.lineCount() - 1)
    assert last.x() + last.naturalTextWidth() == pytest.approx(
        editor.viewport().width() - editor.document().documentMargin(), abs=1.5
    )


def test_without_wrapping_nothing_moves(window: MainWindow) -> None:
    window.store.change(line_wrap=False)
    editor = editor_of(window)
    editor.viewport().grab()
    assert edges(editor, 1)[0] == pytest.approx(editor.document().documentMargin(), abs=1)


# -- the window ------------------------------------------------------------------------------------


def test_the_window_is_reversed(reversed_window: MainWindow) -> None:
    window = reversed_window
    assert window.isRightToLeft()
    menus = [window.menuBar().actionGeometry(action).left() for action in window.menuBar().actions()]
    assert menus == sorted(menus, reverse=True)
    bar = window.tabs.tabBar()
    close = bar.tabButton(0, QTabBar.ButtonPosition.RightSide)
    tab = bar.tabRect(0)
    assert tab.contains(close.geometry().center())
    assert tab.center().x() > window.width() / 2
    status = window.status
    assert status.words.mapTo(window, QPoint(0, 0)).x() < window.width() / 2


def test_the_page_stays_in_the_middle(reversed_window: MainWindow) -> None:
    editor = editor_of(reversed_window)
    bar = editor.verticalScrollBar().sizeHint().width()
    left = editor.viewport().geometry().left()
    right = editor.width() - editor.viewport().geometry().right() - 1
    assert abs(left - right) <= bar + 1


def test_the_lane_is_at_the_left(reversed_window: MainWindow) -> None:
    lane = reversed_window.reviewing.lane
    reversed_window.resize(980, 600)
    lane.show()
    QTest.qWait(30)
    assert lane.mapTo(reversed_window, QPoint(0, 0)).x() < 50
