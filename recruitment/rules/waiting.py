"""What waits for somebody in a campaign. Due dates are the campaign's own: opening, closing and interviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from recruitment.rules.actions import ActionText
from recruitment.rules.campaigns import STATE_TITLES, CampaignState
from recruitment.rules.permissions import PANEL_ROLES, Role

RUNNING = tuple(CampaignState)[: tuple(CampaignState).index(CampaignState.DECIDED)]
FINISHED = tuple(state for state in CampaignState if state not in RUNNING)
CLOSED_TITLE = "Closed for applications"
LONGEST_WORDS = 120
SIGNED_TITLE = "Closed, checklist signed"
SAMPLES_WITHIN = timedelta(days=7)  # before closing; after it, the page that opens the sift says what is missing
_UK = ZoneInfo("Europe/London")
_CLEARERS = frozenset({Role.RECRUITER, Role.CLEARER})
_SECONDS = frozenset({Role.PANEL_CHAIR, Role.DEPUTY})


class Place(StrEnum):
    """The page where something is done."""

    CAMPAIGN = "campaign"
    CLEARANCE = "clearance"
    ELIGIBILITY = "eligibility"
    OUTSIDE_SCORERS = "outside_scorers"
    CLOSING_TIMES = "closing_times"
    SAMPLES = "samples"
    SECOND_LOOK = "second_look"
    SIFT = "sift"
    RANKING = "ranking"
    SHORTLIST = "shortlist"
    BOOKINGS = "bookings"
    SCORING_SITE = "scoring_site"
    AGREEMENT = "agreement"
    PANEL = "panel"
    RELEASE = "release"
    CHECKLIST = "checklist"
    ACTION = "action"
    REPORT = "report"
    RECRUITERS = "recruiters"
    RIGHTS = "rights"


@dataclass(frozen=True)
class Standing:
    """Where a campaign stands, and one person's part in it.

    `to_clear`, `to_look` (texts for the second look), `to_score`, `samples_to_score`, `to_moderate` and
    `to_interview` are what is left for this person; `samples_to_write`, `scores_wanted`, `scores_given`,
    `in_moderation`, `to_check` (applications whose requirements nobody has checked), `in_first_sift`
    (applications), `to_settle` (those of them that came back to it once it was closed, and are scored), `unfilled`
    (answers that lack a scorer, whom a recruiter must find), `to_book` (interviews without a day) and `to_mark`
    (tests whose marks do not stand yet) are of the whole campaign. Requests for more time (`more_time_asked`) and
    new closing times (`closings_to_agree`) wait for this person. Of people from outside, `scorers_to_decide` wait
    for this person, `scorers_asked` for the second person whom this one asked, and `scorers_not_set_up` have a
    link that they have not used. Each is nought for those whose roles have no part in it.
    """

    state: CampaignState
    opens_at: datetime
    closes_at: datetime
    interviews_from: date | None
    interviews_until: date | None
    roles: frozenset[Role]
    is_reveal_asked: bool = False
    asked_reveal_myself: bool = False
    to_clear: int = 0
    to_look: int = 0
    to_check: int = 0
    scorers_to_decide: int = 0
    scorers_asked: int = 0
    scorers_not_set_up: int = 0
    more_time_asked: int = 0
    closings_to_agree: int = 0
    to_score: int = 0
    samples_to_score: int = 0
    samples_to_write: int = 0
    to_moderate: int = 0
    to_interview: int = 0
    scores_wanted: int = 0
    scores_given: int = 0
    in_moderation: int = 0
    in_first_sift: int = 0
    to_settle: int = 0
    unfilled: int = 0
    to_book: int = 0
    to_mark: int = 0
    has_signed_checklist: bool = False

    @property
    def closing_day(self) -> date:
        return self.closes_at.astimezone(_UK).date()

    @property
    def opening_day(self) -> date:
        return self.opens_at.astimezone(_UK).date()

    @property
    def is_scored(self) -> bool:
        return self.scores_given >= self.scores_wanted

    @property
    def is_mine(self) -> bool:
        """Whether this person runs the campaign."""
        return Role.RECRUITER in self.roles

    def closes_within(self, span: timedelta, now: datetime) -> bool:
        """Whether applications are open and close in no more than that."""
        return self.state is CampaignState.OPEN and now < self.closes_at <= now + span

    def is_closed(self, now: datetime) -> bool:
        return self.state is CampaignState.OPEN and now >= self.closes_at


@dataclass(frozen=True)
class Task:
    """One thing that waits; `due`: None where the campaign has no date for it."""

    words: str
    place: Place
    due: date | None


def action_task(action: ActionText) -> Task:
    """An action of a plan that is due, as whoever is reminded of it reads it."""
    words = action.what if len(action.what) <= LONGEST_WORDS else f"{action.what[: LONGEST_WORDS - 1]}…"
    return Task(" ".join(words.split()), Place.ACTION, action.due)


def report_task(title: str, group: str, due: date) -> Task:
    """A group's report that is due, as those who keep the calendar read it."""
    return Task(f"{title}, for {group}", Place.REPORT, due)


def right_task(title: str, reference: str, due: date) -> Task:
    """A request by right, as administrators read it; the law gives one month."""
    return Task(f"{title}: {reference}" if reference else title, Place.RIGHTS, due)


def recruiter_task() -> Task:
    """For administrators, in a campaign that nobody can go on with."""
    return Task("Name a recruiter: none can sign in any more", Place.RECRUITERS, None)


def counted(number: int, singular: str) -> str:
    return f"{number:,} {singular if number == 1 else singular + 's'}"


def stage_of(standing: Standing, now: datetime) -> str:
    if standing.has_signed_checklist:
        return SIGNED_TITLE
    return CLOSED_TITLE if standing.is_closed(now) else STATE_TITLES[standing.state]


def tasks_of(standing: Standing, now: datetime) -> tuple[Task, ...]:
    """What this person has to do, in the order of the process."""
    found = (
        *_to_prepare(standing, now),
        *_to_let_in(standing),
        *_to_move(standing),
        *_to_sift(standing),
        *_to_shortlist(standing),
        *_to_interview(standing),
    )
    if Role.ANALYST in standing.roles and standing.state is CampaignState.TALLIED:
        found = (*found, Task("Funnel to release", Place.RELEASE, None))
    if standing.is_mine and standing.state in FINISHED and not standing.has_signed_checklist:
        found = (*found, Task("Close the campaign with its checklist", Place.CHECKLIST, None))
    return found


def _to_prepare(standing: Standing, now: datetime) -> list[Task]:
    is_recruiter = Role.RECRUITER in standing.roles
    found = []
    if is_recruiter and standing.state is CampaignState.DRAFT:
        found.append(Task("Prepare the campaign", Place.CAMPAIGN, standing.opening_day))
    if standing.to_clear and standing.roles & _CLEARERS:
        words = f"{counted(standing.to_clear, 'answer')} with passages to clear"
        found.append(Task(words, Place.CLEARANCE, standing.closing_day))
    if is_recruiter and standing.to_check:
        words = f"{counted(standing.to_check, 'application')} whose requirements are to check"
        found.append(Task(words, Place.ELIGIBILITY, _before_scores(standing)))
    if is_recruiter and standing.samples_to_write and standing.closes_within(SAMPLES_WITHIN, now):
        words = f"{counted(standing.samples_to_write, 'sample answer')} to write, or to leave out"
        found.append(Task(words, Place.SAMPLES, standing.closing_day))
    if is_recruiter and standing.is_closed(now) and not standing.to_clear and not standing.to_check:
        found.append(Task("Open the sift", Place.SIFT, standing.closing_day))
    return found


def _before_scores(standing: Standing) -> date | None:
    """Closing, before it; once the sift is open, the first interviews."""
    return standing.interviews_from if standing.state is CampaignState.SIFTING else standing.closing_day


def _to_let_in(standing: Standing) -> list[Task]:
    """People from outside who are to score: for whoever decides, whoever asked, and whoever waits for them."""
    waits = [
        (standing.scorers_to_decide, "to decide on as the second person"),
        (standing.scorers_asked, "waiting for a second person"),
        (standing.scorers_not_set_up if standing.is_mine else 0, "without a sign-in yet"),
    ]
    due = _before_scores(standing)
    return [
        Task(f"{counted(number, 'outside scorer')} {words}", Place.OUTSIDE_SCORERS, due)
        for number, words in waits
        if number
    ]


def _to_move(standing: Standing) -> list[Task]:
    """What a candidate asked for, and what a colleague proposed, of the closing time."""
    found = []
    if standing.more_time_asked:
        words = f"{counted(standing.more_time_asked, 'request')} for more time to answer"
        found.append(Task(words, Place.CLOSING_TIMES, _before_scores(standing)))
    if standing.closings_to_agree:
        many = standing.closings_to_agree
        words = "A new closing time waits" if many == 1 else f"{many} new closing times wait"
        found.append(Task(f"{words} for your agreement", Place.CLOSING_TIMES, _before_scores(standing)))
    return found


def _to_sift(standing: Standing) -> list[Task]:
    due, found = standing.interviews_from, []
    if standing.to_look and standing.roles & _CLEARERS:
        found.append(Task(f"{counted(standing.to_look, 'text')} for the second look", Place.SECOND_LOOK, due))
    if standing.to_score and standing.samples_to_score:
        words = f"{counted(standing.samples_to_score, 'sample answer')} to score first on the scoring site"
        found.append(Task(words, Place.SCORING_SITE, due))
    if standing.to_score:
        words = f"{counted(standing.to_score, 'answer')} to score on the scoring site"
        found.append(Task(words, Place.SCORING_SITE, due))
    if standing.to_moderate:
        words = f"{counted(standing.to_moderate, 'differing score')} to agree on the scoring site"
        found.append(Task(words, Place.SCORING_SITE, due))
    if standing.state is CampaignState.SIFTING and Role.RECRUITER in standing.roles:
        found += _to_arrange(standing)
    return found


def _to_arrange(standing: Standing) -> list[Task]:
    """What keeps the sift from going on and a recruiter alone can do."""
    due, found = standing.interviews_from, []
    if standing.unfilled:
        words = f"{counted(standing.unfilled, 'answer')} to hand to another shortlister"
        found.append(Task(words, Place.SIFT, due))
    if standing.is_scored and not standing.in_moderation and not standing.unfilled:
        then = "close the first sift" if standing.in_first_sift else "lock the scores"
        found.append(Task(f"Arrange moderation, or {then}", Place.SIFT, due))
    elif standing.to_settle:
        words = f"{counted(standing.to_settle, 'application')} on which to close the first sift again"
        found.append(Task(words, Place.SIFT, due))
    return found


_SHORTLISTING = {
    CampaignState.SCORED: ("Draw the interview line", Place.RANKING),
    CampaignState.LINE_SET: ("Resolve Disability Confident and freeze", Place.SHORTLIST),
    CampaignState.FROZEN: ("Ask for the reveal", Place.SHORTLIST),
}


def _to_shortlist(standing: Standing) -> list[Task]:
    due, found = standing.interviews_from, []
    if Role.RECRUITER in standing.roles and standing.state in _SHORTLISTING and not standing.is_reveal_asked:
        found.append(Task(*_SHORTLISTING[standing.state], due))
    may_agree = standing.roles & _SECONDS and not standing.asked_reveal_myself
    if standing.state is CampaignState.FROZEN and standing.is_reveal_asked and may_agree:
        found.append(Task("The reveal waits for your agreement", Place.AGREEMENT, due))
    return found


def _to_interview(standing: Standing) -> list[Task]:
    if standing.state is not CampaignState.REVEALED:
        return []
    found = []
    if Role.RECRUITER in standing.roles and standing.to_mark:
        words = f"Marks of {counted(standing.to_mark, 'stage')}, before interviews are booked"
        found.append(Task(words, Place.CAMPAIGN, standing.interviews_from))
    elif Role.RECRUITER in standing.roles and standing.to_book:
        words = f"{counted(standing.to_book, 'interview')} to book"
        found.append(Task(words, Place.BOOKINGS, standing.interviews_from))
    if standing.roles & PANEL_ROLES and standing.to_interview:
        words = f"{counted(standing.to_interview, 'interview')} to score"
        found.append(Task(words, Place.PANEL, standing.interviews_until))
    elif Role.PANEL_CHAIR in standing.roles:
        found.append(Task("Outcomes to decide", Place.PANEL, standing.interviews_until))
    return found


def next_date_of(standing: Standing, now: datetime) -> tuple[str, date] | None:
    """The campaign's next date in words and as a day; None where nothing is dated any more."""
    if standing.state is CampaignState.DRAFT:
        return "Opens", standing.opening_day
    if standing.state is CampaignState.OPEN and not standing.is_closed(now):
        return "Closes", standing.closing_day
    today = now.astimezone(_UK).date()
    first, last = standing.interviews_from, standing.interviews_until
    if standing.state in FINISHED:
        return None
    if first and (first >= today or not last):
        return "Interviews from", first
    if last:
        return "Interviews until", last
    return ("Closed", standing.closing_day) if standing.state is CampaignState.OPEN else None
