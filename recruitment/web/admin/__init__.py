"""What an administrator sees: people and their ways in; no campaign and no application."""

from __future__ import annotations

from flask import Blueprint

admin = Blueprint("admin", __name__)

from recruitment.web.admin import people, policies  # noqa: E402, F401
