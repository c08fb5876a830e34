"""Letters come in the language in which somebody signed in, sealed with their address; nothing else tells it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from recruitment.rules.closing_times import ClosingKind
from recruitment.services.closing_letters import letter_of
from recruitment.services.outgoing import read_outbox, seal_to_candidates
from recruitment.services.post import in_language, post_sealed
from recruitment.services.sign_in_links import ask_for_link, use_link
from recruitment.store.candidates import Candidate
from recruitment.vault.sealing.contact import Letter


def sign_in(world, address, language):
    """Ask for a link on a page in a language, and use it there."""
    desk, tokens = world.public_desk, []
    with desk.sessions.writing() as session:
        ask_for_link(
            session, desk=desk, organisation_id=world.organisation_id, address=address, campaign_id=None,
            make_url=lambda token: tokens.append(token) or f"https://jobs.example/{token}", language=language,
        )  # fmt: skip
    with desk.sessions.writing() as session:
        return use_link(session, desk=desk, token=tokens[0], language=language)


def letters(world):
    with world.staff_desk.sessions.reading() as session:
        found = read_outbox(session, actor=world.actor("recruiter"), desk=world.staff_desk)
    return {(one.letter.to, one.letter.subject): one.letter for one in found}


def test_a_letter_that_staff_send_is_in_the_language_of_its_reader(world):
    people = [sign_in(world, "sian@example.org", "cy"), sign_in(world, "ann@example.org", "en")]
    until = datetime(2026, 12, 8, 12, 0, tzinfo=UTC)
    subject, body = letter_of(ClosingKind.EXTEND, "Casework officer", until, "jobs@body.example")
    sealed = seal_to_candidates(
        world.staff_desk, organisation_id=world.organisation_id, candidate_ids=[one.id for one in people],
        subject=subject, body=body, ground="to tell candidates of a closing time",
    )  # fmt: skip
    with world.staff_desk.sessions.writing() as session:
        for message_id, blob in sealed:
            post_sealed(
                session, desk=world.staff_desk, organisation_id=world.organisation_id, message_id=message_id,
                blob=blob,
            )  # fmt: skip
    sent = letters(world)
    assert "12:00 on Tuesday 8 December 2026 (UK time)" in sent["ann@example.org", subject].body
    welsh = sent["sian@example.org", "Mae amser cau swydd wag wedi newid"].body
    assert "Gallwch nawr anfon eich cais tan 12:00 ar 8 Rhagfyr 2026 (amser y DU)." in welsh
    assert ("sian@example.org", "Mewngofnodi i wneud cais i Office for Fair Dealing") in sent


def test_the_language_is_sealed_and_changes_when_somebody_signs_in_in_another(world):
    candidate = sign_in(world, "sian@example.org", "cy")
    with world.public_desk.sessions.reading() as session:
        (first,) = session.scalars(select(Candidate.address_sealed).where(Candidate.id == candidate.id)).all()
    sign_in(world, "sian@example.org", "en")
    with world.public_desk.sessions.reading() as session:
        (second,) = session.scalars(select(Candidate.address_sealed).where(Candidate.id == candidate.id)).all()
    assert first != second
    assert len(first) == len(second)
    assert b"cy" not in first.partition(b"sian")[2]


@pytest.mark.parametrize("language", ["en", "xx"])
def test_a_letter_without_a_catalogue_stays_as_it_was_written(language):
    letter = Letter("a@example.org", "Your request for more time", "Sent on 8 December 2026.")
    assert in_language(letter, "cy") != letter
    assert in_language(letter, language) == letter
