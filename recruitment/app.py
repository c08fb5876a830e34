"""Composition roots: the public site, the staff site, and the desks they and the worker work at."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, Flask, g, render_template
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.middleware.proxy_fix import ProxyFix

from config import TEMPLATES, Config
from recruitment.rules.oidc import ProviderSettings
from recruitment.rules.permissions import Role
from recruitment.rules.webhooks import read_networks
from recruitment.services.accounts import Site
from recruitment.services.catalogues import LANGUAGES, load_catalogue
from recruitment.services.desk import Desk, utc_now
from recruitment.services.documents import Scanner
from recruitment.services.installation import check_installation
from recruitment.services.oidc_provider import Provider
from recruitment.services.organisation_settings import PublicName, read_public_name
from recruitment.services.outgoing import MailServer
from recruitment.services.passwords import PasswordPolicy
from recruitment.services.readiness import Premises
from recruitment.services.signed_in import find_visitor, organisation_name, roles_of
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.wordlists import load_word_lists
from recruitment.store.session import Sessions, make_engine
from recruitment.vault.errors import KeyDestroyed
from recruitment.vault.masters import PUBLIC_SITE_KEYS, FolderKeys, KeyPurpose
from recruitment.vault.private import PrivateVault
from recruitment.vault.working import WorkingVault
from recruitment.web.access import SignedIn, check_every_view_is_marked, init_access, reading
from recruitment.web.carry import Carried
from recruitment.web.errors import init_errors
from recruitment.web.filters import filters_in, init_filters
from recruitment.web.forms import init_forms
from recruitment.web.headers import init_headers
from recruitment.web.messages import init_messages, say
from recruitment.web.requests import init_requests
from recruitment.web.site import SiteSettings

Clock = Callable[[], datetime]
AnyDesk = TypeVar("AnyDesk", bound=Desk)


def open_public_desk(config: Config, *, clock: Clock = utc_now, source: random.Random | None = None) -> Desk:
    """A desk that holds no private key, and whose key provider refuses to give one."""
    keys = FolderKeys(config.keys, allow_development=config.is_development, only=PUBLIC_SITE_KEYS)
    vault = WorkingVault(keys, Sessions(make_engine(config.key_store)))
    desk = Desk(
        Sessions(make_engine(config.database)), vault, load_word_lists(), clock, source or random.SystemRandom()
    )
    return _checked(desk)


def open_staff_desk(
    config: Config, *, clock: Clock = utc_now, source: random.Random | None = None, is_new: bool = False
) -> StaffDesk:
    """The desk of the staff site, the worker and the commands."""
    keys = FolderKeys(config.keys, allow_development=config.is_development)
    vault = PrivateVault(keys, Sessions(make_engine(config.key_store)))
    desk = StaffDesk(
        Sessions(make_engine(config.database)), vault, load_word_lists(), clock, source or random.SystemRandom(),
        networks=read_networks(config.webhook_networks),
    )  # fmt: skip
    return desk if is_new else _checked(desk)


def _checked(desk: AnyDesk) -> AnyDesk:
    with desk.sessions.reading() as session:
        check_installation(session, desk.vault)
    return desk


def mail_server(config: Config) -> MailServer | None:
    if not config.mail_host:
        return None
    return MailServer(
        config.mail_host,
        config.mail_port,
        config.mail_sender,
        config.mail_user,
        config.mail_password,
        config.mail_tls,
    )


def premises_of(config: Config) -> Premises:
    """What the settings say of where this runs, for `doctor` and its page."""
    return Premises(
        config.keys, config.home,
        config.public_url.startswith("https://") and config.staff_url.startswith("https://"),
        config.trusted_proxies, mail_server(config) if config.mail_sender else None, config.clamd,
        Path(config.backup_stamp) if config.backup_stamp else None, bool(config.oidc_issuer),
        config.oidc_organisation,
    )  # fmt: skip


class RunningSite:
    """What `web/access.py` asks of a site."""

    def __init__(self, desk: Desk, site: Site) -> None:
        self.desk = desk
        self.site = site

    def reader(self) -> AbstractContextManager[Session]:
        return self.desk.sessions.reading()

    def writer(self) -> AbstractContextManager[Session]:
        return self.desk.sessions.writing()

    def load_signed_in(self, session: Session, user_id: str) -> SignedIn | None:
        kind, _, key = user_id.partition(":")
        visitor = find_visitor(session, kind, key)
        if visitor is None or (self.site is Site.STAFF and visitor.kind != "staff"):
            return None
        return SignedIn(
            visitor.kind, str(visitor.id), str(visitor.organisation_id), visitor.name, visitor.session_version
        )

    def roles_in(self, session: Session, signed_in: SignedIn, campaign_id: Any | None) -> frozenset[Role]:
        return roles_of(session, UUID(str(signed_in.id)), UUID(str(signed_in.organisation_id)), campaign_id)

    def sign_in_page(self, carried: Carried, next: str) -> Any:
        from recruitment.web.account.views import sign_in_page

        return sign_in_page(carried, next)


def _gone(problem: KeyDestroyed) -> tuple[str, int]:
    """Retention has destroyed the key of what was to be opened: that is as it should be."""
    sentence = "The records here were erased at the end of their period: nothing can be opened any more."
    return render_template("errors/refusal.html", sentence=sentence), 409


def _make_app(
    config: Config, desk: Desk, site: Site, key: bytes, blueprints: list[Blueprint], *, is_demo: bool
) -> Flask:
    app = Flask("recruitment", template_folder=str(TEMPLATES), static_folder=None)
    app.static_folder = str(Path(__file__).parent / "web" / "static")
    app.add_url_rule("/static/<path:filename>", "static", app.send_static_file)
    app.config["SECRET_KEY"] = key
    app.extensions["desk"] = desk
    app.extensions["site"] = RunningSite(desk, site)
    app.extensions["settings"] = SiteSettings(
        site, config.service_name, config.public_url, config.staff_url, config.is_development, is_demo,
        Scanner(config.clamd) if config.clamd else None, config.mail_host,
    )  # fmt: skip
    app.extensions["password_policy"] = PasswordPolicy(1, 1024, 1) if config.is_development else PasswordPolicy()
    init_requests(app)
    init_forms(app)
    init_filters(app)
    _init_languages(app, site)
    init_headers(app)
    init_access(app, site_name=f"recruitment-{site}", is_secure=config.is_secure)
    init_errors(app)
    app.register_error_handler(KeyDestroyed, _gone)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    check_every_view_is_marked(app)
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]

    public_name = _remembered_name(desk, config)

    @app.context_processor
    def give_names() -> dict[str, Any]:
        return {
            "service_name": say(public_name().service_name) if site is Site.PUBLIC else "Recruitment",
            "organisation_name": _organisation_name(),
            "demo": is_demo,
            "help_contact": public_name().help_contact,
        }

    return app


def _init_languages(app: Flask, site: Site) -> None:
    """Candidates may read in other languages; the staff site is in English."""
    others = LANGUAGES[1:] if site is Site.PUBLIC else ()
    catalogues = {name: load_catalogue(name) for name in others}
    init_messages(app, catalogues, {name: filters_in(found) for name, found in catalogues.items()})


def _remembered_name(desk: Desk, config: Config) -> Callable[[], PublicName]:
    """What the public site is called, read once a minute."""
    held: list[tuple[float, PublicName]] = []

    def read() -> PublicName:
        if not held or held[0][0] < time.monotonic():
            with desk.sessions.reading() as session:
                held[:] = [(time.monotonic() + 60.0, read_public_name(session, config.service_name))]
        return held[0][1]

    read()
    return read


def _organisation_name() -> str:
    if not current_user.is_authenticated:
        return ""
    if "organisation_name" not in g:
        g.organisation_name = organisation_name(reading(), UUID(str(current_user.organisation_id)))
    return str(g.organisation_name)


def _session_key(config: Config, purpose: KeyPurpose) -> bytes:
    return FolderKeys(config.keys, allow_development=config.is_development).load(purpose).material


def create_public_app(config: Config, *, desk: Desk | None = None, is_demo: bool = False) -> Flask:
    """The site of candidates and shortlisters; its process holds no private key. No demo outside development."""
    is_demo = is_demo and config.is_development
    from recruitment.web.account.views import public_account
    from recruitment.web.candidate import candidate
    from recruitment.web.pages import pages
    from recruitment.web.shortlister import shortlister

    blueprints = [pages, public_account(is_demo=is_demo), candidate, shortlister]
    key = _session_key(config, KeyPurpose.PUBLIC_SESSIONS)
    return _make_app(config, desk or open_public_desk(config), Site.PUBLIC, key, blueprints, is_demo=is_demo)


def create_staff_app(config: Config, *, desk: StaffDesk | None = None, is_demo: bool = False) -> Flask:
    """The site of recruiters, panels, analysts, auditors and administrators. No demo outside development."""
    is_demo = is_demo and config.is_development
    from recruitment.web.account.views import staff_account
    from recruitment.web.admin import admin
    from recruitment.web.analyst import analyst
    from recruitment.web.auditor import auditor
    from recruitment.web.entries import entries
    from recruitment.web.pages import pages
    from recruitment.web.panel import panel
    from recruitment.web.pool import pool
    from recruitment.web.post_room import post_room
    from recruitment.web.recruiter import recruiter

    blueprints = [
        pages,
        staff_account(is_demo=is_demo, has_provider=bool(config.oidc_issuer)),
        recruiter,
        panel,
        pool,
        entries,
        post_room,
        analyst,
        auditor,
        admin,
    ]
    key = _session_key(config, KeyPurpose.STAFF_SESSIONS)
    app = _make_app(config, desk or open_staff_desk(config), Site.STAFF, key, blueprints, is_demo=is_demo)
    app.extensions["premises"] = premises_of(config)
    if config.oidc_issuer:
        app.extensions["provider"] = Provider(
            ProviderSettings(
                config.oidc_issuer, config.oidc_client_id, config.oidc_client_secret, config.oidc_name,
                config.is_development, config.oidc_organisation,
            )
        )  # fmt: skip
    return app
