"""Whether this installation is ready for real people, as `recruitment doctor` says it."""

from __future__ import annotations

from typing import cast

from flask import current_app, render_template

from recruitment.rules.permissions import Role
from recruitment.rules.readiness import Standing
from recruitment.services.readiness import Premises, read_readiness
from recruitment.web.access import allow, reading
from recruitment.web.admin import admin
from recruitment.web.site import acting, staff_desk


@admin.get("/settings/ready")
@allow(Role.ADMINISTRATOR)
def ready() -> str:
    premises = cast(Premises, current_app.extensions["premises"])
    found = read_readiness(reading(), actor=acting(), desk=staff_desk(), premises=premises)
    order = (Standing.TO_DO, Standing.ADVICE, Standing.READY)
    return render_template(
        "admin/readiness/ready.html",
        parts=[(standing, [one for one in found if one.standing is standing]) for standing in order],
        is_ready=all(one.is_ready for one in found),
    )
