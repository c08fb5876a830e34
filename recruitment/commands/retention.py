"""Retention from the command line: what is to be erased when, and erasing it now."""

from __future__ import annotations

from datetime import date, datetime

import click
from sqlalchemy import select

from config import Config
from recruitment.app import open_staff_desk
from recruitment.rules.retention import KINDS, Due
from recruitment.services.key_turning import finish_turns
from recruitment.services.retention import erase_due
from recruitment.services.retention_periods import current_periods
from recruitment.services.retention_plans import plan_erasures
from recruitment.store.organisations import Organisation

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.option("--until", type=_DAY, help="Say only what is due by this day (YYYY-MM-DD).")
@click.option("--erase", is_flag=True, help="Erase what is due today, as the worker does at night.")
@click.option("--no-wait", is_flag=True, help="With --erase: destroy the old keys at once. Stop both sites first.")
def retention(until: datetime | None, erase: bool, no_wait: bool) -> None:
    """What is to be erased when. A dry run: without --erase nothing is changed."""
    desk = open_staff_desk(Config.from_environment())
    today = desk.now.date()
    if erase:
        for one in erase_due(desk):
            click.echo(f"Erased: {_what(one)}")
        if no_wait:
            finish_turns(desk, is_now=True)
    with desk.sessions.reading() as session:
        for body in session.scalars(select(Organisation).order_by(Organisation.name)):
            periods = current_periods(session, body.id)
            click.echo(f"{body.name} (periods, version {periods.version})")
            for kind, record in KINDS.items():
                click.echo(f"  {record.title}: {periods[kind]} months after {record.clock}")
            for one in plan_erasures(session, body.id, today):
                if until is None or one.due <= until.date():
                    click.echo(f"  {_when(one, today)}  {_what(one)}")


def _when(one: Due, today: date) -> str:
    if one.waits:
        return f"{one.due.isoformat()} (waits)"
    return "tonight   " if one.due <= today else one.due.isoformat()


def _what(one: Due) -> str:
    of = f" of “{one.title}”" if one.title else ""
    held = f", {one.held} under a hold" if one.held else ""
    waits = f". {one.waits}" if one.waits else ""
    return f"{KINDS[one.kind].title}{of}: {one.records}{held}{waits}"
