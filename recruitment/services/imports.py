"""Imports from other applicant-tracking systems: a whole file of applications, or nothing.

The equality answers follow in a transaction of their own. A process that dies between the two leaves answers
missing, never doubled: a second run finds the applications by a keyed hash of their external ids and stores the
answers again, sealed with the time of the *first* import, so that anything a candidate did since wins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import SystemRandom
from uuid import UUID, uuid4

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import Stale
from recruitment.rules.imported_rows import ImportedRow
from recruitment.services.desk import Desk
from recruitment.services.import_comparisons import fingerprints_of
from recruitment.services.import_files import FileRow
from recruitment.services.import_plans import (
    ANSWERS_STORED,
    ImportPlan,
    find_earlier,
    importable_campaign,
    read_imported,
)
from recruitment.services.references import free_references
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.submissions import (
    ApplicationContent,
    PreparedApplication,
    prepare_application,
    store_application,
)
from recruitment.services.trail import record_event
from recruitment.store.applications import Application, Draft
from recruitment.store.candidates import Candidate, find_candidate
from recruitment.store.equality import EqualityRow
from recruitment.vault.compartments import Compartment
from recruitment.vault.sealing.contact import seal_address
from recruitment.vault.sealing.equality import seal_equality_answers
from recruitment.vault.sealing.origin import seal_origin

_REFERENCES_AT_ONCE = 500


@dataclass(frozen=True)
class PreparedAccount:
    id: UUID
    address_hash: bytes
    address_sealed: bytes


@dataclass(frozen=True)
class PreparedImport:
    """Nothing in here is plaintext. `application` is None for one that is there already since `earlier`."""

    application: PreparedApplication | None
    account: PreparedAccount | None
    equality: bytes | None
    earlier: datetime | None = None
    fingerprints: bytes | None = None


def prepare_imports(desk: StaffDesk, plan: ImportPlan, rows: Iterable[FileRow]) -> Iterator[PreparedImport]:
    """Redact and seal checked rows one after another, with no transaction open."""
    for row in rows:
        imported, wrong = read_imported(plan, row)
        if imported is None:
            raise Stale(f"The file changed while it was read: row {row.number}: {wrong[0]}.")
        hashed = desk.vault.blind("external id", plan.campaign_id, imported.external_id)
        earlier = plan.earlier.get(hashed)
        if earlier is not None:
            equality = None
            if not (earlier.has_answers_stored or earlier.is_withdrawn or earlier.is_erased):
                equality = _seal_answers(plan, imported, earlier.application_id, earlier.submitted_at)
            yield PreparedImport(None, None, equality, earlier.submitted_at)
            continue
        application_id = desk.new_id()
        application = prepare_application(
            desk=desk,
            keys=plan.keys,
            application_id=application_id,
            content=_content(plan, imported),
            external_id_hash=hashed,
        )
        application = replace(application, sealed=(*application.sealed, _origin(plan, application_id, imported)))
        yield PreparedImport(
            application,
            _prepare_account(desk, plan, imported.identity.contact.email),
            _seal_answers(plan, imported, application_id, plan.at),
            fingerprints=fingerprints_of(desk, plan.campaign_id, imported),
        )


def _origin(plan: ImportPlan, application_id: UUID, row: ImportedRow) -> tuple[Compartment, str, bytes]:
    return Compartment.ORIGIN, "", seal_origin(plan.keys, application_id, row.external_id)


def _content(plan: ImportPlan, row: ImportedRow) -> ApplicationContent:
    texts = {plan.questions[key].id: text for key, text in row.texts.items()}
    chosen = tuple(plan.vacancies[number - 1] for number in row.vacancies)
    return ApplicationContent(
        identity=replace(row.identity, answers={str(question_id): text for question_id, text in texts.items()}),
        texts=texts,
        requests=row.requests,
        vacancies=chosen if plan.mapping.vacancies else tuple(plan.vacancies),
    )


def _prepare_account(desk: Desk, plan: ImportPlan, email: str) -> PreparedAccount | None:
    if not email:
        return None
    account_id = desk.new_id()
    return PreparedAccount(
        account_id,
        desk.vault.blind("address", plan.organisation_id, email),
        seal_address(plan.contact_keys, account_id, email),
    )


def _seal_answers(plan: ImportPlan, row: ImportedRow, application_id: UUID, at: datetime) -> bytes | None:
    return seal_equality_answers(plan.keys, application_id, at, row.equality) if row.equality else None


def store_imports(
    desk: Desk, *, actor: Actor, plan: ImportPlan, prepared: Sequence[PreparedImport], changed: int = 0
) -> int:
    """Write every new application or none, in one transaction; how many. No equality answer is among them.

    `changed`: rows that differ from what was imported of them before, which stays as it is; for the trail.
    """
    new = [(one.application, one) for one in prepared if one.application is not None]
    if not new:
        return 0
    then = replace(desk, clock=lambda: plan.at)
    with desk.sessions.writing() as session:
        importable_campaign(session, actor, plan.campaign_id, lock=True)
        if find_earlier(session, plan.campaign_id).keys() != plan.earlier.keys():
            raise Stale("Another import into this campaign ended meanwhile. Run this one again.")
        references = _draw_references(session, desk, plan.campaign_id, len(new))
        engaged = _engaged(session, plan.campaign_id)
        for (application, one), reference in zip(new, references, strict=True):
            account_id = _account_id(session, plan, one.account)
            # Somebody may have an application or a draft here by their own hand: that one keeps the account.
            candidate_id = None if account_id in engaged else account_id
            store_application(
                session,
                actor=actor,
                desk=then,
                prepared=application,
                candidate_id=candidate_id,
                reference=reference,
            )
            stored = session.get_one(Application, (plan.campaign_id, application.id))
            stored.import_fingerprints = one.fingerprints
        record_event(
            session,
            at=plan.at,
            chain_id=plan.campaign_id,
            actor=actor,
            event="applications_imported",
            applications=len(new),
            **({"changed_rows": changed} if changed else {}),
        )
    return len(new)


def _draw_references(session: Session, desk: Desk, campaign_id: UUID, wanted: int) -> list[str]:
    found: set[str] = set()
    while len(found) < wanted:
        size = min(_REFERENCES_AT_ONCE, wanted - len(found))
        found.update(free_references(session, desk, campaign_id, size))
    # In no order: an export sorted by name must not give references whose alphabet follows the names.
    drawn = sorted(found)
    desk.random.shuffle(drawn)
    return drawn


def _engaged(session: Session, campaign_id: UUID) -> set[UUID | None]:
    applied = select(Application.candidate_id).where(Application.campaign_id == campaign_id)
    drafting = select(Draft.candidate_id).where(Draft.campaign_id == campaign_id)
    return set(session.scalars(union(applied, drafting)))


def _account_id(session: Session, plan: ImportPlan, account: PreparedAccount | None) -> UUID | None:
    if account is None:
        return None
    found = find_candidate(session, plan.organisation_id, account.address_hash)
    if found is not None:
        return found.id
    session.add(
        Candidate(
            id=account.id,
            organisation_id=plan.organisation_id,
            address_hash=account.address_hash,
            address_sealed=account.address_sealed,
            created_at=plan.at,
        )
    )
    session.flush()
    return account.id


def store_imported_answers(
    desk: Desk, *, actor: Actor, plan: ImportPlan, prepared: Sequence[PreparedImport]
) -> int:
    """Write all equality answers of the import, shuffled, in a transaction that writes nothing else; how many.

    A third transaction then records that the answers of these moments are complete. Without that record a later
    run stores them again, which replaces them by themselves; with it a candidate's withdrawal, of which nothing
    is left once rows were rewritten, stays a withdrawal.
    """
    if not plan.mapping.equality:
        return 0
    blobs = [one.equality for one in prepared if one.equality is not None]
    # Drawn from a source of its own: nothing else that is drawn may depend on whether somebody answered.
    SystemRandom().shuffle(blobs)
    if blobs:
        with desk.sessions.writing() as session:
            session.add_all(EqualityRow(campaign_id=plan.campaign_id, id=uuid4(), blob=blob) for blob in blobs)
    moments = _completed(plan, prepared)
    if not moments:
        return len(blobs)
    with desk.sessions.writing() as session:
        for moment in sorted(moments):
            record_event(
                session,
                at=desk.now,
                chain_id=plan.campaign_id,
                actor=actor,
                event=ANSWERS_STORED,
                imported_at=moment.isoformat(),
            )
    return len(blobs)


def _completed(plan: ImportPlan, prepared: Sequence[PreparedImport]) -> set[datetime]:
    """Moments whose every application stood in this file; a part of an earlier file completes nothing."""
    wanted = Counter(one.submitted_at for one in plan.earlier.values() if not one.has_answers_stored)
    found = Counter(one.earlier for one in prepared if one.earlier is not None)
    moments = {moment for moment, number in wanted.items() if found[moment] == number}
    return moments | {plan.at for one in prepared if one.application is not None}
