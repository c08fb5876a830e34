"""Drives to raise declaration rates: what was tried, and what published figures say, and to whom."""

from __future__ import annotations

from datetime import date

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed
from recruitment.rules.trail import event_sentence
from recruitment.services.declaration_drives import begin_drive, conclude_drive, read_drive, read_drives
from recruitment.services.declaration_rates import list_told
from recruitment.services.releases import prepare_release, release_funnel
from recruitment.services.tallies import tally_campaign
from recruitment.store.trail import TrailEvent
from tests.support.question_sets import answer_as, choose
from tests.support.world import World

WHY = "We check that our adverts reach everybody."
FULL = {
    "title": "Sex", "aim": "More applicants answer.", "questions": ["sex"], "set_version": None,
    "begins": date(2026, 9, 1), "ends": date(2026, 12, 31),
}  # fmt: skip


def begin(world: World, part: str = "analyst", **changes):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        return begin_drive(session, actor=world.actor(part), desk=desk, **{**FULL, **changes})


def conclude(world: World, drive_id, **said):
    desk, entries = world.staff_desk, {"before": "", "after": "", "conclusion": "", **said}
    with desk.sessions.writing() as session:
        conclude_drive(session, actor=world.actor("analyst"), desk=desk, drive_id=drive_id, **entries)


def release(world: World, title: str, *answers: dict[str, str]) -> str:
    desk, analyst = world.staff_desk, world.actor("analyst")
    campaign_id = world.campaign(until=CampaignState.DECIDED, applications=40, title=title)
    answer_as(world, campaign_id, *answers)
    tally_campaign(desk, campaign_id)
    with desk.sessions.reading() as session:
        prepared = prepare_release(session, actor=analyst, desk=desk, campaign_id=campaign_id)
    with desk.sessions.writing() as session:
        return f"release {release_funnel(session, actor=analyst, desk=desk, prepared=prepared).hex}"


@pytest.mark.sqlite_only
def test_before_and_afterwards_come_from_releases_with_their_versions_and_an_honest_sentence(world: World) -> None:
    before = release(world, "Before", {"sex": "female"}, {}, {}, {"sex": "male"})
    version = choose(world, {"sex": WHY})
    drive_id = begin(world, set_version=version)
    after = release(world, "After", {"sex": "female"}, {"sex": "male"})
    conclude(world, drive_id, before=before, after=after, conclusion="We keep the text.")
    with world.staff_desk.sessions.reading() as session:
        found = read_drive(session, actor=world.actor("recruiter"), drive_id=drive_id)
        told = list_told(session, actor=world.actor("recruiter"))
        rows = session.query(TrailEvent).filter(TrailEvent.event.startswith("declaration_drive")).all()
    assert [one.versions[:21] for one in told] == ["govuk-2022-en-1 set 1", "govuk-2022-en-1"]
    assert found.wording == (("Sex", WHY),)
    (compared,) = found.compared
    assert (compared.before.answered, compared.before.asked) == (20, 40)
    assert (compared.after.answered, compared.after.asked) == (40, 40)
    assert compared.sentence.startswith("A larger share answered afterwards: +50 points")
    assert "does not show what made the difference" in compared.sentence
    assert [event_sentence("Ana", row.event, row.detail, {}) for row in rows] == [
        "Ana began the declaration drive “Sex”.",
        "Ana recorded figures and a conclusion of the declaration drive “Sex”.",
    ]
    with pytest.raises(Invalid, match="not published after") as refused:
        conclude(world, drive_id, before=after, after=before)
    assert refused.value.field == "after"


def test_what_was_only_counted_and_not_released_is_no_figure(world: World) -> None:
    world.campaign(until=CampaignState.TALLIED, applications=12)
    with world.staff_desk.sessions.reading() as session:
        assert list_told(session, actor=world.actor("recruiter")) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"aim": ""}, "aim"),
        ({"questions": []}, "questions"),
        ({"questions": ["caring"]}, "questions"),
        ({"set_version": 9}, "set_version"),
        ({"ends": date(2026, 8, 1)}, "ends"),
    ],
)
def test_a_drive_that_is_not_whole_is_refused(world: World, changes, field) -> None:
    with pytest.raises(Invalid) as refused:
        begin(world, "recruiter", **changes)
    assert refused.value.field == field


def test_figures_that_were_never_published_and_a_conclusion_without_any_are_refused(world: World) -> None:
    drive_id = begin(world, "recruiter")
    for said, field in (
        ({"before": "release 1"}, "before"),
        ({"after": "release 1"}, "after"),
        ({"conclusion": "It worked."}, "after"),
    ):
        with world.staff_desk.sessions.writing() as session, pytest.raises(Invalid) as refused:
            conclude_drive(
                session, actor=world.actor("recruiter"), desk=world.staff_desk, drive_id=drive_id,
                **{"before": "", "after": "", "conclusion": "", **said},
            )  # fmt: skip
        assert refused.value.field == field


def test_who_neither_analyses_nor_administers_sees_none_of_it(world: World) -> None:
    with world.staff_desk.sessions.reading() as session:
        for read in (read_drives, list_told):
            with pytest.raises(NotAllowed):
                read(session, actor=world.actor("member"))
