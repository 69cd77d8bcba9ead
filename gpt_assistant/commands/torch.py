"""`gpt-assistant torch`: adds a build of PyTorch for a graphics card, describes it, takes it away.

pip fetches it, as it is set up on this machine, into a folder of the writer's (engine/added_torch.py): on
Linux the package that it finds by default is the one for CUDA. Interrupted or failed, nothing is changed.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from gpt_assistant import connections
from gpt_assistant.engine import added_torch

_SECONDS_TO_ANSWER = 120


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of `gpt-assistant torch` on its own `parser`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("info", help="which build is used, and on which device")
    install = actions.add_parser("install", help="fetch a build for a graphics card (about 3 GB)")
    install.add_argument("--index-url", metavar="URL", help="the package index to take it from")
    install.add_argument("--version", metavar="VERSION", help="which version (default: the one tested)")
    actions.add_parser("remove", help="delete the added build")


def run(args: argparse.Namespace) -> int:
    """Carry out the action; return the exit code."""
    return {"info": _info, "install": _install, "remove": _remove}[args.action](args)


def _info(_args: argparse.Namespace) -> int:
    code = (
        "import torch; gpu = torch.cuda.is_available();"
        "print(torch.__version__, torch.__file__, torch.cuda.get_device_name() if gpu else 'cpu', sep='\\n')"
    )
    search = f"import sys; sys.path[:] = {sys.path!r}; "
    done = subprocess.run(
        [sys.executable, "-I", "-c", search + code],
        capture_output=True,
        text=True,
        timeout=_SECONDS_TO_ANSWER,
        check=False,
    )
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:] or ["it ended without a reason"]
        return _fail(f"PyTorch in {added_torch.folder()} cannot be imported: {reason[0]}")
    version, file, device = done.stdout.strip().splitlines()[-3:]
    print(f"{'PyTorch:':<10}{version}\n{'From:':<10}{Path(file).parent.parent}\n{'Device:':<10}{device}")
    return 0


def _install(args: argparse.Namespace) -> int:
    if connections.is_offline():
        return _fail("“Stay offline” is on, turn it off or run `gpt-assistant torch --no-offline install`.")
    if importlib.util.find_spec("pip") is None:
        return _fail("pip is missing from this Python, `python -m ensurepip` installs it.")
    where = added_torch.folder()
    stage = where.with_name(f".{where.name}.partial")
    shutil.rmtree(stage, ignore_errors=True)
    version = args.version or metadata.version("torch").split("+")[0]
    command = [sys.executable, "-m", "pip", "install", "--target", str(stage), "--no-warn-script-location"]
    command += ["--disable-pip-version-check", "--no-input", f"torch=={version}"]
    command += ["--index-url", args.index_url] if args.index_url else []
    try:
        code = subprocess.run(command, stdout=sys.stderr, check=False).returncode
        if code or not added_torch.fits(stage):
            return _fail(f"PyTorch {version} could not be had; nothing was changed. pip says why above.")
        shutil.rmtree(where, ignore_errors=True)
        stage.rename(where)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    print(f"PyTorch {version} is in {where} and is used from the next start on.")
    return 0


def _remove(_args: argparse.Namespace) -> int:
    where = added_torch.folder()
    if not where.is_dir():
        return _fail(f"There is no PyTorch in {where}.")
    shutil.rmtree(where)
    print(f"{where} is removed; the build that came with the program is used from the next start on.")
    return 0


def _fail(line: str) -> int:
    print(f"gpt-assistant: {line}", file=sys.stderr)
    return 1
