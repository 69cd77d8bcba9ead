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
    restart: bool = False,
    shared: bool | None = None,
) -> T:
    """Declare one setting. `kind` overrides how the dialog shows it ("font", "key", "model", …).

    `names` says what choices are called where their values are no words. `restart` tells that a change
    counts from the next start on, and the dialog says so. `shared` makes it an option of every command,
    or does not; without it, those of the model and of completion are.
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
            "restart": restart,
            "shared": shared,
        },
    )
    return declared
