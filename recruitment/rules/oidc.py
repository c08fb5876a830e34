"""Signing in through a body's own account provider: what is asked of it, and what its answer must say.

Sources: OpenID Connect Core 1.0 (sections 3.1.2.1 and 3.1.3.7) and Discovery 1.0; PKCE (RFC 7636); issuer in the
response (RFC 9207); methods of authentication (RFC 8176); OAuth 2.0 Security Best Current Practice (RFC 9700).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from recruitment.rules.errors import Refusal

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")  # never "none", never a shared secret
SKEW = timedelta(minutes=2)
LASTS = timedelta(minutes=10)  # from leaving for the provider to coming back
_SCOPE = "openid email profile"
_SECOND_FACTOR = "mfa"


class ProviderRefused(Refusal):
    """The provider's answer cannot be taken."""

    status = 400


@dataclass(frozen=True)
class ProviderSettings:
    """`issuer` as the provider writes it. `name`: what the button says. Plain http only where `is_development`.

    `organisation`: slug of the body whose provider it is, for a provider vouches for no other body's people.
    """

    issuer: str
    client_id: str
    client_secret: str = ""
    name: str = "your organisation’s account"
    is_development: bool = False
    organisation: str = ""


@dataclass(frozen=True)
class Metadata:
    """What the provider says of itself."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    takes_basic: bool = True


@dataclass(frozen=True)
class Departure:
    """What is remembered while somebody is at the provider."""

    state: str
    nonce: str
    verifier: str
    begun: datetime
    next: str = ""


@dataclass(frozen=True)
class SignedInElsewhere:
    """What the ID token says; `email` is empty unless the provider has verified it."""

    subject: str
    email: str
    has_second_factor: bool


def read_metadata(document: Mapping[str, Any], settings: ProviderSettings) -> Metadata:
    """`ProviderRefused` unless the document is of that very issuer and names https addresses."""
    if document.get("issuer") != settings.issuer:
        raise ProviderRefused("The account provider says that it is another one. Tell your administrator.")
    found = [document.get(key) for key in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    wanted = ("https", "http") if settings.is_development else ("https",)
    if not all(isinstance(url, str) and urlsplit(url).scheme in wanted for url in found):
        raise ProviderRefused("The account provider gives no safe addresses. Tell your administrator.")
    methods = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    authorization, token, keys = (str(url) for url in found)
    return Metadata(authorization, token, keys, "client_secret_basic" in methods)


def challenge_of(verifier: str) -> str:
    """RFC 7636, method S256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def authorization_url(settings: ProviderSettings, metadata: Metadata, left: Departure, back: str) -> str:
    """Where the browser is sent; `back` is the address that the provider returns it to."""
    asked = {
        "response_type": "code",
        "client_id": settings.client_id,
        "redirect_uri": back,
        "scope": _SCOPE,
        "state": left.state,
        "nonce": left.nonce,
        "code_challenge": challenge_of(left.verifier),
        "code_challenge_method": "S256",
    }
    joined = "&" if urlsplit(metadata.authorization_endpoint).query else "?"
    return f"{metadata.authorization_endpoint}{joined}{urlencode(asked)}"


def read_return(
    answer: Mapping[str, str], left: Departure | None, settings: ProviderSettings, now: datetime
) -> str:
    """The code that the browser brought back, when it is the return of the very departure of this browser."""
    again = "Your sign-in was not completed. Try again."
    if left is None or now > left.begun + LASTS:
        raise ProviderRefused("Your sign-in took too long, or began in another browser. Try again.")
    if not hmac.compare_digest(answer.get("state", "").encode(), left.state.encode()):
        raise ProviderRefused(again)
    if "iss" in answer and answer["iss"] != settings.issuer:
        raise ProviderRefused(again)
    if "error" in answer or not answer.get("code"):
        raise ProviderRefused("The account provider did not sign you in. Try again, or ask your administrator.")
    return answer["code"]


def read_claims(
    claims: Mapping[str, Any], settings: ProviderSettings, left: Departure, now: datetime
) -> SignedInElsewhere:
    """What a token says whose signature was checked; `ProviderRefused` for one that is not for this sign-in."""
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience if isinstance(audience, list) else []
    expires, issued, subject = claims.get("exp"), claims.get("iat"), claims.get("sub")
    is_right = (
        claims.get("iss") == settings.issuer
        and settings.client_id in audiences
        and (len(audiences) == 1 or claims.get("azp") == settings.client_id)
        and claims.get("azp", settings.client_id) == settings.client_id
        and isinstance(expires, (int, float))
        and now.timestamp() < expires + SKEW.total_seconds()
        and isinstance(issued, (int, float))
        and issued <= now.timestamp() + SKEW.total_seconds()
        and hmac.compare_digest(str(claims.get("nonce", "")).encode(), left.nonce.encode())
        and isinstance(subject, str)
        and 0 < len(subject) <= 255
    )
    if not is_right:
        raise ProviderRefused("The account provider’s answer is not for this sign-in. Try again.")
    email = claims.get("email") if claims.get("email_verified") is True else ""
    methods = claims.get("amr")
    return SignedInElsewhere(
        str(subject),
        email if isinstance(email, str) else "",
        isinstance(methods, list) and _SECOND_FACTOR in methods,
    )


def subject_key(settings: ProviderSettings, subject: str) -> str:
    """A subject is only one's own with its issuer: both together, as a hash that fits a line."""
    return hashlib.sha256(f"{len(settings.issuer)} {settings.issuer} {subject}".encode()).hexdigest()
