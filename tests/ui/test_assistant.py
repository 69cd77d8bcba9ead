"""When the model is asked, and which of its answers are shown."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from types import SimpleNamespace

import pytest
import shiboken6
from editor_kit import CARET, TEXT, MakeEditor, compose, place_caret, suggest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from windows import editor_of, open_window, type_text

from gpt_assistant.engine.messages import Cancelled, Complete, Failed, Request, Suggested, Suggesting
from gpt_assistant.settings import Settings
from gpt_assistant.text.context import Context
from gpt_assistant.text.suggestion import Candidate, Reason, Suggestion
from gpt_assistant.ui import assistant as assistant_module
from gpt_assistant.ui.assistant import Assistant
from gpt_assistant.ui.editor import Editor

CONTROL = Qt.KeyboardModifier.ControlModifier
HEAD, TAIL = TEXT[:CARET], TEXT[CARET:]


class Model:
    """An assistant, and the model it talks to: what it is asked to complete is kept for a test to answer."""

    def __init__(self, *editors: Editor) -> None:
        self.requests: list[Complete] = []
        self.reasons: list[str] = []
        self.shown: list[float] = []
        ids = itertools.count(1)
        self.assistant = Assistant(self._submit, ids.__next__, Settings(), editors[0])
        self.assistant.reason.connect(self.reasons.append)
        self.assistant.shown.connect(self.shown.append)
        for editor in editors:
            self.assistant.attach(editor)
        self.delay = self.assistant.findChild(QTimer)

    def _submit(self, request: Request) -> None:
        if isinstance(request, Complete):
            self.requests.append(request)

    @property
    def last(self) -> Complete:
        return self.requests[-1]

    def asked(self) -> list[str]:
        """Return what stood before the caret in each request, from the first line on."""
        return [request.context.before for request in self.requests]

    def begin(self, *texts: str, to: Complete | None = None) -> None:
        """Answer with first words; more is to come."""
        self.assistant.on_reply(Suggesting((to or self.last).id, suggest(*texts)))

    def answer(self, *texts: str, to: Complete | None = None, ms: float = 20.0) -> None:
        self.assistant.on_reply(Suggested((to or self.last).id, suggest(*texts), ms, ms))

    def decline(self, reason: Reason = Reason.NOT_SURE) -> None:
        self.assistant.on_reply(Suggested(self.last.id, Suggestion("", reason)))

    def settle(self) -> None:
        """Wait until whatever is held back is shown or dropped."""
        while self.delay.isActive():
            QApplication.processEvents()


@pytest.fixture
def model(editor: Editor) -> Model:
    return Model(editor)


@pytest.fixture
def press(editor: Editor, qtbot: QtBot) -> Callable[..., None]:
    """Return a function that presses a key in the editor."""

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(editor, key, modifier)

    return press


@pytest.fixture
def offered(model: Model, editor: Editor, qtbot: QtBot) -> Model:
    """Have " a" typed and " cat sat" suggested, with the request ahead on its way."""
    qtbot.keyClicks(editor, " a")
    model.answer(" cat sat", " dog ran")
    model.settle()
    assert editor.ghost_text() == " cat sat"
    return model


# Asking


def test_every_key_asks_at_once_for_what_the_caret_stands_in(model: Model, editor: Editor, qtbot: QtBot):
    qtbot.keyClick(editor, Qt.Key.Key_A)
    (request,) = model.requests
    assert request.context == Context(f"{HEAD}a", TAIL)
    assert (request.max_words, request.max_tokens, request.eagerness) == (6, 0, 50)
    qtbot.keyClick(editor, Qt.Key.Key_B)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert model.asked()[1:] == [f"{HEAD}ab", f"{HEAD}ab\n"]
    assert len({request.id for request in model.requests}) == 3


def test_the_settings_say_how_much_and_how_eagerly(model: Model, editor: Editor, qtbot: QtBot):
    model.assistant.apply_settings(Settings(max_words=3, eagerness=7))
    qtbot.keyClicks(editor, "a")
    assert (model.last.max_words, model.last.eagerness) == (3, 7)


def test_the_key_for_it_asks_with_most_eagerness(
    model: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None]
):
    press(Qt.Key.Key_Backslash, Qt.KeyboardModifier.AltModifier)
    (request,) = model.requests
    assert (request.context, request.eagerness) == (Context(HEAD, TAIL), 100)
    model.answer(" on demand")
    qtbot.waitUntil(lambda: editor.ghost_text() == " on demand")


def test_the_key_asks_even_where_the_answer_is_known(
    model: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None]
):
    qtbot.keyClicks(editor, "a")
    model.decline()
    press(Qt.Key.Key_Backslash, Qt.KeyboardModifier.AltModifier)
    assert [request.eagerness for request in model.requests] == [50, 100]


def test_typing_along_asks_nothing_and_leaving_it_asks(offered: Model, editor: Editor, qtbot: QtBot):
    before = len(offered.requests)
    qtbot.keyClicks(editor, " ca")
    assert editor.ghost_text() == "t sat"
    assert len(offered.requests) == before
    qtbot.keyClicks(editor, "r")
    assert offered.asked()[before:] == [f"{HEAD} a car"]


def test_nothing_is_asked_while_a_runner_up_goes_on(offered: Model, editor: Editor, qtbot: QtBot):
    before = len(offered.requests)
    qtbot.keyClicks(editor, " d")
    assert editor.ghost_text() == "og ran"
    assert len(offered.requests) == before


@pytest.mark.parametrize("how", ["undo", "redo", "backspace", "delete", "cut", "paste", "program"])
def test_only_typing_asks_and_what_was_asked_before_is_not_shown(
    model: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None], how: str
):
    QGuiApplication.clipboard().setText(" pasted")
    qtbot.keyClicks(editor, "ab")
    if how == "redo":
        editor.undo()
    elif how == "cut":
        editor.selectAll()
    model.assistant.ask(editor)
    count = len(model.requests)
    text = editor.toPlainText()
    if how == "undo":
        press(Qt.Key.Key_Z, CONTROL)
    elif how == "redo":
        press(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    elif how == "backspace":
        press(Qt.Key.Key_Backspace)
    elif how == "delete":
        press(Qt.Key.Key_Delete)
    elif how == "cut":
        press(Qt.Key.Key_X, CONTROL)
    elif how == "paste":
        press(Qt.Key.Key_V, CONTROL)
    elif how == "program":
        editor.setPlainText("another text")
    assert editor.toPlainText() != text
    assert len(model.requests) == count
    model.answer(" too late")
    model.settle()
    assert not editor.has_ghost


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Down])
def test_moving_the_caret_asks_nothing_and_drops_what_was_asked(
    model: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None], key: Qt.Key
):
    qtbot.keyClicks(editor, "a")
    press(key)
    assert len(model.requests) == 1
    model.answer(" too late")
    model.settle()
    assert not editor.has_ghost


def test_nothing_is_asked_over_a_selection(model: Model, editor: Editor, press: Callable[..., None]):
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Backslash, Qt.KeyboardModifier.AltModifier)
    assert editor.textCursor().hasSelection()
    assert not model.requests


def test_a_selection_made_meanwhile_gets_no_suggestion(
    model: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None]
):
    qtbot.keyClicks(editor, "a")
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    model.answer(" too late")
    model.settle()
    assert not editor.has_ghost


def test_composing_asks_nothing_until_it_is_committed(model: Model, editor: Editor):
    compose(editor, "か")
    compose(editor, "かな")
    assert not model.requests
    compose(editor, "", "仮名")
    assert model.asked() == [f"{HEAD}仮名"]
    model.answer(" です")
    model.settle()
    assert editor.ghost_text() == " です"


def test_what_comes_while_composing_is_not_shown(model: Model, editor: Editor, qtbot: QtBot):
    qtbot.keyClicks(editor, "a")
    compose(editor, "か")
    model.answer(" in the way")
    model.settle()
    assert not editor.has_ghost
    assert not model.shown


# Showing


def test_an_answer_is_shown_with_its_runners_up_and_the_time_it_took(
    model: Model, editor: Editor, qtbot: QtBot
):
    qtbot.keyClicks(editor, "a")
    with qtbot.waitSignal(model.assistant.shown) as shown:
        model.answer(" cat", " dog")
    assert editor.suggestion() == suggest(" cat", " dog")
    assert 10 < shown.args[0] < 5000
    assert not model.reasons


def test_only_the_newest_request_counts(model: Model, editor: Editor, qtbot: QtBot):
    qtbot.keyClicks(editor, "ab")
    first, second = model.requests
    model.begin(" stale", to=first)
    model.answer(" stale", to=first)
    model.settle()
    assert not editor.has_ghost
    model.answer(" fresh", to=second)
    model.settle()
    assert editor.ghost_text() == " fresh"


def test_what_is_held_back_is_dropped_by_the_next_key(model: Model, editor: Editor, qtbot: QtBot):
    qtbot.keyClicks(editor, "a")
    model.answer(" stale")
    assert model.delay.isActive()
    qtbot.keyClicks(editor, "b")
    assert not model.delay.isActive()
    assert not editor.has_ghost


def test_a_reply_to_somebody_else_is_ignored(model: Model, editor: Editor, qtbot: QtBot):
    qtbot.keyClicks(editor, "a")
    model.assistant.on_reply(Suggested(99, suggest(" not ours")))
    model.assistant.on_reply(Failed(99, "not ours"))
    model.settle()
    assert not editor.has_ghost
    assert not model.reasons
    model.answer(" ours")
    model.settle()
    assert editor.ghost_text() == " ours"


def test_the_answer_for_one_editor_is_not_shown_in_another(make_editor: MakeEditor, qtbot: QtBot):
    one, other = make_editor(), make_editor()
    model = Model(one, other)
    qtbot.keyClicks(one, "a")
    model.answer(" cat")
    model.settle()
    assert one.has_ghost
    assert not other.has_ghost
    qtbot.keyClicks(one, "b")
    qtbot.keyClicks(other, "c")
    model.answer(" stale", to=model.requests[-2])
    model.settle()
    assert not one.has_ghost
    assert not other.has_ghost


@pytest.mark.parametrize("held", [False, True])
def test_an_editor_that_was_closed_meanwhile_is_left_in_peace(
    make_editor: MakeEditor, qtbot: QtBot, held: bool
):
    kept = make_editor()
    tabs = QWidget()
    qtbot.addWidget(tabs)
    closed = Editor(tabs)
    tabs.show()
    model = Model(kept, closed)
    qtbot.keyClicks(closed, "a")
    if held:
        model.answer(" too late")
    shiboken6.delete(closed)
    if not held:
        model.answer(" too late")
    model.settle()  # an exception in a slot would fail the test
    assert not kept.has_ghost
    qtbot.keyClicks(kept, "b")
    model.answer(" goes on")
    model.settle()
    assert kept.ghost_text() == " goes on"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Stop the assistant's clock; a test moves it by `now`, in seconds."""
    stopped = SimpleNamespace(now=100.0)
    stopped.perf_counter = lambda: stopped.now
    monkeypatch.setattr(assistant_module, "time", stopped)
    return stopped


@pytest.mark.parametrize(
    ("last_took", "computing", "waits"),
    [
        (0, 0, 15),
        (70, 0, 15),
        (71, 0, 25),
        (140, 0, 25),
        (141, 0, 55),
        (900, 0, 55),
        (141, 40, 15),  # it is the time since the key that counts
        (141, 300, 0),
    ],
)
def test_the_slower_the_model_the_longer_it_waits_before_showing(
    model: Model,
    editor: Editor,
    qtbot: QtBot,
    clock: SimpleNamespace,
    last_took: float,
    computing: float,
    waits: int,
):
    qtbot.keyClicks(editor, "a")
    model.assistant.on_reply(Suggested(model.last.id, Suggestion("", Reason.EMPTY), last_took, last_took))
    qtbot.keyClicks(editor, "b")
    clock.now += computing / 1000
    model.begin(" cat")  # first words do not say how long it takes in all
    assert model.delay.isActive()
    assert model.delay.interval() == waits
    assert not editor.has_ghost
    model.settle()
    assert editor.has_ghost


def test_the_writer_may_have_it_wait_longer(
    model: Model, editor: Editor, qtbot: QtBot, clock: SimpleNamespace
):
    model.assistant.apply_settings(Settings(show_delay=200))
    qtbot.keyClicks(editor, "a")
    model.begin(" cat")
    assert model.delay.interval() == 215


def test_more_words_before_the_first_are_shown_do_not_put_it_off(
    model: Model, editor: Editor, qtbot: QtBot, clock: SimpleNamespace
):
    qtbot.keyClicks(editor, "a")
    model.begin(" cat")
    clock.now += 0.010
    model.answer(" cat sat")
    assert model.delay.interval() == 5
    model.settle()
    assert editor.ghost_text() == " cat sat"
    assert len(model.shown) == 1


# Growing


def test_what_comes_later_lengthens_it(model: Model, editor: Editor, qtbot: QtBot):
    qtbot.keyClicks(editor, "a")
    model.begin(" cat", " dog")
    model.settle()
    assert editor.ghost_text() == " cat"
    model.answer(" cat sat", " dog")
    model.settle()
    assert editor.suggestion() == suggest(" cat sat", " dog")
    assert len(model.shown) == 1


def test_it_lengthens_what_was_partly_typed(model: Model, editor: Editor, qtbot: QtBot):
    qtbot.keyClicks(editor, "a")
    model.begin(" cat")
    model.settle()
    qtbot.keyClicks(editor, " c")
    model.answer(" cat sat down")
    qtbot.keyClicks(editor, "a")  # and once more while it is held back
    model.settle()
    assert editor.ghost_text() == "t sat down"
    assert editor.toPlainText() == f"{HEAD}a ca{TAIL}"
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.toPlainText() == f"{HEAD}a cat sat down{TAIL}"


def test_it_lengthens_what_was_taken_by_the_word(
    model: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None]
):
    qtbot.keyClicks(editor, "a")
    model.begin(" cat sat")
    model.settle()
    press(Qt.Key.Key_Right, CONTROL)
    model.answer(" cat sat down")
    model.settle()
    assert editor.ghost_text() == " sat down"


@pytest.mark.parametrize("later", [" dog ran", " ca", " cat", ""])
def test_what_does_not_go_on_from_what_is_seen_leaves_it_alone(
    model: Model, editor: Editor, qtbot: QtBot, later: str
):
    qtbot.keyClicks(editor, "a")
    model.begin(" cat")
    model.settle()
    model.answer(later) if later else model.decline()
    model.settle()
    assert editor.ghost_text() == " cat"


def test_another_candidate_that_was_chosen_meanwhile_stays(
    model: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None]
):
    qtbot.keyClicks(editor, "a")
    model.begin(" cat", " dog")
    model.settle()
    press(Qt.Key.Key_BracketRight, Qt.KeyboardModifier.AltModifier)
    model.answer(" cat sat", " dog")
    model.settle()
    assert editor.ghost_text() == " dog"


@pytest.mark.parametrize("how", ["hidden", "left"])
def test_it_does_not_come_back_when_the_writer_was_done_with_it(
    model: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None], how: str
):
    qtbot.keyClicks(editor, "a")
    first = model.last
    model.begin(" cat")
    model.settle()
    if how == "hidden":
        press(Qt.Key.Key_Escape)
    else:
        qtbot.keyClicks(editor, "x")
    model.answer(" cat sat", to=first)
    model.settle()
    assert not editor.has_ghost


# Looking ahead


def test_what_would_come_next_is_asked_for_once_it_is_shown_whole(model: Model, editor: Editor, qtbot: QtBot):
    qtbot.keyClicks(editor, "a")
    model.begin(" cat")
    model.settle()
    assert len(model.requests) == 1  # asking now would end the request that is being answered
    model.answer(" cat sat")
    assert len(model.requests) == 1
    model.settle()
    assert model.asked()[1:] == [f"{HEAD}a cat sat"]
    assert model.last.context.after == TAIL
    assert model.last.eagerness == Settings().eagerness


@pytest.mark.parametrize("how", ["whole", "words", "typed"])
def test_what_comes_next_is_there_when_it_is_taken(
    offered: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None], how: str
):
    offered.answer(" on the mat")
    offered.settle()
    assert editor.ghost_text() == " cat sat"  # and does not show before its time
    count = len(offered.requests)
    if how == "whole":
        press(Qt.Key.Key_Tab)
    elif how == "words":
        press(Qt.Key.Key_Right, CONTROL)
        press(Qt.Key.Key_Right, CONTROL)
    else:
        qtbot.keyClicks(editor, " cat sat")
    assert len(offered.requests) == count
    offered.settle()
    assert editor.ghost_text() == " on the mat"
    assert editor.toPlainText() == f"{HEAD} a cat sat{TAIL}"
    assert len(offered.shown) == 2
    assert offered.asked()[count:] == [f"{HEAD} a cat sat on the mat"]


def test_it_is_asked_again_when_it_is_taken_sooner(
    offered: Model, editor: Editor, press: Callable[..., None]
):
    ahead = offered.last
    press(Qt.Key.Key_Tab)
    assert offered.last.context == ahead.context
    assert offered.last.id != ahead.id
    offered.answer(" stale", to=ahead)
    offered.settle()
    assert not editor.has_ghost
    offered.answer(" on")
    offered.settle()
    assert editor.ghost_text() == " on"


def test_an_answer_ahead_says_nothing(offered: Model):
    offered.decline()
    assert not offered.reasons


# Remembering


def test_what_is_known_is_shown_without_asking(
    offered: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None]
):
    press(Qt.Key.Key_Backspace)
    assert not editor.has_ghost
    count = len(offered.requests)
    qtbot.keyClicks(editor, "a")
    offered.settle()
    assert editor.suggestion() == suggest(" cat sat", " dog ran")
    assert offered.asked()[count:] == [f"{HEAD} a cat sat"]  # only what comes next


def test_an_answer_that_came_too_late_is_remembered(
    model: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None]
):
    qtbot.keyClicks(editor, "a")
    press(Qt.Key.Key_Backspace)
    model.answer(" cat")
    qtbot.keyClicks(editor, "a")
    model.settle()
    assert editor.ghost_text() == " cat"


def test_that_nothing_is_to_be_said_is_known_too(
    model: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None]
):
    qtbot.keyClicks(editor, "a")
    model.decline(Reason.SENTENCE_END)
    press(Qt.Key.Key_Backspace)
    qtbot.keyClicks(editor, "a")
    assert len(model.requests) == 1
    assert model.reasons == [Reason.SENTENCE_END, Reason.NOT_ASKED, Reason.SENTENCE_END]


@pytest.mark.parametrize("where", ["before", "after"])
def test_another_text_around_the_caret_is_another_question(
    model: Model, editor: Editor, qtbot: QtBot, where: str
):
    qtbot.keyClicks(editor, "a")
    model.answer(" cat")
    model.settle()
    model.decline()
    count = len(model.requests)
    editor.setPlainText(f"other {TEXT}" if where == "before" else TEXT.replace("tail", "end"))
    place_caret(editor, CARET + 6 * (where == "before"))
    qtbot.keyClicks(editor, "a")
    assert len(model.requests) == count + 1


def test_a_model_that_is_not_there_yet_is_asked_again(
    model: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None]
):
    qtbot.keyClicks(editor, "a")
    model.decline(Reason.NO_MODEL)
    press(Qt.Key.Key_Backspace)
    qtbot.keyClicks(editor, "a")
    assert len(model.requests) == 2


def test_the_oldest_is_forgotten_first(make_editor: MakeEditor, qtbot: QtBot):
    editor = make_editor("", 0)
    model = Model(editor)
    letters = [chr(code) for code in range(ord("!"), ord("!") + 65)]  # one more than are remembered

    def type_alone(letter: str) -> int:
        """Return how many requests it took."""
        editor.clear()
        count = len(model.requests)
        qtbot.keyClicks(editor, letter)
        return len(model.requests) - count

    for letter in letters:
        assert type_alone(letter) == 1
        model.decline()
    assert type_alone(letters[-1]) == 0
    assert type_alone(letters[1]) == 0
    assert type_alone(letters[0]) == 1


def test_what_was_wrung_out_of_it_is_not_offered_unasked(
    model: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None]
):
    qtbot.keyClicks(editor, "a")
    model.decline()
    press(Qt.Key.Key_Backslash, Qt.KeyboardModifier.AltModifier)
    model.answer(" unlikely")
    model.settle()
    assert editor.ghost_text() == " unlikely"
    press(Qt.Key.Key_Backspace)
    qtbot.keyClicks(editor, "a")
    model.settle()
    assert not editor.has_ghost


@pytest.mark.parametrize("how", ["settings", "model"])
def test_other_settings_or_another_model_forget(
    offered: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None], how: str
):
    press(Qt.Key.Key_Backspace)
    count = len(offered.requests)
    if how == "settings":
        offered.assistant.apply_settings(Settings(max_words=2))
    else:
        offered.assistant.forget()
    qtbot.keyClicks(editor, "a")
    assert offered.asked()[count:] == [f"{HEAD} a"]


def test_what_is_on_its_way_under_other_settings_is_neither_shown_nor_remembered(
    model: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None]
):
    qtbot.keyClicks(editor, "a")
    model.assistant.apply_settings(Settings(max_words=2))
    model.answer(" cat sat on the mat")
    model.settle()
    assert not editor.has_ghost
    press(Qt.Key.Key_Backspace)
    qtbot.keyClicks(editor, "a")
    assert len(model.requests) == 2
    model.settle()
    assert not editor.has_ghost


# Saying why not


@pytest.mark.parametrize("reason", [Reason.NOT_SURE, Reason.NO_MODEL, Reason.MISSPELT])
def test_the_reason_for_nothing_is_told(model: Model, editor: Editor, qtbot: QtBot, reason: Reason):
    qtbot.keyClicks(editor, "a")
    model.decline(reason)
    assert model.reasons == [reason.value]
    assert not editor.has_ghost


def test_a_reason_that_is_stale_is_not_told(model: Model, editor: Editor, qtbot: QtBot):
    qtbot.keyClicks(editor, "ab")
    model.assistant.on_reply(
        Suggested(model.requests[0].id, Suggestion("", Reason.DIGITS, (Candidate("1", 0.1),)))
    )
    assert not model.reasons


def test_a_failure_is_told_and_a_cancelled_request_is_not(model: Model, editor: Editor, qtbot: QtBot):
    qtbot.keyClicks(editor, "a")
    model.assistant.on_reply(Failed(model.last.id, "out of memory"))
    assert model.reasons == ["the model failed: out of memory"]
    qtbot.keyClicks(editor, "b")
    model.assistant.on_reply(Cancelled(model.last.id))
    assert len(model.reasons) == 1
    assert not editor.has_ghost


def test_switched_off_it_asks_only_on_demand(
    model: Model, editor: Editor, qtbot: QtBot, press: Callable[..., None]
):
    model.assistant.apply_settings(Settings(completion=False))
    qtbot.keyClicks(editor, "ab")
    assert not model.requests
    assert model.reasons == [Reason.SWITCHED_OFF] * 2
    press(Qt.Key.Key_Backslash, Qt.KeyboardModifier.AltModifier)
    assert [request.eagerness for request in model.requests] == [100]
    model.answer(" on demand")
    model.settle()
    assert editor.ghost_text() == " on demand"


def test_switching_off_drops_what_is_on_its_way(model: Model, editor: Editor, qtbot: QtBot):
    qtbot.keyClicks(editor, "a")
    model.answer(" cat")
    model.assistant.apply_settings(Settings(completion=False))
    model.settle()
    assert not editor.has_ghost


def test_switching_off_takes_away_what_is_shown(qtbot: QtBot):
    window = open_window(qtbot)
    editor = editor_of(window)
    type_text(window, "a")
    assert editor.set_suggestion(suggest(" cat"))
    window.store.change(theme="dark")
    assert editor.has_ghost
    window.store.change(completion=False)
    assert not editor.has_ghost
