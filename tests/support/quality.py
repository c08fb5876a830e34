"""The checklist after a campaign in which everything was done as asked, and ways to work on it."""

from __future__ import annotations

from sqlalchemy import delete, update

from recruitment.rules.adjustments import Agreed, Answer, Made
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.letters import LetterState
from recruitment.rules.quality_checklist import ITEMS, Entry, Settled
from recruitment.services import adverts
from recruitment.services.jobs import SEND_LETTERS
from recruitment.services.quality_checklists import read_quality_checklist, settle_items, sign_checklist
from recruitment.services.requests import agree_adjustments, read_adjustments
from recruitment.services.retention_periods import set_periods
from recruitment.store.jobs import Job
from recruitment.store.letters import OutcomeLetter
from tests.support.letters import approve_all, queue_all

BY_PERSON = {item.key for item in ITEMS if item.evidence is None}
BY_RECORDS = {item.key for item in ITEMS if item.evidence is not None}


def clean_campaign(world):
    """A campaign in which everything was done as asked, but for what a person has to say."""
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=12)
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session:
        adverts.record_look(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
        found = adverts.read_advert_check(session, actor=recruiter, campaign_id=campaign_id)
        keep = [hit.fingerprint for hit in found.open_hits]
        if keep:
            adverts.keep_hits(
                session,
                actor=recruiter,
                desk=desk,
                campaign_id=campaign_id,
                fingerprints=keep,
                reason="The post needs it.",
                confirmed_by="Human resources",
            )
    see_to_adjustments(world, campaign_id, Agreed(Answer.AGREED, "", Made.MADE))
    adopt_periods(world)
    tell_everybody(world, campaign_id)
    return campaign_id


def tell_everybody(world, campaign_id):
    """A letter to each, as the post leaves it once the mail server has taken it."""
    approve_all(world)
    queue_all(world, campaign_id)
    with world.staff_desk.sessions.writing() as session:
        session.execute(update(OutcomeLetter).values(state=LetterState.TAKEN))
        session.execute(delete(Job).where(Job.kind == SEND_LETTERS))


def adopt_periods(world):
    """The suggested retention periods, made the body's own."""
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session:
        set_periods(session, actor=recruiter, desk=desk, months={}, reason="The suggested ones suit us.")


def see_to_adjustments(world, campaign_id, agreed):
    """Open what was asked for, and write the same of everybody; how many asked."""
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    with desk.sessions.reading() as session:
        found = read_adjustments(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    with desk.sessions.writing() as session:
        changes = {one.reference: agreed for one in found.asked if one.agreed != agreed}
        agree_adjustments(
            session, actor=recruiter, desk=desk, campaign_id=campaign_id, found=found, changes=changes
        )
    return len(found.asked)


def read_lines(world, campaign_id, part="recruiter"):
    with world.staff_desk.sessions.reading() as session:
        return read_quality_checklist(session, actor=world.actor(part), campaign_id=campaign_id)


def open_items(world, campaign_id):
    return {line.item.key for line in read_lines(world, campaign_id).open}


def settle(world, campaign_id, entries, part="recruiter"):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        settle_items(session, actor=world.actor(part), desk=desk, campaign_id=campaign_id, entries=entries)


def settle_rest(world, campaign_id):
    settle(
        world, campaign_id, {key: Entry(Settled.DONE, "") for key in open_items(world, campaign_id) & BY_PERSON}
    )


def sign(world, campaign_id, part="recruiter"):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        sign_checklist(session, actor=world.actor(part), desk=desk, campaign_id=campaign_id)
