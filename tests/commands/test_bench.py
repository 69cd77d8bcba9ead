"""The typist's arithmetic by hand, and the whole command on the real model."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from gpt_assistant.commands.bench import _window, table
from gpt_assistant.commands.measure.statistics import alternating, percentiles
from gpt_assistant.commands.measure.typist import type_text
from gpt_assistant.engine.messages import Suggested
from gpt_assistant.settings import Settings
from gpt_assistant.text.suggestion import Suggestion


def offering(*offers: str):
    """Suggest these in turn, then nothing."""
    left = list(offers)

    def suggest(_before: str) -> Suggested:
        return Suggested(0, Suggestion(left.pop(0) if left else ""), 1.0, 2.0)

    return suggest


def test_a_right_suggestion_is_taken_whole_with_one_key() -> None:
    tally = type_text("one two three.", 3, 13, offering(" two three"))
    assert (tally.characters, tally.keys, tally.shown, tally.wrong) == (10, 1, 1, 0)


def test_the_right_words_of_a_longer_one_are_taken_one_by_one() -> None:
    tally = type_text("one two three four", 3, 18, offering(" two three five"))
    # two words, then " f" and, the ghost being gone, "our"
    assert (tally.characters, tally.keys, tally.wrong) == (15, 2 + 5, 0)


def test_a_wrong_first_word_counts_and_goes_at_the_first_other_letter() -> None:
    tally = type_text("one two", 3, 7, offering(" ten"))
    assert (tally.keys, tally.shown, tally.wrong) == (4, 1, 1)


def test_a_word_is_not_taken_where_the_text_goes_on_inside_it() -> None:
    tally = type_text("one twofold", 3, 11, offering(" two"))
    assert tally.keys == tally.characters == 8


def test_typing_through_asks_only_once() -> None:
    tally = type_text("one twofold", 3, 7, offering(" two"))
    assert tally.asked == 1


def test_percentiles_are_of_the_nearest_rank() -> None:
    values = [float(value) for value in range(1, 101)]
    random.Random(1).shuffle(values)
    assert percentiles(values) == {"p50": 51.0, "p90": 91.0, "p99": 100.0}
    assert percentiles([]) == {}


def test_actions_take_turns() -> None:
    calls: list[str] = []
    alternating({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, 3)
    assert calls == list("ababab")


def test_a_table_has_a_line_for_each_figure() -> None:
    assert table({"speed": {"decode_ms": 3}, "device": "cpu"}) == [
        "speed",
        "  decode ms                         3",
        "device                              cpu",
    ]


def bench(*arguments: str) -> dict[str, object]:
    command = [sys.executable, "-m", "gpt_assistant", "bench", "--json", "--rounds", "1", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    return json.loads(done.stdout)


def test_random_weights_need_no_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GPT_ASSISTANT_MODELS", str(tmp_path))
    figures = bench("--random-weights", "--config", "smollm2-135m", "--threads", "1")
    assert figures["parameters"] == 134_515_008
    assert figures["speed"]["decode_ms_per_token"] > 0


def test_the_real_model_with_a_peer(default_model: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Thank you very much for your letter. I am looking forward to hearing from you. " * 3)
    figures = bench("--text", str(text), "--characters", "20", "--peer", "transformers")
    assert figures["peers"]["transformers"]["decode_ratio"] > 0
    assert set(figures["long_document"]["first_word_ms"]) == {"p50", "p90", "p99"}
    assert 0 < figures["speed"]["bandwidth_share"] < 5


def test_the_window_is_measured_in_a_process_of_its_own(
    default_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a model nothing is typed, and the line that says why is passed on."""
    figures = _window(Settings(model="/nonexistent"), 10)
    assert "/nonexistent" in str(figures["error"])
    assert "\n" not in str(figures["error"])
    monkeypatch.setattr("gpt_assistant.commands.bench.WINDOW_KEYS", 8)
    figures = _window(Settings(), 10)
    assert figures["words"] == 10
    assert figures["glyph"]["n"] == 8
    assert figures["glyph"]["p50"] > 0


def test_a_missing_peer_is_one_line(default_model: Path) -> None:
    command = [sys.executable, "-m", "gpt_assistant", "bench", "--peer", "llama-cpp", "--characters", "1"]
    done = subprocess.run(
        [*command, "--rounds", "1"], capture_output=True, text=True, check=False, timeout=300
    )
    if done.returncode == 0:
        pytest.skip("llama-cpp-python is installed")
    assert done.returncode == 2
    assert done.stderr.strip().splitlines()[-1].startswith("gpt-assistant: llama-cpp-python is not installed")
