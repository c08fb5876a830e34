"""A campaign's evidence pack: what it holds, what it never holds, and its check away from here."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import NotAllowed, TooSoon
from recruitment.services.evidence_packs import keep_pack, prepare_pack, verify_pack
from recruitment.services.reveals import read_names
from recruitment.services.trail import check_trail
from recruitment.store.people import Person
from recruitment.store.sift import Score
from recruitment.store.trail import TrailEvent


@pytest.fixture
def campaign_id(world):
    return world.campaign(until=CampaignState.RELEASED, applications=24)


def _make(world, campaign_id, part="recruiter"):
    desk, actor = world.staff_desk, world.actor(part)
    with desk.sessions.reading() as session:
        made = prepare_pack(
            session,
            actor=actor,
            desk=desk,
            campaign_id=campaign_id,
            report=lambda found: f"<h1>{found.title}</h1>",
        )
    with desk.sessions.writing() as session:
        keep_pack(session, actor=actor, desk=desk, campaign_id=campaign_id, made=made)
    return made


def _files(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _rows(files, name):
    return list(csv.DictReader(io.StringIO(files[name].decode())))


def test_a_pack_holds_every_score_by_reference_and_nobodys_name(world, campaign_id):
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        candidates = {
            one.name
            for one in read_names(session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id)
        }
        staff = set(session.scalars(select(Person.name)))
        scores = session.query(Score).filter(Score.campaign_id == campaign_id).count()
    assert candidates
    assert staff

    files = _files(_make(world, campaign_id).content)

    assert len(_rows(files, "sift-scores.csv")) == scores > 0
    whole = b"\n".join(files.values()).decode()
    assert [name for name in candidates | staff if name.lower() in whole.lower()] == []


def test_nothing_joins_the_scores_of_sift_and_interview(world, campaign_id):
    """A reference below the line among the interviewed would tell who came under Disability Confident."""
    files = _files(_make(world, campaign_id).content)
    references = {row["Reference"] for row in _rows(files, "sift-scores.csv")}
    assert references
    assert _rows(files, "interview-scores.csv")
    later = b"".join(held for name, held in files.items() if name not in ("sift-scores.csv", "moderation.csv"))
    assert [reference for reference in references if reference.encode() in later] == []


def test_a_pack_verifies_without_database_and_private_keys(world, campaign_id):
    made = _make(world, campaign_id)
    key = world.staff_desk.vault.verifying_key

    found = verify_pack(made.content, key=key)

    assert found.problems == ()
    assert found.fingerprint == made.fingerprint
    assert "trail.jsonl" in found.files


def test_pack_and_trail_name_each_other(world, campaign_id):
    made = _make(world, campaign_id)
    head = verify_pack(made.content).head
    with world.staff_desk.sessions.reading() as session:
        before = session.get_one(TrailEvent, (campaign_id, head.trail_number))
        after = session.get_one(TrailEvent, (campaign_id, head.trail_number + 1))
        problems = check_trail(session, campaign_id, world.staff_desk.vault.verifying_key)
    assert before.digest.hex() == head.trail_digest
    assert after.event == "evidence_pack_made"
    assert after.detail == {"sha256": made.digest.hex()}
    assert problems == []


def test_the_trail_in_a_pack_is_worked_out_again_where_nobody_typed(world, campaign_id):
    files = _files(_make(world, campaign_id).content)
    events = [json.loads(line) for line in files["trail.jsonl"].splitlines()]
    whole = [event for event in events if event["detail"] is not None]
    typed = [event for event in events if event["event"] == "interview_line_set"]
    assert len(whole) > 20
    assert [event["detail"] for event in typed] == [None]
    assert {event["actor"] for event in events if event["event"] == "application_submitted"} == {"candidate"}


def test_a_pack_of_a_forged_trail_is_refused_though_it_is_signed(world, campaign_id, monkeypatch):
    """Somebody who can sign still cannot change an event without breaking the chain."""
    import recruitment.services.evidence_packs as packs

    wrote = packs._files

    def forged(evidence):
        files = wrote(evidence)
        lines = [json.loads(line) for line in files["trail.jsonl"].splitlines()]
        one = next(line for line in lines if line["detail"] and line["number"] > 5)
        one["event"] = "nothing_happened"
        files["trail.jsonl"] = b"".join(json.dumps(line, sort_keys=True).encode() + b"\n" for line in lines)
        return files

    monkeypatch.setattr(packs, "_files", forged)
    (problem,) = verify_pack(_make(world, campaign_id).content).problems
    assert problem.endswith("was altered.")


def test_no_pack_is_made_before_the_outcomes_are_final(world):
    early = world.campaign(until=CampaignState.REVEALED, applications=6)
    with pytest.raises(TooSoon):
        _make(world, early)


@pytest.mark.parametrize("part", ["shortlister_one", "analyst", "shortlister_two"])
def test_only_recruiters_and_auditors_of_the_campaign_make_packs(world, campaign_id, part):
    with pytest.raises(NotAllowed):
        _make(world, campaign_id, part)


def test_an_auditor_makes_the_same_evidence(world, campaign_id):
    theirs, ours = _files(_make(world, campaign_id, "auditor").content), _files(_make(world, campaign_id).content)
    assert theirs["sift-scores.csv"] == ours["sift-scores.csv"]


def test_the_checklist_goes_with_the_pack(world, campaign_id):
    items = json.loads(_files(_make(world, campaign_id).content)["checklist.json"])["items"]
    assert {item["standing"] for item in items} >= {"met", "open"}
    assert all(item["evidence"] or item["standing"] == "open" for item in items)
