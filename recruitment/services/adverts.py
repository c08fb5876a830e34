"""The check of a campaign's advert and questions, and what a person made of each hit.

A hit goes away when the words or their sentence change. What is kept stays kept while they stay the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.adverts import AdvertCheck, Hit, Part, PartKind, Severity, check_advert
from recruitment.rules.campaigns import QuestionKind
from recruitment.rules.errors import Invalid, Stale, check_lines
from recruitment.rules.permissions import Permission
from recruitment.services.advert_lists import load_advert_lists
from recruitment.services.desk import Desk
from recruitment.services.permissions import require
from recruitment.services.trail import record_event
from recruitment.store.adverts import AdvertHit, AdvertLook
from recruitment.store.campaigns import Campaign, list_criteria, list_questions, list_vacancies
from recruitment.store.organisations import Organisation
from recruitment.store.panels import InterviewQuestion

LONGEST_REASON = 1_000


@dataclass(frozen=True)
class AdvertStanding:
    """How many hits are open, kept with a reason, changed; `is_checked`: somebody saw the texts as they are."""

    open: int
    kept: int
    changed: int
    open_stops: int
    is_checked: bool

    @property
    def is_done(self) -> bool:
        return self.is_checked and not self.open


@dataclass(frozen=True)
class Kept:
    reason: str
    confirmed_by: str
    at: datetime


@dataclass(frozen=True)
class CheckedAdvert:
    """`kept` by the hits' fingerprints."""

    parts: tuple[Part, ...]
    check: AdvertCheck
    kept: Mapping[str, Kept]
    standing: AdvertStanding

    @property
    def open_hits(self) -> tuple[Hit, ...]:
        return tuple(hit for hit in self.check.hits if hit.fingerprint not in self.kept)


class Plan(Protocol):
    """What a caller may have read of the campaign already."""

    @property
    def vacancies(self) -> Sequence[Any]: ...
    @property
    def questions(self) -> Sequence[Any]: ...
    @property
    def criteria(self) -> Sequence[Any]: ...


def advert_standing(session: Session, campaign_id: UUID, *, plan: Plan | None = None) -> AdvertStanding:
    """Whether advert and questions are checked and every hit resolved; the caller has asked for permission."""
    return _checked(session, session.get_one(Campaign, campaign_id), plan).standing


def read_advert_check(session: Session, *, actor: Actor, campaign_id: UUID) -> CheckedAdvert:
    return _checked(session, require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN))


def record_look(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> AdvertStanding:
    """Record that somebody looked through what the check finds now."""
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=True)
    found = _checked(session, campaign)
    _see(session, actor, desk, campaign_id, found)
    standing = _checked(session, campaign).standing
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="advert_checked",
        open=standing.open,
        kept=standing.kept,
        changed=standing.changed,
    )
    return standing


def keep_hits(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    fingerprints: Collection[str],
    reason: str,
    confirmed_by: str = "",
) -> None:
    """Keep the words of these hits, with a reason; what stops needs the name of who in HR confirmed it.

    `Stale` where one of them is no longer found.
    """
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=True)
    found = _checked(session, campaign)
    hits = {hit.fingerprint: hit for hit in found.check.hits}
    chosen = [hits[each] for each in dict.fromkeys(fingerprints) if each in hits]
    if len(chosen) < len(set(fingerprints)):
        raise Stale("The text has changed since this page was made. Look at what is found now.")
    if not chosen:
        raise Invalid("Select what you keep.", "hits")
    _check_reason(chosen, reason, confirmed_by)
    _see(session, actor, desk, campaign_id, found)
    for hit in chosen:
        row = session.get_one(AdvertHit, (campaign_id, hit.fingerprint))
        row.reason, row.confirmed_by = reason.strip(), confirmed_by.strip()
        row.kept_by, row.kept_at = actor.id, desk.now
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="advert_wording_kept",
        rules=sorted({hit.rule for hit in chosen}),
        hits=len(chosen),
        reason=reason.strip(),
        confirmed_by=confirmed_by.strip(),
    )


def _check_reason(chosen: Sequence[Hit], reason: str, confirmed_by: str) -> None:
    if not reason.strip():
        raise Invalid("Say why the words are kept.", "reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"The reason must be {LONGEST_REASON:,} characters or fewer.", "reason")
    check_lines(confirmed_by=confirmed_by)
    if any(hit.severity is Severity.STOPS for hit in chosen) and not confirmed_by.strip():
        raise Invalid("Enter who in HR confirmed it. Until then it may not go out.", "confirmed_by")


def stops_in_advert(session: Session, campaign_id: UUID) -> int:
    """How many hits keep the campaign from opening: restricted by a characteristic, and not confirmed by HR."""
    return advert_standing(session, campaign_id).open_stops


def _see(session: Session, actor: Actor, desk: Desk, campaign_id: UUID, found: CheckedAdvert) -> None:
    known = set(session.scalars(select(AdvertHit.fingerprint).where(AdvertHit.campaign_id == campaign_id)))
    new = {hit.fingerprint: hit for hit in found.check.hits if hit.fingerprint not in known}
    session.add_all(
        AdvertHit(
            campaign_id=campaign_id, fingerprint=key, rule=hit.rule, words=hit.words, found_at=desk.now
        )
        for key, hit in new.items()
    )  # fmt: skip
    session.merge(
        AdvertLook(
            campaign_id=campaign_id, digest=_digest(found.parts), looked_by=actor.id, looked_at=desk.now
        )
    )  # fmt: skip
    session.flush()


def _checked(session: Session, campaign: Campaign, plan: Plan | None = None) -> CheckedAdvert:
    parts, told = _parts(session, campaign, plan)
    criteria = len(plan.criteria if plan else list_criteria(session, campaign.id))
    check = check_advert(parts, load_advert_lists(), told=told, criteria=criteria)
    seen = session.execute(
        select(AdvertLook, AdvertHit)
        .outerjoin(AdvertHit, AdvertHit.campaign_id == AdvertLook.campaign_id)
        .where(AdvertLook.campaign_id == campaign.id)
    ).all()
    look = seen[0][0] if seen else None
    rows = {row.fingerprint: row for _, row in seen if row is not None}
    kept = {
        key: Kept(row.reason, row.confirmed_by, row.kept_at)
        for key, row in rows.items()
        if row.kept_at is not None
    }
    now = {hit.fingerprint: hit for hit in check.hits}
    waiting = [hit for key, hit in now.items() if key not in kept]
    standing = AdvertStanding(
        len(waiting),
        len(now.keys() & kept.keys()),
        len(rows.keys() - now.keys()),
        sum(hit.severity is Severity.STOPS for hit in waiting),
        look is not None and look.digest == _digest(parts),
    )
    return CheckedAdvert(parts, check, kept, standing)


def _digest(parts: Sequence[Part]) -> bytes:
    held = hashlib.sha256()
    for part in parts:
        for text in (part.key, part.kind, part.text):
            raw = text.encode("utf-8", "surrogatepass")
            held.update(len(raw).to_bytes(8, "big") + raw)
    return held.digest()


def _parts(session: Session, campaign: Campaign, plan: Plan | None) -> tuple[tuple[Part, ...], frozenset[str]]:
    """The advert as candidates see it, its questions and the panel's; and which items its page tells by itself."""
    vacancies = plan.vacancies if plan else list_vacancies(session, campaign.id)
    organisation = session.get_one(Organisation, campaign.organisation_id)
    parts = [
        Part("title", "Title", campaign.title),
        Part("summary", "Summary", campaign.summary),
        *(Part(f"vacancy {row.id}", f"Vacancy {n}", _vacancy_text(row)) for n, row in enumerate(vacancies, 1)),
        Part("contact", "Contact", organisation.contact),
    ]
    # The page of every advert says when it closes, names the stages, and says how answers are read and scored.
    told = {"missing_closing_date", "missing_how_assessed"}
    for name in ("pay", "location", "working_pattern"):
        if vacancies and all(getattr(row, name).strip() for row in vacancies):
            told.add(f"missing_{name}")
    for row in plan.questions if plan else list_questions(session, campaign.id):
        kind = PartKind.GUIDANCE if row.kind == QuestionKind.CV else PartKind.QUESTION
        parts.append(Part(f"question {row.id}", f"Question {row.position}", row.text, kind))
        if row.hint.strip():
            title = f"Guidance on question {row.position}"
            parts.append(Part(f"guidance {row.id}", title, row.hint, PartKind.GUIDANCE))
    # By position: each saving of the pack makes its rows anew.
    asked = select(InterviewQuestion).where(InterviewQuestion.campaign_id == campaign.id)
    parts += [
        Part(f"interview {row.position}", f"Interview question {row.position}", row.text, PartKind.QUESTION)
        for row in session.scalars(asked.order_by(InterviewQuestion.position))
    ]
    if campaign.inclusion_question.strip():
        asks = campaign.inclusion_question
        parts.append(Part("inclusion question", "Inclusion question", asks, PartKind.QUESTION))
    return tuple(part for part in parts if part.text.strip()), frozenset(told)


def _vacancy_text(row: Any) -> str:
    lines = (
        row.title,
        f"Location: {row.location}" if row.location else "",
        f"Grade: {row.grade}" if row.grade else "",
        f"Pay: {row.pay}" if row.pay else "",
        f"Working pattern: {row.working_pattern}" if row.working_pattern else "",
    )
    return "\n".join(line for line in lines if line)
