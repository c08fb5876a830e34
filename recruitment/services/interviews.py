"""Interviews: one scoring form per panel member, others' scores unseen until one's own are in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate, TooSoon
from recruitment.rules.permissions import Permission, Role
from recruitment.services.attendance import missed_interview, withdrawn_and_missed
from recruitment.services.bookings import obstacles_for_panel, require_ready_for_scores
from recruitment.services.desk import Desk
from recruitment.services.interview_results import form_place, has_everybody_scored, interview_criteria
from recruitment.services.marks import below_minimum
from recruitment.services.panel_checks import findings_now
from recruitment.services.panels import bookings_of, seated_on, sitters_of
from recruitment.services.permissions import require
from recruitment.services.reasons import LONGEST_REASON, open_reason, seal_reason
from recruitment.services.reveals import revealed_campaign, visible_entries
from recruitment.services.trail import record_event
from recruitment.store.applications import Application
from recruitment.store.campaigns import list_anchors
from recruitment.store.interviews import InterviewScore, ShortlistEntry
from recruitment.store.panels import Booking, Declaration
from recruitment.store.people import roles_in_campaign


@dataclass(frozen=True)
class InterviewCriterion:
    id: UUID
    name: str
    description: str
    minimum: int
    anchors: tuple[tuple[int, str], ...]
    value: int | None
    notes: str


@dataclass(frozen=True)
class InterviewForm:
    application_id: UUID
    inclusion_question: str
    criteria: tuple[InterviewCriterion, ...]
    scale_min: int
    scale_max: int


def read_interview_form(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, application_id: UUID
) -> InterviewForm:
    """The member's own form for one shortlisted application, with what they entered already."""
    campaign = revealed_campaign(session, actor, campaign_id, Permission.SCORE_INTERVIEWS)
    if session.get(ShortlistEntry, (campaign_id, application_id)) is None:
        raise NotFound
    if actor.id not in sitters_of(session, campaign_id).of(application_id):
        raise NotAllowed("You do not sit for this candidate.")
    own = {
        row.criterion_id: row
        for row in session.scalars(
            select(InterviewScore).where(
                InterviewScore.campaign_id == campaign_id,
                InterviewScore.application_id == application_id,
                InterviewScore.person_id == actor.id,
            )
        )
    }
    anchors: dict[UUID, list[tuple[int, str]]] = {}
    for anchor in list_anchors(session, campaign_id):
        anchors.setdefault(anchor.criterion_id, []).append((anchor.score, anchor.text))
    return InterviewForm(
        application_id,
        campaign.inclusion_question,
        tuple(
            InterviewCriterion(
                row.id,
                row.name,
                row.description,
                row.minimum,
                tuple(anchors.get(row.id, ())),
                own[row.id].value if row.id in own else None,
                open_reason(desk, campaign_id, form_place(application_id, actor.id, row.id), own[row.id].notes)
                if row.id in own
                else "",
            )
            for row in interview_criteria(session, campaign_id)
        ),
        campaign.scale_min,
        campaign.scale_max,
    )


def read_scale(session: Session, *, actor: Actor, campaign_id: UUID) -> tuple[int, int]:
    """The lowest and the highest score."""
    campaign = require(session, actor, campaign_id, Permission.SCORE_INTERVIEWS)
    return campaign.scale_min, campaign.scale_max


@dataclass(frozen=True)
class PanelStanding:
    """Where a panel stands, without a name opened; `missing` says what the panel lacks, or is empty."""

    title: str
    state: CampaignState
    inclusion_question: str
    is_reveal_asked: bool
    members: tuple[str, ...]
    missing: str


def read_panel(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, is_checked: bool = True
) -> PanelStanding:
    """`is_checked`: whether to work out what stands in the way; a page that only names the campaign need not."""
    campaign = require(session, actor, campaign_id, Permission.SEE_CAMPAIGN)
    return PanelStanding(
        campaign.title,
        CampaignState(campaign.state),
        campaign.inclusion_question,
        campaign.reveal_asked_by is not None,
        tuple(seat.name for seat in seated_on(session, campaign_id)),
        obstacles_for_panel(session, findings_now(session, campaign, today=desk.now.date()))
        if is_checked and campaign.state == CampaignState.REVEALED
        else "",
    )


def _require_in_use(application: Application) -> None:
    if application.withdrawn_at is not None:
        raise NotFound("This candidate has withdrawn.")
    if application.restricted_at is not None:
        raise TooSoon("By right, nobody uses this application now (UK GDPR Article 18). Ask an administrator.")


def score_interview(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    application_id: UUID,
    scores: Mapping[UUID, tuple[int, str]],
) -> None:
    """Save a member's whole form: criterion → (score, notes), every interview criterion at once.

    Once everybody who sits for a candidate has scored, they see each other's, so none may change: `TooLate`.
    """
    campaign = require(session, actor, campaign_id, Permission.SCORE_INTERVIEWS, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="score interviews")
    application = session.get(Application, (campaign_id, application_id))
    if session.get(ShortlistEntry, (campaign_id, application_id)) is None or application is None:
        raise NotFound
    _require_in_use(application)
    sitters = sitters_of(session, campaign_id).of(application_id)
    if actor.id not in sitters:
        raise NotAllowed("You do not sit for this candidate.")
    require_ready_for_scores(session, campaign, today=desk.now.date())
    _require_own_declaration(session, campaign_id, application_id, actor)
    booking = session.get(Booking, (campaign_id, application_id))
    if booking is None:
        raise TooSoon("This interview is not booked yet: the recruiter books it.")
    if booking.day > desk.now.date():
        raise TooSoon("This interview has not taken place yet.")
    if application_id in missed_interview(session, campaign_id):
        raise TooLate("It is recorded that this candidate did not come. The recruiter can change that.")
    if has_everybody_scored(session, campaign_id, application_id, sitters):
        raise TooLate("The whole panel has scored this candidate, so the scores are locked.")
    wanted = {row.id for row in interview_criteria(session, campaign_id)}
    if set(scores) != wanted:
        raise Invalid("Score every criterion of the interview.", "scores")
    for criterion_id, (value, notes) in scores.items():
        if not campaign.scale_min <= value <= campaign.scale_max:
            raise Invalid(f"Choose a score from {campaign.scale_min} to {campaign.scale_max}.", "scores")
        if len(notes) > LONGEST_REASON:
            raise Invalid(f"Notes must be {LONGEST_REASON:,} characters or fewer.", "notes")
        session.merge(
            InterviewScore(
                campaign_id=campaign_id,
                application_id=application_id,
                person_id=actor.id,
                criterion_id=criterion_id,
                value=value,
                notes=seal_reason(desk, campaign_id, form_place(application_id, actor.id, criterion_id), notes),
                scored_at=desk.now,
            )
        )
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="interview_scored",
        application=application_id,
        scores={str(criterion_id): value for criterion_id, (value, _) in scores.items()},
    )


def _require_own_declaration(session: Session, campaign_id: UUID, application_id: UUID, actor: Actor) -> None:
    """A substitute comes late, so declares after the check of the panel: before they score."""
    if Role.SUBSTITUTE not in roles_in_campaign(session, campaign_id, actor.id):
        return
    own = session.get(Declaration, (campaign_id, application_id, actor.id))
    if own is None or (own.knows and own.is_conflict is None):
        raise TooSoon("Declare first whether you know this candidate.")


@dataclass(frozen=True)
class InterviewProgress:
    """Per application: whether the reader has scored, and how many of the panel have."""

    application_id: UUID
    mine: bool
    members: int
    panel: int
    is_withdrawn: bool = False
    is_own: bool = True
    day: date | None = None
    begins: str = ""
    is_out: bool = False


def read_progress(session: Session, *, actor: Actor, campaign_id: UUID) -> dict[UUID, InterviewProgress]:
    campaign = revealed_campaign(session, actor, campaign_id, Permission.SEE_NAMES)
    sitters = sitters_of(session, campaign_id)
    booked = {row.application_id: row for row in bookings_of(session, campaign_id)}
    done: dict[UUID, set[UUID]] = {}
    for application_id, person_id in session.execute(
        select(InterviewScore.application_id, InterviewScore.person_id)
        .where(InterviewScore.campaign_id == campaign_id)
        .distinct()
    ):
        done.setdefault(application_id, set()).add(person_id)
    withdrawn, missed = withdrawn_and_missed(session, campaign_id)
    out = missed | below_minimum(session, campaign_id)
    return {
        key: InterviewProgress(
            key,
            actor.id in done.get(key, set()),
            len(done.get(key, set()) & sitters.of(key)),
            len(sitters.of(key)),
            key in withdrawn,
            actor.id in sitters.of(key),
            booked[key].day if key in booked else None,
            booked[key].begins if key in booked else "",
            key in out,
        )
        for key in visible_entries(session, actor, campaign)
    }


def withdrawn_applications(session: Session, campaign_id: UUID) -> set[UUID]:
    return set(
        session.scalars(
            select(Application.id).where(
                Application.campaign_id == campaign_id, Application.withdrawn_at.is_not(None)
            )
        )
    )
