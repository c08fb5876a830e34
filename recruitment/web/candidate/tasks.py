"""The task list of an application, and the draft as it can still be read after closing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, url_for

from recruitment.rules.applications import count_words
from recruitment.rules.campaigns import QuestionKind
from recruitment.rules.drafts import AskedQuestion, Draft
from recruitment.services.candidate_accounts import has_standing_application
from recruitment.services.vacancies import AdvertisedCampaign
from recruitment.web.access import Audience, allow, reading
from recruitment.web.candidate import candidate
from recruitment.web.candidate.answers_shown import summary_of
from recruitment.web.candidate.prompting import told_after_saving
from recruitment.web.candidate.saving import advert_of, own_draft
from recruitment.web.site import acting, desk

_LONGEST_TITLE = 90


@dataclass(frozen=True)
class Task:
    title: str
    href: str
    status: str
    hint: str = ""


def short_title(question: AskedQuestion, number: int, of: int) -> str:
    """What a question is called in lists: its own words when they are few."""
    if question.kind is QuestionKind.CV:
        return "Your CV"
    return "Your statement" if question.kind is QuestionKind.STATEMENT and of == 1 else f"Question {number}"


def _is_answered(draft: Draft, question: AskedQuestion) -> bool:
    if question.kind is QuestionKind.CV:
        return str(question.id) in draft.documents
    return 0 < count_words(draft.answers.get(str(question.id), "")) <= question.word_limit


def groups_of(draft: Draft, advert: AdvertisedCampaign) -> list[tuple[str, list[Task]]]:
    def at(view: str, **values: Any) -> str:
        return url_for(f"candidate.{view}", campaign_id=advert.id, **values)

    def status(is_done: bool) -> str:
        return "Completed" if is_done else "Incomplete"

    about = [
        Task("Your name", at("names"), status(bool(draft.full_name))),
        Task(
            "Where you have studied",
            at("education"),
            "Completed" if "education" in draft.done else "Optional",
        ),
        Task("How to contact you", at("contact"), status("contact" in draft.done and bool(draft.email))),
    ]
    if advert.requirements:
        about.append(Task("Requirements of the job", at("eligibility"), status("eligibility" in draft.done)))
    answers = []
    if len(advert.vacancies) > 1:
        answers.append(
            Task("Vacancies you are applying for", at("chosen_vacancies"), status(bool(draft.vacancies)))
        )
    for number, question in enumerate(advert.questions, 1):
        text = question.text if len(question.text) <= _LONGEST_TITLE else question.text[: _LONGEST_TITLE - 1] + "…"
        title = short_title(question, number, len(advert.questions))
        answers.append(
            Task(
                title,
                at("question", question_id=question.id),
                status(_is_answered(draft, question)),
                "" if text == title else text,
            )
        )
    asked_apart = [
        Task("Adjustments", at("adjustments"), status("adjustments" in draft.done)),
        Task(
            "Disability Confident scheme",
            at("disability_confident"),
            status("disability_confident" in draft.done),
        ),
        Task("People you know", at("relationships"), status("relationships" in draft.done)),
    ]
    return [
        ("About you", about),
        ("What shortlisters score", answers),
        ("Fair treatment", asked_apart),
    ]


@candidate.get("/campaigns/<uuid:campaign_id>/application")
@allow(Audience.CANDIDATE)
def tasks(campaign_id: UUID) -> str:
    draft = own_draft(campaign_id)
    advert = advert_of(campaign_id)
    if draft.is_closed:
        return render_template(
            "candidate/application/closed.html", advert=advert, parts=summary_of(draft, advert, is_open=False)
        )
    missing = advert.missing(draft.content)
    groups = groups_of(draft.content, advert)
    every = [task for _, group in groups for task in group if task.status != "Optional"]
    return render_template(
        "candidate/application/tasks.html",
        advert=advert,
        now=desk().now,
        groups=groups,
        done=sum(1 for task in every if task.status == "Completed"),
        of=len(every),
        is_complete=not missing,
        written=told_after_saving(draft, advert),
        is_beside=has_standing_application(reading(), actor=acting(), campaign_id=campaign_id),
    )
