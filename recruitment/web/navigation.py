"""The links at the top of every page: by site, by kind of visitor, and only to what is there."""

from __future__ import annotations

from flask import current_app, request, url_for
from flask_login import current_user

from recruitment.rules.permissions import Role
from recruitment.services.accounts import Site
from recruitment.web.access import roles_here
from recruitment.web.messages import say
from recruitment.web.site import settings

# (words, view), in order; a view that a site does not have is left out.
_PUBLIC_VISITOR = (("Vacancies", "candidate.vacancies"), ("Sign in", "account.sign_in"))
_PUBLIC_CANDIDATE = (("Vacancies", "candidate.vacancies"), ("Your applications", "candidate.own_applications"))
_PUBLIC_STAFF = (("Vacancies", "candidate.vacancies"), ("Your sift", "shortlister.home"))
_STAFF = (
    ("Campaigns", "recruiter.home"),
    ("Panel pool", "pool.home"),
    ("Releases", "analyst.releases"),
    ("Plans", "recruiter.plans"),
    ("Calendar", "analyst.calendar"),
)
_ADMINISTRATOR = (("Settings", "admin.settings"),)
_DEMO = (("Outbox", "account.outbox"),)


def this_site() -> Site:
    return Site(settings().name)


def _links() -> tuple[tuple[str, str], ...]:
    is_signed_in = current_user.is_authenticated
    if this_site() is Site.STAFF:
        if not is_signed_in:
            return ()
        administers = Role.ADMINISTRATOR in roles_here()
        return _STAFF + (_ADMINISTRATOR if administers else ()) + _DEMO
    if not is_signed_in:
        return _PUBLIC_VISITOR
    return _PUBLIC_CANDIDATE if current_user.kind == "candidate" else _PUBLIC_STAFF


def navigation() -> list[dict[str, object]]:
    """What the service navigation takes; the page being shown is marked as the current one."""
    return [
        {"text": say(words), "href": url_for(view), "current": request.endpoint == view}
        for words, view in _links()
        if view in current_app.view_functions
    ]


def home_of(kind: str) -> str:
    """Where somebody lands who wanted no page in particular."""
    if this_site() is Site.PUBLIC and kind == "staff":
        return url_for("shortlister.home") if "shortlister.home" in current_app.view_functions else "/"
    if this_site() is Site.PUBLIC and "candidate.own_applications" in current_app.view_functions:
        return url_for("candidate.own_applications")
    return "/"
