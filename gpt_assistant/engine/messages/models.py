"""Loading, fetching and removing models, and the devices that they run on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gpt_assistant.engine.messages.base import Priority, Reply, Request


@dataclass(frozen=True, slots=True)
class LoadModel(Request):
    """Load the model `source` (see engine/sources.py) onto `device` (see engine/devices.py).

    With `anyway` also where the memory will not be enough for it.
    """

    source: str = "default"
    device: str = "auto"
    dtype: str = "auto"
    threads: int = 0
    offline: bool = False
    anyway: bool = False
    priority: ClassVar[Priority] = Priority.CONTROL


@dataclass(frozen=True, slots=True)
class ListDevices(Request):
    """List what a model can run on here. Answered by one Devices; no model is needed."""

    needs_model: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class ListModels(Request):
    """List the models of the catalogue and of this machine. Answered by one Models; no model is needed."""

    device: str = "cpu"  # that the memory is estimated for
    also: tuple[str, ...] = ()  # folders elsewhere that are to be in the list
    needs_model: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class FetchModel(Request):
    """Fetch and prepare the model `source` without loading it. Answered by Progress and one Fetched.

    With `accepted` the writer has read and accepted its terms. What a cancelled one has fetched stays, and
    the next one goes on from there. No model is needed.
    """

    source: str = ""
    accepted: bool = False
    offline: bool = False
    needs_model: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class RemoveModel(Request):
    """Delete the fetched copy of the model `source`. Answered by one Removed; no model is needed."""

    source: str = ""
    needs_model: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Loaded(Reply):
    """The model is ready. `device` is e.g. "cpu" or "cuda:0"; `memory` is in bytes of weights."""

    name: str = ""
    architecture: str = ""
    device: str = ""
    dtype: str = ""
    parameters: int = 0
    memory: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Device:
    """What a model can run on: torch's name of it, what it calls itself, bytes of memory in all and free.

    0 stands for what is not known. `threads` are those of a CPU.
    """

    id: str
    name: str
    total: int = 0
    free: int = 0
    threads: int = 0


@dataclass(frozen=True, slots=True)
class Devices(Reply):
    """The answer to ListDevices; `automatic` is the id of the one that "auto" takes."""

    devices: tuple[Device, ...] = ()
    automatic: str = "cpu"


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model that is on this machine or to be had. Sizes are in bytes, 0 where they are not known.

    `id` is what the setting takes, `kind` "completion", "chat", "translation" or "speech", `origin` where it
    comes from: "bundled", "package", "hub", "gguf", "folder". `size` is what it takes on the disk if it is
    `installed`, `partial` what a download that was broken off has left. `memory` is the estimate for each
    precision, in the order of the setting; empty for what the engine does not load.
    """

    id: str
    name: str
    kind: str = "completion"
    origin: str = ""
    installed: bool = False
    size: int = 0
    download: int = 0
    partial: int = 0
    parameters: int = 0
    memory: tuple[tuple[str, int], ...] = ()
    licence: str = ""
    terms: str = ""
    accepted: bool = True
    languages: tuple[str, ...] = ()
    good_for: str = ""
    path: str = ""
    source: str = ""
    default: bool = False


@dataclass(frozen=True, slots=True)
class Models(Reply):
    """The answer to ListModels. `folder` holds the fetched ones, `free` bytes are left on its disk.

    `available` bytes of memory can be had on the device that was asked about (0: not known).
    """

    models: tuple[ModelInfo, ...] = ()
    folder: str = ""
    free: int = 0
    available: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Fetched(Reply):
    """The answer to FetchModel: the model is ready to be loaded, and takes `size` bytes of the disk."""

    source: str = ""
    name: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Removed(Reply):
    """The answer to RemoveModel: `freed` bytes of the disk are free again."""

    source: str = ""
    freed: int = 0


@dataclass(frozen=True, slots=True)
class DeviceChanged(Reply):
    """The model went on elsewhere, for `text` (out of memory on the GPU, say). Not a final reply."""

    device: str = ""
    text: str = ""
    final: ClassVar[bool] = False
