"""“Enter an application for somebody”: for which campaign, how it came; what is under way; throwing one away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for

from recruitment.rules.applications import count_words
from recruitment.rules.campaigns import QuestionKind
from recruitment.rules.drafts import AskedQuestion, Draft
from recruitment.rules.entries import FORMAT_TITLES, Acquaintance, EntryFormat, can_be_reached
from recruitment.rules.errors import Invalid, NotFound, TooLate
from recruitment.services.entries import (
    OpenEntry,
    ask_time_for,
    begin_entry,
    drop_entry,
    list_enterable,
    list_entries,
    start_writing,
)
from recruitment.services.entry_handovers import list_left
from recruitment.web import forms
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.entries import entries
from recruitment.web.entries.saving import entry_of, page
from recruitment.web.filters import moment_in_words
from recruitment.web.forms import Option, PageForm
from recruitment.web.site import acting, desk

_LONGEST = 90
KNOWN = (
    Option(Acquaintance.NO, "No"),
    Option(Acquaintance.YES, "Yes"),
    Option(Acquaintance.ALONE, "Yes, and no colleague can do this instead"),
)


def _begin_form() -> Any:
    campaigns = list_enterable(reading(), actor=acting(), desk=desk())
    fields = {
        "campaign": forms.radios(
            "Which campaign?",
            [
                Option(
                    one.id.hex,
                    one.title,
                    hint=f"Closed at {moment_in_words(one.closes_at)}. The candidate needs more time"
                    if one.is_late
                    else f"Closes at {moment_in_words(one.closes_at)}",
                )
                for one in campaigns
            ],
            hint="Those that take applications, and in which you have no part",
            required="Select the campaign",
        ),
        "format": forms.radios(
            "How does the application come?",
            [Option(one, title) for one, title in FORMAT_TITLES.items()],
            required="Select how the application comes",
        ),
        "known": forms.radios(
            "Are you related to the candidate, or do you know them?",
            KNOWN,
            hint="Family, friends, neighbours, and people you work or worked with",
            required="Say whether you know the candidate",
        ),
    }
    form = type("BeginForm", (PageForm,), fields)()
    form.has_campaigns = bool(campaigns)
    return form


@entries.route("", methods=["GET", "POST"])
@allow(Audience.STAFF)
def home() -> Any:
    form = _begin_form()
    if form.validate_on_submit():
        try:
            with writing() as session:
                entered_id = begin_entry(
                    session,
                    actor=acting(),
                    desk=desk(),
                    campaign_id=UUID(hex=form.campaign.data),
                    entry_format=EntryFormat(form.format.data),
                    known=Acquaintance(form.known.data),
                )
            return redirect(url_for("entries.tasks", entered_id=entered_id), 303)
        except Invalid as refusal:
            form.known.errors = [refusal.sentence]
        except (TooLate, NotFound):
            form.campaign.errors = ["This campaign takes no applications from you any more: select another"]
    found = list_entries(reading(), actor=acting(), desk=desk())
    left = list_left(reading(), actor=acting(), desk=desk())
    shown = render_template("entries/home.html", form=form, found=found, left=left, formats=FORMAT_TITLES)
    return shown, 400 if form.errors else 200


@dataclass(frozen=True)
class Task:
    title: str
    href: str
    is_done: bool
    is_optional: bool = False
    hint: str = ""


def _is_answered(draft: Draft, question: AskedQuestion) -> bool:
    words = count_words(draft.answers.get(str(question.id), ""))
    return words > 0 and (question.kind is QuestionKind.CV or words <= question.word_limit)


def title_of(question: AskedQuestion, number: int, of: int) -> str:
    """What a question is called in lists."""
    if question.kind is QuestionKind.CV:
        return "CV"
    return "Statement" if question.kind is QuestionKind.STATEMENT and of == 1 else f"Question {number}"


def groups_of(entry: OpenEntry, draft: Draft) -> list[tuple[str, list[Task]]]:
    advert, done = entry.advert, draft.done

    def at(part: str) -> str:
        return url_for("entries.section", entered_id=entry.id, part=part)

    about = [
        Task("Name", at("name"), bool(draft.full_name)),
        Task("How to reach them", at("contact"), "contact" in done and can_be_reached(draft)),
        Task("Where they have studied", at("education"), "education" in done, is_optional=True),
    ]
    if advert.requirements:
        about.append(Task("Requirements of the job", at("requirements"), "eligibility" in done))
    answers = []
    if len(advert.vacancies) > 1:
        answers.append(Task("Vacancies they apply for", at("vacancies"), bool(draft.vacancies)))
    for number, one in enumerate(advert.questions, 1):
        short = one.text if len(one.text) <= _LONGEST else one.text[: _LONGEST - 1] + "…"
        answers.append(
            Task(
                title_of(one, number, len(advert.questions)),
                url_for("entries.question", entered_id=entry.id, question_id=one.id),
                _is_answered(draft, one),
                hint=short,
            )
        )
    apart = [
        Task("Adjustments", at("adjustments"), "adjustments" in done),
        Task("Disability Confident scheme", at("disability-confident"), "disability_confident" in done),
        Task("People they know", at("people-they-know"), "relationships" in done),
    ]
    return [("About the candidate", about), ("What shortlisters score", answers), ("Fair treatment", apart)]


@entries.get("/<uuid:entered_id>")
@allow(Audience.STAFF)
def tasks(entered_id: UUID) -> str:
    entry = entry_of(entered_id)
    groups = groups_of(entry, entry.draft.content) if entry.draft else []
    needed = [task for _, group in groups for task in group if not task.is_optional]
    return page(
        "tasks",
        entry,
        groups=groups,
        done=sum(task.is_done for task in needed),
        of=len(needed),
        now=desk().now,
        formats=FORMAT_TITLES,
    )


@entries.post("/<uuid:entered_id>/more-time")
@allow(Audience.STAFF)
def more_time(entered_id: UUID) -> Any:
    """Ask for more time in the candidate's name, or begin to type once it was given."""
    entry = entry_of(entered_id)
    with writing() as session:
        if entry.draft is None and entry.time and entry.time.can_write:
            start_writing(session, actor=acting(), desk=desk(), entry_id=entered_id)
        else:
            ask_time_for(session, actor=acting(), desk=desk(), entry_id=entered_id)
    return redirect(url_for("entries.tasks", entered_id=entered_id), 303)


@entries.route("/<uuid:entered_id>/throw-away", methods=["GET", "POST"])
@allow(Audience.STAFF)
def drop(entered_id: UUID) -> Any:
    entry, form = entry_of(entered_id), PageForm()
    if not form.validate_on_submit():
        return page("drop", entry, form)
    try:
        with writing() as session:
            drop_entry(session, actor=acting(), desk=desk(), entry_id=entered_id)
    except Invalid:
        return redirect(url_for("entries.home"), 303)
    flash("What you typed is thrown away.")
    return redirect(url_for("entries.home"), 303)
