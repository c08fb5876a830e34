"""A colleague with no part in any campaign, and applications that they enter for somebody."""

from __future__ import annotations

from uuid import UUID

from recruitment.rules.actors import Actor, ActorKind, system_actor
from recruitment.rules.applications import Relationship, Requests
from recruitment.rules.drafts import SECTIONS
from recruitment.rules.entries import EntryFormat
from recruitment.services.accounts import add_person
from recruitment.services.entries import begin_entry, read_entry, save_entry
from recruitment.services.entry_submissions import prepare_entry, submit_entry
from tests.support.canaries import Withheld
from tests.support.world import World


def add_colleague(world: World, name: str = "Colleague") -> Actor:
    with world.staff_desk.sessions.writing() as session:
        person_id = add_person(
            session, actor=system_actor(world.organisation_id), desk=world.staff_desk, name=name,
            email=f"{name.lower()}@outside.example",
        )  # fmt: skip
    return Actor(ActorKind.STAFF, person_id, world.organisation_id)


def begin(world: World, campaign_id: UUID, by: Actor, entry_format: EntryFormat = EntryFormat.PHONE) -> UUID:
    with world.staff_desk.sessions.writing() as session:
        return begin_entry(
            session, actor=by, desk=world.staff_desk, campaign_id=campaign_id, entry_format=entry_format
        )


def fill(
    world: World,
    entry_id: UUID,
    by: Actor,
    withheld: Withheld | None = None,
    email: str = "",
    language: str = "en",
) -> None:
    """Type everything that the sample's campaigns ask for."""
    person, desk = withheld or Withheld(), world.staff_desk
    with desk.sessions.writing() as session:
        entry = read_entry(session, actor=by, desk=desk, entry_id=entry_id)
        assert entry.draft is not None
        content = entry.draft.content
        for section in SECTIONS:
            content = content.with_section(section)
        content = content.with_section(
            "questions",
            full_name=f"{person.first} {person.last}",
            email=email,
            phone=person.phone,
            address_lines=(person.street, person.town),
            postcode=person.postcode,
            answers={
                str(asked.id): text for asked, text in zip(entry.advert.questions, person.texts(), strict=False)
            },
            requests=Requests(person.adjustments, person.detail, person.opt_in),
            relationships=(Relationship(person.related, "friend"),) if person.related else (),
        )
        save_entry(
            session,
            actor=by,
            desk=desk,
            entry_id=entry_id,
            version=entry.draft.version,
            content=content,
            language=language,
        )


def send(world: World, entry_id: UUID, by: Actor) -> str:
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        entry = read_entry(session, actor=by, desk=desk, entry_id=entry_id)
        prepared = prepare_entry(session, actor=by, desk=desk, entry=entry)
    with desk.sessions.writing() as session:
        return submit_entry(session, actor=by, desk=desk, prepared=prepared)


def enter(
    world: World,
    campaign_id: UUID,
    by: Actor,
    withheld: Withheld | None = None,
    email: str = "",
    entry_format: EntryFormat = EntryFormat.PHONE,
) -> str:
    """A whole application, begun, typed and sent; its reference."""
    entry_id = begin(world, campaign_id, by, entry_format)
    fill(world, entry_id, by, withheld, email)
    return send(world, entry_id, by)
