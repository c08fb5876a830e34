"""Administrators change people and their organisation's settings by page, each change in the trail."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from sqlalchemy import select

from recruitment.rules.actors import system_actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotFound, TooLate
from recruitment.services.accounts import add_person
from recruitment.services.digests import begin_digests
from recruitment.services.organisation_settings import (
    UK,
    OrganisationSettings,
    read_public_name,
    sender_for,
    write_settings,
)
from recruitment.services.people_changes import change_person, retire_person
from recruitment.services.post import post_letter
from recruitment.services.worker import run_due_jobs
from recruitment.store.jobs import Job
from recruitment.store.people import Person
from recruitment.store.trail import TrailEvent
from recruitment.vault.sealing.contact import Letter
from tests.support.mailboxes import posting

TYPED = {
    "name": "Office for Fair Dealing", "contact": "jobs@body.example, weekdays", "service_name": "Work with us",
    "sender_name": "Fair Dealing jobs", "digest_hour": "8",
}  # fmt: skip


@pytest.fixture
def client(world):
    found = world.staff_client()
    world.sign_in(found, "recruiter")
    return found


def events(world, *wanted):
    query = (
        select(TrailEvent.event, TrailEvent.detail).where(TrailEvent.event.in_(wanted)).order_by(TrailEvent.number)
    )
    with world.staff_desk.sessions.reading() as session:
        return session.execute(query).all()


def test_somebody_who_leaves_is_signed_out_everywhere_and_comes_back_by_a_new_link_only(world, client):
    campaign_id = world.campaign(CampaignState.REVEALED, applications=8)
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    chair = world.staff_client()
    person_id = world.sign_in(chair, "shortlister_one")
    assert chair.get(f"/campaigns/{campaign_id}").status_code == 200
    page = client.get(f"/people/{person_id}")
    assert "Panel chair" in page.text
    assert client.post(f"/people/{person_id}/retire").status_code == 303
    assert chair.get(f"/campaigns/{campaign_id}").location.startswith("/sign-in")
    gone = client.get(f"/people/{person_id}").text
    assert "Their access has ended" in gone
    assert "Send a link for" not in gone
    assert client.post(f"/people/{person_id}/return").status_code == 303
    with world.staff_desk.sessions.reading() as session:
        person = session.get_one(Person, person_id)
        assert person.is_active
        assert person.staff_password is None and person.public_factor is None
    assert [event for event, _ in events(world, "person_retired", "person_returned")] == [
        "person_retired", "person_returned",
    ]  # fmt: skip


def test_nobody_ends_their_own_access_or_leaves_the_body_without_an_administrator(world):
    desk, me = world.staff_desk, world.actor("recruiter")
    asked = {"actor": me, "desk": desk}
    with desk.sessions.writing() as session:
        with pytest.raises(TooLate):
            retire_person(session, **asked, person_id=me.id)
        with pytest.raises(Invalid, match="somebody else an administrator first"):
            change_person(session, **asked, person_id=me.id, name="Helen Marsh", is_administrator=False)
        other = add_person(
            session, actor=system_actor(world.organisation_id), desk=desk, name="Ann", email="ann@body.example",
            is_administrator=True,
        )  # fmt: skip
        change_person(session, **asked, person_id=me.id, name="Helen Marsh", is_administrator=False)
        with pytest.raises(NotFound):
            retire_person(session, **asked, person_id=other)


def test_a_name_and_a_mandate_are_changed_by_page_and_an_address_never(world, client):
    person_id = world.people["analyst"]
    page = client.get(f"/people/{person_id}/change")
    assert "cannot be changed" in page.text
    typed = {"name": "Tom Okafor-Lee", "is_administrator": "y", "email": "me@body.example"}
    assert client.post(f"/people/{person_id}/change", data=typed).status_code == 303
    with world.staff_desk.sessions.reading() as session:
        person = session.get_one(Person, person_id)
        assert (person.name, person.email, person.is_administrator) == (
            "Tom Okafor-Lee", "analyst@body.example", True,
        )  # fmt: skip
    assert events(world, "person_changed")[0].detail["changed"] == ["name", "administrator"]
    assert client.post(f"/people/{person_id}/change", data={"name": ""}).status_code == 400


def test_the_public_site_the_mail_and_the_help_page_say_what_the_organisation_chose(world, client):
    assert client.post("/settings/organisation", data=TYPED).status_code == 303
    public = world.public_client()
    assert "Work with us" in public.get("/").text
    assert "jobs@body.example, weekdays" in public.get("/help").text
    with world.staff_desk.sessions.writing() as session:
        letter = Letter("candidate@example.org", "Hello", "Text\n")
        post_letter(session, desk=world.staff_desk, organisation_id=world.organisation_id, letter=letter)
    with posting() as post:
        run_due_jobs(world.staff_desk, post.server)
        assert post.mailbox.letters[0]["From"] == "Fair Dealing jobs <jobs@body.example>"
    changed = {detail["field"]: detail["before"] for _, detail in events(world, "organisation_changed")}
    assert changed == {"contact": "jobs@body.example", "service_name": "", "sender_name": "", "digest_hour": "7"}


def test_the_hour_of_the_mornings_mail_moves_what_is_queued_already(world, client):
    world.clock.now = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    begin_digests(world.staff_desk, "https://staff.example")
    assert client.post("/settings/organisation", data=TYPED | {"digest_hour": "9"}).status_code == 303
    with world.staff_desk.sessions.reading() as session:
        job = session.scalars(select(Job).where(Job.kind == "post_digests")).one()
    assert job.run_after.astimezone(UK).time() == time(9)
    assert client.post("/settings/organisation", data=TYPED | {"digest_hour": "23"}).status_code == 400


def test_a_sender_cannot_smuggle_in_an_address_or_a_header(world):
    desk, actor = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session:
        for sender in ("A <b@c.example>", "A\r\nBcc: x@y.example", "A, B", 'A"'):
            wanted = OrganisationSettings("Name", "", "", sender, 7)
            with pytest.raises(Invalid):
                write_settings(session, actor=actor, desk=desk, wanted=wanted)
        with pytest.raises(NotFound):
            write_settings(session, actor=world.actor("analyst"), desk=desk, wanted=wanted)
        assert sender_for(session, world.organisation_id, "jobs@body.example") == "jobs@body.example"
        assert read_public_name(session, "Apply for a job").service_name == "Apply for a job"
