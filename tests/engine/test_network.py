"""Every way through a session gives what one plain forward pass of transformers gives.

In float32 no log-probability may be off by more than 1e-4. With packed weights transformers gets the
weights that the 8 bits stand for; multiplied in float32 the same 1e-4 holds, and as used, with rounded
activations, KL must stay below 0.005 nats at every place.
"""

from __future__ import annotations

import copy
import random

import native_kernel
import pytest
import tiny_models
import torch
from tiny_models import Subject, drive, log_probabilities

from gpt_assistant.engine import decode, quantize
from gpt_assistant.engine.network import Branching, TransformersNetwork
from gpt_assistant.engine.session import Path, Session
from gpt_assistant.engine.vocabulary import Vocabulary

APART = 1e-4
NATS = 0.005
TEXT = [(7 * i * i + 3 * i) % tiny_models.SIZE for i in range(40)]

KINDS = [
    *(f"plain {n}" for n in ("gpt2", "llama", "mistral-window", "qwen2", "qwen3", "gemma2", "gemma3")),
    *("packed exact gpt2", "packed gpt2", "packed gemma3"),
    *(f"lean exact {name}" for name in ("llama", "llama-untied", "qwen2", "qwen3-untied")),
    "lean llama",
    *(f"native {name}" for name in ("llama", "llama-untied", "qwen2", "qwen3-untied")),
    *(f"static {name}" for name in ("llama", "llama-untied", "qwen2", "qwen3-untied")),
]


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(params=KINDS)
def subject(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Subject:
    """Return a network of each kind with its reference; "exact" multiplies packed weights in float32."""
    *kind, name = request.param.split(" ")
    model = tiny_models.cached_model(name)
    if kind == ["plain"]:
        return Subject(name, TransformersNetwork(model), model, apart=APART)
    if kind == ["native"]:
        reference = tiny_models.cached_rounded(name, embedding=True)
        return Subject(name, tiny_models.native_network(model, native_kernel.get()), reference, nats=NATS)
    if kind == ["static"]:
        return Subject(name, tiny_models.static_network(model), model, apart=APART)
    exact = "exact" in kind
    if exact:
        monkeypatch.setattr(quantize, "PACKED_ROWS", 0)
        monkeypatch.setattr(quantize, "prefill_dtype", lambda: torch.float32)
    reference = tiny_models.cached_rounded(name, "lean" in kind)
    if "lean" in kind:
        wide = torch.float32 if exact else quantize.prefill_dtype()
        network = tiny_models.cached_lean_network(name, wide)
    else:
        packed = copy.deepcopy(model)
        quantize.pack_linear_layers(packed)
        network = TransformersNetwork(packed)
    return Subject(name, network, reference, apart=APART if exact else 0, nats=NATS)


@pytest.fixture
def session(subject: Subject) -> Session:
    return Session(subject.network, chunk=16)


def check_paths(subject: Subject, session: Session, paths: list[Path]) -> None:
    """Compare what the session says of each path, and of the prefix, with the reference."""
    subject.check(session.prefix, session.log_probabilities())
    for path in paths:
        subject.check([*session.prefix, *path], session.log_probabilities(path))


def test_all_logits_of_one_pass(subject: Subject) -> None:
    logits = subject.network.forward(TEXT, subject.network.empty_cache(), keep=len(TEXT))
    subject.compare(log_probabilities(subject.reference, TEXT), logits.log_softmax(-1))


def test_token_by_token(subject: Subject) -> None:
    cache = subject.network.empty_cache()
    rows = [subject.network.forward([token], cache) for token in TEXT]
    assert cache.length == len(TEXT)
    subject.compare(log_probabilities(subject.reference, TEXT), torch.cat(rows).log_softmax(-1))


def test_in_the_middle_of_loading_another_model(subject: Subject) -> None:
    """transformers sets torch's default type for the whole process while it makes a model (switching.py)."""
    ids, wanted = TEXT[:20], subject.network.forward(TEXT[:20], subject.network.empty_cache(), keep=20)
    torch.set_default_dtype(torch.bfloat16)
    try:
        cache = subject.network.empty_cache()
        got = torch.cat([subject.network.forward(part, cache, keep=10) for part in (ids[:10], ids[10:])])
        states = subject.network.states(ids, subject.network.empty_cache(), depth=1)
        branches = Session(subject.network)
        drive(branches.read(ids))
        drive(branches.expand([(1, 2), (3,)]))
    finally:
        torch.set_default_dtype(torch.float32)
    assert got.dtype == states.dtype == branches.log_probabilities((1, 2)).dtype == torch.float32
    torch.testing.assert_close(got.log_softmax(-1), wanted.log_softmax(-1), atol=2e-3, rtol=0)


@pytest.mark.parametrize("chunk", [5, 39, 64])
def test_prefill_in_chunks(subject: Subject, chunk: int) -> None:
    session = Session(subject.network, chunk)
    drive(session.read(TEXT))
    assert session.passes == -(-len(TEXT) // chunk)
    check_paths(subject, session, [])


def test_cropped_to_the_longest_common_prefix(subject: Subject, session: Session) -> None:
    drive(session.read(TEXT))
    for ids in ([*TEXT[:23], 5, 6, 7], TEXT[:11], [*TEXT[:11], 9], [4, *TEXT[1:30]], TEXT):
        drive(session.read(ids))
        assert session.prefix == ids
        check_paths(subject, session, [])


def test_branches_in_one_pass(subject: Subject, session: Session) -> None:
    drive(session.read(TEXT[:20]))
    paths: list[Path] = [(1,), (2, 3), (2, 4, 5), (6, 3, 5, 7)]
    drive(session.expand(paths))
    assert session.passes == 3
    check_paths(subject, session, [*paths, (2,), (2, 4), (6,), (6, 3)])


def test_further_down_a_tree(subject: Subject, session: Session) -> None:
    drive(session.read(TEXT[:20]))
    drive(session.expand([(1,), (2, 3), (4, 5, 6)]))
    further: list[Path] = [(2, 3, 8), (4, 5, 7), (1, 1, 1), (9,)]
    drive(session.expand(further))
    check_paths(subject, session, [*further, (1,), (2, 3), (4, 5, 6)])
    drive(session.expand([(2, 3, 8, 2, 1), (4, 5, 6, 6)]))
    check_paths(subject, session, [(2, 3, 8, 2, 1), (4, 5, 6, 6)])


def test_a_single_token_below_one_of_several_branches(subject: Subject, session: Session) -> None:
    drive(session.read(TEXT[:20]))
    drive(session.expand([(1,), (2,), (3,)]))
    drive(session.expand([(2, 5)]))
    drive(session.expand([(2, 5, 6)]))
    drive(session.expand([(4,)]))
    check_paths(subject, session, [(2, 5), (2, 5, 6), (4,)])


def test_a_branch_becomes_the_prefix(subject: Subject, session: Session) -> None:
    drive(session.read(TEXT[:20]))
    drive(session.expand([(1,), (2, 3), (2, 4, 5)]))
    drive(session.expand([(2, 4, 5, 6), (1, 7)]))
    passes = session.passes
    drive(session.read([*TEXT[:20], 2, 4, 5]))
    assert session.passes == passes, "all of it was computed already"
    check_paths(subject, session, [])
    drive(session.expand([(6,), (7, 8)]))
    check_paths(subject, session, [(6,), (7, 8)])
    drive(session.read([*TEXT[:20], 2, 4, 5, 7, 8, 1, 2]))
    assert session.prefix == [*TEXT[:20], 2, 4, 5, 7, 8, 1, 2]
    check_paths(subject, session, [])
    drive(session.read([*TEXT[:20], 2, 4]))
    check_paths(subject, session, [])


def test_a_tree_left_for_other_text(subject: Subject, session: Session) -> None:
    drive(session.read(TEXT[:20]))
    drive(session.expand([(1, 2), (3,)]))
    drive(session.read([*TEXT[:20], 9, 8, 7]))
    check_paths(subject, session, [])
    drive(session.expand([(1, 2), (3,)]))
    drive(session.read([*TEXT[:20], 9]))
    check_paths(subject, session, [])


def test_a_tree_that_grew_too_large_starts_again(subject: Subject, session: Session) -> None:
    drive(session.read(TEXT[:20]))
    first: list[Path] = [(i, 5) for i in range(60)]
    second: list[Path] = [(i, 5, 6) for i in range(60, 95)]
    drive(session.expand(first))
    drive(session.expand(second))
    check_paths(subject, session, second[::7])
    assert not session.knows((0, 5))


def test_scores_of_given_continuations(subject: Subject, session: Session) -> None:
    drive(session.read(TEXT[:20]))
    paths: list[Path] = [(1, 2, 3), (1, 2, 4), (8, 300)]
    drive(session.expand(paths))
    tolerance = subject.apart or 0.2  # a single log-probability in bfloat16
    for path in paths:
        plain = log_probabilities(subject.reference, [*TEXT[:20], *path])[19:]
        wanted = [float(plain[i, token]) for i, token in enumerate(path)]
        assert session.score(path) == pytest.approx(wanted, abs=tolerance)


def test_a_healed_prompt(subject: Subject, session: Session) -> None:
    vocabulary = Vocabulary(tiny_models.byte_level_tokenizer())
    healed = decode.heal(vocabulary, "The weather in the mountains is fi")
    assert healed.remainder
    drive(session.read(healed.ids))
    branches = drive(decode.spell(vocabulary, session, healed.remainder, 4))
    assert branches
    for branch in branches:
        plain = log_probabilities(subject.reference, [*healed.ids, *branch.path])[len(healed.ids) - 1 :]
        wanted = [float(plain[i, token]) for i, token in enumerate(branch.path)]
        assert list(branch.parts) == pytest.approx(wanted, abs=subject.apart or 0.2)


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_the_writer_does(subject: Subject, session: Session, seed: int) -> None:
    """Read, crop, grow, adopt and break off at random: what is known is always right."""
    dice = random.Random(seed)
    ids, known = list(TEXT[:20]), [()]
    for _ in range(10):
        act = dice.choice(["type", "delete", "change", "accept", "grow", "grow", "break off"])
        if act == "type":
            ids += [dice.randrange(tiny_models.SIZE) for _ in range(dice.randint(1, 20))]
        elif act == "delete":
            del ids[dice.randint(1, len(ids)) :]
        elif act == "change":
            ids[dice.randrange(len(ids))] = dice.randrange(tiny_models.SIZE)
        elif act == "accept" and ids == session.prefix:
            ids += dice.choice(known)
        ids = ids[:100]
        if act == "break off":
            steps = session.read([*ids[: dice.randint(1, len(ids))], *TEXT])
            for _ in range(dice.randint(1, 3)):
                next(steps, None)
            steps.close()
        drive(session.read(ids))
        if act != "grow":
            known = [()]
        else:
            roots = [dice.choice(known) for _ in range(dice.randint(1, 3))]
            paths = [(*root, *(dice.randrange(40) for _ in range(dice.randint(1, 2)))) for root in roots]
            drive(session.expand(paths))
            known += paths
        check_paths(subject, session, known[-2:])


def test_states_are_what_the_layers_leave(subject: Subject) -> None:
    """Whatever way they are read, they are the hidden states of transformers."""
    with torch.inference_mode():
        hidden = subject.reference(torch.tensor([TEXT]), output_hidden_states=True).hidden_states
    wanted = torch.cat(list(hidden[1:2]))
    largest = 1e-4 if subject.apart else 0.03 * float(wanted.norm())
    for step in (len(TEXT), 7, 1):
        cache = subject.network.empty_cache()
        parts = [TEXT[i : i + step] for i in range(0, len(TEXT), step)]
        got = torch.cat([subject.network.states(part, cache, depth=1) for part in parts], dim=1)
        assert got.shape == wanted.shape
        assert got.dtype == torch.float32
        assert cache.length == len(TEXT)
        assert float((got - wanted).norm()) <= largest * len(TEXT) ** 0.5


def test_states_of_branches_and_of_what_is_left_of_a_text(subject: Subject) -> None:
    network, half = subject.network, len(TEXT) // 2
    alone = network.states(TEXT[:5] + TEXT[half:], network.empty_cache(), depth=1)[0, 5:]
    cache = network.empty_cache()
    network.states(TEXT, cache, depth=1)
    cache.keep(5)
    size = float(alone.norm())
    assert float((network.states(TEXT[half:], cache, depth=1)[0] - alone).norm()) < 0.02 * size
    cache.keep(5)
    positions = torch.cat([torch.arange(5), torch.arange(5, 8), torch.arange(5, 8)])
    visible = torch.ones(6, 11, dtype=torch.bool).tril(5)
    visible[3:, 5:8] = False
    both = network.states(
        [*TEXT[half : half + 3]] * 2, cache, depth=1, branching=Branching(positions, visible)
    )
    assert float((both[0, 3:] - alone[:3]).norm()) < 0.02 * size


@pytest.mark.parametrize("depth", [0, 2, 3, -1])
def test_states_of_layers_that_are_not_there_are_refused(subject: Subject, depth: int) -> None:
    with pytest.raises(ValueError, match="layers"):
        subject.network.states(TEXT, subject.network.empty_cache(), depth=depth)


def test_packed_models_are_smaller_and_know_their_size() -> None:
    model = tiny_models.build("gpt2")
    plain = TransformersNetwork(model)
    weights, memory = plain.parameters(), plain.memory()
    packed = copy.deepcopy(model)
    quantize.pack_linear_layers(packed)
    network = TransformersNetwork(packed, weights)
    assert network.parameters() == weights == model.num_parameters()
    assert network.memory() < 0.6 * memory


def test_a_tree_with_a_sliding_window_sees_no_further_than_it() -> None:
    """A token out of every layer's window changes nothing; one inside of it does."""
    network = TransformersNetwork(tiny_models.cached_model("mistral-window"))
    reach = 2 * (tiny_models.WINDOW - 1)  # two layers
    for far, same in ((reach + 1, True), (reach - 1, False)):
        answers = []
        for token in (7, 8):
            session = Session(network)
            text = list(TEXT[:30])
            text[30 - far] = token  # the first token of a branch stands at 30
            drive(session.read(text))
            drive(session.expand([(1,), (2,)]))
            answers.append(session.log_probabilities((1,)))
        assert torch.equal(*answers) == same


def test_branching_says_where_tokens_stand() -> None:
    """Without a session: two alternatives for one place, written out by hand."""
    model = tiny_models.cached_model("llama")
    network = TransformersNetwork(model)
    cache = network.empty_cache()
    network.forward(TEXT[:3], cache)
    visible = torch.tensor([[True, True, True, True, False], [True, True, True, False, True]])
    branching = Branching(torch.tensor([0, 1, 2, 3, 3]), visible)
    logits = network.forward([5, 6], cache, keep=2, branching=branching)
    for row, token in zip(logits.log_softmax(-1), (5, 6), strict=True):
        wanted = log_probabilities(model, [*TEXT[:3], token])[-1]
        torch.testing.assert_close(row, wanted, atol=APART, rtol=0)
