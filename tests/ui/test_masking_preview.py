"""What would be sent: looked at, unticked, copied, and taught words, by clicks and keys."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot
from windows import editor_of, open_window

from gpt_assistant.engine.messages import Failed, Mask, Reply, Request
from gpt_assistant.features import masking_choice
from gpt_assistant.storage import vault
from gpt_assistant.storage.masked_words import ALWAYS, NEVER, masked_words
from gpt_assistant.text.words import utf16_length
from gpt_assistant.ui.masking_preview import MaskingPreview
from gpt_assistant.ui.window import MainWindow

TEXT = "😀 Write to mia@example.org or leo@example.org about the falcon.\nCard 4111 1111 1111 1111."
MASKED = "😀 Write to [EMAIL_1] or [EMAIL_2] about the falcon.\nCard [CARD_1]."


def answering(window: MainWindow) -> None:
    """Have the real feature answer, a step at a time, as the model's process does."""
    numbers = itertools.count(1)
    steps: dict[int, Generator[Reply, None, Reply]] = {}

    def advance(identity: int) -> None:
        if identity not in steps:
            return
        try:
            window.masking.on_reply(next(steps[identity]))
        except StopIteration as stop:
            window.masking.on_reply(stop.value)
        else:
            QTimer.singleShot(0, window, lambda: advance(identity))

    def submit(request: Request) -> None:
        assert isinstance(request, Mask)
        steps[request.id] = masking_choice.answer(None, request)
        QTimer.singleShot(0, window, lambda: advance(request.id))

    window.masking.connect_model(submit, lambda identity: steps.pop(identity, None), lambda: next(numbers))


def opened(qtbot: QtBot, text: str = TEXT, select: str = "") -> tuple[MainWindow, MaskingPreview]:
    window = open_window(qtbot)
    answering(window)
    editor = editor_of(window)
    editor.insertPlainText(text)
    if select:
        at = utf16_length(text[: text.index(select)])
        cursor = editor.textCursor()
        cursor.setPosition(at)
        cursor.setPosition(at + utf16_length(select), QTextCursor.MoveMode.KeepAnchor)
        editor.setTextCursor(cursor)
    window.actions_table["masking"].trigger()
    (preview,) = window.findChildren(MaskingPreview)
    qtbot.waitUntil(lambda: preview.shown is not None, timeout=30_000)
    return window, preview


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def again(qtbot: QtBot, preview: MaskingPreview, act: Callable[[], None]) -> None:
    """Do what makes it look again, and wait until it has."""
    before = preview.masked
    act()
    qtbot.waitUntil(lambda: preview.masked is not before, timeout=30_000)


def tick(preview: MaskingPreview, row: int) -> None:
    """Click the box of a row."""
    item = preview.list.topLevelItem(row)
    assert item is not None
    option = QStyleOptionViewItem()
    option.initFrom(preview.list)
    option.rect = preview.list.visualItemRect(item)  # type: ignore[attr-defined]
    option.features = QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator  # type: ignore[attr-defined]
    box = preview.list.style().subElementRect(
        QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, preview.list
    )
    QTest.mouseClick(preview.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


def marked(preview: MaskingPreview) -> list[str]:
    return [each.cursor.selectedText() for each in preview.text.extraSelections()]  # type: ignore[attr-defined]


def test_it_shows_what_would_be_sent(qtbot: QtBot) -> None:
    _window, preview = opened(qtbot)
    assert preview.text.toPlainText() == MASKED
    assert marked(preview) == ["[EMAIL_1]", "[EMAIL_2]", "[CARD_1]"]
    rows = [preview.list.topLevelItem(i) for i in range(preview.list.topLevelItemCount())]
    assert [(row.text(0), row.text(1)) for row in rows if row is not None] == [
        ("[EMAIL_1]", "mia@example.org"),
        ("[EMAIL_2]", "leo@example.org"),
        ("[CARD_1]", "4111 1111 1111 1111"),
    ]
    assert "E-mail addresses: 2" in preview.summary.text()
    assert "Payment cards: 1" in preview.summary.text()


def test_the_original_can_be_seen(qtbot: QtBot) -> None:
    _window, preview = opened(qtbot)
    QTest.mouseClick(
        preview.original, Qt.MouseButton.LeftButton, pos=QPoint(8, preview.original.height() // 2)
    )
    assert preview.text.toPlainText() == TEXT
    assert marked(preview) == ["mia@example.org", "leo@example.org", "4111 1111 1111 1111"]


def test_what_is_unticked_stays_in_the_text(qtbot: QtBot) -> None:
    _window, preview = opened(qtbot)
    tick(preview, 0)
    assert preview.text.toPlainText().startswith("😀 Write to mia@example.org or [EMAIL_1] about")
    click(preview.copy)
    assert QGuiApplication.clipboard().text() == preview.text.toPlainText()
    preview.list.setFocus()
    QTest.keyClick(preview.list, Qt.Key.Key_Space)
    assert preview.text.toPlainText() == MASKED


def test_only_what_is_selected_is_shown(qtbot: QtBot) -> None:
    _window, preview = opened(qtbot, select="leo@example.org about")
    assert preview.text.toPlainText() == "[EMAIL_1] about"
    assert "selected" in preview.summary.text()


def test_a_text_without_anything_personal_says_so(qtbot: QtBot) -> None:
    _window, preview = opened(qtbot, "The harbour was quiet.")
    assert preview.text.toPlainText() == "The harbour was quiet."
    assert "as it is" in preview.summary.text()
    assert not preview.never.isEnabled()


def test_own_words_are_added_moved_and_removed(qtbot: QtBot) -> None:
    _window, preview = opened(qtbot)
    preview.pages.setCurrentIndex(1)
    QTest.keyClicks(preview.words.word, "falcon")
    again(qtbot, preview, lambda: click(preview.words.always))
    assert "about the [WORD_1]." in preview.text.toPlainText()
    assert masked_words().of(ALWAYS) == ["falcon"]
    QTest.keyClicks(preview.words.word, "mia@example.org")
    again(qtbot, preview, lambda: click(preview.words.never))
    assert "Write to mia@example.org or [EMAIL_1]" in preview.text.toPlainText()
    again(qtbot, preview, lambda: click(preview.words.remove))
    assert "falcon" in preview.text.toPlainText()
    again(qtbot, preview, lambda: click(preview.words.remove))
    assert preview.text.toPlainText() == MASKED
    assert masked_words().of(ALWAYS) == masked_words().of(NEVER) == []
    assert not preview.words.remove.isEnabled()


def test_one_of_the_list_is_never_hidden_again(qtbot: QtBot) -> None:
    _window, preview = opened(qtbot)
    item = preview.list.topLevelItem(2)
    assert item is not None
    QTest.mouseClick(
        preview.list.viewport(), Qt.MouseButton.LeftButton, pos=preview.list.visualItemRect(item).center()
    )
    again(qtbot, preview, lambda: click(preview.never))
    assert "Card 4111 1111 1111 1111." in preview.text.toPlainText()
    assert masked_words().of(NEVER) == ["4111 1111 1111 1111"]


def test_what_is_selected_in_the_preview_is_offered_as_a_word(qtbot: QtBot) -> None:
    _window, preview = opened(qtbot)
    cursor = preview.text.document().find("falcon")
    preview.text.setTextCursor(cursor)
    assert preview.words.word.text() == "falcon"


def test_a_list_that_cannot_be_saved_says_so(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    _window, preview = opened(qtbot)

    def refuse(_path: Path, _data: bytes) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(vault, "write", refuse)
    preview.pages.setCurrentIndex(1)
    QTest.keyClicks(preview.words.word, "falcon")
    click(preview.words.always)
    assert "The disk is full." in preview.words.problem.text()
    assert preview.words.problem.isVisible()
    assert preview.words.word.text() == "falcon"


def test_nothing_is_masked_by_half_where_the_words_cannot_be_read(qtbot: QtBot) -> None:
    masked_words().path.mkdir()
    with pytest.raises(OSError):  # noqa: PT011 (its text is the system's)
        next(masking_choice.answer(None, Mask(1, TEXT)))
    window = open_window(qtbot)
    preview = MaskingPreview(window.documents()[0], window)
    assert preview.words.problem.text()
    preview.reject()


def test_it_can_be_closed_while_it_looks(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    answering(window)
    editor_of(window).insertPlainText("Write to mia@example.org, please.\n" * 20_000)
    window.actions_table["masking"].trigger()
    (preview,) = window.findChildren(MaskingPreview)
    assert preview.bar.isVisible()
    box = preview.findChild(QDialogButtonBox)
    assert box is not None
    QTest.mouseClick(box.button(QDialogButtonBox.StandardButton.Close), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.findChildren(MaskingPreview))


def test_without_a_model_or_where_it_fails_it_says_so(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    editor_of(window).insertPlainText(TEXT)
    window.actions_table["masking"].trigger()
    (preview,) = window.findChildren(MaskingPreview)
    assert "There is no model to ask." in preview.summary.text()
    assert not preview.copy.isEnabled()
    window.masking.connect_model(lambda _request: None, lambda _id: None, lambda: 7)
    preview.begin()
    window.masking.on_reply(Failed(7, "The file is damaged."))
    assert "The file is damaged." in preview.summary.text()
    assert preview.bar.isHidden()
