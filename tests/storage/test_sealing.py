from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring_memory import MemoryKeyring

from gpt_assistant.storage import sealing, vault
from gpt_assistant.storage.sealing import Covered, DamagedError, PrivateKey, Sealer

KEY = PrivateKey()


@given(st.binary(max_size=3000), st.text(max_size=20))
def test_what_is_sealed_comes_out_again(data: bytes, about: str) -> None:
    sealed = sealing.seal(data, about, KEY.public)
    assert sealing.is_sealed(sealed)
    assert sealing.sealed_for(sealed) == KEY.id
    assert sealing.unseal(sealed, about, PrivateKey(KEY.text)) == data
    assert sealed != sealing.seal(data, about, KEY.public)


def test_another_key_and_another_name_open_nothing() -> None:
    sealed = sealing.seal(b"the quick brown fox", "session.json", KEY.public)
    with pytest.raises(DamagedError):
        sealing.unseal(sealed, "session.json", PrivateKey())
    with pytest.raises(DamagedError):
        sealing.unseal(sealed, "goals.json", KEY)


def test_every_changed_byte_and_every_cut_is_seen() -> None:
    sealed = sealing.seal(b"the quick brown fox", "a", KEY.public)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(DamagedError):
            sealing.unseal(bytes(changed), "a", KEY)
        with pytest.raises(DamagedError):
            sealing.unseal(sealed[:place], "a", KEY)
    with pytest.raises(DamagedError):
        sealing.unseal(sealed + b"\0", "a", KEY)


def test_parts_cannot_be_exchanged_and_a_cut_keeps_what_is_whole() -> None:
    sealer = Sealer(KEY.public, "log")
    parts = [sealer.part(text) for text in (b"one", b"two", b"three")]
    whole = sealer.header + b"".join(parts)
    assert list(sealing.opened_parts(whole, "log", KEY)) == [b"one", b"two", b"three"]
    assert list(sealing.opened_parts(whole[:-1], "log", KEY)) == [b"one", b"two"]
    swapped = sealer.header + parts[1] + parts[0]
    assert list(sealing.opened_parts(swapped, "log", KEY)) == []
    left_out = sealer.header + parts[0] + parts[2]
    assert list(sealing.opened_parts(left_out, "log", KEY)) == [b"one"]


def test_the_cover_of_a_database() -> None:
    cover, again = Covered(KEY, "history"), Covered(PrivateKey(KEY.text), "history")
    assert cover.key("/a/b.txt") == again.key("/a/b.txt") != cover.key("/a/c.txt")
    assert again.named(cover.key("/a/b.txt"), cover.title("/a/b.txt", "b.txt")) == ("/a/b.txt", "b.txt")
    digest = os.urandom(16)
    assert cover.mark(digest) == again.mark(digest) != digest
    assert again.unmark(cover.mark(digest)) == digest
    assert cover.data(b"x", "chunk 1") != cover.data(b"x", "chunk 1")
    assert again.plain(cover.data(b"x", "chunk 1"), "chunk 1") == b"x"
    for other in (Covered(KEY, "origins"), Covered(PrivateKey(), "history")):
        assert other.key("/a/b.txt") != cover.key("/a/b.txt")
        with pytest.raises(DamagedError):
            other.plain(cover.data(b"x", "chunk 1"), "chunk 1")
    with pytest.raises(DamagedError):
        cover.plain(cover.data(b"x", "chunk 1"), "chunk 2")
    with pytest.raises(DamagedError):
        cover.named(cover.key("other"), cover.title("/a/b.txt", "b.txt"))


# -- where the key is --------------------------------------------------------------------------------


@pytest.fixture
def keys(tmp_path: Path) -> vault.Vault:
    made = vault.Vault(tmp_path)
    made.turn_on()
    made.set_mode(vault.SEALED)
    return made


def test_nothing_is_sealed_unless_wanted(tmp_path: Path) -> None:
    vault.write(tmp_path / "words.txt", b"plain\n")
    assert (tmp_path / "words.txt").read_bytes() == b"plain\n"


def test_another_process_reads_it_with_the_key_of_the_keyring(keys: vault.Vault, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    keys.write(path, b"xqz", b"zy\n")
    assert b"xqzzy" not in path.read_bytes()
    assert vault.Vault(tmp_path).read(path) == b"xqzzy\n"


def test_what_cannot_be_read_is_never_written_over(
    keys: vault.Vault, tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    path = tmp_path / "words.txt"
    keys.write(path, b"xqzzy\n")
    before = path.read_bytes()
    memory_keyring.locked = True
    other = vault.Vault(tmp_path)
    with pytest.raises(vault.SealedError, match="locked"):
        other.read(path)
    with pytest.raises(vault.SealedError, match="locked"):
        other.write(path, b"new\n")
    assert path.read_bytes() == before
    asked = memory_keyring.asked
    with pytest.raises(vault.SealedError):
        other.read(path)
    assert memory_keyring.asked == asked  # who is asked for a password is not asked at each file
    memory_keyring.locked = False
    assert other.fetch() == ""
    assert other.read(path) == b"xqzzy\n"


def test_a_key_that_is_gone_is_followed_by_a_new_one_and_comes_back(
    keys: vault.Vault, tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    path = tmp_path / "words.txt"
    keys.write(path, b"old\n")
    lost = dict(memory_keyring.kept)
    memory_keyring.kept.clear()
    other = vault.Vault(tmp_path)
    assert "gone from the keyring" in other.fetch()
    with pytest.raises(vault.SealedError):
        other.write(path, b"new\n")
    other.write(tmp_path / "goals.json", b"new")
    assert vault.Vault(tmp_path).read(tmp_path / "goals.json") == b"new"
    memory_keyring.kept.update(lost)
    assert vault.Vault(tmp_path).read(path) == b"old\n"


def test_without_a_keyring_it_is_not_turned_on(tmp_path: Path, memory_keyring: MemoryKeyring) -> None:
    memory_keyring.locked = True
    with pytest.raises(OSError, match="locked"):
        vault.Vault(tmp_path).turn_on()
    assert not list(tmp_path.iterdir())


def test_what_was_tampered_with_is_put_aside(keys: vault.Vault, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    keys.write(path, b"xqzzy\n")
    sealed = path.read_bytes()
    path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(DamagedError):
        keys.read(path)
    assert not path.exists()
    (aside,) = tmp_path.glob("words.txt.damaged-*")
    assert aside.read_bytes()[:-1] == sealed[:-1]


def test_in_the_window_only_who_fetches_the_key_waits(
    keys: vault.Vault, tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    keys.write(tmp_path / "words.txt", b"xqzzy\n")
    memory_keyring.seconds = 1.0
    vault.set_patience(0.0)
    other = vault.Vault(tmp_path)
    asked = memory_keyring.asked
    with pytest.raises(vault.SealedError, match="not answered yet"):
        other.read(tmp_path / "words.txt")
    assert memory_keyring.asked == asked
    fetching = threading.Thread(target=other.fetch)
    fetching.start()
    with pytest.raises(vault.SealedError, match="not answered yet"):
        other.read(tmp_path / "words.txt")
    fetching.join()
    with pytest.raises(vault.SealedError, match="could not be read yet"):
        other.write(tmp_path / "words.txt", b"made of nothing\n")
    assert other.read(tmp_path / "words.txt") == b"xqzzy\n"
    other.write(tmp_path / "words.txt", b"xqzzy\nmore\n")
