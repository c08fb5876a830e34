"""A draft as rows of questions and answers, for checking and for reading after closing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for

from recruitment.rules.application_copies import (
    adjustment_lines,
    education_lines,
    eligibility_lines,
    relationship_lines,
    written_copy,
    yes_or_no,
)
from recruitment.rules.campaigns import QuestionKind
from recruitment.services.drafts import OpenDraft, read_documents
from recruitment.services.vacancies import AdvertisedCampaign
from recruitment.web.access import reading
from recruitment.web.messages import say, say_made
from recruitment.web.site import desk


@dataclass(frozen=True)
class Row:
    """`change` is empty where nothing can be changed any more."""

    label: str
    value: str
    change: str = ""


def _vacancy_titles(draft: OpenDraft, advert: AdvertisedCampaign) -> list[str]:
    if len(advert.vacancies) == 1:
        return [advert.vacancies[0].title]
    first = draft.content.first_choice
    return [
        f"{one.title} (first choice)" if str(one.id) == first else one.title
        for one in advert.vacancies
        if str(one.id) in draft.content.vacancies
    ]


def _cv_texts(draft: OpenDraft) -> dict[str, str]:
    found = read_documents(reading(), desk=desk(), draft=draft)
    return {str(question_id): document.text for question_id, document in found.items()}


def summary_of(draft: OpenDraft, advert: AdvertisedCampaign, *, is_open: bool) -> list[tuple[str, list[Row]]]:
    """Sections of rows, each with the link that changes it while the campaign is open."""

    def change(view: str, **values: Any) -> str:
        if not is_open:
            return ""
        return url_for(f"candidate.{view}", campaign_id=advert.id, **values, **{"return": "check"})

    content, done = draft.content, draft.content.done
    about = [
        Row("Full name", content.full_name, change("names")),
        Row("Name you like to be called", content.preferred_name, change("names")),
        Row("Previous names", "\n".join(content.previous_names), change("names")),
        Row("Where you have studied", "\n".join(education_lines(content)), change("education")),
        Row("Email address", content.email, change("contact")),
        Row("Telephone number", content.phone, change("contact")),
        Row("Address", "\n".join([*content.address_lines, content.postcode]).strip(), change("contact")),
    ]
    if advert.requirements:
        about.append(Row("Requirements of the job", "\n".join(eligibility_lines(content)), change("eligibility")))
    adjustments = "\n".join(map(say, adjustment_lines(content))) or (say("None") if "adjustments" in done else "")
    people = "\n".join(relationship_lines(content)) or (say("None") if "relationships" in done else "")
    scheme = say(yes_or_no(content, "disability_confident", content.requests.disability_confident))
    apart = [
        Row("Adjustments", adjustments, change("adjustments")),
        Row("Apply under Disability Confident", scheme, change("disability_confident")),
        Row("People you know at the organisation", people, change("relationships")),
    ]
    return [
        ("About you", about),
        ("What shortlisters score", list(_scored(draft, advert, change))),
        ("Fair treatment", apart),
    ]


def _scored(draft: OpenDraft, advert: AdvertisedCampaign, change: Any) -> Iterator[Row]:
    if len(advert.vacancies) > 1:
        yield Row("Vacancies", "\n".join(_vacancy_titles(draft, advert)), change("chosen_vacancies"))
    texts = _cv_texts(draft) if draft.content.documents else {}
    for question in advert.questions:
        key = str(question.id)
        value = texts.get(key, "") if question.kind is QuestionKind.CV else draft.content.answers.get(key, "")
        yield Row(question.text, value, change("question", question_id=question.id))


def copy_of(draft: OpenDraft, advert: AdvertisedCampaign) -> str:
    return written_copy(
        organisation=advert.organisation,
        title=advert.title,
        draft=draft.content,
        questions=advert.questions,
        vacancies=_vacancy_titles(draft, advert),
        cv_texts=_cv_texts(draft),
        say=say_made,
    )
