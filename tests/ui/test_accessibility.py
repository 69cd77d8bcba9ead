"""What a screen reader finds, where the keyboard gets, and whether one sees it: in every dialog and lane."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from asking_kit import asking_window, lane_of
from editor_kit import suggest
from every_widget import everything
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from windows import editor_of, open_window

from gpt_assistant.settings import SettingsStore
from gpt_assistant.ui.contrast import contrast
from gpt_assistant.ui.settings_dialog import SettingsDialog
from gpt_assistant.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Colours

Role = QAccessible.Role
INTERACTIVE = (
    *(QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QKeySequenceEdit, QTabBar),
    *(QAbstractItemView, QAbstractScrollArea),
)
NEED_NAMES = {
    *(Role.Button, Role.CheckBox, Role.RadioButton, Role.ComboBox, Role.EditableText, Role.SpinBox),
    *(Role.List, Role.ListItem, Role.Table, Role.Tree, Role.Slider, Role.ProgressBar, Role.PageTab),
    *(Role.MenuItem, Role.Dialog, Role.ButtonMenu, Role.Link),
}


# -- screen readers --------------------------------------------------------------------------------


def _below(interface: QAccessibleInterface, path: str = "") -> Iterator[tuple[str, QAccessibleInterface]]:
    """Yield each visible thing that a screen reader can come to, with the way there."""
    name = interface.text(QAccessible.Text.Name)
    path = f"{path}/{interface.role().name}:{name}"
    yield path, interface
    for index in range(min(interface.childCount(), 300)):
        child = interface.child(index)
        if child is not None and child.isValid() and not child.state().invisible:
            yield from _below(child, path)


def _nameless(widget: QWidget) -> Iterator[str]:
    """Yield the ways to what has no name or no role though one can do something with it."""
    for path, interface in _below(QAccessible.queryAccessibleInterface(widget)):
        inside = interface.object()
        own = not isinstance(inside, QWidget) or not _is_inner(inside)
        wanted = interface.role() in NEED_NAMES or interface.state().focusable
        empty_cell = interface.role() in (Role.TreeItem, Role.Cell)  # beside one that says something
        if wanted and own and not empty_cell and not interface.text(QAccessible.Text.Name).strip():
            yield f"{path} ({type(inside).__name__} {inside.objectName() if inside else ''})"
        if own and interface.role() == Role.NoRole:
            yield f"{path}: no role"


def _is_inner(widget: QWidget) -> bool:
    """Return whether Qt made this widget as a part of another, which has the name."""
    name, parent = widget.objectName(), widget.parentWidget()
    composed = isinstance(parent, QAbstractSpinBox | QComboBox | QKeySequenceEdit | QLineEdit | QTabBar)
    return name.startswith("qt_") or composed


def test_everything_has_a_name_and_a_role(qtbot: QtBot) -> None:
    missing, seen = [], 0
    for name, widget in everything(qtbot):
        missing += [f"{name}: {path}" for path in _nameless(widget)]
        seen += sum(1 for _ in _below(QAccessible.queryAccessibleInterface(widget)))
    assert not sorted(set(missing))
    assert seen > 400


def test_a_widget_without_a_name_is_found(qtbot: QtBot) -> None:
    dialog = QDialog()
    dialog.setWindowTitle("A dialog")
    qtbot.addWidget(dialog)
    field = QLineEdit(dialog)
    dialog.show()
    assert list(_nameless(dialog))
    field.setAccessibleName("Field")
    assert not list(_nameless(dialog))


# -- the keyboard ----------------------------------------------------------------------------------


def _reachable(window: QWidget) -> list[QWidget]:
    """Return what a person can work with by a mouse, and so must reach by the keyboard."""
    found = []
    for each in window.findChildren(QWidget):
        if not isinstance(each, INTERACTIVE) or not each.isVisible() or not each.isEnabled():
            continue
        scrolls_only = type(each) is QScrollArea or (
            isinstance(each, QHeaderView) and not each.sectionsClickable()
        )
        documented = each.objectName() == "closeTab"  # Ctrl+W
        if not _is_inner(each) and not scrolls_only and not documented and each.focusProxy() is None:
            found.append(each)
    return found


def _walk(window: QWidget, key: Qt.Key, most: int = 150) -> list[QWidget]:
    """Return what gets the keyboard, one after the other, until it comes round."""
    seen: list[QWidget] = []
    for _ in range(most):
        holder = window.focusWidget() or window
        if isinstance(holder, QWidget) and holder in seen[:1] and len(seen) > 1:
            break
        seen.append(holder)
        QTest.keyClick(holder, key)
    return seen


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_tab_reaches_everything_in_the_dialogs(qtbot: QtBot, key: Qt.Key) -> None:
    missed, dialogs = [], 0
    for name, dialog in everything(qtbot):
        if not isinstance(dialog, QDialog):
            continue
        dialogs += 1
        dialog.activateWindow()
        QTest.qWait(5)
        reached = _walk(dialog, key)
        missed += [
            f"{name}: {type(each).__name__} {each.accessibleName() or each.objectName()}"
            for each in _reachable(dialog)
            if each not in reached and not any(each.isAncestorOf(other) for other in reached)
        ]
    assert not missed
    assert dialogs >= 6


def test_the_keyboard_reaches_every_part_of_the_window(qtbot: QtBot) -> None:
    window, model = asking_window(qtbot)
    document = window.current_document()
    assert document is not None
    document.notice.show_notice("Something", {"Do": lambda: None, "Leave": lambda: None})
    window.actions_table["summarise"].trigger()
    model.written("A summary.")
    window.actions_table["replace"].trigger()
    window.status.show_problem("A problem", lambda: None)
    editor_of(window).setFocus()
    visited = set()
    for _ in range(6):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        holder = window.focusWidget()
        assert holder is not None
        for _ in range(40):  # Tab goes on from there; in the text it writes
            visited.add(holder)
            if holder is editor_of(window):
                break
            QTest.keyClick(holder, Qt.Key.Key_Tab)
            if (holder := window.focusWidget()) is None or holder in visited:
                break
        holder = window.focusWidget()
    wanted = [
        *document.notice._buttons,
        *(
            window.find_bar.pattern,
            window.find_bar.match_case,
            window.status.retry,
            lane_of(window).result.view,
        ),
        editor_of(window),
    ]
    assert [each for each in wanted if each not in visited] == []


def test_shift_f6_goes_round(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    document = window.current_document()
    assert document is not None
    document.notice.show_notice("Something")
    holders = []
    for _ in range(3):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        holders.append(window.focusWidget())
    assert holders[0] is document.notice._buttons[0]
    assert window.status.isAncestorOf(holders[1])
    assert holders[2] is document.editor


def _picture(widget: QWidget) -> QImage:
    """Return what is seen of a widget and a little around it, without the caret."""
    window = widget.window()
    corner = widget.mapTo(window, QPoint(0, 0))
    return window.grab(QRect(corner, widget.size()).adjusted(-3, -3, 3, 3)).toImage()


@pytest.mark.parametrize("theme", ["light", "dark", "contrast-dark"])
def test_one_sees_where_the_keyboard_is(qtbot: QtBot, theme: str) -> None:
    unseen, count = [], 0
    blink = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    for name, dialog in everything(qtbot, theme=theme):
        if not isinstance(dialog, QDialog):
            continue
        dialog.activateWindow()
        QTest.qWait(5)
        for each in dict.fromkeys(_walk(dialog, Qt.Key.Key_Tab)):
            if not each.isVisible() or each.window() is not dialog or isinstance(each, QDialog):
                continue
            each.setFocus(Qt.FocusReason.TabFocusReason)
            for area in dialog.findChildren(QScrollArea):
                area.ensureWidgetVisible(each)
            with_keyboard = _picture(each)
            each.clearFocus()
            count += 1
            if _picture(each) == with_keyboard:
                unseen.append(f"{name}: {type(each).__name__} {each.accessibleName() or each.objectName()}")
    QApplication.setCursorFlashTime(blink)
    assert not sorted(set(unseen))
    assert count > 20


# -- suggestions, announced ------------------------------------------------------------------------


@pytest.mark.parametrize(("setting", "reader", "said"), [
    ("system", False, False), ("system", True, True), ("on", False, True), ("off", True, False),
])  # fmt: skip
def test_suggestions_are_announced_where_wanted(qtbot: QtBot, setting: str, reader: bool, said: bool) -> None:
    window = open_window(qtbot, announce=setting)
    editor = editor_of(window)
    editor.setPlainText("Thank you very mu")
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    heard: list[str] = []
    editor.announcer.announced.connect(heard.append)
    was = QAccessible.isActive()
    QAccessible.setActive(reader)
    try:
        assert editor.set_suggestion(suggest("ch indeed"))
        QTest.qWait(400)
    finally:
        QAccessible.setActive(was)
    assert bool(heard) == said
    assert all(text.startswith("ch indeed. Tab takes it") for text in heard)


# -- contrast --------------------------------------------------------------------------------------


def _pairs(c: Colours) -> dict[str, tuple[str, str]]:
    """Return every pair of colours in which text is shown: over, and under."""
    return {
        **{f"{name} on {under}": (getattr(c, name), getattr(c, under))
           for name in ("text", "muted", "accent", "warning") for under in ("window", "page")},
        **{f"text on {under}": (c.text, getattr(c, under)) for under in ("hover", "selection", "match")},
        "muted on hover": (c.muted, c.hover),
        "button": (c.on_accent, c.accent),
        "ghost": (c.ghost, c.page),
        "added": (c.added, c.added_page),
        "removed": (c.removed, c.removed_page),
    }  # fmt: skip


@pytest.mark.parametrize("colours", [CONTRAST_LIGHT, CONTRAST_DARK])
def test_high_contrast(colours: Colours) -> None:
    low = {name: contrast(QColor(a), QColor(b)) for name, (a, b) in _pairs(colours).items()}
    assert {name: round(ratio, 2) for name, ratio in low.items() if ratio < 7} == {}
    assert contrast(QColor(colours.line), QColor(colours.page)) >= 7


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_usual_contrast(colours: Colours) -> None:
    ratios = {name: contrast(QColor(a), QColor(b)) for name, (a, b) in _pairs(colours).items()}
    ghost = ratios.pop("ghost")
    assert {name: round(ratio, 2) for name, ratio in ratios.items() if ratio < 4.5} == {}
    assert ghost >= 4


def test_high_contrast_frames_the_suggestion_at_once(qtbot: QtBot) -> None:
    window = open_window(qtbot, theme="light")
    editor = editor_of(window)
    editor.setPlainText("Thank you very mu")
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    editor.set_suggestion(suggest("ch"))
    assert not editor.ghost.outlined
    window.actions_table["theme_contrast-dark"].trigger()
    assert (window.theme.dark, window.theme.contrast, editor.ghost.outlined) == (True, True, True)
    assert editor.has_ghost
    rect = editor.ghost.rectangles()[0].toRect()
    picture = editor.viewport().grab().toImage()
    assert picture.pixelColor(rect.left(), rect.center().y()) == QColor("#ffffff"), "the frame"
    window.actions_table["theme_light"].trigger()
    assert not editor.ghost.outlined


# -- larger fonts ----------------------------------------------------------------------------------


def test_a_large_font_is_not_cut_off(qtbot: QtBot) -> None:
    before = QApplication.font()
    large = QApplication.font()
    large.setPointSizeF(before.pointSizeF() * 2)
    QApplication.setFont(large)
    try:
        store = SettingsStore()
        dialog = SettingsDialog(store)
        qtbot.addWidget(dialog)
        dialog.show()
        QTest.qWait(20)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        cut = [name for name, row in dialog.rows.items() if _cut_off(row.control)]
    finally:
        QApplication.setFont(before)
    assert not cut


def _cut_off(control: QWidget) -> bool:
    if isinstance(control, QAbstractSpinBox | QComboBox | QLineEdit | QKeySequenceEdit):
        high = control.height() < control.fontMetrics().height()
        wide = isinstance(control, QAbstractSpinBox) and control.width() < control.minimumSizeHint().width()
        return high or wide
    return False
