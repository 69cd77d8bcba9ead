"""What is kept is listed by what it is, and deleted while others have it open."""

from __future__ import annotations

from pathlib import Path

import pytest
from keyring_memory import MemoryKeyring
from test_converting import MARKER, fill, with_marker

from gpt_assistant import paths
from gpt_assistant.engine import catalogue
from gpt_assistant.settings import SettingsStore
from gpt_assistant.storage import inventory, secrets, vault
from gpt_assistant.storage.history import History
from gpt_assistant.storage.journal import Journal
from gpt_assistant.storage.journal_format import Meta
from gpt_assistant.storage.locks import FileLock
from gpt_assistant.storage.recovery import LostWork

NAMES = [item.name for item in inventory.ITEMS]


@pytest.fixture(autouse=True)
def _models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GPT_ASSISTANT_MODELS", str(tmp_path / "models"))


def held() -> dict[str, int]:
    return {each.item.name: len(each.files) for each in inventory.holdings() if each.files}


def make(path: Path, size: int = 1000) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    return path


def fill_all() -> None:
    fill(paths.data_folder())
    make(paths.models_folder() / "some-model" / "words.txt", 5000)
    make(paths.models_folder() / ".half.partial" / "model.gguf", 7000)
    make(paths.models_folder() / ".some-model.lock", 0)
    make(paths.data_folder() / "torch" / "torch" / "session.json")
    make(paths.cache_folder() / "words" / "en.words")
    make(paths.cache_folder() / "kernel-1.so")
    make(paths.data_folder() / ".session.json.0123456789ab.tmp")
    make(paths.data_folder() / "history-damaged-1.db", 3000)
    make(paths.data_folder() / "desktop-files.json")
    SettingsStore().change(font_size=20)
    secrets.keep("remote", "sk")
    catalogue.accept(next(entry for entry in catalogue.entries() if entry.terms))


def test_everything_has_its_place(file_keyring: Path) -> None:
    fill_all()
    found = held()
    assert set(found) == set(NAMES) - {"other", "encryption"}
    assert found["models"] == 2
    sizes = {each.item.name: each.bytes for each in inventory.holdings()}
    assert sizes["models"] == 12_000
    make(paths.data_folder() / "my novel.md")
    make(paths.config_folder().parent / "elsewhere.txt")
    assert held()["other"] == 1


@pytest.mark.parametrize("encrypted", [False, True])
def test_deleted_one_by_one_nothing_else_goes(encrypted: bool) -> None:
    if encrypted:
        vault.of(paths.data_folder()).turn_on()
    fill_all()
    before = held()
    before.pop("locks")  # deleting models makes some
    for item in inventory.ITEMS:
        if not item.loses:
            with pytest.raises(ValueError, match=r"."):
                inventory.delete(item.name)
            continue
        inventory.delete(item.name)
        left = held()
        if item.name in ("versions", "origins"):  # emptied, for somebody may have them open
            assert left.pop(item.name) == 1
        else:
            assert item.name not in left or (encrypted and item.name == "secrets"), "its own key stays"
            left.pop(item.name, None)
        before.pop(item.name, None)
        assert {name: count for name, count in left.items() if name in before} == {
            name: count for name, count in before.items() if name in left
        }
        assert set(before) <= set(left)
    assert not with_marker(paths.data_folder())


def test_versions_are_deleted_under_a_program_that_has_them_open() -> None:
    history = History(paths.data_folder() / "history.db", 100_000_000)
    for number in range(5):
        history.add("/a", "a", f"{number} {MARKER}\n" * 50_000, "saved", at=1000.0 * number + 1)
    assert len(history.versions("/a")) == 5
    inventory.delete("versions")
    assert history.documents() == []
    assert history.path.stat().st_size < 100_000
    assert MARKER.encode() not in history.path.read_bytes()
    assert history.add("/a", "a", "goes on", "saved")
    assert [history.text(each.id) for each in history.versions("/a")] == ["goes on"]
    history.close()


def test_unsaved_work_of_a_program_that_runs_stays() -> None:
    root = paths.data_folder() / "journal"
    fill(paths.data_folder())
    journal = Journal(root)
    document = journal.document(Meta(title="now"), "")
    document.edit(0, 0, "being written", 13)
    document.flush()
    assert journal.flush()
    inventory.delete("unsaved")
    assert document.path.exists()
    assert [path.name for path in root.glob("*/*.journal")] == [document.path.name]
    journal.close()
    work = LostWork(root)
    assert [each.text for each in work.documents] == ["being written"]
    work.release()


def test_a_model_that_is_being_prepared_stays() -> None:
    made = make(paths.models_folder() / ".some-model.partial" / "model.gguf")
    lock = FileLock(paths.models_folder() / ".some-model.lock")
    assert lock.acquire()
    with pytest.raises(OSError, match=r"^some-model is being prepared\. Try again when it is done\.$"):
        inventory.delete("models")
    assert made.exists()
    lock.release()
    inventory.delete("models")
    assert not made.exists()


def test_the_key_of_what_is_encrypted_is_not_deleted_with_other_secrets(
    memory_keyring: MemoryKeyring,
) -> None:
    vault.of(paths.data_folder()).turn_on()
    secrets.keep("remote", "sk")
    inventory.delete("secrets")
    assert [name for _, name in memory_keyring.kept] == list(secrets.names())
    assert all(name.startswith("data-key-") for name in secrets.names())
    assert len(secrets.names()) == 1


def test_what_is_out_of_reach_says_what_to_do(memory_keyring: MemoryKeyring) -> None:
    secrets.keep("remote", "sk")
    memory_keyring.locked = True
    with pytest.raises(OSError, match=r"^The keyring is locked\. Unlock it, then try again\.$"):
        inventory.delete("secrets")
    with pytest.raises(KeyError):
        inventory.delete("nothing of the kind")
