"""Choosing among the wordings of a sentence, place by place, by how well each reads to the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from gpt_assistant.features.rewrite_reader import Reader, Score, Steps
from gpt_assistant.features.rewrite_sites import SURE, Site, Test


def chosen(reader: Reader, before: str, sentence: str, sites: Iterable[Site]) -> Steps[str]:
    """Return `sentence` with the best wording at each of `sites` that passes its test.

    `before` is what stands before the sentence in its paragraph, as it is by now. Of sites that overlap,
    those that begin first are tried, all that begin at the same place side by side.
    """
    done, at = "", 0
    for start, group in groupby(sorted(sites, key=lambda site: site.start), key=lambda site: site.start):
        if start < at:
            continue
        done += sentence[at:start]
        old, options = _merged(sentence, list(group))
        new = yield from _best(reader, before + done, old, options, sentence[start + len(old) :])
        # What stays may still be changed in part.
        at = start
        if new != old:
            done, at = done + new, start + len(old)
            if "\n" in old and "\n" not in new and sentence[at : at + 1] == " ":
                done, at = done + "\n", at + 1  # the line ends a word later
    return done + sentence[at:]


def corrected(reader: Reader, before: str, sentence: str, sites: Iterable[Site]) -> Steps[str]:
    """Return the same, tried from the end of a sentence that was read: nothing is read again then."""
    end = len(sentence)
    ordered = sorted(sites, key=lambda site: -site.start)
    for start, group in groupby(ordered, key=lambda site: site.start):
        fitting = [site for site in group if site.end <= end]
        if not fitting:
            continue
        old, options = _merged(sentence, fitting)
        after = sentence[start + len(old) :]
        new = yield from _best(reader, before + sentence[:start], old, options, after)
        if new != old:
            sentence, end = sentence[:start] + new + after, start
    return sentence


def sure(sentence: str, sites: Iterable[Site]) -> str:
    """Return `sentence` with the wordings at those of `sites`, none of which needs the model."""
    done, at = "", 0
    for site in sorted(sites, key=lambda site: site.start):
        if site.start >= at:
            done += sentence[at : site.start] + site.options[0]
            at = site.end
    return done + sentence[at:]


def passes(test: Test, old: Score, new: Score) -> bool:
    """Return whether the `new` wording passes the test against the `old` one."""
    return (
        new.own >= old.own - test.own
        and new.rest >= old.rest - test.rest
        and new.total >= old.total + test.better
    )


def _merged(sentence: str, sites: Sequence[Site]) -> tuple[str, list[tuple[str, Test]]]:
    """Return the old wording of sites that begin together, and every option for the whole of it."""
    start, end = sites[0].start, max(site.end for site in sites)
    options = [(option + sentence[site.end : end], site.test) for site in sites for option in site.options]
    return sentence[start:end], list(dict(reversed(options)).items())[::-1]


def _best(
    reader: Reader, before: str, old: str, options: Sequence[tuple[str, Test]], after: str
) -> Steps[str]:
    if len(options) == 1 and options[0][1] == SURE:
        return options[0][0]
    texts = [_line(option) for option, _ in options]
    scores = yield from reader.compare(_line(before), [_line(old), *texts], _line(after))
    passing = list(_passing(options, scores))
    return max(passing)[1] if passing else old


def _passing(
    options: Sequence[tuple[str, Test]], scores: Sequence[Score | None]
) -> Iterator[tuple[float, str]]:
    old = scores[0]
    assert old is not None  # what stands there is always scored
    for (option, test), score in zip(options, scores[1:], strict=True):
        if score is not None and passes(test, old, score):
            yield score.total, option


def _line(text: str) -> str:
    """Return `text` as the model reads it: a line break inside a paragraph is a space."""
    return text.replace("\r\n", " ").replace("\n", " ")
