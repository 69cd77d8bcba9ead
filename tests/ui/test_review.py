from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from asking_kit import TEXT, FakeModel, asking_window, lane_of, select
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot
from windows import answer, choose_file, dialog, editor_of, open_window, type_text

from gpt_assistant.engine import catalogue
from gpt_assistant.engine.messages import Failed, Length, Progress, Rewrite, Summarise, Translate
from gpt_assistant.offers import translators
from gpt_assistant.storage.instructions import own_instructions
from gpt_assistant.ui.instruction_dialog import InstructionDialog
from gpt_assistant.ui.review_changes import State
from gpt_assistant.ui.review_parts import Offer, time_left
from gpt_assistant.ui.theme import DARK, LIGHT
from gpt_assistant.ui.window import MainWindow

Key, Modifier = Qt.Key, Qt.KeyboardModifier
SUMMARY = "The boats came in at 6. He went to bed."
BETTER = TEXT.replace("Teh", "The").replace("He were", "He was").replace(", and", " and")


@pytest.fixture
def asked(qtbot: QtBot) -> tuple[MainWindow, FakeModel]:
    return asking_window(qtbot)


@pytest.fixture
def window(asked: tuple[MainWindow, FakeModel]) -> MainWindow:
    return asked[0]


@pytest.fixture
def model(asked: tuple[MainWindow, FakeModel]) -> FakeModel:
    return asked[1]


def run(window: MainWindow, action: str) -> None:
    window.actions_table[action].trigger()


def text_of(window: MainWindow) -> str:
    return editor_of(window).toPlainText()


def press(widget: QWidget, *keys: Key) -> None:
    for key in keys:
        QTest.keyClick(widget, key)


def click(button: QAbstractButton) -> None:
    assert button.isEnabled(), button.accessibleName()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def summarised(window: MainWindow, model: FakeModel) -> QTextBrowser:
    run(window, "summary_short")
    pairs = (("The boats came in at 6.", "The boats came in at 6."), ("He went to bed.", "He were tired"))
    model.written(SUMMARY, model.passages(*pairs, text=SUMMARY), ["A note."])
    return lane_of(window).result.view


def rewritten(window: MainWindow, model: FakeModel, new: str = BETTER) -> QTextBrowser:
    run(window, "rewriting_grammar")
    model.written(new)
    return lane_of(window).rewriting.view


def marked(window: MainWindow) -> list[str]:
    marks = editor_of(window).extraSelections()
    return [mark.cursor.selectedText() for mark in marks]


# -- asking ----------------------------------------------------------------------------------------


def test_the_whole_text_or_the_selection(window: MainWindow, model: FakeModel) -> None:
    QTest.keyClick(editor_of(window), Key.Key_M, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert model.last == Summarise(1, TEXT, Length.SHORT)
    assert lane_of(window).isVisible()
    assert editor_of(window).hasFocus(), "the writer may go on typing"
    select(window, "The boats came in at 6.\n")
    run(window, "summary_line")
    assert model.last == Summarise(2, "The boats came in at 6.", Length.LINE)
    assert "selection" in lane_of(window).title.whole
    run(window, "summarise")
    assert model.last == Summarise(3, "The boats came in at 6.", Length.LINE), "the length is remembered"


def test_the_target_is_remembered(qtbot: QtBot, window: MainWindow, model: FakeModel) -> None:
    run(window, "translation_de")
    assert window.actions_table["translate"].text().replace("&", "") == "Translate into German"
    QTest.keyClick(editor_of(window), Key.Key_L, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert isinstance(model.last, Translate)
    assert model.last.target == "de"
    again = open_window(qtbot)
    assert again.actions_table["translate"].text().replace("&", "") == "Translate into German"


def test_an_empty_text_is_nothing_to_ask_about(qtbot: QtBot) -> None:
    window, model = asking_window(qtbot, "  \n")
    run(window, "summarise")
    assert model.requests == []
    assert lane_of(window).isHidden()
    assert "no text" in window.status.message.whole


def test_the_context_menu_offers_it(window: MainWindow, model: FakeModel) -> None:
    own_instructions().add("Pirate & co", "Write it as a pirate would.")
    menu = editor_of(window).context_menu(QPoint(10, 10))
    menus = {action.text().replace("&", ""): action.menu() for action in menu.actions() if action.menu()}
    assert list(menus) == ["Summarise as", "Rewrite", "Translate into"]
    rewrite = {action.text(): action for action in menus["Rewrite"].actions()}
    rewrite["Pirate && co"].trigger()
    assert model.last == Rewrite(1, TEXT, "", "Write it as a pirate would.")
    menu.deleteLater()


def test_an_instruction_of_ones_own(qtbot: QtBot, window: MainWindow, model: FakeModel) -> None:
    run(window, "instruct")
    asking = dialog(qtbot, window, InstructionDialog)
    assert not asking.go.isEnabled()
    QTest.keyClicks(asking.text, "As a telegram.")
    QTest.keyClicks(asking.name, "Telegram")
    press(asking.text, Key.Key_Return)
    assert model.last == Rewrite(1, TEXT, "", "As a telegram.")
    assert own_instructions().all() == {"Telegram": "As a telegram."}
    assert lane_of(window).choice.currentText() == "Telegram"
    run(window, "instruct")
    qtbot.waitUntil(lambda: len(window.findChildren(InstructionDialog)) == 1)
    again = dialog(qtbot, window, InstructionDialog)
    press(again.saved, Key.Key_Down)
    assert again.text.text() == "As a telegram."
    click(again.remove)
    assert own_instructions().all() == {}
    again.reject()


def test_a_long_wait_is_not_thrown_away_unasked(window: MainWindow, model: FakeModel) -> None:
    run(window, "summary_long")
    task = window.reviewing.tasks.task
    assert task is not None
    task.started -= 60
    run(window, "summary_line")
    assert len(model.requests) == 1
    click(lane_of(window).problem.buttons()["Keep on writing"])
    assert (len(model.requests), model.cancelled) == (1, [])
    run(window, "summary_line")
    click(lane_of(window).problem.buttons()["Stop it and ask the new"])
    assert isinstance(model.last, Summarise)
    assert (model.last.length, model.cancelled) == (Length.LINE, [1])


# -- while it is written ---------------------------------------------------------------------------


def test_progress_and_words_come_while_the_writer_types(window: MainWindow, model: FakeModel) -> None:
    lane = lane_of(window)
    run(window, "summary_short")
    model.reply(Progress(1, 0.25, "Reading part 3 of 12", 42.0))
    assert lane.progress.bar.value() == 250
    assert lane.progress.text.text() == "Reading part 3 of 12 · about 40 s left"
    model.writing("The boats")
    assert lane.result.view.toPlainText() == "The boats"
    assert not lane.result.replace.isEnabled(), "half an answer replaces nothing"
    type_text(window, "Well. ")
    assert text_of(window).startswith("Well. Teh")
    model.written(SUMMARY, notes=["A note."])
    assert not lane.progress.isVisible()
    assert lane.result.view.toPlainText() == SUMMARY
    assert lane.notes.text() == "A note."


def test_esc_cancels_at_once_and_then_closes(window: MainWindow, model: FakeModel) -> None:
    lane = lane_of(window)
    run(window, "summary_short")
    model.writing("The boats")
    QTest.keyClick(editor_of(window), Key.Key_F6)
    assert lane.result.view.hasFocus()
    press(lane.result.view, Key.Key_Escape)
    assert model.cancelled == [1]
    assert lane.isVisible()
    assert lane.result.view.toPlainText() == "The boats", "what there is can still be copied"
    press(lane.result.view, Key.Key_Escape)
    assert lane.isHidden()
    assert editor_of(window).hasFocus()


def test_the_cancel_button_leaves_the_keyboard_in_the_lane(window: MainWindow, model: FakeModel) -> None:
    lane = lane_of(window)
    run(window, "summary_short")
    lane.progress.cancel.setFocus()
    press(lane.progress.cancel, Key.Key_Space)
    assert model.cancelled == [1]
    assert lane.has_keyboard()
    click(lane.problem.buttons()["Start again"])
    assert len(model.requests) == 2


def test_f6_goes_to_and_fro(window: MainWindow, model: FakeModel) -> None:
    editor, lane = editor_of(window), lane_of(window)
    QTest.keyClick(editor, Key.Key_F6)
    assert editor.hasFocus(), "there is nothing to go to yet"
    view = summarised(window, model)
    QTest.keyClick(editor, Key.Key_F6)
    assert view.hasFocus()
    QTest.keyClick(view, Key.Key_F6)
    assert editor.hasFocus()
    lane.close_lane()
    QTest.keyClick(editor, Key.Key_F6)
    assert lane.isVisible(), "what was closed comes back"
    assert lane.result.text == SUMMARY


# -- a text to use ---------------------------------------------------------------------------------


def test_each_sentence_leads_to_its_source(window: MainWindow, model: FakeModel) -> None:
    view = summarised(window, model)
    editor = editor_of(window)
    cursor = QTextCursor(editor.document())
    cursor.insertText("Once upon a time 😀. ")
    view.setFocus()
    press(view, Key.Key_Tab, Key.Key_Tab, Key.Key_Return)
    assert marked(window) == ["He were tired"]
    assert editor.textCursor().position() == text_of(window).index("He were") + 1, "the emoji is two units"
    assert not editor.textCursor().hasSelection(), "the next key replaces nothing"
    assert view.hasFocus()
    press(view, Key.Key_Tab)
    assert not view.hasFocus(), "behind the last one Tab goes on"
    type_text(window, "x")
    assert marked(window) == []


def test_a_click_on_a_sentence_leads_there_too(window: MainWindow, model: FakeModel) -> None:
    view = summarised(window, model)
    cursor = QTextCursor(view.document())
    cursor.setPosition(4)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.cursorRect(cursor).center())
    assert marked(window) == ["The boats came in at 6."]


def test_a_source_that_was_edited_is_still_found_nearly(window: MainWindow, model: FakeModel) -> None:
    view = summarised(window, model)
    at = text_of(window).index("He were")
    cursor = QTextCursor(editor_of(window).document())
    cursor.setPosition(at)
    cursor.setPosition(at + 2, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText("Everybody")
    view.setFocus()
    press(view, Key.Key_Tab, Key.Key_Tab, Key.Key_Return)
    assert marked(window)[0].startswith("Everybody")


def test_insert_below_and_replace_are_one_step_each(window: MainWindow, model: FakeModel) -> None:
    select(window, "The boats came in at 6.")
    run(window, "translation_fr")
    model.written("Les bateaux sont rentrés à 6 h.", language="en")
    lane = lane_of(window)
    assert lane.language.text() == "from English"
    click(lane.result.below)
    assert "at 6.\n\nLes bateaux sont rentrés à 6 h.\n\nHe were" in text_of(window)
    editor_of(window).undo()
    assert text_of(window) == TEXT
    click(lane.result.replace)
    assert text_of(window) == TEXT.replace("The boats came in at 6.", "Les bateaux sont rentrés à 6 h.")
    editor_of(window).undo()
    assert text_of(window) == TEXT


def test_what_the_writer_changed_is_not_replaced(window: MainWindow, model: FakeModel) -> None:
    summarised(window, model)
    cursor = QTextCursor(editor_of(window).document())
    cursor.setPosition(30)
    cursor.insertText("y")
    edited = text_of(window)
    click(lane_of(window).result.replace)
    assert text_of(window) == edited
    assert "changed the passage" in lane_of(window).hint.text()


def test_copy_and_save(qtbot: QtBot, window: MainWindow, model: FakeModel, tmp_path: Path) -> None:
    summarised(window, model)
    click(lane_of(window).result.copy)
    assert QApplication.clipboard().text() == SUMMARY
    click(lane_of(window).result.save_as)
    choose_file(qtbot, window, tmp_path / "s.md")
    assert (tmp_path / "s.md").read_text() == SUMMARY + "\n"
    assert "s.md" in window.status.message.whole


def test_another_length_is_asked_for_once_the_keys_rest(
    qtbot: QtBot, window: MainWindow, model: FakeModel
) -> None:
    summarised(window, model)
    press(lane_of(window).choice, Key.Key_Down, Key.Key_Down)
    assert len(model.requests) == 1
    qtbot.waitUntil(lambda: len(model.requests) == 2)
    assert isinstance(model.last, Summarise)
    assert model.last.length is Length.BULLETS
    assert window.store.current.summary_length == "bullets"


def test_a_translation_back_is_shown_below(window: MainWindow, model: FakeModel) -> None:
    run(window, "translation_fr")
    lane = lane_of(window)
    assert not lane.result.back.isEnabled()
    model.written("Le port.", language="en")
    click(lane.result.back)
    assert isinstance(model.last, Translate)
    assert (model.last.target, model.last.source, model.last.text) == ("en", "fr", "Le port.")
    model.written("The port.")
    assert lane.result.back_view.isVisible()
    assert lane.result.back_view.toPlainText() == "The port."
    assert lane.result.back_title.text() == "Translated back into English"


# -- what goes wrong -------------------------------------------------------------------------------


def test_a_failure_can_be_tried_again(window: MainWindow, model: FakeModel) -> None:
    run(window, "summary_short")
    model.reply(Failed(1, "The model is gone. Load it again."))
    lane = lane_of(window)
    assert lane.problem.text.text() == "The model is gone. Load it again."
    click(lane.problem.buttons()["Try again"])
    assert model.last == Summarise(2, TEXT, Length.SHORT)
    assert not lane.problem.isVisible()


def test_models_that_can_translate_are_one_click_away(
    qtbot: QtBot, window: MainWindow, model: FakeModel
) -> None:
    lane, accepted = lane_of(window), []
    free = Offer("marian", "Marian", 301_000_000, "Apache-2.0")
    bound = Offer("big", "Big one", 2_460_000_000, "CC-BY-NC-4.0", "Not for money.")
    lane.offers = lambda source, target: [free, bound] if target == "fr" else []
    window.reviewing.accept_terms = accepted.append
    run(window, "translation_fr")
    model.reply(Failed(1, "This model cannot translate."))
    names = list(lane.problem.buttons())
    assert names == [
        "Try again",
        "Fetch and use Marian, 301 MB · Apache-2.0",
        "Fetch and use Big one, 2.5 GB · CC-BY-NC-4.0",
    ]
    click(lane.problem.buttons()[names[1]])
    assert window.store.current.translation_model == "marian"
    assert isinstance(model.last, Translate)
    assert model.last.model == "marian"
    model.reply(Failed(2, "This model cannot translate."))
    click(lane.problem.buttons()[names[2]])
    assert len(model.requests) == 2, "its terms come first"
    assert "Not for money." in answer(qtbot, window, "Accept and fetch")
    assert accepted == ["big"]
    assert model.last.model == "big"


def test_the_document_is_closed_meanwhile(window: MainWindow, model: FakeModel) -> None:
    view = summarised(window, model)
    editor_of(window).document().setModified(False)
    run(window, "close")
    lane = lane_of(window)
    assert "closed" in lane.problem.text.text()
    assert not lane.result.replace.isEnabled()
    assert not lane.result.below.isEnabled()
    click(lane.result.copy)
    assert QApplication.clipboard().text() == SUMMARY
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete: the editor is gone now
    view.setFocus()
    press(view, Key.Key_Tab, Key.Key_Return)


def test_closed_while_it_is_written(window: MainWindow, model: FakeModel) -> None:
    run(window, "rewriting_shorter")
    editor_of(window).document().setModified(False)
    run(window, "close")
    assert model.cancelled == [1]
    assert "closed" in lane_of(window).problem.text.text()


# -- changes ---------------------------------------------------------------------------------------


def test_changes_are_taken_and_left_by_keys(window: MainWindow, model: FakeModel) -> None:
    view = rewritten(window, model)
    lane = lane_of(window)
    assert lane.rewriting.place.text() == "Change 1 of 3, 3 open"
    QTest.keyClick(editor_of(window), Key.Key_F6)
    press(view, Key.Key_Return)
    assert text_of(window) == TEXT.replace("Teh", "The")
    assert marked(window) == ["He were"] or "were" in marked(window)[0]
    press(view, Key.Key_Delete, Key.Key_A)
    assert lane.rewriting.states == [State.ACCEPTED, State.REJECTED, State.ACCEPTED]
    assert text_of(window) == TEXT.replace("Teh", "The").replace(", and", " and")
    assert lane.rewriting.place.text() == "All 3 are decided."
    editor_of(window).undo()
    assert text_of(window) == TEXT.replace("Teh", "The")


def test_changes_are_taken_and_left_by_buttons(qtbot: QtBot, window: MainWindow, model: FakeModel) -> None:
    rewritten(window, model)
    pane = lane_of(window).rewriting
    click(pane.next)
    click(pane.reject)
    click(pane.previous)
    click(pane.previous)
    click(pane.accept)
    assert pane.states == [State.ACCEPTED, State.REJECTED, State.OPEN]
    editor_of(window).undo()
    qtbot.waitUntil(lambda: pane.states[0] is State.OPEN)
    click(pane.accept_all)
    assert text_of(window) == BETTER.replace("He was", "He were")
    editor_of(window).undo()
    assert text_of(window) == TEXT, "all at once is one step"


def test_the_marks_behind_a_change_take_a_click(window: MainWindow, model: FakeModel) -> None:
    view = rewritten(window, model)
    pane = lane_of(window).rewriting

    def click_on(sign: str) -> None:
        cursor = view.document().find(sign)
        place = view.cursorRect(cursor).center() - QPoint(4, 0)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    click_on("✓")
    click_on("✗")
    assert pane.states == [State.ACCEPTED, State.REJECTED, State.OPEN]
    click_on("↺")
    assert pane.states == [State.ACCEPTED, State.OPEN, State.OPEN]
    assert text_of(window) == TEXT.replace("Teh", "The")


def test_changes_are_told_by_shape_too(window: MainWindow, model: FakeModel) -> None:
    view = rewritten(window, model)
    assert view.toPlainText().startswith("TehThe")

    def look(words: str) -> tuple[bool, bool]:
        font: QFont = view.document().find(words).charFormat().font()
        return font.strikeOut(), font.underline()

    assert look("Teh") == (True, False)
    assert look("The") == (False, True)
    assert look("harbour") == (False, False)


def test_words_changed_meanwhile_are_never_overwritten(window: MainWindow, model: FakeModel) -> None:
    run(window, "rewriting_grammar")
    editor = editor_of(window)
    cursor = QTextCursor(editor.document())
    cursor.setPosition(TEXT.index("were"))
    cursor.setPosition(TEXT.index("were") + 4, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText("felt")
    model.written(BETTER)
    pane = lane_of(window).rewriting
    assert pane.states == [State.OPEN, State.CHANGED, State.OPEN]
    pane.decide(1, "accept")
    assert "stay as they are" in lane_of(window).hint.text()
    click(pane.accept_all)
    assert text_of(window) == BETTER.replace("He was", "He felt")


def test_changed_while_under_review(qtbot: QtBot, window: MainWindow, model: FakeModel) -> None:
    rewritten(window, model)
    type_at = QTextCursor(editor_of(window).document())
    type_at.setPosition(1)
    type_at.insertText("z")
    pane = lane_of(window).rewriting
    qtbot.waitUntil(lambda: pane.states[0] is State.CHANGED)


def test_undo_and_redo_work_from_the_lane(window: MainWindow, model: FakeModel) -> None:
    view = rewritten(window, model)
    view.setFocus()
    press(view, Key.Key_Return)
    QTest.keyClick(view, Key.Key_Z, Modifier.ControlModifier)
    assert text_of(window) == TEXT
    QTest.keyClick(view, Key.Key_Y, Modifier.ControlModifier)
    assert text_of(window) == TEXT.replace("Teh", "The")


def test_nothing_to_change(window: MainWindow, model: FakeModel) -> None:
    rewritten(window, model, TEXT)
    pane = lane_of(window).rewriting
    assert pane.place.text() == "Nothing to change."
    assert not pane.accept_all.isEnabled()


def test_what_was_written_before_a_cancel_can_be_reviewed(window: MainWindow, model: FakeModel) -> None:
    run(window, "rewriting_grammar")
    first = "The harbour was quiet."
    model.writing(first, model.passages((first, "Teh harbour was quiet."), text=first))
    window.reviewing.tasks.cancel()
    click(lane_of(window).rewriting.accept_all)
    assert text_of(window) == TEXT.replace("Teh", "The")


def test_a_long_text_is_compared_beside_the_window(qtbot: QtBot) -> None:
    long = "\n".join(f"Line {number} were written here." for number in range(400))
    window, model = asking_window(qtbot, long)
    rewritten(window, model, long.replace("were", "was"))
    pane = lane_of(window).rewriting
    assert pane.place.text() == "Comparing…"
    qtbot.waitUntil(lambda: len(pane.states) == 400)
    click(pane.accept)
    click(pane.accept_all)
    assert text_of(window) == long.replace("were", "was")
    editor_of(window).undo()
    assert text_of(window) == long.replace("were", "was", 1)


# -- the lane itself -------------------------------------------------------------------------------


def test_beside_the_text_or_below_it(qtbot: QtBot, window: MainWindow, model: FakeModel) -> None:
    summarised(window, model)
    splitter = window.reviewing.splitter
    window.resize(900, 600)
    qtbot.waitUntil(lambda: splitter.orientation() == Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: 250 < lane_of(window).width() < 450)
    window.resize(400, 600)
    qtbot.waitUntil(lambda: splitter.orientation() == Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: editor_of(window).width() > 350)


def test_its_width_is_remembered(qtbot: QtBot, window: MainWindow, model: FakeModel) -> None:
    summarised(window, model)
    splitter = window.reviewing.splitter
    qtbot.waitUntil(lambda: lane_of(window).width() > 250)
    handle = splitter.handle(1)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(1, 50))
    QTest.mouseMove(handle, QPoint(-150, 50))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(-150, 50))
    share = window.reviewing.share
    assert 40 < share < 75
    window.end_keeping_work()
    again, other = asking_window(qtbot)
    assert again.reviewing.share == share
    summarised(again, other)
    qtbot.waitUntil(lambda: lane_of(again).width() * 100 // again.width() in range(share - 2, share + 3))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_follow_the_theme(qtbot: QtBot, theme: str) -> None:
    window, model = asking_window(qtbot, theme=theme)
    view = rewritten(window, model)
    colours = LIGHT if theme == "light" else DARK
    shown = view.document().find("Teh").charFormat()
    assert shown.foreground().color().name() == colours.removed
    other = {"light": "dark", "dark": "light"}[theme]
    window.store.change(theme=other)
    shown = view.document().find("Teh").charFormat()
    assert shown.foreground().color().name() == (DARK if theme == "light" else LIGHT).removed


def test_every_widget_one_can_reach_has_a_name(window: MainWindow, model: FakeModel) -> None:
    run(window, "translation_fr")
    lane = lane_of(window)
    lane.offers = lambda _source, _target: [Offer("a", "A", 1, "MIT")]
    model.reply(Failed(1, "No."))
    kinds = (QAbstractButton, QComboBox, QTextBrowser)
    reachable = [each for kind in kinds for each in lane.findChildren(kind)]
    assert len(reachable) > 15
    assert [each for each in reachable if not each.accessibleName()] == []


def test_time_left_in_words() -> None:
    said = [time_left(seconds) for seconds in (-1, 3, 42, 200)]
    assert said == ["", "a few seconds left", "about 40 s left", "about 3 min left"]


def test_the_catalogue_says_what_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    free, bound = catalogue.entries()[:2]
    table = (
        replace(free, id="en-fr", translates=("en-fr",), terms=""),
        replace(bound, id="many", translates=("en", "fr", "de"), terms="Not for money."),
        replace(free, id="none", translates=()),
    )
    monkeypatch.setattr(catalogue, "entries", lambda: table)
    assert [(offer.id, offer.terms) for offer in translators("en", "fr")] == [
        ("en-fr", ""),
        ("many", "Not for money."),
    ]
    assert [offer.id for offer in translators("de", "fr")] == ["many"]
    assert [offer.id for offer in translators("", "fr")] == ["en-fr", "many"]
    assert translators("", "ja") == []
    catalogue.accept(table[1])
    assert [offer.terms for offer in translators("de", "fr")] == [""]
