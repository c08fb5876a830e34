"""The language that a reader chooses: kept in their browser, and nowhere else."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, request

from recruitment.web.access import Audience, allow
from recruitment.web.account.returning import blueprint_of
from recruitment.web.candidate import candidate
from recruitment.web.messages import NAMES, keep_language
from recruitment.web.requests import safe_path


@candidate.get("/language/<code>")
@allow(Audience.EVERYONE)
def choose_language(code: str) -> Any:
    """Back to the page that was being read, where it can be opened again."""
    if code not in NAMES:
        abort(404)
    target = safe_path(request.args.get("next")) or "/"
    response = redirect(target if blueprint_of(target) else "/", 303)
    keep_language(response, code)
    return response
