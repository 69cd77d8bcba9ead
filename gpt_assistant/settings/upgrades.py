"""What makes the settings of an earlier version those of this one.

`UPGRADES[n]` gets the parsed file of version n and returns that of version n + 1; they run one after the
other. Version 0 is the settings.json of before there was a settings.toml: the same names, without tables,
every setting written down. A setting that is renamed or changes its meaning gets a new version and a function
here; one that only moves to another group needs neither (form.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gpt_assistant.settings.form import VERSION
from gpt_assistant.settings.table import fields

Tables = Mapping[str, Any]


def upgraded(tables: Tables, version: int) -> dict[str, Any]:
    """Return the parsed file of `version` as one of this version; a newer one is returned as it is."""
    result = dict(tables)
    for upgrade in UPGRADES[max(0, version) : VERSION]:
        result = dict(upgrade(result))
    if version < VERSION:
        result["version"] = VERSION
    return result


def _from_json(tables: Tables) -> Tables:
    """Leave out what was only the default written down, and what TOML has no form for."""
    defaults = {each.name: each.default for each in fields()}
    return {
        name: value
        for name, value in tables.items()
        if value is not None and not (name in defaults and defaults[name] == value)
    }


UPGRADES: tuple[Callable[[Tables], Tables], ...] = (_from_json,)
assert len(UPGRADES) == VERSION
