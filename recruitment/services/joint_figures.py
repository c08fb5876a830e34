"""What the page of a joint strategy shows of its members: published years, and how their actions stand.

The only reading across bodies. Of each member it takes what that body published of whole years, and of its actions
the objective, status and due date alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.disclosure import Rules
from recruitment.rules.joint_figures import BodyYear, Together, off_by, together
from recruitment.rules.joint_strategies import Objective, Progress, progress_of
from recruitment.rules.trends import Yearly
from recruitment.services.joint_strategies import list_members, member_of
from recruitment.services.trends import whole_years, yearly_of
from recruitment.store.actions import Action
from recruitment.store.publications import list_publications


@dataclass(frozen=True)
class JointYear:
    """One reporting year, the same days for all: each body that published it, and all together."""

    label: str
    bodies: tuple[BodyYear, ...]
    together: Together
    missing: tuple[str, ...]
    off_by: int


@dataclass(frozen=True)
class JointFigures:
    """The latest year first."""

    years: tuple[JointYear, ...]

    def trend(self) -> list[Yearly]:
        """The years of all together, the earliest first."""
        return [one.together.yearly for one in reversed(self.years) if one.together.yearly is not None]


def read_joint_figures(session: Session, *, actor: Actor, joint_id: UUID) -> JointFigures:
    """Nothing is opened or counted: sums of figures that each member published itself."""
    member_of(session, actor, joint_id)
    members = list_members(session, joint_id)
    by_year: dict[tuple[date, date], list[BodyYear]] = {}
    for member in members:
        for row in whole_years(list_publications(session, member.organisation_id)):
            held = BodyYear(member.name, yearly_of(row), Rules(row.threshold, row.base))
            by_year.setdefault((row.period_from, row.period_until), []).append(held)
    names = [member.name for member in members]
    latest_first = sorted(by_year, key=lambda days: (days[1], days[0]), reverse=True)
    return JointFigures(tuple(_year(by_year[days], names) for days in latest_first))


def _year(bodies: Sequence[BodyYear], names: Sequence[str]) -> JointYear:
    summed = together(bodies)
    there = {one.body for one in bodies}
    in_sum = [one.rules for one in bodies if one.body in summed.bodies]
    missing = tuple(name for name in names if name not in there)
    return JointYear(bodies[0].yearly.label, tuple(bodies), summed, missing, off_by(in_sum))


def read_progress(
    session: Session, *, actor: Actor, joint_id: UUID, objectives: Sequence[Objective], today: date
) -> Mapping[UUID, Mapping[str, Progress]]:
    """Member → objective → how many of its actions stand how. Nothing else of an action is read."""
    member_of(session, actor, joint_id)
    members = [one.organisation_id for one in list_members(session, joint_id)]
    rows = session.execute(
        select(Action.organisation_id, Action.objective, Action.status, Action.due).where(
            Action.organisation_id.in_(members)
        )
    )
    found: dict[UUID, list[tuple[str, str, date]]] = {key: [] for key in members}
    for organisation_id, objective, status, due in rows:
        found[organisation_id].append((objective, status, due))
    return {key: progress_of(objectives, actions, today) for key, actions in found.items()}
