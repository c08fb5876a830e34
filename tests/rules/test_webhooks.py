"""Webhooks: what is signed, when it is tried again, and where no message may go."""

from __future__ import annotations

import base64
import ipaddress
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from recruitment.rules.errors import Invalid
from recruitment.rules.webhooks import (
    EVENTS,
    OF_TRAIL,
    RETRIES,
    check_url,
    is_reachable,
    next_attempt,
    read_networks,
    secret_text,
    signed_headers,
    write_body,
)

NOW = datetime(2021, 2, 25, 12, 27, 8, tzinfo=UTC)


def test_the_signature_is_that_of_the_specifications_reference_libraries():
    """The example of the reference libraries' own tests (standard-webhooks, python: test_webhooks.py)."""
    import hashlib
    import hmac

    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = datetime.fromtimestamp(1614265330, UTC)
    message_id, body = UUID(int=5), '{"test": 2432232314}'
    headers = signed_headers(secret, message_id, at, body)
    signed = f"{message_id}.1614265330.{body}".encode()
    wanted = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    assert headers == {
        "webhook-id": str(message_id),
        "webhook-timestamp": "1614265330",
        "webhook-signature": f"v1,{wanted}",
    }
    assert secret_text(secret) == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_a_message_has_its_type_its_moment_and_the_campaign_and_nothing_else():
    said = json.loads(write_body("campaign.opened", NOW, UUID(int=1), "Nurse"))
    assert said == {
        "type": "campaign.opened",
        "timestamp": "2021-02-25T12:27:08Z",
        "data": {"campaign_id": str(UUID(int=1)), "title": "Nurse"},
    }
    assert set(OF_TRAIL.values()) < set(EVENTS)


def test_a_message_is_tried_for_about_three_days_and_then_given_up():
    spans = [next_attempt(attempts, NOW) - NOW for attempts in range(1, len(RETRIES) + 1)]
    assert spans == sorted(spans)
    assert timedelta(days=3) < sum(spans, timedelta()) < timedelta(days=4)
    assert next_attempt(len(RETRIES) + 1, NOW) is None


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.1.2.3",
        "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
        "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:a00:1::", "ff02::1", "::", "::10.0.0.1", "::ffff:0:a00:1",
        "fec0::1",
    ],
)  # fmt: skip
def test_no_message_goes_to_a_private_address(address):
    assert not is_reachable(ipaddress.ip_address(address), ())
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(Invalid, match="private network"):
        check_url(f"https://{host}/hooks", ())


def test_a_network_that_the_setting_names_can_be_reached_and_no_other():
    networks = read_networks("10.1.0.0/16, fd00::/8")
    assert is_reachable(ipaddress.ip_address("10.1.2.3"), networks)
    assert is_reachable(ipaddress.ip_address("::ffff:10.1.2.3"), networks)
    assert is_reachable(ipaddress.ip_address("fd00::5"), networks)
    assert not is_reachable(ipaddress.ip_address("10.2.0.1"), networks)
    assert is_reachable(ipaddress.ip_address("93.184.215.14"), networks)
    with pytest.raises(Invalid, match="RECRUITMENT_WEBHOOK_NETWORKS"):
        read_networks("10.1.0.0/16 nonsense")


@pytest.mark.parametrize(
    "url",
    [
        "http://system.example/", "ftp://system.example/", "https://", "system.example", "https://u:p@a.example/",
        "https://a.example/#part", "https://a.example:0/", "https://a.example:99999/", "https://a.example/ b",
        "https://localhost/", "https://exämple.org/", "https://a.example/\n", "https://[::1", "javascript:a()",
    ],
)  # fmt: skip
def test_an_address_that_is_no_plain_https_address_is_refused(url):
    with pytest.raises(Invalid):
        check_url(url, ())


def test_an_https_address_is_taken():
    check_url("https://system.example:8443/hooks?tenant=5", ())
