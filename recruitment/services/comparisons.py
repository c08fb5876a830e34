"""With whom and with what a body compares its published figures: the Census, its peers, and its own targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.benchmarks import Census, Comparison, NoFigure, OwnShare, compare, read_published, share
from recruitment.rules.disclosure import LOWEST_DENOMINATOR, ReleaseTable
from recruitment.rules.disparity.rates import Rate
from recruitment.rules.equality_questions import CHARACTERISTICS, MISSING
from recruitment.rules.errors import Invalid, NotFound
from recruitment.rules.funnel import EVERY_STAGE
from recruitment.rules.targets import PURPOSE, Target, stand
from recruitment.services.benchmarks import load_census
from recruitment.services.publication_plans import require_analysing
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.publications import Comparison as Row
from recruitment.store.publications import Target as TargetRow

LONGEST_PEERS = 100_000
MOST_AREAS = 50
_MISSING = frozenset(code for code, _ in MISSING)
_APPLIED = "submitted"


@dataclass(frozen=True)
class HeldTarget:
    id: UUID
    called: str
    characteristic: str
    groups: tuple[str, ...]
    per_cent: int
    stage: str
    source: str
    set_at: datetime


@dataclass(frozen=True)
class Compared:
    """What a body compares with: names of areas as typed back, the peers' table, and targets."""

    areas: tuple[str, ...]
    peers: str
    targets: tuple[HeldTarget, ...]


@dataclass(frozen=True)
class Beside:
    """What stands beside the figures of one characteristic, in sentences."""

    benchmarks: tuple[str, ...] = ()
    peers: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


def area_names(census: Census) -> dict[str, str]:
    """Every area of the Census tables: ONS code → name."""
    return {code: name for table in census.tables.values() for code, name in table.names.items()}


def read_compared(session: Session, *, actor: Actor) -> Compared:
    require_analysing(session, actor)
    return _compared(session, actor.organisation_id)


def _compared(session: Session, organisation_id: UUID) -> Compared:
    row = session.get(Row, organisation_id)
    names = area_names(load_census())
    rows = session.scalars(
        select(TargetRow)
        .where(TargetRow.organisation_id == organisation_id)
        .order_by(TargetRow.set_at, TargetRow.id)
    )
    targets = tuple(
        HeldTarget(
            one.id, one.called, one.characteristic, tuple(one.codes), one.per_cent, next(iter(one.stages), ""),
            one.source, one.set_at,
        )
        for one in rows
    )  # fmt: skip
    areas = tuple(names.get(code, code) for code in row.areas) if row else ()
    return Compared(areas, row.peers if row else "", targets)


def set_compared(session: Session, *, actor: Actor, desk: StaffDesk, areas: Sequence[str], peers: str) -> None:
    """Name the catchment, by names or ONS codes of regions or of local authorities, and the peers' figures."""
    require_analysing(session, actor)
    names = area_names(load_census())
    by_name = {name.casefold(): code for code, name in names.items()}
    codes = []
    for typed in areas:
        code = typed if typed in names else by_name.get(typed.strip().casefold())
        if code is None:
            raise Invalid(f"“{typed}” is no region or local authority of the Census tables.", "areas")
        codes.append(code)
    if len(codes) > MOST_AREAS:
        raise Invalid(f"Name at most {MOST_AREAS} areas.", "areas")
    if codes:
        share(load_census(), "ethnic_background", "white_british", codes)  # refuses areas named twice or nested
    if len(peers) > LONGEST_PEERS:
        raise Invalid(f"The table must be {LONGEST_PEERS:,} characters or fewer.", "peers")
    if peers.strip() and (faults := read_published(peers).faults):
        raise Invalid(f"Line {faults[0].line}: {faults[0].sentence}", "peers")
    row = session.get(Row, actor.organisation_id)
    if row is None:
        row = Row(organisation_id=actor.organisation_id)
        session.add(row)
    row.areas, row.peers, row.set_by, row.set_at = codes, peers.strip(), actor.id, desk.now
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event="comparisons_set",
        areas=codes,
    )


def add_target(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    characteristic: str,
    groups: Sequence[str],
    per_cent: int,
    stage: str = "",
    source: str = "",
) -> UUID:
    """Set a share that groups of one characteristic should have, at one stage or at every one (empty)."""
    require_analysing(session, actor)
    labels = {key: dict(options) for key, _, options in CHARACTERISTICS}
    offered = labels.get(characteristic)
    if offered is None:
        raise Invalid("Select a characteristic.", "characteristic")
    if any(group not in offered or group in _MISSING for group in groups):
        raise Invalid("Select groups of that characteristic.", "groups")
    if stage and stage not in set(EVERY_STAGE):
        raise Invalid("Select a stage, or every stage.", "stage")
    Target(characteristic, tuple(groups), Fraction(per_cent, 100), stage or None)  # refuses what is no target
    row = TargetRow(
        id=desk.new_id(),
        organisation_id=actor.organisation_id,
        characteristic=characteristic,
        codes=list(groups),
        called=" or ".join(offered[group] for group in groups)[:200],
        stages=[stage] if stage else [],
        per_cent=per_cent,
        source=source.strip(),
        set_by=actor.id,
        set_at=desk.now,
    )
    session.add(row)
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event="target_set",
        characteristic=characteristic,
        groups=list(groups),
        per_cent=per_cent,
    )
    return row.id


def drop_target(session: Session, *, actor: Actor, desk: StaffDesk, target_id: UUID) -> None:
    require_analysing(session, actor)
    row = session.get(TargetRow, target_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    session.delete(row)
    record_event(
        session, at=desk.now, chain_id=actor.organisation_id, actor=actor, event="target_dropped", target=target_id
    )


def read_beside(
    session: Session, *, organisation_id: UUID, tables: Sequence[ReleaseTable]
) -> Mapping[str, Beside]:
    """What stands beside published tables, by characteristic; from published figures alone."""
    row = session.get(Row, organisation_id)
    held = _compared(session, organisation_id)
    census = load_census()
    found = {}
    for table in tables:
        benchmarks = _benchmarks(census, table, row.areas) if row and row.areas else ()
        peers = _peers(table, held.peers) if held.peers else ()
        found[table.characteristic] = Beside(benchmarks, peers, _targets(table, held.targets))
    return found


def _benchmarks(census: Census, table: ReleaseTable, areas: Sequence[str]) -> tuple[str, ...]:
    """Each group's share of applicants against the catchment's; the caveat once."""
    declared = table.declaration[0].shown
    if declared is None or declared < LOWEST_DENOMINATOR:
        return ()
    sentences: dict[str, None] = {}
    after: dict[str, None] = {}
    for row in table.rows:
        shown = row.figures[0].shown
        if row.code in _MISSING or shown is None:
            continue
        try:
            known = share(census, table.characteristic, row.code, areas)
        except KeyError:
            return ()
        if isinstance(known, NoFigure):
            after[known.sentence] = None
            continue
        made = compare(OwnShare(Rate(min(shown, declared), declared)), known)
        if isinstance(made, Comparison):
            labelled = made.sentences[0].replace(known.group, row.label, 1)
            sentences[labelled] = None
            after |= dict.fromkeys(made.sentences[1:])
    return (*sentences, *after)


def _peers(table: ReleaseTable, text: str) -> tuple[str, ...]:
    wanted = {table.characteristic.casefold(), table.title.casefold()}
    return tuple(
        f"{one.body}, {one.year}: {one.group}, {one.stage}: {one.percentage} %"
        f"{f' ({one.numerator} of {one.denominator})' if one.denominator else ''}. Source: {one.source}."
        for one in read_published(text).figures
        if one.characteristic.casefold() in wanted
    )


def _targets(table: ReleaseTable, targets: Sequence[HeldTarget]) -> tuple[str, ...]:
    sentences = []
    for one in targets:
        if one.characteristic != table.characteristic or (one.stage and one.stage not in table.stages):
            continue
        target = Target(one.characteristic, one.groups, Fraction(one.per_cent, 100), one.stage or None)
        sentences.append(f"Target of {one.per_cent} % for {one.called}:")
        sentences += [standing.sentence for standing in stand(target, table)]
    return (*sentences, PURPOSE) if sentences else ()
