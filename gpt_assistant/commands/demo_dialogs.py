"""The part of `demo` that opens what stands beside the text: settings, models, what would be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gpt_assistant.commands.demo import Record
    from gpt_assistant.commands.driving import Driver

_OPEN_SECONDS = 10.0
_LOOK_MS = 600
_GROUPS = ("Model and device", "Server", "Privacy")


def dialogs(driver: Driver, record: Record) -> None:
    """Open each dialog, save a picture of it, and close it again."""
    if (settings := _opened(driver, record, "settings")) is not None:
        for group in _GROUPS:
            settings.show_group(group)
            _look(driver, record, f"settings-{group.split()[0].lower()}", settings)
        settings.reject()
    for name in ("models", "masking"):
        if (dialog := _opened(driver, record, name)) is not None:
            _look(driver, record, name, dialog)
            dialog.reject()
    driver.pump(_LOOK_MS)


def _opened(driver: Driver, record: Record, action: str) -> Any:
    """Return the dialog that an action of the menus opens, None if it does not come."""
    driver.window.actions_table[action].trigger()
    driver.wait_until(driver.qt.activeModalWidget, _OPEN_SECONDS)
    record.note("done", what=f"opened “{driver.window.actions_table[action].text().replace('&', '')}”")
    return driver.qt.activeModalWidget()


def _look(driver: Driver, record: Record, name: str, dialog: Any) -> None:
    driver.pump(_LOOK_MS)  # its lists come from the model's process
    record.shoot(driver, name, picture=dialog)
