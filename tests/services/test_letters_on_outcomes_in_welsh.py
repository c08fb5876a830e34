"""Whoever reads Welsh gets their letters in Welsh, and no page, row or record tells anybody who that is."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.letter_wordings import Wording
from recruitment.rules.letters import LetterKind
from recruitment.services.letter_previews import preview_letter
from recruitment.services.letter_wordings import (
    load_letter_texts,
    read_letter_wording,
    suggest_welsh,
    write_wording,
)
from recruitment.services.outgoing import read_outbox
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Application
from recruitment.store.letters import LetterWording, OutcomeLetter
from recruitment.store.trail import TrailEvent
from tests.support.letters import ASK, approve_all, let_read_welsh, queue_all
from tests.support.mailboxes import posting
from tests.support.panels import check, declare_nothing, entries, revealed
from tests.support.times import invite, offer
from tests.support.visitors import plain

KIND = LetterKind.NOT_SHORTLISTED


@pytest.fixture
def post():
    with posting() as found:
        yield found


def due(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        shortlisted = set(entries(world, campaign_id))
        found = session.scalars(select(Application.id).where(Application.campaign_id == campaign_id))
        return sorted(set(found) - shortlisted)


def test_a_letter_goes_in_welsh_to_whoever_reads_welsh_and_to_nobody_else(world, post):
    campaign_id = world.campaign(until=CampaignState.REVEALED, applications=12)
    siân, ann, *_ = due(world, campaign_id)
    welsh, english = let_read_welsh(world, campaign_id, siân), let_read_welsh(world, campaign_id, ann, "en")
    approve_all(world)
    queue_all(world, campaign_id)
    run_due_jobs(world.staff_desk, post.server)
    told = {letter["To"]: letter.get_content() for letter in post.outcome_letters}
    assert "Nid ydych ar y rhestr fer y tro hwn." in told[welsh]
    assert re.search(r"Cwestiwn 1, .+: \d", told[welsh]) and "You are not" not in told[welsh]
    assert "You are not on the shortlist this time." in told[english]
    assert sum("Annwyl" in text for text in told.values()) == 1


def test_nothing_that_staff_read_differs_by_the_language_of_a_reader(world, post):
    """Both ways are tried: pages before, rows and trail after the letters went."""
    campaign_id = world.campaign(until=CampaignState.REVEALED, applications=12)
    siân, *_ = due(world, campaign_id)
    approve_all(world)
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    with world.staff_desk.sessions.reading() as session:
        reference = session.get_one(Application, (campaign_id, siân)).reference
    paths = [
        f"/campaigns/{campaign_id}/letters",
        f"/campaigns/{campaign_id}/letters/preview?reference={reference}",
    ]
    seen = {}
    for language in ("en", "cy"):
        let_read_welsh(world, campaign_id, siân, language)
        pages = [client.get(path) for path in paths]
        assert [page.status_code for page in pages] == [200, 200]
        seen[language] = [plain(page) for page in pages]
    assert seen["en"] == seen["cy"]
    assert "You are not on the shortlist" in seen["en"][1] and "Nid ydych ar y rhestr fer" in seen["en"][1]
    queue_all(world, campaign_id)
    run_due_jobs(world.staff_desk, post.server)
    assert any("Annwyl" in letter.get_content() for letter in post.outcome_letters)
    with world.staff_desk.sessions.reading() as session:
        rows = session.scalars(select(OutcomeLetter).where(OutcomeLetter.campaign_id == campaign_id)).all()
        assert {(row.kind, row.version, row.state, row.part, row.failure) for row in rows} == {
            (KIND, 1, "taken", "", "")
        }
        details = [str(event.detail) for event in session.scalars(select(TrailEvent))]
        assert not [one for one in details if "'cy'" in one or "welsh" in one.lower()]


def test_the_same_person_approves_both_languages_and_a_change_of_one_waits_again(world):
    world.campaign(until=CampaignState.DRAFT)
    desk, actor = world.staff_desk, world.actor("recruiter")
    approve_all(world)
    with desk.sessions.writing() as session:
        found = read_letter_wording(session, actor=actor, kind=KIND)
        assert found.in_force.wording == load_letter_texts().wordings[KIND]
        changed = replace(found.in_force.wording, welsh=Wording("Eich cais", "{scores} {how_to_ask}"))
        write_wording(session, actor=actor, desk=desk, kind=KIND, wording=changed, seen=1)
        waiting = read_letter_wording(session, actor=actor, kind=KIND).waiting
        assert (waiting.version, waiting.wording, waiting.is_own) == (2, changed, True)
        bare = replace(changed, welsh=Wording(" ", ""))
        write_wording(session, actor=actor, desk=desk, kind=KIND, wording=bare, seen=2)
        assert read_letter_wording(session, actor=actor, kind=KIND).waiting.wording.welsh is None


def test_the_shipped_welsh_is_suggested_only_beside_the_shipped_english():
    shipped = load_letter_texts().wordings[KIND]
    assert suggest_welsh(KIND, replace(shipped, welsh=None)) == shipped.welsh
    assert suggest_welsh(KIND, Wording("Ours", shipped.body)) is None
    own = Wording("Eich cais", "{scores} {how_to_ask}")
    assert suggest_welsh(KIND, replace(shipped, welsh=own)) == own


def test_a_wording_is_written_in_both_languages_on_its_page(world):
    world.campaign(until=CampaignState.DRAFT)
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    path = f"/letter-wordings/{KIND}/new"
    assert "Nid ydych ar y rhestr fer y tro hwn." in client.get(path).text
    sent = {
        "subject": "Your application", "body": "{scores} {how_to_ask}", "seen": "0",
        "welsh_subject": "Eich cais", "welsh_body": "{scores}",
    }  # fmt: skip
    refused = client.post(path, data=sent)
    assert refused.status_code == 400 and 'href="#welsh_body"' in refused.text and "Eich cais" in refused.text
    assert client.post(path, data=sent | {"welsh_body": "{scores} {how_to_ask}"}).status_code == 303
    page = client.get(f"/letter-wordings/{KIND}").text
    assert 'lang="cy"' in page and "Eich cais" in page
    bare = sent | {"seen": "1", "welsh_subject": "", "welsh_body": ""}
    assert client.post(path, data=bare).status_code == 303
    assert "This wording has no Welsh beside it" in client.get(f"/letter-wordings/{KIND}").text
    assert "Without Welsh" not in client.get("/letter-wordings").text, "it is not in force yet"
    with world.staff_desk.sessions.writing() as session:
        row = session.scalars(select(LetterWording).where(LetterWording.version == 2)).one()
        row.approved_at = world.clock.now
    assert "Without Welsh: everybody gets the English" in client.get("/letter-wordings").text


def test_letters_about_appointments_are_in_the_language_of_their_reader(world):
    campaign_id = revealed(world)
    declare_nothing(world, campaign_id)
    check(world, campaign_id)
    first, second, *_ = entries(world, campaign_id)
    siân, ann = (let_read_welsh(world, campaign_id, *one) for one in ((first, "cy"), (second, "en")))
    for one in (first, second):
        invite(world, campaign_id, one)
    offer(world, campaign_id, "9:00 10:00")
    run_due_jobs(world.staff_desk, None)
    with world.staff_desk.sessions.reading() as session:
        box = read_outbox(session, actor=world.actor("recruiter"), desk=world.staff_desk)
    told = {one.letter.to: one.letter for one in box}
    assert told[siân].subject.startswith("Dewiswch amser: ")
    assert "Dewiswch yma, ar ôl i chi fewngofnodi:\nhttps://jobs.example/" in told[siân].body
    assert told[ann].subject.startswith("Choose a time: ")
    assert "Choose here, after you sign in:\nhttps://jobs.example/" in told[ann].body


def test_a_preview_of_a_letter_has_both_languages_for_every_reference(world):
    campaign_id = world.campaign(until=CampaignState.REVEALED, applications=12)
    approve_all(world)
    with world.staff_desk.sessions.reading() as session:
        for key in due(world, campaign_id)[:3]:
            shown = preview_letter(
                session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign_id,
                reference=session.get_one(Application, (campaign_id, key)).reference, ask_address=ASK,
            )  # fmt: skip
            assert "Nid ydych ar y rhestr fer" in shown.letter.welsh.body
