"""Who wrote what, in the real window: from the keys to the file and back, the shades, the statistics."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from asking_kit import asking_window, lane_of, select
from editor_kit import suggest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from test_provenance import whose
from windows import answer, choose_file, crash, dialog, editor_of, open_window, type_text

from gpt_assistant import paths
from gpt_assistant.storage.origins import SAVED, OriginStore, Record, text_digest
from gpt_assistant.storage.recovery import digest
from gpt_assistant.text.origins import Origin
from gpt_assistant.ui.contrast import contrast
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.flow import FlowLayout
from gpt_assistant.ui.origin_looks import COLOURS, PATTERNS, looks
from gpt_assistant.ui.origins_kept import OriginsKept
from gpt_assistant.ui.statistics_dialog import StatisticsDialog, reading_time
from gpt_assistant.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Colours
from gpt_assistant.ui.window import MainWindow

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def document_of(window: MainWindow) -> Document:
    document = window.current_document()
    assert document is not None
    return document


def paste(window: MainWindow, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(editor_of(window), Key.Key_V, Modifier.ControlModifier)


def go_home(window: MainWindow) -> None:
    QTest.keyClick(editor_of(window), Key.Key_Home, Modifier.ControlModifier)


def take(window: MainWindow, text: str) -> None:
    assert editor_of(window).set_suggestion(suggest(text))
    QTest.keyClick(editor_of(window), Key.Key_Tab)


def end(window: MainWindow) -> None:
    """Close the window as a writer does who has saved everything."""
    window.close()
    assert not window.isVisible()


WRITTEN = "." * 10 + "t" * 7 + "c" * 8 + "p" * 9
TEXT = "Dear all,\nthanks for that and this"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Return a file that was typed, completed and pasted, and saved: as the first test below does it."""
    path = tmp_path / "letter.md"
    path.write_text(TEXT)
    runs = [(10, Origin.EARLIER), (7, Origin.TYPED), (8, Origin.COMPLETED), (9, Origin.PASTED)]
    store = OriginStore(paths.data_folder() / "origins.db")
    file = digest(TEXT.encode())
    store.put(str(path), Record(SAVED, path.name, 0.0, file, text_digest(TEXT), len(TEXT), runs, TEXT))
    store.close()
    return path


# -- kept beside the document ------------------------------------------------------------------------


def test_it_is_there_again_when_the_file_is_opened(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "letter.md"
    path.write_text("Dear all,\n")
    window = open_window(qtbot, [path])
    QTest.keyClick(editor_of(window), Key.Key_End, Modifier.ControlModifier)
    type_text(window, "thanks ")
    take(window, "for that")
    paste(window, " and this")
    window.actions_table["save"].trigger()
    assert whose(editor_of(window)) == WRITTEN
    end(window)
    window = open_window(qtbot, [path])
    assert whose(editor_of(window)) == WRITTEN
    assert path.read_text() == TEXT, "nothing of it is in the file"


def test_it_goes_along_when_the_file_is_moved(qtbot: QtBot, written: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved.md"
    shutil.move(written, moved)
    window = open_window(qtbot, [moved], restore_session=False)
    assert whose(editor_of(window)) == WRITTEN


def test_it_goes_along_with_save_as(qtbot: QtBot, written: Path, tmp_path: Path) -> None:
    window = open_window(qtbot, [written])
    QTest.keyClick(editor_of(window), Key.Key_End, Modifier.ControlModifier)
    type_text(window, "!")
    window.actions_table["save_as"].trigger()
    choose_file(qtbot, window, tmp_path / "copy.txt")
    qtbot.waitUntil(lambda: (tmp_path / "copy.txt").exists() and not document_of(window).modified)
    end(window)
    window = open_window(qtbot, [written, tmp_path / "copy.txt"], restore_session=False)
    assert [whose(each.editor) for each in window.documents()] == [WRITTEN, WRITTEN + "t"]


def test_an_untitled_document_that_gets_a_file(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot)
    type_text(window, "mine")
    window.origins.keeping.store_work()
    document_of(window).save(tmp_path / "new.md")
    kept = window.origins.keeping.ask(window.origins.keeping.store.documents)
    assert kept is not None
    assert [each.key for each in kept] == [str(tmp_path / "new.md")]


def test_another_program_changed_the_file_meanwhile(qtbot: QtBot, written: Path) -> None:
    written.write_text("Dear friends,\nthanks for that or this")
    window = open_window(qtbot, [written])
    assert editor_of(window).toPlainText() == "Dear friends,\nthanks for that or this"
    shown = whose(editor_of(window))
    assert shown[:14] == "." * 14
    assert shown[14:29] == "t" * 7 + "c" * 8
    assert shown[29:] == "p" + ".." + "p" * 5


def test_a_reload_keeps_what_is_the_same_and_undo_brings_it_back(qtbot: QtBot, written: Path) -> None:
    window = open_window(qtbot, [written])
    written.write_text("Dear all,\nmany thanks for that and this")
    document_of(window).reload()
    assert whose(editor_of(window)) == WRITTEN[:10] + "....." + WRITTEN[10:]
    editor_of(window).undo()
    assert whose(editor_of(window)) == WRITTEN


def test_a_long_file_that_was_changed_is_compared_in_the_background(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    lines = [f"line {number} of a long text that goes on" for number in range(4000)]
    path.write_text("\n".join(lines))
    window = open_window(qtbot, [path])
    type_text(window, "mine ")
    window.actions_table["save"].trigger()
    end(window)
    lines[3000] = "another"
    path.write_text("mine " + "\n".join(lines))
    window = open_window(qtbot, [path], restore_session=False)
    type_text(window, "x")
    qtbot.waitUntil(lambda: whose(editor_of(window)).startswith("tttttt."))


def test_after_a_crash_it_belongs_to_what_is_restored(qtbot: QtBot, written: Path) -> None:
    window = open_window(qtbot, [written])
    go_home(window)
    type_text(window, "Hello! ")
    paste(window, "Well. ")
    window.new_document()
    type_text(window, "never saved")
    crash(window)
    window = open_window(qtbot)
    assert window.restoring.dialog is not None
    QTest.mouseClick(_button(window.restoring.dialog, "Restore"), Qt.MouseButton.LeftButton)
    found = {each.title: whose(each.editor) for each in window.documents()}
    assert found == {"letter.md": "t" * 7 + "p" * 6 + WRITTEN, "Untitled": "t" * 11}


KILLED = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from gpt_assistant.settings import SettingsStore
from gpt_assistant.ui.window import MainWindow
app = QApplication([])
window = MainWindow(SettingsStore())
window.start([Path(sys.argv[1])])
window.show()
keeping = window.origins.keeping
QTest.keyClicks(window.current_editor(), "Mine. ")
QApplication.clipboard().setText("Theirs. ")
QTest.keyClick(window.current_editor(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
key = window.current_document().history_key
while all(each.slot != "working" for each in keeping.ask(lambda: keeping.store.of(key)) or []):
    QTest.qWait(50)
QTest.qWait(600)  # the journal is written down within half a second
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nothing there is killed like this")
def test_after_a_kill_it_is_what_was_stored_by_itself(qtbot: QtBot, written: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(written)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    window = open_window(qtbot)
    assert window.restoring.dialog is not None
    QTest.mouseClick(_button(window.restoring.dialog, "Restore"), Qt.MouseButton.LeftButton)
    assert editor_of(window).toPlainText() == "Mine. Theirs. " + TEXT
    assert whose(editor_of(window)) == "t" * 6 + "p" * 8 + WRITTEN


def test_the_last_seconds_before_a_kill_are_not_known(qtbot: QtBot, written: Path) -> None:
    window = open_window(qtbot, [written])
    go_home(window)
    type_text(window, "Hello! ")
    window.origins.keeping.store_work()
    type_text(window, "More. ")
    window.origins.keeping._store_working = lambda _document: None  # type: ignore[method-assign]
    crash(window)
    window = open_window(qtbot)
    assert window.restoring.dialog is not None
    QTest.mouseClick(_button(window.restoring.dialog, "Restore"), Qt.MouseButton.LeftButton)
    assert editor_of(window).toPlainText().startswith("Hello! More. Dear")
    assert whose(editor_of(window)) == "t" * 7 + "." * 6 + WRITTEN


def test_what_is_discarded_leaves_what_was_saved(qtbot: QtBot, written: Path) -> None:
    window = open_window(qtbot, [written])
    editor_of(window).selectAll()
    type_text(window, "gone")
    window.origins.keeping.store_work()
    window.close_document(document_of(window))
    answer(qtbot, window, "Discard")
    window.open_path(written)
    assert whose(editor_of(window)) == WRITTEN


def test_off_forgets_everything(qtbot: QtBot, written: Path) -> None:
    window = open_window(qtbot, [written])
    window.store.change(origins=False)
    assert window.origins.keeping.ask(window.origins.keeping.store.documents) == []
    data = (window._data / "origins.db").read_bytes()
    assert b"letter.md" not in data, "nothing is left of it in the file"
    type_text(window, "x")
    window.actions_table["save"].trigger()
    window.actions_table["origins"].trigger()
    assert not window.actions_table["origins"].isChecked()
    assert "switched off" in window.status.message.whole
    end(window)
    window = open_window(qtbot, [written], origins=True)
    assert set(whose(editor_of(window))) == {"."}


def test_without_earlier_versions_no_text_is_kept(qtbot: QtBot, written: Path) -> None:
    window = open_window(qtbot, [written])
    store = window.origins.keeping.store
    before = window.origins.keeping.ask(lambda: store.of(str(written)))
    assert before is not None
    assert before[0].text == written.read_text()
    window.store.change(history_mb=0)
    after = window.origins.keeping.ask(lambda: store.of(str(written)))
    assert after is not None
    assert after[0].text is None
    assert after[0].runs == before[0].runs


def test_a_damaged_database_costs_nothing_but_itself(qtbot: QtBot, written: Path) -> None:
    window = open_window(qtbot)
    base = window._data / "origins.db"
    end(window)
    base.write_bytes(b"no database" * 1000)
    window = open_window(qtbot, [written])
    assert editor_of(window).toPlainText() == written.read_text()
    go_home(window)
    type_text(window, "x")
    window.actions_table["save"].trigger()
    assert whose(editor_of(window))[:2] == "t."
    end(window)
    assert whose(editor_of(open_window(qtbot, [written])))[:2] == "t."


# -- the assistant -----------------------------------------------------------------------------------


def test_what_the_review_lane_puts_in(qtbot: QtBot) -> None:
    window, model = asking_window(qtbot, "He were tired. It was late.")
    editor, lane = editor_of(window), lane_of(window)
    window.actions_table["rewriting_grammar"].trigger()
    model.written("He was tired. It was late.")
    qtbot.waitUntil(lambda: len(lane.rewriting.states) == 1)
    QTest.mouseClick(lane.rewriting.accept_all, Qt.MouseButton.LeftButton)
    assert whose(editor) == "...rrr" + "." * 20
    select(window, "It was late.")
    window.actions_table["translation_fr"].trigger()
    model.written("Il était tard.", language="en")
    QTest.mouseClick(lane.result.replace, Qt.MouseButton.LeftButton)
    assert whose(editor) == "...rrr" + "." * 8 + "l" * 14
    window.actions_table["summary_short"].trigger()
    model.written("Late.")
    QTest.mouseClick(lane.result.below, Qt.MouseButton.LeftButton)
    assert whose(editor).endswith("u" * 7)
    for _ in range(3):
        editor.undo()
    assert set(whose(editor)) == {"."}


def test_spelling_corrections_are_told_from_rewriting(qtbot: QtBot) -> None:
    window, model = asking_window(qtbot, "Teh end.")
    window.actions_table["spell_all"].trigger()
    model.written("The end.")
    lane = lane_of(window)
    qtbot.waitUntil(lambda: len(lane.rewriting.states) == 1)
    QTest.mouseClick(lane.rewriting.accept_all, Qt.MouseButton.LeftButton)
    assert whose(editor_of(window)) == "sss....."


def test_what_is_replaced_by_the_writer_is_typed(qtbot: QtBot) -> None:
    window, _ = asking_window(qtbot, "one two one two")
    window.actions_table["replace"].trigger()
    bar = window.find_bar
    bar.pattern.setText("two")
    bar.replacement.setText("2")
    bar.replace_all()
    qtbot.waitUntil(lambda: editor_of(window).toPlainText() == "one 2 one 2")
    assert whose(editor_of(window)) == "....t.....t"


def test_very_many_replacements_are_told_apart_and_undone(qtbot: QtBot) -> None:
    window, _ = asking_window(qtbot, "one two\n" * 3000)
    editor_of(window).origins.set_runs([(24_000, Origin.DICTATED)])
    window.actions_table["replace"].trigger()
    window.find_bar.pattern.setText("two")
    window.find_bar.replacement.setText("2")
    window.find_bar.replace_all()
    qtbot.waitUntil(lambda: "two" not in editor_of(window).toPlainText())
    assert whose(editor_of(window)) == "ddddtd" * 3000
    editor_of(window).undo()
    assert whose(editor_of(window)) == "d" * 24_000
    editor_of(window).redo()
    assert whose(editor_of(window)) == "ddddtd" * 3000


# -- the view ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "contrast-dark"])
def test_the_text_is_shaded_and_the_legend_says_what_it_means(qtbot: QtBot, theme: str) -> None:
    window = open_window(qtbot, theme=theme)
    type_text(window, "typed by hand, ")
    paste(window, "pasted")
    editor, legend = editor_of(window), window.origins.legend
    assert not legend.isVisible()
    QTest.keyClick(editor, Key.Key_O, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert window.actions_table["origins"].isChecked()
    assert legend.isVisible()
    assert legend.shown() == ["Typed 71 %", "Pasted 29 %"]
    shaded = window.origins.marks(editor).shaded()
    assert [origin for origin, _ in shaded] == [Origin.TYPED, Origin.PASTED]
    text, page = QColor(window.theme.current.text), window.theme.current.page
    behind = _behind(editor, [rectangle.topLeft() for _, rectangle in shaded])
    assert len({page, *(each.name() for each in behind)}) == 3
    assert all(contrast(each, text) >= 7 for each in behind), "letters stay as easy to read"
    QTest.keyClick(editor, Key.Key_O, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert not legend.isVisible()
    assert {each.name() for each in _behind(editor, [rectangle.topLeft() for _, rectangle in shaded])} == {
        page
    }


def _behind(editor: Editor, corners: list[QPointF]) -> list[QColor]:
    """Return the colours behind the text, just inside of these corners of the viewport."""
    picture = editor.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    return [picture.pixelColor(int(each.x() * ratio) + 4, int(each.y() * ratio) + 1) for each in corners]


def test_the_legend_follows_the_caret(qtbot: QtBot) -> None:
    window = open_window(qtbot, origins_shown=True)
    assert window.origins.legend.isVisible()
    assert window.origins.legend.nothing.isVisible()
    type_text(window, "ab")
    paste(window, "cd")
    samples = window.origins.legend._samples
    qtbot.waitUntil(lambda: samples[Origin.PASTED].accessibleName() == "Pasted 50 %, at the caret")
    QTest.keyClick(editor_of(window), Key.Key_Home)
    qtbot.waitUntil(lambda: samples[Origin.TYPED].font().bold())
    assert not samples[Origin.PASTED].font().bold()
    assert not window.origins.legend.nothing.isVisible()


def test_only_what_is_in_sight_is_painted(qtbot: QtBot) -> None:
    window = open_window(qtbot, origins_shown=True)
    paste(window, "a line of text\n" * 2000)
    assert 10 < len(window.origins.marks(editor_of(window)).shaded()) < 80


def test_a_run_across_a_change_of_direction_is_shaded_in_pieces(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    editor = editor_of(window)
    editor.setPlainText("abc שלום def")
    assert editor.origins.set_runs([(6, Origin.TYPED), (6, Origin.PASTED)])
    shaded = window.origins.marks(editor).shaded()
    pieces = {origin: [each for kind, each in shaded if kind is origin] for origin, _ in shaded}
    width = sum(each.width() for _, each in shaded)
    line = editor.document().firstBlock().layout().lineAt(0)
    assert abs(width - line.naturalTextWidth()) < 2, "every letter is in one of them"
    assert len(pieces[Origin.TYPED]) > 1
    edges = sorted((each.left(), each.right()) for _, each in shaded)
    assert all(one[1] <= other[0] + 1 for one, other in pairwise(edges)), "none in two"


def test_the_legend_wraps_from_the_side_where_the_language_begins(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    box.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow = FlowLayout(box)
    for name in ("one", "two", "three", "four"):
        flow.addWidget(QLabel(name * 2, box))
    box.resize(200, flow.heightForWidth(200))
    box.show()
    labels = box.findChildren(QLabel)
    assert labels[0].geometry().right() > labels[1].geometry().right()
    assert labels[0].geometry().right() > 180
    assert labels[-1].y() > labels[0].y()
    assert flow.heightForWidth(1000) < flow.heightForWidth(200)


def test_the_keyboard_gets_to_the_legend(qtbot: QtBot) -> None:
    window = open_window(qtbot, origins_shown=True)
    QTest.keyClick(editor_of(window), Key.Key_F6, Modifier.ShiftModifier)
    assert window.focusWidget() is window.origins.legend.details
    QTest.keyClick(window.origins.legend.details, Key.Key_Tab)
    QTest.keyClick(window.origins.legend.close_button, Key.Key_Space)
    assert not window.origins.legend.isVisible()
    assert window.focusWidget() is editor_of(window)


@pytest.mark.parametrize("colours", [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK])
def test_every_origin_has_a_line_of_its_own_that_is_seen(colours: Colours) -> None:
    found = looks(colours)
    assert set(COLOURS) == set(PATTERNS) == set(Origin) - {Origin.EARLIER}
    assert len(set(PATTERNS.values())) == len(PATTERNS), "colour is not the only sign"
    for look in found.values():
        assert contrast(look.line, QColor(colours.page)) >= 3


# -- statistics --------------------------------------------------------------------------------------


def _rows(tree: object) -> list[list[str]]:
    rows = (tree.topLevelItem(row) for row in range(tree.topLevelItemCount()))  # type: ignore[attr-defined]
    return [[item.text(column) for column in range(item.columnCount())] for item in rows]


def test_the_statistics(qtbot: QtBot, written: Path) -> None:
    window = open_window(qtbot, [written])
    editor_of(window).selectAll()
    QTest.keyClick(editor_of(window), Key.Key_I, Modifier.ControlModifier | Modifier.ShiftModifier)
    shown = dialog(qtbot, window, StatisticsDialog)
    assert _rows(shown.numbers)[0] == ["Words", "7", "7"]
    assert _rows(shown.numbers)[1] == ["Characters", "34", "34"]
    assert _rows(shown.origins) == [
        ["Typed", "1", "14 %", "7", "21 %"],
        ["Completed", "2", "29 %", "8", "24 %"],
        ["Pasted", "2", "29 %", "9", "26 %"],
        ["Not known", "2", "29 %", "10", "29 %"],
    ]
    shown.reject()


def test_a_long_text_is_counted_on_a_thread_and_can_be_given_up(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    editor_of(window).setPlainText("A line of a long text. It has two sentences.\n" * 6000)
    type_text(window, "Mine. ")
    window.actions_table["statistics"].trigger()
    shown = dialog(qtbot, window, StatisticsDialog)
    assert shown.counts is None
    assert shown.bar.isVisible()
    qtbot.waitUntil(lambda: shown.counts is not None, timeout=20_000)
    assert _rows(shown.numbers)[3][:2] == ["Sentences", "12,001"]
    assert _rows(shown.origins)[0][:2] == ["Typed", "1"]
    shown.reject()
    window.actions_table["statistics"].trigger()
    dialog(qtbot, window, StatisticsDialog).reject()


def test_reading_times() -> None:
    assert [reading_time(each) for each in (0, 0.4, 12.6, 75)] == [
        "–",
        "less than a minute",
        "13 min",
        "1 h 15 min",
    ]


@pytest.mark.parametrize("kind", ["html", "json"])
def test_the_report(qtbot: QtBot, written: Path, tmp_path: Path, kind: str) -> None:
    window = open_window(qtbot, [written])
    window.actions_table["origins_report"].trigger()
    target = tmp_path / f"report.{kind}"
    choose_file(qtbot, window, target)
    qtbot.waitUntil(lambda: "The report was saved" in window.status.message.whole)
    if kind == "json":
        found = json.loads(target.read_text())
        assert found["origins"]["completed"]["words"] == 2
        assert "".join(found["text"][run["start"] : run["end"]] for run in found["runs"]) == found["text"]
    else:
        page = ElementTree.fromstring(target.read_text().replace("<!DOCTYPE html>", ""))
        spans = [(each.get("class"), each.text) for each in page.find("body/div").iter("span")]  # type: ignore[union-attr]
        assert ("completed", "for that") in spans


def test_what_is_remembered_can_be_deleted(qtbot: QtBot, written: Path) -> None:
    window = open_window(qtbot, [written])
    window.actions_table["origins_kept"].trigger()
    shown = dialog(qtbot, window, OriginsKept)
    assert [shown.list.item(row).text().splitlines()[0] for row in range(shown.list.count())] == ["letter.md"]
    QTest.mouseClick(shown.delete, Qt.MouseButton.LeftButton)
    assert "letter.md" in answer(qtbot, shown, "Delete")
    assert shown.list.count() == 0
    assert shown.note.text() == "Nothing is remembered."
    assert not shown.delete.isEnabled()
    shown.reject()
    assert set(whose(editor_of(window))) == {"."}


def _button(parent: object, name: str) -> QPushButton:
    return next(each for each in parent.findChildren(QPushButton) if each.text() == name)  # type: ignore[attr-defined]
