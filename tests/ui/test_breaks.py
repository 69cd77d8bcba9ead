"""Lines of a million characters: shown in pieces, edited and saved as the lines they are."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gpt_assistant.text.longlines import BREAK, MARK, joined
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.snapshot import plain_text

NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
FIRST, SECOND = "one two ", "three four"
SHOWN = f"{FIRST}{BREAK}{SECOND}\nnext"
BEFORE, AFTER = len(FIRST), len(FIRST) + len(BREAK)  # the places on both sides of the break

Make = Callable[..., Editor]


def raw(editor: Editor) -> str:
    return plain_text(editor.document())


def text(editor: Editor) -> str:
    """Return the text as the file gets it; no mark may stand alone in the editor."""
    assert raw(editor).count(MARK) == raw(editor).count(BREAK)
    return joined(raw(editor))


def press(editor: Editor, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(editor, key, modifier)


@pytest.mark.parametrize("place", [BEFORE, BEFORE + 1, AFTER])
def test_typing_on_either_side_of_a_break(make_editor: Make, place: int) -> None:
    editor = make_editor(SHOWN, place)
    QTest.keyClicks(editor, "xy")
    assert text(editor) == "one two xythree four\nnext"
    for _ in range(3):
        editor.undo()
    assert raw(editor) == SHOWN


@pytest.mark.parametrize("place", [BEFORE, BEFORE + 1, AFTER])
def test_backspace_and_delete_take_the_letter_beyond_a_break(make_editor: Make, place: int) -> None:
    editor = make_editor(SHOWN, place)
    press(editor, Qt.Key.Key_Backspace)
    assert text(editor) == "one twothree four\nnext"
    editor = make_editor(SHOWN, place)
    press(editor, Qt.Key.Key_Delete)
    assert text(editor) == "one two hree four\nnext"


def test_enter_at_a_break_is_a_line_end_of_the_file(make_editor: Make) -> None:
    for place in (BEFORE, AFTER):
        editor = make_editor(SHOWN, place)
        press(editor, Qt.Key.Key_Return)
        assert text(editor) == "one two \nthree four\nnext"
    editor = make_editor(SHOWN, 3)
    press(editor, Qt.Key.Key_Return)
    assert text(editor) == "one\n two three four\nnext"


@pytest.mark.parametrize(
    ("place", "key", "modifier", "expected"),
    [
        (AFTER, Qt.Key.Key_Backspace, CTRL, "one twothree four\nnext"),
        (BEFORE, Qt.Key.Key_Delete, CTRL, "one two four\nnext"),
    ],
)
def test_deleting_a_word_at_a_break(
    make_editor: Make, place: int, key: Qt.Key, modifier: Qt.KeyboardModifier, expected: str
) -> None:
    editor = make_editor(SHOWN, place)
    press(editor, key, modifier)
    assert text(editor) in (expected, expected.replace("one two", "one "))


@pytest.mark.parametrize(("place", "expected"), [(3, "onethree four\nnext"), (0, "three four\nnext")])
def test_what_deletes_to_the_end_of_a_paragraph_leaves_the_line_one(
    make_editor: Make, place: int, expected: str
) -> None:
    editor = make_editor(SHOWN, place)
    with editor._acting("delete"):  # as Ctrl+K does where the desktop has it
        cursor = editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
    assert text(editor) == expected
    editor.undo()
    assert raw(editor) == SHOWN


def test_a_selection_over_a_break_is_deleted_and_copied_as_the_file_has_it(make_editor: Make) -> None:
    editor = make_editor(SHOWN, 4)
    cursor = editor.textCursor()
    cursor.setPosition(AFTER + 5, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    editor.copy()
    assert QGuiApplication.clipboard().text() == "two three"
    press(editor, Qt.Key.Key_Delete)
    assert text(editor) == "one  four\nnext"
    editor.undo()
    assert raw(editor) == SHOWN


def test_a_selection_to_the_end_of_what_is_shown(make_editor: Make) -> None:
    editor = make_editor(SHOWN, 4)
    press(editor, Qt.Key.Key_End, SHIFT)
    QTest.keyClicks(editor, "x")
    assert text(editor) == "one xthree four\nnext"


def test_the_caret_steps_over_a_break_in_one_go(make_editor: Make) -> None:
    editor = make_editor(SHOWN, BEFORE - 1)
    places = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End):
        press(editor, key)
        places.append(editor.textCursor().position())
    assert places == [BEFORE, AFTER, BEFORE, 0, BEFORE]


def test_a_long_line_is_broken_when_it_is_pasted_and_whole_when_it_is_copied(make_editor: Make) -> None:
    editor = make_editor("a|b", 1)
    line = "word " * 50_000
    data = QMimeData()
    data.setText(line)
    editor.insertFromMimeData(data)
    assert text(editor) == f"a{line}|b"
    assert max(map(len, raw(editor).split("\n"))) < 10_000
    editor.selectAll()
    editor.copy()
    assert QGuiApplication.clipboard().text() == f"a{line}|b"
    editor.undo()
    assert raw(editor) == "a|b"


def test_the_model_reads_the_line_as_the_file_has_it(make_editor: Make) -> None:
    context = make_editor(SHOWN, AFTER + 5).snapshot()
    assert (context.before, context.after) == ("one two three", " four\nnext")


@pytest.mark.parametrize("pasted", ["x", "x\ny", "x\n"])
def test_pasting_behind_a_mark(make_editor: Make, pasted: str) -> None:
    editor = make_editor(SHOWN, BEFORE + 1)
    data = QMimeData()
    data.setText(pasted)
    editor.insertFromMimeData(data)
    assert text(editor) == f"one two {pasted}three four\nnext"


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_done_comes_to_the_same_as_without_breaks(make_editor: Make, seed: int) -> None:
    chance = random.Random(seed)
    pieces = ["ab", "cd ", "e\nf", "", "gh"]
    broken_one = make_editor(BREAK.join(pieces) + "\nij")
    plain_one = make_editor("".join(pieces) + "\nij")
    for _ in range(40):
        shown, whole = raw(broken_one), raw(plain_one)
        ends = sorted(chance.choices(range(len(shown) + 1), k=2))
        if chance.random() < 0.6:
            ends[0] = ends[1]
        # A break stands for nothing: the same place in the text without it.
        places = [len(joined(shown[:end])) for end in ends]
        act = chance.choice(["x", "\n", "Backspace", "Delete", "paste"])
        for editor, (start, end) in ((broken_one, ends), (plain_one, places)):
            cursor = editor.textCursor()
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            editor.setTextCursor(cursor)
            if act == "paste":
                data = QMimeData()
                data.setText("p\nq")
                editor.insertFromMimeData(data)
            elif act in ("Backspace", "Delete"):
                if places[0] == places[1] and ends[0] != ends[1]:
                    continue  # only a break is selected: deleting it deletes nothing
                press(editor, getattr(Qt.Key, f"Key_{act}"))
            else:
                press(editor, Qt.Key.Key_Return) if act == "\n" else QTest.keyClicks(editor, act)
        assert joined(raw(broken_one)) == raw(plain_one), (act, ends, places, shown, whole)
        assert raw(broken_one).count(MARK) == raw(broken_one).count(BREAK)
    while broken_one.document().isUndoAvailable():
        broken_one.undo()
    assert raw(broken_one) == BREAK.join(pieces) + "\nij"


def test_typing_in_a_line_of_a_million_characters_is_fast(qtbot: QtBot, make_editor: Make) -> None:
    from gpt_assistant.text.longlines import broken  # noqa: PLC0415

    for line in ("x" * 1_000_000, "word " * 200_000):
        editor = make_editor(broken(line), 500_000)
        started = time.perf_counter()
        QTest.keyClicks(editor, "y" * 10)
        qtbot.wait(1)
        assert time.perf_counter() - started < 1.0  # 25 s for one key, if it were one paragraph
        assert len(text(editor)) == 1_000_010
