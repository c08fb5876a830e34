"""Joint strategies: the page that several bodies share, and what each of them does there for itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for

from recruitment.rules.errors import Invalid, NotAllowed, NotFound
from recruitment.rules.joint_strategies import LONGEST, MOST_OBJECTIVES, Objective, StrategyText
from recruitment.rules.release_formats import plain_cell
from recruitment.rules.sheets import Sheet, Value
from recruitment.rules.trends import Yearly, ratio_series
from recruitment.services.governance_groups import may_keep_calendar
from recruitment.services.joint_figures import JointYear, read_joint_figures, read_progress
from recruitment.services.joint_strategies import (
    agree_strategy,
    begin_strategy,
    invite_body,
    join_strategy,
    leave_strategy,
    list_strategies,
    read_invitation,
    read_strategy,
    rewrite_strategy,
)
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.analyst import analyst
from recruitment.web.analyst.files import sheets_file
from recruitment.web.analyst.trends import shown_trend
from recruitment.web.forms import PageForm, hidden, long_text, text
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

TOGETHER = "All together"


def _strategy_form(before: StrategyText | None = None) -> Any:
    """A title, a summary, and a fixed number of objectives, each with its indicator."""
    fields: dict[str, Any] = {
        "title": text("Title", required="Enter a title"),
        "summary": long_text("Summary", hint="What the bodies want together", max_length=LONGEST, rows=4),
    }
    for number in range(1, MOST_OBJECTIVES + 1):
        hint = "Each body gives its actions this very objective, so that they count here" if number == 1 else ""
        fields[f"objective_{number}"] = text(f"Objective {number}", hint=hint)
        fields[f"indicator_{number}"] = text(f"Indicator of objective {number}")
    kept: dict[str, str] = {}
    if before is not None:
        kept = {"title": before.title, "summary": before.summary}
        for number, one in enumerate(before.objectives, 1):
            kept |= {f"objective_{number}": one.text, f"indicator_{number}": one.indicator}
    return type("StrategyForm", (PageForm,), fields)(data=kept)


def _written(form: Any) -> StrategyText:
    objectives = tuple(
        Objective(form[f"objective_{number}"].data or "", form[f"indicator_{number}"].data or "")
        for number in range(1, MOST_OBJECTIVES + 1)
    )
    return StrategyText(form.title.data or "", form.summary.data or "", objectives)


class CodeForm(PageForm):
    code = text(
        "Code of the invitation", hint="64 letters and digits, from the body that invites you",
        required="Enter the code", spellcheck=False,
    )  # fmt: skip
    version = hidden()


def _may_keep() -> bool:
    return may_keep_calendar(reading(), acting())


def _require_keeping() -> None:
    if not _may_keep():
        raise NotAllowed


@analyst.get("/joint")
@allow(Audience.STAFF)
def joint_list() -> str:
    listed = list_strategies(reading(), actor=acting())
    return render_template("analyst/joint_strategies/list.html", listed=listed, may_keep=_may_keep())


@analyst.route("/joint/new", methods=["GET", "POST"])
@allow(Audience.STAFF)
def new_joint() -> Any:
    _require_keeping()
    form = _strategy_form()
    made: list[UUID] = []

    def begin(session: Any) -> None:
        made.append(begin_strategy(session, actor=acting(), desk=staff_desk(), text=_written(form)))

    if is_saved(form, begin):
        return saved("The strategy is begun. Invite the other bodies next.", "analyst.joint", joint_id=made[0])
    return shown("analyst/joint_strategies/write.html", form, found=None)


@analyst.route("/joint/join", methods=["GET", "POST"])
@allow(Audience.STAFF)
def join_joint() -> Any:
    """First the code, then what it is that the body would agree to, then the agreement."""
    _require_keeping()
    form = CodeForm()
    offered = None
    if form.validate_on_submit():
        version = form.version.data or ""
        try:
            if version.isdigit() and request.form.get("agree"):
                with writing() as session:
                    joint_id = join_strategy(
                        session, actor=acting(), desk=staff_desk(), code=form.code.data, version=int(version[:6])
                    )
                return saved("Your body has joined.", "analyst.joint", joint_id=joint_id)
            offered = read_invitation(reading(), actor=acting(), desk=staff_desk(), code=form.code.data)
            form.version.data = str(offered.version)
        except Invalid as refusal:
            form.code.errors = [refusal.sentence]
    return shown("analyst/joint_strategies/join.html", form, offered=offered)


@analyst.get("/joint/<uuid:joint_id>")
@allow(Audience.STAFF)
def joint(joint_id: UUID) -> str:
    found = read_strategy(reading(), actor=acting(), joint_id=joint_id)
    figures = read_joint_figures(reading(), actor=acting(), joint_id=joint_id)
    progress = read_progress(
        reading(),
        actor=acting(),
        joint_id=joint_id,
        objectives=found.text.objectives,
        today=staff_desk().now.date(),
    )
    latest = figures.years[0] if figures.years else None
    return render_template(
        "analyst/joint_strategies/joint.html",
        found=found,
        progress=progress,
        years=figures.years,
        latest=latest,
        totals=_totals(latest) if latest else None,
        ratios=_ratios(latest) if latest else (),
        may_keep=_may_keep(),
        own=acting().organisation_id,
    )


def _columns(year: JointYear) -> list[tuple[str, Yearly]]:
    """Each body, then all together where they can be added."""
    found = [(one.body, one.yearly) for one in year.bodies]
    return [*found, (TOGETHER, year.together.yearly)] if year.together.yearly is not None else found


def _totals(year: JointYear) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """(stages, (body, everyone at each stage)); a stage that a body does not count says so."""
    columns = _columns(year)
    stages = list(dict.fromkeys(stage for _, one in columns for stage in one.tables[0].stages))
    rows = []
    for name, one in columns:
        shown_at = dict(zip(one.tables[0].stages, one.tables[0].total, strict=True))
        rows.append((name, [shown_at[stage].text if stage in shown_at else "not counted" for stage in stages]))
    return stages, rows


def _ratios(year: JointYear) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """(the ratio, (body, its one point)) for each ratio."""
    columns = [(name, ratio_series([one])) for name, one in _columns(year)]
    return [
        (series, [(name, own[place].points[0]) for name, own in columns])
        for place, series in enumerate(columns[0][1] if columns else ())
    ]


@analyst.get("/joint/<uuid:joint_id>/figures")
@allow(Audience.STAFF)
def joint_figures(joint_id: UUID) -> str:
    """One characteristic in one year: each body's table, and all together."""
    found = read_strategy(reading(), actor=acting(), joint_id=joint_id)
    years = read_joint_figures(reading(), actor=acting(), joint_id=joint_id).years
    year = next((one for one in years if one.label == request.args.get("year")), years[0] if years else None)
    titles = (
        {table.characteristic: table.title for _, one in _columns(year) for table in one.tables} if year else {}
    )
    of = request.args.get("of", "")
    chosen = of if of in titles else next(iter(titles), "")
    tables = [(name, one.table(chosen)) for name, one in _columns(year)] if year else []
    return render_template(
        "analyst/joint_strategies/figures.html", found=found, years=years, year=year, titles=titles, of=chosen,
        tables=[(name, table) for name, table in tables if table is not None],
    )  # fmt: skip


@analyst.get("/joint/<uuid:joint_id>/trend")
@allow(Audience.STAFF)
def joint_trend(joint_id: UUID) -> str:
    found = read_strategy(reading(), actor=acting(), joint_id=joint_id)
    years = read_joint_figures(reading(), actor=acting(), joint_id=joint_id).trend()
    return render_template("analyst/joint_strategies/trend.html", found=found, **shown_trend(years))


@analyst.get("/joint/<uuid:joint_id>/figures.ods")
@allow(Audience.STAFF)
def joint_sheets(joint_id: UUID) -> Response:
    found = read_strategy(reading(), actor=acting(), joint_id=joint_id)
    years = read_joint_figures(reading(), actor=acting(), joint_id=joint_id).years
    if not years:
        raise NotFound
    return sheets_file([_sheet(one) for one in years], "ods", found.text.title)


def _sheet(year: JointYear) -> Sheet:
    columns = _columns(year)
    stages: Sequence[str] = list(
        dict.fromkeys(stage for _, one in columns for table in one.tables for stage in table.stages)
    )
    rows: list[tuple[Value, ...]] = [("Body", "Characteristic", "Answer", *(each.capitalize() for each in stages))]
    for name, one in columns:
        for table in one.tables:
            lines = [(row.label, row.figures) for row in table.rows]
            lines += [("Gave an answer", table.declaration), ("Everyone", table.total)]
            for label, figures in lines:
                held = dict(zip(table.stages, figures, strict=True))
                cells: list[Value] = []
                for stage in stages:
                    figure = held.get(stage)
                    cells.append(
                        "not counted"
                        if figure is None
                        else (figure.text if figure.shown is None else figure.shown)
                    )
                rows.append((plain_cell(name), table.title, label, *cells))
    return Sheet(year.label.replace("/", "-"), tuple(rows))


@analyst.route("/joint/<uuid:joint_id>/write", methods=["GET", "POST"])
@allow(Audience.STAFF)
def write_joint(joint_id: UUID) -> Any:
    found = read_strategy(reading(), actor=acting(), joint_id=joint_id)
    _require_keeping()
    form = _strategy_form(found.text)
    if is_saved(
        form,
        lambda session: rewrite_strategy(
            session, actor=acting(), desk=staff_desk(), joint_id=joint_id, text=_written(form)
        ),
    ):
        return saved(
            "The new version is in force. The other bodies agree to it next.", "analyst.joint", joint_id=joint_id
        )
    return shown("analyst/joint_strategies/write.html", form, found=found)


@analyst.post("/joint/<uuid:joint_id>/agree")
@allow(Audience.STAFF)
def agree_joint(joint_id: UUID) -> Any:
    version = request.form.get("version", "")
    found = read_strategy(reading(), actor=acting(), joint_id=joint_id)
    _require_keeping()
    if version.isdigit():
        with writing() as session:
            agree_strategy(session, actor=acting(), desk=staff_desk(), joint_id=joint_id, version=int(version[:6]))
        return saved("Your body has agreed.", "analyst.joint", joint_id=found.id)
    return redirect(url_for("analyst.joint", joint_id=joint_id), 303)


@analyst.post("/joint/<uuid:joint_id>/invite")
@allow(Audience.STAFF)
def invite_joint(joint_id: UUID) -> str:
    """The code is shown on this page, once: only its hash is kept."""
    found = read_strategy(reading(), actor=acting(), joint_id=joint_id)
    _require_keeping()
    with writing() as session:
        code = invite_body(session, actor=acting(), desk=staff_desk(), joint_id=joint_id)
    return render_template("analyst/joint_strategies/invitation.html", found=found, code=code)


@analyst.post("/joint/<uuid:joint_id>/leave")
@allow(Audience.STAFF)
def drop_joint(joint_id: UUID) -> Any:
    with writing() as session:
        leave_strategy(session, actor=acting(), desk=staff_desk(), joint_id=joint_id)
    return saved("Your body has left. Its figures are shown there no longer.", "analyst.joint_list")
