"""Nothing is sent anywhere: the real program at work while the kernel tells of every attempt at a connection.

It logs all it can meanwhile, and nothing of the text is in that.

To see it by yourself: `make test ARGS=tests/e2e/test_no_network.py`, or, with strace,
`strace -f -e trace=network gpt-assistant` while you write.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import watched_sockets

TEXT = "Thank you very mu"
STORY = (
    "The harbour of Westhaven was closed on Monday because of the storm. More than 40 boats stayed at the "
    "quay. The harbour master, Anna Lind, said that nobody was hurt. Two cranes were damaged, and it'll take "
    "three weeks to repair them. I recieved her letter. Fishermen are furious."
)
SESSION = Path(__file__).with_name("quiet_session.py")
ATTEMPTS = {
    "the window's own": "import socket; socket.socket(socket.AF_INET6).close()",
    "a library's, below Python": "import ctypes; ctypes.CDLL(None).socket(2, 2, 0)",
    "a program's that it starts": "import subprocess; subprocess.run(['getent', 'hosts', 'example.com'])",
}
# What a desktop or the program itself has on this machine: never a service that looks names up.
OWN = ("X11-unix", "gpt-assistant-", "bus", "wayland", "at-spi", "pulse", "keyring")
COMMANDS = (
    ("complete", TEXT),
    ("spell", "--fix", "I recieved teh letter."),
    ("summarize", STORY),
    ("sentiment", "What a wonderful day!"),
    ("mask", "Write to anna@example.com."),
    ("models", "list"),
)


@pytest.fixture(scope="module", autouse=True)
def _the_kernel_tells(request: pytest.FixtureRequest) -> None:
    """Skip where no filter can be set, for nothing can be shown then; and let nobody overlook it."""
    if why := watched_sockets.possible():
        text = f"It was NOT tested that nothing is sent anywhere: {why}"
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            print(f"\n\033[31m{text}\033[0m", file=sys.stderr, flush=True)
        pytest.skip(text)


@pytest.fixture
def surroundings(default_model: Path, tmp_path: Path) -> dict[str, str]:
    """Return a home without a model of its own, so that the default one is looked for as at any start."""
    return {"GPT_ASSISTANT_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}


def words_in(log: str) -> list[str]:
    """Return the words of the writer that a log has."""
    return [word for word in ("Westhaven", "Lind", "Fishermen", "anna", "wonderful") if word in log]


def is_own(address: str) -> bool:
    return any(word in address for word in OWN)


def test_the_window_opens_no_connection(surroundings: dict[str, str]) -> None:
    command = [sys.executable, str(SESSION), TEXT, STORY]
    seen = watched_sockets.run(command, surroundings)
    assert seen.code == 0, seen.error
    said = json.loads(seen.out.splitlines()[-1])
    assert said["done"] == dict.fromkeys(said["done"], True), "what was to be shown was done"
    assert len(said["done"]) == 12
    assert seen.attempts == []
    assert said["heard"] == [], "and none was refused before it came to the kernel"
    assert "shown after" in seen.error, "it logs"
    assert words_in(seen.error) == []
    assert [each for each in seen.local if not is_own(each)] == []


@pytest.mark.parametrize("name", ATTEMPTS)
def test_an_attempt_would_be_seen(name: str, surroundings: dict[str, str]) -> None:
    program = "import json, sys\n" + ATTEMPTS[name]
    seen = watched_sockets.run([sys.executable, "-c", program], surroundings)
    assert len(seen.attempts) >= 1, seen


def test_an_attempt_of_the_models_process_would_be_seen(surroundings: dict[str, str]) -> None:
    program = """
import queue
from gpt_assistant.engine.messages import Complete, LoadModel
from gpt_assistant.engine.process import ModelProcess
said = queue.SimpleQueue()
process = ModelProcess(said.put, "gpt_assistant.features.registry:features")
process.submit(LoadModel(1, "org/not-here"))
print(said.get(timeout=60).text)
while not (reply := said.get(timeout=60)).final: pass
print(reply.text)
"""
    seen = watched_sockets.run(
        [sys.executable, "-c", program], surroundings | {"HF_ENDPOINT": "http://192.0.2.1"}
    )
    assert len(seen.attempts) >= 1, seen


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_a_command_opens_no_connection(arguments: tuple[str, ...], surroundings: dict[str, str]) -> None:
    name, *rest = arguments
    command = [sys.executable, "-m", "gpt_assistant", name, "--verbose", *rest]
    seen = watched_sockets.run(command, surroundings)
    assert seen.code == 0, seen.error
    assert seen.out.strip()
    assert seen.attempts == []
    assert "connection" not in seen.error, seen.error
    assert words_in(seen.error) == []
    assert [each for each in seen.local if not is_own(each)] == []
