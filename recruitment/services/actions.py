"""Plans and actions: made by those who recruit or administer, read by all staff of the body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from recruitment.rules.actions import ActionText, Status, check_action, plan_sheet, read_plan_file
from recruitment.rules.actors import Actor
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, check_lines
from recruitment.rules.permissions import Role
from recruitment.rules.sheets import Sheet
from recruitment.services.permissions import holds_anywhere, require_staff
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.actions import Action, ActionPlan
from recruitment.store.campaigns import Campaign


def may_plan(session: Session, actor: Actor) -> bool:
    """Whether somebody makes plans and actions: they administer, or recruit in some campaign."""
    return require_staff(session, actor).is_administrator or holds_anywhere(session, actor, Role.RECRUITER)


def _require(session: Session, actor: Actor) -> None:
    if not may_plan(session, actor):
        raise NotAllowed


@dataclass(frozen=True)
class ListedPlan:
    id: UUID
    title: str
    actions: int
    completed: int
    overdue: int


def list_plans(session: Session, *, actor: Actor, today: date) -> list[ListedPlan]:
    require_staff(session, actor)
    is_completed = Action.status == Status.COMPLETED
    query = (
        select(
            ActionPlan.id,
            ActionPlan.title,
            func.count(Action.id),
            func.count(case((is_completed, 1))),
            func.count(case(((Action.due < today) & ~is_completed, 1))),
        )
        .outerjoin(Action, Action.plan_id == ActionPlan.id)
        .where(ActionPlan.organisation_id == actor.organisation_id)
        .group_by(ActionPlan.id, ActionPlan.title)
        .order_by(ActionPlan.title, ActionPlan.id)
    )
    return [ListedPlan(*row) for row in session.execute(query)]


def make_plan(
    session: Session, *, actor: Actor, desk: StaffDesk, title: str, indicators: str = "", sources: str = ""
) -> UUID:
    _require(session, actor)
    if not title.strip():
        raise Invalid("Enter a title.", "title")
    check_lines(title=title)
    plan = ActionPlan(
        id=desk.new_id(),
        organisation_id=actor.organisation_id,
        title=" ".join(title.split()),
        indicators=indicators.strip(),
        sources=sources.strip(),
        made_by=actor.id,
        made_at=desk.now,
    )
    session.add(plan)
    session.flush()
    _record(session, desk, actor, "plan_made", plan=plan.id)
    return plan.id


def _record(session: Session, desk: StaffDesk, actor: Actor, event: str, **detail: object) -> None:
    record_event(session, at=desk.now, chain_id=actor.organisation_id, actor=actor, event=event, **detail)


@dataclass(frozen=True)
class ReadAction:
    """`campaign` is the title of the one it came from."""

    id: UUID
    plan_id: UUID
    campaign: str | None
    text: ActionText


@dataclass(frozen=True)
class ReadPlan:
    id: UUID
    title: str
    indicators: str
    sources: str
    actions: tuple[ReadAction, ...]

    def sheet(self) -> Sheet:
        return plan_sheet(self.title, [one.text for one in self.actions])


def _plan(session: Session, actor: Actor, plan_id: UUID) -> ActionPlan:
    require_staff(session, actor)
    plan = session.get(ActionPlan, plan_id)
    if plan is None or plan.organisation_id != actor.organisation_id:
        raise NotFound
    return plan


def read_plan(session: Session, *, actor: Actor, plan_id: UUID) -> ReadPlan:
    plan = _plan(session, actor, plan_id)
    rows = session.execute(
        select(Action, Campaign.title)
        .outerjoin(Campaign, Campaign.id == Action.campaign_id)
        .where(Action.plan_id == plan_id)
        .order_by(Action.due, Action.id)
    )
    return ReadPlan(
        plan.id, plan.title, plan.indicators, plan.sources, tuple(_read(row, title) for row, title in rows)
    )


def _read(row: Action, campaign: str | None) -> ReadAction:
    text = ActionText(
        row.objective, row.what, row.lead, row.due, Status(row.status), row.progress, row.outcome, row.evidence
    )
    return ReadAction(row.id, row.plan_id, campaign, text)


def read_action(session: Session, *, actor: Actor, action_id: UUID) -> ReadAction:
    row = _action(session, actor, action_id)
    campaign = session.get(Campaign, row.campaign_id) if row.campaign_id else None
    return _read(row, campaign.title if campaign else None)


def _action(session: Session, actor: Actor, action_id: UUID) -> Action:
    require_staff(session, actor)
    row = session.get(Action, action_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    return row


def add_action(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    plan_id: UUID,
    text: ActionText,
    campaign_id: UUID | None = None,
) -> UUID:
    """`campaign_id`: the campaign whose checklist or audit showed the need."""
    _require(session, actor)
    _plan(session, actor, plan_id)
    if campaign_id is not None:
        campaign = session.get(Campaign, campaign_id)
        if campaign is None or campaign.organisation_id != actor.organisation_id:
            raise NotFound
    action_id = _add(session, desk, actor, plan_id, text, campaign_id)
    _record(session, desk, actor, "action_added", action=action_id, plan=plan_id)
    return action_id


def _add(
    session: Session, desk: StaffDesk, actor: Actor, plan_id: UUID, text: ActionText, campaign_id: UUID | None
) -> UUID:
    check_action(text)
    row = Action(
        id=desk.new_id(),
        organisation_id=actor.organisation_id,
        plan_id=plan_id,
        campaign_id=campaign_id,
        changed_by=actor.id,
        changed_at=desk.now,
        **vars(text),
    )
    session.add(row)
    session.flush()
    return row.id


def change_action(session: Session, *, actor: Actor, desk: StaffDesk, action_id: UUID, text: ActionText) -> None:
    """What is complete needs its evidence said."""
    _require(session, actor)
    row = _action(session, actor, action_id)
    check_action(text)
    if text.status is Status.COMPLETED and not text.evidence.strip():
        raise Invalid("Say what shows that it is done.", "evidence")
    before = row.status
    for field, value in vars(text).items():
        setattr(row, field, value)
    row.changed_by, row.changed_at = actor.id, desk.now
    session.flush()
    _record(session, desk, actor, "action_changed", action=action_id, before=before, status=text.status.value)


def import_actions(session: Session, *, actor: Actor, desk: StaffDesk, plan_id: UUID, content: bytes) -> int:
    """Every action of a CSV file, or none: `ImportProblems` names the lines that are wrong."""
    _require(session, actor)
    _plan(session, actor, plan_id)
    texts = read_plan_file(content)
    for text in texts:
        _add(session, desk, actor, plan_id, text, None)
    _record(session, desk, actor, "actions_imported", plan=plan_id, actions=len(texts))
    return len(texts)


def list_actions_of(session: Session, *, actor: Actor, campaign_id: UUID) -> list[ReadAction]:
    """What one campaign led to, by due date."""
    require_staff(session, actor)
    rows = session.execute(
        select(Action, Campaign.title)
        .join(Campaign, Campaign.id == Action.campaign_id)
        .where(Action.organisation_id == actor.organisation_id, Action.campaign_id == campaign_id)
        .order_by(Action.due, Action.id)
    )
    return [_read(row, title) for row, title in rows]


REMINDED_BEFORE = timedelta(days=14)


def list_due_actions(session: Session, *, actor: Actor, today: date) -> list[ReadAction]:
    """What is overdue or due within a fortnight, for whoever wrote the action last: they are reminded of it."""
    rows = session.scalars(
        select(Action)
        .where(
            Action.organisation_id == actor.organisation_id,
            Action.changed_by == actor.id,
            Action.status != Status.COMPLETED,
            Action.due <= today + REMINDED_BEFORE,
        )
        .order_by(Action.due, Action.id)
    )
    return [_read(row, None) for row in rows]


def open_lessons(session: Session, *, actor: Actor, limit: int = 5) -> Sequence[ReadAction]:
    """What earlier campaigns showed and is not completed, the most urgent first."""
    require_staff(session, actor)
    rows = session.execute(
        select(Action, Campaign.title)
        .join(Campaign, Campaign.id == Action.campaign_id)
        .where(Action.organisation_id == actor.organisation_id, Action.status != Status.COMPLETED)
        .order_by(Action.due, Action.id)
        .limit(limit)
    )
    return [_read(row, title) for row, title in rows]
