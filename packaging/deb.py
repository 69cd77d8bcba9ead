"""Builds the Debian package: `python packaging/deb.py [--output dist]`, as `make package` does.

The program lies in /usr/lib/gpt-assistant as bundle.py puts it together, with a script of three lines in
/usr/bin. Which packages of Debian it depends on is worked out by dpkg-shlibdeps from every library in it,
but for what plugins of Qt need that a desktop without Wayland or GTK may lack. The scripts of the package
have little to do: the triggers of desktop-file-utils, hicolor-icon-theme and man-db see to the menus.

Compressed with xz at its second level. zstd, which opens quicker, makes 338 MB at its level 9, and lintian
of Debian 12 does not know it.

SOURCE_DATE_EPOCH, else the date of the last commit, dates every file. GPT_ASSISTANT_HOMEPAGE is the address
under which the project is published; the pictures for software centres are taken from below it, and
without it the metadata names none.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import re
import shutil
import struct
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import bundle
from elf import needed

sys.path.insert(0, str(bundle.ROOT))

from gpt_assistant import __version__
from gpt_assistant.desktop import files

DEBIAN = Path(__file__).parent / "debian"
LIBRARY = f"usr/lib/{bundle.PROGRAM}"
DOCUMENTS = f"usr/share/doc/{bundle.PROGRAM}"
LEVEL = "2"
# Plugins that are not loaded where the libraries that they need are missing.
OPTIONAL = re.compile(r"platformthemes/libqgtk3|printsupport/|/libqwayland|wayland-|libdmabuf|libqxcb-glx")
RECOMMENDED = ("fonts-dejavu-core", "libwayland-client0", "libwayland-cursor0", "libwayland-egl1", "libgl1")
SUGGESTED = ("libgtk-3-0", "libcups2", "hunspell-dictionary", "gnome-keyring")


def build(output: Path, work: Path) -> Path:
    """Build the package in the folder `output` and return its path; `work` is made anew and kept."""
    root = work / "root"
    shutil.rmtree(work, ignore_errors=True)
    bundle.make(root / LIBRARY)
    bundle.print_sizes(root / LIBRARY)
    _write_program(root)
    _write_shared(root)
    _write_documents(root)
    _write_control(root, work)
    _set_modes_and_dates(root)
    output.mkdir(parents=True, exist_ok=True)
    package = output / f"{bundle.PROGRAM}_{__version__}_{architecture()}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{LEVEL}", "--build", root, package]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | _date_environment())
    return package


def architecture() -> str:
    """Return Debian's name of this machine's architecture, such as amd64."""
    done = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True)
    return done.stdout.strip()


# What is in it beside the bundle


def _write_program(root: Path) -> None:
    program = root / "usr/bin" / bundle.PROGRAM
    program.parent.mkdir(parents=True)
    text = (
        f'#!/bin/sh\nexec /{LIBRARY}/bin/python3 -I -m gpt_assistant "$@"\n'  # -I: no other Python's packages
    )
    program.write_text(text)


def _write_shared(root: Path) -> None:
    share = root / "usr/share"
    for name, data in files.shared(bundle.PROGRAM, _date("%Y-%m-%d")).items():
        path = share / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name == files.MANUAL:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(data, 9, mtime=0))
        else:
            path.write_bytes(data)
    page = share / "metainfo" / f"{bundle.PROGRAM}.metainfo.xml"
    page.parent.mkdir()
    page.write_text(metainfo(os.environ.get("GPT_ASSISTANT_HOMEPAGE", "")), encoding="utf-8")


def metainfo(homepage: str) -> str:
    """Return the AppStream metadata; without a `homepage` it has no pictures, which must be on the web."""
    resources = bundle.ROOT / "resources"
    text = (resources / "desktop" / f"{bundle.PROGRAM}.metainfo.xml").read_text(encoding="utf-8")
    picture = "resources/screenshots/editor.png"
    width, height = struct.unpack(">II", (bundle.ROOT / picture).read_bytes()[16:24])
    values = {"VERSION": __version__, "DATE": _date("%Y-%m-%d"), "WIDTH": width, "HEIGHT": height}
    values |= {"SCREENSHOT": f"{homepage.rstrip('/')}/{picture}", "HOMEPAGE": homepage}
    if not homepage:
        text = re.sub(r"\n *<screenshots>.*</screenshots>|\n *<url .*</url>", "", text, flags=re.DOTALL)
    return re.sub(r"@(\w+)@", lambda found: str(values[found[1]]), text)


def _write_documents(root: Path) -> None:
    folder = root / DOCUMENTS
    folder.mkdir(parents=True)
    (folder / "copyright").write_text(_copyright(), encoding="utf-8")
    changes = (bundle.ROOT / "CHANGELOG.md").read_bytes()
    (folder / "CHANGELOG.md.gz").write_bytes(gzip.compress(changes, 9, mtime=0))
    entry = f"{bundle.PROGRAM} ({__version__}) unstable; urgency=medium\n\n  * See CHANGELOG.md.gz.\n\n"
    entry += f" -- {_maintainer()}  {_date('%a, %d %b %Y %H:%M:%S +0000')}\n"
    (folder / "changelog.gz").write_bytes(gzip.compress(entry.encode(), 9, mtime=0))
    (folder / "README.Debian").write_text((DEBIAN / "README.Debian").read_text(encoding="utf-8"))
    overrides = root / "usr/share/lintian/overrides" / bundle.PROGRAM
    overrides.parent.mkdir(parents=True)
    shutil.copy(DEBIAN / "lintian-overrides", overrides)


def _maintainer() -> str:
    """Return who built it, from the variables that Debian's tools take it from."""
    name = os.environ.get("DEBFULLNAME", "The GPT Assistant developers")
    return f"{name} <{os.environ.get('DEBEMAIL', bundle.PROGRAM + '@localhost')}>"


def _copyright() -> str:
    """Return the licences: ours, and those of the packages inside, whose texts lie beside them."""
    packages = f"/{LIBRARY}/lib/{bundle.PYTHON}/site-packages"
    lines = [
        (DEBIAN / "copyright").read_text(encoding="utf-8"),
        "The packages inside, with the licence that each states:\n",
    ]
    for distribution in bundle.distributions():
        about = distribution.metadata
        licence = (
            about.get("License-Expression") or _classified(about) or (about.get("License") or "").strip()
        )
        licence = licence.splitlines()[0][:100] if licence else "see its files"
        lines.append(f"  {distribution.name} {distribution.version}: {licence}")
    return "\n".join(lines) + f"\n\nTheir texts, where they come with one, are in {packages}/*.dist-info.\n"


def _classified(about: metadata.PackageMetadata) -> str:
    prefix = "License :: "
    found = [line.split(" :: ")[-1] for line in about.get_all("Classifier") or () if line.startswith(prefix)]
    return ", ".join(found)


# The package's own description


def _write_control(root: Path, work: Path) -> None:
    folder = root / "DEBIAN"
    folder.mkdir()
    for script in ("prerm",):
        shutil.copy(DEBIAN / script, folder / script)
        (folder / script).chmod(0o755)
    size = sum((path.lstat().st_size + 1023) // 1024 for path in root.rglob("*") if path.is_file())
    values = {
        "VERSION": __version__,
        "ARCHITECTURE": architecture(),
        "MAINTAINER": _maintainer(),
        "SIZE": str(size),
        "DEPENDS": ", ".join(sorted(_dependencies(root, work))),
        "RECOMMENDS": ", ".join(RECOMMENDED),
        "SUGGESTS": ", ".join(SUGGESTED),
    }
    control = (DEBIAN / "control").read_text(encoding="utf-8")
    homepage = os.environ.get("GPT_ASSISTANT_HOMEPAGE", "")
    control += f"Homepage: {homepage}\n" if homepage else ""
    (folder / "control").write_text(
        re.sub(r"@(\w+)@", lambda found: values[found[1]], control), encoding="utf-8"
    )
    sums = subprocess.run(
        "find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum",
        shell=True,
        check=True,
        capture_output=True,
        text=True,
        cwd=root,
    )
    (folder / "md5sums").write_text(sums.stdout)


def _dependencies(root: Path, work: Path) -> set[str]:
    """Return the packages of Debian that the libraries inside are linked with, with versions."""
    libraries = [path for path in bundle.elf_files(root / LIBRARY) if not OPTIONAL.search(str(path))]
    inside = {path.name for path in bundle.elf_files(root / LIBRARY)}
    outside = [path for path in libraries if any(name not in inside for name in needed(path))]
    (work / "debian").mkdir()
    (work / "debian/control").write_text(
        f"Source: {bundle.PROGRAM}\n\nPackage: {bundle.PROGRAM}\nArchitecture: any\n"
    )
    folders = sorted({str(path.parent) for path in bundle.elf_files(root / LIBRARY)})
    command = ["dpkg-shlibdeps", "-O", "--warnings=0", "--ignore-missing-info"]
    command += [f"-l{folder}" for folder in folders] + [f"-e{path}" for path in outside]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"dpkg-shlibdeps: {done.stderr.strip()}")
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("shlibs:Depends="))
    return set(line.removeprefix("shlibs:Depends=").split(", "))


# The same package from the same files


def _date(form: str) -> str:
    return time.strftime(form, time.gmtime(int(_date_environment()["SOURCE_DATE_EPOCH"])))


def _date_environment() -> dict[str, str]:
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return {"SOURCE_DATE_EPOCH": given}
    done = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=bundle.ROOT, capture_output=True, text=True, check=False
    )
    return {"SOURCE_DATE_EPOCH": done.stdout.strip() or str(int(time.time()))}


def _set_modes_and_dates(root: Path) -> None:
    date = int(_date_environment()["SOURCE_DATE_EPOCH"])
    scripts = {root / "usr/bin" / bundle.PROGRAM, root / LIBRARY / "bin/python3"}
    for path in [root, *root.rglob("*")]:
        runs = (
            path.is_dir() or path in scripts or (path.parent.name == "DEBIAN" and path.stat().st_mode & 0o100)
        )
        path.chmod(0o755 if runs or path.name == "torch_shm_manager" else 0o644)
        os.utime(path, (date, date))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--output", type=Path, default=bundle.ROOT / "dist")
    started = time.monotonic()
    if not platform.system() == "Linux" or not shutil.which("dpkg-deb"):
        raise SystemExit("A Debian package is built on Debian or Ubuntu.")
    made = build(parser.parse_args().output, bundle.ROOT / "build/deb")
    print(f"{made}: {made.stat().st_size / 1e6:.1f} MB, built in {time.monotonic() - started:.0f} s")
