"""An organisation's retention periods, in versions; the latest is in force for everything it holds."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.errors import Invalid, NotAllowed
from recruitment.rules.retention import KINDS, Periods, RetentionKind, check_periods, read_periods
from recruitment.services.adopted_versions import AdoptedVersion, list_adopted
from recruitment.services.desk import Desk
from recruitment.services.permissions import require_administrator
from recruitment.services.trail import record_event
from recruitment.store.organisations import Organisation
from recruitment.store.retention import RetentionPeriods, latest_periods


def current_periods(session: Session, organisation_id: UUID) -> Periods:
    """What is in force; nobody is asked who they are: the periods are published."""
    row = latest_periods(session, organisation_id)
    return read_periods(row.version, row.months) if row else Periods()


def set_periods(
    session: Session, *, actor: Actor, desk: Desk, months: Mapping[RetentionKind, int], reason: str
) -> int:
    """Make a new version, in force at once. `Invalid` for a period out of bounds, no change, or no reason."""
    require_administrator(session, actor)
    if actor.kind is not ActorKind.STAFF:
        raise NotAllowed
    session.get_one(Organisation, actor.organisation_id, with_for_update=True)
    before = current_periods(session, actor.organisation_id)
    wanted = {kind: months.get(kind, before[kind]) for kind in RetentionKind}
    check_periods(wanted)
    changed = [kind for kind in RetentionKind if wanted[kind] != before[kind]]
    # The first version may be the suggested one, adopted as it is.
    if not changed and before.version:
        raise Invalid("Nothing was changed.")
    if not reason.strip():
        raise Invalid("Say why the periods change.", "reason")
    version = before.version + 1
    session.add(
        RetentionPeriods(
            organisation_id=actor.organisation_id,
            version=version,
            months={kind.value: number for kind, number in wanted.items()},
            reason=reason.strip(),
            made_by=actor.id,
            made_at=desk.now,
        )
    )
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event="retention_periods_set",
        version=version,
        changed={KINDS[kind].title: [before[kind], wanted[kind]] for kind in changed},
        reason=reason.strip(),
    )
    return version


def list_versions(session: Session, *, actor: Actor) -> list[AdoptedVersion]:
    return list_adopted(session, actor=actor, of=RetentionPeriods)
