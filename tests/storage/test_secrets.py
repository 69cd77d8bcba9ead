from __future__ import annotations

import time

import keyring
import pytest
from keyring.backends import fail, null
from keyring_memory import MemoryKeyring

from gpt_assistant import paths
from gpt_assistant.storage import secrets


def test_a_secret_is_kept_read_and_forgotten(memory_keyring: MemoryKeyring) -> None:
    assert secrets.read("remote") == ""
    secrets.keep("remote", "sk-ünï")
    assert secrets.read("remote") == "sk-ünï"
    assert memory_keyring.kept == {("gpt-assistant", "remote"): "sk-ünï"}
    assert secrets.names() == ("remote",)
    secrets.forget("remote")
    secrets.forget("remote")
    assert secrets.read("remote") == ""
    assert secrets.names() == ()
    assert secrets.problem() == ""


def test_no_file_has_the_secret() -> None:
    secrets.keep("remote", "sk-9f8e7d6c")
    files = [path for path in paths.data_folder().parent.rglob("*") if path.is_file()]
    assert files
    assert not any(b"sk-9f8e7d6c" in path.read_bytes() for path in files)


def test_a_locked_keyring_says_what_to_do_and_loses_nothing(memory_keyring: MemoryKeyring) -> None:
    secrets.keep("remote", "old")
    memory_keyring.locked = True
    with pytest.raises(
        secrets.NoKeyringError, match=r"^The keyring is locked\. Unlock it, then try again\.$"
    ):
        secrets.keep("remote", "new")
    with pytest.raises(secrets.NoKeyringError, match="locked"):
        secrets.look_up("remote")
    with pytest.raises(secrets.NoKeyringError, match="locked"):
        secrets.forget("remote")
    assert secrets.read("remote") == ""
    memory_keyring.locked = False
    assert secrets.read("remote") == "old"
    assert secrets.names() == ("remote",)


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring])
def test_without_a_keyring_one_line_says_so(backend: type[keyring.backend.KeyringBackend]) -> None:
    keyring.set_keyring(backend())
    assert "no keyring" in secrets.problem()
    assert "\n" not in secrets.problem()
    with pytest.raises(secrets.NoKeyringError, match="no keyring"):
        secrets.keep("remote", "sk")
    assert secrets.read("remote") == ""
    assert not any(path.name == "secrets.json" for path in paths.data_folder().iterdir())


def test_a_keyring_in_a_plain_file_is_none() -> None:
    class PlaintextKeyring(MemoryKeyring):
        pass

    keyring.set_keyring(PlaintextKeyring())
    assert "no keyring" in secrets.problem()


def test_a_keyring_that_hangs_is_not_waited_for(memory_keyring: MemoryKeyring) -> None:
    memory_keyring.seconds = 5.0
    begun = time.monotonic()
    with pytest.raises(secrets.NoKeyringError, match="does not answer"):
        secrets.look_up("remote", seconds=0.1)
    assert time.monotonic() - begun < 4.0


def test_what_a_keyring_did_not_keep_is_not_taken_for_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    class Forgetful(MemoryKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            pass

    keyring.set_keyring(Forgetful())
    with pytest.raises(secrets.NoKeyringError, match="did not keep"):
        secrets.keep("remote", "sk")
    assert secrets.names() == ()
