"""Sentences for the person that keep what they are made of, so that the window can say them in its language.

What is below the window speaks English: the command line prints it, logs keep it. A `Told` is such a
sentence, a plain `str` to everyone, that also carries its template and values; it is picklable, so it
comes whole from the model's process. The window looks the template up and fills the values in again.
"""

from __future__ import annotations

from collections.abc import Iterable


class Told(str):
    """An English sentence; `template` and `values` are what it was filled in from."""

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, values: dict[str, object] | None = None) -> Told:
        """Return `template` with `values` filled in for their names in braces (`str.format`)."""
        filled = dict(values or {})
        made = super().__new__(cls, template.format(**filled) if filled else template)
        made.template, made.values = template, filled
        return made

    def __reduce__(self) -> tuple[type[Told], tuple[str, dict[str, object]]]:
        return Told, (self.template, self.values)


def told(template: str, /, **values: object) -> Told:
    """Return `template` with `values` filled in, e.g. ``told("Cannot open {name}.", name="a.txt")``.

    Without values the template is taken as it is, braces included. A value may itself be `Told`.
    """
    return Told(template, values)


def mark(template: str) -> str:
    """Return `template` as it is; marks it for the extractor of strings, and `tr` looks it up later.

    For tables, which are made before the language is known.
    """
    return template


def joined(parts: Iterable[str], between: str = mark("{first}; {rest}")) -> str:
    """Return the sentences as one that still knows them all."""
    *before, last = parts
    for part in reversed(before):
        last = Told(between, {"first": part, "rest": last})
    return last


def said(error: BaseException) -> str:
    """Return what `error` says: the `Told` it was raised with, else `str(error)`, which forgets the parts."""
    first = error.args[0] if len(error.args) == 1 else None
    return first if isinstance(first, Told) else str(error)
