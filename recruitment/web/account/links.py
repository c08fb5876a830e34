"""Candidates sign in by a one-time link; nothing on these pages tells a known address from an unknown one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.errors import Invalid, NotFound, TooLate
from recruitment.services.candidate_accounts import begin_application
from recruitment.services.sign_in_links import SignedInCandidate, ask_for_link, use_link
from recruitment.services.sign_in_organisations import list_organisations, organisation_of_campaign
from recruitment.web import forms
from recruitment.web.access import Audience, SignedIn, allow, reading, writing
from recruitment.web.account.returning import blueprint_of, campaign_of, go_on, may_be_carried
from recruitment.web.carry import Carried, carried_through
from recruitment.web.forms import Option, PageForm
from recruitment.web.messages import language
from recruitment.web.requests import safe_path
from recruitment.web.site import desk, settings


class AskForLink(PageForm):
    next = forms.hidden(max_length=2_000)
    email = forms.email(
        hint="We will send you a link to sign in. You do not need a password.",
        required="Enter your email address",
    )


def _form(next: str | None, *, is_posted: bool) -> tuple[AskForLink, UUID | None]:
    """The form, and the organisation where it is known; else the form asks which."""
    campaign_id = campaign_of(next) if (next := safe_path(next)) else None
    known = organisation_of_campaign(reading(), campaign_id) if campaign_id else None
    choices = list_organisations(reading()) if known is None else []
    if len(choices) == 1:
        known = choices[0].id
    shown: type[AskForLink] = AskForLink
    if known is None:

        class AskWhichToo(AskForLink):
            organisation = forms.radios(
                "Which organisation are you applying to?",
                [Option(str(choice.id), choice.name) for choice in choices],
                required="Select the organisation you are applying to",
            )

        shown = AskWhichToo
    form = shown() if is_posted else shown(type(request.form)())
    if not is_posted:
        form.next.data = next or ""
    return form, known


def _show(form: AskForLink, carried: Carried | None, more: tuple[dict[str, str], ...] = ()) -> str:
    return render_template("account/sign_in.html", form=form, carried=carried, more=more)


def page(carried: Carried | None, next: str) -> str:
    return _show(_form(next, is_posted=False)[0], carried)


@allow(Audience.EVERYONE)
def sign_in() -> Any:
    if request.method != "POST":
        target = request.args.get("next", "")
        if blueprint_of(target) == "shortlister":
            return redirect(url_for("account.sign_in_staff", next=target), 303)
        return page(None, target)
    carried = carried_through(request)
    if not may_be_carried(carried):
        carried = None
    form, organisation_id = _form(request.form.get("next"), is_posted=True)
    if not form.validate():
        return _show(form, carried), 400
    target = carried.action if carried else safe_path(form.next.data) or ""
    try:
        with writing() as session:
            ask_for_link(
                session,
                desk=desk(),
                organisation_id=organisation_id or UUID(form.organisation.data),
                address=form.email.data,
                campaign_id=campaign_of(target) or _campaign_in(form.next.data),
                make_url=lambda token: settings().public_url + url_for("account.open_link", token=token),
                carried=_by_name(carried),
                next_page=target,
                language=language(),
            )
    except Invalid as refusal:
        return _show(form, carried, ({"text": refusal.sentence, "href": "#email"},)), 400
    return redirect(url_for("account.check_email"), 303)


def _campaign_in(next: str | None) -> UUID | None:
    path = safe_path(next)
    return campaign_of(path) if path else None


def _by_name(carried: Carried | None) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, value in carried.fields if carried else ():
        fields.setdefault(name, []).append(value)
    return fields


@allow(Audience.EVERYONE)
def check_email() -> str:
    return render_template("account/check_email.html")


@allow(Audience.EVERYONE)
def open_link(token: str) -> Any:
    """A GET changes nothing, since mail scanners follow links; the button uses the link up."""
    if request.method != "POST":
        return render_template("account/open_link.html")
    try:
        with writing() as session:
            found = use_link(session, desk=desk(), token=token, language=language())
            target = _start(session, found)
    except NotFound as refusal:
        return render_template("account/link_over.html", sentence=refusal.sentence), 404
    return go_on(as_signed_in(found), _carried(found), target)


def as_signed_in(found: SignedInCandidate) -> SignedIn:
    return SignedIn("candidate", str(found.id), str(found.organisation_id), "", found.session_version)


def _carried(found: SignedInCandidate) -> Carried | None:
    fields = tuple((name, value) for name, values in found.carried.items() for value in values)
    action = safe_path(found.next_page)
    return Carried(action, fields) if fields and action else None


def _start(session: Any, found: SignedInCandidate) -> str:
    """The page to go on with. The address is at hand only now, so a draft that is due begins with it."""
    if found.campaign_id is None or found.carried or not found.next_page.endswith("/application"):
        return found.next_page
    actor = Actor(ActorKind.CANDIDATE, found.id, found.organisation_id)
    try:
        begin_application(session, actor=actor, desk=desk(), campaign_id=found.campaign_id, email=found.address)
    except (NotFound, TooLate):
        return url_for("candidate.advert", campaign_id=found.campaign_id)
    return found.next_page
