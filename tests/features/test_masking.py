"""What is personal in a text is found, replaced and put back; the rest stays as it is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Generator, Iterator
from typing import Any, TypeVar, cast

import pytest
from driven import drive
from hypothesis import given, settings
from hypothesis import strategies as st

from gpt_assistant import paths
from gpt_assistant.engine.messages import Mask, Progress, Rewrite
from gpt_assistant.features import masking_choice, masking_network
from gpt_assistant.features.masking import USUAL, Options, mask, masking, settle
from gpt_assistant.features.masking_patterns import PATTERNS, Claim, claims
from gpt_assistant.features.rewrite import Rewriter
from gpt_assistant.settings import Settings
from gpt_assistant.text.masked import KINDS
from gpt_assistant.text.masked_names import without

T = TypeVar("T")


def found(text: str, options: Options | None = None) -> list[tuple[str, str]]:
    return [(text[each.start : each.end], each.type) for each in mask(text, options).entities]


def hidden(text: str, *words: str) -> None:
    masked = mask(text)
    assert masked.restore(masked.text) == text
    assert not [word for word in words if word in masked.text], masked.text


def driven(steps: Generator[Any, None, T]) -> tuple[list[Any], T]:
    """Return what `steps` yield, and what they return."""
    said = []
    while True:
        try:
            said.append(next(steps))
        except StopIteration as stop:
            return said, stop.value


# -- what has a form -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        ("Write to mia.o'neil+news@mail.example.co.uk today.", "neil+news@mail.example.co.uk", "email"),
        ("It is on https://example.org/a?b=c.", "https://example.org/a?b=c", "url"),
        ("See www.example.org/pages, please.", "www.example.org/pages", "url"),
        ("The profile is example.com/in/mia-berg now.", "example.com/in/mia-berg", "url"),
        ("The server is 192.168.17.4, port 22.", "192.168.17.4", "ip"),
        ("It answers on 2001:db8:0:0:0:0:0:17 only.", "2001:db8:0:0:0:0:0:17", "ip"),
        ("and on fe80::1ff:fe23:4567:890a too", "fe80::1ff:fe23:4567:890a", "ip"),
        ("The card has 00:1B:44:11:3A:B7 on it.", "00:1B:44:11:3A:B7", "ip"),
        ("I paid with 4111 1111 1111 1111.", "4111 1111 1111 1111", "card"),
        ("It was 378282246310005, I think.", "378282246310005", "card"),
        ("To DE89 3704 0044 0532 0130 00, please.", "DE89 3704 0044 0532 0130 00", "bank"),
        ("to gb82west12345698765432 then", "gb82west12345698765432", "bank"),
        ("IBAN: DE12 3456 7890 1234 5678 90", "DE12 3456 7890 1234 5678 90", "bank"),
        ("BIC: DEUTDEFF500", "DEUTDEFF500", "bank"),
        ("sort code 12-34-56", "12-34-56", "bank"),
        ("account number 00123456", "00123456", "bank"),
        ("His number is 078-05-1120.", "078-05-1120", "id"),
        ("O CPF 390.533.447-05 consta.", "390.533.447-05", "id"),
        ("PESEL 44051401359 jest tutaj", "44051401359", "id"),
        ("NI number AB 12 34 56 C", "AB 12 34 56 C", "id"),
        ("My passport number is X1234567B.", "X1234567B", "id"),
        ("your order no. 2023-88112 has gone", "2023-88112", "id"),
        ("Call +44 20 7946 0958 now", "+44 20 7946 0958", "phone"),
        ("Call (555) 013-4477 now", "(555) 013-4477", "phone"),
        ("mobile: 0171 5550123", "0171 5550123", "phone"),
        ("It was on 2021-03-04.", "2021-03-04", "date"),
        ("Signed on March 4, 2021.", "March 4, 2021", "date"),
        ("on the 4th of March 2021", "4th of March 2021", "date"),
        ("born on 4 March", "4 March", "date"),
        ("She is 47 years old.", "47", "age"),
        ("P.O. Box 117 is ours", "P.O. Box 117", "address"),
        ("password: hunter2!", "hunter2!", "secret"),
        ("key AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE", "secret"),
        ("ghp_" + "a1B2" * 9, "ghp_" + "a1B2" * 9, "secret"),
        ("Authorization: Bearer abcdef0123456789abcdef", "abcdef0123456789abcdef", "secret"),
        ("postgres://me:s3same@db/prod", "s3same", "secret"),
        ("export DB_PASSWORD=openbarley", "openbarley", "secret"),
        ('{"clientSecret": "openbarley"}', "openbarley", "secret"),
        ("AWS_SECRET_ACCESS_KEY='ab/cd/EF+gh12'", "ab/cd/EF+gh12", "secret"),
        ("the wifi password is openbarley.", "openbarley", "secret"),
        ("Das Passwort lautet gerste7!", "gerste7!", "secret"),
        ("Mot de passe : orge-7", "orge-7", "secret"),
        ("sum " + "9f86d081884c7d659a2feaa0c55ad015", "9f86d081884c7d659a2feaa0c55ad015", "secret"),
        ("Cookie: sid=s%3Aj7Jk2L; a=b", "sid=s%3Aj7Jk2L; a=b", "secret"),
        ("CVV 737, please", "737", "card"),
        ("_mia@example.org_ is hers", "_mia@example.org", "email"),
        ("am 14. Oktober 1979 in Graz", "14. Oktober 1979", "date"),
        ("née le 1er août 1988", "1er août 1988", "date"),
        ("el 3 de julio de 2021", "3 de julio de 2021", "date"),
        ("1990年5月3日出生", "1990年5月3日", "date"),
    ],
)
def test_a_form_is_known(text: str, said: str, kind: str) -> None:
    assert (said, kind) in [(text[claim.start : claim.end], claim.kind) for claim in claims(text)]
    hidden(text, said)


@pytest.mark.parametrize(
    "text",
    [
        "There were 4111 sheep, 1111 cows and 12 dogs.",
        "It costs 1,250.00 for 36 items, 3.5 % more than in 2019.",
        "We ran version 3.11.4 for 120000 steps.",
        "The years 2019-2023 were good, and 1939–1945 were not.",
        "It takes 10:30 to 12:45, on page 117.",
        "A ratio of 16:9 at 1920x1080, and 24/7.",
        "Use a::b in the code, or x = y[0].",
        "the score was 3-2 and then 21-19",
        "password: ask me",
        "The password is checked, and your password is wrong if the token is invalid.",
        "pages/2024/chapter3/figure12/small2",
        "ISBN 978-3-16-148410-0",
        "They won the 4x100 m in 37.10 seconds.",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    kinds = ("card", "bank", "phone", "secret", "ip", "date", "id")
    assert not [each for each in found(text) if each[1] in kinds]


def test_check_digits_are_checked() -> None:
    text = "4111 1111 1111 1112 and DE89 3704 0044 0532 0130 02"
    assert not [claim for claim in claims(text) if claim.kind in ("card", "bank")]


def test_a_private_key_goes_as_a_whole() -> None:
    key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc==\n-----END RSA PRIVATE KEY-----"
    masked = mask(f"Here:\n{key}\nDone, and -----BEGIN nothing.")
    assert masked.text == "Here:\n[SECRET_1]\nDone, and -----BEGIN nothing."


def test_a_private_key_goes_as_a_whole_wherever_a_piece_ends() -> None:
    lines = [hashlib.sha512(bytes([i])).hexdigest()[:64].replace("1", "Q") for i in range(50)]
    key = "\n".join(["-----BEGIN PRIVATE KEY-----", *lines, "-----END PRIVATE KEY-----"])
    text = "The quick fox jumps.\n" * 150 + key + "\nYours"
    assert mask(text).text == text.replace(key, "[SECRET_1]")


def test_a_number_is_not_cut_by_the_end_of_a_piece() -> None:
    number = "DE89 3704 0044 0532 0130 00"
    for words in range(780, 800):
        assert mask("word " * words + f"{number} and so on " * 2).text.count("[BANK_1]") == 2


@pytest.mark.parametrize("before", ["\\", "C:\\Users\\", "\\\\", "\\[", "["])
def test_signs_before_it_do_not_show_it(before: str) -> None:
    """A backslash is read as one of the placeholder's, and what cannot be put back is never shown instead."""
    text = f"Dear Mr. Bernd Weber, see {before}mia@example.org and {before}Bernd Weber."
    masked = mask(text)
    assert masked.restore(masked.text) == text
    assert "mia@" not in masked.text
    assert "Weber" not in masked.text


# -- names and addresses ---------------------------------------------------------------------------

LETTER = """Dear Ms. Halloran,

thank you for your call on 14 June 2023. Please send the keys to my new address, 17 Pemberton Road,
Leicester LE2 1XY. Oluwaseun Adeyemi from Brightwater Insurance has the other set; you reach him at
o.adeyemi@brightwater.example or on 0116 496 0321.

Kind regards,
Ingrid Sørensen
"""


def test_a_letter_is_masked() -> None:
    hidden(LETTER, "Halloran", "Pemberton", "Leicester", "LE2", "Adeyemi", "Brightwater", "0116", "Sørensen")
    assert "thank you for your call on [DATE_1]" in mask(LETTER).text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My name is Thandiwe Mokoena and I live in Durban.", ["Thandiwe", "Mokoena", "Durban"]),
        ("I spoke to Zsófia Kovács yesterday.", ["Zsófia", "Kovács"]),
        ("Please ship it to 42 Maple Avenue, Springfield, IL 62704.", ["Maple", "Springfield", "62704"]),
        ("please call marcus about the invoice, he is from leeds", ["marcus"]),
        ("Ich heiße Jürgen Brandl und wohne in der Rosenstraße 5, München.", ["Brandl", "Rosenstraße"]),
        ("Je m'appelle Élodie Fournier et j'habite à Nantes.", ["Élodie", "Fournier", "Nantes"]),
    ],
)
def test_names_of_many_countries_are_found(text: str, words: list[str]) -> None:
    hidden(text, *words)


@pytest.mark.parametrize(
    "text",
    [
        "The harbour was quiet, and the boats lay still until the tide came in.",
        "Thank you for your help! How can I change the font of a heading?",
        "Table 3 shows the results of the second experiment.",
        "On Monday we talked about the budget, and on Friday about everything else.",
        "Der Hund läuft über die Straße, und die Kinder spielen im Garten.",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert mask(text).text == text


def test_a_name_found_once_is_masked_wherever_it_stands() -> None:
    text = "My name is Ingrid Halvorsen. Tell HALVORSEN-haters that Halvorsen's boat is hers, says Ingrid."
    masked = mask(text)
    assert masked.text.count("[NAME_1_LAST]") == 1
    assert "[NAME_1_FIRST]" in masked.text
    assert "Halvorsen" not in masked.text


def test_two_with_one_name_are_not_mixed_up() -> None:
    masked = mask("My name is Anna Halvorsen. My brother is called Peter Halvorsen. Dr. Halvorsen is out.")
    names = {original: written for written, original in masked.originals}
    assert names["Anna Halvorsen"] != names["Peter Halvorsen"]
    assert re.fullmatch(r"\[NAME_\d\]", names["Halvorsen"])


# -- the way back ----------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *("Anna Berg", "Berg", " ", "\n", "[NAME_1]", "NAME_1", "name 1", "[", "]", "555-123-4567", "a@b.co"),
        *("👩‍👧", "é", "e\u0301", "at", "4111111111111111", "_", "\\", "12 High Street", ",", ".", "1"),
        *("<ORG_1>", "\ud800", "\x00"),
    ]
)


@given(st.lists(PIECES, max_size=20).map("".join) | st.text(max_size=80))
@settings(deadline=None)
def test_every_text_comes_back_as_it_was(text: str) -> None:
    masked = mask(text)
    assert masked.restore(masked.text) == text
    assert [each.start for each in masked.entities] == sorted(each.start for each in masked.entities)
    ends = [0, *(each.end for each in masked.entities)]
    for each, end in zip(masked.entities, ends, strict=False):
        assert end <= each.start < each.end <= len(text)
        assert dict(masked.originals)[each.placeholder] == text[each.start : each.end]
    restorer = masked.restorer()
    assert "".join(map(restorer.feed, masked.text)) + restorer.end() == text


def test_placeholders_of_the_text_itself_are_not_used() -> None:
    masked = mask("As [EMAIL_1] and EMAIL_2 say, write to mia@example.org.")
    assert masked.text == "As [EMAIL_1] and EMAIL_2 say, write to [EMAIL_3]."


def test_places_are_code_points() -> None:
    text = "👩‍👧 Cafe\u0301 𝔘 is open: mia@example.org"
    (entity,) = [each for each in mask(text).entities if each.type == "email"]
    assert text[entity.start : entity.end] == "mia@example.org"


def test_the_same_is_the_same_everywhere() -> None:
    masked = mask("a@b.example, c@d.example, a@b.example")
    assert masked.text == "[EMAIL_1], [EMAIL_2], [EMAIL_1]"


# -- choice ----------------------------------------------------------------------------------------


def test_only_what_is_wanted_is_masked() -> None:
    text = "Write to mia@example.org on 2021-03-04."
    assert found(text, Options(kinds=frozenset({"date"}))) == [("2021-03-04", "date")]
    assert KINDS.keys() > USUAL


def test_own_words_are_always_or_never_masked() -> None:
    text = "The plan for project falcon goes to mia@example.org."
    options = Options(always=("Project Falcon", " "), never=("MIA@example.org",))
    assert found(text, options) == [("project falcon", "own")]


def test_what_is_left_out_stays() -> None:
    text = "a@b.example and c@d.example"
    masked = mask(text)
    assert without(text, masked, {"a@b.example"}).text == "a@b.example and [EMAIL_1]"


def test_overlaps_are_settled_by_rank_then_length() -> None:
    text = "one two three four"
    kept = settle(text, [Claim(0, 13, "name", 5), Claim(4, 7, "card", 2), Claim(4, 13, "id", 3)])
    assert [(text[each.start : each.end], each.kind) for each in kept] == [
        ("one", "name"),
        ("two", "card"),
        ("three", "id"),
    ]


# -- size ------------------------------------------------------------------------------------------


def test_a_long_text_is_masked_in_pieces() -> None:
    text = "Write to mia@example.org, please.\n" * 3000
    shares, masked = driven(masking(text, Options()))
    assert shares == sorted(shares)
    assert len(shares) > 4
    assert masked.text == "Write to [EMAIL_1], please.\n" * 3000


def _repeats(parsed: Any) -> Iterator[int]:
    """Yield the most of each repetition in a parsed pattern."""
    for operator, argument in parsed:
        if "REPEAT" in str(operator):
            yield int(argument[1])
        for part in argument if isinstance(argument, tuple | list) else [argument]:
            if hasattr(part, "data"):
                yield from _repeats(part)
            elif isinstance(part, list):
                for each in part:
                    if hasattr(each, "data"):
                        yield from _repeats(each)


def test_no_pattern_looks_further_than_a_limit() -> None:
    """So each takes time linear in the text, whatever the text."""
    for pattern in PATTERNS:
        most = list(_repeats(re._parser.parse(pattern.form.pattern, pattern.form.flags)))  # type: ignore[attr-defined]
        assert all(each <= 4000 for each in most), pattern.form.pattern


@pytest.mark.parametrize(
    "sign", ["a", "1", "1 ", "a@", "a.", "1-", "ab:", "(+", "-----BEGIN ", "id id 1", "'"]
)
def test_what_repeats_itself_is_masked_too(sign: str) -> None:
    text = sign * (60_000 // len(sign))
    masked = mask(text)
    assert masked.restore(masked.text) == text


def test_the_network_sees_the_same_in_pieces_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    network = masking_network.network()
    tokens = masking_network.tokens(LETTER)
    whole = network.likelihoods(LETTER, tokens)
    monkeypatch.setattr(masking_network, "_TOKENS_AT_ONCE", 13)
    assert abs(network.likelihoods(LETTER, tokens) - whole).max() < 1e-4
    assert network.likelihoods("", []).shape == (0, len(masking_network.LABELS))


def test_the_weights_are_small() -> None:
    assert paths.resource(masking_network.FILE).stat().st_size < 2_000_000


def test_a_rewriting_says_where_each_part_comes_from() -> None:
    text = "Write to mia@example.org or leo@example.org, please."
    said, written = driven(Rewriter()(cast(Any, None), Rewrite(7, text, "masked")))
    assert isinstance(said[0], Progress)
    assert written.text == "Write to [EMAIL_1] or [EMAIL_2], please."
    pieces = [(written.text[p.start : p.end], text[p.source_start : p.source_end]) for p in written.passages]
    assert pieces == [
        ("Write to [EMAIL_1]", "Write to mia@example.org"),
        (" or [EMAIL_2]", " or leo@example.org"),
        (", please.", ", please."),
    ]
    assert not written.notes


def test_a_request_says_itself_what_is_personal() -> None:
    """The settings of the window hold, though they are not in the file yet."""
    text = "My name is Anna Halvorsen, anna@example.org."
    for choice, left in ((Settings(), False), (Settings(mask_names=False), True)):
        hidden = drive(masking_choice.answer(None, Mask(1, text, choice)))[1]
        assert ("Anna Halvorsen" in hidden.masked.text) is left
        assert "example.org" not in hidden.masked.text
