"""What commands of one campaign share: this installation's desk, and whose hand acts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from config import Config
from recruitment.app import open_staff_desk
from recruitment.rules.actors import Actor, ActorKind, system_actor
from recruitment.rules.errors import Invalid, NotFound
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.campaigns import Campaign
from recruitment.store.people import find_person


def acting_for(desk: StaffDesk, campaign_id: UUID, email: str = "") -> Actor:
    """The recruiter with this address, or the installation's own hand in the campaign's organisation."""
    with desk.sessions.reading() as session:
        campaign = session.get(Campaign, campaign_id)
        if campaign is None:
            raise NotFound("There is no such campaign.")
        if not email:
            return system_actor(campaign.organisation_id)
        person = find_person(session, email)
        if person is None or not person.is_active or person.organisation_id != campaign.organisation_id:
            raise Invalid("Nobody of the campaign's organisation has this e-mail address.", "as")
        return Actor(ActorKind.STAFF, person.id, person.organisation_id)


@contextmanager
def open_desk() -> Iterator[StaffDesk]:
    """The desk of this installation, whose connections end with the command."""
    desk = open_staff_desk(Config.from_environment())
    try:
        yield desk
    finally:
        desk.sessions.engine.dispose()
        desk.vault.key_store.engine.dispose()
