from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpt_assistant.storage import vault
from gpt_assistant.storage.chunks import LEAST, MOST, cut
from gpt_assistant.storage.history import History, HistoryError
from gpt_assistant.storage.history_base import AUTOSAVED, SAVED, Version, superfluous

MB = 1_000_000


@pytest.fixture(autouse=True, params=["plain", "encrypted"])
def _kind(tmp_path: Path, request: pytest.FixtureRequest, file_keyring: Path) -> None:
    """All of it holds for what is encrypted, too."""
    if request.param == "encrypted":
        vault.of(tmp_path).turn_on()


@pytest.fixture
def kept(tmp_path: Path) -> History:
    return History(tmp_path / "history.db", 50 * MB)


def texts(kept: History, key: str) -> list[str]:
    return [kept.text(version.id) for version in kept.versions(key)]


# -- chunks ----------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(
    st.binary(max_size=300).map(lambda line: line + b"\n"), st.integers(0, 3000), st.binary(max_size=200_000)
)
def test_chunks_are_the_text_in_order(line: bytes, count: int, tail: bytes) -> None:
    data = line * count + tail
    parts = list(cut(data))
    assert b"".join(parts) == data
    assert all(0 < len(part) <= MOST for part in parts)
    assert all(len(part) >= LEAST for part in parts[:-1])


def test_an_edit_changes_a_chunk_or_two() -> None:
    chance = random.Random(1)
    lines = [" ".join(str(chance.random()) for _ in range(3)) for _ in range(20_000)]
    before = set(cut("\n".join(lines).encode()))
    lines[7000] = "something else " * 20
    lines.insert(15_000, "and a new line")
    after = set(cut("\n".join(lines).encode()))
    assert len(before) > 50
    assert len(after - before) <= 5


# -- versions --------------------------------------------------------------------------------------


def test_versions_come_back_newest_first_with_why_and_when(kept: History) -> None:
    assert kept.documents() == []
    assert kept.versions("/a") == []
    assert not kept.path.exists(), "reading makes no file"
    assert kept.add("/a", "a", "one \ud800 😀\u2029", SAVED, at=100.0)
    assert kept.add("/a", "a", "", AUTOSAVED, at=900.0)
    assert kept.add("/b", "b", "other", SAVED, at=500.0)
    assert texts(kept, "/a") == ["", "one \ud800 😀\u2029"]
    assert [(v.time, v.reason, v.length) for v in kept.versions("/a")] == [
        (900.0, AUTOSAVED, 0),
        (100.0, SAVED, 8),
    ]
    assert [(each.key, each.count) for each in kept.documents()] == [("/a", 2), ("/b", 1)]


def test_the_same_text_again_is_no_new_version(kept: History) -> None:
    assert kept.add("/a", "a", "text", SAVED)
    assert not kept.add("/a", "a", "text", SAVED, file="0" * 32)
    assert len(kept.versions("/a")) == 1
    assert kept.text_of_file("/a", "0" * 32) == "text", "but its file is known from then on"
    assert kept.text_of_file("/a", "f" * 32) is None


def test_five_hundred_versions_of_a_novel_take_little(kept: History) -> None:
    chance = random.Random(2)
    words = [f"word{number}" for number in range(5000)]
    lines = [" ".join(chance.choices(words, k=10)) for _ in range(4000)]
    now = time.time() - 3000
    for number in range(60):
        lines[chance.randrange(len(lines))] += " changed"
        kept.add("/novel", "novel", "\n".join(lines), SAVED, at=now + number)
    assert len(kept.versions("/novel")) == 60
    assert texts(kept, "/novel")[0] == "\n".join(lines)
    whole = len(zlib.compress("\n".join(lines).encode()))
    assert kept.size() < 8 * whole, "copies would be sixty"


def test_old_versions_are_thinned_the_newest_and_the_oldest_stay() -> None:
    now, minute = 1e9, 60.0
    rows = [Version(number, now - number * 5 * minute, SAVED, 1) for number in range(4000)]  # two weeks
    gone = set(superfluous(rows, now))
    left = [row for row in rows if row.id not in gone]
    assert left[0].id == 0
    assert left[-1].id == 3999
    ages = [now - row.time for row in left]
    assert sum(age <= 3600 for age in ages) == 13
    assert 110 <= sum(3600 < age <= 86400 for age in ages) <= 140
    assert 130 <= sum(86400 < age <= 7 * 86400 for age in ages) <= 150
    assert sum(age > 7 * 86400 for age in ages) <= 9
    assert superfluous(left, now) == [], "thinning again takes nothing more"


def test_versions_that_the_clock_took_are_thinned_at_once() -> None:
    rows = [Version(number, 1000.0 - 10 * number, AUTOSAVED, 1) for number in range(50)]
    assert len(rows) - len(superfluous(rows, 1000.0)) <= 7


def test_the_limit_holds_and_the_oldest_go_first(tmp_path: Path) -> None:
    kept = History(tmp_path / "history.db", 400_000)
    chance = random.Random(3)
    now = time.time() - 3000
    for number in range(60):
        noise = "".join(chance.choices("abcdefghijklmnop\n", k=20_000))
        kept.add(f"/{number % 3}", "t", noise, SAVED, at=now + number)
        assert kept.path.stat().st_size <= 440_000
    newest = [kept.versions(f"/{number}")[0].time for number in range(3)]
    assert newest == [now + 57, now + 58, now + 59]
    assert texts(kept, "/0"), "what is left is whole"
    kept.set_limit(150_000)
    assert kept.path.stat().st_size <= 150_000
    assert sum(each.count for each in kept.documents()) >= 1


def test_nothing_is_kept_when_it_is_switched_off(tmp_path: Path) -> None:
    kept = History(tmp_path / "history.db", 0)
    assert not kept.add("/a", "a", "text", SAVED)
    assert not kept.path.exists()


def test_an_untitled_document_takes_its_versions_along_when_it_is_named(kept: History) -> None:
    kept.add("untitled:1", "Untitled", "first", SAVED, at=1.0)
    kept.add("/a", "a", "what was there", SAVED, at=0.5)
    kept.rename("untitled:1", "/a", "a")
    assert texts(kept, "/a") == ["first", "what was there"]
    assert [each.key for each in kept.documents()] == ["/a"]


def test_saving_as_leaves_both_with_the_history(kept: History) -> None:
    kept.add("/a", "a", "first", SAVED, at=1.0)
    kept.add("/a", "a", "second", SAVED, at=2.0)
    kept.add("/b", "b", "second", SAVED, at=3.0)
    kept.copy("/a", "/b", "b")
    assert texts(kept, "/a") == ["second", "first"]
    assert texts(kept, "/b") == ["second", "first"]
    kept.forget("/a")
    assert texts(kept, "/b") == ["second", "first"], "a chunk stays as long as one version has it"
    assert kept.versions("/a") == []


def test_a_file_moved_by_another_program_keeps_its_history(kept: History, tmp_path: Path) -> None:
    old, new, copy = tmp_path / "old", tmp_path / "new", tmp_path / "copy"
    kept.add(str(old), "old", "text", SAVED, file="0" * 32)
    old.write_text("text")
    assert not kept.adopt(str(copy), "copy", "0" * 32), "the other file is still there"
    old.rename(new)
    assert kept.adopt(str(new), "new", "0" * 32)
    assert texts(kept, str(new)) == ["text"]
    assert not kept.adopt(str(copy), "copy", "f" * 32)


def test_clearing_gives_the_room_back(kept: History) -> None:
    chance = random.Random(4)
    for number in range(10):
        kept.add("/a", "a", "".join(chance.choices("abcdef \n", k=50_000)), SAVED, at=float(number))
    before = kept.path.stat().st_size
    kept.clear()
    assert kept.documents() == []
    assert kept.path.stat().st_size < before / 4


def test_two_instances_share_it(tmp_path: Path) -> None:
    one, two = (History(tmp_path / "history.db", MB) for _ in range(2))
    for number in range(5):
        one.add("/a", "a", f"one {number}", SAVED, at=number + 1.0)
        two.add("/a", "a", f"two {number}", SAVED, at=number + 1.5)
    assert len(one.versions("/a")) == len(two.versions("/a"))
    assert texts(one, "/a")[0] == "two 4"


# -- damage ----------------------------------------------------------------------------------------


def test_what_is_no_database_is_set_aside_with_one_line(tmp_path: Path) -> None:
    said: list[str] = []
    path = tmp_path / "history.db"
    path.write_bytes(b"not a database" * 1000)
    kept = History(path, MB, said.append)
    assert kept.add("/a", "a", "text", SAVED)
    assert texts(kept, "/a") == ["text"]
    (line,) = said
    assert "damaged" in line
    assert len(line.splitlines()) == 1
    (aside,) = tmp_path.glob("history-damaged-*.db")
    assert aside.read_bytes().startswith(b"not a database")


def test_of_a_damaged_database_what_is_readable_is_taken_over(tmp_path: Path) -> None:
    said: list[str] = []
    path = tmp_path / "history.db"
    kept = History(path, 50 * MB, said.append)
    chance = random.Random(5)
    for number in range(30):
        kept.add("/a", "a", "".join(chance.choices("abcdef \n", k=30_000)), SAVED, at=time.time() + number)
    kept.close()
    data = bytearray(path.read_bytes())
    for place in range(len(data) // 2, len(data) // 2 + 40_000, 1000):
        data[place] ^= 0xFF
    path.write_bytes(data)
    good = 0
    for version in kept.versions("/a"):
        try:
            good += len(kept.text(version.id)) == 30_000
        except HistoryError as error:
            said.append(str(error))
    assert all(len(line.splitlines()) == 1 for line in said)
    assert good >= 15, "a damaged page costs the versions that it is a part of"
    assert kept.add("/a", "a", "goes on", SAVED, at=time.time() + 100) or said


def test_a_truncated_database_is_no_end_of_it(tmp_path: Path) -> None:
    said: list[str] = []
    path = tmp_path / "history.db"
    kept = History(path, MB, said.append)
    for number in range(30):
        kept.add("/a", "a", f"{number}\n" * 20_000, SAVED, at=time.time() + number)
    kept.close()
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    again = History(path, MB, said.append)
    for _ in range(3):
        try:
            again.add("/a", "a", "after the damage", SAVED, at=time.time() + 50)
            break
        except HistoryError:
            continue
    assert texts(again, "/a")[0] == "after the damage"
    assert len(said) <= 1


@pytest.mark.skipif(sys.platform == "win32", reason="limits of the shell")
def test_a_full_disk_is_one_line_and_harms_nothing(tmp_path: Path) -> None:
    script = """
import random, resource, signal, sys
from pathlib import Path
from gpt_assistant.storage.history import History, HistoryError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
kept = History(Path(sys.argv[1]), 10**9)
kept.add("/a", "a", "before", "saved")
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (kept.path.stat().st_size, hard))
try:
    kept.add("/a", "a", "".join(random.choices("abcdef", k=500_000)), "saved")
except HistoryError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
kept.add("/a", "a", "after", "saved")
print([kept.text(each.id) for each in kept.versions("/a")])
"""
    command = [sys.executable, "-c", script, str(tmp_path / "history.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    line, found = done.stdout.splitlines()
    assert line.startswith("No earlier version was kept:")
    assert found == "['after', 'before']"


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_kill_in_the_middle_tears_nothing(tmp_path: Path) -> None:
    script = """
import sys, time
from pathlib import Path
from gpt_assistant.storage.history import History
kept = History(Path(sys.argv[1]), 3_000_000)
for number in range(10**6):
    kept.add("/a", "a", f"{number} {time.time()}\\n" * 5000, "saved")
    print(number, flush=True)
"""
    path = tmp_path / "history.db"
    for pause in (0.05, 0.13, 0.21, 0.34):
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(pause)
        process.kill()
        told = [line for line in process.stdout.readlines() if line.endswith("\n")]
        process.stdout.close()
        process.wait()
        kept = History(path, 3_000_000, pytest.fail)
        newest = kept.text(kept.versions("/a")[0].id)
        assert len(set(newest.splitlines())) == 1
        if told:
            assert int(newest.split()[0]) >= int(told[-1]), "what was reported is there"
        kept.close()
        with sqlite3.connect(path) as base:
            assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        base.close()
