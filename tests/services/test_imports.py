"""Imports: all or nothing, safe to run twice, and whole again after a process died half-way."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import NotFound, TooLate
from recruitment.services import sift
from recruitment.services.equality_answers import (
    store_equality_row,
)
from recruitment.services.import_files import read_file
from recruitment.services.import_plans import CheckedFile, plan_import
from recruitment.services.imports import prepare_imports, store_imports
from recruitment.services.openings import record_opening
from recruitment.services.redacted import read_pieces
from recruitment.services.tallies import rewrite_rows
from recruitment.store.applications import Answer, Application, SealedRecord
from recruitment.store.campaigns import Campaign
from recruitment.store.candidates import Candidate
from recruitment.store.trail import TrailEvent
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.identity import open_identities
from tests.support.importing import (
    MAPPING,
    change_answers,
    check,
    count,
    plan,
    recruiter,
    row,
    run,
    store_first_half,
    tally_sexes,
    write_csv,
)
from tests.support.world import World


@pytest.fixture
def campaign_id(world: World) -> UUID:
    return world.campaign(CampaignState.OPEN, applications=0)


def test_an_import_stores_applications_redacted_and_their_equality_answers_apart(world, campaign_id, tmp_path):
    file = write_csv(tmp_path / "a.csv", [row(n) for n in range(1, 13)])
    assert check(world, campaign_id, file) == CheckedFile(12, ())
    run(world, campaign_id, file)
    assert count(world, campaign_id) == (12, 12)
    assert tally_sexes(world, campaign_id) == {"female": 6, "male": 6}
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        answers = session.scalars(select(Answer).where(Answer.campaign_id == campaign_id)).all()
        shown = [str(read_pieces(desk, campaign_id, answer.id, answer.redacted)) for answer in answers]
        events = session.execute(
            select(TrailEvent.event, TrailEvent.detail, TrailEvent.actor)
            .where(TrailEvent.chain_id == campaign_id, TrailEvent.event.contains("import"))
            .order_by(TrailEvent.number)
        ).all()
    assert any("wrote to every tenant" in text for text in shown)
    assert [text for text in shown if "Folasade" in text] == []
    assert [(event, actor) for event, _, actor in events] == [
        ("applications_imported", str(recruiter(world))),
        ("imported_answers_stored", str(recruiter(world))),
    ]
    assert events[0].detail == {"applications": 12}


def test_an_import_run_twice_adds_nothing(world, campaign_id, tmp_path):
    file = write_csv(tmp_path / "a.csv", [row(n) for n in range(1, 6)])
    run(world, campaign_id, file)
    world.clock.advance(hours=2)
    run(world, campaign_id, file)
    assert count(world, campaign_id) == (5, 5)
    more = write_csv(tmp_path / "b.csv", [row(n) for n in range(1, 8)])
    run(world, campaign_id, more)
    assert count(world, campaign_id) == (7, 7)
    assert tally_sexes(world, campaign_id) == {"female": 4, "male": 3}


def test_answers_lost_between_the_two_commits_come_with_the_second_run(world, campaign_id, tmp_path):
    file = write_csv(tmp_path / "a.csv", [row(n) for n in range(1, 6)])
    store_first_half(world, campaign_id, file)
    assert count(world, campaign_id) == (5, 0)
    world.clock.advance(days=1)
    run(world, campaign_id, file)
    assert count(world, campaign_id) == (5, 5)
    assert tally_sexes(world, campaign_id) == {"female": 3, "male": 2}


def test_a_part_of_the_file_does_not_complete_the_lost_answers_of_the_rest(world, campaign_id, tmp_path):
    store_first_half(world, campaign_id, write_csv(tmp_path / "a.csv", [row(n) for n in range(1, 6)]))
    run(world, campaign_id, write_csv(tmp_path / "part.csv", [row(1)]))
    run(world, campaign_id, tmp_path / "a.csv")
    assert tally_sexes(world, campaign_id) == {"female": 3, "male": 2}


def test_answers_stored_without_their_record_are_replaced_by_themselves(world, campaign_id, tmp_path):
    file = write_csv(tmp_path / "a.csv", [row(n) for n in range(1, 6)])
    _, prepared = store_first_half(world, campaign_id, file)
    with world.staff_desk.sessions.writing() as session:
        for one in prepared:
            store_equality_row(session, campaign_id=campaign_id, blob=one.equality)
    run(world, campaign_id, file)
    assert count(world, campaign_id) == (5, 10)
    assert tally_sexes(world, campaign_id) == {"female": 3, "male": 2}
    assert count(world, campaign_id) == (5, 5)


def test_what_a_candidate_replaced_since_is_not_overwritten_by_a_second_run(world, campaign_id, tmp_path):
    file = write_csv(tmp_path / "a.csv", [row(1)])
    store_first_half(world, campaign_id, file)
    world.clock.advance(hours=1)
    change_answers(world, campaign_id, "fola1@example.org", {"sex": "male"})
    world.clock.advance(hours=1)
    run(world, campaign_id, file)
    assert tally_sexes(world, campaign_id) == {"male": 1}


def test_a_withdrawal_stands_after_a_rewrite_left_no_row_of_it(world, campaign_id, tmp_path):
    file = write_csv(tmp_path / "a.csv", [row(1), row(2)])
    run(world, campaign_id, file)
    world.clock.advance(hours=1)
    change_answers(world, campaign_id, "fola1@example.org", None)
    rewrite_rows(world.staff_desk, campaign_id)
    world.clock.advance(hours=1)
    run(world, campaign_id, file)
    assert tally_sexes(world, campaign_id) == {"male": 1}


def test_nothing_is_stored_when_the_last_application_fails(world, campaign_id, tmp_path):
    file = write_csv(tmp_path / "a.csv", [row(n) for n in range(1, 6)])
    made = plan(world, campaign_id)
    prepared = list(prepare_imports(world.staff_desk, made, read_file(file, MAPPING)))
    broken = [*prepared, prepared[0]]
    with pytest.raises(Exception, match=r"(?i)unique|conflicts"):
        store_imports(world.staff_desk, actor=recruiter(world), plan=made, prepared=broken)
    assert count(world, campaign_id) == (0, 0)
    store_imports(world.staff_desk, actor=recruiter(world), plan=made, prepared=prepared)
    assert count(world, campaign_id) == (5, 0)


def test_a_missing_address_leaves_an_application_without_an_account(world, campaign_id, tmp_path):
    run(world, campaign_id, write_csv(tmp_path / "a.csv", [row(1), row(2, **{"E-mail": " "})]))
    with world.staff_desk.sessions.reading() as session:
        accounts = session.scalars(
            select(Application.candidate_id).where(Application.campaign_id == campaign_id)
        ).all()
    assert sorted(account is None for account in accounts) == [False, True]


def test_somebody_with_an_application_of_their_own_keeps_the_account_for_it(world, campaign_id, tmp_path):
    run(world, campaign_id, write_csv(tmp_path / "a.csv", [row(1)]))
    again = row(2, **{"E-mail": "FOLA1@example.org"})
    run(world, campaign_id, write_csv(tmp_path / "b.csv", [again]))
    with world.staff_desk.sessions.reading() as session:
        accounts = session.scalars(
            select(Application.candidate_id).where(Application.campaign_id == campaign_id)
        ).all()
        assert session.scalar(select(func.count()).select_from(Candidate)) == 1
    assert sorted(account is None for account in accounts) == [False, True]


def test_references_do_not_follow_the_order_of_the_file(world, campaign_id, tmp_path):
    run(world, campaign_id, write_csv(tmp_path / "a.csv", [row(n) for n in range(1, 13)]))
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        rows = session.execute(
            select(Application.external_id_hash, Application.reference).where(
                Application.campaign_id == campaign_id
            )
        ).all()
    by_hash = {hashed: reference for hashed, reference in rows}
    ordered = [by_hash[desk.vault.blind("external id", campaign_id, f"EXT-{n:05}")] for n in range(1, 13)]
    assert ordered != sorted(ordered)


def test_cells_that_look_like_formulas_are_kept_as_they_were_written(world, campaign_id, tmp_path):
    formula = '=HYPERLINK("http://example.org";"mine") shows @what +I -did'
    file = write_csv(tmp_path / "a.csv", [row(1, A2=formula, Phone="+44 7700 900123")])
    run(world, campaign_id, file)
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        application_id, blob = session.execute(
            select(SealedRecord.application_id, SealedRecord.blob).where(
                SealedRecord.campaign_id == campaign_id,
                SealedRecord.compartment == Compartment.IDENTITY,
            )
        ).one()
    receipt = record_opening(
        desk,
        actor=recruiter(world),
        compartment=Compartment.IDENTITY,
        scope_id=campaign_id,
        records=[application_id],
        ground="test",
    )
    identity = open_identities(desk.vault, receipt, [(application_id, blob)])[application_id]
    assert formula in identity.answers.values()
    assert identity.contact.phone == "+44 7700 900123"
    assert identity.external_id == "EXT-00001"


@pytest.mark.sqlite_only
def test_the_external_id_is_nowhere_in_the_database(world, campaign_id, tmp_path):
    file = write_csv(tmp_path / "a.csv", [row(n, A3="QUOTED-IN-PLAIN") for n in range(1, 4)])
    run(world, campaign_id, file)
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, campaign_id).summary = "FOUND-IN-PLAIN"
    held = b"".join(path.read_bytes() for path in world.home.glob("recruitment.db*"))
    assert b"FOUND-IN-PLAIN" in held
    for withheld in (b"EXT-0000", b"Folasade", b"fola1@", b"QUOTED-IN-PLAIN"):
        assert withheld not in held


def test_every_bad_row_is_named_by_its_number_and_never_by_what_it_holds(world, campaign_id, tmp_path):
    rows = [
        row(1),
        row(2, **{"E-mail": "fola at example"}),
        row(1, **{"E-mail": "other@example.org"}),
        row(4, A1="  "),
        row(5, Sex="Weiblich"),
        row(6, A2="word " * 251),
        row(7, Name=""),
        row(8, Name="n" * 501),
        row(9, **{"E-mail": "FOLA1@example.org"}),
        row(10, Id=""),
    ]
    checked = check(world, campaign_id, write_csv(tmp_path / "a.csv", rows))
    assert checked.problems == (
        "row 3: column “E-mail”: is not an e-mail address",
        "row 4: column “Id”: is the same as in row 2",
        "row 5: column “A1”: is empty, and there is nothing else to score",
        "row 6: column “Sex”: holds an answer that [equality.values.sex] does not translate to one of its codes",
        "row 7: column “A2”: has 251 words, the limit is 250",
        "row 8: column “Name”: is empty; without a name nothing can be hidden",
        "row 9: column “Name”: is longer than 500 characters",
        "row 9: column “Name”: is empty; without a name nothing can be hidden",
        "row 10: column “E-mail”: is the same as in row 2",
        "row 11: column “Id”: is empty; every row needs the number it has elsewhere",
    )


def test_an_import_is_taken_after_the_closing_time_until_the_sift_opens(world, tmp_path):
    campaign_id = world.campaign(CampaignState.OPEN, applications=3)
    file = write_csv(tmp_path / "a.csv", [row(1)])
    world.clock.now += timedelta(days=15)
    run(world, campaign_id, file)
    assert count(world, campaign_id)[0] == 4
    with world.staff_desk.sessions.writing() as session:
        sift.open_sift(session, actor=recruiter(world), desk=world.staff_desk, campaign_id=campaign_id)
    with pytest.raises(TooLate):
        plan(world, campaign_id)


def test_only_a_recruiter_of_the_campaign_may_import(world, campaign_id):
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        for part in ("shortlister_one", "analyst", "auditor"):
            with pytest.raises(NotFound):
                plan_import(session, actor=world.actor(part), desk=desk, campaign_id=campaign_id, mapping=MAPPING)
        plan_import(session, actor=recruiter(world), desk=desk, campaign_id=campaign_id, mapping=MAPPING)
