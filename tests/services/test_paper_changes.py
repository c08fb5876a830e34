"""Who has no e-mail address withdraws, corrects and has erased through a colleague outside the campaign."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from recruitment.rules.applications import Correction
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.entries import EntryFormat
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate
from recruitment.rules.permissions import Role
from recruitment.rules.recognition import MOST_TRIES, Change, Told
from recruitment.rules.rights import Right, RightStanding
from recruitment.rules.trail import event_sentence
from recruitment.services import entries, paper_changes, recognitions, rights_decisions
from recruitment.services.paper_letters import mark_posted
from recruitment.services.redacted import read_pieces
from recruitment.services.roles import give_role
from recruitment.services.worker import keep_house, run_due_jobs
from recruitment.store.applications import Answer, Application, SealedRecord
from recruitment.store.campaigns import Campaign
from recruitment.store.candidates import Candidate
from recruitment.store.entries import PaperLetter
from recruitment.store.equality import EqualityRow
from recruitment.store.people import Person
from recruitment.store.recognitions import Recognition
from recruitment.store.rights import RightsRequest
from recruitment.store.sift import Allocation
from recruitment.store.trail import TrailEvent
from tests.promises.test_3_no_plaintext_at_rest import opened_name
from tests.services.test_paper_letters import act, show, waiting
from tests.support.canaries import Withheld, found_in, raw_bytes
from tests.support.entering import add_colleague, begin, enter, fill, send

pytestmark = pytest.mark.sqlite_only
ENVELOPE = ("Quenbyla Varnheskold", "S64 9QQ")


def told(world, **changed):
    return replace(Told(*ENVELOPE, world.clock.now.date()), **changed)


def recognise(world, actor, reference, known=None, **changed):
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        match = recognitions.find_match(
            session, actor=actor, desk=desk, reference=reference, told=known or told(world, **changed)
        )
    return act(world, recognitions.note_recognition, actor, match=match, entry_format=EntryFormat.PHONE)


def change(world, actor, recognised, what, **asked):
    act(world, paper_changes.make_change, actor, recognition_id=recognised, change=what, **asked)
    run_due_jobs(world.staff_desk, None)


def read(world, actor, recognised):
    with world.staff_desk.sessions.reading() as session:
        return paper_changes.read_recognised(
            session, actor=actor, desk=world.staff_desk, recognition_id=recognised
        )


def rows(world, table, *where):
    with world.staff_desk.sessions.reading() as session:
        return list(session.scalars(select(table).where(*where)))


def letters(world, printer):
    """Each letter that waits, printed and posted."""
    found = []
    for line in waiting(world, printer):
        found.append(show(world, printer, line.id))
        act(world, mark_posted, printer, paper_id=line.id)
    return found


def move(world, campaign_id, state):
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, campaign_id).state = state


@pytest.fixture
def opened(world):
    return world.campaign(until=CampaignState.OPEN, applications=1)


@pytest.fixture
def helper(world):
    return add_colleague(world, "Helper")


@pytest.fixture
def reference(world, opened):
    made = enter(world, opened, add_colleague(world))
    run_due_jobs(world.staff_desk, None)
    letters(world, add_colleague(world, "Printer"))
    return made


def test_who_holds_our_letter_is_recognised_by_what_stands_on_it(world, opened, reference, helper):
    recognised = recognise(
        world, helper, reference.lower().replace("-", " "), name="Q Varnheskold", postcode="s649qq"
    )
    found = read(world, helper, recognised)
    assert (found.reference, found.can_withdraw, found.is_erased_at_once) == (reference, True, True)
    assert found_in(repr(found).encode(), Withheld().canaries) == [], "nothing that is held is shown"
    (noted,) = rows(world, TrailEvent, TrailEvent.event == "candidate_recognised")
    assert (noted.chain_id, noted.actor) == (opened, str(helper))
    assert event_sentence("Helper", noted.event, noted.detail, {}) == (
        "Helper recognised somebody without an e-mail address by name, postcode, date of a letter: by telephone, "
        "whom they do not know."
    )
    with pytest.raises(Invalid, match="who stands behind a reference"):
        asked = {"campaign_id": opened, "person_id": helper.id, "role": Role.SHORTLISTER}
        act(world, give_role, world.actor("recruiter"), **asked)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Quenbyla Other"},
        {"postcode": "S64 9QR"},
        {"days": -1},
        {"days": 4},
        {"reference": "MUTO-LIBA-11"},
    ],
)
def test_one_thing_wrong_and_nothing_matches(world, opened, reference, helper, wrong):
    on = world.clock.now.date() + timedelta(days=wrong.get("days", 0))
    typed = {key: value for key, value in wrong.items() if key in ("name", "postcode")}
    assert recognise(world, helper, wrong.get("reference", reference), letter_on=on, **typed) is None
    (noted,) = rows(world, TrailEvent, TrailEvent.event == "recognition_refused")
    assert (noted.chain_id, noted.detail) == (world.organisation_id, {"format": "phone"})
    assert rows(world, Recognition) == []
    # To have asked in vain bars nobody.
    act(
        world, give_role, world.actor("recruiter"), campaign_id=opened, person_id=helper.id, role=Role.SHORTLISTER
    )  # fmt: skip


def test_guessing_ends_after_a_few_tries_and_goes_on_an_hour_later(world, opened, reference, helper):
    for _ in range(MOST_TRIES):
        assert recognise(world, helper, reference, postcode="S64 9QR") is None
    with pytest.raises(TooLate, match="in an hour"):
        recognise(world, helper, reference)
    assert recognise(world, add_colleague(world, "Other"), reference)
    day = told(world)
    world.clock.advance(minutes=61)
    assert recognise(world, helper, reference, known=day)


def test_an_application_of_somebody_with_an_email_address_is_not_found(world, opened, helper):
    reference = enter(world, opened, add_colleague(world), email="quenbyla@canary-mail.example")
    assert recognise(world, helper, reference) is None


def test_whoever_has_a_part_recognises_nobody_and_nobody_uses_anothers(world, opened, reference, helper):
    for part in ("recruiter", "shortlister_one", "member", "analyst", "auditor"):
        assert recognise(world, world.actor(part), reference) is None
    recognised = recognise(world, helper, reference)
    for actor in (world.actor("recruiter"), add_colleague(world, "Other")):
        with pytest.raises(NotFound):
            change(world, actor, recognised, Change.WITHDRAW)
    scorer = add_colleague(world, "Scorer")
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Person, scorer.id).only_campaign_id = opened
    with pytest.raises(NotAllowed):
        recognise(world, scorer, reference)
    world.clock.advance(hours=25)
    with pytest.raises(NotFound):
        change(world, helper, recognised, Change.WITHDRAW)
    keep_house(world.staff_desk)
    assert rows(world, Recognition) == []


def test_it_is_withdrawn_once_by_the_rules_of_the_site_and_a_letter_says_so(world, opened, reference, helper):
    recognised = recognise(world, helper, reference)
    change(world, helper, recognised, Change.WITHDRAW)
    (found,) = rows(world, Application, Application.reference == reference)
    assert found.withdrawn_at == world.clock.now
    assert not read(world, helper, recognised).can_withdraw
    with pytest.raises(TooLate, match="withdrawn already"):
        change(world, helper, recognised, Change.WITHDRAW)
    (letter,) = letters(world, helper)
    assert letter.address[0] == ENVELOPE[0] and reference in letter.subject
    assert "your application is withdrawn" in letter.body
    own = [one for one in rows(world, TrailEvent, TrailEvent.chain_id == opened) if "withdrawn" in one.event]
    assert [one.actor for one in own] == [f"candidate:{found.candidate_id}"], "as on the site"
    (by,) = rows(world, TrailEvent, TrailEvent.event == "changed_for_candidate")
    assert (by.actor, by.detail) == (str(helper), {"change": "withdraw", "format": "phone"})
    assert found_in(repr(by.detail).encode(), (reference, str(found.id))) == []


def test_after_the_outcomes_nothing_is_withdrawn(world, opened, reference, helper):
    recognised = recognise(world, helper, reference)
    move(world, opened, CampaignState.DECIDED)
    assert not read(world, helper, recognised).can_withdraw
    with pytest.raises(TooLate, match="final"):
        change(world, helper, recognised, Change.WITHDRAW)


def test_a_corrected_address_is_where_letters_go_and_the_old_one_is_told(world, opened, helper):
    reference = enter(world, opened, add_colleague(world))
    run_due_jobs(world.staff_desk, None)
    recognised = recognise(world, helper, reference)
    correction = Correction(
        phone="01709 960000", address_lines=("7 Quillcanary Close", "Doncaster"), postcode="DN1 1AA"
    )
    change(world, helper, recognised, Change.CORRECT, correction=correction)
    new = (ENVELOPE[0], "7 Quillcanary Close", "Doncaster", "DN1 1AA")
    assert found_in(raw_bytes(world), ("Quillcanary",)) == []
    found = {(one.address, "corrected" in one.body) for one in letters(world, helper)}
    old = (ENVELOPE[0], Withheld().street, Withheld().town, ENVELOPE[1])
    assert found == {(new, False), (new, True), (old, True)}, "the confirmation that waited goes to the new one"
    change(world, helper, recognised, Change.WITHDRAW)
    (letter,) = letters(world, helper)
    assert letter.address == new
    assert recognise(world, helper, reference) is None, "by the old postcode nobody is recognised any more"
    (done,) = rows(world, RightsRequest)
    assert (done.kind, done.standing, done.sealed) == (Right.RECTIFICATION, RightStanding.DONE, None)


def test_a_corrected_name_is_hidden_in_the_answers_and_stands_in_the_sealed_identity(world, opened, helper):
    typist = add_colleague(world)
    entry_id = begin(world, opened, typist)
    fill(world, entry_id, typist)
    with world.staff_desk.sessions.writing() as session:
        desk = world.staff_desk
        entry = entries.read_entry(session, actor=typist, desk=desk, entry_id=entry_id)
        # A slip of the typist: the candidate is another than the name says.
        slip = entry.draft.content.with_section("identity", full_name="Hortensia Plumb")
        entries.save_entry(
            session, actor=typist, desk=desk, entry_id=entry_id, version=entry.draft.version, content=slip
        )
    reference = send(world, entry_id, typist)
    run_due_jobs(world.staff_desk, None)
    letters(world, add_colleague(world, "Printer"))
    (found,) = rows(world, Application, Application.reference == reference)

    def shown():
        own = rows(world, Answer, Answer.application_id == found.id)
        pieces = (read_pieces(world.staff_desk, opened, one.id, one.redacted) for one in own)
        return " ".join(piece for one in pieces for piece in one if isinstance(piece, str))

    assert "Quenbyla" in shown() and "Varnheskold" in shown(), "before, the true name stood there for all to read"
    recognised = recognise(world, helper, reference, name="Hortensia Plumb")
    change(world, helper, recognised, Change.CORRECT, correction=Correction(ENVELOPE[0]))
    assert opened_name(world, opened, found.id) == ENVELOPE[0]
    assert found_in(shown().encode(), ("Quenbyla", "Varnheskold")) == []
    assert "complaints fell by 30" in shown(), "and nothing else is gone"
    assert {one.address[0] for one in letters(world, helper)} == {"Hortensia Plumb", ENVELOPE[0]}


def test_a_correction_that_says_nothing_or_half_an_address_is_refused(world, opened, reference, helper):
    recognised = recognise(world, helper, reference)
    for correction, field in (
        (Correction(), "full_name"),
        (Correction(address_lines=("1 Mill Lane",)), "postcode"),
        (Correction(postcode="LS1 1AA"), "address"),
    ):
        with pytest.raises(Invalid) as refusal:
            change(world, helper, recognised, Change.CORRECT, correction=correction)
        assert refusal.value.field == field


def test_a_copy_is_agreed_to_by_an_administrator_and_waits_to_be_printed(world, opened, reference, helper):
    recognised = recognise(world, helper, reference)
    change(world, helper, recognised, Change.COPY)
    with pytest.raises(TooLate, match="already"):
        change(world, helper, recognised, Change.COPY)
    (letter,) = letters(world, helper)
    assert "within one month" in letter.body
    (asked,) = rows(world, RightsRequest)
    act(world, rights_decisions.agree_copy, world.actor("recruiter"), request_id=asked.id)
    run_due_jobs(world.staff_desk, None)
    (copy,) = letters(world, helper)
    told_all = Withheld()
    for words in (told_all.last, told_all.phone, told_all.detail, told_all.related, reference):
        assert words in copy.attachment
    assert copy.is_whole
    assert "did not ask you the equality questions" in copy.attachment
    assert "post:" not in copy.attachment and f"Postal address: {ENVELOPE[0]}" in copy.attachment


def test_before_the_freeze_it_is_erased_at_once_and_the_account_with_it(world, opened, reference, helper):
    recognised = recognise(world, helper, reference)
    (found,) = rows(world, Application, Application.reference == reference)
    change(world, helper, recognised, Change.ERASE)
    assert rows(world, SealedRecord, SealedRecord.application_id == found.id) == []
    assert rows(world, Candidate, Candidate.id == found.candidate_id) == []
    (letter,) = letters(world, helper)
    assert "is erased" in letter.body and reference in letter.subject
    assert rows(world, PaperLetter) == []
    after = read(world, helper, recognised)
    assert (after.reference, after.can_withdraw) == ("", False)
    with pytest.raises(TooLate, match="nothing left"):
        change(world, helper, recognised, Change.WITHDRAW)


@pytest.mark.parametrize("is_agreed", [True, False])
def test_after_the_freeze_an_administrator_decides_and_the_answer_goes_by_post(
    world, opened, reference, helper, is_agreed
):
    recognised = recognise(world, helper, reference)
    move(world, opened, CampaignState.FROZEN)
    assert not read(world, helper, recognised).is_erased_at_once
    change(world, helper, recognised, Change.ERASE)
    (letter,) = letters(world, helper)
    assert "somebody decides" in letter.body
    move(world, opened, CampaignState.DECIDED)
    (asked,) = rows(world, RightsRequest)
    decided = {"is_agreed": is_agreed, "reason": "" if is_agreed else "A claim needs the papers."}
    act(world, rights_decisions.decide_request, world.actor("recruiter"), request_id=asked.id, **decided)
    run_due_jobs(world.staff_desk, None)
    (answer,) = letters(world, helper)
    assert ("is erased" in answer.body, "A claim needs the papers." in answer.body) == (is_agreed, not is_agreed)
    assert len(rows(world, Candidate, Candidate.id == asked.candidate_id)) == (0 if is_agreed else 1)


def test_notice_to_stop_is_recorded_and_writes_no_equality_row(world, opened, reference, helper):
    before = len(rows(world, EqualityRow))
    recognised = recognise(world, helper, reference)
    change(world, helper, recognised, Change.STOP)
    assert read(world, helper, recognised).has_stopped
    assert len(rows(world, EqualityRow)) == before, "nobody without an e-mail address can have given answers"
    (letter,) = letters(world, helper)
    assert "questions" in letter.body
    with pytest.raises(TooLate):
        change(world, helper, recognised, Change.STOP)


def test_the_letter_is_in_welsh_for_who_reads_welsh(world, opened, helper):
    colleague = add_colleague(world)
    entry_id = begin(world, opened, colleague)
    fill(world, entry_id, colleague, language="cy")
    reference = send(world, entry_id, colleague)
    run_due_jobs(world.staff_desk, None)
    letters(world, helper)
    change(world, helper, recognise(world, helper, reference), Change.WITHDRAW)
    (letter,) = letters(world, helper)
    assert letter.language == "cy" and "cais" in letter.body.lower()
    assert rows(world, Allocation) == []
