"""What the account provider is asked, and which of its answers are taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from recruitment.rules.oidc import (
    LASTS,
    Departure,
    Metadata,
    ProviderRefused,
    ProviderSettings,
    SignedInElsewhere,
    authorization_url,
    challenge_of,
    read_claims,
    read_metadata,
    read_return,
    subject_key,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SETTINGS = ProviderSettings("https://id.example", "recruitment", "secret")
LEFT = Departure("state-1", "nonce-1", "verifier", NOW)
CLAIMS = {
    "iss": "https://id.example", "aud": "recruitment", "sub": "u1", "exp": NOW.timestamp() + 60,
    "iat": NOW.timestamp(), "nonce": "nonce-1", "email": "a@example.org", "email_verified": True,
    "amr": ["pwd", "mfa"],
}  # fmt: skip
DOCUMENT = {
    "issuer": "https://id.example",
    "authorization_endpoint": "https://id.example/authorize?tenant=1",
    "token_endpoint": "https://id.example/token",
    "jwks_uri": "https://id.example/keys",
}


def test_the_challenge_is_that_of_the_standards_example():
    """RFC 7636, appendix B."""
    assert (
        challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )


def test_the_browser_is_sent_with_state_nonce_and_challenge():
    url = authorization_url(SETTINGS, read_metadata(DOCUMENT, SETTINGS), LEFT, "https://staff.example/back")
    asked = parse_qs(urlsplit(url).query)
    assert url.startswith("https://id.example/authorize?tenant=1&")
    assert (asked["state"], asked["nonce"]) == (["state-1"], ["nonce-1"])
    assert asked["code_challenge"] == [challenge_of("verifier")]
    assert asked["code_challenge_method"] == ["S256"]
    assert "secret" not in url


def test_a_token_for_this_very_sign_in_is_taken():
    assert read_claims(CLAIMS, SETTINGS, LEFT, NOW) == SignedInElsewhere("u1", "a@example.org", True)
    several = CLAIMS | {"aud": ["recruitment", "other"], "azp": "recruitment"}
    assert read_claims(several, SETTINGS, LEFT, NOW).subject == "u1"


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://other.example"}, {"aud": "other"}, {"aud": ["recruitment", "other"]}, {"aud": None},
        {"azp": "other"}, {"exp": NOW.timestamp() - 300}, {"exp": None}, {"iat": NOW.timestamp() + 600},
        {"iat": None}, {"nonce": "nonce-2"}, {"nonce": None}, {"sub": ""}, {"sub": None}, {"sub": "x" * 256},
    ],
)  # fmt: skip
def test_a_token_for_anything_else_is_refused(changed):
    with pytest.raises(ProviderRefused):
        read_claims(CLAIMS | changed, SETTINGS, LEFT, NOW)


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_is_not_verified_is_no_address(verified):
    assert read_claims(CLAIMS | {"email_verified": verified}, SETTINGS, LEFT, NOW).email == ""


@pytest.mark.parametrize("methods", [None, [], ["pwd"], "mfa", ["otp"]])
def test_a_second_factor_counts_only_when_the_provider_says_so_in_the_standards_word(methods):
    assert not read_claims(CLAIMS | {"amr": methods}, SETTINGS, LEFT, NOW).has_second_factor


@pytest.mark.parametrize(
    ("answer", "later"),
    [
        ({"state": "state-2", "code": "c"}, 0), ({"code": "c"}, 0), ({"state": "state-1"}, 0),
        ({"state": "state-1", "code": "c", "error": "access_denied"}, 0),
        ({"state": "state-1", "code": "c", "iss": "https://other.example"}, 0),
        ({"state": "state-1", "code": "c"}, LASTS.total_seconds() + 1),
    ],
)  # fmt: skip
def test_a_return_of_another_departure_is_refused(answer, later):
    with pytest.raises(ProviderRefused):
        read_return(answer, LEFT, SETTINGS, NOW + timedelta(seconds=later))
    with pytest.raises(ProviderRefused):
        read_return({"state": "state-1", "code": "c"}, None, SETTINGS, NOW)
    assert read_return({"state": "state-1", "code": "c", "iss": SETTINGS.issuer}, LEFT, SETTINGS, NOW) == "c"


@pytest.mark.parametrize(
    "changed",
    [{"issuer": "https://id.example/"}, {"token_endpoint": "http://id.example/token"}, {"jwks_uri": None}],
)
def test_a_provider_that_is_another_or_unsafe_is_refused(changed):
    assert isinstance(read_metadata(DOCUMENT, SETTINGS), Metadata)
    with pytest.raises(ProviderRefused):
        read_metadata(DOCUMENT | changed, SETTINGS)


def test_the_same_subject_of_another_issuer_is_another_person():
    other = replace(SETTINGS, issuer="https://other.example")
    assert subject_key(SETTINGS, "u1") != subject_key(other, "u1")
