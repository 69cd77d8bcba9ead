"""What a session costs, how it is broken off, and what it refuses. test_network.py checks its numbers."""

from __future__ import annotations

import pytest
import tiny_models
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_models import Subject, drive

from gpt_assistant.engine.network import TransformersNetwork
from gpt_assistant.engine.session import Session

TEXT = [(7 * i * i + 3 * i) % tiny_models.SIZE for i in range(60)]


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(params=["lean", "plain"])
def subject(request: pytest.FixtureRequest) -> Subject:
    return make_subject(request.param)


def make_subject(kind: str) -> Subject:
    if kind == "lean":
        network = tiny_models.cached_lean_network("llama", torch.float32)
        return Subject(kind, network, tiny_models.cached_rounded("llama", True), nats=0.005)
    model = tiny_models.cached_model("qwen3")
    return Subject(kind, TransformersNetwork(model), model, apart=1e-4)


@pytest.fixture
def session(subject: Subject) -> Session:
    return Session(subject.network, chunk=8)


def new_tokens(session: Session, ids: list[int]) -> int:
    """Return how many tokens reading `ids` runs through the network."""
    session.chunk = 1
    before = session.passes
    drive(session.read(ids))
    session.chunk = 8
    return session.passes - before


def test_unchanged_text_costs_nothing(session: Session) -> None:
    drive(session.read(TEXT))
    passes = session.passes
    steps = session.read(TEXT)
    with pytest.raises(StopIteration):
        next(steps)
    assert session.passes == passes


def test_unchanged_text_keeps_the_tree(session: Session) -> None:
    drive(session.read(TEXT))
    drive(session.expand([(1, 2)]))
    passes = session.passes
    drive(session.read(TEXT))
    drive(session.expand([(1, 2), (1,)]))
    assert session.knows((1, 2))
    assert session.passes == passes


def test_only_what_is_new_is_run(session: Session) -> None:
    drive(session.read(TEXT[:40]))
    assert new_tokens(session, TEXT[:41]) == 1
    assert new_tokens(session, [*TEXT[:38], 1, 2]) == 2
    assert new_tokens(session, TEXT[:20]) == 1, "its last token, for what follows it"
    assert new_tokens(session, TEXT[:26]) == 6
    assert new_tokens(session, [9, *TEXT[1:26]]) == 26


def test_going_back_costs_nothing_where_what_follows_is_not_asked_for(session: Session) -> None:
    drive(session.read(TEXT[:40]))
    passes = session.passes
    drive(session.read(TEXT[:20], ends=False))
    assert session.passes == passes
    with pytest.raises(KeyError):
        session.log_probabilities()
    drive(session.expand([tuple(TEXT[20:24])]))
    here = session.log_probabilities(tuple(TEXT[20:24]))
    drive(session.read(TEXT[:24]))
    assert torch.allclose(session.log_probabilities(), here)
    session.forget()
    drive(session.read(TEXT[:24]))
    assert torch.allclose(session.log_probabilities(), here, atol=0.05)
    assert new_tokens(session, TEXT[:20]) == 1


def test_a_fork_knows_what_was_read_and_goes_its_own_way(session: Session) -> None:
    drive(session.read(TEXT[:30]))
    drive(session.expand([(TEXT[30],)]))
    here, passes = session.log_probabilities((TEXT[30],)), session.passes
    twin = session.fork(chunk=8)
    assert twin.prefix == session.prefix
    assert torch.equal(twin.log_probabilities(), session.log_probabilities())
    drive(twin.read([*TEXT[:20], 1, 2, 3]))
    assert twin.passes == 1
    assert session.prefix == TEXT[:30]
    drive(session.read(TEXT[:31]))
    assert session.passes == passes, "the tree is still there"
    assert torch.equal(session.log_probabilities(), here)
    drive(twin.read(TEXT[:31]))
    assert torch.allclose(twin.log_probabilities(), here, atol=0.05)


def test_several_branches_cost_one_pass(session: Session) -> None:
    drive(session.read(TEXT))
    passes = session.passes
    paths = [(1, 2, 3), (1, 4), (5,), (1, 2, 6), (7, 8)]
    drive(session.expand(paths))
    assert session.passes == passes + 1
    drive(session.expand([(1, 2), *paths]))
    assert session.passes == passes + 1
    drive(session.expand([(5, 5), (1, 4, 4)]))
    assert session.passes == passes + 2


def test_text_that_was_a_branch_costs_nothing(session: Session) -> None:
    drive(session.read(TEXT))
    drive(session.expand([(1, 2, 3), (4,)]))
    passes = session.passes
    drive(session.read([*TEXT, 1, 2]))
    assert session.passes == passes
    assert new_tokens(session, [*TEXT, 1, 2, 3]) == 1, "what the tree held below is gone"


def test_every_pass_is_announced_by_a_yield(session: Session) -> None:
    steps = session.read(TEXT)
    for done in range(8):
        next(steps)
        assert session.passes == done
        assert session.prefix == TEXT[: 8 * done]
    next(steps, None)
    assert session.passes == 8
    assert session.prefix == TEXT
    grow = session.expand([(1,), (2,)])
    next(grow)
    assert session.passes == 8
    assert not session.knows((1,))
    next(grow, None)
    assert session.passes == 9


@pytest.mark.parametrize("after", [0, 1, 3, 7])
def test_broken_off_between_chunks(subject: Subject, session: Session, after: int) -> None:
    steps = session.read(TEXT)
    for _ in range(after + 1):
        next(steps)
    steps.close()
    assert session.prefix == TEXT[: 8 * after]
    passes = session.passes
    drive(session.read(TEXT))
    assert session.passes - passes == -(-(60 - 8 * after) // 8), "what was read is kept"
    subject.check(TEXT, session.log_probabilities())


def test_broken_off_before_the_first_pass_of_other_text(subject: Subject, session: Session) -> None:
    """The cache is cut back by then; what is left must still say what follows it."""
    drive(session.read(TEXT[:30]))
    steps = session.read([*TEXT[:20], 1, 2, 3])
    next(steps)
    steps.close()
    drive(session.read(TEXT[:20]))
    subject.check(TEXT[:20], session.log_probabilities())


def test_broken_off_before_a_tree_is_run(subject: Subject, session: Session) -> None:
    drive(session.read(TEXT))
    drive(session.expand([(1,), (2,)]))
    steps = session.expand([(1, 3), (4, 5)])
    next(steps)
    steps.close()
    assert not session.knows((1, 3))
    assert session.knows((2,))
    drive(session.expand([(4, 5), (2, 6)]))
    for path in ((1,), (2,), (4, 5), (2, 6)):
        subject.check([*TEXT, *path], session.log_probabilities(path))


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_broken_off_anywhere(data: st.DataObject) -> None:
    subject = make_subject("plain")
    session = Session(subject.network, chunk=4)
    token = st.integers(0, 3)
    for _ in range(data.draw(st.integers(1, 4))):
        ids = data.draw(st.lists(token, min_size=1, max_size=20))
        steps = session.read(ids)
        for _ in range(data.draw(st.integers(0, 6))):
            next(steps, None)
        steps.close()
    ids = data.draw(st.lists(token, min_size=1, max_size=20))
    drive(session.read(ids))
    assert session.prefix == ids
    subject.check(ids, session.log_probabilities())


@pytest.mark.parametrize("count", [0, 160, 161])
def test_text_that_does_not_fit_is_refused_and_nothing_is_lost(session: Session, count: int) -> None:
    drive(session.read(TEXT))
    line = f"^This model reads 159 tokens at once, and {count} were needed" if count else "nothing to read"
    with pytest.raises(ValueError, match=line):
        drive(session.read([5] * count))
    assert session.prefix == TEXT
    assert session.knows(())


def test_the_longest_text_that_fits(subject: Subject, session: Session) -> None:
    ids = (TEXT * 3)[:159]
    drive(session.read(ids))
    subject.check(ids, session.log_probabilities())


def test_what_was_not_evaluated_is_a_key_error(session: Session) -> None:
    assert not session.knows(())
    with pytest.raises(KeyError):
        session.log_probabilities()
    drive(session.read(TEXT))
    with pytest.raises(KeyError):
        session.log_probabilities((1,))
    with pytest.raises(KeyError):
        session.score((1, 2))
    assert session.score(()) == []
    assert session.score((3,)) == [float(session.log_probabilities()[3])]


def test_probabilities_are_normalised(session: Session) -> None:
    drive(session.read(TEXT))
    drive(session.expand([(1,), (2,)]))
    for path in ((), (1,), (2,)):
        row = session.log_probabilities(path)
        assert row.shape == (tiny_models.SIZE,)
        assert float(row.exp().sum()) == pytest.approx(1, abs=1e-5)


def test_forgetting(subject: Subject, session: Session) -> None:
    drive(session.read(TEXT))
    drive(session.expand([(1,)]))
    session.forget()
    assert session.prefix == []
    assert not session.knows(())
    assert not session.knows((1,))
    assert new_tokens(session, TEXT[:10]) == 10
    subject.check(TEXT[:10], session.log_probabilities())


def test_sessions_do_not_disturb_each_other(subject: Subject) -> None:
    one, other = Session(subject.network, 8), Session(subject.network, 8)
    reading, reading_other = one.read(TEXT), other.read(TEXT[::-1])
    for _ in range(9):
        next(reading, None)
        next(reading_other, None)
    subject.check(TEXT, one.log_probabilities())
    subject.check(TEXT[::-1], other.log_probabilities())


def test_expanding_nothing(session: Session) -> None:
    drive(session.read(TEXT))
    passes = session.passes
    drive(session.expand([]))
    drive(session.expand([()]))
    assert session.passes == passes
