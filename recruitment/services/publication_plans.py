"""Which campaigns a publication takes: those of its period or of a run, and those an earlier one left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import Invalid, NotAllowed, TooSoon
from recruitment.rules.funnel import Counts, FunnelStage
from recruitment.rules.permissions import Role
from recruitment.rules.publication_remarks import LeftOut, LeftOutFor
from recruitment.rules.publications import (
    Counted,
    Part,
    Period,
    PublicationKind,
    after_published,
    last_period,
    shortest_run,
)
from recruitment.rules.question_set_versions import family_of
from recruitment.services.exact_counts import Tallied, list_tallied
from recruitment.services.permissions import holds_anywhere, require_staff
from recruitment.services.reporting_years import read_year_end
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.campaigns import Campaign
from recruitment.store.publications import list_publications
from recruitment.store.releases import Tally

_COLUMNS = {
    Part.KIND: Campaign.kind,
    Part.GRADE: Campaign.panel_grade,
    Part.PROFESSION: Campaign.profession,
    Part.DIRECTORATE: Campaign.directorate,
}


def require_analysing(session: Session, actor: Actor) -> None:
    """Raise unless the actor is the analyst of some campaign of the organisation."""
    require_staff(session, actor)
    if not holds_anywhere(session, actor, Role.ANALYST):
        raise NotAllowed


@dataclass(frozen=True)
class Wanted:
    """What is to be published: `value` narrows it by `part`; `latest` names the last campaign of a run."""

    kind: PublicationKind
    part: Part = Part.EVERYTHING
    value: str = ""
    latest: UUID | None = None


@dataclass(frozen=True)
class Planned:
    """The counted campaigns that are wanted and chose among the same shipped questions.

    `period` is None for a run, whose campaigns are chosen by their sizes; `others` asked earlier questions;
    `carried` are of earlier years.
    """

    period: Period | None
    tallied: tuple[Tallied, ...]
    others: tuple[Tallied, ...]
    carried: tuple[Tallied, ...]

    def left_out(self, period: Period, chosen: frozenset[UUID]) -> tuple[LeftOut, ...]:
        """Those of the period that are not in the figures, each with the reason."""
        earlier = [LeftOut(row.title, LeftOutFor.OTHER_QUESTIONS) for row in self.others if period.holds(row.day)]
        own = [row for row in self.tallied if row.campaign_id not in chosen]
        in_period = [row for row in own if period.holds(row.day) or row in self.carried]
        return (*earlier, *(LeftOut(row.title, LeftOutFor.TOO_CLOSE) for row in in_period))


def plan_publication(session: Session, *, actor: Actor, desk: StaffDesk, wanted: Wanted) -> Planned:
    """Nothing is opened. `TooSoon` where nothing is counted; `Invalid` where the same was published already."""
    require_analysing(session, actor)
    is_run = wanted.kind is PublicationKind.RUN
    period = None if is_run else period_of(session, actor.organisation_id, desk, wanted)
    tallied = tallied_in(session, actor.organisation_id, wanted, period)
    if not tallied:
        raise TooSoon("No campaign of this period is counted yet.")
    if period is not None:
        require_new(session, actor.organisation_id, wanted, period)
    carried = _carried(session, actor.organisation_id, wanted, tallied)
    newest = family_of(tallied[-1].question_set)
    return Planned(
        period,
        (*carried, *(row for row in tallied if family_of(row.question_set) == newest)),
        tuple(row for row in tallied if family_of(row.question_set) != newest),
        tuple(carried),
    )


def period_of(session: Session, organisation_id: UUID, desk: StaffDesk, wanted: Wanted) -> Period:
    """The latest period of this kind that is over, of the body's own year; no day is in two published years."""
    period = last_period(wanted.kind, desk.now.date(), read_year_end(session, organisation_id))
    if wanted.kind is not PublicationKind.ANNUAL:
        return period
    return after_published(
        period,
        (
            Period(row.period_from, row.period_until)
            for row in list_publications(session, organisation_id)
            if (row.kind, row.part) == (wanted.kind, part_text(wanted))
        ),
    )


def tallied_in(session: Session, organisation_id: UUID, wanted: Wanted, period: Period | None) -> list[Tallied]:
    """The counted campaigns that are wanted, in the order of counting; of all days where `period` is None."""
    narrowed = [] if wanted.part is Part.EVERYTHING else [_COLUMNS[wanted.part] == wanted.value]
    rows = list_tallied(session, organisation_id, *narrowed)
    return [row for row in rows if period is None or period.holds(row.day)]


def _carried(session: Session, organisation_id: UUID, wanted: Wanted, tallied: Sequence[Tallied]) -> list[Tallied]:
    """Campaigns of earlier years that the publication of their year had to leave out, of the same questions."""
    if wanted.kind is not PublicationKind.ANNUAL or not tallied:
        return []
    years = [
        (Period(row.period_from, row.period_until), set(row.campaigns))
        for row in list_publications(session, organisation_id)
        if (row.kind, row.part) == (wanted.kind, part_text(wanted))
    ]
    published = set[str]().union(*(own for _, own in years))
    own = {row.campaign_id for row in tallied}
    return [
        row
        for row in tallied_in(session, organisation_id, wanted, None)
        if row.campaign_id not in own
        and row.campaign_id.hex not in published
        and family_of(row.question_set) == family_of(tallied[-1].question_set)
        and any(year.holds(row.day) for year, _ in years)
    ]


def run_of(tallied: Sequence[Tallied], counts: Mapping[UUID, Counts], wanted: Wanted) -> list[Tallied]:
    """The shortest run of them that has enough applications; `TooSoon` where all together have not."""
    sizes = [
        Counted(row.campaign_id, row.day, counts[row.campaign_id].total(FunnelStage.SUBMITTED)) for row in tallied
    ]
    chosen = shortest_run(sizes, wanted.latest or tallied[-1].campaign_id)
    if not chosen:
        raise TooSoon("All campaigns together have too few applications for figures. They count in a later run.")
    return [row for row in tallied if row.campaign_id in chosen]


def require_new(session: Session, organisation_id: UUID, wanted: Wanted, period: Period) -> None:
    """`Invalid` where the same was published already."""
    for row in list_publications(session, organisation_id):
        if (row.kind, row.part, row.period_from, row.period_until) == (
            wanted.kind,
            part_text(wanted),
            period.first,
            period.last,
        ):
            raise Invalid("This was published already. What is published is never made again.", "kind")


def part_text(wanted: Wanted) -> str:
    """What the publication is narrowed to, as it is kept."""
    return f"{wanted.part}: {wanted.value}" if wanted.part is not Part.EVERYTHING else ""


def list_parts(session: Session, *, actor: Actor) -> list[tuple[Part, str, str]]:
    """What a publication may be narrowed to: (part, value, title), of campaigns that are counted."""
    require_analysing(session, actor)
    found = []
    for part, column in _COLUMNS.items():
        values = session.scalars(
            select(column)
            .join(Tally, Tally.campaign_id == Campaign.id)
            .where(Campaign.organisation_id == actor.organisation_id, column != "")
            .distinct()
            .order_by(column)
        )
        found += [(part, value, f"{part.capitalize()}: {value.replace('_', ' ')}") for value in values]
    return found
