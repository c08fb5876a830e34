"""The checklist after a campaign: answered from evidence, the rest by the recruiter; signed last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid, NotFound, TooLate, TooSoon
from recruitment.rules.permissions import Permission
from recruitment.rules.quality_checklist import (
    BY_KEY,
    LONGEST_ITEM,
    TEMPLATE_VERSION,
    Entry,
    Item,
    Line,
    Phase,
    Settled,
    Template,
    answer,
    check_entry,
    still_open,
)
from recruitment.services.adopted_versions import AdoptedVersion, list_adopted
from recruitment.services.permissions import require, require_administrator
from recruitment.services.quality_facts import gather_facts
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.people import Person
from recruitment.store.quality_checklists import ChecklistTemplate, QualityEntry, QualitySignature

ANSWERED_IN = (CampaignState.DECIDED, CampaignState.TALLIED, CampaignState.RELEASED)
OWN_ITEM = "Added by this body"


def template_of(session: Session, organisation_id: UUID) -> Template:
    """The body's latest version, or the one that comes with the system."""
    row = session.scalars(
        select(ChecklistTemplate)
        .where(ChecklistTemplate.organisation_id == organisation_id)
        .order_by(ChecklistTemplate.version.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return Template()
    own = tuple(Item(one["key"], Phase(one["phase"]), one["text"], one["source"]) for one in row.own)
    return Template(row.version, frozenset(row.left_out), own)


def adopt_template(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    left_out: frozenset[str],
    own: Mapping[Phase, tuple[str, ...]],
    reason: str,
) -> int:
    """Make a new version for campaigns that are not signed yet; `own`: further items by phase, in words."""
    require_administrator(session, actor)
    if left_out - BY_KEY.keys():
        raise NotFound
    if not reason.strip():
        raise Invalid("Say why the checklist changes.", "reason")
    latest = session.scalar(
        select(func.max(ChecklistTemplate.version)).where(
            ChecklistTemplate.organisation_id == actor.organisation_id
        )
    )
    version = (latest or TEMPLATE_VERSION) + 1
    texts = [(phase, " ".join(text.split())) for phase, texts in own.items() for text in texts if text.strip()]
    for phase, text in texts:
        if len(text) > LONGEST_ITEM:
            raise Invalid(f"Shorten each item to {LONGEST_ITEM} characters or fewer.", f"own_{phase.name}")
    session.add(
        ChecklistTemplate(
            organisation_id=actor.organisation_id,
            version=version,
            left_out=sorted(left_out),
            own=[
                {"key": f"own_{version}_{number}", "phase": phase.value, "text": text, "source": OWN_ITEM}
                for number, (phase, text) in enumerate(texts, 1)
            ],
            reason=reason.strip(),
            made_by=actor.id,
            made_at=desk.now,
        )
    )
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event="checklist_template_adopted",
        version=version,
        reason=reason.strip(),
    )
    return version


def list_template_versions(session: Session, *, actor: Actor) -> list[AdoptedVersion]:
    return list_adopted(session, actor=actor, of=ChecklistTemplate)


@dataclass(frozen=True)
class ReadChecklist:
    """`signed_by` and `signed_at` are None until it is signed."""

    title: str
    template: Template
    lines: tuple[Line, ...]
    signed_by: str | None
    signed_at: datetime | None

    @property
    def open(self) -> tuple[Line, ...]:
        return still_open(self.lines)


def read_quality_checklist(session: Session, *, actor: Actor, campaign_id: UUID) -> ReadChecklist:
    """For recruiters and auditors of the campaign, once outcomes are final."""
    campaign = require(session, actor, campaign_id, Permission.MAKE_EVIDENCE_PACK)
    require_state(CampaignState(campaign.state), *ANSWERED_IN, act="read the checklist")
    return checklist_of(session, campaign)


def checklist_of(session: Session, campaign: Campaign) -> ReadChecklist:
    """As it stands now; a signed one is answered anew too, so that what was signed can be compared."""
    template = template_of(session, campaign.organisation_id)
    entries = {
        row.item: Entry(Settled(row.settled), row.note)
        for row in session.scalars(select(QualityEntry).where(QualityEntry.campaign_id == campaign.id))
    }
    lines = answer(template, gather_facts(session, campaign), entries)
    signature = session.get(QualitySignature, campaign.id)
    signed_by = session.get_one(Person, signature.signed_by).name if signature else None
    return ReadChecklist(campaign.title, template, lines, signed_by, signature.signed_at if signature else None)


def settle_items(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, entries: Mapping[str, Entry]
) -> None:
    """Keep what a person settled, all or none; an exception on evidence is theirs by name, with its reason."""
    campaign = _unsigned(session, actor, campaign_id)
    items = {item.key: item for item in (*BY_KEY.values(), *template_of(session, campaign.organisation_id).own)}
    for key, entry in entries.items():
        if key not in items:
            raise NotFound
        check_entry(items[key], entry)
        session.merge(
            QualityEntry(
                campaign_id=campaign_id,
                item=key,
                settled=entry.settled,
                note=entry.note.strip(),
                entered_by=actor.id,
                entered_at=desk.now,
            )
        )
        session.flush()
        record_event(
            session,
            at=desk.now,
            chain_id=campaign_id,
            actor=actor,
            event="quality_item_settled",
            item=key,
            settled=entry.settled.value,
        )


def _unsigned(session: Session, actor: Actor, campaign_id: UUID) -> Campaign:
    campaign = require(session, actor, campaign_id, Permission.SIGN_QUALITY_CHECKLIST, lock=True, even_closed=True)
    require_state(CampaignState(campaign.state), *ANSWERED_IN, act="work on the checklist")
    if campaign.closed_at is not None:
        raise TooLate("The checklist is signed, and the campaign closed.")
    return campaign


def sign_checklist(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID) -> None:
    """Close the campaign: `TooSoon` while an item is open. What was signed is kept as it stood."""
    campaign = _unsigned(session, actor, campaign_id)
    found = checklist_of(session, campaign)
    if found.open:
        raise TooSoon(f"Still open: {' '.join(line.item.text for line in found.open)}")
    session.add(
        QualitySignature(
            campaign_id=campaign_id,
            template_version=found.template.version,
            lines=written_lines(found.lines),
            signed_by=actor.id,
            signed_at=desk.now,
        )
    )
    campaign.closed_at = desk.now
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="quality_checklist_signed",
        items=len(found.lines),
        exceptions=sum(line.is_exception for line in found.lines),
    )


def written_lines(lines: tuple[Line, ...]) -> list[dict[str, str]]:
    """The lines as they are kept, and put into the evidence pack."""
    return [
        {
            "item": line.item.key,
            "text": line.item.text,
            "source": line.item.source,
            "evidence": line.found.sentence if line.found else "",
            "standing": _standing(line),
            "note": line.entry.note if line.entry else "",
        }
        for line in lines
    ]


def _standing(line: Line) -> str:
    if line.is_open:
        return "open"
    return line.entry.settled.value if line.entry else str(line.found.standing) if line.found else "open"
