"""Closing times moved by two people: for everybody, or for one candidate who is known to them by a code alone.

A candidate asks on their own pages; recruiters see the code that the candidate tells them, and no name. What is
agreed reaches no shortlister: whoever scores the campaign's answers may not agree either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.closing_times import (
    FOR_EVERYBODY,
    LONGEST_REASON,
    ClosingGround,
    ClosingKind,
    ClosingStanding,
    check_until,
    kind_for_everybody,
    kind_for_one,
    require_movable,
    what_happens,
)
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, Stale
from recruitment.rules.permissions import Permission, Role, permissions_of
from recruitment.rules.sift_counts import Counted
from recruitment.services.jobs import TELL_CLOSING_TIME, enqueue
from recruitment.services.more_time import closing_of
from recruitment.services.permissions import require
from recruitment.services.post import post_letter
from recruitment.services.sift_counts import read_sums
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.closing_times import ClosingRequest, last_personal_closing, list_closing_requests
from recruitment.store.people import Person, people_with_role, roles_in_campaign
from recruitment.vault.sealing.contact import Letter

_MAY_AGREE = tuple(role for role in Role if Permission.AGREE_CLOSING_TIME in permissions_of([role]))


@dataclass(frozen=True)
class ReadClosing:
    """One request; `may_agree`: the reader is a second person for it. `consequences` in sentences."""

    id: UUID
    kind: ClosingKind
    standing: ClosingStanding
    code: str
    ground: ClosingGround | None
    reason: str
    closed_before: datetime
    until: datetime | None
    asked_at: datetime
    proposed_by: str
    decided_by: str
    may_agree: bool
    consequences: tuple[str, ...]


@dataclass(frozen=True)
class ClosingTimes:
    """A campaign's closing time with every request; `kind`: how it can move for everybody now.

    `for_one`: how one candidate can get more time now; `last_personal`: until when somebody may still send.
    """

    campaign_id: UUID
    title: str
    state: CampaignState
    closes_at: datetime
    kind: ClosingKind | None
    for_one: ClosingKind | None
    may_propose: bool
    last_personal: datetime | None
    requests: tuple[ReadClosing, ...]
    consequences: tuple[str, ...]

    def with_standing(self, standing: str) -> list[ReadClosing]:
        return [one for one in self.requests if one.standing == standing]


def running_personal_closing(session: Session, campaign_id: UUID, now: datetime) -> datetime | None:
    """Until when some candidate may still send alone; whoever calls it has asked for the permission."""
    last = last_personal_closing(session, campaign_id)
    return last if last is not None and last > now else None


def _require(
    session: Session, actor: Actor, campaign_id: UUID, permission: Permission, *, lock: bool = False
) -> Campaign:
    """As `require`, but never for somebody who scores the answers, whatever else they are."""
    campaign = require(session, actor, campaign_id, permission, lock=lock)
    if Role.SHORTLISTER in roles_in_campaign(session, campaign_id, actor.id):
        raise NotAllowed
    return campaign


def read_closing_times(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID) -> ClosingTimes:
    """For recruiters, and for those who may agree."""
    campaign = _require(session, actor, campaign_id, Permission.AGREE_CLOSING_TIME)
    closing, now = closing_of(campaign), desk.now
    scored, of = _scored(session, campaign)
    rows = list(list_closing_requests(session, campaign_id))
    ids = {key for row in rows for key in (row.proposed_by, row.decided_by) if key}
    names = {key: name for key, name in session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))}
    kind = kind_for_everybody(closing, now)
    return ClosingTimes(
        campaign_id,
        campaign.title,
        closing.state,
        campaign.closes_at,
        kind,
        kind_for_one(closing, now),
        Permission.EDIT_CAMPAIGN in permissions_of(roles_in_campaign(session, campaign_id, actor.id)),
        last_personal_closing(session, campaign_id),
        tuple(
            ReadClosing(
                row.id, ClosingKind(row.kind), ClosingStanding(row.standing), row.code,
                ClosingGround(row.ground) if row.ground else None, row.reason, row.closed_before, row.until,
                row.asked_at, names.get(row.proposed_by, "") if row.proposed_by else "",
                names.get(row.decided_by, "") if row.decided_by else "",
                row.standing == ClosingStanding.PROPOSED and row.proposed_by != actor.id,
                what_happens(ClosingKind(row.kind), closing.state, scored, of),
            )
            for row in rows
        ),
        what_happens(kind, closing.state, scored, of) if kind else (),
    )  # fmt: skip


def _scored(session: Session, campaign: Campaign) -> tuple[int, int]:
    """How many of the answers handed out are scored, counted once for each shortlister."""
    if campaign.state != CampaignState.SIFTING:
        return 0, 0
    found = read_sums(session, [campaign.id])
    return found[campaign.id, Counted.ANSWERS_SCORED], found[campaign.id, Counted.ANSWERS]


def propose_for_everybody(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    until: datetime,
    reason: str,
    page_url: str,
) -> UUID:
    """Ask a second person to move the campaign's closing time; it replaces what was asked before."""
    campaign = _require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=True)
    kind = require_movable(closing_of(campaign), True, desk.now)
    check_until(closing_of(campaign), kind, until, desk.now)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid(f"Say why the closing time moves, in {LONGEST_REASON:,} characters or fewer.", "reason")
    for before in list_closing_requests(session, campaign_id):
        if before.standing == ClosingStanding.PROPOSED and before.kind in FOR_EVERYBODY:
            session.delete(before)
    session.flush()
    row = ClosingRequest(
        campaign_id=campaign_id,
        id=desk.new_id(),
        kind=kind,
        standing=ClosingStanding.PROPOSED,
        reason=reason.strip(),
        closed_before=campaign.closes_at,
        until=until,
        asked_at=desk.now,
        proposed_by=actor.id,
        proposed_at=desk.now,
    )
    session.add(row)
    _ask_second_people(session, desk, campaign, actor, page_url)
    _record(session, desk, actor, row, "closing_proposed", reason=row.reason)
    return row.id


def propose_for_one(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    closing_id: UUID,
    until: datetime,
    ground: str,
    page_url: str,
) -> None:
    """Answer a candidate's request with a time, for a second person to agree to. `Invalid` names the field."""
    campaign = _require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=True)
    row = _waiting(session, campaign_id, closing_id, ClosingStanding.ASKED, ClosingStanding.PROPOSED)
    if row.candidate_id is None:
        raise NotFound
    kind = require_movable(closing_of(campaign), False, desk.now)
    check_until(closing_of(campaign), kind, until, desk.now)
    if ground not in set(ClosingGround):
        raise Invalid("Select why the candidate gets more time.", "ground")
    row.kind, row.ground, row.until = kind, ground, until
    row.standing = ClosingStanding.PROPOSED
    row.closed_before = campaign.closes_at
    row.proposed_by, row.proposed_at = actor.id, desk.now
    _ask_second_people(session, desk, campaign, actor, page_url)
    _record(session, desk, actor, row, "closing_proposed")


def _waiting(session: Session, campaign_id: UUID, closing_id: UUID, *standings: ClosingStanding) -> ClosingRequest:
    row = session.get(ClosingRequest, (campaign_id, closing_id), populate_existing=True)
    if row is None:
        raise NotFound
    if row.standing not in standings:
        raise Stale("Somebody has decided on this meanwhile. Look again.")
    return row


def agree_closing(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    closing_id: UUID,
    until: datetime,
    ground: str = "",
) -> None:
    """A second person agrees to the time and the ground that they read, empty where it is for everybody.

    `Stale` where another is proposed meanwhile, or where the same time would now do something else.
    """
    campaign = _require(session, actor, campaign_id, Permission.AGREE_CLOSING_TIME, lock=True)
    row = _waiting(session, campaign_id, closing_id, ClosingStanding.PROPOSED)
    _require_other(row, actor)
    if row.until is None or row.until != until or (row.ground or "") != ground:
        raise Stale("Another time or another reason is proposed meanwhile. Look again.")
    closing, is_for_everybody = closing_of(campaign), row.kind in FOR_EVERYBODY
    if require_movable(closing, is_for_everybody, desk.now) != row.kind:
        raise Stale(
            "Applications have closed since this was proposed, so it would do something else now. "
            "Ask the recruiter to propose it again."
        )
    check_until(closing, ClosingKind(row.kind), row.until, desk.now)
    row.standing, row.decided_by, row.decided_at = ClosingStanding.AGREED, actor.id, desk.now
    if is_for_everybody:
        campaign.closes_at = row.until
    enqueue(session, desk=desk, kind=TELL_CLOSING_TIME, campaign_id=campaign_id, closing_id=closing_id)
    _record(session, desk, actor, row, "closing_agreed")


def _require_other(row: ClosingRequest, actor: Actor) -> None:
    if row.proposed_by == actor.id:
        raise Invalid("You proposed this, so somebody else must agree to it.")


def refuse_closing(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, closing_id: UUID
) -> None:
    """Leave the closing time as it is; a candidate who asked is told. Anybody who may agree can do this."""
    _require(session, actor, campaign_id, Permission.AGREE_CLOSING_TIME, lock=True)
    row = _waiting(session, campaign_id, closing_id, ClosingStanding.ASKED, ClosingStanding.PROPOSED)
    row.standing, row.decided_by, row.decided_at = ClosingStanding.REFUSED, actor.id, desk.now
    if row.candidate_id is not None:
        enqueue(session, desk=desk, kind=TELL_CLOSING_TIME, campaign_id=campaign_id, closing_id=closing_id)
    _record(session, desk, actor, row, "closing_refused")


def _record(
    session: Session, desk: StaffDesk, actor: Actor, row: ClosingRequest, event: str, **detail: str
) -> None:
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=row.campaign_id,
        actor=actor,
        event=event,
        request=row.id,
        kind=row.kind,
        until=row.until.isoformat() if row.until else None,
        **detail,
    )


def second_people(session: Session, campaign_id: UUID, but: UUID) -> list[Person]:
    """Those who may agree, without shortlisters and without the person who asks."""
    shortlisters = {person.id for person in people_with_role(session, campaign_id, Role.SHORTLISTER)}
    found = people_with_role(session, campaign_id, *_MAY_AGREE)
    return [person for person in found if person.id not in shortlisters | {but}]


def _ask_second_people(session: Session, desk: StaffDesk, campaign: Campaign, actor: Actor, page_url: str) -> None:
    people = second_people(session, campaign.id, actor.id)
    if not people:
        raise Invalid(
            "Nobody can agree to this yet. Give a second recruiter, a clearer, the panel chair or a deputy a role "
            "in this campaign first: somebody who scores no answers."
        )
    body = (
        f"{campaign.title}\n\nA change of the closing time waits for a second person.\n"
        f"Read it, and agree or refuse: {page_url}\n"
    )
    for person in people:
        letter = Letter(person.email, "A closing time waits for your agreement", body)
        post_letter(session, desk=desk, organisation_id=campaign.organisation_id, letter=letter)
