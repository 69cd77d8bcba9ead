"""What the program is made of: each package with its version, its licence and the texts of it.

All of it is read from what the packages say of themselves (`importlib.metadata`); none is imported. The
list is what ours needs and what that needs; where ours is not installed as a package, it is everything there
is. Qt for Python comes without the texts of its licence, so they are among our resources.
"""

from __future__ import annotations

import json
import platform
import re
import sysconfig
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from gpt_assistant import __version__, paths
from gpt_assistant.ui.tr import tr

OURS = "gpt-assistant"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_TEXT_FILE = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
_OSI = "License :: OSI Approved :: "
_LONGEST_NAME = 120  # some packages put the whole text where its name belongs


@dataclass(frozen=True, slots=True)
class Part:
    """Something the program is made of; `texts` are the files with its licence."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...] = ()
    note: str = ""  # to be shown above the text

    def text(self) -> str:
        """Return the whole text of its licence."""
        found = [_read(path) for path in self.texts]
        if not found:
            found = [tr("This package brings no text of its licence: {licence}.", licence=self.licence)]
        return "\n\n".join(filter(None, (self.note, *found)))


def parts(present: Collection[str] = ()) -> list[Part]:
    """Return the program first, then Python and the packages by name, then the models.

    Of the models those are returned that `present` has by their ids, and the default one in any case.
    """
    ours = Part("GPT Assistant", __version__, "Apache-2.0", _of_resources("Apache-2.0"), _own_work())
    packages = sorted(map(_part, _needed()), key=lambda part: part.name.lower())
    return [ours, _python(), *packages, *_models(present)]


def _own_work() -> str:
    own = tr("The icons and the sample texts are part of the program.")
    places = tr("The names of places that masking knows are from GeoNames (CC BY 4.0).")
    return f"{own} {places}"


def _python() -> Part:
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    return Part("Python", platform.python_version(), "PSF-2.0", (text,) if text.is_file() else ())


def _models(present: Collection[str]) -> Iterator[Part]:
    for row in json.loads(paths.resource("models.json").read_bytes())["models"]:
        if not row.get("default") and row["id"] not in present:
            continue
        texts = _of_resources(row["licence"])
        yield Part(row["name"], tr("model"), row["licence"], texts, row.get("terms", ""))


def _needed() -> list[metadata.Distribution]:
    """Return the packages that ours needs, and those need, as far as they are installed."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [OURS]
    while waiting:
        name = waiting.pop()
        if _plain(name) in found:
            continue
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[_plain(name)] = distribution
        waiting += _requirements(distribution)
    found.pop(OURS, None)
    if found:
        return list(found.values())
    return list({_plain(each.name): each for each in metadata.distributions() if each.name}.values())


def _requirements(distribution: metadata.Distribution) -> Iterator[str]:
    for text in distribution.requires or ():
        name, _, condition = text.partition(";")
        if "extra" not in condition and (match := _NAME.match(name)):
            yield match[0]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _part(distribution: metadata.Distribution) -> Part:
    data = distribution.metadata  # read anew each time it is asked for
    name, version = data["Name"], data["Version"]
    texts = _texts(Path(str(distribution.locate_file(""))), name, version)
    licence = _licence(data) or _first_line(texts) or tr("see its text")
    return Part(name, version, licence, texts or _of_resources(licence))


def _texts(root: Path, name: str, version: str) -> tuple[Path, ...]:
    """Return the files with the licence, from the folder of what the package says of itself.

    `distribution.files` knows them too, but reads the list of all files for that: 10,000 of torch's alone.
    """
    joined = re.sub(r"[-.]+", "_", name)
    for each in dict.fromkeys((joined, joined.lower(), name)):
        folder = root / f"{each}-{version}.dist-info"
        if folder.is_dir():
            return tuple(sorted(path for path in folder.rglob("*") if _is_text(path)))
    return ()


def _licence(data: metadata.PackageMetadata) -> str:
    expression, licence = data.get_all("License-Expression"), data.get_all("License")
    named = str((expression or licence or [""])[0])
    if named and len(named) <= _LONGEST_NAME and "\n" not in named:
        return named
    kinds = data.get_all("Classifier") or []
    found = ", ".join(kind.removeprefix(_OSI) for kind in kinds if kind.startswith(_OSI))
    return found or named.partition("\n")[0].strip()[:_LONGEST_NAME]


def _first_line(texts: tuple[Path, ...]) -> str:
    """Return what a licence calls itself: "MIT License"."""
    for path in texts:
        line = path.read_text("utf-8", "replace").lstrip().partition("\n")[0].strip()
        if "licen" in line.lower() and len(line) <= _LONGEST_NAME:
            return line
    return ""


def _is_text(path: Path) -> bool:
    return bool(_TEXT_FILE.search(path.name)) and path.is_file()


def _of_resources(licence: str) -> tuple[Path, ...]:
    """Return the texts among our resources of the licences that an expression names."""
    folder = paths.resource("licences")
    names = ["Apache-2.0"] if licence.startswith("Apache") else re.split(r"[\s()]+", licence)
    return tuple(path for name in names if (path := folder / f"{name}.txt").is_file())


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip("\n")
    except OSError as error:
        return str(error)
