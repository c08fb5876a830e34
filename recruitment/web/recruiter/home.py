"""The first screen of the staff site: what waits for one, then one row for each of one's campaigns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for

from recruitment.rules.campaigns import STATE_TITLES, CampaignKind, CampaignState
from recruitment.rules.delays import held_up_by, sift_coverage, why_late
from recruitment.rules.permissions import ROLE_TITLES, Permission, Role, permissions_of
from recruitment.rules.rights import TO_DECIDE
from recruitment.rules.rights_work import TASK_TITLES
from recruitment.rules.waiting import (
    CLOSED_TITLE,
    FINISHED,
    RUNNING,
    Place,
    action_task,
    next_date_of,
    recruiter_task,
    report_task,
    right_task,
    stage_of,
    tasks_of,
)
from recruitment.services.actions import ReadAction, list_due_actions
from recruitment.services.audit_reading import ListedAudit, read_audits
from recruitment.services.governance_calendar import Due, list_due_now
from recruitment.services.paper_letters import count_paper_letters
from recruitment.services.recruiters import WithoutRecruiter, list_without_recruiter
from recruitment.services.rights_decisions import WaitingRequest, list_waiting
from recruitment.services.waiting import FirstScreen, Key, OwnCampaign, Wanted, read_first_screen
from recruitment.web.access import Audience, allow, reading, roles_here
from recruitment.web.filters import in_words
from recruitment.web.recruiter import recruiter
from recruitment.web.recruiter.links import way_to, way_to_naming, way_to_report, way_to_right, way_to_scoring
from recruitment.web.recruiter.words import KIND_TITLES
from recruitment.web.site import acting, staff_desk

_CLOSED = "closed"
_MOST_TASKS = 10
_MOST_WORDS = 8
_OWN_PAGES = {
    Place.CAMPAIGN: "recruiter.campaign",
    Place.ELIGIBILITY: "recruiter.eligibility",
    Place.OUTSIDE_SCORERS: "recruiter.outside_scorers",
    Place.SECOND_LOOK: "recruiter.second_look",
    Place.SAMPLES: "recruiter.sample_answers",
    Place.CLOSING_TIMES: "recruiter.closing_times",
    Place.SIFT: "recruiter.sift",
    Place.RANKING: "recruiter.ranking",
    Place.SHORTLIST: "recruiter.shortlist",
    Place.BOOKINGS: "recruiter.bookings",
    Place.CHECKLIST: "recruiter.quality_checklist",
}
_OTHERS_PAGES = {Place.AGREEMENT: "agreement", Place.PANEL: "interviews", Place.RELEASE: "release"}


@dataclass(frozen=True)
class Waiting:
    """One line of "Waits for you"; `due`: None without a date."""

    words: str
    href: str
    campaign: str
    due: date | None
    is_over: bool


@dataclass(frozen=True)
class OwnRow:
    """`next`: the next date in words; `late`: why the campaign is in trouble; `links`: (words, page) to read."""

    id: UUID
    title: str
    about: str
    stage: str
    next: str
    held_up_by: str
    coverage: str
    late: str
    has_page: bool
    is_recruiter: bool
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Filters:
    """What the address asks for, and the choices of each list as (value, words)."""

    words: str
    stage: str
    role: str
    kind: str
    is_finished: bool
    stages: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]

    @property
    def is_set(self) -> bool:
        return bool(self.words or self.stage or self.role or self.kind)

    def address(self, **more: str) -> str:
        """The first screen's address with these filters, and more."""
        asked = {"words": self.words, "stage": self.stage, "role": self.role, "kind": self.kind}
        asked["list"] = "finished" if self.is_finished else ""
        values: dict[str, Any] = {name: value for name, value in (asked | more).items() if value}
        return url_for("recruiter.home", **values)


@recruiter.get("/")
@allow(Audience.STAFF)
def home() -> str:
    now = staff_desk().now
    filters = read_filters()
    screen = read_first_screen(reading(), actor=acting(), now=now, wanted=_wanted(filters))
    due = list_due_actions(reading(), actor=acting(), today=now.date())
    reports = list_due_now(reading(), actor=acting(), today=now.date())
    cycle = read_audits(reading(), actor=acting(), today=now.date())
    held = roles_here()
    is_administrator = Role.ADMINISTRATOR in held
    alone = list_without_recruiter(reading(), actor=acting()) if is_administrator else []
    rights = list_waiting(reading(), actor=acting()) if is_administrator else []
    # So that none is forgotten: administrators, and whoever has no campaign here, are told of those they may post.
    is_told = is_administrator or not screen.listed
    papers = count_paper_letters(reading(), actor=acting()) if is_told else 0
    return show_first_screen(filters, screen, due, reports, cycle.audits, held, now, alone, papers, rights)


def show_first_screen(
    filters: Filters,
    screen: FirstScreen,
    due: list[ReadAction],
    reports: list[Due],
    audits: Iterable[ListedAudit],
    held: frozenset[Role],
    now: datetime,
    alone: Iterable[WithoutRecruiter] = (),
    papers: int = 0,
    rights: Iterable[WaitingRequest] = (),
) -> str:
    """The page from what was read; `held`: roles in the organisation itself.

    `alone` and `rights`: for administrators, campaigns without a recruiter and requests of candidates; `papers`:
    how many letters the reader may post.
    """
    waiting = [*_left_alone(alone), *_waiting(screen, due, reports, rights, now)]
    late = [row for row in (_row(one, now) for one in screen.work) if row.late]
    is_all = request.args.get("waits") == "all"
    rows = [_row(one, now) for one in screen.listed]
    return render_template(
        "recruiter/home/home.html",
        waiting=waiting if is_all else waiting[:_MOST_TASKS],
        more_waits=0 if is_all else max(0, len(waiting) - _MOST_TASKS),
        screen=screen,
        late=late,
        rows=rows,
        # Only those who arrange sifts read how far they are, and who holds them up.
        is_recruiter=any(row.is_recruiter for row in rows),
        filters=filters,
        first=filters.address() if request.args.get("after") else "",
        next=filters.address(after=_in_address(screen.next)) if screen.next else "",
        offers_new=_is_offered_new(held, [*screen.work, *screen.listed]),
        papers=papers,
        audits=[one for one in audits if one.is_mine and one.completed_at is None],
    )


def read_filters() -> Filters:
    is_finished = request.args.get("list") == "finished"
    titles = [(str(state), STATE_TITLES[state]) for state in (FINISHED if is_finished else RUNNING)]
    if not is_finished:
        titles.insert(2, (_CLOSED, CLOSED_TITLE))
    roles = [(str(role), ROLE_TITLES[role]) for role in Role if role is not Role.ADMINISTRATOR]
    kinds = [(str(kind), words.partition(":")[0]) for kind, words in KIND_TITLES.items()]

    def chosen(name: str, among: list[tuple[str, str]]) -> str:
        asked = request.args.get(name, "")
        return asked if asked in dict(among) else ""

    return Filters(
        " ".join(request.args.get("words", "").replace("\x00", "").split()[:_MOST_WORDS])[:200],
        chosen("stage", titles),
        chosen("role", roles),
        chosen("kind", kinds),
        is_finished,
        tuple(titles),
        tuple(roles),
        tuple(kinds),
    )


def _wanted(filters: Filters) -> Wanted:
    state = CampaignState.OPEN if filters.stage == _CLOSED else filters.stage
    return Wanted(
        tuple(filters.words.split()),
        CampaignState(state) if state else None,
        filters.stage == _CLOSED,
        Role(filters.role) if filters.role else None,
        CampaignKind(filters.kind) if filters.kind else None,
        filters.is_finished,
        _key(request.args.get("after", "")),
    )


def _in_address(key: Key) -> str:
    return f"{key.closes_at:%Y%m%dT%H%M%S.%fZ}{key.id.hex}"


def _key(typed: str) -> Key | None:
    """Where a page ended; an address that somebody changed begins at the start again."""
    at, _, key = typed.partition("Z")
    try:
        return Key(datetime.strptime(f"{at}+0000", "%Y%m%dT%H%M%S.%f%z"), UUID(hex=key))
    except ValueError:
        return None


def _is_offered_new(held: frozenset[Role], own: list[OwnCampaign]) -> bool:
    """Whoever only watches or scores would take the button for a part of their work."""
    held = held.union(*(campaign.standing.roles for campaign in own))
    return not held or bool(held & {Role.ADMINISTRATOR, Role.RECRUITER})


def _waiting(
    screen: FirstScreen, due: list[ReadAction], reports: list[Due], rights: Iterable[WaitingRequest], now: datetime
) -> list[Waiting]:
    """What waits across campaigns, by due date; what has none comes last."""
    today = now.date()
    found = [
        Waiting(
            task.words,
            _href(task.place, one.id),
            one.title,
            task.due,
            task.due is not None and task.due < today,
        )
        for one in screen.work
        for task in tasks_of(one.standing, now)
    ]
    for action in due:
        task = action_task(action.text)
        href = url_for("recruiter.action", action_id=action.id)
        found.append(Waiting(task.words, href, "Action plan", task.due, action.text.due < today))
    for report in reports:
        task = report_task(report.title, report.group, report.due)
        href = way_to_report(report.entry_id, report.period.last)
        found.append(Waiting(task.words, href, "Governance calendar", task.due, report.due < today))
    for one in rights:
        task = right_task(TASK_TITLES[one.kind], one.reference, one.due_on)
        href = way_to_right(one.id, one.kind in TO_DECIDE)
        found.append(Waiting(task.words, href, "Requests by right", task.due, one.due_on < today))
    return sorted(found, key=lambda one: one.due or date.max)


def _left_alone(alone: Iterable[WithoutRecruiter]) -> list[Waiting]:
    href = way_to_naming()
    return [Waiting(recruiter_task().words, href, one.title, None, False) for one in alone]


def _href(place: Place, campaign_id: UUID) -> str:
    if place is Place.SCORING_SITE:
        return way_to_scoring()
    if place is Place.CLEARANCE:
        return url_for("recruiter.clearance_queue", campaign=campaign_id)
    if place in _OTHERS_PAGES:
        return way_to(_OTHERS_PAGES[place], campaign_id)
    return url_for(_OWN_PAGES[place], campaign_id=campaign_id)


def _row(campaign: OwnCampaign, now: datetime) -> OwnRow:
    standing = campaign.standing
    roles = standing.roles
    is_recruiter = Role.RECRUITER in roles
    about = [] if campaign.kind is CampaignKind.EXTERNAL else [KIND_TITLES[campaign.kind]]
    about += [ROLE_TITLES[role] for role in Role if role in roles and role is not Role.RECRUITER]
    dated = next_date_of(standing, now)
    share = sift_coverage(standing) if is_recruiter else None
    return OwnRow(
        campaign.id,
        campaign.title,
        ", ".join(about),
        stage_of(standing, now),
        f"{dated[0]} {in_words(dated[1])}" if dated else "",
        held_up_by(standing, now) if is_recruiter else "",
        "" if share is None else f"{share}%",
        why_late(standing, now) if is_recruiter else "",
        Permission.SEE_CAMPAIGN in permissions_of(roles),
        is_recruiter,
        tuple(_links(campaign)),
    )


def _links(campaign: OwnCampaign) -> Any:
    roles = campaign.standing.roles
    if Role.AUDITOR in roles:
        yield "Read the trail", way_to("trail", campaign.id)
    if Role.ANALYST in roles and campaign.standing.state is CampaignState.RELEASED:
        yield "See the released funnel", way_to("release", campaign.id)
    if Permission.SEE_CAMPAIGN not in permissions_of(roles):
        yield "You score on the scoring site", way_to_scoring()
