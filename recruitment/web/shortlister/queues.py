"""Where a shortlister starts: their campaigns, and the queue of each."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.permissions import Permission
from recruitment.services.queues import count_own_moderation, list_own_sifts
from recruitment.services.sample_scores import find_sample_to_score
from recruitment.services.sift import read_queue
from recruitment.services.sift_pace import find_where_stopped, read_own_measure
from recruitment.web.access import Audience, allow, reading
from recruitment.web.shortlister import shortlister
from recruitment.web.shortlister.closed import BEFORE_THE_SIFT, closed_page
from recruitment.web.shortlister.saved import saved_before
from recruitment.web.site import acting

_PER_PAGE = 50


@shortlister.get("/sift")
@allow(Audience.STAFF)
def home() -> str:
    sifts = list_own_sifts(reading(), actor=acting())
    return render_template(
        "shortlister/queues/home.html",
        sifting=[sift for sift in sifts if sift.state is CampaignState.SIFTING],
        to_come=[sift for sift in sifts if sift.state in BEFORE_THE_SIFT],
        closed=[sift for sift in sifts if sift.state not in (CampaignState.SIFTING, *BEFORE_THE_SIFT)],
    )


@shortlister.get("/sift/<uuid:campaign_id>")
@allow(Permission.SCORE_ANSWERS)
def queue(campaign_id: UUID) -> str:
    number = max(1, request.args.get("page", 1, type=int))
    # A number too large for the store is a page past the end.
    mine = read_queue(
        reading(), actor=acting(), campaign_id=campaign_id, page=min(number, 10_000), per_page=_PER_PAGE
    )
    if mine.state is not CampaignState.SIFTING:
        return closed_page(mine.campaign_title, mine.state)
    groups = [(number, list(items)) for number, items in groupby(mine.items, attrgetter("question_number"))]
    return render_template(
        "shortlister/queues/queue.html",
        campaign_id=campaign_id,
        queue=mine,
        groups=groups,
        page=number,
        pages=max(1, -(-mine.total // _PER_PAGE)),
        moderation_waiting=count_own_moderation(reading(), actor=acting(), campaign_id=campaign_id),
        is_recused="recused" in request.args,
        saved=saved_before(campaign_id),
        measure=read_own_measure(
            reading(), actor=acting(), campaign_id=campaign_id, left=mine.total - mine.scored
        ),
    )


@shortlister.get("/sift/<uuid:campaign_id>/next")
@allow(Permission.SCORE_ANSWERS)
def next_answer(campaign_id: UUID) -> Any:
    """The place to go on, found when it is asked for, so that an old link or bookmark still fits."""
    sample_id = find_sample_to_score(reading(), actor=acting(), campaign_id=campaign_id)
    if sample_id is not None:
        return redirect(url_for(".sample", campaign_id=campaign_id, sample_id=sample_id), 303)
    handle = find_where_stopped(reading(), actor=acting(), campaign_id=campaign_id)
    if handle is None:
        return redirect(url_for(".queue", campaign_id=campaign_id), 303)
    return redirect(url_for(".answer", campaign_id=campaign_id, handle=handle), 303)
