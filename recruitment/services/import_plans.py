"""A mapping fitted to a campaign, and a whole file checked against both before anything is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Fields
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.applications import count_words
from recruitment.rules.campaigns import CampaignState, QuestionKind, require_state
from recruitment.rules.drafts import AskedQuestion
from recruitment.rules.equality_question_set import AGE
from recruitment.rules.errors import Invalid, NotFound
from recruitment.rules.import_mapping import BACKGROUND, BIRTH, Mapping
from recruitment.rules.imported_rows import ImportedRow, has_column, read_row
from recruitment.rules.permissions import Permission
from recruitment.rules.question_sets import QuestionSet
from recruitment.services.desk import Desk
from recruitment.services.drafts import asked_questions
from recruitment.services.import_files import FileRow
from recruitment.services.permissions import require
from recruitment.services.question_sets import set_of
from recruitment.store.applications import Application, SealedRecord
from recruitment.store.campaigns import Campaign, list_vacancies
from recruitment.store.trail import TrailEvent
from recruitment.vault.compartments import Compartment, PublicKeys

ANSWERS_STORED = "imported_answers_stored"


@dataclass(frozen=True)
class Earlier:
    """An application that an earlier run of an import left."""

    application_id: UUID
    submitted_at: datetime
    has_answers_stored: bool
    is_withdrawn: bool
    is_erased: bool
    fingerprints: bytes | None = field(repr=False)


@dataclass(frozen=True)
class ImportPlan:
    """A mapping fitted to a campaign. `at` is the one moment of everything that this import submits.

    `questions`: key of the mapping's texts → question. `earlier`: keyed hash of the external id → application.
    """

    campaign_id: UUID
    organisation_id: UUID
    mapping: Mapping
    at: datetime
    questions: Fields[str, AskedQuestion]
    vacancies: Sequence[UUID]
    keys: PublicKeys = field(repr=False)
    contact_keys: PublicKeys = field(repr=False)
    earlier: Fields[bytes, Earlier] = field(repr=False)


@dataclass(frozen=True)
class CheckedFile:
    rows: int
    problems: tuple[str, ...]


def importable_campaign(session: Session, actor: Actor, campaign_id: UUID, *, lock: bool = False) -> Campaign:
    """The campaign, while it is open and its sift has not begun; after its closing time too."""
    if actor.kind is ActorKind.SYSTEM:
        query = select(Campaign).where(
            Campaign.id == campaign_id, Campaign.organisation_id == actor.organisation_id
        )
        found = session.scalars(query.with_for_update() if lock else query).one_or_none()
        if found is None:
            raise NotFound
        campaign = found
    else:
        campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=lock)
    require_state(CampaignState(campaign.state), CampaignState.OPEN, act="import applications")
    return campaign


def plan_import(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, mapping: Mapping) -> ImportPlan:
    """Fit a mapping to the campaign's questions and vacancies. `Invalid` names the entry that does not fit."""
    campaign = importable_campaign(session, actor, campaign_id)
    vacancies = [vacancy.id for vacancy in list_vacancies(session, campaign_id)]
    if len(vacancies) > 1 and not mapping.vacancies:
        raise Invalid(f"vacancies.column: is missing; the campaign has {len(vacancies)} vacancies.", "vacancies")
    _require_asked(mapping, set_of(session, campaign))
    return ImportPlan(
        campaign_id,
        campaign.organisation_id,
        mapping,
        desk.now,
        _fit_questions(mapping, asked_questions(session, campaign_id)),
        vacancies,
        desk.vault.public_keys(session, campaign_id),
        desk.vault.public_keys(session, campaign.organisation_id),
        find_earlier(session, campaign_id),
    )


def _require_asked(mapping: Mapping, asked: QuestionSet) -> None:
    known = {*asked.questions, *({BIRTH} if AGE in asked.questions else ())}
    known |= {BACKGROUND} if "ethnic_background" in asked.characteristics else set()
    for key in mapping.equality:
        if key.removesuffix("_text") not in known:
            raise Invalid(f"equality.{key}: the campaign does not ask this question.", f"equality.{key}")


def _fit_questions(mapping: Mapping, asked: Sequence[AskedQuestion]) -> dict[str, AskedQuestion]:
    fitted: dict[str, AskedQuestion] = {}
    for key in mapping.texts:
        if key.isdigit():
            if int(key) > len(asked):
                raise Invalid(f"texts.{key}: the campaign has {len(asked)} questions.", f"texts.{key}")
            fitted[key] = asked[int(key) - 1]
            continue
        of_kind = [question for question in asked if question.kind is QuestionKind(key)]
        if len(of_kind) != 1:
            raise Invalid(
                f"texts.{key}: the campaign asks {len(of_kind)} times for a {key}; give the question's number.",
                f"texts.{key}",
            )
        fitted[key] = of_kind[0]
    placed = [question.id for question in fitted.values()]
    for number, question in enumerate(asked, 1):
        if placed.count(question.id) != 1:
            what = "two columns" if question.id in placed else "no column"
            raise Invalid(f"texts: question {number} of the campaign has {what}.", "texts")
    return fitted


def find_earlier(session: Session, campaign_id: UUID) -> dict[bytes, Earlier]:
    stored = {
        str(detail.get("imported_at"))
        for detail in session.scalars(
            select(TrailEvent.detail).where(TrailEvent.chain_id == campaign_id, TrailEvent.event == ANSWERS_STORED)
        )
    }
    rows = session.execute(
        select(
            Application.external_id_hash, Application.id, Application.submitted_at, Application.withdrawn_at,
            Application.import_fingerprints,
            exists().where(
                SealedRecord.campaign_id == campaign_id,
                SealedRecord.application_id == Application.id,
                SealedRecord.compartment == Compartment.IDENTITY,
            ),
        ).where(Application.campaign_id == campaign_id, Application.external_id_hash.is_not(None))
    )  # fmt: skip
    return {
        hashed: Earlier(
            application_id, at, at.isoformat() in stored, withdrawn_at is not None, not is_whole, fingerprints
        )
        for hashed, application_id, at, withdrawn_at, fingerprints, is_whole in rows
        if hashed is not None
    }


def check_file(plan: ImportPlan, rows: Iterable[FileRow], seen: Callable[[], None] = lambda: None) -> CheckedFile:
    """Read the whole file once and keep nothing but its problems, each with the number of its row."""
    problems: list[str] = []
    ids: dict[str, int] = {}
    addresses: dict[str, int] = {}
    unseen = plan.mapping.columns()
    count = 0
    for row in rows:
        count += 1
        unseen = [pair for pair in unseen if not (row.problem or has_column(row.fields, pair[1]))]
        imported, wrong = read_imported(plan, row)
        if imported is not None:
            wrong = _check_fit(plan, imported)
            wrong += _check_single(ids, imported.external_id, row.number, plan.mapping.external_id)
            email = imported.identity.contact.email
            wrong += _check_single(addresses, email, row.number, plan.mapping.identity.get("email", ""))
        problems += [f"row {row.number}: {problem}" for problem in wrong]
        seen()
    if not count:
        problems.append("the file holds no rows")
    elif unseen and len(unseen) < len(plan.mapping.columns()):
        problems = [f"{key}: no row has a column “{column}”" for key, column in unseen] + problems
    return CheckedFile(count, tuple(problems))


def read_imported(plan: ImportPlan, row: FileRow) -> tuple[ImportedRow | None, list[str]]:
    if row.problem:
        return None, [row.problem]
    return read_row(plan.mapping, row.number, row.fields, plan.at.date())


def _check_fit(plan: ImportPlan, row: ImportedRow) -> list[str]:
    wrong = []
    for key, question in plan.questions.items():
        words = count_words(row.texts[key]) if question.kind is not QuestionKind.CV else 0
        if words > question.word_limit:
            column = plan.mapping.texts[key]
            wrong.append(f"column “{column}”: has {words} words, the limit is {question.word_limit}")
    column = plan.mapping.vacancies
    if column and not row.vacancies:
        wrong.append(f"column “{column}”: is empty; name at least one vacancy")
    if any(number > len(plan.vacancies) for number in row.vacancies):
        wrong.append(f"column “{column}”: the campaign has {len(plan.vacancies)} vacancies")
    return wrong


def _check_single(found: dict[str, int], value: str, number: int, column: str) -> list[str]:
    # As keyed hashes tell values apart: without regard to case.
    key = value.strip().casefold()
    if not key:
        return []
    first = found.setdefault(key, number)
    return [] if first == number else [f"column “{column}”: is the same as in row {first}"]
