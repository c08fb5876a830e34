"""Outcomes for another system: once final, by number, recorded, and with no name but of those who start."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from recruitment.commands.export_outcomes import export_outcomes_command
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import NotFound, TooSoon
from recruitment.services.erasures import erase_application
from recruitment.services.outcome_exports import Exportable, export_outcomes, export_starters, read_exportable
from recruitment.store.applications import Application, SealedRecord
from recruitment.store.interviews import Outcome
from recruitment.store.trail import TrailEvent
from recruitment.vault.compartments import Compartment
from tests.support.importing import plan, recruiter, row, store_first_half, write_csv
from tests.support.origins import number_applications


@pytest.fixture
def campaign_id(world):
    return world.campaign(CampaignState.DECIDED, applications=8)


def asked(world, campaign_id, part="recruiter"):
    return {"actor": world.actor(part), "desk": world.staff_desk, "campaign_id": campaign_id}


def openings(world, campaign_id):
    query = select(TrailEvent.detail).where(
        TrailEvent.chain_id == campaign_id, TrailEvent.event == "compartment_opened"
    )
    with world.staff_desk.sessions.reading() as session:
        return session.scalars(query.order_by(TrailEvent.number)).all()


def test_every_imported_application_is_told_by_its_number_and_no_name_is_opened(world, campaign_id):
    numbers = number_applications(world, campaign_id, but=1)
    before = len(openings(world, campaign_id))
    with world.staff_desk.sessions.reading() as session:
        rows = export_outcomes(session, **asked(world, campaign_id))
        decided = {one.application_id: one.result for one in session.scalars(select(Outcome))}
    assert [row.external_id for row in rows] == sorted(numbers.values())
    told = {row.external_id: row.outcome for row in rows}
    shortlisted = [key for key in decided if key in numbers]
    assert shortlisted
    assert [told[numbers[key]] for key in shortlisted] == [decided[key] for key in shortlisted]
    assert "not_shortlisted" in told.values()
    opened = openings(world, campaign_id)[before:]
    assert [(one["compartment"], len(one["records"])) for one in opened] == [("origin", len(numbers))]


def test_only_those_who_were_appointed_are_named(world, campaign_id):
    before = len(openings(world, campaign_id))
    with world.staff_desk.sessions.reading() as session:
        starters = export_starters(session, **asked(world, campaign_id))
        appointed = session.scalars(select(Outcome.application_id).where(Outcome.result == "appointed")).all()
    assert len(starters) == len(appointed) > 0
    assert all(one.full_name and one.post for one in starters)
    (opened,) = openings(world, campaign_id)[before:]
    assert (opened["compartment"], opened["ground"]) == ("identity", "onboarding of new starters")
    assert opened["records"] == sorted(key.hex for key in appointed)


def test_nothing_leaves_before_outcomes_are_final_or_for_anybody_but_a_recruiter(world):
    campaign_id = world.campaign(CampaignState.REVEALED, applications=8)
    number_applications(world, campaign_id)
    with world.staff_desk.sessions.reading() as session:
        for act in (export_outcomes, export_starters):
            with pytest.raises(TooSoon):
                act(session, **asked(world, campaign_id))
            for part in ("shortlister_one", "member", "analyst", "auditor"):
                with pytest.raises(NotFound):
                    act(session, **asked(world, campaign_id, part))


def test_an_erased_application_has_no_number_left(world, campaign_id):
    numbers = number_applications(world, campaign_id)
    gone = next(iter(numbers))
    with world.staff_desk.sessions.writing() as session:
        application = session.get_one(Application, (campaign_id, gone))
        erase_application(session, actor=recruiter(world), desk=world.staff_desk, application=application)
    with world.staff_desk.sessions.reading() as session:
        rows = export_outcomes(session, **asked(world, campaign_id))
        counted = read_exportable(session, actor=recruiter(world), campaign_id=campaign_id)
    assert {row.external_id for row in rows} == {n for key, n in numbers.items() if key != gone}
    assert (counted.elsewhere, counted.here) == (len(numbers) - 1, 1)


def test_an_import_seals_the_number_apart_from_the_name(world, tmp_path):
    campaign_id = world.campaign(CampaignState.OPEN, applications=0)
    store_first_half(world, campaign_id, write_csv(tmp_path / "a.csv", [row(n) for n in range(1, 4)]))
    assert plan(world, campaign_id)
    with world.staff_desk.sessions.reading() as session:
        blobs = session.scalars(
            select(SealedRecord.blob).where(
                SealedRecord.campaign_id == campaign_id, SealedRecord.compartment == Compartment.ORIGIN
            )
        ).all()
    assert len(blobs) == 3
    assert len({len(blob) for blob in blobs}) == 1


def test_the_command_writes_files_for_their_owner_alone_and_never_over_another(world, campaign_id, tmp_path):
    number_applications(world, campaign_id)
    environment = {
        "RECRUITMENT_HOME": str(world.home),
        "RECRUITMENT_DATABASE": world.database,
        "RECRUITMENT_DEVELOPMENT": "yes",
    }
    out, starters = tmp_path / "o.csv", tmp_path / "s.jsonl"
    args = [str(campaign_id), "--as", "recruiter@body.example", "--out", str(out), "--starters", str(starters)]
    first = CliRunner().invoke(export_outcomes_command, args, env=environment)
    assert first.exit_code == 0, first.output
    assert "8 outcomes written" in first.output
    assert out.read_text().startswith("external_id,stage,outcome,vacancy,decided_on")
    assert starters.stat().st_mode & 0o077 == 0
    again = CliRunner().invoke(export_outcomes_command, args, env=environment)
    assert again.exit_code == 1
    assert "is there already" in again.output
    wrong = CliRunner().invoke(export_outcomes_command, [*args[:3], "--out", "o.xls"], env=environment)
    assert "must end in .csv or .jsonl" in wrong.output


def test_the_page_says_what_there_is_and_gives_both_files(world, campaign_id):
    number_applications(world, campaign_id, but=2)
    with world.staff_desk.sessions.reading() as session:
        counted = read_exportable(session, actor=recruiter(world), campaign_id=campaign_id)
    assert counted == Exportable(6, 2, counted.starters)
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    page = client.get(f"/campaigns/{campaign_id}/export")
    assert "6 applications came from another system" in page.text
    answer = client.post(f"/campaigns/{campaign_id}/export/outcomes.csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=outcomes.csv"
    assert len(answer.text.splitlines()) == 7
    assert client.post(f"/campaigns/{campaign_id}/export/new-starters.jsonl").status_code == 200
    before = len(openings(world, campaign_id))
    assert client.post(f"/campaigns/{campaign_id}/export/outcomes.xml").status_code == 404
    assert len(openings(world, campaign_id)) == before
