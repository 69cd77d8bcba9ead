"""Finds the matches of a pattern, in a process of its own: `python search_worker.py` with the job on stdin.

A regular expression can take hours on some texts, and both Python's `re` and PySide's
QRegularExpression keep Python's lock until a match is done (measured: a 5 ms timer stood still for the
3 s that one took). A process can be killed. This file imports only the standard library, so it starts
in some 20 ms.

Job: one line of JSON (the fields of Query), then the text. Answer: one line of JSON with `problem` and
`count`, then the matches as pairs of unsigned 64-bit numbers (start and length in UTF-16 units), then
the replacements as JSON.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from array import array
from collections.abc import Iterator
from dataclasses import asdict, dataclass

MOST_MATCHES = 200_000
_ESCAPE = re.compile(r"\\(n|t|\\|\$|\d)|\$(?:(\d)|\{(\w+)\})")
_NAMED = re.compile(r"(?<!\\)((?:\\\\)*)\(\?<(?=[^=!])")


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for. `replacement` is None for a mere search."""

    pattern: str
    regex: bool = False
    match_case: bool = False
    whole_word: bool = False
    replacement: str | None = None

    def compiled(self) -> re.Pattern[str]:
        """Return the pattern; raises re.error if it is not valid."""
        # Other programs write (?<name>…) for what Python calls (?P<name>…).
        pattern = _NAMED.sub(r"\1(?P<", self.pattern) if self.regex else re.escape(self.pattern)
        flags = re.MULTILINE if self.match_case else re.MULTILINE | re.IGNORECASE
        if self.whole_word:
            re.compile(pattern, flags)  # so that an error tells its place in what the writer typed
            # Lookarounds rather than \b, which fails beside punctuation: "C++" is a word here.
            pattern = rf"(?<!\w)(?:{pattern})(?!\w)"
        return re.compile(pattern, flags)


def expand(query: Query, match: re.Match[str]) -> str:
    """Return the replacement for `match`: \\1 or $1, ${name}, \\n and \\t count in regular expressions."""
    replacement = query.replacement or ""
    if not query.regex:
        return replacement

    def one(escape: re.Match[str]) -> str:
        after, number, name = escape.groups()
        if name is not None:
            return match.group(int(name) if name.isdigit() else name) or ""
        if number is not None or after.isdigit():
            return match.group(int(number or after)) or ""
        return {"n": "\n", "t": "\t"}.get(after, after)

    return _ESCAPE.sub(one, replacement)


Problem = tuple[str, dict[str, str | int]]  # a template and its values


def job(query: Query) -> bytes:
    """Return the input of the process, but for the text, which follows in UTF-8 ("surrogatepass")."""
    return json.dumps(asdict(query)).encode() + b"\n"


def result(answer: bytes) -> tuple[list[tuple[int, int]], list[str], Problem | None]:
    """Return matches, replacements and problem from the output of the process; ValueError if cut short."""
    head, _, rest = answer.partition(b"\n")
    about = json.loads(head)
    numbers = array("Q")
    size = 2 * numbers.itemsize * about["count"]
    numbers.frombytes(rest[:size])
    return list(zip(numbers[::2], numbers[1::2], strict=True)), json.loads(rest[size:]), about["problem"]


def search(query: Query, text: str) -> bytes:
    """Return the answer for one job."""
    numbers, replacements = array("Q"), []
    problem: Problem | None = None
    try:
        for number, (match, start, length) in enumerate(_matches(query.compiled(), text)):
            if number >= MOST_MATCHES:
                problem = told("Only the first {count:,} matches are shown.", count=MOST_MATCHES)
                break
            numbers.extend((start, length))
            if query.replacement is not None:
                replacements.append(expand(query, match))
    except re.error as error:
        numbers, problem = array("Q"), _invalid(error)
    except IndexError:
        numbers = array("Q")
        problem = told("The replacement names a group that the expression does not have.")
    head = {"problem": problem, "count": len(numbers) // 2}
    return json.dumps(head).encode() + b"\n" + numbers.tobytes() + json.dumps(replacements).encode()


def told(template: str, **values: str | int) -> Problem:
    """Return a problem as its parts: this process knows nothing of the window's language."""
    return template, values


def _invalid(error: re.error) -> Problem:
    if error.pos is None:
        return told("Not a valid expression: {why}", why=error.msg)
    return told("Not a valid expression: {why} (at character {place})", why=error.msg, place=error.pos + 1)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], int, int]]:
    """Yield each match with its start and length in UTF-16 units."""
    wide = not text.isascii() and _units(text) != len(text)
    last = units = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        if not wide:
            yield match, start, end - start
            continue
        units += _units(text[last:start])
        yield match, units, _units(text[start:end])
        last = start


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def main() -> None:
    """Do the one job on standard input."""
    warnings.simplefilter("ignore")  # about patterns that a later Python may read differently
    head, _, text = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.buffer.write(search(Query(**json.loads(head)), text.decode("utf-8", "surrogatepass")))


if __name__ == "__main__":
    main()
