"""A session at the keyboard in the real window with the real model, run by test_no_network.py.

It starts as the command line does, uses what needs no connection, and prints what was done and which
connections the program has heard of, also the refused ones.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QDialog

from gpt_assistant import connections, logs, paths
from gpt_assistant.commands.driving import Driver
from gpt_assistant.settings import Settings
from gpt_assistant.ui.actions import SPECS
from gpt_assistant.ui.instance import Instance, Opening, Start

SECONDS = 120.0
# These open Qt's own file dialogs or printers' ones, or end the window.
NOT_OPENED = {"open", "save_as", "quit", "close", "reload_model", "print", "print_preview", "export"}
NOT_OPENED |= {"origins_report"}


class Session:
    """What was done by its name, and whether it came about."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        connections.on_connection(lambda each: self.heard.append(f"{each.host}:{each.port} {each.why}"))
        self.driver = Driver(Settings(device="cpu", threads=1, mood_panel=True, spelling_panel=True))
        self.driver.wait_for_model()
        self.window = self.driver.window
        self.done: dict[str, bool] = {}

    def wait(self, name: str, true: Callable[[], object]) -> None:
        self.done[name] = bool(self.driver.wait_until(true, SECONDS))

    def type(self, text: str) -> None:
        for character in text:
            self.driver.type(character)

    def complete_and_explain(self, text: str) -> None:
        self.type(text)
        self.wait("completion", lambda: self.driver.editor.has_ghost)
        self.driver.press("Ctrl+?")
        self.wait("explanation", lambda: self.window.why.popup.list.count() > 1)
        for key in ("Esc", "Tab", "Return"):
            self.driver.press(key)

    def read(self, story: str) -> None:
        window, editor = self.window, self.driver.editor
        editor.insertPlainText(story)
        self.type(" Teh end. ")
        self.wait("spelling", lambda: len(window.spelling_commands.panel.model.rows) > 1)
        self.wait("mood", window.status.mood.text)
        window.actions_table["predictability"].trigger()
        self.wait("predictability", lambda: bool(window.predictability.shaded(editor)))

    def ask(self) -> None:
        for name in ("summary_short", "rewriting_formal", "translation_fr"):
            self.window.actions_table[name].trigger()
            self.wait(name, self._answered)

    def _answered(self) -> bool:
        task = self.window.reviewing.tasks.task
        return task is not None and not task.running

    def open_everything(self) -> None:
        """Open each dialog for a moment."""
        for spec in SPECS:
            dialog = spec.text.endswith("…") or spec.menu == "&Help"
            if dialog and spec.name not in NOT_OPENED and self.window.actions_table[spec.name].isEnabled():
                self.window.actions_table[spec.name].trigger()
                self.driver.pump(60)
                for each in QApplication.topLevelWidgets():
                    if isinstance(each, QDialog) and each.isVisible():
                        each.reject()

    def start_again(self) -> None:
        """Start the program a second time, which hands its file over and ends."""
        instance, asked = Instance(paths.data_folder()), []
        assert instance.begin(Opening()) is Start.FIRST
        instance.listen()
        instance.asked.connect(asked.append)
        second = subprocess.Popen([sys.executable, "-m", "gpt_assistant", "letter.txt"])
        self.wait("second start", lambda: asked)
        self.wait("handed over", lambda: second.poll() == 0)
        instance.end()

    def go_offline_and_back(self, text: str) -> None:
        application = self.driver.application
        for on in (True, False):
            if not on:
                application.model.loaded = None  # its process has been sealed, and another begins
            application.store.change(offline=on)
            self.driver.wait_until(lambda: application.model.loaded, SECONDS)
            self.window.fresh_document()
            self.type(text)
            self.wait("offline" if on else "online again", lambda: self.driver.editor.has_ghost)


def main(text: str, story: str) -> None:
    connections.install()
    logs.set_up(logging.DEBUG)
    session = Session()
    session.complete_and_explain(text)
    session.read(story)
    session.ask()
    session.open_everything()
    session.start_again()
    session.go_offline_and_back(text)
    session.driver.pump(300)
    session.driver.close()
    print(json.dumps({"done": session.done, "heard": session.heard}))


if __name__ == "__main__":
    main(*sys.argv[1:])
