"""What other systems are told as it happens: which events, how a message is signed, when it is tried again.

Source: Standard Webhooks specification (standardwebhooks.com): headers, signature over id, time and body,
secrets with the prefix whsec_, the schedule of retries, 410 Gone as the receiver's wish to hear no more.
A message says that something happened in a campaign, and nothing of a person: no names, numbers or counts.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from recruitment.rules.errors import Invalid

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

TEST = "webhook.test"
APPLICATIONS_CLOSED = "applications.closed"
EVENTS: Mapping[str, str] = {
    "campaign.opened": "A campaign opened for applications",
    APPLICATIONS_CLOSED: "The closing time for applications has passed",
    "shortlist.frozen": "A shortlist was frozen",
    "outcomes.final": "The outcomes of a campaign are final",
    "release.published": "Figures of a campaign were released",
    "campaign.closed": "A campaign was closed by its signed checklist",
}
OF_TRAIL: Mapping[str, str] = {
    "campaign_opened": "campaign.opened",
    "shortlist_frozen": "shortlist.frozen",
    "outcomes_decided": "outcomes.final",
    "closed_without_appointment": "outcomes.final",
    "funnel_released": "release.published",
    "quality_checklist_signed": "campaign.closed",
}
"""Event of the trail → the event that is told; the closing time is told by the clock."""

RETRIES: Sequence[timedelta] = (
    timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=5),
    timedelta(hours=10), timedelta(hours=14), timedelta(hours=20), timedelta(hours=24),
)  # fmt: skip
"""How long after each failed attempt the next comes; then it is given up."""

GONE = 410
KEPT = timedelta(days=90)  # how long the ledger remembers a message
SECRET_BYTES = 32
_PREFIX = "whsec_"
_LONGEST_URL = 2_000
# The only public IPv6 addresses (RFC 4291, section 2.4): beside it lie those that carry an IPv4 address within
# (RFC 4291, 6052, 7915, 8215), and site-local ones.
_UNICAST = ipaddress.IPv6Network("2000::/3")


def write_body(event: str, at: datetime, campaign_id: UUID | None = None, title: str = "") -> str:
    """The message as it is sent and signed; its type, its moment, and which campaign."""
    data = {"campaign_id": str(campaign_id), "title": title} if campaign_id else {}
    moment = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return json.dumps({"type": event, "timestamp": moment, "data": data}, ensure_ascii=False)


def secret_text(secret: bytes) -> str:
    """A secret as receivers' libraries take it."""
    return _PREFIX + base64.b64encode(secret).decode()


def signed_headers(secret: bytes, message_id: UUID, at: datetime, body: str) -> dict[str, str]:
    """The three headers of the specification; `at` is the moment of this attempt."""
    moment = str(int(at.timestamp()))
    signed = hmac.digest(secret, f"{message_id}.{moment}.{body}".encode(), hashlib.sha256)
    return {
        "webhook-id": str(message_id),
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
    }


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many failed attempts; None when it is given up."""
    return now + RETRIES[attempts - 1] if attempts <= len(RETRIES) else None


def read_networks(written: str) -> tuple[Network, ...]:
    """Networks as the setting holds them, with commas or spaces between. `Invalid` for what is none."""
    try:
        return tuple(ipaddress.ip_network(part) for part in written.replace(",", " ").split())
    except ValueError as problem:
        raise Invalid(f"RECRUITMENT_WEBHOOK_NETWORKS: {problem}") from None


def is_reachable(address: Address, networks: Sequence[Network]) -> bool:
    """Whether a message may go to an address: a public one, or one in a network that the setting names."""
    if any(address.version == network.version and address in network for network in networks):
        return True
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_reachable(address.ipv4_mapped, networks)
        if address.sixtofour or address.teredo or address not in _UNICAST:
            return False
    return address.is_global and not address.is_multicast


def is_own(address: Address, networks: Sequence[Network]) -> bool:
    """Whether an address lies in a network that the setting names, where plain http is taken."""
    return any(address.version == network.version and address in network for network in networks)


def told_address(url: str) -> str:
    """An address as the trail keeps it: which system, without path, query or user.

    A token may stand in any of them, and what the trail holds is never taken away.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    rest = "/…" if parts.path.strip("/") or parts.query else ""
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}{rest}"


def check_url(url: str, networks: Sequence[Network]) -> None:
    """Raise `Invalid` for an address that no message may go to; names are looked up only when one is sent."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise Invalid("Enter a whole web address, like https://system.example/hooks.", "url") from None
    if len(url) > _LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise Invalid("Shorten the address to 2,000 plain characters or fewer, without spaces.", "url")
    if parts.scheme not in ("https", "http") or not host or port == 0:
        raise Invalid("Enter a whole web address, like https://system.example/hooks.", "url")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise Invalid("Leave out user name, password and what follows #: the signature says who sends.", "url")
    if parts.scheme == "http" and not networks:
        raise Invalid("The address must begin with https.", "url")
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        if host == "localhost" and not networks:
            raise Invalid(_PRIVATE, "url") from None
        return
    if not is_reachable(literal, networks):
        raise Invalid(_PRIVATE, "url")


_PRIVATE = (
    "This address is inside a private network. Whoever runs this service can allow it with the setting "
    "RECRUITMENT_WEBHOOK_NETWORKS."
)
