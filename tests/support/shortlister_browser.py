"""A shortlister's browser: reads pages, fills in their forms, and knows how long each request took."""

from __future__ import annotations

import html
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from waitress import create_server, wasyncore

PASSWORD = "correct horse battery 9"
ANSWER = re.compile(r'(?s)<div class="site-answer">(.*?)</div>\s*<p class="govuk-hint">')


@dataclass
class Criterion:
    id: str
    scores: dict[str, bool]

    @property
    def is_scored(self) -> bool:
        return any(self.scores.values())


@dataclass
class Page:
    """An answer page as a browser holds it: what can be read, and what its form would send."""

    path: str
    raw: str
    fields: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for tag in re.findall(r"<input[^>]*>", self.form()):
            kept = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            if kept.get("type") == "hidden":
                self.fields[kept["name"]] = html.unescape(kept.get("value", ""))
        for name, typed in re.findall(
            r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', self.form(), re.DOTALL
        ):
            self.fields[name] = html.unescape(typed).removeprefix("\n")

    def form(self) -> str:
        found = re.search(
            r"<form(?![^>]*(?:sign-out|sift-undo))[^>]*method=\"post\".*?</form>", self.raw, re.DOTALL
        )
        return found.group() if found else ""

    def answer(self) -> str:
        (found,) = re.findall(
            r'<div class="site-answer">(.*?)</div>\s*<p class="govuk-hint">', self.raw, re.DOTALL
        )
        return _plain(found)

    def around(self) -> str:
        """Everything but the answer, attributes included."""
        return html.unescape(
            re.sub(r'(?s)<div class="site-answer">.*?</div>\s*<p class="govuk-hint">', " ", self.raw)
        )

    def criteria(self) -> list[Criterion]:
        found: dict[str, Criterion] = {}
        for name, value, pressed in re.findall(
            r'name="(score-[^"]+)" value="(\d+)" aria-pressed="(true|false)"', self.form()
        ):
            found.setdefault(name, Criterion(name.removeprefix("score-"), {})).scores[value] = pressed == "true"
        return list(found.values())


def _plain(markup: str) -> str:
    broken = re.sub(r"<br>|</?p\b[^>]*>", "\n", markup)
    return html.unescape(re.sub(r"<[^>]+>", "", broken))


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """The application behind a real HTTP server, in this process so that its clock is the test's."""
    sockets: dict[int, Any] = {}
    server = create_server(app, sockets, host="127.0.0.1", port=0, threads=4, ident=None)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield int(server.effective_port)
    finally:
        # Requests end first, then the loop closes its own sockets: closing them from here, beside a
        # worker that still wakes the loop, fails now and then and leaves connections open.
        server.task_dispatcher.shutdown()
        server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets))
        thread.join(10)
        assert not thread.is_alive()


@dataclass
class Answered:
    status: int
    location: str
    text: str


class Browser:
    """One shortlister's session over real HTTP, which counts and times its requests."""

    def __init__(self, port: int, part: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.part = part
        self.cookies: dict[str, str] = {}
        self.seconds: Counter[str] = Counter()
        self.requests: Counter[str] = Counter()

    def _send(self, verb: str, path: str, fields: dict[str, str] | None = None) -> Answered:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        began = time.perf_counter()
        self.connection.request(verb, path, urlencode(fields) if fields is not None else None, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        self.seconds[verb] += time.perf_counter() - began
        self.requests[verb] += 1
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return Answered(response.status, response.headers.get("Location", ""), text)

    def get(self, path: str) -> Page:
        """The page at the end of any redirects."""
        while True:
            answer = self._send("GET", path)
            if answer.status != 303:
                assert answer.status == 200, (path, answer.status)
                return Page(path, answer.text)
            path = answer.location

    def post(self, path: str, fields: dict[str, str]) -> str:
        """Send a form; the place it leads to."""
        answer = self._send("POST", path, fields)
        assert answer.status == 303, (path, answer.status, answer.text[-3000:])
        return answer.location

    def sign_in(self, email: str, code: str) -> None:
        page = self.get("/staff-sign-in")
        assert 'name="code"' in page.form()
        self.post("/staff-sign-in", page.fields | {"email": email, "password": PASSWORD, "code": code})

    def close(self) -> None:
        self.connection.close()
