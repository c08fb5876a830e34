"""Who may open which page: every view says so, and what is not said is refused as if it were not there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFError, CSRFProtect

from recruitment.rules.permissions import Permission, Role, permissions_of
from recruitment.web.carry import Carried, carried_fields
from recruitment.web.requests import safe_path

_IDLE = dt.timedelta(minutes=30)
_READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_View = TypeVar("_View", bound=Callable[..., Any])


class Audience(Enum):
    """A kind of visitor, for pages that need no permission in a campaign."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed in"
    CANDIDATE = "candidate"
    STAFF = "staff"


Who = Audience | Permission | Role


@dataclass(frozen=True)
class Allowed:
    who: frozenset[Who]
    write: bool | None


@dataclass(frozen=True, eq=False)
class SignedIn(UserMixin):
    """The person at the browser. A raised `session_version` ends every session begun before."""

    kind: str
    id: str | int
    organisation_id: str | int
    display_name: str
    session_version: int

    def get_id(self) -> str:
        return f"{self.kind}:{self.id}:{self.session_version}"


class Site(Protocol):
    """What a site must bring (`app.extensions["site"]`); sessions are opaque here."""

    def reader(self) -> AbstractContextManager[Any]: ...
    def writer(self) -> AbstractContextManager[Any]: ...

    def load_signed_in(self, session: Any, user_id: str) -> SignedIn | None:
        """Find the person by `user_id`, which is "candidate:17" or "staff:17"."""

    def roles_in(self, session: Any, signed_in: SignedIn, campaign_id: Any | None) -> frozenset[Role]:
        """Return the roles in the campaign, or in the organisation where `campaign_id` is None."""

    def sign_in_page(self, carried: Carried, next: str) -> Any:
        """Return the sign-in page, with `account/carry.html` in its form."""


class UnmarkedView(Exception):
    """A view without `allow` would be a hole if access were open by default."""


class WritingRefused(Exception):
    """A page that only reads tried to write."""


def allow(*who: Who, write: bool | None = None) -> Callable[[_View], _View]:
    """Mark a view with who may open it (any one of them); put it right below the route.

    `write=None` lets only POST, PUT, PATCH and DELETE write; True lets GET too; False lets none.
    """
    if not who:
        raise UnmarkedView("allow() must name an audience, a role or a permission")

    def mark(view: _View) -> _View:
        view.allowed = Allowed(frozenset(who), write)  # type: ignore[attr-defined]
        return view

    return mark


def check_every_view_is_marked(app: Flask) -> None:
    """Raise UnmarkedView at start-up, naming the views; called once all blueprints are registered."""
    views = app.view_functions.items()
    unmarked = sorted(name for name, view in views if name != "static" and not hasattr(view, "allowed"))
    if unmarked:
        raise UnmarkedView(f"These views do not say who may open them: {', '.join(unmarked)}")


def site() -> Site:
    return current_app.extensions["site"]


def actor() -> SignedIn:
    """Return the signed-in person; only for views that are not for EVERYONE."""
    if not current_user.is_authenticated:
        abort(404)
    return current_user._get_current_object()


def reading() -> Any:
    """Return this request's read session, opened when first asked for; in `writing()`, the write session."""
    if "write_session" in g:
        return g.write_session
    if "reader" not in g:
        g.reader = site().reader()
        g.read_session = g.reader.__enter__()
    return g.read_session


def close_reading() -> None:
    g.pop("read_session", None)
    reader = g.pop("reader", None)
    if reader is not None:
        reader.__exit__(None, None, None)


@contextmanager
def writing() -> Iterator[Any]:
    """Yield a write session: committed at the end, rolled back on an exception; no reader stays open."""
    allowed: Allowed | None = g.get("allowed")
    may_write = request.method not in _READING_METHODS
    if allowed is not None and allowed.write is not None:
        may_write = allowed.write
    if not may_write or "write_session" in g:
        raise WritingRefused(f"{request.endpoint} may not write here")
    close_reading()
    with site().writer() as write_session:
        g.write_session = write_session
        try:
            yield write_session
        finally:
            del g.write_session


def roles_here(campaign_id: Any | None = None) -> frozenset[Role]:
    """Return the actor's roles in the campaign, or in the organisation; asked once for a request."""
    known: dict[Any, frozenset[Role]] = g.setdefault("roles_here", {})
    if campaign_id not in known:
        known[campaign_id] = site().roles_in(reading(), actor(), campaign_id)
    return known[campaign_id]


def may(permission: Permission, campaign_id: Any | None = None) -> bool:
    """Tell whether to show the actor a link or a button."""
    return bool(current_user.is_authenticated) and permission in permissions_of(roles_here(campaign_id))


def sign_in(signed_in: SignedIn) -> None:
    """Begin a session afresh, so that nothing planted before signing in lives on."""
    _forget()
    session.permanent = True
    login_user(signed_in)
    g.pop("roles_here", None)


def sign_out() -> None:
    """Forget the browser's session; raise `session_version` too, or a copied cookie stays good until idle."""
    logout_user()
    _forget()


def _forget() -> None:
    session.clear()
    # Flask-WTF keeps this request's token in g; it would no longer match the new session.
    g.pop("csrf_token", None)


def _is_let_in(who: Who, campaign_id: Any | None) -> bool:
    if who in (Audience.EVERYONE, Audience.SIGNED_IN):
        return True
    if isinstance(who, Audience):
        if actor().kind != who.value:
            return False
        return who is Audience.CANDIDATE or campaign_id is None or bool(roles_here(campaign_id))
    if actor().kind != "staff":
        return False
    roles = roles_here(campaign_id)
    return who in roles if isinstance(who, Role) else who in permissions_of(roles)


def _ask_to_sign_in() -> Any:
    target = safe_path(request.full_path.removesuffix("?")) or "/"
    if request.method in _READING_METHODS:
        return redirect(url_for("account.sign_in", next=target))
    return site().sign_in_page(carried_fields(request), target)


def _decide() -> Any:
    if request.endpoint is None or request.endpoint == "static":
        return None
    allowed = getattr(current_app.view_functions[request.endpoint], "allowed", None)
    if allowed is None:
        abort(404)
    g.allowed = allowed
    if Audience.EVERYONE not in allowed.who:
        if not current_user.is_authenticated:
            return _ask_to_sign_in()
        campaign_id = (request.view_args or {}).get("campaign_id")
        if not any(_is_let_in(who, campaign_id) for who in allowed.who):
            abort(404)
    # Only now: a POST after the session's end has no valid token, and must not lose what was typed.
    if request.method not in _READING_METHODS:
        if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise CSRFError("posted by another site")
        if current_app.config["WTF_CSRF_ENABLED"]:
            current_app.extensions["csrf"].protect(apply_exemptions=True)
    return None


class _PageSessions(SecureCookieSessionInterface):
    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        # Static files may be cached on the way: a shared cache must never hold somebody's cookie.
        return request.endpoint != "static" and super().should_set_cookie(app, session)


def _load(user_id: str) -> SignedIn | None:
    person, _, _ = user_id.rpartition(":")
    signed_in = site().load_signed_in(reading(), person)
    # The version is part of the id: an older one no longer matches.
    return signed_in if signed_in is not None and signed_in.get_id() == user_id else None


def init_access(app: Flask, *, site_name: str, is_secure: bool) -> None:
    """Deny by default; `is_secure` False only in development, where there is no HTTPS."""
    if not app.secret_key:
        raise ValueError("The site needs a secret key of its own, the same in each of its processes")
    app.session_interface = _PageSessions()
    app.config.update(
        SESSION_COOKIE_NAME=f"__Host-{site_name}" if is_secure else site_name,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=is_secure,
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=_IDLE,
        WTF_CSRF_CHECK_DEFAULT=False,  # checked in _decide, after the session
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
        WTF_CSRF_SSL_STRICT=False,  # our Referrer-Policy sends no referrer; Sec-Fetch-Site is checked instead
    )
    CSRFProtect(app)
    login = LoginManager()
    login.session_protection = "basic"
    login.init_app(app)
    login.user_loader(_load)
    app.before_request(_decide)
    app.context_processor(lambda: {"may": may})

    @app.teardown_request
    def close(error: BaseException | None) -> None:
        close_reading()
