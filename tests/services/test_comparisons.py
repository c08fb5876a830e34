"""What stands beside published figures: the catchment's people, other bodies' figures, and targets."""

from __future__ import annotations

import pytest

from recruitment.rules.disclosure import Figure, ReleaseRow, ReleaseTable
from recruitment.rules.errors import Invalid, NotAllowed, NotFound
from recruitment.services.comparisons import add_target, drop_target, read_beside, read_compared, set_compared
from tests.support.world import World

PEERS = (
    "body,characteristic,group,stage,percentage,source,year\n"
    "Another Ombudsman,Sex,Female,appointed,61.5,Annual report,2025/26\n"
)


def figures(*numbers: int) -> tuple[Figure, ...]:
    return tuple(Figure(number) for number in numbers)


SEX = ReleaseTable(
    "sex",
    "Sex",
    ("submitted", "shortlisted", "appointed"),
    (ReleaseRow("Female", "female", figures(90, 30, 10)), ReleaseRow("Male", "male", figures(110, 70, 30))),
    figures(200, 100, 40),
    figures(200, 100, 40),
)


def keep(world: World, *areas: str, peers: str = "", part: str = "analyst") -> None:
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        set_compared(session, actor=world.actor(part), desk=desk, areas=areas, peers=peers)


def target(world: World, per_cent: int = 50, group: str = "female", part: str = "analyst") -> object:
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        return add_target(
            session,
            actor=world.actor(part),
            desk=desk,
            characteristic="sex",
            groups=[group],
            per_cent=per_cent,
        )


def beside(world: World):
    with world.staff_desk.sessions.reading() as session:
        return read_beside(session, organisation_id=world.organisation_id, tables=[SEX])["sex"]


@pytest.fixture(autouse=True)
def _a_campaign(world: World) -> None:
    world.campaign()


def test_without_anything_named_nothing_stands_beside(world: World) -> None:
    found = beside(world)
    assert (found.benchmarks, found.peers, found.targets) == ((), (), ())


def test_shares_stand_beside_those_of_the_catchment_with_the_caveat(world: World) -> None:
    keep(world, "North East", "e12000002".upper())
    found = beside(world).benchmarks
    assert found[0].startswith("Female: 45.0% of applicants (90 of 200;")
    assert "North East and North West" in found[0]
    assert len(found) >= 3  # two groups, then the caveat


def test_figures_of_other_bodies_come_with_their_source(world: World) -> None:
    keep(world, peers=PEERS)
    assert beside(world).peers == (
        "Another Ombudsman, 2025/26: Female, appointed: 61.5 %. Source: Annual report.",
    )


def test_a_target_shows_where_the_funnel_falls_below_it_and_says_that_it_decides_nothing(world: World) -> None:
    target_id = target(world)
    said = beside(world).targets
    assert said[0] == "Target of 50 % for Female:"
    assert "below the target of 50% by 10 people" in said[3] or "by 10 people" in said[3]
    assert "changes no score" in said[-1]
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        drop_target(session, actor=world.actor("analyst"), desk=desk, target_id=target_id)
    assert beside(world).targets == ()


@pytest.mark.parametrize("areas", [("Atlantis",), ("North East", "North East"), ("England", "North East")])
def test_areas_that_cannot_be_added_up_are_refused(world: World, areas: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        keep(world, *areas)


def test_a_table_of_peers_with_a_fault_is_refused_by_its_line(world: World) -> None:
    with pytest.raises(Invalid, match="Line 2"):
        keep(world, peers=PEERS.replace("61.5", "161.5"))


@pytest.mark.parametrize(("per_cent", "group"), [(0, "female"), (100, "female"), (50, "PNTS"), (50, "nobody")])
def test_what_is_no_target_is_refused(world: World, per_cent: int, group: str) -> None:
    with pytest.raises(Invalid):
        target(world, per_cent, group)


def test_only_an_analyst_sets_them_and_only_the_bodys_own_are_dropped(world: World) -> None:
    with pytest.raises(NotAllowed):
        keep(world, "North East", part="recruiter")
    with pytest.raises(NotAllowed):
        target(world, part="shortlister_one")
    desk = world.staff_desk
    with desk.sessions.writing() as session, pytest.raises(NotFound):
        drop_target(session, actor=world.actor("analyst"), desk=desk, target_id=desk.new_id())
    with desk.sessions.reading() as session:
        assert read_compared(session, actor=world.actor("analyst")).targets == ()
