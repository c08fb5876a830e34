"""Where a person goes once signed in: back to the page they wanted, or to send again what they had typed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app, redirect, render_template
from werkzeug.exceptions import HTTPException

from recruitment.web.access import SignedIn, sign_in
from recruitment.web.carry import Carried
from recruitment.web.navigation import home_of
from recruitment.web.requests import safe_path

# Never kept while somebody signs in: equality answers are written in their own sealed row and nowhere else,
# and nobody but the person themself may have these ready to be sent.
_NEVER_CARRIED = ("candidate.equality_", "candidate.submit", "candidate.withdraw_confirmed")


def _matched(path: str, method: str = "GET") -> tuple[str, dict[str, Any]]:
    try:
        return current_app.url_map.bind("localhost").match(urlsplit(path).path, method=method)
    except HTTPException:
        return "", {}


def blueprint_of(path: str) -> str:
    """The blueprint whose view a GET of this path opens, or ""."""
    return _matched(path)[0].rpartition(".")[0]


def campaign_of(path: str) -> UUID | None:
    found = _matched(path)[1].get("campaign_id")
    return found if isinstance(found, UUID) else None


def may_be_carried(carried: Carried | None) -> bool:
    """Whether what was posted may wait, and be offered to be sent again: a sign-in link reaches another's browser
    with whatever whoever asked for it put in."""
    return carried is not None and not _matched(carried.action, "POST")[0].startswith(_NEVER_CARRIED)


def landing(target: str | None, kind: str) -> str:
    """`target`, when it is a page of this site that can be opened; otherwise the person's home."""
    path = safe_path(target)
    if path is None or blueprint_of(path) in ("", "account"):
        return home_of(kind)
    return path


def go_on(person: SignedIn, carried: Carried | None, target: str | None) -> Any:
    """Begin the session, then offer to send again what was carried, or open the page that was wanted."""
    sign_in(person)
    if carried:
        return render_template("account/resume.html", carried=carried)
    return redirect(landing(target, person.kind), 303)
