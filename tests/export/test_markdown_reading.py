"""From Markdown to a structure."""

from __future__ import annotations

import pytest
from sample import SAMPLE

from gpt_assistant.export.formats import read
from gpt_assistant.export.markdown import read_markdown
from gpt_assistant.export.structure import (
    Cancelled,
    Code,
    Heading,
    Listing,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Table,
    plain_words,
)


def only(text: str) -> object:
    (block,) = read_markdown(text, "").blocks
    return block


def runs(text: str) -> list[Run]:
    block = only(text)
    assert isinstance(block, Paragraph)
    return [part for part in block.parts if isinstance(part, Run)]


def test_everything_is_found_in_its_order() -> None:
    found = read_markdown(SAMPLE, "no title")
    assert found.title == "A fine title"
    kinds = [type(block) for block in found.blocks]
    expected = [Heading, Paragraph, Listing, Listing, Quote, Table, Code, Paragraph, Rule, Listing]
    assert kinds == expected
    (note,) = found.notes
    assert note == (Paragraph((Run("What is "), Run("noted", bold=True), Run("."))),)


def test_styles_add_up() -> None:
    assert runs("a **b *c* d** e") == [
        Run("a "),
        Run("b ", bold=True),
        Run("c", bold=True, italic=True),
        Run(" d", bold=True),
        Run(" e"),
    ]
    assert runs("~~x~~`y`") == [Run("x", strike=True), Run("y", code=True)]


def test_links_and_bare_addresses() -> None:
    assert runs("see https://example.org/a_(b), [*it*](x y) [it](x.md)") == [
        Run("see "),
        Run("https://example.org/a_(b", link="https://example.org/a_(b"),
        Run("), ["),
        Run("it", italic=True),
        Run("](x y) "),
        Run("it", link="x.md"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("one\ntwo", "one two"), ("one  \ntwo", "one\ntwo"), ("one<br>two", "one\ntwo"), ("你\n好", "你好")],
)
def test_line_breaks(text: str, expected: str) -> None:
    assert plain_words(runs(text)) == expected


def test_html_leaves_its_text_and_nothing_else() -> None:
    assert runs('a <b onclick="x()">b</b> &amp; <!-- c -->d') == [Run("a b & d")]
    assert only("<div>\none <b>two</b>\n<script>bad()</script></div>") == Paragraph((Run("one two"),))


def test_lists_nest_and_begin_where_they_say() -> None:
    bullets, numbers = (b for b in read_markdown(SAMPLE, "").blocks[2:4] if isinstance(b, Listing))
    assert bullets.start is None
    assert numbers.start == 3
    (first, second) = bullets.items
    inner = first[1]
    assert isinstance(inner, Listing)
    assert [plain_words(block.parts) for block in inner.items[0] if isinstance(block, Paragraph)] == [
        "nested",
        "more of it",
    ]
    assert second == (Paragraph((Run("☑ done"),)),)
    assert not inner.tight


def test_tables_have_heads_and_sides() -> None:
    (table,) = (b for b in read_markdown(SAMPLE, "").blocks if isinstance(b, Table))
    assert [[plain_words(cell) for cell in row] for row in table.rows] == [
        ["name", "number"],
        ["one", "1"],
        ["two", "2"],
    ]
    assert table.alignment == ("left", "right")


def test_code_and_pictures_are_kept_as_they_are() -> None:
    blocks = read_markdown(SAMPLE, "").blocks
    assert Code('if x < 1:\n    y = "&"', "python") in blocks
    assert Paragraph((Picture("blue%20square.png", "A blue square"),)) in blocks
    assert Paragraph((Run("x"), NoteMark(1))) in read_markdown("x[^n]\n\n[^n]: y", "").blocks


def test_the_title_of_the_front_matter_comes_first() -> None:
    found = read_markdown('---\ntitle: "Mine"\n---\n# Other\n', "file")
    assert found.title == "Mine"
    assert found.blocks == (Heading(1, (Run("Other"),)),)
    assert read_markdown("text", "file").title == "file"


def test_plain_text_keeps_its_lines_and_its_marks() -> None:
    found = read("one\n  two *x*\n\n\n# three\x00\n", "name", markdown=False)
    assert found.title == "name"
    assert found.blocks == (Paragraph((Run("one\n  two *x*"),)), Paragraph((Run("# three"),)))


def test_reading_can_be_stopped_and_tells_how_far_it_is() -> None:
    text = "A paragraph.\n\n" * 50
    told: list[float] = []
    read_markdown(text, "", told.append)
    assert told == sorted(told)
    assert told[0] == 0
    assert told[-1] > 0.9

    def stop(fraction: float) -> None:
        if fraction > 0.2:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_markdown(text, "", stop)
