"""A candidate asks for more time to apply, with a code instead of a name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from recruitment.rules.errors import Invalid
from recruitment.services.more_time import ask_for_time, read_more_time
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.candidate import candidate
from recruitment.web.candidate.saving import advert_of
from recruitment.web.site import acting, desk


@candidate.get("/campaigns/<uuid:campaign_id>/more-time")
@allow(Audience.CANDIDATE)
def more_time(campaign_id: UUID) -> Any:
    found = read_more_time(reading(), actor=acting(), desk=desk(), campaign_id=campaign_id)
    return render_template(
        "candidate/applications/more_time.html", found=found, advert=advert_of(campaign_id), now=desk().now
    )


@candidate.post("/campaigns/<uuid:campaign_id>/more-time")
@allow(Audience.CANDIDATE)
def ask_more_time(campaign_id: UUID) -> Any:
    try:
        with writing() as session:
            ask_for_time(session, actor=acting(), desk=desk(), campaign_id=campaign_id)
    except Invalid:
        pass  # who has applied already is told so on the page
    return redirect(url_for("candidate.more_time", campaign_id=campaign_id), 303)
