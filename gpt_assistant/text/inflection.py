"""The forms of English verbs and nouns, by rule and by a list of those that follow none."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_VOWELS = "aeiou"
_DOUBLING = re.compile(r"(?:[^aeiou]|^|qu)[aeiou][bdgklmnprtvz]\Z")
# Of several syllables, those stressed on the last.
_STRESSED = re.compile(
    r"(?:admit|begin|commit|compel|confer|control|defer|deter|equip|excel|expel|forget|incur|infer|occur|omit"
    r"|permit|prefer|propel|rebut|recur|refer|regret|repel|submit|transfer|transmit|upset)\Z"
)


class Verb(NamedTuple):
    """base, third person, past, participles: go, goes, went, gone, going."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str


_IRREGULAR = """
arise arose arisen | awake awoke awoken | bear bore borne | beat beat beaten | become became become | begin
began begun | bend bent bent | bet bet bet | bind bound bound | bite bit bitten | bleed bled bled | blow
blew blown | break broke broken | breed bred bred | bring brought brought | build built built | burst burst
burst | buy bought bought | cast cast cast | catch caught caught | choose chose chosen | come came come |
cost cost cost | cut cut cut | deal dealt dealt | dig dug dug | do did done | draw drew drawn | drink drank
drunk | drive drove driven | eat ate eaten | fall fell fallen | feed fed fed | feel felt felt | fight fought
fought | find found found | fly flew flown | forbid forbade forbidden | forget forgot forgotten | forgive
forgave forgiven | freeze froze frozen | get got got | give gave given | go went gone | grow grew grown |
hang hung hung | have had had | hear heard heard | hide hid hidden | hit hit hit | hold held held | hurt
hurt hurt | keep kept kept | know knew known | lay laid laid | lead led led | leave left left | lend lent
lent | let let let | lie lay lain | light lit lit | lose lost lost | make made made | mean meant meant |
meet met met | overcome overcame overcome | pay paid paid | prove proved proven | put put put | quit quit
quit | read read read | rebuild rebuilt rebuilt | ride rode ridden | ring rang rung | rise rose risen | run
ran run | say said said | see saw seen | seek sought sought | sell sold sold | send sent sent | set set set
| shake shook shaken | shine shone shone | shoot shot shot | show showed shown | shrink shrank shrunk | shut
shut shut | sing sang sung | sink sank sunk | sit sat sat | sleep slept slept | slide slid slid | speak
spoke spoken | speed sped sped | spend spent spent | spin spun spun | split split split | spread spread
spread | stand stood stood | steal stole stolen | stick stuck stuck | strike struck struck | swear swore
sworn | sweep swept swept | swim swam swum | swing swung swung | take took taken | teach taught taught |
tear tore torn | tell told told | think thought thought | throw threw thrown | understand understood
understood | undertake undertook undertaken | wake woke woken | wear wore worn | win won won | withdraw
withdrew withdrawn | wind wound wound | write wrote written
"""
_ODD = {words[0]: (words[1], words[2]) for words in (entry.split() for entry in _IRREGULAR.split("|"))}
_BE = Verb("be", "is", "was", "been", "being")
_HAVE = Verb("have", "has", "had", "had", "having")


def irregular_verbs() -> list[Verb]:
    """Return the verbs whose forms follow no rule, but for "be" and "have"."""
    return [verb(base) for base in _ODD]


@cache
def verb(base: str) -> Verb:
    """Return the forms of the verb `base`; of a phrase ("set up"), the first word is inflected."""
    first, space, rest = base.partition(" ")
    if first == "be":
        forms = _BE
    elif first == "have":
        forms = _HAVE
    else:
        past = _past(first)
        forms = Verb(first, third(first), *_ODD.get(first, (past, past)), _gerund(first))
    return Verb(*(form + space + rest for form in forms)) if rest else forms


def third(base: str) -> str:
    """Return `base` with the s of the third person, or of the plural."""
    if base in ("go", "do"):
        return f"{base}es"
    if re.search(r"(?:s|x|z|ch|sh)\Z", base):
        return f"{base}es"
    return f"{base[:-1]}ies" if re.search(r"[^aeiou]y\Z", base) else f"{base}s"


def article(following: str) -> str:
    """Return "a" or "an", as the sound that `following` begins with asks for."""
    word = following.lower()
    if re.match(r"(?:hour|honest|hono[u]?r|heir)", word):
        return "an"
    if re.match(r"(?:uni(?!n|m[pm])|use|usu|usa|uti|eu|ewe|one(?![a-z])|once|ubi|ufo|ur[aio])", word):
        return "a"
    if re.match(r"(?:[AEFHILMNORSX][A-Z]*|8\d*|1[18])(?![a-z\d])", following) and not following.isalpha():
        return "an"
    if following[:2].isupper() and following.isalpha() and len(following) <= 3:
        return "an" if following[0] in "AEFHILMNORSX" else "a"
    return "an" if word[:1] in _VOWELS or re.match(r"(?:8|11(?!\d)|18(?!\d))", word) else "a"


def _doubled(base: str) -> str:
    short = len(re.findall(r"[aeiouy]+", base)) == 1 or _STRESSED.match(base)
    return base + base[-1] if short and _DOUBLING.search(base) else base


def _past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    return f"{base[:-1]}ied" if re.search(r"[^aeiou]y\Z", base) else f"{_doubled(base)}ed"


def _gerund(base: str) -> str:
    if base.endswith("ie"):
        return f"{base[:-2]}ying"
    if re.search(r"[^eoy]e\Z", base):
        return f"{base[:-1]}ing"
    return f"{_doubled(base)}ing"
