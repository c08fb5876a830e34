"""Error pages in plain words; the page for "not there" is one and the same, whatever the reason."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from recruitment.rules.errors import Refusal, Stale
from recruitment.web.access import close_reading
from recruitment.web.carry import carried_fields

log = logging.getLogger(__name__)

_PAGES = {400, 403, 404, 405, 409, 413, 429}
_LAST_RESORT = (
    '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Sorry, there is a problem</title>'
    "<main><h1>Sorry, there is a problem with the service</h1>"
    "<p>What you sent may not have been saved. Try again later.</p></main></html>"
)


class StalePage(Exception):
    """The page was made from an older state than the one now stored, as a form's version field tells."""


def page_expired(error: CSRFError) -> tuple[str, int]:
    return render_template("errors/403.html", carried=carried_fields(request)), 403


def refused(refusal: Refusal) -> tuple[str, int]:
    if refusal.status == 404:
        # The sentence stays unsaid: "not there" and "not yours" must be the same bytes.
        return not_there(), 404
    template = "errors/409.html" if isinstance(refusal, Stale) else "errors/refusal.html"
    return render_template(template, sentence=refusal.sentence), refusal.status


def not_there() -> str:
    """The page for what is not there: in the reader's language whatever was asked for, and without its address."""
    g.pop("language", None)
    g.is_not_there = True
    return render_template("errors/404.html")


def stale(error: StalePage) -> tuple[str, int]:
    return render_template("errors/409.html", sentence=str(error) or None), 409


def http_error(error: HTTPException) -> Any:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    if error.code >= 500:
        return failed(error)
    code = error.code if error.code in _PAGES else 400
    name = "forbidden" if code == 403 else str(code)
    headers = [(k, v) for k, v in error.get_headers() if k in ("Allow", "Retry-After")]
    page = not_there() if code == 404 else render_template(f"errors/{name}.html")
    return page, error.code, headers


def failed(error: Exception) -> tuple[str, int]:
    """Render the 500 page even when the store or the templates are what failed.

    Only the kind of error and the view are logged: a message or a traceback may quote what a person typed.
    """
    if current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    cause = getattr(error, "original_exception", None) or error
    trace = cause.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "unknown place"
    log.error("%s at %s in %s", type(cause).__name__, place, request.endpoint)
    try:
        close_reading()
        return render_template("errors/500.html"), 500
    except Exception:
        g.pop("reader", None)
        return _LAST_RESORT, 500


def init_errors(app: Flask) -> None:
    app.register_error_handler(CSRFError, page_expired)
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(StalePage, stale)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, failed)
