"""Who has which role in a campaign."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotFound, TooLate
from recruitment.rules.permissions import ROLE_TITLES, Permission, Role
from recruitment.services.campaign_plans import list_colleagues, list_people, read_facts
from recruitment.services.roles import ASSIGNABLE, give_role, take_role
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import Option, PageForm, radios, select, stored_as
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved
from recruitment.web.site import acting, staff_desk

_DOES = {
    Role.RECRUITER: "Prepares the campaign, arranges the sift, draws the line, freezes the shortlist",
    Role.SHORTLISTER: "Scores anonymous answers",
    Role.CLEARER: "Decides on hidden passages before the sift",
    Role.DEPUTY: "Agrees to the reveal in place of the panel chair",
    Role.PANEL_CHAIR: "Agrees to the reveal, scores interviews, decides outcomes",
    Role.PANEL_MEMBER: "Scores interviews",
    Role.INCLUSION_LEAD: "Scores interviews and leads on inclusion",
    Role.ANALYST: "Releases the funnel; scores nothing",
    Role.AUDITOR: "Reads the trail; holds no other role",
}


def _role_form(colleagues: list[tuple[UUID, str, str]]) -> type[PageForm]:
    everybody = (SelectChoice(key.hex, f"{name} ({email})") for key, name, email in colleagues)
    choices = [SelectChoice("", "Choose a person"), *everybody]
    options = [Option(role, ROLE_TITLES[role], hint=_DOES[role]) for role in ASSIGNABLE]
    fields = {
        "person": select("Person", choices, required="Choose a person"),
        "role": radios("Role", options, required="Select a role"),
    }
    return type("RoleForm", (PageForm,), fields)


def _page(campaign_id: UUID, form: Any = None, refusal: str = "") -> tuple[str, int]:
    session, actor = reading(), acting()
    facts = read_facts(session, actor=actor, campaign_id=campaign_id, permission=Permission.EDIT_CAMPAIGN)
    people = list_people(session, actor=actor, campaign_id=campaign_id)
    if form is None:
        form = _role_form(list_colleagues(session, actor=actor, campaign_id=campaign_id))(formdata=None)
    sent_for = request.form.get("person", "")
    page = render_template(
        "recruiter/people/people.html",
        facts=facts,
        people=people,
        form=form,
        titles=ROLE_TITLES,
        order=ASSIGNABLE,
        refusal=refusal,
        typed_aside=stored_as(request.form.get("set_aside", "")),
        # Of nobody on the page, it is kept in every box.
        typed_for=sent_for if sent_for in {one.id.hex for one in people} else "",
    )
    return page, 400 if form.errors or refusal else 200


@recruiter.get("/campaigns/<uuid:campaign_id>/people")
@allow(Permission.EDIT_CAMPAIGN)
def people(campaign_id: UUID) -> tuple[str, int]:
    return _page(campaign_id)


@recruiter.post("/campaigns/<uuid:campaign_id>/people")
@allow(Permission.EDIT_CAMPAIGN)
def give(campaign_id: UUID) -> Any:
    form: Any = _role_form(list_colleagues(reading(), actor=acting(), campaign_id=campaign_id))()

    def act(session: Any) -> None:
        give_role(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            person_id=UUID(hex=form.person.data),
            role=Role(form.role.data),
        )

    try:
        if is_saved(form, act):
            return saved("The role is given.", "recruiter.people", campaign_id=campaign_id)
    except TooLate as refusal:
        form.role.errors = [refusal.sentence]
    return _page(campaign_id, form)


@recruiter.post("/campaigns/<uuid:campaign_id>/people/take")
@allow(Permission.EDIT_CAMPAIGN)
def take(campaign_id: UUID) -> Any:
    try:
        person_id, role = UUID(hex=request.form.get("person", "")), Role(request.form.get("role", ""))
    except ValueError:
        raise NotFound from None
    actor = acting()
    try:
        with writing() as session:
            take_role(
                session,
                actor=actor,
                desk=staff_desk(),
                campaign_id=campaign_id,
                person_id=person_id,
                role=role,
                set_aside=stored_as(request.form.get("set_aside", "")),
            )
    except (Invalid, TooLate) as refusal:
        return _page(campaign_id, refusal=refusal.sentence)
    if role is Role.RECRUITER and person_id == actor.id:
        flash("You are no longer a recruiter of that campaign.")
        return redirect(url_for("recruiter.home"), 303)
    facts = read_facts(reading(), actor=actor, campaign_id=campaign_id)
    if role is Role.SHORTLISTER and facts.state is CampaignState.SIFTING:
        # Their answers are not handed on by themselves: the page of the sift shows which are short of somebody.
        words = "The role is taken away. Hand the answers that are short of a shortlister over to others."
        return saved(words, "recruiter.sift", campaign_id=campaign_id)
    return saved("The role is taken away.", "recruiter.people", campaign_id=campaign_id)
