"""How predictable is my text? The real window with the real model."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from editor_kit import place_caret
from explaining_kit import Answerer, explained_window
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from windows import editor_of, type_text

from gpt_assistant.engine.messages import Failed, Predict, PredictRest
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.ui.contrast import contrast
from gpt_assistant.ui.predictability_sheet import PredictabilitySheet
from gpt_assistant.ui.rank_looks import LIMITS, PATTERNS, looks, number_of
from gpt_assistant.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Colours

CLICHE = "At the end of the day, it is what it is."
ODD = "Purple committees seldom eat thunder."


@pytest.fixture(scope="module")
def model(default_model: Path) -> LanguageModel:
    return LanguageModel.load(default_model, device="cpu", threads=1)


@pytest.fixture
def view(qtbot: QtBot, model: LanguageModel) -> Answerer:
    answerer = explained_window(qtbot, model, "")
    editor_of(answerer.window).setPlainText(f"{CLICHE}\n\n{ODD}\n\nNaïve 👍 words.")
    return answerer


def sheet_of(answerer: Answerer) -> PredictabilitySheet:
    sheet = answerer.window.predictability.current()
    assert sheet is not None
    return sheet


def show(qtbot: QtBot, answerer: Answerer) -> None:
    answerer.window.actions_table["predictability"].trigger()
    settle(qtbot, answerer)


def settle(qtbot: QtBot, answerer: Answerer) -> None:
    view = answerer.window.predictability

    def known() -> bool:
        entries = [sheet_of(answerer).entry(n) for n in range(editor_of(answerer.window).blockCount())]
        return not view.reading and all(each is not None and each.fresh for each in entries)

    qtbot.waitUntil(known, timeout=30_000)
    view.panel.refresh()


def ranks(answerer: Answerer, number: int) -> dict[str, int]:
    found = sheet_of(answerer).entry(number)
    assert found is not None
    units = found.text.encode("utf-16-le")
    return {units[2 * w.start : 2 * w.end].decode("utf-16-le"): number_of(w.rank) for w in found.words}


def test_every_word_is_shaded_by_its_rank(qtbot: QtBot, view: Answerer) -> None:
    editor = editor_of(view.window)
    assert not view.window.predictability.shaded(editor)
    show(qtbot, view)
    assert ranks(view, 0)["day"] == 0
    assert ranks(view, 2)["thunder"] == 3
    assert set(ranks(view, 4)) == {"Naïve", "words"}
    shaded = view.window.predictability.shaded(editor)
    assert len(shaded) == 18
    picture = editor.viewport().grab().toImage()
    for number, rectangle in (shaded[4], shaded[15]):
        inside = picture.pixelColor(round(rectangle.left()) + 1, round(rectangle.top()) + 1)
        assert inside == looks(view.window.theme.current)[number].back
    view.window.actions_table["predictability"].trigger()
    assert not view.window.predictability.shaded(editor)
    assert not view.window.predictability.panel.isVisible()


def test_the_panel_lists_cliches_and_slips_and_goes_there(qtbot: QtBot, view: Answerer) -> None:
    show(qtbot, view)
    panel, editor = view.window.predictability.panel, editor_of(view.window)
    assert panel.isVisible()
    first = panel.sentences.item(0)
    assert CLICHE in first.text()
    assert "bits a word" in first.text()
    assert panel.words.count() >= 3
    panel.sentences.setCurrentItem(first)
    panel.sentences.setFocus()
    QTest.keyClick(panel.sentences, Qt.Key.Key_Return)
    assert editor.textCursor().selectedText() == CLICHE
    assert editor.hasFocus()
    word = next(
        panel.words.item(row)
        for row in range(panel.words.count())
        if "thunder" in panel.words.item(row).text()
    )
    QTest.mouseClick(
        panel.words.viewport(), Qt.MouseButton.LeftButton, pos=panel.words.visualItemRect(word).center()
    )
    assert editor.textCursor().hasSelection()
    assert sum(int(s.text().rsplit(" ", 2)[1]) for s in panel.samples) in range(97, 104)


def test_hovering_tells_the_rank_and_the_surprise_of_the_sentence(qtbot: QtBot, view: Answerer) -> None:
    show(qtbot, view)
    editor = editor_of(view.window)
    position = editor.toPlainText().index("thunder") + 3
    said = view.window.predictability.said_at(sheet_of(view), position)
    assert said.startswith("“thunder”: number ")
    assert "Its sentence: " in said
    cursor = editor.textCursor()
    cursor.setPosition(position)
    point = editor.cursorRect(cursor).center()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, point, editor.viewport().mapToGlobal(point))
    QApplication.sendEvent(editor.viewport(), event)
    qtbot.waitUntil(lambda: QToolTip.text() == said)
    QToolTip.hideText()


def test_only_what_an_edit_touches_is_read_again(qtbot: QtBot, view: Answerer) -> None:
    show(qtbot, view)
    editor = editor_of(view.window)
    view.requests.clear()
    place_caret(editor, len(CLICHE))
    type_text(view.window, " Amen")
    assert "day" in ranks(view, 0), "the shades stay while one types"
    assert "Amen" not in ranks(view, 0)
    settle(qtbot, view)
    assert "Amen" in ranks(view, 0)
    texts = [each.text for each in view.requests]  # type: ignore[union-attr]
    assert texts[0].startswith(f"{CLICHE} Amen")
    view.requests.clear()
    for _ in range(5):
        editor.undo()
    settle(qtbot, view)
    assert not view.requests, "what was read before is known by its text"


def test_what_is_in_sight_comes_first_and_the_rest_can_be_stopped(qtbot: QtBot, model: LanguageModel) -> None:
    answerer = explained_window(qtbot, model, "")
    answerer.held = True
    answerer.window.resize(640, 300)
    editor, view = editor_of(answerer.window), answerer.window.predictability
    editor.setPlainText("\n\n".join(f"This is the paragraph number {n} of a long text." for n in range(300)))
    place_caret(editor, editor.document().characterCount() - 1)
    editor.ensureCursorVisible()
    view.set_on(True)
    qtbot.waitUntil(lambda: bool(answerer.requests))
    first = answerer.requests[0]
    assert not isinstance(first, PredictRest)
    assert isinstance(first, Predict)
    assert int(re.findall(r"number (\d+)", first.text)[0]) > 250
    assert len(re.findall("number", first.text)) > 1, "several paragraphs to a request"
    answerer.held = False
    answerer.answer(first)
    qtbot.waitUntil(lambda: isinstance(answerer.requests[-1], PredictRest), timeout=60_000)
    view.panel.refresh()
    assert view.panel.stop_button.isVisible()
    QTest.mouseClick(view.panel.stop_button, Qt.MouseButton.LeftButton)
    assert not view.reading
    assert answerer.requests[-1].id in answerer.cancelled
    asked = len(answerer.requests)
    QTest.qWait(300)
    assert len(answerer.requests) == asked
    view.panel.refresh()
    assert "Only what comes into sight" in view.panel.note.text()


def test_code_is_left_alone_and_a_failure_is_no_trouble(qtbot: QtBot, view: Answerer) -> None:
    view.held = True
    show_now = view.window.predictability
    show_now.set_on(True)
    for _ in range(5):
        QTest.qWait(30)
        if view.requests:
            view.reply(Failed(view.requests[-1].id, "It broke."))
    assert len(view.requests) <= 3


def test_the_limits_and_the_looks() -> None:
    assert [number_of(rank) for rank in (1, 10, 11, 100, 101, 1000, 1001, 49_000)] == [0, 0, 1, 1, 2, 2, 3, 3]
    assert len(set(PATTERNS)) == len(LIMITS) + 1


@pytest.mark.parametrize("colours", [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK])
def test_the_text_is_legible_on_every_look_and_they_differ(colours: Colours) -> None:
    found = looks(colours)
    least = 4.5 if colours.focus == "1px" else 7.0
    for look in found:
        assert contrast(look.back, QColor(colours.text)) >= least
        assert contrast(look.line, QColor(colours.page)) >= 3.0
    assert len({look.back.name() for look in found}) == 4


def test_nothing_is_asked_while_it_is_off(qtbot: QtBot, view: Answerer) -> None:
    type_text(view.window, "Some words")
    QTest.mouseMove(editor_of(view.window).viewport(), QPoint(20, 20))
    QTest.qWait(600)
    assert not view.requests
