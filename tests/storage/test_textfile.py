from __future__ import annotations

import codecs
import errno
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.storage import writing
from gpt_assistant.storage.errors import FileError
from gpt_assistant.storage.textfile import EncodingError, decode, encode, read_text
from gpt_assistant.storage.writing import write_atomically

as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)


def round_trip(data: bytes) -> bytes:
    file = decode(data)
    return encode(file.text, file.encoding, file.newline, file.bom)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("café", "cp1252"),
        ("Où est le café ? Il était déjà là, près de la forêt. « Voilà », dit-elle.", "cp1252"),
        ("She said “it’s fine” — and left.", "cp1252"),
        ("Die Straße ist schön, größer als früher.", "cp1252"),
        ("Zażółć gęślą jaźń. Wszystko będzie dobrze, proszę się nie martwić.", "cp1250"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy.", "cp1250"),
        ("Pijamalı hasta yağız şoföre çabucak güvendi.", "cp1254"),
        ("Съешь же ещё этих мягких французских булок, да выпей чаю.", "cp1251"),
        ("Съешь же ещё этих мягких французских булок, да выпей чаю.", "koi8_r"),
        ("Ξεσκεπάζω την ψυχοφθόρα βδελυγμία.", "cp1253"),
        ("これはテストです。日本語の文章を読むことができます。", "cp932"),
        ("これはテストです。日本語の文章を読むことができます。", "euc_jp"),
        ("这是一个测试文件，里面有一些中文句子。我们希望它能被正确识别。", "gb18030"),
        ("plain text without a mark", "utf-16-le"),
        ("plain text without a mark", "utf-16-be"),
        ("Größe — 😀", "utf-8"),
        ("", "utf-8"),
    ],
)
def test_detects_encoding(text: str, encoding: str) -> None:
    file = decode(text.encode(encoding))
    assert (file.text, file.encoding, file.bad_bytes) == (text, encoding, 0)
    assert round_trip(text.encode(encoding)) == text.encode(encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_mark_is_kept_out_of_the_text_and_written_back(mark: bytes, encoding: str) -> None:
    data = mark + "Größe\r\n😀".encode(encoding)
    file = decode(data)
    assert (file.text, file.encoding, file.bom, file.newline) == ("Größe\n😀", encoding, True, "\r\n")
    assert round_trip(data) == data


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_are_kept(newline: str) -> None:
    data = newline.join(["one", "two", ""]).encode()
    assert decode(data).text == "one\ntwo\n"
    assert not decode(data).mixed
    assert round_trip(data) == data


def test_mixed_line_ends_are_told_and_the_most_frequent_is_kept() -> None:
    file = decode(b"a\r\nb\r\nc\nd")
    assert (file.text, file.newline, file.mixed) == ("a\nb\nc\nd", "\r\n", True)


def test_damaged_utf8_is_readable_and_told() -> None:
    data = "Grüße, hübsch\n".encode() * 3 + b"\xff\xfe bad\n"
    file = decode(data)
    assert file.text.startswith("Grüße, hübsch\n")
    assert (file.encoding, file.bad_bytes, file.bad_line) == ("utf-8", 2, 4)
    assert round_trip(data) == data


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_any_bytes_come_back_around_an_edit(before: bytes, after: bytes) -> None:
    data = before + b"HERE" + after
    file = decode(data)
    assert file.mixed or round_trip(data) == data
    if not file.mixed and file.text.count("HERE") == 1:
        edited = file.text.replace("HERE", "THERE")
        expected = before + "THERE".encode(file.encoding) + after
        if "utf-16" not in file.encoding:
            assert encode(edited, file.encoding, file.newline, file.bom) == expected


@given(st.text(max_size=50), st.sampled_from(["utf-16-le", "utf-16-be", "utf-32-le"]), st.binary(max_size=5))
def test_a_marked_file_with_bad_bytes_comes_back(text: str, encoding: str, bad: bytes) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "utf-32-le": b"\xff\xfe\0\0"}[encoding]
    data = mark + text.encode(encoding, "surrogatepass") + bad
    file = decode(data)
    assert file.bom
    assert file.mixed or round_trip(data) == data


def test_bad_bytes_among_several_kinds_of_line_end_change_nothing() -> None:
    data = "é\r\n".encode() * 5 + b"\xff\n" + b"a\rb\n"
    assert round_trip(data) == data


def test_a_text_longer_than_a_part_is_the_same_in_parts() -> None:
    for text, encoding in (("Größe 😀\r\n", "utf-8"), ("Größe\r\n", "utf-16-le"), ("Größe\r\n", "cp1252")):
        data = (text * 100_000).encode(encoding)
        file = decode(data)
        assert (file.encoding, file.newline, file.mixed) == (encoding, "\r\n", False)
        assert round_trip(data) == data


def test_characters_outside_the_encoding_are_named_with_their_line() -> None:
    with pytest.raises(EncodingError, match=r"“→” in line 2 does not exist in Windows-1252: save as UTF-8"):
        encode("one\ntwo → three", "cp1252", "\r\n")


def test_large_file(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes("A line of text, é.\r\n".encode("cp1252") * 5_000_000)
    started = time.monotonic()
    file = read_text(path)
    assert time.monotonic() - started < 20
    assert (file.encoding, file.newline, file.text.count("\n")) == ("cp1252", "\r\n", 5_000_000)


def test_reading_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"^Cannot open gone\.txt: the folder or file does not exist"):
        read_text(tmp_path / "gone.txt")
    with pytest.raises(FileError, match="it is not a file"):
        read_text(tmp_path)


def test_writing_keeps_permissions_and_follows_links(tmp_path: Path) -> None:
    target = tmp_path / "real.txt"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.txt", "real.txt"]


def test_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_atomically(tmp_path / "new", b"x")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "novel.md"
    path.write_bytes(b"old")
    full = os.open
    # A real write to a full device: the kernel's own error, in place of the temporary file.
    monkeypatch.setattr(
        writing.os,
        "open",
        lambda name, flags, mode=0o777: full("/dev/full" if flags & os.O_CREAT else name, flags & ~os.O_EXCL),
    )
    with pytest.raises(
        FileError, match=r"^Cannot save novel\.md: the disk is full\. Free some space"
    ) as caught:
        write_atomically(path, b"new" * 1000)
    assert caught.value.errno == errno.ENOSPC
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@as_root
def test_read_only_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kept.txt"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(FileError, match="no permission"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"


def test_missing_folder_and_folder_in_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="does not exist"):
        write_atomically(tmp_path / "no" / "file", b"x")
    with pytest.raises(FileError, match="it is not a file"):
        write_atomically(tmp_path, b"x")
    with pytest.raises(FileError, match="name is too long"):
        write_atomically(tmp_path / ("x" * 300), b"x")


WRITER = """
import sys
from pathlib import Path
from gpt_assistant.storage.writing import write_atomically
path, size = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
for number in range(10**9):
    write_atomically(path, (b"%09d\\n" % number) * size)
"""


def test_killed_while_saving_the_file_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    path, size = tmp_path / "text", 20_000
    for pause in (0.01, 0.025, 0.04, 0.06, 0.08, 0.1, 0.13, 0.17):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(size)], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(pause)
        process.kill()
        process.wait()
        process.stdout.close()
        if path.exists():
            lines = path.read_bytes().splitlines()
            assert len(lines) == size
            assert len(set(lines)) == 1
    assert path.exists()
