"""What was typed on a page whose session had ended, carried through signing in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Request

from recruitment.web.requests import is_same_origin, safe_path

_MOST_BYTES = 200 * 1024
_NEVER = frozenset({"csrf", "password", "passphrase", "secret", "token", "otp"})


@dataclass(frozen=True)
class Carried:
    """Where a page was being posted to, and its fields in order; empty when nothing may be carried."""

    action: str
    fields: tuple[tuple[str, str], ...] = ()
    is_too_long: bool = False
    had_files: bool = False

    def __bool__(self) -> bool:
        return bool(self.fields)

    @property
    def typed(self) -> tuple[str, ...]:
        """The answers in sentences, for a person who would rather copy them."""
        return tuple(value for _, value in self.fields if " " in value.strip())


def _limited(action: str, fields: list[tuple[str, str]], *, had_files: bool = False) -> Carried:
    kept = tuple((n, v) for n, v in fields if not _NEVER.intersection(re.split(r"[-_.]", n.lower())))
    if sum(len(n.encode()) + len(v.encode("utf-8", "replace")) for n, v in kept) > _MOST_BYTES:
        return Carried(action, is_too_long=True, had_files=had_files)
    return Carried(action, kept, had_files=had_files)


def carried_fields(request: Request) -> Carried:
    """Return what was posted, unless another site made the browser post it; never passwords or tokens."""
    action = safe_path(request.full_path.removesuffix("?"))
    if request.method != "POST" or action is None or not is_same_origin(request):
        return Carried("/")
    return _limited(action, list(request.form.items(multi=True)), had_files=bool(request.files))


def carried_through(request: Request) -> Carried | None:
    """Return what a sign-in page's hidden fields (`account/carry.html`) still carry, or None."""
    action = safe_path(request.form.get("carried_action"))
    names, values = request.form.getlist("carried_name"), request.form.getlist("carried_value")
    if action is None or len(names) != len(values) or not names or not is_same_origin(request):
        return None
    return _limited(action, list(zip(names, values, strict=True)))
