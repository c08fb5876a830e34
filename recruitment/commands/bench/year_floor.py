"""The floor of a year: the first screens from plain tables, on the same templates, with nothing to protect."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Flask, abort, current_app, g, render_template, session, url_for
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Index, func, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.routing import Rule

from config import TEMPLATES
from recruitment.commands.bench.tables import Floor, User
from recruitment.rules.calibration import SAMPLES
from recruitment.rules.campaigns import CampaignKind, CampaignState
from recruitment.rules.permissions import Role
from recruitment.rules.waiting import FINISHED, RUNNING, Standing
from recruitment.services.desk import utc_now
from recruitment.services.queues import OwnSift
from recruitment.services.second_looks import LOOKED_AT_IN
from recruitment.services.waiting import PER_PAGE, FirstScreen, OwnCampaign
from recruitment.store.session import Sessions
from recruitment.web.filters import init_filters
from recruitment.web.forms import init_forms
from recruitment.web.headers import init_headers
from recruitment.web.recruiter.home import read_filters, show_first_screen
from recruitment.web.requests import init_requests
from recruitment.web.shortlister.closed import BEFORE_THE_SIFT


class YearCampaign(Floor):
    __tablename__ = "year_campaigns"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    interviews_from: Mapped[date | None]
    interviews_until: Mapped[date | None]
    closed_at: Mapped[datetime | None]


class YearRole(Floor):
    __tablename__ = "year_roles"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (Index(None, "person_id"),)


class YearAnswer(Floor):
    __tablename__ = "year_answers"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(index=True)
    waits: Mapped[bool]


class YearAllocation(Floor):
    """`scored`: whether its score is there."""

    __tablename__ = "year_allocations"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID]
    person_id: Mapped[UUID]
    answer_id: Mapped[UUID]

    __table_args__ = (Index(None, "campaign_id", "person_id"),)


class YearScore(Floor):
    __tablename__ = "year_scores"

    allocation_id: Mapped[UUID] = mapped_column(primary_key=True)
    value: Mapped[int]


class YearLook(Floor):
    """A text that waits for the second look."""

    __tablename__ = "year_looks"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    answer_id: Mapped[UUID] = mapped_column(primary_key=True)


class YearEntry(Floor):
    __tablename__ = "year_entries"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)


def copy_year(sessions: Sessions, product: str) -> None:
    """Fill the floor's tables from the product's database file."""
    engine = sessions.engine
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("ATTACH DATABASE ? AS product", [product])
        named = "id, title, kind, state, opens_at, closes_at, interviews_from, interviews_until, closed_at"
        for statement in (
            "INSERT OR IGNORE INTO users SELECT id, 'staff', name FROM product.people",
            f"INSERT INTO year_campaigns ({named}) SELECT {named} FROM product.campaigns",  # noqa: S608  # nosec B608
            "INSERT INTO year_roles SELECT campaign_id, person_id, role FROM product.campaign_roles",
            "INSERT INTO year_answers SELECT id, campaign_id, has_restorable FROM product.answers",
            "INSERT INTO year_allocations SELECT id, campaign_id, person_id, answer_id FROM product.allocations",
            "INSERT INTO year_scores SELECT allocation_id, value FROM product.scores",
            "INSERT INTO year_looks SELECT campaign_id, answer_id FROM product.second_looks",
            "INSERT INTO year_entries SELECT campaign_id, application_id FROM product.shortlist_entries",
        ):
            cursor.execute(statement)
        raw.commit()
        cursor.execute("DETACH DATABASE product")
        cursor.execute("ANALYZE")
        raw.commit()
    finally:
        raw.close()


def _home() -> str:
    now = utc_now()
    own = _own(g.user.id, RUNNING)
    found = _with_counts(g.user.id, own, now)
    listed = [one for one in found if one.standing.state in RUNNING]
    screen = FirstScreen(tuple(found), True, tuple(listed[:PER_PAGE]), None)
    return show_first_screen(read_filters(), screen, [], [], [], frozenset(), now)


def _own(person_id: UUID, states: Iterable[CampaignState]) -> dict[YearCampaign, set[Role]]:
    rows = g.store.execute(
        select(YearCampaign, YearRole.role)
        .join(YearRole, YearRole.campaign_id == YearCampaign.id)
        .where(YearRole.person_id == person_id, YearCampaign.state.in_(states))
        .order_by(YearCampaign.closes_at, YearCampaign.id)
    )
    own: dict[YearCampaign, set[Role]] = {}
    for campaign, role in rows:
        own.setdefault(campaign, set()).add(Role(role))
    ended = select(YearCampaign, YearRole.role).join(YearRole, YearRole.campaign_id == YearCampaign.id)
    to_close = ended.where(
        YearRole.person_id == person_id,
        YearRole.role == Role.RECRUITER,
        YearCampaign.state.in_(FINISHED),
        YearCampaign.closed_at.is_(None),
    )
    for campaign, role in g.store.execute(to_close):
        own.setdefault(campaign, set()).add(Role(role))
    return own


def _per_campaign(counted: Any) -> dict[UUID, int]:
    return {key: number for key, number in g.store.execute(counted)}


def _with_counts(person_id: UUID, own: dict[YearCampaign, set[Role]], now: datetime) -> list[OwnCampaign]:
    sifting = [one.id for one in own if one.state == CampaignState.SIFTING]
    is_open = [one.id for one in own if one.state == CampaignState.OPEN]
    revealed = [one.id for one in own if one.state == CampaignState.REVEALED]
    looked_at = [one.id for one in own if one.state in LOOKED_AT_IN]
    held, scored = YearAllocation, YearScore.allocation_id == YearAllocation.id
    of_it = select(held.campaign_id, func.count()).where(held.campaign_id.in_(sifting)).group_by(held.campaign_id)
    wanted, given = _per_campaign(of_it), _per_campaign(of_it.join(YearScore, scored))
    mine = of_it.where(held.person_id == person_id)
    own_wanted, own_given = _per_campaign(mine), _per_campaign(mine.join(YearScore, scored))
    is_waiting = (YearAnswer.campaign_id.in_(is_open), YearAnswer.waits)
    waits = select(YearAnswer.campaign_id, func.count()).where(*is_waiting)
    to_clear = _per_campaign(waits.group_by(YearAnswer.campaign_id))
    looks = select(YearLook.campaign_id, func.count()).where(YearLook.campaign_id.in_(looked_at))
    to_look = _per_campaign(looks.group_by(YearLook.campaign_id))
    entries = select(YearEntry.campaign_id, func.count()).where(YearEntry.campaign_id.in_(revealed))
    to_book = _per_campaign(entries.group_by(YearEntry.campaign_id))
    return [
        OwnCampaign(
            one.id,
            one.title,
            CampaignKind(one.kind),
            Standing(
                CampaignState(one.state),
                one.opens_at,
                one.closes_at,
                one.interviews_from,
                one.interviews_until,
                frozenset(roles),
                to_clear=to_clear.get(one.id, 0),
                to_look=to_look.get(one.id, 0),
                samples_to_write=SAMPLES,
                to_score=own_wanted.get(one.id, 0) - own_given.get(one.id, 0),
                scores_wanted=wanted.get(one.id, 0),
                scores_given=given.get(one.id, 0),
                to_interview=to_book.get(one.id, 0),
                to_book=to_book.get(one.id, 0),
            ),
        )
        for one, roles in own.items()
    ]


def _sifts() -> str:
    own = [one for one, roles in _own(g.user.id, tuple(CampaignState)).items() if Role.SHORTLISTER in roles]
    sifting = [one.id for one in own if one.state == CampaignState.SIFTING]
    held = YearAllocation
    mine = (
        select(held.campaign_id, func.count())
        .where(held.campaign_id.in_(sifting), held.person_id == g.user.id)
        .group_by(held.campaign_id)
    )
    total, scored = _per_campaign(mine), _per_campaign(mine.join(YearScore, YearScore.allocation_id == held.id))
    sifts = [
        OwnSift(one.id, one.title, CampaignState(one.state), total.get(one.id, 0), scored.get(one.id, 0), 0, 0)
        for one in own
    ]
    return render_template(
        "shortlister/queues/home.html",
        sifting=[one for one in sifts if one.state is CampaignState.SIFTING],
        to_come=[one for one in sifts if one.state in BEFORE_THE_SIFT],
        closed=[one for one in sifts if one.state not in (CampaignState.SIFTING, *BEFORE_THE_SIFT)],
    )


_VIEWS = {"recruiter.home": _home, "shortlister.home": _sifts}


def make_year_floor(product: Flask, sessions: Sessions) -> Flask:
    """The floor of one of the product's sites, with its routes, so that every link is made alike."""
    app = Flask("recruitment", template_folder=str(TEMPLATES), static_folder=None)
    app.config.update(SECRET_KEY=b"floor" * 7, SESSION_COOKIE_NAME="floor", WTF_CSRF_SSL_STRICT=False)
    app.extensions["settings"] = product.extensions["settings"]
    for init in (init_requests, init_forms, init_filters, init_headers):
        init(app)
    CSRFProtect(app)
    for rule in product.url_map.iter_rules():
        _add_rule(app, rule)

    @app.before_request
    def look_up_user() -> None:
        g.opened = sessions.reading()
        g.store = g.opened.__enter__()
        g.user = g.store.get(User, UUID(session["user"]))
        if g.user is None:
            abort(401)

    @app.teardown_request
    def close(error: BaseException | None) -> None:
        if opened := g.pop("opened", None):
            opened.__exit__(None, None, None)

    @app.context_processor
    def give_names() -> dict[str, Any]:
        return {
            "service_name": "Recruitment",
            "organisation_name": "Office for Fair Dealing",
            "demo": False,
            "help_contact": "",
            "current_user": _Known(),
            "navigation": [{"text": "Campaigns", "href": url_for(name), "current": True} for name in _there()],
        }

    return app


class _Known:
    is_authenticated = True
    kind = "staff"

    @property
    def display_name(self) -> str:
        return str(g.user.name)


def _there() -> list[str]:
    return [name for name in _VIEWS if name in current_app.view_functions]


def _add_rule(app: Flask, rule: Rule) -> None:
    methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
    app.add_url_rule(
        rule.rule, endpoint=rule.endpoint, view_func=_VIEWS.get(rule.endpoint, _absent), methods=methods
    )


def _absent(**values: Any) -> Any:
    abort(404)
