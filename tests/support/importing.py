"""Files to import, and an import in the halves that a dying process would leave."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.funnel import STAGES, FunnelStage, Journey
from recruitment.rules.import_mapping import Mapping, read_mapping
from recruitment.rules.question_sets import SHIPPED
from recruitment.services.equality_answers import (
    prepare_equality_answers,
    prepare_equality_withdrawals,
    store_equality_row,
)
from recruitment.services.import_files import read_file
from recruitment.services.import_plans import CheckedFile, ImportPlan, check_file, plan_import
from recruitment.services.imports import PreparedImport, prepare_imports, store_imported_answers, store_imports
from recruitment.services.openings import record_opening
from recruitment.services.tallies import rewrite_rows
from recruitment.store.applications import Application
from recruitment.store.candidates import Candidate
from recruitment.store.equality import EqualityRow, count_rows
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.equality import tally_rows
from tests.support.world import World

HEADER = ("Id", "Name", "E-mail", "Phone", "A1", "A2", "A3", "Sex")
MAPPING = read_mapping(
    {
        "external_id": "Id",
        "identity": {"full_name": "Name", "email": "E-mail", "phone": "Phone"},
        "texts": {"1": "A1", "2": "A2", "3": "A3"},
        "equality": {"sex": "Sex", "values": {"sex": {"F": "female", "M": "male"}}},
    }
)


def row(number: int, **changes: str) -> dict[str, str]:
    """A whole row; every cell can be changed by its column's first word."""
    cells = {
        "Id": f"EXT-{number:05}",
        "Name": f"Folasade{number} Adeyemi",
        "E-mail": f"fola{number}@example.org",
        "Phone": "07700 900123",
        "A1": f"I, Folasade{number}, wrote to every tenant about the repairs.",
        "A2": "I weighed the reports against the visits.",
        "A3": "I asked people who use the service.",
        "Sex": "F" if number % 2 else "M",
    }
    return cells | changes


def write_csv(path: Path, rows: list[dict[str, str]]) -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8-sig", newline="")
    return path


def recruiter(world: World) -> Actor:
    return world.actor("recruiter")


def plan(world: World, campaign_id: UUID, mapping: Mapping = MAPPING) -> ImportPlan:
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        return plan_import(session, actor=recruiter(world), desk=desk, campaign_id=campaign_id, mapping=mapping)


def check(world: World, campaign_id: UUID, file: Path) -> CheckedFile:
    return check_file(plan(world, campaign_id), read_file(file, MAPPING))


def store_first_half(world: World, campaign_id: UUID, file: Path) -> tuple[ImportPlan, list[PreparedImport]]:
    """An import up to the commit of its applications, as if the process died there."""
    made = plan(world, campaign_id)
    prepared = list(prepare_imports(world.staff_desk, made, read_file(file, MAPPING)))
    store_imports(world.staff_desk, actor=recruiter(world), plan=made, prepared=prepared)
    return made, prepared


def run(world: World, campaign_id: UUID, file: Path) -> None:
    made, prepared = store_first_half(world, campaign_id, file)
    store_imported_answers(world.staff_desk, actor=recruiter(world), plan=made, prepared=prepared)


def count(world: World, campaign_id: UUID) -> tuple[int, int]:
    """Applications, and rows of equality answers."""
    with world.staff_desk.sessions.reading() as session:
        applications = session.scalar(
            select(func.count()).select_from(Application).where(Application.campaign_id == campaign_id)
        )
        return applications or 0, count_rows(session, campaign_id)


def tally_sexes(world: World, campaign_id: UUID) -> dict[str, int]:
    """What the answers add up to once superseded rows are gone."""
    desk = world.staff_desk
    rewrite_rows(desk, campaign_id)
    receipt = record_opening(
        desk,
        actor=recruiter(world),
        compartment=Compartment.EQUALITY,
        scope_id=campaign_id,
        records=None,
        ground="test",
    )
    with desk.sessions.reading() as session:
        ids = session.scalars(select(Application.id).where(Application.campaign_id == campaign_id)).all()
        rows = session.execute(
            select(EqualityRow.id, EqualityRow.blob).where(EqualityRow.campaign_id == campaign_id)
        ).all()
    submitted = dict.fromkeys(ids, Journey(frozenset({FunnelStage.SUBMITTED})))
    counts, _ = tally_rows(desk.vault, receipt, [(i, blob) for i, blob in rows], submitted, STAGES, SHIPPED)
    found = {sex: counts.count("sex", sex, FunnelStage.SUBMITTED) for sex in ("female", "male")}
    return {sex: number for sex, number in found.items() if number}


def as_candidate(world: World, email: str) -> Actor:
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        hashed = desk.vault.blind("address", world.organisation_id, email)
        found = session.scalars(select(Candidate.id).where(Candidate.address_hash == hashed)).one()
    return Actor(ActorKind.CANDIDATE, found, world.organisation_id)


def change_answers(world: World, campaign_id: UUID, email: str, answers: dict[str, str] | None) -> None:
    desk, actor = world.public_desk, as_candidate(world, email)
    with desk.sessions.reading() as session:
        if answers is None:
            (blob,) = prepare_equality_withdrawals(session, actor=actor, desk=desk, campaign_id=campaign_id)
        else:
            blob = prepare_equality_answers(
                session, actor=actor, desk=desk, campaign_id=campaign_id, answers=answers
            )
    with desk.sessions.writing() as session:
        store_equality_row(session, campaign_id=campaign_id, blob=blob)
