"""“This was hidden wrongly”: asked for on the preview, decided by somebody outside the sift, hidden until then."""

import pytest
from sqlalchemy import select

from recruitment.rules.redaction import Kind
from recruitment.services.clearance import read_clearance
from recruitment.services.openings import record_opening
from recruitment.services.outgoing import read_outbox
from recruitment.services.redacted import read_pieces, shown_parts
from recruitment.services.sift import open_sift, read_answer, read_queue
from recruitment.store.applications import Answer, SealedRecord
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.clearance import open_passages
from tests.web.candidate.test_previewing import lists_of, readable
from tests.web.candidate.test_uploading_a_cv import upload

TEXT = "The Philippa garden was mine. I closed it; the PHILIPPA garden reopened."
PLACES = ((4, 12), (47, 55))


@pytest.fixture
def question(applicant):
    """A whole application whose first answer names a garden that is called like its writer."""
    applicant.write()
    first = applicant.questions()[0]
    assert [TEXT[start:end] for start, end in PLACES] == ["Philippa", "PHILIPPA"]
    applicant.save(f"/question/{first.id}", answer=TEXT)
    return first


def press(applicant, question, what: str, mark, **fields):
    sent = {"mark": mark, "version": applicant.draft().version} | fields
    return applicant.client.post(f"{applicant.at}/preview/{question.id}/{what}", data=sent)


def disputed(applicant, question):
    return applicant.draft().content.disputed.get(str(question.id), ())


def test_asking_covers_every_place_of_the_words_and_the_page_says_what_happens(applicant, question):
    before = readable(applicant.page("/preview"))
    saved = press(applicant, question, "ask", 2)
    assert saved.status_code == 303
    assert saved.location.endswith("/preview?answer=1&mark=2#words-1-2")
    assert disputed(applicant, question) == PLACES
    page = applicant.client.get(saved.location)
    assert page.text.count('id="words-1-1"') == 1
    assert (
        "You asked us to show this. It stays hidden unless somebody who does not shortlist decides to show it."
        in lists_of(page)
    )
    assert "You have asked us to show 1 hidden passage." in page.text
    assert "<title>Saved. This is what shortlisters will read" in page.text
    # Nothing changes for shortlisters.
    assert readable(page) == before


def test_for_ones_own_name_the_page_says_what_it_would_mean(applicant, question):
    listed = lists_of(applicant.page("/preview"))
    assert "If it is your name, shortlisters would know who you are. Philippa marks 1, 2" in listed


def test_leaving_it_hidden_after_all_undoes_the_asking(applicant, question):
    press(applicant, question, "ask", 1)
    assert "Leave it hidden after all" in applicant.page("/preview").text
    saved = press(applicant, question, "leave", 1)
    assert saved.status_code == 303
    assert disputed(applicant, question) == ()
    page = applicant.client.get(saved.location)
    assert "It stays hidden." in lists_of(page)
    assert "Leave it hidden after all" not in page.text


def test_what_was_asked_for_follows_the_words_and_goes_with_them(applicant, question):
    press(applicant, question, "ask", 1)
    applicant.save(f"/question/{question.id}", answer="At last. " + TEXT)
    assert disputed(applicant, question) == tuple((start + 9, end + 9) for start, end in PLACES)
    applicant.save(f"/question/{question.id}", answer="The old garden was mine.")
    assert disputed(applicant, question) == ()


def test_what_the_candidate_hid_has_show_again_and_cannot_be_asked_for(applicant, question, errors_of):
    applicant.client.post(
        f"{applicant.at}/preview/{question.id}/hide",
        data={"answer-1-passage": "garden", "answer-1-version": applicant.draft().version},
    )
    listed = lists_of(applicant.page("/preview"))
    assert "Philippa garden marks 1, 2 What you have hidden here garden marks 1, 2 Show again" in listed
    refused = press(applicant, question, "ask", 1)
    assert refused.status_code == 400
    assert errors_of(refused) == ["Those words are not hidden any more. Choose again from what is hidden now"]


@pytest.mark.parametrize("mark", ["0", "99", "-1", "٣", "1.5", "", "9" * 500, "Philippa"])
@pytest.mark.parametrize("what", ["ask", "leave"])
def test_a_mark_that_is_not_there_is_refused_in_words_and_changes_nothing(
    applicant, question, errors_of, what, mark
):
    refused = press(applicant, question, what, mark)
    assert refused.status_code == 400
    assert errors_of(refused) == ["Those words are not hidden any more. Choose again from what is hidden now"]
    assert disputed(applicant, question) == ()


def test_asking_from_an_older_page_changes_nothing_and_says_so(applicant, question, errors_of):
    version = applicant.draft().version
    applicant.save("/name", full_name="Philippa Wetherby-Hope")
    page = press(applicant, question, "ask", 1, version=version)
    assert page.status_code == 409
    assert "in another window" in errors_of(page)[0]
    assert disputed(applicant, question) == ()


def test_nobody_asks_in_somebody_elses_draft(world, applicant, question, campaign_id):
    client = world.public_client()
    world.sign_in_candidate(client, "somebody.else@example.org")
    sent = {"mark": 1, "version": applicant.draft().version}
    assert client.post(f"{applicant.at}/preview/{question.id}/ask", data=sent).status_code == 404
    client.post(f"/campaigns/{campaign_id}/apply")
    # In a draft of their own nothing is written yet.
    assert client.post(f"{applicant.at}/preview/{question.id}/ask", data=sent).status_code == 400
    assert disputed(applicant, question) == ()


def test_after_the_closing_time_nothing_is_asked(world, applicant, question):
    version = applicant.draft().version
    world.clock.advance(days=30)
    assert press(applicant, question, "ask", 1, version=version).status_code == 409
    assert disputed(applicant, question) == ()


def test_a_new_cv_forgets_what_was_asked_for_and_keeps_what_was_hidden(applicant, cv_question):
    applicant.write()
    upload(applicant, cv_question, b"Philippa Wetherby\n\nI ran the Lumbfoot pump.", "cv.txt")
    key, number = str(cv_question), len(applicant.questions())
    at = f"{applicant.at}/preview/{cv_question}"
    applicant.client.post(f"{at}/ask", data={"mark": 1, "version": applicant.draft().version})
    applicant.client.post(
        f"{at}/hide",
        data={f"answer-{number}-passage": "Lumbfoot", f"answer-{number}-version": applicant.draft().version},
    )
    assert applicant.draft().content.disputed[key] == ((0, 17),)
    assert applicant.draft().content.hidden[key] == ((29, 37),)
    upload(applicant, cv_question, b"PHILIPPA WETHERBY\n\nFor years I ran the Lumbfoot pump.", "cv.txt")
    assert applicant.draft().content.disputed.get(key, ()) == ()
    assert applicant.draft().content.hidden[key] == ((39, 47),)


def test_the_check_page_the_confirmation_and_the_copy_say_what_was_asked(world, applicant, question):
    assert "You have asked us to show" not in applicant.page("/check").text
    press(applicant, question, "ask", 1)
    assert "You have asked us to show 1 hidden passage. Somebody who does not shortlist reads it" in (
        applicant.page("/check").text
    )
    sent = applicant.submit()
    assert sent.location == f"{applicant.at}/submitted?asked=1"
    confirmation = applicant.client.get(sent.location).text
    assert "You asked us to show 1 hidden passage. Somebody who does not shortlist" in confirmation
    with world.staff_desk.sessions.reading() as session:
        letters = read_outbox(session, desk=world.staff_desk, actor=world.actor("recruiter"))
    (letter,) = [one.letter for one in letters if one.letter.to == "philippa.wetherby@example.org"]
    assert "Hidden words that you asked us to show there\n" in letter.attachment


@pytest.mark.parametrize("asked", ["0", "-1", "<b>", "9" * 9, "٣", "1 "])
def test_the_confirmation_says_nothing_of_what_its_address_makes_up(applicant, asked):
    applicant.write()
    applicant.submit()
    page = applicant.client.get(f"{applicant.at}/submitted", query_string={"asked": asked})
    assert page.status_code == 200
    assert "You asked us to show" not in page.text


def test_what_was_asked_for_waits_sealed_with_a_person_and_stays_hidden_when_nobody_decides(
    world, applicant, question, campaign_id
):
    press(applicant, question, "ask", 1)
    applicant.submit()
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        (answer,) = session.scalars(select(Answer).where(Answer.question_id == question.id))
        (sealed,) = session.scalars(select(SealedRecord).where(SealedRecord.compartment == "clearance"))
        assert (answer.has_restorable, sealed.part) == (True, answer.id.hex)
        parts = shown_parts(read_pieces(desk, campaign_id, answer.id, answer.redacted))
        batch = read_clearance(session, actor=world.actor("member"), desk=desk, campaign_id=campaign_id)
        assert [passage.text for passage in batch.passages] == ["Philippa", "PHILIPPA"]
        receipt = record_opening(
            desk, actor=world.actor("member"), compartment=Compartment.CLEARANCE, scope_id=campaign_id,
            records=[answer.id], ground="a test looks",
        )  # fmt: skip
        waiting = open_passages(desk.vault, receipt, [(answer.id, sealed.blob)])[answer.id]
    assert [(one.kind, one.is_disputed) for one in waiting.values()] == [(Kind.NAME, True)] * 2
    reading = "".join(part.text for part in parts)
    assert reading == "The [hidden] garden was mine. I closed it; the [hidden] garden reopened."

    world.clock.advance(days=20)
    with desk.sessions.writing() as session:
        open_sift(session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id)
    read = []
    for part in ("shortlister_one", "shortlister_two", "shortlister_three"):
        actor = world.actor(part)
        with world.public_desk.sessions.reading() as session:
            queue = read_queue(session, actor=actor, campaign_id=campaign_id, per_page=100)
            asked = {"actor": actor, "desk": world.public_desk, "campaign_id": campaign_id}
            shown = [read_answer(session, **asked, handle=item.handle) for item in queue.items]
        read += ["".join(part.text for part in one.parts) for one in shown]
    assert reading in read
    assert [text for text in read if "philippa" in text.lower()] == []
