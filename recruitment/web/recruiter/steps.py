"""The steps of a campaign from preparing to release, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from recruitment.rules.calibration import SAMPLES
from recruitment.rules.campaigns import CampaignState, StageKind, has_reached
from recruitment.rules.permissions import Permission
from recruitment.services.adverts import AdvertStanding
from recruitment.services.campaign_plans import CampaignCounts, CampaignFacts, ReadPlan
from recruitment.services.marks import MARKED
from recruitment.services.second_looks import LOOKED_AT_IN
from recruitment.web.access import may
from recruitment.web.filters import counted, moment_in_words
from recruitment.web.recruiter.links import way_to


@dataclass(frozen=True)
class Step:
    """`href` is empty for somebody who has no part in the step; `act` is what the button says.

    `when` says what has to come first, where that is not worked out here.
    """

    title: str
    act: str
    who: str
    href: str
    is_done: bool
    is_current: bool
    hint: str = ""
    when: str = "Cannot start yet"

    @property
    def status(self) -> str:
        if self.is_done:
            return "Done"
        return "Can be done now" if self.is_current else self.when


@dataclass(frozen=True)
class Section:
    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Standing:
    """What the steps are worked out from; `plan` only for those who may read it.

    `marked`: the positions of the stages whose marks stand.
    """

    facts: CampaignFacts
    counts: CampaignCounts
    plan: ReadPlan | None
    to_clear: int
    now: datetime
    advert: AdvertStanding | None = None
    marked: frozenset[int] = frozenset()

    @property
    def is_closed(self) -> bool:
        return self.now >= self.facts.closes_at

    def has_reached(self, state: CampaignState) -> bool:
        return has_reached(self.facts.state, state)

    def is_at(self, *states: CampaignState) -> bool:
        return self.facts.state in states


def next_step(sections: tuple[Section, ...]) -> Step | None:
    return next((s for section in sections for s in section.steps if s.is_current and not s.is_done), None)


def sections_of(standing: Standing) -> tuple[Section, ...]:
    return (
        Section("Prepare", (*_preparing(standing), _opening(standing))),
        Section("Clear and sift", _sifting(standing)),
        Section("Shortlist", _shortlisting(standing)),
        Section("Interview and decide", _deciding(standing)),
        Section("Publish the funnel", _publishing(standing)),
    )


def _own(standing: Standing, endpoint: str, permission: Permission) -> str:
    campaign_id = standing.facts.id
    return url_for(endpoint, campaign_id=campaign_id) if may(permission, campaign_id) else ""


def _elsewhere(standing: Standing, page: str, permission: Permission) -> str:
    campaign_id = standing.facts.id
    return way_to(page, campaign_id) if may(permission, campaign_id) else ""


def _preparing(standing: Standing) -> list[Step]:
    draft, plan, edit = standing.is_at(CampaignState.DRAFT), standing.plan, Permission.EDIT_CAMPAIGN
    opened = standing.has_reached(CampaignState.OPEN)
    vacancies = bool(plan and plan.vacancies)
    questions = bool(plan and plan.questions)
    scored = bool(plan and plan.criteria and all(c.guide for c in plan.criteria))
    scored = scored and bool(plan) and all(question.criteria for question in plan.questions)
    enough = standing.counts.shortlisters >= standing.facts.shortlisters_per_answer
    wanted = counted(standing.facts.shortlisters_per_answer, "shortlister")
    entries = (
        ("Details", "recruiter.details", True, ""),
        ("Vacancies", "recruiter.vacancies", vacancies, ""),
        ("Questions", "recruiter.questions", questions, ""),
        ("Criteria and scoring guide", "recruiter.criteria", scored, "Every question needs a criterion"),
        ("People", "recruiter.people", enough, f"At least {wanted}"),
    )
    return [
        Step(title, title, "recruiter", _own(standing, endpoint, edit), is_done or opened, draft,
             "" if is_done or opened else hint)
        for title, endpoint, is_done, hint in entries
    ] + [_planning_first_sift(standing), _requiring(standing), _sample_answers(standing),
         _checking_advert(standing)]  # fmt: skip


def _planning_first_sift(standing: Standing) -> Step:
    """Nothing waits for it: only where very many are expected."""
    opened, plan = standing.has_reached(CampaignState.OPEN), standing.plan
    is_planned = bool(plan and any(stage.kind is StageKind.FIRST_SIFT for stage in plan.stages))
    return Step("First sift", "Plan a first sift", "recruiter",
                _own(standing, "recruiter.first_sift", Permission.EDIT_CAMPAIGN), is_planned, False,
                when="None" if opened else "Only where very many will apply")  # fmt: skip


def _requiring(standing: Standing) -> Step:
    """Nothing waits for it: most campaigns require nothing that has to be checked first."""
    opened = standing.has_reached(CampaignState.OPEN)
    return Step("Requirements", "Requirements", "recruiter",
                _own(standing, "recruiter.requirements", Permission.EDIT_CAMPAIGN),
                bool(standing.counts.requirements), False,
                when="None" if opened else "Only where the job has any")  # fmt: skip


def _checking_advert(standing: Standing) -> Step:
    """Offered while it is prepared and after: what is open waits for a person, whatever the campaign does."""
    advert, title = standing.advert, "Check of the advert and questions"
    href = _own(standing, "recruiter.advert_check", Permission.EDIT_CAMPAIGN)
    hint = f"{counted(advert.open, 'hit')} open" if advert and advert.open else ""
    return Step(title, "Check the advert and questions", "recruiter", href, bool(advert and advert.is_done),
                standing.is_at(CampaignState.DRAFT), hint,
                "Can still be done" if href else "Cannot start yet")  # fmt: skip


def _sample_answers(standing: Standing) -> Step:
    """Offered until the sift opens; nothing waits for it."""
    written, wanted = standing.counts.samples, SAMPLES
    is_left_out = standing.facts.samples_left_out_at is not None
    is_open = standing.is_at(CampaignState.DRAFT, CampaignState.OPEN)
    hint = "Left out" if is_left_out else f"{written} of {wanted} written" if written else "Can be left out"
    when = "Can be done now" if is_open else "Left out"
    return Step("Sample answers for shortlisters", "Write the sample answers", "recruiter",
                _own(standing, "recruiter.sample_answers", Permission.EDIT_CAMPAIGN),
                is_left_out or written >= wanted, False, hint if is_open or written else "", when)  # fmt: skip


def _opening(standing: Standing) -> Step:
    href = _own(standing, "recruiter.open_page", Permission.EDIT_CAMPAIGN)
    opened = standing.has_reached(CampaignState.OPEN)
    draft = standing.is_at(CampaignState.DRAFT)
    return Step("Open the campaign", "Open the campaign", "recruiter", "" if opened else href, opened, draft)


def _sifting(standing: Standing) -> tuple[Step, ...]:
    is_open, sifting = standing.is_at(CampaignState.OPEN), standing.is_at(CampaignState.SIFTING)
    sifted, scored = standing.has_reached(CampaignState.SIFTING), standing.has_reached(CampaignState.SCORED)
    page = _own(standing, "recruiter.sift", Permission.SEE_COVERAGE)
    coverage = page if sifted else ""
    cleared = sifted or (is_open and standing.is_closed and not standing.to_clear)
    if is_open and standing.to_clear:
        hint = f"{counted(standing.to_clear, 'answer')} {'waits' if standing.to_clear == 1 else 'wait'}"
    else:
        hint = "Nothing waits at the moment" if is_open else ""
    clearing = _own(standing, "recruiter.clearance", Permission.CLEAR_PASSAGES) if is_open else ""
    when = f"After applications close, {moment_in_words(standing.facts.closes_at)}"
    if sifted or (is_open and standing.is_closed):
        when = ""
    return (
        *_checking_eligibility(standing),
        Step("Clear passages", "Clear passages", "clearer", clearing, cleared,
             is_open and bool(standing.to_clear), hint),
        Step("Open the sift", "Open the sift", "recruiter", page if is_open else "", sifted,
             is_open and standing.is_closed, when),
        *_first_sift(standing, page),
        Step("Scores and moderation", "See the scores and moderation", "recruiter", coverage, scored, sifting),
        _second_look(standing),
        Step("Lock the scores", "Lock the scores", "recruiter", coverage, scored, False,
             when="When all scores are in and agreed" if sifting else "Cannot start yet"),
    )  # fmt: skip


def _first_sift(standing: Standing, page: str) -> tuple[Step, ...]:
    """Where one is held, from the opening of the sift on: the full sift waits for it."""
    if not standing.counts.first_sift_held or not standing.has_reached(CampaignState.SIFTING):
        return ()
    still = standing.counts.in_first_sift
    return (
        Step("Close the first sift", "See the first sift", "recruiter", page, not still,
             standing.is_at(CampaignState.SIFTING) and bool(still),
             f"{counted(still, 'application')} in it" if still else ""),
    )  # fmt: skip


def _checking_eligibility(standing: Standing) -> tuple[Step, ...]:
    """Where the campaign requires anything: it comes first, since the sift waits for it."""
    counts = standing.counts
    is_open = standing.is_at(CampaignState.OPEN) or (
        standing.is_at(CampaignState.SIFTING) and bool(counts.to_check)
    )
    if not counts.requirements or standing.is_at(CampaignState.DRAFT):
        return ()
    href = _own(standing, "recruiter.eligibility", Permission.CHECK_ELIGIBILITY) if is_open else ""
    hint = f"{counted(counts.to_check, 'application')} to check" if is_open and counts.to_check else ""
    is_done = not is_open or (standing.is_closed and not counts.to_check)
    return (
        Step("Check requirements", "Check requirements", "recruiter", href, is_done,
             is_open and bool(counts.to_check), hint),
    )  # fmt: skip


def _second_look(standing: Standing) -> Step:
    """Offered from the opening of the sift to the reveal; nothing waits for it."""
    counts, is_open = standing.counts, standing.is_at(*LOOKED_AT_IN)
    href = _own(standing, "recruiter.second_look", Permission.TAKE_SECOND_LOOK) if is_open else ""
    far = f"{counts.looked} of {counted(counts.looks, 'text')} looked at"
    is_done = bool(counts.looks) and not (counts.to_look if is_open else counts.looks - counts.looked)
    if standing.has_reached(CampaignState.REVEALED):
        when = "Not taken" if counts.looks and not counts.looked else "Not finished"
    else:
        when = "Can still be done" if is_open else "Cannot start yet"
    return Step("Second look at some texts", "Take the second look", "clearer", href, is_done,
                standing.is_at(CampaignState.SIFTING) and bool(counts.to_look), far if counts.looks else "",
                when)  # fmt: skip


def _shortlisting(standing: Standing) -> tuple[Step, ...]:
    state, facts = CampaignState, standing.facts
    line = _own(standing, "recruiter.ranking", Permission.SET_INTERVIEW_LINE)
    ranked = standing.is_at(state.SCORED, state.LINE_SET)
    frozen, revealed = standing.has_reached(state.FROZEN), standing.has_reached(state.REVEALED)
    shortlist = _own(standing, "recruiter.shortlist", Permission.FREEZE_SHORTLIST)
    asked = facts.reveal_asked_by is not None
    agree = _elsewhere(standing, "agreement", Permission.AGREE_REVEAL)
    return (
        Step("Ranking and interview line", "Draw the interview line", "recruiter", line if ranked else "",
             standing.has_reached(state.LINE_SET), standing.is_at(state.SCORED)),
        Step("Disability Confident and freeze", "Resolve Disability Confident and freeze", "recruiter",
             shortlist if standing.has_reached(state.LINE_SET) else "", frozen, standing.is_at(state.LINE_SET)),
        Step("Ask for the reveal", "Ask for the reveal", "recruiter", shortlist if frozen else "",
             asked, standing.is_at(state.FROZEN)),
        Step("A second person agrees", "Agree to the reveal", "panel chair or named deputy",
             agree if standing.is_at(state.FROZEN) and asked else "", revealed,
             standing.is_at(state.FROZEN) and asked),
    )  # fmt: skip


def _deciding(standing: Standing) -> tuple[Step, ...]:
    state, facts = CampaignState, standing.facts
    decided, revealed = standing.has_reached(state.DECIDED), standing.is_at(state.REVEALED)
    stages = standing.plan.stages if standing.plan else ()
    arranged = bool(facts.inclusion_question.strip()) or decided
    steps = [
        Step("Panel and inclusion question", "Arrange the panel", "recruiter",
             _own(standing, "recruiter.panel_page", Permission.ARRANGE_PANEL), arranged, revealed,
             "Needed before the panel scores" if not arranged and stages else ""),
        Step("Score interviews", "Score interviews", "panel",
             _elsewhere(standing, "interviews", Permission.SCORE_INTERVIEWS) if revealed else "",
             decided, revealed),
        Step("Outcomes", "Decide the outcomes", "panel chair",
             _elsewhere(standing, "outcomes", Permission.DECIDE_OUTCOMES) if revealed else "",
             decided, revealed),
    ]  # fmt: skip
    steps[1:1] = _marking(standing)
    told = _own(standing, "recruiter.letters", Permission.WRITE_TO_CANDIDATES)
    named = standing.has_reached(state.REVEALED)
    steps.append(Step("Letters to candidates", "Write to candidates", "recruiter", told if named else "", False,
                      False, when="Can be done now" if named else "Once names are revealed"))  # fmt: skip
    has_interview = not stages or any(stage.kind is StageKind.INTERVIEW for stage in stages)
    return tuple(steps if has_interview else steps[-2:])


def _marking(standing: Standing) -> list[Step]:
    """A test or an assessment day, in their order: interviews are booked once its marks stand."""
    revealed, decided = standing.is_at(CampaignState.REVEALED), standing.has_reached(CampaignState.DECIDED)
    campaign_id = standing.facts.id
    is_own = revealed and may(Permission.ARRANGE_PANEL, campaign_id)
    return [
        Step(f"{stage.name}: times and marks", f"{stage.name}: offer times and enter marks", "recruiter",
             url_for("recruiter.marks", campaign_id=campaign_id, position=stage.position) if is_own else "",
             stage.position in standing.marked or decided, revealed)
        for stage in (standing.plan.stages if standing.plan else ())
        if stage.kind in MARKED
    ]  # fmt: skip


def _publishing(standing: Standing) -> tuple[Step, ...]:
    state = CampaignState
    tallied = standing.has_reached(state.TALLIED)
    release = _elsewhere(standing, "release", Permission.RELEASE_FUNNEL) if tallied else ""
    decided, ended = standing.is_at(state.DECIDED), standing.has_reached(state.DECIDED)
    closed = standing.facts.closed_at is not None
    return (
        Step("Tally", "Tally the equality answers", "system", "", tallied, decided,
             "Happens by itself" if not tallied else ""),
        Step("Release", "Release the funnel", "analyst", release,
             standing.has_reached(state.RELEASED), standing.is_at(state.TALLIED)),
        Step("Checklist", "Go through the checklist, and close the campaign", "recruiter",
             _own(standing, "recruiter.quality_checklist", Permission.SIGN_QUALITY_CHECKLIST) if ended else "",
             closed, ended and not closed),
    )  # fmt: skip
