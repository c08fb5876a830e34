"""A shortlister's browser: reads pages, fills in their forms, and knows how long each request took."""

from __future__ import annotations

import html
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

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
        found = re.search(r"<form(?![^>]*sign-out)[^>]*method=\"post\".*?</form>", self.raw, re.DOTALL)
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


class Browser:
    """One shortlister's session, which counts and times its requests."""

    def __init__(self, app: Flask, part: str) -> None:
        self.client: FlaskClient = app.test_client()
        self.part = part
        self.seconds: Counter[str] = Counter()
        self.requests: Counter[str] = Counter()

    def _timed(self, verb: str, send: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        answer = send()
        self.seconds[verb] += time.perf_counter() - began
        self.requests[verb] += 1
        return answer

    def get(self, path: str) -> Page:
        """The page at the end of any redirects."""
        while True:
            answer = self._timed("GET", lambda at=path: self.client.get(at))
            if answer.status_code != 303:
                assert answer.status_code == 200, (path, answer.status_code)
                return Page(path, answer.get_data(as_text=True))
            path = answer.headers["Location"]

    def post(self, path: str, fields: dict[str, str]) -> str:
        """Send a form; the place it leads to."""
        answer = self._timed("POST", lambda: self.client.post(path, data=fields))
        assert answer.status_code == 303, (path, answer.status_code, answer.get_data(as_text=True)[-3000:])
        return str(answer.headers["Location"])

    def sign_in(self, email: str, code: str) -> None:
        page = self.get("/staff-sign-in")
        assert 'name="code"' in page.form()
        self.post("/staff-sign-in", page.fields | {"email": email, "password": PASSWORD, "code": code})
