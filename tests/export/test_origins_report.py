"""The report of who wrote what: well-formed, escaped, complete."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.export.origins_report import Report, write_report
from gpt_assistant.text.origins import Origin, Run
from gpt_assistant.text.words import utf16_length

MADE = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
TEXT = "Typed <b>&amp; 😀\n\nשלום עולם  \x01end"
RUNS = [
    (6, Origin.TYPED),
    (12, Origin.PASTED),
    (11, Origin.COMPLETED),
    (utf16_length(TEXT) - 29, Origin.EARLIER),
]


def page_of(text: str, runs: list[Run], title: str = "a <title>") -> ElementTree.Element:
    page = write_report(Report(title, text, runs, MADE), "html").decode()
    assert page.startswith("<!DOCTYPE html>\n")
    return ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>\n"))


def said(page: ElementTree.Element) -> str:
    div = page.find("body/div")
    assert div is not None
    return "\n".join("".join(each.itertext()) for each in div.iter("p"))


def test_the_page_has_the_text_and_whose_it_is() -> None:
    page = page_of(TEXT, RUNS)
    assert said(page) == TEXT.replace("\x01", "\ufffd")
    div = page.find("body/div")
    assert div is not None
    spans = [(each.get("class"), each.text) for each in div.iter("span")]
    assert spans[0] == ("typed", "Typed ")
    assert {kind for kind, _ in spans} == {"typed", "pasted", "completed"}
    assert {each.get("dir") for each in div.iter("p")} == {"auto"}
    assert page.findtext("body/h1") == "Who wrote what: a <title>"
    style = page.findtext("head/style") or ""
    assert all(f".{kind} {{" in style for kind in ("typed", "pasted", "completed"))
    rows = [["".join(cell.itertext()) for cell in row] for row in page.iter("tr")]
    assert rows[0] == ["Origin", "Words", "Share", "Characters", "Share"]
    assert rows[-1][0] == "In all"
    assert rows[-1][3] == str(len(TEXT))


def test_nothing_comes_from_elsewhere_and_nothing_runs() -> None:
    page = write_report(Report("x", "<script>alert(1)</script>", [(25, Origin.TYPED)], MADE), "html").decode()
    assert "<script" not in page
    assert "http" not in page


@given(st.text(max_size=60), st.text(max_size=10), st.integers(0, 60))
def test_any_text_makes_a_well_formed_page(text: str, title: str, cut: int) -> None:
    length = utf16_length(text)
    cut = min(cut, length)
    page = page_of(text, [(cut, Origin.TYPED), (length - cut, Origin.PASTED)], title)
    assert len(said(page)) == len(text)
    json.loads(write_report(Report(title, text, [(length, Origin.TYPED)], MADE), "json"))


def test_json() -> None:
    found = json.loads(write_report(Report("a", TEXT, RUNS, MADE), "json"))
    assert found["made"] == "2026-03-01T12:30:00+00:00"
    assert found["text"] == TEXT
    assert "".join(found["text"][run["start"] : run["end"]] for run in found["runs"]) == TEXT
    assert sum(each["characters"] for each in found["origins"].values()) == found["characters"] == len(TEXT)
    assert found["runs"][0] == {"start": 0, "end": 6, "origin": "typed"}


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="pdf is none of html, json"):
        write_report(Report("a", "", [], MADE), "pdf")


def test_an_empty_text() -> None:
    assert said(page_of("", [])) == ""
