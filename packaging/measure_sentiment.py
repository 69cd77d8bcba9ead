"""Whether the words that are said to make a mood do make it, and how long it takes.

    measure_sentiment.py TEXTS.jsonl [--limit 200] [--model NAME] [--threads 1]

The deletion test (Samek et al. 2017): from each `text` the fifth of its words that weigh most is taken out,
and as many at random, five times; what is compared is how far that moves the probability of its mood. Then
how long a text of a thousand words takes, and a sentence of it that was changed. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from gpt_assistant.commands.writing import finish
from gpt_assistant.engine.messages import Feel, Mood, WordWeight
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.sources import resolve
from gpt_assistant.features.sentiment import MoodReader
from gpt_assistant.features.sentiment_head import label
from gpt_assistant.features.sentiment_judge import Judge
from gpt_assistant.features.sentiment_words import weigh_words, without
from gpt_assistant.text.sentences import Span

_SHARE = 0.2
_DRAWS = 5
_LEAST = 5  # words
_WORDS = 1000


def main() -> int:
    """Measure and print; return 0."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path)
    parser.add_argument("--limit", type=int, default=200)
    parser.add_argument("--model", default="default")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    found = resolve(args.model, offline=False, progress=lambda text, share: None, cancelled=lambda: False)
    model = LanguageModel.load(found.path, threads=args.threads)
    texts = [json.loads(line)["text"] for line in args.texts.read_text(encoding="utf-8").splitlines()]
    random.Random(5).shuffle(texts)
    print(json.dumps(deletion(Judge(model), texts, args.limit) | speed(model, texts)))
    return 0


def deletion(judge: Judge, texts: Sequence[str], limit: int) -> dict[str, float]:
    """Return how far the probability moves without the heaviest words and without others, on average."""
    draw = random.Random(5)
    heaviest, others, seconds = [], [], []
    for text in texts:
        scores = judge.scores(finish(judge.value(text)))
        mood = label(scores)
        started = time.perf_counter()
        words = finish(weigh_words(judge, text, mood))
        if len(words) < _LEAST:
            continue
        seconds.append(time.perf_counter() - started)
        count = max(1, round(_SHARE * len(words)))
        heaviest.append(_moved(judge, text, mood, sorted(words, key=lambda word: -word.weight)[:count]))
        others += [_moved(judge, text, mood, draw.sample(words, count)) for _ in range(_DRAWS)]
        if len(heaviest) == limit:
            break
    far, near = statistics.mean(heaviest), statistics.mean(others)
    return {
        "texts": len(heaviest),
        "heaviest": round(far, 4),
        "random": round(near, 4),
        "times": round(far / near, 2),
        "seconds_to_weigh": round(statistics.median(seconds), 3),
    }


def _moved(judge: Judge, text: str, mood: Mood, taken: Sequence[WordWeight]) -> float:
    """Return how far the probability of `mood` is from before when words are taken out."""
    rest = text
    for word in sorted(taken, key=lambda word: -word.start):
        rest = without(rest, Span(word.start, word.end))
    before, after = (judge.scores(finish(judge.value(each))).of(mood) for each in (text, rest))
    return abs(before - after)


def speed(model: LanguageModel, texts: Sequence[str]) -> dict[str, float]:
    """Return the seconds for a text of a thousand words, and for one sentence of it that was changed."""
    page, count = [], 0
    for text in texts:
        page.append(text)
        count += len(text.split())
        if count >= _WORDS:
            break
    reader = MoodReader()
    started = time.perf_counter()
    finish(reader(model, Feel(0, "\n\n".join(page))))
    whole = time.perf_counter() - started
    changes = []
    for i in range(0, len(page), max(1, len(page) // 20)):
        page[i] = f"Well, {page[i]}"
        started = time.perf_counter()
        finish(reader(model, Feel(0, "\n\n".join(page))))
        changes.append(time.perf_counter() - started)
    return {
        "words": count,
        "seconds": round(whole, 2),
        "changed_ms": round(1000 * statistics.median(changes), 1),
        "changed_ms_most": round(1000 * max(changes), 1),
    }


if __name__ == "__main__":
    sys.exit(main())
