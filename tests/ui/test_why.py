"""Why this suggestion, why none, and what led to it: the real window, keys and mouse, the real model."""

from __future__ import annotations

from pathlib import Path

import pytest
from editor_kit import place_caret
from explaining_kit import Answerer, explained_window
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QCursor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from windows import editor_of, open_window, type_text

from gpt_assistant.engine.messages import Explain, Failed
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.settings import Settings
from gpt_assistant.text.suggestion import Candidate, Reason, Suggestion
from gpt_assistant.ui.assistant import Silence
from gpt_assistant.ui.contrast import contrast
from gpt_assistant.ui.led_to import FOR
from gpt_assistant.ui.shading import shade
from gpt_assistant.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Colours
from gpt_assistant.ui.why_words import REASONS, percent, why_nothing

Key = Qt.Key
ControlShift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
LETTER = "Dear Anna, thank you very mu"


@pytest.fixture(scope="module")
def model(default_model: Path) -> LanguageModel:
    return LanguageModel.load(default_model, device="cpu", threads=1)


@pytest.fixture
def letter(qtbot: QtBot, model: LanguageModel) -> Answerer:
    return explained_window(qtbot, model, LETTER)


def press(answerer: Answerer, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    holder = answerer.window.focusWidget() or answerer.window
    QTest.keyClick(holder, key, modifiers[0] if modifiers else Qt.KeyboardModifier.NoModifier)


def rows(answerer: Answerer) -> list[str]:
    listed = answerer.window.why.popup.list
    return [listed.item(row).text() for row in range(listed.count())]


def told(qtbot: QtBot, answerer: Answerer) -> None:
    """Wait until the answer is shown."""
    qtbot.waitUntil(lambda: bool(rows(answerer)), timeout=20_000)


def rest_on(answerer: Answerer, point: QPoint) -> None:
    """Let the mouse rest at `point` of the text."""
    viewport = editor_of(answerer.window).viewport()
    there = viewport.mapToGlobal(point)
    QCursor.setPos(there)
    QApplication.sendEvent(viewport, QHelpEvent(QHelpEvent.Type.ToolTip, point, there))


# -- why this suggestion ---------------------------------------------------------------------------


def test_the_key_tells_how_likely_it_is_and_what_else_might_stand_there(
    qtbot: QtBot, letter: Answerer
) -> None:
    assert letter.suggest().text.startswith("ch")
    editor, popup = editor_of(letter.window), letter.window.why.popup
    press(letter, Key.Key_Question, ControlShift)
    assert popup.isVisible()
    assert editor.has_ghost, "it stays while it is explained"
    told(qtbot, letter)
    assert popup.title.text() == "much"
    assert "the likeliest word here" in popup.text.text()
    assert rows(letter)[0] == "much"
    assert all(word.startswith("mu") for word in rows(letter))
    press(letter, Key.Key_Escape)
    assert not popup.isVisible()
    assert editor.hasFocus()
    assert editor.has_ghost
    assert editor.toPlainText() == LETTER


def test_enter_takes_another_word_as_one_step_of_undo(qtbot: QtBot, letter: Answerer) -> None:
    letter.suggest()
    editor = editor_of(letter.window)
    taken: list[str] = []
    editor.accepted.connect(lambda text, _whole: taken.append(text))
    letter.window.actions_table["why"].trigger()
    told(qtbot, letter)
    press(letter, Key.Key_Down)
    other = rows(letter)[1]
    press(letter, Key.Key_Return)
    assert editor.toPlainText() == LETTER.removesuffix("mu") + other
    assert taken == [other.removeprefix("mu")]
    assert editor.hasFocus()
    editor.undo()
    assert editor.toPlainText() == LETTER


def test_the_other_words_of_it_are_reached_and_taken_with_those_before_them(
    qtbot: QtBot, model: LanguageModel
) -> None:
    answerer = explained_window(qtbot, model, "The quick brown fox")
    editor = editor_of(answerer.window)
    editor.set_suggestion(Suggestion(" jumps over the lazy dog"))
    answerer.window.why.explain()
    told(qtbot, answerer)
    for word in ("over", "the", "lazy"):
        press(answerer, Key.Key_Right)
        assert answerer.window.why.popup.title.text() == word
        told(qtbot, answerer)
    press(answerer, Key.Key_Left)
    told(qtbot, answerer)
    assert answerer.window.why.popup.title.text() == "the"
    other = next(row for row, word in enumerate(rows(answerer)) if word != "the")
    expected = f"The quick brown fox jumps over {rows(answerer)[other]}"
    item = answerer.window.why.popup.list.item(other)
    place = answerer.window.why.popup.list.visualItemRect(item).center()
    QTest.mouseClick(answerer.window.why.popup.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert editor.toPlainText() == expected


def test_the_mouse_on_a_grey_word_explains_it_and_typing_goes_on(qtbot: QtBot, letter: Answerer) -> None:
    editor, why = editor_of(letter.window), letter.window.why
    editor.set_suggestion(Suggestion("ch for your letter"))
    assert editor.ghost.rectangles()
    rect = editor.ghost.rectangles()[0]
    rest_on(letter, QPointF(rect.right() - 4, rect.center().y()).toPoint())
    told(qtbot, letter)
    assert why.popup.title.text() == "letter"
    assert "Tab takes it" in why.popup.keys.text()
    assert editor.hasFocus()
    assert editor.has_ghost
    type_text(letter.window, "c")
    assert not why.popup.isVisible()
    assert editor.toPlainText() == LETTER + "c"


def test_it_closes_when_the_mouse_goes_elsewhere(qtbot: QtBot, letter: Answerer) -> None:
    editor = editor_of(letter.window)
    editor.set_suggestion(Suggestion("ch"))
    rest_on(letter, editor.ghost.rectangles()[0].center().toPoint())
    assert letter.window.why.popup.isVisible()
    QTest.qWait(400)
    assert letter.window.why.popup.isVisible()
    QCursor.setPos(letter.window.mapToGlobal(QPoint(5, 5)))
    qtbot.waitUntil(lambda: not letter.window.why.popup.isVisible())
    assert editor.has_ghost


def test_nothing_is_asked_before_the_writer_asks(letter: Answerer) -> None:
    letter.suggest()
    type_text(letter.window, "ch for")
    QTest.qWait(50)
    assert not letter.requests


# -- a word that was taken -------------------------------------------------------------------------


def test_a_taken_word_is_explained_and_replaced(qtbot: QtBot, letter: Answerer) -> None:
    editor = editor_of(letter.window)
    editor.set_suggestion(Suggestion("ch for your letter"))
    QTest.keyClick(editor, Key.Key_Tab)
    type_text(letter.window, " of May")
    text = editor.toPlainText()
    place_caret(editor, text.index("your") + 2)
    press(letter, Key.Key_Question, ControlShift)
    told(qtbot, letter)
    assert letter.window.why.popup.title.text() == "your"
    asked = letter.requests[-1]
    assert isinstance(asked, Explain)
    assert (asked.text, asked.context.before) == ("your", text[: text.index("your")])
    row = next(row for row, word in enumerate(rows(letter)) if word != "your")
    other = rows(letter)[row]
    letter.window.why.popup.list.setCurrentRow(row)
    press(letter, Key.Key_Return)
    assert editor.toPlainText() == text.replace("your", other)
    editor.undo()
    assert editor.toPlainText() == text


def test_the_mouse_on_a_taken_word(qtbot: QtBot, letter: Answerer) -> None:
    editor = editor_of(letter.window)
    editor.set_suggestion(Suggestion("ch for"))
    QTest.keyClick(editor, Key.Key_Tab)
    place_caret(editor, 0)
    type_text(letter.window, "So ")
    cursor = editor.textCursor()
    cursor.setPosition(len("So " + LETTER + "ch f"))
    rest_on(letter, editor.cursorRect(cursor).center())
    told(qtbot, letter)
    assert letter.window.why.popup.title.text() == "for"
    letter.window.why.close()
    cursor.setPosition(5)  # a word of the writer's own
    letter.requests.clear()
    rest_on(letter, editor.cursorRect(cursor).center())
    assert not letter.window.why.popup.isVisible()
    assert not letter.requests


def test_a_word_taken_before_the_program_was_started(letter: Answerer) -> None:
    editor = editor_of(letter.window)
    editor.set_suggestion(Suggestion("ch for"))
    QTest.keyClick(editor, Key.Key_Tab)
    taken = letter.window.why.taken[editor]
    taken._ranges.clear()
    at = len(LETTER)
    assert taken.word_at(at + 4) == (at + 3, at + 6)
    assert taken.word_at(at + 1) == (at, at + 2)
    assert taken.word_at(5) is None


def test_a_selection_is_explained(qtbot: QtBot, letter: Answerer) -> None:
    editor = editor_of(letter.window)
    cursor = editor.textCursor()
    cursor.setPosition(len("Dear Anna, "))
    cursor.setPosition(len("Dear Anna, thank you"), cursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    letter.window.why.explain()
    popup = letter.window.why.popup
    qtbot.waitUntil(lambda: "you: " in popup.text.text(), timeout=20_000)
    assert popup.text.text().startswith("thank: ")


# -- what led to it --------------------------------------------------------------------------------


def test_the_words_that_led_to_it_are_shaded_until_escape(qtbot: QtBot, letter: Answerer) -> None:
    letter.suggest()
    editor, why = editor_of(letter.window), letter.window.why
    assert not why.led_to.shown
    letter.window.actions_table["led_to"].trigger()
    qtbot.waitUntil(lambda: why.led_to.shown, timeout=20_000)
    text = editor.toPlainText()
    words = {text[each.start : each.end]: each.weight for each in why.led_to.words}
    assert max(words, key=lambda word: words[word]) == "very"
    assert max(words.values()) == 1.0
    assert "mu" not in words
    picture = editor.viewport().grab().toImage()
    heavy = max(why.led_to.shaded(), key=lambda each: each[0])[1]
    corner = picture.pixelColor(round(heavy.left()) + 1, round(heavy.top()) + 1)
    assert corner != QColor(letter.window.theme.current.page)
    QTest.keyClick(editor, Key.Key_Escape)
    assert not why.led_to.shown
    assert editor.has_ghost, "the first Esc was for the shades"
    QTest.keyClick(editor, Key.Key_Escape)
    assert not editor.has_ghost


def test_an_edit_takes_the_shades_away(qtbot: QtBot, letter: Answerer) -> None:
    letter.suggest()
    why = letter.window.why
    why.explain()
    told(qtbot, letter)
    QTest.mouseClick(why.popup.button, Qt.MouseButton.LeftButton)
    assert "Finding" in why.popup.button.text()
    qtbot.waitUntil(lambda: why.led_to.shown, timeout=20_000)
    assert why.popup.isVisible()
    press(letter, Key.Key_Escape)
    assert why.led_to.shown
    type_text(letter.window, "x")
    assert not why.led_to.shown


def test_escape_gives_up_finding_what_led_to_it(letter: Answerer) -> None:
    letter.held = True
    letter.suggest()
    letter.window.actions_table["led_to"].trigger()
    assert "Finding" in letter.window.status.message.whole
    QTest.keyClick(editor_of(letter.window), Key.Key_Escape)
    assert letter.cancelled == [letter.requests[-1].id]
    assert not letter.window.status.message.whole


def test_a_failure_is_told(letter: Answerer) -> None:
    letter.held = True
    letter.suggest()
    letter.window.why.explain()
    letter.reply(Failed(letter.requests[-1].id, "It broke."))
    assert letter.window.why.popup.text.text() == "It broke."


def test_what_is_given_up_is_cancelled(letter: Answerer) -> None:
    letter.held = True
    letter.suggest()
    letter.window.why.explain()
    asked = letter.requests[-1]
    press(letter, Key.Key_Escape)
    assert letter.cancelled == [asked.id]
    letter.answer(asked)
    assert not letter.window.why.popup.isVisible()


@pytest.mark.parametrize("colours", [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK])
def test_the_text_is_legible_on_the_strongest_shade(colours: Colours) -> None:
    look = shade(colours, colours.accent, 0.9, FOR[2])
    least = 4.5 if colours.focus == "1px" else 7.0
    assert contrast(look.back, QColor(colours.text)) >= least
    assert contrast(look.line, QColor(colours.page)) >= 3.0


# -- why nothing -----------------------------------------------------------------------------------


def test_why_nothing_names_the_best_guess_and_takes_it(qtbot: QtBot, model: LanguageModel) -> None:
    answerer = explained_window(qtbot, model, "The committee decided to ")
    found = answerer.suggest(eagerness=5)
    assert found.reason is Reason.NOT_SURE
    best = found.candidates[0]
    press(answerer, Key.Key_Slash, Qt.KeyboardModifier.AltModifier)
    popup = answerer.window.why.popup
    assert popup.isVisible()
    assert f"“{best.text.strip()}” had {percent(best.p)}" in popup.text.text()
    assert percent(found.least) in popup.text.text()
    press(answerer, Key.Key_Return)
    assert editor_of(answerer.window).toPlainText() == f"The committee decided to {best.text}"


def test_the_key_for_why_tells_why_there_is_nothing(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    window.why.silence = lambda: Silence(Suggestion("", Reason.DIGITS))
    window.actions_table["why"].trigger()
    assert window.why.popup.text.text().startswith("Numbers")
    QTest.keyClick(window.focusWidget() or window, Key.Key_Escape)
    assert not window.why.popup.isVisible()


def test_every_reason_has_a_sentence() -> None:
    assert set(REASONS) == set(Reason)
    settings = Settings()
    for reason in Reason:
        said = why_nothing(Silence(Suggestion("", reason), "it broke"), "", settings)
        assert said[-1] == "." or reason is Reason.FAILED
        assert "{" not in said
    short = Suggestion("", Reason.NOT_SURE, (Candidate("a", 0.9),), 0.5)
    assert "one key" in why_nothing(Silence(short), "zebr", settings)


def test_without_a_model_that_is_said(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    type_text(window, "Thank you very mu")
    editor_of(window).set_suggestion(Suggestion("ch"))
    window.why.explain()
    assert "No model" in window.why.popup.text.text()
