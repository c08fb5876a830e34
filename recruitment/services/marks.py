"""Marking a test or an assessment day by reference: the minimum first, then marks, then the close of the stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, StageKind, require_state
from recruitment.rules.errors import Invalid, NotFound, TooLate, TooSoon
from recruitment.rules.marks import MarkRule, check_rule, is_good_enough, read_sheet
from recruitment.rules.permissions import Permission
from recruitment.rules.slots import check_words
from recruitment.services.desk import Desk
from recruitment.services.panels import standing_entries
from recruitment.services.permissions import require
from recruitment.services.trail import record_event
from recruitment.store.applications import Application, StageEvent, StageEventKind
from recruitment.store.campaigns import Campaign, Stage
from recruitment.store.marks import StageMark, StageMarking

MARKED = frozenset({StageKind.TEST, StageKind.ASSESSMENT})


@dataclass(frozen=True)
class MarkLine:
    """One line of the sheet; `mark` is None with `is_absent`, or where nothing is entered yet."""

    reference: str
    mark: int | None = None
    is_absent: bool = False
    goes_on: bool = False

    @property
    def is_entered(self) -> bool:
        return self.mark is not None or self.is_absent


@dataclass(frozen=True)
class ReadMarks:
    """`rule`: None before it is fixed; `was_held`: None while the stage is open."""

    position: int
    stage: str
    rule: MarkRule | None
    lines: tuple[MarkLine, ...]
    was_held: bool | None
    closed_at: datetime | None
    reason: str

    @property
    def missing(self) -> int:
        return sum(not line.is_entered for line in self.lines)


def read_marks(session: Session, *, actor: Actor, campaign_id: UUID, position: int) -> ReadMarks:
    """The sheet of a stage: references and marks, no name and nothing that is opened."""
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL)
    stage = _marked_stage(session, campaign, position)
    row = session.get(StageMarking, (campaign_id, position))
    rule = MarkRule(row.full, row.minimum) if row else None
    held = {
        key: mark
        for key, mark in session.execute(
            select(StageMark.application_id, StageMark.mark).where(
                StageMark.campaign_id == campaign_id, StageMark.stage_position == position
            )
        )
    }
    return ReadMarks(
        position,
        stage.name,
        rule,
        tuple(
            MarkLine(
                reference,
                held.get(key),
                key in held and held[key] is None,
                key in held and rule is not None and is_good_enough(held[key], rule),
            )
            for key, reference in _references(session, campaign_id)
        ),
        row.was_held if row else None,
        row.closed_at if row else None,
        row.reason if row else "",
    )


def _marked_stage(session: Session, campaign: Campaign, position: int) -> Stage:
    stage = session.get(Stage, (campaign.id, position))
    if stage is None:
        raise NotFound
    if StageKind(stage.kind) not in MARKED:
        raise TooLate("This stage has no sheet of marks: its answers or interviews are scored by people.")
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="record marks")
    return stage


def _references(session: Session, campaign_id: UUID) -> list[tuple[UUID, str]]:
    entries = standing_entries(session, campaign_id)
    return [
        (key, reference)
        for key, reference in session.execute(
            select(Application.id, Application.reference)
            .where(Application.campaign_id == campaign_id, Application.id.in_(entries))
            .order_by(Application.reference)
        )
    ]


def _open_marking(session: Session, actor: Actor, campaign_id: UUID, position: int) -> StageMarking | None:
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL, lock=True)
    _marked_stage(session, campaign, position)
    row = session.get(StageMarking, (campaign_id, position), populate_existing=True)
    if row is not None and row.closed_at is not None:
        raise TooLate("This stage is closed: its marks stand.")
    return row


def fix_rule(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    position: int,
    full: int | None,
    minimum: int | None,
) -> None:
    """Fix the highest mark and the minimum; `TooLate` once a mark is entered."""
    row = _open_marking(session, actor, campaign_id, position)
    rule = check_rule(full, minimum)
    if row is not None and _any_mark(session, campaign_id, position):
        raise TooLate("Marks are entered, so the minimum can no longer change.")
    session.merge(
        StageMarking(
            campaign_id=campaign_id, stage_position=position, full=rule.full, minimum=rule.minimum, reason="",
            fixed_by=actor.id, fixed_at=desk.now,
        )
    )  # fmt: skip
    session.flush()
    record_event(
        session, at=desk.now, chain_id=campaign_id, actor=actor, event="mark_rule_fixed", stage=position,
        full=rule.full, minimum=rule.minimum,
    )  # fmt: skip


def _any_mark(session: Session, campaign_id: UUID, position: int) -> bool:
    found = select(StageMark.application_id).where(
        StageMark.campaign_id == campaign_id, StageMark.stage_position == position
    )
    return session.scalars(found.limit(1)).first() is not None


def enter_marks(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, position: int, sheet: str
) -> int:
    """Take a sheet of references and marks, whole or not at all; how many lines it had."""
    row = _open_marking(session, actor, campaign_id, position)
    if row is None:
        raise TooSoon("Fix the minimum mark first.")
    ids = {reference: key for key, reference in _references(session, campaign_id)}
    marks = read_sheet(sheet, ids, row.full)
    for reference, mark in marks.items():
        session.merge(
            StageMark(
                campaign_id=campaign_id, application_id=ids[reference], stage_position=position, mark=mark,
                entered_by=actor.id, entered_at=desk.now,
            )
        )  # fmt: skip
    session.flush()
    record_event(
        session, at=desk.now, chain_id=campaign_id, actor=actor, event="marks_entered", stage=position,
        marks={str(ids[reference]): mark for reference, mark in marks.items()},
    )  # fmt: skip
    return len(marks)


def close_stage(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    position: int,
    was_held: bool = True,
    reason: str = "",
) -> None:
    """Let the marks of a stage stand: whoever has one was tested; whoever is below the minimum goes no further.

    A stage that did not take place is closed with a reason instead, and keeps nobody out.
    """
    row = _open_marking(session, actor, campaign_id, position)
    if row is None:
        raise TooSoon("Fix the minimum mark first.")
    if not was_held and not reason.strip():
        raise Invalid("Say why this stage did not take place.", "reason")
    if not was_held and _any_mark(session, campaign_id, position):
        raise Invalid("Marks are entered, so this stage took place.", "reason")
    marks = {
        one.application_id: one.mark
        for one in session.scalars(
            select(StageMark).where(StageMark.campaign_id == campaign_id, StageMark.stage_position == position)
        )
    }
    lacking = [reference for key, reference in _references(session, campaign_id) if key not in marks]
    if was_held and lacking:
        raise TooSoon(
            f"Marks are missing: {', '.join(lacking[:10])}{' and more' if len(lacking) > 10 else ''}. "
            "Enter “absent” for whoever did not come."
        )
    row.was_held, row.closed_by, row.closed_at = was_held, actor.id, desk.now
    row.reason = check_words(reason, "reason")
    tested = [key for key, mark in marks.items() if mark is not None]
    _write(session, desk, campaign_id, StageEventKind.TESTED, tested)
    write_not_invited(session, desk, campaign_id)
    record_event(
        session, at=desk.now, chain_id=campaign_id, actor=actor, event="stage_closed", stage=position,
        tested=len(tested), was_held=was_held, reason=row.reason,
    )  # fmt: skip


def write_not_invited(session: Session, desk: Desk, campaign_id: UUID) -> None:
    """Write into the stage history who goes no further after the closed stages: they have a letter due."""
    out = below_minimum(session, campaign_id) & set(standing_entries(session, campaign_id))
    _write(session, desk, campaign_id, StageEventKind.NOT_INVITED, sorted(out))


def _write(session: Session, desk: Desk, campaign_id: UUID, kind: StageEventKind, keys: list[UUID]) -> None:
    known = set(
        session.scalars(
            select(StageEvent.application_id).where(StageEvent.campaign_id == campaign_id, StageEvent.kind == kind)
        )
    )
    session.add_all(
        StageEvent(campaign_id=campaign_id, application_id=key, kind=kind, at=desk.now)
        for key in keys
        if key not in known
    )
    session.flush()


def below_minimum(session: Session, campaign_id: UUID) -> set[UUID]:
    """The applications that go no further: below the minimum of a closed stage, or absent from it."""
    return {key for key, _ in _not_good_enough(session, campaign_id)}


def absent_from_tests(session: Session, campaign_id: UUID) -> set[UUID]:
    """The applications of `below_minimum` that are there for their absence alone, and for no mark."""
    found = list(_not_good_enough(session, campaign_id))
    return {key for key, mark in found if mark is None} - {key for key, mark in found if mark is not None}


def _not_good_enough(session: Session, campaign_id: UUID) -> Iterator[tuple[UUID, int | None]]:
    """Application and mark, None for an absence, at each closed stage that keeps it out."""
    rows = session.execute(
        select(StageMark, StageMarking)
        .join(
            StageMarking,
            (StageMarking.campaign_id == StageMark.campaign_id)
            & (StageMarking.stage_position == StageMark.stage_position),
        )
        .where(StageMark.campaign_id == campaign_id, StageMarking.was_held.is_(True))
    )
    return (
        (mark.application_id, mark.mark)
        for mark, rule in rows
        if not is_good_enough(mark.mark, MarkRule(rule.full, rule.minimum))
    )


def closed_stages(session: Session, campaign_id: UUID) -> frozenset[int]:
    """The positions of the stages whose marks stand; whoever calls it has asked for the permission."""
    closed = select(StageMarking.stage_position).where(
        StageMarking.campaign_id == campaign_id, StageMarking.closed_at.is_not(None)
    )
    return frozenset(session.scalars(closed))


def open_markings(session: Session, campaign_id: UUID) -> list[str]:
    """The stages whose minimum is fixed and which are not closed yet: nobody is booked for an interview before."""
    return list(
        session.scalars(
            select(Stage.name)
            .join(
                StageMarking,
                (StageMarking.campaign_id == Stage.campaign_id) & (StageMarking.stage_position == Stage.position),
            )
            .where(StageMarking.campaign_id == campaign_id, StageMarking.closed_at.is_(None))
            .order_by(Stage.position)
        )
    )


def require_passed(session: Session, campaign_id: UUID, application_id: UUID) -> None:
    """Raise unless every stage that is marked is closed and this candidate is above its minimum."""
    if waiting := open_markings(session, campaign_id):
        raise TooSoon(f"Close the marks of “{waiting[0]}” first.")
    if application_id in below_minimum(session, campaign_id):
        raise TooLate("This candidate is below the minimum mark of an earlier stage, or was absent.")
