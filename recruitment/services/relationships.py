"""Matches what candidates declared with the panel, after the reveal and for nothing else."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from recruitment.rules.actors import system_actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.conflicts import may_be
from recruitment.services.conflicts import place_of
from recruitment.services.openings import record_opening
from recruitment.services.panels import seated_on, standing_entries
from recruitment.services.reasons import seal_reason
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.substitutes import substitutes_of
from recruitment.services.trail import record_event
from recruitment.store.applications import SealedRecord
from recruitment.store.campaigns import Campaign
from recruitment.store.panels import RelationshipMatch, RelationshipMatching
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.relationships import open_relationships


def match_relationships(desk: StaffDesk, campaign_id: UUID) -> int:
    """Match what candidates declared with those members not matched yet; how many matches. The worker's work."""
    with desk.sessions.reading() as session:
        campaign = session.get_one(Campaign, campaign_id)
        if campaign.state != CampaignState.REVEALED:
            return 0
        done = set(
            session.scalars(
                select(RelationshipMatching.person_id).where(RelationshipMatching.campaign_id == campaign_id)
            )
        )
        people = [*seated_on(session, campaign_id), *substitutes_of(session, campaign_id)]
        new = [person for person in people if person.id not in done]
        if not new:
            return 0
        entries = standing_entries(session, campaign_id)
        blobs = session.execute(
            select(SealedRecord.application_id, SealedRecord.blob).where(
                SealedRecord.campaign_id == campaign_id,
                SealedRecord.application_id.in_(entries),
                SealedRecord.compartment == Compartment.RELATIONSHIPS,
            )
        ).all()
        actor = system_actor(campaign.organisation_id)
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.RELATIONSHIPS,
        scope_id=campaign_id,
        records=[application_id for application_id, _ in blobs],
        ground="to match with the panel alone",
    )
    opened = open_relationships(desk.vault, receipt, ((key, blob) for key, blob in blobs))
    matches = [
        (application_id, person.id, one.nature)
        for application_id, relationships in opened.items()
        for person in new
        for one in relationships
        if may_be(one.person, person.name)
    ]
    with desk.sessions.writing() as session:
        for person in new:
            session.merge(RelationshipMatching(campaign_id=campaign_id, person_id=person.id, matched_at=desk.now))
        for application_id, person_id, nature in matches:
            place = place_of("matched", application_id, person_id)
            session.merge(
                RelationshipMatch(
                    campaign_id=campaign_id,
                    application_id=application_id,
                    person_id=person_id,
                    nature=seal_reason(desk, campaign_id, place, nature or "It is not said how."),
                )
            )
        session.flush()
        record_event(
            session,
            at=desk.now,
            chain_id=campaign_id,
            actor=actor,
            event="relationships_matched",
            members=len(new),
            matches=len(matches),
        )
    return len(matches)
