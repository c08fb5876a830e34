"""A complete draft, ready to be submitted."""

from __future__ import annotations

from uuid import UUID

from recruitment.rules.actors import Actor
from recruitment.rules.applications import Requests
from recruitment.rules.drafts import SECTIONS
from recruitment.services.drafts import asked_questions, read_draft, save_draft, start_draft
from tests.support.canaries import Withheld
from tests.support.world import World


def complete_draft(world: World, campaign_id: UUID, candidate: Actor, withheld: Withheld | None = None) -> UUID:
    """Start and fill a draft through the services; its id becomes the application's."""
    person, desk = withheld or Withheld(), world.public_desk
    with desk.sessions.writing() as session:
        start_draft(session, actor=candidate, desk=desk, campaign_id=campaign_id, email=person.email)
    with desk.sessions.writing() as session:
        draft = read_draft(session, actor=candidate, desk=desk, campaign_id=campaign_id)
        questions = asked_questions(session, campaign_id)
        content = draft.content
        for section in SECTIONS:
            content = content.with_section(section)
        content = content.with_section(
            "questions",
            full_name=f"{person.first} {person.last}",
            phone=person.phone,
            address_lines=(person.street, person.town),
            postcode=person.postcode,
            answers={str(question.id): text for question, text in zip(questions, person.texts(), strict=False)},
            requests=Requests(person.adjustments, person.detail, person.opt_in),
        )
        save_draft(
            session,
            actor=candidate,
            desk=desk,
            campaign_id=campaign_id,
            version=draft.version,
            content=content,
        )
    return draft.id
