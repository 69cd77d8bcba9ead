"""Whatever a file or its disk does, it is one line that says what to do, and the old file is as it was."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gpt_assistant.storage.errors import FileError, explain
from gpt_assistant.storage.textfile import read_text
from gpt_assistant.storage.writing import write_atomically

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def refusal(path: Path, data: bytes = b"new") -> str:
    with pytest.raises(FileError) as caught:
        write_atomically(path, data)
    line = str(caught.value)
    assert len(line.splitlines()) == 1
    assert line.startswith(f"Cannot save {path.name}: ")
    return line


# -- links, folders, devices -----------------------------------------------------------------------


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "real").write_text("old")
    (tmp_path / "middle").symlink_to("folder/real")
    (tmp_path / "link").symlink_to("middle")
    assert read_text(tmp_path / "link").text == "old"
    write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "folder" / "real").read_text() == "new"
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "middle").is_symlink()


def test_a_dangling_link_gets_its_file_and_one_into_nowhere_says_so(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("target")
    write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "target").read_text() == "new"
    assert (tmp_path / "link").is_symlink()
    (tmp_path / "nowhere").symlink_to("no folder/target")
    assert "the folder or file does not exist" in refusal(tmp_path / "nowhere")
    assert (tmp_path / "nowhere").is_symlink()
    with pytest.raises(FileError, match=r"^Cannot open nowhere: the folder or file does not exist"):
        read_text(tmp_path / "nowhere")


def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    assert "its symbolic link leads back to itself" in refusal(tmp_path / "one")
    with pytest.raises(FileError, match="its symbolic link leads back to itself"):
        read_text(tmp_path / "one")
    assert (tmp_path / "one").is_symlink()


def test_pipes_and_devices_are_neither_read_nor_replaced(tmp_path: Path) -> None:
    """Opening a pipe that nobody writes to would wait for ever; /dev/zero never ends."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/null"), tmp_path):
        with pytest.raises(FileError, match="it is not a file"):
            read_text(path)
        assert "it is not a file" in refusal(path)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


# -- in use ----------------------------------------------------------------------------------------

HOLDER = """
import fcntl, sys
file = open(sys.argv[1], "r+")
getattr(fcntl, sys.argv[2])(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("kind", ["flock", "lockf"])
def test_a_file_that_another_program_has_locked(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path), kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    holder.stdout.readline()
    assert "another program is using it. Try again" in refusal(path)
    assert path.read_text() == "old"
    holder.stdin.close()
    holder.wait(10)
    holder.stdout.close()
    write_atomically(path, b"new")
    assert path.read_text() == "new"


# -- disks -----------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a real file system of 256 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)]
    if not ROOT or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("nothing may be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    path = small_disk / "a.txt"
    path.write_text("old")
    assert "the disk is full. Free some space" in refusal(path, b"x" * 300_000)
    assert path.read_text() == "old"
    assert [each.name for each in small_disk.iterdir()] == ["a.txt"]
    write_atomically(path, b"new")
    assert path.read_text() == "new"


def test_a_disk_that_has_become_read_only(small_disk: Path) -> None:
    path = small_disk / "a.txt"
    path.write_text("old")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert "the disk is read-only" in refusal(path) or "no permission" in refusal(path)
    assert path.read_text() == "old"


TRIES = """
from pathlib import Path
from gpt_assistant.storage.textfile import read_text
from gpt_assistant.storage.writing import write_atomically
tries = [(write_atomically, "kept.txt", b"new"), (write_atomically, "closed/new.txt", b"new")]
for do, path, *data in [*tries, (read_text, "secret.txt")]:
    try:
        do(Path(path), *data)
    except OSError as error:
        print(error)
"""


# Root may do everything, unless it gives that up.
MEEK = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if ROOT else []


@pytest.mark.skipif(bool(MEEK) and shutil.which("setpriv") is None, reason="root may do everything")
def test_without_permission(tmp_path: Path) -> None:
    for name, mode in (("kept.txt", 0o444), ("secret.txt", 0o000)):
        (tmp_path / name).write_text("old")
        (tmp_path / name).chmod(mode)
    (tmp_path / "closed").mkdir(mode=0o555)
    command = [*MEEK, sys.executable, "-c", TRIES]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    kept, new, secret = done.stdout.splitlines()
    assert kept.startswith("Cannot save kept.txt: you have no permission.")
    assert new.startswith("Cannot save new.txt: you have no permission.")
    assert secret.startswith("Cannot open secret.txt: you have no permission to read it.")
    assert (tmp_path / "kept.txt").read_text() == "old"


# -- what cannot be brought about here: the error itself -------------------------------------------


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        *((name, "the network folder or the drive is gone. Connect it again") for name in (
            "ESTALE", "ENOTCONN", "ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENODEV", "ECONNRESET"
        )),
        ("EIO", "the disk reports an error"),
        ("EDQUOT", "your disk quota is used up"),
        ("EBUSY", "another program is using it"),
        ("ETXTBSY", "another program is using it"),
        ("EMFILE", "too many files are open"),
        ("EPROTO", "Try again, or choose another place"),
    ],
)  # fmt: skip
def test_each_error_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, wanted: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    number = getattr(errno, name)
    real = os.open

    def failing(target: object, flags: int, *rest: object, **more: object) -> int:
        if flags & os.O_CREAT:
            raise OSError(number, os.strerror(number))
        return real(target, flags, *rest, **more)  # type: ignore[arg-type, call-overload, no-any-return]

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", failing)
        assert wanted in refusal(path)
    assert path.read_text() == "old"


def test_windows_tells_by_numbers_of_its_own() -> None:
    error = OSError(errno.EACCES, "The process cannot access the file")
    error.winerror = 32  # type: ignore[attr-defined,unused-ignore]
    assert "another program is using it" in str(explain(error, Path("a.txt"), "save"))


def test_an_error_that_was_explained_is_not_explained_again(tmp_path: Path) -> None:
    error = explain(OSError(errno.ENOSPC, "x"), tmp_path / "a.txt", "save")
    assert explain(error, tmp_path / "b.txt", "open") is error
    assert error.errno == errno.ENOSPC
