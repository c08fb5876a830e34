"""The pages that every public body's site must have: accessibility, privacy, what is collected, cookies, help."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from recruitment.services.collected import list_bodies, read_collected
from recruitment.web.access import Audience, allow, reading

pages = Blueprint("pages", __name__)


@pages.get("/accessibility")
@allow(Audience.EVERYONE)
def accessibility() -> str:
    return render_template("pages/accessibility.html")


@pages.get("/privacy")
@allow(Audience.EVERYONE)
def privacy() -> str:
    return render_template("pages/privacy.html")


@pages.get("/what-we-collect")
@allow(Audience.EVERYONE)
def collected() -> str:
    """Of the body that is asked for, or of the only one."""
    bodies = list_bodies(reading())
    slug = request.args.get("body") or (bodies[0][0] if len(bodies) == 1 else "")
    found = read_collected(reading(), slug) if slug else None
    return render_template("pages/collected.html", found=found, bodies=bodies)


@pages.get("/cookies")
@allow(Audience.EVERYONE)
def cookies() -> str:
    return render_template("pages/cookies.html")


@pages.get("/help")
@allow(Audience.EVERYONE)
def help() -> str:
    return render_template("pages/help.html")
