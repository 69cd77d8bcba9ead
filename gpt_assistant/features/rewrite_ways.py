"""How a sentence is rewritten in a style by a model that only judges: rules propose, the model chooses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gpt_assistant.features.rewrite_checks import changed_fact
from gpt_assistant.features.rewrite_choice import chosen, corrected, sure
from gpt_assistant.features.rewrite_grammar import ARTICLE, EXPECTED, guesses, insertions, slips
from gpt_assistant.features.rewrite_reader import Reader, Scan, Steps
from gpt_assistant.features.rewrite_sites import STYLES, SURE, Site, free
from gpt_assistant.features.rewrite_split import splits
from gpt_assistant.text.markup import kept

_ROUNDS = 2  # a wording may make room for another


class Wording:
    """Rewrites sentences in the style `style`."""

    def __init__(self, reader: Reader, style: str) -> None:
        self._reader, self._style = reader, style

    def __call__(self, before: str, sentence: str) -> Steps[str]:
        """Return `sentence` rewritten; as it is where nothing is to be said otherwise."""
        new = sentence
        for _ in range(_ROUNDS):
            last = new
            new = yield from chosen(self._reader, before, last, free(last, STYLES[self._style](last)))
            if new == last:
                break
        if self._style == "simpler":
            new = yield from chosen(self._reader, before, new, free(new, splits(new)))
        return sentence if changed_fact(sentence, new) else new


class Grammar:
    """Corrects the grammar of sentences."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __call__(self, before: str, sentence: str) -> Steps[str]:
        """Return `sentence` corrected."""
        slipped = free(sentence, slips(sentence))
        plain = sure(sentence, (site for site in slipped if site.test == SURE))
        read = plain.replace("\n", " ")
        scan = yield from self._reader.scan(before.replace("\n", " "), read)
        sites = [*_promising(read, guesses(read), scan), *_missing(read, scan)]
        sites += [site for site in slips(read) if site.test != SURE]
        fixed = kept(plain)
        sites = [s for s in sites if not any(s.start < span.end and span.start < s.end for span in fixed)]
        return (yield from corrected(self._reader, before, plain, sites))


def _promising(sentence: str, sites: Iterable[Site], scan: Scan) -> Iterator[Site]:
    """Yield the sites with those of their options that may gain enough."""
    for site in sites:
        options = tuple(
            option
            for option in site.options
            if scan.gain(sentence, site.start, site.end, option) >= site.test.better
        )
        if options:
            yield replace(site, options=options)


def _missing(sentence: str, scan: Scan) -> Iterator[Site]:
    """Yield the words before which the model expects an article more than anything else."""
    for start, end, word, articles in insertions(sentence):
        likely = tuple(
            f"{a} {word}"
            for a in articles
            if scan.likely(sentence, start - 1, a) > EXPECTED
            and scan.gain(sentence, start, end, a) > ARTICLE.better
        )
        if likely:
            yield Site(start, end, likely, ARTICLE)
