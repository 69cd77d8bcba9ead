"""Learn the weights of resources/masking.safetensors.

    python packaging/train_masking.py LABELLED.jsonl [--taught MARKED.jsonl] [--write FILE.safetensors]

A row of LABELLED has "text" and "spans", lists that begin with start, end and type (as the data of
presidio-research, MIT). Every second row is learnt from, together with what masking_examples.py makes up;
how much of the rows between is found is printed. MARKED, which teach_masking.py makes, has ordinary English
in which a larger network has marked names. The same data give the same weights on one machine. Needs what
masking_examples.py needs.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy
import torch
from masking_examples import Example, Maker, listed, places
from safetensors.numpy import save_file
from torch import Tensor, nn
from wordfreq import top_n_list, zipf_frequency

sys.path.insert(0, str(Path(__file__).parent.parent))

from gpt_assistant.features.masking import BAR
from gpt_assistant.features.masking_network import LABELS, REACH, STRIDES, WIDTH, read
from gpt_assistant.features.masking_tokens import (
    BUCKETS,
    COLUMNS,
    NOTHING,
    ROWS,
    Describer,
    WordLists,
    hashed,
    tokens,
)

_TYPES = {
    "PERSON": "name",
    "STREET_ADDRESS": "address",
    "ZIP_CODE": "address",
    "ORGANIZATION": "organization",
    "GPE": "place",
    "TITLE": "title",
    "NRP": "nationality",
    "DATE_TIME": "date",
    "AGE": "age",
    "PHONE_NUMBER": "phone",
    "CREDIT_CARD": "card",
    "IBAN_CODE": "card",
    "US_SSN": "id",
    "US_DRIVER_LICENSE": "id",
    "EMAIL_ADDRESS": "contact",
    "DOMAIN_NAME": "contact",
    "IP_ADDRESS": "contact",
}
_COMMON_WORDS, _FOREIGN_WORDS = 30_000, 2_500
_LANGUAGES = (
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "sv",
    "da",
    "nb",
    "pl",
    "cs",
    "fi",
    "hu",
    "ro",
    "tr",
    "ca",
    "sh",
)
_EMBEDDING, _HIDDEN = 48, 96
_BATCH = 6144  # tokens
_DROPPED_LISTS, _DROPPED_WORDS = 0.3, 0.25
_LIST_COLUMN = COLUMNS - 2


def word_arrays() -> dict[str, Any]:
    """Return the common words and the lists of names as the file has them."""
    words = {
        hashed(word): min(4.0, zipf_frequency(word, language))
        for language in _LANGUAGES
        for word in top_n_list(language, _FOREIGN_WORDS)
    }
    words |= {hashed(word): zipf_frequency(word, "en") for word in top_n_list("en", _COMMON_WORDS)}
    common = sorted(words)
    arrays = {
        "common": numpy.array(common, dtype=numpy.uint32),
        "commonness": numpy.array([min(15, max(1, round(2 * words[w]))) for w in common], dtype=numpy.uint8),
    }
    parts = {"first": listed("first"), "last": listed("last"), "places": places()}
    for name, names in parts.items():
        hashes = sorted(
            {hashed(token.text) for each in names for token in tokens(each) if len(token.text) > 1}
        )
        arrays[name] = numpy.array(hashes, dtype=numpy.uint32)
    return arrays


def read_rows(path: Path) -> list[Example]:
    """Return the labelled texts of a file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        (row["text"], [(s, e, _TYPES.get(kind, kind)) for s, e, kind, *_ in row["spans"]]) for row in rows
    ]


def encoded(describer: Describer, example: Example) -> tuple[list[tuple[int, ...]], list[int]]:
    """Return the rows and the labels of an example's tokens."""
    text, spans = example
    found = tokens(text)
    labels = [0] * len(found)
    for start, end, kind in spans:
        for i, token in enumerate(found):
            if start <= token.start < end:
                labels[i] = LABELS.index(kind)
    return describer.rows(text, found), labels


class Net(nn.Module):
    """What masking_network.Network computes, to be trained."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Parameter(torch.randn(ROWS, _EMBEDDING) * 0.1)
        sizes = [_EMBEDDING] + [_HIDDEN] * len(STRIDES)
        self.layers = nn.ModuleList(
            nn.Conv1d(a, b, WIDTH, dilation=stride, padding=WIDTH // 2 * stride)
            for a, b, stride in zip(sizes, sizes[1:], STRIDES, strict=False)
        )
        self.output = nn.Linear(_HIDDEN, len(LABELS))
        self.dropout = nn.Dropout(0.2)

    def forward(self, rows: Tensor) -> Tensor:
        """Return the scores (tokens, LABELS) of a row of tokens (tokens, COLUMNS)."""
        table = torch.cat([self.table[:NOTHING], torch.zeros_like(self.table[:1])])
        states = nn.functional.embedding_bag(rows, table, mode="sum")
        states = self.dropout(states).T[None]
        for layer in self.layers:
            new = self.dropout(torch.relu(layer(states)))
            states = new + states if new.shape == states.shape else new
        return self.output(states[0].T)


def batches(examples: Sequence[Any], chance: random.Random) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield the examples in another order, with nothing between them; -1 is the label of that."""
    order = list(range(len(examples)))
    chance.shuffle(order)
    gap = [(NOTHING,) * COLUMNS] * REACH
    rows, labels = list(gap), [-1] * REACH
    for i in order:
        rows += [*examples[i][0], *gap]
        labels += [*examples[i][1], *[-1] * REACH]
        if len(rows) >= _BATCH:
            yield torch.tensor(rows), torch.tensor(labels)
            rows, labels = list(gap), [-1] * REACH


def blurred(rows: Tensor) -> Tensor:
    """Return `rows` without some words and lists, so that the network learns to do without them."""
    rows = rows.clone()
    rows[torch.rand(len(rows)) < _DROPPED_WORDS, 0] = NOTHING
    rows[torch.rand(len(rows)) < _DROPPED_LISTS, _LIST_COLUMN] = BUCKETS + 64 + 16
    return rows


def train(net: Net, examples: Sequence[Any], rounds: int) -> None:
    """Train the network."""
    chance = random.Random(1)
    steps = rounds * sum(len(e[0]) + REACH for e in examples) // _BATCH + rounds
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps + 10)
    for turn in range(rounds):
        total, count = 0.0, 0
        for rows, labels in batches(examples, chance):
            scores = net(blurred(rows))
            loss = nn.functional.cross_entropy(scores, labels, ignore_index=-1, label_smoothing=0.02)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        print(f"round {turn + 1}: loss {total / max(1, count):.4f}", file=sys.stderr, flush=True)


def packed(net: Net, arrays: dict[str, Any], path: Path) -> None:
    """Write the weights, those of two dimensions with a byte each."""
    weights = {"table": net.table.detach(), "output": net.output.weight.detach().T}
    result = {**arrays, "output_bias": net.output.bias.detach().numpy()}
    for i, layer in enumerate(net.layers):
        weights[f"layer{i}"] = layer.weight.detach().permute(2, 1, 0).reshape(-1, layer.weight.shape[0])
        result[f"bias{i}"] = layer.bias.detach().numpy()
    weights["table"][NOTHING] = 0
    scales = {}
    for name, weight in weights.items():
        scales[name] = float(weight.abs().max()) / 127
        result[name] = (weight / scales[name]).round().to(torch.int8).contiguous().numpy()
    save_file(result, path, {"scales": json.dumps(scales), "labels": json.dumps(LABELS)})


def measured(path: Path, rows: Sequence[Example]) -> tuple[float, float]:
    """Return the recall and the precision of the network in `path`, in characters of any kind."""
    network, hit, marked, wanted = read(path), 0, 0, 0
    for text, spans in rows:
        gold = {at for start, end, _ in spans for at in range(start, end)}
        found = {at for each in network.find(text, BAR) for at in range(each.start, each.end)}
        hit, marked, wanted = hit + len(gold & found), marked + len(found), wanted + len(gold)
    return hit / max(1, wanted), hit / max(1, marked)


def main() -> None:
    """Train, write and say what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--taught", type=Path)
    parser.add_argument("--write", type=Path, default=Path("resources/masking.safetensors"))
    parser.add_argument("--made", type=int, default=18_000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    torch.manual_seed(1)
    arrays = word_arrays()
    describer = Describer(
        WordLists(arrays["common"], arrays["commonness"], [arrays[n] for n in ("first", "last", "places")])
    )
    maker, rows = Maker(1), read_rows(args.labelled)
    examples = [maker.sentence() for _ in range(args.made)] + rows[::2] * 4
    examples += [maker.refilled(*row) for _ in range(14) for row in rows[::2]]
    if args.taught:
        examples += read_rows(args.taught) * 2
    ready = [encoded(describer, example) for example in examples]
    print(len(ready), "examples,", sum(len(each[0]) for each in ready), "tokens", file=sys.stderr, flush=True)
    net = Net()
    train(net, ready, args.rounds)
    net.eval()
    packed(net, arrays, args.write)
    print(args.write, args.write.stat().st_size, "bytes")
    recall, precision = measured(args.write, rows[1::2])
    print(f"of the rows between: recall {recall:.4f}, precision {precision:.4f} of characters, by it alone")


if __name__ == "__main__":
    main()
