"""Outcomes given back to the system that applications came from, once they are final.

The numbers of the other system lie in a compartment of their own, so that giving outcomes back opens no name;
names are opened for those alone who start, and nobody else's.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.outcome_exports import ExportedOutcome, NewStarter, outcome_of, stage_of, starter
from recruitment.rules.permissions import Permission
from recruitment.services.openings import record_opening
from recruitment.services.permissions import require
from recruitment.services.reveals import read_names
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.applications import Application, SealedRecord, StageEvent, StageEventKind
from recruitment.store.campaigns import Vacancy, list_vacancies
from recruitment.store.interviews import Outcome
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.origin import open_origins

FINAL = (CampaignState.DECIDED, CampaignState.TALLIED, CampaignState.RELEASED)


@dataclass(frozen=True)
class Exportable:
    """How many applications came from another system, how many were made here, and how many people start."""

    elsewhere: int
    here: int
    starters: int


def _final_campaign(session: Session, actor: Actor, campaign_id: UUID) -> None:
    campaign = require(session, actor, campaign_id, Permission.EXPORT_OUTCOMES)
    require_state(CampaignState(campaign.state), *FINAL, act="export outcomes")


def read_exportable(session: Session, *, actor: Actor, campaign_id: UUID) -> Exportable:
    """Before anything is opened; `TooSoon` until the outcomes are final."""
    _final_campaign(session, actor, campaign_id)
    every = set(session.scalars(select(Application.id).where(Application.campaign_id == campaign_id)))
    elsewhere = {key for key, _ in _sealed_numbers(session, campaign_id)}
    return Exportable(len(elsewhere), len(every - elsewhere), len(_appointed(session, campaign_id)))


def export_outcomes(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID
) -> list[ExportedOutcome]:
    """One row for each application from another system, by its number there; opened with a record.

    A read session. Applications made here have no number elsewhere and are left out; erased ones too.
    """
    _final_campaign(session, actor, campaign_id)
    history: dict[UUID, set[str]] = defaultdict(set)
    for key, kind in session.execute(
        select(StageEvent.application_id, StageEvent.kind).where(StageEvent.campaign_id == campaign_id)
    ):
        history[key].add(kind)
    decided = {
        row.application_id: row
        for row in session.scalars(select(Outcome).where(Outcome.campaign_id == campaign_id))
    }
    titles = {vacancy.id: vacancy.title for vacancy in list_vacancies(session, campaign_id)}
    numbers = _open_numbers(session, actor, desk, campaign_id, "outcomes given back to the system they came from")
    rows = []
    for key, number in numbers.items():
        outcome = decided.get(key)
        vacancy = titles.get(outcome.vacancy_id, "") if outcome and outcome.vacancy_id else ""
        on = outcome.decided_at.date() if outcome else None
        rows.append(ExportedOutcome(number, stage_of(history[key]), outcome_of(history[key]), vacancy, on))
    return sorted(rows, key=lambda row: row.external_id)


def export_starters(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID) -> list[NewStarter]:
    """Those who are appointed, with what onboarding needs, alphabetical; opened with a record, and nobody else."""
    _final_campaign(session, actor, campaign_id)
    posts = _appointed(session, campaign_id)
    if not posts:
        return []
    vacancies = {vacancy.id: vacancy for vacancy in list_vacancies(session, campaign_id)}
    only = next(iter(vacancies.values())) if len(vacancies) == 1 else None
    named = read_names(
        session,
        actor=actor,
        desk=desk,
        campaign_id=campaign_id,
        only=list(posts),
        ground="onboarding of new starters",
    )
    found = []
    for one in named:
        vacancy_id = posts[one.application_id]
        vacancy = vacancies.get(vacancy_id) if vacancy_id else only
        found.append(starter(one.identity, one.identity.external_id, _post(vacancy)))
    return found


def _post(vacancy: Vacancy | None) -> tuple[str, str, str, str, str]:
    if vacancy is None:
        return ("", "", "", "", "")
    return (vacancy.title, vacancy.location, vacancy.grade, vacancy.pay, vacancy.working_pattern)


def _appointed(session: Session, campaign_id: UUID) -> dict[UUID, UUID | None]:
    """Application → the vacancy it was appointed to; whose papers were erased is left out."""
    rows = session.execute(
        select(StageEvent.application_id, Outcome.vacancy_id)
        .join(
            SealedRecord,
            (SealedRecord.campaign_id == StageEvent.campaign_id)
            & (SealedRecord.application_id == StageEvent.application_id)
            & (SealedRecord.compartment == Compartment.IDENTITY)
            & (SealedRecord.part == ""),
        )
        .outerjoin(
            Outcome,
            (Outcome.campaign_id == StageEvent.campaign_id)
            & (Outcome.application_id == StageEvent.application_id),
        )
        .where(StageEvent.campaign_id == campaign_id, StageEvent.kind == StageEventKind.APPOINTED)
    )
    return {key: vacancy_id for key, vacancy_id in rows}


def _sealed_numbers(session: Session, campaign_id: UUID) -> list[tuple[UUID, bytes]]:
    found = session.execute(
        select(SealedRecord.application_id, SealedRecord.blob).where(
            SealedRecord.campaign_id == campaign_id, SealedRecord.compartment == Compartment.ORIGIN
        )
    )
    return [(key, blob) for key, blob in found]


def _open_numbers(
    session: Session, actor: Actor, desk: StaffDesk, campaign_id: UUID, ground: str
) -> dict[UUID, str]:
    blobs = _sealed_numbers(session, campaign_id)
    if not blobs:
        return {}
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.ORIGIN,
        scope_id=campaign_id,
        records=[key for key, _ in blobs],
        ground=ground,
    )
    return open_origins(desk.vault, receipt, ((key, blob) for key, blob in blobs))
