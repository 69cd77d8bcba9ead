from __future__ import annotations

from collections.abc import Callable

import pytest
from asking_kit import FakeModel

from gpt_assistant.engine.messages import (
    Cancelled,
    Failed,
    Length,
    Passage,
    Progress,
    Rewrite,
    Summarise,
    Translate,
    Writing,
    Written,
)
from gpt_assistant.settings import Settings
from gpt_assistant.ui.anchor import selected
from gpt_assistant.ui.asking import LENGTHS, STYLES, instructed, language_name, languages, translation
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.tasks import Result, Task, Tasks

SETTINGS = Settings(translation_model="a-translator", device="cpu", offline=True)


class Told:
    """What the signals said."""

    def __init__(self, tasks: Tasks) -> None:
        self.events: list[str] = []
        for name in ("started", "changed", "ended", "back_changed"):
            getattr(tasks, name).connect(lambda _task, name=name: self.events.append(name))


@pytest.fixture
def tasks(qapp: object) -> Tasks:
    return Tasks(lambda: SETTINGS)


@pytest.fixture
def model(tasks: Tasks) -> FakeModel:
    return FakeModel(tasks)


@pytest.fixture
def ask(tasks: Tasks, make_editor: Callable[..., Editor]) -> Callable[..., Task]:
    def start(what: object = LENGTHS[1], text: str = "Some text.") -> Task:
        anchor = selected(make_editor(text, 0))
        assert anchor is not None
        return tasks.ask(what, anchor, "Untitled")  # type: ignore[arg-type]

    return start


def test_what_is_asked_for_is_what_is_sent(model: FakeModel, ask: Callable[..., Task]) -> None:
    for length in LENGTHS:
        ask(length)
        assert model.last == Summarise(model.last.id, "Some text.", Length(length.option))
    for style in STYLES:
        ask(style)
        assert model.last == Rewrite(model.last.id, "Some text.", style.option, "", SETTINGS)
    ask(instructed("As a poem.", "Poem"))
    assert model.last == Rewrite(model.last.id, "Some text.", "", "As a poem.", SETTINGS)
    ask(translation("de"))
    wanted = Translate(model.last.id, "Some text.", "de", "", "a-translator", "cpu", 0, True)
    assert model.last == wanted


def test_an_answer_from_its_first_words_to_its_end(
    tasks: Tasks, model: FakeModel, ask: Callable[..., Task]
) -> None:
    task, told = ask(), Told(tasks)
    model.reply(Progress(model.last.id, 0.5, "Reading", 3.0))
    assert task.progress == Progress(model.last.id, 0.5, "Reading", 3.0)
    model.writing("One")
    assert task.result == Result("One")
    model.writing("One two")
    assert task.result == Result("One"), "shown in a moment, not at every word"
    model.written("One two three.", [Passage(0, 3, 0, 4)], ["A note."], "en")
    assert task.result == Result("One two three.", (Passage(0, 3, 0, 4),), ("A note.",), "en", True)
    assert told.events == ["changed", "changed", "ended"]
    assert not task.running
    assert not tasks.running


def test_what_is_being_written_is_shown_in_a_moment(
    qtbot: object, tasks: Tasks, model: FakeModel, ask: Callable[..., Task]
) -> None:
    task = ask()
    model.writing("One")
    model.writing("One two")
    qtbot.waitUntil(lambda: task.result.text == "One two", timeout=2000)  # type: ignore[attr-defined]


def test_cancel_counts_at_once(tasks: Tasks, model: FakeModel, ask: Callable[..., Task]) -> None:
    task = ask()
    model.writing("One")
    model.writing("One two")
    assert tasks.cancel()
    assert model.cancelled == [model.last.id]
    assert not task.running
    assert task.result == Result("One two"), "what is written so far stays"
    for late in (Writing(model.last.id, "late"), Written(model.last.id, "late"), Cancelled(model.last.id)):
        model.reply(late)
    assert task.result == Result("One two")
    assert not tasks.cancel(), "there is nothing to cancel any more"


def test_a_new_request_ends_the_old(model: FakeModel, ask: Callable[..., Task]) -> None:
    old = ask()
    first = model.last.id
    new = ask(STYLES[0])
    assert model.cancelled == [first]
    assert not old.running
    model.reply(Written(first, "late"))
    assert new.result == Result()


def test_a_failure_is_one_line(tasks: Tasks, model: FakeModel, ask: Callable[..., Task]) -> None:
    task = ask()
    model.writing("One")
    model.reply(Failed(model.last.id, "The model is gone. Load it again."))
    assert task.problem == "The model is gone. Load it again."
    assert task.result == Result("One")
    assert not tasks.running


def test_without_a_model_it_says_so(tasks: Tasks, make_editor: Callable[..., Editor]) -> None:
    anchor = selected(make_editor("Some text.", 0))
    assert anchor is not None
    assert tasks.ask(LENGTHS[0], anchor, "Untitled").problem == "There is no model to ask."


def test_replies_to_others_are_ignored(model: FakeModel, ask: Callable[..., Task]) -> None:
    task = ask()
    model.reply(Written(99, "not ours"))
    model.reply(Written(0, "nobody's"))
    assert task.running


def test_again_takes_the_passage_as_it_is_now(
    tasks: Tasks, model: FakeModel, ask: Callable[..., Task]
) -> None:
    task = ask()
    cursor = task.anchor.editor.textCursor()
    cursor.setPosition(5)
    cursor.insertText("new ")
    tasks.again(LENGTHS[0])
    assert model.last == Summarise(model.last.id, "Some new text.", Length.LINE)


def test_a_translation_back(tasks: Tasks, model: FakeModel, ask: Callable[..., Task]) -> None:
    task, told = ask(translation("fr"), "It rains."), Told(tasks)
    tasks.ask_back()
    assert len(model.requests) == 1, "there is nothing to translate back yet"
    model.written("Il pleut.", language="en")
    tasks.ask_back()
    wanted = Translate(model.last.id, "Il pleut.", "en", "fr", "a-translator", "cpu", 0, True)
    assert model.last == wanted
    assert tasks.running
    model.writing("It")
    model.written("It is raining.")
    assert task.back == Result("It is raining.", finished=True)
    assert task.result.text == "Il pleut."
    assert told.events == ["ended", "back_changed", "back_changed", "back_changed"]


def test_a_translation_back_can_fail_and_be_cancelled(
    tasks: Tasks, model: FakeModel, ask: Callable[..., Task]
) -> None:
    task = ask(translation("fr"))
    model.written("Il pleut.", language="en")
    tasks.ask_back()
    model.reply(Failed(model.last.id, "No."))
    assert task.back == Result(notes=("No.",), finished=True)
    tasks.ask_back()
    assert tasks.cancel()
    assert model.cancelled == [model.last.id]
    assert task.result.text == "Il pleut."


def test_languages_have_names_and_are_in_their_order() -> None:
    names = [ask.label for ask in languages()]
    assert names == sorted(names)
    assert {"French", "German", "Chinese", "Norwegian"} <= set(names)
    assert all(len(name) > 2 for name in names)
    assert language_name("xx") == "xx"
