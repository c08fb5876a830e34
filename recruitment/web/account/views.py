"""The account blueprints of the two sites, and the sign-in page of a session that has ended."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from flask import Blueprint, request

from recruitment.services.accounts import Site
from recruitment.web.account import demo, enrolment, links, morning_mail, signing_out, staff_sign_in
from recruitment.web.account.returning import blueprint_of, may_be_carried
from recruitment.web.carry import Carried
from recruitment.web.navigation import navigation, this_site


def public_account(*, is_demo: bool) -> Blueprint:
    """Candidates sign in by a link sent to them, shortlisters with password and code."""
    account = Blueprint("account", __name__)
    account.add_url_rule("/sign-in", "sign_in", links.sign_in, methods=["GET", "POST"])
    account.add_url_rule("/check-your-email", "check_email", links.check_email)
    account.add_url_rule("/sign-in/<token>", "open_link", links.open_link, methods=["GET", "POST"])
    account.add_url_rule(
        "/staff-sign-in", "sign_in_staff", staff_sign_in.sign_in_as_staff, methods=["GET", "POST"]
    )
    _add_shared(account)
    if is_demo:
        account.add_url_rule("/demo/sign-in/<token>", "demo_sign_in", demo.demo_sign_in, methods=["GET", "POST"])
    return account


def staff_account(*, is_demo: bool, has_provider: bool = False) -> Blueprint:
    """Staff sign in with password and code; on a development key there is an outbox to look into."""
    account = Blueprint("account", __name__)
    account.add_url_rule("/sign-in", "sign_in", staff_sign_in.sign_in_as_staff, methods=["GET", "POST"])
    _add_shared(account)
    account.add_url_rule("/morning-mail", "morning_mail", morning_mail.morning_mail, methods=["GET", "POST"])
    account.add_url_rule(
        "/morning-mail/<token>", "stop_morning_mail", morning_mail.stop_by_link, methods=["GET", "POST"]
    )
    # A mail program posts it, without a page before; the link itself proves whose it is.
    account.record_once(lambda state: state.app.extensions["csrf"].exempt(morning_mail.stop_by_link))
    if has_provider:
        # Loaded for the staff site alone: shortlisters have a sign-in of their own on the public one.
        provider = import_module("recruitment.web.account.provider")
        account.add_url_rule("/sign-in/provider", "go_to_provider", provider.go_to_provider)
        account.add_url_rule("/sign-in/provider/return", "provider_return", provider.provider_return)
        account.add_url_rule(
            "/sign-in/provider/code", "provider_code", provider.provider_code, methods=["GET", "POST"]
        )
    if is_demo:
        account.add_url_rule("/demo/sign-in/<token>", "demo_sign_in", demo.demo_sign_in, methods=["GET", "POST"])
        # Loaded here and nowhere else: it opens letters, and the public site loads this module.
        outbox = import_module("recruitment.web.account.outbox")
        account.add_url_rule("/outbox", "outbox", outbox.outbox)
    return account


def _add_shared(account: Blueprint) -> None:
    account.add_url_rule("/enrol/<token>", "enrol", enrolment.enrol_on_site, methods=["GET", "POST"])
    account.add_url_rule("/sign-out", "sign_out", signing_out.sign_out_everywhere, methods=["POST"])
    account.add_url_rule("/signed-out", "signed_out", signing_out.signed_out)
    account.app_context_processor(lambda: {"navigation": navigation()})


def sign_in_page(carried: Carried, next: str) -> Any:
    """The sign-in form that fits the page that was being sent, with what was typed carried in it."""
    if not may_be_carried(carried):
        carried = Carried("/")
    if this_site() is Site.STAFF or (request.blueprint or blueprint_of(next)) == "shortlister":
        return staff_sign_in.page(carried, next)
    return links.page(carried, next)
