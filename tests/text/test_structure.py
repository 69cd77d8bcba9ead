"""The blocks of Markdown, reStructuredText, plain text and transcripts."""

from __future__ import annotations

import itertools

import pytest

from gpt_assistant.text.structure import Block, Genre, Kind, blocks, genre

MARKDOWN = """# Title

Some text that
goes on.

* one
  more
* two

```
code here.
```

| a | b |
| - | - |
| 1 | 2 |

Sub
---

The end.
"""
RST = """=====
Title
=====

See ``x``::

    code(here)
    more = 1

.. note:: Do not
   read this.

Part
====

Text here.

.. _link: https://example.org
"""
TRANSCRIPT = """[00:01] Anna Lee: Hello there.
[00:03] Ben: Hi.
and more of it
[00:05] Anna Lee: Yes, we can.
[00:06] Ben: No.
[00:07] Anna Lee: Why not?
[00:08] Ben: Because.
"""


def shown(text: str) -> list[tuple[Kind, str]]:
    return [(block.kind, text[block.start : block.end]) for block in blocks(text)]


def test_markdown() -> None:
    assert shown(MARKDOWN) == [
        (Kind.HEADING, "Title"),
        (Kind.PARAGRAPH, "Some text that\ngoes on."),
        (Kind.ITEM, "one\n  more"),
        (Kind.ITEM, "two"),
        (Kind.LITERAL, "```\ncode here.\n```"),
        (Kind.LITERAL, "| a | b |\n| - | - |\n| 1 | 2 |"),
        (Kind.HEADING, "Sub"),
        (Kind.PARAGRAPH, "The end."),
    ]


def test_restructuredtext() -> None:
    found = shown(RST)
    assert [text for kind, text in found if kind is Kind.HEADING] == ["Title", "Part"]
    assert [block.level for block in blocks(RST) if block.kind is Kind.HEADING] == [1, 2]
    assert [text for kind, text in found if kind is Kind.PARAGRAPH] == ["See ``x``::", "Text here."]


@pytest.mark.parametrize("title", ["CHAPTER I", "The Return", "2.1 Methods", "THE END"])
def test_headings_without_marks(title: str) -> None:
    text = f"First paragraph here.\n\n{title}\n\nIt was late when they came, and nobody said a word."
    assert (Kind.HEADING, title) in shown(text)


def test_a_short_paragraph_is_no_heading() -> None:
    text = "First paragraph here.\n\nHe left.\n\nIt was late."
    assert {kind for kind, _ in shown(text)} == {Kind.PARAGRAPH}


def test_transcripts() -> None:
    found = blocks(TRANSCRIPT)
    assert [block.speaker for block in found] == ["Anna Lee", "Ben"] * 3
    assert TRANSCRIPT[found[1].start : found[1].end] == "Hi.\nand more of it"
    assert genre(found) is Genre.MEETING


def test_a_list_of_terms_is_no_transcript() -> None:
    text = "\n".join(f"Term {i}: what it means in a few words." for i in range(12))
    assert genre(blocks(text)) is Genre.PLAIN


def test_kinds_of_text() -> None:
    sections = "\n\n".join(f"## Part {i}\n\nText of part {i}. It is short." for i in range(4))
    assert genre(blocks(sections)) is Genre.TECHNICAL
    assert genre(blocks("Once upon a time.\n\nThere was a king.")) is Genre.PLAIN
    assert genre([]) is Genre.PLAIN


@pytest.mark.parametrize(
    "text", [MARKDOWN, RST, TRANSCRIPT, "", "\n\n", "a\r\n\r\nb\r\n", "===\n", "```\nopen"]
)
def test_blocks_are_in_order_and_inside(text: str) -> None:
    found: list[Block] = blocks(text)
    assert all(0 <= block.start < block.end <= len(text) for block in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_indented_commands_are_no_prose() -> None:
    text = "Start it so:\n\n    make run      # opens it\n    make test     # checks it\n\nThen write.\n"
    found = [(block.kind, text[block.start : block.end]) for block in blocks(text)]
    assert [kind for kind, _ in found] == [Kind.PARAGRAPH, Kind.LITERAL, Kind.PARAGRAPH]
    assert found[2][1] == "Then write."


def test_indented_prose_stays_prose() -> None:
    text = "He said:\n\n    I have never been there, and I\n    never shall.\n\nThen he left.\n"
    assert Kind.LITERAL not in {block.kind for block in blocks(text)}
