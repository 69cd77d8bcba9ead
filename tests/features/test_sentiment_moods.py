"""The mood of sentences as the default model reads them, in texts of our own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from driven import drive

from gpt_assistant.engine.messages import (
    Feel,
    Felt,
    LearnMood,
    Mood,
    MoodLearnt,
    Progress,
    WeighWords,
    WordsWeighed,
)
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features import sentiment_head, sentiment_learning
from gpt_assistant.features.sentiment import MoodReader
from gpt_assistant.features.sentiment_states import StateReader

POSITIVE, NEUTRAL, NEGATIVE = Mood.POSITIVE, Mood.NEUTRAL, Mood.NEGATIVE


@pytest.fixture(scope="module")
def model(default_model: Path) -> LanguageModel:
    return LanguageModel.load(default_model, device="cpu", threads=1)


@pytest.fixture(scope="module")
def reader() -> MoodReader:
    return MoodReader()


def feel(reader: MoodReader, model: LanguageModel, text: str) -> Felt:
    felt = drive(reader(model, Feel(1, text)))[1]
    assert isinstance(felt, Felt)
    for each in (*felt.sentences, *felt.paragraphs):
        assert 0 <= each.start < each.end <= len(text)
        assert each.scores.of(each.label) == max(each.scores.of(mood) for mood in Mood)
    return felt


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("What a lovely surprise, thank you!", POSITIVE),
        ("This is the dullest book I have read in years.", NEGATIVE),
        ("The bus stops opposite the town hall.", NEUTRAL),
        # negation
        ("I do not like it.", NEGATIVE),
        ("The second act isn't funny.", NEGATIVE),
        ("You won't regret buying it.", POSITIVE),
        # contrast: what comes behind "but" counts
        ("The rooms are small, but the staff is wonderful and we loved it.", POSITIVE),
        ("The staff is wonderful, but the rooms are dirty and we hated it.", NEGATIVE),
        # questions
        ("When does the second act begin?", NEUTRAL),
        ("Why is this app so horribly slow?", NEGATIVE),
        # reported speech
        ("The minister said that the talks would go on in March.", NEUTRAL),
        ("Critics called the plan a shameful failure.", NEGATIVE),
    ],
)
def test_moods(reader: MoodReader, model: LanguageModel, text: str, mood: Mood) -> None:
    felt = feel(reader, model, text)
    assert felt.fitted
    assert felt.label is mood, felt.scores
    assert [each.label for each in felt.sentences] == [mood]


def test_everyday_prose_is_neutral(reader: MoodReader, model: LanguageModel) -> None:
    text = (
        "The parcel is at the front desk. The form has two pages. Sign the second one and send it back by "
        "Friday. The office is on the third floor, next to the lift. The new timetable starts in April. "
        "Trains to the airport leave every twenty minutes."
    )
    felt = feel(reader, model, text)
    assert felt.label is NEUTRAL
    assert sum(each.label is NEUTRAL for each in felt.sentences) >= 5


def test_a_text_is_made_up_of_its_sentences_and_paragraphs(reader: MoodReader, model: LanguageModel) -> None:
    good = "😀 We had a wonderful time at the lake. Everybody was happy, and the food was superb."
    bad = "Then the car broke down. The garage was awful and it cost us a fortune. I am furious."
    felt = feel(reader, model, f"{good}\n\n{bad}\n\n{good}\n\n{bad} {bad}")
    assert [each.label for each in felt.paragraphs] == [POSITIVE, NEGATIVE, POSITIVE, NEGATIVE]
    assert felt.paragraphs[1].start == len(good) + 2
    assert len(felt.sentences) == 2 + 3 + 2 + 6
    assert felt.scores.positive + felt.scores.neutral + felt.scores.negative == pytest.approx(1)


@pytest.mark.parametrize("text", ["", " \n\n", "---\n\n...\n"])
def test_without_words_there_is_nothing_to_feel(reader: MoodReader, model: LanguageModel, text: str) -> None:
    assert feel(reader, model, text) == Felt(1)
    assert drive(reader.weigh(model, WeighWords(2, text)))[1] == WordsWeighed(2)


def test_only_what_changed_is_read_again(model: LanguageModel, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, passes = MoodReader(), []
    states = model.network.states

    def counted(*args: object, **options: object) -> object:
        passes.append(args)
        return states(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(model.network, "states", counted)
    sentences = [
        f"The box number {i} has a blue lid and stands in the cellar of the house." for i in range(8)
    ]
    feel(reader, model, " ".join(sentences))
    first = len(passes)
    assert first >= 8
    feel(reader, model, " ".join(sentences))
    assert len(passes) == first
    sentences[3] = "The fourth one is red."
    feel(reader, model, " ".join(sentences))
    assert len(passes) == first + 1


def test_it_yields_before_every_pass_and_says_how_far_it_is(
    model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gpt_assistant.features.sentiment._SHOW_EVERY", 0.0)
    text = "It is a long way to the sea. " * 3 + "We walked for two days and slept in a barn."
    steps = list(MoodReader()(model, Feel(7, text)))
    shares = [step.fraction for step in steps if isinstance(step, Progress)]
    assert shares == sorted(shares)
    assert len(shares) == 4
    assert steps.count(None) >= 2


def test_two_texts_may_be_read_in_turns(model: LanguageModel) -> None:
    one, other = "I love this place and its people.", "I love this place, but I hate how loud it is at night."
    alone = [drive(MoodReader()(model, Feel(1, text)))[1].scores for text in (one, other)]
    reader = MoodReader()
    running = [reader(model, Feel(1, text)) for text in (one, other)]
    found: dict[int, Felt] = {}
    while len(found) < 2:
        for i in {0, 1} - set(found):
            try:
                next(running[i])
            except StopIteration as stop:
                found[i] = stop.value
    for i in (0, 1):
        assert found[i].scores.balance == pytest.approx(alone[i].balance, abs=0.02)


def test_the_words_that_make_the_mood_weigh_most(reader: MoodReader, model: LanguageModel) -> None:
    text = "😀 Hello there. The cake that my aunt baked was absolutely disgusting."
    weighed = drive(reader.weigh(model, WeighWords(3, text)))[1]
    assert isinstance(weighed, WordsWeighed)
    words = {text[w.start : w.end]: w for w in weighed.words}
    assert {"😀", "Hello", "cake", "disgusting"} <= set(words)
    assert max(weighed.words, key=lambda w: w.weight) == words["disgusting"]
    assert words["disgusting"].push < -0.3 < 0.3 < words["disgusting"].weight
    assert weighed.sentences[-1].label is NEGATIVE
    other = drive(reader.weigh(model, WeighWords(4, text, label=POSITIVE)))[1]
    assert {text[w.start : w.end]: w.weight for w in other.words}["disgusting"] < 0


def test_other_models_get_no_weights_of_the_default_one(model: LanguageModel, tmp_path: Path) -> None:
    assert sentiment_head.head_for(model) is not None
    folder = tmp_path / "another"
    folder.mkdir()
    for name in ("config.json", "tokenizer.json"):
        shutil.copy(model.folder / name, folder)
    another = LanguageModel(model.network, model.vocabulary, model.description, folder)
    assert sentiment_head.head_for(another) is None
    reader = MoodReader()
    felt = feel(reader, another, "What a terrible, boring waste of time.")
    assert not felt.fitted
    assert felt.label is NEGATIVE
    assert feel(reader, another, "What a wonderful evening with lovely people.").label is POSITIVE


def test_a_model_is_fitted_once_and_that_is_kept_beside_it(
    model: LanguageModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a fifth of the sentences, for the sake of time."""
    some = sentiment_learning.sentences()[::5]
    monkeypatch.setattr(sentiment_learning, "sentences", lambda: some)
    another = LanguageModel(model.network, model.vocabulary, model.description, tmp_path)
    reader = MoodReader()
    assert not feel(reader, another, "It is fine.").fitted
    steps, learnt = drive(reader.learn(another, LearnMood(5)))
    assert isinstance(learnt, MoodLearnt)
    assert learnt.sentences == len(some)
    assert learnt.accuracy > 0.5
    assert [step.fraction for step in steps if isinstance(step, Progress)][-1] > 0.9
    felt = feel(reader, another, "What a terrible, boring waste of time.")
    assert felt.fitted
    assert felt.label is NEGATIVE
    (tmp_path / sentiment_head.FILE).write_bytes(b"broken")
    assert sentiment_head.head_for(another) is None


def test_the_default_model_keeps_what_it_came_with(
    model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = sentiment_learning.sentences()[::15]
    monkeypatch.setattr(sentiment_learning, "sentences", lambda: some)
    learnt = drive(MoodReader().learn(model, LearnMood(5)))[1]
    assert learnt.accuracy > 0.7
    assert not (model.folder / sentiment_head.FILE).exists()


def test_a_reading_continued_is_the_same_as_one_from_the_beginning(model: LanguageModel) -> None:
    reader = StateReader(model, (3, 5))
    drive(reader.read("The sun was shining over the hills"))
    continued = drive(reader.read("The sun was setting"))[1]
    fresh = drive(StateReader(model, (3, 5)).read("The sun was setting"))[1]
    assert continued.ids == fresh.ids
    assert float((continued.states - fresh.states).norm()) < 0.02 * float(fresh.states.norm())
