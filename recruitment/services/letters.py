"""Outcome letters of a campaign: who is still to be told, sending them all, and deciding on those in doubt.

A recruiter sees references and never an address: the post room alone opens addresses (`letter_post`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import STATE_TITLES, CampaignState, has_reached
from recruitment.rules.errors import Invalid, NotFound, TooSoon
from recruitment.rules.letters import (
    KIND_TITLES,
    TOLD,
    TROUBLED,
    UNDER_WAY,
    LetterKind,
    LetterState,
    Settling,
    in_batches,
    letter_kind,
    settled_as,
    told_by,
)
from recruitment.rules.permissions import Permission
from recruitment.services.correspondence_answers import make_way_for_questions
from recruitment.services.desk import Desk
from recruitment.services.jobs import SEND_LETTERS, enqueue
from recruitment.services.letter_wordings import wordings_in_force
from recruitment.services.marks import absent_from_tests
from recruitment.services.permissions import require
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Application, SealedRecord, StageEvent
from recruitment.store.campaigns import Campaign
from recruitment.store.letters import OutcomeLetter
from recruitment.vault.compartments import Compartment

SHOWN = 50
"""Troubled letters that a page lists; the others follow when these are decided."""


@dataclass(frozen=True)
class ToTell:
    """Those to whom a letter of one kind is due; `is_worded`: whether its wording is approved.

    `example`: the reference of one of them, for the preview.
    """

    kind: LetterKind
    number: int
    is_worded: bool
    example: str


@dataclass(frozen=True)
class Troubled:
    """A letter that waits for a person. `kind` is a kind of letter, or an answer."""

    id: UUID
    reference: str
    kind: str
    state: LetterState
    since: datetime
    failure: str


@dataclass(frozen=True)
class Letters:
    """`still`: applications that are in the running, and get no letter yet."""

    title: str
    due: tuple[ToTell, ...]
    still: int
    states: dict[LetterState, int]
    troubled: tuple[Troubled, ...]
    troubles: int
    has_limit: bool

    @property
    def sent(self) -> int:
        return sum(self.states.get(state, 0) for state in TOLD)

    @property
    def under_way(self) -> int:
        return sum(self.states.get(state, 0) for state in UNDER_WAY)

    @property
    def is_sendable(self) -> bool:
        return any(one.is_worded for one in self.due)


def revealed_campaign(session: Session, actor: Actor, campaign_id: UUID, *, lock: bool = False) -> Campaign:
    campaign = require(session, actor, campaign_id, Permission.WRITE_TO_CANDIDATES, lock=lock, even_closed=True)
    if not has_reached(CampaignState(campaign.state), CampaignState.REVEALED):
        title = STATE_TITLES[CampaignState.REVEALED]
        raise TooSoon(
            f"Letters come once names are revealed: at “{title}”. Before, nobody is told how they stand."
        )
    return campaign


def _is_there() -> ColumnElement[bool]:
    """Whether an application was not erased at its owner's wish: nobody writes to them any more."""
    return (
        select(SealedRecord.part)
        .where(
            SealedRecord.campaign_id == StageEvent.campaign_id,
            SealedRecord.application_id == StageEvent.application_id,
            SealedRecord.compartment == Compartment.IDENTITY,
            SealedRecord.part == "",
        )
        .correlate(StageEvent)
        .exists()
    )


def due_letters(session: Session, campaign: Campaign) -> tuple[dict[UUID, LetterKind], int]:
    """Application → the letter that is due and that nobody has begun; and how many are still in the running."""
    events: dict[UUID, set[str]] = {}
    for application_id, event in session.execute(
        select(StageEvent.application_id, StageEvent.kind)
        .join(
            Application,
            (Application.campaign_id == StageEvent.campaign_id) & (Application.id == StageEvent.application_id),
        )
        .where(
            StageEvent.campaign_id == campaign.id,
            # Whoever withdrew and applied again is told of the application that stands.
            Application.earlier_candidate_id.is_(None),
            _is_there(),
        )
    ):
        events.setdefault(application_id, set()).add(event)
    begun = {
        (application_id, kind)
        for application_id, kind in session.execute(
            select(OutcomeLetter.application_id, OutcomeLetter.kind).where(
                OutcomeLetter.campaign_id == campaign.id
            )
        )
    }
    absent = absent_from_tests(session, campaign.id)
    due, still = {}, 0
    for application_id, found in events.items():
        kind = letter_kind(found, CampaignState(campaign.state), was_absent=application_id in absent)
        if kind is None:
            still += 1
        elif not any((application_id, told.value) in begun for told in told_by(kind)):
            due[application_id] = kind
    return due, still


def read_letters(session: Session, *, actor: Actor, campaign_id: UUID) -> Letters:
    """For a recruiter; in a fixed number of statements."""
    campaign = revealed_campaign(session, actor, campaign_id)
    due, still = due_letters(session, campaign)
    counted = Counter(due.values())
    worded = wordings_in_force(session, campaign.organisation_id)
    examples = _examples(session, campaign_id, due)
    states = {
        LetterState(state): number
        for state, number in session.execute(
            select(OutcomeLetter.state, func.count())
            .where(OutcomeLetter.campaign_id == campaign_id)
            .group_by(OutcomeLetter.state)
        )
    }
    return Letters(
        campaign.title,
        tuple(ToTell(kind, counted[kind], kind in worded, examples[kind]) for kind in LetterKind if counted[kind]),
        still,
        states,
        _troubled(session, campaign_id),
        sum(states.get(state, 0) for state in TROUBLED),
        campaign.volume_cap is not None,
    )


def _examples(session: Session, campaign_id: UUID, due: dict[UUID, LetterKind]) -> dict[LetterKind, str]:
    first = {kind: key for key, kind in sorted(due.items(), key=lambda one: one[0].hex, reverse=True)}
    rows = session.execute(
        select(Application.id, Application.reference).where(
            Application.campaign_id == campaign_id, Application.id.in_(first.values())
        )
    )
    references = {key: reference for key, reference in rows}
    return {kind: references[key] for kind, key in first.items()}


def _troubled(session: Session, campaign_id: UUID) -> tuple[Troubled, ...]:
    rows = session.execute(
        select(OutcomeLetter, Application.reference)
        .join(
            Application,
            (Application.campaign_id == OutcomeLetter.campaign_id)
            & (Application.id == OutcomeLetter.application_id),
        )
        .where(OutcomeLetter.campaign_id == campaign_id, OutcomeLetter.state.in_(TROUBLED))
        .order_by(Application.reference, OutcomeLetter.kind)
        .limit(SHOWN)
    )
    return tuple(
        Troubled(row.id, reference, row.kind, LetterState(row.state), row.ended_at or row.queued_at, row.failure)
        for row, reference in rows
    )


def queue_letters(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    kinds: Collection[LetterKind],
    ask_address: str,
) -> int:
    """Queue every letter of these kinds that is due, in batches for the worker; how many.

    Asked twice it queues nothing more: a letter is one row for its application and kind. `ask_address`: the page
    on which candidates ask about it.
    """
    campaign = revealed_campaign(session, actor, campaign_id, lock=True)
    worded = wordings_in_force(session, campaign.organisation_id)
    if unworded := [kind for kind in kinds if kind not in worded]:
        raise Invalid(f"The wording “{KIND_TITLES[unworded[0]]}” is not approved yet.", "kinds")
    due, _ = due_letters(session, campaign)
    chosen = sorted(((key, kind) for key, kind in due.items() if kind in kinds), key=lambda one: one[0].hex)
    if not chosen:
        raise Invalid("Select letters that are still to be sent.", "kinds")
    make_way_for_questions(session, desk, campaign_id)
    # In no order of references or arrival.
    desk.random.shuffle(chosen)
    for part in in_batches(chosen):
        batch = desk.new_id()
        session.add_all(
            OutcomeLetter(
                campaign_id=campaign_id,
                id=desk.new_id(),
                application_id=application_id,
                kind=kind,
                version=worded[kind][0],
                batch=batch,
                state=LetterState.QUEUED,
                queued_by=actor.id,
                queued_at=desk.now,
            )
            for application_id, kind in part
        )
        _send(session, desk, campaign_id, batch, ask_address)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="letters_queued",
        letters=dict(sorted(Counter(kind.value for _, kind in chosen).items())),
        versions={kind.value: worded[kind][0] for kind in sorted({kind for _, kind in chosen})},
    )
    return len(chosen)


def _send(session: Session, desk: Desk, campaign_id: UUID, batch: UUID, ask_address: str) -> None:
    session.flush()
    enqueue(session, desk=desk, kind=SEND_LETTERS, campaign_id=campaign_id, batch=batch, ask_address=ask_address)


def settle_letter(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    letter_id: UUID,
    settling: Settling,
    ask_address: str,
) -> None:
    """A person's decision on a letter in doubt, refused, or without an address."""
    revealed_campaign(session, actor, campaign_id, lock=True)
    letter = session.get(OutcomeLetter, (campaign_id, letter_id), with_for_update=True)
    if letter is None:
        raise NotFound
    letter.state = settled_as(LetterState(letter.state), settling)
    letter.settled_by, letter.ended_at = actor.id, desk.now
    if letter.state == LetterState.QUEUED:
        letter.batch, letter.failure, letter.ended_at = desk.new_id(), "", None
        _send(session, desk, campaign_id, letter.batch, ask_address)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="letter_settled",
        application=letter.application_id,
        letter=letter.kind,
        settled=settling.value,
    )
