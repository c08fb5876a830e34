"""Signing out ends every session of the person, so that a copied cookie is worth nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from recruitment.services.accounts import sign_out_everywhere as sign_out_person
from recruitment.services.candidate_accounts import sign_out_candidate
from recruitment.web.access import Audience, actor, allow, sign_out, writing


@allow(Audience.SIGNED_IN)
def sign_out_everywhere() -> Any:
    person = actor()
    with writing() as session:
        if person.kind == "candidate":
            sign_out_candidate(session, candidate_id=UUID(str(person.id)))
        else:
            sign_out_person(session, person_id=UUID(str(person.id)))
    sign_out()
    return redirect(url_for("account.signed_out"), 303)


@allow(Audience.EVERYONE)
def signed_out() -> str:
    return render_template("account/signed_out.html")
