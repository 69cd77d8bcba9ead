"""What is no text is named, and no text is taken for it."""

from __future__ import annotations

import os
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.storage.binary import BinaryFileError, binary_kind, refuse_binary


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n", "a PDF document"),
        (b"PK\x03\x04\x14\0\0\0\x08\0", "a ZIP archive, or an office document"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "a compressed file"),
        (os.urandom(4096), "binary data"),
        (zlib.compress(os.urandom(9000)), "binary data"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, kind: str) -> None:
    assert binary_kind(data) == kind
    with pytest.raises(BinaryFileError, match=rf"^it\.bin is {kind}, not text\. Open it with the program"):
        refuse_binary(data, "it.bin")


def test_this_python_is_a_program() -> None:
    data = Path(sys.executable).resolve().read_bytes()[:100_000]
    assert binary_kind(data) == "a program"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ and BZh, PK and GIF8 are how a text may begin.\n",
        b"RIFF raff\n",
        "Größe".encode("utf-16-le"),
        b"\xff\xfe" + "中文".encode("utf-16-le"),
        "plain text without a mark".encode("utf-16-be"),
        "Größe und Länge".encode("cp1252"),
        "これはテストです。".encode("cp932"),
        b"\x1b[31mred\x1b[0m and a bell\x07 in a log of a terminal\n" * 3,
        b"2026-01-01 a line of a log\n" * 100 + b"\0" * 100,  # filled up by a power cut
    ],
)
def test_texts_are_texts(data: bytes) -> None:
    assert binary_kind(data) == ""


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_no_text_is_refused(text: str) -> None:
    assert binary_kind(text.encode()) == ""
