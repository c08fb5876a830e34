"""Sends one message to one receiver over HTTP: to no private address, through no redirect, within a time.

The name is looked up once, every address it has is checked, and the connection goes to the address that was
checked: a name that answers differently a moment later leads nowhere else.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from recruitment.rules.errors import Invalid
from recruitment.rules.webhooks import Network, check_url, is_own, is_reachable

SECONDS = 10.0  # for each step
WHOLE_SECONDS = 20.0  # for all of it
_READ = 1024  # bytes of the answer, which nobody keeps


class NotSent(Exception):
    """No answer came, or none was asked for; the sentence is for the ledger."""


class _Checked(http.client.HTTPConnection):
    """Connects to an address that was checked, whatever the name says by now."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._address = address
        self._tls = context

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), SECONDS)
        if self._tls is not None:
            self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host)


def send(url: str, body: str, headers: Mapping[str, str], networks: Sequence[Network]) -> int:
    """The status of the receiver's answer; `NotSent` where there was none."""
    try:
        check_url(url, networks)
    except Invalid as refused:
        raise NotSent(refused.sentence) from None
    parts = urlsplit(url)
    is_plain = parts.scheme == "http"
    host, port = parts.hostname or "", parts.port or (80 if is_plain else 443)
    address = _checked_address(host, port, networks, is_plain=is_plain)
    connection = _Checked(host, port, address, None if is_plain else ssl.create_default_context())
    # A receiver that answers a byte at a time must not hold the worker.
    watch = threading.Timer(WHOLE_SECONDS, connection.close)
    watch.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        sent = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "recruitment-webhooks/1"}
        connection.request("POST", path, body.encode(), {**sent, **headers})
        answer = connection.getresponse()
        answer.read(_READ)
        return answer.status
    except ssl.SSLError:
        raise NotSent("The receiver's certificate is not valid.") from None
    except (OSError, http.client.HTTPException, AttributeError) as problem:
        raise NotSent(f"No answer came ({type(problem).__name__}).") from None
    finally:
        watch.cancel()
        connection.close()


def _checked_address(host: str, port: int, networks: Sequence[Network], *, is_plain: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSent("The name of the receiver cannot be found.") from None
    addresses = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    if not addresses or not all(is_reachable(address, networks) for address in addresses):
        raise NotSent("The receiver is inside a private network that the settings do not allow.")
    if is_plain and not all(is_own(address, networks) for address in addresses):
        raise NotSent("Outside the networks that the settings allow, only https is used.")
    return str(addresses[0])
