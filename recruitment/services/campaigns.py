"""Recruiters make campaigns; what scores rest on is fixed once applications open, except with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import (
    MIN_SHORTLISTERS,
    CampaignKind,
    CampaignState,
    QuestionKind,
    StageKind,
    check_dates,
    require_state,
)
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, check_lines
from recruitment.rules.permissions import Permission, Role
from recruitment.rules.second_looks import check_size
from recruitment.services.adverts import stops_in_advert
from recruitment.services.first_sifts import why_lead_is_unfit
from recruitment.services.panel_policies import current_policy
from recruitment.services.permissions import require
from recruitment.services.question_sets import version_to_keep
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store import campaigns as rows
from recruitment.store.people import CampaignRole, Person, people_with_role
from recruitment.store.sift import Score
from recruitment.vault.compartments import OF_CAMPAIGN
from recruitment.vault.working import WorkingPurpose

OF_THE_POST = ("directorate", "panel_grade", "profession")
CHANGEABLE = {"title", "summary", "opens_at", "closes_at", "shortlisters_per_answer", "is_unlinked"}
CHANGEABLE |= {"second_look_size", *OF_THE_POST}


@dataclass(frozen=True)
class CampaignPlan:
    """What a recruiter enters first. `stages` in order; `second_look_size`: None for the usual number of texts.

    `directorate`, `grade` and `profession`: by which figures of several campaigns may be told together.
    """

    title: str
    kind: CampaignKind
    opens_at: datetime
    closes_at: datetime
    summary: str = ""
    is_unlinked: bool = True
    shortlisters_per_answer: int = MIN_SHORTLISTERS
    second_look_size: int | None = None
    stages: tuple[tuple[StageKind, str], ...] = ((StageKind.SIFT, "Sift"), (StageKind.INTERVIEW, "Interview"))
    directorate: str = ""
    grade: str = ""
    profession: str = ""


def create_campaign(session: Session, *, actor: Actor, desk: StaffDesk, plan: CampaignPlan) -> UUID:
    """A new campaign with its compartments and working keys; the maker becomes its recruiter."""
    if actor.kind is not ActorKind.STAFF:
        raise NotAllowed
    _check_plan(plan)
    campaign_id, now = desk.new_id(), desk.now
    session.add(
        rows.Campaign(
            id=campaign_id,
            organisation_id=actor.organisation_id,
            title=plan.title,
            kind=plan.kind,
            state=CampaignState.DRAFT,
            summary=plan.summary,
            opens_at=plan.opens_at,
            closes_at=plan.closes_at,
            is_unlinked=plan.is_unlinked,
            shortlisters_per_answer=plan.shortlisters_per_answer,
            second_look_size=plan.second_look_size,
            directorate=plan.directorate.strip(),
            panel_grade=plan.grade.strip(),
            profession=plan.profession.strip(),
            created_at=now,
        )
    )
    session.flush()
    session.add_all(
        rows.Stage(campaign_id=campaign_id, position=position, kind=kind, name=name)
        for position, (kind, name) in enumerate(plan.stages, 1)
    )
    session.add(CampaignRole(campaign_id=campaign_id, person_id=actor.id, role=Role.RECRUITER, given_at=now))
    desk.vault.make_working_keys(campaign_id, (WorkingPurpose.DRAFTS, WorkingPurpose.SIFT))
    desk.vault.make_compartments(session, campaign_id, OF_CAMPAIGN, now)
    record_event(session, at=now, chain_id=campaign_id, actor=actor, event="campaign_created", title=plan.title)
    return campaign_id


def _check_plan(plan: CampaignPlan) -> None:
    check_dates(plan.opens_at, plan.closes_at)
    check_lines(title=plan.title, directorate=plan.directorate, grade=plan.grade, profession=plan.profession)
    if not plan.title.strip():
        raise Invalid("Enter a title for the campaign.", "title")
    if plan.shortlisters_per_answer < MIN_SHORTLISTERS:
        raise Invalid(
            f"At least {MIN_SHORTLISTERS} shortlisters must score each answer.", "shortlisters_per_answer"
        )
    check_size(plan.second_look_size)
    if not any(kind is StageKind.SIFT for kind, _ in plan.stages):
        raise Invalid("A campaign needs a sift among its stages.", "stages")
    if not any(kind is StageKind.INTERVIEW for kind, _ in plan.stages):
        raise Invalid("A campaign needs an interview among its stages.", "stages")


def changeable(
    session: Session, actor: Actor, campaign_id: UUID, reason: str, permission: Permission
) -> rows.Campaign:
    """The campaign, when what scores rest on may still be changed; after opening only with a reason."""
    campaign = require(session, actor, campaign_id, permission, lock=True)
    state = CampaignState(campaign.state)
    require_state(state, CampaignState.DRAFT, CampaignState.OPEN, act="change what scores rest on")
    if state is CampaignState.OPEN and not reason.strip():
        raise Invalid("Applications are open: say why this must change.", "reason")
    return campaign


def record_change(
    session: Session, desk: StaffDesk, actor: Actor, campaign_id: UUID, event: str, reason: str, **detail: Any
) -> None:
    if reason.strip():
        detail["reason"] = reason.strip()
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event=event, **detail)


def change_campaign(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, reason: str = "", **changes: Any
) -> None:
    """Change what `CHANGEABLE` names."""
    if set(changes) - CHANGEABLE:
        raise ValueError(f"not changeable: {sorted(set(changes) - CHANGEABLE)}")
    campaign = changeable(session, actor, campaign_id, reason, Permission.EDIT_CAMPAIGN)
    if not changes.get("title", campaign.title).strip():
        raise Invalid("Enter a title for the campaign.", "title")
    check_lines(title=changes.get("title", ""), **{name: changes.get(name, "") for name in OF_THE_POST})
    check_dates(changes.get("opens_at", campaign.opens_at), changes.get("closes_at", campaign.closes_at))
    _check_closing_stands(campaign, changes.get("closes_at", campaign.closes_at))
    if changes.get("shortlisters_per_answer", MIN_SHORTLISTERS) < MIN_SHORTLISTERS:
        raise Invalid(
            f"At least {MIN_SHORTLISTERS} shortlisters must score each answer.", "shortlisters_per_answer"
        )
    check_size(changes.get("second_look_size"))
    for name, value in changes.items():
        setattr(campaign, name, value)
    record_change(session, desk, actor, campaign_id, "campaign_changed", reason, changed=sorted(changes))


def _check_closing_stands(campaign: rows.Campaign, closes_at: datetime) -> None:
    """Candidates rely on the closing time once applications are open: two people move it (`closing_times`)."""
    if campaign.state == CampaignState.OPEN and closes_at != campaign.closes_at:
        raise Invalid(
            "Applications are open: the closing time moves on the page “Closing times”, with a second person.",
            "closes_at",
        )


def add_vacancy(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    title: str,
    posts: int = 1,
    reason: str = "",
    **facts: str,
) -> UUID:
    """Add a vacancy; `facts`: location, grade, pay, working_pattern."""
    changeable(session, actor, campaign_id, reason, Permission.EDIT_CAMPAIGN)
    if not title.strip():
        raise Invalid("Enter a title for the vacancy.", "title")
    check_lines(title=title, **facts)
    if posts < 1:
        raise Invalid("A vacancy is for at least one post.", "posts")
    vacancy_id = desk.new_id()
    session.add(
        rows.Vacancy(
            campaign_id=campaign_id,
            id=vacancy_id,
            position=next_position(session, rows.Vacancy, campaign_id),
            title=title,
            posts=posts,
            **facts,
        )
    )
    record_change(session, desk, actor, campaign_id, "vacancy_added", reason, vacancy=vacancy_id)
    return vacancy_id


def next_position(session: Session, table: Any, campaign_id: UUID) -> int:
    highest = session.scalar(select(func.max(table.position)).where(table.campaign_id == campaign_id))
    return (highest or 0) + 1


def add_question(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    kind: QuestionKind,
    text: str,
    hint: str = "",
    word_limit: int = 250,
    reason: str = "",
) -> UUID:
    changeable(session, actor, campaign_id, reason, Permission.EDIT_CAMPAIGN)
    _check_question(text, word_limit)
    question_id = desk.new_id()
    session.add(
        rows.Question(
            campaign_id=campaign_id,
            id=question_id,
            position=next_position(session, rows.Question, campaign_id),
            kind=kind,
            text=text,
            hint=hint,
            word_limit=word_limit,
        )
    )
    record_change(session, desk, actor, campaign_id, "question_added", reason, question=question_id)
    return question_id


def _check_question(text: str, word_limit: int) -> None:
    if not text.strip():
        raise Invalid("Enter the question.", "text")
    if not 1 <= word_limit <= 5000:
        raise Invalid("The word limit must be between 1 and 5,000.", "word_limit")


def change_question(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    question_id: UUID,
    text: str,
    hint: str,
    word_limit: int,
    reason: str = "",
) -> None:
    changeable(session, actor, campaign_id, reason, Permission.EDIT_CAMPAIGN)
    question = session.get(rows.Question, (campaign_id, question_id))
    if question is None:
        raise NotFound
    _check_question(text, word_limit)
    question.text, question.hint, question.word_limit = text, hint, word_limit
    record_change(session, desk, actor, campaign_id, "question_changed", reason, question=question_id)


def record_volume_rule(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, cap: int, reason: str
) -> None:
    """The high-volume rule of the Disability Confident offer; only before the first score is given."""
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=True)
    first = session.scalar(select(func.min(Score.scored_at)).where(Score.campaign_id == campaign_id))
    if cap < 1:
        raise Invalid("The limit must be at least one interview.", "cap")
    if not reason.strip():
        raise Invalid("Say why not everybody who meets the minimum can be interviewed.", "reason")
    if first is not None:
        raise Invalid("A limit must be recorded before the first score, and scoring has begun.", "cap")
    campaign.volume_cap, campaign.volume_reason = cap, reason.strip()
    campaign.volume_recorded_at = desk.now
    record_change(session, desk, actor, campaign_id, "volume_rule_recorded", reason, cap=cap)


def missing_for_opening(session: Session, campaign_id: UUID) -> list[str]:
    """What a campaign still lacks before applications can open, as sentences."""
    campaign = session.get_one(rows.Campaign, campaign_id)
    missing = []
    if not rows.list_vacancies(session, campaign_id):
        missing.append("Add a vacancy.")
    questions = rows.list_questions(session, campaign_id)
    if not questions:
        missing.append("Add a question, a statement or a CV.")
    scored = rows.criteria_by_question(session, campaign_id)
    missing += [
        f"Say which criteria question {question.position} is scored against."
        for question in questions
        if question.id not in scored
    ]
    criteria = rows.list_criteria(session, campaign_id)
    if unfit := why_lead_is_unfit(session, campaign_id):
        missing.append(f"Change the first sift. {unfit}")
    interviews = {s.position for s in rows.list_stages(session, campaign_id) if s.kind == StageKind.INTERVIEW}
    if not any(criterion.stage_position in interviews for criterion in criteria):
        missing.append("Add a criterion for the interview: without one the panel could decide nothing.")
    guided = {anchor.criterion_id for anchor in rows.list_anchors(session, campaign_id)}
    missing += [
        f"Write the scoring guide of “{criterion.name}”." for criterion in criteria if criterion.id not in guided
    ]
    # Whose access has ended keeps the role, which goes on excluding them, and scores nothing.
    if len(people_with_role(session, campaign_id, Role.SHORTLISTER)) < campaign.shortlisters_per_answer:
        missing.append(f"Name at least {campaign.shortlisters_per_answer} shortlisters.")
    if stops_in_advert(session, campaign_id):
        missing.append(
            "Change what the check of the advert stops at, or let HR confirm it: it is restricted by a protected "
            "characteristic, or asks what may not be asked."
        )
    return missing


def open_campaign(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID) -> None:
    """Publish the vacancies and accept applications from the opening date."""
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.DRAFT, act="open this campaign")
    if missing := missing_for_opening(session, campaign_id):
        raise Invalid("The campaign cannot open yet. " + " ".join(missing))
    campaign.state = CampaignState.OPEN
    campaign.panel_policy_version, _ = current_policy(session, campaign.organisation_id)
    campaign.question_set_version = version_to_keep(session, campaign.organisation_id)
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event="campaign_opened")


def find_staff(session: Session, organisation_id: UUID) -> list[Person]:
    """Active staff of an organisation, by name, to be given roles."""
    return list(
        session.scalars(
            select(Person)
            .where(Person.organisation_id == organisation_id, Person.is_active, Person.only_campaign_id.is_(None))
            .order_by(Person.name, Person.id)
        )
    )
