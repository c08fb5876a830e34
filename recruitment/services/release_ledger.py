"""Everything that a body ever released, as the attacker holds it, so that what comes next is safe beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.disclosure import (
    DECLARED,
    STAR,
    TOTAL,
    Cell,
    Controlled,
    Figure,
    Range,
    ReleaseTable,
    Rules,
    Shape,
    numbers_of,
    shape_of,
    tables_of,
)
from recruitment.rules.disclosure.adding_up import added_up
from recruitment.rules.disclosure.ledger import Entry, Held, Ledger, Refused, pooled_shape
from recruitment.rules.disclosure.sensitivity import primary_cells
from recruitment.rules.errors import TooLate
from recruitment.rules.funnel import Counts, FunnelStage
from recruitment.rules.publications import year_to_march
from recruitment.rules.release_formats import tables_from_json, tables_to_json
from recruitment.services.exact_counts import list_tallied, open_all_counts
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.campaigns import Campaign
from recruitment.store.organisations import Organisation
from recruitment.store.publications import list_publications
from recruitment.store.releases import Release

MOST_BLOCKS = 2
"""Sets of people that are read together exactly, in seconds; with more, what is published is added up."""
PLANNED, NEW = "planned year", "new release"


@dataclass(frozen=True)
class Kept:
    """A release as it is stored: whose people, and the rules and tables it was made with."""

    scope: str
    campaigns: frozenset[str]
    tables: Any
    rules: Rules


@dataclass(frozen=True)
class Made:
    """A release: whose people, and its tables. `parts`: where these are added up, the release of the rest that
    went into them, if any; None where they were controlled themselves.
    """

    campaigns: frozenset[str]
    tables: tuple[ReleaseTable, ...]
    parts: tuple[tuple[frozenset[str], tuple[ReleaseTable, ...]], ...] | None = None

    def kept(self) -> list[Any]:
        """As a publication stores it; `list_kept` reads it back."""
        found: list[Any] = [json.loads(tables_to_json(self.tables))]
        if self.parts is not None:
            found.append(
                [
                    {"campaigns": sorted(own), "tables": json.loads(tables_to_json(tables))}
                    for own, tables in self.parts
                ]
            )
        return found


@dataclass(frozen=True)
class OpenLedger:
    """The ledger of what shares people with some campaigns, with the exact counts it is about.

    `seen`: the scopes of everything released so far, for `require_unchanged`.
    """

    ledger: Ledger
    held: Mapping[str, Held]
    counts: Mapping[UUID, Counts]
    year: frozenset[str]
    kept: Sequence[Kept]
    seen: frozenset[str]

    def control(self, campaigns: frozenset[str]) -> Made:
        """The tables of these campaigns' people, safe beside everything earlier.

        The year that is under way is planned first, as if it ended now, so that the year's publication is never
        the one that has to give way; not where parts of the year were released already, since all of them
        together take too long to read. The same people get the same figures as before. `Refused` says why none
        is safe.
        """
        if (same := self._same(campaigns)) is not None:
            return Made(campaigns, same)
        if self._blocks(campaigns) > MOST_BLOCKS:
            return self._added_up(campaigns)
        ledger = self.ledger
        if self.year > campaigns and not self.ledger.beside(self.year):
            try:
                _, ledger = ledger.release(PLANNED, self.year, self.held)
            except Refused:
                ledger = self.ledger  # what is released already tells all that the year could
        made, _ = ledger.release(NEW, campaigns, self.held)
        return Made(campaigns, tables_of(made, NEW))

    def control_year(self, campaigns: frozenset[str]) -> Made:
        """The tables of a year, and whose people they are: never refused for what was released before.

        Where a few people stand between it and an earlier release, the smallest campaigns of which nothing was
        released are left to the next year, until the rest is safe.
        """
        own, released = campaigns, frozenset[str]().union(*(each.campaigns for each in self.kept))
        spare = sorted(own - released, key=lambda each: (self._people(each), each))
        while True:
            if (same := self._same(own)) is not None:
                return Made(own, same)
            try:
                if self._blocks(own) > MOST_BLOCKS:
                    return self._added_up(own)
                made, _ = self.ledger.release(NEW, own, self.held)
                return Made(own, tables_of(made, NEW))
            except Refused:
                if not spare or len(own) == 1:
                    raise
                own -= {spare.pop(0)}

    def _blocks(self, campaigns: frozenset[str]) -> int:
        """How many sets of people have to be read together: those that no release divides."""
        scopes = [*(entry.campaigns for entry in self.ledger.beside(campaigns)), campaigns]
        return len({tuple(each in own for own in scopes) for each in frozenset().union(*scopes)})

    def _added_up(self, campaigns: frozenset[str]) -> Made:
        """The published figures of separate parts added, with a release of the rest where it can stand alone."""
        entries = self.ledger.beside(campaigns)
        released = frozenset[str]().union(*(entry.campaigns for entry in entries))
        if not released <= campaigns or sum(len(entry.campaigns) for entry in entries) > len(released):
            raise Refused("Earlier releases divide these people in too many ways to be read together.")
        parts = [same for entry in entries if (same := self._same(entry.campaigns)) is not None]
        rest = campaigns - released
        if rest:
            made, _ = Ledger().release(NEW, rest, self.held)
            if not made.is_whole:
                return Made(released, added_up(parts), ())  # too few to stand alone: they count in the next year
            alone = tables_of(made, NEW)
            return Made(campaigns, added_up([*parts, alone]), ((rest, alone),))
        return Made(campaigns, added_up(parts), ())

    def withheld(self, campaigns: frozenset[str]) -> tuple[ReleaseTable, ...]:
        """The tables of these people with every figure withheld."""
        shape = pooled_shape([self.held[each].shape for each in sorted(campaigns)])
        nothing = dict.fromkeys(shape.cells(NEW))
        return tables_of(Controlled(Rules(), {NEW: shape}, nothing, frozenset(), 0.0, is_whole=False), NEW)

    def _same(self, campaigns: frozenset[str]) -> tuple[ReleaseTable, ...] | None:
        found = next((each for each in self.kept if each.campaigns == campaigns), None)
        return tables_from_json(json.dumps(found.tables)) if found else None

    def _people(self, campaign: str) -> int:
        return self.counts[UUID(hex=campaign)].total(FunnelStage.SUBMITTED)


def open_ledger(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaigns: frozenset[UUID],
    ground: str,
    chain_id: UUID | None = None,
) -> OpenLedger:
    """Open the counts of these campaigns, of the year under way, and of all that was released beside them.

    A read session. One record, in the organisation's trail or the chain given, names every campaign whose counts
    are opened.
    """
    tallied = list_tallied(session, actor.organisation_id)
    year = year_to_march(desk.now.date())
    of_year = {one.campaign_id.hex for one in tallied if year.holds(one.day)}
    wanted = {campaign.hex for campaign in campaigns}
    everything = list_kept(session, actor.organisation_id)
    # The same people's figures are the same wherever they were published.
    told = {each.campaigns: each for each in everything if _tells(each)}
    kept = _beside(list(told.values()), wanted | of_year)
    reached = wanted | of_year | {each for release in kept for each in release.campaigns}
    rows = [one for one in tallied if one.campaign_id.hex in reached]
    counts = open_all_counts(desk, actor, rows, ground, chain_id=chain_id)
    held = {key.hex: Held(shape_of(each), numbers_of(each)) for key, each in counts.items()}
    entries = tuple(_entry(each, held) for each in kept)
    seen = frozenset(each.scope for each in everything)
    return OpenLedger(Ledger(entries), held, counts, frozenset(of_year | wanted), kept, seen)


def require_unchanged(session: Session, organisation_id: UUID, seen: frozenset[str]) -> None:
    """Raise `TooLate` where something was released since the ledger was opened: the two could be subtracted.

    Holds the organisation's row until the end of the write, so that two releases are made one after the other.
    """
    session.scalars(select(Organisation).where(Organisation.id == organisation_id).with_for_update()).one()
    if {each.scope for each in list_kept(session, organisation_id)} != seen:
        raise TooLate("Other figures were released at the same moment. Nothing was published; do it again.")


def list_kept(session: Session, organisation_id: UUID) -> list[Kept]:
    """Every release and publication of the organisation, the earliest first."""
    single = session.execute(
        select(Release, Campaign.id)
        .join(Campaign, Campaign.id == Release.campaign_id)
        .where(Campaign.organisation_id == organisation_id)
    )
    found = [
        (row.released_at, Kept(row.id.hex, frozenset({key.hex}), row.tables[0], Rules(row.threshold, row.base)))
        for row, key in single
    ]
    for several in list_publications(session, organisation_id):
        rules = Rules(several.threshold, several.base)
        if len(several.tables) > 1:
            # Added up from earlier releases, which are here already, and from one of the rest.
            for place, part in enumerate(several.tables[1]):
                scope, own = f"{several.id.hex} {place}", frozenset(part["campaigns"])
                found.append((several.released_at, Kept(scope, own, part["tables"], rules)))
            continue
        found.append(
            (several.released_at, Kept(several.id.hex, frozenset(several.campaigns), several.tables[0], rules))
        )
    return [kept for _, kept in sorted(found, key=lambda pair: (pair[0], pair[1].scope))]


def _tells(kept: Kept) -> bool:
    """Whether a release shows any figure: where all are withheld it is as if nothing were released."""
    lines = [
        line
        for table in kept.tables["tables"]
        for line in (table["total"], table["declaration"], *(row["figures"] for row in table["rows"]))
    ]
    return any(figure != STAR for line in lines for figure in line)


def _beside(kept: list[Kept], wanted: set[str]) -> list[Kept]:
    """Those that share people with what is wanted, or with one that does."""
    reached, found = set(wanted), set[str]()
    while more := [each for each in kept if each.scope not in found and each.campaigns & reached]:
        for each in more:
            found.add(each.scope)
            reached |= each.campaigns
    return [each for each in kept if each.scope in found]


def _entry(kept: Kept, held: Mapping[str, Held]) -> Entry:
    tables = tables_from_json(json.dumps(kept.tables))
    whole = held[min(kept.campaigns)].shape
    # Over the stages that the release has: an earlier version of the tally had fewer.
    shape = Shape(tables[0].stages, whole.lines, whole.inside)
    numbers = dict.fromkeys(shape.cells(kept.scope), 0)
    for each in kept.campaigns:
        for cell, number in held[each].over(shape, kept.scope).items():
            numbers[cell] += number
    published: dict[Cell, Range] = {}
    for table in tables:
        rows = [(table.characteristic, row.code, row.figures) for row in table.rows]
        rows += [(table.characteristic, DECLARED, table.declaration), (TOTAL, TOTAL, table.total)]
        for line, row, figures in rows:
            published |= _read(kept, line, row, figures)
    cells = shape.cells(kept.scope)
    primary = primary_cells(cells, numbers, kept.rules.threshold)
    protected = frozenset(each for each in primary if numbers[each])
    return Entry(kept.scope, kept.campaigns, shape, published, protected)


def _read(kept: Kept, line: str, row: str, figures: tuple[Figure, ...]) -> dict[Cell, Range]:
    return {
        Cell(kept.scope, line, row, at): kept.rules.range_of(figure.shown)
        for at, figure in enumerate(figures)
        if figure.shown is not None
    }
