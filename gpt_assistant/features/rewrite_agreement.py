"""The form that a word must have after the word before it: "has gone", "did go", "two cars", "she goes".

Here a rule speaks for the other form too, so the model need only agree, where any other form that might be
meant must gain far more (rewrite_grammar.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gpt_assistant.text.inflection import Verb, third

_PERFECT = re.compile(
    r"\b(?:have|has|had|having|['’]ve|haven['’]t|hasn['’]t|hadn['’]t)(?: not| never| already)?\s+\Z", re.I
)
_BARE = re.compile(
    r"\b(?:did|does|do|didn['’]t|doesn['’]t|don['’]t|can|could|will|would|shall|should|may|might|must|cannot|can['’]t"
    r"|couldn['’]t|won['’]t|wouldn['’]t|shouldn['’]t|let['’]s)(?: not| never)?\s+\Z",
    re.IGNORECASE,
)
_TO = re.compile(r"\bto(?: not)?\s+\Z", re.IGNORECASE)  # "to went", but "to users" is good
_SEVERAL = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|many|several|few|both|these|those|various)\s+\Z",
    re.I,
)
_ONE = re.compile(r"\b(?:a|an|each|every|another|one|this)\s+\Z", re.IGNORECASE)
# An auxiliary before the subject has the ending already: "does he go".
_JOINED = (
    r"(?:(?<!\w )|(?<=\band )|(?<=\bbut )|(?<=\bso )|(?<=\bthat )|(?<=\bwhen )|(?<=\bif )|(?<=because ))"
)
_SINGULAR = re.compile(rf"{_JOINED}\b(?:he|she|it)\s+\Z", re.IGNORECASE)
_PLURAL = re.compile(rf"{_JOINED}\b(?:we|you|they)\s+\Z", re.IGNORECASE)
_THIRD = {"do": "does", "don't": "doesn't", "have": "has", "haven't": "hasn't", "are": "is", "were": "was"}
_THIRD |= {"aren't": "isn't", "weren't": "wasn't"}
_OTHER = {new: old for old, new in _THIRD.items()}


def expected(before: str, word: str, verbs: Sequence[Verb]) -> str:
    """Return the form that `word`, a form of one of `verbs`, should have behind `before`; "" if any may be.

    `word` is in small letters and has a straight apostrophe. A noun's plural is the third person of `verbs`.
    """
    if _SINGULAR.search(before) and word in _THIRD:
        return _THIRD[word]
    if _PLURAL.search(before) and word in _OTHER:
        return _OTHER[word]
    for forms in verbs:
        if right := _after(before, word, forms):
            return right if right != word else ""
    return ""


def _after(before: str, word: str, forms: Verb) -> str:
    base, plural = forms.base, third(forms.base)
    rules = (
        (_PERFECT, word in (forms.past, base) and forms.past != base, forms.participle),
        (_BARE, word in (forms.third, forms.past) and word != base, base),
        (_TO, word == forms.past != base, base),
        (_SINGULAR, word == base, forms.third),
        (_PLURAL, word == forms.third, base),
        (_SEVERAL, word == base, plural),
        (_ONE, word == plural, base),
    )
    return next((right for pattern, wrong, right in rules if wrong and pattern.search(before)), "")
