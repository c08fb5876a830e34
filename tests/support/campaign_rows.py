"""A row of each table beside a campaign's steps: reserves, closing times, templates."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from recruitment.store.campaign_sources import CampaignSource
from recruitment.store.campaign_templates import KeptTemplate
from recruitment.store.campaigns import list_criteria, list_vacancies
from recruitment.store.closing_times import ClosingRequest
from recruitment.store.first_sifts import FirstSift, FirstSiftResult
from recruitment.store.interviews import Outcome
from recruitment.store.reserves import ReserveCall
from recruitment.store.sift import BlindTotal
from tests.support.world import World


def fill_campaign_rows(world: World, campaign_id: UUID) -> None:
    desk, recruiter = world.staff_desk, world.people["recruiter"]
    with desk.sessions.writing() as session:
        outcome = session.scalars(select(Outcome).where(Outcome.campaign_id == campaign_id)).first()
        vacancy = list_vacancies(session, campaign_id)[0]
        session.add(
            ReserveCall(
                campaign_id=campaign_id, application_id=outcome.application_id, vacancy_id=vacancy.id,
                reason="A further post", asked_by=recruiter, asked_at=desk.now,
            )
        )  # fmt: skip
        lead = list_criteria(session, campaign_id)[0]
        session.add(
            FirstSift(
                campaign_id=campaign_id, criterion_id=lead.id, named_by=recruiter, named_at=desk.now,
                was_held=False, reason="Few applied.", decided_by=recruiter, decided_at=desk.now,
            )
        )  # fmt: skip
        session.add(
            FirstSiftResult(
                campaign_id=campaign_id, application_id=outcome.application_id, is_past=True, at=desk.now
            )
        )
        session.add(
            BlindTotal(
                campaign_id=campaign_id, application_id=outcome.application_id, position=1, total=33, parts=2,
                meets_minimum=True,
            )
        )  # fmt: skip
        session.add(CampaignSource(campaign_id=campaign_id, position=1, name="A job fair"))
        session.add(
            KeptTemplate(
                organisation_id=world.organisation_id, id=desk.new_id(), title="Kept", content={},
                made_by=recruiter, made_at=desk.now,
            )
        )  # fmt: skip
        session.add(
            ClosingRequest(
                campaign_id=campaign_id, id=desk.new_id(), kind="late", standing="asked", code="LUMO-TIRA-42",
                closed_before=desk.now, asked_at=desk.now,
            )
        )  # fmt: skip
