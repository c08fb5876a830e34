"""The floor: a plain Flask and SQLAlchemy application that does the same work on the same pages.

No encryption, no roles, no trail; it looks its user up by the session cookie and does nothing else to protect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID, uuid4

from flask import Flask, Response, abort, current_app, g, redirect, render_template, request, session, url_for
from flask_wtf.csrf import CSRFProtect
from werkzeug.routing import Rule

from config import TEMPLATES
from recruitment.commands.bench import floor_answers
from recruitment.commands.bench.floor_submissions import floor_advert, submit_draft
from recruitment.commands.bench.tables import Allocation, Application, Score, User
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.redaction import WordLists
from recruitment.rules.scoring import reason_needed
from recruitment.services.desk import utc_now
from recruitment.store.session import Sessions
from recruitment.web.filters import init_filters
from recruitment.web.forms import init_forms
from recruitment.web.headers import init_headers
from recruitment.web.requests import init_requests
from recruitment.web.shortlister.passages import paragraphs_of

PER_PAGE = 250


def make_floor(
    sessions: Sessions, rules: Iterable[Rule], lists: WordLists, key: bytes, service_name: str
) -> Flask:
    """The floor's application; `rules` are the product's routes, so that every link on a page is made alike."""
    app = Flask("recruitment", template_folder=str(TEMPLATES), static_folder=None)
    app.config["SECRET_KEY"] = key
    app.config["SESSION_COOKIE_NAME"] = "floor"
    app.config["WTF_CSRF_SSL_STRICT"] = False
    app.extensions["sessions"], app.extensions["lists"] = sessions, lists
    init_requests(app)
    init_forms(app)
    init_filters(app)
    init_headers(app)
    CSRFProtect(app)
    for rule in rules:
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        view = _VIEWS.get(rule.endpoint, _not_on_the_floor)
        app.add_url_rule(rule.rule, endpoint=rule.endpoint, view_func=view, methods=methods)
    app.before_request(_look_up_user)
    app.after_request(_commit)
    app.teardown_request(_close)

    @app.context_processor
    def give_names() -> dict[str, Any]:
        return {
            "service_name": service_name,
            "organisation_name": "Office for Fair Dealing",
            "demo": False,
            "help_contact": "",
            "current_user": _Known(g.user.kind, g.user.name),
            "navigation": _navigation(),
        }

    return app


@dataclass(frozen=True)
class _Known:
    kind: str
    display_name: str
    is_authenticated: bool = True


def _navigation() -> list[dict[str, object]]:
    views = [("Vacancies", "candidate.vacancies")]
    views += [("Your sift", "shortlister.home")] if g.user.kind == "staff" else []
    views += [("Your applications", "candidate.own_applications")] if g.user.kind == "candidate" else []
    return [{"text": words, "href": url_for(view), "current": request.endpoint == view} for words, view in views]


def _look_up_user() -> None:
    sessions: Sessions = current_app.extensions["sessions"]
    g.opened = sessions.writing() if request.method == "POST" else sessions.reading()
    g.store = g.opened.__enter__()
    g.user = g.store.get(User, UUID(session["user"]))
    if g.user is None:
        abort(401)


def _commit(response: Response) -> Response:
    opened = g.pop("opened", None)
    if opened is not None:
        opened.__exit__(None, None, None)
    return response


def _close(error: BaseException | None) -> None:
    opened = g.pop("opened", None)
    if opened is not None and error is not None:
        opened.__exit__(type(error), error, error.__traceback__)


def _not_on_the_floor(**values: Any) -> Any:
    abort(404)


def queue(campaign_id: UUID) -> str:
    number = max(1, request.args.get("page", 1, type=int))
    mine = floor_answers.read_queue(g.store, g.user.id, campaign_id, number, PER_PAGE)
    return render_template(
        "shortlister/queues/queue.html",
        campaign_id=campaign_id,
        queue=mine,
        groups=[(number, list(items)) for number, items in groupby(mine.items, attrgetter("question_number"))],
        page=number,
        pages=max(1, -(-mine.total // PER_PAGE)),
        moderation_waiting=0,
        is_recused="recused" in request.args,
        saved=None,
        measure=floor_answers.read_measure(g.store, g.user.id, campaign_id, mine.total - mine.scored),
    )


def answer(campaign_id: UUID, handle: UUID) -> str:
    shown = floor_answers.read_answer(g.store, g.user.id, campaign_id, handle)
    return render_template(
        "shortlister/answers/answer.html",
        campaign_id=campaign_id,
        answer=shown,
        paragraphs=paragraphs_of(shown.parts),
        reasons={criterion.id: criterion.reason for criterion in shown.criteria},
        scores=range(shown.lowest, shown.highest + 1),
        saved=None,
        saved_at=None,
        refusal=None,
        refused_id=None,
        measure=floor_answers.read_measure(
            g.store, g.user.id, campaign_id, shown.queue_length - shown.scored, shown.question_number
        ),
        is_recognised=False,
        is_recused=False,
    )


def score(campaign_id: UUID, handle: UUID) -> Any:
    allocation = g.store.get(Allocation, handle)
    if allocation is None or allocation.user_id != g.user.id:
        abort(404)
    campaign = floor_answers.find_campaign(g.store, campaign_id)
    if campaign.state != CampaignState.SIFTING:
        abort(409)
    criteria = {row.id: row for row in floor_answers.criteria_of_answer(g.store, allocation.answer_id)}
    (written,) = (name for name in request.form if name.startswith("score-"))
    criterion = criteria[UUID(written.removeprefix("score-"))]
    value, reason = int(request.form[written]), request.form.get(f"reason-{criterion.id}", "").strip()
    if not campaign.scale_min <= value <= campaign.scale_max:
        abort(400)
    if reason_needed(value, criterion.minimum) and not reason:
        abort(400)
    held = g.store.get(Score, (handle, criterion.id))
    if held is None:
        g.store.add(
            Score(allocation_id=handle, criterion_id=criterion.id, value=value, reason=reason, scored_at=utc_now())
        )
    else:
        held.value, held.reason, held.scored_at = value, reason, utc_now()
    g.store.flush()
    following = floor_answers.find_next(g.store, g.user.id, campaign_id, allocation.position)
    if following is None:
        return redirect(url_for("shortlister.queue", campaign_id=campaign_id), 303)
    flags: dict[str, Any] = {"scored": handle, "criterion": criterion.id}
    return redirect(url_for("shortlister.answer", campaign_id=campaign_id, handle=following, **flags), 303)


def submit(campaign_id: UUID) -> Any:
    submit_draft(g.store, g.user.id, campaign_id, current_app.extensions["lists"], uuid4)
    return redirect(url_for("candidate.submitted", campaign_id=campaign_id), 303)


def submitted(campaign_id: UUID) -> str:
    application = g.store.query(Application).filter_by(campaign_id=campaign_id, user_id=g.user.id).one()
    return render_template(
        "candidate/application/submitted.html",
        advert=floor_advert(g.store, campaign_id),
        reference=application.reference,
    )


_VIEWS: dict[str, Callable[..., Any]] = {
    "shortlister.queue": queue,
    "shortlister.answer": answer,
    "shortlister.score": score,
    "candidate.submit": submit,
    "candidate.submitted": submitted,
}
