"""Words corrected by themselves, and how that is taken back."""

from __future__ import annotations

import pytest
from editor_kit import compose, place_caret, suggest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from spelling_kit import Speller, spelling_window, write
from windows import editor_of

from gpt_assistant.engine.messages import Spell, SpellRest
from gpt_assistant.ui.window import MainWindow

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def both(qtbot: QtBot) -> tuple[MainWindow, Speller]:
    return spelling_window(qtbot, autocorrect=True)


def text(window: MainWindow) -> str:
    return editor_of(window).toPlainText()


def quick(speller: Speller) -> list[str]:
    """Return what was asked about words that had just been ended."""
    return [r.text for r in speller.requests if not r.thorough and not isinstance(r, SpellRest)]


def test_a_space_has_the_word_before_it_corrected(qtbot: QtBot, both: tuple[MainWindow, Speller]) -> None:
    window, speller = both
    write(window, "Well. I saw teh")
    assert quick(speller) == ["Well", "I", "I saw"]  # each sentence so far, at every word that ends
    write(window, " ")
    qtbot.waitUntil(lambda: text(window) == "Well. I saw the ")
    assert quick(speller)[-1] == "I saw teh"
    assert editor_of(window).textCursor().atEnd()
    assert window.status.message.text() == "“teh” was corrected to “the”. Ctrl+Z takes it back."


def test_punctuation_and_return_end_a_word_too(qtbot: QtBot, both: tuple[MainWindow, Speller]) -> None:
    window, _ = both
    write(window, "teh,")
    qtbot.waitUntil(lambda: text(window) == "the,")
    write(window, " recieved\n")
    qtbot.waitUntil(lambda: text(window) == "the, received\n")
    write(window, "teh-")
    QTest.qWait(50)
    assert text(window).endswith("teh-")


def test_what_was_typed_meanwhile_stays_and_one_undo_takes_the_correction_back(
    qtbot: QtBot, both: tuple[MainWindow, Speller]
) -> None:
    window, speller = both
    speller.held = True
    write(window, "I saw teh ")
    request = speller.requests[-1]
    write(window, "cat")
    speller.answer(request)
    assert text(window) == "I saw the cat"
    assert editor_of(window).textCursor().atEnd()
    QTest.keyClick(editor_of(window), Key.Key_Z, Control)
    assert text(window) == "I saw teh cat"
    assert editor_of(window).textCursor().atEnd()  # and not back at the word
    assert "stays as it is" in window.status.message.text()
    QTest.keyClick(editor_of(window), Key.Key_Y, Control)
    assert text(window) == "I saw the cat"
    QTest.keyClick(editor_of(window), Key.Key_Z, Control)
    QTest.keyClick(editor_of(window), Key.Key_End)
    write(window, " and teh ")
    QTest.qWait(30)
    speller.held = False
    write(window, "dog ")
    QTest.qWait(50)
    assert text(window) == "I saw teh cat and teh dog "  # not corrected a second time
    assert "I saw teh cat and teh" not in quick(speller)


def test_only_what_is_sure_is_corrected(qtbot: QtBot, both: tuple[MainWindow, Speller]) -> None:
    window, _ = both
    write(window, "It is definately their the the ")
    QTest.qWait(80)
    assert text(window) == "It is definately their the the "


@pytest.mark.parametrize("how", ["delete", "move", "undo", "switch off", "change"])
def test_after_anything_but_typing_on_nothing_is_corrected(
    qtbot: QtBot, both: tuple[MainWindow, Speller], how: str
) -> None:
    window, speller = both
    speller.held = True
    write(window, "I saw teh ")
    request = speller.requests[-1]
    assert isinstance(request, Spell)
    if how == "delete":
        QTest.keyClick(editor_of(window), Key.Key_Backspace)
    elif how == "move":
        QTest.keyClick(editor_of(window), Key.Key_Left)
    elif how == "undo":
        QTest.keyClick(editor_of(window), Key.Key_Z, Control)
    elif how == "switch off":
        window.store.change(autocorrect=False)
    else:
        cursor = editor_of(window).textCursor()
        cursor.setPosition(8)
        cursor.insertText("x")
    before = text(window)
    speller.answer(request)
    assert text(window) == before


def test_not_after_a_paste_in_code_or_for_what_is_let_stand(
    qtbot: QtBot, both: tuple[MainWindow, Speller]
) -> None:
    window, speller = both
    QApplication.clipboard().setText("teh ")
    editor_of(window).paste()
    write(window, "\n```\nteh ")
    QTest.qWait(30)
    assert text(window) == "teh \n```\nteh "
    assert not quick(speller)
    editor_of(window).clear()
    window.spelling.add_word("teh")
    write(window, "teh ")
    QTest.qWait(50)
    assert text(window) == "teh "


def test_not_while_something_is_being_composed(qtbot: QtBot, both: tuple[MainWindow, Speller]) -> None:
    window, speller = both
    speller.held = True
    write(window, "I saw teh ")
    request = speller.requests[-1]
    compose(editor_of(window), "に")
    speller.answer(request)
    assert text(window) == "I saw teh "


def test_off_by_default_nothing_is_asked(qtbot: QtBot) -> None:
    window, speller = spelling_window(qtbot)
    write(window, "I saw teh ")
    QTest.qWait(50)
    assert text(window) == "I saw teh "
    assert not quick(speller)


def test_a_suggestion_goes_rather_than_stand_in_the_wrong_place(
    qtbot: QtBot, both: tuple[MainWindow, Speller]
) -> None:
    window, speller = both
    speller.held = True
    write(window, "I saw teh ")
    editor = editor_of(window)
    assert editor.set_suggestion(suggest("cat"))
    speller.answer(speller.requests[-1])
    assert text(window) == "I saw the "
    place_caret(editor, 3)
    assert not editor.has_ghost
