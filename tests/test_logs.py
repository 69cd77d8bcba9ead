"""Logs hold no text, whatever raises; in a process of its own, which logs to its standard error."""

from __future__ import annotations

import ast
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from gpt_assistant import logs
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.text.told import told

SECRET = "Westhaven"
BEGIN = """
import logging, sys, threading
from gpt_assistant import logs
logs.catch()
logs.set_up(logging.DEBUG)
log = logging.getLogger("gpt_assistant.anything")
secret = sys.argv[1]

def fail():
    try:
        {}[secret]
    except KeyError as error:
        raise ValueError(f"not {secret}") from error
"""


def said(body: str) -> str:
    """Return what a program says on its standard error."""
    command = [sys.executable, "-c", BEGIN + body, SECRET]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120).stderr


def test_what_is_caught_and_logged_keeps_its_message_to_itself() -> None:
    found = said("""
try:
    fail()
except ValueError as error:
    log.warning("it failed: %s", error, exc_info=True)
    log.error(error)
""")
    assert SECRET not in found
    assert "WARNING gpt_assistant.anything: it failed: ValueError in <string>:13" in found
    assert "KeyError" in found
    assert "Which led to:" in found


@pytest.mark.parametrize(
    "body",
    [
        "fail()",
        "thread = threading.Thread(target=fail); thread.start(); thread.join()",
        "class A:\n    def __del__(self):\n        fail()\nA()",
    ],
    ids=["main", "thread", "clearing up"],
)
def test_what_nobody_catches_does_too(body: str) -> None:
    found = said(body)
    assert SECRET not in found
    assert "ERROR gpt_assistant.logs: not caught" in found
    assert "ValueError in <string>:" in found


def test_other_packages_speak_of_problems_only() -> None:
    body = """
for name in ("httpx2", "asyncio", "transformers"):
    logging.getLogger(name).info("sent %s", secret)
    logging.getLogger(name).warning("look out")
log.debug("fine")
"""
    found = said(body)
    assert SECRET not in found
    assert found.count("look out") == 3
    assert "DEBUG gpt_assistant.anything: fine" in found


@pytest.mark.skipif(sys.platform == "win32", reason="Unix")
def test_a_crash_leaves_no_image_of_the_memory() -> None:
    found = said(
        "import resource; logs.leave_no_core(); log.info(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    assert found == "INFO gpt_assistant.anything: 0\n"


def test_what_may_be_said_of_an_exception() -> None:
    with pytest.raises(FileNotFoundError) as missing:
        Path(f"/{SECRET}/letter.txt").read_text()
    assert logs.described(missing.value) == "FileNotFoundError: No such file or directory"
    with pytest.raises(ValueError, match=SECRET) as bad:
        int(SECRET)
    assert logs.described(bad.value).startswith("ValueError in test_logs.py:")
    unavailable = ModelUnavailable(told("{name} is not here.", name=SECRET))
    assert logs.described(unavailable) == "ModelUnavailable: {name} is not here."
    assert logs.described(OSError(SECRET)) == "OSError"


def test_a_record_stays_as_it_is_for_others() -> None:
    error = ValueError(SECRET)
    record = logging.LogRecord("n", logging.ERROR, "p", 1, "%s at %d", (error, 3), (ValueError, error, None))
    assert logs.Discreet("%(message)s").format(record).startswith("ValueError at 3")
    assert record.getMessage() == f"{SECRET} at 3"
    assert SECRET in logging.Formatter().format(record)
    assert SECRET not in logs.Discreet("%(message)s").format(record), "another handler's trace is not taken"


def test_an_exception_goes_to_a_log_as_it_is() -> None:
    """Then it is `logs` that decides what of it is said."""
    for path in Path(logs.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("log.", "logging.")):
                said = [ast.unparse(each) for each in node.args]
                assert not [each for each in said if "(error)" in each or "{error" in each], (path.name, said)
