"""Further equality questions and wordings that a body may choose; word for word, none of them asked unless chosen.

Sources: Census 2021 for England and Wales (Office for National Statistics); Government Statistical Service,
harmonised standard on long-lasting health conditions; Social Mobility Commission, "Measurement". A question to
which somebody may give several answers (national identity, kind of impairment) is not among them: its counts
would not add up to the people, and disclosure control rests on that.
"""

from __future__ import annotations

from recruitment.rules.equality_question_set import (
    BACKGROUNDS,
    ETHNIC_GROUPS,
    PREFER_NOT_TO_SAY,
    QUESTION_SET,
    Option,
    Page,
    Question,
    background_key,
)

_PREFER_NOT = Option(PREFER_NOT_TO_SAY, "Prefer not to say")
_YES_NO = (Option("yes", "Yes"), Option("no", "No"), _PREFER_NOT)
_BACKGROUND_LABEL = "How would you describe your background? (optional)"
_GOVUK = {page.key: page for page in QUESTION_SET}


def govuk(*keys: str) -> tuple[Page, ...]:
    """Pages of the GOV.UK pattern, by their keys."""
    return tuple(_GOVUK[key] for key in keys)


def of_page(key: str, question: str) -> tuple[Page, ...]:
    """One question of a page of the GOV.UK pattern that holds several."""
    page = _GOVUK[key]
    own = tuple(each for each in page.questions if each.key == question)
    return (Page(page.key, own[0].text, own),)


def _page(slug: str, key: str, text: str, options: tuple[Option, ...], *, hint: str = "") -> tuple[Page, ...]:
    return (Page(slug, text, (Question(key, text, options, hint=hint),)),)


def _background(group: str, name: str, options: tuple[Option, ...]) -> Page:
    text = f"Which of the following best describes your {name}background?"
    question = Question(
        background_key(group),
        text,
        (*options, _PREFER_NOT),
        only_if=("ethnic_group", frozenset({group})),
        write_in_label=_BACKGROUND_LABEL,
    )
    return Page(f"ethnic-background-{group}", text, (question,))


CENSUS_GROUPS = (
    ("asian", "Asian or Asian British"),
    ("black", "Black, Black British, Caribbean or African"),
    ("mixed", "Mixed or multiple ethnic groups"),
    ("white", "White"),
    ("other", "Other ethnic group"),
)
CENSUS_ETHNICITY: tuple[Page, ...] = (
    *_page(
        "ethnic-group",
        "ethnic_group",
        "What is your ethnic group?",
        (*(Option(code, label) for code, label in CENSUS_GROUPS), _PREFER_NOT),
    ),
    _background("asian", "Asian or Asian British ", BACKGROUNDS["asian"]),
    _background(
        "black",
        "Black, Black British, Caribbean or African ",
        (
            Option("black_caribbean", "Caribbean"),
            Option("black_african", "African", write_in=True),
            Option("black_other", "Any other Black, Black British, or Caribbean background", write_in=True),
        ),
    ),
    _background(
        "mixed",
        "mixed or multiple ethnic groups ",
        (
            *BACKGROUNDS["mixed"][:3],
            Option("mixed_other", "Any other Mixed or multiple ethnic background", write_in=True),
        ),
    ),
    _background(
        "white",
        "White ",
        (*BACKGROUNDS["white"][:3], Option("white_roma", "Roma"), BACKGROUNDS["white"][3]),
    ),
    _background("other", "", BACKGROUNDS["other"]),
)
FIVE_GROUPS = _page(
    "ethnic-group",
    "ethnic_group",
    "What is your ethnic group?",
    (*(Option(code, label) for code, label in ETHNIC_GROUPS), _PREFER_NOT),
)
HARMONISED_HEALTH = (
    *_page(
        "health-conditions",
        "health_condition",
        "Do you have any physical or mental health conditions or illnesses lasting or expected to last for 12 "
        "months or more?",
        _YES_NO,
    ),
    *govuk("day-to-day-activities"),
)
CENSUS_ORIENTATION: tuple[Page, ...] = (
    Page(
        "sexual-orientation",
        "Which of the following best describes your sexual orientation?",
        (
            Question(
                "sexual_orientation",
                "Which of the following best describes your sexual orientation?",
                (
                    Option("heterosexual", "Straight or Heterosexual"),
                    Option("gay_or_lesbian", "Gay or Lesbian"),
                    Option("bisexual", "Bisexual"),
                    Option("other", "Other sexual orientation", write_in=True),
                    _PREFER_NOT,
                ),
                write_in_label="How would you describe your sexual orientation? (optional)",
            ),
        ),
    ),
)
PREGNANCY = _page(
    "pregnancy-and-maternity",
    "pregnancy_maternity",
    "Are you currently pregnant, or have you been on maternity leave in the last 12 months?",
    _YES_NO,
)
CARING = _page(
    "caring",
    "caring",
    "Do you look after, or give any help or support to, anyone because they have long-term physical or mental "
    "health conditions or illnesses, or problems related to old age?",
    (
        Option("no", "No"),
        Option("to_9", "Yes, 9 hours a week or less"),
        Option("10_to_19", "Yes, 10 to 19 hours a week"),
        Option("20_to_34", "Yes, 20 to 34 hours a week"),
        Option("35_to_49", "Yes, 35 to 49 hours a week"),
        Option("from_50", "Yes, 50 or more hours a week"),
        _PREFER_NOT,
    ),
)
CHILDREN = _page("caring-for-children", "caring_children", "Do you care for a child or children?", _YES_NO)
WORKING_PATTERN = _page(
    "working-pattern",
    "working_pattern",
    "Which working pattern are you looking for?",
    (
        Option("full_time", "Full time"),
        Option("part_time", "Part time"),
        Option("job_share", "Job share"),
        Option("flexible", "Flexible"),
        _PREFER_NOT,
    ),
)
HOUSEHOLD_EARNER = _page(
    "household-earner",
    "household_earner",
    "What was the occupation of your main household earner when you were about aged 14?",
    (
        Option(
            "modern_professional",
            "Modern professional & traditional professional occupations",
            hint="Such as: teacher, nurse, physiotherapist, social worker, musician, police officer (sergeant or "
            "above), software designer, accountant, solicitor, medical practitioner, scientist, civil / "
            "mechanical engineer.",
        ),
        Option(
            "senior_manager",
            "Senior, middle or junior managers or administrators",
            hint="Such as: finance manager, chief executive, large business owner, office manager, retail "
            "manager, bank manager, restaurant manager, warehouse manager.",
        ),
        Option(
            "clerical",
            "Clerical and intermediate occupations",
            hint="Such as: secretary, personal assistant, call centre agent, clerical worker, nursery nurse.",
        ),
        Option(
            "technical",
            "Technical and craft occupations",
            hint="Such as: motor mechanic, plumber, printer, electrician, gardener, train driver.",
        ),
        Option(
            "routine",
            "Routine, semi-routine manual and service occupations",
            hint="Such as: postal worker, machine operative, security guard, caretaker, farm worker, catering "
            "assistant, sales assistant, HGV driver, cleaner, porter, packer, labourer, waiter/waitress, "
            "bar staff.",
        ),
        Option(
            "unemployed",
            "Long-term unemployed",
            hint="Claimed Jobseeker’s Allowance or earlier unemployment benefit for more than a year.",
        ),
        Option(
            "small_business",
            "Small business owners who employed less than 25 people",
            hint="Such as: corner shop owners, small plumbing companies, retail shop owner, single restaurant or "
            "cafe owner, taxi owner, garage owner.",
        ),
        Option("other", "Other", hint="Such as: retired, this question does not apply to me, I don’t know."),
        Option(PREFER_NOT_TO_SAY, "I prefer not to say"),
    ),
)
_SCHOOL = "Which type of school did you attend for the most time between the ages of 11 and 16?"
_STATE = Option("state", "A state-run or state-funded school")
_INDEPENDENT = Option("independent", "Independent or fee-paying school")
_SCHOOL_REST = (
    Option("abroad", "Attended school outside the UK"),
    Option("not_known", "I don’t know"),
    _PREFER_NOT,
)
SCHOOL_TYPE = _page("school-type", "school_type", _SCHOOL, (_STATE, _INDEPENDENT, *_SCHOOL_REST))
SCHOOL_WITH_BURSARY = _page(
    "school-type",
    "school_type",
    _SCHOOL,
    (
        _STATE,
        _INDEPENDENT,
        Option(
            "independent_bursary",
            "Independent or fee-paying school, where I received a bursary covering 90% or more of my tuition",
        ),
        *_SCHOOL_REST,
    ),
)
FREE_MEALS = _page(
    "free-school-meals",
    "free_school_meals",
    "If you finished school after 1980, were you eligible for free school meals at any point during your school "
    "years?",
    (
        Option("yes", "Yes"),
        Option("no", "No"),
        Option("not_applicable", "Not applicable (finished school before 1980 or went to school overseas)"),
        Option("not_known", "I don’t know"),
        _PREFER_NOT,
    ),
)
PARENTS = _page(
    "parental-qualification",
    "parental_qualification",
    "What is the highest level of qualification achieved by either of your parent(s) or guardian(s) by the time "
    "you were 18?",
    (
        Option("above_degree", "Above degree level"),
        Option("degree", "Degree or equivalent"),
        Option("below_degree", "Below degree level"),
        Option("none", "No qualifications"),
        Option("not_known", "I don’t know"),
        Option("not_applicable", "Not applicable"),
        _PREFER_NOT,
    ),
)

COUNTED_AS: dict[str, dict[str, str]] = {
    "ethnic_background": {"white_roma": "white_other"},
    "school_type": {"independent_bursary": "independent"},
    "caring": {
        "to_9": "to_19",
        "10_to_19": "to_19",
        "20_to_34": "20_to_49",
        "35_to_49": "20_to_49",
    },
    "household_earner": {
        "modern_professional": "professional",
        "senior_manager": "professional",
        "clerical": "intermediate",
        "small_business": "intermediate",
        "technical": "lower",
        "routine": "lower",
        "unemployed": "lower",
    },
}
"""Answers that are counted in a wider group, so that every wording of a question has the same groups; the page on
which a body chooses says so."""

FURTHER_CHARACTERISTICS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("pregnancy_maternity", "Pregnancy and maternity", (("yes", "Yes"), ("no", "No"))),
    (
        "caring",
        "Unpaid care",
        (
            ("no", "No unpaid care"),
            ("to_19", "19 hours a week or less"),
            ("20_to_49", "20 to 49 hours a week"),
            ("from_50", "50 or more hours a week"),
        ),
    ),
    ("caring_children", "Caring for children", (("yes", "Yes"), ("no", "No"))),
    (
        "working_pattern",
        "Working pattern sought",
        tuple((option.code, option.label) for option in WORKING_PATTERN[0].questions[0].options[:-1]),
    ),
    (
        "household_earner",
        "Socio-economic background",
        (
            ("professional", "Professional"),
            ("intermediate", "Intermediate"),
            ("lower", "Lower"),
            ("other", "Other, or does not know"),
        ),
    ),
    (
        "school_type",
        "Type of school",
        (
            ("state", "State-run or state-funded"),
            ("independent", "Independent or fee-paying"),
            ("abroad", "Outside the UK"),
            ("not_known", "Does not know"),
        ),
    ),
    (
        "free_school_meals",
        "Eligible for free school meals",
        (("yes", "Yes"), ("no", "No"), ("not_applicable", "Not applicable"), ("not_known", "Does not know")),
    ),
    (
        "parental_qualification",
        "Highest qualification of a parent",
        (
            ("above_degree", "Above degree level"),
            ("degree", "Degree or equivalent"),
            ("below_degree", "Below degree level"),
            ("none", "No qualifications"),
            ("not_known", "Does not know"),
            ("not_applicable", "Not applicable"),
        ),
    ),
)
"""The groups of these questions as they are counted, without the ways of keeping silent."""
