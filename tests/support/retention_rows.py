"""A row in each table of retention, holds, candidates' rights and letters."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from recruitment.store.applications import Application
from recruitment.store.holds import Hold, HoldRecord
from recruitment.store.retention import CampaignEnd, KeyTurn, RetentionAct, RetentionPeriods, TrailStart
from recruitment.store.rights import RightsRequest
from tests.support.letters import approve_all, ask, queue_all
from tests.support.world import World


def retain(world: World, campaign_id: UUID) -> None:
    """Periods of the body's own, an end, an erasure, a cut trail, a turn of keys under way."""
    desk, body = world.staff_desk, world.organisation_id
    approve_all(world)
    queue_all(world, campaign_id)
    with desk.sessions.writing() as session:
        ask(
            session,
            desk,
            campaign_id,
            session.scalars(select(Application.id).where(Application.campaign_id == campaign_id)).first(),
        )
    with desk.sessions.writing() as session:
        session.add(
            RetentionPeriods(
                organisation_id=body, version=1, months={"applications": 18}, reason="Two rounds of appeals.",
                made_by=world.people["recruiter"], made_at=desk.now,
            )
        )  # fmt: skip
        session.add(CampaignEnd(campaign_id=campaign_id, ended_at=desk.now))
        session.add(
            RetentionAct(id=desk.new_id(), organisation_id=body, kind="accounts", rows={}, done_at=desk.now)
        )
        session.add(TrailStart(chain_id=body, number=0, digest=b"d", signature=b"s", cut_at=desk.now))
        session.add(KeyTurn(organisation_id=body, begun_at=desk.now))
        hold = Hold(
            id=desk.new_id(), organisation_id=body, campaign_id=campaign_id, application_id=desk.new_id(),
            reference="AAA-AAA", kind="tribunal", standing="placed", reason="A claim.", review_on=desk.now.date(),
            asked_by=world.people["recruiter"], asked_at=desk.now, release_reason="",
        )  # fmt: skip
        session.add(hold)
        session.flush()
        session.add(
            RightsRequest(
                id=desk.new_id(), organisation_id=body, candidate_id=desk.new_id(), kind="access", standing="done",
                asked_at=desk.now, due_on=desk.now.date(), reference="", reason="",
            )
        )  # fmt: skip
        session.add(HoldRecord(hold_id=hold.id, part="papers", blob=b"sealed"))
