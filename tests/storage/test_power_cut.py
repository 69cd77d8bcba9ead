"""Nothing that was reported as written is lost by a power cut, and nothing is torn, whenever it comes."""

from __future__ import annotations

import errno
import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from power import Recorder

from gpt_assistant.settings import SettingsStore
from gpt_assistant.storage import vault
from gpt_assistant.storage.errors import FileError
from gpt_assistant.storage.journal import DocumentJournal, Journal
from gpt_assistant.storage.journal_format import Meta
from gpt_assistant.storage.locks import FileLock
from gpt_assistant.storage.recovery import LostWork
from gpt_assistant.storage.session import OpenDocument, RecentFiles, Session, load_session, save_session
from gpt_assistant.storage.writing import write_atomically

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX's promises")


@pytest.fixture(params=["plain", "encrypted"])
def disk(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    (tmp_path / "disk").mkdir()
    if request.param == "encrypted":
        vault.of(tmp_path / "disk").turn_on()
    return tmp_path / "disk"


# What survives of names and of contents: none, all, one without the other, any part of each.
KEPT: tuple[tuple[float, float] | None, ...] = ((0, 0), (1, 1), (1, 0), (0, 1), None, None, None)


class Cuts:
    """Every state that a cut may leave, after each step of what was recorded."""

    def __init__(self, recorder: Recorder, scratch: Path) -> None:
        self._recorder, self._scratch = recorder, scratch

    def __iter__(self) -> Iterator[tuple[int, Path]]:
        for count in range(len(self._recorder.steps) + 1):
            for number, keep in enumerate(KEPT):
                chance = random.Random(1000 * count + number)
                target = self._scratch / "left"
                shutil.rmtree(target, ignore_errors=True)
                yield count, self._recorder.left(count, target, chance, keep)


def test_a_file_is_the_old_or_the_new_one_and_what_was_saved_stays(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = disk / "text.txt"
    path.write_bytes(b"0" * 5000)
    with monkeypatch.context() as patch:
        recorder = Recorder(disk, patch)
        done = [0]
        for number in range(1, 4):
            write_atomically(path, str(number).encode() * 5000)
            done.append(len(recorder.steps))
    assert len(recorder.steps) >= 12
    for count, left in Cuts(recorder, tmp_path):
        content = (left / "text.txt").read_bytes()
        assert len(content) == 5000
        assert len(set(content)) == 1, "torn"
        reported = max(number for number, steps in enumerate(done) if steps <= count)
        assert int(content[:1]) >= reported, "a save that was reported is lost"


def test_the_harness_sees_what_is_not_synced(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saving without `fsync`, as many programs do, is caught: so the tests here can fail."""
    path = disk / "text.txt"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        recorder = Recorder(disk, patch)
        descriptor = os.open(disk / "new", os.O_WRONLY | os.O_CREAT)
        os.write(descriptor, b"brand new")
        os.close(descriptor)
        (disk / "new").replace(path)
    found = {(left / "text.txt").read_bytes() for _, left in Cuts(recorder, tmp_path)}
    assert b"" in found, "renamed before its content was there"


def lost(root: Path) -> list[str]:
    """Return the texts that a start finds, as the window does it: the lock of the dead process is free."""
    work = LostWork(root)
    found = [document.text for document in work.documents]
    work.release()
    return found


@pytest.fixture
def journal_at(disk: Path) -> Callable[[], Journal]:
    return lambda: Journal(disk / "journal", pytest.fail)


def type_into(document: DocumentJournal, text: str, more: str) -> str:
    document.edit(len(text), 0, more, len(text) + len(more))
    return text + more


def test_the_journal_has_all_that_it_was_given_before_the_cut(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, journal_at: Callable[[], Journal]
) -> None:
    texts = ["Saved before. "]
    with monkeypatch.context() as patch:
        recorder = Recorder(disk, patch)
        journal = journal_at()
        document = journal.document(Meta(title="t"), texts[0])
        done = [0]
        for number in range(8):
            if number == 5:  # the log starts again
                document.rebase(texts[-1])
            texts.append(type_into(document, texts[-1], f"word {number} "))
            flushed = document.flush()
            assert flushed is not None
            flushed.result()
            done.append(len(recorder.steps))
    journal._executor.shutdown()
    journal._lock.release()
    for count, left in Cuts(recorder, tmp_path):
        reported = max(number for number, steps in enumerate(done) if steps <= count)
        found = lost(left / "journal")
        assert len(found) <= 1
        if reported:
            assert found, f"nothing is left after step {count}"
        if found:
            assert found[0] in texts
            assert texts.index(found[0]) >= reported, "what was synced is lost"


def test_between_saving_and_dropping_the_journal_no_word_is_nowhere(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, journal_at: Callable[[], Journal]
) -> None:
    path = disk / "text.txt"
    path.write_bytes(b"first ")
    texts, done = ["first "], [0]
    with monkeypatch.context() as patch:
        recorder = Recorder(disk, patch)
        journal = journal_at()
        document = journal.document(Meta(path=str(path)), texts[0])
        for number in range(6):
            texts.append(type_into(document, texts[-1], f"{number} "))
            flushed = document.flush()
            assert flushed is not None
            flushed.result()
            done.append(len(recorder.steps))
            if number % 2:
                write_atomically(path, texts[-1].encode())
                document.rebase(texts[-1], unsaved=False)
                journal.flush()
    journal._executor.shutdown()
    journal._lock.release()
    for count, left in Cuts(recorder, tmp_path):
        reported = max(number for number, steps in enumerate(done) if steps <= count)
        places = [(left / "text.txt").read_text(), *lost(left / "journal")]
        assert all(place in texts for place in places), "torn"
        assert max(texts.index(place) for place in places) >= reported


def test_session_recent_files_and_settings_are_the_old_or_the_new_ones(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_session(disk / "session.json", Session((OpenDocument("/0"),), folder="/0"))
    RecentFiles(disk / "recent.json").add(Path("/0"))
    store = SettingsStore(disk / "settings.toml")
    store.change(font_size=10)
    with monkeypatch.context() as patch:
        recorder = Recorder(disk, patch)
        for number in (1, 2):
            save_session(disk / "session.json", Session((OpenDocument(f"/{number}"),), folder=f"/{number}"))
            RecentFiles(disk / "recent.json").add(Path(f"/{number}"))
            store.change(font_size=10 + number)
    for _, left in Cuts(recorder, tmp_path):
        session = load_session(left / "session.json")
        assert session.documents[0].path == session.folder
        assert str(RecentFiles(left / "recent.json").paths()[0]) in ("/0", "/1", "/2")
        assert SettingsStore(left / "settings.toml").current.font_size in (10, 11, 12)


# -- an error at every step ------------------------------------------------------------------------


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.ESTALE])
def test_an_error_at_any_step_of_saving_leaves_the_old_or_the_new_file(
    disk: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = disk / "text.txt"
    path.write_bytes(b"old")
    failed = 0
    for call in range(1, 30):
        with monkeypatch.context() as patch:
            recorder = Recorder(disk, patch)
            recorder.failing = {call: OSError(number, os.strerror(number))}
            try:
                write_atomically(path, b"new")
            except FileError as error:
                failed += 1
                line = str(error)
            else:
                line = ""
        if recorder.calls < call:
            break
        if line:
            assert line.startswith("Cannot save text.txt: ")
            assert len(line.splitlines()) == 1
            assert path.read_bytes() == b"old"
        else:
            assert path.read_bytes() == b"new"
        left = [each.name for each in disk.iterdir() if each.name != vault.NAME]
        assert left == ["text.txt"], "nothing is left lying about"
        path.write_bytes(b"old")
    assert failed >= 4
    assert recorder.calls < call, "each of the steps has failed once"


def test_an_error_at_any_step_of_the_journal_is_told_and_mended(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The document goes on in memory; what is written next is whole again."""
    call, failures = 1, 0
    while True:
        shutil.rmtree(disk / "journal", ignore_errors=True)
        told: list[str] = []
        journal = Journal(disk / "journal", told.append)
        document = journal.document(Meta(), "")
        text = type_into(document, "", "first ")
        document.flush()
        journal.flush()
        with monkeypatch.context() as patch:
            recorder = Recorder(disk, patch)
            recorder.failing = {call: OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))}
            text = type_into(document, text, "second ")
            document.flush()
            journal.flush()
            document.rebase(text)
            document.flush()
            journal.flush()
        failures += bool(told)
        assert all(len(line.splitlines()) == 1 for line in told)
        journal._executor.shutdown()
        journal._lock.release()
        (found,) = lost(disk / "journal")
        assert found in ("first ", "first second "), "readable, up to what was written"
        if not told or recorder.calls < call:
            assert found == "first second "
        if recorder.calls < call:
            break
        call += 1
    assert failures >= 4


def test_locks_are_files_that_may_be_gone(disk: Path) -> None:
    """A cut may lose the lock's file but not the folder beside it: its work is found all the same."""
    journal = Journal(disk / "journal")
    document = journal.document(Meta(), "")
    type_into(document, "", "text")
    document.flush()
    journal.flush()
    lock = journal.folder.with_suffix(".lock")
    assert lock.exists()
    journal._executor.shutdown()
    journal._lock.release()
    lock.unlink()
    assert lost(disk / "journal") == ["text"]
    other = FileLock(lock)
    assert other.acquire(), "and is not left locked"
    other.release()
