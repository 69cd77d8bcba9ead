"""How large a picture is meant to be, as python-docx reads it from the first bytes of the file."""

from __future__ import annotations

import struct

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image

# What python-docx raises where a file is no picture, or only the beginning of one.
BROKEN = (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
    struct.error,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
)
_SCREEN = 96  # pixels to the inch, where a picture does not say
_INCH = 2.54  # cm


def measured(data: bytes) -> tuple[str, float, float] | None:
    """Return the type, the width and the height in cm; None where it only has the name of a picture."""
    try:
        image = Image.from_blob(data)
        across, down = (value if value > 1 else _SCREEN for value in (image.horz_dpi, image.vert_dpi))
        width, height = image.px_width / across * _INCH, image.px_height / down * _INCH
    except BROKEN:
        return None
    return (image.content_type, width, height) if width and height else None
