"""The sheet of the Equality Delivery System: scored outcome by outcome, with evidence, frozen once given."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for

from recruitment.rules.equality_delivery import (
    BY_KEY,
    DOMAINS,
    EVIDENCE_KINDS,
    LONGEST,
    OUTCOMES,
    SCORES,
    Evidence,
    EvidenceKind,
    eds_sheets,
)
from recruitment.rules.errors import NotAllowed, NotFound
from recruitment.services.equality_delivery import (
    ReadSheet,
    begin_sheet,
    give_sheet,
    list_evidence,
    list_sheets,
    read_sheet,
    score_outcome,
)
from recruitment.services.governance_groups import may_keep_calendar
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.analyst import analyst
from recruitment.web.analyst.files import sheets_file, slug
from recruitment.web.fields import Option
from recruitment.web.forms import PageForm, checkboxes, date, long_text, radios, text
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk


class OutcomeForm(PageForm):
    score = radios(
        "Score", [Option(str(n), f"{n}: {words}") for n, words in SCORES.items()], required="Choose a score"
    )
    grounds = long_text(
        "What does it rest on?", required="Say what the score rests on", max_length=LONGEST, rows=5
    )
    evidence = checkboxes("Evidence", [])


class GiveForm(PageForm):
    given_to = text("To whom was it given?", hint="A group, or NHS England", required="Say to whom it was given")
    given_on = date("When?", required="Enter the day on which it was given")


def _may_keep() -> bool:
    return may_keep_calendar(reading(), acting())


@analyst.route("/equality-delivery", methods=["GET", "POST"])
@allow(Audience.STAFF)
def eds_list() -> Any:
    if request.method == "POST" and _may_keep():
        with writing() as session:
            sheet_id = begin_sheet(session, actor=acting(), desk=staff_desk())
        return redirect(url_for("analyst.eds", sheet_id=sheet_id), 303)
    listed = list_sheets(reading(), actor=acting())
    return render_template(
        "analyst/equality_delivery/list.html",
        listed=listed,
        may_begin=_may_keep() and not any(one.period.holds(staff_desk().now.date()) for one in listed),
    )


@analyst.route("/equality-delivery/<uuid:sheet_id>", methods=["GET", "POST"])
@allow(Audience.STAFF)
def eds(sheet_id: UUID) -> Any:
    """The sheet; a POST says that it was given, which freezes it."""
    found = read_sheet(reading(), actor=acting(), sheet_id=sheet_id)
    may_keep = _may_keep() and found.given_on is None
    form = GiveForm(data={"given_on": staff_desk().now.date()}) if may_keep and not found.sheet.left_open else None
    if form is not None and is_saved(
        form,
        lambda session: give_sheet(
            session,
            actor=acting(),
            desk=staff_desk(),
            sheet_id=sheet_id,
            given_to=form.given_to.data or "",
            given_on=form.given_on.data,
        ),
    ):
        return saved("The sheet is given, and stays as it is.", "analyst.eds", sheet_id=sheet_id)
    page = render_template(
        "analyst/equality_delivery/sheet.html", found=found, form=form, may_keep=may_keep, **_words()
    )
    return page, 400 if form is not None and form.errors else 200


def _words() -> dict[str, Any]:
    domains = [(title, [one for one in OUTCOMES if one.domain == title]) for title in DOMAINS]
    return {"domains": domains, "scores": SCORES, "kinds": EVIDENCE_KINDS, "points": 3 * len(OUTCOMES)}


def _named(one: Evidence) -> str:
    return f"{one.kind.value}:{one.key}"


@analyst.route("/equality-delivery/<uuid:sheet_id>/outcome", methods=["GET", "POST"])
@allow(Audience.STAFF)
def write_eds(sheet_id: UUID) -> Any:
    """One outcome, named in the address; without a name the first that is open."""
    found = read_sheet(reading(), actor=acting(), sheet_id=sheet_id)
    if not _may_keep():
        raise NotAllowed
    key = request.args.get("outcome", "") or next((one.key for one in found.sheet.left_open), OUTCOMES[0].key)
    outcome = BY_KEY.get(key)
    if outcome is None:
        raise NotFound
    held = found.sheet.of(key)
    form = OutcomeForm(
        data={
            "score": "" if held.score is None else str(held.score),
            "grounds": held.grounds,
            "evidence": [_named(one) for one in held.evidence],
        }
    )
    offered = list_evidence(reading(), actor=acting())
    gone = [one for one in held.evidence if (one.kind, one.key) not in {(each.kind, each.key) for each in offered}]
    form.evidence.options = [
        Option(_named(one), one.title, hint=EVIDENCE_KINDS[one.kind]) for one in (*offered, *gone)
    ]
    if is_saved(form, lambda session: _score(session, sheet_id, key, form)):
        return saved("Saved.", "analyst.eds", sheet_id=sheet_id)
    return shown("analyst/equality_delivery/outcome.html", form, found=found, outcome=outcome)


def _score(session: Any, sheet_id: UUID, outcome: str, form: OutcomeForm) -> None:
    chosen = [one.partition(":") for one in form.evidence.data or ()]
    score_outcome(
        session,
        actor=acting(),
        desk=staff_desk(),
        sheet_id=sheet_id,
        outcome=outcome,
        score=int(form.score.data),
        grounds=form.grounds.data or "",
        evidence=[(EvidenceKind(kind), key) for kind, _, key in chosen],
    )


def _unchanged(sheet_id: UUID) -> ReadSheet:
    found = read_sheet(reading(), actor=acting(), sheet_id=sheet_id)
    if not found.is_whole:
        raise NotFound
    return found


@analyst.get("/equality-delivery/<uuid:sheet_id>/sheet.ods")
@allow(Audience.STAFF)
def eds_ods(sheet_id: UUID) -> Response:
    found = _unchanged(sheet_id)
    return sheets_file(eds_sheets(found.organisation, found.sheet), "ods", _file_name(found))


@analyst.get("/equality-delivery/<uuid:sheet_id>/sheet.html")
@allow(Audience.STAFF)
def eds_page(sheet_id: UUID) -> Response:
    """One page that stands by itself."""
    found = _unchanged(sheet_id)
    page = render_template("reports/equality_delivery_page.html", found=found, **_words())
    response = Response(page, content_type="text/html; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug(_file_name(found))}.html")
    return response


def _file_name(found: ReadSheet) -> str:
    return f"equality delivery system {found.sheet.period.last}"
