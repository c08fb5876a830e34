"""Conflicts: each member declares for every candidate, what is declared is ruled on, a substitute sits for one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.conflicts import ruling, voices_needed
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate
from recruitment.rules.permissions import PANEL_ROLES, Permission, Role
from recruitment.services.desk import Desk
from recruitment.services.panels import Seated, seated_on, standing_entries
from recruitment.services.permissions import require
from recruitment.services.reasons import open_reason, seal_reason
from recruitment.services.substitutes import substitutes_of
from recruitment.services.trail import record_event
from recruitment.store.panels import (
    ConflictVoice,
    Declaration,
    RelationshipMatch,
    Substitution,
)
from recruitment.store.people import roles_in_campaign

LONGEST = 1_000


@dataclass(frozen=True)
class Declared:
    """What a member says of one candidate; `nature` where they know them."""

    knows: bool
    nature: str = ""


def place_of(what: str, application_id: UUID, person_id: UUID) -> str:
    return f"{what} {application_id} {person_id}"


def _own_entries(session: Session, actor: Actor, campaign_id: UUID) -> set[UUID]:
    """The candidates of whom somebody declares: all for a member, their own for a substitute."""
    entries = set(standing_entries(session, campaign_id))
    if roles_in_campaign(session, campaign_id, actor.id) & PANEL_ROLES:
        return entries
    own = session.scalars(
        select(Substitution.application_id).where(
            Substitution.campaign_id == campaign_id, Substitution.substitute_id == actor.id
        )
    )
    return entries & set(own)


def declare(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, declared: Mapping[UUID, Declared]
) -> None:
    """Declare for candidates, also that there is nothing; changing it before ruling is open, after it is not."""
    campaign = require(session, actor, campaign_id, Permission.SCORE_INTERVIEWS, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="declare conflicts")
    if set(declared) - _own_entries(session, actor, campaign_id):
        raise NotFound
    for application_id, said in declared.items():
        if said.knows and not said.nature.strip():
            raise Invalid("Say how you know this candidate.", "nature")
        if len(said.nature) > LONGEST:
            raise Invalid(f"Shorten this to {LONGEST:,} characters or fewer.", "nature")
        row = session.get(Declaration, (campaign_id, application_id, actor.id))
        if row is not None and row.is_conflict is not None:
            if row.knows != said.knows:
                raise TooLate("What you declared was ruled on, so it can no longer change.")
            continue
        if row is None:
            row = Declaration(campaign_id=campaign_id, application_id=application_id, person_id=actor.id)
            session.add(row)
        row.knows, row.declared_at = said.knows, desk.now
        nature = said.nature if said.knows else ""
        row.nature = seal_reason(desk, campaign_id, place_of("declared", application_id, actor.id), nature)
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="conflicts_declared",
        candidates=len(declared),
        known=sum(said.knows for said in declared.values()),
    )


@dataclass(frozen=True)
class OwnDeclaration:
    application_id: UUID
    declared: Declared | None
    is_ruled: bool
    is_conflict: bool


def read_own_declarations(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID
) -> list[OwnDeclaration]:
    """What the actor declared, for every candidate they are asked of."""
    require(session, actor, campaign_id, Permission.SCORE_INTERVIEWS)
    held = {
        row.application_id: row
        for row in session.scalars(
            select(Declaration).where(Declaration.campaign_id == campaign_id, Declaration.person_id == actor.id)
        )
    }
    found = []
    for application_id in sorted(_own_entries(session, actor, campaign_id)):
        row = held.get(application_id)
        said = None
        if row is not None:
            place = place_of("declared", application_id, actor.id)
            said = Declared(row.knows, open_reason(desk, campaign_id, place, row.nature))
        is_ruled = row is not None and row.is_conflict is not None
        found.append(OwnDeclaration(application_id, said, is_ruled, bool(row and row.is_conflict)))
    return found


@dataclass(frozen=True)
class OpenCase:
    """What waits for a ruling, or was ruled: a member, a candidate, and what each of them declared."""

    application_id: UUID
    person_id: UUID
    member: str
    member_says: str
    candidate_says: str
    is_own_voice_needed: bool
    own_voice: bool | None
    is_conflict: bool | None
    substitute: str


def list_cases(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> list[OpenCase]:
    """Where a member knows a candidate, or a candidate says they know a member; for the panel and recruiters."""
    require(session, actor, campaign_id, Permission.SEE_NAMES)
    if not roles_in_campaign(session, campaign_id, actor.id) & (PANEL_ROLES | {Role.RECRUITER}):
        raise NotAllowed
    seats = {seat.id: seat for seat in seated_on(session, campaign_id)}
    subs = {row.id: row for row in substitutes_of(session, campaign_id)}
    declared = {
        (row.application_id, row.person_id): row
        for row in session.scalars(select(Declaration).where(Declaration.campaign_id == campaign_id))
    }
    matched = {
        (row.application_id, row.person_id): row
        for row in session.scalars(select(RelationshipMatch).where(RelationshipMatch.campaign_id == campaign_id))
    }
    voices: dict[tuple[UUID, UUID], dict[UUID, bool]] = {}
    for voice in session.scalars(select(ConflictVoice).where(ConflictVoice.campaign_id == campaign_id)):
        voices.setdefault((voice.application_id, voice.person_id), {})[voice.voice_id] = voice.is_conflict
    sitting = {
        (row.application_id, row.member_id): row.substitute_id
        for row in session.scalars(select(Substitution).where(Substitution.campaign_id == campaign_id))
    }
    chair = _chair(seats.values())
    cases = []
    for key in sorted({key for key, row in declared.items() if row.knows} | set(matched)):
        application_id, person_id = key
        who = seats.get(person_id) or subs.get(person_id)
        if who is None:
            continue
        row, match = declared.get(key), matched.get(key)
        needed = voices_needed(str(person_id), chair, [str(seat) for seat in seats])
        substitute = sitting.get(key)
        cases.append(
            OpenCase(
                application_id,
                person_id,
                who.name,
                open_reason(desk, campaign_id, place_of("declared", *key), row.nature) if row else "",
                open_reason(desk, campaign_id, place_of("matched", *key), match.nature) if match else "",
                str(actor.id) in needed and row is not None and row.is_conflict is None,
                voices.get(key, {}).get(actor.id),
                row.is_conflict if row else None,
                subs[substitute].name if substitute in subs else "",
            )
        )
    return cases


def list_conflicts(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> list[OpenCase]:
    """The cases that were ruled conflicts, for which somebody else sits."""
    ruled = select(Declaration.person_id).where(
        Declaration.campaign_id == campaign_id, Declaration.is_conflict.is_(True)
    )
    if session.scalars(ruled.limit(1)).first() is None:
        require(session, actor, campaign_id, Permission.SEE_NAMES)
        return []
    cases = list_cases(session, actor=actor, desk=desk, campaign_id=campaign_id)
    return [case for case in cases if case.is_conflict]


def _chair(seats: Iterable[Seated]) -> str | None:
    chairs = [str(seat.id) for seat in seats if Role.PANEL_CHAIR in seat.roles]
    return chairs[0] if len(chairs) == 1 else None


def rule_on_conflict(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    application_id: UUID,
    person_id: UUID,
    is_conflict: bool,
    reason: str,
) -> bool | None:
    """Say whether what was declared is a conflict; the ruling once everybody needed has spoken, None before."""
    campaign = require(session, actor, campaign_id, Permission.SIT_ON_PANEL, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="rule on conflicts")
    row = session.get(Declaration, (campaign_id, application_id, person_id))
    if row is None:
        raise NotFound("This member has not declared yet.")
    seats = seated_on(session, campaign_id)
    needed = voices_needed(str(person_id), _chair(seats), [str(seat.id) for seat in seats])
    if str(actor.id) not in needed:
        raise NotAllowed
    if row.is_conflict is not None:
        raise TooLate("This was ruled on already.")
    if not reason.strip():
        raise Invalid("Give the reason, also when you see no conflict.", "reason")
    place = place_of(f"voice {actor.id}", application_id, person_id)
    session.merge(
        ConflictVoice(
            campaign_id=campaign_id,
            application_id=application_id,
            person_id=person_id,
            voice_id=actor.id,
            is_conflict=is_conflict,
            reason=seal_reason(desk, campaign_id, place, reason[:LONGEST]),
            at=desk.now,
        )
    )
    session.flush()
    voices = {
        str(voice.voice_id): voice.is_conflict
        for voice in session.scalars(
            select(ConflictVoice).where(
                ConflictVoice.campaign_id == campaign_id,
                ConflictVoice.application_id == application_id,
                ConflictVoice.person_id == person_id,
            )
        )
    }
    found = ruling(voices, needed)
    if found is not None:
        row.is_conflict, row.ruled_at = found, desk.now
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="conflict_ruled",
        application=application_id,
        person=person_id,
        is_conflict=is_conflict,
        is_final=found is not None,
    )
    return found
