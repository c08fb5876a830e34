"""Inclusive adverts and questions: what might shut people out, with its reason and a suggestion."""

from recruitment.rules.adverts.check import MOST_CRITERIA, WHOLE, AdvertCheck, check_advert, check_questions
from recruitment.rules.adverts.gender import STUDY_MEANS, Coded, GenderCount, count_gender_words
from recruitment.rules.adverts.hits import RULE_TITLES, Hit, Part, PartKind, Severity, line_of
from recruitment.rules.adverts.lists import AdvertListError, AdvertLists, build_advert_lists

__all__ = [
    "MOST_CRITERIA",
    "RULE_TITLES",
    "STUDY_MEANS",
    "WHOLE",
    "AdvertCheck",
    "AdvertListError",
    "AdvertLists",
    "Coded",
    "GenderCount",
    "Hit",
    "Part",
    "PartKind",
    "Severity",
    "build_advert_lists",
    "check_advert",
    "check_questions",
    "count_gender_words",
    "line_of",
]
