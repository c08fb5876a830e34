"""Arranging the interview panel: who sits, what its rules find, and what stands in the way of booking."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, url_for

from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.errors import NotFound
from recruitment.rules.panels import RULES, composition_rules
from recruitment.rules.permissions import PANEL_ROLES, ROLE_TITLES, Permission
from recruitment.services.campaign_plans import list_people, read_facts
from recruitment.services.inclusion_questions import choose_question, list_inclusion_questions
from recruitment.services.panel_arrangements import (
    LONGEST_QUESTION,
    MOST_QUESTIONS,
    Arrangements,
    PackQuestion,
    arrange_panel,
    read_arrangements,
    read_pack,
    write_inclusion_question,
    write_pack,
)
from recruitment.services.panel_checks import keep_check, prepare_check
from recruitment.services.panel_standings import read_standing
from recruitment.services.waivers import LONGEST, ask_waiver, give_reason
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import Option, PageForm, date, long_text, radios, text
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_PANEL = "/campaigns/<uuid:campaign_id>/panel-arrangements"


def _facts(campaign_id: UUID) -> Any:
    return read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.ARRANGE_PANEL)


@recruiter.get(_PANEL)
@allow(Permission.ARRANGE_PANEL)
def panel_page(campaign_id: UUID) -> Any:
    session, actor = reading(), acting()
    facts = _facts(campaign_id)
    people = list_people(session, actor=actor, campaign_id=campaign_id)
    standing = read_standing(session, actor=actor, desk=staff_desk(), campaign_id=campaign_id)
    return shown(
        "recruiter/panels/panel.html",
        PageForm(formdata=None),
        facts=facts,
        panel=[(person, sorted(person.roles & PANEL_ROLES)) for person in people if person.roles & PANEL_ROLES],
        titles=ROLE_TITLES,
        standing=standing,
        arrangements=standing.arrangements,
        pack=read_pack(session, actor=actor, campaign_id=campaign_id),
        waivers=standing.waivers,
        is_changeable=not has_reached(facts.state, CampaignState.DECIDED),
        is_revealed=facts.state is CampaignState.REVEALED,
        rules=RULES,
    )


@recruiter.post(f"{_PANEL}/check")
@allow(Permission.ARRANGE_PANEL)
def check_panel(campaign_id: UUID) -> Any:
    """Check the panel as it would be booked: its composition is opened for this, with a record."""
    checked = prepare_check(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    with writing() as session:
        keep_check(session, actor=acting(), desk=staff_desk(), checked=checked)
    return saved("The panel is checked as it stands.", "recruiter.panel_page", campaign_id=campaign_id)


class DetailsForm(PageForm):
    directorate = text("Directorate of the post", hint="So that somebody independent of it can be found", width=20)
    grade = text("Grade of the post", hint="Leave it empty to take the vacancies’ grade", width=10)
    first_day = date("First day of interviews (optional)", noun="The first day")
    last_day = date("Last day of interviews (optional)", noun="The last day")


@recruiter.route(f"{_PANEL}/details", methods=["GET", "POST"])
@allow(Permission.ARRANGE_PANEL)
def panel_details(campaign_id: UUID) -> Any:
    facts = _facts(campaign_id)
    held = read_arrangements(reading(), actor=acting(), campaign_id=campaign_id)
    form: Any = DetailsForm(
        directorate=held.directorate, grade=held.grade, first_day=held.first_day, last_day=held.last_day
    )

    def keep(session: Any) -> None:
        arrange_panel(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            arrangements=Arrangements(
                form.directorate.data or "", form.grade.data or "", form.first_day.data, form.last_day.data
            ),
        )

    if is_saved(form, keep):
        return saved("The arrangements are saved.", "recruiter.panel_page", campaign_id=campaign_id)
    return shown("recruiter/panels/details.html", form, facts=facts)


@recruiter.route(f"{_PANEL}/question", methods=["GET", "POST"])
@allow(Permission.ARRANGE_PANEL)
def panel_question(campaign_id: UUID) -> Any:
    """The inclusion question: one of the approved library, or words of one's own."""
    facts = _facts(campaign_id)
    library = list_inclusion_questions(reading(), actor=acting(), is_usable=True)
    options = [Option(each.id.hex, each.text, hint=f"Approved by {each.approved_by}") for each in library]
    options.append(
        Option(
            "own",
            "Words of your own",
            hint="The rules will say that it is not approved",
            reveals="own_words",
            reveals_required="Enter the inclusion question",
        )
    )
    fields = {
        "question": radios("Which question?", options, required="Select a question"),
        "own_words": long_text("Inclusion question", max_length=LONGEST_QUESTION, rows=3),
    }
    form: Any = type("QuestionForm", (PageForm,), fields)(
        own_words=facts.inclusion_question, question="" if library else "own"
    )

    def keep(session: Any) -> None:
        asked = {"actor": acting(), "desk": staff_desk(), "campaign_id": campaign_id}
        if form.question.data == "own":
            write_inclusion_question(session, **asked, text=form.own_words.data or "")
        else:
            choose_question(session, **asked, question_id=UUID(hex=form.question.data))

    if is_saved(form, keep, inclusion_question="own_words"):
        return saved("The inclusion question is saved.", "recruiter.panel_page", campaign_id=campaign_id)
    return shown("recruiter/panels/question.html", form, facts=facts, library=library)


class PackForm(PageForm):
    questions = long_text(
        "Questions, one on each line",
        hint="Everybody is asked the same ones, in this order. The inclusion question comes by itself.",
        rows=10,
    )


@recruiter.route(f"{_PANEL}/pack", methods=["GET", "POST"])
@allow(Permission.ARRANGE_PANEL)
def panel_pack(campaign_id: UUID) -> Any:
    facts = _facts(campaign_id)
    pack = read_pack(reading(), actor=acting(), campaign_id=campaign_id)
    form: Any = PackForm(questions="\n".join(each.text for each in pack.questions))

    def keep(session: Any) -> None:
        lines = [line.strip() for line in (form.questions.data or "").split("\n") if line.strip()]
        write_pack(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            questions=[PackQuestion(line) for line in lines],
        )

    if is_saved(form, keep):
        return saved("The questions are saved.", "recruiter.panel_page", campaign_id=campaign_id)
    return shown("recruiter/panels/pack.html", form, facts=facts, most=MOST_QUESTIONS)


class ReasonForm(PageForm):
    reason = long_text(
        "Why does the panel go ahead?", required="Say why the panel goes ahead", max_length=LONGEST, rows=4
    )
    who_was_asked = long_text(
        "Who was asked, and when?",
        hint="Groups, networks or advisers. If nobody could be asked, say so.",
        required="Say who was asked, and when",
        max_length=LONGEST,
        rows=3,
    )


def _reasoned(campaign_id: UUID, rule: str, act: Any, sentence: str, template: str) -> Any:
    if rule not in RULES:
        raise NotFound
    facts = _facts(campaign_id)
    form: Any = ReasonForm()

    def keep(session: Any) -> None:
        act(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            rule=rule,
            reason=form.reason.data or "",
            who_was_asked=form.who_was_asked.data or "",
        )

    if is_saved(form, keep, rule="reason"):
        return saved(sentence, "recruiter.panel_page", campaign_id=campaign_id)
    standing = read_standing(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    finding = next((each for each in standing.findings if each.rule == rule), None)
    if finding is None:
        return redirect(url_for("recruiter.panel_page", campaign_id=campaign_id), 303)
    return shown(template, form, facts=facts, rule=RULES[rule], finding=finding)


@recruiter.route(f"{_PANEL}/waivers/<rule>", methods=["GET", "POST"])
@allow(Permission.ARRANGE_PANEL)
def panel_waiver(campaign_id: UUID, rule: str) -> Any:
    return _reasoned(
        campaign_id,
        rule,
        ask_waiver,
        "The waiver waits for somebody outside the campaign.",
        "recruiter/panels/waiver.html",
    )


@recruiter.route(f"{_PANEL}/reasons/<rule>", methods=["GET", "POST"])
@allow(Permission.ARRANGE_PANEL)
def panel_reason(campaign_id: UUID, rule: str) -> Any:
    if rule not in composition_rules():
        raise NotFound
    return _reasoned(campaign_id, rule, give_reason, "Your reason is recorded.", "recruiter/panels/reason.html")
