"""Equality impact assessments: written by administrators in versions, published for everybody to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.equality_assessments import (
    AssessedKind,
    Assessment,
    check_assessment,
    read_written,
    write_assessment,
)
from recruitment.rules.errors import Invalid, NotFound, check_lines
from recruitment.services.desk import Desk
from recruitment.services.permissions import require_administrator
from recruitment.services.trail import record_event
from recruitment.store.equality_assessments import EqualityAssessment, EqualityAssessmentVersion, latest_version
from recruitment.store.organisations import Organisation
from recruitment.store.pool import PanelPolicy

_Version = EqualityAssessmentVersion


@dataclass(frozen=True)
class WrittenVersion:
    """One version; `published_at` None while it is for the body alone."""

    version: int
    content: Assessment
    made_at: datetime
    published_at: datetime | None


@dataclass(frozen=True)
class ReadAssessment:
    """A change that is assessed, with its versions, the latest first."""

    id: UUID
    organisation: str
    change: str
    kind: AssessedKind
    policy_version: int | None
    versions: tuple[WrittenVersion, ...]

    @property
    def latest(self) -> WrittenVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def published(self) -> WrittenVersion | None:
        """The latest version that everybody can read."""
        return next((each for each in self.versions if each.published_at is not None), None)


def begin_assessment(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    change: str,
    kind: AssessedKind,
    policy_version: int | None = None,
) -> UUID:
    """Begin the assessment of a change; `policy_version` where it is a version of the panel rules."""
    require_administrator(session, actor)
    if not change.strip():
        raise Invalid("Enter what changes.", "change")
    check_lines(change=change)
    if policy_version is not None:
        if kind is not AssessedKind.PANEL_RULES:
            raise Invalid("Only rules for panels have versions here.", "policy_version")
        if session.get(PanelPolicy, (actor.organisation_id, policy_version)) is None:
            raise Invalid("There is no such version of the rules for panels.", "policy_version")
    assessment_id = desk.new_id()
    session.add(
        EqualityAssessment(
            organisation_id=actor.organisation_id,
            id=assessment_id,
            change=change.strip(),
            kind=kind,
            policy_version=policy_version,
            begun_at=desk.now,
        )
    )
    session.flush()
    return assessment_id


def write_version(session: Session, *, actor: Actor, desk: Desk, assessment_id: UUID, content: Assessment) -> int:
    """Keep a new version, which never changes afterwards; its number."""
    row = _own(session, actor, assessment_id)
    check_assessment(content, today=desk.now.date())
    check_lines(decided_by=content.decided_by)
    version = latest_version(session, row.organisation_id, row.id) + 1
    session.add(
        _Version(
            organisation_id=row.organisation_id,
            assessment_id=row.id,
            version=version,
            content=write_assessment(content),
            decision=content.decision,
            review_on=content.review_on,
            made_by=actor.id,
            made_at=desk.now,
        )
    )
    session.flush()
    _record(session, actor, desk, "equality_assessed", row, version)
    return version


def publish_version(session: Session, *, actor: Actor, desk: Desk, assessment_id: UUID, version: int) -> None:
    """Let everybody read it. Versions published before stay readable beside it."""
    row = _own(session, actor, assessment_id)
    held = session.get(_Version, (row.organisation_id, row.id, version))
    if held is None:
        raise NotFound
    if held.published_at is not None:
        return
    held.published_by, held.published_at = actor.id, desk.now
    session.flush()
    _record(session, actor, desk, "equality_assessment_published", row, version)


def _record(session: Session, actor: Actor, desk: Desk, event: str, row: EqualityAssessment, version: int) -> None:
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event=event,
        assessment=row.id,
        change=row.change,
        version=version,
    )


def _own(session: Session, actor: Actor, assessment_id: UUID) -> EqualityAssessment:
    require_administrator(session, actor)
    row = session.get(EqualityAssessment, (actor.organisation_id, assessment_id))
    if row is None:
        raise NotFound
    return row


def list_assessments(session: Session, *, actor: Actor) -> list[ReadAssessment]:
    """The body's own, the latest begun first."""
    require_administrator(session, actor)
    held = select(EqualityAssessment).where(EqualityAssessment.organisation_id == actor.organisation_id)
    rows = session.scalars(held.order_by(EqualityAssessment.begun_at.desc(), EqualityAssessment.id)).all()
    return _with_versions(session, rows)


def read_assessment(session: Session, *, actor: Actor, assessment_id: UUID) -> ReadAssessment:
    (found,) = _with_versions(session, [_own(session, actor, assessment_id)])
    return found


def list_published(session: Session) -> list[ReadAssessment]:
    """What everybody may read, by body and change, with published versions alone."""
    shown = select(_Version.assessment_id).where(_Version.published_at.is_not(None))
    rows = session.scalars(select(EqualityAssessment).where(EqualityAssessment.id.in_(shown))).all()
    found = _with_versions(session, rows, is_public=True)
    return sorted(found, key=lambda each: (each.organisation.casefold(), each.change.casefold(), each.id))


def read_published(session: Session, assessment_id: UUID) -> ReadAssessment:
    """`NotFound` for one of which nothing was published."""
    rows = session.scalars(select(EqualityAssessment).where(EqualityAssessment.id == assessment_id)).all()
    found = _with_versions(session, rows, is_public=True)
    if not found or not found[0].versions:
        raise NotFound
    return found[0]


def assessed_policies(session: Session, organisation_id: UUID) -> dict[int, UUID]:
    """Version of the panel rules → its assessment, where one was written."""
    rows = session.execute(
        select(EqualityAssessment.policy_version, EqualityAssessment.id)
        .join(
            _Version,
            (_Version.organisation_id == EqualityAssessment.organisation_id)
            & (_Version.assessment_id == EqualityAssessment.id),
        )
        .where(
            EqualityAssessment.organisation_id == organisation_id, EqualityAssessment.policy_version.is_not(None)
        )
    )
    return {version: assessment_id for version, assessment_id in rows if version is not None}


def list_reviews_due(session: Session, organisation_id: UUID, *, until: date) -> list[tuple[date, str, UUID]]:
    """Review date, change and id of each assessment whose latest version is to be reviewed by a day."""
    held = select(EqualityAssessment).where(EqualityAssessment.organisation_id == organisation_id)
    found = _with_versions(session, session.scalars(held).all())
    due = [
        (each.latest.content.review_on, each.change, each.id)
        for each in found
        if each.latest and each.latest.content.review_on <= until
    ]
    return sorted(due)


def _with_versions(
    session: Session, rows: Sequence[EqualityAssessment], *, is_public: bool = False
) -> list[ReadAssessment]:
    ids = [row.id for row in rows]
    held = select(_Version).where(_Version.assessment_id.in_(ids)).order_by(_Version.version.desc())
    if is_public:
        held = held.where(_Version.published_at.is_not(None))
    versions: dict[UUID, list[WrittenVersion]] = {}
    for one in session.scalars(held):
        written = WrittenVersion(one.version, read_written(one.content), one.made_at, one.published_at)
        versions.setdefault(one.assessment_id, []).append(written)
    bodies = select(Organisation.id, Organisation.name).where(
        Organisation.id.in_({row.organisation_id for row in rows})
    )
    names = {key: name for key, name in session.execute(bodies)}
    return [
        ReadAssessment(
            row.id,
            names[row.organisation_id],
            row.change,
            AssessedKind(row.kind),
            row.policy_version,
            tuple(versions.get(row.id, ())),
        )
        for row in rows
    ]
