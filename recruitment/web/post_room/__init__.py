"""For staff with no part in a campaign: letters to people without an e-mail address, and what they ask for."""

from __future__ import annotations

from flask import Blueprint

post_room = Blueprint("post_room", __name__, url_prefix="/letters-to-post")

from recruitment.web.post_room import changes, letters  # noqa: E402, F401
