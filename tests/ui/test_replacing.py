from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.replacing import common_ends, replace_text
from gpt_assistant.ui.snapshot import plain_text

texts = st.text(alphabet="ab\n 😀é", max_size=40)


@given(texts, texts)
def test_the_ends_are_the_same_and_as_long_as_can_be(old: str, new: str) -> None:
    first, last = common_ends(old, new)
    shorter = min(len(old), len(new))
    assert old[:first] == new[:first]
    assert old[len(old) - last :] == new[len(new) - last :]
    assert first + last <= shorter
    assert first == shorter or old[first] != new[first]
    assert first + last == shorter or old[-1 - last] != new[-1 - last]


@given(texts, texts)
def test_any_text_becomes_any_other_and_one_undo_takes_it_back(old: str, new: str) -> None:
    document = QTextDocument()
    document.setPlainText(old)
    replace_text(document, new)
    assert plain_text(document) == new
    if old != new:
        document.undo()
        assert plain_text(document) == old


def test_the_caret_stays_where_nothing_changed(make_editor: Callable[..., Editor]) -> None:
    editor = make_editor("one two three four", 4)
    replace_text(editor.document(), "one two three and four")
    assert editor.textCursor().position() == 4
    cursor = QTextCursor(editor.document())
    cursor.setPosition(len("one two three and "))
    editor.setTextCursor(cursor)
    replace_text(editor.document(), "two three and four")
    assert editor.textCursor().position() == len("two three and ")
