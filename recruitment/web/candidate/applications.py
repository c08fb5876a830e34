"""A candidate's own applications: where each stands in plain words, and taking one back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from recruitment.rules.errors import NotFound, TooLate
from recruitment.services.applications import OwnApplication, list_own_applications, withdraw_application
from recruitment.services.own_appointments import list_own_stages
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.candidate import candidate
from recruitment.web.site import acting, desk

# (tag, what it means for the candidate)
STAGES = {
    "draft": ("Not sent yet", "You have started this application and not sent it."),
    "closed_draft": ("Not sent", "The closing time passed before you sent this application."),
    "submitted": ("Received", "We have received your application. Shortlisters read it without your name."),
    "eligible": (
        "Received, requirements confirmed",
        "We have confirmed that you meet the requirements. Shortlisters read your application without your name.",
    ),
    "not_eligible": (
        "Requirements not met",
        "You do not meet the requirements of the job, so your application goes no further. We wrote to you why.",
    ),
    "shortlisted": ("Shortlisted", "You are on the shortlist. We will write to you about the next stage."),
    "not_shortlisted": ("Not shortlisted", "You are not on the shortlist. We will write to you with your scores."),
    "not_invited": (
        "Not invited to the next stage",
        "After the test, you are not invited to the next stage. We will write to you with your scores.",
    ),
    "appointed": ("Successful", "You have been chosen for the job. We will write to you about what happens next."),
    "reserve": ("On the reserve list", "You were found suitable. We may offer you a job if one comes up."),
    "not_appointed": ("Not successful", "You were not chosen this time. We will write to you with your scores."),
    "declined": ("Offer declined", "You turned down the offer."),
    "withdrawn": ("Withdrawn", "You took this application back. Nobody is considering it."),
}


@candidate.get("/applications")
@allow(Audience.CANDIDATE)
def own_applications() -> str:
    found = list_own_applications(reading(), actor=acting(), desk=desk())
    return render_template(
        "candidate/applications/list.html",
        applications=found,
        stages=STAGES,
        now=desk().now,
        appointments=list_own_stages(reading(), actor=acting()),
    )


def _own(campaign_id: UUID) -> OwnApplication:
    for one in list_own_applications(reading(), actor=acting(), desk=desk()):
        if one.campaign_id == campaign_id and one.reference is not None and not one.is_earlier:
            return one
    raise NotFound


@candidate.get("/campaigns/<uuid:campaign_id>/application/withdraw")
@allow(Audience.CANDIDATE)
def withdraw(campaign_id: UUID) -> Any:
    own = _own(campaign_id)
    if not own.can_withdraw:
        return redirect(url_for("candidate.own_applications"), 303)
    return render_template(
        "candidate/applications/withdraw.html", application=own, now=desk().now, is_open=own.closes_at > desk().now
    )


@candidate.post("/campaigns/<uuid:campaign_id>/application/withdraw")
@allow(Audience.CANDIDATE)
def withdraw_confirmed(campaign_id: UUID) -> Any:
    try:
        with writing() as session:
            withdraw_application(session, actor=acting(), desk=desk(), campaign_id=campaign_id)
    except TooLate:
        return redirect(url_for("candidate.own_applications"), 303)
    return redirect(url_for("candidate.own_applications", withdrawn=1), 303)
