"""Leaving what one types to a colleague, and going on with what a colleague left."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from recruitment.rules.entries import FORMAT_TITLES
from recruitment.rules.errors import NotFound
from recruitment.services.entries import own_entry
from recruitment.services.entry_handovers import leave_entry, read_left, take_over
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.entries import entries
from recruitment.web.entries.saving import entry_of
from recruitment.web.site import acting, desk


@entries.post("/<uuid:entered_id>/leave")
@allow(Audience.STAFF)
def leave(entered_id: UUID) -> Any:
    entry_of(entered_id)
    with writing() as session:
        leave_entry(session, actor=acting(), desk=desk(), entry_id=entered_id)
    flash("A colleague with no part in the campaign can now go on with it.")
    return redirect(url_for("entries.home"), 303)


@entries.route("/<uuid:entered_id>/take-over", methods=["GET", "POST"])
@allow(Audience.STAFF)
def take(entered_id: UUID) -> Any:
    """Who began it and how it comes; nothing of the candidate before the button."""
    if request.method != "POST":
        try:
            left = read_left(reading(), actor=acting(), desk=desk(), entry_id=entered_id)
        except NotFound:
            return _go_to_own(entered_id)
        return render_template("entries/take.html", left=left, formats=FORMAT_TITLES)
    with writing() as session:
        take_over(session, actor=acting(), desk=desk(), entry_id=entered_id)
    return redirect(url_for("entries.tasks", entered_id=entered_id), 303)


def _go_to_own(entered_id: UUID) -> Any:
    """To one's own entry, whose page says what became of it; of another's, `entry_of` says that."""
    try:
        own_entry(reading(), acting(), entered_id)
    except NotFound:
        entry_of(entered_id)
        raise
    return redirect(url_for("entries.tasks", entered_id=entered_id), 303)
