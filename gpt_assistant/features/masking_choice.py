"""What the writer wants masked: by the settings, and her own words, which are always masked or never."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

from gpt_assistant.engine.messages import Hidden, Mask, Passage, Progress, Rewrite, Written
from gpt_assistant.engine.relaying import relayed
from gpt_assistant.features.masking import USUAL, Options, masking
from gpt_assistant.settings import Settings
from gpt_assistant.storage.masked_words import masked_words
from gpt_assistant.text.masked import Masked
from gpt_assistant.text.told import told

T = TypeVar("T")
Steps = Generator[Progress, None, T]

STYLE = "masked"
"""The style of a rewriting that masks."""

SETTINGS = {
    "mask_names": ("name",),
    "mask_organizations": ("organization",),
    "mask_places": ("place",),
    "mask_addresses": ("address",),
    "mask_contacts": ("email", "phone", "url", "ip"),
    "mask_numbers": ("card", "bank", "id"),
    "mask_dates": ("date", "age"),
    "mask_titles": ("title", "nationality"),
}
"""The kinds that each setting switches. Passwords, keys and the writer's own words are always masked."""


def options_of(settings: Settings, kinds: frozenset[str] = frozenset()) -> Options:
    """Return what these settings say, with the words that are stored; `kinds` are masked instead, if any.

    Raises OSError if the words cannot be read: then nothing may be sent.
    """
    switched = {kind for group in SETTINGS.values() for kind in group}
    chosen = {kind for name, group in SETTINGS.items() if getattr(settings, name) for kind in group}
    words = masked_words()
    return Options(
        kinds or frozenset(chosen) | (USUAL - switched), tuple(words.of("always")), tuple(words.of("never"))
    )


def answer(_model: object, request: Mask) -> Steps[Hidden]:
    """Answer a request of the window, piece by piece."""
    return Hidden(request.id, (yield from _masked(request.id, request.text, request.choice)))


def rewrite(request: Rewrite) -> Steps[Written]:
    """Return the text masked, as a rewriting that is looked through change by change."""
    masked = yield from _masked(request.id, request.text, request.choice)
    passages, at, length = list[Passage](), 0, 0
    for each in masked.entities:
        new = length + each.start - at + len(each.placeholder)
        passages.append(Passage(length, new, at, each.end))
        at, length = each.end, new
    passages.append(Passage(length, len(masked.text), at, len(request.text)))
    notes = () if masked.entities else (told("Nothing personal was found."),)
    return Written(request.id, masked.text, tuple(passages), notes)


def _masked(identity: int, text: str, choice: Settings) -> Steps[Masked]:
    said = told("Looking for what is personal")
    steps = masking(text, options_of(choice))
    return (yield from relayed(steps, lambda share: Progress(identity, share, said)))
