"""Applications that staff with no part in a campaign type for somebody who cannot use the site.

What is typed rests as the draft of an account of its own, under the drafts key; nothing is opened here, and
sending seals as the site does. The account has nobody's address until the application is sent: what is written
to it meanwhile reaches whoever types. Nobody can sign in to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.closing_times import kind_for_one
from recruitment.rules.drafts import Draft
from recruitment.rules.entries import SENT_KEPT, Acquaintance, EntryFormat, refuse_acquaintance
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate, TooSoon
from recruitment.services.desk import Desk
from recruitment.services.drafts import OpenDraft, is_taking_from, read_draft, save_draft, start_draft
from recruitment.services.more_time import MoreTime, ask_for_time, closing_of, read_more_time
from recruitment.services.past_roles import campaigns_with_part, people_with_past
from recruitment.services.permissions import require_staff
from recruitment.services.trail import record_event
from recruitment.services.vacancies import AdvertisedCampaign, read_advert
from recruitment.store import applications as rows
from recruitment.store.campaigns import Campaign, lock_campaign
from recruitment.store.candidates import Candidate
from recruitment.store.closing_times import ClosingRequest
from recruitment.store.entries import Entry, find_entry
from recruitment.store.people import CampaignRole, Person
from recruitment.vault.sealing.contact import seal_address

_MOST_NAMES = 8


@dataclass(frozen=True)
class EnterableCampaign:
    """`is_late`: the closing time for everybody has passed, so the candidate needs a time of their own first."""

    id: UUID
    title: str
    closes_at: datetime
    is_late: bool


@dataclass(frozen=True)
class EntryLine:
    """`reference` is empty until the application is sent."""

    id: UUID
    title: str
    format: EntryFormat
    begun_at: datetime
    reference: str


@dataclass(frozen=True)
class OpenEntry:
    """`draft` is None while the campaign takes nothing from this candidate, who needs more time first.

    `time` says how that stands where nothing can be written now.
    """

    id: UUID
    campaign_id: UUID
    format: EntryFormat
    advert: AdvertisedCampaign
    draft: OpenDraft | None
    time: MoreTime | None

    @property
    def is_writable(self) -> bool:
        return self.draft is not None and not self.draft.is_closed


def candidate_of(entry: Entry, actor: Actor) -> Actor:
    """The candidate as the one who applies: for what is done in their name."""
    return Actor(ActorKind.CANDIDATE, entry.candidate_id, actor.organisation_id)


def require_no_part(session: Session, actor: Actor, campaign_id: UUID) -> Campaign:
    """The campaign, when the actor is staff and has no part in it whatever; `NotAllowed` otherwise."""
    person = require_staff(session, actor)
    campaign = session.get(Campaign, campaign_id)
    if campaign is None or campaign.organisation_id != actor.organisation_id:
        raise NotFound
    if person.only_campaign_id is not None or campaigns_with_part(session, actor.id, [campaign_id]):
        raise NotAllowed
    return campaign


def list_enterable(session: Session, *, actor: Actor, desk: Desk) -> list[EnterableCampaign]:
    """Campaigns that still take applications in which the actor has no part, soonest closing first."""
    if require_staff(session, actor).only_campaign_id is not None:
        return []
    found = session.scalars(
        select(Campaign)
        .where(
            Campaign.organisation_id == actor.organisation_id,
            Campaign.state.in_((CampaignState.OPEN, CampaignState.SIFTING)),
            Campaign.opens_at <= desk.now,
        )
        .order_by(Campaign.closes_at, Campaign.id)
    ).all()
    taking = [one for one in found if kind_for_one(closing_of(one), desk.now) is not None]
    parts = campaigns_with_part(session, actor.id, [one.id for one in taking])
    return [
        EnterableCampaign(one.id, one.title, one.closes_at, one.closes_at <= desk.now)
        for one in taking
        if one.id not in parts
    ]


def list_entries(session: Session, *, actor: Actor, desk: Desk) -> list[EntryLine]:
    """The actor's own, the newest first; those sent stay for a day, so that the reference can be read again."""
    found = session.execute(
        select(Entry, Campaign.title)
        .join(Campaign, Campaign.id == Entry.campaign_id)
        .where(Entry.person_id == actor.id, Campaign.organisation_id == actor.organisation_id)
        .order_by(Entry.begun_at.desc(), Entry.id)
    )
    return [
        EntryLine(row.id, title, EntryFormat(row.format), row.begun_at, row.reference or "")
        for row, title in found
        if row.sent_at is None or row.sent_at > desk.now - SENT_KEPT
    ]


def own_entry(session: Session, actor: Actor, entry_id: UUID, *, lock: bool = False) -> Entry:
    """An entry of the actor's own. They have no part in its campaign: since they began it, none could be given."""
    require_staff(session, actor)
    entry = find_entry(session, entry_id, actor.id, lock=lock)
    if entry is None:
        raise NotFound
    return entry


def begin_entry(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    entry_format: EntryFormat,
    known: Acquaintance = Acquaintance.NO,
) -> UUID:
    """Begin to type for somebody; `TooLate` when nobody can be given time any more.

    `Invalid` for whoever knows the candidate while a colleague could do it.

    From here on the actor can have no other part in the campaign: they are about to read who applies.
    """
    person = require_staff(session, actor)
    if session.get(Campaign, campaign_id) is None:
        raise NotFound
    # Held against roles that are given meanwhile.
    campaign = lock_campaign(session, campaign_id)
    require_no_part(session, actor, campaign_id)
    if refused := _refused_for(session, actor, campaign_id, known):
        raise Invalid(refused, "known")
    closing = closing_of(campaign)
    if campaign.opens_at > desk.now or kind_for_one(closing, desk.now) is None:
        raise TooLate("This campaign takes no applications now, not even late ones.")
    account_id, entry_id = desk.new_id(), desk.new_id()
    keys = desk.vault.public_keys(session, actor.organisation_id)
    session.add(
        Candidate(
            id=account_id,
            organisation_id=actor.organisation_id,
            # Of no address: no sign-in link leads here.
            address_hash=desk.vault.blind("entry", actor.organisation_id, entry_id.hex),
            address_sealed=seal_address(keys, account_id, person.email),
            created_at=desk.now,
        )
    )
    session.flush()
    entry = Entry(
        campaign_id=campaign_id,
        id=entry_id,
        candidate_id=account_id,
        person_id=actor.id,
        format=entry_format,
        begun_at=desk.now,
    )
    session.add(entry)
    session.flush()
    candidate = candidate_of(entry, actor)
    if is_taking_from(session, campaign, account_id, desk.now):
        start_draft(session, actor=candidate, desk=desk, campaign_id=campaign_id, email="")
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="entry_begun",
        format=entry_format.value,
        known=known.value,
    )
    return entry_id


def read_entry(session: Session, *, actor: Actor, desk: Desk, entry_id: UUID) -> OpenEntry:
    """One that is being typed; `NotFound` once it is sent."""
    entry = own_entry(session, actor, entry_id)
    if entry.sent_at is not None:
        raise NotFound
    candidate, campaign_id = candidate_of(entry, actor), entry.campaign_id
    try:
        draft: OpenDraft | None = read_draft(session, actor=candidate, desk=desk, campaign_id=campaign_id)
    except NotFound:
        draft = None
    is_closed = draft is None or draft.is_closed
    return OpenEntry(
        entry.id,
        campaign_id,
        EntryFormat(entry.format),
        read_advert(session, desk=desk, campaign_id=campaign_id, candidate_id=candidate.id),
        draft,
        read_more_time(session, actor=candidate, desk=desk, campaign_id=campaign_id) if is_closed else None,
    )


def read_sent(session: Session, *, actor: Actor, desk: Desk, entry_id: UUID) -> EntryLine:
    """What the actor sent within the last day; `TooSoon` for what they have not sent yet."""
    if own_entry(session, actor, entry_id).sent_at is None:
        raise TooSoon("You have not sent this application yet.")
    for line in list_entries(session, actor=actor, desk=desk):
        if line.id == entry_id and line.reference:
            return line
    raise NotFound


def start_writing(session: Session, *, actor: Actor, desk: Desk, entry_id: UUID) -> None:
    """Begin the draft of a candidate who was given more time."""
    entry = own_entry(session, actor, entry_id, lock=True)
    candidate = candidate_of(entry, actor)
    start_draft(session, actor=candidate, desk=desk, campaign_id=entry.campaign_id, email="")


def save_entry(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    entry_id: UUID,
    version: int,
    content: Draft,
) -> None:
    """Keep what was typed; `Stale` and `TooLate` as for a candidate's own draft."""
    entry = own_entry(session, actor, entry_id, lock=True)
    if entry.sent_at is not None:
        raise TooLate("You have sent this application already, so it cannot be changed.")
    entry.left_at = None
    save_draft(
        session,
        actor=candidate_of(entry, actor),
        desk=desk,
        campaign_id=entry.campaign_id,
        version=version,
        content=content,
    )


def ask_time_for(session: Session, *, actor: Actor, desk: Desk, entry_id: UUID) -> str:
    """Ask for more time in the candidate's name; the code by which the recruiter knows the request."""
    entry = own_entry(session, actor, entry_id, lock=True)
    candidate = candidate_of(entry, actor)
    return ask_for_time(session, actor=candidate, desk=desk, campaign_id=entry.campaign_id)


def drop_entry(session: Session, *, actor: Actor, desk: Desk, entry_id: UUID) -> None:
    """Throw away what was typed, with the account that it was typed for."""
    entry = own_entry(session, actor, entry_id, lock=True)
    if entry.sent_at is not None:
        raise Invalid("You have sent this application already. The candidate can withdraw it.")
    campaign = lock_campaign(session, entry.campaign_id)
    of_account = (rows.Draft.campaign_id == campaign.id, rows.Draft.candidate_id == entry.candidate_id)
    if session.scalars(select(rows.Draft.id).where(*of_account)).first() and campaign.unfinished:
        campaign.unfinished -= 1
    session.execute(delete(rows.Draft).where(*of_account))
    session.execute(
        update(ClosingRequest).where(ClosingRequest.candidate_id == entry.candidate_id).values(candidate_id=None)
    )
    session.delete(entry)
    session.flush()
    session.execute(delete(Candidate).where(Candidate.id == entry.candidate_id))
    record_event(session, at=desk.now, chain_id=campaign.id, actor=actor, event="entry_dropped")


def _refused_for(session: Session, actor: Actor, campaign_id: UUID, known: Acquaintance) -> str:
    if known is Acquaintance.NO:
        return ""
    return refuse_acquaintance(known, who_may_enter(session, actor=actor, campaign_id=campaign_id))


def who_may_enter(session: Session, *, actor: Actor, campaign_id: UUID) -> list[str]:
    """The names of some colleagues with no part in the campaign, for whoever sends a candidate to them."""
    require_staff(session, actor)
    found = session.scalars(
        select(Person.name)
        .where(
            Person.organisation_id == actor.organisation_id,
            Person.is_active,
            Person.id != actor.id,
            Person.only_campaign_id.is_(None),
            Person.id.not_in(select(CampaignRole.person_id).where(CampaignRole.campaign_id == campaign_id)),
            Person.id.not_in(people_with_past(session, campaign_id)),
        )
        .order_by(Person.is_administrator.desc(), Person.name, Person.id)
        .limit(_MOST_NAMES)
    )
    return list(found)


def forget_sent_entries(desk: Desk) -> None:
    """Erase, a day after sending, what links an application to how it came and who typed it."""
    with desk.sessions.writing() as session:
        session.execute(delete(Entry).where(Entry.sent_at < desk.now - SENT_KEPT))
