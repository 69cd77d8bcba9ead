"""--install-desktop and --uninstall-desktop, as they are run, with a home of their own."""

from __future__ import annotations

import configparser
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from gpt_assistant import paths
from gpt_assistant.desktop import files, icons, per_user

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="freedesktop.org's desktops")


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    return tmp_path / "share"


def command(*options: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "gpt_assistant", *options]
    return subprocess.run(program, capture_output=True, text=True, check=False)


def everything(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file() and path.name != "mimeinfo.cache"}


def test_it_writes_what_it_says_and_removes_exactly_that(share: Path) -> None:
    theirs = share / "applications/other.desktop"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("[Desktop Entry]\nType=Application\nName=Other\nExec=other\n")
    done = command("--install-desktop")
    assert done.returncode == 0, done.stderr
    said = {Path(line.removeprefix("wrote ")) for line in done.stdout.splitlines()}
    assert everything(share) == said | {theirs}
    assert share / "applications/gpt-assistant.desktop" in said
    assert share / "man/man1/gpt-assistant.1" in said
    assert share / "bash-completion/completions/gpt-assistant" in said

    done = command("--uninstall-desktop")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(said)
    assert everything(share) == {theirs}
    assert not (share / "icons").exists()
    assert "nothing to remove" in command("--uninstall-desktop").stdout


def test_a_second_time_changes_nothing_and_what_was_edited_stays(share: Path) -> None:
    first = per_user.install()
    before = {path: path.read_bytes() for path in everything(share)}
    assert per_user.install() == first
    assert {path: path.read_bytes() for path in everything(share)} == before
    entry = share / files.ENTRY
    entry.write_text(entry.read_text() + "X-Mine=true\n")
    lines = per_user.uninstall()
    assert [line for line in lines if line.startswith("left")] == [f"left {entry}, which was changed since"]
    assert everything(share) == {entry}


def test_a_home_that_cannot_be_written_to_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = tmp_path / "wall"
    wall.touch()  # a file where a folder should be stops root as well
    monkeypatch.setenv("XDG_DATA_HOME", str(wall))
    done = command("--install-desktop")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert str(wall) in done.stderr
    assert not (paths.data_folder() / "desktop-files.json").exists()


def test_a_failure_in_the_middle_leaves_nothing(share: Path) -> None:
    blocked = share / "man"
    blocked.parent.mkdir()
    blocked.touch()
    with pytest.raises(OSError, match="man"):
        per_user.install()
    assert everything(share) == {blocked}


def test_the_entry_starts_this_very_command(share: Path) -> None:
    per_user.install()
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string((share / files.ENTRY).read_text(encoding="utf-8"))
    main = parser["Desktop Entry"]
    program, placeholder = shlex.split(main["Exec"])
    assert os.access(program, os.X_OK)
    assert Path(program).is_absolute()
    assert placeholder == "%F"
    for action in main["Actions"].rstrip(";").split(";"):
        words = shlex.split(parser[f"Desktop Action {action}"]["Exec"])
        assert words == [program, "--new-document"]
    assert {"text/plain", "text/markdown"} <= set(main["MimeType"].split(";"))


@pytest.mark.parametrize("path", ["/a b/gpt-assistant", "/100%/gpt-assistant", '/q"$`\\/gpt-assistant'])
def test_odd_paths_survive_the_entry(path: str, tmp_path: Path) -> None:
    text = files.entry(path)
    (line,) = (row for row in text.splitlines() if row.startswith("Exec=") and row.endswith("%F"))
    value = line.removeprefix("Exec=").replace("\\\\", "\\")  # an entry's string, then its quoting
    quoted = value.removesuffix(" %F").replace("%%", "%")  # by the rules of the shell, that is
    done = subprocess.run(["sh", "-c", f"printf %s {quoted}"], capture_output=True, text=True, check=True)
    assert done.stdout == path
    if shutil.which("desktop-file-validate"):
        entry = tmp_path / "odd.desktop"
        entry.write_text(text, encoding="utf-8")
        subprocess.run(["desktop-file-validate", str(entry)], check=True)


def test_icons_have_their_sizes_and_something_on_them() -> None:
    for size, data in icons.pngs().items():
        image = QImage.fromData(data)
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(size // 2, size // 6).alpha() == 255
        assert image.pixelColor(0, 0).alpha() == 0
    assert {16, 32, 48, 128, 256, 512} <= set(icons.SIZES)
