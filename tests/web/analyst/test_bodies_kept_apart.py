"""Of another body nothing can be reached but the page of a strategy that both agreed to."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import String, Text, update

from recruitment.rules.campaigns import CampaignState
from recruitment.store.base import Base
from recruitment.store.joint_strategies import JointMember
from recruitment.store.people import Person
from tests.support.crawler import crawl
from tests.support.foreign_ids import check_foreign_ids, foreign_ids
from tests.support.visitors import STAFF, Visitors

CODED = frozenset(
    "kind status objective part state rhythm question_set slug anonymity month compartment role event item "
    "settled method judgement decision actor version purpose".split()
)
CANARY = "Canary-"


def plant(world, organisation_id, campaign_id) -> int:
    """A canary in every text of what belongs to a body, but for codes and its name; how many there are."""
    planted = 0
    with world.staff_desk.sessions.writing() as session:
        for table in Base.metadata.sorted_tables:
            if table.name in ("trail_events", "organisations", "joint_versions", "jobs"):
                continue
            owner = table.c.get("organisation_id")
            chosen = owner == organisation_id if owner is not None else None
            if chosen is None and table.name != "campaigns" and "campaign_id" in table.c:
                chosen = table.c.campaign_id == campaign_id
            if chosen is None:
                continue
            texts = [
                one for one in table.c
                if isinstance(one.type, String | Text) and one.name not in CODED and not one.primary_key
                and not one.foreign_keys
            ]  # fmt: skip
            for one in texts:
                if one.unique:
                    continue
                done = session.execute(
                    update(table).where(chosen).values({one.name: f"{CANARY}{table.name}.{one.name}"})
                )
                planted += done.rowcount
    return planted


@pytest.mark.sqlite_only
def test_of_another_body_nothing_is_reachable_but_the_joint_page(world):
    """Every text of the neighbour is a canary; all staff of our body follow every link and send every form."""
    visitors = Visitors(world, world.campaign(until=CampaignState.DRAFT))
    neighbour = visitors.foreign["campaign_id"]
    with world.staff_desk.sessions.writing() as session:
        foreigner = session.get_one(Person, visitors.people["foreigner"])
        home = foreigner.organisation_id
        session.add(
            JointMember(
                strategy_id=visitors.published["joint_id"], organisation_id=home, version=1,
                agreed_by=foreigner.id, agreed_at=world.clock.now,
            )
        )  # fmt: skip
    assert plant(world, home, neighbour) > 30
    roots = ["/", "/calendar", "/joint", "/trend", "/publications", "/plans", "/pool", "/people"]
    theirs = crawl(visitors.client(world.staff_app, "foreigner"), roots, submit=False)
    seen = {found for one in theirs for found in re.findall(rf"{CANARY}[a-z_.]+", one.body)}
    assert {f"{CANARY}action_plans.title", f"{CANARY}actions.what", f"{CANARY}campaigns.title"} <= seen
    assert len(seen) > 10

    joint = f"/joint/{visitors.published['joint_id']}"
    for name in sorted(STAFF - {"foreigner"}):
        ours = crawl(visitors.client(world.staff_app, name), [*roots, joint], submit=False)
        # The bodies that recruit here are named in public, on the page of what each collects.
        there = [one for one in ours if "Another Body" in one.body]
        assert {one.request.split()[-1].split("?")[0].removeprefix(joint) for one in there} <= {
            "",
            "/figures",
            "/trend",
            "/what-we-collect",
        }
        assert any(one.request.endswith(joint) for one in there), name
        assert [one.request for one in ours if CANARY in one.body] == []
    assert check_foreign_ids(visitors, world.staff_app, foreign_ids(visitors)) > 200
