"""Equality impact assessments: begun for a change, written in versions, published."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from recruitment.rules.equality_assessments import (
    DECISION_TITLES,
    EFFECT_TITLES,
    KIND_TITLES,
    LONGEST,
    AssessedDecision,
    AssessedKind,
    Assessment,
    Effect,
    EffectKind,
)
from recruitment.rules.errors import NotFound
from recruitment.rules.permissions import Role
from recruitment.rules.protected_characteristics import CHARACTERISTIC_TITLES
from recruitment.services.equality_assessments import (
    ReadAssessment,
    begin_assessment,
    list_assessments,
    publish_version,
    read_assessment,
    write_version,
)
from recruitment.services.panel_policies import list_policy_versions
from recruitment.web.access import allow, reading, writing
from recruitment.web.admin import admin
from recruitment.web.forms import Option, PageForm, date, long_text, radios, select, text
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, settings, staff_desk

_MOST_DIGITS = 6


@admin.get("/equality-assessments")
@allow(Role.ADMINISTRATOR)
def assessments() -> str:
    return render_template(
        "admin/assessments/list.html",
        listed=list_assessments(reading(), actor=acting()),
        kinds=KIND_TITLES,
        today=staff_desk().now.date(),
    )


def _new_form() -> Any:
    versions = [str(each.version) for each in list_policy_versions(reading(), actor=acting())]
    named = (SelectChoice(version, f"Version {version}") for version in versions)
    choices = [SelectChoice("", "None of them"), *named]
    fields = {
        "change": text(
            "What changes?", hint="For example: Rules for panels, version 3", required="Enter what changes"
        ),
        "kind": radios(
            "What is it?",
            [Option(each, title) for each, title in KIND_TITLES.items()],
            required="Select what it is",
        ),
        "policy_version": select("Which version of the rules for panels?", choices),
    }
    asked = request.args.get("policy_version", "")
    stored = {"policy_version": asked, "kind": AssessedKind.PANEL_RULES} if asked in versions else {}
    if stored:
        stored["change"] = f"Rules for panels, version {asked}"
    return type("NewAssessmentForm", (PageForm,), fields)(**stored)


@admin.route("/equality-assessments/new", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def new_assessment() -> Any:
    form = _new_form()
    made: list[UUID] = []

    def begin(session: Any) -> None:
        made.append(
            begin_assessment(
                session,
                actor=acting(),
                desk=staff_desk(),
                change=form.change.data or "",
                kind=AssessedKind(form.kind.data),
                policy_version=int(form.policy_version.data) if form.policy_version.data else None,
            )
        )

    if is_saved(form, begin):
        return redirect(url_for("admin.write_assessment", assessment_id=made[0]), 303)
    return shown("admin/assessments/new.html", form)


@admin.get("/equality-assessments/<uuid:assessment_id>")
@allow(Role.ADMINISTRATOR)
def assessment(assessment_id: UUID) -> str:
    return render_template(
        "admin/assessments/assessment.html",
        found=read_assessment(reading(), actor=acting(), assessment_id=assessment_id),
        kinds=KIND_TITLES,
        titles=CHARACTERISTIC_TITLES,
        effects=EFFECT_TITLES,
        decisions=DECISION_TITLES,
        public=f"{settings().public_url.rstrip('/')}/equality-assessments/{assessment_id}",
    )


def _form(found: ReadAssessment) -> Any:
    def told(label: str, hint: str = "") -> Any:
        return long_text(label, hint=hint, max_length=LONGEST, rows=4)

    fields: dict[str, Any] = {
        "purpose": told("What is the change for, and who is touched by it?"),
        "relevant": radios(
            "Screening: may it touch people with a protected characteristic differently?",
            [
                Option("yes", "Yes, or it is not known", hint="A full assessment follows"),
                Option("no", "No", hint="You can leave evidence, aims and effects empty"),
            ],
            required="Select what screening found",
        ),
        "screening": told("Why did screening come to this?"),
        "evidence": told(
            "Evidence",
            "Published figures, research, what people told you, what is not known. No detail of any one person.",
        ),
        "aims": told(
            "The three aims of the equality duty",
            "What it does to end discrimination, advance equality of opportunity, and foster good relations.",
        ),
    }
    for each, title in CHARACTERISTIC_TITLES.items():
        fields[f"effect_{each}"] = radios(
            f"{title}: effect",
            [Option(kind, EFFECT_TITLES[kind]) for kind in EffectKind],
            is_inline=True,
        )
        fields[f"words_{each}"] = long_text(f"{title}: what the effect is", max_length=LONGEST, rows=2)
    fields |= {
        "mitigation": told("What is done about negative effects?"),
        "decision": radios(
            "Decision",
            [Option(each, title) for each, title in DECISION_TITLES.items()],
            required="Select the decision",
        ),
        "decision_reason": told("Reason for the decision"),
        "decided_by": text("Who decided?", hint="Their position. It is published"),
        "review_on": date("Review date", required="Enter the review date"),
    }
    return type("AssessmentForm", (PageForm,), fields)(**_stored(found))


def _stored(found: ReadAssessment) -> dict[str, Any]:
    """What the latest version holds, to go on from."""
    if found.latest is None:
        return {}
    held = found.latest.content
    names = ("purpose", "screening", "evidence", "aims", "mitigation", "decision", "decision_reason", "decided_by",
             "review_on")  # fmt: skip
    stored: dict[str, Any] = {name: getattr(held, name) for name in names}
    stored["relevant"] = "yes" if held.is_relevant else "no"
    for each, effect in held.effects.items():
        stored |= {f"effect_{each}": effect.kind, f"words_{each}": effect.words}
    return stored


def _content(form: Any) -> Assessment:
    return Assessment(
        purpose=form.purpose.data or "",
        is_relevant=form.relevant.data == "yes",
        screening=form.screening.data or "",
        evidence=form.evidence.data or "",
        aims=form.aims.data or "",
        effects={
            each: Effect(EffectKind(form[f"effect_{each}"].data), form[f"words_{each}"].data or "")
            for each in CHARACTERISTIC_TITLES
            if form[f"effect_{each}"].data
        },
        mitigation=form.mitigation.data or "",
        decision=AssessedDecision(form.decision.data),
        decision_reason=form.decision_reason.data or "",
        decided_by=form.decided_by.data or "",
        review_on=form.review_on.data,
    )


@admin.route("/equality-assessments/<uuid:assessment_id>/write", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def write_assessment(assessment_id: UUID) -> Any:
    found = read_assessment(reading(), actor=acting(), assessment_id=assessment_id)
    form = _form(found)
    asked = {"actor": acting(), "desk": staff_desk(), "assessment_id": assessment_id}
    if is_saved(form, lambda session: write_version(session, **asked, content=_content(form))):
        return saved("The new version is kept.", "admin.assessment", assessment_id=assessment_id)
    return shown("admin/assessments/write.html", form, found=found)


@admin.post("/equality-assessments/<uuid:assessment_id>/publish")
@allow(Role.ADMINISTRATOR)
def publish_assessment(assessment_id: UUID) -> Any:
    found = read_assessment(reading(), actor=acting(), assessment_id=assessment_id)
    typed = request.form.get("version", "")
    if not typed:
        return redirect(url_for("admin.assessment", assessment_id=found.id), 303)
    if not typed.isascii() or not typed.isdigit() or len(typed) > _MOST_DIGITS:
        raise NotFound
    with writing() as session:
        publish_version(
            session, actor=acting(), desk=staff_desk(), assessment_id=assessment_id, version=int(typed)
        )
    return saved("Everybody can read it on the public site now.", "admin.assessment", assessment_id=assessment_id)
