"""British and American spellings of English words, by rule.

A rule turns the British form into the American one; whether the result is a word is for a dictionary to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_RULES = [
    (re.compile(r"our(?=(?:s|ed|ing|er|ers|able|ably|ful|fully|less|ite|ites|hood|ism|ist|ly|y)?\Z)"), "or"),
    (re.compile(r"is(?=(?:e|es|ed|er|ers|ing|able|ation|ations|ational)\Z)"), "iz"),
    (re.compile(r"ys(?=(?:e|es|ed|er|ers|ing)\Z)"), "yz"),
    (re.compile(r"(?<=[bcdhtp])re(?=(?:s|d|ing)?\Z)"), "er"),
    (re.compile(r"ogue(?=s?\Z)"), "og"),
    (re.compile(r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers|ings|ist|ists|ous|ery|ation)\Z)"), "l"),
    (re.compile(r"(?<=[aeiou])pp(?=(?:ed|ing|er|ers)\Z)"), "p"),
    (re.compile(r"(?<=[aeiou])tt(?=(?:ed|ing)\Z)"), "t"),
    (re.compile(r"ence(?=(?:s|less)?\Z)"), "ense"),
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"gramme(?=s?\Z)"), "gram"),
    (re.compile(r"(?<=[aeio])l(?=(?:ment|ments|ful|fully|s)?\Z)"), "ll"),
    (re.compile(r"(?<=dg)e(?=ments?\Z)"), ""),
    (re.compile(r"(?<=[gkvz])e(?=(?:able|ing)\Z)"), ""),
    (re.compile(r"que(?=s?\Z)"), "ck"),
    (re.compile(r"ph(?=ur)"), "f"),
    (re.compile(r"mould"), "mold"),
    (re.compile(r"plough"), "plow"),
    (re.compile(r"grey"), "gray"),
    (re.compile(r"tyre(?=s?\Z)"), "tire"),
    (re.compile(r"aluminium"), "aluminum"),
    (re.compile(r"xion(?=s?\Z)"), "ction"),
]


def american(british: str) -> Iterator[str]:
    """Yield the American forms that a British one may have, in lower case; none for most words."""
    for pattern, new in _RULES:
        for match in pattern.finditer(british):
            yield british[: match.start()] + new + british[match.end() :]
