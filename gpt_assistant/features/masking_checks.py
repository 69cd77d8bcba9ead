"""Which numbers are what they look like, by check digits: python-stdnum knows those of all countries."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from typing import Any

# Numbers of persons that are told from others: of any digits, fewer than one in thirty passes the check.
# (Those of Portugal, Israel, India, Croatia and Thailand let one in ten pass: they need a word beside them.)
_NUMBERS_OF_PERSONS = (
    "be.nn", "bg.egn", "br.cpf", "ch.ssn", "cn.ric", "de.idnr", "dk.cpr", "ee.ik", "es.dni", "es.nie",
    "fi.hetu", "fr.nir", "gr.amka", "in_.pan", "it.codicefiscale", "kr.rrn", "lt.asmens", "mx.curp",
    "no.fodselsnummer", "pl.pesel", "ro.cnp", "se.personnummer", "tr.tckimlik", "za.idnr",
)  # fmt: skip


def is_card(number: str) -> bool:
    """Return whether the digits can be those of a payment card: 12 to 19 of them, with Luhn's check digit."""
    digits = _digits(number)
    return 12 <= len(digits) <= 19 and len(set(digits)) > 1 and bool(_module("luhn").is_valid(digits))


def is_iban(number: str) -> bool:
    """Return whether it is an IBAN by its check digits and its country's form (ISO 13616)."""
    compact = "".join(number.split()).upper()
    return bool(_module("iban").is_valid(compact, check_country=False))


def is_bic(code: str) -> bool:
    """Return whether it has the form of a bank's code (ISO 9362)."""
    return bool(_module("bic").is_valid(code.upper()))


def is_number_of_person(number: str) -> bool:
    """Return whether it is, by its check digits, the number of a person or of a tax payer in some country."""
    return any(check(number) for check in _checks())


@functools.cache
def _checks() -> tuple[Callable[[str], bool], ...]:
    return tuple(_module(name).is_valid for name in _NUMBERS_OF_PERSONS)


@functools.cache
def _module(name: str) -> Any:
    return importlib.import_module(f"stdnum.{name}")


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())
