"""The chair's page: the order of merit, and an outcome for everybody on the shortlist."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.errors import Invalid
from recruitment.rules.outcomes import Outcome
from recruitment.rules.permissions import Permission
from recruitment.services.interviews import PanelStanding
from recruitment.services.outcomes import Decided, Merit, Posts, decide_outcomes, list_posts, read_merit
from recruitment.services.reveals import read_names
from recruitment.services.wishes import Wishes, read_wishes
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import Option, PageForm, long_text, radios
from recruitment.web.panel import panel
from recruitment.web.panel.standings import unchecked
from recruitment.web.site import acting, staff_desk

_LONGEST_TIE_REASON = 2000


@dataclass(frozen=True)
class Candidate:
    """One line of the order of merit; `key` names the fields of the form."""

    application_id: UUID
    name: str
    place: int
    total: str
    meets_minimum: bool
    is_tied: bool
    is_withdrawn: bool
    wishes: Wishes | None = None
    is_out: bool = False

    @property
    def key(self) -> str:
        return self.application_id.hex


def total_in_words(total: Fraction) -> str:
    """Return "21" or "20.67": ties rest on the exact total, not on what is shown."""
    return str(total.numerator) if total.denominator == 1 else f"{float(total):.2f}"


def _candidates(merit: list[Merit], names: dict[UUID, str], wishes: dict[UUID, Wishes]) -> list[Candidate]:
    standing = [one.result.total for one in merit if one.result and not one.is_withdrawn]
    equals = Counter(standing)
    return [
        Candidate(
            one.application_id,
            names[one.application_id],
            1 + sum(total > one.result.total for total in standing) if one.result else 0,
            total_in_words(one.result.total) if one.result else "",
            bool(one.result and one.result.meets_minimum),
            bool(one.result and equals[one.result.total] > 1),
            one.is_withdrawn,
            wishes.get(one.application_id),
            one.is_out,
        )
        for one in merit
    ]


def _make_form(candidates: list[Candidate], posts: tuple[Posts, ...]) -> PageForm:
    """For each candidate an outcome; a vacancy where there are several; a reason where totals are tied."""
    fields: dict[str, Any] = {}
    several = len(posts) > 1
    for one in candidates:
        if one.is_withdrawn or one.is_out:
            continue
        asks_vacancy = {
            "reveals": f"vacancy_{one.key}",
            "reveals_required": f"Select the vacancy that {one.name} is appointed to",
        }
        fields[f"result_{one.key}"] = radios(
            f"Outcome for {one.name}",
            [
                Option("appointed", "Appointed", **(asks_vacancy if several else {})),
                Option("reserve", "Reserve list"),
                Option("not_appointed", "Not appointed"),
                Option(
                    "declined", "Declined", hint="The panel offered the post and the candidate turned it down."
                ),
            ],
            required=f"Select an outcome for {one.name}",
        )
        if several:
            choices = [Option(str(post.vacancy_id), post.title) for post in posts]
            fields[f"vacancy_{one.key}"] = radios(f"Vacancy for {one.name}", choices)
        if one.is_tied:
            fields[f"reason_{one.key}"] = long_text(
                f"Reason for the place of {one.name} among equals",
                hint="Needed if candidates with the same total get different outcomes.",
                max_length=_LONGEST_TIE_REASON,
                noun="The reason",
                rows=3,
            )
    return type("OutcomesForm", (PageForm,), fields)()


def _read(campaign_id: UUID) -> tuple[list[Candidate], tuple[Posts, ...]]:
    merit = read_merit(reading(), actor=acting(), campaign_id=campaign_id)
    posts = list_posts(reading(), actor=acting(), campaign_id=campaign_id)
    named = read_names(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    wishes = read_wishes(reading(), actor=acting(), campaign_id=campaign_id) if len(posts) > 1 else {}
    return _candidates(merit, {one.application_id: one.name for one in named}, wishes), posts


def _decisions(form: PageForm, candidates: list[Candidate], posts: tuple[Posts, ...]) -> dict[UUID, Decided]:
    decisions = {}
    for one in candidates:
        if one.is_withdrawn or one.is_out:
            continue
        result = Outcome(form[f"result_{one.key}"].data)
        vacancy_id = None
        if result is Outcome.APPOINTED:
            several = f"vacancy_{one.key}" in form
            vacancy_id = UUID(form[f"vacancy_{one.key}"].data) if several else posts[0].vacancy_id
        reason = form[f"reason_{one.key}"].data or "" if one.is_tied else ""
        decisions[one.application_id] = Decided(result, vacancy_id, reason)
    return decisions


def _page(
    campaign_id: UUID,
    form: PageForm,
    candidates: list[Candidate],
    posts: tuple[Posts, ...],
    problem: str = "",
    standing: PanelStanding | None = None,
) -> str:
    standing = standing or unchecked(campaign_id)
    first = next((one for one in candidates if not (one.is_withdrawn or one.is_out)), None)
    return render_template(
        "panel/outcomes/decide.html",
        campaign_id=campaign_id,
        standing=standing,
        form=form,
        candidates=candidates,
        posts=posts,
        more=[{"text": problem, "href": f"#result_{first.key}" if first else "#decide"}] if problem else [],
    )


@panel.post("/campaigns/<uuid:campaign_id>/interviews/merit")
@allow(Permission.DECIDE_OUTCOMES)
def merit(campaign_id: UUID) -> Any:
    """The order of merit with names: the answer to a button, since each showing is on the trail."""
    standing = unchecked(campaign_id)
    if has_reached(standing.state, CampaignState.DECIDED):
        return redirect(url_for("panel.decided", campaign_id=campaign_id), 303)
    candidates, posts = _read(campaign_id)
    form = _make_form(candidates, posts)
    return _page(campaign_id, form, candidates, posts, standing=standing)


@panel.post("/campaigns/<uuid:campaign_id>/interviews/outcomes")
@allow(Permission.DECIDE_OUTCOMES)
def decide(campaign_id: UUID) -> Any:
    candidates, posts = _read(campaign_id)
    form = _make_form(candidates, posts)
    if not form.validate():
        return _page(campaign_id, form, candidates, posts), 400
    try:
        with writing() as session:
            decide_outcomes(
                session,
                actor=acting(),
                desk=staff_desk(),
                campaign_id=campaign_id,
                decisions=_decisions(form, candidates, posts),
                names={one.application_id: one.name for one in candidates},
            )
    except Invalid as refusal:
        return _page(campaign_id, form, candidates, posts, refusal.sentence), refusal.status
    return redirect(url_for("panel.decided", campaign_id=campaign_id), 303)


@panel.get("/campaigns/<uuid:campaign_id>/interviews/outcomes")
@allow(Permission.DECIDE_OUTCOMES)
def decided(campaign_id: UUID) -> Any:
    standing = unchecked(campaign_id)
    if not has_reached(standing.state, CampaignState.DECIDED):
        return redirect(url_for("panel.home", campaign_id=campaign_id), 303)
    return render_template("panel/outcomes/decided.html", campaign_id=campaign_id, standing=standing)


@panel.get("/campaigns/<uuid:campaign_id>/interviews/merit")
@allow(Permission.DECIDE_OUTCOMES)
def merit_by_link(campaign_id: UUID) -> Any:
    return redirect(url_for("panel.home", campaign_id=campaign_id), 303)
