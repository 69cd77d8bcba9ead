"""Sentences to translate, and everything else that stays as it is."""

from __future__ import annotations

import itertools

from gpt_assistant.text.segments import segments, unwrapped, wrapped

DOCUMENT = """# A walk in the hills

We set out early. The path was steep, and nobody
spoke before noon.

- Take water with you.
- [ ] Ask at the farm.
  1. Close the gate.

```sh
rm -rf build
```

| Height | Time |
|--------|------|
| 900 m  | 2 h  |

> It was the best day.
"""


def test_prose_is_found_without_its_marks() -> None:
    found = [DOCUMENT[start:end] for start, end in segments(DOCUMENT)]
    assert found == [
        "A walk in the hills",
        "We set out early.",
        "The path was steep, and nobody\nspoke before noon.",
        "Take water with you.",
        "Ask at the farm.",
        "Close the gate.",
        "It was the best day.",
    ]


def test_they_are_in_order_and_apart() -> None:
    found = segments(DOCUMENT)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


def test_what_has_no_letters_is_left_alone() -> None:
    assert segments("1234\n\n---\n\n…\n") == []
    assert segments("") == []


def test_a_wrapped_sentence_becomes_one_line_and_is_wrapped_again() -> None:
    line, breaks = unwrapped("The path was steep, and nobody\n  spoke before noon.")
    assert line == "The path was steep, and nobody spoke before noon."
    assert wrapped(line, breaks) == "The path was steep, and nobody\n  spoke before noon."
    assert wrapped("Le sentier était raide et personne ne parla avant midi.", breaks).count("\n  ") == 1


def test_the_marks_of_a_quotation_are_kept_at_its_breaks() -> None:
    line, breaks = unwrapped("It was the best\n> day of all.")
    assert line == "It was the best day of all."
    assert wrapped("C'était le plus beau jour.", breaks).count("\n> ") == 1
