"""Who is in the panel pool, as recruiters see it, and whose training waits to be confirmed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request

from recruitment.rules.errors import NotFound
from recruitment.services.pool import confirm_training, list_pool
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.pool import pool
from recruitment.web.saving import saved
from recruitment.web.site import acting, staff_desk


@pool.get("/members")
@allow(Audience.STAFF)
def members() -> str:
    people = list_pool(reading(), actor=acting())
    waiting = [(one, each) for one in people for each in one.training if not each.is_confirmed]
    return render_template(
        "pool/members.html", people=people, waiting=waiting, today=staff_desk().now.date(), own=acting().id
    )


@pool.post("/members/confirm")
@allow(Audience.STAFF)
def confirm() -> Any:
    try:
        person_id, training_id = (
            UUID(hex=request.form.get("person", "")),
            UUID(hex=request.form.get("training", "")),
        )
    except ValueError:
        raise NotFound from None
    with writing() as session:
        confirm_training(session, actor=acting(), desk=staff_desk(), person_id=person_id, training_id=training_id)
    return saved("The training is confirmed.", "pool.members")
