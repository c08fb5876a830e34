"""Follows every link and submits every form that one signed-in person can reach, and keeps what came back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import zip_longest
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_TOKENS = (
    (re.compile(r'(name="csrf_token" (?:type="hidden" )?value=")[^"]*'), r"\1TOKEN"),
    (re.compile(r'(value=")[^"]*(" name="csrf_token")'), r"\1TOKEN\2"),
    (re.compile(r'(nonce=")[^"]*'), r"\1NONCE"),
    (re.compile(r"'nonce-[^']*'"), "'nonce-NONCE'"),
)
_HEADERS_APART = frozenset({"Set-Cookie", "Date", "Expires"})  # the last two: the test machine's own clock
_COOKIE = re.compile(r"^([^=]*)=[^;]*; Expires=[^;]*(.*)$")


@dataclass(frozen=True)
class Heard:
    """One request and its response, tokens normalised; cookies by name and attributes only."""

    request: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str


def differences(one: Heard, other: Heard) -> list[tuple[str, str]]:
    """Where two responses differ: status, headers, or the first line of the body that does."""
    found = [] if one.status == other.status else [(str(one.status), str(other.status))]
    headers = zip_longest(one.headers, other.headers)
    found += [(str(mine), str(theirs)) for mine, theirs in headers if mine != theirs]
    lines = zip_longest(one.body.splitlines(), other.body.splitlines(), fillvalue="")
    return found + [(mine, theirs) for mine, theirs in lines if mine != theirs][:3]


def normalised(text: str) -> str:
    for pattern, plain in _TOKENS:
        text = pattern.sub(plain, text)
    return text


def heard(request: str, response: TestResponse) -> Heard:
    headers = [(name, normalised(value)) for name, value in response.headers if name not in _HEADERS_APART]
    cookies = [_COOKIE.sub(r"\1=…\2", value) for value in response.headers.getlist("Set-Cookie")]
    body = response.get_data()
    length = [] if b"csrf_token" not in body and b"nonce" not in body else ["Content-Length"]
    kept = sorted((name, value) for name, value in headers if name not in length)
    return Heard(
        request,
        response.status_code,
        tuple(kept + [("cookie", cookie) for cookie in cookies]),
        normalised(body.decode("utf-8", "replace")),
    )


@dataclass
class Form:
    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Page(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._chosen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(urljoin(self.address, given["href"]))
        elif tag == "form":
            action = urljoin(self.address, given.get("action", "") or self.address)
            self._open = Form(action, given.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is not None and given.get("name"):
            self._take(tag, given)

    def _take(self, tag: str, given: dict[str, str]) -> None:
        form, name, value = self._open, given["name"], given.get("value", "")
        kind = given.get("type", "")
        if form is None:
            return
        if tag == "button" or kind == "submit":
            form.buttons.append((name, value))
        elif tag == "textarea":
            form.fields.append((name, "Typed by a reader."))
        elif kind in ("radio", "checkbox"):
            if name not in self._chosen:
                form.fields.append((name, value))
                self._chosen.add(name)
        elif tag == "input":
            form.fields.append((name, value or ("" if kind == "hidden" else "Typed by a reader")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def _path(address: str) -> str | None:
    parts = urlsplit(address)
    if parts.scheme not in ("", "http", "https") or parts.netloc not in ("", "localhost"):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def crawl(client: FlaskClient, roots: list[str], *, submit: bool = True) -> list[Heard]:
    """Breadth first over links; then every form once with each of its first two buttons; sign-out left out."""
    log: list[Heard] = []
    waiting, seen, forms = list(roots), set(roots), []
    while waiting:
        path = waiting.pop(0)
        page = _get(client, path, log)
        for link in page.links:
            target = _path(link)
            if target is not None and target not in seen and not target.startswith("/static/"):
                seen.add(target)
                waiting.append(target)
        forms += [form for form in page.forms if "sign-out" not in form.action]
    if submit:
        for action, method, fields in _submissions(forms):
            _send(client, action, method, fields, log)
    return log


def _get(client: FlaskClient, path: str, log: list[Heard]) -> _Page:
    response = client.get(path)
    log.append(heard(f"GET {path}", response))
    page = _Page(f"http://localhost{path}")
    if response.mimetype == "text/html":
        page.feed(response.get_data(as_text=True))
    if response.status_code in (301, 302, 303) and response.location:
        page.links.append(urljoin(f"http://localhost{path}", response.location))
    return page


def _submissions(forms: list[Form]) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    done = set()
    for form in forms:
        action = _path(form.action)
        if action is None:
            continue
        for button in form.buttons[:2] or [("", "")]:
            fields = [*form.fields, *([button] if button[0] else [])]
            key = (action, form.method, tuple(pair for pair in fields if pair[0] != "csrf_token"))
            if key not in done:
                done.add(key)
                yield action, form.method, fields


def _send(client: FlaskClient, action: str, method: str, fields: list[tuple[str, str]], log: list[Heard]) -> None:
    plain = [(name, value) for name, value in fields if name != "csrf_token"]
    values: dict[str, list[str]] = {}
    for name, value in plain:
        values.setdefault(name, []).append(value)
    response = client.get(action, query_string=values) if method == "get" else client.post(action, data=values)
    log.append(heard(f"{method.upper()} {action} {plain}", response))
    if response.status_code in (302, 303) and response.location:
        target = _path(urljoin("http://localhost", response.location))
        if target is not None:
            log.append(heard(f"GET {target} after {action}", client.get(target)))
