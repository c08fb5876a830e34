"""Interview scores together: seen once everybody has scored alone, agreed where they differ, and totalled."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, StageKind, require_state
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooSoon
from recruitment.rules.permissions import Permission
from recruitment.rules.scoring import final_score, meets_minimum, weighted_total
from recruitment.services.desk import Desk
from recruitment.services.panels import sitters_of
from recruitment.services.permissions import require
from recruitment.services.reasons import check_reason, open_reason, seal_reason
from recruitment.services.reveals import revealed_campaign
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Criterion, list_criteria, list_stages
from recruitment.store.interviews import InterviewScore
from recruitment.store.panels import AgreedScore
from recruitment.store.people import Person


def interview_criteria(session: Session, campaign_id: UUID) -> list[Criterion]:
    """The criteria of the campaign's interview stages."""
    positions = {
        stage.position for stage in list_stages(session, campaign_id) if stage.kind == StageKind.INTERVIEW
    }
    return [c for c in list_criteria(session, campaign_id) if c.stage_position in positions]


def has_everybody_scored(
    session: Session, campaign_id: UUID, application_id: UUID, sitters: Collection[UUID]
) -> bool:
    """Whether everybody who sits for a candidate has a whole form in."""
    wanted = {row.id for row in interview_criteria(session, campaign_id)}
    given: dict[UUID, set[UUID]] = {}
    for row in session.scalars(
        select(InterviewScore).where(
            InterviewScore.campaign_id == campaign_id, InterviewScore.application_id == application_id
        )
    ):
        given.setdefault(row.person_id, set()).add(row.criterion_id)
    return bool(sitters) and all(wanted <= given.get(person, set()) for person in sitters)


@dataclass(frozen=True)
class InterviewResult:
    application_id: UUID
    total: Fraction
    meets_minimum: bool


def interview_finals(
    session: Session, campaign_id: UUID, criteria: Collection[UUID]
) -> dict[UUID, dict[UUID, Fraction]]:
    """Application → criterion → what was agreed, or else the mean over who sat; only where all have scored.

    `criteria`: the interview's.
    """
    sitters = sitters_of(session, campaign_id)
    values: dict[UUID, dict[UUID, dict[UUID, int]]] = {}
    for row in session.scalars(select(InterviewScore).where(InterviewScore.campaign_id == campaign_id)):
        values.setdefault(row.application_id, {}).setdefault(row.criterion_id, {})[row.person_id] = row.value
    agreed = {
        (row.application_id, row.criterion_id): row.value
        for row in session.scalars(select(AgreedScore).where(AgreedScore.campaign_id == campaign_id))
    }
    finals = {}
    for application_id, found in values.items():
        who = sitters.of(application_id)
        if set(found) != set(criteria) or not who or not all(who <= set(by) for by in found.values()):
            continue
        finals[application_id] = {
            key: Fraction(agreed[application_id, key])
            if (application_id, key) in agreed
            else final_score([value for person, value in by.items() if person in who])
            for key, by in found.items()
        }
    return finals


def interview_results(session: Session, campaign_id: UUID) -> dict[UUID, InterviewResult]:
    """The weighted total of `interview_finals`, and whether every minimum is met."""
    criteria = {row.id: row for row in interview_criteria(session, campaign_id)}
    return {
        application_id: InterviewResult(
            application_id,
            weighted_total(finals, {key: criteria[key].weight for key in finals}),
            meets_minimum(finals, {key: criteria[key].minimum for key in finals}),
        )
        for application_id, finals in interview_finals(session, campaign_id, criteria).items()
    }


@dataclass(frozen=True)
class Voice:
    name: str
    value: int
    notes: str


@dataclass(frozen=True)
class Discussed:
    """One criterion of a candidate: what each scored, and what was agreed if anything was."""

    criterion_id: UUID
    name: str
    voices: tuple[Voice, ...]
    agreed: int | None
    reason: str

    @property
    def spread(self) -> int:
        values = [voice.value for voice in self.voices]
        return max(values) - min(values) if values else 0


def read_discussion(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    application_id: UUID,
    criterion_id: UUID | None = None,
) -> tuple[Discussed, ...]:
    """Everybody's scores for one candidate, for those who sit; `TooSoon` until all of them have scored.

    `NotFound` where `criterion_id` is given and is none of the interview's.
    """
    require(session, actor, campaign_id, Permission.SCORE_INTERVIEWS)
    if criterion_id and criterion_id not in {row.id for row in interview_criteria(session, campaign_id)}:
        raise NotFound
    revealed_campaign(session, actor, campaign_id, Permission.SCORE_INTERVIEWS)
    sitters = sitters_of(session, campaign_id).of(application_id)
    if actor.id not in sitters:
        raise NotAllowed("You do not sit for this candidate.")
    if not has_everybody_scored(session, campaign_id, application_id, sitters):
        raise TooSoon("Scores are shown once everybody who sits for this candidate has scored alone.")
    names = {
        person_id: name
        for person_id, name in session.execute(select(Person.id, Person.name).where(Person.id.in_(sitters)))
    }
    voices: dict[UUID, list[Voice]] = {}
    for row in session.scalars(
        select(InterviewScore)
        .where(
            InterviewScore.campaign_id == campaign_id,
            InterviewScore.application_id == application_id,
            InterviewScore.person_id.in_(sitters),
        )
        .order_by(InterviewScore.person_id)
    ):
        place = form_place(application_id, row.person_id, row.criterion_id)
        voices.setdefault(row.criterion_id, []).append(
            Voice(names[row.person_id], row.value, open_reason(desk, campaign_id, place, row.notes))
        )
    agreed = {
        row.criterion_id: row
        for row in session.scalars(
            select(AgreedScore).where(
                AgreedScore.campaign_id == campaign_id, AgreedScore.application_id == application_id
            )
        )
    }
    return tuple(
        Discussed(
            row.id,
            row.name,
            tuple(sorted(voices.get(row.id, ()), key=lambda voice: voice.name)),
            agreed[row.id].value if row.id in agreed else None,
            open_reason(desk, campaign_id, agreed_place(application_id, row.id), agreed[row.id].reason)
            if row.id in agreed
            else "",
        )
        for row in interview_criteria(session, campaign_id)
    )


def agreed_place(application_id: UUID, criterion_id: UUID) -> str:
    return f"agreed {application_id} {criterion_id}"


def form_place(application_id: UUID, person_id: UUID, criterion_id: UUID) -> str:
    return f"interview {application_id} {person_id} {criterion_id}"


def agree_score(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    application_id: UUID,
    criterion_id: UUID,
    value: int,
    reason: str,
) -> None:
    """Write down, as the chair, what the panel agreed after discussion; the members' own scores stay."""
    campaign = require(session, actor, campaign_id, Permission.DECIDE_OUTCOMES, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="agree scores")
    sitters = sitters_of(session, campaign_id).of(application_id)
    if not has_everybody_scored(session, campaign_id, application_id, sitters):
        raise TooSoon("Scores are agreed once everybody who sits for this candidate has scored alone.")
    if criterion_id not in {row.id for row in interview_criteria(session, campaign_id)}:
        raise Invalid("Choose a criterion of the interview.", "criterion")
    if not campaign.scale_min <= value <= campaign.scale_max:
        raise Invalid(f"Choose a score from {campaign.scale_min} to {campaign.scale_max}.", "value")
    if not reason.strip():
        raise Invalid("Give the reason that the panel agreed on.", "reason")
    check_reason(reason)
    session.merge(
        AgreedScore(
            campaign_id=campaign_id,
            application_id=application_id,
            criterion_id=criterion_id,
            value=value,
            reason=seal_reason(desk, campaign_id, agreed_place(application_id, criterion_id), reason),
            agreed_by=actor.id,
            agreed_at=desk.now,
        )
    )
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="interview_score_agreed",
        application=application_id,
        criterion=criterion_id,
        value=value,
    )
