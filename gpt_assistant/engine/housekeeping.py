"""The models and devices of this machine, for the window: listed, fetched, removed. It needs no model.

What the model's process does here it does on threads of their own, beside the model thread, so that a
completion never waits for a download, a walk over a folder or the conversion of a file.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Generator
from functools import partial
from pathlib import Path

from gpt_assistant import paths
from gpt_assistant.engine import catalogue, footprint, inspection, model_cache, sources
from gpt_assistant.engine.catalogue import Entry
from gpt_assistant.engine.devices import choose_device, devices, free_memory
from gpt_assistant.engine.fetch import size_of
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.messages import (
    Device,
    Devices,
    Fetched,
    FetchModel,
    ListDevices,
    ListModels,
    ModelInfo,
    Models,
    Removed,
    RemoveModel,
)
from gpt_assistant.engine.model_cache import ModelFolder
from gpt_assistant.engine.resolving import Step, on_a_thread, resolving
from gpt_assistant.engine.safetensors_header import regular
from gpt_assistant.text.told import told

_SMALLEST_STEP = 0.004  # of a download, between two reports
_REPORT_SECONDS = 0.2
_MOST_CONFIG = 16 << 20  # bytes of the settings of a tokenizer


def list_devices(_model: object, request: ListDevices) -> Generator[Step, None, Devices]:
    """Answer ListDevices."""

    def look() -> tuple[tuple[Device, ...], str]:
        found = devices()
        automatic = choose_device("auto")
        if automatic in ("cuda", "xpu"):
            automatic = f"{automatic}:0"
        return found, automatic

    found, automatic = yield from on_a_thread(look, "devices")
    return Devices(request.id, found, automatic)


def list_models(_model: object, request: ListModels) -> Generator[Step, None, Models]:
    """Answer ListModels."""
    return (yield from on_a_thread(partial(_models, request), "models"))


def _models(request: ListModels) -> Models:
    try:
        device = choose_device(request.device)
    except ModelUnavailable:
        device = "cpu"
    folder = paths.models_folder()
    total = next((each.total for each in devices() if each.id.startswith(device)), 0)
    return Models(
        request.id,
        models(device, request.also),
        str(folder),
        shutil.disk_usage(folder).free,
        free_memory(device),
        total,
    )


def models(device: str = "cpu", also: tuple[str, ...] = ()) -> tuple[ModelInfo, ...]:
    """Return the models of the catalogue, in its order, then the others that are on this machine.

    Those are the ones in the folder of models, and the folders `also` that hold one. The memory is estimated
    for `device`, a chosen one.
    """
    known = [of_entry(entry, device) for entry in catalogue.entries()]
    there = {row.path for row in known if row.path}
    elsewhere = [
        Path(each) for each in also if Path(each).is_dir() and not model_cache.problem_of(Path(each))
    ]
    others = [of_folder(found, size, device) for found, size in model_cache.installed()]
    others += [
        of_folder(ModelFolder(path, path.name, str(path)), size_of(path), device)
        for path in elsewhere
        if str(path) not in there | {row.path for row in others}
    ]
    return (*known, *(row for row in others if row.path not in there))


def of_entry(entry: Entry, device: str = "cpu") -> ModelInfo:
    """Return what is known of a model of the catalogue, on this machine or not."""
    found = sources.cached(entry.id)
    bundled = (paths.bundled_models() / entry.id / entry.file_name).is_file() and bool(entry.file_name)
    place = paths.models_folder() / sources.folder_name(entry.id)
    return ModelInfo(
        id=entry.id,
        name=entry.name,
        kind=entry.kind,
        origin="bundled" if bundled else "package" if entry.wheels else "hub",
        installed=found is not None,
        size=size_of(found.path) if found else 0,
        download=0 if bundled else entry.download,
        partial=model_cache.partial(place),
        parameters=entry.parameters,
        memory=footprint.memory_table(_count(entry, found), device) if entry.loads else (),
        licence=entry.licence,
        terms=entry.terms,
        accepted=catalogue.accepted(entry),
        languages=entry.languages,
        good_for=entry.good_for,
        path=str(found.path) if found else "",
        source=", ".join(wheel.requirement for wheel in entry.wheels) or entry.hub,
        default=entry.default,
    )


def _count(entry: Entry, found: ModelFolder | None) -> footprint.Count:
    count = footprint.counted(found) if found is not None else None
    return count or footprint.of_entry(entry)


def of_folder(found: ModelFolder, size: int, device: str = "cpu") -> ModelInfo:
    """Return what is known of a model outside the catalogue that takes `size` bytes of the disk."""
    count = footprint.counted(found)
    file = Path(found.source)
    return ModelInfo(
        id=found.source,
        name=found.name,
        kind=_kind(found.path),
        origin="gguf" if file.suffix == ".gguf" else "folder" if file.is_absolute() else "hub",
        installed=True,
        size=size,
        parameters=count.parameters if count is not None else 0,
        memory=footprint.memory_table(count, device) if count is not None else (),
        licence=found.licence,
        path=str(found.path),
        source=found.source,
    )


def _kind(folder: Path) -> str:
    """Return what a model in a folder is for: one with a template of messages is made for chat."""
    with contextlib.suppress(OSError, ValueError):
        if inspection.settings(folder / "config.json").get("is_encoder_decoder"):
            return "translation"
    with contextlib.suppress(OSError, ValueError):
        config = folder / "tokenizer_config.json"
        regular(config, _MOST_CONFIG)
        if (folder / "chat_template.jinja").exists() or '"chat_template"' in config.read_text("utf-8"):
            return "chat"
    return "completion"


def fetch_model(_model: object, request: FetchModel) -> Generator[Step, None, Fetched]:
    """Answer FetchModel; progress is reported a few times a second at most."""
    entry = catalogue.find(request.source)
    if entry is not None and request.accepted:
        catalogue.accept(entry)
    reported = (0.0, -1.0)
    steps = resolving(request.id, request.source, offline=request.offline)
    try:
        while True:
            try:
                step = next(steps)
            except StopIteration as stop:
                found: ModelFolder = stop.value
                break
            fraction = getattr(step, "fraction", None)
            if fraction is None:
                yield step
                continue
            now = time.monotonic()
            if now - reported[0] >= _REPORT_SECONDS or abs(fraction - reported[1]) > 10 * _SMALLEST_STEP:
                reported = (now, fraction)
                yield step
    finally:
        steps.close()
    size = yield from on_a_thread(partial(size_of, found.path), "size")
    return Fetched(request.id, request.source, found.name, size)


def remove_model(_model: object, request: RemoveModel) -> Generator[Step, None, Removed]:
    """Answer RemoveModel. Raises ModelUnavailable if there is nothing to remove."""
    return (yield from on_a_thread(partial(_removed, request), "remove"))


def _removed(request: RemoveModel) -> Removed:
    freed = model_cache.remove(sources.folder_name(request.source)) or model_cache.remove(request.source)
    if not freed:
        raise ModelUnavailable(told("{name} is not on this machine any more.", name=request.source))
    return Removed(request.id, request.source, freed)
