"""Published equality impact assessments, for everybody to read."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request

from recruitment.rules.equality_assessments import DECISION_TITLES, EFFECT_TITLES, KIND_TITLES
from recruitment.rules.errors import NotFound
from recruitment.rules.protected_characteristics import CHARACTERISTIC_TITLES
from recruitment.services.equality_assessments import list_published, read_published
from recruitment.web.access import Audience, allow, reading
from recruitment.web.candidate import candidate


@candidate.get("/equality-assessments")
@allow(Audience.EVERYONE)
def assessments() -> str:
    return render_template("candidate/assessments/list.html", listed=list_published(reading()))


@candidate.get("/equality-assessments/<uuid:assessment_id>")
@allow(Audience.EVERYONE)
def assessment(assessment_id: UUID) -> str:
    """The latest published version, or the one that `?version=` names."""
    found = read_published(reading(), assessment_id)
    wanted = request.args.get("version", "")
    chosen = next((each for each in found.versions if str(each.version) == wanted), None)
    if wanted and chosen is None:
        raise NotFound
    return render_template(
        "candidate/assessments/assessment.html",
        found=found,
        shown=chosen or found.versions[0],
        kinds=KIND_TITLES,
        titles=CHARACTERISTIC_TITLES,
        effects=EFFECT_TITLES,
        decisions=DECISION_TITLES,
    )
