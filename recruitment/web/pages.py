"""The pages that every public body's site must have: accessibility, privacy, cookies, help."""

from __future__ import annotations

from flask import Blueprint, render_template

from recruitment.web.access import Audience, allow

pages = Blueprint("pages", __name__)


@pages.get("/accessibility")
@allow(Audience.EVERYONE)
def accessibility() -> str:
    return render_template("pages/accessibility.html")


@pages.get("/privacy")
@allow(Audience.EVERYONE)
def privacy() -> str:
    return render_template("pages/privacy.html")


@pages.get("/cookies")
@allow(Audience.EVERYONE)
def cookies() -> str:
    return render_template("pages/cookies.html")


@pages.get("/help")
@allow(Audience.EVERYONE)
def help() -> str:
    return render_template("pages/help.html")
