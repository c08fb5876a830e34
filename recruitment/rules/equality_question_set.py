"""The equality questions word for word, as the GOV.UK Design System pattern "Equality information" sets them.

Source: GOV.UK Design System, "Equality information" (wording of 2022, for services in England), which follows
the harmonised standards of the Government Statistical Service. The ethnic group list is that of the 2011
Census: five groups and eighteen backgrounds. Change a word or an option only together with
`QUESTION_SET_VERSION`.
"""

from __future__ import annotations

from dataclasses import dataclass

QUESTION_SET_VERSION = "govuk-2022-en-1"

PREFER_NOT_TO_SAY = "PNTS"
NOT_ANSWERED = "NOT_ANSWERED"
NOT_ASKED = "NOT_ASKED"

AGE = "age_band"


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen; `write_in` opens a field for the person's own words."""

    code: str
    label: str
    hint: str = ""
    write_in: bool = False


@dataclass(frozen=True)
class Question:
    """One question; `only_if` names an earlier question and the answers to it that lead here.

    The question `age_band` has no options: it is asked as a date of birth, and only the band is kept.
    """

    key: str
    text: str
    options: tuple[Option, ...]
    hint: str = ""
    only_if: tuple[str, frozenset[str]] | None = None
    prefer_not_divider: bool = True
    write_in_label: str = ""


@dataclass(frozen=True)
class Page:
    """What is asked on one screen; `key` is its slug, `title` its heading where it holds several
    questions.
    """

    key: str
    title: str
    questions: tuple[Question, ...]


_PREFER_NOT = Option(PREFER_NOT_TO_SAY, "Prefer not to say")
_BACKGROUND_LABEL = "How would you describe your background? (optional)"

ETHNIC_GROUPS: tuple[tuple[str, str], ...] = (
    ("white", "White"),
    ("mixed", "Mixed or multiple ethnic groups"),
    ("asian", "Asian or Asian British"),
    ("black", "Black, African, Caribbean or Black British"),
    ("other", "Other ethnic group"),
)

BACKGROUNDS: dict[str, tuple[Option, ...]] = {
    "white": (
        Option("white_british", "English, Welsh, Scottish, Northern Irish or British"),
        Option("white_irish", "Irish"),
        Option("white_gypsy_or_irish_traveller", "Gypsy or Irish Traveller"),
        Option("white_other", "Any other White background", write_in=True),
    ),
    "mixed": (
        Option("mixed_white_and_black_caribbean", "White and Black Caribbean"),
        Option("mixed_white_and_black_african", "White and Black African"),
        Option("mixed_white_and_asian", "White and Asian"),
        Option("mixed_other", "Any other mixed or multiple ethnic background", write_in=True),
    ),
    "asian": (
        Option("asian_indian", "Indian"),
        Option("asian_pakistani", "Pakistani"),
        Option("asian_bangladeshi", "Bangladeshi"),
        Option("asian_chinese", "Chinese"),
        Option("asian_other", "Any other Asian background", write_in=True),
    ),
    "black": (
        Option("black_african", "African"),
        Option("black_caribbean", "Caribbean"),
        Option("black_other", "Any other Black, African or Caribbean background", write_in=True),
    ),
    "other": (
        Option("other_arab", "Arab"),
        Option("other_any", "Any other ethnic group", write_in=True),
    ),
}

_BACKGROUND_TEXTS = {
    "white": "Which of the following best describes your White background?",
    "mixed": "Which of the following best describes your mixed or multiple ethnic groups background?",
    "asian": "Which of the following best describes your Asian or Asian British background?",
    "black": "Which of the following best describes your Black, African, Caribbean or Black British background?",
    "other": "Which of the following best describes your background?",
}


def background_key(group: str) -> str:
    """The key of the question on the background within one of the five ethnic groups."""
    return f"ethnic_background_{group}"


def _page(slug: str, *questions: Question) -> Page:
    return Page(slug, questions[0].text, questions)


def _background_page(group: str) -> Page:
    return _page(
        f"ethnic-background-{group}",
        Question(
            key=background_key(group),
            text=_BACKGROUND_TEXTS[group],
            options=(*BACKGROUNDS[group], _PREFER_NOT),
            only_if=("ethnic_group", frozenset({group})),
            write_in_label=_BACKGROUND_LABEL,
        ),
    )


QUESTION_SET: tuple[Page, ...] = (
    _page(
        "date-of-birth",
        Question(
            key=AGE,
            text="What is your date of birth?",
            options=(),
            hint="For example, 31 3 1980 – if you prefer not to say, continue without entering any information",
            prefer_not_divider=False,
        ),
    ),
    _page(
        "health-conditions",
        Question(
            key="health_condition",
            text="Do you have any physical or mental health conditions or illness lasting or expected to "
            "last 12 months or more?",
            options=(Option("yes", "Yes"), Option("no", "No"), _PREFER_NOT),
        ),
    ),
    _page(
        "day-to-day-activities",
        Question(
            key="activities_reduced",
            text="Do any of your conditions or illnesses reduce your ability to carry out day to day activities?",
            hint="For example eating, washing, walking or going shopping",
            options=(
                Option("a_lot", "Yes, a lot"),
                Option("a_little", "Yes, a little"),
                Option("not_at_all", "Not at all"),
                _PREFER_NOT,
            ),
            only_if=("health_condition", frozenset({"yes"})),
        ),
    ),
    _page(
        "ethnic-group",
        Question(
            key="ethnic_group",
            text="What is your ethnic group?",
            options=(*(Option(code, label) for code, label in ETHNIC_GROUPS), _PREFER_NOT),
        ),
    ),
    *(_background_page(group) for group, _ in ETHNIC_GROUPS),
    _page(
        "marital-status",
        Question(
            key="marital_status",
            text="What is your legal marital or registered civil partnership status?",
            options=(
                Option("never", "Never married and never registered in a civil partnership"),
                Option("married", "Married"),
                Option("civil_partnership", "In a registered civil partnership"),
                Option("separated_married", "Separated, but still legally married"),
                Option("separated_civil_partnership", "Separated, but still legally in a civil partnership"),
                Option("divorced", "Divorced"),
                Option("dissolved", "Formerly in a civil partnership which is now legally dissolved"),
                Option("widowed", "Widowed"),
                Option("surviving_partner", "Surviving partner from a registered civil partnership"),
                _PREFER_NOT,
            ),
        ),
    ),
    _page(
        "religion",
        Question(
            key="religion",
            text="What is your religion?",
            options=(
                Option("none", "No religion"),
                Option(
                    "christian",
                    "Christian",
                    hint="Including Church of England, Catholic, Protestant and all other Christian denominations",
                ),
                Option("buddhist", "Buddhist"),
                Option("hindu", "Hindu"),
                Option("jewish", "Jewish"),
                Option("muslim", "Muslim"),
                Option("sikh", "Sikh"),
                Option("other", "Any other religion", write_in=True),
                _PREFER_NOT,
            ),
            write_in_label="What is your religion? (optional)",
        ),
    ),
    Page(
        "sex-and-gender-identity",
        "Sex and gender identity",
        (
            Question(
                key="sex",
                text="What is your sex?",
                options=(Option("female", "Female"), Option("male", "Male"), _PREFER_NOT),
                prefer_not_divider=False,
            ),
            Question(
                key="gender_identity",
                text="Is the gender you identify with the same as your sex registered at birth?",
                options=(Option("same", "Yes"), Option("different", "No", write_in=True), _PREFER_NOT),
                prefer_not_divider=False,
                write_in_label="What is your gender identity? (optional)",
            ),
        ),
    ),
    _page(
        "sexual-orientation",
        Question(
            key="sexual_orientation",
            text="Which of the following best describes your sexual orientation?",
            options=(
                Option("heterosexual", "Heterosexual or straight"),
                Option("gay_or_lesbian", "Gay or lesbian"),
                Option("bisexual", "Bisexual"),
                Option("other", "Other", write_in=True),
                _PREFER_NOT,
            ),
            write_in_label="How would you describe your sexual orientation? (optional)",
        ),
    ),
)
