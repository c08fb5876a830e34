"""What a hidden passage tells: the kind that every span carries, and how it is put to the writer."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What somebody would learn from a passage. Shortlisters never see a kind: their marker is one for all."""

    NAME = "name"
    EMAIL = "e-mail"
    TELEPHONE = "telephone"
    ADDRESS = "address"
    POSTCODE = "postcode"
    WEB_ADDRESS = "web address"
    DATE_OF_BIRTH = "date of birth"
    NATIONAL_INSURANCE = "National Insurance number"
    NHS_NUMBER = "NHS number"
    NUMBER = "personal number"
    OTHER_NAME = "another person's name"
    TITLE = "title"
    GENDER = "gender"
    FAMILY = "family"
    PREGNANCY = "pregnancy"
    AGE = "age"
    ETHNICITY = "ethnicity"
    NATIONALITY = "nationality"
    RELIGION = "religion"
    DISABILITY = "disability or health"
    ORIENTATION = "sexual orientation"
    TRANSITION = "gender reassignment"
    POLITICS = "union or politics"
    MEMBERSHIP = "membership"
    PLACE_OF_STUDY = "place of study"
    YEAR_OF_STUDY = "year of study"
    ASKED = "asked"
    HIDDEN_BEFORE = "hidden before"


LABELS: dict[Kind, str] = {
    Kind.NAME: "[name]",
    Kind.EMAIL: "[e-mail address]",
    Kind.TELEPHONE: "[telephone number]",
    Kind.ADDRESS: "[address]",
    Kind.POSTCODE: "[postcode]",
    Kind.WEB_ADDRESS: "[web address]",
    Kind.DATE_OF_BIRTH: "[date of birth]",
    Kind.NATIONAL_INSURANCE: "[National Insurance number]",
    Kind.NHS_NUMBER: "[NHS number]",
    Kind.NUMBER: "[number]",
    Kind.OTHER_NAME: "[another person]",
    Kind.TITLE: "[title]",
    Kind.GENDER: "[gender]",
    Kind.FAMILY: "[family]",
    Kind.PREGNANCY: "[pregnancy]",
    Kind.AGE: "[age]",
    Kind.ETHNICITY: "[ethnicity]",
    Kind.NATIONALITY: "[nationality]",
    Kind.RELIGION: "[religion]",
    Kind.DISABILITY: "[health]",
    Kind.ORIENTATION: "[orientation]",
    Kind.TRANSITION: "[personal history]",
    Kind.POLITICS: "[union or politics]",
    Kind.MEMBERSHIP: "[membership]",
    Kind.PLACE_OF_STUDY: "[university]",
    Kind.YEAR_OF_STUDY: "[year]",
    Kind.ASKED: "[hidden]",
    Kind.HIDDEN_BEFORE: "[hidden]",
}
"""Neutral words that keep a sentence readable to whoever may know the kind: the writer, and tests."""

REASONS: dict[Kind, str] = {
    Kind.NAME: "It has your name, or part of it.",
    Kind.EMAIL: "It looks like an e-mail address.",
    Kind.TELEPHONE: "It looks like a telephone number.",
    Kind.ADDRESS: "It tells where you live.",
    Kind.POSTCODE: "It looks like a postcode.",
    Kind.WEB_ADDRESS: "It is a web address or an account name, which could lead to you.",
    Kind.DATE_OF_BIRTH: "It looks like your date of birth.",
    Kind.NATIONAL_INSURANCE: "It looks like a National Insurance number.",
    Kind.NHS_NUMBER: "It looks like an NHS number.",
    Kind.NUMBER: "It looks like a registration, staff or membership number, which could lead to you.",
    Kind.OTHER_NAME: "It looks like another person’s name. Shortlisters may know them.",
    Kind.TITLE: "A title can tell whether somebody is a man or a woman.",
    Kind.GENDER: "It tells whether you are a man or a woman.",
    Kind.FAMILY: "It tells about your family or relationships.",
    Kind.PREGNANCY: "It tells about pregnancy or maternity.",
    Kind.AGE: "It tells or suggests your age.",
    Kind.ETHNICITY: "It tells or suggests your ethnic group.",
    Kind.NATIONALITY: "It tells or suggests where you or your family come from.",
    Kind.RELIGION: "It tells or suggests your religion or belief.",
    Kind.DISABILITY: "It tells about your health or a disability. Ask for adjustments on their own page.",
    Kind.ORIENTATION: "It tells or suggests your sexual orientation.",
    Kind.TRANSITION: "It tells or suggests your gender history.",
    Kind.POLITICS: "It tells about a trade union or your politics.",
    Kind.MEMBERSHIP: "It names a group that tells something personal about its members.",
    Kind.PLACE_OF_STUDY: "Shortlisters do not see where people studied.",
    Kind.YEAR_OF_STUDY: "Years of study suggest your age.",
    Kind.ASKED: "You asked for this to be hidden.",
    Kind.HIDDEN_BEFORE: "You wrote the mark for hidden words yourself.",
}
"""Why a passage is hidden, in a sentence to its writer."""
