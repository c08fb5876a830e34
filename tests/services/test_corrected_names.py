"""A name that its owner corrects is hidden in its old and its new form, and no decision comes undone."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from recruitment.rules.actors import Actor
from recruitment.rules.applications import Contact, Correction
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid
from recruitment.rules.letters_on_paper import PostalAddress, as_address
from recruitment.rules.redaction import MARKER
from recruitment.services import rights
from recruitment.services.clearance import decide_passages, prepare_clearing, read_clearance
from recruitment.services.redacted import read_pieces, shown_parts
from recruitment.services.references import free_references
from recruitment.services.submissions import ApplicationContent, prepare_application, store_application
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Answer
from recruitment.store.campaigns import Campaign, list_questions, list_vacancies
from recruitment.store.candidates import Candidate
from recruitment.store.rights import RightsRequest
from recruitment.store.trail import TrailEvent
from recruitment.vault.sealing.contact import seal_address
from tests.support.canaries import Withheld
from tests.support.copies import copy_blobs, opened_today
from tests.support.world import World

OLD, NEW = "Quenbyla Varnheskold", "Tamsinfreya Oldcastle"
TEXTS = (
    "I, Quenbyla Varnheskold, rang every family. The Oldcastle way of working cut delays. I wrote to each.",
    "My manager Tamsinfreya Oldcastle weighed it, and my colleague Rosalind Pym agreed. I set out each source.",
    "Varnheskold’s idea, they said. I asked twenty carers first.",
)
DISPUTED = ("Tamsinfreya Oldcastle", "Rosalind Pym")


@pytest.fixture
def candidate(world: World) -> Actor:
    return world.add_candidate("own@canary-mail.example")


@pytest.fixture
def campaign_id(world: World, candidate: Actor) -> UUID:
    """Open, with one application whose form has another name than its texts, and two disputed passages."""
    key, desk = world.campaign(until=CampaignState.OPEN, applications=0), world.public_desk
    with desk.sessions.reading() as session:
        keys = desk.vault.public_keys(session, key)
        asked = [question.id for question in list_questions(session, key)]
        vacancies = tuple(vacancy.id for vacancy in list_vacancies(session, key))
        (reference,) = free_references(session, desk, key, 1)
    texts = dict(zip(asked, TEXTS, strict=True))
    places = [(TEXTS[1].index(words), TEXTS[1].index(words) + len(words)) for words in DISPUTED]
    identity = replace(Withheld().identity(), answers={str(each): text for each, text in texts.items()})
    content = ApplicationContent(identity, texts, vacancies=vacancies, disputed={asked[1]: tuple(places)})
    prepared = prepare_application(desk=desk, keys=keys, application_id=desk.new_id(), content=content)
    with desk.sessions.writing() as session:
        store_application(
            session, actor=candidate, desk=desk, prepared=prepared, candidate_id=candidate.id, reference=reference
        )
    return key


def correct(
    world: World, candidate: Actor, campaign_id: UUID, change: Correction | Contact, *, is_on_paper: bool = False
) -> None:
    with world.public_desk.sessions.writing() as session:
        rights.ask_correction(
            session,
            actor=candidate,
            desk=world.public_desk,
            campaign_id=campaign_id,
            change=change,
            is_on_paper=is_on_paper,
        )
    run_due_jobs(world.staff_desk, None)


def read(world: World, campaign_id: UUID) -> list[str]:
    """The texts as shortlisters read them, in the order of the questions."""
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        asked = [question.id for question in list_questions(session, campaign_id)]
        rows = session.scalars(select(Answer).where(Answer.campaign_id == campaign_id)).all()
        return [
            "".join(part.text for part in shown_parts(read_pieces(desk, campaign_id, row.id, row.redacted)))
            for row in sorted(rows, key=lambda row: asked.index(row.question_id))
        ]


def clear(world: World, campaign_id: UUID, *, restore: str) -> list[str]:
    """Restore the passages with these words, leave the others hidden; the passages that waited."""
    desk, actor = world.staff_desk, world.actor("recruiter")
    with desk.sessions.reading() as session:
        found = read_clearance(session, actor=actor, desk=desk, campaign_id=campaign_id).passages
        clearing = prepare_clearing(
            session, actor=actor, desk=desk, campaign_id=campaign_id, answer_id=found[0].answer_id,
            decisions={each.ordinal: each.text == restore for each in found},
        )  # fmt: skip
    with desk.sessions.writing() as session:
        decide_passages(session, actor=actor, desk=desk, clearing=clearing)
    return sorted(each.text for each in found)


def live_at_a_postal_address(world: World, candidate: Actor, campaign_id: UUID) -> None:
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        keys = desk.vault.public_keys(session, candidate.organisation_id)
        address = as_address(PostalAddress(campaign_id, (OLD, "1 Mill Lane", "LS1 1AA")))
        account = session.get_one(Candidate, candidate.id)
        account.address_sealed = seal_address(keys, candidate.id, address)


@pytest.mark.parametrize("is_on_paper", [False, True])
def test_a_corrected_name_is_hidden_in_both_forms_and_no_waiting_passage_with_it_can_come_back(
    world: World, candidate: Actor, campaign_id: UUID, is_on_paper: bool
) -> None:
    if is_on_paper:
        live_at_a_postal_address(world, candidate, campaign_id)
    before = read(world, campaign_id)
    assert "Oldcastle" in before[0] and "Varnheskold" not in "".join(before)
    correct(world, candidate, campaign_id, Correction(full_name=NEW), is_on_paper=is_on_paper)
    assert clear(world, campaign_id, restore="Rosalind Pym") == ["Rosalind Pym"]
    first, second, third = read(world, campaign_id)
    assert not [word for word in (*OLD.split(), *NEW.split()) if word in first + second + third]
    assert "way of working cut delays" in first and third == before[2]
    assert second.startswith(f"My manager {MARKER} weighed it, and my colleague Rosalind Pym agreed. I set out")
    opened = opened_today(world, copy_blobs(world))
    assert f'"full_name":"{NEW}"'.encode() in opened and f'"full_name":"{OLD}"'.encode() not in opened
    with world.staff_desk.sessions.reading() as session:
        events = session.scalars(select(TrailEvent).where(TrailEvent.actor == f"candidate:{candidate.id}")).all()
        opened_for = {event.detail["compartment"] for event in events if event.event == "compartment_opened"}
        assert opened_for == {"identity", "clearance"} | ({"contact"} if is_on_paper else set())
        assert "name_corrected" in {event.event for event in events}
        assert not [event for event in events if "Oldcastle" in str(event.detail)]
        assert session.scalars(select(RightsRequest.sealed)).one() is None


def test_what_a_person_restored_stays_restored_unless_it_holds_the_new_name(
    world: World, candidate: Actor, campaign_id: UUID
) -> None:
    clear(world, campaign_id, restore="Tamsinfreya Oldcastle")
    assert "My manager Tamsinfreya Oldcastle weighed it" in read(world, campaign_id)[1]
    correct(world, candidate, campaign_id, Contact("new@canary-mail.example"))
    assert "My manager Tamsinfreya Oldcastle weighed it" in read(world, campaign_id)[1]
    correct(world, candidate, campaign_id, Correction(previous_names=(NEW,)))
    assert f"My manager {MARKER} weighed it" in read(world, campaign_id)[1]


def test_when_the_last_passage_that_waits_is_the_name_nothing_of_that_answer_waits(
    world: World, candidate: Actor, campaign_id: UUID
) -> None:
    correct(world, candidate, campaign_id, Correction(full_name=NEW, previous_names=("Rosalind Pym",)))
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        assert not session.scalars(select(Answer.id).where(Answer.has_restorable)).all()
        batch = read_clearance(session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id)
        assert (batch.passages, batch.answers_left) == ((), 0)


def test_once_the_shortlist_is_frozen_the_name_is_corrected_and_the_texts_stay_as_they_were_read(
    world: World, candidate: Actor, campaign_id: UUID
) -> None:
    before = read(world, campaign_id)
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, campaign_id).state = CampaignState.FROZEN
    correct(world, candidate, campaign_id, Correction(full_name=NEW))
    assert read(world, campaign_id) == before
    assert f'"full_name":"{NEW}"'.encode() in opened_today(world, copy_blobs(world))


def test_a_correction_of_nothing_or_of_too_much_is_refused(
    world: World, candidate: Actor, campaign_id: UUID
) -> None:
    for change in (Correction(), Correction(full_name="x" * 201), Correction(previous_names=("A B",) * 21)):
        with world.public_desk.sessions.writing() as session, pytest.raises(Invalid):
            rights.ask_correction(
                session, actor=candidate, desk=world.public_desk, campaign_id=campaign_id, change=change
            )
