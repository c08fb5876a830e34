"""Conflicts: declared for every candidate, ruled on by the chair or by all others; a substitute for one."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from recruitment.rules.applications import Relationship
from recruitment.rules.errors import Invalid, NotAllowed, TooLate, TooSoon
from recruitment.services import conflicts, substitutes
from recruitment.services.interviews import read_interview_form, read_progress, score_interview
from recruitment.services.panels import sitters_of
from recruitment.services.relationships import match_relationships
from recruitment.services.reveals import read_names
from recruitment.store.applications import SealedRecord
from recruitment.store.panels import RelationshipMatch
from recruitment.store.trail import TrailEvent
from recruitment.vault.compartments import Compartment
from recruitment.vault.sealing.relationships import seal_relationships
from tests.support.panels import PANEL, book, check, declare_nothing, entries, revealed


def knows(world, campaign_id, part, application_id, nature="We shared an office for six years."):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        conflicts.declare(
            session, actor=world.actor(part), desk=desk, campaign_id=campaign_id,
            declared={application_id: conflicts.Declared(True, nature)},
        )  # fmt: skip


def rule(world, campaign_id, voice, about, application_id, is_conflict, reason="We talked it over."):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        return conflicts.rule_on_conflict(
            session, actor=world.actor(voice), desk=desk, campaign_id=campaign_id, application_id=application_id,
            person_id=world.people[about], is_conflict=is_conflict, reason=reason,
        )  # fmt: skip


def cases(world, campaign_id, part="shortlister_one"):
    with world.staff_desk.sessions.reading() as session:
        return conflicts.list_cases(
            session, actor=world.actor(part), desk=world.staff_desk, campaign_id=campaign_id
        )


def sitters(world, campaign_id, application_id):
    with world.staff_desk.sessions.reading() as session:
        return sitters_of(session, campaign_id).of(application_id)


def test_knowing_somebody_is_no_conflict_until_the_chair_says_so_and_the_reason_is_kept(world):
    campaign_id = revealed(world)
    first, *_ = entries(world, campaign_id)
    declare_nothing(world, campaign_id)
    knows(world, campaign_id, "member", first)

    assert rule(world, campaign_id, "shortlister_one", "member", first, False) is False

    assert world.people["member"] in sitters(world, campaign_id, first)
    with world.staff_desk.sessions.reading() as session:
        events = session.scalars(
            select(TrailEvent).where(TrailEvent.chain_id == campaign_id, TrailEvent.event == "conflict_ruled")
        ).all()
    assert len(events) == 1 and events[0].detail["is_conflict"] is False


def test_an_open_case_keeps_the_declarations_incomplete(world):
    campaign_id = revealed(world)
    first, *_ = entries(world, campaign_id)
    declare_nothing(world, campaign_id)
    check(world, campaign_id)
    knows(world, campaign_id, "member", first)
    with pytest.raises(TooSoon, match="still has to declare"):
        book(world, campaign_id, first)
    rule(world, campaign_id, "shortlister_one", "member", first, False)
    book(world, campaign_id, first)


def test_a_member_does_not_rule_and_a_reason_is_needed(world):
    campaign_id = revealed(world)
    first, *_ = entries(world, campaign_id)
    knows(world, campaign_id, "member", first)
    with pytest.raises(NotAllowed):
        rule(world, campaign_id, "shortlister_two", "member", first, False)
    with pytest.raises(Invalid, match="Give the reason"):
        rule(world, campaign_id, "shortlister_one", "member", first, False, reason=" ")


def test_where_it_is_about_the_chair_all_the_others_rule_and_a_tie_is_a_conflict(world):
    campaign_id = revealed(world)
    first, *_ = entries(world, campaign_id)
    knows(world, campaign_id, "shortlister_one", first)
    with pytest.raises(NotAllowed):
        rule(world, campaign_id, "shortlister_one", "shortlister_one", first, False)
    assert rule(world, campaign_id, "member", "shortlister_one", first, False) is None
    assert rule(world, campaign_id, "shortlister_two", "shortlister_one", first, True) is True
    assert world.people["shortlister_one"] not in sitters(world, campaign_id, first)


def test_what_was_ruled_on_is_not_taken_back(world):
    campaign_id = revealed(world)
    first, *_ = entries(world, campaign_id)
    knows(world, campaign_id, "member", first)
    rule(world, campaign_id, "shortlister_one", "member", first, True)
    with pytest.raises(TooLate, match="ruled on"):
        declare_nothing(world, campaign_id, "member")


def substitute(world, campaign_id, application_id, who="deputy", instead_of="member"):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        substitutes.name_substitute(
            session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id,
            application_id=application_id, member_id=world.people[instead_of], substitute_id=world.people[who],
        )  # fmt: skip


def with_substitute(world):
    campaign_id = revealed(world)
    first, *_ = entries(world, campaign_id)
    declare_nothing(world, campaign_id)
    knows(world, campaign_id, "member", first)
    rule(world, campaign_id, "shortlister_one", "member", first, True)
    substitute(world, campaign_id, first)
    return campaign_id, first


def test_a_substitute_sits_for_one_candidate_and_sees_no_other_name(world):
    campaign_id, first = with_substitute(world)
    assert world.people["deputy"] in sitters(world, campaign_id, first)
    assert world.people["member"] not in sitters(world, campaign_id, first)

    # The deputy's own role agrees to reveals, and sees no names by itself.
    with world.staff_desk.sessions.reading() as session:
        named = read_names(session, actor=world.actor("deputy"), desk=world.staff_desk, campaign_id=campaign_id)
        progress = read_progress(session, actor=world.actor("deputy"), campaign_id=campaign_id)
    assert [one.application_id for one in named] == [first] == list(progress)


def test_a_member_with_a_conflict_cannot_open_that_candidates_form(world):
    campaign_id, first = with_substitute(world)
    with world.staff_desk.sessions.reading() as session, pytest.raises(NotAllowed):
        read_interview_form(
            session, actor=world.actor("member"), desk=world.staff_desk, campaign_id=campaign_id,
            application_id=first,
        )  # fmt: skip


def test_a_substitute_declares_before_scoring(world):
    campaign_id, first = with_substitute(world)
    check(world, campaign_id)
    book(world, campaign_id, first)
    desk, actor = world.staff_desk, world.actor("deputy")
    asked = {"actor": actor, "desk": desk, "campaign_id": campaign_id, "application_id": first}

    def score():
        with desk.sessions.writing() as session:
            form = read_interview_form(session, **asked)
            score_interview(session, **asked, scores={each.id: (4, "Clear.") for each in form.criteria})

    with pytest.raises(TooSoon, match="Declare first"):
        score()
    with desk.sessions.writing() as session:
        conflicts.declare(
            session, actor=actor, desk=desk, campaign_id=campaign_id, declared={first: conflicts.Declared(False)}
        )
    score()


def test_only_somebody_of_the_pool_outside_the_panel_can_substitute(world):
    campaign_id, first = with_substitute(world)
    with pytest.raises(Invalid, match="sit on this panel already"):
        substitute(world, campaign_id, first, who="shortlister_two")
    with pytest.raises(Invalid, match="from the panel pool"):
        substitute(world, campaign_id, first, who="analyst")


def relate(world, campaign_id, application_id, person, nature="former colleague"):
    """Let a candidate have declared, sealed as the public site seals it."""
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        row = session.get_one(SealedRecord, (campaign_id, application_id, Compartment.RELATIONSHIPS, ""))
        keys = desk.vault.public_keys(session, campaign_id)
        row.blob = seal_relationships(keys, application_id, (Relationship(person, nature),))


def test_what_candidates_declared_is_matched_with_the_panel_alone(world):
    campaign_id = revealed(world)
    first, second, *_ = entries(world, campaign_id)
    relate(world, campaign_id, first, "Mrs A. Khan")
    relate(world, campaign_id, second, "Somebody Else")

    assert match_relationships(world.staff_desk, campaign_id) >= 1

    with world.staff_desk.sessions.reading() as session:
        matched = session.scalars(
            select(RelationshipMatch).where(RelationshipMatch.campaign_id == campaign_id)
        ).all()
    pairs = {(row.application_id, row.person_id) for row in matched}
    assert (first, world.people["member"]) in pairs
    assert second not in {application for application, _ in pairs}
    assert all(b"colleague" not in row.nature for row in matched)
    assert any(case.candidate_says == "former colleague" for case in cases(world, campaign_id))


def test_each_member_is_matched_once_and_the_opening_is_recorded(world):
    campaign_id = revealed(world)
    match_relationships(world.staff_desk, campaign_id)
    assert match_relationships(world.staff_desk, campaign_id) == 0
    with world.staff_desk.sessions.reading() as session:
        events = session.scalars(select(TrailEvent).where(TrailEvent.chain_id == campaign_id)).all()
    opened = [each for each in events if each.detail.get("compartment") == "relationships"]
    assert len(opened) == 1


def test_a_match_waits_for_a_ruling_even_if_the_member_knows_nobody(world):
    campaign_id = revealed(world)
    first, *_ = entries(world, campaign_id)
    relate(world, campaign_id, first, "Aisha Khan")
    match_relationships(world.staff_desk, campaign_id)
    declare_nothing(world, campaign_id)
    check(world, campaign_id)
    with pytest.raises(TooSoon, match="still has to declare"):
        book(world, campaign_id, first)
    rule(world, campaign_id, "shortlister_one", "member", first, False)
    book(world, campaign_id, first)


def test_nobody_but_panel_and_recruiters_reads_who_knows_whom(world):
    campaign_id = revealed(world)
    for part in ("analyst", "auditor", "shortlister_three"):
        with pytest.raises(NotAllowed):
            cases(world, campaign_id, part)
    assert set(PANEL) <= set(world.people)
