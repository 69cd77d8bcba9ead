"""Run as a process of its own by fetch.py: fetches one repository of the hub into a folder.

Prints "total: BYTES" first and, if it ends with exit code 1, "failed: REASON".
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

# Only what a model is loaded from, at the top of the repository: never pickled weights, never code.
ALLOWED = ("*.safetensors", "*.json", "*.jinja", "*.model", "*.spm", "merges.txt", "vocab.txt", "LICENSE*")
_CONVERTER = "SFconvertbot"
IGNORED = ("*/*", "consolidated*", "training_args*")


def wanted(names_and_sizes: dict[str, int]) -> dict[str, int]:
    """Return the files of a repository that are fetched, with their sizes in bytes."""
    return {
        name: size
        for name, size in names_and_sizes.items()
        if any(fnmatch(name, pattern) for pattern in ALLOWED)
        and not any(fnmatch(name, pattern) for pattern in IGNORED)
    }


def download(repository: str, folder: str) -> None:
    """Fetch `repository` into `folder`. Raises SystemExit with a reason, or what huggingface_hub raises."""
    from huggingface_hub import HfApi, snapshot_download  # noqa: PLC0415

    api = HfApi()
    info = api.model_info(repository, files_metadata=True)
    listed = {file.rfilename: file.size or 0 for file in info.siblings or ()}
    files = wanted(listed)
    if not _holds_weights(files):
        if (revision := _converted(api, repository)) is None:
            raise SystemExit(_no_weights(repository, listed))
        info = api.model_info(repository, revision=revision, files_metadata=True)
        files = wanted({file.rfilename: file.size or 0 for file in info.siblings or ()})
        if not _holds_weights(files):
            raise SystemExit(_no_weights(repository, listed))
    print(f"total: {sum(files.values())}", flush=True)
    _make_room(Path(folder), sum(files.values()))
    snapshot_download(
        repository,
        revision=info.sha,
        local_dir=folder,
        allow_patterns=list(ALLOWED),
        ignore_patterns=list(IGNORED),
    )
    verify(Path(folder), hashes(info.siblings or ()))


def _make_room(folder: Path, total: int) -> None:
    """Raise SystemExit with a reason if the disk has not room for what is still to come."""
    folder.mkdir(parents=True, exist_ok=True)
    here = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    free = shutil.disk_usage(folder).free
    if free < total - here:
        raise SystemExit(
            f"the disk has {free / 1e9:.1f} GB free and {(total - here) / 1e9:.1f} GB are to come,"
            " make room and try again"
        )


def hashes(siblings: Iterable[Any]) -> dict[str, str]:
    """Return the SHA-256 of the large files of a repository, as the hub states them beside their sizes."""
    found = {}
    for file in siblings:
        about: Any = getattr(file, "lfs", None)
        if about is not None and about.sha256:
            found[file.rfilename] = str(about.sha256)
    return found


def verify(folder: Path, known: Mapping[str, str]) -> None:
    """Remove what has another SHA-256 than the hub says. Raises SystemExit with a reason."""
    for name, sha256 in known.items():
        file = folder / name
        if not file.is_file():
            continue
        with file.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
        if found != sha256:
            file.unlink()
            raise SystemExit(f"{name} was altered on its way and has been removed, try again")


def _holds_weights(files: dict[str, int]) -> bool:
    return any(name.endswith(".safetensors") for name in files)


def _converted(api: Any, repository: str) -> str | None:
    """Return the revision with the safetensors that the hub's own converter has offered; None without one.

    Older models (most of Marian, M2M100, NLLB) have them in a pull request of the account SFconvertbot,
    where transformers looks for them as well.
    """
    from huggingface_hub.errors import HfHubHTTPError  # noqa: PLC0415

    try:
        for discussion in api.get_repo_discussions(
            repository, author=_CONVERTER, discussion_type="pull_request", discussion_status="open"
        ):
            if "safetensors" in discussion.title:
                return f"refs/pr/{discussion.num}"
    except (HfHubHTTPError, KeyError):
        pass  # a hub without discussions, or with others
    return None


def _no_weights(repository: str, listed: dict[str, int]) -> str:
    if any(name.endswith(".gguf") for name in listed):
        return f"{repository} has GGUF files only, download one of them and choose that file"
    if any(name.endswith((".bin", ".pt", ".ckpt", ".pth")) for name in listed):
        return f"{repository} has only pickled weights, which can run code, choose a model with safetensors"
    return f"{repository} holds no model weights"


def reason(error: Exception, repository: str) -> str:
    """Return in a few words what an exception of huggingface_hub means."""
    from huggingface_hub import errors  # noqa: PLC0415

    named: list[tuple[Any, str]] = [
        (errors.GatedRepoError, f"{repository} asks you to accept its terms on the hub and to log in there"),
        (errors.RepositoryNotFoundError, f"the hub has no model {repository}, or it is private"),
        (errors.HFValidationError, f"{repository} is no valid name of a model"),
        (errors.HfHubHTTPError, "the hub refused"),
    ]
    for kind, text in named:
        if isinstance(error, kind):
            return text
    return "the hub could not be reached, check the connection and try again"


def main(repository: str, folder: str) -> int:
    """Return 0, or 1 after printing why not."""
    try:
        download(repository, folder)
    except SystemExit as error:
        print(f"failed: {error.code}")
        return 1
    except Exception as error:
        print(repr(error))
        print(f"failed: {reason(error, repository)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
