"""What may leave this machine, and what is kept on it."""

from __future__ import annotations

from dataclasses import dataclass

from gpt_assistant.settings.option import option


@dataclass(frozen=True)
class PrivacySettings:
    """What may leave this machine, and what is kept on it."""

    offline: bool = option(
        False,
        label="Stay offline",
        help="Never open a network connection, not even to fetch a model; what is being fetched ends.",
        group="Privacy",
        shared=True,
    )
    encrypt: bool = option(
        False,
        label="Encrypt what is kept of my text",
        help="Earlier versions, unsaved work, own words: encrypted, with the key in the system's keyring.",
        group="Privacy",
    )
    mask_names: bool = option(
        True,
        label="Hide names of people",
        help="Where texts are masked, before they go to a server: each name gets a placeholder.",
        group="Privacy",
    )
    mask_organizations: bool = option(
        True,
        label="Hide organisations",
        help="Firms, schools, hospitals and the like.",
        group="Privacy",
    )
    mask_places: bool = option(
        True,
        label="Hide places",
        help="Towns and countries.",
        group="Privacy",
    )
    mask_addresses: bool = option(
        True,
        label="Hide postal addresses",
        help="Streets, postcodes and what belongs to them.",
        group="Privacy",
    )
    mask_contacts: bool = option(
        True,
        label="Hide e-mail, phone and web addresses",
        help="Addresses of computers too.",
        group="Privacy",
    )
    mask_numbers: bool = option(
        True,
        label="Hide numbers of cards, accounts and persons",
        help="Customer numbers and the like too; passwords and keys are always hidden.",
        group="Privacy",
    )
    mask_dates: bool = option(
        True,
        label="Hide dates and ages",
        help="Whole dates; a year alone says little.",
        group="Privacy",
    )
    mask_titles: bool = option(
        False,
        label="Hide professions and nationalities",
        help="Titles and religions too; off leaves more for a model to go by.",
        group="Privacy",
    )
