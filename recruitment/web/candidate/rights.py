"""A candidate's rights on their own page: a copy, a correction, erasure, a notice to stop."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from recruitment.rules.applications import Contact
from recruitment.rules.errors import Invalid, NotFound
from recruitment.rules.rights import RIGHT_TITLES, STANDING_WORDS
from recruitment.services.applications import OwnApplication, list_own_applications
from recruitment.services.equality_answers import (
    has_stopped,
    prepare_equality_withdrawals,
    store_equality_row,
)
from recruitment.services.rights import (
    applications_to_stop,
    ask_copy,
    ask_correction,
    ask_erasure,
    give_notice,
    is_erased_at_once,
    list_own_requests,
)
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.candidate import candidate
from recruitment.web.forms import PageForm, email, long_text, text
from recruitment.web.site import acting, desk

_SAID = {
    "copy": "Somebody here looks at your request, and then a copy of what we hold goes to your e-mail address.",
    "notice": "We will not use equality answers of yours. Whatever you gave and was not counted is withdrawn.",
    "correction": "Your new contact details are being put in place.",
    "erased": "Your application is withdrawn and erased.",
    "asked": "We have your request to erase the application, and will answer within one month.",
}


class ContactForm(PageForm):
    email = email("Email address")
    phone = text("Telephone number", autocomplete="tel")
    address = long_text("Address", hint="A line for each part", rows=4)
    postcode = text("Postcode", autocomplete="postal-code", width=10)


@candidate.get("/your-data")
@allow(Audience.CANDIDATE)
def your_data() -> str:
    return render_template(
        "candidate/rights/list.html",
        requests=list_own_requests(reading(), actor=acting()),
        applications=_sent(),
        titles=RIGHT_TITLES,
        standings=STANDING_WORDS,
        is_stopped=has_stopped(reading(), acting()),
        said=_SAID.get(request.args.get("done", "")),
    )


def _done(what: str) -> Any:
    return redirect(url_for("candidate.your_data", done=what), 303)


def _sent() -> list[OwnApplication]:
    found = list_own_applications(reading(), actor=acting(), desk=desk())
    return [one for one in found if one.reference is not None and not one.is_earlier]


def _own(campaign_id: UUID) -> OwnApplication:
    for one in _sent():
        if one.campaign_id == campaign_id:
            return one
    raise NotFound


@candidate.post("/your-data/copy")
@allow(Audience.CANDIDATE)
def ask_for_copy() -> Any:
    with writing() as session:
        ask_copy(session, actor=acting(), desk=desk())
    return _done("copy")


@candidate.post("/your-data/stop")
@allow(Audience.CANDIDATE)
def stop_equality() -> Any:
    """The notice first, so that nothing new is taken; then each withdrawal in a transaction of its own."""
    with writing() as session:
        give_notice(session, actor=acting(), desk=desk())
    for campaign_id in applications_to_stop(reading(), actor=acting()):
        _withdraw_equality(campaign_id)
    return _done("notice")


def _withdraw_equality(campaign_id: UUID) -> None:
    for blob in prepare_equality_withdrawals(reading(), actor=acting(), desk=desk(), campaign_id=campaign_id):
        with writing() as session:
            store_equality_row(session, campaign_id=campaign_id, blob=blob)


@candidate.route("/campaigns/<uuid:campaign_id>/application/correct", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def correct(campaign_id: UUID) -> Any:
    own = _own(campaign_id)
    form: Any = ContactForm()

    if form.validate_on_submit():
        lines = tuple(line.strip() for line in (form.address.data or "").splitlines() if line.strip())
        email, phone, postcode = ((form[name].data or "").strip() for name in ("email", "phone", "postcode"))
        contact = Contact(email, phone, lines, postcode)
        try:
            with writing() as session:
                ask_correction(session, actor=acting(), desk=desk(), campaign_id=campaign_id, contact=contact)
        except Invalid as refusal:
            form[refusal.field].errors = [refusal.sentence]
        else:
            return _done("correction")
    page = render_template("candidate/rights/correct.html", form=form, application=own)
    return page, 400 if form.errors else 200


@candidate.route("/campaigns/<uuid:campaign_id>/application/erase", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def erase(campaign_id: UUID) -> Any:
    """Equality answers are withdrawn first, in a transaction of their own."""
    own = _own(campaign_id)
    is_at_once = is_erased_at_once(reading(), actor=acting(), campaign_id=campaign_id)
    if request.method != "POST":
        return render_template("candidate/rights/erase.html", application=own, is_at_once=is_at_once)
    if is_at_once and campaign_id in applications_to_stop(reading(), actor=acting()):
        _withdraw_equality(campaign_id)
    with writing() as session:
        is_done = ask_erasure(session, actor=acting(), desk=desk(), campaign_id=campaign_id)
    return _done("erased" if is_done else "asked")
