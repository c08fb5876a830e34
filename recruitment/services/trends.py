"""A body's published years one after another; nothing is opened or counted for it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.publications import Period, PublicationKind
from recruitment.rules.release_formats import tables_from_json
from recruitment.rules.trends import Yearly
from recruitment.services.permissions import require_staff
from recruitment.store.publications import Publication, list_publications


def whole_years(rows: Iterable[Publication]) -> list[Publication]:
    """Those of everything in a reporting year, the earliest first."""
    found = [row for row in rows if row.kind == PublicationKind.ANNUAL and not row.part]
    return sorted(found, key=lambda row: row.period_until)


def yearly_of(row: Publication) -> Yearly:
    tables = tables_from_json(json.dumps(row.tables[0]))
    return Yearly(Period(row.period_from, row.period_until), tables, row.question_set)


def read_years(session: Session, *, actor: Actor) -> list[Yearly]:
    """For all staff of the body."""
    require_staff(session, actor)
    return [yearly_of(row) for row in whole_years(list_publications(session, actor.organisation_id))]
