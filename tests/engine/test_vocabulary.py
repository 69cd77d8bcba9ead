"""Tokens as bytes: exact there and back, and "which tokens spell this" as found by looking at them all."""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
import pytest
import tiny_models
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, processors

from gpt_assistant.engine.vocabulary import Vocabulary

WORDS = "Thank you very much for your letter, wasn't it? 1984 ▁ – Größe 日本語 🙂 e\u0301 \u00a0\n\t  \r\n"
texts = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from(WORDS.split(" ")), max_size=8).map(" ".join),
    st.text(alphabet=WORDS, max_size=30),
)
KINDS = ("byte-level", "sentence-piece")


@functools.cache
def vocabulary(kind: str) -> Vocabulary:
    if kind == "byte-level":
        return Vocabulary(tiny_models.byte_level_tokenizer())
    return Vocabulary(tiny_models.sentence_piece_tokenizer())


@functools.cache
def default_vocabulary(folder: Path) -> Vocabulary:
    return Vocabulary(Tokenizer.from_file(str(folder / "tokenizer.json")))


def brute_force(tokens: list[bytes], remainder: bytes) -> set[int]:
    """Return the ids that begin to spell `remainder`, by looking at every token."""
    return {i for i, t in enumerate(tokens) if t and (t.startswith(remainder) or remainder.startswith(t))}


def check_spelling(vocabulary: Vocabulary, remainder: bytes) -> None:
    found = vocabulary.spelling(remainder)
    assert found.dtype == np.int64
    assert len(set(found.tolist())) == len(found)
    assert set(found.tolist()) == brute_force(vocabulary.tokens, remainder)


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=200)
@given(text=texts)
@example(text="<|endoftext|> said the machine")
@example(text="<bos><|im_start|>user")
@example(text="▁")
def test_encoding_and_decoding_gives_the_text_back(kind: str, text: str) -> None:
    text = text.replace("▁", " ") if kind == "sentence-piece" else text
    own = vocabulary(kind)
    assert own.decode(own.encode(text)) == text.encode()


@settings(deadline=None, max_examples=200)
@given(text=texts)
@example(text="<|im_start|>system\nYou are<|im_end|>")
def test_the_default_model_gives_the_text_back(default_model: Path, text: str) -> None:
    own = default_vocabulary(default_model)
    single = {token for token in own.tokens if len(token) == 1}
    # It has no token for the bytes that begin unassigned planes and for some control characters.
    text = "".join(c for c in text if all(bytes([b]) in single for b in c.encode()))
    ids = own.encode(text)
    assert own.decode(ids) == text.encode()
    assert not own.special & set(ids), "what the writer types is never a control token"


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=200)
@given(text=texts, cut=st.integers(0, 3))
def test_spelling_is_what_looking_at_every_token_finds(kind: str, text: str, cut: int) -> None:
    """Cut in the middle of a character, too."""
    check_spelling(vocabulary(kind), text.encode()[cut:])


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=100)
@given(remainder=st.binary(max_size=6))
@example(remainder=b"")
@example(remainder=b"\xff")
@example(remainder=b"\xff\xff")
@example(remainder=b"\xc3\xbf")
def test_spelling_of_any_bytes(kind: str, remainder: bytes) -> None:
    check_spelling(vocabulary(kind), remainder)


@settings(deadline=None, max_examples=25)
@given(text=texts)
def test_spelling_with_the_default_model(default_model: Path, text: str) -> None:
    check_spelling(default_vocabulary(default_model), text.encode())


def test_spelling_remembers_no_more_than_it_must() -> None:
    own = Vocabulary(tiny_models.byte_level_tokenizer())
    for i in range(1500):
        own.spelling(str(i).encode())
    assert len(own._remembered) <= 512
    check_spelling(own, b"7")


def test_control_tokens_stand_for_nothing() -> None:
    for kind, names in (
        ("byte-level", ["<|endoftext|>", "<|im_start|>"]),
        ("sentence-piece", ["<bos>", "<eos>"]),
    ):
        own = vocabulary(kind)
        ids = [own.tokenizer.token_to_id(name) for name in names]
        assert own.decode(ids) == b""
        assert own.is_control[ids].all()
        assert own.special.issuperset(ids)
        assert not set(own.spelling(b"<").tolist()) & set(ids)


def test_sentence_piece_spaces_and_bytes() -> None:
    own = vocabulary("sentence-piece")
    assert own.tokens[own.tokenizer.token_to_id("▁you")] == b" you"
    assert own.tokens[own.tokenizer.token_to_id("<0xC3>")] == b"\xc3"
    assert own.decode(own.encode("Thank you 🙂")) == "Thank you 🙂".encode()


def test_byte_level_tokens_are_the_bytes_that_gpt2_maps(default_model: Path) -> None:
    own = default_vocabulary(default_model)
    assert own.tokens[own.tokenizer.token_to_id("Ġthe")] == b" the"
    assert own.tokens[own.tokenizer.token_to_id("Ċ")] == b"\n"
    single = {own.tokens[i] for i in range(own.size) if len(own.tokens[i]) == 1}
    assert len(single) > 200


def test_tokens_that_only_the_model_has_are_control_tokens() -> None:
    """Some models pad their vocabulary to a round number."""
    own = Vocabulary(tiny_models.byte_level_tokenizer(), size=384)
    assert own.size == len(own.tokens) == 384
    assert own.is_control[tiny_models.SIZE :].all()
    assert own.continues_word.shape == own.breaks_line.shape == (384,)


def test_start_ids(default_model: Path) -> None:
    assert vocabulary("byte-level").start_ids == [
        vocabulary("byte-level").tokenizer.token_to_id("<|endoftext|>")
    ]
    assert vocabulary("sentence-piece").start_ids == [
        vocabulary("sentence-piece").tokenizer.token_to_id("<bos>")
    ]
    own = default_vocabulary(default_model)
    assert len(own.start_ids) == 1
    assert own.start_ids[0] in own.special


def test_what_the_tokenizer_itself_puts_first_comes_first() -> None:
    tokenizer = tiny_models.sentence_piece_tokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<eos> $A <bos>", special_tokens=[("<eos>", 1), ("<bos>", 2)]
    )
    own = Vocabulary(tokenizer)
    assert own.start_ids == [tokenizer.token_to_id("<eos>")]
    assert own.encode("you") == vocabulary("sentence-piece").encode("you"), "running text has no such marks"


def test_an_added_token_that_is_text_stands_for_its_text() -> None:
    tokenizer = Tokenizer.from_str(tiny_models.byte_level_tokenizer().to_str())
    tokenizer.add_tokens(["Größe"])
    own = Vocabulary(tokenizer)
    (token,) = own.encode("Größe")
    assert own.tokens[token] == "Größe".encode()


def test_what_a_token_begins_with(default_model: Path) -> None:
    own = default_vocabulary(default_model)

    def token(text: str) -> int:
        (found,) = own.encode(text)
        return found

    for text, word, line in (
        ("ing", True, False),
        (" the", False, False),
        (".", False, False),
        ("\n", False, True),
        ("'t", True, False),
        ("_", True, False),
        ("7", True, False),
    ):
        assert bool(own.continues_word[token(text)]) is word, text
        assert bool(own.breaks_line[token(text)]) is line, text
    assert not own.continues_word[own.is_control].any()
