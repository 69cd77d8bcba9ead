"""Finds every string that a person may see and keeps resources/translations in step with them.

    python packaging/translations.py update    adds what is new, as unfinished, and drops what is gone
    python packaging/translations.py check     says what is missing; tests/ui/test_translations.py does too

The code is read, not run: the arguments of `tr`, `told` and `mark`, and the tables named in CALLS. The
files are Qt's (.ts); Qt Linguist edits them.
"""

from __future__ import annotations

import ast
import json
import string
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

ROOT = Path(__file__).parent.parent
CODE, FOLDER = ROOT / "gpt_assistant", ROOT / "resources/translations"
CATALOGUE = ROOT / "resources/models.json"  # what each model is good for is shown too
CONTEXT = "gpt_assistant"
# How many forms a number asks for. English is written in the code: its file has the plurals alone.
LANGUAGES = {"en": 2, "zh_CN": 1}

# Where strings stand: by place or name of the argument. A path is split at "/".
CALLS: dict[str, tuple[int | str, ...]] = {
    "tr": (0,),
    "told": (0,),
    "mark": (0,),
    "Spec": ("path:1", 2, 3),
    "Ask": (2, 3),
    "option": ("label", "help", "group", "names"),
}
ENUMERATIONS = ("Reason",)
TABLES = ("NAMES",)  # of languages


@dataclass
class Message:
    """A string: whether it has plural forms, and the files that it is in."""

    source: str
    numerus: bool = False
    files: list[str] = field(default_factory=list)


class BadStringError(ValueError):
    """A call whose string cannot be found by reading the code."""


@cache
def strings(root: Path = CODE) -> dict[str, Message]:
    """Return every string of the code, in the order of the files. Raises BadStringError for an f-string."""
    found: dict[str, Message] = {}
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root.parent).as_posix()
        for text, numerus in in_file(path):
            message = found.setdefault(text, Message(text))
            message.numerus |= numerus
            if name not in message.files:
                message.files.append(name)
    if root == CODE:
        for row in json.loads(CATALOGUE.read_bytes())["models"]:
            found.setdefault(row["good_for"], Message(row["good_for"])).files.append("resources/models.json")
    return found


def in_file(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield each string of a file, and whether a number `n` chooses its form."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and (places := CALLS.get(_name(node.func))):
            numerus = _name(node.func) in ("tr", "told") and any(k.arg == "n" for k in node.keywords)
            try:
                yield from ((text, numerus) for text in _arguments(node, places))
            except BadStringError as error:
                raise BadStringError(f"{path}:{node.lineno}: {error}") from None
        elif isinstance(node, ast.ClassDef) and node.name in ENUMERATIONS:
            yield from ((text, False) for each in node.body if isinstance(each, ast.Assign)
                        for text in _texts(each.value))  # fmt: skip
        elif isinstance(node, ast.Assign) and any(_name(each) in TABLES for each in node.targets):
            yield from ((text, False) for text in _texts(node.value))


def _arguments(call: ast.Call, places: Iterable[int | str]) -> Iterator[str]:
    keywords = {each.arg: each.value for each in call.keywords}
    for place in places:
        if isinstance(place, int):
            if place < len(call.args):
                yield from _texts(call.args[place])
        elif place.startswith("path:"):
            number = int(place.removeprefix("path:"))
            if number < len(call.args):
                for text in _texts(call.args[number]):
                    yield from text.split("/")
        elif place in keywords:
            yield from _texts(keywords[place])


def _texts(node: ast.expr) -> Iterator[str]:
    """Yield the strings of an expression: itself, either side of a condition, the values of a table."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if node.value:
            yield node.value
    elif isinstance(node, ast.JoinedStr):
        raise BadStringError("an f-string cannot be looked up; name its values in braces and pass them")
    elif isinstance(node, ast.BinOp):
        raise BadStringError("strings put together cannot be looked up; write the sentence as one")
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.BoolOp | ast.Dict):
        for each in node.values:
            yield from _texts(each)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


# -- the files -------------------------------------------------------------------------------------


def path_of(language: str) -> Path:
    """Return the file of a language."""
    return FOLDER / f"gpt_assistant_{language}.ts"


def read(language: str) -> dict[str, list[str]]:
    """Return the forms of each message of the file; an unfinished one has an empty form."""
    if not path_of(language).exists():
        return {}
    found = {}
    for message in ElementTree.parse(path_of(language)).iter("message"):
        translation = message.find("translation")
        if translation is None:
            continue
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        unfinished = translation.get("type") == "unfinished"
        found[message.findtext("source") or ""] = ["" for _ in forms] if unfinished else forms
    return found


def wanted(language: str) -> dict[str, Message]:
    """Return what the file of a language must have."""
    return {k: v for k, v in strings().items() if v.numerus or language != "en"}


def write(language: str, translated: dict[str, list[str]]) -> None:
    """Write the file of a language with the strings of the code, in their order."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines += [f'<TS version="2.1" language="{language}" sourcelanguage="en">', "<context>"]
    lines += [f"    <name>{CONTEXT}</name>"]
    for source, message in wanted(language).items():
        forms = translated.get(source, [])
        count = LANGUAGES[language] if message.numerus else 1
        forms = [*forms, *[""] * count][:count]
        mark = "" if all(forms) else ' type="unfinished"'
        lines += ['    <message numerus="yes">' if message.numerus else "    <message>"]
        lines += [f'        <location filename="../../{name}"/>' for name in message.files]
        lines += [f"        <source>{_escape(source)}</source>"]
        if message.numerus:
            lines += [f"        <translation{mark}>"]
            lines += [f"            <numerusform>{_escape(form)}</numerusform>" for form in forms]
            lines += ["        </translation>"]
        else:
            lines += [f"        <translation{mark}>{_escape(forms[0])}</translation>"]
        lines += ["    </message>"]
    lines += ["</context>", "</TS>", ""]
    FOLDER.mkdir(parents=True, exist_ok=True)
    path_of(language).write_text("\n".join(lines), encoding="utf-8")


def _escape(text: str) -> str:
    return escape(text, {'"': "&quot;"})


# -- what is wrong ---------------------------------------------------------------------------------


def problems(language: str) -> list[str]:
    """Return a line for each string that is missing, unfinished, left over, or has other values."""
    expected, translated = wanted(language), read(language)
    found = [f"no longer in the code: {source!r}" for source in translated if source not in expected]
    for source, message in expected.items():
        forms = translated.get(source)
        count = LANGUAGES[language] if message.numerus else 1
        if forms is None:
            found.append(f"missing: {source!r} ({message.files[0]})")
        elif len(forms) != count or not all(forms):
            found.append(f"unfinished: {source!r} ({message.files[0]})")
        else:
            found += [
                f"other values: {source!r}: {each!r}" for each in forms if not same_values(source, each)
            ]
    return found


def same_values(source: str, translation: str) -> bool:
    """Return whether both have the same names in braces; `n` may be left out: "one" says it in words."""
    ours, theirs = values(source), values(translation)
    return theirs <= ours and ours - theirs <= {"n"}


def values(template: str) -> set[str]:
    """Return the names in the braces of a template; of one without any that could be, none."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name}
    except ValueError:
        return set()


def main(arguments: list[str]) -> int:
    """Update or check; return the exit code."""
    if arguments not in (["update"], ["check"]):
        print(__doc__, file=sys.stderr)
        return 2
    if arguments == ["update"]:
        for language in LANGUAGES:
            write(language, read(language))
    wrong = [f"{language}: {line}" for language in LANGUAGES for line in problems(language)]
    print("\n".join(wrong) or "Every string is translated.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
