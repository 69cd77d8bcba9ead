"""The settings as a text that a person can read and edit: TOML, a table for each group.

Every setting stands there with its label, its help and what it may be. One that has its default is behind a
"#": so the file shows what there is, and a default that changes with the program changes for whoever never
chose. `values` holds settings by name; which table one stands in does not matter when it is read, so that a
setting may move to another group. What this version does not know, or what does not fit, is kept as it is,
until the setting is changed. Comments of the person's own are not kept; the file says so.
"""

from __future__ import annotations

import dataclasses
import re
import textwrap
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from gpt_assistant.settings.shortcuts import Shortcuts
from gpt_assistant.settings.table import fields, invalid
from gpt_assistant.text.told import told

VERSION = 1
MOST_BYTES = 2_000_000  # nobody has so many settings
# Of groups that have gone, or whose names a person may shorten: their settings are elsewhere now.
FORMER_TABLES = frozenset({"model", "appearance", "accessibility"})
_WIDTH = 98
_HEAD = """\
# The settings of GPT Assistant. The program writes this file, and you may edit it too; a change counts
# when the window is in front again. A line that begins with "# " has its default: take that away to set
# it. Comments of your own are not kept. `gpt-assistant settings list` says what is set.
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a file says: settings by name, what this version has no use for by table, why it has none."""

    values: dict[str, Any] = field(default_factory=dict)
    others: dict[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    version: int = VERSION

    def changed(self, values: Mapping[str, Any]) -> Stored:
        """Return the same with other `values`; what was kept of those settings goes."""
        groups = {*FORMER_TABLES, *map(table_of, fields())}
        others = _without(self.others, groups, values.keys())
        return replace(self, values=self.values | dict(values), others=others)


def read(tables: Mapping[str, Any]) -> Stored:
    """Return what the parsed file says. It never fails: what does not fit is among the problems."""
    known = {each.name: each for each in fields()}
    groups = {"", *FORMER_TABLES, *map(table_of, fields())}
    values: dict[str, Any] = {}
    others: dict[str, Any] = {}
    problems = []
    for table, key, plain in _entries(tables):
        if key in known and table in groups:
            try:
                values[key] = _checked(known[key], plain)
            except ValueError as error:
                problems.append(error.args[0])
            else:
                continue
        (others.setdefault(table, {}) if table else others)[key] = plain
    version = tables.get("version", VERSION)
    return Stored(values, others, tuple(problems), version if type(version) is int else VERSION)


def parse(data: bytes) -> dict[str, Any]:
    """Return the tables in a file. Raises ValueError, one line, if it is no TOML."""
    if len(data) > MOST_BYTES:
        raise ValueError(told("it is too large"))
    try:
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        raise ValueError(told("it is not a text")) from None
    except RecursionError:
        raise ValueError(told("it is nested too deeply")) from None


def write(stored: Stored, every: bool = False) -> str:
    """Return the text of a file; with `every`, the defaults are set as well: for another machine."""
    others = dict(stored.others)
    parts = [_HEAD, f"version = {stored.version}\n"]
    parts += [_pair(key, value) for key, value in _scalars(others)]
    last: str | None = None
    for each in fields():
        table = table_of(each)
        if table != last:
            parts += _rest(others, last)
            parts.append(f"\n[{table}]\n")
            last = table
        parts.append(_entry(each, stored.values.get(each.name, each.default), every))
    parts += _rest(others, last)
    return "".join(parts) + _tables(others)


def table_of(each: dataclasses.Field[Any]) -> str:
    """Return the name of the table in which a setting stands: that of its group, or its own."""
    name = each.name if isinstance(each.default, Shortcuts) else each.metadata["group"]
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def plain_value(value: Any) -> Any:
    """Return a setting's value as TOML and JSON have it."""
    if isinstance(value, Shortcuts):
        return value.plain()
    return list(value) if isinstance(value, tuple) else value


def allowed(each: dataclasses.Field[Any]) -> str:
    """Return in English what a setting may be: its range or its choices, "" where anything goes."""
    meta = each.metadata
    if meta["choices"]:
        return "One of " + ", ".join(map(str, meta["choices"])) + "."
    if meta["minimum"] is not None:
        return f"From {meta['minimum']:g} to {meta['maximum']:g}."
    return ""


# -- reading -------------------------------------------------------------------------------------------


def _entries(tables: Mapping[str, Any]) -> list[tuple[str, str, Any]]:
    """Return (table, key, value) of all there is; a setting that is a table itself is one value."""
    whole = {each.name for each in fields() if isinstance(each.default, Mapping)}
    found: list[tuple[str, str, Any]] = []
    for name, value in tables.items():
        if isinstance(value, dict) and name not in whole:
            found += [(name, key, inner) for key, inner in value.items()]
        elif name != "version":
            found.append(("", name, value))
    return found


def _checked(each: dataclasses.Field[Any], plain: Any) -> Any:
    """Return the value that `plain` stands for. Raises ValueError, one line."""
    value = plain
    if isinstance(each.default, Shortcuts):
        value = Shortcuts.of(plain)
    elif isinstance(each.default, tuple) and isinstance(plain, list):
        value = tuple(plain)
    elif isinstance(each.default, float) and type(plain) is int:
        value = float(plain)
    if problem := invalid(each.name, value):
        raise ValueError(problem)
    return value


# -- writing -------------------------------------------------------------------------------------------


def _entry(each: dataclasses.Field[Any], value: Any, every: bool) -> str:
    meta = each.metadata
    about = " ".join(filter(None, (f"{meta['label']}: {meta['help']}", allowed(each))))
    comment = textwrap.fill(about, _WIDTH, initial_indent="# ", subsequent_indent="# ")
    if isinstance(value, Shortcuts):
        return comment + "\n" + "".join(_pair(name, list(keys)) for name, keys in value.items())
    sign = "" if every or value != each.default else "# "
    return f"{comment}\n{sign}{_pair(each.name, plain_value(value))}"


def _pair(key: str, value: Any) -> str:
    # Imported when it is needed: reading, which every start does, goes without it.
    import tomlkit  # noqa: PLC0415

    return tomlkit.dumps({key: value})


def _scalars(others: dict[str, Any]) -> list[tuple[str, Any]]:
    """Take out of `others` what stands above all tables, and return it."""
    names = [name for name, value in others.items() if not isinstance(value, dict)]
    return [(name, others.pop(name)) for name in names]


def _rest(others: dict[str, Any], table: str | None) -> list[str]:
    """Return the lines kept for the end of `table`; what is a table itself stays in `others`."""
    kept = others.get(table or "")
    if not isinstance(kept, dict):
        return []
    here = {key: value for key, value in kept.items() if not isinstance(value, dict)}
    others[table or ""] = {key: value for key, value in kept.items() if key not in here}
    lines = [_pair(key, value) for key, value in here.items()]
    return ["# Kept, though this version of the program cannot use it:\n", *lines] if lines else []


def _tables(others: dict[str, Any]) -> str:
    import tomlkit  # noqa: PLC0415

    left = {name: value for name, value in others.items() if value}
    return "\n" + tomlkit.dumps(left) if left else ""


def _without(others: dict[str, Any], groups: set[str], names: Collection[str]) -> dict[str, Any]:
    """Return `others` less the settings called `names`, wherever they stand."""
    left = {}
    for name, value in others.items():
        if isinstance(value, dict) and name in groups and name not in names:
            left[name] = {key: inner for key, inner in value.items() if key not in names}
        elif name not in names:
            left[name] = value
    return left
