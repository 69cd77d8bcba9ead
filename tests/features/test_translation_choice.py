"""The choice among candidates: what most agree on, and nothing that is plainly wrong."""

from __future__ import annotations

import pytest

from gpt_assistant.features.translation_choice import Candidate, Wanted, choose, chrf, fault
from gpt_assistant.text.placeholders import mask

SOURCE = "The old bridge over the river was closed for 3 months in 2019."
GOOD = "Le vieux pont sur la rivière a été fermé pendant 3 mois en 2019."
WANTED = Wanted(SOURCE, "en", "fr")


def test_chrf_is_that_of_the_paper() -> None:
    """The figures are those of sacrebleu 2.6.0 (sentence_chrf) for the same texts."""
    assert chrf("La maison est grande.", "La maison est vieille.") == pytest.approx(0.543215, abs=1e-6)
    assert chrf("Le chat dort.", "Un chien mange une pomme.") == pytest.approx(0.061893, abs=1e-6)
    assert chrf(GOOD, GOOD) == 1.0
    assert chrf("abc", "xyz") == 0.0
    assert chrf("", "xyz") == 0.0


def test_what_most_agree_on_is_taken() -> None:
    others = [
        "Le vieux pont sur la rivière a été fermé pendant 3 mois en 2019.",
        "Le vieux pont sur le fleuve a été fermé pendant 3 mois en 2019.",
        "En 2019, une tempête a détruit 3 maisons du village voisin.",
    ]
    best = choose([Candidate(text) for text in others], WANTED)
    assert best is not None
    assert best.text in others[:2]


@pytest.mark.parametrize(
    "wrong",
    [
        SOURCE,
        "The old bridge on this river has been shut for 3 months in 2019.",
        "Le vieux pont sur la rivière a été fermé pendant quelques mois.",
        "Le vieux pont " + "sur la rivière a été " * 5 + "fermé pendant 3 mois en 2019.",
    ],
    ids=["copied", "paraphrased", "numbers lost", "in circles"],
)
def test_what_is_plainly_wrong_is_behind_even_if_it_is_agreed_on(wrong: str) -> None:
    assert fault(wrong, WANTED) > 0
    assert fault(GOOD, WANTED) == 0
    best = choose([Candidate(wrong, 0.0), Candidate(GOOD, -1.0)], WANTED)
    assert best is not None
    assert best.text == GOOD


def test_a_lost_stand_in_counts_more_than_anything() -> None:
    masked = mask("Ask a@b.org about the old bridge over the river.")
    wanted = Wanted(masked.text, "en", "fr", masked.intact)
    with_it = "Renseignez-vous auprès de [1] sur le vieux pont qui passe sur la rivière."
    without = "Demandez des informations sur le vieux pont de la rivière."
    best = choose([Candidate(without), Candidate(without + " "), Candidate(with_it)], wanted)
    assert best is not None
    assert best.text == with_it


def test_one_that_did_not_end_is_behind() -> None:
    best = choose(
        [Candidate(GOOD, 0.0, finished=False), Candidate(GOOD.replace("vieux", "vieil"), -2.0)], WANTED
    )
    assert best is not None
    assert best.finished


def test_of_a_beam_the_first_without_a_fault_is_taken() -> None:
    beam = [GOOD.replace("3", "trois"), GOOD.replace("vieux", "vieil"), GOOD, GOOD + "."]
    best = choose([Candidate(text, -float(i), sampled=False) for i, text in enumerate(beam)], WANTED)
    assert best is not None
    assert best.text == beam[1]


def test_nothing_said_is_nothing_chosen() -> None:
    assert choose([Candidate(""), Candidate("  ")], WANTED) is None
