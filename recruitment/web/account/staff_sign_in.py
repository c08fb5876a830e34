"""Staff sign in with e-mail address, password and one-time code in one form, on each site by itself."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template, request

from recruitment.services.accounts import sign_in_staff
from recruitment.web import forms
from recruitment.web.access import Audience, SignedIn, allow, writing
from recruitment.web.account.returning import go_on
from recruitment.web.carry import Carried, carried_through
from recruitment.web.forms import PageForm
from recruitment.web.navigation import this_site
from recruitment.web.requests import safe_path
from recruitment.web.site import desk


class StaffSignIn(PageForm):
    next = forms.hidden(max_length=2_000)
    email = forms.email(required="Enter your email address")
    password = forms.password(required="Enter your password")
    code = forms.text(
        "One-time code",
        hint="The 6 numbers that your authenticator app shows now",
        required="Enter the one-time code",
        max_length=20,
        width=10,
        autocomplete="one-time-code",
        inputmode="numeric",
    )


def page(carried: Carried | None, next: str) -> str:
    """The empty form: for a first visit, or for somebody whose session ended while they typed."""
    # Not the fields that were posted: they belong to another page.
    form = StaffSignIn(formdata=None) if request.method != "POST" else StaffSignIn(_nothing())
    form.next.data = safe_path(next) or ""
    return _show(form, carried)


def _nothing() -> Any:
    return type(request.form)()


def _show(form: StaffSignIn, carried: Carried | None, sentence: str = "") -> str:
    return render_template(
        "account/staff_sign_in.html",
        form=form,
        carried=carried,
        sentence=sentence,
        site=this_site(),
        provider=current_app.extensions.get("provider"),
    )


@allow(Audience.EVERYONE)
def sign_in_as_staff() -> Any:
    if request.method != "POST":
        return page(None, request.args.get("next", ""))
    form, carried = StaffSignIn(), carried_through(request)
    if not form.validate():
        return _show(form, carried), 400
    with writing() as session:
        attempt = sign_in_staff(
            session,
            desk=desk(),
            policy=current_app.extensions["password_policy"],
            site=this_site(),
            email=form.email.data,
            password=form.password.data,
            code=form.code.data,
        )
        person = attempt.person
        signed_in = person and SignedIn(
            "staff", str(person.id), str(person.organisation_id), person.name, person.session_version
        )
    if signed_in is None:
        return _show(form, carried, attempt.sentence), 400
    return go_on(signed_in, carried, form.next.data)
