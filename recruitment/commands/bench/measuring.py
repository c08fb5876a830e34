"""Calls an application as a server would, and takes the processor time of this process."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from statistics import median
from time import process_time
from typing import Any
from urllib.parse import urlencode

from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from werkzeug.test import EnvironBuilder

BROWSER = "bench"
ROUNDS = 5

Environ = dict[str, Any]


@dataclass(frozen=True)
class Response:
    status: int
    location: str
    body: bytes


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in on an application: their cookie, and the token their forms carry."""

    app: Flask
    cookie: str
    token: str

    def get(self, path: str) -> Environ:
        return self._environ(path, "GET", None)

    def post(self, path: str, fields: Mapping[str, str]) -> Environ:
        return self._environ(path, "POST", urlencode({**fields, "csrf_token": self.token}).encode())

    def _environ(self, path: str, method: str, body: bytes | None) -> Environ:
        headers = {"Cookie": self.cookie, "User-Agent": BROWSER, "Host": "127.0.0.1"}
        builder = EnvironBuilder(path, method=method, data=body, headers=headers)
        if body is not None:
            builder.content_type = "application/x-www-form-urlencoded"
        environ = builder.get_environ()
        environ["REMOTE_ADDR"] = "127.0.0.1"
        return environ


def make_visitor(app: Flask, sign_in: Callable[[], None]) -> Visitor:
    """`sign_in` fills the session as a sign-in on that application does."""
    with app.test_request_context(headers={"User-Agent": BROWSER}, environ_overrides={"REMOTE_ADDR": "127.0.0.1"}):
        sign_in()
        session.permanent = True
        token = generate_csrf()
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(dict(session))}"
    return Visitor(app, cookie, token)


def call(app: Flask, environ: Environ) -> Response:
    """One request through WSGI, its whole body read and the response closed, as a server does."""
    began: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        began[:] = [status, headers]

    parts = app.wsgi_app(environ, start_response)
    body = b"".join(parts)
    if hasattr(parts, "close"):
        parts.close()
    status, headers = began
    return Response(int(status[:3]), dict(headers).get("Location", ""), body)


class WrongAnswer(Exception):
    """A measured request was answered otherwise than it should be: its time would mean nothing."""


def expect(app: Flask, environ: Environ, status: int) -> Response:
    path = environ["PATH_INFO"]
    response = call(app, environ)
    if response.status != status:
        words = " ".join(re.sub(rb"<[^>]*>", b" ", response.body).decode(errors="replace").split())[:300]
        raise WrongAnswer(f"{path} answered {response.status}, not {status}: {words}")
    return response


# Drawn anew on each side: nonces, tokens, and references such as LUMO-TIRA-42.
_OF_ONE_SIDE = re.compile(rb'nonce="[^"]*"|name="csrf_token" value="[^"]*"|[A-Z]{4}-[A-Z]{4}-\d\d')


def same_page(ours: Response, floor: Response) -> None:
    """Raise unless both are the same page but for what is random: a floor that shows less costs too little."""
    here, there = (_OF_ONE_SIDE.sub(b"", one.body).splitlines() for one in (ours, floor))
    for mine, other in zip_longest(here, there, fillvalue=b""):
        if mine != other:
            raise WrongAnswer(f"the pages differ: {mine.decode()!r} here, {other.decode()!r} on the floor")


def processor_ms(turns: Sequence[Callable[[], object]]) -> float:
    """Milliseconds of this process for one turn, taken over all of them."""
    began = process_time()
    for turn in turns:
        turn()
    return (process_time() - began) * 1000 / len(turns)


def side_by_side(
    ours: Sequence[Callable[[], object]], floor: Sequence[Callable[[], object]]
) -> tuple[float, float]:
    """Milliseconds for a turn of each, medians over rounds that alternate, so that both meet the same machine.

    The first turn of each is spent on warming up.
    """
    ours[0]()
    floor[0]()
    size = max(1, (len(ours) - 1) // ROUNDS)
    rounds = [(start, start + size) for start in range(1, len(ours) - size + 1, size)]
    taken = [(processor_ms(ours[a:b]), processor_ms(floor[a:b])) for a, b in rounds]
    return median(one for one, _ in taken), median(other for _, other in taken)
