"""How models, devices and their sizes are said to the writer."""

from __future__ import annotations

from gpt_assistant.engine.messages import Device, Devices, ModelInfo, Models
from gpt_assistant.text.told import mark
from gpt_assistant.ui.asking import languages
from gpt_assistant.ui.sizes import said_size
from gpt_assistant.ui.tr import tr

KINDS = {
    "completion": mark("completion"),
    "chat": mark("completion, summaries and rewriting"),
    "translation": mark("translation"),
    "speech": mark("dictation"),
}
ORIGINS = {
    "bundled": mark("came with the program"),
    "package": mark("Python package"),
    "hub": mark("Hugging Face hub"),
    "gguf": mark("GGUF file"),
    "folder": mark("folder"),
}
_AUTOMATIC = mark("automatic")


def language_names(codes: tuple[str, ...]) -> str:
    """Return the names of languages given by their ISO 639-1 codes; "many" is many languages."""
    known = {ask.option: tr(ask.label) for ask in languages()}
    return ", ".join(tr("many languages") if code == "many" else known.get(code, code) for code in codes)


def state_line(row: ModelInfo) -> str:
    """Return where a model is, and how large."""
    if row.installed:
        return tr("On this machine, {size}", size=said_size(row.size))
    if row.partial:
        whole = said_size(row.download)
        return tr("{part} of {whole} fetched", part=said_size(min(row.partial, row.download)), whole=whole)
    if row.origin == "bundled":
        return tr("Came with the program")
    return tr("Not fetched, {size}", size=said_size(row.download))


def memory_line(row: ModelInfo, precision: str, models: Models) -> str:
    """Return how much memory a model will take at a precision, and whether that fits."""
    needed = dict(row.memory).get(precision, 0)
    if not needed:
        return ""
    size = said_size(needed)
    if not models.available:
        return tr("about {size}", size=size)
    free = said_size(models.available)
    if needed > models.available:
        return tr("about {size}: too much, {free} is free", size=size, free=free)
    return tr("about {size}: it fits, {free} is free", size=size, free=free)


def precision_line(row: ModelInfo) -> str:
    """Return the estimates for all precisions in one line."""
    parts = [f"{_precision(name)} {said_size(size)}" for name, size in row.memory]
    return " · ".join(parts)


def _precision(name: str) -> str:
    return tr(_AUTOMATIC) if name == "auto" else name


def device_line(device: Device) -> str:
    """Return a device as the settings list it: its name and its memory."""
    if device.id == "cpu":
        size = said_size(device.total)
        return tr(
            "CPU: {name}, {threads} threads, {size}", name=device.name, threads=device.threads, size=size
        )
    if not device.total:
        return f"{device.id}: {device.name}"
    sizes = {"size": said_size(device.total), "free": said_size(device.free)}
    return tr("{id}: {name}, {size}, {free} free", id=device.id, name=device.name, **sizes)


def automatic_line(devices: Devices) -> str:
    """Return what "automatic" takes here."""
    found = next((each.name for each in devices.devices if each.id == devices.automatic), devices.automatic)
    return tr("automatic: {name}", name=found)
