"""The anonymous ranking, and the interview line drawn on it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.shortlists import RankedReference, Ranking, read_ranking, set_interview_line
from recruitment.web.access import allow, reading
from recruitment.web.forms import PageForm, decimal, hidden, long_text
from recruitment.web.recruiter import recruiter
from recruitment.web.recruiter.words import two_places
from recruitment.web.saving import is_saved, saved
from recruitment.web.site import acting, staff_desk

_PER_PAGE = 100


class PreviewForm(PageForm):
    """Only shows what a line would do; sent by GET, so it changes nothing."""

    class Meta(PageForm.Meta):
        csrf = False

    line = decimal(
        "Try an interview line",
        hint="A total, as shown in the table. Everybody at or above it who meets every minimum is interviewed",
        required="Enter a total",
        noun="The line",
        minimum=0,
    )


class LineForm(PageForm):
    at = hidden(max_length=20)
    reason = long_text(
        "Why is the line drawn here?",
        hint="It goes on the record, where the auditor reads it",
        required="Say why the line is drawn there",
        max_length=1_000,
        rows=4,
    )


@dataclass(frozen=True)
class Preview:
    """`kept_out` stand at or above the line but below a minimum."""

    line: Fraction
    above: int
    kept_out: int
    tied_at_line: int


def _preview(ranking: Ranking, line: Fraction) -> Preview:
    reaching = [entry for entry in ranking.entries if entry.total >= line]
    above = [entry for entry in reaching if entry.meets_minimum]
    lowest = min((entry.total for entry in above), default=None)
    tied = sum(entry.total == lowest for entry in above)
    return Preview(line, len(above), len(reaching) - len(above), tied)


@dataclass(frozen=True)
class RankingPage:
    """Some of the entries; `next`: the reference behind which the next page begins, empty on the last one."""

    entries: tuple[RankedReference, ...]
    is_first: bool
    next: str


def _page_of(ranking: Ranking, after: str) -> RankingPage:
    """The entries behind a reference; an address that somebody changed begins at the start again."""
    places = {entry.reference: place for place, entry in enumerate(ranking.entries, 1)} if after else {}
    start = places.get(after, 0)
    entries = ranking.entries[start : start + _PER_PAGE]
    is_last = start + _PER_PAGE >= len(ranking.entries)
    return RankingPage(entries, start == 0, "" if is_last else entries[-1].reference)


@recruiter.route("/campaigns/<uuid:campaign_id>/ranking", methods=["GET", "POST"])
@allow(Permission.SET_INTERVIEW_LINE)
def ranking(campaign_id: UUID) -> Any:
    session, actor = reading(), acting()
    facts = read_facts(session, actor=actor, campaign_id=campaign_id, permission=Permission.SET_INTERVIEW_LINE)
    found = read_ranking(session, actor=actor, campaign_id=campaign_id)
    typed = request.form.get("at") if request.method == "POST" else request.args.get("line")
    trying = PreviewForm(formdata=None if typed is None else MultiDict({"line": typed}))
    preview = None
    if typed is not None and trying.validate():
        preview = _preview(found, Fraction(trying.line.data))
    form = LineForm(at=typed)

    def draw(session: Any) -> None:
        line, reason = Fraction(trying.line.data), form.reason.data
        set_interview_line(
            session, actor=actor, desk=staff_desk(), campaign_id=campaign_id, line=line, reason=reason
        )

    if preview and is_saved(form, draw, line="reason"):
        return saved("The interview line is drawn.", "recruiter.shortlist", campaign_id=campaign_id)
    page = render_template(
        "recruiter/ranking/ranking.html",
        facts=facts,
        ranking=found,
        shown=_page_of(found, request.args.get("after", "")),
        asked_line=request.args.get("line") or None,
        is_drawable=found.state is CampaignState.SCORED,
        trying=trying,
        preview=preview,
        form=form,
        two_places=two_places,
    )
    return page, 400 if request.method == "POST" else 200
