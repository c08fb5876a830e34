"""A colleague with no part in any campaign, and applications that they enter for somebody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from recruitment.rules.actors import Actor, ActorKind, system_actor
from recruitment.rules.applications import Relationship, Requests
from recruitment.rules.drafts import SECTIONS
from recruitment.rules.entries import EntryFormat
from recruitment.rules.letters_on_paper import PostalAddress, as_address
from recruitment.services.accounts import add_person
from recruitment.services.entries import begin_entry, read_entry, save_entry
from recruitment.services.entry_submissions import prepare_entry, submit_entry
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.campaigns import Campaign
from recruitment.store.candidates import Candidate
from recruitment.store.entries import Entry, PaperLetter
from recruitment.store.people import Person
from recruitment.store.recognitions import Recognition
from recruitment.vault.sealing.contact import Letter, seal_address, seal_letter
from tests.support.canaries import Withheld
from tests.support.world import World


def add_colleague(world: World, name: str = "Colleague") -> Actor:
    with world.staff_desk.sessions.writing() as session:
        person_id = add_person(
            session, actor=system_actor(world.organisation_id), desk=world.staff_desk, name=name,
            email=f"{name.lower()}@outside.example",
        )  # fmt: skip
    # Can be signed in like the cast, by the name in small letters.
    people = {**world.cast.people, name.lower(): person_id}
    world.__dict__["cast"] = replace(world.cast, people=people)
    return Actor(ActorKind.STAFF, person_id, world.organisation_id)


def stand_entry(session: Any, desk: StaffDesk, campaign_id: UUID, person_id: UUID) -> dict[str, Any]:
    """An application that this person types, and a letter that waits on paper; the values of their addresses."""
    campaign, body = session.get_one(Campaign, campaign_id), session.get_one(Person, person_id).organisation_id
    keys = desk.vault.public_keys(session, body)
    account_id, entry_id, paper_id = desk.new_id(), desk.new_id(), desk.new_id()
    address = as_address(PostalAddress(campaign.id, ("Ann Lee", "1 Mill Lane", "LS1 1AA")))
    session.add(
        Candidate(
            id=account_id, organisation_id=body, address_hash=account_id.bytes * 2,
            address_sealed=seal_address(keys, account_id, address), created_at=desk.now,
        )
    )  # fmt: skip
    session.flush()
    session.add(
        Entry(
            campaign_id=campaign_id, id=entry_id, candidate_id=account_id, person_id=person_id, format="phone",
            begun_at=desk.now,
        )
    )  # fmt: skip
    letter = seal_letter(keys, paper_id, Letter(address, "A letter", "Text."))
    session.add(PaperLetter(campaign_id=campaign_id, id=paper_id, blob=letter, written_at=desk.now))
    recognised = Recognition(
        campaign_id=campaign_id, id=desk.new_id(), candidate_id=account_id, person_id=person_id, format="phone",
        recognised_at=desk.now,
    )  # fmt: skip
    session.add(recognised)
    session.flush()
    return {
        "entered_id": entry_id,
        "paper_id": paper_id,
        "part": "name",
        "recognised_id": recognised.id,
        "what": "withdraw",
    }


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
            language=language,
        )
        save_entry(
            session,
            actor=by,
            desk=desk,
            entry_id=entry_id,
            version=entry.draft.version,
            content=content,
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
