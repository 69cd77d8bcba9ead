"""What the window offers of the catalogue, which the package `ui` does not know: `app` hands it in."""

from __future__ import annotations

from gpt_assistant.engine import catalogue, sources
from gpt_assistant.ui.asking import languages
from gpt_assistant.ui.review_parts import Offer


def translators(source: str, target: str) -> list[Offer]:
    """Return the models of the catalogue that translate into `target`, from any language for ""."""
    origins = [source] if source else [ask.option for ask in languages() if ask.option != target]
    return [
        Offer(
            entry.id,
            entry.name,
            0 if sources.cached(entry.id) else entry.download,
            entry.licence,
            "" if catalogue.accepted(entry) else entry.terms,
        )
        for entry in catalogue.entries()
        if any(entry.translates_between(each, target) for each in origins)
    ]


def models_here() -> set[str]:
    """Return the ids of the models of the catalogue that are on this machine."""
    return {entry.id for entry in catalogue.entries() if sources.cached(entry.id)}


def accept_terms(identity: str) -> None:
    """Note that the terms of a model of the catalogue are accepted."""
    if (entry := catalogue.find(identity)) is not None:
        catalogue.accept(entry)
