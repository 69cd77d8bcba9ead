"""What the writer does about a word: corrections, ignoring, own words, from one issue to the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from editor_kit import place_caret
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from spelling_kit import choose, lined, menu, settle, sheet_of, spelling_window, words, write
from windows import editor_of

from gpt_assistant.engine.messages import Correction, Rewrite
from gpt_assistant.storage.wordfile import own_words
from gpt_assistant.ui.spelling_menu import likelihood
from gpt_assistant.ui.window import MainWindow

Key, Control, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TEXT = "I recieved teh letter.\n\nIt is their, definately."


def press(
    window: MainWindow, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(editor_of(window), key, modifier)


def at(window: MainWindow, word: str) -> None:
    place_caret(editor_of(window), editor_of(window).toPlainText().index(word) + 1)


def selected(window: MainWindow) -> str:
    return editor_of(window).textCursor().selectedText()


# -- corrections -----------------------------------------------------------------------------------


def test_the_key_offers_corrections_with_how_much_likelier_they_are(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, TEXT)
    at(window, "teh")
    press(window, Key.Key_Period, Control)
    shown = menu(qtbot)
    texts = [action.text() for action in shown.actions() if not action.isSeparator()]
    assert texts[:3] == ["the\t×70 likelier", "tech\t×1.6 likelier", "ten"]
    assert [text.replace("&", "") for text in texts[3:6]] == [
        "Ignore here",
        "Ignore in this document",
        "Add to my words",
    ]
    assert shown.activeAction() is shown.actions()[0]
    assert "teh" in shown.accessibleName()
    QTest.keyClick(shown, Key.Key_Return)
    assert editor_of(window).toPlainText() == TEXT.replace("teh", "the")
    editor_of(window).undo()  # one step
    assert editor_of(window).toPlainText() == TEXT
    assert words(window) == ["recieved", "teh", "their", "definately"]


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (0.0, ""),
        (-3.0, ""),
        (0.01, ""),
        (1.0, "×2.7 likelier"),
        (3.0, "×20 likelier"),
        (20.0, "> ×1,000 likelier"),
    ],
)
def test_how_much_likelier_is_said_in_plain_figures(score: float, said: str) -> None:
    assert likelihood(Correction("x", score)) == said


def test_the_key_beside_an_issue_takes_the_next_of_the_paragraph(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, TEXT)
    place_caret(editor_of(window), 0)
    press(window, Key.Key_Period, Control)
    choose(menu(qtbot), "received")
    assert editor_of(window).toPlainText().startswith("I received teh")
    place_caret(editor_of(window), editor_of(window).document().findBlockByNumber(1).position())
    press(window, Key.Key_Period, Control)
    assert QApplication.activePopupWidget() is None
    assert "No spelling issue" in window.status.message.text()


def test_a_word_that_is_not_the_one_meant_says_so_and_is_no_own_word(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, "It is their.")
    at(window, "their")
    press(window, Key.Key_Period, Control)
    shown = menu(qtbot)
    texts = [action.text().replace("&", "") for action in shown.actions()]
    assert "Another word fits better here" in texts
    assert "Add to my words" not in texts
    shown.close()


def test_the_key_right_after_typing_waits_for_the_check(qtbot: QtBot) -> None:
    window, speller = spelling_window(qtbot)
    speller.held = True
    write(window, "I saw teh")
    press(window, Key.Key_Period, Control)
    assert QApplication.activePopupWidget() is None
    assert [request.text for request in speller.requests] == ["I saw teh"]  # at once
    speller.answer()
    choose(menu(qtbot), "the")
    assert editor_of(window).toPlainText() == "I saw the"
    assert editor_of(window).textCursor().position() == 9


def test_the_menu_of_the_right_button_and_of_the_menu_key(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, TEXT)
    editor = editor_of(window)
    at(window, "teh")
    there = editor.cursorRect().center()
    place_caret(editor, 0)
    for reason, place in (
        (QContextMenuEvent.Reason.Mouse, there),
        (QContextMenuEvent.Reason.Keyboard, QPoint()),
    ):
        if reason is QContextMenuEvent.Reason.Keyboard:
            at(window, "teh")
        event = QContextMenuEvent(reason, place, editor.viewport().mapToGlobal(place))
        QApplication.sendEvent(editor.viewport(), event)
        shown = menu(qtbot)
        assert shown.actions()[0].text().startswith("the\t")
        shown.close()
    assert editor.toPlainText() == TEXT
    plain = editor.context_menu(editor.cursorRect().bottomRight() + QPoint(0, 60))
    assert not any("likelier" in action.text() for action in plain.actions())


def test_a_text_that_has_changed_meanwhile_is_left_alone(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, TEXT)
    place = sheet_of(window).places(0)[1]
    place_caret(editor_of(window), 0)
    write(window, "x")
    window.spelling_commands.take(sheet_of(window), place, "the")
    assert editor_of(window).toPlainText() == f"x{TEXT}"
    assert "has changed" in window.status.message.text()


# -- ignoring, own words ---------------------------------------------------------------------------


def test_ignored_here_it_is_let_stand_at_this_place_wherever_that_moves(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, "teh one and teh other")
    at(window, "teh one")
    press(window, Key.Key_Period, Control)
    choose(menu(qtbot), "Ignore here")
    assert [place.start for place in sheet_of(window).places(0)] == [12]
    place_caret(editor_of(window), 0)
    write(window, "So ")
    assert [place.start for place in sheet_of(window).places(0)] == [15]
    settle(qtbot, window)
    assert [place.start for place in sheet_of(window).places(0)] == [15]


def test_ignored_in_a_document_it_is_let_stand_there_after_a_restart_too(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path, other = tmp_path / "a.md", tmp_path / "b.md"
    path.write_text("teh one, Teh other, recieved")
    other.write_text("teh")
    window, _ = spelling_window(qtbot, files=[path])
    settle(qtbot, window)
    assert words(window) == ["teh", "Teh", "recieved"]
    at(window, "teh")
    press(window, Key.Key_Period, Control)
    choose(menu(qtbot), "Ignore in this document")
    assert words(window) == ["recieved"]
    window.open_path(other)
    settle(qtbot, window)
    assert words(window) == ["teh"]
    window.end_keeping_work()

    window, _ = spelling_window(qtbot, files=[path])
    settle(qtbot, window)
    assert words(window) == ["recieved"]
    at(window, "teh")
    context = editor_of(window).context_menu(editor_of(window).cursorRect().center())
    choose(context, "No longer ignore “teh”")
    assert words(window) == ["teh", "Teh", "recieved"]


def test_what_is_ignored_in_a_new_document_stays_so_in_its_file(qtbot: QtBot, tmp_path: Path) -> None:
    window, _ = spelling_window(qtbot, "teh one")
    window.spelling.ignore_in_document(sheet_of(window), "teh")
    document = window.current_document()
    assert document is not None
    document.save(tmp_path / "new.md")
    window.end_keeping_work()
    window, _ = spelling_window(qtbot, files=[tmp_path / "new.md"])
    settle(qtbot, window)
    assert not words(window)


def test_an_own_word_is_right_everywhere_until_it_is_taken_back(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, "An xqzt. Xqzt's here.")
    at(window, "xqzt")
    press(window, Key.Key_Period, Control)
    shown = menu(qtbot)
    assert shown.actions()[0].text() == "No suggestion"
    choose(shown, "Add to my words")
    assert own_words().all() == {"xqzt"}
    assert not words(window)
    window.new_document()
    write(window, "xqzt ")
    settle(qtbot, window)
    assert not words(window)
    at(window, "xqzt")
    context = editor_of(window).context_menu(editor_of(window).cursorRect().center())
    choose(context, "Remove “xqzt” from my words")
    settle(qtbot, window)
    assert words(window) == ["xqzt"]
    assert not own_words().all()


def test_words_that_cannot_be_stored_say_so(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, "An xqzt.")
    window.spelling.words.path.mkdir()
    window.spelling_commands.add_word("xqzt")
    assert window.status.message.text()
    assert window.status.has_message
    assert words(window) == ["xqzt"]


# -- from one to the next --------------------------------------------------------------------------


def test_f7_goes_from_one_to_the_next_round_and_round(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, TEXT)
    place_caret(editor_of(window), 0)
    found = []
    for _ in range(5):
        press(window, Key.Key_F7)
        found.append(selected(window))
    assert found == ["recieved", "teh", "their", "definately", "recieved"]
    back = []
    for _ in range(3):
        press(window, Key.Key_F7, Shift)
        back.append(selected(window))
    assert back == ["definately", "their", "teh"]
    press(window, Key.Key_Period, Control)
    choose(menu(qtbot), "the")
    assert "recieved the letter" in editor_of(window).toPlainText()
    assert editor_of(window).textCursor().position() == len("I recieved the")
    press(window, Key.Key_F7)  # the paragraph that was corrected is read again first
    qtbot.waitUntil(lambda: selected(window) == "their")
    write(window, "there")  # what is selected is what typing replaces
    assert "It is there, def" in editor_of(window).toPlainText()


def test_f7_checks_what_is_not_checked_yet_on_the_way(qtbot: QtBot) -> None:
    window, speller = spelling_window(qtbot)
    speller.rest_held = True
    text = "\n".join(["A good line."] * 700 + ["A teh line."] + ["Another good line."] * 50)
    editor_of(window).setPlainText(text)
    place_caret(editor_of(window), 0)
    press(window, Key.Key_F7)
    assert "%" in window.status.message.text()
    qtbot.waitUntil(lambda: selected(window) == "teh", timeout=8000)
    assert not window.status.message.text()


def test_f7_says_when_there_is_nothing_and_stops_when_the_caret_is_moved(qtbot: QtBot) -> None:
    window, speller = spelling_window(qtbot, "All is well.\nHere too.")
    press(window, Key.Key_F7)
    assert "No spelling issue" in window.status.message.text()
    speller.held = True
    write(window, "\nMore text ")
    press(window, Key.Key_F7)
    press(window, Key.Key_Left)
    speller.held = False
    speller.answer()
    settle(qtbot, window)
    assert not selected(window)


def test_f7_without_a_model_goes_through_what_is_known(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, "A teh line.")
    window.spelling.set_loaded(False)
    place_caret(editor_of(window), 0)
    press(window, Key.Key_F7)
    assert selected(window) == "teh"
    editor_of(window).selectAll()
    write(window, "New teh text ")
    press(window, Key.Key_F7)
    assert "once the model is loaded" in window.status.message.text()
    window.store.change(spelling=False)
    press(window, Key.Key_F7)
    assert "switched off" in window.status.message.text()


# -- the rest --------------------------------------------------------------------------------------


def test_all_is_corrected_in_the_review_lane(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, TEXT)
    sent: list[object] = []
    window.reviewing.tasks.connect_model(sent.append, lambda _id: None, lambda: 7)
    window.actions_table["spell_all"].trigger()
    (request,) = sent
    assert isinstance(request, Rewrite)
    assert (request.style, request.text) == ("spelling", TEXT)


def test_the_action_switches_it_off_and_on(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, TEXT)
    action = window.actions_table["spelling"]
    assert action.isChecked()
    action.trigger()
    assert not window.store.current.spelling
    assert not lined(window)
    action.trigger()
    settle(qtbot, window)
    assert lined(window)


def test_a_reader_hears_what_is_wrong_where_the_caret_comes_to(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, TEXT, announce="on")
    said: list[str] = []
    editor_of(window).announcer.announced.connect(said.append)
    at(window, "teh")
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["teh: There is no such word. the"]
