"""Who has no e-mail address gets every letter on paper, from somebody with no part in the campaign."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, Stale
from recruitment.rules.letters import LetterState
from recruitment.rules.letters_on_paper import PostalAddress, as_address
from recruitment.rules.permissions import Role
from recruitment.services import paper_letters
from recruitment.services.catalogues import load_catalogue
from recruitment.services.key_turning import begin_turn, finish_turns
from recruitment.services.letters import read_letters
from recruitment.services.outgoing import read_outbox
from recruitment.services.roles import give_role
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Application, StageEvent, StageEventKind
from recruitment.store.candidates import Candidate
from recruitment.store.entries import Entry, PaperLetter
from recruitment.store.jobs import Job
from recruitment.store.people import Person
from recruitment.store.trail import TrailEvent
from recruitment.vault.sealing.contact import seal_address
from recruitment.web.filters import in_words
from tests.support.canaries import Withheld, found_in, raw_bytes
from tests.support.entering import add_colleague, begin, enter, fill, send
from tests.support.letters import approve_all, letter_rows, queue_all
from tests.support.mailboxes import posting

ADDRESS = ("Quenbyla Varnheskold", "93 Thistlecanary Row", "Mexborough", "S64 9QQ")


def act(world, what, actor, **asked):
    with world.staff_desk.sessions.writing() as session:
        return what(session, actor=actor, desk=world.staff_desk, **asked)


def waiting(world, actor):
    with world.staff_desk.sessions.reading() as session:
        return paper_letters.list_paper_letters(session, actor=actor)


def counted(world, actor):
    with world.staff_desk.sessions.reading() as session:
        return paper_letters.count_paper_letters(session, actor=actor)


def show(world, actor, paper_id):
    act(world, paper_letters.note_reading, actor, paper_id=paper_id)
    with world.staff_desk.sessions.reading() as session:
        return paper_letters.open_paper(session, actor=actor, desk=world.staff_desk, paper_id=paper_id)


def count(world, table):
    with world.staff_desk.sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def opened(world):
    return world.campaign(until=CampaignState.OPEN, applications=1)


@pytest.mark.parametrize("has_server", [True, False])
def test_the_confirmation_waits_sealed_to_be_printed_and_no_mail_server_sees_it(world, opened, has_server):
    run_due_jobs(world.staff_desk, None)
    reference = enter(world, opened, add_colleague(world))
    with posting() as post:
        run_due_jobs(world.staff_desk, post.server if has_server else None)
        assert [one["To"] for one in post.mailbox.letters] == []
    assert count(world, Job) == 0
    printer = add_colleague(world, "Printer")
    (line,) = waiting(world, printer)
    assert not line.is_outcome
    assert counted(world, printer) == 1
    assert found_in(raw_bytes(world), (*ADDRESS[:2], "rang every family")) == []
    letter = show(world, printer, line.id)
    assert letter.address == ADDRESS
    assert reference in letter.subject
    assert "Quenbyla" in letter.attachment, "the copy of what was typed goes along"
    told = Withheld()
    assert told.detail and told.related and "We noted what you said of the requirements" in letter.attachment
    for words in (told.detail, told.related, "Disability Confident\n"):
        assert words not in letter.attachment, "whoever prints it is to learn nothing of that"
    with world.staff_desk.sessions.reading() as session:
        found = read_outbox(session, desk=world.staff_desk, actor=world.actor("recruiter"))
    assert all("Varnheskold" not in one.letter.to for one in found)


def test_whoever_has_a_part_sees_and_opens_none_and_whoever_reads_one_gets_no_part(world, opened):
    enter(world, opened, add_colleague(world))
    run_due_jobs(world.staff_desk, None)
    printer = add_colleague(world, "Printer")
    (line,) = waiting(world, printer)
    for part in ("recruiter", "shortlister_one", "member", "analyst", "auditor"):
        assert waiting(world, world.actor(part)) == []
        with pytest.raises(NotAllowed):
            show(world, world.actor(part), line.id)
    asked = {"campaign_id": opened, "person_id": printer.id, "role": Role.SHORTLISTER}
    show(world, printer, line.id)
    with pytest.raises(Invalid, match="posted a letter"):
        act(world, give_role, world.actor("recruiter"), **asked)


def test_whoever_has_a_part_learns_no_number_of_them_not_even_an_administrator(world, opened):
    """A letter more, beside a reference more, tells whose application did not come on the site."""
    printer = add_colleague(world, "Printer")
    with world.staff_desk.sessions.writing() as session:
        for actor in (world.actor("recruiter"), world.actor("shortlister_one"), printer):
            session.get_one(Person, actor.id).is_administrator = True
    clients = [(part, world.staff_client()) for part in ("recruiter", "shortlister_one", "printer")]
    for part, client in clients:
        world.sign_in(client, part)
    enter(world, opened, add_colleague(world))
    run_due_jobs(world.staff_desk, None)
    assert [counted(world, world.actor(part)) for part, _ in clients] == [0, 0, 1]
    pages = {part: client.get("/").get_data(as_text=True) for part, client in clients}
    assert "1 letter to candidates without an email address" in pages["printer"]
    assert all("Letters to print" not in pages[part] for part in ("recruiter", "shortlister_one"))


def test_each_reading_is_recorded_and_the_copy_is_erased_once_it_is_posted(world, opened):
    enter(world, opened, add_colleague(world))
    run_due_jobs(world.staff_desk, None)
    printer, late = add_colleague(world, "Printer"), add_colleague(world, "Late")
    (line,) = waiting(world, printer)
    with pytest.raises(Stale, match="Nobody has this letter"):
        act(world, paper_letters.mark_posted, printer, paper_id=line.id)
    show(world, printer, line.id)
    act(world, paper_letters.mark_posted, printer, paper_id=line.id)
    with pytest.raises(NotFound):
        act(world, paper_letters.mark_posted, late, paper_id=line.id)
    with pytest.raises(NotFound):
        show(world, late, line.id)
    assert count(world, PaperLetter) == 0
    with world.staff_desk.sessions.reading() as session:
        by_printer = select(TrailEvent.event).where(TrailEvent.actor == str(printer)).order_by(TrailEvent.number)
        found = list(session.scalars(by_printer))
    assert sorted(found) == ["compartment_opened", "paper_letter_posted", "paper_letter_read"]


def test_one_person_has_a_letter_and_a_colleague_sees_who_and_takes_it_over(world, opened):
    enter(world, opened, add_colleague(world))
    run_due_jobs(world.staff_desk, None)
    first, second = add_colleague(world, "First"), add_colleague(world, "Second")
    (line,) = waiting(world, first)
    show(world, first, line.id)
    (seen,), (own,) = waiting(world, second), waiting(world, first)
    assert (seen.holder, seen.is_own, own.is_own, own.taken_at) == ("First", False, True, world.clock.now)
    assert (counted(world, first), counted(world, second)) == (1, 0)
    for what in (paper_letters.note_reading, paper_letters.mark_posted):
        with pytest.raises(Stale, match="First has this letter"):
            act(world, what, second, paper_id=line.id)
    act(world, paper_letters.release_paper, first, paper_id=line.id)
    assert waiting(world, second)[0].holder == ""
    show(world, first, line.id)
    act(world, paper_letters.take_over_paper, second, paper_id=line.id)
    for what in (paper_letters.release_paper, paper_letters.mark_posted):
        with pytest.raises(Stale):
            act(world, what, first, paper_id=line.id)
    for part in ("recruiter", "shortlister_one"):
        for what in (paper_letters.take_over_paper, paper_letters.release_paper):
            with pytest.raises(NotAllowed):
                act(world, what, world.actor(part), paper_id=line.id)
    show(world, second, line.id)
    act(world, paper_letters.mark_posted, second, paper_id=line.id)
    with world.staff_desk.sessions.reading() as session:
        told = session.execute(
            select(TrailEvent.event, TrailEvent.actor, TrailEvent.detail)
            .where(TrailEvent.chain_id == opened, TrailEvent.event.startswith("paper_letter_"))
            .order_by(TrailEvent.number)
        ).all()
    assert [(event.removeprefix("paper_letter_"), actor) for event, actor, _ in told] == [
        ("read", str(first)), ("released", str(first)), ("read", str(first)), ("taken_over", str(second)),
        ("read", str(second)), ("posted", str(second)),
    ]  # fmt: skip
    assert told[3].detail["person"] == str(first.id)


def without_email(world, campaign_id):
    """Somebody who is not on the shortlist turns out to have no e-mail address."""
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        found = session.scalars(
            select(Application)
            .join(
                StageEvent,
                (StageEvent.campaign_id == Application.campaign_id)
                & (StageEvent.application_id == Application.id),
            )
            .where(Application.campaign_id == campaign_id, StageEvent.kind == StageEventKind.NOT_SHORTLISTED)
        ).first()
        account = session.get_one(Candidate, found.candidate_id)
        keys = desk.vault.public_keys(session, world.organisation_id)
        account.address_sealed = seal_address(keys, account.id, as_address(PostalAddress(campaign_id, ADDRESS)))
        return found


def test_an_outcome_letter_counts_as_told_once_it_is_in_the_post(world):
    campaign_id = world.campaign(until=CampaignState.REVEALED, applications=12)
    found = without_email(world, campaign_id)
    approve_all(world)
    queue_all(world, campaign_id)
    with posting() as post:
        run_due_jobs(world.staff_desk, post.server)
        assert post.mailbox.letters
        assert not [one for one in post.mailbox.letters if found.reference in str(one)]
    printer = add_colleague(world, "Printer")
    (line,) = waiting(world, printer)
    assert line.is_outcome
    (row,) = [one for one in letter_rows(world, campaign_id) if one.application_id == found.id]
    assert row.state == LetterState.ON_PAPER
    with world.staff_desk.sessions.reading() as session:
        told = read_letters(session, actor=world.actor("recruiter"), campaign_id=campaign_id)
    assert (told.states[LetterState.ON_PAPER], told.troubles) == (1, 0)
    letter = show(world, printer, line.id)
    assert found.reference in letter.body
    assert "You gave us no e-mail address" in letter.body, "it asks for something on the site"
    act(world, paper_letters.mark_posted, printer, paper_id=line.id)
    (row,) = [one for one in letter_rows(world, campaign_id) if one.application_id == found.id]
    assert row.state == LetterState.POSTED
    with world.staff_desk.sessions.reading() as session:
        assert read_letters(session, actor=world.actor("recruiter"), campaign_id=campaign_id).sent == told.sent + 1


def test_a_letter_that_waits_is_sealed_anew_when_the_keys_are_turned(world, opened):
    enter(world, opened, add_colleague(world))
    run_due_jobs(world.staff_desk, None)
    begin_turn(world.staff_desk, world.organisation_id)
    world.clock.advance(hours=2)
    assert finish_turns(world.staff_desk) == 1
    printer = add_colleague(world, "Printer")
    (line,) = waiting(world, printer)
    assert show(world, printer, line.id).address == ADDRESS
    assert line.written_at + timedelta(hours=2) == world.clock.now


def test_in_welsh_where_that_is_the_candidates_language(world, opened):
    colleague = add_colleague(world)
    entry_id = begin(world, opened, colleague)
    fill(world, entry_id, colleague, Withheld(), language="cy")
    assert "language" not in Entry.__table__.columns, "it lies sealed with the draft, then with the address"
    send(world, entry_id, colleague)
    run_due_jobs(world.staff_desk, None)
    printer = add_colleague(world, "Printer")
    (line,) = waiting(world, printer)
    letter = show(world, printer, line.id)
    assert ("cais" in letter.subject.lower(), letter.language) == (True, "cy")
    client = world.staff_client()
    world.sign_in(client, "printer")
    page = client.post(f"/letters-to-post/{line.id}").get_data(as_text=True)
    assert 'aria-label="The letter" lang="cy">' in page
    inside = page.partition('aria-label="The letter"')[2].partition("</article>")[0]
    assert "Eich copi" in inside and in_words(letter.written_at, load_catalogue("cy")) in inside
