"""Devices and memory: on made-up /proc and /sys trees, and as they are on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from gpt_assistant.engine import devices
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.memory import Memory, memory, used_by_this_process

GIGABYTE = 1 << 30


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """Return a machine of 16 GB of which 10 can be had, in no control group."""
    (tmp_path / "proc").mkdir()
    (tmp_path / "sys/fs/cgroup").mkdir(parents=True)
    (tmp_path / "proc/meminfo").write_text(
        f"MemTotal:       {16 * GIGABYTE // 1024} kB\nMemFree:  1000 kB\n"
        f"MemAvailable:   {10 * GIGABYTE // 1024} kB\nHugePages_Total:       0\n"
    )
    return tmp_path


linux = pytest.mark.skipif(not Path("/proc/meminfo").exists(), reason="reads /proc")


@linux
def test_memory_is_read_where_linux_says_it(system: Path) -> None:
    assert memory(system) == Memory(16 * GIGABYTE, 10 * GIGABYTE)


@linux
def test_a_container_may_have_less(system: Path) -> None:
    group = system / "sys/fs/cgroup"
    (group / "memory.max").write_text("max\n")
    (group / "memory.current").write_text("5\n")
    assert memory(system) == Memory(16 * GIGABYTE, 10 * GIGABYTE)
    (group / "memory.max").write_text(f"{4 * GIGABYTE}\n")
    (group / "memory.current").write_text(f"{3 * GIGABYTE}\n")
    (group / "memory.stat").write_text(f"anon 1\nfile 2\ninactive_file {GIGABYTE // 2}\n")
    assert memory(system) == Memory(4 * GIGABYTE, GIGABYTE * 3 // 2)


@linux
def test_the_older_kind_of_group_is_read_too(system: Path) -> None:
    group = system / "sys/fs/cgroup/memory"
    group.mkdir()
    (group / "memory.limit_in_bytes").write_text(f"{2 * GIGABYTE}")
    (group / "memory.usage_in_bytes").write_text(f"{3 * GIGABYTE}")
    assert memory(system) == Memory(2 * GIGABYTE, 0)


@linux
def test_what_is_not_said_is_not_known(tmp_path: Path) -> None:
    assert memory(tmp_path) == Memory(0, 0)


def test_this_machine_has_memory_and_this_process_a_part_of_it() -> None:
    found = memory()
    assert 0 < found.available < found.total
    assert 0 < used_by_this_process() < found.total


@pytest.mark.parametrize(
    ("cpuinfo", "name"),
    [
        ("processor : 0\nmodel name\t: Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz\n", "Intel Core i5-8250U"),
        ("model name : AMD Ryzen 7 5800X 8-Core Processor\n", "AMD Ryzen 7 5800X 8-Core"),
        ("processor : 0\nBogoMIPS : 108.00\n\nModel : Raspberry Pi 5 Model B\n", "Raspberry Pi 5 Model B"),
    ],
)
def test_a_processor_is_called_what_it_calls_itself(tmp_path: Path, cpuinfo: str, name: str) -> None:
    file = tmp_path / "cpuinfo"
    file.write_text(cpuinfo)
    assert devices.processor_name(file) == name


def test_a_processor_that_says_nothing_has_a_name_all_the_same(tmp_path: Path) -> None:
    assert devices.processor_name(tmp_path / "nothing")


def test_the_cpu_is_always_there_and_last() -> None:
    found = devices.devices()
    cpu = found[-1]
    assert cpu.id == "cpu"
    assert cpu.name
    assert cpu.threads >= 1
    assert cpu.total > cpu.free > 0
    accelerators = torch.cuda.device_count() + torch.xpu.device_count() + torch.backends.mps.is_available()
    assert len(found) == 1 + accelerators


def test_what_is_here_is_chosen() -> None:
    assert devices.choose_device("cpu") == "cpu"
    assert devices.choose_device("auto") in ("cuda", "xpu", "mps", "cpu")
    assert devices.device_name("cpu") == "cpu"
    assert devices.free_memory("cpu") > 0


@pytest.mark.parametrize("wanted", ["cuda:99", "xpu:99", "cuda:x", "mps:1", "tpu", ""])
def test_what_is_not_here_is_one_line(wanted: str) -> None:
    with pytest.raises(ModelUnavailable, match=r"^This machine has no device .* auto or cpu\.$"):
        devices.choose_device(wanted)
