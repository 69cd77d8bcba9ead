"""The composition root of the window: makes the objects and connects them.

The model's process starts loading while the window is still being made. asyncio runs on Qt's event loop
(qasync), for what the person starts once and waits for; keystrokes go by signals.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gpt_assistant import __version__, connections, offers, paths
from gpt_assistant.engine.messages import Connected, Forget, Reply
from gpt_assistant.link import Link, model_process
from gpt_assistant.settings import Settings, SettingsStore
from gpt_assistant.storage.phrasefile import own_phrases
from gpt_assistant.text.suggestion import Reason
from gpt_assistant.text.told import said
from gpt_assistant.ui.assistant import Assistant
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.garbage import GarbageCollection
from gpt_assistant.ui.instance import Instance, Opening, Start, opening
from gpt_assistant.ui.model_life import ModelLife
from gpt_assistant.ui.shutdown import OutsideEnd
from gpt_assistant.ui.sparing import Sparing
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.window import MainWindow

log = logging.getLogger(__name__)

# How long closing waits for the model's current step; its process is ended by force then, and loses nothing.
_STOP_SECONDS = 0.3


class Application(QObject):
    """The window, the model thread and the assistant between them."""

    def __init__(self, store: SettingsStore, link: Link | None = None) -> None:
        super().__init__()
        self.store = store
        connections.set_offline(store.current.offline)
        self.link = link or Link(self, partial(model_process, offline=store.current.offline))
        self.window = MainWindow(store)
        self.assistant = Assistant(self.link.submit, self.link.next_id, store.current, self)
        self.model = ModelLife(self.link, self.window, self)
        self.sparing = Sparing(store.current, self)
        self._connect()

    def start(self, files: Sequence[Path] = (), new_document: bool = False) -> None:
        """Show the window, and load the model meanwhile."""
        self.model.load()
        collection = GarbageCollection(self)
        self.window.closing.connect(collection.stop)
        self.sparing.start()
        self.window.start(files)
        if new_document:
            self.window.fresh_document()
        self.window.show()

    def take_over(self, wanted: Opening) -> None:
        """Open what a later start was asked for, in front of the writer."""
        if wanted.token:
            os.environ["XDG_ACTIVATION_TOKEN"] = wanted.token  # read by Qt where windows may not push in
        self.window.take_over([Path(name) for name in wanted.files], wanted.new_document)

    def _connect(self) -> None:
        status = self.window.status
        for editor in self.window.editors():
            self._attach(editor)
        self.window.editor_added.connect(self._attach)
        self.window.forget_learnt.connect(self._forget_learnt)
        self.window.closing.connect(lambda: self.link.stop(_STOP_SECONDS))
        self.assistant.shown.connect(self._show_latency)
        self.assistant.reason.connect(status.show_reason)
        self.link.replied.connect(self._on_reply)
        self.model.ready.connect(self._on_ready)
        self.sparing.changed.connect(self._spare)
        self.window.closing.connect(self.sparing.stop)
        self.store.subscribe(self._on_settings)
        reviewing = self.window.reviewing
        reviewing.tasks.connect_model(self.link.submit, self.link.cancel, self.link.next_id)
        self.window.spelling.connect_model(self.link.submit, self.link.cancel, self.link.next_id)
        self.window.predictability.connect_model(self.link.submit, self.link.cancel, self.link.next_id)
        self.window.why.connect_model(self.link.submit, self.link.cancel, self.link.next_id)
        self.window.machine.connect_model(self.link.submit, self.link.cancel, self.link.next_id)
        self.window.moods.connect_model(self.link.submit, self.link.cancel, self.link.next_id)
        self.window.server.connect_model(self.link.submit, self.link.cancel, self.link.next_id)
        self.window.masking.connect_model(self.link.submit, self.link.cancel, self.link.next_id)
        self.window.why.silence = lambda: self.assistant.silence
        reviewing.lane.offers = offers.translators
        self.window.help.present = offers.models_here
        self.window.help.device = lambda: self.model.device
        reviewing.accept_terms = offers.accept_terms

    def _attach(self, editor: Editor) -> None:
        self.assistant.attach(editor)
        self.model.idle.attach(editor)
        editor.accepted.connect(lambda text, _whole: log.info("accepted %d characters", len(text)))

    def _spare(self, reason: Reason) -> None:
        self.assistant.spare(reason)
        self.window.status.show_hint(self.sparing.hint)

    def _show_latency(self, ms: float) -> None:
        log.info("shown after %.0f ms", ms)
        self.window.status.show_latency(ms)
        self.window.status.show_reason("")

    def _forget_learnt(self) -> None:
        try:
            own_phrases().clear()  # at once, model or not; the thread forgets what it has counted
        except OSError as error:
            self.window.status.show_problem(
                tr("What was learnt could not be deleted: {why}", why=said(error))
            )
            return
        self.link.submit(Forget(self.link.next_id()))
        self.assistant.forget()
        self.window.status.show_hint(tr("What was learnt is forgotten."))

    def _on_settings(self, settings: Settings) -> None:
        self.assistant.apply_settings(settings)
        self.sparing.apply_settings(settings)
        self.model.apply_settings(settings)

    def _on_reply(self, reply: Reply) -> None:
        if isinstance(reply, Connected):
            connections.note(reply.connection)
        elif not self.model.on_reply(reply):
            self.assistant.on_reply(reply)
            self.window.reviewing.tasks.on_reply(reply)
            self.window.spelling.on_reply(reply)
            self.window.autocorrect.on_reply(reply)
            self.window.predictability.on_reply(reply)
            self.window.why.on_reply(reply)
            self.window.moods.on_reply(reply)
            self.window.server.on_reply(reply)
            self.window.masking.on_reply(reply)
            self.window.machine.on_reply(reply)

    def _on_ready(self, ready: bool) -> None:
        """Ask for what goes on by itself where there is a model, and for nothing where there is none."""
        if ready:
            self.assistant.forget()
        self.window.spelling.set_loaded(ready)
        self.window.predictability.set_loaded(ready)
        self.window.moods.set_loaded(ready)


def make_qt_application() -> QApplication:
    """Return the QApplication, named and with its icon."""
    qt = QApplication.instance()
    if not isinstance(qt, QApplication):
        qt = QApplication(sys.argv[:1])
    qt.setApplicationName("gpt-assistant")
    qt.setApplicationDisplayName("GPT Assistant")
    qt.setApplicationVersion(__version__)
    qt.setDesktopFileName("gpt-assistant")
    qt.setWindowIcon(QIcon(str(paths.resource("icons/gpt-assistant.svg"))))
    return qt


def run(files: Sequence[str], overrides: Mapping[str, object], new_document: bool = False) -> int:
    """Open the editor with `files`; return the exit code once the window is closed.

    Where the editor is running already its window gets them, and this returns at once.
    """
    wanted = opening(files, new_document)
    instance = Instance(paths.data_folder())
    begun = instance.begin(wanted)
    if begun is Start.HANDED_OVER:
        return 0
    from qasync import QEventLoop  # noqa: PLC0415 (binds to the Qt that is imported by now)

    qt = make_qt_application()
    store = SettingsStore()
    try:
        store.override(**overrides)
    except ValueError as error:
        print(f"gpt-assistant: {error}", file=sys.stderr)
        return 2
    application = Application(store)
    OutsideEnd(application.window.end_keeping_work, application.window.keep_work, application)
    instance.asked.connect(application.take_over)
    application.window.closing.connect(instance.end)  # the next start is not handed to what is ending
    if begun is Start.FIRST:
        instance.listen()
    application.start([Path(name) for name in wanted.files], new_document)
    if begun is Start.ALONE:
        application.window.status.show_hint(
            tr("Another window of this program does not answer; this one works on its own.")
        )
    loop = QEventLoop(qt)
    asyncio.set_event_loop(loop)
    with loop:
        return int(loop.run_forever() or 0)
