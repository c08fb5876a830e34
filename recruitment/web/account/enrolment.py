"""Enrolment: a person sets a password and a one-time code on this site, by a single-use link."""

from __future__ import annotations

from typing import Any

import segno
from flask import current_app, redirect, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from markupsafe import Markup
from wtforms.validators import StopValidation

from recruitment.rules.errors import Invalid, NotFound
from recruitment.services.accounts import EnrolmentOffer, Site, enrol, read_enrolment
from recruitment.services.passwords import SHORTEST_PASSWORD, factor_uri
from recruitment.web import forms
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.forms import PageForm
from recruitment.web.navigation import this_site
from recruitment.web.site import desk, settings


class Enrolment(PageForm):
    offered = forms.hidden(max_length=500)
    password = forms.password(
        "Choose a password",
        hint=f"{SHORTEST_PASSWORD} characters or more, for example three words that have nothing in common",
        required="Choose a password",
        is_new=True,
    )
    again = forms.password("Enter the password again", required="Enter the password again", is_new=True)
    code = forms.text(
        "One-time code",
        hint="The 6 numbers that the app shows now",
        required="Enter the one-time code that the app shows",
        max_length=20,
        width=10,
        autocomplete="one-time-code",
        inputmode="numeric",
    )

    def validate_again(self, field: Any) -> None:
        if self.password.data and field.data and field.data != self.password.data:
            raise StopValidation("The two passwords must be the same")


def _signer(token: str) -> URLSafeSerializer:
    # Bound to the link, so that a factor offered with one link is not taken with another.
    return URLSafeSerializer(current_app.secret_key or "", salt=f"offered factor {token}")


def _issuer() -> str:
    chosen = settings()
    return f"{chosen.service_name} (scoring)" if this_site() is Site.PUBLIC else "Recruitment"


def _factor_of(form: Enrolment, token: str, offer: EnrolmentOffer) -> str:
    """The factor that the page offered, which an error must not change; the fresh one on a first visit."""
    try:
        return str(_signer(token).loads(form.offered.data or ""))
    except BadSignature:
        return offer.factor


def _show(form: Enrolment, token: str, offer: EnrolmentOffer, factor: str, status: int = 200) -> tuple[str, int]:
    form.offered.data = _signer(token).dumps(factor)
    uri = factor_uri(factor, offer.email, _issuer())
    code = segno.make(uri, error="m", micro=False).svg_inline(scale=5, border=4, light="#fff", omitsize=False)
    grouped = " ".join(factor[i : i + 4] for i in range(0, len(factor), 4))
    page = render_template(
        "account/enrol.html",
        form=form,
        offer=offer,
        secret=grouped,
        picture=Markup(code),  # noqa: S704 # nosec B704
        site=this_site(),
    )
    return page, status


@allow(Audience.EVERYONE)
def enrol_on_site(token: str) -> Any:
    site = this_site()
    try:
        offer = read_enrolment(reading(), desk=desk(), token=token, site=site, issuer=_issuer())
    except NotFound as refusal:
        return render_template("account/enrolment_over.html", sentence=refusal.sentence), 404
    form = Enrolment()
    factor = _factor_of(form, token, offer)
    if request.method != "POST":
        return _show(form, token, offer, factor)
    if not form.validate():
        return _show(form, token, offer, factor, 400)
    try:
        with writing() as session:
            enrol(
                session,
                desk=desk(),
                policy=current_app.extensions["password_policy"],
                token=token,
                site=site,
                password=form.password.data,
                factor=factor,
                code=form.code.data,
            )
    except Invalid as refusal:
        form["password" if refusal.field == "password" else "code"].errors = [refusal.sentence]
        return _show(form, token, offer, factor, 400)
    return redirect(url_for("account.sign_in" if site is Site.STAFF else "account.sign_in_staff", enrolled=1), 303)
