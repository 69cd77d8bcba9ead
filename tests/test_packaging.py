"""The set-up script with stand-ins for the system's tools, the pins, and the wheel that pip builds."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
TOOLS = ("sh", "cat", "cksum", "dirname", "cut", "find", "grep", "pwd", "rm", "uname", "mkdir", "cp", "chmod")

# Answers as a Python would: which packages are missing, and how to make an environment.
PYTHON = """#!/bin/sh
echo "python $*" >> "$CALLS"
case "$*" in
*ctypes*) cat > /dev/null; echo $MISSING ;;
*"-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python
    printf '#!/bin/sh\\necho "gpt-assistant $*" >> "$CALLS"; exit $PULL\\n' > .venv/bin/gpt-assistant
    chmod +x .venv/bin/gpt-assistant ;;
*"import pip"*) ;;
esac
"""
APT = """#!/bin/sh
echo "apt-get $*" >> "$CALLS"
[ "$1" = update ] && : > "$CALLS.updated"
[ -e "$CALLS.updated" ]
"""


class Machine:
    """A copy of what the set-up reads, and a PATH on which nothing is but what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.tree, self.bin, self.calls_file = folder / "tree", folder / "bin", folder / "calls"
        self.bin.mkdir()
        (self.tree / "packaging").mkdir(parents=True)
        for name in ("packaging/setup.sh", "packaging/constraints.txt", "pyproject.toml"):
            shutil.copy(ROOT / name, self.tree / name)
        for tool in TOOLS:
            (self.bin / tool).symlink_to(str(shutil.which(tool)))
        self.tool("env", 'shift\nexec "$@"')
        self.tool("Xvfb", "")
        self.environment = {
            "PATH": str(self.bin),
            "CALLS": str(self.calls_file),
            "MISSING": "",
            "PULL": "0",
            "HOME": str(folder),
        }
        fonts = folder / ".local/share/fonts"
        fonts.mkdir(parents=True)
        (fonts / "a.ttf").touch()

    def tool(self, name: str, text: str) -> None:
        path = self.bin / name
        path.write_text(text if text.startswith("#!") else f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    def set_up(self, mode: str = "run", **environment: str) -> subprocess.CompletedProcess[str]:
        self.calls_file.unlink(missing_ok=True)
        return subprocess.run(
            [str(self.bin / "sh"), "packaging/setup.sh", mode],
            cwd=self.tree,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[str]:
        return self.calls_file.read_text().splitlines() if self.calls_file.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    machine.tool("python3", PYTHON)
    machine.tool("apt-get", APT)
    machine.tool("id", "echo 1000")
    return machine


linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's libraries")


def test_set_up_installs_torch_first_and_all_of_it_pinned(machine: Machine) -> None:
    done = machine.set_up()
    assert done.returncode == 0, done.stderr
    installs = [call for call in machine.calls() if "pip install" in call]
    assert all("-c packaging/constraints.txt" in call for call in installs)
    assert installs[0].endswith(" torch==2.13.0")
    assert installs[-1].endswith(" --no-build-isolation -e .[dev]")
    assert machine.calls()[-1] == "gpt-assistant models pull default"


def test_the_second_set_up_does_nothing(machine: Machine) -> None:
    machine.set_up("test")
    for mode in ("run", "test"):
        assert machine.set_up(mode).returncode == 0
        assert machine.calls() == []


@pytest.mark.parametrize("name", ["pyproject.toml", "packaging/constraints.txt"])
def test_a_change_of_what_is_needed_sets_up_again(machine: Machine, name: str) -> None:
    machine.set_up()
    with (machine.tree / name).open("a") as file:
        file.write("# changed\n")
    machine.set_up()
    assert any("pip install" in call for call in machine.calls())


def test_a_set_up_that_failed_is_not_taken_for_done(machine: Machine) -> None:
    machine.tool("python3", PYTHON.replace("esac", "*torch==*) exit 1 ;;\nesac"))
    assert machine.set_up().returncode == 1
    machine.tool("python3", PYTHON)
    shutil.rmtree(machine.tree / ".venv")
    assert machine.set_up().returncode == 0
    assert any("torch==" in call for call in machine.calls())


def test_without_the_model_the_set_up_is_done_all_the_same(machine: Machine) -> None:
    done = machine.set_up(PULL="1")
    assert done.returncode == 0
    assert "Going on without the model" in done.stderr


def test_without_a_compiler_the_set_up_is_done_all_the_same(machine: Machine) -> None:
    machine.tool("python3", PYTHON.replace("esac", "*native.build*) exit 1 ;;\nesac"))
    done = machine.set_up()
    assert done.returncode == 0
    assert "Going on without the kernel" in done.stderr
    assert "python -m gpt_assistant.engine.native.build" in machine.calls()


@linux_only
def test_the_exact_command_is_printed_where_nothing_may_be_installed(machine: Machine) -> None:
    done = machine.set_up(MISSING="libegl1 libxcb-cursor0")
    assert done.returncode == 1
    command = "  sudo apt-get install -y --no-install-recommends libegl1 libxcb-cursor0"
    assert command in done.stderr.splitlines()
    assert not any(call.startswith("apt-get") for call in machine.calls())


@linux_only
def test_root_installs_what_is_missing_after_an_update_where_needed(machine: Machine) -> None:
    machine.tool("id", "echo 0")
    done = machine.set_up(MISSING="libegl1")
    assert done.returncode == 0, done.stderr
    calls = [call.split()[:2] for call in machine.calls() if call.startswith("apt-get")]
    assert calls == [["apt-get", "install"], ["apt-get", "update"], ["apt-get", "install"]]


@linux_only
def test_sudo_that_asks_for_nothing_is_used(machine: Machine) -> None:
    machine.tool("sudo", 'echo "sudo $*" >> "$CALLS"; shift; "$@"')
    assert machine.set_up(MISSING="libegl1").returncode == 0
    assert any(re.match(r"sudo -n env .* apt-get install .* libegl1$", call) for call in machine.calls())


@linux_only
def test_elsewhere_than_on_debian_a_hint_is_printed(machine: Machine) -> None:
    (machine.bin / "apt-get").unlink()
    done = machine.set_up(MISSING="libegl1")
    assert done.returncode == 1
    assert "Debian calls them: libegl1" in done.stderr
    assert "sudo dnf install" in done.stderr
    assert machine.set_up(MISSING="libegl1", GPT_ASSISTANT_SKIP_SYSTEM="1").returncode == 0


@linux_only
def test_python_without_venv_and_no_python_at_all(machine: Machine) -> None:
    machine.tool(
        "python3", PYTHON.replace("esac", '*"import ensurepip"*) exit 1 ;;\n*%d*) echo p-venv ;;\nesac')
    )
    assert "no-install-recommends p-venv" in machine.set_up().stderr
    (machine.bin / "python3").unlink()
    done = machine.set_up()
    assert done.returncode == 1
    assert "no-install-recommends python3 python3-venv libegl1 libgl1 " in done.stderr
    done = machine.set_up(GPT_ASSISTANT_SKIP_SYSTEM="1")
    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr


def test_set_up_and_ci_are_plain_sh() -> None:
    for name in ("packaging/setup.sh", "packaging/tools.sh", "packaging/debian/prerm", ".ci/run"):
        subprocess.run(["sh", "-n", str(ROOT / name)], check=True)


# Pins


def pins() -> dict[str, str]:
    lines = (ROOT / "packaging/constraints.txt").read_text().splitlines()
    rows = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in rows}


def test_every_requirement_is_pinned_within_its_range() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    texts = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    texts += [text for extra in project["project"]["optional-dependencies"].values() for text in extra]
    for requirement in map(Requirement, texts):
        pinned = pins()[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(pinned), requirement
    assert pins()["torch"] == "2.13.0"


def test_no_address_and_no_machine_is_written_into_the_set_up() -> None:
    names = [
        "Makefile",
        ".ci/run",
        "pyproject.toml",
        *(p.relative_to(ROOT).as_posix() for p in (ROOT / "packaging").rglob("*") if p.is_file()),
    ]
    for name in names:
        # packaging/server is about other machines' addresses and the folders inside their containers.
        if "__pycache__" in name or name.startswith("packaging/server/"):
            continue
        assert not re.search(
            r"https?://|file://|/root/|/home/\w|index-url|find-links", (ROOT / name).read_text()
        ), name


# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    run = subprocess.run([*command, "-w", folder, ROOT], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_the_program_and_its_resources(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    resources = [path for path in (ROOT / "resources").rglob("*") if path.is_file()]
    assert len(resources) >= 3
    for path in resources:
        assert f"gpt_assistant/resources/{path.relative_to(ROOT / 'resources').as_posix()}" in names
    for path in (ROOT / "gpt_assistant").rglob("*.py"):
        assert path.relative_to(ROOT).as_posix() in names
    assert not any(name.startswith("tests/") for name in names)


def test_the_wheel_makes_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        text = archive.read(name).decode()
    assert "gpt-assistant = gpt_assistant.__main__:main" in text


def test_the_installed_program_finds_its_resources(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = "from gpt_assistant import paths; print(paths.resource('models.json'))"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert Path(run.stdout.strip()) == tmp_path / "gpt_assistant/resources/models.json"
