"""The manual page and shell completion, against the parsers that they are written from."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from gpt_assistant import cli
from gpt_assistant.desktop import completion
from gpt_assistant.desktop.interface import Command, commands
from gpt_assistant.desktop.manual import manual
from gpt_assistant.settings import fields


@pytest.fixture(scope="module")
def described() -> list[Command]:
    return commands(cli.parsers())


def options(described: list[Command]) -> set[str]:
    return {n for c in described for each in c.walk() for o in each.options for n in o.names}


def test_every_command_and_action_is_described(described: list[Command]) -> None:
    assert [c.path for c in described] == [(), *((name,) for name in cli.COMMANDS)]
    models = next(c for c in described if c.path == ("models",))
    assert {a.path[-1] for a in models.actions} == {"list", "pull", "info", "remove", "devices"}
    assert "--new-document" in {n for o in described[0].options for n in o.names}


def test_the_manual_has_every_option_and_no_warnings(described: list[Command]) -> None:
    page = manual(described, "2026-11-25")
    plain = page.replace("\\-", "-")
    for name in options(described):
        assert f"\\fB{name}\\fR" in plain, name
    for name in cli.COMMANDS:
        assert f".SS {name}\n" in page
    for field in fields():
        assert f"\\fB{field.name}\\fR\n" in page
    assert "SUPPRESS" not in page
    assert not re.search(r"^[.'](?!TH|SH|SS|TP|PP|nf|fi)", page, re.MULTILINE), (
        "no line is a request by chance"
    )
    if shutil.which("groff"):
        done = subprocess.run(
            ["groff", "-man", "-ww", "-Tutf8", "-z"], input=page, capture_output=True, text=True, check=True
        )
        assert done.stderr == ""


def test_a_line_that_begins_with_a_dot_is_no_request() -> None:
    broken = Command((), ".so /etc/passwd", (), ())
    page = manual([broken, Command(("x",), ".so /etc/passwd", (), ())], "")
    assert "\\&.so" in page
    assert not re.search(r"^\.so", page, re.MULTILINE)


def completed(script: str, *words: str) -> list[str]:
    """Return what bash offers for the last of `words`."""
    code = f"""{script}
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    compopt() {{ :; }}
    _gpt_assistant; printf '%s\\n' "${{COMPREPLY[@]}}" """
    done = subprocess.run(
        ["bash", "-c", code, "bash", "gpt-assistant", *words], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_bash_completes_commands_options_and_choices(described: list[Command]) -> None:
    script = completion.bash(described)
    assert set(cli.COMMANDS) <= set(completed(script, ""))
    assert completed(script, "summ") == ["summarize"]
    assert completed(script, "--new") == ["--new-document"]
    assert set(completed(script, "--dtype", "in")) == {"int8", "int4"}
    assert completed(script, "models", "pu") == ["pull"] or "pull" in completed(script, "models", "")
    assert completed(script, "models", "pull", "--acc") == ["--accept-licence"]
    assert "--style" in completed(script, "rewrite", "--")
    assert "--style" not in completed(script, "summarize", "--")


@pytest.mark.parametrize(("shell", "check"), [("fish", ["-n"]), ("zsh", ["-n"])])
def test_the_other_shells_read_theirs(described: list[Command], shell: str, check: list[str]) -> None:
    text = getattr(completion, shell)(described)
    for name in cli.COMMANDS:
        assert name in text
    for name in options(described):
        assert (name if shell == "zsh" else name.lstrip("-")) in text
    if shutil.which(shell):
        subprocess.run([shell, *check], input=text, text=True, check=True)
