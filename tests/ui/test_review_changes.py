from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from gpt_assistant.text.diff import apply, hunks
from gpt_assistant.ui.anchor import Anchor, selected
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.review_changes import Changes, State

OLD = "Teh cat sat on an mat, and it were happy."
NEW = "The cat sat on a mat, and it was happy!"


def review(editor: Editor, new: str = NEW) -> Changes:
    anchor = selected(editor)
    assert anchor is not None
    return Changes(anchor, hunks(anchor.text, new))


def type_at(editor: Editor, position: int, text: str, remove: int = 0) -> None:
    cursor = QTextCursor(editor.document())
    cursor.setPosition(position)
    cursor.setPosition(position + remove, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(text)


def steps(editor: Editor) -> list[str]:
    """Undo everything; return the texts on the way."""
    found = []
    while editor.document().isUndoAvailable():
        editor.undo()
        found.append(editor.toPlainText())
    return found


def test_each_acceptance_is_one_step_of_undo(make_editor: Callable[..., Editor]) -> None:
    editor = make_editor(OLD, 0)
    changes = review(editor)
    assert [change.hunk.old for change in changes] == ["Teh", "an", "were", "."]
    assert changes.accept([0])
    assert changes.accept([2])
    assert editor.toPlainText() == "The cat sat on an mat, and it was happy."
    assert changes.accept(range(len(changes)))
    assert editor.toPlainText() == NEW
    assert steps(editor) == [
        "The cat sat on an mat, and it was happy.",
        "The cat sat on an mat, and it were happy.",
        OLD,
    ]
    assert changes.states() == [State.OPEN] * 4, "undone, a change is open again"
    editor.redo()
    assert changes.states() == [State.ACCEPTED] + [State.OPEN] * 3


def test_neighbouring_acceptances_are_not_joined_by_undo(make_editor: Callable[..., Editor]) -> None:
    editor = make_editor("one long two", 0)
    changes = review(editor, "uno long due")
    changes.accept([0])
    type_at(editor, 3, "!")
    changes.accept([1])
    assert steps(editor) == ["uno! long two", "uno long two", "one long two"]


def test_edits_elsewhere_move_the_changes(make_editor: Callable[..., Editor]) -> None:
    editor = make_editor(OLD, 0)
    changes = review(editor)
    type_at(editor, len(OLD), " Really.")
    type_at(editor, OLD.index("sat"), "😀 ")
    type_at(editor, 0, "So. ")
    assert changes.accept(range(4))
    assert editor.toPlainText() == "So. The cat 😀 sat on a mat, and it was happy! Really."


def test_words_that_the_writer_changed_stay(make_editor: Callable[..., Editor]) -> None:
    editor = make_editor(OLD, 0)
    changes = review(editor)
    at = OLD.index("were")
    type_at(editor, at, "had been", 4)
    assert changes.states() == [State.OPEN, State.OPEN, State.CHANGED, State.OPEN]
    assert not changes.accept([2])
    assert changes.accept(range(4))
    assert editor.toPlainText() == "The cat sat on a mat, and it had been happy!"


def test_an_insertion_needs_its_neighbours(make_editor: Callable[..., Editor]) -> None:
    editor = make_editor("a dog barked", 0)
    changes = review(editor, "a big dog barked")
    assert [change.hunk.old for change in changes] == [""]
    type_at(editor, changes[0].hunk.start, "X")
    assert changes.states() == [State.CHANGED]
    assert not changes.accept([0])
    assert editor.toPlainText() in ("aX dog barked", "a Xdog barked")


def test_text_deleted_and_put_back(make_editor: Callable[..., Editor]) -> None:
    editor = make_editor(OLD, 0)
    changes = review(editor)
    editor.selectAll()
    editor.cut()
    assert changes.states() == [State.CHANGED] * 4
    assert not changes.accept(range(4))
    assert editor.toPlainText() == ""


def test_edits_made_before_the_answer_came(make_editor: Callable[..., Editor]) -> None:
    editor = make_editor(OLD, 0)
    anchor = selected(editor)
    assert anchor is not None
    type_at(editor, OLD.index("mat"), "old ")
    type_at(editor, OLD.index("happy") + 4, "content", 5)
    changes = Changes(anchor, hunks(anchor.text, NEW))
    assert changes.states() == [State.OPEN, State.OPEN, State.OPEN, State.CHANGED]
    changes.accept(range(4))
    assert editor.toPlainText() == "The cat sat on a old mat, and it was content."


def test_rejected_and_reopened(make_editor: Callable[..., Editor]) -> None:
    editor = make_editor(OLD, 0)
    changes = review(editor)
    changes.reject([0])
    assert changes.states()[0] is State.REJECTED
    changes.accept(range(4))
    assert editor.toPlainText() == "Teh" + NEW[3:]
    changes.reject([0], False)
    assert changes.accept([0])
    assert editor.toPlainText() == NEW


def test_a_read_only_text_is_not_touched(make_editor: Callable[..., Editor]) -> None:
    editor = make_editor(OLD, 0)
    changes = review(editor)
    editor.setReadOnly(True)
    assert not changes.accept(range(4))
    assert editor.toPlainText() == OLD


WORDS = st.lists(st.sampled_from(["one", "two", "three", "four", "😀", "é\u0301", "\n"]), max_size=12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(WORDS, WORDS, st.randoms(use_true_random=False))
def test_any_order_of_accepting_gives_the_new_text(
    editor: Editor, old: list[str], new: list[str], order: random.Random
) -> None:
    before, after = "Start " + " ".join(old) + " end", "Start " + " ".join(new) + " end"
    editor.setPlainText(f"{before} tail")
    anchor = Anchor(editor, 0, editor.document().characterCount() - 1 - len(" tail"))
    changes = Changes(anchor, hunks(before, after))
    wanted = list(range(len(changes)))
    order.shuffle(wanted)
    taken = wanted[: len(wanted) // 2]
    for index in taken:
        assert changes.accept([index])
    assert editor.toPlainText() == apply(before, [changes[index].hunk for index in taken]) + " tail"
    changes.accept(range(len(changes)))
    assert editor.toPlainText() == f"{after} tail"


def test_an_anchor_keeps_what_is_typed_beside_it_out(make_editor: Callable[..., Editor]) -> None:
    editor = make_editor("before MIDDLE behind", 0)
    anchor = Anchor(editor, 7, 13)
    type_at(editor, 13, "!")
    type_at(editor, 7, "?")
    assert anchor.unchanged
    assert anchor.replace("centre")
    assert editor.toPlainText() == "before ?centre! behind"
    assert steps(editor)[0] == "before ?MIDDLE! behind"


def test_an_anchor_is_not_replaced_once_edited(make_editor: Callable[..., Editor]) -> None:
    editor = make_editor("before MIDDLE behind", 0)
    anchor = Anchor(editor, 7, 13)
    type_at(editor, 9, "x")
    assert not anchor.replace("centre")
    assert editor.toPlainText() == "before MIxDDLE behind"


def test_places_in_an_edited_passage(make_editor: Callable[..., Editor]) -> None:
    text = "First line.\nSecond 😀 line.\nThird line."
    editor = make_editor(text, 0)
    anchor = selected(editor)
    assert anchor is not None
    third = text.index("Third"), len(text)
    type_at(editor, 0, "Zero.\n")
    assert anchor.place_of(*third) == (third[0] + 1 + 6, third[1] + 1 + 6), "the emoji is two units"
    type_at(editor, editor.toPlainText().index("Second") + 6, "ly")
    at = editor.toPlainText().index("Third") + 1
    assert anchor.place_of(*third) == (at, at + len("Third line."))
    assert anchor.place_of(text.index("Second"), text.index("Second") + 6) is None
    assert anchor.nearest(text.index("Second"), text.index("Second") + 6)[0] == len("Zero.\nFirst line.\n")


def test_below_a_passage(qtbot: QtBot, make_editor: Callable[..., Editor]) -> None:
    for text, passage, wanted in (
        ("one two", "one", "one two\n\nNEW"),
        ("one\n\ntwo", "one", "one\n\nNEW\n\ntwo"),
        ("one\ntwo", "one", "one\n\nNEW\n\ntwo"),
    ):
        editor = make_editor(text, 0)
        start = text.index(passage)
        assert Anchor(editor, start, start + len(passage)).insert_below("NEW")
        assert editor.toPlainText() == wanted
        assert steps(editor) == [text]


def test_nothing_but_white_space_is_nothing_to_ask_about(make_editor: Callable[..., Editor]) -> None:
    assert selected(make_editor(" \n\t\n", 0)) is None
    found = selected(make_editor("\n  word word \n", 0))
    assert found is not None
    assert found.text == "word word"
