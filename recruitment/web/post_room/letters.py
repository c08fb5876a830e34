"""Letters that wait to be printed and posted; each is with one person at a time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from recruitment.rules.letters_on_paper import COPY_TITLE
from recruitment.services.catalogues import load_catalogue
from recruitment.services.paper_letters import (
    list_paper_letters,
    mark_posted,
    note_reading,
    open_paper,
    read_paper_line,
    release_paper,
    take_over_paper,
)
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.filters import in_words
from recruitment.web.post_room import post_room
from recruitment.web.site import acting, staff_desk


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
    said = load_catalogue(letter.language)
    return render_template(
        "post_room/paper.html",
        line=line,
        letter=letter,
        written_on=in_words(letter.written_at, said),
        your_copy=said.say(COPY_TITLE),
    )


@post_room.post("/<uuid:paper_id>/posted")
@allow(Audience.STAFF)
def posted(paper_id: UUID) -> Any:
    with writing() as session:
        mark_posted(session, actor=acting(), desk=staff_desk(), paper_id=paper_id)
    flash("The letter is posted, and our copy is erased.")
    return redirect(url_for("post_room.home"), 303)


@post_room.post("/<uuid:paper_id>/take-over")
@allow(Audience.STAFF)
def take_over(paper_id: UUID) -> Any:
    with writing() as session:
        take_over_paper(session, actor=acting(), desk=staff_desk(), paper_id=paper_id)
    return redirect(url_for("post_room.paper", paper_id=paper_id), 303)


@post_room.post("/<uuid:paper_id>/put-back")
@allow(Audience.STAFF)
def put_back(paper_id: UUID) -> Any:
    with writing() as session:
        release_paper(session, actor=acting(), desk=staff_desk(), paper_id=paper_id)
    flash("The letter is back on the list. Destroy what you printed of it.")
    return redirect(url_for("post_room.home"), 303)
