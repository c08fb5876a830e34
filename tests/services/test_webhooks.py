"""Webhooks against a real receiver: signed, tried again, in the ledger, with nothing of a person."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotFound, TooLate
from recruitment.rules.webhooks import EVENTS, KEPT, RETRIES, read_networks, told_address
from recruitment.services import campaigns
from recruitment.services.webhook_sending import NotSent, send
from recruitment.services.webhooks import (
    add_webhook,
    end_webhook,
    forget_old_messages,
    list_webhooks,
    read_webhook,
    send_test,
    tell_closings,
)
from recruitment.services.worker import run_due_jobs
from recruitment.store.trail import TrailEvent
from recruitment.store.webhooks import Webhook, WebhookDelivery
from tests.support.receiver import receiver

LOOPBACK = read_networks("127.0.0.0/8")


@pytest.fixture
def hook(world, tmp_path):
    """(desk, receiver, webhook id, secret), with every event wanted."""
    with receiver(tmp_path) as found:
        desk = replace(world.staff_desk, networks=LOOPBACK)
        yield desk, found, *make(world, desk, found.url)


def make(world, desk, url, events=tuple(EVENTS)):
    with desk.sessions.writing() as session:
        return add_webhook(session, actor=world.actor("recruiter"), desk=desk, url=url, events=events)


def ledger(world, desk, webhook_id):
    with desk.sessions.reading() as session:
        return read_webhook(session, actor=world.actor("recruiter"), webhook_id=webhook_id)[1]


def ask_for_test(world, desk, webhook_id):
    with desk.sessions.writing() as session:
        send_test(session, actor=world.actor("recruiter"), desk=desk, webhook_id=webhook_id)


def verify(secret, heard):
    """As a receiver does it, from the specification."""
    headers = heard["headers"]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{heard['body']}".encode()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


def test_the_events_of_a_whole_campaign_are_told_signed_and_without_a_person(world, hook):
    _, found, webhook_id, secret = hook
    campaign_id = world.campaign(CampaignState.RELEASED, applications=8)
    desk = replace(world.staff_desk, networks=LOOPBACK)
    tell_closings(desk)
    run_due_jobs(desk, None)
    told = [json.loads(one["body"]) for one in found.heard if str(campaign_id) in one["body"]]
    assert sorted(one["type"] for one in told) == [
        "applications.closed", "campaign.opened", "outcomes.final", "release.published", "shortlist.frozen",
    ]  # fmt: skip
    assert all(set(one["data"]) == {"campaign_id", "title"} for one in told)
    assert all(one["headers"]["webhook-signature"] == verify(secret, one) for one in found.heard)
    assert len({one["headers"]["webhook-id"] for one in found.heard}) == len(found.heard)
    assert found.heard[0]["path"] == "/hooks?from=here"
    assert {line.status for line in ledger(world, desk, webhook_id)} == {204}


def test_a_receiver_that_fails_is_tried_again_with_the_same_id_until_it_takes_the_message(world, hook):
    desk, found, webhook_id, secret = hook
    found.answer(500)
    ask_for_test(world, desk, webhook_id)
    run_due_jobs(desk, None)
    (line,) = ledger(world, desk, webhook_id)
    assert (line.status, line.attempts, line.delivered_at) == (500, 1, None)
    assert line.next_at == desk.now + RETRIES[0]
    run_due_jobs(desk, None)
    assert len(found.heard) == 1
    found.answer(302)
    world.clock.advance(seconds=5)
    run_due_jobs(desk, None)
    assert [one["path"] for one in found.heard] == ["/hooks?from=here"] * 2
    found.answer(200)
    world.clock.advance(minutes=5)
    run_due_jobs(desk, None)
    (line,) = ledger(world, desk, webhook_id)
    assert (line.status, line.attempts, line.next_at) == (200, 3, None)
    assert line.delivered_at == desk.now
    assert len({one["headers"]["webhook-id"] for one in found.heard}) == 1
    stamps = [one["headers"]["webhook-timestamp"] for one in found.heard]
    assert len(set(stamps)) == 3
    assert all(one["headers"]["webhook-signature"] == verify(secret, one) for one in found.heard)


def test_a_receiver_that_never_answers_well_is_given_up_after_all_attempts(world, hook):
    desk, found, webhook_id, _ = hook
    found.answer(503)
    ask_for_test(world, desk, webhook_id)
    for _ in range(len(RETRIES) + 3):
        run_due_jobs(desk, None)
        world.clock.advance(hours=24)
    (line,) = ledger(world, desk, webhook_id)
    assert (line.attempts, line.next_at, line.delivered_at) == (len(RETRIES) + 1, None, None)
    assert len(found.heard) == len(RETRIES) + 1


def test_a_receiver_that_says_gone_hears_no_more_and_the_trail_says_why(world, hook):
    desk, found, webhook_id, _ = hook
    found.answer(410)
    ask_for_test(world, desk, webhook_id)
    ask_for_test(world, desk, webhook_id)
    run_due_jobs(desk, None)
    assert len(found.heard) == 1
    with desk.sessions.reading() as session:
        assert session.get_one(Webhook, webhook_id).ended_at == desk.now
        event = session.scalars(select(TrailEvent).where(TrailEvent.event == "webhook_ended")).one()
    assert event.detail["reason"] == "The receiver said 410 Gone."


def test_what_is_rolled_back_is_told_to_nobody(world, hook):
    desk, found, _, _ = hook
    campaign_id = world.campaign(CampaignState.DRAFT)
    with pytest.raises(RuntimeError), desk.sessions.writing() as session:
        campaigns.open_campaign(session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id)
        assert session.scalars(select(WebhookDelivery)).all()
        raise RuntimeError
    run_due_jobs(desk, None)
    assert found.heard == []


def test_a_closing_time_is_told_once_and_again_when_it_was_put_off(world, hook):
    desk, found, webhook_id, _ = hook
    world.campaign(CampaignState.OPEN, applications=2)
    desk = replace(world.staff_desk, networks=LOOPBACK)
    run_due_jobs(desk, None)
    assert tell_closings(desk) == 0
    world.clock.advance(days=20)
    assert [tell_closings(desk), tell_closings(desk)] == [1, 0]
    run_due_jobs(desk, None)
    assert json.loads(found.heard[-1]["body"])["type"] == "applications.closed"
    assert ledger(world, desk, webhook_id)[0].delivered_at == desk.now


def test_only_the_events_that_were_chosen_are_told_and_none_after_the_end(world, hook):
    desk, found, webhook_id, _ = hook
    actor = world.actor("recruiter")
    with desk.sessions.writing() as session:
        end_webhook(session, actor=actor, desk=desk, webhook_id=webhook_id)
    make(world, desk, found.url, ["outcomes.final"])
    world.campaign(CampaignState.OPEN, applications=0)
    run_due_jobs(desk, None)
    assert found.heard == []
    with pytest.raises(TooLate):
        ask_for_test(world, desk, webhook_id)


def test_without_the_setting_no_message_reaches_a_private_address_whatever_its_name(world, hook):
    _, found, _, _ = hook
    port = found.url.split(":")[2].split("/")[0]
    with pytest.raises(NotSent, match="private network"):
        send(f"https://127.0.0.1:{port}/", "{}", {}, ())
    with pytest.raises(NotSent, match="begin with https"):
        send(found.url, "{}", {}, ())
    with pytest.raises(NotSent, match="private network"):
        send(f"https://localhost:{port}/", "{}", {}, read_networks("10.0.0.0/8"))
    with pytest.raises(NotSent, match="cannot be found"):
        send("https://nowhere.invalid/", "{}", {}, ())
    assert found.heard == []
    assert send(found.url, "{}", {}, LOOPBACK) == 204


def test_a_message_to_nobody_is_in_the_ledger_with_its_reason(world, hook):
    desk, _, _, _ = hook
    webhook_id, _ = make(world, desk, "http://127.0.0.1:9/")
    ask_for_test(world, desk, webhook_id)
    run_due_jobs(desk, None)
    (line,) = ledger(world, desk, webhook_id)
    assert line.failure == "No answer came (ConnectionRefusedError)."


def test_the_ledger_forgets_after_its_time(world, hook):
    desk, _, webhook_id, _ = hook
    ask_for_test(world, desk, webhook_id)
    run_due_jobs(desk, None)
    world.clock.now += KEPT - timedelta(minutes=1)
    forget_old_messages(desk)
    assert len(ledger(world, desk, webhook_id)) == 1
    world.clock.advance(minutes=2)
    forget_old_messages(desk)
    assert ledger(world, desk, webhook_id) == []


def test_only_an_administrator_makes_one_and_the_secret_is_not_in_the_database(world, hook):
    desk, _, webhook_id, secret = hook
    with desk.sessions.writing() as session:
        for part in ("shortlister_one", "analyst", "auditor"):
            with pytest.raises(NotFound):
                list_webhooks(session, actor=world.actor(part))
        with pytest.raises(Invalid, match="at least one event"):
            add_webhook(
                session, actor=world.actor("recruiter"), desk=desk, url="https://a.example", events=["other"]
            )
        raw = base64.b64decode(secret.removeprefix("whsec_"))
        assert raw not in session.get_one(Webhook, webhook_id).secret


def test_an_administrator_adds_tests_and_ends_a_webhook_by_page(world):
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    assert "There is none yet" in client.get("/settings/webhooks").text
    typed = {"url": "https://system.example/hooks", "events": ["campaign.opened", "outcomes.final"]}
    wrong = client.post("/settings/webhooks", data=typed | {"url": "http://system.example"})
    assert wrong.status_code == 400
    assert "must begin with https" in wrong.text
    added = client.post("/settings/webhooks", data=typed)
    assert "whsec_" in added.text
    listed = client.get("/settings/webhooks").text
    assert "system.example" in listed
    assert "whsec_" not in listed
    with world.staff_desk.sessions.reading() as session:
        webhook_id = session.scalars(select(Webhook.id)).one()
    assert client.post(f"/settings/webhooks/{webhook_id}/test").status_code == 303
    assert "Not tried yet" in client.get(f"/settings/webhooks/{webhook_id}").text
    assert client.post(f"/settings/webhooks/{webhook_id}/end").status_code == 303
    assert "This webhook ended" in client.get(f"/settings/webhooks/{webhook_id}").text


def test_no_token_in_an_address_stands_in_the_trail(world):
    """It may be in the query or in the path; the trail names the system alone."""
    desk, url = world.staff_desk, "https://system.example:8443/hooks/T0kencanary?key=S3cretcanary"
    with desk.sessions.writing() as session:
        webhook_id, _ = add_webhook(
            session, actor=world.actor("recruiter"), desk=desk, url=url, events=list(EVENTS)
        )
    ask_for_test(world, desk, webhook_id)
    with desk.sessions.writing() as session:
        end_webhook(session, actor=world.actor("recruiter"), desk=desk, webhook_id=webhook_id)
        assert session.get_one(Webhook, webhook_id).url == url
    with desk.sessions.reading() as session:
        events = session.scalars(select(TrailEvent).where(TrailEvent.event.startswith("webhook_"))).all()
    assert [event.detail["url"] for event in events] == ["https://system.example:8443/…"] * 3
    assert "canary" not in "".join(str(event.detail) for event in events)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://system.example", "https://system.example"),
        ("https://system.example/", "https://system.example"),
        ("https://system.example/?key=x", "https://system.example/…"),
        ("https://[2606:4700::1111]/hooks", "https://[2606:4700::1111]/…"),
        ("https://user:pass@system.example/", "https://system.example"),
    ],
)
def test_the_trail_keeps_of_an_address_which_system_it_is(url, told):
    assert told_address(url) == told
