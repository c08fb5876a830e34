"""Letters to people without an e-mail address, for staff with no part in the campaign to print and post."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from recruitment.services.paper_letters import (
    list_paper_letters,
    mark_posted,
    note_reading,
    open_paper,
    read_paper_line,
)
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.site import acting, staff_desk

post_room = Blueprint("post_room", __name__, url_prefix="/letters-to-post")


@post_room.get("")
@allow(Audience.STAFF)
def home() -> str:
    return render_template("post_room/home.html", found=list_paper_letters(reading(), actor=acting()))


@post_room.route("/<uuid:paper_id>", methods=["GET", "POST"])
@allow(Audience.STAFF)
def paper(paper_id: UUID) -> Any:
    """What it is, and a button to read it; read, it can be printed. Nothing is opened before the button."""
    line = read_paper_line(reading(), actor=acting(), paper_id=paper_id)
    if request.method != "POST":
        return render_template("post_room/paper.html", line=line, letter=None)
    with writing() as session:
        note_reading(session, actor=acting(), desk=staff_desk(), paper_id=paper_id)
    letter = open_paper(reading(), actor=acting(), desk=staff_desk(), paper_id=paper_id)
    return render_template("post_room/paper.html", line=line, letter=letter)


@post_room.post("/<uuid:paper_id>/posted")
@allow(Audience.STAFF)
def posted(paper_id: UUID) -> Any:
    with writing() as session:
        mark_posted(session, actor=acting(), desk=staff_desk(), paper_id=paper_id)
    flash("The letter is posted, and our copy is erased.")
    return redirect(url_for("post_room.home"), 303)
