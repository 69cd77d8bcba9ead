"""The database of who wrote what: records by document, by fingerprint, bounded, and gone when deleted."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from gpt_assistant.storage import origins, vault
from gpt_assistant.storage.origins import SAVED, WORKING, OriginStore, Record, text_digest
from gpt_assistant.text.origins import Origin

RUNS = [(3, Origin.TYPED), (2, Origin.PASTED)]
FILE = text_digest("bytes")
RECORD = Record(SAVED, "a.md", 5.0, FILE, text_digest("hello"), 5, RUNS, "hello")


@pytest.fixture(autouse=True, params=["plain", "encrypted"])
def _kind(tmp_path: Path, request: pytest.FixtureRequest, file_keyring: Path) -> None:
    """All of it holds for what is encrypted, too."""
    if request.param == "encrypted":
        vault.of(tmp_path).turn_on()


@pytest.fixture
def store(tmp_path: Path) -> OriginStore:
    return OriginStore(tmp_path / "origins.db")


def test_what_is_put_in_comes_out(store: OriginStore) -> None:
    assert store.of("/a.md") == []
    store.put("/a.md", RECORD)
    store.put("/a.md", replace(RECORD, slot=WORKING, file=""))
    assert {each.slot for each in store.of("/a.md")} == {SAVED, WORKING}
    assert RECORD in store.of("/a.md")
    store.put("/a.md", replace(RECORD, time=6.0))
    assert store.of("/a.md") == [replace(RECORD, time=6.0)], "with the file the unsaved work is saved"


def test_another_document_is_found_by_its_bytes_alone(store: OriginStore) -> None:
    store.put("/a.md", RECORD)
    assert store.of("/moved.md", FILE) == [RECORD]
    assert store.of("/other.md", text_digest("another")) == []
    assert store.of("/other.md") == []


def test_deleting(store: OriginStore) -> None:
    for key in ("/a", "/b"):
        store.put(key, RECORD)
        store.put(key, replace(RECORD, slot=WORKING))
    store.forget("/a", WORKING)
    assert [each.slot for each in store.of("/a")] == [SAVED]
    store.forget("/a")
    assert [each.key for each in store.documents()] == ["/b"]
    store.drop_texts()
    assert [each.text for each in store.of("/b")] == [None, None]
    store.clear()
    assert store.documents() == []
    store.close()
    assert b"a.md" not in store.path.read_bytes()


def test_the_oldest_go_first(store: OriginStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origins, "_MOST_DOCUMENTS", 2)
    for number in range(7):
        store.put(f"/{number}", replace(RECORD, time=float(number + 1)))
    assert [each.key for each in store.documents()] == ["/6", "/5", "/4", "/3"]
    monkeypatch.setattr(origins, "_MOST_BYTES", 200 if store._vault.seals else 60)
    store.put("/7", replace(RECORD, time=9.0))
    assert store.documents()[0].key == "/7"
    assert len(store.documents()) < 4


def test_a_large_text_is_not_kept(store: OriginStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origins, "_LONGEST_TEXT", 4)
    store.put("/a.md", RECORD)
    assert store.of("/a.md") == [replace(RECORD, text=None)]


def test_a_damaged_record_is_none(store: OriginStore) -> None:
    store.put("/a.md", RECORD)
    store.close()
    with sqlite3.connect(store.path) as base:
        base.execute("UPDATE origins SET runs = x'00'")
    base.close()
    assert store.of("/a.md") == []
    store.put("/a.md", replace(RECORD, length=4))
    assert store.of("/a.md") == [], "the runs are of another length"


def test_what_is_no_database_is_put_aside(store: OriginStore) -> None:
    store.path.write_bytes(b"no database at all" * 100)
    store.put("/a.md", RECORD)
    assert store.of("/a.md") == [RECORD]
    assert store.path.with_suffix(".damaged").exists()


def test_a_folder_that_is_gone_is_one_line(tmp_path: Path) -> None:
    store = OriginStore(tmp_path / "gone" / "origins.db")
    with pytest.raises(OSError, match=r"^Who wrote what is not kept: [^\n]*$"):
        store.put("/a.md", RECORD)
