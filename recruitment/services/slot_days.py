"""A day's times at once: looked at first, with what stands against each, then offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import StageKind
from recruitment.rules.errors import Invalid, Stale
from recruitment.rules.slot_days import DayPlan, ProposedTime, days_of, fingerprint, propose
from recruitment.rules.slots import check_place, check_places
from recruitment.services.appointments import busy_spans, offered
from recruitment.services.bookings import require_ready
from recruitment.services.desk import Desk
from recruitment.services.slots import keep_slots, open_stage


@dataclass(frozen=True)
class Proposal:
    """`left_out`: days between that are no working days; `seen`: what whoever offers these times has read."""

    times: tuple[ProposedTime, ...]
    left_out: tuple[date, ...]
    seen: str

    @property
    def number(self) -> int:
        return sum(one.is_added for one in self.times)


def propose_days(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    position: int,
    plan: DayPlan,
    place: str,
    places: int | None = 1,
) -> Proposal:
    """What would be offered; nothing is. `TooSoon` while the panel may not interview."""
    campaign, kind = open_stage(session, actor, campaign_id, position, lock=False)
    where, many, is_interview = check_place(place), check_places(places, kind), kind is StageKind.INTERVIEW
    if is_interview:
        require_ready(session, campaign, today=desk.now.date())
    busy = busy_spans(session, campaign_id) if is_interview else []
    slots = offered(session, campaign_id, position)
    times = propose(plan, where, slots, busy, desk.now, has_panel=is_interview)
    return Proposal(times, tuple(days_of(plan)[1]), fingerprint(times, where, many))


def offer_days(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    position: int,
    plan: DayPlan,
    place: str,
    places: int | None = 1,
    seen: str,
) -> int:
    """Offer the times that `propose_days` showed; how many. `Stale` where that would be others by now."""
    _, kind = open_stage(session, actor, campaign_id, position)
    asked = {"plan": plan, "place": place, "places": places}
    found = propose_days(session, actor=actor, desk=desk, campaign_id=campaign_id, position=position, **asked)  # type: ignore[arg-type]
    if found.seen != seen:
        raise Stale("These times are no longer what you looked at. Look at them again.")
    new = [one.span for one in found.times if one.is_added]
    if not new:
        raise Invalid("None of these times can be offered.", "begins")
    keep_slots(session, actor, desk, campaign_id, position, new, check_place(place), check_places(places, kind))
    return len(new)
