"""The images of a document, read from beside it. Nothing is fetched: an address on the web stays a link."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

_KINDS = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
_MEASURED = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff"}
_LARGEST = 50_000_000  # bytes
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")


@dataclass(frozen=True, slots=True)
class Loaded:
    """An image file: its bytes, its type, and its size in cm, (0, 0) where it is not known."""

    data: bytes
    mime: str
    width: float = 0.0
    height: float = 0.0

    def fitted(self, room: tuple[float, float]) -> tuple[float, float]:
        """Return the size in cm, made smaller where it does not fit into `room`."""
        shrink = min(1.0, room[0] / self.width, room[1] / self.height) if self.width and self.height else 1.0
        return self.width * shrink, self.height * shrink


def load(source: str, folder: Path | None) -> Loaded | None:
    """Return the image that `source` names, relative to `folder`; None where there is none to be had."""
    name = unquote(source).removeprefix("file://")
    kind = _KINDS.get(Path(name).suffix.lower())
    path = Path(name) if folder is None else folder / name
    if kind is None or _SCHEME.match(name) or not path.is_absolute():
        return None
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        data = path.read_bytes()
    except (OSError, ValueError):  # a null character in the name
        return None
    if path.suffix.lower() not in _MEASURED:
        return Loaded(data, kind)
    from gpt_assistant.export.picture_size import measured  # noqa: PLC0415 (0.1 s, which the start has not)

    found = measured(data)
    return Loaded(data, *found) if found else None


def stream(image: Loaded) -> io.BytesIO:
    """Return the bytes as a file."""
    return io.BytesIO(image.data)
