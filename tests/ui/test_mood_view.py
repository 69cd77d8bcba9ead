"""The mood in the status bar, in the panel and in the text: the real window with the real model."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from editor_kit import place_caret, suggest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from spelling_kit import write
from stepwise import Stepwise
from windows import editor_of, open_window, type_text

from gpt_assistant.engine.messages import (
    Failed,
    Feel,
    Feeling,
    FeelRest,
    Felt,
    LearnMood,
    Mood,
    MoodLearnt,
    MoodScores,
    Progress,
    Reply,
    Request,
    WeighWords,
)
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features.sentiment import MoodReader
from gpt_assistant.ui.contrast import contrast
from gpt_assistant.ui.mood_looks import looks
from gpt_assistant.ui.mood_sheet import MoodSheet
from gpt_assistant.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Colours
from gpt_assistant.ui.window import MainWindow

GLAD = "What a wonderful day, I love it!"
SAD = "The food was terrible and I hated every minute."
PLAIN = "The train leaves at noon."
GERMAN = "Das Frühstück war wirklich ganz ausgezeichnet."


class Reader(Stepwise):
    """Reads moods for a window a step at a time, as the model's process does; `held` keeps it waiting."""

    def __init__(self, window: MainWindow, model: LanguageModel | None) -> None:
        super().__init__(window)
        self.model = model
        self.requests: list[Request] = []
        self.held = model is None
        self._features = MoodReader()
        window.moods.connect_model(self.submit, self.cancelled.append, count(1).__next__)
        window.moods.set_loaded(True)

    def submit(self, request: Request) -> None:
        self.requests.append(request)
        if not self.held:
            self.answer(request)

    def answer(self, request: Request) -> None:
        assert self.model is not None
        if isinstance(request, Feel):
            self.go_on(request.id, self._features(self.model, request))
        elif isinstance(request, WeighWords):
            self.go_on(request.id, self._features.weigh(self.model, request))

    def reply(self, reply: Reply) -> None:
        self.window.moods.on_reply(reply)

    @property
    def status(self) -> str:
        return self.window.status.mood.text()


@pytest.fixture(scope="module")
def model(default_model: Path) -> LanguageModel:
    return LanguageModel.load(default_model, device="cpu", threads=1)


@pytest.fixture
def reader(qtbot: QtBot, model: LanguageModel) -> Reader:
    return Reader(open_window(qtbot, spelling=False), model)


def held(qtbot: QtBot, text: str, mood_panel: bool = False) -> Reader:
    """Return what is asked by a window, for a test to answer."""
    reader = Reader(open_window(qtbot, spelling=False, mood_panel=mood_panel), None)
    editor_of(reader.window).setPlainText(text)
    qtbot.waitUntil(lambda: bool(reader.requests))
    return reader


def sheet_of(reader: Reader) -> MoodSheet:
    sheet = reader.window.moods.current()
    assert sheet is not None
    return sheet


def settle(qtbot: QtBot, reader: Reader) -> None:
    """Wait until all that is shown is known."""
    moods = reader.window.moods

    def rests() -> bool:
        sheet = sheet_of(reader)
        entries = [sheet.entry(n) for n in range(editor_of(reader.window).blockCount())]
        known = all(entry is not None and entry.fresh for entry in entries)
        return known and not moods.reading and not moods.words.wanted(sheet)

    qtbot.waitUntil(rests, timeout=30_000)
    moods.panel.refresh()


def felt(request: Request, balance: float, **more: Any) -> Felt:
    """Return an answer that says so of a passage of one sentence."""
    assert isinstance(request, Feel)
    mood = Mood.POSITIVE if balance > 0 else Mood.NEGATIVE
    scores = MoodScores(max(0.0, balance), 1 - abs(balance), max(0.0, -balance))
    whole = (Feeling(0, len(request.text), mood, scores),)
    return Felt(request.id, mood, scores, whole, whole, **more)


# -- the status bar --------------------------------------------------------------------------------


def test_the_status_bar_follows_what_is_written_and_the_caret(qtbot: QtBot, reader: Reader) -> None:
    window = reader.window
    write(window, GLAD)
    assert not reader.requests, "nothing is asked while one types"
    qtbot.waitUntil(lambda: reader.status == "+ positive", timeout=20_000)
    assert "% sure" in window.status.mood.toolTip()
    assert window.status.mood.accessibleName() == window.status.mood.toolTip()
    write(window, f"\n\n{SAD}")
    qtbot.waitUntil(lambda: reader.status == "− negative", timeout=20_000)
    asked = len(reader.requests)
    place_caret(editor_of(window), 3)
    qtbot.waitUntil(lambda: reader.status == "+ positive")
    place_caret(editor_of(window), len(GLAD) + 1)
    qtbot.waitUntil(lambda: reader.status == "")
    assert len(reader.requests) == asked, "what is known by its text is not asked again"
    assert [r.text for r in reader.requests if isinstance(r, Feel)] == [GLAD, SAD]


def test_nothing_is_said_of_another_language_and_none_is_asked_when_off(qtbot: QtBot, reader: Reader) -> None:
    write(reader.window, GERMAN)
    settle(qtbot, reader)
    assert reader.requests
    assert reader.status == ""
    reader.window.actions_table["mood"].trigger()
    assert not reader.window.store.current.mood
    asked = len(reader.requests)
    write(reader.window, f"\n{GLAD}")
    QTest.qWait(900)
    assert len(reader.requests) == asked
    reader.window.actions_table["mood"].trigger()
    qtbot.waitUntil(lambda: reader.status == "+ positive", timeout=20_000)


def test_typing_gives_up_what_is_being_asked(qtbot: QtBot) -> None:
    reader = held(qtbot, GLAD)
    first = reader.requests[0]
    type_text(reader.window, "!")
    assert first.id in reader.cancelled
    reader.reply(felt(first, 0.9))
    assert not list(sheet_of(reader).passages()), "an answer that comes too late is dropped"


# -- the panel -------------------------------------------------------------------------------------


def test_the_panel_draws_counts_and_goes_there(qtbot: QtBot, reader: Reader) -> None:
    window, panel = reader.window, reader.window.moods.panel
    editor_of(window).setPlainText(f"{GLAD}\n\n{PLAIN}\n\n{SAD}\n\n{GERMAN}")
    window.actions_table["mood_panel"].trigger()
    assert panel.isVisible()
    settle(qtbot, reader)
    curve = panel.curve
    assert [round(point.balance) for point in curve.points] == [1, 0, -1]
    assert sum(panel.shares.shares.values()) == pytest.approx(1)
    assert [sample.text() for sample in panel.samples] == [
        "positive: 33 %",
        "neutral: 33 %",
        "negative: 33 %",
    ]
    assert "33 %" in panel.shares.accessibleName()
    assert "One paragraph is not in English" in panel.note.text()
    x = round(curve.x_of((curve.points[2].start + curve.points[2].end) / 2))
    QTest.mouseClick(curve, Qt.MouseButton.LeftButton, pos=QPoint(x, 20))
    assert editor_of(window).textCursor().block().text() == SAD
    assert editor_of(window).hasFocus()
    listed = [panel.sentences.item(row).text() for row in range(panel.sentences.count())]
    assert sorted(listed) == [f"+ positive · {GLAD}", f"− negative · {SAD}"]
    panel.sentences.setCurrentRow(listed.index(f"+ positive · {GLAD}"))
    panel.sentences.setFocus()
    QTest.keyClick(panel.sentences, Qt.Key.Key_Return)
    assert editor_of(window).textCursor().selectedText() == GLAD
    QTest.mouseClick(panel.close_button, Qt.MouseButton.LeftButton)
    assert not panel.isVisible()
    assert editor_of(window).hasFocus()


def test_arrows_and_return_work_on_the_curve(qtbot: QtBot) -> None:
    reader = held(qtbot, f"{GLAD}\n{SAD}", mood_panel=True)
    reader.reply(felt(reader.requests[0], 0.9))
    reader.reply(felt(reader.requests[1], -0.8))
    panel = reader.window.moods.panel
    panel.refresh()
    panel.curve.setFocus()
    assert panel.curve.accessibleName() == f"Curve of the mood: positive: “{GLAD}”"
    QTest.keyClick(panel.curve, Qt.Key.Key_Right)
    assert panel.curve.accessibleName() == f"Curve of the mood: negative: “{SAD}”"
    QTest.keyClick(panel.curve, Qt.Key.Key_Return)
    assert editor_of(reader.window).textCursor().block().text() == SAD
    picture = panel.curve.grab().toImage()
    made = looks(reader.window.theme.current)
    x = round(panel.curve.x_of(0.2) * picture.devicePixelRatio())
    assert picture.pixelColor(x, picture.height() // 4) == made.fills[Mood.POSITIVE].color()
    assert picture.pixelColor(x, picture.height() * 3 // 4) == made.page
    panel.curve.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert panel.curve.point_at(panel.curve.width() - 10) == 0, "the text begins on the right"


def test_the_rest_waits_for_what_is_in_sight_and_can_be_stopped(qtbot: QtBot) -> None:
    text = "\n\n".join(f"This is the paragraph number {n}." for n in range(200))
    reader = held(qtbot, text, mood_panel=True)
    while not isinstance(reader.requests[-1], FeelRest):
        last = reader.requests[-1]
        reader.reply(felt(last, 0.5))
        while reader.requests[-1] is last:
            QTest.qWait(10)
    assert 4 < len(reader.requests) < 60
    panel = reader.window.moods.panel
    panel.refresh()
    assert panel.bar.isVisible()
    QTest.mouseClick(panel.stop_button, Qt.MouseButton.LeftButton)
    assert reader.requests[-1].id in reader.cancelled
    assert not reader.window.moods.reading
    assert "Only what comes into sight" in panel.note.text()


def test_a_model_that_it_was_not_fitted_to_says_nothing_until_it_is(qtbot: QtBot) -> None:
    reader = held(qtbot, f"{GLAD}\n{SAD}", mood_panel=True)
    reader.reply(felt(reader.requests[0], 0.9, fitted=False))
    panel, asked = reader.window.moods.panel, len(reader.requests)
    panel.refresh()
    assert reader.status == ""
    assert not panel.curve.points
    assert "not fitted to this model" in panel.note.text()
    QTest.qWait(200)
    assert len(reader.requests) == asked, "what would not be shown is not asked"
    QTest.mouseClick(panel.fit_button, Qt.MouseButton.LeftButton)
    learning = reader.requests[-1]
    assert isinstance(learning, LearnMood)
    reader.reply(Progress(learning.id, 0.25))
    assert panel.bar.value() == 250
    QTest.mouseClick(panel.stop_button, Qt.MouseButton.LeftButton)
    assert learning.id in reader.cancelled
    assert panel.fit_button.isVisible()
    QTest.mouseClick(panel.fit_button, Qt.MouseButton.LeftButton)
    reader.reply(MoodLearnt(reader.requests[-1].id, 0.81, 210))
    qtbot.waitUntil(lambda: isinstance(reader.requests[-1], Feel))
    reader.reply(felt(reader.requests[-1], 0.9))
    panel.refresh()
    assert panel.curve.points
    assert "81 %" in panel.note.text()
    assert not panel.fit_button.isVisible()


def test_a_failure_is_no_trouble(qtbot: QtBot) -> None:
    reader = held(qtbot, GLAD)
    for _ in range(6):
        reader.reply(Failed(reader.requests[-1].id, "It broke."))
        QTest.qWait(20)
    assert len(reader.requests) == 3


# -- why this mood? --------------------------------------------------------------------------------


def test_words_are_coloured_when_asked_and_esc_ends_it(qtbot: QtBot, reader: Reader) -> None:
    window, words = reader.window, reader.window.moods.words
    editor = editor_of(window)
    editor.setPlainText(f"{GLAD}\n\n{PLAIN}\n\n{SAD}")
    qtbot.waitUntil(lambda: bool(reader.status), timeout=20_000)
    assert not any(isinstance(request, WeighWords) for request in reader.requests)
    window.actions_table["why_mood"].trigger()
    assert words.legend.isVisible()
    settle(qtbot, reader)
    pushes = {push.word: push.strength for _, push, _ in words.pushes(editor)}
    assert max(pushes["wonderful"], pushes["love"]) == 1
    assert min(pushes["hated"], pushes["terrible"]) == -1
    assert "train" not in pushes, "a neutral sentence has nothing to explain"
    look, rectangle = words.shaded(editor)[0]
    picture = editor.viewport().grab().toImage()
    assert picture.pixelColor(round(rectangle.left()) + 1, round(rectangle.top()) + 1) == look.back
    editor.set_suggestion(suggest(" Really"))
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert words.on, "the first Esc hides the grey text"
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not words.on
    assert not words.legend.isVisible()
    assert not window.actions_table["why_mood"].isChecked()
    assert not words.shaded(editor)


def test_hovering_says_what_a_word_does_and_an_edit_keeps_the_other_colours(
    qtbot: QtBot, reader: Reader
) -> None:
    window, words = reader.window, reader.window.moods.words
    editor = editor_of(window)
    editor.setPlainText(f"👍 {GLAD} Naïve words. {SAD}")
    words.set_on(True)
    settle(qtbot, reader)
    position = editor.document().find("wonderful").selectionStart() + 2
    said = words.said_at(editor, position)
    assert said.startswith("Without “wonderful” its sentence would ")
    assert "Its sentence: positive" in said
    point = editor.cursorRect(editor.document().find("wonderful")).center() - QPoint(4, 0)
    event = QHelpEvent(QHelpEvent.Type.ToolTip, point, editor.viewport().mapToGlobal(point))
    QApplication.sendEvent(editor.viewport(), event)
    qtbot.waitUntil(lambda: QToolTip.text() == said)
    QToolTip.hideText()
    asked = sum(isinstance(request, WeighWords) for request in reader.requests)
    place_caret(editor, 0)
    type_text(window, "Oh ")
    known = {push.word for _, push, _ in words.pushes(editor)}
    assert "hated" in known, "the colours stay while one types elsewhere"
    at = next(at for at, push, _ in words.pushes(editor) if push.word == "hated")
    assert at == editor.document().find("hated").selectionStart()
    settle(qtbot, reader)
    assert sum(isinstance(request, WeighWords) for request in reader.requests) <= asked + 1


def test_the_weighing_can_be_stopped_and_gives_way_to_the_other_shades(qtbot: QtBot) -> None:
    reader = held(qtbot, SAD)
    reader.reply(felt(reader.requests[0], -0.9))
    words = reader.window.moods.words
    words.set_on(True)
    qtbot.waitUntil(lambda: isinstance(reader.requests[-1], WeighWords))
    assert words.legend.stop_button.isVisible()
    QTest.mouseClick(words.legend.stop_button, Qt.MouseButton.LeftButton)
    assert reader.requests[-1].id in reader.cancelled
    assert words.legend.note.text() == "Stopped."
    reader.window.actions_table["predictability"].trigger()
    assert not words.on
    words.set_on(True)
    assert not reader.window.predictability.on
    words.legend.close_button.setFocus()
    QTest.keyClick(words.legend.close_button, Qt.Key.Key_Escape)
    assert not words.on
    assert editor_of(reader.window).hasFocus()


@pytest.mark.parametrize("colours", [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK])
def test_the_text_is_legible_on_every_look_and_they_differ(colours: Colours) -> None:
    made = looks(colours)
    least = 4.5 if colours.focus == "1px" else 7.0
    for look in (*made.good, *made.bad):
        assert contrast(look.back, QColor(colours.text)) >= least
        assert contrast(look.line, QColor(colours.page)) >= 3.0
    assert len({look.pattern for look in (*made.good, *made.bad)}) == 6
    for mood in (Mood.POSITIVE, Mood.NEGATIVE):
        assert contrast(made.fills[mood].color(), made.page) >= 3.0
    assert made.of(0.02) is None
    assert made.of(0.9) is made.good[2]
    assert made.of(-0.2) is made.bad[0]


# -- passages --------------------------------------------------------------------------------------


def test_lines_broken_by_hand_are_one_passage_and_others_are_not(qtbot: QtBot) -> None:
    wrapped = "This is a sentence that goes\non over the end of a line.\nAnd one more."
    reader = held(qtbot, f"{wrapped}\n\n{GLAD}\n{SAD}", mood_panel=True)
    texts: list[str] = []
    while len(texts) < 3:
        request = reader.requests[-1]
        assert isinstance(request, Feel)
        texts.append(request.text)
        reader.reply(felt(request, 0.5))
    assert texts == [wrapped, GLAD, SAD]
    entries = [sheet_of(reader).entry(number) for number in range(3)]
    assert [entry.line for entry in entries if entry is not None] == [0, 1, 2]
    place_caret(editor_of(reader.window), 40)
    type_text(reader.window, "x")
    stale = [sheet_of(reader).entry(number) for number in range(6)]
    assert [entry.fresh for entry in stale if entry is not None] == [False] * 3 + [True] * 3
    editor_of(reader.window).undo()
    qtbot.waitUntil(lambda: all(e is not None and e.fresh for e in map(sheet_of(reader).entry, range(6))))
    assert len(reader.requests) == 3, "an edit taken back costs nothing"
