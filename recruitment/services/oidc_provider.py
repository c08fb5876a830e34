"""Talks to the account provider: what it says of itself, its keys, and the exchange of a code for an ID token."""

from __future__ import annotations

import base64
import http.client
import json
import ssl
import threading
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from recruitment.rules.oidc import (
    ALGORITHMS,
    Departure,
    Metadata,
    ProviderRefused,
    ProviderSettings,
    SignedInElsewhere,
    authorization_url,
    read_claims,
    read_metadata,
)

_SECONDS = 10.0
_LONGEST = 1_000_000  # bytes of an answer
_REMEMBERED = 600.0  # seconds
_SILENT = "The account provider does not answer. Try again later, or sign in with your password."


class Provider:
    """One account provider; what it says of itself is remembered for ten minutes."""

    def __init__(self, settings: ProviderSettings) -> None:
        self.settings = settings
        self._known: dict[str, tuple[float, Any]] = {}
        self._lock = threading.Lock()

    def departure_url(self, left: Departure, back: str) -> str:
        return authorization_url(self.settings, self._metadata(), left, back)

    def exchange(self, code: str, left: Departure, back: str, now: datetime) -> SignedInElsewhere:
        """Who came back; `ProviderRefused` where the provider's answer does not show it."""
        metadata = self._metadata()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": left.verifier,
        }
        headers = {}
        if self.settings.client_secret and metadata.takes_basic:
            pair = f"{quote(self.settings.client_id, '')}:{quote(self.settings.client_secret, '')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form["client_id"] = self.settings.client_id
            if self.settings.client_secret:
                form["client_secret"] = self.settings.client_secret
        answer = self._fetch(metadata.token_endpoint, form, headers)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise ProviderRefused("The account provider did not sign you in. Try again.")
        return read_claims(self._checked(token, metadata), self.settings, left, now)

    def _checked(self, token: str, metadata: Metadata) -> Mapping[str, Any]:
        """The claims of a token that the provider signed; keys are fetched anew once, as they may have turned."""
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        for is_last in (False, True):
            try:
                keys = KeySet.import_key_set(self._remembered(metadata.jwks_uri, anew=is_last))
                return dict(jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims)
            except (JoseError, ValueError, KeyError):
                if is_last:
                    break
        raise ProviderRefused("The account provider’s answer is not signed by it. Tell your administrator.")

    def _metadata(self) -> Metadata:
        url = f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration"
        return read_metadata(self._remembered(url), self.settings)

    def _remembered(self, url: str, *, anew: bool = False) -> Any:
        with self._lock:
            held = self._known.get(url)
        if held is not None and held[0] > time.monotonic() and not anew:
            return held[1]
        found = self._fetch(url)
        with self._lock:
            self._known[url] = (time.monotonic() + _REMEMBERED, found)
        return found

    def _fetch(
        self, url: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """The JSON object at an address; no redirect is followed."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme == "https":
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                host, parts.port, timeout=_SECONDS, context=ssl.create_default_context()
            )
        elif self.settings.is_development:
            connection = http.client.HTTPConnection(host, parts.port, timeout=_SECONDS)
        else:
            raise ProviderRefused("The account provider must be reached by https. Tell your administrator.")
        sent = {"Accept": "application/json", **(headers or {})}
        if form is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            body = urlencode(form) if form is not None else None
            connection.request("GET" if form is None else "POST", path, body, sent)
            answer = connection.getresponse()
            raw = answer.read(_LONGEST + 1)
            found = json.loads(raw) if answer.status == 200 and len(raw) <= _LONGEST else None
        except (OSError, http.client.HTTPException, ValueError):
            raise ProviderRefused(_SILENT) from None
        finally:
            connection.close()
        if not isinstance(found, dict):
            raise ProviderRefused(
                _SILENT if form is None else "The account provider did not sign you in. Try again."
            )
        return found
