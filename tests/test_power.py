"""Battery and heat, read from made-up trees of /sys, and from what macOS prints."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gpt_assistant import power
from gpt_assistant.power import Power, of_pmset, read

linux = pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="/sys is Linux's")
pytestmark = linux


def supply(root: Path, name: str, **values: str) -> None:
    folder = root / "class/power_supply" / name
    folder.mkdir(parents=True)
    for file, value in values.items():
        (folder / file).write_text(f"{value}\n")


def zone(root: Path, number: int, kind: str, temp: str, *trips: tuple[str, str]) -> Path:
    folder = root / f"class/thermal/thermal_zone{number}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "type").write_text(f"{kind}\n")
    (folder / "temp").write_text(f"{temp}\n")
    for i, (trip, limit) in enumerate(trips):
        (folder / f"trip_point_{i}_type").write_text(f"{trip}\n")
        (folder / f"trip_point_{i}_temp").write_text(f"{limit}\n")
    return folder


def laptop(root: Path, online: str, status: str) -> None:
    supply(root, "AC", type="Mains", online=online)
    supply(root, "BAT0", type="Battery", status=status, scope="System")


@pytest.mark.parametrize(
    ("online", "status", "expected"),
    [
        ("1", "Charging", False),
        ("1", "Full", False),
        ("1", "Not charging", False),
        ("1", "Discharging", False),  # a weak charger
        ("0", "Discharging", True),
        ("0", "Unknown", False),
    ],
)
def test_a_laptop(online: str, status: str, expected: bool, tmp_path: Path) -> None:
    laptop(tmp_path, online, status)
    assert read(root=tmp_path) == Power(on_battery=expected)


def test_a_machine_without_anything_said(tmp_path: Path) -> None:
    assert read(root=tmp_path) == Power()
    (tmp_path / "class/power_supply").mkdir(parents=True)
    assert read(root=tmp_path) == Power()


def test_a_mouse_is_no_battery_of_the_machine(tmp_path: Path) -> None:
    supply(tmp_path, "hid-0", type="Battery", status="Discharging", scope="Device")
    assert not read(root=tmp_path).on_battery
    supply(tmp_path, "BAT1", type="Battery", status="Discharging")
    assert read(root=tmp_path).on_battery


def test_a_charger_on_usb(tmp_path: Path) -> None:
    laptop(tmp_path, "0", "Discharging")
    supply(tmp_path, "ucsi-0", type="USB", online="0")
    assert read(root=tmp_path).on_battery
    supply(tmp_path, "ucsi-1", type="USB", online="1")
    assert not read(root=tmp_path).on_battery


def test_files_that_say_nothing_of_use(tmp_path: Path) -> None:
    supply(tmp_path, "AC", type="Mains")  # no "online"
    supply(tmp_path, "BAT0", type="Battery", status="Discharging")
    (tmp_path / "class/power_supply/BAT0/scope").write_bytes(b"\xff\xfe")
    zone(tmp_path, 0, "x86_pkg_temp", "warm", ("passive", "90000"))
    assert read(root=tmp_path) == Power(on_battery=True)


def test_heat_begins_at_the_trip_point_and_ends_below_it(tmp_path: Path) -> None:
    state = Power()
    for temp, expected in (
        ("80000", False),
        ("94900", False),
        ("95000", True),
        ("92000", True),  # or suggestions would come and go
        ("89100", True),
        ("88900", False),
        ("92000", False),
    ):
        zone(tmp_path, 0, "x86_pkg_temp", temp, ("critical", "105000"), ("passive", "95000"))
        state = read(state, tmp_path)
        assert state.hot is expected, temp


@pytest.mark.parametrize(
    ("kind", "trips"),
    [
        ("iwlwifi_1", [("passive", "60000")]),  # a radio
        ("x86_pkg_temp", [("passive", "0")]),  # nobody has set it
        ("acpitz", [("critical", "70000"), ("hot", "70000")]),  # another kind
        ("x86_pkg_temp", []),
    ],
)
def test_zones_that_say_nothing_of_slowing_down(
    kind: str, trips: list[tuple[str, str]], tmp_path: Path
) -> None:
    zone(tmp_path, 3, kind, "99000", *trips)
    assert not read(root=tmp_path).hot


def test_one_hot_zone_is_enough(tmp_path: Path) -> None:
    zone(tmp_path, 0, "acpitz", "40000", ("passive", "90000"))
    zone(tmp_path, 1, "cpu-thermal", "85000", ("passive", "80000"), ("passive", "99000"))
    (tmp_path / "class/thermal/cooling_device0").mkdir()
    assert read(root=tmp_path).hot


def test_a_zone_that_is_switched_off(tmp_path: Path) -> None:
    zone(tmp_path, 0, "acpitz", "95000", ("passive", "90000")).joinpath("temp").unlink()
    assert not read(root=tmp_path).hot


def test_this_machine_can_be_read() -> None:
    assert isinstance(power.read(), Power)


def test_what_macos_prints() -> None:
    battery = (
        "Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1) 81%; discharging; 4:10 remaining\n"
    )
    mains = "Now drawing from 'AC Power'\n -InternalBattery-0 (id=1) 100%; charged; 0:00 remaining\n"
    cool = "Note: No thermal warning level has been recorded\n \tCPU_Speed_Limit \t= 100\n"
    assert of_pmset(battery, cool) == Power(on_battery=True)
    assert of_pmset(mains, cool.replace("100", "62")) == Power(hot=True)
    assert of_pmset("", "") == Power()
