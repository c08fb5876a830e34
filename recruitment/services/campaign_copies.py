"""A campaign made as a copy of another: everything but people's acts and dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignKind, StageKind
from recruitment.rules.errors import Invalid
from recruitment.rules.permissions import Permission, Role
from recruitment.services.campaigns import CampaignPlan, create_campaign
from recruitment.services.eligibility import list_requirements
from recruitment.services.eligibility_requirements import keep_requirements
from recruitment.services.first_sifts import add_first_sift, lead_of
from recruitment.services.permissions import require
from recruitment.services.roles import ASSIGNABLE, give_role
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store import campaigns as rows
from recruitment.store.campaign_sources import CampaignSource, list_sources
from recruitment.store.marks import StageMarking
from recruitment.store.panels import InterviewQuestion
from recruitment.store.people import CampaignRole, Person
from recruitment.store.pool import InclusionQuestion
from recruitment.store.sample_answers import list_samples

# What a recruiter laid down. Dates, lines, digests, reveals and counts are acts of the first campaign.
_KEPT = (
    "scale_min",
    "scale_max",
    "directorate",
    "profession",
    "panel_grade",
    "samples_left_out_at",
)


@dataclass(frozen=True)
class Colleague:
    """Somebody with a role in the campaign that is copied, who could have it in the copy too."""

    id: UUID
    name: str
    role: Role


def list_colleagues_to_carry(session: Session, *, actor: Actor, campaign_id: UUID) -> list[Colleague]:
    """The other active people of a campaign with their roles, by role and name.

    Substitutes are left out: they were named for one candidate.
    """
    require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN)
    found = session.execute(
        select(Person.id, Person.name, CampaignRole.role)
        .join(CampaignRole, CampaignRole.person_id == Person.id)
        .where(
            CampaignRole.campaign_id == campaign_id,
            CampaignRole.person_id != actor.id,
            CampaignRole.role.in_([str(role) for role in ASSIGNABLE]),
            Person.is_active,
            Person.only_campaign_id.is_(None),
        )
        .order_by(Person.name, Person.id)
    )
    colleagues = [Colleague(person_id, name, Role(role)) for person_id, name, role in found]
    return sorted(colleagues, key=lambda one: ASSIGNABLE.index(one.role))


def copy_campaign(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    carried: Iterable[tuple[UUID, Role]] = (),
) -> UUID:
    """A draft with the same plan under a new title and dates; the copier recruits, and `carried` (person, role)
    come along where the rules allow it. `Invalid` names the field: title, closes_at or carried.
    """
    source = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN)
    stages = [one for one in rows.list_stages(session, campaign_id) if one.kind != StageKind.FIRST_SIFT]
    plan = CampaignPlan(
        title,
        CampaignKind(source.kind),
        opens_at,
        closes_at,
        source.summary,
        source.is_unlinked,
        source.shortlisters_per_answer,
        source.second_look_size,
        tuple((StageKind(stage.kind), stage.name) for stage in stages),
    )
    # Stages are numbered from one in order, so criteria find theirs under the same number.
    places = {stage.position: place for place, stage in enumerate(stages, 1)}
    copy_id = create_campaign(session, actor=actor, desk=desk, plan=plan)
    copy = session.get_one(rows.Campaign, copy_id)
    for name in _KEPT:
        setattr(copy, name, getattr(source, name))
    _copy_inclusion_question(session, source, copy)
    _copy_parts(session, desk, campaign_id, copy_id, places, actor)
    record_event(session, at=desk.now, chain_id=copy_id, actor=actor, event="campaign_copied", source=campaign_id)
    _copy_mark_rules(session, actor, desk, campaign_id, copy_id, places)
    if source.volume_cap is not None:
        copy.volume_cap, copy.volume_reason = source.volume_cap, source.volume_reason
        copy.volume_recorded_at = desk.now
        record_event(
            session,
            at=desk.now,
            chain_id=copy_id,
            actor=actor,
            event="volume_rule_recorded",
            cap=source.volume_cap,
            reason=source.volume_reason,
        )
    session.flush()
    _carry(session, actor, desk, campaign_id, copy_id, carried)
    return copy_id


def _copy_mark_rules(
    session: Session, actor: Actor, desk: StaffDesk, campaign_id: UUID, copy_id: UUID, places: Mapping[int, int]
) -> None:
    """The highest and the minimum mark of each test, as the copier's; it can change until a mark is entered."""
    for row in session.scalars(
        select(StageMarking).where(StageMarking.campaign_id == campaign_id).order_by(StageMarking.stage_position)
    ).all():
        place = places[row.stage_position]
        session.add(
            StageMarking(
                campaign_id=copy_id, stage_position=place, full=row.full, minimum=row.minimum, reason="",
                fixed_by=actor.id, fixed_at=desk.now,
            )
        )  # fmt: skip
        session.flush()
        record_event(
            session, at=desk.now, chain_id=copy_id, actor=actor, event="mark_rule_fixed", stage=place,
            full=row.full, minimum=row.minimum,
        )  # fmt: skip


def _copy_inclusion_question(session: Session, source: rows.Campaign, copy: rows.Campaign) -> None:
    """Not one that the library has retired since: the draft then asks for another."""
    if source.inclusion_question_id is not None:
        kept = session.get(InclusionQuestion, (source.organisation_id, source.inclusion_question_id))
        if kept is None or kept.approved_at is None or kept.retired_at is not None:
            return
    copy.inclusion_question, copy.inclusion_guide = source.inclusion_question, source.inclusion_guide
    copy.inclusion_question_id = source.inclusion_question_id


def _copy_parts(
    session: Session, desk: StaffDesk, campaign_id: UUID, copy_id: UUID, places: Mapping[int, int], actor: Actor
) -> None:
    """Vacancies, questions, criteria with guide, what is scored against what, and the interview's questions.

    A first sift that was planned is planned again, by whoever copies.
    """
    _copy_rows(session, desk, copy_id, rows.list_vacancies(session, campaign_id))
    keep_requirements(session, desk, copy_id, list_requirements(session, campaign_id=campaign_id))
    session.add_all(
        CampaignSource(campaign_id=copy_id, position=source.position, name=source.name)
        for source in list_sources(session, campaign_id)
    )
    questions = _copy_rows(session, desk, copy_id, rows.list_questions(session, campaign_id))
    criteria: dict[UUID, UUID] = {}
    for criterion in rows.list_criteria(session, campaign_id):
        place = places[criterion.stage_position]
        criteria |= _copy_rows(session, desk, copy_id, [criterion], stage_position=place)
    session.flush()
    for sample in list_samples(session, campaign_id):
        _copy_rows(session, desk, copy_id, [sample], question_id=questions[sample.question_id])
    session.add_all(
        rows.Anchor(
            campaign_id=copy_id,
            criterion_id=criteria[anchor.criterion_id],
            score=anchor.score,
            text=anchor.text,
        )
        for anchor in rows.list_anchors(session, campaign_id)
    )
    session.add_all(
        rows.QuestionCriterion(campaign_id=copy_id, question_id=questions[question], criterion_id=criteria[key])
        for question, keys in rows.criteria_by_question(session, campaign_id).items()
        for key in keys
    )
    if (lead := lead_of(session, campaign_id)) is not None:
        add_first_sift(session, actor, desk, copy_id, criteria[lead])
    asked = select(InterviewQuestion).where(InterviewQuestion.campaign_id == campaign_id)
    for each in session.scalars(asked.order_by(InterviewQuestion.position)).all():
        judged = criteria.get(each.criterion_id) if each.criterion_id else None
        _copy_rows(session, desk, copy_id, [each], criterion_id=judged)
    session.flush()


def _copy_rows(
    session: Session, desk: StaffDesk, copy_id: UUID, found: Iterable[Any], **changed: Any
) -> dict[UUID, UUID]:
    """Add copies under new ids; old id → new id."""
    made = {}
    for row in found:
        made[row.id] = desk.new_id()
        kept = {column.key: getattr(row, column.key) for column in row.__table__.columns}
        session.add(type(row)(**(kept | {"campaign_id": copy_id, "id": made[row.id]} | changed)))
    return made


def _carry(
    session: Session,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    copy_id: UUID,
    carried: Iterable[tuple[UUID, Role]],
) -> None:
    offered = {
        (one.id, one.role): one.name
        for one in list_colleagues_to_carry(session, actor=actor, campaign_id=campaign_id)
    }
    for person_id, role in carried:
        if (person_id, role) not in offered:
            raise Invalid("Choose among the people of the campaign that you copy.", "carried")
        try:
            give_role(session, actor=actor, desk=desk, campaign_id=copy_id, person_id=person_id, role=role)
        except Invalid as refusal:
            raise Invalid(f"{offered[person_id, role]}: {refusal.sentence}", "carried") from None
        session.flush()
