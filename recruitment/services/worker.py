"""The worker: runs queued jobs, rewrites equality rows, signs trail heads, destroys drafts keys in time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, exists, select

from recruitment.rules.actors import system_actor
from recruitment.rules.campaigns import DRAFTS_KEPT, CampaignState
from recruitment.rules.paper_replies import Reply
from recruitment.services.access_packages import make_access_package
from recruitment.services.announcements import DELIVER_WEBHOOK
from recruitment.services.appointment_letters import post_appointment
from recruitment.services.bookings import book_chosen
from recruitment.services.closing_letters import tell_closing_time
from recruitment.services.corrections import correct_contact
from recruitment.services.crossings import work_out_crossing
from recruitment.services.desk import Desk
from recruitment.services.digests import begin_digests, post_digests
from recruitment.services.eligibility_checks import tell_checked
from recruitment.services.entries import forget_sent_entries
from recruitment.services.hold_papers import collect_hold
from recruitment.services.jobs import (
    BOOK_CHOSEN,
    COLLECT_HOLD,
    CORRECT_CONTACT,
    CROSS_FIGURES,
    END_RESTRICTION,
    ERASE_DUE,
    MAKE_ACCESS_PACKAGE,
    MATCH_RELATIONSHIPS,
    POST_APPOINTMENT,
    POST_DIGESTS,
    PUBLISH_FIGURES,
    SEND_LETTERS,
    TELL_CLOSING_TIME,
    TELL_ELIGIBILITY,
    TELL_ON_PAPER,
    TELL_RIGHT,
    UNHURRIED,
)
from recruitment.services.key_turning import finish_turns
from recruitment.services.letter_post import post_batch
from recruitment.services.old_words import seal_old_words
from recruitment.services.outcomes import TALLY_CAMPAIGN
from recruitment.services.outgoing import MailServer, send_message
from recruitment.services.panel_days import check_days
from recruitment.services.paper_replies import tell_on_paper
from recruitment.services.post import SEND_LETTER
from recruitment.services.publication_requests import work_out_publication
from recruitment.services.recognitions import forget_recognitions
from recruitment.services.relationships import match_relationships
from recruitment.services.retention import begin_nights, erase_by_night
from recruitment.services.rights_letters import end_due_restriction, tell_right
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.tallies import rewrite_rows, rewrites_due, tally_campaign, watch_new_rows
from recruitment.services.trail import record_event
from recruitment.services.webhooks import deliver_message, forget_old_messages, tell_closings
from recruitment.store.applications import Draft, DraftDocument
from recruitment.store.campaigns import Campaign
from recruitment.store.candidates import SignInLink
from recruitment.store.entries import Entry
from recruitment.store.jobs import Job, take_job
from recruitment.store.trail import SignedHead, TrailHead
from recruitment.vault.working import WorkingPurpose

log = logging.getLogger(__name__)

LONGEST_DELAY = timedelta(hours=1)


def run_job(desk: StaffDesk, server: MailServer | None) -> bool:
    """Run one due job; False when there is none. A job that fails comes again, later each time.

    The job's row is put off before the work begins and removed after it, so a worker that dies loses
    nothing and two workers never hold the same one.
    """
    with desk.sessions.writing() as session:
        job = take_job(session, desk.now, UNHURRIED)
        if job is None:
            return False
        job.attempts += 1
        job.run_after = desk.now + min(LONGEST_DELAY, timedelta(seconds=15 * 2 ** min(job.attempts, 10)))
        kind, detail, job_id = job.kind, dict(job.detail), job.id
    try:
        _perform(desk, server, kind, detail)
    except Exception as problem:
        with desk.sessions.writing() as session:
            kept = session.get(Job, job_id)
            if kept is not None:
                kept.failure = type(problem).__name__
        return True
    with desk.sessions.writing() as session:
        session.execute(delete(Job).where(Job.id == job_id))
    return True


# Kind → the id that its detail holds, and what is done with it.
_BY_ID: Mapping[str, tuple[str, Callable[[StaffDesk, UUID], object]]] = {
    MAKE_ACCESS_PACKAGE: ("request_id", make_access_package),
    TELL_RIGHT: ("request_id", tell_right),
    END_RESTRICTION: ("request_id", end_due_restriction),
    DELIVER_WEBHOOK: ("delivery_id", deliver_message),
    COLLECT_HOLD: ("hold_id", collect_hold),
    PUBLISH_FIGURES: ("request_id", work_out_publication),
    CROSS_FIGURES: ("crossing_id", work_out_crossing),
    MATCH_RELATIONSHIPS: ("campaign_id", match_relationships),
}


# The same for what lies in a campaign.
_OF_CAMPAIGN: Mapping[str, tuple[str, Callable[[StaffDesk, UUID, UUID], object]]] = {
    TELL_CLOSING_TIME: ("closing_id", tell_closing_time),
    TELL_ELIGIBILITY: ("application_id", tell_checked),
}


def _sites(detail: Mapping[str, str]) -> tuple[str, str]:
    return detail["public_url"], detail["staff_url"]


_BY_DETAIL: Mapping[str, Callable[[StaffDesk, Mapping[str, str]], object]] = {
    CORRECT_CONTACT: lambda desk, d: correct_contact(
        desk, UUID(d["request_id"]), is_on_paper=bool(d.get("is_on_paper"))
    ),
    TELL_ON_PAPER: lambda desk, d: tell_on_paper(
        desk, UUID(d["candidate_id"]), Reply(d["reply"]), UUID(d["request_id"]) if "request_id" in d else None
    ),
    BOOK_CHOSEN: lambda desk, d: book_chosen(
        desk, UUID(d["campaign_id"]), UUID(d["application_id"]), _sites(d), is_told=bool(d.get("is_told"))
    ),
    POST_APPOINTMENT: lambda desk, d: post_appointment(
        desk, UUID(d["campaign_id"]), UUID(d["application_id"]), int(d["position"]), d["what"], _sites(d)
    ),
    POST_DIGESTS: lambda desk, d: post_digests(desk, date.fromisoformat(d["day"]), d["staff_url"]),
}


def _perform(desk: StaffDesk, server: MailServer | None, kind: str, detail: dict[str, str]) -> None:
    if kind == SEND_LETTER:
        message_id = UUID(detail["message_id"])
        if server is None and not desk.vault.is_development:
            raise RuntimeError("no mail server is configured")
        send_message(desk, server, message_id)
    elif kind == SEND_LETTERS:
        post_batch(desk, server, UUID(detail["campaign_id"]), UUID(detail["batch"]), detail["ask_address"])
    elif kind == TALLY_CAMPAIGN:
        cut_off = date.fromisoformat(detail["cut_off"]) if "cut_off" in detail else None
        tally_campaign(desk, UUID(detail["campaign_id"]), cut_off)
    elif kind in _OF_CAMPAIGN:
        name, tell = _OF_CAMPAIGN[kind]
        tell(desk, UUID(detail["campaign_id"]), UUID(detail[name]))
    elif kind in _BY_DETAIL:
        _BY_DETAIL[kind](desk, detail)
    elif kind in _BY_ID:
        name, act = _BY_ID[kind]
        act(desk, UUID(detail[name]))
    elif kind == ERASE_DUE:
        erase_by_night(desk, date.fromisoformat(detail["day"]))
    else:
        raise ValueError(f"unknown kind of job: {kind}")


def run_due_jobs(desk: StaffDesk, server: MailServer | None, limit: int = 1000) -> int:
    done = 0
    while done < limit and run_job(desk, server):
        done += 1
    return done


def keep_house(desk: StaffDesk, staff_url: str = "") -> None:
    """What comes round by the clock; each step stands alone and may be repeated.

    `staff_url`: the staff site's address, for the morning's digests; without it there are none.
    """
    watch_new_rows(desk)
    with desk.sessions.reading() as session:
        due = rewrites_due(session, desk)
    for campaign_id in due:
        rewrite_rows(desk, campaign_id)
    check_days(desk)
    sign_heads(desk)
    destroy_old_drafts(desk)
    forget_old_links(desk)
    forget_sent_entries(desk)
    forget_recognitions(desk)
    finish_turns(desk)
    begin_nights(desk)
    tell_closings(desk)
    forget_old_messages(desk)
    seal_old_words(desk)
    if staff_url:
        begin_digests(desk, staff_url)


def sign_heads(desk: StaffDesk) -> int:
    """Sign the head of every chain that has grown since its last signature; how many."""
    with desk.sessions.writing() as session:
        is_signed = exists().where(
            SignedHead.chain_id == TrailHead.chain_id, SignedHead.number == TrailHead.number
        )
        heads = session.scalars(select(TrailHead).where(TrailHead.number > 0, ~is_signed)).all()
        session.add_all(
            SignedHead(
                chain_id=head.chain_id,
                number=head.number,
                digest=head.digest,
                signature=desk.vault.sign_head(head.chain_id, head.number, head.digest),
                signed_at=desk.now,
            )
            for head in heads
        )
    return len(heads)


def destroy_old_drafts(desk: StaffDesk) -> int:
    """Destroy the drafts key of campaigns closed 28 days ago, and the drafts with it; how many campaigns."""
    with desk.sessions.reading() as session:
        # One still being prepared has taken no drafts, and may yet open on later dates.
        old = session.scalars(
            select(Campaign).where(
                Campaign.closes_at <= desk.now - DRAFTS_KEPT, Campaign.state != CampaignState.DRAFT
            )
        ).all()
        left = set(session.scalars(select(Draft.campaign_id).distinct()))
    destroyed = 0
    for campaign in old:
        was_there = desk.vault.destroy_working_key(campaign.id, WorkingPurpose.DRAFTS)
        # Drafts without their key are left by a worker that died between the two.
        if not was_there and campaign.id not in left:
            continue
        destroyed += 1
        with desk.sessions.writing() as session:
            session.execute(delete(DraftDocument).where(DraftDocument.campaign_id == campaign.id))
            session.execute(delete(Draft).where(Draft.campaign_id == campaign.id))
            session.execute(delete(Entry).where(Entry.campaign_id == campaign.id))
            record_event(
                session,
                at=desk.now,
                chain_id=campaign.id,
                actor=system_actor(campaign.organisation_id),
                event="drafts_destroyed",
            )
    return destroyed


def forget_old_links(desk: Desk) -> None:
    with desk.sessions.writing() as session:
        session.execute(delete(SignInLink).where(SignInLink.expires_at < desk.now - timedelta(hours=2)))


def work(
    desk: StaffDesk,
    server: MailServer | None,
    *,
    wait: Callable[[float], bool],
    seconds: float = 1.0,
    house_every: float = 60.0,
    staff_url: str = "",
) -> None:
    """Run until `wait` (given seconds) says to stop."""
    since_house = house_every
    while True:
        if since_house >= house_every:
            try:
                keep_house(desk, staff_url)
            except Exception as problem:
                log.error("%s while keeping house: tried again in a minute", type(problem).__name__)
            since_house = 0.0
        if not run_due_jobs(desk, server, limit=50):
            if wait(seconds):
                return
            since_house += seconds
