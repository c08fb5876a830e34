"""Promise 1, of how an application came: no shortlister can tell one that staff entered from one sent on the site.

Two worlds from one clock: in one the candidate sends the application on the site, in the other a colleague types
the very same for them. What a shortlister hears on every page is the same, but for ids, drawn by lot in both.
"""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import zip_longest

import pytest
from sqlalchemy import select

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.applications import Contact, Correction
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.entries import EntryFormat
from recruitment.rules.recognition import Change, Told
from recruitment.services import sift
from recruitment.services.applications import withdraw_application
from recruitment.services.closing_times import agree_closing, propose_for_one
from recruitment.services.entries import ask_time_for, start_writing
from recruitment.services.more_time import ask_for_time
from recruitment.services.paper_changes import make_change
from recruitment.services.recognitions import find_match, note_recognition
from recruitment.services.rights import ask_copy, ask_correction
from recruitment.services.submissions import prepare_submission, submit_application
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Answer, Application
from recruitment.store.campaigns import Campaign, Question
from recruitment.store.closing_times import ClosingRequest
from recruitment.store.sift import Allocation
from recruitment.store.trail import TrailEvent
from tests.support.canaries import Withheld
from tests.support.crawler import crawl, heard
from tests.support.drafting import complete_draft
from tests.support.entering import add_colleague, begin, fill, send
from tests.support.world import World

# A candidate who needs another way in says so in the one world, and nothing of it in the other.
PERSON = Withheld(related="", adjustments=(), detail="", opt_in=False)
SHORTLISTERS = ("shortlister_one", "shortlister_two", "shortlister_three")
ROOTS = ["/", "/entries", "/letters-to-post"]
IDS = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")


def grant(world: World, campaign_id) -> None:
    """Two people give the one who asked three more days."""
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        end = session.get_one(Campaign, campaign_id).closes_at
        (asked,) = session.scalars(select(ClosingRequest).where(ClosingRequest.campaign_id == campaign_id))
        closing = {"campaign_id": campaign_id, "closing_id": asked.id, "until": end + timedelta(days=3)}
        ground = "need_or_trouble"
        propose_for_one(
            session, actor=world.actor("recruiter"), desk=desk, **closing, ground=ground, page_url="https://staff"
        )
        agree_closing(session, actor=world.actor("member"), desk=desk, **closing, ground=ground)


def send_on_the_site(world: World, campaign_id, is_late: bool) -> None:
    candidate, desk = world.add_candidate(PERSON.email), world.public_desk
    if is_late:
        with desk.sessions.writing() as session:
            ask_for_time(session, actor=candidate, desk=desk, campaign_id=campaign_id)
        grant(world, campaign_id)
    complete_draft(world, campaign_id, candidate, PERSON)
    with desk.sessions.reading() as session:
        ready = prepare_submission(session, actor=candidate, desk=desk, campaign_id=campaign_id, copy_text="")
    with desk.sessions.writing() as session:
        submit_application(session, actor=candidate, desk=desk, submission=ready)


def have_it_entered(world: World, campaign_id, is_late: bool) -> None:
    colleague, desk = add_colleague(world), world.staff_desk
    entry_id = begin(world, campaign_id, colleague)
    if is_late:
        with desk.sessions.writing() as session:
            ask_time_for(session, actor=colleague, desk=desk, entry_id=entry_id)
        grant(world, campaign_id)
        with desk.sessions.writing() as session:
            start_writing(session, actor=colleague, desk=desk, entry_id=entry_id)
    fill(world, entry_id, colleague, PERSON)
    send(world, entry_id, colleague)


def without_ids(text: str) -> str:
    """Ids in the order in which they are met."""
    seen: dict[str, str] = {}
    return IDS.sub(lambda found: seen.setdefault(found[0].replace("-", ""), f"id-{len(seen)}"), text)


def as_heard(entry) -> tuple:
    return entry.status, without_ids(repr(entry.headers)), without_ids(entry.body)


def listen(world: World, campaign_id, application_id, *, is_whole: bool = True) -> list[tuple]:
    """The queue of each shortlister, and each of the application's answers, in the order of the questions."""
    found = []
    with world.public_desk.sessions.reading() as session:
        places = session.execute(
            select(Allocation.id, Allocation.person_id)
            .join(Answer, (Answer.campaign_id == Allocation.campaign_id) & (Answer.id == Allocation.answer_id))
            .join(Question, (Question.campaign_id == Answer.campaign_id) & (Question.id == Answer.question_id))
            .where(Answer.application_id == application_id)
            .order_by(Question.position)
        ).all()
    for part in SHORTLISTERS:
        public, staff = world.public_client(), world.staff_client()
        person = world.sign_in(public, part)
        world.sign_in(staff, part)
        own = [f"/sift/{campaign_id}/answers/{handle}" for handle, owner in places if owner == person]
        assert len(own) == 3, "each reads every answer of the application"
        for path in own:
            found.append(as_heard(heard("GET", public.get(path))))
        queue = heard("GET", public.get(f"/sift/{campaign_id}"))
        found.append(as_heard(queue))
        if is_whole:
            found += [as_heard(one) for one in crawl(staff, ROOTS, submit=False)]
        else:
            found += [as_heard(heard("GET", staff.get(path))) for path in ROOTS]
        found += [as_heard(heard("GET", public.get("/sift")))]
    return found


def differing(sent: tuple, entered: tuple) -> list[tuple[str, str]]:
    """The first lines that differ."""
    mine, theirs = ("\n".join(map(str, one)).splitlines() for one in (sent, entered))
    return [pair for pair in zip_longest(mine, theirs, fillvalue="") if pair[0] != pair[1]][:3]


def change_on_the_site(world: World, campaign_id, application_id, what: Change) -> None:
    desk = world.public_desk
    with desk.sessions.writing() as session:
        owner = session.get_one(Application, (campaign_id, application_id)).candidate_id
        own = {"actor": Actor(ActorKind.CANDIDATE, owner, world.organisation_id), "desk": desk}
        if what is Change.CORRECT:
            ask_correction(session, **own, campaign_id=campaign_id, change=Contact(phone="01709 960000"))
        elif what is Change.COPY:
            ask_copy(session, **own)
        else:
            withdraw_application(session, **own, campaign_id=campaign_id)
    run_due_jobs(world.staff_desk, None)


def have_it_changed(world: World, campaign_id, application_id, what: Change) -> None:
    desk, colleague = world.staff_desk, add_colleague(world, f"Helper{what}")
    with desk.sessions.reading() as session:
        found = session.get_one(Application, (campaign_id, application_id))
        told = Told(f"{PERSON.first} {PERSON.last}", PERSON.postcode, found.submitted_at.date())
        match = find_match(session, actor=colleague, desk=desk, reference=found.reference, told=told)
    with desk.sessions.writing() as session:
        known = note_recognition(
            session, actor=colleague, desk=desk, match=match, entry_format=EntryFormat.PHONE
        )  # fmt: skip
        make_change(
            session, actor=colleague, desk=desk, recognition_id=known, change=what,
            correction=Correction(phone="01709 960000"),
        )  # fmt: skip
    run_due_jobs(desk, None)


@pytest.mark.parametrize("is_late", [False, True])
def test_a_shortlister_reads_an_entered_application_as_one_that_was_sent_on_the_site(make_world, is_late):
    logs, trails = [], []
    for apply, change in ((send_on_the_site, change_on_the_site), (have_it_entered, have_it_changed)):
        world = make_world()
        campaign_id = world.campaign(until=CampaignState.OPEN, applications=1 if is_late else 0)
        with world.staff_desk.sessions.writing() as session:
            campaign = session.get_one(Campaign, campaign_id)
            campaign.shortlisters_per_answer = len(SHORTLISTERS)
            end = campaign.closes_at
            before = set(session.scalars(select(Application.id)))
        if is_late:
            world.clock.now = end + timedelta(hours=1)
            open_sift(world, campaign_id)
            withdraw_the_other(world, campaign_id)
        apply(world, campaign_id, is_late)
        if not is_late:
            world.clock.now = end + timedelta(hours=1)
            open_sift(world, campaign_id)
        with world.staff_desk.sessions.reading() as session:
            (application_id,) = set(session.scalars(select(Application.id))) - before
        log = listen(world, campaign_id, application_id)
        # What is changed for somebody looks as if they did it on the site: details, a copy, then a withdrawal.
        for what in (Change.CORRECT, Change.COPY, Change.WITHDRAW):
            world.clock.advance(minutes=5)
            change(world, campaign_id, application_id, what)
            if what is not Change.CORRECT:
                log += listen(world, campaign_id, application_id, is_whole=False)
        logs.append(log)
        with world.staff_desk.sessions.reading() as session:
            trails.append(set(session.scalars(select(TrailEvent.event).where(TrailEvent.chain_id == campaign_id))))
    assert trails[1] - trails[0] == {
        "entry_begun", "application_entered", "candidate_recognised", "changed_for_candidate"
    }, "the worlds do differ"  # fmt: skip
    assert [one[0] for one in logs[0]] == [one[0] for one in logs[1]]
    for sent, entered in zip(*logs, strict=True):
        assert differing(sent, entered) == []
    assert any("complaints fell by 30" in str(one[-1]) for one in logs[0]), "what is read is there"


def open_sift(world: World, campaign_id) -> None:
    with world.staff_desk.sessions.writing() as session:
        sift.open_sift(session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign_id)


def withdraw_the_other(world: World, campaign_id) -> None:
    """So that places in the queues, which are drawn by lot, are the same: those of the late one alone."""
    with world.public_desk.sessions.writing() as session:
        other = session.scalars(select(Application).where(Application.campaign_id == campaign_id)).one()
        candidate = Actor(ActorKind.CANDIDATE, other.candidate_id, world.organisation_id)
        withdraw_application(session, actor=candidate, desk=world.public_desk, campaign_id=campaign_id)
