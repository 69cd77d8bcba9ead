"""Who wrote what in one editor: every way a character can come into the text, and back into it."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from editor_kit import MakeEditor, compose, drag_enter, drag_point, place_caret, suggest, text_data
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gpt_assistant.text.origins import Origin
from gpt_assistant.ui.anchor import Anchor, replace_apart
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.passages import text_between

Key, Modifier = Qt.Key, Qt.KeyboardModifier
SHORT = {
    Origin.EARLIER: ".",
    Origin.TYPED: "t",
    Origin.COMPLETED: "c",
    Origin.REWRITTEN: "r",
    Origin.CORRECTED: "s",
    Origin.SUMMARISED: "u",
    Origin.TRANSLATED: "l",
    Origin.DICTATED: "d",
    Origin.PASTED: "p",
}


def whose(editor: Editor) -> str:
    """Return a letter for each unit of the text: whose it is."""
    assert editor.origins.map.length == editor.document().characterCount() - 1
    return "".join(SHORT[origin] * length for length, origin in editor.origins.map.runs())


def press(editor: Editor, key: Qt.Key, modifiers: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
    QTest.keyClick(editor, key, modifiers)


def write(editor: Editor, text: str) -> None:
    for character in text:
        QApplication.sendEvent(editor, QKeyEvent(QEvent.Type.KeyPress, 0, Modifier.NoModifier, character))


def choose(editor: Editor, start: int, end: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


@pytest.fixture
def blank(make_editor: MakeEditor) -> Editor:
    return make_editor("", 0)


def test_what_is_typed_and_what_is_taken(make_editor: MakeEditor) -> None:
    editor = make_editor("old text", 8)
    assert whose(editor) == "........"
    write(editor, " and")
    assert editor.set_suggestion(suggest(" so on"))
    press(editor, Key.Key_Tab)
    assert editor.toPlainText() == "old text and so on"
    assert whose(editor) == "........ttttcccccc"


def test_a_word_of_a_suggestion_and_the_rest_typed(blank: Editor) -> None:
    write(blank, "go")
    assert blank.set_suggestion(suggest(" on and on"))
    press(blank, Key.Key_Right, Modifier.ControlModifier)
    write(blank, " a")
    assert whose(blank) == "ttccctt"


def test_an_input_method_types(make_editor: MakeEditor) -> None:
    editor = make_editor("ab cd", 2)
    compose(editor, "ni")
    compose(editor, "", "你好")
    assert editor.toPlainText() == "ab你好 cd"
    assert whose(editor) == "..tt..."


def test_characters_beyond_the_basic_plane_are_two_units(blank: Editor) -> None:
    write(blank, "😀")
    blank.insertFromMimeData(text_data("👍"))
    assert whose(blank) == "ttpp"


def test_what_is_pasted_is_of_others_unless_it_was_copied_here(blank: Editor) -> None:
    write(blank, "mine ")
    blank.insertFromMimeData(text_data("theirs "))
    assert whose(blank) == "tttttppppppp"
    choose(blank, 3, 8)
    press(blank, Key.Key_X, Modifier.ControlModifier)
    place_caret(blank, 0)
    press(blank, Key.Key_V, Modifier.ControlModifier)
    assert blank.toPlainText() == "e theminirs "
    assert whose(blank) == "ttppptttpppp"


def test_a_word_that_is_dragged_stays_whose_it_was(blank: Editor) -> None:
    write(blank, "one two ")
    blank.insertFromMimeData(text_data("three"))
    choose(blank, 0, 4)
    data = blank.createMimeDataFromSelection()
    blank.origins.dragging(blank.textCursor())
    # Qt takes away only what was dragged out of this very view, which a test cannot begin: do what it does.
    with blank._acting("drop"):
        cursor = QTextCursor(blank.document())
        cursor.setPosition(13)
        cursor.beginEditBlock()
        blank.textCursor().removeSelectedText()
        blank.setTextCursor(cursor)
        blank.insertFromMimeData(data)
        cursor.endEditBlock()
    assert blank.toPlainText() == "two threeone "
    assert whose(blank) == "ttttppppptttt"
    blank.undo()
    assert whose(blank) == "ttttttttppppp"
    blank.redo()
    assert whose(blank) == "ttttppppptttt"


def test_what_is_dropped_from_elsewhere_is_of_others(make_editor: MakeEditor) -> None:
    editor = make_editor("ab cd", 0)
    data = text_data("xyz")
    point = drag_point(QPointF(editor.cursorRect(editor.textCursor()).center()))
    kind, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    assert drag_enter(editor, data)
    event = QDropEvent(point, kind, data, button, Modifier.NoModifier)
    QApplication.sendEvent(editor.viewport(), event)
    assert editor.toPlainText() == "xyzab cd"
    assert whose(editor) == "ppp....."


def test_undo_and_redo_bring_back_whose_it_was(blank: Editor) -> None:
    write(blank, "my ")
    blank.insertFromMimeData(text_data("their "))
    assert blank.set_suggestion(suggest("words"))
    press(blank, Key.Key_Tab)
    first = whose(blank)
    assert first == "tttppppppccccc"
    choose(blank, 1, 12)
    press(blank, Key.Key_Delete)
    assert whose(blank) == "tcc"
    write(blank, "xyz")
    assert whose(blank) == "ttttcc"
    blank.undo()
    blank.undo()
    assert blank.toPlainText() == "my their words"
    assert whose(blank) == first
    blank.undo()
    assert whose(blank) == "tttpppppp"
    for _ in range(3):
        blank.redo()
    assert whose(blank) == "ttttcc"


def test_what_was_deleted_letter_by_letter_comes_back(make_editor: MakeEditor) -> None:
    editor = make_editor("abc", 3)
    write(editor, "de")
    for _ in range(4):
        press(editor, Key.Key_Backspace)
    assert whose(editor) == "."
    for _ in range(4):
        if editor.toPlainText() != "abcde":
            editor.undo()
    assert whose(editor) == "...tt"


def test_changes_of_a_rewriting(make_editor: MakeEditor) -> None:
    editor = make_editor("He were tired, and he went home.", 0)
    anchor = Anchor(editor, 0, 14)
    replace_apart(editor, 3, 7, "was", anchor.origin)
    assert whose(editor)[:10] == "...rrr...."
    replace_apart(editor, 0, 2, "She", Origin.CORRECTED)
    assert whose(editor)[:10] == "sss.rrr..."
    block = QTextCursor(editor.document())
    block.beginEditBlock()  # as "accept all" does: Qt tells of one change from the first to the last
    replace_apart(editor, 8, 13, "weary", Origin.REWRITTEN)
    replace_apart(editor, 19, 21, "she", Origin.REWRITTEN)
    block.endEditBlock()
    assert editor.toPlainText() == "She was weary, and she went home."
    assert whose(editor) == "sss.rrr.rrrrr......rrr..........."
    editor.undo()
    assert editor.toPlainText() == "She was tired, and he went home."
    assert whose(editor) == "sss.rrr........................."
    editor.undo()
    editor.undo()
    assert set(whose(editor)) == {"."}


def test_a_summary_below(make_editor: MakeEditor) -> None:
    editor = make_editor("long text", 0)
    anchor = Anchor(editor, 0, 9, Origin.SUMMARISED)
    assert anchor.insert_below("text")
    assert whose(editor) == "........." + "u" * 6
    anchor = Anchor(editor, 0, 9, Origin.TRANSLATED)
    assert anchor.replace("texte long")
    assert whose(editor) == "l" * 10 + "u" * 6


def test_another_text_from_the_program_is_nobody_knows_whose(blank: Editor) -> None:
    write(blank, "typed")
    told = []
    blank.origins.replaced.connect(lambda: told.append(whose(blank)))
    blank.setPlainText("from a file")
    assert told == ["..........."]
    write(blank, "x")
    assert whose(blank) == "t..........."


def test_a_changed_file_keeps_what_is_the_same(make_editor: MakeEditor) -> None:
    editor = make_editor("", 0)
    write(editor, "one two three")
    new = "one 2 three four"
    editor.origins.plan_text(new)
    cursor = QTextCursor(editor.document())
    choose_all = QTextCursor.SelectionType.Document
    cursor.select(choose_all)
    cursor.insertText(new)
    assert whose(editor) == "tttt.tttttt....."
    assert "p" not in whose(editor)


def test_off_it_knows_nothing_and_on_again_it_begins_anew(blank: Editor) -> None:
    write(blank, "a")
    blank.origins.set_on(False)
    write(blank, "b")
    assert blank.origins.map.length == 0
    blank.origins.set_on(True)
    write(blank, "c")
    assert whose(blank) == "..t"


def test_runs_of_another_length_are_not_taken(blank: Editor) -> None:
    write(blank, "abc")
    assert not blank.origins.set_runs([(2, Origin.PASTED)])
    assert blank.origins.set_runs([(3, Origin.PASTED)])
    assert whose(blank) == "ppp"


def test_long_lines_keep_their_breaks(make_editor: MakeEditor) -> None:
    editor = make_editor("", 0)
    write(editor, "ab")
    editor.insertFromMimeData(text_data("word " * 4000))
    assert whose(editor)[:3] == "ttp"
    place_caret(editor, 20)
    write(editor, "x" * 30)
    press(editor, Key.Key_Backspace)
    assert whose(editor).count("t") == 31


def _doings(editor: Editor, chance: random.Random) -> list[Callable[[], object]]:
    def anywhere() -> None:
        length = editor.document().characterCount() - 1
        start = chance.randint(0, length)
        choose(editor, start, min(length, start + chance.choice((0, 0, 0, 1, 3, 8))))

    def complete() -> None:
        if editor.set_suggestion(suggest(" and so")):
            press(editor, Key.Key_Tab)

    def rewrite() -> None:
        cursor = editor.textCursor()
        replace_apart(editor, cursor.selectionStart(), cursor.selectionEnd(), "new", Origin.REWRITTEN)

    return [
        anywhere,
        anywhere,
        lambda: write(editor, "ab"),
        lambda: press(editor, Key.Key_Return),
        lambda: press(editor, Key.Key_Backspace),
        lambda: press(editor, Key.Key_Delete),
        lambda: compose(editor, "", "é"),
        lambda: editor.insertFromMimeData(text_data(chance.choice(("pasted", "two\nlines", "😀")))),
        lambda: press(editor, Key.Key_X, Modifier.ControlModifier),
        lambda: press(editor, Key.Key_V, Modifier.ControlModifier),
        complete,
        rewrite,
        editor.undo,
        editor.undo,
        editor.redo,
    ]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_done_undone_and_done_again_it_adds_up(make_editor: MakeEditor, seed: int) -> None:
    chance = random.Random(seed)
    editor = make_editor("Some text\nin two lines", 4)
    doings = _doings(editor, chance)
    seen: dict[int, tuple[str, str]] = {}
    for _ in range(60):
        chance.choice(doings)()
        whose(editor)
    while editor.document().isRedoAvailable():
        editor.redo()
    last = editor.toPlainText(), whose(editor)
    while editor.document().isUndoAvailable():
        editor.undo()
        seen[editor.document().availableUndoSteps()] = editor.toPlainText(), whose(editor)
    assert (editor.toPlainText(), set(whose(editor))) == ("Some text\nin two lines", {"."})
    while editor.document().isRedoAvailable():
        editor.redo()
        state = editor.toPlainText(), whose(editor)
        assert seen.get(editor.document().availableUndoSteps(), state) == state
    assert (editor.toPlainText(), whose(editor)) == last
    assert text_between(editor.document(), 0, editor.origins.map.length) == last[0]
