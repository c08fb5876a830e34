"""Signing in to the staff site through the body's own account provider (OpenID Connect)."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from flask import current_app, redirect, render_template, request, url_for
from flask import session as cookie

from recruitment.rules.oidc import LASTS, Departure, ProviderRefused, read_return, subject_key
from recruitment.services.oidc_provider import Provider
from recruitment.services.oidc_sign_in import check_code, recognise
from recruitment.services.signed_in import find_visitor
from recruitment.web import forms
from recruitment.web.access import Audience, SignedIn, allow, reading, writing
from recruitment.web.account.returning import go_on
from recruitment.web.forms import PageForm
from recruitment.web.requests import safe_path
from recruitment.web.site import desk, settings

_LEFT, _WAITS = "provider_left", "provider_waits"


class CodeForm(PageForm):
    code = forms.text(
        "One-time code",
        hint="The 6 numbers that your authenticator app shows now",
        required="Enter the one-time code",
        max_length=20,
        width=10,
        autocomplete="one-time-code",
        inputmode="numeric",
    )


def provider() -> Provider:
    return cast(Provider, current_app.extensions["provider"])


def _back() -> str:
    return f"{settings().staff_url}{url_for('account.provider_return')}"


@allow(Audience.EVERYONE)
def go_to_provider() -> Any:
    left = Departure(
        secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), desk().now,
        safe_path(request.args.get("next")) or "",
    )  # fmt: skip
    try:
        url = provider().departure_url(left, _back())
    except ProviderRefused as refused:
        return _refused(refused)
    cookie[_LEFT] = [left.state, left.nonce, left.verifier, left.begun.isoformat(), left.next]
    return redirect(url, 303)


def _left() -> Departure | None:
    kept = cookie.pop(_LEFT, None)
    if not isinstance(kept, list) or len(kept) != 5:
        return None
    state, nonce, verifier, begun, target = kept
    return Departure(state, nonce, verifier, datetime.fromisoformat(begun), target)


@allow(Audience.EVERYONE, write=True)
def provider_return() -> Any:
    left, now = _left(), desk().now
    try:
        code = read_return(request.args, left, provider().settings, now)
        if left is None:
            raise ProviderRefused("Your sign-in was not completed. Try again.")
        found = provider().exchange(code, left, _back(), now)
        with writing() as session:
            returned = recognise(session, desk=desk(), settings=provider().settings, found=found)
    except ProviderRefused as refused:
        return _refused(refused)
    if returned.needs_code:
        key = subject_key(provider().settings, found.subject)
        cookie[_WAITS] = [str(returned.person_id), key, now.isoformat(), left.next]
        return redirect(url_for("account.provider_code"), 303)
    return _enter(returned.person_id, left.next)


@allow(Audience.EVERYONE)
def provider_code() -> Any:
    """Our own second factor, where the provider did not say that it asked for one."""
    waits = cookie.get(_WAITS)
    if not isinstance(waits, list) or desk().now > datetime.fromisoformat(waits[2]) + LASTS:
        return redirect(url_for("account.sign_in"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        with writing() as session:
            attempt = check_code(session, desk=desk(), person_id=UUID(waits[0]), key=waits[1], code=form.code.data)
        if attempt.person is not None:
            cookie.pop(_WAITS)
            return _enter(UUID(waits[0]), waits[3])
        form.code.errors = [attempt.sentence]
    return render_template("account/provider_code.html", form=form), 400 if form.errors else 200


def _enter(person_id: UUID, target: str) -> Any:
    found = find_visitor(reading(), "staff", str(person_id))
    if found is None:
        return redirect(url_for("account.sign_in"), 303)
    person = SignedIn("staff", str(found.id), str(found.organisation_id), found.name, found.session_version)
    return go_on(person, None, target)


def _refused(refused: ProviderRefused) -> Any:
    return render_template("account/provider_refused.html", sentence=refused.sentence), refused.status
