"""Open vacancies, one campaign's advert, and the start of an application."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, url_for
from flask_login import current_user

from recruitment.rules.vacancy_feeds import to_json_feed, to_rss
from recruitment.services.candidate_accounts import begin_application
from recruitment.services.vacancies import list_feed, list_open_campaigns, read_advert
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.candidate import candidate
from recruitment.web.site import acting, desk, settings


@candidate.get("/")
@allow(Audience.EVERYONE)
def vacancies() -> str:
    found = list_open_campaigns(reading(), desk=desk())
    return render_template("candidate/vacancies/list.html", campaigns=found, now=desk().now)


_FEED = "Vacancies"


@candidate.get("/vacancies.json")
@allow(Audience.EVERYONE)
def json_feed() -> Response:
    home = settings().public_url.rstrip("/")
    found = list_feed(reading(), desk=desk(), public_url=home)
    content = to_json_feed(_FEED, f"{home}/", f"{home}{url_for('candidate.json_feed')}", found)
    return Response(content, content_type="application/feed+json; charset=utf-8")


@candidate.get("/vacancies.rss")
@allow(Audience.EVERYONE)
def rss_feed() -> Response:
    home = settings().public_url.rstrip("/")
    found = list_feed(reading(), desk=desk(), public_url=home)
    return Response(to_rss(_FEED, f"{home}/", found), content_type="application/rss+xml; charset=utf-8")


@candidate.get("/campaigns/<uuid:campaign_id>")
@allow(Audience.EVERYONE)
def advert(campaign_id: UUID) -> str:
    found = read_advert(reading(), desk=desk(), campaign_id=campaign_id)
    return render_template("candidate/vacancies/advert.html", advert=found, now=desk().now)


@candidate.get("/campaigns/<uuid:campaign_id>/apply")
@allow(Audience.EVERYONE)
def start(campaign_id: UUID) -> Any:
    found = read_advert(reading(), desk=desk(), campaign_id=campaign_id)
    if not found.is_open:
        return redirect(url_for("candidate.advert", campaign_id=campaign_id), 303)
    kind = current_user.kind if current_user.is_authenticated else ""
    return render_template("candidate/vacancies/start.html", advert=found, now=desk().now, kind=kind)


@candidate.post("/campaigns/<uuid:campaign_id>/apply")
@allow(Audience.CANDIDATE)
def begin(campaign_id: UUID) -> Any:
    with writing() as session:
        begun = begin_application(session, actor=acting(), desk=desk(), campaign_id=campaign_id)
    view = "candidate.tasks" if begun else "candidate.submitted"
    return redirect(url_for(view, campaign_id=campaign_id), 303)
