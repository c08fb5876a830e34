"""Criteria with their weights, minimums and scoring guides: what scores rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotFound, check_lines
from recruitment.rules.permissions import Permission
from recruitment.services.campaigns import changeable, next_position, record_change
from recruitment.services.first_sifts import lead_of, require_lead
from recruitment.services.staff_desk import StaffDesk
from recruitment.store import campaigns as rows


@dataclass(frozen=True)
class CriterionPlan:
    """`scores_spelling`: whether spelling and grammar count; where they do not, everybody is told so.

    `questions`: ids of the questions whose answers are scored against it (none for an interview criterion)."""

    name: str
    stage_position: int
    description: str = ""
    weight: int = 1
    minimum: int = 4
    guide: dict[int, str] = field(default_factory=dict)
    questions: tuple[UUID, ...] = ()
    scores_spelling: bool = False


def _check_criterion(campaign: rows.Campaign, plan: CriterionPlan) -> None:
    if not plan.name.strip():
        raise Invalid("Enter a name for the criterion.", "name")
    check_lines(name=plan.name)
    if plan.weight < 1:
        raise Invalid("The weight must be 1 or more.", "weight")
    if not campaign.scale_min <= plan.minimum <= campaign.scale_max:
        raise Invalid(
            f"The minimum must lie on the scale of {campaign.scale_min} to {campaign.scale_max}.", "minimum"
        )


def add_criterion(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    plan: CriterionPlan,
    reason: str = "",
) -> UUID:
    campaign = changeable(session, actor, campaign_id, reason, Permission.EDIT_CAMPAIGN)
    _check_criterion(campaign, plan)
    criterion_id = desk.new_id()
    session.add(
        rows.Criterion(
            campaign_id=campaign_id,
            id=criterion_id,
            position=next_position(session, rows.Criterion, campaign_id),
            stage_position=plan.stage_position,
            name=plan.name,
            description=plan.description,
            weight=plan.weight,
            minimum=plan.minimum,
            scores_spelling=plan.scores_spelling,
        )
    )
    session.flush()
    _write_guide(session, campaign_id, criterion_id, plan)
    record_change(session, desk, actor, campaign_id, "criterion_added", reason, criterion=criterion_id)
    return criterion_id


def change_criterion(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    criterion_id: UUID,
    plan: CriterionPlan,
    reason: str = "",
) -> None:
    """Replace a criterion with its guide and questions; weight and minimum before and after go on the trail."""
    campaign = changeable(session, actor, campaign_id, reason, Permission.EDIT_CAMPAIGN)
    _check_criterion(campaign, plan)
    criterion = session.get(rows.Criterion, (campaign_id, criterion_id))
    if criterion is None:
        raise NotFound
    before = {
        "weight": criterion.weight,
        "minimum": criterion.minimum,
        "scores_spelling": criterion.scores_spelling,
    }
    criterion.name, criterion.description = plan.name, plan.description
    criterion.weight, criterion.minimum = plan.weight, plan.minimum
    criterion.scores_spelling = plan.scores_spelling
    for table in (rows.Anchor, rows.QuestionCriterion):
        session.query(table).filter_by(campaign_id=campaign_id, criterion_id=criterion_id).delete()
    _write_guide(session, campaign_id, criterion_id, plan)
    if campaign.state == CampaignState.OPEN and lead_of(session, campaign_id) == criterion_id:
        # The advert says what is read first.
        require_lead(session, campaign_id, criterion_id, "questions")
    record_change(
        session,
        desk,
        actor,
        campaign_id,
        "criterion_changed",
        reason,
        criterion=criterion_id,
        before=before,
        after={"weight": plan.weight, "minimum": plan.minimum, "scores_spelling": plan.scores_spelling},
    )


def _write_guide(session: Session, campaign_id: UUID, criterion_id: UUID, plan: CriterionPlan) -> None:
    session.add_all(
        rows.Anchor(campaign_id=campaign_id, criterion_id=criterion_id, score=score, text=text)
        for score, text in plan.guide.items()
        if text.strip()
    )
    session.add_all(
        rows.QuestionCriterion(campaign_id=campaign_id, question_id=question_id, criterion_id=criterion_id)
        for question_id in plan.questions
    )
    session.flush()
