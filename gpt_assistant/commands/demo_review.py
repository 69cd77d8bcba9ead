"""The part of `demo` that asks about what was written: a summary, a list of commands, a rewriting."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gpt_assistant.commands.demo import Record
    from gpt_assistant.commands.driving import Driver

_ANSWER_SECONDS = 60.0
_LOOK_MS = 400
_SUMMARISE, _PALETTE = "Ctrl+Shift+M", "Ctrl+Shift+P"


def review(driver: Driver, record: Record) -> None:
    """Have the document summarised and its grammar looked at, and take the changes back again."""
    if not driver.editor.toPlainText().strip():
        return
    driver.press(_SUMMARISE)
    record.note("done", what=f"asked for a summary ({_SUMMARISE})")
    _wait(driver)
    record.shoot(driver, "summary")
    driver.press(_PALETTE)
    driver.pump(_LOOK_MS)
    for character in "grammar":
        driver.type(character)
    driver.pump(_LOOK_MS)
    record.shoot(driver, "palette")
    driver.press("Return")
    record.note("done", what=f"asked for better grammar, by the list of commands ({_PALETTE})")
    _wait(driver)
    record.shoot(driver, "rewriting")
    driver.window.reviewing.lane.close_lane()
    driver.pump(_LOOK_MS)


def _wait(driver: Driver) -> None:
    driver.pump(_LOOK_MS)
    driver.wait_until(lambda: not driver.window.reviewing.tasks.running, _ANSWER_SECONDS)
    driver.pump(_LOOK_MS)
