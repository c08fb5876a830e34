"""The copy of an application that its writer keeps: everything they entered, as plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from recruitment.rules.applications import ADJUSTMENTS
from recruitment.rules.campaigns import QuestionKind
from recruitment.rules.drafts import AskedQuestion, Draft
from recruitment.rules.eligibility import DECLARED_TITLES, REQUIREMENT_TITLES, Declared, Requirement
from recruitment.rules.hidden_passages import Passages, own_passages

_NOT_PROVIDED = "Not provided"
_NOT_PRINTED = (
    "We noted what you said of the requirements, of adjustments, of the Disability Confident scheme and of people "
    "you know here. It is not in this copy, because somebody prints it. Ask us if you want to hear it again."
)
_ADJUSTMENT_LABELS = dict(ADJUSTMENTS)


def education_lines(draft: Draft) -> list[str]:
    """One line for each place of study, with its years where they were given."""
    lines = []
    for entry in draft.education:
        years = " to ".join(year for year in (entry.from_year, entry.to_year) if year)
        lines.append(f"{entry.institution} ({years})" if years else entry.institution)
    return lines


def adjustment_lines(draft: Draft) -> list[str]:
    asked = [_ADJUSTMENT_LABELS.get(code, code) for code in draft.requests.adjustments]
    return asked + ([draft.requests.adjustments_detail] if draft.requests.adjustments_detail else [])


def eligibility_lines(draft: Draft) -> list[str]:
    """One line for each requirement that was answered."""
    lines = []
    for one in draft.eligibility:
        said = DECLARED_TITLES[Declared(one.declared)]
        line = f"{REQUIREMENT_TITLES[Requirement(one.requirement)]}: {said}"
        lines.append(f"{line} ({one.detail})" if one.detail else line)
    return lines


def relationship_lines(draft: Draft) -> list[str]:
    return [f"{one.person}: {one.nature}" if one.nature else one.person for one in draft.relationships]


def yes_or_no(draft: Draft, section: str, is_yes: bool) -> str:
    """Yes or No for a question that was answered, and nothing for one that was not."""
    if section not in draft.done:
        return ""
    return "Yes" if is_yes else "No"


def _chosen(text: str, places: Passages, name: str) -> Iterator[tuple[str, str]]:
    if words := own_passages(text, places):
        yield name, "\n".join(words)


def _parts(
    draft: Draft,
    questions: Sequence[AskedQuestion],
    vacancies: Sequence[str],
    cv_texts: Mapping[str, str],
    say: Callable[[str], str],
    is_printed: bool,
) -> Iterator[tuple[str, str]]:
    yield "Full name", draft.full_name
    yield "Name you like to be called", draft.preferred_name
    yield "Previous names", "\n".join(draft.previous_names)
    yield "Where you have studied", "\n".join(education_lines(draft))
    yield "Email address", draft.email
    yield "Telephone number", draft.phone
    yield "Address", "\n".join([*draft.address_lines, draft.postcode]).strip()
    if draft.eligibility and not is_printed:
        yield "Requirements of the job", "\n".join(eligibility_lines(draft))
    yield "Vacancies", "\n".join(vacancies)
    for question in questions:
        key = str(question.id)
        is_cv = question.kind is QuestionKind.CV
        name = f"{question.text} (the text of your file)" if is_cv else question.text
        text = cv_texts.get(key, "") if is_cv else draft.answers.get(key, "")
        yield name, text
        yield from _chosen(text, draft.hidden.get(key, ()), "Words that you have hidden there")
        yield from _chosen(text, draft.disputed.get(key, ()), "Hidden words that you asked us to show there")
    if is_printed:
        yield "What else we asked you", say(_NOT_PRINTED)
        return
    adjustments = "\n".join(map(say, adjustment_lines(draft)))
    yield "Adjustments", adjustments or (say("None") if "adjustments" in draft.done else "")
    scheme = yes_or_no(draft, "disability_confident", draft.requests.disability_confident)
    yield "Apply under Disability Confident", say(scheme)
    people = "\n".join(relationship_lines(draft))
    yield "People you know at the organisation", people or (say("None") if "relationships" in draft.done else "")


def written_copy(
    *,
    organisation: str,
    title: str,
    draft: Draft,
    questions: Sequence[AskedQuestion],
    vacancies: Sequence[str],
    cv_texts: Mapping[str, str],
    say: Callable[[str], str] = str,
    is_printed: bool = False,
) -> str:
    """A whole draft in plain text; `vacancies` are titles, `cv_texts` question id -> text that was read.

    `say` puts what is not the writer's own in their language. `is_printed`: a colleague reads it, who is to learn
    nothing of a disability or of who knows whom (UK GDPR Articles 5(1)(c) and 9).
    """
    parts = [say(f"Application to {organisation}: {title}")]
    for name, value in _parts(draft, questions, vacancies, cv_texts, say, is_printed):
        title_of = say(name)
        parts.append(f"{title_of}\n{'-' * min(len(title_of), 60)}\n{value.strip() or say(_NOT_PROVIDED)}")
    return "\n\n".join(parts) + "\n"
