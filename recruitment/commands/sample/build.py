"""Builds a sample campaign step by step, through the services that people use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from random import Random
from uuid import UUID

from recruitment.commands.sample.applying import Building, Say, apply_all
from recruitment.commands.sample.cast import PARTS, Parts, SampleCast
from recruitment.commands.sample.interviewing import prepare_interviews
from recruitment.commands.sample.looking import tell_of_texts
from recruitment.commands.sample.planning import Stages, plan_campaign
from recruitment.commands.sample.scoring import agree_moderation, score_interviews, score_sift
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.outcomes import Outcome
from recruitment.rules.permissions import Role
from recruitment.services import (
    campaigns,
    coverage,
    moderation,
    outcomes,
    rankings,
    releases,
    reveals,
    shortlists,
    sift,
)
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.tallies import tally_campaign
from recruitment.store.campaigns import list_vacancies


def build_campaign(
    desk: StaffDesk,
    cast: SampleCast,
    *,
    set_clock: Callable[[timedelta], None],
    title: str = "Casework officer",
    until: CampaignState = CampaignState.RELEASED,
    applications: int = 60,
    seed: int = 1,
    unlinked: bool = True,
    equality_seed: int = 0,
    parts: Parts = PARTS,
    is_booked: bool = True,
    between: Stages = (),
    lead: str = "",
    say: Say = lambda line: None,
) -> UUID:
    """A campaign that has reached `until`; `set_clock` moves the desk's clock to an offset from its start.

    `is_booked`: whether interviews are booked once names are revealed; `between`: stages before the interview;
    `lead`: the criterion of a first sift that is planned, where there is one.
    Three questions, each scored against a criterion of its own; a sift and an interview; two posts.
    """
    set_clock(timedelta())
    random = Random(seed)  # noqa: S311 - the sample must be the same every time
    campaign_id = plan_campaign(desk, cast, title, unlinked, parts, between, lead)
    building = Building(desk, cast, campaign_id, random, {}, say, Random(equality_seed), parts)  # noqa: S311
    say(f"campaign “{title}” planned: three questions, criteria with scoring guides, two stages")
    if until is CampaignState.DRAFT:
        return campaign_id
    with desk.sessions.writing() as session:
        campaigns.open_campaign(session, actor=cast.actor("recruiter"), desk=desk, campaign_id=campaign_id)
    set_clock(timedelta(days=1))
    apply_all(building, applications)
    if until is not CampaignState.OPEN:
        set_clock(timedelta(days=15))
        _sift(building, until)
        _shortlist(building, until, set_clock, is_booked)
        _interview(building, until, set_clock)
    return campaign_id


def _sift(building: Building, until: CampaignState) -> None:
    desk, cast, campaign_id = building.desk, building.cast, building.campaign_id
    recruiter = cast.actor("recruiter")
    with desk.sessions.writing() as session:
        pairs = sift.open_sift(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    building.say(f"sift opened: {pairs} readings handed out")
    if until is CampaignState.SIFTING:
        return
    scorers = cast.holders(building.parts, Role.SHORTLISTER)
    given = score_sift(desk, campaign_id, scorers, building.abilities, building.random)
    building.say(f"{len(scorers)} shortlisters gave {given} scores, each alone")
    told = tell_of_texts(desk, campaign_id, scorers[0], cast.holders(building.parts, Role.CLEARER)[:1])
    found = f"{told.found} of which told something; {told.reports} reported"
    building.say(f"second look at {told.looked} texts, {found} by a shortlister")
    with desk.sessions.writing() as session:
        arranged = moderation.arrange_moderation(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    agreed = agree_moderation(desk, campaign_id, scorers)
    building.say(f"{arranged} differing scores moderated, {agreed} agreed")
    with desk.sessions.writing() as session:
        coverage.lock_scores(session, actor=recruiter, desk=desk, campaign_id=campaign_id)


def _shortlist(
    building: Building, until: CampaignState, set_clock: Callable[[timedelta], None], is_booked: bool
) -> None:
    if not has_reached(until, CampaignState.LINE_SET):
        return
    desk, cast, campaign_id = building.desk, building.cast, building.campaign_id
    recruiter = cast.actor("recruiter")
    set_clock(timedelta(days=20))
    with desk.sessions.reading() as session:
        ranking = rankings.read_ranking(session, actor=recruiter, campaign_id=campaign_id)
    able = [entry.total for entry in ranking.entries if entry.meets_minimum] or [Fraction(0)]
    line = able[min(len(able) - 1, max(3, len(ranking.entries) // 5))]
    with desk.sessions.writing() as session:
        above = shortlists.set_interview_line(
            session,
            actor=recruiter,
            desk=desk,
            campaign_id=campaign_id,
            line=line,
            reason="The panel has room for two days of interviews.",
        )
    building.say(f"interview line set at {float(line):g}: {above} stand above it")
    if not has_reached(until, CampaignState.FROZEN):
        return
    with desk.sessions.reading() as session:
        resolution = shortlists.resolve_disability_confident(
            session, actor=recruiter, desk=desk, campaign_id=campaign_id
        )
    with desk.sessions.writing() as session:
        shortlists.freeze_shortlist(session, actor=recruiter, desk=desk, resolution=resolution)
    building.say(f"shortlist of {len(resolution.shortlisted)} frozen")
    if not has_reached(until, CampaignState.REVEALED):
        return
    with desk.sessions.writing() as session:
        reveals.ask_reveal(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    chair = cast.panel(building.parts)[0]
    with desk.sessions.writing() as session:
        request = reveals.read_reveal_request(session, actor=chair, campaign_id=campaign_id)
        reveals.agree_reveal(session, actor=chair, desk=desk, campaign_id=campaign_id, digest=request.digest)
    building.say("reveal asked by the recruiter, agreed by the panel chair: names open")
    if is_booked:
        booked = prepare_interviews(desk, campaign_id)
        building.say(f"panel declared and checked against its rules, {booked} interviews booked")


def _interview(building: Building, until: CampaignState, set_clock: Callable[[timedelta], None]) -> None:
    if not has_reached(until, CampaignState.DECIDED):
        return
    desk, cast, campaign_id = building.desk, building.cast, building.campaign_id
    set_clock(timedelta(days=27))
    panel = cast.panel(building.parts)
    interviewed = score_interviews(desk, campaign_id, panel, building.abilities, building.random)
    building.say(f"{interviewed} candidates interviewed, {len(panel)} members scoring each alone")
    chair = cast.panel(building.parts)[0]
    with desk.sessions.reading() as session:
        merit = outcomes.read_merit(session, actor=chair, campaign_id=campaign_id)
        (vacancy,) = list_vacancies(session, campaign_id)
    decisions = {}
    for place, one in enumerate(merit):
        competent = one.result is not None and one.result.meets_minimum
        result = Outcome.NOT_APPOINTED
        if competent:
            result = Outcome.APPOINTED if place < vacancy.posts else Outcome.RESERVE
        reason = "The whole panel judged the evidence on inclusion, and agreed the order."
        decisions[one.application_id] = outcomes.Decided(
            result, vacancy.id if result is Outcome.APPOINTED else None, reason
        )
    with desk.sessions.writing() as session:
        outcomes.decide_outcomes(session, actor=chair, desk=desk, campaign_id=campaign_id, decisions=decisions)
    building.say("outcomes decided in order of merit")
    if not has_reached(until, CampaignState.TALLIED):
        return
    answered = tally_campaign(desk, campaign_id)
    building.say(f"equality answers of {answered} people counted, sealed and erased")
    if until is CampaignState.TALLIED:
        return
    (analyst,) = cast.holders(building.parts, Role.ANALYST)
    with desk.sessions.reading() as session:
        prepared = releases.prepare_release(session, actor=analyst, desk=desk, campaign_id=campaign_id)
    with desk.sessions.writing() as session:
        releases.release_funnel(session, actor=analyst, desk=desk, prepared=prepared)
    building.say(f"funnel released: {len(prepared.tables)} tables under disclosure control")
