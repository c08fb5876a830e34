"""The development outbox: letters that were not sent, with links to click; staff site, demonstration only."""

from __future__ import annotations

import re

from flask import render_template
from markupsafe import Markup, escape

from recruitment.services.outgoing import read_outbox
from recruitment.web.access import Audience, allow, reading
from recruitment.web.site import acting, staff_desk

_LINK = re.compile(r"https?://[^\s<>\"']+")


def linked(body: str) -> Markup:
    """A letter's text, escaped, with its addresses as links."""
    parts, at = [], 0
    for found in _LINK.finditer(body):
        parts += [
            escape(body[at : found.start()]),
            Markup('<a class="govuk-link" href="{0}">{0}</a>').format(found.group()),
        ]
        at = found.end()
    return Markup("").join([*parts, escape(body[at:])])


@allow(Audience.STAFF)
def outbox() -> str:
    found = read_outbox(reading(), desk=staff_desk(), actor=acting())
    letters = [(one.letter, linked(one.letter.body)) for one in found]
    return render_template("account/outbox.html", letters=letters)
