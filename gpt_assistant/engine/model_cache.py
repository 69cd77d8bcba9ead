"""The folder of models: putting one together, telling whether one is whole, taking one away.

A model is put together in a hidden folder beside its place and renamed at the end, under a lock between
processes, so that neither a kill nor a second window leaves half a model. `source.json` in the folder
says what it was made from and in which format, and how large the weights are; a folder for which that
does not hold is made again. It is not hashed at every start, that would cost half a second.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from gpt_assistant import paths
from gpt_assistant.engine import inspection
from gpt_assistant.engine.fetch import HUB_FOLDER, WHEELS_FOLDER, size_of
from gpt_assistant.engine.job import Job, ModelUnavailable
from gpt_assistant.storage.locks import FileLock
from gpt_assistant.text.told import told

FORMAT = 1  # raise it when convert.py writes something else, and every cached copy is made again
RECORD = "source.json"
_LOCK_POLL_SECONDS = 0.1
PICKLED = (".bin", ".pt", ".pth", ".ckpt", ".pkl")
TOKENIZER_FILES = (
    "tokenizer.json",
    "tokenizer.model",
    "vocab.json",
    "vocab.txt",
    "spiece.model",
    "sentencepiece.bpe.model",
    "source.spm",
)


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model on this machine, ready to be loaded.

    `gguf` is the file it was converted from, if there is one and it is still there.
    """

    path: Path
    name: str
    source: str
    gguf: Path | None = None
    licence: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Record:
    """What source.json says. `gguf` is a name in the folder, or the path of a file of the writer's."""

    source: str
    name: str
    licence: str = ""
    gguf: str = ""
    gguf_sha256: str = ""
    gguf_size: int = 0
    gguf_mtime_ns: int = 0
    files: dict[str, int] = field(default_factory=dict)
    format: int = FORMAT
    kind: str = ""  # "speech" for what the engine does not load: its weights are no safetensors


def problem_of(path: Path) -> str:
    """Return in one line why no model can be loaded from the folder `path`, or "" if one can."""
    names = {file.name for file in path.iterdir()}
    if not any(name.endswith(".safetensors") for name in names):
        if any(name.endswith(PICKLED) for name in names):
            return pickled(path)
        return told(
            "{path} holds no model: it needs *.safetensors, config.json and tokenizer.json.", path=str(path)
        )
    if "config.json" not in names:
        return told("{path} has no config.json: fetch the whole model again.", path=str(path))
    if not names & set(TOKENIZER_FILES):
        return told("{path} has no tokenizer: fetch the whole model again.", path=str(path))
    for index in path.glob("*.safetensors.index.json"):
        missing = sorted(set(_shards(index)) - names)
        if missing:
            return told("{path} lacks {file}: fetch the whole model again.", path=str(path), file=missing[0])
    return ""


def _shards(index: Path) -> list[str]:
    try:
        return list(map(str, inspection.settings(index)["weight_map"].values()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ["what its index lists"]


def pickled(path: Path) -> str:
    """Return the line that refuses the pickled weights at `path`."""
    return told(
        "{path} has pickled weights, which can run code when they are opened:"
        " choose the same model as safetensors or GGUF.",
        path=str(path),
    )


@contextmanager
def staged(folder: Path, job: Job, *, keep: str) -> Iterator[Path]:
    """Give the hidden folder in which `folder` is put together, alone among all processes.

    Of what a failed or killed try leaves there only the file `keep` and unfinished downloads stay, for the
    next one.
    """
    stage = folder.with_name(f".{folder.name}.partial")
    with _locked(folder, lambda: job.report(told("Waiting for another process to prepare the model"), -1.0)):
        stage.mkdir(exist_ok=True)
        _tidy(stage, keep)
        try:
            yield stage
        finally:
            if stage.exists():
                _tidy(stage, keep)
                if not any(stage.iterdir()):
                    stage.rmdir()


def _tidy(stage: Path, keep: str) -> None:
    for path in stage.iterdir():
        if path.name not in (keep, HUB_FOLDER, WHEELS_FOLDER) or (path.is_dir() and not size_of(path)):
            _delete(path)


@contextmanager
def _locked(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of `folder`. What `waiting` raises, called while another has it, ends the wait."""
    lock = FileLock(folder.with_name(f".{folder.name}.lock"))
    while not lock.acquire():
        waiting()
        time.sleep(_LOCK_POLL_SECONDS)
    try:
        yield
    finally:
        lock.release()  # the file stays: deleting it would let two holders in


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def publish(stage: Path, folder: Path, record: Record) -> ModelFolder:
    """Put the finished `stage` in the place of `folder`."""
    if problem := "" if record.kind == "speech" else problem_of(stage):
        shutil.rmtree(stage)
        raise ModelUnavailable(problem.replace(str(stage), record.name))
    try:
        if record.kind != "speech":
            inspection.check(stage)
    except ValueError as error:
        shutil.rmtree(stage)
        raise ModelUnavailable(
            told(
                "{name} cannot be read: {why}. Choose another model.",
                name=record.name,
                why=inspection.reason(error),
            )
        ) from error
    for fetched in (HUB_FOLDER, WHEELS_FOLDER):
        _delete(stage / fetched)
    write_record(stage, record)
    old = folder.with_name(f".{folder.name}.old")
    _delete(old)
    if folder.exists():
        folder.rename(old)
    stage.rename(folder)
    _delete(old)
    found = ready(folder)
    if found is None:
        text = told(
            "{name} could not be stored in {folder}: remove that folder.",
            name=record.name,
            folder=str(folder),
        )
        raise ModelUnavailable(text)
    return found


def make_room(needed: int) -> None:
    """Raise ModelUnavailable if the disk of the models has not `needed` bytes free."""
    free = shutil.disk_usage(paths.models_folder()).free
    if free < needed:
        raise ModelUnavailable(
            told(
                "The disk of {folder} has {free:.1f} GB free,"
                " the model needs {needed:.1f} GB: make room and try again.",
                folder=str(paths.models_folder()),
                free=free / 1e9,
                needed=needed / 1e9,
            )
        )


def write_record(folder: Path, record: Record) -> ModelFolder:
    """Write source.json, with the sizes of the weights that are in `folder` now."""
    weights = "*.bin" if record.kind == "speech" else "*.safetensors"
    sizes = {file.name: file.stat().st_size for file in folder.glob(weights)}
    values = asdict(record) | {"files": sizes}
    temporary = folder / (RECORD + ".partial")
    temporary.write_text(json.dumps(values, indent=1), encoding="utf-8")
    os.replace(temporary, folder / RECORD)  # noqa: PTH105 - one call, on every platform
    return model_folder(folder, record)


def read_record(folder: Path) -> Record | None:
    """Return what source.json in `folder` says; None if there is none that can be read."""
    try:
        values = inspection.settings(folder / RECORD)
        return Record(**values)
    except (OSError, ValueError, TypeError):
        return None


def ready(folder: Path, sha256: str = "") -> ModelFolder | None:
    """Return the model in `folder` if it is whole, of today's format and made from what has `sha256`."""
    record = read_record(folder)
    if record is None or record.format != FORMAT or not record.files:
        return None
    if sha256 and record.gguf_sha256 not in ("", sha256):
        return None
    for name, size in record.files.items():
        file = folder / name
        if not file.is_file() or file.stat().st_size != size:
            return None
    whole = record.kind == "speech" or not problem_of(folder)
    return model_folder(folder, record) if whole else None


def model_folder(folder: Path, record: Record) -> ModelFolder:
    """Return the model in `folder`, not checking that it is whole."""
    gguf = folder / record.gguf
    kept = gguf if record.gguf and gguf.is_file() else None
    return ModelFolder(folder, record.name, record.source, kept, record.licence, record.kind)


def installed() -> list[tuple[ModelFolder, int]]:
    """Return the models in the cache that are ready, each with its bytes on disk."""
    folders = [path for path in sorted(paths.models_folder().iterdir()) if not path.name.startswith(".")]
    found = (ready(folder) for folder in folders)
    return [(model, size_of(model.path)) for model in found if model]


def partial(folder: Path) -> int:
    """Return the bytes that an unfinished download of the model in `folder` has left."""
    return size_of(folder.with_name(f".{folder.name}.partial"))


def remove(name: str) -> int:
    """Delete the cached model whose folder or source is `name`; return the bytes freed.

    0 if there was none. What lies outside the cache, a GGUF file of the writer's above all, is never
    touched. Raises ModelUnavailable while another process is preparing that model, OSError.
    """
    root = paths.models_folder()
    folders = {model.path for model, _ in installed() if name == model.source}
    if name and Path(name).name == name and not name.startswith("."):
        folders.add(root / name)
    return sum(_remove_folder(folder) for folder in folders)


def _remove_folder(folder: Path) -> int:
    def refuse() -> None:
        raise ModelUnavailable(f"{folder.name} is being prepared by another process: try again later.")

    found = [path for path in (folder, folder.with_name(f".{folder.name}.partial")) if path.is_dir()]
    if not found:
        return 0
    with _locked(folder, refuse):
        freed = sum(size_of(path) for path in found)
        for path in found:
            shutil.rmtree(path)
    return freed
