"""The release of a campaign's funnel: before, at, and after it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for

from recruitment.rules.campaigns import CampaignState, has_reached, require_state
from recruitment.rules.disclosure import THRESHOLD
from recruitment.rules.permissions import Permission
from recruitment.rules.rounding import BASE
from recruitment.services.cut_offs import ask_cut_off_tally, last_cut_off, why_no_cut_off_tally
from recruitment.services.releases import (
    list_releases,
    prepare_release,
    read_release,
    read_release_standing,
    release_funnel,
)
from recruitment.web.access import Audience, allow, may, reading, writing
from recruitment.web.analyst import analyst
from recruitment.web.analyst.files import tables_file
from recruitment.web.analyst.shown import may_read_rates, show_release
from recruitment.web.site import acting, staff_desk


@analyst.get("/releases")
@allow(Audience.STAFF)
def releases() -> str:
    listed = list_releases(reading(), actor=acting())
    return render_template(
        "analyst/releases/list.html",
        listed=listed,
        released=CampaignState.RELEASED,
        may_read_rates=may_read_rates(),
    )


@analyst.get("/campaigns/<uuid:campaign_id>/release")
@allow(Permission.SEE_RELEASES)
def release(campaign_id: UUID) -> str:
    standing = read_release_standing(reading(), actor=acting(), campaign_id=campaign_id)
    if standing.state is not CampaignState.RELEASED:
        return render_template(
            "analyst/releases/before.html",
            campaign_id=campaign_id,
            standing=standing,
            is_decided=has_reached(standing.state, CampaignState.DECIDED),
            is_tallied=standing.state is CampaignState.TALLIED,
            may_release=(is_analyst := may(Permission.RELEASE_FUNNEL, campaign_id)),
            may_count=is_analyst and not _why_not(campaign_id),
        )
    found = read_release(reading(), actor=acting(), campaign_id=campaign_id)
    return show_release("analyst/releases/release.html", found, campaign_id=campaign_id, release=found)


@analyst.get("/campaigns/<uuid:campaign_id>/release/confirm")
@allow(Permission.RELEASE_FUNNEL)
def confirm_release(campaign_id: UUID) -> Any:
    standing = read_release_standing(reading(), actor=acting(), campaign_id=campaign_id)
    require_state(standing.state, CampaignState.TALLIED, act="release the funnel")
    return render_template(
        "analyst/releases/confirm.html", campaign_id=campaign_id, standing=standing, threshold=THRESHOLD, base=BASE
    )


@analyst.post("/campaigns/<uuid:campaign_id>/release/confirm")
@allow(Permission.RELEASE_FUNNEL)
def release_now(campaign_id: UUID) -> Any:
    prepared = prepare_release(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    with writing() as session:
        release_funnel(session, actor=acting(), desk=staff_desk(), prepared=prepared)
    return redirect(url_for("analyst.release", campaign_id=campaign_id), 303)


def _why_not(campaign_id: UUID) -> str:
    return why_no_cut_off_tally(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)


@analyst.route("/campaigns/<uuid:campaign_id>/cut-off", methods=["GET", "POST"])
@allow(Permission.RELEASE_FUNNEL)
def count_at_cut_off(campaign_id: UUID) -> Any:
    """Ask for the count of a campaign whose outcomes were not final when the year ended."""
    if request.method == "POST":
        with writing() as session:
            ask_cut_off_tally(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
        return redirect(url_for("analyst.release", campaign_id=campaign_id), 303)
    standing = read_release_standing(reading(), actor=acting(), campaign_id=campaign_id)
    return render_template(
        "analyst/releases/cut_off.html",
        campaign_id=campaign_id,
        standing=standing,
        why_not=_why_not(campaign_id),
        cut_off=last_cut_off(reading(), acting().organisation_id, staff_desk()),
    )


@analyst.get("/campaigns/<uuid:campaign_id>/release.<any(csv, xlsx, ods):ending>")
@allow(Permission.SEE_RELEASES)
def release_file(campaign_id: UUID, ending: str) -> Response:
    found = read_release(reading(), actor=acting(), campaign_id=campaign_id)
    return tables_file(
        found.tables,
        ending,
        f"{found.title[:50]} funnel",
        base=found.base,
        statement=(*found.remarks, *found.statement),
    )
