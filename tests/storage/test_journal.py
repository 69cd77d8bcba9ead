from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpt_assistant.storage import journal_format as form
from gpt_assistant.storage import vault
from gpt_assistant.storage.journal import Journal
from gpt_assistant.storage.journal_format import Edit, Meta
from gpt_assistant.storage.recovery import LostWork, digest


@pytest.fixture(autouse=True, params=["plain", "encrypted"])
def _kind(tmp_path: Path, request: pytest.FixtureRequest, file_keyring: Path) -> None:
    """All of it holds for what is encrypted, too."""
    if request.param == "encrypted":
        vault.of(tmp_path).turn_on()


def lost(root: Path) -> list[tuple[str, str]]:
    work = LostWork(root)
    found = [(document.meta.title, document.text) for document in work.documents]
    work.release()
    return found


def abandon(journal: Journal) -> None:
    """End the way a kill does, as far as one can within a process: locks go, nothing else happens."""
    journal.flush()
    journal._lock.release()
    journal._executor.shutdown()


def test_nothing_is_written_before_the_first_change(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    document = journal.document(Meta(title="a"), "text")
    assert document.flush() is None
    journal.flush()
    assert list(journal.folder.iterdir()) == []
    journal.close()
    assert not journal.folder.exists()


def test_edits_come_back(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    document = journal.document(Meta(path="/x/a.txt", title="a.txt", newline="\r\n"), "Hello wörld 😀!")
    document.edit(14, 0, "!!", 17)
    document.flush()
    document.edit(0, 5, "Goodbye", 19)
    document.edit(7, 0, ",", 20)
    document.flush()
    abandon(journal)
    work = LostWork(tmp_path)
    (found,) = work.documents
    assert found.text == "Goodbye, wörld 😀!!!"
    assert (found.meta.path, found.meta.newline) == ("/x/a.txt", "\r\n")
    assert found.meta.changed > 1e9
    work.release()


def test_saved_documents_leave_nothing_and_start_again_from_what_was_saved(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    document = journal.document(Meta(), "")
    document.edit(0, 0, "one", 3)
    document.flush()
    document.rebase("one", Meta(title="saved"), unsaved=False)
    journal.flush()
    assert list(journal.folder.glob("*.journal")) == []
    document.edit(3, 0, " two", 7)
    document.flush()
    abandon(journal)
    assert lost(tmp_path) == [("saved", "one two")]


def test_discarded_documents_leave_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    document = journal.document(Meta(), "")
    document.edit(0, 0, "one", 3)
    document.flush()
    document.discard()
    journal.close()
    assert lost(tmp_path) == []
    assert {path.name for path in tmp_path.iterdir()} - {vault.NAME, "home"} == {"instances.lock"}


def test_a_log_cut_anywhere_gives_a_prefix_of_the_edits() -> None:
    edits = [Edit(number, 0, "x", number + 1) for number in range(20)]
    data = b"".join(form.header(Meta(), "")) + form.records(edits)
    base = len(b"".join(form.header(Meta(), "")))
    lengths = [len(form.read(data[:cut])[1]) for cut in range(base, len(data) + 1)]
    assert lengths == sorted(lengths)
    assert lengths[-1] == 20
    with pytest.raises(ValueError, match="damaged"):
        form.read(data[: base - 1])


def test_a_flipped_bit_ends_the_log_there() -> None:
    good = b"".join(form.header(Meta(), "base")) + form.records([Edit(4, 0, "+", 5)])
    data = good + form.records([Edit(5, 0, "bad", 8)])
    damaged = bytearray(data)
    damaged[len(good) + 15] ^= 1
    assert form.read(bytes(damaged))[1] == "base+"
    assert form.read(data)[1] == "base+bad"


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10), st.text(max_size=6)), max_size=25))
def test_any_edits_replay_to_the_text(steps: list[tuple[int, int, str]]) -> None:
    units, edits = "Anfang 😀".encode("utf-16-le"), []
    for position, removed, added in steps:
        start = min(position, len(units) // 2)
        end = min(start + removed, len(units) // 2)
        units = units[: 2 * start] + added.encode("utf-16-le", "surrogatepass") + units[2 * end :]
        edits.append(Edit(start, end - start, added, len(units) // 2))
    data = b"".join(form.header(Meta(), "Anfang 😀")) + form.records(edits)
    assert form.read(data)[1] == units.decode("utf-16-le", "surrogatepass")


def test_typing_is_joined_into_one_record() -> None:
    one = Edit(3, 2, "a", 10)
    assert one.joined(Edit(4, 0, "b", 11)) == Edit(3, 2, "ab", 11)
    assert one.joined(Edit(4, 1, "b", 10)) is None
    assert one.joined(Edit(5, 0, "b", 11)) is None


def test_a_long_log_asks_to_start_again_and_shrinks(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    document = journal.document(Meta(), "")
    for number in range(5000):
        document.edit(0, number and 1, "x", 1)
    assert document.wants_base
    document.flush()
    journal.flush()
    before = document.path.stat().st_size
    document.rebase("x")
    document.flush()
    journal.flush()
    assert not document.wants_base
    assert document.path.stat().st_size < before / 100
    abandon(journal)
    assert lost(tmp_path) == [("Untitled", "x")]


def test_running_instances_keep_their_journals(tmp_path: Path) -> None:
    first, second = Journal(tmp_path), Journal(tmp_path)
    document = first.document(Meta(title="first"), "")
    document.edit(0, 0, "mine", 4)
    document.flush()
    first.flush()
    assert LostWork(tmp_path).documents == ()
    abandon(first)
    holder = LostWork(tmp_path)
    assert [document.text for document in holder.documents] == ["mine"]
    assert LostWork(tmp_path).documents == (), "two instances must not both offer the same work"
    holder.release()
    assert lost(tmp_path) == [("first", "mine")], "what was not answered is offered again"
    second.close()


def test_forgotten_work_is_gone_and_the_rest_stays(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for title in "ab":
        document = journal.document(Meta(title=title), "")
        document.edit(0, 0, title, 1)
        document.flush()
    abandon(journal)
    work = LostWork(tmp_path)
    work.forget(work.documents[0])
    work.release()
    assert len(lost(tmp_path)) == 1
    work = LostWork(tmp_path)
    work.forget(work.documents[0])
    work.release()
    assert {path.name for path in tmp_path.iterdir()} - {vault.NAME, "home"} == {"instances.lock"}


def test_a_damaged_journal_does_not_hide_the_others(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    document = journal.document(Meta(title="good"), "")
    document.edit(0, 0, "x", 1)
    document.flush()
    journal.flush()
    (journal.folder / "bad.journal").write_bytes(b"rubbish")
    abandon(journal)
    assert lost(tmp_path) == [("good", "x")]
    assert (journal.folder / "bad.journal").exists()


def test_changed_files_are_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"then")
    journal = Journal(tmp_path / "journal")
    document = journal.document(Meta(path=str(path), saved_digest=digest(b"then")), "then")
    document.edit(4, 0, "!", 5)
    document.flush()
    abandon(journal)
    work = LostWork(tmp_path / "journal")
    assert not work.documents[0].file_changed
    path.write_bytes(b"now")
    assert work.documents[0].file_changed
    path.unlink()
    assert work.documents[0].file_changed
    work.release()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of the shell")
def test_full_disk_is_told_once_and_mended_when_there_is_room(tmp_path: Path) -> None:
    script = """
import sys, resource
from pathlib import Path
from gpt_assistant.storage.journal import Journal
from gpt_assistant.storage.journal_format import Meta
import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
told = []
journal = Journal(Path(sys.argv[1]), told.append)
document = journal.document(Meta(title="t"), "")
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, hard))
text = ""
def type_(what):
    global text
    document.edit(len(text), 0, what, len(text) + len(what))
    text += what
    if document.wants_base:
        document.rebase(text)
    document.flush()
    journal.flush()
type_("a" * 1000)
for _ in range(4):
    type_("b" * 1500)
print(len(told), told[0])
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
type_("c")
type_("d")
print(len(told), document.wants_base, flush=True)
import os; os.kill(os.getpid(), 9)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
    )
    first, second = done.stdout.splitlines()
    assert first.startswith("1 Unsaved work is not backed up. Cannot write its copy: it is too large")
    assert second == "2 False", "once that it fails, and once that it is over"
    assert lost(tmp_path) == [("t", "a" * 1000 + "b" * 6000 + "cd")]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="POSIX")
def test_no_journal_folder_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        Journal(tmp_path / "file" / "journal")


def test_many_edits_of_a_large_text_are_read_in_no_time() -> None:
    base = "x" * 20_000_000
    edits = [Edit(number, 1, "ab" if number % 2 else "", 0) for number in range(2000)]
    text, length, sized = bytearray(base[:10_000].encode()), len(base), []
    for edit in edits:
        text[edit.position : edit.position + 1] = edit.added.encode()
        length += len(edit.added) - 1
        sized.append(Edit(edit.position, 1, edit.added, length))
    data = b"".join(form.header(Meta(), [base[:7_000_000], base[7_000_000:]])) + form.records(sized)
    started = time.monotonic()
    assert form.read(data)[1] == text.decode() + base[10_000:]
    assert time.monotonic() - started < 5


@given(st.binary(max_size=60), st.lists(st.tuples(st.integers(0), st.integers(0), st.binary(max_size=20))))
def test_bytes_in_pieces_are_edited_like_bytes_in_one(
    data: bytes, edits: list[tuple[int, int, bytes]]
) -> None:
    class Small(form._Pieces):
        _SIZE = 4

    pieces, whole = Small(data), bytearray(data)
    for start, removed, added in edits:
        place = start % (len(whole) + 1)
        gone = removed % (len(whole) - place + 1)
        pieces.replace(place, gone, added)
        whole[place : place + gone] = added
        assert (pieces.joined(), pieces.length) == (whole, len(whole))


def test_a_save_that_a_kill_cut_off_from_its_record_is_not_taken_for_anothers_change(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("then")
    journal = Journal(tmp_path / "journal")
    document = journal.document(Meta(path=str(path), saved_digest=digest(b"then")), "then")
    for number, more in enumerate((" one", " two")):
        document.edit(4 + 4 * number, 0, more, 8 + 4 * number)
        document.flush()
    abandon(journal)
    work = LostWork(tmp_path / "journal")
    (lost_one,) = work.documents
    for ours in ("then", "then one", "then one two"):
        path.write_text(ours)
        assert not lost_one.file_changed, ours
        assert lost_one.known_digest() == digest(ours.encode())
    for other in ("then on", "now", ""):
        path.write_text(other)
        assert lost_one.file_changed, other
    work.release()


def test_a_file_that_was_not_there_yet_and_was_made_by_others(tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    journal = Journal(tmp_path / "journal")
    document = journal.document(Meta(path=str(path)), "")
    document.edit(0, 0, "mine", 4)
    document.flush()
    abandon(journal)
    work = LostWork(tmp_path / "journal")
    assert not work.documents[0].file_changed
    path.write_text("theirs")
    assert work.documents[0].file_changed
    work.release()
