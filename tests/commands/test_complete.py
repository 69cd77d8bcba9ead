"""`gpt-assistant complete` as its clients see it: a process with the real model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gpt_assistant.text.suggestion import Reason

COMMAND = [sys.executable, "-m", "gpt_assistant", "complete"]
SLOW = 120.0  # seconds after which something hangs
HALF_TYPED = "Thank you very mu"
FOX = "The quick brown fox jumps over the"
# What a program that asks gets: buffered pipes, whatever the shell of who tests is set to.
PLAIN = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
FIELDS = {"id", "text", "reason", "candidates", "ms_first", "ms_total"}


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=SLOW,
        env=PLAIN | environment,
    )


class Client:
    """One running process that is talked to line by line."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "--jsonl", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=PLAIN,
        )
        assert self.process.stdin
        assert self.process.stdout
        self.stdin, self.stdout = self.process.stdin, self.process.stdout
        self._watchdog = threading.Timer(SLOW, self.process.kill)  # or a lost answer would hang the tests
        self._watchdog.start()

    def send(self, *lines: bytes) -> None:
        self.stdin.write(b"".join(line + b"\n" for line in lines))
        self.stdin.flush()

    def receive(self) -> dict[str, Any]:
        line = self.stdout.readline()
        assert line.endswith(b"\n"), "the process has ended"
        return json.loads(line)

    def ask(self, **row: object) -> dict[str, Any]:
        """Send a row and return its answer: it must come while the process waits for the next row."""
        self.send(json.dumps(row).encode())
        return self.receive()

    def close(self) -> tuple[int, bytes]:
        """End the input; return the exit code and what was said on standard error."""
        self.stdin.close()
        try:
            code = self.process.wait(SLOW)
        finally:
            self._watchdog.cancel()
            self.stdout.close()
        assert self.process.stderr
        with self.process.stderr as errors:
            return code, errors.read()


@pytest.fixture(scope="module")
def client(default_model: Path) -> Iterator[Client]:
    """Return a process that shows whatever it has: what is worth showing is not the matter here."""
    running = Client("--eagerness", "100")
    yield running
    assert running.close() == (0, b"")


def words(text: str) -> int:
    return len(text.split())


# Rows


def test_a_row_is_answered_before_the_next_is_sent(client: Client):
    answer = client.ask(id=1, before=HALF_TYPED)
    assert answer.keys() == FIELDS
    assert answer["text"].startswith("ch")
    assert answer["reason"] == ""
    assert 0 < answer["ms_first"] <= answer["ms_total"]


def test_candidates_come_best_first_and_the_shown_one_leads(client: Client):
    answer = client.ask(before=FOX)
    candidates = answer["candidates"]
    assert candidates[0]["text"] == answer["text"]
    assert len({candidate["text"] for candidate in candidates}) == len(candidates)
    assert all(candidate.keys() == {"text", "p"} for candidate in candidates)
    assert all(0 <= candidate["p"] <= 1 for candidate in candidates)


def test_the_text_is_what_tab_inserts_with_its_space(client: Client):
    assert client.ask(before=FOX)["text"].startswith(" l")
    assert client.ask(before=f"{FOX} ")["text"].startswith("l")
    assert client.ask(before=f"{FOX} la")["text"].startswith("zy")


def test_what_follows_the_caret_is_heeded(client: Client):
    assert client.ask(before=FOX, after="\nThe end")["text"] == client.ask(before=FOX)["text"] != ""
    assert not client.ask(before=FOX, after=" lazy dog.")["text"].startswith(" lazy dog")
    inside = client.ask(before=HALF_TYPED, after="ch")
    assert (inside["text"], inside["reason"]) == ("", Reason.INSIDE_WORD)


def test_rows_are_independent(client: Client):
    alone = client.ask(before=FOX)["text"]
    for before in (FOX[:-4], f"{FOX} zebra", "Something else altogether"):
        client.ask(before=before)
    assert client.ask(before=FOX)["text"] == alone


def test_max_tokens_caps_the_length(client: Client):
    whole = client.ask(before=FOX)["text"]
    assert words(whole) > 1, "a cap would not show"
    capped = {most: client.ask(before=FOX, max_tokens=most)["text"] for most in (1, 2, 3, 256)}
    assert all(words(text) <= most for most, text in capped.items())  # no token is more than a word
    assert all(whole.startswith(text) for text in capped.values())
    assert capped[256] == whole
    assert any("" != text != whole for text in capped.values())


@pytest.mark.parametrize("before", ["", "  \n\t "])
def test_a_reason_is_given_for_nothing(client: Client, before: str):
    answer = client.ask(before=before)
    assert answer.keys() == FIELDS
    assert (answer["text"], answer["reason"]) == ("", Reason.NO_CONTEXT)


def test_there_is_a_reason_exactly_when_there_is_no_text(client: Client):
    for end in range(1, len(FOX), 4):
        answer = client.ask(before=FOX[:end])
        assert bool(answer["text"]) != bool(answer["reason"])
        assert answer["reason"] in list(Reason)


@pytest.mark.parametrize(
    "identity", [0, 1, -1.5, 10**30, "x", "", "é 😀\u2028", True, False, None, [1, [2]], {"a": {"b": None}}]
)
def test_the_id_is_passed_through(client: Client, identity: object):
    for row in ({"before": ""}, {"before": 1}):  # an answer and an error
        passed = client.ask(id=identity, **row)["id"]
        assert passed == identity
        assert type(passed) is type(identity)


def test_what_a_row_does_not_need_is_ignored(client: Client):
    answer = client.ask(before=HALF_TYPED, after="", colour="grey")
    assert answer["id"] is None
    assert answer["text"].startswith("ch")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "is not JSON"),
        (b"before", "is not JSON"),
        (b'{"before": "a"} x', "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"id": 7, "before": "caf\xe9"}', "is not UTF-8"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"[]", "object"),
        (b'"before"', "object"),
        (b"null", "object"),
        (b"{}", "before"),
        (b'{"before": null}', "before"),
        (b'{"before": 1}', "before"),
        (b'{"before": ["a"]}', "before"),
        (b'{"before": "a", "after": 1}', "after"),
        (b'{"before": "a", "after": null}', "after"),
        (b'{"before": "a", "max_tokens": -1}', "max_tokens"),
        (b'{"before": "a", "max_tokens": 257}', "max_tokens"),
        (b'{"before": "a", "max_tokens": 1.5}', "max_tokens"),
        (b'{"before": "a", "max_tokens": "3"}', "max_tokens"),
        (b'{"before": "a", "max_tokens": true}', "max_tokens"),
        (b'{"before": "a", "max_tokens": false}', "max_tokens"),
        (b'{"before": "a", "max_tokens": null}', "max_tokens"),
        (b'{"before": "lone \\ud800 surrogate"}', ""),
    ],
)
def test_a_bad_line_is_an_error_and_the_rest_goes_on(client: Client, line: bytes, says: str):
    client.send(line)
    answer = client.receive()
    assert answer.keys() == {"id", "error"}
    assert says in answer["error"]
    assert "\n" not in answer["error"]
    assert client.ask(id=1, before="") == {
        "id": 1,
        "text": "",
        "reason": Reason.NO_CONTEXT,
        "candidates": [],
        "ms_first": pytest.approx(0, abs=50),
        "ms_total": pytest.approx(0, abs=50),
    }


def test_many_lines_at_once_are_answered_in_order(client: Client):
    lines = [json.dumps({"id": n, "before": HALF_TYPED[: n + 1]}).encode() for n in range(12)]
    lines[3] = b'{"id": 3, "before": 3}'
    lines[7] = b"not JSON"
    client.send(*lines[:5], b"", b"   ", *lines[5:])  # blank lines get no answer
    answers = [client.receive() for _ in lines]
    assert [answer["id"] for answer in answers] == [*range(7), None, *range(8, 12)]
    assert [n for n, answer in enumerate(answers) if "error" in answer] == [3, 7]


def test_the_last_line_may_lack_its_end_and_text_is_utf8_whatever_the_locale_says(default_model: Path):
    row = '{"id": "é😀", "before": "Thank you very mu"}'
    done = run("--jsonl", stdin=row.encode(), LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="latin-1")
    answer = json.loads(done.stdout.decode("utf-8"))
    assert answer["id"] == "é😀"
    assert "error" not in answer
    assert done.stdout.count(b"\n") == 1
    assert (done.returncode, done.stderr) == (0, b"")


def test_nobody_who_reads_is_no_reason_to_complain(default_model: Path):
    client = Client()
    assert client.ask(before="")["reason"] == Reason.NO_CONTEXT
    client.stdout.close()
    client.send(b'{"before": ""}')
    assert client.process.wait(SLOW) == 0, "it ends, though more might be asked"
    assert client.close() == (0, b"")


# A single text


def test_nobody_reads_a_single_text_either(default_model: Path):
    reader, writer = os.pipe()
    os.close(reader)
    command = [*COMMAND, HALF_TYPED, "--eagerness", "100"]
    done = subprocess.run(
        command, stdout=writer, stderr=subprocess.PIPE, check=False, timeout=SLOW, env=PLAIN
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_text_may_come_from_standard_input(default_model: Path):
    done = run("--eagerness", "100", "--max-tokens", "2", stdin=f"{FOX}\n".encode())
    assert done.returncode == 0
    assert done.stdout.startswith(b" l"), "the line's end is not part of the text"
    assert len(done.stdout.split()) <= 2
    assert b"." not in done.stdout, "that would be a third token"
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def test_no_suggestion_is_said_on_standard_error(default_model: Path):
    done = run(HALF_TYPED, "--after", "ch")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == f"No suggestion: {Reason.INSIDE_WORD}.\n"


def test_without_a_model_one_line_says_what_to_do(tmp_path: Path):
    done = run("--offline", HALF_TYPED, GPT_ASSISTANT_MODELS=str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"gpt-assistant: ")
    assert done.stderr.count(b"\n") == 1


def test_it_starts_without_qt_and_without_a_display(default_model: Path):
    script = (
        "import sys\n"
        "from gpt_assistant.cli import main\n"
        f"code = main(['complete', {HALF_TYPED!r}, '--eagerness', '100'])\n"
        "print(code, sorted(name for name in sys.modules if 'PySide' in name or 'qasync' in name))\n"
    )
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR")
    bare = {name: value for name, value in PLAIN.items() if name not in hidden}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=SLOW, env=bare
    )
    completed, told = done.stdout.splitlines()
    assert completed.startswith("ch")
    assert told == "0 []"
    assert done.stderr == ""
