"""One page from which an administrator reaches everything that the body decides for itself."""

from __future__ import annotations

from flask import render_template

from recruitment.rules.permissions import Role
from recruitment.web.access import allow
from recruitment.web.admin import admin


@admin.get("/settings")
@allow(Role.ADMINISTRATOR)
def settings() -> str:
    return render_template("admin/settings/settings.html")
