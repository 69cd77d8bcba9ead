"""Sentences: what ends one, what only looks like it, and what a line break means."""

from __future__ import annotations

import itertools
import random

import pytest

from gpt_assistant.text.sentences import Span, sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["It rained.", "We stayed in!", "Why not?"],
        ["Dr. Smith met J. R. Brown at 3.14 p.m. on St. Mary's Road.", "He left."],
        ["See Fig. 2 and No. 7, vol. 3, pp. 4.", "It says so."],
        ["I said no.", "The answer stood."],
        ["The U.S. Army came.", "They stayed in the U.S.", "The war ended."],
        ["Acme Inc. sold it.", "We bought from Acme Inc.", "It was cheap."],
        ['He cried "Stop!" and ran.', '"Why?" she asked.', "(Nobody knew.)", "So it was."],
        ["It was so… strange.", "It went on...", "Then it stopped."],
        ["It holds.[3]", "Nobody [7] doubts it."],
        ["We choose plan B.", "The rest is history."],
        ["E.g. apples, i.e. fruit, cost 1.50 etc. and more.", "Pears do not."],
        ["Bonjour M. Dupont.", "Comment allez-vous ?", "Très bien !"],
        ["“Never,” he said.", "“Really?”", "“Yes.”"],
    ],
)
def test_marks(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


def test_chinese_and_japanese_need_no_space() -> None:
    assert split("你好。你是谁？我是“猫！”走吧。") == ["你好。", "你是谁？", "我是“猫！”", "走吧。"]


def test_a_writer_without_capitals() -> None:
    assert split("i like it. it is good. we go now. and so on") == [
        "i like it.",
        "it is good.",
        "we go now.",
        "and so on",
    ]
    assert split("The vers. two of it. Good.") == ["The vers. two of it.", "Good."]


def test_wrapped_lines_do_not_end_a_sentence() -> None:
    wrapped = (
        "The committee met on Monday in the old town hall and talked about the\n"
        "Northern Line for two hours. Nobody had read the paper by Professor\n"
        "Anders, which was long."
    )
    assert len(split(wrapped)) == 2
    assert len(split(wrapped.replace("\n", "\r\n"))) == 2


def test_blank_lines_items_headings_and_turns_do() -> None:
    text = (
        "# Title\nThe first paragraph is here and it goes on for a while\n\nShopping\n--------\n"
        "- milk and\n  honey\n- bread\n1. Go. Come.\n2) Stay\n\nAnna: we did it\nBen: did we"
    )
    assert split(text) == [
        "# Title",
        "The first paragraph is here and it goes on for a while",
        "Shopping",
        "--------",
        "- milk and\n  honey",
        "- bread",
        "1. Go.",
        "Come.",
        "2) Stay",
        "Anna: we did it",
        "Ben: did we",
    ]


def test_short_lines_are_notes() -> None:
    assert split("Call the bank\nWrite to Anna\nBuy stamps") == [
        "Call the bank",
        "Write to Anna",
        "Buy stamps",
    ]


def test_nothing() -> None:
    assert sentences("") == []
    assert sentences(" \n\n \t") == []


def test_everything_but_white_space_is_in_one_sentence() -> None:
    rng = random.Random(4)
    pieces = [
        "Anna",
        "went",
        "e.g.",
        "3.5",
        "\n",
        "\n\n",
        ". ",
        "? ",
        '" ',
        "- ",
        "。",
        "U.S.",
        "\r\n",
        "…",
        "1. ",
    ]
    for _ in range(300):
        text = "".join(rng.choice(pieces) + rng.choice(["", " "]) for _ in range(40))
        spans = sentences(text)
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
        assert all(isinstance(span, Span) and span.start < span.end for span in spans)
        covered = {i for span in spans for i in range(span.start, span.end)}
        assert all(text[i].isspace() or i in covered for i in range(len(text)))
        assert all(not text[s.start].isspace() and not text[s.end - 1].isspace() for s in spans)
