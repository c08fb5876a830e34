"""Published figures of years, as a body's history has them: made by disclosure control, kept as rows."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from recruitment.rules.disclosure import release_tables
from recruitment.rules.equality_questions import CHARACTERISTICS
from recruitment.rules.funnel import Counts
from recruitment.rules.publications import Period
from recruitment.rules.release_formats import tables_to_json
from recruitment.store.publications import Publication

QUESTION_SET = "1"


def year(first: int) -> Period:
    """The reporting year that begins on 1 April of a year."""
    return Period(date(first, 4, 1), date(first + 1, 3, 31))


def counts_of(
    applications: int, seed: int, *, white: float = 0.6, kept: tuple[float, float] = (0.4, 0.4)
) -> Counts:
    """A year's people; `kept`: how many of White and of other people come through each step."""
    random, counts = Random(seed), Counts()
    for _ in range(applications):
        answers = {
            key: random.choice([code for code, _ in labels])
            for key, _, labels in CHARACTERISTICS
            if key in counts.asked
        }
        is_white = random.random() < white
        answers["ethnic_group"] = "white" if is_white else random.choice(["asian", "black"])
        answers["ethnic_background"] = {
            "white": "white_british", "asian": "asian_indian", "black": "black_african",
        }[answers["ethnic_group"]]  # fmt: skip
        answers["disability"] = "disabled" if random.random() < 0.2 else "not_disabled"
        reached = []
        for stage in counts.stages:
            reached.append(stage)
            if random.random() > kept[0 if is_white else 1] ** 0.5:
                break
        counts.add(answers, reached)
    return counts


def publish_year(
    session: Session, organisation_id: UUID, by: UUID, first: int, counts: Counts, **changes: Any
) -> UUID:
    """A publication of one whole year, as the services would have made it then."""
    period, key = year(first), uuid4()
    tables = changes.pop("tables", None) or json.loads(tables_to_json(release_tables(counts)))
    held: dict[str, Any] = {
        "kind": "annual", "title": "The year to 31 March", "part": "", "threshold": 8, "base": 5,
        "question_set": QUESTION_SET, "campaigns": [uuid4().hex],
    } | changes  # fmt: skip
    session.add(
        Publication(
            **held, id=key, organisation_id=organisation_id, period_from=period.first, period_until=period.last,
            tables=[tables], released_by=by, released_at=datetime(first + 1, 6, 1, tzinfo=UTC),
        )
    )  # fmt: skip
    session.flush()
    return key
