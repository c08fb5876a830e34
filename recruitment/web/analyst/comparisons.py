"""With whom the body compares its published figures, and the targets that it set itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from wtforms.fields.choices import SelectChoice

from recruitment.rules.equality_questions import CHARACTERISTICS, MISSING
from recruitment.rules.errors import Invalid
from recruitment.rules.funnel import EVERY_STAGE
from recruitment.rules.targets import PURPOSE
from recruitment.services.comparisons import (
    LONGEST_PEERS,
    add_target,
    drop_target,
    read_compared,
    set_compared,
)
from recruitment.services.publication_plans import require_analysing
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.analyst import analyst
from recruitment.web.forms import PageForm, long_text, select, text, whole_number
from recruitment.web.saving import is_saved, saved
from recruitment.web.site import acting, staff_desk

_MISSING = {code for code, _ in MISSING}
_EVERY = ""


class ComparedForm(PageForm):
    areas = long_text(
        "Your catchment",
        hint="Regions or local authorities, one on each line, by name or ONS code: for example, North East. Local "
        "authorities have figures on ethnicity only.",
        max_length=5_000,
        rows=4,
    )
    peers = long_text(
        "Published figures of other bodies",
        hint="A table as CSV with the columns body, characteristic, group, stage, percentage, source, year, and "
        "perhaps numerator and denominator.",
        max_length=LONGEST_PEERS,
        rows=5,
    )


@analyst.route("/publications/comparisons", methods=["GET", "POST"])
@allow(Audience.STAFF)
def comparisons() -> Any:
    held = read_compared(reading(), actor=acting())
    form = ComparedForm(areas="\n".join(held.areas), peers=held.peers)

    def keep(session: Any) -> None:
        lines = [line.strip() for line in (form.areas.data or "").splitlines() if line.strip()]
        set_compared(session, actor=acting(), desk=staff_desk(), areas=lines, peers=form.peers.data or "")

    if is_saved(form, keep):
        return saved("Saved.", "analyst.comparisons")
    page = render_template("analyst/comparisons/comparisons.html", form=form, held=held, purpose=PURPOSE)
    return page, 400 if form.errors else 200


def _target_form() -> Any:
    groups = [
        SelectChoice(f"{key}:{code}", f"{title}: {label}")
        for key, title, labels in CHARACTERISTICS
        for code, label in labels
        if code not in _MISSING
    ]
    stages = [
        SelectChoice(_EVERY, "Every stage"),
        *(SelectChoice(str(each), each.capitalize()) for each in EVERY_STAGE),
    ]
    fields = {
        "group": select("Which group?", groups, required="Select a group"),
        "per_cent": whole_number(
            "Share in per cent", required="Enter the share", noun="The share", minimum=1, maximum=99, width=2
        ),
        "stage": select("At which stage?", stages),
        "source": text("Where the target comes from", hint="For example, a board paper or a strategy"),
    }
    return type("TargetForm", (PageForm,), fields)()


@analyst.route("/publications/targets/new", methods=["GET", "POST"])
@allow(Audience.STAFF)
def new_target() -> Any:
    require_analysing(reading(), acting())
    form = _target_form()

    def keep(session: Any) -> None:
        characteristic, _, group = (form.group.data or "").partition(":")
        if form.per_cent.data is None:
            raise Invalid("Enter the share", "per_cent")
        add_target(
            session,
            actor=acting(),
            desk=staff_desk(),
            characteristic=characteristic,
            groups=[group],
            per_cent=int(form.per_cent.data),
            stage=form.stage.data or _EVERY,
            source=form.source.data or "",
        )

    if is_saved(form, keep, groups="group", characteristic="group", share="per_cent"):
        return saved("The target is set.", "analyst.comparisons")
    page = render_template("analyst/comparisons/target.html", form=form, purpose=PURPOSE)
    return page, 400 if form.errors else 200


@analyst.post("/publications/targets/<uuid:target_id>/drop")
@allow(Audience.STAFF)
def remove_target(target_id: UUID) -> Any:
    with writing() as session:
        drop_target(session, actor=acting(), desk=staff_desk(), target_id=target_id)
    return saved("The target is dropped.", "analyst.comparisons")
