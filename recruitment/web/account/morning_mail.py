"""The morning mail switched off: on a page of one's own, or with one click in the mail program (RFC 8058)."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from recruitment.services.morning_mail import (
    check_stop_token,
    gets_morning_mail,
    set_morning_mail,
    stop_by_token,
)
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.site import acting, desk


@allow(Audience.STAFF)
def morning_mail() -> Any:
    if request.method == "POST":
        with writing() as session:
            is_on = request.form.get("mail") == "on"
            set_morning_mail(session, actor=acting(), desk=desk(), is_on=is_on)
        return redirect(url_for("account.morning_mail"), 303)
    return render_template("account/morning_mail.html", is_on=gets_morning_mail(reading(), actor=acting()))


@allow(Audience.EVERYONE)
def stop_by_link(token: str) -> str:
    """Ask on GET, since programs that look through mail follow links; stop on POST, and never redirect."""
    if request.method != "POST":
        check_stop_token(reading(), desk=desk(), token=token)
        return render_template("account/stop_morning_mail.html", is_stopped=False)
    with writing() as session:
        stop_by_token(session, desk=desk(), token=token)
    return render_template("account/stop_morning_mail.html", is_stopped=True)
