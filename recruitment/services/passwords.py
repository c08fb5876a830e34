"""Passwords (argon2id, RFC 9106) and time-based one-time codes (RFC 6238)."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from recruitment.rules.errors import Invalid

SHORTEST_PASSWORD = 12
STEP = 30  # seconds


@dataclass(frozen=True)
class PasswordPolicy:
    """argon2id cost; tests pass a cheap one."""

    time_cost: int = 3
    memory_kib: int = 65536
    parallelism: int = 4

    @property
    def hasher(self) -> PasswordHasher:
        return PasswordHasher(self.time_cost, self.memory_kib, self.parallelism)


def check_new_password(password: str, email: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid(f"The password must have {SHORTEST_PASSWORD} characters or more.", "password")
    if len(password) > 200:
        raise Invalid("The password must have 200 characters or fewer.", "password")
    if email.split("@")[0].casefold() in password.casefold():
        raise Invalid("The password must not contain your name or address.", "password")
    if len(set(password)) < 5:
        raise Invalid("The password must use more different characters.", "password")


def is_password(policy: PasswordPolicy, hashed: str | None, password: str) -> bool:
    """Takes as long for somebody without a password, so that accounts cannot be told by the clock."""
    try:
        return policy.hasher.verify(hashed or _decoy(policy), password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


_DECOYS: dict[PasswordPolicy, str] = {}


def _decoy(policy: PasswordPolicy) -> str:
    if policy not in _DECOYS:
        _DECOYS[policy] = policy.hasher.hash("nobody's password")
    return _DECOYS[policy]


def new_factor() -> str:
    return pyotp.random_base32()


def factor_uri(secret: str, name: str, issuer: str) -> str:
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def accepted_step(secret: str, code: str, last_used: int, now: float | None = None) -> int | None:
    """The time step of a valid code newer than the last one used (one step of drift each way), or None."""
    moment = time.time() if now is None else now
    plain = "".join(code.split())
    for step in (int(moment) // STEP + drift for drift in (0, -1, 1)):
        if step > last_used and pyotp.TOTP(secret).verify(plain, for_time=step * STEP, valid_window=0):
            return step
    return None
