"""What views reach through the running application: the desk, the acting person, the site's settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from uuid import UUID

from flask import current_app

from recruitment.rules.actors import Actor, ActorKind
from recruitment.web.access import actor

if TYPE_CHECKING:
    from recruitment.services.desk import Desk
    from recruitment.services.documents import Scanner
    from recruitment.services.staff_desk import StaffDesk


@dataclass(frozen=True)
class SiteSettings:
    """`is_demo`: the development sign-in links and outbox exist. `scanner`: uploads are scanned by it first.
    `mail_host`: through which mail leaves.
    """

    name: str
    service_name: str
    public_url: str
    staff_url: str
    is_development: bool
    is_demo: bool
    scanner: Scanner | None
    mail_host: str = ""


def desk() -> Desk:
    return cast("Desk", current_app.extensions["desk"])


def staff_desk() -> StaffDesk:
    """The staff site's desk, whose vault can open; the public site has none."""
    return cast("StaffDesk", current_app.extensions["desk"])


def settings() -> SiteSettings:
    return cast(SiteSettings, current_app.extensions["settings"])


def acting() -> Actor:
    """The signed-in person as services know them."""
    person = actor()
    return Actor(ActorKind(person.kind), UUID(str(person.id)), UUID(str(person.organisation_id)))


def addresses() -> tuple[str, str]:
    """Where the public and the staff site are reached, for links in letters."""
    return settings().public_url, settings().staff_url
