"""Staff with no part in a campaign enter an application for somebody who cannot use the site."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.entries import EntryFormat
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, Stale, TooLate
from recruitment.rules.permissions import Role
from recruitment.rules.trail import event_sentence
from recruitment.services import entries, sift
from recruitment.services.applications import list_own_applications
from recruitment.services.closing_letters import tell_closing_time
from recruitment.services.closing_times import agree_closing, propose_for_one
from recruitment.services.entry_submissions import prepare_entry, submit_entry
from recruitment.services.outgoing import read_outbox
from recruitment.services.roles import ASSIGNABLE, give_role, take_role
from recruitment.services.sign_in_links import ask_for_link
from recruitment.services.worker import destroy_old_drafts, keep_house, run_due_jobs
from recruitment.store.applications import Answer, Application, Draft, SealedRecord
from recruitment.store.campaigns import Campaign
from recruitment.store.candidates import Candidate, SignInLink
from recruitment.store.closing_times import ClosingRequest
from recruitment.store.entries import Entry
from recruitment.store.people import CampaignRole, Person
from recruitment.store.sift import Allocation
from recruitment.store.trail import TrailEvent
from tests.promises.test_3_no_plaintext_at_rest import opened_name
from tests.services.test_closing_times import closes, move
from tests.support.canaries import Withheld, apply, found_in, raw_bytes
from tests.support.drafting import complete_draft
from tests.support.entering import add_colleague, begin, enter, fill, send

EMAIL = "quenbyla.v@canary-mail.example"


def act(world, what, actor, **asked):
    with world.staff_desk.sessions.writing() as session:
        return what(session, actor=actor, desk=world.staff_desk, **asked)


def look(world, what, actor, **asked):
    with world.staff_desk.sessions.reading() as session:
        return what(session, actor=actor, **asked)


def rows(world, table, *where):
    with world.staff_desk.sessions.reading() as session:
        return list(session.scalars(select(table).where(*where)))


def application(world, reference):
    (found,) = rows(world, Application, Application.reference == reference)
    return found


def events(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        found = select(TrailEvent).where(TrailEvent.chain_id == campaign_id).order_by(TrailEvent.number)
        return list(session.scalars(found))


@pytest.fixture
def opened(world):
    return world.campaign(until=CampaignState.OPEN, applications=1)


def test_an_application_that_came_by_telephone_is_redacted_and_sealed_as_any(world, opened):
    colleague, withheld = add_colleague(world), Withheld()
    reference = enter(world, opened, colleague, withheld)
    found = application(world, reference)
    assert opened_name(world, opened, found.id) == "Quenbyla Varnheskold"
    of_it = SealedRecord.application_id == found.id
    sealed = {(one.compartment, one.part) for one in rows(world, SealedRecord, of_it)}
    assert {("identity", ""), ("requests", "adjustments"), ("requests", "opt_in"), ("relationships", "")} <= sealed
    assert len(rows(world, Answer, Answer.application_id == found.id)) == 3
    assert found_in(raw_bytes(world), withheld.canaries) == []
    assert rows(world, Draft) == [], "what was typed lies nowhere any more"


def test_what_is_typed_is_kept_and_readable_only_by_whoever_typed_it(world, opened):
    colleague, other = add_colleague(world), add_colleague(world, "Other")
    entry_id = begin(world, opened, colleague)
    fill(world, entry_id, colleague)
    desk = world.staff_desk
    read = look(world, entries.read_entry, colleague, desk=desk, entry_id=entry_id)
    assert read.draft.content.full_name == "Quenbyla Varnheskold"
    for actor in (other, world.actor("recruiter"), world.actor("shortlister_one")):
        with pytest.raises(NotFound):
            look(world, entries.read_entry, actor, desk=desk, entry_id=entry_id)
    with pytest.raises(Stale):
        act(world, entries.save_entry, colleague, entry_id=entry_id, version=1, content=read.draft.content)
    assert found_in(raw_bytes(world), Withheld().canaries) == []


@pytest.mark.parametrize("part", ["recruiter", "shortlister_one", "member", "deputy", "analyst", "auditor"])
def test_whoever_has_a_part_in_the_campaign_enters_nothing(world, opened, part):
    actor = world.actor(part)
    with pytest.raises(NotAllowed):
        begin(world, opened, actor)
    assert look(world, entries.list_enterable, actor, desk=world.staff_desk) == []


def test_whoever_once_had_a_part_enters_nothing_either(world, opened):
    was, acted = add_colleague(world, "Was"), world.actor("shortlister_three")
    for role in (Role.CLEARER, Role.SHORTLISTER):
        asked = {"campaign_id": opened, "person_id": was.id, "role": role}
        act(world, give_role, world.actor("recruiter"), **asked)
        act(world, take_role, world.actor("recruiter"), **asked)
    # The sample gives roles without saying so in the trail: this one did something.
    with world.staff_desk.sessions.writing() as session:
        for held in session.scalars(select(CampaignRole).where(CampaignRole.person_id == acted.id)):
            session.delete(held)
        session.add(
            TrailEvent(
                chain_id=opened, number=9_999, at=world.clock.now, actor=str(acted), event="text_reported",
                detail={}, previous=b"", digest=b"",
            )
        )  # fmt: skip
    for actor in (was, acted):
        with pytest.raises(NotAllowed):
            begin(world, opened, actor)


def test_an_outside_scorer_enters_nothing_anywhere(world, opened):
    scorer = add_colleague(world, "Scorer")
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Person, scorer.id).only_campaign_id = opened
    with pytest.raises(NotAllowed):
        begin(world, opened, scorer)
    assert look(world, entries.list_enterable, scorer, desk=world.staff_desk) == []


@pytest.mark.parametrize("role", ASSIGNABLE)
def test_whoever_began_to_enter_an_application_can_be_given_no_role_in_the_campaign(world, opened, role):
    colleague = add_colleague(world)
    other = world.campaign(until=CampaignState.DRAFT, applications=0, seed=2, title="Another")
    entry_id = begin(world, opened, colleague)
    asked = {"person_id": colleague.id, "role": role}
    with pytest.raises(Invalid, match="who stands behind a reference"):
        act(world, give_role, world.actor("recruiter"), campaign_id=opened, **asked)
    act(world, entries.drop_entry, colleague, entry_id=entry_id)
    with pytest.raises(Invalid, match="who stands behind a reference"):
        act(world, give_role, world.actor("recruiter"), campaign_id=opened, **asked)
    act(world, give_role, world.actor("recruiter"), campaign_id=other, **asked)


def test_the_same_person_enters_a_second_application_for_the_campaign(world, opened):
    colleague = add_colleague(world)
    first = enter(world, opened, colleague)
    assert enter(world, opened, colleague, Withheld(first="Bo", last="Tanqueray")) != first


def test_the_trail_says_who_entered_it_and_how_it_came_and_neither_name_nor_reference(world, opened):
    colleague = add_colleague(world)
    reference = enter(world, opened, colleague, entry_format=EntryFormat.POST)
    found = application(world, reference)
    own = [one for one in events(world, opened) if one.actor == str(colleague)]
    assert [(one.event, one.detail) for one in own] == [
        ("entry_begun", {"format": "post", "known": "no"}), ("application_entered", {"format": "post"})
    ]  # fmt: skip
    names = {str(colleague.id): "Colleague"}
    said = event_sentence("Colleague", own[1].event, own[1].detail, names)
    assert said == "Colleague entered an application for somebody: by post."
    (submitted,) = [
        one for one in events(world, opened)
        if one.event == "application_submitted" and one.detail["application"] == str(found.id)
    ]  # fmt: skip
    assert submitted.actor == f"candidate:{found.candidate_id}", "as of every application"


def test_a_second_click_gives_the_same_reference_and_after_a_day_nothing_links_the_two(world, opened):
    colleague = add_colleague(world)
    entry_id = begin(world, opened, colleague)
    fill(world, entry_id, colleague)
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        entry = entries.read_entry(session, actor=colleague, desk=desk, entry_id=entry_id)
        prepared = prepare_entry(session, actor=colleague, desk=desk, entry=entry)
    first, second = (act(world, submit_entry, colleague, prepared=prepared) for _ in range(2))
    assert first == second == look(world, entries.read_sent, colleague, desk=desk, entry_id=entry_id).reference
    with pytest.raises(NotFound):
        look(world, entries.read_entry, colleague, desk=desk, entry_id=entry_id)
    world.clock.advance(hours=25)
    with pytest.raises(NotFound):
        look(world, entries.read_sent, colleague, desk=desk, entry_id=entry_id)
    keep_house(desk)
    assert rows(world, Entry) == []


def test_what_is_missing_is_told_and_an_email_address_is_not_among_it(world, opened):
    colleague = add_colleague(world)
    entry_id = begin(world, opened, colleague)
    with pytest.raises(Invalid) as told:
        send(world, entry_id, colleague)
    for words in (
        "candidate’s name",
        "email address, or a postal address",
        "question 1",
        "adjustments are needed",
    ):
        assert words in told.value.sentence
    fill(world, entry_id, colleague)
    assert send(world, entry_id, colleague)


def sign_in_account(world, campaign_id, address=EMAIL):
    """The account to which a sign-in link for this address leads."""
    with world.public_desk.sessions.writing() as session:
        ask_for_link(
            session, desk=world.public_desk, organisation_id=world.organisation_id, address=address,
            campaign_id=campaign_id, make_url=lambda token: f"https://jobs.example/{token}",
        )  # fmt: skip
    return {link.candidate_id for link in rows(world, SignInLink)}


def test_with_an_email_address_the_candidate_signs_in_and_finds_their_application(world, opened):
    reference = enter(world, opened, add_colleague(world), email=EMAIL)
    (account,) = sign_in_account(world, opened)
    assert application(world, reference).candidate_id == account


def test_an_account_that_is_there_already_gets_the_application_and_its_closing_time(world, opened):
    candidate, colleague = world.add_candidate(EMAIL), add_colleague(world)
    complete_draft(world, opened, candidate)  # begun on the site, where they got stuck
    entry_id = begin(world, opened, colleague)
    act(world, entries.ask_time_for, colleague, entry_id=entry_id)
    fill(world, entry_id, colleague, email=EMAIL.upper())
    reference = send(world, entry_id, colleague)
    assert application(world, reference).candidate_id == candidate.id
    (asked,) = rows(world, ClosingRequest, ClosingRequest.campaign_id == opened)
    assert asked.candidate_id == candidate.id
    with world.public_desk.sessions.reading() as session:
        own = list_own_applications(session, actor=candidate, desk=world.public_desk)
    assert reference in {one.reference for one in own}
    assert {one.id for one in rows(world, Candidate, Candidate.address_hash.is_not(None))} >= {candidate.id}
    assert len(rows(world, Entry)) == 1


def test_nothing_tells_whether_the_address_has_applied_here_already(world, opened):
    candidate, colleague = world.add_candidate(EMAIL), add_colleague(world)
    apply(world, opened, Withheld(), actor=candidate)
    reference = enter(world, opened, colleague, email=EMAIL)
    assert application(world, reference).candidate_id not in (None, candidate.id)


def test_a_late_one_needs_a_time_of_its_own_by_two_people_and_is_handed_out_like_the_others(world, opened):
    colleague, desk = add_colleague(world), world.staff_desk
    with desk.sessions.reading() as session:
        end = session.get_one(Campaign, opened).closes_at
    world.clock.now = end + timedelta(days=1)
    act(world, sift.open_sift, world.actor("recruiter"), campaign_id=opened)
    (late,) = look(world, entries.list_enterable, colleague, desk=desk)
    assert late.is_late
    entry_id = begin(world, opened, colleague)
    assert look(world, entries.read_entry, colleague, desk=desk, entry_id=entry_id).draft is None
    with pytest.raises(TooLate):
        send(world, entry_id, colleague)
    with pytest.raises(TooLate):
        act(world, entries.start_writing, colleague, entry_id=entry_id)
    code = act(world, entries.ask_time_for, colleague, entry_id=entry_id)
    (asked,) = rows(world, ClosingRequest, ClosingRequest.code == code)
    closing = {"campaign_id": opened, "closing_id": asked.id, "until": end + timedelta(days=3)}
    ground = "need_or_trouble"
    act(world, propose_for_one, world.actor("recruiter"), **closing, ground=ground, page_url="https://staff")
    act(world, agree_closing, world.actor("member"), **closing, ground=ground)
    act(world, entries.start_writing, colleague, entry_id=entry_id)
    fill(world, entry_id, colleague)
    found = application(world, send(world, entry_id, colleague))
    answers = {one.id for one in rows(world, Answer, Answer.application_id == found.id)}
    assert {one.answer_id for one in rows(world, Allocation)} >= answers


def test_while_it_is_typed_letters_about_it_reach_whoever_types(world, opened):
    colleague, desk = add_colleague(world), world.staff_desk
    begin(world, opened, colleague)
    closing_id = move(world, opened, closes(world, opened) + timedelta(days=1))
    until = closes(world, opened) + timedelta(days=1)
    act(world, agree_closing, world.actor("member"), campaign_id=opened, closing_id=closing_id, until=until)
    tell_closing_time(desk, opened, closing_id)
    run_due_jobs(desk, None)
    told = look(world, read_outbox, world.actor("recruiter"), desk=desk)
    subject = "The closing time of a vacancy has changed"
    assert ("colleague@outside.example", subject) in {(one.letter.to, one.letter.subject) for one in told}


def test_what_was_never_sent_is_destroyed_with_the_drafts(world, opened):
    colleague = add_colleague(world)
    entry_id = begin(world, opened, colleague)
    fill(world, entry_id, colleague)
    world.clock.advance(days=60)
    destroy_old_drafts(world.staff_desk)
    assert rows(world, Entry) == [] == rows(world, Draft)


def test_what_is_thrown_away_leaves_no_account(world, opened):
    colleague = add_colleague(world)
    before = len(rows(world, Candidate))
    entry_id = begin(world, opened, colleague)
    act(world, entries.ask_time_for, colleague, entry_id=entry_id)
    act(world, entries.drop_entry, colleague, entry_id=entry_id)
    assert (len(rows(world, Candidate)), rows(world, Entry)) == (before, [])


def test_more_time_for_what_was_thrown_away_is_promised_to_nobody_else(world, opened):
    colleague, desk = add_colleague(world), world.staff_desk
    complete_draft(world, opened, world.add_candidate(EMAIL))
    entry_id = begin(world, opened, colleague)
    act(world, entries.ask_time_for, colleague, entry_id=entry_id)
    (asked,) = rows(world, ClosingRequest, ClosingRequest.campaign_id == opened)
    until = closes(world, opened) + timedelta(days=2)
    closing = {"campaign_id": opened, "closing_id": asked.id, "until": until, "ground": "need_or_trouble"}
    act(world, propose_for_one, world.actor("recruiter"), **closing, page_url="https://staff")
    act(world, entries.drop_entry, colleague, entry_id=entry_id)
    act(world, agree_closing, world.actor("member"), **closing)
    assert tell_closing_time(desk, opened, asked.id) == 0
    assert rows(world, ClosingRequest, ClosingRequest.told_at.is_not(None)), "once and for all"


def test_recruiters_are_told_who_can_enter_an_application(world, opened):
    add_colleague(world)
    names = look(world, entries.who_may_enter, world.actor("recruiter"), campaign_id=opened)
    assert names == ["Colleague"]
