"""The people of the organisation, and the links that enrol them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for

from recruitment.rules.errors import Invalid
from recruitment.rules.permissions import Role
from recruitment.services.accounts import ENROLMENT_DAYS, Site, add_person, send_invitation
from recruitment.services.people import list_people, read_person
from recruitment.services.people_changes import (
    change_person,
    list_roles,
    retire_person,
    return_person,
    separate_provider,
)
from recruitment.services.recruiters import list_without_recruiter
from recruitment.web.access import allow, reading, writing
from recruitment.web.admin import admin
from recruitment.web.forms import PageForm, checkbox, email, text
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, settings, staff_desk

PAGE = 200


class PersonForm(PageForm):
    name = text("Full name", required="Enter the person’s full name", autocomplete="off", spellcheck=False)
    email = email(
        "Work email address",
        hint="They sign in with it. Two people cannot share an address.",
        required="Enter their work email address",
    )
    is_administrator = checkbox(
        "They are an administrator",
        hint="An administrator adds people and makes their links. They see no application.",
    )


def _after() -> UUID | None:
    try:
        return UUID(request.args["after"])
    except (KeyError, ValueError):
        return None


@admin.get("/people")
@allow(Role.ADMINISTRATOR)
def people() -> str:
    after = _after()
    found = list_people(reading(), actor=acting(), desk=staff_desk(), after=after, limit=PAGE + 1)
    more = found[PAGE - 1].id if len(found) > PAGE else None
    return render_template("admin/people/list.html", people=found[:PAGE], more=more, is_first=after is None)


@admin.get("/people/new")
@allow(Role.ADMINISTRATOR)
def new_person() -> str:
    return render_template("admin/people/new.html", form=PersonForm(), more=[])


@admin.post("/people/new")
@allow(Role.ADMINISTRATOR)
def add() -> Any:
    form = PersonForm()
    if not form.validate():
        return render_template("admin/people/new.html", form=form, more=[]), 400
    try:
        with writing() as session:
            person_id = add_person(
                session,
                actor=acting(),
                desk=staff_desk(),
                name=form.name.data,
                email=form.email.data,
                is_administrator=form.is_administrator.data,
            )
    except Invalid as refusal:
        link = {"text": refusal.sentence, "href": f"#{refusal.field or 'name'}"}
        return render_template("admin/people/new.html", form=form, more=[link]), refusal.status
    return redirect(url_for("admin.person", person_id=person_id), 303)


@admin.get("/people/<uuid:person_id>")
@allow(Role.ADMINISTRATOR)
def person(person_id: UUID) -> str:
    found = read_person(reading(), actor=acting(), desk=staff_desk(), person_id=person_id)
    roles = list_roles(reading(), actor=acting(), person_id=person_id)
    is_me = person_id == acting().id
    return render_template("admin/people/person.html", person=found, days=ENROLMENT_DAYS, roles=roles, is_me=is_me)


class ChangeForm(PageForm):
    name = text("Full name", required="Enter the person’s full name", autocomplete="off", spellcheck=False)
    is_administrator = checkbox(
        "They are an administrator",
        hint="An administrator adds people and decides the settings. They see no application.",
    )


@admin.route("/people/<uuid:person_id>/change", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def change(person_id: UUID) -> Any:
    found = read_person(reading(), actor=acting(), desk=staff_desk(), person_id=person_id)
    form = ChangeForm(name=found.name, is_administrator=found.is_administrator)

    def keep(session: Any) -> None:
        change_person(
            session, actor=acting(), desk=staff_desk(), person_id=person_id, name=form.name.data,
            is_administrator=form.is_administrator.data,
        )  # fmt: skip

    if is_saved(form, keep):
        return saved(f"{form.name.data} is changed.", "admin.person", person_id=person_id)
    return shown("admin/people/change.html", form, person=found)


@admin.post("/people/<uuid:person_id>/retire")
@allow(Role.ADMINISTRATOR)
def retire(person_id: UUID) -> Any:
    with writing() as session:
        retire_person(session, actor=acting(), desk=staff_desk(), person_id=person_id)
        is_any_left_alone = bool(list_without_recruiter(session, actor=acting()))
    if is_any_left_alone:
        words = "They cannot sign in any more. These campaigns have no recruiter now: name one."
        return saved(words, "admin.without_recruiter")
    return saved("They cannot sign in any more.", "admin.person", person_id=person_id)


@admin.post("/people/<uuid:person_id>/return")
@allow(Role.ADMINISTRATOR)
def come_back(person_id: UUID) -> Any:
    with writing() as session:
        return_person(session, actor=acting(), desk=staff_desk(), person_id=person_id)
    return saved("They are back. Send a link, so that they can sign in.", "admin.person", person_id=person_id)


@admin.post("/people/<uuid:person_id>/separate")
@allow(Role.ADMINISTRATOR)
def separate(person_id: UUID) -> Any:
    with writing() as session:
        separate_provider(session, actor=acting(), desk=staff_desk(), person_id=person_id)
    return saved("They are separated from the account.", "admin.person", person_id=person_id)


@admin.post("/people/<uuid:person_id>/links/<site_name>")
@allow(Role.ADMINISTRATOR)
def invite(person_id: UUID, site_name: str) -> str:
    """Send a link to the person: nobody else, the administrator included, may enrol in their name."""
    if site_name not in set(Site):
        abort(404)
    site = Site(site_name)
    found = read_person(reading(), actor=acting(), desk=staff_desk(), person_id=person_id)
    base = settings().public_url if site is Site.PUBLIC else settings().staff_url
    with writing() as session:
        email = send_invitation(
            session,
            actor=acting(),
            desk=staff_desk(),
            person_id=person_id,
            site=site,
            make_url=lambda token: f"{base.rstrip('/')}/enrol/{token}",
        )
    return render_template(
        "admin/people/link.html", person=found, email=email, is_public=site is Site.PUBLIC, days=ENROLMENT_DAYS
    )
