"""Mark the names in ordinary English with a larger network, for train_masking.py to learn from.

    python packaging/teach_masking.py OUT.jsonl TEXTS.jsonl… [--model en_core_web_sm]

Every second row's "text" is taken, up to 12,000 characters of it. Needs spaCy and its model (MIT, trained on
OntoNotes), which nothing else here does.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

_LONGEST, _PIECE = 12_000, 1_200  # characters of a text, and at once
_KINDS = {
    "PERSON": "name",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "nationality",
    "DATE": "date",
    "TIME": "date",
}


def pieces(path: Path) -> Iterator[str]:
    """Yield parts of every second text of a file."""
    for line in path.read_text(encoding="utf-8").splitlines()[::2]:
        text = (json.loads(line).get("text") or "")[:_LONGEST]
        yield from (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))


def main() -> None:
    """Write the texts with what the network has marked."""
    import spacy  # noqa: PLC0415

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--model", default="en_core_web_sm")
    args = parser.parse_args()
    network = spacy.load(args.model, disable=["lemmatizer", "parser", "tagger", "attribute_ruler"])
    with args.out.open("w", encoding="utf-8") as file:
        for marked in network.pipe((piece for path in args.texts for piece in pieces(path)), batch_size=64):
            spans = [[e.start_char, e.end_char, _KINDS[e.label_]] for e in marked.ents if e.label_ in _KINDS]
            file.write(json.dumps({"text": marked.text, "spans": spans}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
