"""A candidate's rights on their own page: a copy, a correction, erasure, a notice to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from recruitment.rules.applications import Contact, Correction
from recruitment.rules.errors import Invalid, NotFound
from recruitment.rules.rights import GROUND_TITLES, LONGEST, RIGHT_TITLES, STANDING_WORDS, Ground
from recruitment.services.applications import OwnApplication, list_own_applications
from recruitment.services.equality_answers import (
    has_stopped,
    prepare_equality_withdrawals,
    store_equality_row,
)
from recruitment.services.restrictions import (
    ask_objection,
    ask_restriction,
    end_own_restriction,
    list_restricted,
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
from recruitment.web.forms import Option, PageForm, email, long_text, radios, text
from recruitment.web.site import acting, desk

_SAID = {
    "copy": "Somebody here looks at your request, and then a copy of what we hold goes to your e-mail address.",
    "notice": "We will not use equality answers of yours. Whatever you gave and was not counted is withdrawn.",
    "correction": "What you corrected is being put in its place.",
    "erased": "Your application is withdrawn and erased.",
    "restriction": "We have your request to stop using the application, and will answer within one month.",
    "objection": "We have your objection, and will answer within one month.",
    "ended": "We use your application again.",
    "asked": "We have your request to erase the application, and will answer within one month.",
}


class ContactForm(PageForm):
    email = email("Email address")
    phone = text("Telephone number", autocomplete="tel")
    address = long_text("Address", hint="A line for each part", rows=4)
    postcode = text("Postcode", autocomplete="postal-code", width=10)


class RestrictForm(PageForm):
    ground = radios(
        "Why should we stop using it?",
        [Option(ground.value, title) for ground, title in GROUND_TITLES.items()],
        required="Select why we should stop using it",
    )
    words = long_text("Say more", hint="Only whoever decides reads it", max_length=LONGEST, rows=5)


class ObjectForm(PageForm):
    words = long_text(
        "What is it about your own situation that speaks against our using it?",
        hint="Only whoever decides reads it",
        max_length=LONGEST,
        rows=6,
    )


class NameForm(PageForm):
    full_name = text("Full name", autocomplete="name", spellcheck=False)
    preferred_name = text("Name you like to be called", spellcheck=False)
    previous_names = long_text(
        "Other names that stand in what you wrote",
        hint="Names you had before, or that others call you. Put each on its own line.",
        rows=3,
    )


@candidate.get("/your-data")
@allow(Audience.CANDIDATE)
def your_data() -> str:
    return render_template(
        "candidate/rights/list.html",
        requests=list_own_requests(reading(), actor=acting()),
        applications=_sent(),
        restricted=list_restricted(reading(), actor=acting()),
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


def _is_taken(form: PageForm, act: Callable[[Any], object]) -> bool:
    """Whether the posted form was valid and `act` took it; what it refuses stands at its field."""
    if not form.validate_on_submit():
        return False
    try:
        with writing() as session:
            act(session)
    except Invalid as refusal:
        form[refusal.field].errors = [refusal.sentence]
        return False
    return True


def _shown(template: str, form: PageForm, own: OwnApplication) -> tuple[str, int]:
    return render_template(template, form=form, application=own), 400 if form.errors else 200


def _lines(typed: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (typed or "").splitlines() if line.strip())


def _corrected(form: PageForm, campaign_id: UUID, change: Contact | Correction) -> bool:
    def act(session: Any) -> None:
        ask_correction(session, actor=acting(), desk=desk(), campaign_id=campaign_id, change=change)

    return _is_taken(form, act)


@candidate.route("/campaigns/<uuid:campaign_id>/application/correct", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def correct(campaign_id: UUID) -> Any:
    own = _own(campaign_id)
    form: Any = ContactForm()
    email, phone, postcode = ((form[name].data or "").strip() for name in ("email", "phone", "postcode"))
    if _corrected(form, campaign_id, Contact(email, phone, _lines(form.address.data), postcode)):
        return _done("correction")
    return _shown("candidate/rights/correct.html", form, own)


@candidate.route("/campaigns/<uuid:campaign_id>/application/correct-name", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def correct_name(campaign_id: UUID) -> Any:
    own = _own(campaign_id)
    form: Any = NameForm()
    full_name, preferred_name = ((form[name].data or "").strip() for name in ("full_name", "preferred_name"))
    if _corrected(form, campaign_id, Correction(full_name, preferred_name, _lines(form.previous_names.data))):
        return _done("correction")
    return _shown("candidate/rights/correct_name.html", form, own)


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


@candidate.route("/campaigns/<uuid:campaign_id>/application/restrict", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def restrict(campaign_id: UUID) -> Any:
    own = _own(campaign_id)
    form: Any = RestrictForm()

    def act(session: Any) -> None:
        ask_restriction(
            session,
            actor=acting(),
            desk=desk(),
            campaign_id=campaign_id,
            ground=Ground(form.ground.data),
            words=form.words.data or "",
        )

    if _is_taken(form, act):
        return _done("restriction")
    return _shown("candidate/rights/restrict.html", form, own)


@candidate.route("/campaigns/<uuid:campaign_id>/application/object", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def objection(campaign_id: UUID) -> Any:
    own = _own(campaign_id)
    form: Any = ObjectForm()

    def act(session: Any) -> None:
        ask_objection(session, actor=acting(), desk=desk(), campaign_id=campaign_id, words=form.words.data or "")

    if _is_taken(form, act):
        return _done("objection")
    return _shown("candidate/rights/object.html", form, own)


@candidate.post("/campaigns/<uuid:campaign_id>/application/use-again")
@allow(Audience.CANDIDATE)
def use_again(campaign_id: UUID) -> Any:
    with writing() as session:
        end_own_restriction(session, actor=acting(), desk=desk(), campaign_id=campaign_id)
    return _done("ended")
