"""How the sample's candidates apply: sealed one by one, equality answers apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from uuid import UUID

from recruitment.commands.sample.cast import Parts, SampleCast
from recruitment.commands.sample.people import SampleCandidate, make_candidate
from recruitment.commands.sample.texts import write_answer
from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.applications import Relationship
from recruitment.services.equality_answers import seal_imported_answers, store_equality_row
from recruitment.services.references import free_references
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.submissions import (
    ApplicationContent,
    prepare_application,
    store_application,
)
from recruitment.services.tallies import rewrite_rows
from recruitment.services.trail import record_event
from recruitment.store.campaigns import list_questions, list_vacancies
from recruitment.store.candidates import Candidate
from recruitment.vault.sealing.contact import seal_address

Say = Callable[[str], None]


@dataclass(frozen=True)
class Building:
    desk: StaffDesk
    cast: SampleCast
    campaign_id: UUID
    random: Random
    abilities: dict[UUID, float]
    say: Say
    equality: Random
    parts: Parts


def apply_all(building: Building, number: int) -> None:
    desk, campaign_id = building.desk, building.campaign_id
    with desk.sessions.reading() as session:
        keys = desk.vault.public_keys(session, campaign_id)
        contact_keys = desk.vault.public_keys(session, building.cast.organisation_id)
        question_ids = [question.id for question in list_questions(session, campaign_id)]
        vacancies = tuple(vacancy.id for vacancy in list_vacancies(session, campaign_id))
        references = free_references(session, desk, campaign_id, number)
    equality = []
    for place, reference in enumerate(references):
        candidate = make_candidate(place, building.random, building.equality)
        application_id = desk.new_id()
        building.abilities[application_id] = candidate.ability
        prepared = prepare_application(
            desk=desk,
            keys=keys,
            application_id=application_id,
            content=_content(building, candidate, question_ids, vacancies),
        )
        candidate_id = desk.new_id()
        sealed_address = seal_address(contact_keys, candidate_id, candidate.identity.contact.email)
        with desk.sessions.writing() as session:
            session.add(
                Candidate(
                    id=candidate_id,
                    organisation_id=building.cast.organisation_id,
                    address_hash=desk.vault.blind(
                        "address", building.cast.organisation_id, f"{campaign_id}{place}"
                    ),
                    address_sealed=sealed_address,
                    created_at=desk.now,
                )
            )
            session.flush()
            actor = Actor(ActorKind.CANDIDATE, candidate_id, building.cast.organisation_id)
            store_application(
                session,
                actor=actor,
                desk=desk,
                prepared=prepared,
                candidate_id=candidate_id,
                reference=reference,
            )
            record_event(
                session,
                at=desk.now,
                chain_id=campaign_id,
                actor=actor,
                event="application_submitted",
                application=application_id,
            )
        if candidate.equality is not None:
            equality.append(
                seal_imported_answers(
                    desk=desk, keys=keys, application_id=application_id, answers=candidate.equality
                )
            )
    for blob in equality:
        with desk.sessions.writing() as session:
            store_equality_row(session, campaign_id=campaign_id, blob=blob)
    rewrite_rows(desk, campaign_id)
    building.say(f"{number} applications sealed, {len(equality)} with equality answers apart")


def _content(
    building: Building, candidate: SampleCandidate, question_ids: list[UUID], vacancies: tuple[UUID, ...]
) -> ApplicationContent:
    texts = {
        question_id: write_answer(candidate, place, building.random)
        for place, question_id in enumerate(question_ids)
    }
    identity = replace(candidate.identity, answers={str(key): text for key, text in texts.items()})
    return ApplicationContent(
        identity=identity,
        texts=texts,
        requests=candidate.requests,
        relationships=tuple(Relationship(person, nature) for person, nature in candidate.relationships),
        vacancies=vacancies,
    )
