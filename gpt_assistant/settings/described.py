"""The settings described from their table: for the command line, the manual and the documentation."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from gpt_assistant.settings.form import allowed, plain_value, table_of
from gpt_assistant.settings.table import Settings, fields


def described(each: dataclasses.Field[Any], settings: Settings) -> dict[str, Any]:
    """Return all there is to say about a setting, as JSON can hold it."""
    meta = each.metadata
    return {
        "name": each.name,
        "group": meta["group"],
        "table": table_of(each),
        "label": meta["label"],
        "help": meta["help"],
        "value": plain_value(getattr(settings, each.name)),
        "default": plain_value(each.default),
        "choices": list(meta["choices"]),
        "minimum": meta["minimum"],
        "maximum": meta["maximum"],
        "restart": meta["restart"],
    }


def shown(value: Any) -> str:
    """Return a value in words, as `settings set` takes it: on, off, a number, a text as it is."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, Mapping):
        pairs = (
            f"{name} = {json.dumps(plain, ensure_ascii=False)}" for name, plain in plain_value(value).items()
        )
        return "{" + ", ".join(pairs) + "}"
    return json.dumps(list(value), ensure_ascii=False) if isinstance(value, tuple) else str(value)


def explained(each: dataclasses.Field[Any]) -> str:
    """Return in English what a setting does, what it may be, and what it is at first."""
    meta = each.metadata
    first = shown(each.default) or "empty"
    later = "Takes effect at the next start." if meta["restart"] else ""
    parts = (f"{meta['label']}: {meta['help']}", allowed(each), f"At first {first}.", later)
    return " ".join(filter(None, parts))


def markdown() -> str:
    """Return the documentation of all settings: a table for each group."""
    lines = ["# Settings", ""]
    group = ""
    for each in fields():
        if each.metadata["group"] != group:
            group = each.metadata["group"]
            lines += [
                *([""] if len(lines) > 2 else []),
                f"## {group}",
                "",
                "| name | at first | what it does |",
            ]
            lines.append("|---|---|---|")
        meta = each.metadata
        about = " ".join(filter(None, (f"**{meta['label']}.** {meta['help']}", allowed(each))))
        about += " Takes effect at the next start." if meta["restart"] else ""
        first = f"`{shown(each.default)}`" if shown(each.default) else ""
        lines.append(f"| `{each.name}` | {first} | {about.replace('|', chr(92) + '|')} |")
    return "\n".join(lines) + "\n"
