"""In which language a page is read: chosen by the reader, else by the browser, and kept in a cookie alone.

Only candidates' pages are in other languages. What staff and shortlisters see is English, so the language that a
candidate reads in is nowhere that a shortlister looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, request
from flask.templating import Environment as BaseEnvironment
from jinja2 import Template, nodes

from recruitment.rules.messages import ENGLISH, Catalogue
from recruitment.web.template_texts import TemplateTexts
from recruitment.web.texts import Said

NAMES = {"en": "English", "cy": "Cymraeg"}
"""Each language in its own words."""
_ONE_YEAR = 31_536_000
_STAFF = ("shortlister.",)
_STAFF_VIEWS = frozenset({"account.sign_in_staff", "account.enrol"})
_NONE = Catalogue()


class Environment(BaseEnvironment):
    """Templates share the environment's globals: none brings its own, and each import compared them in layers.

    Each language has an environment of its own, in which templates are compiled with their texts translated:
    a page costs the same in every language, and in English nothing is looked up.
    """

    languages: Mapping[str, Environment] = {}
    catalogue: Catalogue = _NONE

    def make_globals(self, d: Any) -> Any:
        return super().make_globals(d) if d else self.globals

    def in_language(self, catalogue: Catalogue, filters: Mapping[str, Any]) -> Environment:
        # Compiled templates are kept by their source, which is the same in every language.
        made = self.overlay(bytecode_cache=None)
        made.languages, made.catalogue = {}, catalogue
        made.filters = {**self.filters, **filters}
        return made  # type: ignore[no-any-return]

    def _load_template(self, name: str, globals: Any) -> Template:
        if self.languages:
            other = self.languages.get(language())
            if other is not None:
                return other._load_template(name, globals)
        return super()._load_template(name, globals)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        if self.catalogue.texts:
            template = TemplateTexts(Said(self.catalogue)).rewrite(template)
            template.set_environment(self)
        return template


def language() -> str:
    """The language of the page being made; English outside a request."""
    if not has_request_context():
        return ENGLISH
    if "language" not in g:
        g.language = _chosen()
    return str(g.language)


def catalogue() -> Catalogue:
    """The texts of the language of the page being made."""
    return _catalogues().get(language(), _NONE) if has_request_context() else _NONE


def say(text: str, **values: object) -> str:
    """A text that Python gives a page, in the page's language."""
    return catalogue().say(text, **values)


def say_made(text: str) -> str:
    """A sentence of a rule, or another text that was put together in English."""
    found = catalogue()
    return found.say_made(text) if found.texts else text


def _catalogues() -> Mapping[str, Catalogue]:
    return current_app.extensions.get("catalogues", {})


def is_in_languages() -> bool:
    """Whether this page is one that may be read in several languages."""
    endpoint = request.endpoint or ""
    is_for_staff = endpoint.startswith(_STAFF) or endpoint in _STAFF_VIEWS or endpoint == "static"
    return bool(_catalogues()) and (not is_for_staff or "is_not_there" in g)


def _this_page() -> str:
    """Where to come back to; what was posted is not in it, and the page is opened anew."""
    if "is_not_there" in g:
        return "/"
    return request.full_path.removesuffix("?") if request.method == "GET" else request.path


def _chosen() -> str:
    if not is_in_languages():
        return ENGLISH
    offered = [ENGLISH, *_catalogues()]
    kept = request.cookies.get(cookie_name(), "")
    return kept if kept in offered else request.accept_languages.best_match(offered) or ENGLISH


def cookie_name() -> str:
    return "__Host-language" if current_app.config["SESSION_COOKIE_SECURE"] else "language"


def keep_language(response: Response, chosen: str) -> None:
    """Remember what the reader chose, in the browser alone; it is strictly what was asked for, so no consent."""
    response.set_cookie(
        cookie_name(), chosen, max_age=_ONE_YEAR, path="/", httponly=True, samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )  # fmt: skip


def init_messages(
    app: Flask, catalogues: Mapping[str, Catalogue], filters: Mapping[str, Mapping[str, Any]]
) -> None:
    """Offer these languages beside English. After the filters, before any template is loaded."""
    app.extensions["catalogues"] = catalogues
    environment: Any = app.jinja_env
    environment.languages = {
        name: environment.in_language(found, filters.get(name, {})) for name, found in catalogues.items()
    }

    @app.context_processor
    def give_language() -> dict[str, Any]:
        offered = [ENGLISH, *catalogues] if is_in_languages() else []
        names = [(name, NAMES[name]) for name in offered]
        return {
            "htmlLang": language(), "languages": names, "language_cookie": cookie_name(),
            "this_page": _this_page(),
        }  # fmt: skip

    @app.after_request
    def tell_language(response: Response) -> Response:
        if is_in_languages() and response.mimetype == "text/html":
            response.headers["Content-Language"] = language()
            response.vary.update(("Accept-Language", "Cookie"))
        return response
