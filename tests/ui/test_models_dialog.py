"""The window of models, by real clicks, over what a model's process would answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QPushButton
from pytestqt.qtbot import QtBot
from windows import answer, dialog, open_window, type_text

from gpt_assistant.engine.messages import (
    Cancelled,
    Device,
    Devices,
    Failed,
    Fetched,
    FetchModel,
    ListDevices,
    ListModels,
    ModelInfo,
    Models,
    Progress,
    Removed,
    RemoveModel,
    Request,
)
from gpt_assistant.text.told import told
from gpt_assistant.ui.machine import Machine
from gpt_assistant.ui.models_dialog import ModelsDialog
from gpt_assistant.ui.review_parts import Choice
from gpt_assistant.ui.settings_dialog import SettingsDialog
from gpt_assistant.ui.window import MainWindow

GB = 10**9
SMALL = ModelInfo(
    "small", "Small", "chat", "bundled", True, 9 * 10**7, 0, 0, 10**8, (("auto", GB), ("int8", GB // 2)),
    "Apache-2.0", languages=("en",), good_for="Good and quick.",
    path="/models/small", source="small==1", default=True,
)  # fmt: skip
GERMAN = ModelInfo(
    "german", "German", "completion", "hub", False, 0, 2 * GB, 0, 10**9, (("auto", 9 * GB),), "MIT",
    languages=("de",), source="org/german",
)  # fmt: skip
STRICT = ModelInfo(
    "strict", "Strict", "completion", "package", False, 0, GB, 0, 10**9, (("auto", GB),), "Strict terms",
    "You shall be good.", False, ("many",), source="strict==1",
)  # fmt: skip
TRANSLATOR = ModelInfo(
    "translator", "Translator", "translation", "hub", True, GB, GB, 0, 10**8, (), "MIT",
    languages=("en", "fr"), path="/models/translator", source="org/translator",
)  # fmt: skip
ALL = (SMALL, GERMAN, STRICT, TRANSLATOR)


class Process:
    """In the place of the model's process: answers the lists, keeps the rest for the test to answer."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.models = ALL
        self.asked: list[Request] = []
        self.cancelled: list[int] = []
        self._ids = iter(range(1, 10_000))
        machine.connect_model(self.submit, self.cancel, lambda: next(self._ids))

    def submit(self, request: Request) -> None:
        self.asked.append(request)
        if isinstance(request, ListModels):
            self.machine.on_reply(Models(request.id, self.models, "/models", 50 * GB, 4 * GB, 8 * GB))
        elif isinstance(request, ListDevices):
            devices = (
                Device("cuda:0", "Some GPU", 80 * GB, 70 * GB),
                Device("cpu", "Some CPU", 8 * GB, 4 * GB, 4),
            )
            self.machine.on_reply(Devices(request.id, devices, "cuda:0"))

    def cancel(self, identity: int) -> None:
        self.cancelled.append(identity)
        self.machine.on_reply(Cancelled(identity))

    def last(self, kind: type[Request]) -> Request:
        return [each for each in self.asked if isinstance(each, kind)][-1]


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return open_window(qtbot)


@pytest.fixture
def process(window: MainWindow) -> Process:
    return Process(window.machine)


@pytest.fixture
def models(qtbot: QtBot, window: MainWindow, process: Process) -> ModelsDialog:
    window.actions_table["models"].trigger()
    return dialog(qtbot, window, ModelsDialog)


def names(models: ModelsDialog) -> list[str]:
    return [models.list.item(i).text().split("\n")[0] for i in range(models.list.count())]


def choose(models: ModelsDialog, name: str) -> None:
    row = next(i for i, each in enumerate(names(models)) if each.startswith(name))
    item = models.list.item(row)
    models.list.scrollToItem(item)
    QTest.mouseClick(
        models.list.viewport(), Qt.MouseButton.LeftButton, pos=models.list.visualItemRect(item).center()
    )


def click(button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_all_models_are_listed_and_the_one_in_use_is_chosen(models: ModelsDialog) -> None:
    assert names(models) == ["Small (in use)", "German", "Strict", "Translator"]
    assert models.details.title.text() == "Small"
    assert models.details.facts["state"].text() == "On this machine, 90 MB"
    assert models.details.facts["memory"].text() == "about 1.0 GB: it fits, 4.0 GB is free"
    assert "int8 500 MB" in models.details.facts["precisions"].text()
    assert not models.details.use.isEnabled()
    assert not models.details.delete.isEnabled()
    assert models.total.text() == "The models here take 1.1 GB; 50.0 GB are free in /models."


def test_what_does_not_fit_is_said_before_it_is_fetched(models: ModelsDialog) -> None:
    choose(models, "German")
    assert models.details.facts["memory"].text() == "about 9.0 GB: too much, 4.0 GB is free"
    assert models.details.fetch.text() == "Fetch (2.0 GB)"


def test_the_filters_work_together(models: ModelsDialog) -> None:
    QTest.keyClick(models.where, Qt.Key.Key_Down)
    models.where.activated.emit(models.where.currentIndex())
    assert names(models) == ["Small (in use)", "Translator"]
    QTest.keyClick(models.where, Qt.Key.Key_Down)
    models.where.activated.emit(models.where.currentIndex())
    assert names(models) == ["German", "Strict"]
    models.language.setCurrentIndex(models.language.values.index("de"))
    models.language.activated.emit(models.language.currentIndex())
    assert names(models) == ["German", "Strict"], "the one in many languages too"
    models.language.setCurrentIndex(models.language.values.index("fr"))
    models.language.activated.emit(models.language.currentIndex())
    assert names(models) == ["Strict"]
    models.where.setCurrentIndex(0)
    models.kind.setCurrentIndex(models.kind.values.index("translation"))
    models.kind.activated.emit(models.kind.currentIndex())
    assert names(models) == ["Translator"]


def test_a_model_is_fetched_with_progress_and_then_used(
    models: ModelsDialog, process: Process, window: MainWindow
) -> None:
    choose(models, "German")
    click(models.details.fetch)
    asked = process.last(FetchModel)
    assert isinstance(asked, FetchModel)
    assert (asked.source, asked.accepted) == ("german", False)
    assert not models.details.fetch.isVisible()
    text = "Fetching German: 500 of 2000 MB, 10.0 MB/s, 3 min left"
    process.machine.on_reply(Progress(asked.id, 0.25, text))
    assert models.details.work.isVisible()
    assert models.details.work.label.text() == text
    assert models.details.work.bar.value() == 250
    assert "Fetching: 25 %" in models.list.item(1).text()
    assert window.status.message.whole == text
    process.models = (
        SMALL,
        replace(GERMAN, installed=True, size=2 * GB, path="/models/g"),
        STRICT,
        TRANSLATOR,
    )
    process.machine.on_reply(Fetched(asked.id, "german", "German", 2 * GB))
    assert not models.details.work.isVisible()
    assert models.details.title.text() == "German"
    assert window.status.message.whole == "German is on this machine now."
    click(models.details.use)
    assert window.store.current.model == "german"
    assert names(models)[1] == "German (in use)"
    choose(models, "Small")
    click(models.details.use)
    assert window.store.current.model == "default"


def test_a_download_goes_on_when_the_dialog_is_closed_and_holds_up_nobody(
    qtbot: QtBot, models: ModelsDialog, process: Process, window: MainWindow
) -> None:
    choose(models, "German")
    click(models.details.fetch)
    asked = process.last(FetchModel)
    QTest.keyClick(models, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not any(each.isVisible() for each in window.findChildren(ModelsDialog)))
    process.machine.on_reply(Progress(asked.id, 0.5, "Fetching German: 1000 of 2000 MB"))
    assert window.status.message.whole == "Fetching German: 1000 of 2000 MB"
    assert window.status.bar.isVisible()
    assert process.cancelled == []
    window.activateWindow()
    type_text(window, "Meanwhile")
    editor = window.current_editor()
    assert editor is not None
    assert editor.toPlainText() == "Meanwhile"
    window.actions_table["models"].trigger()
    again = dialog(qtbot, window, ModelsDialog)
    choose(again, "German")
    assert again.details.work.isVisible()
    process.machine.on_reply(Fetched(asked.id, "german", "German", 2 * GB))
    assert not window.status.bar.isVisible()


def test_a_cancelled_download_can_be_gone_on_with(models: ModelsDialog, process: Process) -> None:
    choose(models, "German")
    click(models.details.fetch)
    asked = process.last(FetchModel)
    process.machine.on_reply(Progress(asked.id, 0.25, "Fetching German"))
    process.models = (SMALL, replace(GERMAN, partial=GB // 2), STRICT, TRANSLATOR)
    click(models.details.work.button)
    assert process.cancelled == [asked.id]
    assert models.details.facts["state"].text() == "500 MB of 2.0 GB fetched"
    assert models.details.fetch.text() == "Go on fetching"
    assert models.details.delete.isVisible(), "what has come takes room as well"
    click(models.details.fetch)
    assert process.last(FetchModel).id != asked.id


def test_a_failed_download_is_one_line_with_a_way_on(
    models: ModelsDialog, process: Process, window: MainWindow
) -> None:
    choose(models, "German")
    click(models.details.fetch)
    asked = process.last(FetchModel)
    process.machine.on_reply(Failed(asked.id, told("German could not be fetched: {why}.", why="no network")))
    assert models.details.problem.text() == "German could not be fetched: no network."
    assert window.status.message.whole == models.details.problem.text()
    click(models.details.fetch)
    assert not models.details.problem.isVisible()
    process.machine.on_reply(Failed(process.last(FetchModel).id, "Again."))
    QTest.mouseClick(window.status.retry, Qt.MouseButton.LeftButton)
    assert process.machine.running("german")


def test_terms_are_read_and_accepted_before_the_download(models: ModelsDialog, process: Process) -> None:
    choose(models, "Strict")
    details = models.details
    assert details.terms.text() == "You shall be good."
    assert not details.fetch.isEnabled()
    QTest.mouseClick(details.accept, Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    assert details.accept.isChecked()
    click(details.fetch)
    asked = process.last(FetchModel)
    assert isinstance(asked, FetchModel)
    assert asked.accepted
    choose(models, "German")
    choose(models, "Strict")
    assert not details.accept.isChecked(), "the tick belongs to one download"


def test_a_model_is_deleted_after_a_question_and_says_what_is_free(
    qtbot: QtBot, models: ModelsDialog, process: Process, window: MainWindow
) -> None:
    choose(models, "Translator")
    assert not models.details.use.isVisible(), "it does not complete"
    click(models.details.delete)
    said = answer(qtbot, models, "Delete")
    assert "Delete Translator from this machine?" in said
    assert "1.0 GB are free then" in said
    asked = process.last(RemoveModel)
    assert isinstance(asked, RemoveModel)
    assert asked.source == "translator"
    process.models = (SMALL, GERMAN, STRICT)
    process.machine.on_reply(Removed(asked.id, "translator", GB))
    assert names(models) == ["Small (in use)", "German", "Strict"]
    assert window.status.message.whole == "1.0 GB are free again."
    process.machine.remove("gone")
    process.machine.on_reply(Failed(process.last(RemoveModel).id, "gone is not on this machine any more."))
    assert models.message.text() == "gone is not on this machine any more."


def test_a_folder_a_file_and_a_name_of_the_hub_can_be_added(
    qtbot: QtBot, models: ModelsDialog, process: Process, tmp_path: Path
) -> None:
    models.add_model(str(tmp_path))
    asked = process.last(FetchModel)
    assert isinstance(asked, FetchModel)
    assert asked.source == str(tmp_path)
    mine = ModelInfo(str(tmp_path), "Mine", origin="folder", installed=True, size=5, path=str(tmp_path))
    process.models = (*ALL, mine)
    process.machine.on_reply(Fetched(asked.id, str(tmp_path), "Mine", 5))
    listed = process.last(ListModels)
    assert isinstance(listed, ListModels)
    assert str(tmp_path) in listed.also
    assert models.details.title.text() == "Mine"
    assert not models.details.delete.isVisible(), "it is the writer's own folder"
    (hub,) = (action for action in models.add.menu().actions() if "hub" in action.text())
    hub.trigger()
    asking = dialog(qtbot, models, QInputDialog)
    QTest.keyClicks(asking.focusWidget(), "org/name")
    QTest.keyClick(asking.focusWidget(), Qt.Key.Key_Return)
    last = process.last(FetchModel)
    assert isinstance(last, FetchModel)
    assert last.source == "org/name"


class Opened(QObject):
    """Takes what the desktop would open."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url)


def test_where_the_models_lie_can_be_opened(models: ModelsDialog) -> None:
    opened = Opened()
    QDesktopServices.setUrlHandler("file", opened, "take")
    try:
        click(models.open_folder)
        click(models.details.folder)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [url.toLocalFile() for url in opened.urls] == ["/models", "/models/small"]


def test_without_a_process_the_dialog_says_that_it_looks(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_table["models"].trigger()
    models = dialog(qtbot, window, ModelsDialog)
    assert models.list.count() == 0
    assert models.total.text() == "Looking for the models…"
    assert not models.details.fetch.isVisible()


@pytest.fixture
def settings(qtbot: QtBot, window: MainWindow, process: Process) -> Callable[[], SettingsDialog]:
    def show() -> SettingsDialog:
        window.actions_table["settings"].trigger()
        return dialog(qtbot, window, SettingsDialog)

    return show


def test_the_settings_list_what_is_here(
    qtbot: QtBot, settings: Callable[[], SettingsDialog], window: MainWindow
) -> None:
    window.store.change(device="cuda:3")
    shown = settings()
    device = shown.row("device").control
    texts = [device.itemText(i) for i in range(device.count())]
    assert texts == [
        "automatic: Some GPU",
        "cuda:0: Some GPU, 80.0 GB, 70.0 GB free",
        "CPU: Some CPU, 4 threads, 8.0 GB",
        "cuda:3: not on this machine",
    ]
    assert device.currentIndex() == 3
    precision = shown.row("dtype").control
    assert precision.itemText(0) == "automatic: about 1.0 GB"
    assert precision.itemText(4) == "int8: about 500 MB"
    assert precision.itemText(1) == "float32"
    model = shown.row("model").control
    assert [model.box.itemText(i) for i in range(model.box.count())] == ["Small"], "the translator is none"
    QTest.mouseClick(model.button, Qt.MouseButton.LeftButton)
    assert dialog(qtbot, window, ModelsDialog).details.title.text() == "Small"


def test_what_is_added_shows_its_progress_and_its_end_in_the_dialog(
    window: MainWindow, process: Process, models: ModelsDialog
) -> None:
    models.add_model("org/other")
    first = process.last(FetchModel).id
    process.machine.on_reply(Progress(first, 0.5, "Fetching: 50 of 100 MB"))
    assert models.work.label.text() == "Fetching: 50 of 100 MB"
    assert window.status.cancel.isVisible(), "for who has closed the dialog"
    QTest.mouseClick(models.work.button, Qt.MouseButton.LeftButton)
    assert process.cancelled == [first]
    assert not models.work.isVisible()
    models.add_model("org/other")
    process.machine.on_reply(Failed(process.last(FetchModel).id, "The hub has no such model."))
    assert models.message.text() == "The hub has no such model."
    assert not models.work.isVisible()


def test_little_room_puts_the_details_below(models: ModelsDialog) -> None:
    assert models.splitter.orientation() == Qt.Orientation.Horizontal
    models.resize(420, 600)
    assert models.splitter.orientation() == Qt.Orientation.Vertical


def test_the_model_that_translates_may_be_the_loaded_one(
    qtbot: QtBot, window: MainWindow, process: Process
) -> None:
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    settings = dialog(qtbot, window, SettingsDialog)
    box = settings.row("translation_model").control.findChild(Choice)
    assert box is not None
    assert [box.itemText(number) for number in range(box.count())] == [
        "the loaded model",
        "Small",
        "Translator",
    ]
    assert box.currentText() == "the loaded model"
