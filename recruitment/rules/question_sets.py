"""Which equality questions a body asks: a choice among what is shipped, in numbered versions.

Nobody can write a question or a group of their own: what is counted, compared with the Census and put under
disclosure control is known beforehand. Sources: GOV.UK Design System, "Equality information"; NHS Workforce Race
and Disability Equality Standards (whose lines need ethnic group and disability); see each question for its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from math import ceil
from typing import Any

from recruitment.rules import equality_questions_offered as offered
from recruitment.rules.equality_question_set import QUESTION_SET_VERSION, Page, Question
from recruitment.rules.equality_questions_offered import govuk, of_page
from recruitment.rules.errors import Invalid

LONGEST_REASON = 500
OFF = "off"
SHARED_TITLES = {"sex-and-gender-identity": "Sex and gender identity"}

_PATTERN = "GOV.UK Design System, “Equality information” (2022, England)"
_COMMISSION = "Social Mobility Commission, “Measurement”"
_NOT_READ = "The wording was not checked against the source itself: compare it before you rely on it."


@dataclass(frozen=True)
class Wording:
    """One version of a question, with the pages it comes on and what its answers are counted as.

    `note`: what to know before choosing it, such as answers that are counted together.
    """

    key: str
    title: str
    source: str
    pages: tuple[Page, ...]
    characteristics: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Item:
    """One question of the list that is shipped. `default`: the wording asked unless a body chooses; empty: none.

    `is_always`: it cannot be switched off, because returns and crossings rest on it. `warning`: a risk to people
    in asking it; `remark`: what else to know.
    """

    key: str
    title: str
    wordings: tuple[Wording, ...]
    default: str = ""
    is_always: bool = False
    warning: str = ""
    remark: str = ""

    def wording(self, key: str) -> Wording:
        """KeyError for a wording that is not shipped."""
        return {each.key: each for each in self.wordings}[key]


def _govuk(counted: str, *keys: str) -> Wording:
    return Wording("govuk", "GOV.UK pattern", _PATTERN, govuk(*keys), (counted,))


def _single(
    key: str,
    title: str,
    source: str,
    pages: tuple[Page, ...],
    *,
    note: str = "",
    warning: str = "",
    remark: str = "",
) -> Item:
    return Item(
        key, title, (Wording("standard", title, source, pages, (key,), note),), warning=warning, remark=remark
    )


_BACKGROUND_PAGES = tuple(f"ethnic-background-{group}" for group in ("white", "mixed", "asian", "black", "other"))

ITEMS: tuple[Item, ...] = (
    Item("age", "Age", (_govuk("age", "date-of-birth"),), "govuk"),
    Item(
        "disability",
        "Disability",
        (
            _govuk("disability", "health-conditions", "day-to-day-activities"),
            Wording(
                "harmonised",
                "Harmonised standard",
                "Government Statistical Service, harmonised standard on long-lasting health conditions",
                offered.HARMONISED_HEALTH,
                ("disability",),
            ),
        ),
        "govuk",
        is_always=True,
    ),
    Item(
        "ethnic_group",
        "Ethnic group",
        (
            Wording(
                "eighteen",
                "5 groups, then 18 backgrounds",
                _PATTERN,
                govuk("ethnic-group", *_BACKGROUND_PAGES),
                ("ethnic_group", "ethnic_background"),
            ),
            Wording(
                "five",
                "5 groups only",
                f"{_PATTERN}, its first question",
                offered.FIVE_GROUPS,
                ("ethnic_group",),
                "Ethnic backgrounds are not asked, so groups within “White” cannot be told apart.",
            ),
            Wording(
                "nineteen",
                "5 groups, then 19 backgrounds of Census 2021",
                "Office for National Statistics, Census 2021 (England and Wales), asked in two steps as in the "
                "GOV.UK pattern",
                offered.CENSUS_ETHNICITY,
                ("ethnic_group", "ethnic_background"),
                "“Roma” can be chosen, and is counted with “Any other White background”: the list of 18 "
                "backgrounds that figures are compared in has no line for it.",
            ),
        ),
        "eighteen",
        is_always=True,
    ),
    Item(
        "marital_status",
        "Marital or civil partnership status",
        (_govuk("marital_status", "marital-status"),),
        "govuk",
    ),
    Item("religion", "Religion", (_govuk("religion", "religion"),), "govuk"),
    Item(
        "sex",
        "Sex",
        (Wording("govuk", "GOV.UK pattern", _PATTERN, of_page("sex-and-gender-identity", "sex"), ("sex",)),),
        "govuk",
        is_always=True,
    ),
    Item(
        "gender_identity",
        "Gender identity",
        (
            Wording(
                "govuk",
                "GOV.UK pattern, as in Census 2021",
                _PATTERN,
                of_page("sex-and-gender-identity", "gender_identity"),
                ("gender_identity",),
            ),
        ),
        "govuk",
        remark="Official guidance on questions about sex and gender is under review. They are asked and counted "
        "apart.",
    ),
    Item(
        "sexual_orientation",
        "Sexual orientation",
        (
            _govuk("sexual_orientation", "sexual-orientation"),
            Wording(
                "census",
                "Answers of Census 2021",
                "Office for National Statistics, Census 2021 (England and Wales)",
                offered.CENSUS_ORIENTATION,
                ("sexual_orientation",),
            ),
        ),
        "govuk",
    ),
    _single(
        "pregnancy_maternity",
        "Pregnancy and maternity",
        "This product: there is no harmonised question",
        offered.PREGNANCY,
        warning="Few people answer yes, so a small campaign risks telling who they are. Its figures will nearly "
        "always be withheld. Ask it only with a clear use.",
    ),
    _single(
        "caring",
        "Unpaid care",
        f"Office for National Statistics, Census 2021 (England and Wales). {_NOT_READ}",
        offered.CARING,
        note="Counted in four groups, as the Census is published: none, up to 19 hours a week, 20 to 49, 50 or "
        "more.",
    ),
    _single(
        "caring_children",
        "Caring for children",
        "This product: there is no harmonised question",
        offered.CHILDREN,
    ),
    _single(
        "working_pattern",
        "Working pattern sought",
        "This product: there is no harmonised question",
        offered.WORKING_PATTERN,
    ),
    _single(
        "household_earner",
        "Socio-economic background: main household earner",
        f"{_COMMISSION}, the key question. From the seventh answer on, {_NOT_READ[0].lower()}{_NOT_READ[1:]}",
        offered.HOUSEHOLD_EARNER,
        note="Counted as professional, intermediate and lower backgrounds. “Other” is a row of its own.",
        remark="Not a protected characteristic.",
    ),
    Item(
        "school_type",
        "Socio-economic background: type of school",
        (
            Wording("standard", "Four answers", _COMMISSION, offered.SCHOOL_TYPE, ("school_type",)),
            Wording(
                "bursary",
                "With a bursary told apart",
                f"{_COMMISSION}, the newer version",
                offered.SCHOOL_WITH_BURSARY,
                ("school_type",),
                "A school attended with a bursary is counted with other independent schools.",
            ),
        ),
        remark="Not a protected characteristic.",
    ),
    _single(
        "free_school_meals",
        "Socio-economic background: free school meals",
        _COMMISSION,
        offered.FREE_MEALS,
        remark="Not a protected characteristic.",
    ),
    _single(
        "parental_qualification",
        "Socio-economic background: qualification of a parent",
        f"{_COMMISSION}, an older version",
        offered.PARENTS,
        remark="Not a protected characteristic.",
    ),
)
ITEM_OF = {item.key: item for item in ITEMS}


@dataclass(frozen=True)
class QuestionSet:
    """What one campaign asks. `number` 0 is the set that is shipped.

    `chosen`: item → wording, of those that are asked; `reasons`: item → the body's own "why we ask".
    """

    number: int
    chosen: Mapping[str, str]
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """As it is kept with the counts: the shipped list, the body's own number, a mark of the wordings."""
        if not self.number:
            return QUESTION_SET_VERSION
        mark = sha256(repr(sorted(self.chosen.items())).encode()).hexdigest()[:4]
        return f"{QUESTION_SET_VERSION} set {self.number}-{mark}"

    @property
    def minutes(self) -> int:
        """How long they take to answer: the pattern gives two minutes for its eight topics."""
        return max(2, ceil(len(self.chosen) / 4))

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        found: list[Page] = []
        for _, wording in self.wordings:
            for page in wording.pages:
                if found and found[-1].key == page.key:
                    own = (*found.pop().questions, *page.questions)
                    page = Page(page.key, SHARED_TITLES[page.key], own)
                found.append(page)
        return tuple(found)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        return {question.key: question for page in self.pages for question in page.questions}

    @property
    def wordings(self) -> tuple[tuple[Item, Wording], ...]:
        return tuple((item, item.wording(self.chosen[item.key])) for item in ITEMS if item.key in self.chosen)

    @cached_property
    def characteristics(self) -> tuple[str, ...]:
        """What is counted of the answers; whatever else there is was not asked."""
        return tuple(key for _, wording in self.wordings for key in wording.characteristics)

    def reasons_on(self, page: Page) -> tuple[tuple[str, str], ...]:
        """(question, why it is asked) for what the page asks first; nothing on a page that only goes on."""
        return tuple(
            (item.title, self.reasons[item.key])
            for item, wording in self.wordings
            if item.key in self.reasons and wording.pages[0].key == page.key
        )


SHIPPED = QuestionSet(0, {item.key: item.default for item in ITEMS if item.default})


def checked_set(number: int, chosen: Mapping[str, str], reasons: Mapping[str, str]) -> QuestionSet:
    """The set as it may be kept: no wording that is not shipped, nothing off that must be asked, reasons stripped.

    `Invalid` names the item; for a reason, `why_<item>`.
    """
    kept = {key: wording for key, wording in chosen.items() if wording != OFF}
    for key, wording in kept.items():
        if key not in ITEM_OF or wording not in {each.key for each in ITEM_OF[key].wordings}:
            raise Invalid("Choose one of the wordings in the list.", key)
    for item in ITEMS:
        if item.is_always and item.key not in kept:
            raise Invalid(f"{item.title} is always asked: returns and crossed figures rest on it.", item.key)
    told = {key: why.strip() for key, why in reasons.items() if why.strip()}
    for key, why in told.items():
        if key not in kept:
            raise Invalid(
                "Nothing is asked here, so there is no reason to give. Ask it, or take the reason out.",
                f"why_{key}",
            )
        if len(why) > LONGEST_REASON:
            raise Invalid(f"Shorten the reason to {LONGEST_REASON} characters or fewer.", f"why_{key}")
    return QuestionSet(number, kept, told)


def write_set(asked: QuestionSet) -> dict[str, Any]:
    """As plain values, to be kept; `read_set` reads them back."""
    return {"wordings": dict(asked.chosen), "reasons": dict(asked.reasons)}


def read_set(number: int, kept: Mapping[str, Any]) -> QuestionSet:
    return QuestionSet(number, dict(kept["wordings"]), dict(kept["reasons"]))
