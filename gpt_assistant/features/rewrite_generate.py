"""Rewriting by a chat model: several answers, of which one is shown that passes the checks.

Whether a model can do that is measured for each style on sentences of ours, once, and kept beside it
(ability.py). The default model, of 135 million weights, copies, comments or invents. Of the eight
sentences below it rewrites well: shorter 1, longer 0, simpler 1, formal 0, friendly 0; and it corrects, or
rightly leaves, 3 of the 8 for grammar. For such a model rules propose and the model judges (rewrite_ways.py).
The measurement ends as soon as the bar is out of reach, so that it costs such a model a few seconds.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple

from gpt_assistant.engine.chat import chat, prompt, stop_ids
from gpt_assistant.engine.generate import generate, silently
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.resolving import Waiting
from gpt_assistant.features.ability import measured
from gpt_assistant.features.remote_author import RemoteAuthor, cost
from gpt_assistant.features.rewrite_checks import problem
from gpt_assistant.features.rewrite_reader import Reader, Steps

BAR = 0.8  # the share of our sentences that a model must rewrite well for its answers to be used
_SESSION = "rewriting by answers"
_CHUNK = 24
_TELLING = 1500  # characters before a text that are read for the names in it: 6 ms
_TRIES, _SERVER_TRIES = 3, 2
_TEMPERATURE = 0.7
_SYSTEM = "You are an editor. You answer with the rewritten text and nothing else."
_ORDERS = {
    "shorter": "Rewrite this text in fewer words. Keep all facts, names and numbers.",
    "longer": "Rewrite this text in more words and fuller sentences. Add no facts.",
    "simpler": "Rewrite this text in plain words and short sentences. Keep all facts, names and numbers.",
    "formal": "Rewrite this text in formal English. Keep all facts, names and numbers.",
    "friendly": "Rewrite this text in a friendly, informal tone. Keep all facts, names and numbers.",
    "grammar": "Correct the grammar and spelling of this text. Change nothing else.",
}
_SAMPLES = (
    "The committee decided to postpone the meeting until Friday because three of its members were ill.",
    "I can't come to your party, but I'll send you a present next week.",
    "The implementation of the new policy will require significant changes to the existing procedures.",
    "If you lose your key, ask Mrs Bennett at the desk, who has a spare one for every room.",
    "We kindly ask all passengers to have their tickets ready before the inspector arrives.",
    "The old bridge over the Tamar was closed in 1962, and nobody has used it since.",
    "Our new kitchen is finished at last, and it looks much better than I had expected.",
    "Do you know whether the shop on the corner still sells stamps?",
)
_MISTAKES = (
    (
        "He go to school every day and he don't like it.",
        "He goes to school every day and he doesn't like it.",
    ),
    ("The two childs was playing in the garden.", "The two children were playing in the garden."),
    ("I have saw this film three time.", "I have seen this film three times."),
    ("She bought a umbrella because it were raining.", "She bought an umbrella because it was raining."),
    ("There house is bigger then ours.", "Their house is bigger than ours."),
    ("The train leaves at nine, so we should hurry.", "The train leaves at nine, so we should hurry."),
    ("My sister works in a bank.", "My sister works in a bank."),
    ("He has lived here since 1998.", "He has lived here since 1998."),
)


class Answer(NamedTuple):
    """A rewriting, or "" and what was wrong with the last that was tried."""

    text: str
    wrong: str = ""


class Answers:
    """Asks `model` for rewritings in `style`, or by the writer's own `instruction`."""

    def __init__(self, model: LanguageModel, reader: Reader, style: str, instruction: str = "") -> None:
        self._model, self._reader = model, reader
        self._style, self._instruction = style, instruction
        self._order = order_of(style, instruction)

    def __call__(self, before: str, text: str) -> Steps[Answer]:
        """Return the best of some answers that pass the checks."""
        passing, wrong = [], ""
        for seed in range(_TRIES):
            answer = yield from self.one(text, _TEMPERATURE if seed else 0.0, seed)
            if found := problem(text, answer, self._style, self._instruction):
                wrong = found
            elif answer not in passing:
                passing.append(answer)
        if not passing:
            return Answer("", wrong)
        scores = []
        for answer in passing:
            scores.append((yield from self._score(before, text, answer)))
        return Answer(passing[scores.index(max(scores))])

    def one(self, text: str, temperature: float = 0.0, seed: int = 0) -> Steps[str]:
        """Return one answer, without the quotation marks that some models put about it."""
        ids = prompt(self._model, messages(self._order, text))
        session = self._model.session(_SESSION, _CHUNK)
        steps = generate(
            self._model,
            session,
            ids,
            max_tokens=3 * len(self._model.vocabulary.encode(text)) + 16,
            stop_ids=stop_ids(self._model),
            stop_texts=() if "\n" in text or not self._style else ("\n",),
            temperature=temperature,
            seed=seed,
        )
        answer = yield from silently(steps)
        return unquoted(answer.strip(), text)

    def _score(self, before: str, text: str, answer: str) -> Steps[float]:
        """Return log p a token of the answer in its place, and of the source said again behind it."""
        [fluent] = yield from self._reader.compare(before, [answer], "")
        [faithful] = yield from self._reader.compare(f"{before}{answer}\n\nIn other words: ", [text], "")
        assert fluent is not None  # the first option is always scored
        assert faithful is not None
        return fluent.total / max(1, fluent.tokens) + faithful.total / max(1, faithful.tokens)


class ServerAnswers:
    """Asks a server for rewritings in `style`, or by the writer's own `instruction`. Raises RemoteFailed."""

    def __init__(self, author: RemoteAuthor, style: str, instruction: str = "") -> None:
        self._author, self._style, self._instruction = author, style, instruction

    def __call__(self, before: str, text: str) -> Generator[Waiting | None, None, Answer]:
        """Return the first answer that passes the checks."""
        wrong = ""
        for seed in range(_SERVER_TRIES):
            answer = yield from self._one(before, text, seed)
            wrong = problem(text, answer, self._style, self._instruction)
            if not wrong:
                return Answer(answer)
        return Answer("", wrong)

    def _one(self, before: str, text: str, seed: int) -> Generator[Waiting | None, None, str]:
        # The instruction may name somebody too; what stands before is not sent, and tells who is meant.
        hidden = self._author.hide(text, self._instruction, before[-_TELLING:])
        shown, instruction, _ = hidden.texts
        steps = self._author.answer(
            messages(order_of(self._style, instruction), shown),
            hidden,
            3 * cost(text) + 16,
            stop=() if "\n" in text or not self._style else ("\n",),
            temperature=_TEMPERATURE if seed else 0.0,
            seed=seed,
        )
        answer = yield from silently(steps)
        return unquoted(answer.strip(), text)


def order_of(style: str, instruction: str) -> str:
    """Return what is to be done, in a sentence or two."""
    return " ".join(filter(None, (_ORDERS.get(style, ""), instruction)))


def messages(order: str, text: str) -> list[dict[str, str]]:
    """Return what the model is told."""
    return [
        {"role": "system", "content": _SYSTEM},
        {"role": "user", "content": f"{order}\n\n{text}"},
    ]


def can_answer(model: LanguageModel, reader: Reader, style: str) -> Steps[bool]:
    """Return whether `model` rewrites well enough in `style` by itself, measured if it is not known."""
    if not chat(model).templated:
        return False
    share = yield from measured(model.folder, f"rewriting {style}", _measure(model, reader, style))
    return share >= BAR


def _measure(model: LanguageModel, reader: Reader, style: str) -> Steps[float]:
    """Return the share of our sentences that it rewrites well, or of those seen when it is out of reach."""
    answers = Answers(model, reader, style)
    good = bad = 0
    samples = _MISTAKES if style == "grammar" else tuple((text, "") for text in _SAMPLES)
    allowed = int(len(samples) * (1 - BAR))
    for text, right in samples:
        answer = yield from answers.one(text)
        well = answer == right if right else answer != text and not problem(text, answer, style)
        good, bad = good + well, bad + (not well)
        if bad > allowed:
            break
    return good / (good + bad)


def unquoted(answer: str, text: str) -> str:
    """Return `answer` without quotation marks about the whole of it that `text` has not."""
    pairs = (('"', '"'), ("“", "”"))
    for left, right in pairs:
        if len(answer) > 2 and answer[0] == left and answer[-1] == right and text[:1] != left:
            return answer[1:-1].strip()
    return answer
