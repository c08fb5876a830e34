"""Everything that a body ever released, as the attacker holds it, so that what comes next is safe beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.disclosure import Controlled, ReleaseTable, Rules, numbers_of, shape_of, tables_of
from recruitment.rules.disclosure.adding_up import added_up
from recruitment.rules.disclosure.asking import known_of_asking
from recruitment.rules.disclosure.funnel_tables import OWN_LINES, crossing_table, pair_name
from recruitment.rules.disclosure.intersections import add_crossing
from recruitment.rules.disclosure.ledger import Held, Ledger, Refused, asked_cells, pooled, pooled_shape
from recruitment.rules.funnel import CROSSINGS, Counts, FunnelStage
from recruitment.rules.publications import year_of
from recruitment.rules.release_formats import tables_from_json, tables_to_json
from recruitment.services.exact_counts import list_tallied, open_all_counts
from recruitment.services.kept_releases import Kept, beside, distinct, entry_of, list_kept, scopes_of
from recruitment.services.reporting_years import read_year_end
from recruitment.services.staff_desk import StaffDesk

MOST_BLOCKS = 2
"""Sets of people that are read together exactly, in seconds; with more, what is published is added up."""
MOST_APART = 3
"""As many where no two releases overlap in part: 1 to 12 seconds of one core; four take 17, six about 30,
and three that overlap in part 48."""
PLANNED, NEW = "planned year", "new release"


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

    `seen`: the scopes of everything released so far, for `require_unchanged`. `lacking`: campaigns whose counts
    lack a crossing that was published beside them, so that nothing more of them can be proved safe.
    """

    ledger: Ledger
    held: Mapping[str, Held]
    counts: Mapping[UUID, Counts]
    year: frozenset[str]
    kept: Sequence[Kept]
    seen: frozenset[str]
    lacking: frozenset[str] = frozenset()

    def control(self, campaigns: frozenset[str]) -> Made:
        """The tables of these campaigns' people, safe beside everything earlier.

        The year that is under way is planned first, as if it ended now, so that the year's publication is never
        the one that has to give way; not where parts of the year were released already, since all of them
        together take too long to read. Of people who were released in separate parts the published figures are
        added up, beside which anything else can be added up later. The same people get the same figures as
        before. `Refused` says why none is safe.
        """
        if (same := self._same(campaigns)) is not None:
            return Made(campaigns, same)
        self._require_read()
        is_small = self._blocks(campaigns) <= MOST_BLOCKS
        if not is_small and (self._is_of_parts(campaigns) or not self._is_readable(campaigns)):
            return self._added_up(campaigns)
        ledger = self.ledger
        if is_small and self.year > campaigns and not self.ledger.beside(self.year):
            try:
                _, ledger = ledger.release(PLANNED, self.year, self.held, lines=OWN_LINES)
            except Refused:
                ledger = self.ledger  # what is released already tells all that the year could
        made, _ = ledger.release(NEW, campaigns, self.held, lines=OWN_LINES)
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
            self._require_read()
            try:
                if not self._is_readable(own):
                    return self._added_up(own)
                made, _ = self.ledger.release(NEW, own, self.held, lines=OWN_LINES)
                return Made(own, tables_of(made, NEW))
            except Refused:
                if not spare or len(own) == 1:
                    raise
                own -= {spare.pop(0)}

    def cross(self, campaigns: frozenset[str], pair: tuple[str, str]) -> ReleaseTable:
        """Two characteristics of a release's people together: the same wherever these people's are published.

        `Refused`, with the reason, where the attacker does not agree, or could not be asked within reason.
        """
        kept = next((each for each in self.kept if each.campaigns == campaigns), None)
        if kept is None:
            raise Refused(
                "These figures are added up from earlier ones, or none is published, so nothing more can be told"
                " of the same people."
            )
        if pair_name(pair) in kept.crossings:
            return tables_from_json(json.dumps(kept.crossings[pair_name(pair)]))[0]
        self._require_read()
        if not self._is_readable(campaigns):
            raise Refused(
                "Other releases divide these people in too many ways to be read together with a crossing."
            )
        made = add_crossing(self.ledger, kept.scope, frozenset({pair_name(pair)}), self.held, kept.rules)
        if made is None:
            raise Refused("Beside everything published so far, no figure of this crossing would be safe.")
        return crossing_table(made[0], pair, tables_from_json(json.dumps(kept.tables))[0].total, kept.scope)

    def _require_read(self) -> None:
        if self.lacking:
            raise Refused(
                "Of some of these people the two characteristics were never counted together, so nothing can be"
                " proved safe beside such figures."
            )

    def _scopes(self, campaigns: frozenset[str]) -> list[frozenset[str]]:
        return [*(entry.campaigns for entry in self.ledger.beside(campaigns)), campaigns]

    def _blocks(self, campaigns: frozenset[str]) -> int:
        """How many sets of people have to be read together: those that no release divides."""
        scopes = self._scopes(campaigns)
        return len({tuple(each in own for own in scopes) for each in frozenset().union(*scopes)})

    def _is_readable(self, campaigns: frozenset[str]) -> bool:
        """Whether everything beside these people can be read together exactly, within reason."""
        blocks, scopes = self._blocks(campaigns), self._scopes(campaigns)
        apart = all(one <= other or other <= one or not one & other for one in scopes for other in scopes)
        return blocks <= MOST_BLOCKS or (apart and blocks <= MOST_APART)

    def _is_of_parts(self, campaigns: frozenset[str]) -> bool:
        """Whether the releases beside these people are of separate ones among them."""
        entries = self.ledger.beside(campaigns)
        released = frozenset[str]().union(*(entry.campaigns for entry in entries))
        return released <= campaigns and sum(len(entry.campaigns) for entry in entries) == len(released)

    def _added_up(self, campaigns: frozenset[str]) -> Made:
        """The published figures of separate parts added, with a release of the rest where it can stand alone."""
        entries = self.ledger.beside(campaigns)
        released = frozenset[str]().union(*(entry.campaigns for entry in entries))
        if not self._is_of_parts(campaigns):
            raise Refused("Earlier releases divide these people in too many ways to be read together.")
        parts = [same for entry in entries if (same := self._same(entry.campaigns)) is not None]
        rest = campaigns - released
        if rest:
            made, _ = Ledger().release(NEW, rest, self.held, lines=OWN_LINES)
            if not made.is_whole:
                return Made(released, added_up(parts), ())  # too few to stand alone: they count in the next year
            alone = tables_of(made, NEW)
            return Made(campaigns, added_up([*parts, alone]), ((rest, alone),))
        return Made(campaigns, added_up(parts), ())

    def withheld(self, campaigns: frozenset[str]) -> tuple[ReleaseTable, ...]:
        """The tables of these people with every figure withheld."""
        own = [self.held[each] for each in sorted(campaigns)]
        shape = pooled_shape([each.shape for each in own])
        nothing = dict.fromkeys(asked_cells(NEW, shape, own))
        numbers = pooled(NEW, own)[1]
        known = known_of_asking(NEW, shape, [each.lines for each in own], numbers)
        made = Controlled(Rules(), {NEW: shape}, nothing, frozenset(), 0.0, is_whole=False, earlier=known)
        return tables_of(made, NEW)

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
    pair: tuple[str, str] | None = None,
) -> OpenLedger:
    """Open the counts of these campaigns, of the year under way, and of all that was released beside them.

    A read session. One record, in the organisation's trail or the chain given, names every campaign whose counts
    are opened. `pair`: to be crossed.
    """
    tallied = list_tallied(session, actor.organisation_id)
    year = year_of(desk.now.date(), read_year_end(session, actor.organisation_id))
    of_year = {one.campaign_id.hex for one in tallied if year.holds(one.day)}
    wanted = {campaign.hex for campaign in campaigns}
    everything = list_kept(session, actor.organisation_id)
    kept = beside(distinct(everything), wanted | of_year)
    reached = wanted | of_year | {each for release in kept for each in release.campaigns}
    rows = [one for one in tallied if one.campaign_id.hex in reached]
    counts = open_all_counts(desk, actor, rows, ground, chain_id=chain_id)
    told = {name for each in kept for name in each.crossings}
    pairs = tuple(each for each in CROSSINGS if each == pair or pair_name(each) in told)
    lacking = frozenset(key.hex for key, each in counts.items() if not set(pairs) <= set(each.crossings))
    if lacking:
        pairs = ()
    held = _held(counts, pairs)
    return OpenLedger(
        Ledger(() if lacking else tuple(entry_of(each, held) for each in kept)),
        held,
        counts,
        frozenset(of_year | wanted),
        kept,
        scopes_of(everything),
        lacking,
    )


def _held(counts: Mapping[UUID, Counts], pairs: tuple[tuple[str, str], ...]) -> dict[str, Held]:
    """Every campaign over the questions that any of them asked, so that they can be added and set beside."""
    asked = {key for each in counts.values() for key in each.asked}
    found = {}
    for campaign, own in counts.items():
        wide = own.over(own.stages, asked=asked)
        # Both questions of a pair are always asked.
        lines = frozenset({*own.asked, *map(pair_name, pairs)})
        found[campaign.hex] = Held(shape_of(wide, pairs=pairs), numbers_of(wide, pairs=pairs), lines)
    return found
