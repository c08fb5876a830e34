"""Interviews: one scoring form per panel member, others' scores unseen until one's own are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, StageKind, require_state
from recruitment.rules.errors import Invalid, NotFound, TooLate, TooSoon
from recruitment.rules.permissions import PANEL_ROLES, Permission, Role
from recruitment.rules.scoring import final_score, meets_minimum, weighted_total
from recruitment.services.desk import Desk
from recruitment.services.permissions import require
from recruitment.services.reasons import open_reason, seal_reason
from recruitment.services.reveals import revealed_campaign
from recruitment.services.scores import LONGEST_REASON
from recruitment.services.shortlists import frozen_shortlist
from recruitment.services.trail import record_event
from recruitment.store.applications import Application
from recruitment.store.campaigns import Criterion, list_anchors, list_criteria, list_stages
from recruitment.store.interviews import InterviewScore, ShortlistEntry
from recruitment.store.people import CampaignRole, Person, people_with_role


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


def interview_criteria(session: Session, campaign_id: UUID) -> list[Criterion]:
    """The criteria of the campaign's interview stages."""
    positions = {
        stage.position for stage in list_stages(session, campaign_id) if stage.kind == StageKind.INTERVIEW
    }
    return [c for c in list_criteria(session, campaign_id) if c.stage_position in positions]


def _place(application_id: UUID, person_id: UUID, criterion_id: UUID) -> str:
    return f"interview {application_id} {person_id} {criterion_id}"


def read_interview_form(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, application_id: UUID
) -> InterviewForm:
    """The member's own form for one shortlisted application, with what they entered already."""
    campaign = revealed_campaign(session, actor, campaign_id, Permission.SCORE_INTERVIEWS)
    if session.get(ShortlistEntry, (campaign_id, application_id)) is None:
        raise NotFound
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
                open_reason(desk, campaign_id, _place(application_id, actor.id, row.id), own[row.id].notes)
                if row.id in own
                else "",
            )
            for row in interview_criteria(session, campaign_id)
        ),
        campaign.scale_min,
        campaign.scale_max,
    )


def panel_of(session: Session, campaign_id: UUID) -> list[Person]:
    return list(people_with_role(session, campaign_id, *PANEL_ROLES))


def _panel_roles(session: Session, campaign_id: UUID) -> list[tuple[str, UUID, str]]:
    """Role, id and name of everybody active on the panel, by name; somebody with two roles comes twice."""
    found = session.execute(
        select(CampaignRole.role, Person.id, Person.name)
        .join(Person, Person.id == CampaignRole.person_id)
        .where(
            CampaignRole.campaign_id == campaign_id, CampaignRole.role.in_(sorted(PANEL_ROLES)), Person.is_active
        )
        .order_by(Person.name, Person.id)
    )
    return [(role, person_id, name) for role, person_id, name in found]


def check_panel(session: Session, campaign_id: UUID, inclusion_question: str) -> None:
    """What the first version asks of a panel: a chair, one inclusion lead, two people, an inclusion question."""
    _check_roles(_panel_roles(session, campaign_id), inclusion_question)


def _check_roles(panel: list[tuple[str, UUID, str]], inclusion_question: str) -> None:
    held = Counter(role for role, _, _ in panel)
    if not held[Role.PANEL_CHAIR]:
        raise TooSoon("The panel has no chair: the recruiter names one.")
    if held[Role.PANEL_CHAIR] > 1:
        raise TooSoon("The panel has more than one chair.")
    if held[Role.INCLUSION_LEAD] != 1:
        raise TooSoon("The panel needs exactly one inclusion lead: the recruiter names one.")
    if len({person_id for _, person_id, _ in panel}) < 2:
        raise TooSoon("A panel has two or more people.")
    if not inclusion_question.strip():
        raise TooSoon("There is no inclusion question yet: the recruiter enters it.")


@dataclass(frozen=True)
class PanelStanding:
    """Where a panel stands, without a name opened; `missing` says what the panel lacks, or is empty."""

    title: str
    state: CampaignState
    inclusion_question: str
    is_reveal_asked: bool
    members: tuple[str, ...]
    missing: str


def read_panel(session: Session, *, actor: Actor, campaign_id: UUID) -> PanelStanding:
    campaign = require(session, actor, campaign_id, Permission.SEE_CAMPAIGN)
    panel = _panel_roles(session, campaign_id)
    missing = ""
    try:
        _check_roles(panel, campaign.inclusion_question)
    except TooSoon as refusal:
        missing = refusal.sentence
    return PanelStanding(
        campaign.title,
        CampaignState(campaign.state),
        campaign.inclusion_question,
        campaign.reveal_asked_by is not None,
        tuple({person_id: name for _, person_id, name in panel}.values()),
        missing,
    )


def _are_all_in(session: Session, campaign_id: UUID) -> bool:
    results = interview_results(session, campaign_id)
    standing = session.scalars(
        select(ShortlistEntry.application_id)
        .join(
            Application,
            (Application.campaign_id == ShortlistEntry.campaign_id)
            & (Application.id == ShortlistEntry.application_id),
        )
        .where(ShortlistEntry.campaign_id == campaign_id, Application.withdrawn_at.is_(None))
    )
    return all(key in results for key in standing)


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

    Once the whole panel has scored everybody the totals can be seen, so no score may change: `TooLate`.
    """
    campaign = require(session, actor, campaign_id, Permission.SCORE_INTERVIEWS, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="score interviews")
    check_panel(session, campaign_id, campaign.inclusion_question)
    application = session.get(Application, (campaign_id, application_id))
    if session.get(ShortlistEntry, (campaign_id, application_id)) is None or application is None:
        raise NotFound
    if application.withdrawn_at is not None:
        raise NotFound("This candidate has withdrawn.")
    if _are_all_in(session, campaign_id):
        raise TooLate("The whole panel has scored every candidate, so the scores are locked.")
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
                notes=seal_reason(desk, campaign_id, _place(application_id, actor.id, criterion_id), notes),
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


@dataclass(frozen=True)
class InterviewProgress:
    """Per application: whether the reader has scored, and how many of the panel have."""

    application_id: UUID
    mine: bool
    members: int
    panel: int
    is_withdrawn: bool = False


def read_progress(session: Session, *, actor: Actor, campaign_id: UUID) -> dict[UUID, InterviewProgress]:
    campaign = revealed_campaign(session, actor, campaign_id, Permission.SEE_NAMES)
    panel = len(panel_of(session, campaign_id))
    done: dict[UUID, set[UUID]] = {}
    for application_id, person_id in session.execute(
        select(InterviewScore.application_id, InterviewScore.person_id)
        .where(InterviewScore.campaign_id == campaign_id)
        .distinct()
    ):
        done.setdefault(application_id, set()).add(person_id)
    withdrawn = withdrawn_applications(session, campaign_id)
    return {
        key: InterviewProgress(
            key, actor.id in done.get(key, set()), len(done.get(key, set())), panel, key in withdrawn
        )
        for key in frozen_shortlist(session, campaign)
    }


def withdrawn_applications(session: Session, campaign_id: UUID) -> set[UUID]:
    return set(
        session.scalars(
            select(Application.id).where(
                Application.campaign_id == campaign_id, Application.withdrawn_at.is_not(None)
            )
        )
    )


@dataclass(frozen=True)
class InterviewResult:
    application_id: UUID
    total: Fraction
    meets_minimum: bool


def interview_results(session: Session, campaign_id: UUID) -> dict[UUID, InterviewResult]:
    """Mean over the panel per criterion, weighted; only applications all members have scored."""
    criteria = {row.id: row for row in interview_criteria(session, campaign_id)}
    panel = {person.id for person in panel_of(session, campaign_id)}
    values: dict[UUID, dict[UUID, dict[UUID, int]]] = {}
    for row in session.scalars(select(InterviewScore).where(InterviewScore.campaign_id == campaign_id)):
        values.setdefault(row.application_id, {}).setdefault(row.criterion_id, {})[row.person_id] = row.value
    results = {}
    for application_id, found in values.items():
        complete = set(found) == set(criteria) and all(panel <= set(by) for by in found.values())
        if not complete:
            continue
        finals = {key: final_score(list(by.values())) for key, by in found.items()}
        results[application_id] = InterviewResult(
            application_id,
            weighted_total(finals, {key: criteria[key].weight for key in finals}),
            meets_minimum(finals, {key: criteria[key].minimum for key in finals}),
        )
    return results
