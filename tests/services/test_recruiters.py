"""A campaign whose only recruiter is gone goes on: an administrator names another, and only then, by the rules."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from recruitment.rules.actors import Actor, ActorKind, system_actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.entries import EntryFormat
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate
from recruitment.rules.permissions import Role
from recruitment.rules.trail import event_sentence
from recruitment.services.accounts import add_person
from recruitment.services.digests import write_digest
from recruitment.services.entries import begin_entry, drop_entry, read_entry
from recruitment.services.people_changes import retire_person, return_person
from recruitment.services.recruiters import list_nameable, list_without_recruiter, name_recruiter
from recruitment.services.roles import give_role, take_role
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.people import Person, find_person, roles_in_campaign
from recruitment.store.trail import TrailEvent
from tests.support.two_bodies import Bodies

REASON = "Ms Lane has left us."


@pytest.fixture
def campaign_id(world):
    """With two who administer the body and have no part in any campaign."""
    made, desk = world.campaign(until=CampaignState.SIFTING), world.staff_desk
    with desk.sessions.writing() as session:
        for name in ("Ada", "Bea"):
            add_person(
                session, actor=system_actor(world.organisation_id), desk=desk, name=name,
                email=f"{name.lower()}@body.example", is_administrator=True,
            )  # fmt: skip
    return made


def who(world, part):
    if part in world.people:
        return world.actor(part)
    with world.staff_desk.sessions.reading() as session:
        person = find_person(session, f"{part.lower()}@body.example")
        return Actor(ActorKind.STAFF, person.id, world.organisation_id)


def retire(world, part):
    with world.staff_desk.sessions.writing() as session:
        retire_person(session, actor=who(world, "Ada"), desk=world.staff_desk, person_id=who(world, part).id)


def name(world, campaign_id, part, by="Ada", reason=REASON):
    with world.staff_desk.sessions.writing() as session:
        name_recruiter(
            session, actor=who(world, by), desk=world.staff_desk, campaign_id=campaign_id,
            person_id=who(world, part).id, reason=reason,
        )  # fmt: skip


def alone(world, by="Ada"):
    with world.staff_desk.sessions.reading() as session:
        return [one.id for one in list_without_recruiter(session, actor=who(world, by))]


def test_a_campaign_goes_on_with_the_recruiter_whom_an_administrator_names(world, campaign_id):
    assert alone(world) == []
    retire(world, "recruiter")
    assert alone(world) == [campaign_id]
    name(world, campaign_id, "analyst")
    assert alone(world) == []
    with world.staff_desk.sessions.writing() as session:
        assert Role.RECRUITER in roles_in_campaign(session, campaign_id, world.people["analyst"])
        give_role(
            session, actor=world.actor("analyst"), desk=world.staff_desk, campaign_id=campaign_id,
            person_id=who(world, "Bea").id, role=Role.DEPUTY,
        )  # fmt: skip


def test_it_stands_in_the_trail_of_the_campaign_with_its_reason(world, campaign_id):
    retire(world, "recruiter")
    name(world, campaign_id, "analyst")
    with world.staff_desk.sessions.reading() as session:
        row = session.scalars(
            select(TrailEvent).where(TrailEvent.chain_id == campaign_id, TrailEvent.event == "recruiter_named")
        ).one()
        assert row.actor == f"staff:{who(world, 'Ada').id}"
        said = event_sentence("Ada", row.event, row.detail, {str(world.people["analyst"]): "Ann"})
    assert said == f"Ada named Ann as recruiter, because none could sign in any more. Reason: {REASON}"


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ("shortlister_three", "may not score its answers"),
        ("deputy", "second person at the reveal"),
        ("member", "may not score interviews"),
        ("auditor", "no other role"),
        ("Ada", "cannot name yourself"),
    ],
)
def test_who_may_be_recruiter_is_decided_by_the_same_rules_as_ever(world, campaign_id, part, why):
    retire(world, "recruiter")
    with pytest.raises(Invalid, match=why) as refused:
        name(world, campaign_id, part)
    assert refused.value.field == "person"
    assert alone(world) == [campaign_id]


def test_a_role_that_was_used_and_taken_away_still_excludes(world, campaign_id):
    desk, scorer = world.staff_desk, world.actor("shortlister_three")
    with desk.sessions.writing() as session:
        record_event(session, at=desk.now, chain_id=campaign_id, actor=scorer, event="answer_scored")
        take_role(
            session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id, person_id=scorer.id,
            role=Role.SHORTLISTER,
        )  # fmt: skip
    retire(world, "recruiter")
    with pytest.raises(Invalid, match="already acted in that other role"):
        name(world, campaign_id, "shortlister_three")


def test_no_administrator_gives_a_part_while_a_recruiter_can_sign_in(world, campaign_id):
    with pytest.raises(TooLate, match="has a recruiter"):
        name(world, campaign_id, "analyst")
    retire(world, "recruiter")
    with world.staff_desk.sessions.writing() as session:
        return_person(session, actor=who(world, "Ada"), desk=world.staff_desk, person_id=world.people["recruiter"])
    with pytest.raises(TooLate, match="has a recruiter"):
        name(world, campaign_id, "analyst")


def test_a_reason_is_asked_and_nobody_else_may(world, campaign_id):
    retire(world, "recruiter")
    with pytest.raises(Invalid) as refused:
        name(world, campaign_id, "analyst", reason=" ")
    assert refused.value.field == "reason"
    for part in ("deputy", "analyst"):
        with pytest.raises(NotAllowed):
            name(world, campaign_id, "Bea", by=part)
        with pytest.raises(NotAllowed):
            alone(world, by=part)


def test_a_closed_campaign_needs_none(world, campaign_id):
    retire(world, "recruiter")
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, campaign_id).closed_at = world.clock.now
    assert alone(world) == []
    with pytest.raises(TooLate, match="is closed"):
        name(world, campaign_id, "analyst")


def test_the_administrators_of_another_body_neither_see_it_nor_name_anybody(world, campaign_id):
    retire(world, "recruiter")
    foreigner = Bodies(world).actor
    with world.staff_desk.sessions.writing() as session:
        assert list_without_recruiter(session, actor=foreigner) == []
        assert world.people["analyst"] not in {key for key, _, _ in list_nameable(session, actor=foreigner)}
        with pytest.raises(NotFound):
            name_recruiter(
                session, actor=foreigner, desk=world.staff_desk, campaign_id=campaign_id,
                person_id=world.people["analyst"], reason=REASON,
            )  # fmt: skip


def test_the_last_recruiter_who_can_sign_in_does_not_shed_the_role(world, campaign_id):
    """A second one whose access has ended is no second one."""
    desk, mine = world.staff_desk, world.actor("recruiter")
    asked = {"actor": mine, "desk": desk, "campaign_id": campaign_id, "role": Role.RECRUITER}
    with desk.sessions.writing() as session:
        give_role(session, **asked, person_id=who(world, "Bea").id)
    retire(world, "Bea")
    with desk.sessions.writing() as session, pytest.raises(Invalid, match="name another one first"):
        take_role(session, **asked, person_id=mine.id)


def test_every_administrator_finds_it_in_the_mornings_mail(world, campaign_id):
    retire(world, "recruiter")
    with world.staff_desk.sessions.reading() as session:
        for part, is_told in (("Ada", True), ("Bea", True), ("analyst", False)):
            letter = write_digest(
                session, desk=world.staff_desk, person=session.get_one(Person, who(world, part).id),
                staff_url="https://staff.example",
            )  # fmt: skip
            assert ("Name a recruiter" in (letter.body if letter else "")) == is_told, part


def begin(world, campaign_id, part):
    with world.staff_desk.sessions.writing() as session:
        return begin_entry(
            session, actor=who(world, part), desk=world.staff_desk, campaign_id=campaign_id,
            entry_format=EntryFormat.PHONE,
        )  # fmt: skip


def test_whoever_was_named_recruiter_enters_no_application_once_the_role_is_taken_again(world, campaign_id):
    retire(world, "recruiter")
    name(world, campaign_id, "Bea")
    with world.staff_desk.sessions.writing() as session:
        return_person(session, actor=who(world, "Ada"), desk=world.staff_desk, person_id=world.people["recruiter"])
        take_role(
            session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign_id,
            person_id=who(world, "Bea").id, role=Role.RECRUITER,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        begin(world, campaign_id, "Bea")


def test_an_administrator_who_enters_an_application_goes_on_with_it_after_naming_a_recruiter(world, campaign_id):
    entry_id, asked = begin(world, campaign_id, "Ada"), {"actor": who(world, "Ada"), "desk": world.staff_desk}
    retire(world, "recruiter")
    name(world, campaign_id, "analyst")
    with world.staff_desk.sessions.reading() as session:
        assert read_entry(session, **asked, entry_id=entry_id).campaign_id == campaign_id
    with pytest.raises(Invalid, match="who stands behind a reference"):
        name_role = {"desk": world.staff_desk, "campaign_id": campaign_id, "role": Role.DEPUTY}
        with world.staff_desk.sessions.writing() as session:
            give_role(session, actor=world.actor("analyst"), person_id=asked["actor"].id, **name_role)
    with world.staff_desk.sessions.writing() as session:
        drop_entry(session, **asked, entry_id=entry_id)
    with pytest.raises(NotAllowed):
        begin(world, campaign_id, "analyst")
