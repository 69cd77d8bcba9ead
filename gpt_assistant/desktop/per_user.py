"""Puts the program into one writer's menu, for installations by pip or pipx, and takes it out again.

What was written is kept in a list with the sum of each file, so that taking away removes exactly that: a
file that somebody has changed since, a menu entry that a desktop has edited, stays.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from gpt_assistant import paths
from gpt_assistant.desktop.files import NAME, ZSH, shared

_RECORD = "desktop-files.json"
_SECONDS = 30


def install() -> list[str]:
    """Write the files; return a line for each. Files of an earlier time are replaced.

    Raises OSError where they cannot be written; those already written are taken away again then.
    """
    if not sys.platform.startswith("linux") and "bsd" not in sys.platform:
        raise OSError("Only desktops of freedesktop.org, on Linux and the BSDs, are added to in this way.")
    share = share_folder()
    known = _recorded()
    written: dict[str, str] = {}
    try:
        for name, data in shared(program()).items():
            if name == ZSH:  # which has no place of its own for one user
                continue
            path = share / name
            _write(path, data)
            written[str(path)] = hashlib.sha256(data).hexdigest()
        _record(known | written)
    except OSError:
        for name in written.keys() - known.keys():
            _remove(Path(name), share)
        raise
    _refresh(share)
    return [f"wrote {path}" for path in written]


def uninstall() -> list[str]:
    """Remove what `install` has written; return a line for each file. Raises OSError."""
    share = share_folder()
    lines = []
    for path, digest in _recorded().items():
        file = Path(path)
        if not file.is_file():
            continue
        if hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            lines.append(f"left {path}, which was changed since")
            continue
        _remove(file, share)
        lines.append(f"removed {path}")
    (paths.data_folder() / _RECORD).unlink(missing_ok=True)
    _refresh(share)
    return lines or ["There was nothing to remove."]


def share_folder() -> Path:
    """Return the folder of this writer's shared data (XDG Base Directory Specification)."""
    given = os.environ.get("XDG_DATA_HOME", "")
    return Path(given) if given.startswith("/") else Path.home() / ".local/share"


def program() -> str:
    """Return the absolute path of the running command, or of the one that lies beside this Python."""
    here = Path(sys.argv[0])
    for path in (here, Path(sys.executable).parent / NAME):
        if path.name == NAME and path.is_file() and os.access(path, os.X_OK):
            return str(path.absolute())
    found = shutil.which(NAME)
    if found is None:
        raise OSError(f"The command {NAME} is not on the PATH: install the program with pip or pipx first.")
    return str(Path(found).absolute())


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _remove(file: Path, share: Path) -> None:
    """Remove a file, and the folders above it that are empty then, up to the shared data's."""
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == share or not folder.is_relative_to(share) or any(folder.iterdir()):
            return
        folder.rmdir()


def _recorded() -> dict[str, str]:
    try:
        stored = json.loads((paths.data_folder() / _RECORD).read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(path): str(digest) for path, digest in stored.items()} if isinstance(stored, dict) else {}


def _record(written: dict[str, str]) -> None:
    _write(paths.data_folder() / _RECORD, json.dumps(written, indent=1).encode())


def _refresh(share: Path) -> None:
    """Tell the desktop's caches, where there are any; it looks for itself otherwise."""
    commands = [["update-desktop-database", "-q", str(share / "applications")]]
    icons = share / "icons/hicolor"
    if (icons / "icon-theme.cache").exists():
        commands.append(["gtk-update-icon-cache", "-q", "-t", "-f", str(icons)])
    for command in commands:
        if shutil.which(command[0]) and Path(command[-1]).is_dir():
            subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS)
