"""Figures of several campaigns together, and exact counts for one recipient by two people."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.disclosure import THRESHOLD
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate, TooSoon
from recruitment.rules.publications import Part, PublicationKind
from recruitment.services import restricted_returns
from recruitment.services.publication_plans import Wanted, list_parts
from recruitment.services.publications import (
    list_published,
    prepare_publication,
    publish,
    read_publication,
)
from recruitment.services.releases import prepare_release, read_release, release_funnel, unfinished_sentence
from recruitment.services.tallies import tally_campaign
from recruitment.store.campaigns import Campaign
from recruitment.store.releases import Tally
from recruitment.store.trail import TrailEvent
from tests.support.question_sets import answer_as, choose
from tests.support.world import World

# Slow: every release is proved safe beside the year.
pytestmark = pytest.mark.sqlite_only
RUN = Wanted(PublicationKind.RUN)


def make(world: World, wanted: Wanted = RUN, part: str = "analyst") -> UUID:
    desk, actor = world.staff_desk, world.actor(part)
    with desk.sessions.reading() as session:
        prepared = prepare_publication(session, actor=actor, desk=desk, wanted=wanted)
    with desk.sessions.writing() as session:
        return publish(session, actor=actor, desk=desk, prepared=prepared)


@pytest.fixture
def two(world: World) -> list[UUID]:
    """Two campaigns of one body, counted; in the first so few that nothing of it can be told."""
    return world.campaigns(
        {"until": CampaignState.TALLIED, "applications": 12, "seed": 1},
        {"until": CampaignState.TALLIED, "applications": 40, "seed": 2, "title": "Second campaign"},
    )


def test_a_run_takes_as_many_campaigns_as_it_needs_and_tells_no_small_figure(
    world: World, two: list[UUID]
) -> None:
    publication_id = make(world)
    with world.staff_desk.sessions.reading() as session:
        found = read_publication(session, actor=world.actor("recruiter"), publication_id=publication_id)
    assert found.campaigns in (1, 2)
    shown = [
        figure.shown
        for table in found.tables
        for row in table.rows
        for figure in row.figures
        if figure.shown is not None
    ]
    assert [figure for figure in shown if 0 < figure < THRESHOLD - 3] == []
    assert any(figure >= 40 for table in found.tables for figure in (table.total[0].shown or 0,))


def test_a_year_beside_two_of_its_campaigns_is_read_together_and_tells_what_their_sum_would_not(
    world: World,
) -> None:
    desk, analyst = world.staff_desk, world.actor("analyst")
    campaigns = world.campaigns(
        {"until": CampaignState.RELEASED, "applications": 40, "seed": 1},
        {"until": CampaignState.RELEASED, "applications": 40, "seed": 2, "title": "Second campaign"},
        {"until": CampaignState.TALLIED, "applications": 40, "seed": 3, "title": "Third campaign"},
    )
    world.clock.advance(days=366)
    publication_id = make(world, Wanted(PublicationKind.ANNUAL))
    with desk.sessions.reading() as session:
        found = read_publication(session, actor=analyst, publication_id=publication_id)
        own = [read_release(session, actor=analyst, campaign_id=key) for key in campaigns[:2]]
    assert found.campaigns == 3
    more = [
        (place, at)
        for place, table in enumerate(found.tables)
        for at, row in enumerate(table.rows)
        if row.figures[0].shown and any(one.tables[place].rows[at].figures[0].shown is None for one in own)
    ]
    assert more


def test_a_year_of_many_campaigns_that_were_released_is_their_published_figures_added_up(world: World) -> None:
    desk, analyst = world.staff_desk, world.actor("analyst")
    campaigns = world.campaigns(
        {"until": CampaignState.RELEASED, "applications": 40, "seed": 1},
        {"until": CampaignState.RELEASED, "applications": 40, "seed": 2, "title": "Second campaign"},
        {"until": CampaignState.RELEASED, "applications": 40, "seed": 4, "title": "Third campaign"},
        {"until": CampaignState.TALLIED, "applications": 40, "seed": 3, "title": "Fourth campaign"},
    )
    world.clock.advance(days=366)
    publication_id = make(world, Wanted(PublicationKind.ANNUAL))
    with desk.sessions.reading() as session:
        found = read_publication(session, actor=analyst, publication_id=publication_id)
        own = [read_release(session, actor=analyst, campaign_id=key) for key in campaigns[:3]]
    assert found.campaigns == 4
    assert found.tables[0].total[0].shown == 160
    for place, table in enumerate(found.tables):
        for at, row in enumerate(table.rows):
            if any(one.tables[place].rows[at].figures[0].shown is None for one in own):
                assert row.figures[0].shown is None


def test_campaigns_of_other_versions_count_together_and_who_was_not_asked_is_in_no_share(world: World) -> None:
    desk, analyst = world.staff_desk, world.actor("analyst")
    world.campaign(until=CampaignState.TALLIED, applications=40, seed=1)
    choose(world, caring="standard", ethnic_group="five")
    second = world.campaign(until=CampaignState.DECIDED, applications=40, seed=2, title="Second campaign")
    answer_as(world, second, {"caring": "no", "sex": "female"}, {"caring": "no", "sex": "male"})
    tally_campaign(desk, second)
    world.clock.advance(days=366)
    publication_id = make(world, Wanted(PublicationKind.ANNUAL))
    with desk.sessions.reading() as session:
        found = read_publication(session, actor=analyst, publication_id=publication_id)
    assert found.campaigns == 2
    assert found.question_set.startswith("govuk-2022-en-1; govuk-2022-en-1 set 1-")
    care = next(table for table in found.tables if table.characteristic == "caring")
    assert (care.total[0].shown, care.asked[0].shown, care.declaration[0].shown) == (80, 40, 40)
    said = " ".join(found.remarks)
    assert "Unpaid care was asked in 1 of 2 campaigns" in said
    assert "Ethnic group was asked in more than one wording" in said
    background = next(table for table in found.tables if table.characteristic == "ethnic_background")
    assert background.asked[0].shown == 40


def test_campaigns_of_questions_that_cannot_be_added_are_left_out_and_named(world: World, two: list[UUID]) -> None:
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Tally, two[0]).question_set = "govuk-2019-en-1"
    world.clock.advance(days=366)
    publication_id = make(world, Wanted(PublicationKind.ANNUAL))
    with world.staff_desk.sessions.reading() as session:
        found = read_publication(session, actor=world.actor("analyst"), publication_id=publication_id)
    assert found.campaigns == 1
    assert any("asked an earlier version of the questions" in sentence for sentence in found.remarks)


def test_what_was_published_is_never_made_again(world: World, two: list[UUID]) -> None:
    make(world)
    with pytest.raises(Invalid, match="never made again"):
        make(world)
    with world.staff_desk.sessions.reading() as session:
        assert len(list_published(session, actor=world.actor("auditor"))) == 1


def test_two_who_publish_at_the_same_moment_do_not_both(world: World, two: list[UUID]) -> None:
    desk, analyst = world.staff_desk, world.actor("analyst")
    with desk.sessions.reading() as session:
        prepared = prepare_publication(session, actor=analyst, desk=desk, wanted=RUN)
        alone = prepare_release(session, actor=analyst, desk=desk, campaign_id=two[0])
    with desk.sessions.writing() as session:
        release_funnel(session, actor=analyst, desk=desk, prepared=alone)
    with desk.sessions.writing() as session, pytest.raises(TooLate, match="at the same moment"):
        publish(session, actor=analyst, desk=desk, prepared=prepared)
    with desk.sessions.reading() as session:
        assert list_published(session, actor=analyst) == []


def test_too_few_applications_make_no_run(world: World) -> None:
    world.campaign(until=CampaignState.TALLIED, applications=12)
    with pytest.raises(TooSoon, match="too few"):
        make(world)


def test_a_period_without_a_counted_campaign_publishes_nothing(world: World, two: list[UUID]) -> None:
    world.clock.advance(days=366)
    with pytest.raises(TooSoon, match="No campaign"):
        make(world, Wanted(PublicationKind.QUARTERLY))


def test_a_campaign_counts_in_the_year_in_which_it_was_counted(world: World, two: list[UUID]) -> None:
    world.clock.advance(days=366)
    publication_id = make(world, Wanted(PublicationKind.ANNUAL))
    with world.staff_desk.sessions.reading() as session:
        assert (
            read_publication(session, actor=world.actor("analyst"), publication_id=publication_id).campaigns == 2
        )


def test_a_publication_can_be_narrowed_to_what_campaigns_share(world: World, two: list[UUID]) -> None:
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, two[1]).profession = "Caseworkers"
    with world.staff_desk.sessions.reading() as session:
        parts = list_parts(session, actor=world.actor("analyst"))
    assert (Part.PROFESSION, "Caseworkers", "Profession: Caseworkers") in parts
    publication_id = make(world, Wanted(PublicationKind.RUN, Part.PROFESSION, "Caseworkers"))
    with world.staff_desk.sessions.reading() as session:
        found = read_publication(session, actor=world.actor("analyst"), publication_id=publication_id)
    assert (found.part, found.campaigns) == ("profession: Caseworkers", 1)


@pytest.mark.parametrize("part", ["recruiter", "shortlister_one", "auditor", "member"])
def test_only_an_analyst_publishes(world: World, two: list[UUID], part: str) -> None:
    with pytest.raises(NotAllowed):
        make(world, part=part)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (None, ""),
        (0, "Fewer than 8 applications were begun and not finished."),
        (7, "Fewer than 8 applications were begun and not finished."),
        (8, "About 10 applications were begun and not finished."),
        (52, "About 50 applications were begun and not finished."),
    ],
)
def test_what_was_begun_and_not_finished_is_told_as_one_rounded_total(number: int | None, sentence: str) -> None:
    assert unfinished_sentence(number, 8, 5) == sentence


def ask(world: World) -> UUID:
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        return restricted_returns.ask_return(
            session, actor=world.actor("analyst"), desk=desk, recipient="NHS England", basis="Standard Contract"
        )


def agree(world: World, return_id: UUID, part: str) -> None:
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        restricted_returns.agree_return(session, actor=world.actor(part), desk=desk, return_id=return_id)


def make_return(world: World, return_id: UUID, part: str = "analyst") -> restricted_returns.MadeReturn:
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        made = restricted_returns.prepare_return(session, actor=world.actor(part), desk=desk, return_id=return_id)
    with desk.sessions.writing() as session:
        restricted_returns.keep_return(session, actor=world.actor(part), desk=desk, made=made)
    return made


def test_exact_counts_need_a_second_person_and_are_recorded(world: World, two: list[UUID]) -> None:
    world.clock.advance(days=366)
    return_id = ask(world)
    with pytest.raises(TooSoon, match="second person"):
        make_return(world, return_id)
    with pytest.raises(NotAllowed):
        agree(world, return_id, "analyst")
    with pytest.raises(NotAllowed):
        agree(world, return_id, "member")
    agree(world, return_id, "recruiter")  # who is the administrator of the sample
    with pytest.raises(TooLate):
        agree(world, return_id, "recruiter")
    with pytest.raises(NotAllowed):
        make_return(world, return_id, "recruiter")
    made = make_return(world, return_id)
    assert made.sheets[2].rows[-1][:2] == ("Everyone", 52)
    assert [sheet.title for sheet in made.sheets[:2]] == ["WRES indicator 2", "WDES metric 2"]
    assert make_return(world, return_id).digest == made.digest
    with world.staff_desk.sessions.reading() as session:
        events = session.scalars(
            select(TrailEvent.event)
            .where(TrailEvent.chain_id == world.organisation_id)
            .order_by(TrailEvent.number)
        ).all()
    assert [event for event in events if event.startswith("return")] == [
        "return_asked", "return_agreed", "return_made", "return_made",
    ]  # fmt: skip
    assert "compartment_opened" in events


def test_a_return_without_a_duty_is_not_asked_for(world: World, two: list[UUID]) -> None:
    desk = world.staff_desk
    with desk.sessions.writing() as session, pytest.raises(Invalid, match="law or contract"):
        restricted_returns.ask_return(
            session, actor=world.actor("analyst"), desk=desk, recipient="NHS England", basis=" "
        )


def test_what_is_another_bodys_looks_like_what_is_not_there(world: World, two: list[UUID]) -> None:
    publication_id = make(world)
    stranger = world.actor("analyst").__class__(world.actor("analyst").kind, world.people["analyst"], UUID(int=1))
    with world.staff_desk.sessions.reading() as session, pytest.raises((NotFound, NotAllowed)):
        read_publication(session, actor=stranger, publication_id=publication_id)
