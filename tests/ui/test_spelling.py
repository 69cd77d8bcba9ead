"""What is asked about spelling, in which order, and what is underlined."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from editor_kit import place_caret, suggest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from spelling_kit import Speller, lined, settle, sheet_of, spelling_window, words, write
from windows import editor_of, open_window

from gpt_assistant.engine.messages import Cancelled, Mistake, Spell, SpellRest, Spelt
from gpt_assistant.ui import spelling as spelling_module
from gpt_assistant.ui.contrast import contrast
from gpt_assistant.ui.spelling_known import QUICK, STALE, THOROUGH
from gpt_assistant.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT

Key = Qt.Key
LONG = "\n".join(f"Line {number} of a text that is long enough." for number in range(400))


def level(window, number: int) -> int:
    entry = sheet_of(window).entry(number)
    return STALE if entry is None else entry.level


def test_words_that_are_wrong_get_a_line(qtbot: QtBot) -> None:
    window, speller = spelling_window(qtbot, "I recieved teh letter.\nIt is their.")
    assert lined(window) == ["recieved", "teh", "their"]
    assert all(request.thorough for request in speller.requests)
    assert sheet_of(window).language == "en"


def test_the_paragraph_at_the_caret_is_asked_about_first_and_one_at_a_time(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    editor = editor_of(window)
    editor.setPlainText("one paragraph\n\nanother one\nthe caret is here")
    place_caret(editor, len("one paragraph\n\nanother one\nthe"))
    speller = Speller(window, loaded=False)
    speller.held = True
    window.spelling.set_loaded(True)
    for number, text in enumerate(["the caret is here", "another one", "one paragraph"], 1):
        qtbot.waitUntil(lambda number=number: len(speller.requests) == number)
        QTest.qWait(20)
        assert speller.texts() == [*speller.texts()[: number - 1], text]
        speller.answer()
    settle(qtbot, window)
    assert len(speller.requests) == 3


def test_the_rest_follows_in_larger_pieces_of_lowest_priority(qtbot: QtBot) -> None:
    window, speller = spelling_window(qtbot, LONG)
    rest = speller.texts(rest=True)
    assert len(speller.texts()) < 60
    assert sum(text.count("\n\n") + 1 for text in rest) + len(speller.texts()) == 400
    assert max(map(len, rest)) < 2 * spelling_module.BATCH
    assert all(level(window, number) == THOROUGH for number in range(400))


def test_far_from_what_is_in_sight_known_words_are_not_looked_at_until_they_come_into_sight(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spelling_module, "NEAR", 5_000)
    window, speller = spelling_window(qtbot, f"{LONG}\nIt is their teh.")
    assert words(window) == ["teh"]
    assert level(window, 400) == QUICK
    assert {each.thorough for each in speller.requests if isinstance(each, SpellRest)} == {True, False}
    editor_of(window).moveCursor(editor_of(window).textCursor().MoveOperation.End)
    qtbot.waitUntil(lambda: words(window) == ["their", "teh"])
    assert level(window, 400) == THOROUGH


def test_only_what_was_changed_is_asked_about_again_when_typing_rests(qtbot: QtBot) -> None:
    window, speller = spelling_window(qtbot, "I recieved it.\nNothing here.")
    speller.requests.clear()
    place_caret(editor_of(window), len("I recieved it.\nNothing here."))
    write(window, " And teh")
    assert not speller.requests  # not at every key
    settle(qtbot, window)
    assert speller.texts() == ["Nothing here. And teh"]


def test_what_is_underlined_moves_along_until_the_new_text_is_checked(qtbot: QtBot) -> None:
    window, speller = spelling_window(qtbot, "I recieved teh letter.")
    speller.held = True
    place_caret(editor_of(window), 0)
    write(window, "So ")
    assert lined(window) == ["recieved", "teh"]
    place_caret(editor_of(window), len("So I recieved"))
    write(window, " it")
    assert lined(window) == ["recieved", "teh"]
    write(window, "\n")  # both paragraphs keep theirs
    assert editor_of(window).blockCount() == 2
    assert lined(window) == ["recieved", "teh"]
    QTest.keyClick(editor_of(window), Key.Key_Backspace)
    assert lined(window) == ["recieved", "teh"]
    place_caret(editor_of(window), len("So I rec"))
    write(window, "x")
    assert words(window) == ["teh"]


def test_undo_brings_the_lines_back_without_asking(qtbot: QtBot) -> None:
    window, speller = spelling_window(qtbot, "I recieved it.")
    editor_of(window).selectAll()
    QTest.keyClick(editor_of(window), Key.Key_Delete)
    assert not lined(window)
    settle(qtbot, window)
    speller.requests.clear()
    editor_of(window).undo()
    assert lined(window) == ["recieved"]
    QTest.qWait(400)
    assert not speller.requests


def test_an_answer_about_an_older_text_is_dropped(qtbot: QtBot) -> None:
    window, speller = spelling_window(qtbot)
    speller.held = True
    write(window, "teh cat ")
    qtbot.waitUntil(lambda: len(speller.requests) == 1)
    QTest.keyClick(editor_of(window), Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write(window, "Well then ")
    qtbot.waitUntil(lambda: len(speller.requests) == 2)
    assert speller.cancelled == [speller.requests[0].id]
    speller.cancelled.clear()
    speller.answer(speller.requests[0])
    assert not words(window)
    speller.answer()
    assert level(window, 0) == THOROUGH


def test_what_is_in_sight_does_not_wait_for_the_rest(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    editor_of(window).setPlainText(LONG)
    speller = Speller(window)
    speller.rest_held = True
    qtbot.waitUntil(lambda: bool(speller.texts(rest=True)))
    rest = speller.requests[-1]
    write(window, "x")
    qtbot.waitUntil(lambda: not isinstance(speller.requests[-1], SpellRest))
    assert speller.cancelled == [rest.id]
    assert speller.requests[-1].text.startswith("xLine 0")


def test_the_word_being_typed_gets_its_line_when_the_caret_leaves_it(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot)
    write(window, "I saw teh")
    settle(qtbot, window)
    assert words(window) == ["teh"]
    assert not lined(window)
    QTest.keyClick(editor_of(window), Key.Key_Left)  # still in it
    assert not lined(window)
    QTest.keyClick(editor_of(window), Key.Key_End)
    write(window, " ")
    assert lined(window) == ["teh"]
    QTest.keyClick(editor_of(window), Key.Key_Left)  # back at it, but not typing it
    assert lined(window) == ["teh"]


def test_code_and_files_of_code_are_left_alone(qtbot: QtBot, tmp_path: Path) -> None:
    window, speller = spelling_window(qtbot, "teh\n\n```\nteh\n```\n\nteh")
    assert len(words(window)) == 2
    assert "```" not in "".join(speller.texts())
    place_caret(editor_of(window), 0)
    write(window, "```\n")  # everything is turned round
    qtbot.waitUntil(lambda: len(words(window)) == 1)
    path = tmp_path / "a.py"
    path.write_text("# teh\n")
    speller.requests.clear()
    window.open_path(path)
    QTest.qWait(150)
    assert window.spelling.current() is None
    assert not speller.requests


def test_code_that_is_not_in_sight_is_left_alone_too(qtbot: QtBot) -> None:
    code = "```\n" + "teh\n\n" * 200 + "```"
    window, speller = spelling_window(qtbot, f"{LONG}\n{code}\nteh {LONG}\n{code}\nA teh.")
    assert words(window) == ["teh", "teh"]
    assert not any(text.startswith("teh\n") for text in speller.texts(rest=True))
    highlighter = window.documents()[0].highlighter
    assert highlighter is not None
    document = editor_of(window).document()
    fences = [n for n in range(document.blockCount()) if document.findBlockByNumber(n).text() == "```"]
    for number in (fences[3] + 1, fences[3], fences[2] + 7, fences[2], fences[2] - 1):  # in any order
        inside = fences[2] <= number <= fences[3]
        assert highlighter.in_code(document.findBlockByNumber(number)) is inside


def test_a_name_that_stands_there_again_and_again_is_right(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, "Grzegorz is here.\nSo is Grzegorz.")
    assert words(window) == ["Grzegorz", "Grzegorz"]
    editor_of(window).moveCursor(editor_of(window).textCursor().MoveOperation.End)
    write(window, "\nHello Grzegorz! ")
    settle(qtbot, window)
    assert not words(window)
    QTest.keyClick(editor_of(window), Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert words(window) == ["Grzegorz", "Grzegorz"]


def test_positions_are_right_behind_letters_that_are_two_units_long(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, "😀😀 I recieved 𝒳 teh letter.")
    (first, second) = sheet_of(window).places(0)
    text = editor_of(window).toPlainText()
    assert first.start == text.index("recieved") + 2  # text counts an emoji once, the editor twice
    assert second.end - second.start == 3
    cursor = editor_of(window).textCursor()
    cursor.setPosition(second.start)
    cursor.setPosition(second.end, cursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == "teh"


def test_lines_stand_under_their_words_beside_a_suggestion(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, "So teh cat recieved it.", completion=True)
    editor, marks = editor_of(window), window.spelling.marks(editor_of(window))
    place_caret(editor, len("So teh"))
    plain = {issue.word: rects[0] for issue, rects in marks.marked()}
    assert editor.set_suggestion(suggest(" and then"))
    QApplication.processEvents()
    ghost = {issue.word: rects[0] for issue, rects in marks.marked()}
    assert ghost["teh"] == plain["teh"]
    assert ghost["recieved"].left() > plain["recieved"].left() + 20
    assert ghost["recieved"].width() == pytest.approx(plain["recieved"].width(), abs=1.5)
    image = editor.viewport().grab().toImage()
    red = window.theme.current.misspelt

    def reddish(rect) -> int:
        area = rect.toAlignedRect()
        return sum(
            abs(image.pixelColor(x, y).red() - QColor(red).red()) < 40
            and image.pixelColor(x, y).green() < 120
            for x in range(area.left(), area.right())
            for y in range(area.bottom() - 5, area.bottom() + 2)
        )

    assert reddish(ghost["recieved"]) > 10
    assert not reddish(plain["recieved"].translated(-60, 0).intersected(plain["recieved"]))


def test_a_composition_is_no_matter(qtbot: QtBot) -> None:
    window, _ = spelling_window(qtbot, "So teh cat.")
    editor = editor_of(window)
    place_caret(editor, 0)
    QApplication.sendEvent(editor, QInputMethodEvent("こん", []))
    assert lined(window) == ["teh"]
    left = window.spelling.marks(editor).marked()[0][1][0].left()
    commit = QInputMethodEvent("", [])
    commit.setCommitString("今 ")
    QApplication.sendEvent(editor, commit)
    assert editor.toPlainText() == "今 So teh cat."
    assert lined(window) == ["teh"]
    assert window.spelling.marks(editor).marked()[0][1][0].left() != left


def test_both_kinds_can_be_told_apart_and_seen_in_every_theme() -> None:
    for colours in (LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK):
        for line in (colours.misspelt, colours.misused):
            assert contrast(QColor(line), QColor(colours.page)) >= 3
            assert contrast(QColor(line), QColor(colours.selection)) >= 3
        assert colours.misspelt != colours.misused


def test_switched_off_nothing_is_asked_or_drawn(qtbot: QtBot) -> None:
    window, speller = spelling_window(qtbot, "I recieved teh letter.")
    window.store.change(spelling=False)
    assert not lined(window)
    speller.requests.clear()
    write(window, "teh ")
    QTest.qWait(400)
    assert not speller.requests
    window.store.change(spelling=True, spelling_variety="GB")
    settle(qtbot, window)
    assert speller.requests[-1].variety == "GB"
    assert lined(window) == ["teh", "recieved", "teh"]


def test_without_a_model_nothing_is_asked_and_with_a_new_one_everything(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    speller = Speller(window, loaded=False)
    write(window, "teh cat ")
    QTest.qWait(350)
    assert not speller.requests
    window.spelling.set_loaded(True)
    settle(qtbot, window)
    assert lined(window) == ["teh"]
    window.spelling.set_loaded(False)
    write(window, "sat ")
    QTest.qWait(350)
    assert len(speller.requests) == 1
    window.spelling.set_loaded(True)
    settle(qtbot, window)
    assert speller.requests[-1].text == "teh cat sat "


def test_what_fails_is_not_asked_again_and_again(qtbot: QtBot) -> None:
    window, speller = spelling_window(qtbot)
    speller.fails = True
    write(window, "one\ntwo\nthree\nfour\nfive\n")
    QTest.qWait(500)
    assert len(speller.requests) == 3
    speller.fails = False
    window.spelling.set_loaded(True)  # a new one may do better
    settle(qtbot, window)
    assert level(window, 4) == THOROUGH


def test_a_request_that_others_cancelled_is_sent_again(qtbot: QtBot) -> None:
    window, speller = spelling_window(qtbot)
    speller.held = True
    write(window, "teh cat ")
    qtbot.waitUntil(lambda: len(speller.requests) == 1)
    speller.held = False
    speller.reply(Cancelled(speller.requests[0].id))
    qtbot.waitUntil(lambda: lined(window) == ["teh"], timeout=3000)


def test_of_a_paragraph_without_end_only_what_is_in_sight_is_checked(qtbot: QtBot) -> None:
    text = "I recieved teh letter and put it on my table. " * 1500
    window, speller = spelling_window(qtbot)
    editor = editor_of(window)
    editor.setPlainText(text)
    qtbot.waitUntil(lambda: window.spelling.idle and len(speller.requests) > 0)
    asked = sum(map(len, speller.texts() + speller.texts(rest=True)))
    assert asked < 10_000
    assert lined(window)[:2] == ["recieved", "teh"]
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    qtbot.waitUntil(lambda: len(lined(window)) > 4)
    settle_requests = len(speller.requests)
    editor.moveCursor(editor.textCursor().MoveOperation.Start)
    QTest.qWait(250)
    assert len(speller.requests) == settle_requests  # known already


def test_a_very_large_document_is_checked_where_it_is_in_sight(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gpt_assistant.ui.spelling_sheet.SWEPT", 10_000)
    _window, speller = spelling_window(qtbot, LONG)
    QTest.qWait(100)
    assert not speller.texts(rest=True)
    assert len(speller.texts()) < 60


def test_typing_in_a_novel_stays_quick_with_its_spelling_known(qtbot: QtBot) -> None:
    window, speller = spelling_window(qtbot)
    speller.held = True
    editor_of(window).setPlainText("It was teh dark and stormy night; the rain fell.\n" * 60_000)
    sheet = sheet_of(window)
    for number in range(0, 60_000, 50):
        text = editor_of(window).document().findBlockByNumber(number).text()
        assert text
        sheet.resolve(editor_of(window).document().findBlockByNumber(number), THOROUGH)
    place_caret(editor_of(window), 60)
    took = []
    for _ in range(40):
        begin = time.perf_counter()
        write(window, "a")
        took.append(time.perf_counter() - begin)
    assert sorted(took)[20] < 0.05


def test_a_reply_is_about_paragraphs_by_their_text(qtbot: QtBot) -> None:
    """Paragraphs may be moved while they are checked."""
    window = open_window(qtbot)
    speller = Speller(window)
    speller.held = True
    editor_of(window).setPlainText("first teh line\nsecond line")
    qtbot.waitUntil(lambda: len(speller.requests) == 1)
    place_caret(editor_of(window), 0)
    write(window, "new\n")
    request = speller.requests[0]
    assert isinstance(request, Spell)
    speller.held = False
    speller.answer(request)
    settle(qtbot, window)
    assert sheet_of(window).places(1)[0].issue.kind is Mistake.NONWORD
    assert [request.text for request in speller.requests].count("first teh line") == 1


def test_short_paragraphs_take_the_language_of_the_text(qtbot: QtBot) -> None:
    window, speller = spelling_window(qtbot)
    speller.held = True
    write(window, "Das ist ein langer Satz auf Deutsch, der allein verstanden wird. ")
    qtbot.waitUntil(lambda: len(speller.requests) == 1)
    assert speller.requests[0].language == ""
    speller.reply(Spelt(speller.requests[0].id, (), "de"))
    write(window, "\nGuten Tag ")
    qtbot.waitUntil(lambda: len(speller.requests) == 2)
    assert speller.requests[1].language == "de"
