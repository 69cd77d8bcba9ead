"""Measure what a model of the catalogue can do, for resources/abilities.json.

    python packaging/measure_abilities.py [MODEL] [--languages en fr de …] [--write resources/abilities.json]

Measures summaries, every style of rewriting, and translation between English and the languages (all that
there are examples in, if none are named). The figures go under the SHA-256 of the model's GGUF file.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parent.parent))

from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.model_cache import read_record
from gpt_assistant.engine.sources import resolve
from gpt_assistant.features import ability, rewrite_generate, summary, summary_generate
from gpt_assistant.features.rewrite import STYLES
from gpt_assistant.features.rewrite_reader import Reader
from gpt_assistant.features.translation import best_way
from gpt_assistant.features.translation_examples import spoken

T = TypeVar("T")


def finished(steps: Generator[object, None, T]) -> T:
    """Return what a generator returns."""
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            result: T = stop.value
            return result


def measure(folder: Path, languages: list[str]) -> dict[str, float]:
    """Return the abilities of the model in `folder` by name; what is known of them is not looked at."""
    with tempfile.TemporaryDirectory() as scratch:
        bare = Path(scratch) / folder.name
        bare.mkdir()
        for file in folder.iterdir():
            if file.name not in (ability.FILE, "source.json"):
                (bare / file.name).symlink_to(file)
        model = LanguageModel.load(bare)
        finished(summary_generate.capable(model, model.session(summary.SESSION, summary.CHUNK)))
        for style in STYLES:
            finished(rewrite_generate.can_answer(model, Reader(model), style))
        for other in languages:
            for source, target in (("en", other), (other, "en")):
                print(f"{source} to {target}…", file=sys.stderr)
                with contextlib.suppress(ModelUnavailable):
                    finished(best_way(model, 0, source, target))
        found: dict[str, float] = json.loads((bare / ability.FILE).read_bytes())
    return {name: round(value, 3) for name, value in sorted(found.items())}


def main() -> None:
    """Measure, and print the figures or add them to a file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", nargs="?", default="default")
    parser.add_argument("--languages", nargs="*", default=sorted(spoken() - {"en"}))
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    folder = resolve(args.model, offline=True, progress=lambda *_: None, cancelled=lambda: False).path
    record = read_record(folder)
    if record is None or not record.gguf_sha256:
        parser.error(f"{folder} was not made from a GGUF file")
    table = {record.gguf_sha256: measure(folder, args.languages)}
    if args.write is None:
        print(json.dumps(table, indent=1))
        return
    stored = json.loads(args.write.read_bytes()) if args.write.exists() else {}
    args.write.write_text(json.dumps(stored | table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
