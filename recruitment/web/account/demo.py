"""Sign-in links of a demonstration; registered on a development key only."""

from __future__ import annotations

from typing import Any

from flask import render_template

from recruitment.rules.errors import NotFound
from recruitment.services.accounts import Site
from recruitment.services.demo_links import use_demo_candidate_link, use_demo_link
from recruitment.web.access import Audience, SignedIn, allow, writing
from recruitment.web.account.links import as_signed_in
from recruitment.web.account.returning import go_on
from recruitment.web.navigation import this_site
from recruitment.web.site import desk


def _signed_in(session: Any, token: str) -> SignedIn:
    site = this_site()
    try:
        person = use_demo_link(session, desk=desk(), token=token, site=site)
    except NotFound:
        if site is Site.STAFF:
            raise
        return as_signed_in(use_demo_candidate_link(session, desk=desk(), token=token))
    return SignedIn("staff", str(person.id), str(person.organisation_id), person.name, person.session_version)


@allow(Audience.EVERYONE, write=True)
def demo_sign_in(token: str) -> Any:
    try:
        with writing() as session:
            person = _signed_in(session, token)
    except NotFound:
        sentence = "This demonstration link was used already, or is too old. Make a new one."
        return render_template("account/enrolment_over.html", sentence=sentence), 404
    return go_on(person, None, None)
