"""A build of PyTorch that the writer has added, for a graphics card, in the place of the one that came along.

The packages that are installed with one click have the build for the CPU: with CUDA they would be 3 GB
larger. `gpt-assistant torch install` puts another one into the folder `torch` of the writer's data (or
`GPT_ASSISTANT_TORCH`), and what lies there comes first, for this Python only. `take` looks whether it is
made for this Python, which costs nothing; whether it can be imported shows when it is (`check`). A library
that is half loaded cannot be taken back, so a build that fails is left out by starting the process again.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

from gpt_assistant import paths
from gpt_assistant.text.told import Told, told

_FOLDER = "GPT_ASSISTANT_TORCH"
_FAILED = "GPT_ASSISTANT_TORCH_FAILED"  # why; also set, to "off", where the writer does not want it


def folder() -> Path:
    """Return where an added build lies or would lie; it need not exist."""
    elsewhere = os.environ.get(_FOLDER)
    return Path(elsewhere).expanduser() if elsewhere else paths.data_folder() / "torch"


def leave_out() -> None:
    """Use no added build in this process and in those that it starts."""
    os.environ[_FAILED] = "off"


def take() -> str:
    """Put the added build, if there is one, in front of the one that came along.

    Returns "" if it was taken or if there is none, else one line that says why it is not.
    """
    where = folder()
    if _FAILED in os.environ:
        sys.path[:] = [path for path in sys.path if path != str(where)]
        return ""
    if not (where / "torch").is_dir():
        return ""
    if not fits(where):
        return told(
            "The PyTorch in {folder} is not for Python {version}: `gpt-assistant torch install` renews it.",
            folder=str(where),
            version=".".join(map(str, sys.version_info[:2])),
        )
    if str(where) not in sys.path:
        sys.path.insert(0, str(where))
    return ""


def fits(where: Path) -> bool:
    """Return whether the build in the folder `where` is made for this version of Python."""
    suffix = sysconfig.get_config_var("EXT_SUFFIX") or ""
    return any((where / "torch" / f"_C{end}").is_file() for end in (suffix, ".abi3.so", ".pyd") if end)


def check() -> None:
    """Import the added build, if it was taken; if that fails, start this process again without it.

    To be called before anything else of the process is worth keeping, and only by one that needs torch.
    """
    where = str(folder())
    if _FAILED in os.environ or where not in sys.path:
        return
    try:
        import torch  # noqa: F401, PLC0415 (seconds, and only where it was asked for)
    except Exception as error:  # a library that is missing, a driver that is too old, half a download
        os.environ[_FAILED] = " ".join(str(error).split())[:200] or type(error).__name__
        print(f"gpt-assistant: {failure()}", file=sys.stderr, flush=True)
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def failure() -> Told | None:
    """Return one line that says why the added build could not be imported; None if nothing failed."""
    why = os.environ.get(_FAILED, "off")
    if why == "off":
        return None
    return told(
        "The PyTorch in {folder} does not work here ({why}); the one for the CPU is used.",
        folder=str(folder()),
        why=why,
    )
