"""Releases as they are stored, read back for the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.disclosure import DECLARED, STAR, TOTAL, Cell, Figure, Range, Rules, Shape
from recruitment.rules.disclosure.ledger import Entry, Held, asked_cells
from recruitment.rules.disclosure.sensitivity import primary_cells
from recruitment.rules.errors import TooLate
from recruitment.rules.release_formats import tables_from_json
from recruitment.store.campaigns import Campaign
from recruitment.store.crossings import list_published_crossings
from recruitment.store.organisations import Organisation
from recruitment.store.publications import list_publications
from recruitment.store.releases import Release


@dataclass(frozen=True)
class Kept:
    """A release as it is stored: whose people, and the rules and tables it was made with; `crossings`: published
    of the same people later, by the names of their pairs."""

    scope: str
    campaigns: frozenset[str]
    tables: Any
    rules: Rules
    crossings: Mapping[str, Any] = field(default_factory=dict)


def scopes_of(kept: Iterable[Kept]) -> frozenset[str]:
    """A name for everything released: another one later shows that something was released in between."""
    return frozenset(
        name for each in kept for name in (each.scope, *(f"{each.scope} {one}" for one in each.crossings))
    )


def distinct(kept: Iterable[Kept]) -> list[Kept]:
    """Those that tell anything; the same people's once, since their figures are the same wherever published."""
    found: dict[frozenset[str], Kept] = {}
    for each in kept:
        if tells(each):
            known = found.get(each.campaigns)
            found[each.campaigns] = replace(
                each, crossings={**(known.crossings if known else {}), **each.crossings}
            )
    return list(found.values())


def require_unchanged(session: Session, organisation_id: UUID, seen: frozenset[str]) -> None:
    """Raise `TooLate` where something was released since the ledger was opened: the two could be subtracted.

    Holds the organisation's row until the end of the write, so that two releases are made one after the other.
    """
    session.scalars(select(Organisation).where(Organisation.id == organisation_id).with_for_update()).one()
    if scopes_of(list_kept(session, organisation_id)) != seen:
        raise TooLate("Other figures were released at the same moment. Nothing was published; do it again.")


def list_kept(session: Session, organisation_id: UUID) -> list[Kept]:
    """Every release and publication of the organisation, the earliest first."""
    crossed: dict[UUID, dict[str, Any]] = {}
    for row in list_published_crossings(session, organisation_id):
        crossed.setdefault(row.publication_id, {})[row.pair] = row.tables[0] if row.tables else None
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
        own = frozenset(several.campaigns)
        whole = Kept(several.id.hex, own, several.tables[0], rules, crossed.get(several.id, {}))
        found.append((several.released_at, whole))
    return [kept for _, kept in sorted(found, key=lambda pair: (pair[0], pair[1].scope))]


def tells(kept: Kept) -> bool:
    """Whether a release shows any figure: where all are withheld it is as if nothing were released."""
    lines = [
        line
        for table in kept.tables["tables"]
        for line in (table["total"], table["declaration"], *(row["figures"] for row in table["rows"]))
    ]
    return any(figure != STAR for line in lines for figure in line)


def beside(kept: list[Kept], wanted: set[str]) -> list[Kept]:
    """Those that share people with what is wanted, or with one that does."""
    reached, found = set(wanted), set[str]()
    while more := [each for each in kept if each.scope not in found and each.campaigns & reached]:
        for each in more:
            found.add(each.scope)
            reached |= each.campaigns
    return [each for each in kept if each.scope in found]


def entry_of(kept: Kept, held: Mapping[str, Held]) -> Entry:
    tables = tables_from_json(json.dumps(kept.tables))
    crossed = [table for one in kept.crossings.values() for table in tables_from_json(json.dumps(one))]
    whole = held[min(kept.campaigns)].shape
    # Over the stages that the release has: an earlier version of the tally had fewer.
    shape = Shape(tables[0].stages, whole.lines, whole.inside)
    numbers = dict.fromkeys(shape.cells(kept.scope), 0)
    for each in kept.campaigns:
        for cell, number in held[each].over(shape, kept.scope).items():
            numbers[cell] += number
    published: dict[Cell, Range] = {}
    for table in (*tables, *crossed):
        rows = [(table.characteristic, row.code, row.figures) for row in table.rows]
        rows += [(table.characteristic, DECLARED, table.declaration), (TOTAL, TOTAL, table.total)]
        for line, row, figures in rows:
            published |= _read(kept, line, row, figures)
    cells = asked_cells(kept.scope, shape, [held[each] for each in kept.campaigns])
    primary = primary_cells(cells, numbers, kept.rules.threshold)
    protected = frozenset(each for each in primary if numbers[each])
    return Entry(kept.scope, kept.campaigns, shape, published, protected)


def _read(kept: Kept, line: str, row: str, figures: tuple[Figure, ...]) -> dict[Cell, Range]:
    return {
        Cell(kept.scope, line, row, at): kept.rules.range_of(figure.shown)
        for at, figure in enumerate(figures)
        if figure.shown is not None
    }
