"""Words that masking_examples.py makes personal data of."""

from __future__ import annotations


def words_of(text: str) -> list[str]:
    """Return the words of a list."""
    return text.split()


WEEKDAYS = words_of("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
MONTHS = words_of("January February March April May June July August September October November December")
TITLES = words_of("Mr. Mrs. Ms. Dr. Mr Mrs Ms Dr Prof. Miss")
SUFFIXES = [
    "Ltd.",
    "Inc.",
    "LLC",
    "GmbH",
    "AG",
    "and Sons",
    "Group",
    "Corp.",
    "plc",
    "& Co.",
    "S.A.",
    "Limited",
]
KINDS = words_of(
    "Bank Insurance Hospital University Institute Foundation School Systems Labs Technologies Partners "
    "Consulting Airlines Energy Media Church Society Museum Capital Solutions Health Logistics Orchestra "
    "Association Council Press"
)
STATES = words_of(
    "AL AK AZ CA CO CT FL GA IL IN KS LA MA MD MI MN NC NJ NY OH OR PA TX UT VA WA WI QC ON BC NSW SK VIC"
)
NATIONALITIES = words_of(
    "American British English Scottish Welsh Irish French German Austrian Swiss Italian Spanish "
    "Portuguese Dutch Belgian Danish Swedish Norwegian Finnish Icelandic Estonian Latvian Lithuanian "
    "Polish Czech Slovak Hungarian Romanian Bulgarian Greek Turkish Russian Ukrainian Serbian Croatian "
    "Slovenian Bosnian Albanian Israeli Jewish Muslim Catholic Arab Saudi Iraqi Iranian Indian Pakistani "
    "Chinese Japanese Korean Vietnamese Thai Australian Canadian Mexican Brazilian Chilean Peruvian Cuban "
    "Nigerian Kenyan Ethiopian Egyptian Moroccan Somali Cambodian Indonesian Filipino"
)
STREETS = words_of("Street Road Avenue Lane Drive St Rd. Ave Way")
COINED = words_of(
    "Clear Open Data Health Cloud Blue Green Bright Smart Red North Prime First Global Key Link True Home"
)
COINED_ENDS = words_of(
    "Point Path Works Base Wave Bridge Lab Scout Street Logic Hub Trust Mind Stone Leaf Gate Source Lane"
)
LATIN_LOCALES = words_of(
    "bs_BA cs_CZ da_DK de_AT de_CH de_DE en_AU en_CA en_GB en_IE en_IN en_NZ en_US es_AR es_CL es_CO "
    "es_ES es_MX et_EE fi_FI fr_CA fr_CH fr_FR hr_HR hu_HU id_ID it_IT lt_LT lv_LV nl_BE nl_NL no_NO "
    "pl_PL pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE tr_TR en_US en_GB el_GR az_AZ vi_VN"
)
