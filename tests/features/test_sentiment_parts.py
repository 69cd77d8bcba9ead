"""The parts of a text, the rule for values, words to weigh, and how weights are kept: without a model."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from gpt_assistant.engine.messages import Mood
from gpt_assistant.features import sentiment_head, sentiment_learning
from gpt_assistant.features.sentiment_fitting import Examples, fit_linear, fit_odds, mood_of
from gpt_assistant.features.sentiment_head import LinearHead, NetworkHead, Odds, Value, label
from gpt_assistant.features.sentiment_network import MoodNetwork, like
from gpt_assistant.features.sentiment_states import Reading
from gpt_assistant.features.sentiment_whole import parts_of, together
from gpt_assistant.features.sentiment_words import without, words_of

ODDS = Odds(-1.5, 1.2, 1.0)


def test_parts_are_the_sentences_that_say_something_with_their_paragraphs() -> None:
    text = "# News\n\nIt rained. We stayed in!\n\n---\n\nThen the sun came out 😀.\n"
    parts = list(parts_of(text))
    assert [text[p.start : p.end] for p in parts] == [
        "# News",
        "It rained.",
        "We stayed in!",
        "Then the sun came out 😀.",
    ]
    assert [p.paragraph for p in parts] == [0, 1, 1, 2]
    assert list(parts_of("")) == list(parts_of(" \n ... --- \n")) == []


def test_a_very_long_sentence_is_read_in_pieces_between_words() -> None:
    text = "and so on " * 300
    parts = list(parts_of(text))
    assert len(parts) > 3
    assert " ".join(text[p.start : p.end] for p in parts) == text.strip()
    assert len(list(parts_of("x" * 2000))) == 4


def test_the_whole_is_the_mean_of_its_sentences() -> None:
    plain, bad = Value(0.0, 0.5), Value(-2.0, 2.0)
    assert together([bad]) == bad
    assert together([plain, bad]) == Value(-1.0, 1.25)


def test_scores_add_up_and_are_neutral_in_the_middle() -> None:
    for rating in (-4.0, -1.0, 0.0, 0.3, 2.0, 4.0):
        scores = ODDS.scores(Value(rating, abs(rating)))
        assert scores.positive + scores.neutral + scores.negative == pytest.approx(1)
        assert scores.balance == pytest.approx(-ODDS.scores(Value(-rating, abs(rating))).balance)
    assert label(ODDS.scores(Value(0.0, 0.0))) is Mood.NEUTRAL
    assert label(ODDS.scores(Value(2.0, 2.0))) is Mood.POSITIVE
    assert label(ODDS.scores(Value(-2.0, 2.0))) is Mood.NEGATIVE


def test_words_are_weighed_with_their_apostrophes_and_smileys_too() -> None:
    text = "I don't like this well-made film :( 😀, at all."
    assert [text[w.start : w.end] for w in words_of(text)] == [
        *("I", "don't", "like", "this", "well-made", "film", ":(", "😀", "at", "all"),
    ]


@pytest.mark.parametrize(
    ("text", "word", "rest"),
    [
        ("Not a good film.", "Not", "a good film."),
        ("Not a good film.", "good", "Not a film."),
        ("Not a good film.", "film", "Not a good."),
        ("Good", "Good", ""),
        ('"Good," he said', "Good", '"," he said'),
    ],
)
def test_a_word_is_taken_out_with_its_space(text: str, word: str, rest: str) -> None:
    at = text.index(word)
    assert without(text, type(words_of(text)[0])(at, at + len(word))) == rest


def rated(count: int, features: int) -> Examples:
    generator = torch.Generator().manual_seed(3)
    pooled = torch.randn(count, features, generator=generator)
    ratings = 1.5 * pooled[:, 0] + 0.3 * torch.randn(count, generator=generator)
    return Examples(pooled, ratings, torch.arange(count) % 5)


@pytest.mark.parametrize(("count", "features"), [(400, 12), (100, 300)])
def test_fitting_finds_what_ratings_depend_on(count: int, features: int) -> None:
    """Whether there are more examples or more features; of sentences that it was not fitted to, too."""
    examples = rated(count, features)
    weight, bias, predicted = fit_linear(examples, 0.01 if count > features else 1.0)
    assert int(weight[0].abs().argmax()) == 0
    assert bias.shape == (2,)
    together = torch.corrcoef(torch.stack([predicted[:, 0], examples.ratings]))[0, 1]
    assert float(together) > (0.95 if count > features else 0.4)
    odds = fit_odds(predicted, examples.ratings)
    right = [
        label(odds.scores(Value.of(row))) is mood_of(rating)
        for row, rating in zip(predicted.tolist(), examples.ratings.tolist(), strict=True)
    ]
    assert sum(right) / count > (0.8 if count > features else 0.4)


def test_networks_are_kept_in_sixteen_bits_and_say_the_same(tmp_path: Path) -> None:
    torch.manual_seed(1)
    networks = tuple(MoodNetwork(2, 16, features=4, questions=2) for _ in range(2))
    for network in networks:
        network.standardise(torch.randn(2, 50, 16))
        network.eval()
    head = NetworkHead((1, 2), ODDS, networks)
    reading = Reading([1, 2, 3], torch.randn(2, 3, 16))
    parts = [{n: t.half() for n, t in network.state_dict().items()} for network in networks]
    again = NetworkHead((1, 2), ODDS, tuple(like(part) for part in parts))
    assert again.value(reading).rating == pytest.approx(head.value(reading).rating, abs=0.01)
    assert set(head.tensors()) == {f"{i}.{n}" for i in (0, 1) for n in networks[0].state_dict()}


def test_padding_changes_nothing() -> None:
    torch.manual_seed(1)
    network = MoodNetwork(2, 16, features=4, questions=2).eval()
    states = torch.randn(2, 1, 3, 16)
    alone = network(states, torch.ones(1, 3, dtype=torch.bool))
    padded = torch.cat([states, torch.randn(2, 1, 2, 16)], dim=2)
    present = torch.tensor([[True] * 3 + [False] * 2])
    torch.testing.assert_close(network(padded, present), alone)


def test_our_sentences_are_of_all_moods_alike_and_none_is_there_twice() -> None:
    rated = sentiment_learning.sentences()
    texts = [text for text, _ in rated]
    assert len(set(texts)) == len(texts) >= 200
    for mood in Mood:
        assert sum(mood_of(rating) is mood for _, rating in rated) >= 65
    folds = [sentiment_learning.fold_of(text) for text in texts]
    assert {folds.count(fold) > 20 for fold in range(5)} == {True}


def test_a_linear_head_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    head = LinearHead((3,), ODDS, torch.ones(2, 8), torch.zeros(2))
    sentiment_head.save(head, tmp_path / "mood.safetensors")
    assert [path.name for path in tmp_path.iterdir()] == ["mood.safetensors"]
    with pytest.raises(OSError, match=r"."):
        sentiment_head.save(head, tmp_path / "nowhere" / "mood.safetensors")
