"""Webhooks: where other systems hear what happens here, the ledger of each, a test, and the end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template

from recruitment.rules.permissions import Role
from recruitment.rules.webhooks import EVENTS, RETRIES
from recruitment.services.webhooks import add_webhook, end_webhook, list_webhooks, read_webhook, send_test
from recruitment.web.access import allow, reading, writing
from recruitment.web.admin import admin
from recruitment.web.forms import Option, PageForm, checkboxes, text
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk


class WebhookForm(PageForm):
    url = text(
        "Address that hears",
        hint="The other system names it. It begins with https.",
        required="Enter the address that hears",
        max_length=2_000,
        spellcheck=False,
    )
    events = checkboxes(
        "What is told",
        [Option(key, title) for key, title in EVENTS.items()],
        required="Select at least one event",
    )


@admin.route("/settings/webhooks", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def webhooks() -> Any:
    form = WebhookForm()
    made: list[tuple[UUID, str]] = []

    def add(session: Any) -> None:
        asked = {"actor": acting(), "desk": staff_desk(), "url": form.url.data, "events": form.events.data}
        made.append(add_webhook(session, **asked))

    if is_saved(form, add):
        webhook_id, secret = made[0]
        return render_template(
            "admin/webhooks/added.html", webhook_id=webhook_id, secret=secret, url=form.url.data
        )
    listed = list_webhooks(reading(), actor=acting())
    return shown("admin/webhooks/list.html", form, listed=listed, events=EVENTS)


@admin.get("/settings/webhooks/<uuid:webhook_id>")
@allow(Role.ADMINISTRATOR)
def webhook(webhook_id: UUID) -> str:
    found, ledger = read_webhook(reading(), actor=acting(), webhook_id=webhook_id)
    return render_template(
        "admin/webhooks/webhook.html", webhook=found, ledger=ledger, events=EVENTS, retries=len(RETRIES)
    )


@admin.post("/settings/webhooks/<uuid:webhook_id>/test")
@allow(Role.ADMINISTRATOR)
def test_webhook(webhook_id: UUID) -> Any:
    with writing() as session:
        send_test(session, actor=acting(), desk=staff_desk(), webhook_id=webhook_id)
    sentence = "A test is on its way. Load this page again in a few seconds to see what was answered."
    return saved(sentence, "admin.webhook", webhook_id=webhook_id)


@admin.post("/settings/webhooks/<uuid:webhook_id>/end")
@allow(Role.ADMINISTRATOR)
def drop_webhook(webhook_id: UUID) -> Any:
    with writing() as session:
        end_webhook(session, actor=acting(), desk=staff_desk(), webhook_id=webhook_id)
    return saved("The webhook has ended. Nothing is sent to it any more.", "admin.webhooks")
