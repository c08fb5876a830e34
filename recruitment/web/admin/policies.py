"""An organisation's rules for its panels: what each asks, how hard, and from which grade."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import render_template
from wtforms.fields.choices import SelectChoice

from recruitment.rules.errors import Invalid
from recruitment.rules.minority_groupings import GROUPING_LABELS, MinorityGrouping
from recruitment.rules.panel_members import Characteristic
from recruitment.rules.panel_policies import (
    DEFAULT_POLICY,
    Policy,
    RuleSetting,
    Severity,
)
from recruitment.rules.panels import RULES
from recruitment.rules.permissions import Role
from recruitment.rules.pool import OPTIONS
from recruitment.services.equality_assessments import assessed_policies
from recruitment.services.panel_policies import adopt_policy, current_policy, list_policy_versions
from recruitment.web.access import allow, reading
from recruitment.web.admin import admin
from recruitment.web.forms import Option, PageForm, checkbox, checkboxes, long_text, radios, select, whole_number
from recruitment.web.saving import is_saved, saved
from recruitment.web.site import acting, staff_desk

_OF = {
    Characteristic.SEX: "Sex",
    Characteristic.ETHNIC_GROUP: "Ethnic group",
    Characteristic.DISABILITY: "Disabled",
}
_COUNTED = {
    "size": "The fewest members",
    "interviews_in_a_day": "The most interviews in a day",
    "load_in_a_year": "The most panels in a year for one person",
    "chair_varies": "How many panels on end one person may not chair",
}
_GROUPS = [
    Option(f"{characteristic}:{group}", f"{_OF[characteristic]}: {label}")
    for characteristic, options in OPTIONS.items()
    for group, label in options
]


def _form(policy: Policy) -> Any:
    fields: dict[str, Any] = {
        "grades": long_text(
            "Grades, one on each line, the lowest first",
            hint="Rules “from a grade” need them. Leave it empty to let rules apply to every post.",
            max_length=2_000,
            rows=6,
        )
    }
    stored: dict[str, Any] = {"grades": "\n".join(policy.grades)}
    for name in RULES:
        held = policy.setting(name)
        options = [Option("off", "Not asked"), Option(Severity.WARNS, "Warns"), Option(Severity.BLOCKS, "Blocks")]
        fields[f"severity_{name}"] = radios(RULES[name].title, options, is_inline=True)
        stored[f"severity_{name}"] = held.severity if held else "off"
        if name in _COUNTED:
            fields[f"least_{name}"] = whole_number(_COUNTED[name], minimum=1, maximum=400, width=3)
            default = DEFAULT_POLICY.setting(name)
            stored[f"least_{name}"] = held.least if held else (default.least if default else 1)
        if name == "inclusion_adviser":
            grades = (SelectChoice(grade, grade) for grade in policy.grades)
            choices = [SelectChoice("", "Every grade"), *grades]
            fields["from_grade"] = select("An inclusion adviser from which grade of the post?", choices)
            stored["from_grade"] = held.from_grade if held else ""
        if name == "ethnic_minority_member":
            groupings = [Option(each, label) for each, label in GROUPING_LABELS.items()]
            fields["grouping"] = radios("Whom does “ethnic minority group” mean?", groupings)
            stored["grouping"] = held.grouping if held else MinorityGrouping.WRES
        if name == "representation":
            fields["represented"] = checkboxes(
                "Which groups does “representation” look for?",
                _GROUPS,
                hint="Groups of one characteristic: the panel should have somebody from one of them. No other "
                "rule may look at the same characteristic, because two verdicts on it could tell of a person.",
            )
            stored["represented"] = [f"{held.characteristic}:{group}" for group in held.groups] if held else []
    fields["is_composition_blocking"] = checkbox("Let rules on composition block")
    fields["wording"] = long_text(
        "The wording of that stricter policy",
        hint="By your lawyers. Nobody may be required to sit, or kept from sitting, for a characteristic.",
        max_length=4_000,
        rows=3,
    )
    fields["reason"] = long_text("Why do the rules change?", required="Say why the rules change", rows=2)
    stored |= {"is_composition_blocking": policy.is_composition_blocking, "wording": policy.wording}
    return type("PolicyForm", (PageForm,), fields)(**stored)


def _policy(form: Any, held: Policy) -> Policy:
    settings = []
    for name in RULES:
        chosen = form[f"severity_{name}"].data or "off"
        if chosen == "off":
            continue
        base = held.setting(name) or DEFAULT_POLICY.setting(name) or RuleSetting(name, Severity.WARNS)
        changed = replace(base, severity=Severity(chosen))
        if name in _COUNTED:
            changed = replace(changed, least=form[f"least_{name}"].data or base.least)
        if name == "inclusion_adviser":
            changed = replace(changed, from_grade=form.from_grade.data or "")
        if name == "ethnic_minority_member":
            changed = replace(changed, grouping=MinorityGrouping(form.grouping.data or MinorityGrouping.WRES))
        if name == "representation":
            changed = _represented(form.represented.data or [], changed)
        settings.append(changed)
    return replace(
        held,
        grades=tuple(dict.fromkeys(line.strip() for line in (form.grades.data or "").split("\n") if line.strip())),
        settings=tuple(settings),
        is_composition_blocking=bool(form.is_composition_blocking.data),
        wording=form.wording.data or "",
    )


def _represented(chosen: list[str], setting: RuleSetting) -> RuleSetting:
    looked_for = [each.partition(":") for each in chosen]
    characteristics = {characteristic for characteristic, _, _ in looked_for}
    if len(characteristics) != 1:
        raise Invalid("Choose groups of one characteristic for “representation”.", "represented")
    return replace(
        setting, characteristic=characteristics.pop(), groups=tuple(group for _, _, group in looked_for)
    )


@admin.route("/panel-rules", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def panel_rules() -> Any:
    version, policy = current_policy(reading(), acting().organisation_id)
    form = _form(policy)

    def keep(session: Any) -> None:
        try:
            adopt_policy(
                session,
                actor=acting(),
                desk=staff_desk(),
                policy=_policy(form, policy),
                reason=form.reason.data or "",
            )
        except Invalid as refusal:
            # The page has a field for each rule, not for its place in a list.
            raise Invalid(refusal.sentence, refusal.field if refusal.field in form else "wording") from None

    if is_saved(form, keep):
        return saved("The rules are adopted. Campaigns that have opened keep theirs.", "admin.panel_rules")
    page = render_template(
        "admin/policies/rules.html",
        form=form,
        version=version,
        versions=list_policy_versions(reading(), actor=acting()),
        assessed=assessed_policies(reading(), acting().organisation_id),
        shown=tuple(RULES),
        counted=_COUNTED,
    )
    return page, 400 if form.errors else 200
