"""Queues what other systems are told, in the transaction of the event itself: told if, and only if, it commits."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from recruitment.rules.webhooks import OF_TRAIL, write_body
from recruitment.store.jobs import Job
from recruitment.store.webhooks import WebhookDelivery, listening_in

DELIVER_WEBHOOK = "deliver_webhook"


def announce(session: Session, *, at: datetime, campaign_id: UUID, event: str, number: int) -> None:
    """Queue a message to each webhook that wants this event of a trail; most events are told to nobody."""
    told = OF_TRAIL.get(event)
    if told is None:
        return
    for webhook_id, wanted, title in listening_in(session, campaign_id):
        if told in wanted:
            queue_message(
                session,
                message_id=uuid5(webhook_id, f"{campaign_id} {number}"),
                webhook_id=webhook_id,
                event=told,
                body=write_body(told, at, campaign_id, title),
                at=at,
            )


def queue_message(
    session: Session, *, message_id: UUID, webhook_id: UUID, event: str, body: str, at: datetime
) -> None:
    """A row of the ledger, and the job that sends it."""
    session.add(
        WebhookDelivery(id=message_id, webhook_id=webhook_id, event=event, body=body, made_at=at, next_at=at)
    )
    queue_attempt(session, message_id, 1, at)
    session.flush()


def queue_attempt(session: Session, message_id: UUID, attempt: int, at: datetime) -> None:
    """The job of one attempt; its id follows from the message, so that no attempt is queued twice."""
    session.add(
        Job(
            id=uuid5(message_id, f"attempt {attempt}"),
            kind=DELIVER_WEBHOOK,
            detail={"delivery_id": str(message_id)},
            run_after=at,
        )
    )
