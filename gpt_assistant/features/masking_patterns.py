"""Personal data that are told by their form: addresses of the net, numbers with check digits, keys, dates.

Patterns are bounded and begin where nothing of the same kind stands before, so that each takes time linear
in the text, whatever the text. What a form alone does not tell (a number may be anything) needs check digits
or a word beside it. Presidio's recognisers work the same way; they come with spaCy, 250 MB with a model, and
need it for names. The forms of keys are those of detect-secrets (Yelp) and of what the services document.
Phone numbers are told by their form too: phonenumberslite, which knows the ranges of all countries, finds
most strings of digits valid in some country, so it decides nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gpt_assistant.features import masking_checks as checks

# The order in which they are believed, where two lay claim to the same signs.
SECRET, NET, CHECKED, PLACED, TOLD, NAMED, GUESSED = range(7)


@dataclass(frozen=True, slots=True)
class Claim:
    """Signs from `start` to `end` that are said to be of a kind; of two, the lower `rank` is believed."""

    start: int
    end: int
    kind: str
    rank: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A form; what matches it (or its group "it") must also pass `check`. `hint` must be in the text."""

    kind: str
    rank: int
    form: re.Pattern[str]
    check: Callable[[str], bool] = lambda _text: True
    hint: str = ""


def _pattern(
    kind: str, rank: int, form: str, check: Callable[[str], bool] = lambda _text: True, hint: str = ""
) -> Pattern:
    return Pattern(kind, rank, re.compile(form, re.IGNORECASE), check, hint)


def _exact(kind: str, rank: int, form: str, hint: str = "") -> Pattern:
    return Pattern(kind, rank, re.compile(form), hint=hint)


def _digits(least: int, most: int) -> Callable[[str], bool]:
    return lambda text: least <= sum(map(str.isdigit, text)) <= most


def _is_random(text: str) -> bool:
    """Return whether letters and digits change as often as in what no person made up."""
    changes = len(_CHANGE.findall(text))
    return changes >= 5 and changes * 12 >= len(text)


_CHANGE = re.compile(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")


def _is_phone(text: str) -> bool:
    """Return whether it is no date, no amount, no range of years and no number of a book."""
    digits = re.sub(r"\D", "", text)
    groups = re.findall(r"\d+", text)
    if not 7 <= len(digits) <= 15 or _LIKE_A_DATE.fullmatch(text.strip()):
        return False
    if len(digits) == 13 and text.startswith(("978", "979")):
        return False
    if text.startswith("+") or "(" in text or text.startswith("0"):
        return True
    if re.fullmatch(r"[12]\d{3}\s?[-–]\s?[12]\d{3}", text):
        return False
    return len(groups) >= 3 or bool(re.fullmatch(r"\d{3}[- ]\d{4}|\d{4}[- ]\d{4}", text))


_LIKE_A_DATE = re.compile(
    r"\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}.*|\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4}.*|\d{1,3}(?:[ .]000)+"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_ELSEWHERE = (  # in German, French, Spanish, Italian, Portuguese and Dutch
    r"(?:januar[i]?|jänner|februar[i]?|märz|mai|juni|juli|august(?:us)?|oktober|dezember|maart|mei"
    r"|janvier|f[ée]vrier|mars|avril|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre"
    r"|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
    r"|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro"
    r"|april|september|november|december)"
)
# A word for a secret, also as part of a name: DB_PASSWORD, "clientSecret"; then what leads to the secret.
_SECRET = (
    r"(?:(?<![^\W_])|(?-i:(?<=[a-z])(?=[A-Z])))"
    r"(?:pass(?:word|wd|phrase|code)?|pwd|passwd|pin(?: code)?|api[_ -]?key"
    r"|secret(?:[_ -]?(?:access[_ -]?)?key)?|access[_ -]?key|auth[_ -]?token|access[_ -]?token|token"
    r"|client[_ -]?secret"
    r"|passwort|kennwort|zugangscode|mot de passe|code d.acc[eè]s|contraseña|clave|senha|wachtwoord|пароль"
    r"|密码|口令)[\"']?\s{0,2}"
)
_GIVEN = r"(?:[:=：]\s{0,3}|(?<=\s)(?:is|ist|lautet|est|es):?\s{1,3}|[是为])"
_NOT_A_WORD = r"(?=[^\s\"']{0,100}[\d!@#$%^&*_-])"
_SAID_OF_ONE = (  # what is said of a password without telling it
    r"(?:\w{2,40}(?:ed|ing)|wrong|correct|right|invalid|valid|weak|strong|safe|secure|long|short|very|only"
    r"|still|always|never|already|also|same|what|that|this|your|their|kept|sent|shown|stored|hidden|lost"
    r"|gone|ready|empty|missing|known|written|just|more|less|case|being|both|there|here|probably|really"
    r"|often|usually|easy|hard|good|enough|with|from|needed|like|made|about|nothing|something|none)\b"
)
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_IS = (
    r"(?:\s{0,3}(?:number|numbers|num|no|nr|id|code)\b\.?)?(?:\s{0,3}(?:is|was|of|are|[:=#]|№)){0,2}"
    r"\s{0,3}[\"'#]?"
)
_NUMBER = r"(?P<it>[A-Z]{0,4}[-/ ]?\d(?:[-/.]?[A-Z0-9]| \d){3,30})\b"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_STREET = (
    r"(?:street|road|avenue|lane|drive|boulevard|court|square|terrace|highway|crescent|parkway"
    r"|st|rd|ave|ln|dr|blvd|ct|sq|hwy|pkwy)"
)

PATTERNS = (
    # Keys and passwords.
    _exact("secret", SECRET, r"(?<![A-Za-z0-9])(?:AKIA|ASIA|AGPA|AROA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    _exact("secret", SECRET, r"(?<!\w)gh[pousr]_[A-Za-z0-9]{30,255}", hint="gh"),
    _exact("secret", SECRET, r"(?<!\w)github_pat_\w{22,255}", hint="github_pat_"),
    _exact("secret", SECRET, r"(?<!\w)glpat-[\w-]{20,64}", hint="glpat-"),
    _exact("secret", SECRET, r"(?<!\w)xox[abposre]-[A-Za-z0-9-]{10,250}", hint="xox"),
    _exact("secret", SECRET, r"(?<!\w)AIza[\w-]{35}", hint="AIza"),
    _exact(
        "secret", SECRET, r"(?<!\w)(?:sk|pk|rk)[-_](?:(?:live|test|ant|proj|or)[-_])?[\w-]{20,250}", hint="k"
    ),
    _exact("secret", SECRET, r"(?<!\w)(?:hf|npm|dckr_pat|whsec|shpat)_[A-Za-z0-9_-]{20,128}", hint="_"),
    _exact("secret", SECRET, r"(?<!\w)pypi-AgE[\w-]{50,250}", hint="pypi-"),
    _exact("secret", SECRET, r"(?<!\w)SG\.[\w-]{16,32}\.[\w-]{16,64}", hint="SG."),
    _exact("secret", SECRET, r"(?<!\w)\d{8,10}:AA[\w-]{33}", hint=":AA"),
    _exact("secret", SECRET, r"(?<![\w-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10,1000}", hint="eyJ"),
    _pattern("secret", SECRET, r"(?<=bearer )(?P<it>[A-Za-z0-9._~+/=-]{16,2000})", hint="earer "),
    _pattern("secret", SECRET, r"\bcookie: ?(?P<it>[^\s=]{1,80}=[^\n]{4,4000})", hint="ookie"),
    _pattern("secret", SECRET, r"://[^\s:/@]{0,100}:(?P<it>[^\s:/@]{1,100})@", hint="://"),
    _pattern("secret", SECRET, rf"{_SECRET}{_GIVEN}[\"']?(?P<it>{_NOT_A_WORD}[^\s\"',;]{{4,200}})"),
    _pattern("secret", SECRET, rf"{_SECRET}[:=]\s{{0,3}}(?P<quote>[\"'])(?P<it>[^\"'\n]{{4,200}})(?P=quote)"),
    _pattern("secret", SECRET, rf"{_SECRET}=(?!none\b|null\b|true\b|false\b)(?P<it>[^\s\"',;()]{{4,200}})"),
    _pattern(
        "secret",
        SECRET,
        rf"\bpass(?:word|phrase|code) is:? [\"'“]?(?P<it>(?!{_SAID_OF_ONE})[^\W\d_]{{4,60}})\b",
    ),
    _pattern("secret", PLACED, r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{20,4000}={0,2}", _is_random),
    # Addresses of the net.
    _pattern(
        "email",
        NET,
        r"(?<![\w.+%-])[\w.+%-]{1,64}@[^\W_](?:[\w-]{0,62}\.){1,8}[^\W\d_]{2,24}(?![^\W_])",
        hint="@",
    ),
    _pattern(
        "url", NET, r"\b(?:https?|ftp|sftp|ssh)://[^\s<>\"]{1,2000}[^\s<>\".,;:!?)\]'’”»*_|]", hint="://"
    ),
    _pattern(
        "url", NET, r"(?<![\w@./-])www\.[\w-]{1,63}\.[^\s<>\"]{0,500}[^\s<>\".,;:!?)\]'’”»*_]", hint="."
    ),
    _pattern(
        "url",
        NET,
        r"(?<![\w@./-])(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}/[^\s<>\"]{0,500}[^\s<>\".,;:!?)\]'’”»*_|]",
        hint="/",
    ),
    _pattern("ip", NET, rf"(?<![\d.]){_OCTET}(?:\.{_OCTET}){{3}}(?![\d.]{0, 16}\d)", hint="."),
    _pattern("ip", NET, r"(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])", hint=":"),
    _pattern(
        "ip", NET, r"(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])", _digits(2, 32), "::"
    ),
    _pattern("ip", NET, r"(?<![\w:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])"),
    # Banks and cards.
    _pattern(
        "bank", CHECKED, r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", checks.is_iban
    ),
    _pattern(
        "bank", TOLD, r"\biban\b[^\w\n]{0,5}(?:is |no\.? ?)?(?P<it>[A-Z]{2}\d{2}(?: ?[A-Z0-9]){10,30})\b"
    ),
    _pattern(
        "bank",
        TOLD,
        r"\b(?:swift|bic)\b(?:[ /-]?(?:code|bic))?(?: is|:)?\s{0,3}(?P<it>[A-Z]{6}[A-Z0-9]{2,5})\b",
    ),
    _exact("bank", CHECKED, r"(?<!\w)(?:bc1[a-z0-9]{25,60}|0x[0-9a-fA-F]{40})(?!\w)"),
    _pattern("bank", CHECKED, r"\bsort code(?: is|:)?\s{0,3}(?P<it>\d\d-\d\d-\d\d)\b"),
    _pattern(
        "bank", PLACED, rf"\b(?:account|acct|a/c|routing|sort code|konto|iban){_IS}{_NUMBER}", _digits(5, 34)
    ),
    _pattern("card", CHECKED, r"(?<![\w.,-])\d(?:[ -]?\d){11,18}(?![\w-]|[.,]\d)", checks.is_card),
    _pattern(
        "card", TOLD, rf"\b(?:card|visa|mastercard|amex|cc|maestro){_IS}(?P<it>\d(?:[ -]?\d){{10,18}})\b"
    ),
    _pattern(
        "card",
        TOLD,
        r"\b(?:cvv2?|cvc2?|csc|cvn|security code)\b(?:\s{0,3}(?:is|[:=#]))?\s{0,3}(?P<it>\d{3,4})\b",
    ),
    # Numbers of persons and of what is theirs.
    _pattern(
        "id",
        CHECKED,
        r"(?<![\w.,-])[A-Z]{0,4}\d[\dA-Z]{4,16}[A-Z]?(?![\w-]|[.,]\d)",
        checks.is_number_of_person,
    ),
    _pattern(
        "id", CHECKED, r"(?<![\w-])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\w-])|(?<!\w)\d{6}[-+A]\d{3,4}[0-9A-Z](?!\w)"
    ),
    _pattern("id", CHECKED, r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])"),
    _pattern("id", CHECKED, r"(?<!\w)[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)"),
    _exact("id", CHECKED, r"(?<!\w)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?!\w)", hint="-"),
    _pattern(
        "id",
        PLACED,
        r"\b(?:passport|licen[cs]e|licen[cs]e plate|number plate|plate|ssn|social security|national insurance"
        r"|insurance|customer|client|member(?:ship)?|employee|staff|student|user|policy|patient|mrn"
        r"|medical record|nhs|tax|taxpayer|vat|tin|national|identity|identification|id|case|file|invoice"
        r"|order|booking|reference|ref|ticket|serial|tracking|registration|contract|imei)(?: card| file)?"
        rf"{_IS}{_NUMBER}",
        _digits(4, 30),
    ),
    _exact("id", GUESSED, r"(?<![\w.,/-])\d{9,64}(?![\w/-]|[.,]\d)"),
    # Phones.
    _pattern(
        "phone",
        PLACED,
        r"(?<![\w.,/(+-])(?:\+|\(\+)?\(?\d(?:[ .()/-]{0,3}\d){6,15}(?:\s?(?:x|ext\.?)\s?\d{1,6})?"
        r"(?!\w|-\d|[.,/]\d)",
        _is_phone,
    ),
    _pattern(
        "phone",
        TOLD,
        r"\b(?:phone|tel|telephone|mobile|cell|fax|call|text|sms|whatsapp|reach)(?:\.|\b)[^\d\n(+]{0,25}"
        r"(?P<it>[+(]{0,2}\d(?:[ .()/-]{0,3}\d){5,15})\b",
    ),
    # Where one lives.
    _pattern(
        "address",
        PLACED,
        rf"(?<![\w.,])\d{{1,5}}[A-Z]?,? (?:[^\W\d_][\w'’.-]{{0,20}} ){{1,4}}{_STREET}\b\.?"
        r"(?:,? (?:apt|apartment|suite|flat|unit|no|#)\.? ?#?\w{1,6})?",
    ),
    _pattern("address", PLACED, r"\bp\.? ?o\.? ?box \d{1,6}\b"),
    _pattern("address", PLACED, r"(?<![\w'’])[A-Z]{1,2}\d[A-Z\d]? \d(?!st|nd|rd|th)[A-Z]{2}(?!\w)"),
    _exact("address", PLACED, r"(?<!\w)[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d(?!\w)"),
    _pattern(
        "address",
        TOLD,
        r"\b(?:zip|postcode|postal code|post code)(?: code)?(?: is|:)?\s{0,3}(?P<it>\d[\d -]{2,8}\d)\b",
    ),
    # Days.
    _pattern("date", PLACED, rf"(?<![\w./-])(?:19|20)\d\d([-./])\d{{1,2}}\1\d{{1,2}}{_TIME}(?![\w/-])"),
    _pattern("date", PLACED, rf"(?<![\w./-])\d{{1,2}}([-./])\d{{1,2}}\1(?:19|20)?\d\d{_TIME}(?![\w/-]|\.\d)"),
    _pattern(
        "date",
        PLACED,
        rf"(?<![\w.])\d{{1,2}}(?:st|nd|rd|th|\.)?(?: of)?[ -]{_MONTH}\.?,?[ -](?:19|20)\d\d\b",
    ),
    _pattern(
        "date",
        PLACED,
        rf"(?<![\w.])\d{{1,2}}(?:\.|er|º|°)?(?: d[ei])? ?{_MONTH_ELSEWHERE}(?: del?)? (?:19|20)\d\d\b",
    ),
    _pattern("date", PLACED, r"(?<!\d)(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日"),
    _pattern("date", PLACED, rf"\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? (?:19|20)\d\d)\b"),
    _pattern(
        "date",
        TOLD,
        rf"\b(?:born|birthday|dob|birth)\b[^\d\n]{{0,12}}(?P<it>\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}"
        rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?)\b",
    ),
    _pattern("age", TOLD, r"(?<![\w.,])(?P<it>\d{1,3})[ -]?(?:years?[ -]old|y/?o\b|yrs? old|year old)"),
    _pattern(
        "age",
        TOLD,
        r"\b(?:aged|age|age of|age:|turned|turn|turns|turning) (?P<it>[1-9]\d?|1[01]\d)(?![\w:%]|[.,]\d)",
    ),
)
_KEY_BEGINS, _KEY_ENDS = "-----BEGIN ", "-----END "
_KEY_HEAD = re.compile(r"[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")


def claims(text: str) -> Iterator[Claim]:
    """Yield what has the form of personal data, in no order; claims may overlap."""
    yield from private_keys(text)
    for pattern in PATTERNS:
        if pattern.hint and pattern.hint not in text:
            continue
        group = "it" if "it" in pattern.form.groupindex else 0
        for match in pattern.form.finditer(text):
            if pattern.check(match[group]):
                start, end = match.span(group)
                alone = text[start] in "([" and match[group].count(")") < match[group].count("(")
                yield Claim(start + 1 if alone else start, end, pattern.kind, pattern.rank)


def private_keys(text: str) -> Iterator[Claim]:
    """Yield private keys as PEM has them; one without an end goes to the end of the text."""
    at = text.find(_KEY_BEGINS)
    while at >= 0:
        head = _KEY_HEAD.match(text, at + len(_KEY_BEGINS))
        if head is None:
            at = text.find(_KEY_BEGINS, at + 1)
            continue
        last = text.find(_KEY_ENDS, head.end())
        line = text.find("\n", last) if last >= 0 else -1
        end = line if line >= 0 else len(text)
        yield Claim(at, end, "secret", SECRET)
        at = text.find(_KEY_BEGINS, end)
