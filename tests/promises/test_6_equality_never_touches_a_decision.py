"""Promise 6: equality answers never touch a decision about a person
(Data Protection Act 2018, Schedule 1 paragraph 8(3))."""

from __future__ import annotations

import grimp
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.services import rankings
from recruitment.store.equality import count_rows
from recruitment.store.interviews import Outcome, ShortlistEntry

DECIDE = (
    "recruitment.rules.scoring",
    "recruitment.rules.disability_confident",
    "recruitment.rules.outcomes",
    "recruitment.rules.allocation",
    "recruitment.services.sift",
    "recruitment.services.scores",
    "recruitment.services.moderation",
    "recruitment.services.coverage",
    "recruitment.services.rankings",
    "recruitment.services.shortlists",
    "recruitment.services.sift_counts",
    "recruitment.services.interviews",
    "recruitment.services.outcomes",
    "recruitment.services.reveals",
    "recruitment.rules.tie_breaks",
    "recruitment.services.tie_breaks",
)
KNOW = (
    "recruitment.store.equality",
    "recruitment.vault.opening.equality",
    "recruitment.vault.opening.counts",
    "recruitment.services.equality_answers",
    "recruitment.services.tallies",
    "recruitment.services.releases",
    "recruitment.rules.equality_questions",
    "recruitment.rules.funnel",
)


def test_no_code_that_decides_can_reach_code_that_knows():
    graph = grimp.build_graph("recruitment")
    # The search works: the tally does reach the rows.
    assert graph.chain_exists("recruitment.services.tallies", "recruitment.store.equality")
    # Every table is known to `recruitment.store`; that package's own index is not a way of reading one.
    chains = {
        (decider, knower): chain
        for decider in DECIDE
        for knower in KNOW
        if (chain := graph.find_shortest_chain(decider, knower)) and "recruitment.store" not in chain
    }
    assert chains == {}


def ending(world, equality_seed: int):
    """Totals, shortlist and outcomes of a whole campaign, and the equality answers' own tally."""
    campaign_id = world.campaign(until=CampaignState.DECIDED, applications=20, seed=3, equality_seed=equality_seed)
    with world.staff_desk.sessions.reading() as session:
        totals = rankings.blind_results(session, campaign_id)
        entries = session.scalars(
            select(ShortlistEntry.application_id).where(ShortlistEntry.campaign_id == campaign_id)
        ).all()
        ends = {
            row.application_id: (row.result, row.merit)
            for row in session.scalars(select(Outcome).where(Outcome.campaign_id == campaign_id))
        }
        given = count_rows(session, campaign_id)
    return (totals, sorted(entries), ends), given


def test_two_worlds_that_differ_only_in_equality_answers_shortlist_and_appoint_alike(make_world):
    first, given = ending(make_world(), equality_seed=1)
    second, given_otherwise = ending(make_world(), equality_seed=2)
    assert given != given_otherwise
    assert first[1]
    assert first == second
