"""How one word is made into another by slips: which letters were left out, put in, swapped or confused.

The cheapest alignment (Damerau 1964; Wagner and Fischer 1974), each step of it named by the kind of slip:
kinds that are frequent in what people write are cheaper, by weights that are learnt from pairs of
misspelt and right words (see features/spelling_channel.py).
"""

from __future__ import annotations

from functools import lru_cache

KINDS = (
    "doubled",  # a letter written twice: untill
    "undoubled",  # a letter of two left out: comitted
    "swapped",  # two letters changed places: teh
    "vowel",  # a vowel for another: seperate
    "alike",  # letters that sound alike: consern, fisical
    "beside",  # a key beside the right one
    "other",  # any other letter
    "left_vowel",  # a vowel left out
    "left_e",  # a last e left out
    "left",  # a consonant left out
    "left_s",  # a last s left out
    "put_vowel",  # a vowel put in
    "put_e",  # an e put at the end
    "put",  # a consonant put in
    "apostrophe",  # an apostrophe left out or put in
    "space",  # a space or hyphen left out or put in
    "accent",  # an accent left out or put in
)
_FIRST = "first"  # the first letter is wrong, on top of its kind
NAMES = (*KINDS, _FIRST)

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACES = {letter: (y, x + y * 0.5) for y, row in enumerate(_ROWS) for x, letter in enumerate(row)}
_VOWELS = frozenset("aeiouy")
_ALIKE = frozenset(
    frozenset(pair)
    for pair in (
        "cs",
        "ck",
        "sz",
        "gj",
        "vw",
        "fv",
        "td",
        "mn",
        "kq",
        "bp",
        "xs",
        "rl",
        "ph",
        "gk",
        "iy",
        "uw",
        "hw",
    )
)
_PLAIN = str.maketrans("áàâäãåéèêëíìîïóòôöõúùûüçñ", "aaaaaaeeeeiiiiooooouuuucn")


@lru_cache(maxsize=100_000)
def slips(typed: str, meant: str) -> tuple[str, ...]:
    """Return the kinds of the slips by which `meant` became `typed`, both in lower case, fewest first."""
    if typed == meant:
        return ()
    start, end = _alike(typed, meant)
    kinds = _single(typed, meant, start, end) or _aligned(
        *(word[max(0, start - 1) : len(word) - max(0, end - 1)] for word in (typed, meant))
    )
    return (*kinds, _FIRST) if typed[:1] != meant[:1] else kinds


def _alike(one: str, other: str) -> tuple[int, int]:
    """Return how many letters both begin and end with."""
    most = min(len(one), len(other))
    start = next((i for i in range(most) if one[i] != other[i]), most)
    end = next((i for i in range(most - start) if one[-1 - i] != other[-1 - i]), most - start)
    return start, end


def _single(typed: str, meant: str, start: int, end: int) -> tuple[str, ...]:
    """Return the one slip between words that are alike up to `start` and from `end` on; () for more.

    It is what `_aligned` finds, which takes ten times as long, and most words that are compared are near.
    """
    put, left = len(typed) - start - end, len(meant) - start - end
    if (put, left) == (1, 0):
        return (_alone(typed, start, "put", "doubled", "e"),)
    if (put, left) == (0, 1):
        return (_alone(meant, start, "left", "undoubled", "es"),)
    if (put, left) == (1, 1):
        return (_confused(meant[start], typed[start]),)
    return ()


def _aligned(typed: str, meant: str) -> tuple[str, ...]:
    n, m = len(meant), len(typed)
    # best[i][j]: (cost, kinds) of making the first i letters of `meant` the first j of `typed`
    best: list[list[tuple[float, tuple[str, ...]]]] = [[(0.0, ())] * (m + 1) for _ in range(n + 1)]
    for i in range(n + 1):
        for j in range(m + 1):
            if i or j:
                best[i][j] = min(_ways(best, meant, typed, i, j), key=lambda way: way[0])
    return best[n][m][1]


def _ways(
    best: list[list[tuple[float, tuple[str, ...]]]], meant: str, typed: str, i: int, j: int
) -> list[tuple[float, tuple[str, ...]]]:
    ways: list[tuple[float, tuple[str, ...]]] = []
    if i and j:
        cost, kinds = best[i - 1][j - 1]
        if meant[i - 1] == typed[j - 1]:
            return [(cost, kinds), *_swapped(best, meant, typed, i, j)]
        kind = _confused(meant[i - 1], typed[j - 1])
        ways.append((cost + _COST.get(kind, 1.0), (*kinds, kind)))
    if i:
        cost, kinds = best[i - 1][j]
        kind = _alone(meant, i - 1, "left", "undoubled", "es")
        ways.append((cost + _COST.get(kind, 1.0), (*kinds, kind)))
    if j:
        cost, kinds = best[i][j - 1]
        kind = _alone(typed, j - 1, "put", "doubled", "e")
        ways.append((cost + _COST.get(kind, 1.0), (*kinds, kind)))
    return [*ways, *_swapped(best, meant, typed, i, j)]


_COST = {
    "doubled": 0.6,
    "undoubled": 0.6,
    "vowel": 0.8,
    "alike": 0.8,
    "apostrophe": 0.4,
    "space": 0.6,
    "accent": 0.3,
}


def _swapped(
    best: list[list[tuple[float, tuple[str, ...]]]], meant: str, typed: str, i: int, j: int
) -> list[tuple[float, tuple[str, ...]]]:
    if i > 1 and j > 1 and meant[i - 1] == typed[j - 2] and meant[i - 2] == typed[j - 1] != meant[i - 1]:
        cost, kinds = best[i - 2][j - 2]
        return [(cost + 0.9, (*kinds, "swapped"))]
    return []


def _confused(meant: str, typed: str) -> str:
    if meant.translate(_PLAIN) == typed.translate(_PLAIN):
        return "accent"
    if meant in _VOWELS and typed in _VOWELS:
        return "vowel"
    if frozenset((meant, typed)) in _ALIKE:
        return "alike"
    if meant in " -" or typed in " -":
        return "space" if meant in " -" and typed in " -" else "other"
    here, there = _PLACES.get(meant), _PLACES.get(typed)
    if here and there and abs(here[0] - there[0]) <= 1 and abs(here[1] - there[1]) <= 1.01:
        return "beside"
    return "other"


def _alone(word: str, at: int, kind: str, twin: str, last: str) -> str:
    """Return the kind of slip that a letter of one word is which the other has not.

    `kind` is "left" or "put", `twin` what it is beside its like, `last` the letters that count at the end.
    """
    letter = word[at]
    if letter == "'":
        return "apostrophe"
    if letter in " -":
        return "space"
    if letter in (word[at - 1 : at], word[at + 1 : at + 2]):
        return twin
    if at == len(word) - 1 and letter in last:
        return f"{kind}_{letter}"
    return f"{kind}_vowel" if letter in _VOWELS else kind
