"""Counts, for a release, what the second look and shortlisters' reports found; no text is read for it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.leak_statements import LeakFigures
from recruitment.rules.permissions import Role
from recruitment.rules.second_looks import LeakKind
from recruitment.services.second_looks import drawn_count
from recruitment.store.campaigns import Question
from recruitment.store.second_looks import Leak, LeakSource, SecondLook
from recruitment.store.sift import Allocation


def count_leaks(session: Session, campaign_id: UUID) -> LeakFigures:
    """Exact figures, as they stand; whoever calls it has asked for the permission, and rounds them."""
    looked = (SecondLook.campaign_id == campaign_id, SecondLook.looked_at.is_not(None))
    leaky = select(Leak.answer_id).where(Leak.campaign_id == campaign_id)
    found = select(func.count()).select_from(SecondLook).where(*looked)
    reports = (
        select(Leak.answer_id, Leak.person_id)
        .where(Leak.campaign_id == campaign_id, Leak.source == LeakSource.REPORT, Leak.is_marked)
        .distinct()
        .subquery()
    )
    read = select(func.count(Allocation.answer_id.distinct())).where(Allocation.campaign_id == campaign_id)
    asked = select(func.count()).select_from(Question).where(Question.campaign_id == campaign_id)
    identity, characteristic = (
        found.where(SecondLook.answer_id.in_(leaky.where(Leak.kind == kind)))
        for kind in (LeakKind.IDENTITY, LeakKind.CHARACTERISTIC)
    )
    counts = (
        read,
        asked,
        drawn_count(campaign_id),
        found,
        found.where(SecondLook.answer_id.in_(leaky)),
        identity,
        characteristic,
        select(func.count()).select_from(reports),
        select(func.count(reports.c.answer_id.distinct())),
    )
    (texts, per_application, drawn, looked_at, with_leaks, telling_who, telling_what, reported_times, reported) = (
        session.execute(select(*(one.scalar_subquery() for one in counts))).one()
    )
    roles = session.scalars(select(SecondLook.role).where(*looked).distinct().order_by(SecondLook.role)).all()
    readers = tuple(Role(role) for role in roles if role is not None)
    return LeakFigures(
        texts=texts,
        per_application=per_application,
        drawn=drawn,
        looked=looked_at,
        found=with_leaks,
        identity=telling_who,
        characteristic=telling_what,
        reports=reported_times,
        reported=reported,
        readers=readers,
    )
