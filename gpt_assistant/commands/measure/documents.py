"""Measures installed models on a writer's own texts: what they save her here, on this machine.

A model is measured in a process of its own (`alone`), so that its memory is its own and goes back, with low
priority, so that typing elsewhere stays as fast as it was. It types pieces from the last part of each text
behind all that stands before them, as the writer would have gone on writing, the texts taking turns, until
its time is up; a fifth of the time it reads them instead, for the surprisal. Where "Learn from what I take"
has learnt from these texts nothing of it is used: every model starts as on the first day.

What a child finds comes line by line as JSON, for the table grows while it works: {"place": …} for each
piece, then {"done": …} or {"failed": "one line"}.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from gpt_assistant.commands.measure.memory import peak_memory_mb
from gpt_assistant.commands.measure.priority import lower_priority
from gpt_assistant.commands.measure.typist import Tally, type_text
from gpt_assistant.engine import inspection, model_cache
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.messages import Complete, Predict, Suggested
from gpt_assistant.settings import Settings
from gpt_assistant.storage.decoding import decode_parts
from gpt_assistant.text import measuring
from gpt_assistant.text.context import Context
from gpt_assistant.text.measured import LATEST_MS, Candidate, Measured
from gpt_assistant.text.suggestion import Reason, Suggestion
from gpt_assistant.text.told import told

log = logging.getLogger(__name__)

SECONDS = 60.0
"""How long a model is measured, its loading not counted."""

MOST_CHARACTERS = 400_000
"""How much of a text is taken: the last of it."""

_PIECE = 80  # characters
_HELD_OUT = 0.5  # pieces come from this last part of a text
_MOST_PIECES = 40
_READING_SHARE = 0.2
_MOST_READ = 3000  # characters


@dataclass(frozen=True, slots=True)
class Piece:
    """The characters `start`…`end` of one of the texts, to be typed behind those before."""

    text: int
    start: int
    end: int


def pieces(texts: Sequence[str]) -> list[Piece]:
    """Return what is typed: pieces of the last halves of `texts`, which take turns; [] for too little text.

    They begin at words and lie evenly in a text, the first ones of each far apart, so that a model that gets
    through few has still seen all of it.
    """
    each = [_of_text(number, text) for number, text in enumerate(texts)]
    turns = [piece for turn in range(_MOST_PIECES) for row in each for piece in row[turn : turn + 1]]
    return turns[:_MOST_PIECES]


def _of_text(number: int, text: str) -> list[Piece]:
    begin = int(len(text) * (1 - _HELD_OUT))
    count = min(_MOST_PIECES, (len(text) - begin) // _PIECE)
    if not count:
        return []
    step = (len(text) - begin) / count
    found = [_at_word(number, text, begin + int(i * step)) for i in range(count)]
    return [found[i] for i in _spread(count)]


def _at_word(number: int, text: str, at: int) -> Piece:
    space = text.find(" ", at, at + _PIECE // 2)
    start = space + 1 if space >= 0 else at
    return Piece(number, start, min(len(text), start + _PIECE * 3 // 4))


def _spread(count: int) -> list[int]:
    """Return 0…count − 1 in an order whose every beginning is spread over all: by the bits, turned round."""
    bits = max(1, (count - 1).bit_length())
    return [i for i in (int(f"{n:0{bits}b}"[::-1], 2) for n in range(1 << bits)) if i < count]


def read_texts(files: Sequence[Path]) -> list[str]:
    """Return the texts of `files`, as far as they are measured. Raises OSError."""
    return [shortened("".join(decode_parts(path.read_bytes()).parts)) for path in files]


def shortened(text: str) -> str:
    """Return the last part of a text that is too long to be measured as a whole."""
    return text[-MOST_CHARACTERS:]


# In the child


def measure_alone(texts: Sequence[str], settings: Settings, seconds: float, out: IO[str]) -> int:
    """Measure the model that `settings` name, a line of JSON to `out` for each thing found; return 0.

    2 if it could not be measured, which the last line says.
    """
    lower_priority()

    def say(**found: Any) -> None:
        print(json.dumps(found, ensure_ascii=False), file=out, flush=True)

    try:
        _measure(texts, settings, seconds, say)
    except ModelUnavailable as error:
        say(failed=str(error))
        return 2
    except Exception as error:  # one model of several: the others are measured all the same
        log.warning("not measured", exc_info=error)
        say(failed=told("It cannot be used here ({why}).", why=inspection.reason(error)))
        return 2
    return 0


def _measure(texts: Sequence[str], settings: Settings, seconds: float, say: Callable[..., None]) -> None:
    from gpt_assistant.commands.loading import load_model  # noqa: PLC0415 (torch)
    from gpt_assistant.commands.writing import finish  # noqa: PLC0415
    from gpt_assistant.features.completion import Completer  # noqa: PLC0415
    from gpt_assistant.features.predictability import Predictor  # noqa: PLC0415

    say(state="loading")
    model = load_model(settings)
    model.warm_up()
    about = model.description
    say(loaded={"device": about.device, "form": about.dtype, "seconds": about.seconds})
    complete = Completer()

    def suggest(before: str) -> Suggested:
        request = Complete(0, Context(before), settings.max_words, 0, settings.eagerness)
        reply = finish(complete(model, request))
        return reply if reply.ms_first <= LATEST_MS else replace(reply, suggestion=Suggestion("", _LATE))

    wanted = pieces(texts)
    started = time.perf_counter()
    for number, piece in enumerate(wanted, start=1):
        tally = type_text(texts[piece.text], piece.start, piece.end, suggest)
        say(place=_row(tally), done=_share(started, seconds, number, len(wanted)))
        if time.perf_counter() - started > seconds * (1 - _READING_SHARE):
            break
    say(state="reading")
    predict, began, bits, characters = Predictor(), time.perf_counter(), 0.0, 0
    for piece in wanted:
        before, text = texts[piece.text][: piece.start], texts[piece.text][piece.start : piece.end]
        read = finish(predict(model, Predict(0, text, before[-_MOST_READ:])))
        bits += sum(sentence.bits for sentence in read.sentences)
        characters += sum(sentence.end - sentence.start for sentence in read.sentences)
        if characters > _MOST_READ or time.perf_counter() - began > seconds * _READING_SHARE:
            break
    memory = int(peak_memory_mb() * 1e6) + _on_device(about.device, about.memory)
    say(finished={"bits": bits / max(1, characters), "memory": memory})


_LATE = Reason.CANCELLED


def _row(tally: Tally) -> dict[str, Any]:
    return {
        "characters": tally.characters,
        "keys": tally.keys,
        "shown": tally.shown,
        "wrong": tally.wrong,
        "first": [round(ms, 1) for ms in tally.first],
    }


def _share(started: float, seconds: float, number: int, count: int) -> float:
    """Return how far it is, 0…1: by the time, or by the pieces where they end first."""
    return round(min(1.0, max((time.perf_counter() - started) / seconds, number / count)), 3)


def _on_device(device: str, memory: int) -> int:
    return 0 if device == "cpu" else memory


# In the parent


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured: texts, the settings besides the candidates', and seconds for each candidate."""

    texts: Sequence[str]
    settings: Settings
    seconds: float = SECONDS


def measure(plan: Plan, candidate: Candidate, show: Callable[[Measured, float], None]) -> Measured:
    """Return what is found of a candidate; `show` is told what is known so far, and the share done, 0…1."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "gpt_assistant"]
    chosen = ["--threads", str(plan.settings.threads), "--eagerness", str(plan.settings.eagerness)]
    chosen += ["--max-words", str(plan.settings.max_words)]
    row = Measured(candidate)
    with subprocess.Popen(
        [*program, *measuring.arguments(candidate, plan.seconds), *chosen],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stderr is not None
        try:
            child.stdin.write(json.dumps(list(plan.texts)))
            child.stdin.close()
            for line in child.stdout:
                row, share = measuring.taken(row, line)
                show(row, share)
            error = child.stderr.read()
        except BaseException:
            child.kill()
            raise
    return measuring.ended(row, child.returncode, error)


def installed(settings: Settings) -> Iterator[Candidate]:
    """Yield the models on this machine that complete, with the device and number format of `settings`."""
    from gpt_assistant.engine.seq2seq import is_encoder_decoder  # noqa: PLC0415 (torch)

    seen: set[str] = set()
    for folder, _ in model_cache.installed():
        if not is_encoder_decoder(folder.path):
            seen.add(folder.source)
            yield Candidate(folder.name, folder.source, settings.device, settings.dtype)
    if settings.model not in seen | {"default", ""} and Path(settings.model).expanduser().exists():
        yield Candidate(Path(settings.model).name, settings.model, settings.device, settings.dtype)
