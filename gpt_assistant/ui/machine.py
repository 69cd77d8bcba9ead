"""What models and devices this machine has, and what is being fetched: asked of the model's process.

Downloads run there, on threads of their own; they go on while no dialog shows them, and the status bar does
then. What a download that was stopped has fetched is kept, and `fetch` goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from gpt_assistant.engine.messages import (
    Cancelled,
    Devices,
    Failed,
    Fetched,
    FetchModel,
    ListDevices,
    ListModels,
    ModelInfo,
    Models,
    Progress,
    Removed,
    RemoveModel,
    Reply,
    Request,
)
from gpt_assistant.ui.asker import Asker
from gpt_assistant.ui.sizes import said_size
from gpt_assistant.ui.tr import localised, tr

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow


@dataclass(frozen=True, slots=True)
class Download:
    """A model that is being fetched, or was not: `problem` is one line then, "" while it runs."""

    source: str
    name: str
    request: int
    text: str = ""
    fraction: float = -1.0
    problem: str = ""


class Machine(Asker):
    """The models, the devices and the downloads of one window.

    `models_changed` and `devices_changed` tell of new lists, `download_changed` of a model (its source),
    `fetched` that it is ready, `failed` of one line about what else did not come about.
    """

    models_changed = Signal()
    devices_changed = Signal()
    download_changed = Signal(str)
    fetched = Signal(str)
    failed = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.models: Models | None = None
        self.devices: Devices | None = None
        self.downloads: dict[str, Download] = {}
        self.added: tuple[str, ...] = ()  # folders of the writer's, in this session
        self._asked: dict[int, str] = {}  # what for: "models", "devices", or the source that is removed

    # -- what there is -----------------------------------------------------------------------------

    @property
    def precision(self) -> str:
        """Return the number format that is set."""
        return self._window.store.current.dtype

    def refresh(self, again: bool = False) -> None:
        """Ask for the models, and once for the devices; `again` only if they have been asked for before."""
        if again and self.models is None:
            return
        settings = self._window.store.current
        also = tuple(dict.fromkeys((*self.added, settings.model)))
        self._ask("models", lambda identity: ListModels(identity, settings.device, also))
        if self.devices is None:
            self._ask("devices", ListDevices)

    def info(self, source: str) -> ModelInfo | None:
        """Return what is known of the model that the setting calls `source`."""
        rows = self.models.models if self.models else ()
        return next((row for row in rows if source in (row.id, "default" if row.default else row.id)), None)

    def in_use(self, row: ModelInfo) -> bool:
        """Return whether the settings name this model."""
        return self._window.store.current.model in (row.id, "default" if row.default else row.id)

    def use(self, row: ModelInfo) -> None:
        """Have the settings name this model; it is loaded then. Raises OSError if that cannot be saved."""
        self._window.store.change(model="default" if row.default else row.id)

    def _ask(self, what: str, make: Callable[[int], Request]) -> None:
        if self._submit is None or what in self._asked.values():
            return
        identity = self._next_id()
        self._asked[identity] = what
        self._submit(make(identity))

    # -- fetching and removing ---------------------------------------------------------------------

    def fetch(self, source: str, name: str = "", accepted: bool = False) -> None:
        """Fetch a model in the background, from where an earlier try has ended."""
        if self._submit is None or self.running(source):
            return
        identity = self._next_id()
        title = name or source
        self.downloads[source] = Download(source, title, identity, tr("Fetching {name}", name=title))
        self._window.status.clear_problem(_about(source))
        self._show(source)
        self._submit(FetchModel(identity, source, accepted, self._window.store.current.offline))

    def stop(self, source: str) -> None:
        """Stop fetching; what has come stays."""
        if (download := self.downloads.get(source)) is not None:
            self._cancel(download.request)

    def running(self, source: str) -> bool:
        """Return whether the model is being fetched."""
        download = self.downloads.get(source)
        return download is not None and not download.problem

    def remove(self, source: str) -> None:
        """Delete the fetched copy of a model."""
        self._ask(source, lambda identity: RemoveModel(identity, source))

    # -- replies -----------------------------------------------------------------------------------

    def on_reply(self, reply: Reply) -> None:
        """Take a reply of the model's process; those to requests of others are ignored."""
        if isinstance(reply, Models):
            self._asked.pop(reply.id, None)
            self.models = reply
            self.models_changed.emit()
        elif isinstance(reply, Devices):
            self._asked.pop(reply.id, None)
            self.devices = reply
            self.devices_changed.emit()
        elif isinstance(reply, Removed):
            self._asked.pop(reply.id, None)
            self._window.status.show_hint(tr("{size} are free again.", size=said_size(reply.freed)))
            self.refresh()
        elif (download := self._download_of(reply.id)) is not None:
            self._on_download(download, reply)
        elif isinstance(reply, Failed) and reply.id in self._asked:
            del self._asked[reply.id]
            self.failed.emit(localised(reply.text))
        elif isinstance(reply, Cancelled):
            self._asked.pop(reply.id, None)

    def _download_of(self, identity: int) -> Download | None:
        return next((each for each in self.downloads.values() if each.request == identity), None)

    def _on_download(self, download: Download, reply: Reply) -> None:
        source = download.source
        if isinstance(reply, Progress):
            self.downloads[source] = replace(download, text=localised(reply.text), fraction=reply.fraction)
            self._show(source)
            return
        del self.downloads[source]
        if isinstance(reply, Fetched):
            self._window.status.show_hint(tr("{name} is on this machine now.", name=reply.name))
            self.fetched.emit(source)
        elif isinstance(reply, Failed):
            problem = localised(reply.text)
            self.downloads[source] = replace(download, problem=problem)
            again = lambda: self.fetch(source, download.name)  # noqa: E731
            self._window.status.show_problem(problem, again, _about(source))
        self._window.status.show_progress("", 1.0, _about(source))
        self.download_changed.emit(source)
        self.refresh()

    def _show(self, source: str) -> None:
        download = self.downloads[source]
        fraction = min(download.fraction, 0.999)  # the end is told by the last reply
        self._window.status.show_progress(download.text, fraction, _about(source), partial(self.stop, source))
        self.download_changed.emit(source)


def _about(source: str) -> str:
    return f"fetch {source}"
