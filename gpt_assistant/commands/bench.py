"""`gpt-assistant bench`: speed, memory and quality on this machine, as a table or as one JSON object."""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from pathlib import Path

import torch

from gpt_assistant import paths
from gpt_assistant.commands import bench_documents
from gpt_assistant.commands.complete import answer
from gpt_assistant.commands.loading import load_model, settings_of
from gpt_assistant.commands.measure.engine import measure_network
from gpt_assistant.commands.measure.meanwhile import NoAnswer, long_text, measure_meanwhile
from gpt_assistant.commands.measure.memory import peak_memory_mb
from gpt_assistant.commands.measure.peers import PEERS, PeerMissing, compare
from gpt_assistant.commands.measure.random_models import CONFIGS, random_network
from gpt_assistant.commands.measure.statistics import Figures
from gpt_assistant.commands.measure.typist import type_text
from gpt_assistant.engine.devices import choose_device
from gpt_assistant.engine.model import LanguageModel, set_threads
from gpt_assistant.settings import Settings
from gpt_assistant.text.context import Context

_SHORT_WORDS, _LONG_WORDS = 100, 100_000
_TYPED_CHARACTERS = 240
WINDOW_KEYS = 150


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--text", type=Path, help="a text of yours to type for quality; a sample if missing")
    parser.add_argument("--characters", type=int, default=_TYPED_CHARACTERS, help="how much of it to type")
    parser.add_argument("--rounds", type=int, default=9, help="how often to repeat a timing")
    parser.add_argument(
        "--peer", choices=PEERS, action="append", default=[], help="compare with another engine"
    )
    parser.add_argument("--window", action="store_true", help="also key to screen, in the real window")
    parser.add_argument(
        "--large", type=int, metavar="MB", default=0, help="only a text file of this size in the window"
    )
    parser.add_argument("--meanwhile", action="store_true", help="also completions while a summary runs")
    bench_documents.add_arguments(parser)
    parser.add_argument("--random-weights", action="store_true", help="only speed, with weights made up")
    parser.add_argument("--config", choices=sorted(CONFIGS), default="smollm2-135m", help="their sizes")


def run(args: argparse.Namespace) -> int:
    """Measure and print; return 0, or 2 if a peer is missing."""
    settings = settings_of(args)
    if args.documents:
        return bench_documents.run(args, settings)
    try:
        if args.large:
            figures = _large(settings, args.large)
        else:
            figures = _random(args, settings) if args.random_weights else _real(args, settings)
    except (PeerMissing, NoAnswer) as error:
        print(f"gpt-assistant: {error}", file=sys.stderr)
        return 2
    print(json.dumps(figures, ensure_ascii=False) if args.json else "\n".join(table(figures)))
    return 0


def table(figures: Figures, indent: int = 0) -> list[str]:
    """Return nested figures as aligned lines."""
    lines = []
    for name, value in figures.items():
        label = " " * indent + name.replace("_", " ")
        if isinstance(value, dict):
            lines += [label, *table(value, indent + 2)]
        else:
            lines.append(f"{label:<36}{value}")
    return lines


def _random(args: argparse.Namespace, settings: Settings) -> Figures:
    set_threads(settings.threads)
    device = choose_device(settings.device)
    network, vocabulary = random_network(args.config, device, settings.dtype)
    return {
        "config": args.config,
        "device": device,
        "parameters": network.parameters(),
        "threads": torch.get_num_threads(),
        "speed": measure_network(network, vocabulary, args.rounds),
        "peak_memory_mb": peak_memory_mb(),
    }


def _real(args: argparse.Namespace, settings: Settings) -> Figures:
    _say("first suggestion of a new process")
    cold = _cold_start(settings)
    _say("loading")
    model = load_model(settings)
    model.warm_up()
    figures: Figures = {
        "model": model.description.name,
        "device": model.description.device,
        "dtype": model.description.dtype,
        "threads": torch.get_num_threads(),
        "first_suggestion_seconds": cold,
        "load_seconds": round(model.description.seconds, 2),
    }
    _say("prefill and decoding")
    figures["speed"] = measure_network(model.network, model.vocabulary.size, args.rounds)
    text = _text(args.text)
    for name, words in (("short_document", _SHORT_WORDS), ("long_document", _LONG_WORDS)):
        _say(f"typing in a document of {words} words")
        figures[name] = _typing(model, settings, text, words, args.characters)
    figures["peak_memory_mb"] = peak_memory_mb()
    if args.window:
        figures["window"] = {
            name: _window(settings, words)
            for name, words in (("short_document", _SHORT_WORDS), ("long_document", _LONG_WORDS))
        }
    if args.meanwhile:
        _say("completions while a long text is summarised")
        figures["meanwhile"] = measure_meanwhile(settings, long_text(text))
    peers: Figures = {}
    for peer in args.peer:
        _say(f"the same work in {peer}")
        peers[peer] = compare(model, peer, args.rounds)
    if peers:
        figures["peers"] = peers
    return figures


def _say(text: str) -> None:
    if sys.stderr.isatty():
        print(f"{text}…", file=sys.stderr)


def _cold_start(settings: Settings) -> float:
    """Return the seconds from starting a process to its first suggestion."""
    command = [sys.executable, "-m", "gpt_assistant", "complete", "--model", settings.model]
    started = time.perf_counter()
    subprocess.run([*command, "Thank you very mu"], capture_output=True, check=True)
    return round(time.perf_counter() - started, 2)


def _window(settings: Settings, words: int) -> Figures:
    """Return what bench_window measures in a document of `words` words, in a process of its own, for Qt."""
    _say(f"keys in the window, in a document of {words} words")
    options = ["--words", str(words), "--keys", str(WINDOW_KEYS), "--model", settings.model]
    options += ["--device", settings.device, "--threads", str(settings.threads)]
    return _in_process("bench_window", options)


def _large(settings: Settings, megabytes: int) -> Figures:
    """Return what bench_large measures with a file of so many megabytes."""
    _say(f"a file of {megabytes} MB in the window")
    return _in_process("bench_large", ["--megabytes", str(megabytes), "--model", settings.model])


def _in_process(name: str, options: list[str]) -> Figures:
    command = [sys.executable, "-m", f"gpt_assistant.commands.{name}", "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"error": done.stderr.strip().split("\n")[-1]}
    found: Figures = json.loads(done.stdout)
    return found


def _text(path: Path | None) -> str:
    return (path or paths.resource("sample.md")).read_text(encoding="utf-8", errors="replace")


def _typing(model: LanguageModel, settings: Settings, text: str, words: int, characters: int) -> Figures:
    """Type the second half of `text` behind the first and, before that, `words` words in disorder.

    In order they would be a copy of what is typed, and the model would only have to repeat it.
    """
    own = text.split()
    mixed = random.Random(words).choices(own, k=words)
    filler = "\n\n".join(" ".join(mixed[i : i + 80]) for i in range(0, words, 80))
    start = len(filler) + 2 + len(text) // 2
    document = f"{filler}\n\n{text}"
    end = min(len(document), start + characters)
    tally = type_text(document, start, end, lambda before: answer(model, settings, Context(before)))
    return tally.figures()
