"""Everything a person can see: opens the window's dialogs, bars and lanes, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from asking_kit import FakeModel, asking_window, lane_of
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot
from spelling_kit import Speller

from gpt_assistant.engine.messages import (
    Explained,
    Failed,
    Feeling,
    Felt,
    Foreseen,
    Mood,
    MoodScores,
    Odds,
    Predicted,
    Progress,
    Request,
    SentenceSurprise,
    WordsWeighed,
    WordWeight,
)
from gpt_assistant.storage.journal_format import Meta
from gpt_assistant.storage.recovery import LostDocument
from gpt_assistant.text.suggestion import Candidate
from gpt_assistant.text.told import told
from gpt_assistant.ui.actions import SPECS
from gpt_assistant.ui.recovery import RecoveryDialog
from gpt_assistant.ui.review_parts import Offer
from gpt_assistant.ui.settings_dialog import SettingsDialog
from gpt_assistant.ui.settings_files import ImportDialog
from gpt_assistant.ui.window import MainWindow

# These open Qt's own file dialogs or printers' ones, or end the window.
NOT_OPENED = {"open", "save_as", "quit", "close", "reload_model", "print", "print_preview", "export"}
NOT_OPENED |= {"origins_report"}
ENGLISH = "Teh harbour was quiet. He were tired, and went to bed."


def everything(qtbot: QtBot, **changes: object) -> Iterator[tuple[str, QWidget]]:
    """Yield the name and the widget of each thing that can be shown, while it is shown."""
    window, model = asking_window(qtbot, ENGLISH, **changes)
    yield "window", window
    for name, menu in window.actions_table.menus.items():
        menu.aboutToShow.emit()
        yield name, menu
    yield from _dialogs(window)
    yield from _bars(window)
    yield from _explaining(window)
    yield from _moods(window)
    yield from _lane(window, model)


def texts_of_actions(window: MainWindow) -> Iterator[str]:
    for spec in window.actions_table.specs:
        yield window.actions_table[spec.name].text()
        yield window.actions_table[spec.name].toolTip()


def _dialogs(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    names = [spec.name for spec in SPECS if spec.text.endswith("…") or spec.menu == "&Help"]
    for name in names:
        if name in NOT_OPENED or not window.actions_table[name].isEnabled():
            continue
        window.actions_table[name].trigger()
        QTest.qWait(20)
        for dialog in _open_dialogs():
            yield name, dialog
            if isinstance(dialog, SettingsDialog):
                yield from _pages(dialog)
            dialog.reject()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    lost = LostDocument(Path("journal"), Meta("/tmp/letter.md", "letter.md", saved_digest="x"), ENGLISH)
    recovery = RecoveryDialog((lost, lost), window)
    recovery.open()
    yield "recovery", recovery
    recovery._ask_discard()
    yield from (("discard", box) for box in _open_dialogs() if box is not recovery)
    for dialog in _open_dialogs():
        dialog.reject()
    window.documents()[0].editor.document().setModified(True)
    window.files.ask_to_close(window.documents(), lambda _may: None)
    for box in _open_dialogs():
        yield "close", box
        box.reject()


def _pages(settings: SettingsDialog) -> Iterator[tuple[str, QWidget]]:
    """Show every page of the settings, the question before all are reset, and what an import would change."""
    for group in settings.group_names:
        settings.show_group(group)
        QTest.qWait(1)
        yield f"settings, {group}", settings
    settings._ask_to_reset()
    ImportDialog(settings._store, {"font_size": 20}, ["glow"], settings.say, settings).open()
    for each in _open_dialogs():
        if each is not settings:
            yield "settings", each
            each.reject()


def _open_dialogs() -> list[QDialog]:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog)]
    return [each for each in found if each.isVisible() and not isinstance(each, QFileDialog)]


def _bars(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    document = window.current_document()
    assert document is not None
    window.actions_table["replace"].trigger()
    yield "find", window.find_bar
    window.find_bar.close_bar()
    document.notice.show_notice(window.tr(""), {})
    window.reviewing.palette.open_palette()
    yield "palette", window.reviewing.palette
    window.reviewing.palette.close_palette()
    yield from _spelling(window)
    menu = document.editor.context_menu(document.editor.rect().center())
    yield "context menu", menu
    menu.deleteLater()
    for which in ("encoding", "newline"):
        window.status.format_clicked.emit(which)
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu)
        yield which, popup
        popup.close()


def _spelling(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    Speller(window)
    window.store.change(spelling_panel=True)
    panel = window.spelling_commands.panel
    while not panel.model.rows:
        QTest.qWait(10)
    yield "spelling", panel
    window.spelling_commands.suggest()
    while not isinstance(popup := QApplication.activePopupWidget(), QMenu):
        QTest.qWait(10)
    yield "corrections", popup
    popup.close()
    window.store.change(spelling_panel=False)


def _explaining(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    odds = Odds(0, 4, 0.31, 2, (Candidate("boat", 0.4), Candidate("ship", 0.31)))
    words = (Foreseen(0, 3, 1200, 14.0), Foreseen(4, 11, 3, 2.0))
    spoken = (SentenceSurprise(0, 22, 40.0, 5),)
    for part in (window.why, window.predictability):
        part.connect_model(lambda _request: None, lambda _identity: None, lambda: 1)
    window.predictability.set_loaded(True)
    window.actions_table["predictability"].trigger()
    window.predictability.go_on()
    window.predictability.on_reply(Predicted(1, words, spoken))
    window.predictability.panel.refresh()
    yield "predictability", window.predictability.panel
    window.actions_table["predictability"].trigger()
    editor = window.documents()[0].editor
    cursor = editor.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(3, cursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    window.actions_table["why"].trigger()
    window.why.on_reply(Explained(1, (odds,)))
    yield "why", window.why.popup
    window.why.close()


def _moods(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    moods, length = window.moods, len(window.documents()[0].editor.toPlainText())
    feeling = Feeling(0, length, Mood.NEGATIVE, MoodScores(0.1, 0.2, 0.7))
    asked: list[Request] = []
    moods.connect_model(asked.append, lambda _identity: None, lambda: len(asked) + 1)
    moods.set_loaded(True)
    window.actions_table["mood_panel"].trigger()
    moods.go_on()
    moods.on_reply(Felt(len(asked), Mood.NEGATIVE, feeling.scores, (feeling,), (feeling,), True, ("en",)))
    window.actions_table["why_mood"].trigger()
    moods.go_on()
    moods.on_reply(WordsWeighed(len(asked), (WordWeight(0, 3, 0.2, -0.4),), (feeling,)))
    moods.panel.refresh()
    yield "mood", moods.panel
    yield "mood of the words", moods.words.legend
    yield "mood of the paragraph", window.status
    window.actions_table["why_mood"].trigger()
    moods.on_reply(Felt(len(asked)))
    moods.fitted = False
    moods.panel.refresh()
    yield "mood, not fitted", moods.panel
    window.actions_table["mood_panel"].trigger()


def _lane(window: MainWindow, model: FakeModel) -> Iterator[tuple[str, QWidget]]:
    lane = lane_of(window)
    lane.offers = lambda _source, _target: [Offer("x", "Xyz", 93_000_000, "Apache-2.0", "terms")]
    for name in ("summary_short", "rewriting_shorter", "translation_fr"):
        window.actions_table[name].trigger()
        model.reply(Progress(model.last.id, 0.5, told("Translating…"), 40))
        yield f"{name}, running", lane
        notes = [told("There is no prose to rewrite here.")] if name.startswith("rewriting") else []
        model.written("The harbour was quiet. He was tired.", notes=notes, language="en")
        yield name, lane
    window.reviewing.tasks.ask_back()
    yield "translated back", lane
    window.actions_table["translation_de"].trigger()
    text = told("{name} cannot translate from {source} into {target}.", name="Xyz", source="1", target="2")
    model.reply(Failed(model.last.id, text))
    yield "a problem", lane
    lane.close_lane()
