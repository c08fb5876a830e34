"""An import repeated as the export grows: new rows come in, changed ones are told, erased ones stay out."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.import_reports import FEW, ChangedRow, ImportReport, RowChange, report_sentences, why_few
from recruitment.services.erasures import erase_application
from recruitment.services.import_comparisons import compare_file
from recruitment.services.import_files import read_file
from recruitment.services.import_runs import ImportSummary, import_applications
from recruitment.store.applications import Answer, Application, SealedRecord
from recruitment.store.trail import TrailEvent
from tests.support.importing import MAPPING, count, plan, recruiter, row, write_csv
from tests.support.world import World


@pytest.fixture
def campaign_id(world: World) -> UUID:
    return world.campaign(CampaignState.OPEN, applications=0)


def bring(world: World, campaign_id: UUID, file: Path) -> ImportSummary:
    return import_applications(
        world.staff_desk, campaign_id, lambda: read_file(file, MAPPING), MAPPING, actor=recruiter(world)
    )


def sealed(world: World, campaign_id: UUID) -> list[bytes]:
    with world.staff_desk.sessions.reading() as session:
        blobs = session.scalars(select(SealedRecord.blob).where(SealedRecord.campaign_id == campaign_id)).all()
        texts = session.scalars(select(Answer.redacted).where(Answer.campaign_id == campaign_id)).all()
    return sorted([*blobs, *texts])


def erase(world: World, campaign_id: UUID, external_id: str) -> None:
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        hashed = desk.vault.blind("external id", campaign_id, external_id)
        one = session.scalars(select(Application).where(Application.external_id_hash == hashed)).one()
        actor = Actor(ActorKind.CANDIDATE, one.candidate_id or one.id, world.organisation_id)
        erase_application(session, actor=actor, desk=desk, application=one)


def test_rows_that_changed_are_told_by_number_and_left_as_they_were(world, campaign_id, tmp_path):
    bring(world, campaign_id, write_csv(tmp_path / "a.csv", [row(n) for n in range(1, 6)]))
    before = sealed(world, campaign_id)
    grown = [
        row(1),
        row(2, A2="I have thought again."),
        row(3, Phone="07700 900999"),
        row(4, Name="Somebody Else", A1="Another answer."),
        row(5, Sex="M"),
    ]
    done = bring(world, campaign_id, write_csv(tmp_path / "b.csv", grown))
    assert done.report.changed == (
        ChangedRow(3, RowChange.ANSWERS),
        ChangedRow(4, RowChange.DETAILS),
        ChangedRow(5, RowChange.BOTH),
    )
    assert (done.stored, done.report.new, done.report.unchanged) == (0, 0, 2)
    assert sealed(world, campaign_id) == before
    more = bring(world, campaign_id, write_csv(tmp_path / "c.csv", [*grown, row(6)]))
    assert (more.stored, len(more.report.changed)) == (1, 3)
    with world.staff_desk.sessions.reading() as session:
        details = session.scalars(
            select(TrailEvent.detail)
            .where(TrailEvent.chain_id == campaign_id, TrailEvent.event == "applications_imported")
            .order_by(TrailEvent.number)
        ).all()
    assert details == [{"applications": 5}, {"applications": 1, "changed_rows": 3}]


def test_an_erased_application_is_not_imported_again_and_gets_no_equality_answers(world, campaign_id, tmp_path):
    file = write_csv(tmp_path / "a.csv", [row(n) for n in range(1, 4)])
    bring(world, campaign_id, file)
    erase(world, campaign_id, "EXT-00002")
    done = bring(world, campaign_id, file)
    assert (done.stored, done.report.erased, done.report.unchanged) == (0, 1, 2)
    assert count(world, campaign_id) == (3, 3)
    with world.staff_desk.sessions.reading() as session:
        left = session.scalars(select(SealedRecord.application_id).where(SealedRecord.campaign_id == campaign_id))
        assert len(set(left)) == 2


def test_an_application_from_before_fingerprints_were_kept_is_not_compared(world, campaign_id, tmp_path):
    file = write_csv(tmp_path / "a.csv", [row(1)])
    bring(world, campaign_id, file)
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        session.scalars(
            select(Application).where(Application.campaign_id == campaign_id)
        ).one().import_fingerprints = None
    report = compare_file(desk, plan(world, campaign_id), read_file(file, MAPPING))
    assert report == ImportReport(rows=1, new=0, unchanged=0, uncompared=1)


def test_the_public_site_cannot_test_a_guess_against_a_fingerprint(world):
    assert hasattr(world.staff_desk.vault, "fingerprint")
    assert not hasattr(world.public_desk.vault, "fingerprint")


def test_the_report_says_what_would_happen_and_what_would_not():
    report = ImportReport(12, 6, 1, (ChangedRow(4, RowChange.BOTH), ChangedRow(5, RowChange.DETAILS)), 1, 1, 1)
    assert report_sentences(report) == [
        "6 rows would be imported.",
        "1 row is there already, and unchanged.",
        "2 rows changed since they were imported. Nothing of that is taken over.",
        "1 row is there already, and withdrawn since.",
        "1 row is not imported: erased at the person's request.",
        "1 row is there already, and cannot be compared.",
    ]


def test_few_new_rows_are_said_to_tell_whose_reference_is_new():
    assert "Only 1 row is new." in report_sentences(ImportReport(40, 1, 39))[1]
    assert "could tell whose they are" in why_few(ImportReport(4, 4, 0))
    assert why_few(ImportReport(FEW, FEW, 0)) == why_few(ImportReport(40, 0, 40)) == ""
