"""Turning the encryption of what is kept on and off: nothing is lost, and nothing is left in plain sight."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from keyring_memory import MemoryKeyring
from power import Recorder

from gpt_assistant.storage import converting, vault
from gpt_assistant.storage.goals import Goals, load_goals, save_goals
from gpt_assistant.storage.history import History
from gpt_assistant.storage.ignored_words import IgnoredWords
from gpt_assistant.storage.instructions import Instructions
from gpt_assistant.storage.journal import Journal
from gpt_assistant.storage.journal_format import Meta
from gpt_assistant.storage.masked_words import ALWAYS, MaskedWords
from gpt_assistant.storage.origins import SAVED, OriginStore, Record, text_digest
from gpt_assistant.storage.phrasefile import PhraseFile
from gpt_assistant.storage.recovery import LostWork, digest
from gpt_assistant.storage.session import OpenDocument, RecentFiles, Session, load_session, save_session
from gpt_assistant.storage.wordfile import WordFile
from gpt_assistant.text.origins import Origin

MARKER = "xqzmarker"
DAY = date(2026, 1, 2)


def lines(number: int) -> str:
    """Return a text of some chunks that has the marker in every line, and a line of its own."""
    chance = random.Random(7)
    body = [f"{MARKER} {chance.getrandbits(60):x} {place}\n" for place in range(1500)]
    body[number * 37] = f"{MARKER} this is version {number}\n"
    return "".join(body)


def fill(folder: Path, versions: int = 3) -> None:
    """Put something with the marker into every store."""
    folder.mkdir(exist_ok=True)
    path = f"/home/me/{MARKER}.txt"
    save_session(folder / "session.json", Session((OpenDocument(path),), folder=f"/{MARKER}"))
    RecentFiles(folder / "recent.json").add(Path(path))
    save_goals(folder / "goals.json", Goals(documents={path: 500}))
    IgnoredWords(folder / "ignored_words.json").store(path, frozenset({MARKER}))
    Instructions(folder / "instructions.json").add("a", f"Write {MARKER}")
    WordFile(folder / "words.txt").add(MARKER)
    MaskedWords(folder / "masking.json").put(MARKER, ALWAYS)
    for number in range(5):
        PhraseFile(folder / "phrases.jsonl").add(f"{MARKER} phrase {number}")
    history = History(folder / "history.db", 100_000_000)
    for number in range(versions):
        file = digest(str(number).encode())
        history.add(path, f"{MARKER}.txt", lines(number), "saved", file=file, at=1000.0 + 10_000 * number)
    history.add("untitled:1", MARKER, f"{MARKER} untitled", "writing")
    history.close()
    store = OriginStore(folder / "origins.db")
    text = f"{MARKER} whose"
    file = digest(text.encode())
    whose = [(len(text), Origin.TYPED)]
    store.put(path, Record(SAVED, f"{MARKER}.txt", 5.0, file, text_digest(text), len(text), whose, text))
    store.close()
    leave_work(folder)


def leave_work(folder: Path) -> None:
    """Leave unsaved work as a killed program does."""
    journal = Journal(folder / "journal")
    document = journal.document(Meta(title=MARKER, path=""), f"{MARKER} base ")
    document.edit(len(MARKER) + 6, 0, f"{MARKER} typed", 2 * len(MARKER) + 12)
    document.flush()
    assert journal.flush()
    journal._executor.shutdown()
    journal._lock.release()


def seen(folder: Path) -> list[object]:
    """Return all that can be read in a folder."""
    path = f"/home/me/{MARKER}.txt"
    history = History(folder / "history.db", 100_000_000)
    kept = [(each.key, each.title, each.count) for each in history.documents()]
    texts = [history.text(version.id) for each in kept for version in history.versions(each[0])]
    by_file = history.text_of_file(path, digest(b"1"))
    history.close()
    store = OriginStore(folder / "origins.db")
    records = [*store.of(path), *store.of("/moved", digest(f"{MARKER} whose".encode()))]
    remembered = [(each.key, each.title) for each in store.documents()]
    store.close()
    work = LostWork(folder / "journal")
    lost = [(each.meta.title, each.text) for each in work.documents]
    work.release()
    return [
        load_session(folder / "session.json"),
        RecentFiles(folder / "recent.json").paths(),
        load_goals(folder / "goals.json", DAY).documents,
        IgnoredWords(folder / "ignored_words.json").of(path),
        Instructions(folder / "instructions.json").all(),
        WordFile(folder / "words.txt").words(),
        MaskedWords(folder / "masking.json").of(ALWAYS),
        PhraseFile(folder / "phrases.jsonl").phrases(),
        *(kept, texts, by_file, records, remembered, lost),
    ]


def with_marker(folder: Path) -> list[str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path.name for path in files if MARKER.encode() in path.read_bytes()]


def convert(folder: Path) -> bool:
    return converting.convert(folder, lambda share: None, lambda: False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path / "data")
    return tmp_path / "data"


def test_turned_on_nothing_is_in_plain_sight_and_all_is_read_and_off_again(folder: Path) -> None:
    before, keys = seen(folder), vault.of(folder)
    assert len(with_marker(folder)) > 6
    shares: list[float] = []
    keys.turn_on()
    assert converting.convert(folder, shares.append, lambda: False)
    assert keys.state.mode == vault.SEALED
    assert shares[-1] == 1.0
    assert shares == sorted(shares)
    assert with_marker(folder) == []
    assert seen(folder) == before
    keys.turn_off()
    assert convert(folder)
    assert not keys.state.mode
    assert not (folder / vault.NAME).exists()
    assert seen(folder) == before
    assert len(with_marker(folder)) > 6
    plain = sqlite3.connect(folder / "history.db")
    assert plain.execute("PRAGMA user_version").fetchone() == (0,)
    assert plain.execute("SELECT count(*) FROM chunks WHERE substr(data, 1, 4) = 'GPTA'").fetchone() == (0,)
    plain.close()


def test_the_key_is_forgotten_when_nothing_needs_it(folder: Path, memory_keyring: MemoryKeyring) -> None:
    vault.of(folder).turn_on()
    convert(folder)
    assert len(memory_keyring.kept) == 1
    vault.of(folder).turn_off()
    convert(folder)
    assert memory_keyring.kept == {}


def test_what_comes_in_while_it_is_on_is_sealed_from_the_start(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    vault.of(tmp_path / "new").turn_on()
    fill(tmp_path / "new")
    fill(tmp_path / "other")
    assert with_marker(tmp_path / "new") == []
    assert converting.remaining(tmp_path / "new") == []
    assert seen(tmp_path / "new")[:11] == seen(tmp_path / "other")[:11]


def test_versions_that_are_added_in_the_midst_of_it_are_kept(folder: Path) -> None:
    """The window goes on while another thread converts, on a connection of its own."""
    path = f"/home/me/{MARKER}.txt"
    history = History(folder / "history.db", 100_000_000)
    assert history.documents()
    for on in (True, False):
        (vault.of(folder).turn_on if on else vault.of(folder).turn_off)()
        added: list[float] = []

        def add(share: float, added: list[float] = added, on: bool = on) -> None:
            if len(added) < 4:
                added.append(share)
                history.add(path, "t", lines(3 + len(added)) + f"{len(added)} {on}", "saved", at=time.time())

        assert converting.convert(folder, add, lambda: False)
        assert len(added) == 4
        texts = [history.text(version.id) for version in history.versions(path)]
        assert [f"{number} {on}" for number in (4, 3, 2, 1)] == [
            text.rsplit("\n", 1)[-1] for text in texts if text.endswith(f" {on}")
        ]
        assert (with_marker(folder) == []) == on
    history.close()


def test_cancelled_it_can_be_read_and_goes_back(folder: Path) -> None:
    before = seen(folder)
    for stop in (1, 3, 5, 9, 11, 13):
        steps = iter(range(stop))
        vault.of(folder).turn_on()
        with pytest.raises(converting.Cancelled):
            converting.convert(folder, lambda share: None, lambda steps=steps: next(steps, None) is None)
        assert seen(folder) == before
        vault.of(folder).turn_off()
        assert convert(folder)
        assert seen(folder) == before


@pytest.mark.parametrize("what", ["locked", "gone"])
def test_without_the_key_nothing_is_lost_nor_written_over(
    folder: Path, memory_keyring: MemoryKeyring, what: str
) -> None:
    keys = vault.of(folder)
    keys.turn_on()
    convert(folder)
    before = seen(folder)
    lost = dict(memory_keyring.kept)
    if what == "gone":
        memory_keyring.kept.clear()
    memory_keyring.locked = what == "locked"
    vault._of.cache_clear()  # another start
    seen_now = seen_without_key(folder)
    save_goals_refused(folder)
    leave_work(folder)
    assert vault.of(folder).fetch()
    assert with_marker(folder) == []
    assert MARKER not in repr(seen_now)
    memory_keyring.locked = False
    memory_keyring.kept.update(lost)
    vault._of.cache_clear()
    after = seen(folder)
    assert after[:-1] == before[:-1]
    assert after[-1] == [*before[-1], *before[-1]]  # type: ignore[misc]


def seen_without_key(folder: Path) -> list[object]:
    history = History(folder / "history.db", 100_000_000)
    with pytest.raises(OSError, match=r"Earlier versions are encrypted and out of reach now\. "):
        history.documents()
    with pytest.raises(OSError, match="encrypted"):
        history.add("a", "b", f"{MARKER} c", "saved")
    history.close()
    store = OriginStore(folder / "origins.db")
    with pytest.raises(OSError, match="Who wrote what is not kept"):
        store.documents()
    store.close()
    phrases = PhraseFile(folder / "phrases.jsonl")
    phrases.add(f"{MARKER} lost, but not in plain text")
    work = LostWork(folder / "journal")
    assert not work.documents
    assert work.locked
    work.release()
    return [load_session(folder / "session.json"), phrases.phrases()[:-1]]


def save_goals_refused(folder: Path) -> None:
    before = (folder / "goals.json").read_bytes()
    with pytest.raises(vault.SealedError):
        save_goals(folder / "goals.json", Goals(documents={"a": 1}))
    with pytest.raises(vault.SealedError):
        WordFile(folder / "words.txt").add("word")
    assert (folder / "goals.json").read_bytes() == before


def test_begun_anew_what_cannot_be_read_stays_beside_it(folder: Path, memory_keyring: MemoryKeyring) -> None:
    keys = vault.of(folder)
    keys.turn_on()
    convert(folder)
    identity = keys.current
    memory_keyring.kept.clear()
    vault._of.cache_clear()
    assert "gone" in vault.of(folder).fetch()
    assert converting.set_aside(folder) == 9
    aside = {path.name for path in folder.iterdir() if path.name.endswith(f".sealed-{identity}")}
    assert {f"history.db.sealed-{identity}", f"words.txt.sealed-{identity}"} <= aside
    WordFile(folder / "words.txt").add("word")
    history = History(folder / "history.db", 100_000_000)
    assert history.add("a", "b", f"{MARKER} c", "saved")
    assert [each.key for each in history.documents()] == ["a"]
    history.close()
    assert with_marker(folder) == []


def test_tampered_chunks_and_rows_are_not_taken_for_text(folder: Path) -> None:
    vault.of(folder).turn_on()
    convert(folder)
    base = sqlite3.connect(folder / "history.db")
    rows = base.execute("SELECT id, data FROM chunks WHERE length(data) > 500 ORDER BY id LIMIT 2").fetchall()
    for (identity, _), (_, other) in zip(rows, reversed(rows), strict=True):  # exchanged, each of them whole
        base.execute("UPDATE chunks SET data = ? WHERE id = ?", (other, identity))
    base.commit()
    base.close()
    history = History(folder / "history.db", 100_000_000)
    damaged = 0
    for each in history.documents():
        for version in history.versions(each.key):
            try:
                assert history.text(version.id).startswith(MARKER)
            except OSError as error:
                damaged += "damaged" in str(error)
    assert damaged == 3
    history.close()


def test_deleting_needs_no_key(folder: Path, memory_keyring: MemoryKeyring) -> None:
    vault.of(folder).turn_on()
    convert(folder)
    memory_keyring.locked = True
    vault._of.cache_clear()
    history, store = History(folder / "history.db", 100_000_000), OriginStore(folder / "origins.db")
    history.clear()
    store.clear()
    history.close()
    store.close()
    for name in ("history.db", "origins.db"):
        assert (folder / name).stat().st_size < 80_000


# -- kills and power cuts ----------------------------------------------------------------------------

CONVERTER = """
import sys
from pathlib import Path
from gpt_assistant.storage import converting, vault
folder = Path(sys.argv[1])
keys = vault.of(folder)
(keys.turn_on if sys.argv[2] == "on" else keys.turn_off)()
print("begun", flush=True)
converting.convert(folder, lambda share: None, lambda: False)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_killed_at_any_moment_all_can_be_read_and_the_next_start_goes_on(
    tmp_path: Path, file_keyring: Path
) -> None:
    fill(tmp_path / "data", versions=25)
    before = seen(tmp_path / "data")
    chance, killed = random.Random(3), 0
    for number in range(10):
        on = "off" if number % 2 else "on"
        command = [sys.executable, "-c", CONVERTER, str(tmp_path / "data"), on]
        child = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert child.stdout is not None
        assert child.stdout.readline() == b"begun\n"
        time.sleep(chance.uniform(0.0, 0.12))
        child.kill()
        killed += child.wait() == -signal.SIGKILL
        child.stdout.close()
        vault._of.cache_clear()
        assert seen(tmp_path / "data") == before
    assert killed > 3
    vault.of(tmp_path / "data").turn_on()
    assert convert(tmp_path / "data")
    assert with_marker(tmp_path / "data") == []
    assert seen(tmp_path / "data") == before


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX's promises")
@pytest.mark.parametrize("on", [True, False])
def test_a_power_cut_leaves_every_file_in_one_of_both_kinds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory_keyring: MemoryKeyring, on: bool
) -> None:
    disk = tmp_path / "disk"
    fill(disk)
    for name in ("history.db", "origins.db"):
        (disk / name).unlink()  # SQLite's own writing is not recorded
    keys = vault.of(disk)
    keys.turn_on()
    if not on:
        convert(disk)
    before, kept = seen_in_files(disk), dict(memory_keyring.kept)
    with monkeypatch.context() as patch:
        recorder = Recorder(disk, patch)
        if not on:
            keys.turn_off()
        convert(disk)
    for count in range(len(recorder.steps), -1, -1):
        for number, keep in enumerate(((0, 0), (1, 1), (1, 0), (0, 1), None, None)):
            if count < len(recorder.steps):  # the key is forgotten last
                memory_keyring.kept.update(kept)
            left = tmp_path / f"left-{count}-{number}"
            recorder.left(count, left, random.Random(1000 * count + number), keep)
            assert seen_in_files(left) == before
            shutil.rmtree(left)


def seen_in_files(folder: Path) -> list[object]:
    work = LostWork(folder / "journal")
    lost = [(each.meta.title, each.text) for each in work.documents]
    work.release()
    return [
        load_session(folder / "session.json"),
        RecentFiles(folder / "recent.json").paths(),
        WordFile(folder / "words.txt").words(),
        PhraseFile(folder / "phrases.jsonl").phrases(),
        lost,
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be replaced there")
def test_the_plain_contents_are_overwritten_before_the_disk_has_them_back(folder: Path) -> None:
    journal = Journal(folder / "journal")
    document = journal.document(Meta(title="t"), f"{MARKER} base")
    document.edit(0, 0, MARKER, len(f"{MARKER} base") + len(MARKER))
    document.flush()
    assert journal.flush()
    with (folder / "words.txt").open("rb") as words, document.path.open("rb") as log:
        vault.of(folder).turn_on()
        convert(folder)
        assert document.wants_base
        document.rebase(f"{MARKER} again")
        document.flush()
        assert journal.flush()
        for file in (words, log):
            file.seek(0)
            assert set(file.read()) == {0}
    assert with_marker(folder) == []
    journal.close()
