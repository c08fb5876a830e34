"""Webhooks of an organisation: made and ended by administrators, sent by the worker, each attempt in a ledger."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, system_actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotFound, TooLate
from recruitment.rules.webhooks import (
    APPLICATIONS_CLOSED,
    EVENTS,
    GONE,
    KEPT,
    SECRET_BYTES,
    TEST,
    check_url,
    next_attempt,
    secret_text,
    signed_headers,
    told_address,
    write_body,
)
from recruitment.services.announcements import queue_attempt, queue_message
from recruitment.services.permissions import require_administrator
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.services.webhook_sending import NotSent, send
from recruitment.store.campaigns import Campaign
from recruitment.store.webhooks import Webhook, WebhookDelivery

MOST = 20  # webhooks of one organisation


@dataclass(frozen=True)
class ReadWebhook:
    id: UUID
    url: str
    events: tuple[str, ...]
    made_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class LedgerLine:
    """`next_at` is None once it is delivered or given up; `status`: of the last answer, None where none came."""

    event: str
    made_at: datetime
    attempts: int
    next_at: datetime | None
    delivered_at: datetime | None
    status: int | None
    failure: str


def list_webhooks(session: Session, *, actor: Actor) -> list[ReadWebhook]:
    """Those in use first."""
    require_administrator(session, actor)
    rows = session.scalars(
        select(Webhook)
        .where(Webhook.organisation_id == actor.organisation_id)
        .order_by(Webhook.ended_at.is_not(None), Webhook.made_at.desc(), Webhook.id)
        .limit(100)
    )
    return [_read(row) for row in rows]


def read_webhook(session: Session, *, actor: Actor, webhook_id: UUID) -> tuple[ReadWebhook, list[LedgerLine]]:
    """A webhook with the latest 50 lines of its ledger."""
    row = _own(session, actor, webhook_id)
    lines = session.scalars(
        select(WebhookDelivery)
        .where(WebhookDelivery.webhook_id == webhook_id)
        .order_by(WebhookDelivery.made_at.desc(), WebhookDelivery.id)
        .limit(50)
    )
    return _read(row), [
        LedgerLine(
            one.event, one.made_at, one.attempts, one.next_at, one.delivered_at, one.status, one.failure
        )
        for one in lines
    ]  # fmt: skip


def _read(row: Webhook) -> ReadWebhook:
    return ReadWebhook(row.id, row.url, tuple(row.events), row.made_at, row.ended_at)


def _own(session: Session, actor: Actor, webhook_id: UUID, *, lock: bool = False) -> Webhook:
    require_administrator(session, actor)
    row = session.get(Webhook, webhook_id, with_for_update=lock)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    return row


def add_webhook(
    session: Session, *, actor: Actor, desk: StaffDesk, url: str, events: Sequence[str]
) -> tuple[UUID, str]:
    """The webhook's id and its secret, which is shown this once. `Invalid` names the entry that is wrong."""
    require_administrator(session, actor)
    check_url(url, desk.networks)
    wanted = [event for event in EVENTS if event in events]
    if not wanted:
        raise Invalid("Select at least one event.", "events")
    in_use = [one for one in list_webhooks(session, actor=actor) if one.ended_at is None]
    if len(in_use) >= MOST:
        raise Invalid(f"There are {MOST} webhooks already. End one first.", "url")
    webhook_id, secret = desk.new_id(), secrets.token_bytes(SECRET_BYTES)
    session.add(
        Webhook(
            id=webhook_id, organisation_id=actor.organisation_id, url=url, events=wanted,
            secret=desk.vault.wrap_for_staff_site(webhook_id, secret), made_by=actor.id, made_at=desk.now,
        )
    )  # fmt: skip
    session.flush()
    _record(session, desk, actor, "webhook_added", webhook_id, url=told_address(url), events=wanted)
    return webhook_id, secret_text(secret)


def end_webhook(session: Session, *, actor: Actor, desk: StaffDesk, webhook_id: UUID) -> None:
    """Nothing is sent to it any more, what waits included; its ledger stays for its time."""
    row = _own(session, actor, webhook_id, lock=True)
    if row.ended_at is None:
        row.ended_at = desk.now
        _record(session, desk, actor, "webhook_ended", webhook_id, url=told_address(row.url))


def send_test(session: Session, *, actor: Actor, desk: StaffDesk, webhook_id: UUID) -> None:
    """Queue a message that says nothing but that it is a test."""
    row = _own(session, actor, webhook_id)
    if row.ended_at is not None:
        raise TooLate("This webhook has ended. Add it again to send a test.")
    queue_message(
        session,
        message_id=desk.new_id(),
        webhook_id=row.id,
        event=TEST,
        body=write_body(TEST, desk.now),
        at=desk.now,
    )
    _record(session, desk, actor, "webhook_tested", webhook_id, url=told_address(row.url))


def _record(
    session: Session, desk: StaffDesk, actor: Actor, event: str, webhook_id: UUID, **detail: object
) -> None:
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event=event,
        webhook=webhook_id,
        **detail,
    )


def deliver_message(desk: StaffDesk, delivery_id: UUID) -> None:
    """One attempt, its result in the ledger, and the next attempt queued. A receiver may hear the same twice."""
    with desk.sessions.reading() as session:
        line = session.get(WebhookDelivery, delivery_id)
        webhook = session.get(Webhook, line.webhook_id) if line else None
        if line is None or webhook is None or line.delivered_at is not None or webhook.ended_at is not None:
            return
        url, body, sealed = webhook.url, line.body, webhook.secret
    secret = desk.vault.unwrap_for_staff_site(webhook.id, sealed)
    status, failure = None, ""
    try:
        status = send(url, body, signed_headers(secret, delivery_id, desk.now, body), desk.networks)
    except NotSent as problem:
        failure = str(problem)
    with desk.sessions.writing() as session:
        kept = session.get(WebhookDelivery, delivery_id)
        if kept is not None:
            _note(session, desk, kept, status, failure)


def _note(session: Session, desk: StaffDesk, line: WebhookDelivery, status: int | None, failure: str) -> None:
    line.attempts += 1
    line.status, line.failure, line.next_at = status, failure, None
    if status is not None and 200 <= status < 300:
        line.delivered_at = desk.now
        return
    if status == GONE:
        row = session.get_one(Webhook, line.webhook_id, with_for_update=True)
        if row.ended_at is None:
            row.ended_at = desk.now
            hand = system_actor(row.organisation_id)
            told, why = told_address(row.url), "The receiver said 410 Gone."
            _record(session, desk, hand, "webhook_ended", row.id, url=told, reason=why)
        return
    line.next_at = next_attempt(line.attempts, desk.now)
    if line.next_at is not None:
        queue_attempt(session, line.id, line.attempts + 1, line.next_at)


def tell_closings(desk: StaffDesk) -> int:
    """Tell of closing times that have passed since a webhook was made, once each; how many messages.

    A closing time that is put off and passes again is told again.
    """
    with desk.sessions.reading() as session:
        due = session.execute(
            select(Webhook.id, Webhook.events, Campaign.id, Campaign.title, Campaign.closes_at)
            .join(Campaign, Campaign.organisation_id == Webhook.organisation_id)
            .where(
                Webhook.ended_at.is_(None),
                Campaign.state != CampaignState.DRAFT,
                Campaign.closes_at > Webhook.made_at,
                Campaign.closes_at > desk.now - KEPT,
                Campaign.closes_at <= desk.now,
            )
        ).all()
        named = {
            uuid5(webhook_id, f"{campaign_id} {closes_at.isoformat()}"): (
                webhook_id,
                campaign_id,
                title,
                closes_at,
            )
            for webhook_id, events, campaign_id, title, closes_at in due
            if APPLICATIONS_CLOSED in events
        }
        known = set(session.scalars(select(WebhookDelivery.id).where(WebhookDelivery.id.in_(named))))
    new = {key: one for key, one in named.items() if key not in known}
    if new:
        with desk.sessions.writing() as session:
            for message_id, (webhook_id, campaign_id, title, closes_at) in new.items():
                body = write_body(APPLICATIONS_CLOSED, closes_at, campaign_id, title)
                queue_message(
                    session, message_id=message_id, webhook_id=webhook_id, event=APPLICATIONS_CLOSED, body=body,
                    at=desk.now,
                )  # fmt: skip
    return len(new)


def forget_old_messages(desk: StaffDesk) -> None:
    """Erase lines of the ledger after their time."""
    with desk.sessions.reading() as session:
        old = session.scalars(
            select(WebhookDelivery.id).where(WebhookDelivery.made_at < desk.now - KEPT).limit(1000)
        ).all()
    if old:
        with desk.sessions.writing() as session:
            session.execute(delete(WebhookDelivery).where(WebhookDelivery.id.in_(old)))
