"""An inclusion audit from its appointment to its report, over real campaigns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.audits import ITEMS, Judged, Judgement
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotFound, TooLate, TooSoon
from recruitment.rules.permissions import Permission
from recruitment.services import audits
from recruitment.services.audit_reading import read_audit, read_audits, read_campaign_audit
from recruitment.services.permissions import require
from recruitment.store.campaigns import Campaign
from recruitment.store.people import CampaignRole, Person


@pytest.fixture
def administrator(world):
    return _person(world, "Rowan Field", is_administrator=True)


@pytest.fixture
def outsider(world):
    return _person(world, "Kit Rees")


def _person(world, name, *, is_administrator=False):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        person = Person(
            id=desk.new_id(), organisation_id=world.organisation_id, name=name,
            email=f"{name.split()[0].lower()}@body.example", is_administrator=is_administrator,
            created_at=desk.now,
        )  # fmt: skip
        session.add(person)
        session.flush()
        return Actor(ActorKind.STAFF, person.id, world.organisation_id)


def _appoint(world, administrator, auditor, directorate="Finance"):
    desk, today = world.staff_desk, world.clock.now.date()
    with desk.sessions.writing() as session:
        return audits.appoint_auditor(
            session,
            actor=administrator,
            desk=desk,
            person_id=auditor.id,
            directorate=directorate,
            period_from=today - timedelta(days=365),
            period_until=today,
        )


def _read(world, actor, audit_id):
    with world.staff_desk.sessions.reading() as session:
        return read_audit(session, actor=actor, audit_id=audit_id)


def _draw(world, actor, audit_id, size=1):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        return audits.draw_random(session, actor=actor, desk=desk, audit_id=audit_id, size=size)


def _judge(world, actor, audit_id, campaign_id, judged):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        return audits.judge(
            session, actor=actor, desk=desk, audit_id=audit_id, campaign_id=campaign_id, judged=judged
        )


def _complete(world, actor, audit_id, summary="Well run."):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        return audits.complete_audit(session, actor=actor, desk=desk, audit_id=audit_id, summary=summary)


ALL_WELL = {item.key: Judged(Judgement.YES, "") for item in ITEMS}


def test_an_audit_goes_from_appointment_to_its_report(world, administrator, outsider):
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=6)
    audit_id = _appoint(world, administrator, outsider)
    with world.staff_desk.sessions.reading() as session, pytest.raises(NotFound):
        require(session, outsider, campaign_id, Permission.READ_TRAIL)

    assert _draw(world, outsider, audit_id) == 1

    with world.staff_desk.sessions.reading() as session:
        assert require(session, outsider, campaign_id, Permission.READ_TRAIL).id == campaign_id
    found = {**ALL_WELL, "guide": Judged(Judgement.NO, "Anchors 3 and 4 say the same.")}
    assert _judge(world, outsider, audit_id, campaign_id, dict(list(found.items())[:4])) == len(ITEMS) - 4
    with pytest.raises(TooSoon):
        _complete(world, outsider, audit_id)
    assert _judge(world, outsider, audit_id, campaign_id, found) == 0
    assert _complete(world, outsider, audit_id) == 1

    (one,) = _read(world, administrator, audit_id).sampled
    assert [(item.key, note) for item, note in one.findings] == [("guide", "Anchors 3 and 4 say the same.")]
    today = world.clock.now.date()
    with world.staff_desk.sessions.reading() as session:
        cycle = read_audits(session, actor=administrator, today=today)
    assert cycle.due == today.replace(year=today.year + 1)
    assert not cycle.is_overdue


def test_nothing_changes_once_an_audit_is_complete(world, administrator, outsider):
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=6)
    audit_id = _appoint(world, administrator, outsider)
    _draw(world, outsider, audit_id)
    _judge(world, outsider, audit_id, campaign_id, ALL_WELL)
    _complete(world, outsider, audit_id)
    with pytest.raises(TooLate):
        _judge(world, outsider, audit_id, campaign_id, ALL_WELL)
    with pytest.raises(TooLate):
        _complete(world, outsider, audit_id, "Something else.")


def test_a_sample_is_drawn_once(world, administrator, outsider):
    world.campaign(until=CampaignState.RELEASED, applications=6)
    audit_id = _appoint(world, administrator, outsider)
    _draw(world, outsider, audit_id)
    with pytest.raises(TooLate):
        _draw(world, outsider, audit_id)


def test_campaigns_of_the_auditors_own_directorate_are_left_out(world, administrator, outsider):
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=6)
    audit_id = _appoint(world, administrator, outsider, directorate="finance")
    assert [one.id for one in _read(world, outsider, audit_id).drawable] == [campaign_id]
    with world.staff_desk.sessions.writing() as session:
        session.execute(update(Campaign).where(Campaign.id == campaign_id).values(directorate="Finance"))
    assert _read(world, outsider, audit_id).drawable == ()
    with pytest.raises(TooSoon):
        _draw(world, outsider, audit_id)


def test_nobody_audits_a_campaign_they_had_a_part_in(world, administrator):
    world.campaign(until=CampaignState.RELEASED, applications=6)
    shortlister = world.actor("shortlister_three")
    audit_id = _appoint(world, administrator, shortlister)
    assert _read(world, shortlister, audit_id).drawable == ()


def test_a_part_that_was_handed_back_still_keeps_from_auditing(world, administrator):
    world.campaign(until=CampaignState.RELEASED, applications=6)
    shortlister = world.actor("shortlister_three")
    with world.staff_desk.sessions.writing() as session:
        session.execute(delete(CampaignRole).where(CampaignRole.person_id == shortlister.id))
    audit_id = _appoint(world, administrator, shortlister)
    assert _read(world, shortlister, audit_id).drawable == ()


def test_whoever_recruits_or_administers_cannot_audit(world, administrator):
    world.campaign(until=CampaignState.OPEN, applications=0)
    for inside in (world.actor("recruiter"), administrator):
        with pytest.raises(Invalid):
            _appoint(world, administrator, inside)


def test_campaigns_that_still_run_are_not_audited(world, administrator, outsider):
    world.campaign(until=CampaignState.REVEALED, applications=6)
    audit_id = _appoint(world, administrator, outsider)
    assert _read(world, outsider, audit_id).drawable == ()


def test_a_targeted_sample_keeps_its_reason(world, administrator, outsider):
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=6)
    audit_id = _appoint(world, administrator, outsider)
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        audits.draw_targeted(
            session, actor=outsider, desk=desk, audit_id=audit_id, campaigns=[campaign_id], reason="A complaint."
        )
    assert _read(world, administrator, audit_id).reason == "A complaint."


def test_an_audit_is_its_auditors_alone_to_change_and_others_find_nothing(world, administrator, outsider):
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=6)
    audit_id = _appoint(world, administrator, outsider)
    with pytest.raises(NotFound):
        _read(world, world.actor("member"), audit_id)
    with pytest.raises(NotFound):
        _draw(world, administrator, audit_id)
    _draw(world, outsider, audit_id)
    with pytest.raises(NotFound):
        _judge(world, administrator, audit_id, campaign_id, ALL_WELL)
    with world.staff_desk.sessions.reading() as session:
        found = read_campaign_audit(session, actor=administrator, audit_id=audit_id, campaign_id=campaign_id)
    assert not found.is_open


def test_an_audit_that_was_never_made_is_due_now(world, administrator):
    with world.staff_desk.sessions.reading() as session:
        cycle = read_audits(session, actor=administrator, today=world.clock.now.date())
    assert cycle.due is None
    assert cycle.is_overdue
