"""How one setting is declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TypeVar

T = TypeVar("T")


def option(
    default: T,
    *,
    label: str,
    help: str,
    group: str,
    choices: tuple[T, ...] = (),
    minimum: float | None = None,
    maximum: float | None = None,
    kind: str = "",
    names: Mapping[T, str] | None = None,
) -> T:
    """Declare one setting. `kind` overrides how the dialog shows it ("font", "key", "model", …).

    `names` says what choices are called where their values are no words.
    """
    declared: T = field(
        default=default,
        metadata={
            "label": label,
            "help": help,
            "group": group,
            "choices": choices,
            "minimum": minimum,
            "maximum": maximum,
            "kind": kind,
            "names": names or {},
        },
    )
    return declared
