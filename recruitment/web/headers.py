"""Response headers: a strict content policy, nothing kept by browsers or told to other sites."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, request

_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; connect-src 'self'; "
    "manifest-src 'self'"
)
_FIXED = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}
_ONE_YEAR = 31_536_000
_ONE_HOUR = 3_600


def csp_nonce() -> str:
    """Return this response's nonce, for the one inline script of the page template."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return g.csp_nonce


def is_static() -> bool:
    return request.endpoint == "static"


def init_headers(app: Flask) -> None:
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _ONE_HOUR

    @app.context_processor
    def give_nonce() -> dict[str, str]:
        return {"cspNonce": csp_nonce()}

    @app.after_request
    def set_headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _POLICY.format(nonce=csp_nonce())
        for name, value in _FIXED.items():
            response.headers[name] = value
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = f"max-age={_ONE_YEAR}"
        if not is_static() or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        return response
