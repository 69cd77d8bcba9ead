"""Installs the Debian package into a clean Debian, uses it as a writer does, and removes it again.

    python packaging/test_package.py dist/gpt-assistant_*.deb        (as root; `make package-test`)

It is started from its menu entry, by `gio launch`, as an ordinary user without a network, on a display of
Xvfb. Keys are pressed as on a keyboard, and the file that they save is looked at. Screenshots and figures
are left in build/package-test. Every step that fails ends it with one line and exit code 1.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests/e2e"))

import xvfb
from clean_root import USER, NotHere, Root, clean_root
from xvfb import Display

TOP = Path(__file__).parent.parent
RESULTS = TOP / "build/package-test"
ENTRY = "/usr/share/applications/gpt-assistant.desktop"
MOST_INSTALLED, MOST_PACKED = 900_000_000, 350_000_000
MOST_SECONDS_TO_WINDOW = 2.0
START = "The first boats came in before the sun was up. Nobody said a word.\n\n"
SENTENCE = "It was cold, and the first boats came i"
GO_ON = "n before the sun was up. Thank you very much for your help."
SLOW = 180.0


class Failure(Exception):  # noqa: N818 - named for what happened
    """What a step found wrong, in one line."""


def main(package: Path) -> None:
    """Run all steps; raises Failure."""
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir(parents=True)
    figures: dict[str, float] = {"packed_bytes": package.stat().st_size}
    _lint(package)
    with xvfb.display() as screen, clean_root(TOP / "build/clean-root") as root:
        figures |= _install(root, package)
        files = root.run("dpkg", "-L", "gpt-assistant").split("\n")
        _validate(root)
        for name in ("first", "second"):
            figures |= _write(root, screen, name)
        _remove(root, files)
    figures["loaded_machine"] = os.getloadavg()[0]
    (RESULTS / "figures.json").write_text(json.dumps(figures, indent=1))
    for name, value in figures.items():
        _say(f"{name}: {value:.2f}" if value < 1e5 else f"{name}: {value / 1e6:.1f} million")
    _check_bars(figures)


def _lint(package: Path) -> None:
    """Let lintian look at it, where there is one."""
    if not shutil.which("lintian"):
        _say("lintian is not installed: skipped")
        return
    command = ["lintian", "--fail-on", "error", "--tag-display-limit", "4", package]
    if os.geteuid() == 0:
        command.insert(1, "--allow-root")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    (RESULTS / "lintian.txt").write_text(done.stdout + done.stderr)
    if done.returncode:
        errors = [line for line in done.stdout.splitlines() if line.startswith("E:")]
        raise Failure(f"lintian: {'; '.join(errors[:5]) or done.stderr}")
    _say("lintian has no errors")


def _install(root: Root, package: Path) -> dict[str, float]:
    _say("installing into a clean Debian")
    shutil.copy(package, root.folder / "var/tmp/new.deb")
    root.run("apt-get", "update", "-qq")
    # gio starts menu entries, and the other looks at them: what a desktop would have
    root.run(
        "apt-get", "install", "-y", "-qq", "--no-install-recommends", "libglib2.0-bin", "desktop-file-utils"
    )
    started = time.monotonic()
    root.run(
        "apt-get", "install", "-y", "-qq", "--no-install-recommends", "/var/tmp/new.deb", "fonts-dejavu-core"
    )
    seconds = time.monotonic() - started
    (root.folder / "var/tmp/new.deb").unlink()
    kibibytes = root.run("dpkg-query", "-W", "-f", "${Installed-Size}", "gpt-assistant")
    return {"installed_bytes": int(kibibytes) * 1024.0, "seconds_to_install": seconds}


def _validate(root: Root) -> None:
    root.run("desktop-file-validate", ENTRY)
    known = (root.folder / "usr/share/applications/mimeinfo.cache").read_text()
    for kind in ("text/plain", "text/markdown"):
        if f"{kind}=gpt-assistant.desktop" not in known:
            raise Failure(f"{kind} is not opened with it")
    if shutil.which("appstreamcli"):
        page = root.folder / "usr/share/metainfo/gpt-assistant.metainfo.xml"
        done = subprocess.run(
            ["appstreamcli", "validate", "--no-net", page], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Failure(f"appstreamcli: {done.stdout.strip()}")
    version = root.run("gpt-assistant", "--version").strip()
    _say(f"{version} is installed, in the menu and opens text and Markdown")


def _write(root: Root, screen: Display, name: str) -> dict[str, float]:
    """Start it from the menu, type, take a suggestion and save; return what was measured."""
    file = root.home / f"{name}.md"
    picture = RESULTS / f"{name}.png"
    started = time.monotonic()
    running = root.start(
        *("gio", "launch", ENTRY, f"/home/{USER}/{file.name}"),
        network=False,
        DISPLAY=screen.name,
        XDG_SESSION_TYPE="x11",
    )
    try:
        _wait(lambda: screen.window(file.name), SLOW, "no window came up")
        window = time.monotonic() - started
        screen.focus(screen.window(file.name))
        time.sleep(0.5)
        screen.type(START, gap=0.01)
        screen.press("Ctrl+s")
        _wait(lambda: _text(file) == START, 20, "what was typed was not saved")
        models = root.home / ".cache/gpt-assistant/models"
        # Made ready at the first start; with the kernel the packed weights are not needed and not written.
        _wait(lambda: list(models.glob("*/source.json")), SLOW, "the model was not prepared")
        ready = time.monotonic() - started
        taken, seconds = _take_suggestion(screen, file, picture)
    except Failure:
        _save_picture(screen, RESULTS / f"{name}-failed.png")
        raise
    finally:
        _end(root, running)
    _say(f"{name} start: window after {window:.2f} s; typed, saved and taken: {taken!r}")
    return {
        f"{name}_start_to_window": window,
        f"{name}_start_to_model": ready,
        f"{name}_to_suggestion": seconds,
    }


def _take_suggestion(screen: Display, file: Path, picture: Path) -> tuple[str, float]:
    """Type on until Tab inserts more than a tab; return that and the seconds that it took."""
    started = time.monotonic()
    screen.type(SENTENCE, gap=0.02)
    typed = START + SENTENCE
    for character in GO_ON:
        screen.press(character)
        typed += character
        time.sleep(2.0)
        _save_picture(screen, picture)
        screen.press("Tab")
        screen.press("Ctrl+s")
        _wait(lambda typed=typed: len(_text(file)) > len(typed), 20, "Tab changed nothing")
        taken = _text(file).removeprefix(typed)
        if taken.strip():
            return taken, time.monotonic() - started
        screen.press("Backspace")  # nothing was suggested: a tab
    raise Failure("no suggestion came")


def _remove(root: Root, files: list[str]) -> None:
    """Remove the package and what it had brought along; nothing may be left but the writer's own."""
    # as if root had run it and Python had kept what it compiled
    (root.folder / "usr/lib/gpt-assistant/lib/__pycache__").mkdir(exist_ok=True)
    root.run("apt-get", "purge", "-y", "-qq", "--auto-remove", "gpt-assistant")
    left = [path for path in files if "gpt-assistant" in path and (root.folder / path.lstrip("/")).exists()]
    named = [path for path in root.paths() if "gpt-assistant" in path and not path.startswith("home/")]
    cache = root.folder / "usr/share/applications/mimeinfo.cache"
    if cache.exists() and "gpt-assistant" in cache.read_text():
        named.append("an entry in mimeinfo.cache")
    if left or named:
        raise Failure(f"left behind: {', '.join([*left, *named][:8])}")
    if _text(root.home / "first.md") == "":
        raise Failure("the writer's own document is gone")
    _say("removed without a trace; the writer's documents and settings are there")


def _check_bars(figures: dict[str, float]) -> None:
    if figures["installed_bytes"] > MOST_INSTALLED or figures["packed_bytes"] > MOST_PACKED:
        raise Failure("the package is too large")
    quickest = min(figures["first_start_to_window"], figures["second_start_to_window"])
    if quickest > MOST_SECONDS_TO_WINDOW and figures["loaded_machine"] < 1.5 * (os.cpu_count() or 1):
        raise Failure(f"the window takes {quickest:.1f} s")


# Small parts


def _wait(true: Callable[[], object], seconds: float, otherwise: str) -> None:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise Failure(otherwise)
        time.sleep(0.01)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _save_picture(screen: Display, path: Path, width: int = 1100) -> None:
    """Write what is on screen as a PNG file (RFC 2083)."""
    pixels = screen.pixels()
    rows = (pixels[at : at + 4 * width] for at in range(0, len(pixels), 4 * width))
    raw = b"".join(
        b"\0" + bytes(v for i in range(0, len(r), 4) for v in (r[i + 2], r[i + 1], r[i])) for r in rows
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    size = width.to_bytes(4, "big") + (len(pixels) // 4 // width).to_bytes(4, "big")
    head = chunk(b"IHDR", size + b"\x08\x02\0\0\0")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


def _end(root: Root, running: subprocess.Popen[bytes]) -> None:
    """End the program, which gio has started and left, and all else that runs in the root."""
    running.wait(30)
    for process in Path("/proc").glob("[0-9]*"):
        try:
            inside = (process / "root").resolve() == root.folder.resolve()
        except OSError:
            continue
        if inside:
            os.kill(int(process.name), signal.SIGTERM)
    time.sleep(2)


def _say(line: str) -> None:
    print(f"package test: {line}", flush=True)


if __name__ == "__main__":
    if os.geteuid() != 0 or not shutil.which("debootstrap") or not xvfb.installed():
        raise SystemExit("The test of the package needs root, debootstrap and Xvfb.")
    try:
        main(Path(sys.argv[1]))
    except NotHere as reason:
        print(f"package test: not possible here: {reason}")
    except (Failure, RuntimeError) as failure:
        raise SystemExit(f"package test: {failure}") from None
