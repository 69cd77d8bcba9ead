"""The text with stops by itself."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from gpt_assistant.ui.review_text import ReviewText


def test_the_current_stop_stays_in_sight_when_there_is_less_room(qtbot: QtBot) -> None:
    words = "The first boats came in before the sun was up. "
    view = ReviewText("A summary")
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.show_text(words * 40, [(i * len(words), (i + 1) * len(words) - 1) for i in range(40)])
    view.show()
    qtbot.waitExposed(view)
    view.go_to(25)
    view.resize(260, 120)
    assert view.viewport().rect().intersects(view.cursorRect())
