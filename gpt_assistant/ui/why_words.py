"""Odds and reasons in words."""

from __future__ import annotations

import math

from gpt_assistant.settings import Settings
from gpt_assistant.text.suggestion import Candidate, Reason, Suggestion
from gpt_assistant.text.told import mark
from gpt_assistant.ui.assistant import Silence
from gpt_assistant.ui.tr import tr

REASONS = {
    Reason.NONE: mark("A suggestion is shown, or about to be."),
    Reason.NO_MODEL: mark("No model is loaded yet. The status bar says how far it is."),
    Reason.SWITCHED_OFF: mark("Suggestions are switched off (Tools, Complete as I type)."),
    Reason.NO_CONTEXT: mark("There is no text before the caret that the model could go on from."),
    Reason.NOT_SURE: mark("The model had no guess that is likely enough."),
    Reason.DIGITS: mark("Numbers and codes are left alone: a wrong digit looks as right as a right one."),
    Reason.NOT_A_WORD: mark("What the model would add to the half-typed word makes no word."),
    Reason.MISSPELT: mark("The word before the caret looks misspelt, and no word begins like it."),
    Reason.REPEATS_AFTER: mark("The model would only say what already stands behind the caret."),
    Reason.MIDDLE_OF_LINE: mark("In the middle of a line the model has to be surer than at its end."),
    Reason.REPETITION: mark("The model would say for the third time in a row what was just said."),
    Reason.INSIDE_WORD: mark("The caret is inside a word: there are letters on both sides of it."),
    Reason.SENTENCE_END: mark("The sentence is complete, and what the next one says is up to you."),
    Reason.EMPTY: mark("The model has nothing to add here: it would stop."),
    Reason.NOT_ASKED: mark(
        "Nothing is suggested after the caret was moved or text was deleted, until you type."
    ),
    Reason.CANCELLED: mark("You typed on before the answer came; it takes its place."),
    Reason.FAILED: mark("The model failed: {why}"),
    Reason.BATTERY_WAITS: mark("On battery, suggestions wait for a pause (“On battery” in the settings)."),
    Reason.BATTERY_SLEEPS: mark("On battery, nothing is suggested unasked (“On battery” in the settings)."),
    Reason.HEAT_WAITS: mark("This machine is slowed down for its heat: suggestions wait for a pause."),
    Reason.HEAT_SLEEPS: mark("This machine is slowed down for its heat: nothing is suggested unasked."),
}
_GUESS = mark(
    "The model was not sure enough: its best guess “{guess}” had {p}, and {least} is asked for here."
)
_MIDDLE = mark(
    "In the middle of a line the model has to be surer: its best guess “{guess}” had {p}, and {least} is "
    "asked for here."
)
_LITTLE = mark("The best guess “{guess}” ({p}) would save no more than one key.")
_LEAST_GAIN = 2  # characters; see features/completion.py
_KEY = mark(
    "{key} shows it all the same; “How often” in the settings makes suggestions rarer or more frequent."
)
_LEAST = 0.001


def why_nothing(silence: Silence, half: str, settings: Settings) -> str:
    """Return why nothing is suggested, in sentences; `half` are the letters typed of a word."""
    suggestion = silence.suggestion
    if suggestion.candidates and suggestion.reason in (Reason.NOT_SURE, Reason.MIDDLE_OF_LINE):
        best = suggestion.candidates[0]
        template = _MIDDLE if suggestion.reason is Reason.MIDDLE_OF_LINE else _GUESS
        guess, p = whole(half, best.text), percent(best.p)
        if len(best.text) < _LEAST_GAIN and best.p >= suggestion.least:
            return tr(_LITTLE, guess=guess, p=p)
        said = tr(template, guess=guess, p=p, least=percent(suggestion.least))
    elif suggestion.reason is Reason.FAILED:
        said = tr(REASONS[Reason.FAILED], why=silence.problem)
    else:
        said = tr(REASONS[suggestion.reason])
    if (
        suggestion.reason in (Reason.NOT_SURE, Reason.MIDDLE_OF_LINE, Reason.NOT_ASKED)
        and settings.key_trigger
    ):
        return tr("{reason} {hint}", reason=said, hint=_hint(suggestion, settings))
    return said


def _hint(suggestion: Suggestion, settings: Settings) -> str:
    if suggestion.reason is Reason.NOT_ASKED:
        return tr("{key} asks for a suggestion here.", key=settings.key_trigger)
    return tr(_KEY, key=settings.key_trigger)


def whole(half: str, text: str) -> str:
    """Return a word as it will stand there: what was typed of it, and what is added."""
    return half + text if text[:1].isalpha() or text[:1] in "'’" else text.strip()


def percent(p: float) -> str:
    """Return a probability as it is written: 99.7 %, 31 %, 0.4 %, less than 0.1 %."""
    if p >= 0.9995:
        return tr("nearly 100 %")
    if 0.1 <= p < 0.99:
        return tr("{p} %", p=round(100 * p))
    return tr("{p} %", p=f"{100 * p:.1f}") if p >= _LEAST else tr("less than 0.1 %")


def place(rank: int) -> str:
    """Return how a word stands among all that might stand there."""
    if rank <= 1:
        return tr("the likeliest word here")
    return tr("number {rank:,} of what may stand here", rank=rank)


def bits(surprise: float) -> str:
    """Return a surprisal."""
    return tr("{bits} bits", bits=f"{surprise:.1f}")


def chance(surprise: float) -> str:
    """Return a surprisal as the odds that it stands for."""
    return tr("1 in {odds:,}", odds=min(round(math.pow(2, min(surprise, 40.0))), 1_000_000_000))


def row_text(candidate: Candidate, half: str) -> str:
    """Return what a row of the list says to a screen reader."""
    return tr("{word}, {p}", word=whole(half, candidate.text), p=percent(candidate.p))
