"""The composition root of the window: makes the objects and connects them.

The model's process starts loading while the window is still being made. asyncio runs on Qt's event loop
(qasync), for what the person starts once and waits for; keystrokes go by signals.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gpt_assistant import __version__, paths
from gpt_assistant.engine import catalogue, sources
from gpt_assistant.engine.messages import (
    DeviceChanged,
    Ended,
    Failed,
    Forget,
    Loaded,
    LoadModel,
    Progress,
    Reply,
)
from gpt_assistant.link import Link
from gpt_assistant.settings import Settings, SettingsStore
from gpt_assistant.storage.phrasefile import own_phrases
from gpt_assistant.text.told import said
from gpt_assistant.ui.asking import languages
from gpt_assistant.ui.assistant import Assistant
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.garbage import GarbageCollection
from gpt_assistant.ui.instance import Instance, Opening, Start, opening
from gpt_assistant.ui.review_parts import Offer
from gpt_assistant.ui.shutdown import OutsideEnd
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.window import MainWindow

log = logging.getLogger(__name__)

# How long closing waits for the model's current step; its process is ended by force then, and loses nothing.
_STOP_SECONDS = 0.3
# A model that stops by itself is started again, but not more often than this in a minute.
_MOST_RESTARTS, _RESTART_SECONDS = 2, 60.0
_MODEL_SETTINGS = ("model", "device", "dtype", "threads", "offline")


class Application(QObject):
    """The window, the model thread and the assistant between them."""

    def __init__(self, store: SettingsStore, link: Link | None = None) -> None:
        super().__init__()
        self.store = store
        self.link = link or Link(self)
        self.window = MainWindow(store)
        self.assistant = Assistant(self.link.submit, self.link.next_id, store.current, self)
        self.loading = 0
        self.loaded: Loaded | None = None
        self._restarts: list[float] = []
        self._told_when_loaded = ""
        self._settings = store.current
        self._connect()

    def start(self, files: Sequence[Path] = (), new_document: bool = False) -> None:
        """Show the window, and load the model meanwhile."""
        self.load_model()
        collection = GarbageCollection(self)
        self.window.closing.connect(collection.stop)
        self.window.start(files)
        if new_document:
            self.window.fresh_document()
        self.window.show()

    def take_over(self, wanted: Opening) -> None:
        """Open what a later start was asked for, in front of the writer."""
        if wanted.token:
            os.environ["XDG_ACTIVATION_TOKEN"] = wanted.token  # read by Qt where windows may not push in
        self.window.take_over([Path(name) for name in wanted.files], wanted.new_document)

    def load_model(self) -> None:
        """Load the model that the settings name; what is loaded goes on answering until then."""
        wanted = self.store.current
        self.window.status.clear_problem("model")
        self.window.status.show_progress(tr("Starting the model…"), -1.0)
        request = LoadModel(
            self.link.next_id(), wanted.model, wanted.device, wanted.dtype, wanted.threads, wanted.offline
        )
        self.loading = self.link.submit(request)

    def _connect(self) -> None:
        status = self.window.status
        for editor in self.window.editors():
            self._attach(editor)
        self.window.editor_added.connect(self._attach)
        self.window.retry_model.connect(self.load_model)
        self.window.forget_learnt.connect(self._forget_learnt)
        self.window.closing.connect(lambda: self.link.stop(_STOP_SECONDS))
        self.assistant.shown.connect(self._show_latency)
        self.assistant.reason.connect(status.show_reason)
        self.link.replied.connect(self._on_reply)
        self.store.subscribe(self._on_settings)
        reviewing = self.window.reviewing
        reviewing.tasks.connect_model(self.link.submit, self.link.cancel, self.link.next_id)
        self.window.spelling.connect_model(self.link.submit, self.link.cancel, self.link.next_id)
        self.window.predictability.connect_model(self.link.submit, self.link.cancel, self.link.next_id)
        self.window.why.connect_model(self.link.submit, self.link.cancel, self.link.next_id)
        self.window.moods.connect_model(self.link.submit, self.link.cancel, self.link.next_id)
        self.window.why.silence = lambda: self.assistant.silence
        reviewing.lane.offers = translators
        self.window.help.present = _models_here
        self.window.help.device = lambda: f"{self.loaded.device} · {self.loaded.dtype}" if self.loaded else ""
        reviewing.accept_terms = _accept_terms

    def _attach(self, editor: Editor) -> None:
        self.assistant.attach(editor)
        editor.accepted.connect(lambda text, _whole: log.info("accepted %d characters", len(text)))

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
        old, self._settings = self._settings, settings
        self.assistant.apply_settings(settings)
        if any(getattr(old, name) != getattr(settings, name) for name in _MODEL_SETTINGS):
            self.load_model()

    def _on_reply(self, reply: Reply) -> None:
        status = self.window.status
        if isinstance(reply, DeviceChanged):
            self._on_device_changed(reply)
        elif isinstance(reply, Ended):
            self._on_ended(reply)
        elif reply.id != self.loading:
            self.assistant.on_reply(reply)
            self.window.reviewing.tasks.on_reply(reply)
            self.window.spelling.on_reply(reply)
            self.window.autocorrect.on_reply(reply)
            self.window.predictability.on_reply(reply)
            self.window.why.on_reply(reply)
            self.window.moods.on_reply(reply)
        elif isinstance(reply, Progress):
            status.show_progress(localised(reply.text), reply.fraction)
        elif isinstance(reply, Loaded):
            self._on_loaded(reply)
        elif isinstance(reply, Failed):
            status.show_progress("", 1.0)
            status.show_problem(localised(reply.text), self.load_model, "model")

    def _on_loaded(self, loaded: Loaded) -> None:
        self.loaded = loaded
        log.info("model loaded in %.1f s: %s on %s", loaded.seconds, loaded.name, loaded.device)
        self.window.status.show_progress("", 1.0)
        self.window.status.show_model(f"{loaded.name} · {loaded.device} · {loaded.dtype}")
        self.assistant.forget()
        self.window.spelling.set_loaded(True)
        self.window.predictability.set_loaded(True)
        self.window.moods.set_loaded(True)
        if self._told_when_loaded:
            self.window.status.show_hint(self._told_when_loaded)
            self._told_when_loaded = ""

    def _on_ended(self, reply: Ended) -> None:
        """Start a model that stopped by itself again, unless it does so all the time."""
        self.window.spelling.set_loaded(False)
        self.window.predictability.set_loaded(False)
        self.window.moods.set_loaded(False)
        now = time.monotonic()
        self._restarts = [at for at in self._restarts if now - at < _RESTART_SECONDS]
        if len(self._restarts) >= _MOST_RESTARTS:
            self.window.status.show_progress("", 1.0)
            self.window.status.show_problem(localised(reply.text), self.load_model, "model")
            return
        self._restarts.append(now)
        self.load_model()
        self._told_when_loaded = tr("{why} It was started again; your text is untouched.", why=reply.text)

    def _on_device_changed(self, reply: DeviceChanged) -> None:
        self.window.status.show_hint(localised(reply.text))
        if self.loaded is not None and reply.id != self.loading:  # it is the model in use that moved
            self.loaded = replace(self.loaded, device=reply.device)
            self.window.status.model.setText(f"{self.loaded.name} · {reply.device}")


def translators(source: str, target: str) -> list[Offer]:
    """Return the models of the catalogue that translate into `target`, from any language for ""."""
    origins = [source] if source else [ask.option for ask in languages() if ask.option != target]
    return [
        Offer(
            entry.id,
            entry.name,
            0 if sources.cached(entry.id) else entry.download,
            entry.licence,
            "" if catalogue.accepted(entry) else entry.terms,
        )
        for entry in catalogue.entries()
        if any(entry.translates_between(each, target) for each in origins)
    ]


def _models_here() -> set[str]:
    """Return the ids of the models of the catalogue that are on this machine."""
    return {entry.id for entry in catalogue.entries() if sources.cached(entry.id)}


def _accept_terms(identity: str) -> None:
    if (entry := catalogue.find(identity)) is not None:
        catalogue.accept(entry)


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
