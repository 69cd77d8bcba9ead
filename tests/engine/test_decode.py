"""Healing backs up to a sure boundary and loses nothing; spelling weighs what really goes on from there."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator

import pytest
import tiny_models
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tiny_models import drive

from gpt_assistant.engine import decode
from gpt_assistant.engine.decode import Branch
from gpt_assistant.engine.network import TransformersNetwork
from gpt_assistant.engine.session import Path, Session
from gpt_assistant.engine.vocabulary import Vocabulary

PROSE = "Thank you very much for your letter; wasn't it 1984? She couldn't say. Größe, 日本語 🙂 "
texts = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=PROSE + "\n\t_-’", max_size=40),
    st.lists(st.sampled_from(PROSE.split(" ")), max_size=8).map(" ".join),
)


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@functools.cache
def byte_level() -> Vocabulary:
    return Vocabulary(tiny_models.byte_level_tokenizer())


@functools.cache
def sentence_piece() -> Vocabulary:
    return Vocabulary(tiny_models.sentence_piece_tokenizer())


@pytest.fixture
def session() -> Session:
    return Session(TransformersNetwork(tiny_models.cached_model("llama")))


@pytest.mark.parametrize("make", [byte_level, sentence_piece])
@settings(deadline=None, max_examples=200)
@given(text=texts)
@example(text="")
@example(text="Thank you very mu")
@example(text=" ")
@example(text="a\n\n")
@example(text="wasn't")
@example(text="x" * 500)
@example(text="<|endoftext|>")
def test_the_prompt_and_what_is_to_be_spelt_are_the_text(make: object, text: str) -> None:
    vocabulary = make()
    text = text.replace("▁", " ")
    healed = decode.heal(vocabulary, text)
    start = len(vocabulary.start_ids)
    assert healed.ids[:start] == vocabulary.start_ids
    assert vocabulary.decode(healed.ids[start:]) + healed.remainder == text.encode()


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("Thank you very mu", " mu"),
        ("Thank you very ", " "),
        ("Thank you", " you"),
        ("mu", "mu"),
        ("it wasn't", "'t"),
        ("it wasn’t", "’t"),
        ("in 1984", " 1984"),
        ("really?!", "?!"),
        ("snake_case", "case"),
        ("line\n", ""),
        ("line\n  ", " "),
        ("a\tb", "\tb"),
        ("日本語", "日本語"),
        ("done 🙂", " 🙂"),
        ("", ""),
    ],
)
def test_where_the_tail_begins(text: str, tail: str) -> None:
    assert text[decode.split_tail(text) :] == tail


def test_the_tail_of_an_endless_word_is_bounded() -> None:
    text = "x" * 100_000
    assert len(text) - decode.split_tail(text) <= 48


def test_a_lone_surrogate_in_the_tail_does_no_harm() -> None:
    healed = decode.heal(byte_level(), "so it is \ud83d")
    assert healed.remainder == b" ?"


def spellings(session: Session, vocabulary: Vocabulary, remainder: bytes) -> dict[Path, float]:
    """Return log p of every sequence of tokens that spells `remainder`, its last token reaching its end."""

    def grow(path: Path, left: bytes, log_p: float) -> Iterator[tuple[Path, float]]:
        drive(session.expand([path]))
        row = session.log_probabilities(path)
        for token, spelt in enumerate(vocabulary.tokens):
            if not spelt:
                continue
            if spelt.startswith(left):
                yield (*path, token), log_p + float(row[token])
            elif left.startswith(spelt):
                yield from grow((*path, token), left[len(spelt) :], log_p + float(row[token]))

    return dict(grow((), remainder, 0.0))


def read(session: Session, text: str) -> bytes:
    healed = decode.heal(byte_level(), text)
    drive(session.read(healed.ids))
    return healed.remainder


@pytest.mark.parametrize(
    "text", ["Thank you ver", "I th", "the wea", "in the mo", "She c", "all of it ", "5"]
)
def test_spelling_against_brute_force(session: Session, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing pruned, the probabilities are those of all sequences that spell it, normalised."""
    monkeypatch.setattr(decode, "_LEAST_SHARE", 0.0)
    remainder = read(session, text)
    exact = spellings(session, byte_level(), remainder)
    mass = sum(math.exp(value) for value in exact.values())
    found = drive(decode.spell(byte_level(), session, remainder, 1000))
    assert {branch.path for branch in found} == set(exact)
    for branch in found:
        assert branch.log_p == pytest.approx(exact[branch.path] - math.log(mass), abs=1e-4)
    assert sum(math.exp(branch.log_p) for branch in found) == pytest.approx(1, abs=1e-4)
    assert [b.log_p for b in found] == sorted((b.log_p for b in found), reverse=True)


@pytest.mark.parametrize("text", ["Thank you ver", "I th", "the wea", "She c", "all of it "])
def test_spelling_as_used_loses_little(session: Session, text: str) -> None:
    """What is pruned makes the rest look likelier, by no more than the share that was pruned."""
    remainder = read(session, text)
    exact = spellings(session, byte_level(), remainder)
    mass = sum(math.exp(value) for value in exact.values())
    found = drive(decode.spell(byte_level(), session, remainder, 4))
    assert 0 < len(found) <= 4
    assert sum(math.exp(b.log_p) for b in found) <= 1 + 1e-6
    for branch in found:
        share = math.exp(exact[branch.path]) / mass
        assert share - 1e-6 <= math.exp(branch.log_p) <= 3 * share
    best = max(exact, key=exact.__getitem__)
    assert found[0].path == best


@settings(deadline=None, max_examples=40)
@given(text=texts.filter(lambda text: len(text) < 30))
def test_continuations_really_continue_the_text(text: str) -> None:
    session = Session(TransformersNetwork(tiny_models.cached_model("llama")))
    remainder = read(session, text)
    if not remainder:
        return
    for branch in drive(decode.spell(byte_level(), session, remainder, 4)):
        assert byte_level().decode(list(branch.path)) == remainder + branch.text
        assert branch.remainder == b""
        assert len(branch.parts) == len(branch.path)


def test_what_no_token_spells_has_no_continuation(session: Session) -> None:
    vocabulary = Vocabulary(tiny_models.byte_level_tokenizer())
    gone = vocabulary.tokens.index(b"\xf1")
    vocabulary.tokens[gone] = b""
    vocabulary._sorted_ids = vocabulary._sorted_ids[vocabulary._sorted_ids != gone]
    vocabulary._sorted = [vocabulary.tokens[i] for i in vocabulary._sorted_ids]
    drive(session.read([1, 2, 3]))
    assert drive(decode.spell(vocabulary, session, "\U00040000".encode(), 4)) == []


def test_children_are_the_likeliest_that_fit(session: Session) -> None:
    vocabulary = byte_level()
    drive(session.read([5, 6, 7]))
    row = session.log_probabilities()
    free = decode.children(vocabulary, session, Branch(), 5)
    assert [b.path[0] for b in free] == row.argsort(descending=True)[:5].tolist()
    bound = decode.children(vocabulary, session, Branch(remainder=b" t"), 5)
    allowed = [
        i for i in row.argsort(descending=True).tolist() if i in set(vocabulary.spelling(b" t").tolist())
    ]
    assert [b.path[0] for b in bound] == allowed[:5]
    for branch in bound:
        assert branch.log_p == pytest.approx(float(row[branch.path[0]]))
    assert len(decode.children(vocabulary, session, Branch(), 10_000)) == vocabulary.size


def test_extending_spells_the_remainder_first() -> None:
    branch = Branch(remainder=b" mu")
    part = decode.extended(branch, 7, b" m", -1.0)
    assert (part.path, part.text, part.remainder) == ((7,), b"", b"u")
    whole = decode.extended(part, 8, b"uch", -0.5)
    assert (whole.path, whole.text, whole.remainder) == ((7, 8), b"ch", b"")
    assert whole.log_p == -1.5
    assert whole.parts == (-1.0, -0.5)
    longer = decode.extended(whole, 9, b" for", -0.25)
    assert longer.text == b"ch for"


def test_how_likely_a_word_is_complete(session: Session) -> None:
    vocabulary = byte_level()
    drive(session.read([5, 6, 7]))
    branch = decode.extended(Branch(), 9, vocabulary.tokens[9], -1.0)
    drive(decode.evaluate(session, [branch, Branch()]))
    p = session.log_probabilities((9,)).exp()
    breaks = [i for i in range(vocabulary.size) if not vocabulary.continues_word[i]]
    assert decode.ends_word(vocabulary, session, branch) == pytest.approx(float(p[breaks].sum()), abs=1e-5)
