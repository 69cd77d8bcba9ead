"""A Debian with nothing in it, in a folder: debootstrap's smallest, kept as an archive between runs.

Root is needed, for chroot. /proc and the X server's sockets are mounted into it where this machine permits
mounting; where it does not (a container without that right) the tests that want them say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

USER = "writer"
_UID = 1000


class NotHere(Exception):  # noqa: N818 - named for what happened
    """This machine cannot make a clean root; one line says why."""


_SOCKETS = "/tmp/.X11-unix"


class Root:
    """The folder, and commands that run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sockets = False  # whether a display can be reached by a file, without a network
        self.home = folder / "home" / USER

    def run(self, *command: str) -> str:
        """Run a command as root and return what it says; raises RuntimeError with that if it fails."""
        done = subprocess.run(
            ["chroot", str(self.folder), *command],
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout[-3000:]}")
        return done.stdout

    def start(self, *command: str, network: bool = True, **environment: str) -> subprocess.Popen[bytes]:
        """Start a command as the ordinary user; without `network` it sees no interface at all."""
        alone = ["unshare", "--net"] if self.sockets and not network else []
        who = ["chroot", f"--userspec={_UID}:{_UID}", str(self.folder)]
        inside = {"HOME": f"/home/{USER}", "USER": USER, "PWD": f"/home/{USER}"}
        return subprocess.Popen(
            [*alone, *who, "env", "-C", f"/home/{USER}", *command],
            env=_ENVIRONMENT | inside | environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def paths(self) -> set[str]:
        """Return every path in it, but for what is mounted."""
        found = set()
        for folder, folders, files in os.walk(self.folder):
            here = Path(folder).relative_to(self.folder)
            found |= {str(here / name) for name in (*folders, *files)}
            if here == Path():
                folders[:] = [name for name in folders if name not in ("proc", "sys", "dev", "tmp", "run")]
        return found


_ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "DEBIAN_FRONTEND": "noninteractive",
    "LANG": "C.UTF-8",
}


@contextmanager
def clean_root(folder: Path) -> Iterator[Root]:
    """Give a fresh Debian of this machine's release in `folder`, which is removed at the end."""
    archive = _archive()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    subprocess.run(["tar", "--numeric-owner", "-xf", archive, "-C", folder], check=True)
    shutil.copy("/etc/resolv.conf", folder / "etc/resolv.conf")
    root = Root(folder)
    root.run("useradd", "--create-home", "--uid", str(_UID), USER)
    mounted = [place for place in ("/proc", "/dev", _SOCKETS) if _mount(place, folder)]
    root.sockets = _SOCKETS in mounted
    try:
        yield root
    finally:
        for place in reversed(mounted):
            subprocess.run(["umount", "--lazy", f"{folder}{place}"], check=False)
        if not any(os.path.ismount(f"{folder}{place}") for place in mounted):
            shutil.rmtree(folder, ignore_errors=True)


def _mount(place: str, folder: Path) -> bool:
    target = Path(f"{folder}{place}")
    target.mkdir(parents=True, exist_ok=True)
    Path(place).mkdir(exist_ok=True)
    command = ["mount", "--bind", place, str(target)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _archive() -> Path:
    """Return the archive of the smallest Debian, made first where there is none."""
    release = dict(
        line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if "=" in line
    )
    suite = release["VERSION_CODENAME"].strip('"')
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gpt-assistant-packaging"
    archive = cache / f"{suite}-minbase.tar"
    if archive.exists():
        return archive
    cache.mkdir(parents=True, exist_ok=True)
    work = cache / f"{suite}.partial"
    shutil.rmtree(work, ignore_errors=True)
    done = subprocess.run(
        ["debootstrap", "--variant=minbase", suite, work, _mirror(suite)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotHere(f"debootstrap could not make a clean root: {done.stdout.strip().splitlines()[-1]}")
    with suppress(OSError):
        for package in (work / "var/cache/apt/archives").glob("*.deb"):
            package.unlink()
    part = archive.with_suffix(".part")
    subprocess.run(["tar", "--numeric-owner", "-cf", part, "-C", work, "."], check=True)
    part.replace(archive)
    shutil.rmtree(work, ignore_errors=True)
    return archive


def _mirror(suite: str) -> str:
    """Return where this machine's apt takes the release `suite` from."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(SITE) $(RELEASE) $(COMPONENT)"],
        check=True,
        capture_output=True,
        text=True,
    )
    sites = [row.split()[0] for row in listed.stdout.splitlines() if row.split()[1:] == [suite, "main"]]
    if not sites:
        raise NotHere(f"apt on this machine has no packages of {suite}: `apt-get update` first.")
    return sites[0]
