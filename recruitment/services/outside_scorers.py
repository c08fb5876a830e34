"""An outside scorer: asked for by a recruiter, agreed to by a second person, invited by mail, for one campaign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate
from recruitment.rules.outside_scorers import ASKED_IN, ScorerStanding, check_reason, check_request
from recruitment.rules.permissions import Permission, Role, permissions_of
from recruitment.services.accounts import ENROLMENT_DAYS, Site
from recruitment.services.desk import Desk
from recruitment.services.permissions import require
from recruitment.services.post import post_letter
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.organisations import Organisation
from recruitment.store.outside_scorers import OutsideScorer, list_outside_scorers
from recruitment.store.people import CampaignRole, Enrolment, Person, find_person, roles_in_campaign
from recruitment.vault.sealing.contact import Letter

_ACT = "ask for an outside scorer"


@dataclass(frozen=True)
class ListedScorer:
    """`may_decide`: the reader is a second person for it; whether it is still time for that, `is_in_time` says."""

    id: UUID
    name: str
    email: str
    reason: str
    standing: ScorerStanding
    asked_by: str
    asked_at: datetime
    decided_by: str
    decision_reason: str
    may_decide: bool


@dataclass(frozen=True)
class OutsideScorers:
    title: str
    listed: tuple[ListedScorer, ...]
    may_ask: bool
    is_in_time: bool


def _require(session: Session, actor: Actor, campaign_id: UUID, *, lock: bool = False) -> Campaign:
    """As `require`, but never for somebody who scores: the reason may tell of a colleague or of a candidate."""
    campaign = require(session, actor, campaign_id, Permission.AGREE_SCORER, lock=lock)
    if Role.SHORTLISTER in roles_in_campaign(session, campaign_id, actor.id):
        raise NotAllowed
    return campaign


def read_outside_scorers(session: Session, *, actor: Actor, campaign_id: UUID) -> OutsideScorers:
    """For those who may ask or decide."""
    campaign = _require(session, actor, campaign_id)
    found = list_outside_scorers(session, campaign_id)
    ids = {key for row in found for key in (row.asked_by, row.decided_by) if key}
    names = {key: name for key, name in session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))}
    is_in_time = CampaignState(campaign.state) in ASKED_IN
    return OutsideScorers(
        campaign.title,
        tuple(
            ListedScorer(
                row.id,
                row.name,
                row.email,
                row.reason,
                ScorerStanding(row.standing),
                names.get(row.asked_by, ""),
                row.asked_at,
                names.get(row.decided_by, "") if row.decided_by else "",
                row.decision_reason,
                row.standing == ScorerStanding.ASKED and row.asked_by != actor.id,
            )
            for row in found
        ),
        Permission.EDIT_CAMPAIGN in permissions_of(roles_in_campaign(session, campaign_id, actor.id)),
        is_in_time,
    )


def ask_outside_scorer(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, name: str, email: str, reason: str
) -> UUID:
    """Ask a second person to let somebody from outside score in this campaign alone. `Invalid` names the entry."""
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=True)
    require_state(CampaignState(campaign.state), *ASKED_IN, act=_ACT)
    check_request(name, email, reason)
    _require_unknown(session, email)
    if any(
        row.standing == ScorerStanding.ASKED and row.email == email.strip().lower()
        for row in list_outside_scorers(session, campaign_id)
    ):
        raise Invalid("This person waits for a second person already.", "email")
    row = OutsideScorer(
        campaign_id=campaign_id,
        id=desk.new_id(),
        name=name.strip(),
        email=email.strip().lower(),
        reason=reason.strip(),
        standing=ScorerStanding.ASKED,
        asked_by=actor.id,
        asked_at=desk.now,
    )
    session.add(row)
    session.flush()
    _record(session, desk, actor, campaign_id, "outside_scorer_asked", name=row.name, reason=row.reason)
    return row.id


def _require_unknown(session: Session, email: str) -> None:
    if find_person(session, email) is not None:
        raise Invalid("Somebody with this e-mail address has an account already. Give them the role.", "email")


def decide_outside_scorer(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    scorer_id: UUID,
    is_agreed: bool,
    reason: str,
    make_url: Callable[[str], str],
) -> None:
    """Agree or refuse, as a second person; whoever is agreed to gets a link by mail, which nobody else sees.

    The account can sign in to the scoring site alone, and holds one role in one campaign.
    """
    campaign = _require(session, actor, campaign_id, lock=True)
    row = session.get(OutsideScorer, (campaign_id, scorer_id))
    if row is None:
        raise NotFound
    if row.asked_by == actor.id:
        raise NotAllowed
    require_state(CampaignState(campaign.state), *ASKED_IN, act="decide on an outside scorer")
    if row.standing != ScorerStanding.ASKED:
        raise TooLate("Somebody has decided on this meanwhile.")
    check_reason(reason)
    row.decided_by, row.decided_at, row.decision_reason = actor.id, desk.now, reason.strip()
    row.standing = ScorerStanding.AGREED if is_agreed else ScorerStanding.REFUSED
    if is_agreed:
        _require_unknown(session, row.email)
        _make_account(session, desk, campaign, row, make_url)
    event = "outside_scorer_agreed" if is_agreed else "outside_scorer_refused"
    _record(session, desk, actor, campaign_id, event, name=row.name, reason=reason.strip())


def _make_account(
    session: Session, desk: StaffDesk, campaign: Campaign, row: OutsideScorer, make_url: Callable[[str], str]
) -> None:
    person = Person(
        id=desk.new_id(),
        organisation_id=campaign.organisation_id,
        name=row.name,
        email=row.email,
        only_campaign_id=campaign.id,
        created_at=desk.now,
    )
    session.add(person)
    session.flush()
    row.person_id = person.id
    session.add(
        CampaignRole(campaign_id=campaign.id, person_id=person.id, role=Role.SHORTLISTER, given_at=desk.now)
    )
    token = desk.new_token()
    session.add(
        Enrolment(
            token_hash=desk.vault.hash_token(token),
            person_id=person.id,
            site=Site.PUBLIC,
            expires_at=desk.now + timedelta(days=ENROLMENT_DAYS),
        )
    )
    session.flush()
    body = session.get_one(Organisation, campaign.organisation_id)
    letter = Letter(
        to=row.email,
        subject=f"Please score applications for {body.name}",
        body=(
            f"{body.name} asks you to score applications: {campaign.title}.\n\n"
            f"You read answers without names. Set up your sign-in here:\n\n{make_url(token)}\n\n"
            f"The link works once, for {ENROLMENT_DAYS} days. Your account is for this campaign alone. It ends "
            "when the shortlist is made. If you recognise somebody, say so on the answer's page.\n"
        ),
    )
    post_letter(session, desk=desk, organisation_id=campaign.organisation_id, letter=letter)


def end_outside_scorers(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> int:
    """End every account that was made for this campaign, and its sessions: the sift is over; how many."""
    people = session.scalars(
        select(Person).where(Person.only_campaign_id == campaign_id, Person.is_active).order_by(Person.id)
    ).all()
    for person in people:
        person.is_active = False
        person.session_version += 1
    for row in list_outside_scorers(session, campaign_id):
        if row.standing in (ScorerStanding.AGREED, ScorerStanding.ASKED):
            row.standing = ScorerStanding.ENDED
    session.flush()
    if people:
        _record(session, desk, actor, campaign_id, "outside_scorers_ended", people=len(people))
    return len(people)


def _record(session: Session, desk: Desk, actor: Actor, campaign_id: UUID, event: str, **detail: object) -> None:
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event=event, **detail)
