"""Learns what features/spelling*.py weigh, and writes resources/spelling.json.

    train_spelling.py PAIRS.jsonl SENTENCES.jsonl CLEAN.jsonl [--model NAME] [--part 0/2] [--limit N]
                      [--cache FOLDER] [--out FILE]

PAIRS has a misspelt `word` and the `correct` one a line, SENTENCES a `text` with mistakes and the `correct`
one, CLEAN a `text` without. Some pairs are put into clean sentences, half of them in lower case, to learn
from learners' mistakes too. `--part 0/2` learns from the first of two parts of every file, so that the other
can check the result. With another model, run it again: the odds depend on how well it reads.
"""

from __future__ import annotations

import argparse
import difflib
import json
import pickle
import random
import re
import sys
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch

from gpt_assistant import paths
from gpt_assistant.commands.writing import finish
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.sources import resolve
from gpt_assistant.features import spelling_candidates, spelling_judging, spelling_realwords
from gpt_assistant.features.lexicons import Lexicon, lexicon
from gpt_assistant.features.spelling_candidates import Candidate, candidates, plain
from gpt_assistant.features.spelling_reader import Score, SentenceReader
from gpt_assistant.features.spelling_sentence import Suspect, certain, map_suspects
from gpt_assistant.text.edits import NAMES, slips
from gpt_assistant.text.spellable import Word, words

Row = dict[str, Any]
Todo = tuple[str, dict[tuple[int, int], str], str]  # a text, what is meant where, and its source

# Odds are set to what a clean text may cost: flags in 1,000 words, and sentences changed unasked in 1,000.
FLAGS, CHANGES = 1.9, 7.0
REALWORD_FLAGS, REALWORD_CHANGES = 2.3, 1.0
_RIDGE = 2e-3


class Case(NamedTuple):
    """A suspect word, its candidates read in their place, and which of them was meant (None: nothing)."""

    source: str
    sentence: str
    suspect: Suspect
    compared: list[Candidate]
    present: Score
    scores: list[Score]
    meant: str | None


class Guess(NamedTuple):
    """Another wording of known words, and whether it was meant."""

    source: str
    sentence: str
    other: spelling_realwords.Other
    right: bool


def main() -> int:
    """Learn and write the file; return 0."""
    args = _arguments()
    random.seed(7)
    parted = [_part(_rows(path), args.part) for path in (args.pairs, args.sentences, args.clean)]
    pairs, mistaken, clean = (random.sample(rows, min(len(rows), args.limit)) for rows in parted)
    known = finish(lexicon("en"))
    assert known is not None
    blank = {
        "channel": dict.fromkeys((*NAMES, "zipf"), -1.0) | {"zipf": 1.0, "listed": 1.0},
        "irregular": -1.0,
    }
    # Whatever promises something is looked at.
    _install(blank | {"realword": {}, "thresholds": {"realword": -100.0}})
    learnt: dict[str, Any] = fit_channel(known, parted[0])
    _install(learnt)
    print(json.dumps(learnt), file=sys.stderr)
    cases, guesses, size = _gathered(args, known, pairs, mistaken, clean)
    learnt |= fit_unknown(cases, size) | fit_known(guesses, size)
    learnt["thresholds"] = learnt.pop("unknown_thresholds") | learnt.pop("known_thresholds")
    rounded = json.loads(json.dumps(learnt), parse_float=lambda number: round(float(number), 4))
    args.out.write_text(json.dumps(rounded, indent=1) + "\n", "utf-8")
    return 0


# -- the channel -----------------------------------------------------------------------------------


def fit_channel(known: Lexicon, pairs: Sequence[Row]) -> dict[str, Any]:
    """Return the log p of each kind of slip, from which words were meant among all that are near."""
    groups = []
    for row in pairs:
        typed, meant = plain(row["word"]), plain(row["correct"])
        near = candidates(known, typed, 100)
        texts = [each.text for each in near]
        if meant in texts:
            found = [[*_counts(typed, each.text), each.zipf, each.listed] for each in near]
            groups.append((torch.tensor(found), texts.index(meant)))
    fitted = _fit(len(NAMES) + 2, lambda w: _softmax_loss(groups, w))
    return {"channel": dict(zip((*NAMES, "zipf", "listed"), fitted, strict=True)), "irregular": -0.5}


def _counts(typed: str, meant: str) -> list[float]:
    kinds = slips(typed, meant)
    return [float(kinds.count(name)) for name in NAMES]


# -- words that are none ---------------------------------------------------------------------------

_RANK = ("own", "rest", "channel", "zipf", "split", "listed")


def fit_unknown(cases: Sequence[Case], size: tuple[int, int]) -> dict[str, Any]:
    """Return the weights of ranking and decision, with and without a model, and the odds asked for."""
    groups = []
    for case in cases:
        listed = [each.text for each in case.compared]
        if case.meant in listed:
            groups.append(
                (torch.tensor([_ranked(case, i) for i in range(len(listed))]), listed.index(case.meant))
            )
    rank = _fit(len(_RANK), lambda w: _softmax_loss(groups, w))
    found: dict[str, Any] = {"rank": dict(zip(_RANK, rank, strict=True))}
    _install(found)
    right = sum(int((x @ torch.tensor(rank)).argmax()) == y for x, y in groups)
    print(f"ranked first: {right} of {len(groups)}", file=sys.stderr)
    with_model, limits = _fit_mistake(cases, size, alone=False)
    without, alone = _fit_mistake(cases, size, alone=True)
    # The same odds are asked for either way: what is learnt without a model is moved to them.
    without["1"] += limits["nonword"] - alone["nonword"]
    return found | {"mistake": with_model, "mistake_alone": without, "unknown_thresholds": limits}


def _ranked(case: Case, i: int) -> list[float]:
    each, score = case.compared[i], case.scores[i]
    own, rest = score.own - case.present.own, score.rest - case.present.rest
    return [own, rest, each.channel, each.zipf, float(" " in each.text), each.listed]


def _fit_mistake(cases: Sequence[Case], size: tuple[int, int], alone: bool) -> tuple[dict[str, float], Row]:
    nothing = Score(0.0, 0.0)
    found, wrong, clean, may_change = [], [], [], []
    for case in cases:
        if not case.compared:
            continue
        scores = [nothing] * len(case.scores) if alone else case.scores
        best = spelling_judging.rank(case.compared, nothing if alone else case.present, scores, alone)[0]
        pieces = spelling_judging.evidence(case.suspect.here, best)
        if alone:
            pieces = {name: value for name, value in pieces.items() if "gain" not in name and name != "much"}
        found.append(pieces)
        wrong.append(float(case.meant is not None))
        # What is never put in unasked counts for flags alone.
        near = spelling_judging.may_be_sure(case.suspect.here, best)
        clean.append(case.sentence if case.source == "clean" else "")
        may_change.append(near)
    weights, odds = _logistic(found, wrong)
    limits = (
        _limits(odds, clean, size, FLAGS, CHANGES)[0],
        _limits(odds, [t if m else "" for t, m in zip(clean, may_change, strict=True)], size, FLAGS, CHANGES)[
            1
        ],
    )
    caught = [o for o, w in zip(odds, wrong, strict=True) if w]
    for limit in limits:
        share = sum(o >= limit for o in caught) / max(1, len(caught))
        print(
            f"{'alone' if alone else 'model'}: odds {limit:.2f} find {share:.3f} of {len(caught)}",
            file=sys.stderr,
        )
    return weights, {"nonword": limits[0], "nonword_sure": limits[1]}


# -- words that are other words --------------------------------------------------------------------


def fit_known(guesses: Sequence[Guess], size: tuple[int, int]) -> dict[str, Any]:
    """Return the weights of the decision about known words, and the odds asked for."""
    found = [spelling_realwords.evidence(each.other) for each in guesses]
    right = [float(each.right) for each in guesses]
    weights, odds = _logistic(found, right)
    clean = [each.sentence if each.source == "clean" else "" for each in guesses]
    limits = _limits(odds, clean, size, REALWORD_FLAGS, REALWORD_CHANGES)
    caught = [o for o, r in zip(odds, right, strict=True) if r]
    for limit in limits:
        share = sum(o >= limit for o in caught) / max(1, len(caught))
        print(
            f"known: odds {limit:.2f} find {share:.3f} of {len(caught)} that were compared", file=sys.stderr
        )
    return {"realword": weights, "known_thresholds": {"realword": limits[0], "realword_sure": limits[1]}}


# -- fitting ---------------------------------------------------------------------------------------


def _fit(count: int, loss: Callable[[torch.Tensor], torch.Tensor]) -> list[float]:
    w = torch.zeros(count, requires_grad=True)
    optimizer = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

    def step() -> torch.Tensor:
        optimizer.zero_grad()
        value = loss(w) + _RIDGE * (w * w).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(step)  # type: ignore[no-untyped-call]
    return [float(x) for x in w.detach()]


def _softmax_loss(groups: Sequence[tuple[torch.Tensor, int]], w: torch.Tensor) -> torch.Tensor:
    return -torch.stack([torch.log_softmax(x @ w, 0)[y] for x, y in groups]).mean()


def _logistic(
    found: Sequence[dict[str, float]], labels: Sequence[float]
) -> tuple[dict[str, float], list[float]]:
    names = list(found[0])
    x = torch.tensor([[each[name] for name in names] for each in found])
    y = torch.tensor(labels)
    spread = x.std(0).clamp_min(1e-3)
    spread[[name == "1" for name in names]] = 1.0
    scaled = x / spread
    w = _fit(len(names), lambda v: torch.nn.functional.binary_cross_entropy_with_logits(scaled @ v, y))
    odds = (scaled @ torch.tensor(w)).tolist()
    return {name: value / float(s) for name, value, s in zip(names, w, spread, strict=True)}, odds


def _limits(
    odds: Sequence[float], clean: Sequence[str], size: tuple[int, int], flags: float, changes: float
) -> tuple[float, float]:
    """Return the odds at which clean text costs so many flags in 1,000 words, changes in 1,000 sentences."""
    words_read, sentences_read = size
    false = sorted(((o, text) for o, text in zip(odds, clean, strict=True) if text), reverse=True)
    flagged = int(flags * words_read / 1000)
    changed: set[str] = set()
    sure = false[0][0] + 0.01 if false else 0.0
    for value, text in false:
        changed.add(text)
        if len(changed) > changes * sentences_read / 1000:
            break
        sure = value
    return (false[flagged][0] if flagged < len(false) else -2.0), sure + 0.01


# -- reading ---------------------------------------------------------------------------------------


def _gathered(
    args: argparse.Namespace, known: Lexicon, pairs: list[Row], mistaken: list[Row], clean: list[Row]
) -> tuple[list[Case], list[Guess], tuple[int, int]]:
    kept = (
        args.cache / f"cases-{args.model}-{args.part.replace('/', '-')}-{args.limit}.pickle"
        if args.cache
        else None
    )
    if kept is not None and kept.exists():
        found: tuple[list[Case], list[Guess], tuple[int, int]] = pickle.loads(kept.read_bytes())
        return found
    folder = resolve(args.model, offline=True, progress=lambda *_: None, cancelled=lambda: False)
    reader = SentenceReader(LanguageModel.load(folder.path, device="cpu", dtype="auto", threads=args.threads))
    cases: list[Case] = []
    guesses: list[Guess] = []
    todo: list[Todo] = [
        *((row["text"], _edits(row["text"], row["correct"]), "mistaken") for row in mistaken),
        *((row["text"], {}, "clean") for row in clean),
        *_put_in(pairs, clean),
    ]
    for done, row in enumerate(todo):
        print(f"\r{done} of {len(todo)}", end="", file=sys.stderr, flush=True)
        finish(_read(reader, known, row, cases, guesses))
    print(file=sys.stderr)
    size = sum(len(row["text"].split()) for row in clean), len(clean)
    if kept is not None:
        kept.write_bytes(pickle.dumps((cases, guesses, size)))
    return cases, guesses, size


def _read(
    reader: SentenceReader, known: Lexicon, row: Todo, cases: list[Case], guesses: list[Guess]
) -> Generator[None, None, None]:
    text, gold, source = row
    here = words(text)
    if not here:
        return
    fixed = [(issue.start, issue.end) for issue in certain(text, here, known, "mixed")]
    free = [w for w in here if not any(w.start < end and start < w.end for start, end in fixed)]
    suspects = map_suspects(text, free, known, "mixed")
    strange = {each.word.start for each in suspects}
    reading = yield from reader.read(text)
    others = spelling_realwords.others(known, text, [w for w in free if w.start not in strange])
    found = spelling_realwords.promising(reader, reading, known, others)
    for suspect in reversed(suspects):
        word = suspect.word
        meant = _meant(text, gold, word.start, word.end)
        if meant is None and source != "clean":
            continue  # what else is wrong in such a text, nobody has looked at
        shown = [spelling_realwords.cased(word.text, each.text) for each in suspect.candidates]
        present, scores = Score(0.0, 0.0), []
        if shown:
            present, scores = yield from reader.compare(reading, word.start, word.end, shown)
        cases.append(Case(source, text, suspect, suspect.candidates, present, scores, meant and plain(meant)))
    for options in found if source != "put in" else ():
        meant = _meant(text, gold, options[0].start, options[0].end)
        for other in (yield from spelling_realwords.compared(reader, reading, options)):
            guesses.append(Guess(source, text, other, meant is not None and plain(meant) == other.meant))


def _put_in(pairs: list[Row], clean: list[Row]) -> Iterator[Todo]:
    """Yield clean sentences with a misspelt word put in, where the right one stands in one."""
    places: dict[str, list[tuple[str, Word]]] = {}
    for row in clean:
        for word in words(row["text"]):
            places.setdefault(plain(word.text), []).append((row["text"], word))
    for i, row in enumerate(pairs):
        for text, word in places.get(plain(row["correct"]), [])[:1]:
            typed = spelling_realwords.cased(word.text, plain(row["word"]))
            new, right = text[: word.start] + typed + text[word.end :], word.text
            if i % 2:
                new, right = new.lower(), right.lower()
            yield new, {(word.start, word.start + len(typed)): right}, "put in"


def _edits(text: str, correct: str) -> dict[tuple[int, int], str]:
    """Return the places of `text` that were corrected, with what stands there then; words by white space."""
    old = [match.span() for match in re.finditer(r"\S+", text)]
    new = correct.split()
    matcher = difflib.SequenceMatcher(None, [text[a:b] for a, b in old], new, autojunk=False)
    found = {}
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "replace" and i2 - i1 == j2 - j1:
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                found[old[i]] = new[j]
        elif kind != "equal" and i2 > i1:
            found[old[i1][0], old[i2 - 1][1]] = " ".join(new[j1:j2])
    return found


def _meant(text: str, gold: dict[tuple[int, int], str], start: int, end: int) -> str | None:
    """Return what `start`…`end` became, without what stands around it; None if it stayed."""
    for (a, b), new in gold.items():
        if a < end and start < b:
            head, tail = text[a:start], text[end:b]
            if new.startswith(head) and new.endswith(tail):
                inner = new[len(head) : len(new) - len(tail)]
                return inner if inner != text[start:end] else None
            return new
    return None


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _part(rows: list[Row], part: str) -> list[Row]:
    """Return the rows of part i of n, by their text, so that no text is in two."""
    i, n = map(int, part.split("/"))
    return [row for row in rows if zlib.crc32((row.get("text") or row["correct"]).encode()) % n == i]


def _install(learnt: dict[str, Any]) -> None:
    """Let the features weigh by what is learnt so far."""
    current = spelling_candidates.weights()
    current |= learnt


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("pairs", "sentences", "clean"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--model", default="default")
    parser.add_argument("--part", default="0/1")
    parser.add_argument(
        "--limit", type=int, default=10_000, help="rows of each file that are read by the model"
    )
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--out", type=Path, default=paths.resource("spelling.json"))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
