"""The trail of a campaign: events in order, the check of the chain, and its download."""

from __future__ import annotations

from uuid import UUID

from flask import Response, render_template, request

from recruitment.rules.permissions import Permission
from recruitment.services.trail_reading import PAGE, check_campaign_trail, export_trail, read_trail
from recruitment.web.access import allow, reading
from recruitment.web.auditor import auditor
from recruitment.web.site import acting, staff_desk

_LARGEST = 10**12


def _after() -> int:
    typed = request.args.get("after", "0")
    return min(int(typed), _LARGEST) if typed.isascii() and typed.isdigit() and len(typed) < 20 else 0


@auditor.get("/campaigns/<uuid:campaign_id>/trail")
@allow(Permission.READ_TRAIL, write=False)
def trail(campaign_id: UUID) -> str:
    page = read_trail(reading(), actor=acting(), campaign_id=campaign_id, after=_after())
    last = page.lines[-1].number if page.lines else page.after
    return render_template(
        "auditor/trail/trail.html",
        campaign_id=campaign_id,
        page=page,
        earlier=max(page.after - PAGE, 0) if page.after else None,
        later=last if last < page.events else None,
    )


@auditor.get("/campaigns/<uuid:campaign_id>/trail/check")
@allow(Permission.READ_TRAIL, write=False)
def check(campaign_id: UUID) -> str:
    found = check_campaign_trail(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    return render_template("auditor/trail/check.html", campaign_id=campaign_id, check=found)


@auditor.get("/campaigns/<uuid:campaign_id>/trail.jsonl")
@allow(Permission.READ_TRAIL, write=False)
def trail_jsonl(campaign_id: UUID) -> Response:
    lines = export_trail(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    response = Response(lines, content_type="application/jsonl; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"trail-{campaign_id}.jsonl")
    return response
