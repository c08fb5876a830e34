"""The second person at a reveal is who they were when the shortlist was frozen."""

from __future__ import annotations

import pyotp
import pytest

from recruitment.rules.actors import system_actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import TooSoon
from recruitment.services import reveals
from recruitment.services.accounts import Site, enrol, invite_person, read_enrolment
from recruitment.services.passwords import PasswordPolicy


def enrol_anew(world, part: str) -> None:
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        token = invite_person(
            session,
            actor=system_actor(world.organisation_id),
            desk=desk,
            person_id=world.people[part],
            site=Site.STAFF,
        )
        offer = read_enrolment(session, desk=desk, token=token, site=Site.STAFF, issuer="test")
        enrol(
            session,
            desk=desk,
            policy=PasswordPolicy(1, 1024, 1),
            token=token,
            site=Site.STAFF,
            password="copper window nineteen",
            factor=offer.factor,
            code=pyotp.TOTP(offer.factor).at(int(desk.now.timestamp())),
        )


def agree(world, campaign_id, part: str) -> None:
    desk, actor = world.staff_desk, world.actor(part)
    with desk.sessions.writing() as session:
        request = reveals.read_reveal_request(session, actor=actor, campaign_id=campaign_id)
        reveals.agree_reveal(session, actor=actor, desk=desk, campaign_id=campaign_id, digest=request.digest)


def test_somebody_enrolled_anew_since_the_freeze_cannot_agree_and_a_deputy_can(world):
    campaign_id = world.campaign(until=CampaignState.FROZEN, applications=6)
    world.clock.advance(hours=1)
    with world.staff_desk.sessions.writing() as session:
        reveals.ask_reveal(session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign_id)
    enrol_anew(world, "shortlister_one")
    with pytest.raises(TooSoon, match="name a deputy"):
        agree(world, campaign_id, "shortlister_one")
    agree(world, campaign_id, "deputy")


def test_somebody_enrolled_before_the_freeze_can_agree(world):
    enrol_anew(world, "shortlister_one")
    campaign_id = world.campaign(until=CampaignState.FROZEN, applications=6)
    world.clock.advance(hours=1)
    with world.staff_desk.sessions.writing() as session:
        reveals.ask_reveal(session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign_id)
    agree(world, campaign_id, "shortlister_one")
