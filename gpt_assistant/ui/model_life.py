"""The model of a window, from loading to rest: what is loaded, by which settings, and who answers instead.

It is loaded by the settings and again when they change, put to rest while nobody writes, woken by the first
request, and started again when its process has stopped by itself.
"""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gpt_assistant import connections
from gpt_assistant.engine.messages import (
    Cancelled,
    DeviceChanged,
    Ended,
    Failed,
    Loaded,
    LoadModel,
    Progress,
    Remote,
    RemoteChanged,
    Reply,
    Unlock,
    UseRemote,
)
from gpt_assistant.link import Link
from gpt_assistant.settings import Settings, fields
from gpt_assistant.text.told import mark
from gpt_assistant.ui.idle import Idle
from gpt_assistant.ui.switching import Switching
from gpt_assistant.ui.tr import localised, tr

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

log = logging.getLogger(__name__)

# A model that stops by itself is started again, but not more often than this in a minute.
_MOST_RESTARTS, _RESTART_SECONDS = 2, 60.0
_SERVER_GROUPS = (mark("Server"), mark("Privacy"))
_SERVER_SETTINGS = tuple(f.name for f in fields() if f.metadata["group"] in _SERVER_GROUPS)


class ModelLife(QObject):
    """Loads the model of `window`, and says so there. `loading` is the request that does it, or did.

    `ready(True)` is emitted when another model than before answers, `ready(False)` when none does any more.
    """

    ready = Signal(bool)

    def __init__(self, link: Link, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link, self._window, self._status = link, window, window.status
        self.loading = 0
        self.loaded: Loaded | None = None  # last: it may be asleep, or about to be started again
        self._serves = False
        self._asleep: Loaded | None = None
        self._restarts: list[float] = []
        self._told_when_loaded = self._server = ""
        self._settings = window.store.current
        self.switching = Switching(window, self.load)
        self.idle = Idle(self._rest, self._wake, self)
        self.idle.apply_minutes(self._settings.unload_after)
        link.woken.connect(self._wake)
        window.retry_model.connect(self.load)
        window.encryption.keyed.connect(self._hand_over_keys)

    # -- what is asked for -------------------------------------------------------------------------

    def load(self, anyway: bool = False) -> None:
        """Load the model that the settings name; what is loaded goes on answering until then.

        With `anyway` also where the memory will not be enough for it.
        """
        wanted = self._window.store.current
        self._hand_over_keys()
        self.switching.begin()
        self._status.clear_problem("model")
        self._show_progress(tr("Starting the model…"), -1.0)
        request = LoadModel(
            self._link.next_id(), wanted.model, wanted.device, wanted.dtype, wanted.threads, wanted.offline,
            anyway or not wanted.check_memory,
        )  # fmt: skip
        self.loading = self._link.submit(request)
        if wanted.remote:
            self._use_server()

    def apply_settings(self, settings: Settings) -> None:
        """Load another model, or use another server, if the settings say so by now."""
        old, self._settings = self._settings, settings
        if old.unload_after != settings.unload_after:
            self.idle.apply_minutes(settings.unload_after)
        if old.offline != settings.offline:
            connections.set_offline(settings.offline)
            self._link.set_offline(settings.offline)
        ended = old.offline and not settings.offline  # the model's process: it had been sealed
        if ended:
            self._gone()
        if ended or self.switching.wanted(old, settings):
            self.load()
        served = old.remote or settings.remote
        if served and any(getattr(old, name) != getattr(settings, name) for name in _SERVER_SETTINGS):
            self._use_server()

    @property
    def device(self) -> str:
        """Return what the model runs on, and in which number format; "" without one."""
        return f"{self.loaded.device} · {self.loaded.dtype}" if self.loaded is not None else ""

    def _use_server(self) -> None:
        """Have the server of the settings answer, if it is switched on, also one that has failed."""
        wanted = self._window.store.current
        self._status.clear_problem("server")
        self._link.submit(UseRemote(self._link.next_id(), Remote.of(wanted) if wanted.remote else None))

    def _hand_over_keys(self) -> None:
        """Let the model's process read and write what is encrypted: the phrases and words of the writer."""
        vault = self._window.encryption.vault
        if keys := vault.texts():
            self._link.submit(Unlock(self._link.next_id(), str(vault.folder), keys))

    # -- rest --------------------------------------------------------------------------------------

    def _rest(self) -> bool:
        """Give the model's memory back; return False if it is at work, and nothing was done."""
        if self.loaded is None:
            return True
        if not self._link.rest():
            return False
        log.info("the model is unloaded: nobody writes")
        self._asleep, self._serves = self.loaded, False
        self._show()
        return True

    def _wake(self) -> None:
        """Load the model again that was put to rest."""
        if self._link.resting:
            self.load()

    def _has_slept(self, loaded: Loaded) -> bool:
        """Return whether this is the model that was put to rest: what it has found so far still holds."""
        before, self._asleep = self._asleep, None
        return before is not None and all(
            getattr(before, name) == getattr(loaded, name) for name in ("name", "device", "dtype", "memory")
        )

    # -- what comes of it --------------------------------------------------------------------------

    def on_reply(self, reply: Reply) -> bool:
        """Take a reply; return whether it was about the model itself, and nobody else's."""
        self.idle.touch()
        if isinstance(reply, DeviceChanged):
            self._on_device_changed(reply)
        elif isinstance(reply, Ended):
            self._on_ended(reply)
        elif isinstance(reply, RemoteChanged):
            self._on_server(reply)
        elif reply.id != self.loading:
            return False
        elif isinstance(reply, Progress):
            self._show_progress(localised(reply.text), reply.fraction)
        elif isinstance(reply, Loaded):
            self._on_loaded(reply)
        elif isinstance(reply, Failed):
            self._status.show_progress("", 1.0)
            self.switching.failed(reply, self._serving())
        elif isinstance(reply, Cancelled):
            self._status.show_progress("", 1.0)
            self.switching.cancelled(self._serving())
        return True

    def _serving(self) -> str:
        """Return the name of the model that answers, "" if there is none now."""
        return self.loaded.name if self.loaded is not None and self._serves else ""

    def _on_loaded(self, loaded: Loaded) -> None:
        self.loaded, self._serves = loaded, True
        self.switching.done()
        self._window.machine.refresh(again=True)
        log.info("model loaded in %.1f s: %s on %s", loaded.seconds, loaded.name, loaded.device)
        self._status.show_progress("", 1.0)
        self._show()
        if not self._has_slept(loaded):
            self.ready.emit(True)
        if self._told_when_loaded:
            self._status.show_hint(self._told_when_loaded)
            self._told_when_loaded = ""

    def _on_server(self, reply: RemoteChanged) -> None:
        """Say where answers come from by now, and why a server that is in use does not give them."""
        self._server = reply.server
        if reply.text:
            self._status.show_problem(localised(reply.text), self._use_server, "server")
        else:
            self._status.clear_problem("server")
        self._show()

    def _on_ended(self, reply: Ended) -> None:
        """Start a model that stopped by itself again, unless it does so all the time."""
        self._gone()
        now = time.monotonic()
        self._restarts = [at for at in self._restarts if now - at < _RESTART_SECONDS]
        if len(self._restarts) >= _MOST_RESTARTS:
            self._status.show_progress("", 1.0)
            self._status.show_problem(localised(reply.text), self.load, "model")
            return
        self._restarts.append(now)
        self.load()
        self._told_when_loaded = tr("{why} It was started again; your text is untouched.", why=reply.text)

    def _on_device_changed(self, reply: DeviceChanged) -> None:
        self._status.show_hint(localised(reply.text))
        if self.loaded is not None and reply.id != self.loading:  # it is the model in use that moved
            self.loaded = replace(self.loaded, device=reply.device)
            self._show()

    def _gone(self) -> None:
        """Ask for nothing that goes on by itself until a model is loaded again."""
        self._asleep, self._serves = None, False
        self.ready.emit(False)

    # -- showing it --------------------------------------------------------------------------------

    def _show_progress(self, text: str, fraction: float) -> None:
        cancel = lambda: self._link.cancel(self.loading)  # noqa: E731 (the latest load there is)
        self._status.show_progress(text, fraction, cancel=cancel)

    def _show(self) -> None:
        """Show what answers: the model here, a server, or for texts a server and else the model."""
        here = self.loaded
        own = f"{here.name} · {here.device} · {here.dtype}" if here is not None else ""
        if self._link.resting:
            own = tr("{model} · asleep", model=own)
        both = own and self._settings.remote_for == "tasks"
        shown = tr("{model}; texts: {server}", model=own, server=self._server) if both else self._server
        self._status.show_where(shown if self._server else own)
