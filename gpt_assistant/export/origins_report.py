"""Who wrote what in a document, as a report: a web page with the text shaded, or JSON.

The page is well-formed as XML too, and stands by itself: no scripts, nothing from elsewhere. Every paragraph
finds its own direction. Offsets in the JSON are code points of `text`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape

from gpt_assistant.text.origin_counts import Tallies, Tally, code_point_runs, tally
from gpt_assistant.text.origins import NAMES_OF_ORIGINS, Origin, Run
from gpt_assistant.text.told import mark, told

FORMATS = ("html", "json")
Say = Callable[..., str]  # (template, **values): `told`, or the window's `tr`

# Colour (light, dark), and the line below: Okabe and Ito's colours, see ui/origin_looks.py.
_LOOKS = {
    Origin.TYPED: ("0, 114, 178", "solid 1px"),
    Origin.COMPLETED: ("230, 159, 0", "dashed 2px"),
    Origin.REWRITTEN: ("0, 158, 115", "double 1px"),
    Origin.CORRECTED: ("200, 180, 0", "dotted 2px"),
    Origin.SUMMARISED: ("213, 94, 0", "solid 3px"),
    Origin.TRANSLATED: ("204, 121, 167", "wavy 1px"),
    Origin.DICTATED: ("86, 180, 233", "dotted 3px"),
    Origin.PASTED: ("128, 128, 128", "dashed 3px"),
}
_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 2.5rem auto; padding: 0 1rem; font: 1.05rem/1.7 system-ui, sans-serif; }
table { border-collapse: collapse; margin: 1.5rem 0; }
th, td { padding: 0.3em 0.8em; border: 1px solid rgba(128, 128, 128, 0.5); text-align: start; }
td.number { text-align: end; font-variant-numeric: tabular-nums; }
.text p { margin: 0; min-height: 1.7em; white-space: pre-wrap; overflow-wrap: anywhere; }
.text { border-top: 1px solid rgba(128, 128, 128, 0.5); padding-top: 1rem; }
span { text-underline-offset: 0.25em; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
""".strip()
# What XML and HTML do not allow in a text, and halves of surrogate pairs that UTF-8 does not.
_NOT_ALLOWED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Report:
    """A document, its `text` as the file has it, and whose it is: `runs` in UTF-16 units."""

    title: str
    text: str
    runs: list[Run]
    made: datetime

    @property
    def counts(self) -> Tallies:
        """Return what there is of each origin, in the order of the names."""
        found = tally(self.text, self.runs)
        return {origin: found[origin] for origin in NAMES_OF_ORIGINS if origin in found}


def write_report(report: Report, kind: str, say: Say = told, language: str = "en") -> bytes:
    """Return the report in one of FORMATS, in UTF-8. Raises ValueError for another format."""
    if kind == "html":
        return _html(report, say, language).encode()
    if kind == "json":
        return _json(report).encode()
    raise ValueError(f"{kind} is none of {', '.join(FORMATS)}")


def _json(report: Report) -> str:
    text = re.sub("[\ud800-\udfff]", "\ufffd", report.text)
    counts = report.counts
    total = sum(counts.values(), Tally())
    whole = {
        "format": "GPT Assistant: who wrote what",
        "version": 1,
        "title": report.title,
        "made": report.made.isoformat(timespec="seconds"),
        "characters": total.characters,
        "words": total.words,
        "origins": {
            origin.value: {
                "characters": each.characters,
                "words": each.words,
                "share_of_characters": _share(each.characters, total.characters),
                "share_of_words": _share(each.words, total.words),
            }
            for origin, each in counts.items()
        },
        "runs": [
            {"start": start, "end": end, "origin": origin.value}
            for start, end, origin in _placed(report.text, report.runs)
        ],
        "text": text,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _html(report: Report, say: Say, language: str) -> str:
    title = say(mark("Who wrote what: {title}"), title=report.title)
    when = say(mark("Made on {date}, with GPT Assistant."), date=report.made.strftime("%Y-%m-%d %H:%M"))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f'<meta name="generator" content="GPT Assistant"/>\n'
        f"<title>{_escaped(title)}</title>\n<style>\n{_style(report)}\n</style>\n</head>\n<body>\n"
        f'<h1 dir="auto">{_escaped(title)}</h1>\n'
        f'<p><time datetime="{report.made.isoformat(timespec="seconds")}">{_escaped(when)}</time></p>\n'
        f"{_table(report, say)}\n"
        f'<div class="text">\n{"".join(_paragraphs(report))}</div>\n</body>\n</html>\n'
    )


def _style(report: Report) -> str:
    rules = [
        f".{origin.value} {{ background: rgba({colour}, 0.2); text-decoration: underline {line} "
        f"rgb({colour}); }}"
        for origin, (colour, line) in _LOOKS.items()
        if any(origin is each for _, each in report.runs)
    ]
    return "\n".join([_STYLE, *rules])


def _table(report: Report, say: Say) -> str:
    counts = report.counts
    total = sum(counts.values(), Tally())
    heads = (mark("Origin"), mark("Words"), mark("Share"), mark("Characters"), mark("Share"))
    cells = "".join(f'<th scope="col">{_escaped(say(head))}</th>' for head in heads)
    rows = [f"<tr>{cells}</tr>"]
    for origin, each in counts.items():
        name = f'<span class="{origin.value}">{_escaped(say(NAMES_OF_ORIGINS[origin]))}</span>'
        rows.append(_row(name, each, total))
    rows.append(_row(_escaped(say(mark("In all"))), total, total))
    return f"<table>\n<thead>{rows[0]}</thead>\n<tbody>\n{chr(10).join(rows[1:])}\n</tbody>\n</table>"


def _row(name: str, each: Tally, total: Tally) -> str:
    cells = (
        f"{each.words:,}",
        f"{100 * _share(each.words, total.words):.1f} %",
        f"{each.characters:,}",
        f"{100 * _share(each.characters, total.characters):.1f} %",
    )
    numbers = "".join(f'<td class="number">{cell}</td>' for cell in cells)
    return f'<tr><th scope="row">{name}</th>{numbers}</tr>'


def _paragraphs(report: Report) -> Iterator[str]:
    line: list[str] = []
    for start, end, origin in _placed(report.text, report.runs):
        first, *others = report.text[start:end].split("\n")
        line.append(_span(first, origin))
        for other in others:
            yield f'<p dir="auto">{"".join(line)}</p>\n'
            line = [_span(other, origin)]
    yield f'<p dir="auto">{"".join(line)}</p>\n'


def _span(text: str, origin: Origin) -> str:
    if not text or origin is Origin.EARLIER:
        return _escaped(text)
    return f'<span class="{origin.value}">{_escaped(text)}</span>'


def _placed(text: str, runs: list[Run]) -> Iterator[tuple[int, int, Origin]]:
    at = 0
    for length, origin in code_point_runs(text, runs):
        yield at, at + length, origin
        at += length


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _escaped(text: str) -> str:
    return escape(_NOT_ALLOWED.sub("\ufffd", text), quote=False)
