"""Long sentences made two, and paragraphs made lists: what needs more than other words at one place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gpt_assistant.features import wording
from gpt_assistant.features.rewrite_sites import Site, Test
from gpt_assistant.text.markup import kept
from gpt_assistant.text.sentences import Span

_LONG = 18  # words from which a sentence is made two, if each has enough of them
_LEAST = 5
_SPLIT = Test(own=12.0, rest=2.0)
_PRONOUN = r"I|you|he|she|it|we|they|this|that|these|those|there"
_OTHER = r"the|a|an|my|your|our|his|her|their|its|each|every|some|many|most|[A-Z]\w+"
_VERB = r"is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|do|did|\w{3,}ed"
_SUBJECT = rf"(?:(?:{_PRONOUN})\b|(?:{_OTHER})\b(?:\s+[\w’'-]+){{1,5}}?\s+(?:{_VERB})\b)"
_JOINT = re.compile(rf",\s+(?P<word>and|but|so)\s+(?={_SUBJECT})|;\s+(?=\w)")
_SUBORDINATE = re.compile(
    r"\A(?:if|when|whenever|although|though|because|while|since|as|unless|after|before|once|that|whether"
    r"|until|where|even)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\b(?:that|because|if|whether|both|either|neither|between)\b[^,;]*\Z", re.IGNORECASE)
_COLON_LIST = re.compile(r":\s+(?P<items>[^:;]+(?:,[^:;,]+)+,?\s+(?:and|or)\s+[^:;,]+?)[.!]?\Z")


def splits(sentence: str) -> Iterator[Site]:
    """Yield where a long sentence may end and a new one begin."""
    if len(sentence.split()) < _LONG:
        return
    for match in joints(sentence):
        following = sentence[match.end() : match.end() + 1]
        word = (match["word"] or "").lower()
        start = "But " + following if word == "but" else following.upper()
        start = "So " + following if word == "so" else start
        yield Site(match.start(), match.end() + 1, (f". {start}",), _SPLIT)


def joints(sentence: str) -> Iterator[re.Match[str]]:
    """Yield the places where two main clauses are joined, each with enough words to stand alone."""
    begins, fixed = 0, kept(sentence)
    for match in _JOINT.finditer(sentence):
        left, right = sentence[begins : match.start()], sentence[match.end() :]
        inside = any(span.start < match.end() and match.start() < span.end for span in fixed)
        dependent = _SUBORDINATE.match(left.strip()) or _OPEN.search(left)
        if inside or dependent or _in_brackets(sentence, match.start()):
            continue
        if min(len(left.split()), len(right.split())) >= _LEAST:
            yield match
            begins = match.end()


def points(text: str, spans: list[Span], mark: str = "-", indent: str = "") -> list[tuple[Span, str]]:
    """Return (source, lines) for each sentence of `text`: a point, or one for each of its main clauses."""
    return [(span, _point(text[span.start : span.end], mark, indent)) for span in spans]


def _point(sentence: str, mark: str, indent: str) -> str:
    if colon := _COLON_LIST.search(sentence):
        items = re.split(r",\s+(?:and|or)\s+|\s+(?:and|or)\s+(?=[^,]*\Z)|,\s+", colon["items"])
        if len(items) >= 3 and not any(len(item.split()) > 8 for item in items):
            lines = [f"{indent}  {mark} {item.strip()}" for item in items]
            return "\n".join([f"{indent}{mark} {_bare(sentence[: colon.start()])}:", *lines])
    cuts = [0, *(place for match in joints(sentence) for place in match.span()), len(sentence)]
    clauses = [sentence[a:b] for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    return "\n".join(f"{indent}{mark} {bare}" for clause in clauses if (bare := _bare(clause)))


def _bare(clause: str) -> str:
    """Return a clause as a point: no opener, a capital, no full stop."""
    clause = " ".join(clause.split())
    if (opener := wording.openers().match(clause)) and len(clause[opener.end() :].split()) > 2:
        clause = clause[opener.end() :]
    if (
        clause.endswith(".")
        and not clause.endswith("..")
        and not re.search(r"\b(?:\w\.\w|etc|e\.g)\.\Z", clause)
    ):
        clause = clause[:-1]
    return (
        clause[:1].upper() + clause[1:]
        if clause.split(" ")[0][1:].islower() or clause[:2] == "a "
        else clause
    )


def _in_brackets(sentence: str, at: int) -> bool:
    return sentence.count("(", 0, at) > sentence.count(")", 0, at)
