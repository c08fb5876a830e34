"""The demonstration: a complete sample campaign through the real services, then both sites and a worker."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import click
from sqlalchemy import select, text

from config import Config
from recruitment.app import open_public_desk, open_staff_desk
from recruitment.commands.install import prepare_home
from recruitment.commands.sample import SampleCast, build_campaign, make_cast
from recruitment.commands.sample.appointments import BETWEEN, offer_sample_times
from recruitment.commands.sample.calendar import make_sample_calendar
from recruitment.commands.sample.letters import ask_a_question, write_letters
from recruitment.commands.sample.planning import Stages
from recruitment.commands.sample.plans import make_sample_plans
from recruitment.commands.serve import check_ports, own_command, port_of, run_together
from recruitment.rules.campaigns import CampaignState
from recruitment.services.accounts import Site
from recruitment.services.demo_links import make_demo_candidate_link, make_demo_link
from recruitment.services.desk import utc_now
from recruitment.services.installation import add_organisation
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import check_trail
from recruitment.services.worker import run_due_jobs, sign_heads
from recruitment.store.campaigns import Campaign
from recruitment.store.organisations import find_organisation
from recruitment.store.releases import Release
from recruitment.vault.errors import MissingKey
from recruitment.vault.masters import FolderKeys, KeyPurpose

RUNNING = "running"  # holds the number of the process that serves
SLUG = "fair-dealing"
MAIN = "Casework officer"
TESTED = "Complaints analyst"
CANDIDATE = "candidate@example.org"


class MovableClock:
    """A clock that a sample campaign can be told to stand at; afterwards it shows the real time."""

    def __init__(self) -> None:
        self.stands_at: datetime | None = None

    def __call__(self) -> datetime:
        return self.stands_at or utc_now()


def demo_config() -> Config:
    whole = Config.from_environment()
    home = whole.home / "demo"
    return replace(
        whole,
        home=home,
        database=f"sqlite:///{home / 'recruitment.db'}",
        key_store=f"sqlite:///{home / 'keys.db'}",
        keys=home / "keys",
        is_development=True,
        mail_host="",
    )


def demo_environment(config: Config) -> dict[str, str]:
    """The environment of the demo's processes: its own folder, and nothing of a real installation."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RECRUITMENT_")}
    return kept | {
        "RECRUITMENT_HOME": str(config.home),
        "RECRUITMENT_DEVELOPMENT": "yes",
        "RECRUITMENT_PUBLIC_URL": config.public_url,
        "RECRUITMENT_STAFF_URL": config.staff_url,
    }


def make_sample(config: Config, say: Callable[[str], None]) -> None:
    """Everything a newcomer sees: one campaign to its release, and four that wait for somebody."""
    prepare_home(config)
    say("keys, key store and database made")
    clock = MovableClock()
    desk = open_staff_desk(config, clock=clock, source=random.Random(2026))  # noqa: S311 - a sample, no secret
    with desk.sessions.writing() as session:
        organisation_id = add_organisation(
            session,
            desk=desk,
            name="Office for Fair Dealing",
            slug=SLUG,
            contact="recruitment@fair-dealing.example",
        )
    cast = make_cast(desk, organisation_id)
    say(f"organisation added, with {len(cast.people)} members of staff")
    main = _build(desk, cast, clock, MAIN, 30, CampaignState.RELEASED, 60, say)
    quiet: Callable[[str], None] = lambda line: None  # noqa: E731
    _build(desk, cast, clock, "Investigator", 22, CampaignState.REVEALED, 24, quiet)
    tested = _build(desk, cast, clock, TESTED, 21, CampaignState.REVEALED, 12, quiet, between=BETWEEN)
    _build(desk, cast, clock, "Policy adviser", 16, CampaignState.SIFTING, 20, quiet)
    _build(desk, cast, clock, "Enquiries assistant", 3, CampaignState.OPEN, 8, quiet, lead="Weighing evidence")
    say("four more campaigns: open, with a first sift planned; being sifted; with a test day; with interviews")
    clock.stands_at = None
    sites = config.public_url, config.staff_url
    times = offer_sample_times(desk, cast.actor("recruiter"), tested, address=CANDIDATE, sites=sites)
    say(f"{times} times to choose from, for an assessment day and interviews")
    say(f"{make_sample_plans(desk, cast.actor('recruiter'))} action plans of five public bodies")
    say(f"{make_sample_calendar(desk, cast.actor('recruiter'))} reports in the calendar of their groups")
    say(f"{write_letters(desk, cast.actor('recruiter'), main, config.public_url)} letters in approved wordings")
    run_due_jobs(desk, None)
    ask_a_question(desk, main)
    sign_heads(desk)


def _build(
    desk: StaffDesk,
    cast: SampleCast,
    clock: MovableClock,
    title: str,
    days_ago: int,
    until: CampaignState,
    applications: int,
    say: Callable[[str], None],
    between: Stages = (),
    lead: str = "",
) -> UUID:
    start = utc_now() - timedelta(days=days_ago)

    def set_clock(offset: timedelta) -> None:
        clock.stands_at = start + offset

    return build_campaign(
        desk,
        cast,
        set_clock=set_clock,
        title=title,
        until=until,
        applications=applications,
        seed=days_ago,
        is_booked=not between,
        between=between,
        lead=lead,
        say=say,
    )


def check_sample(config: Config) -> list[str]:
    """What of the sample does not hold, as sentences; empty when all of it does."""
    desk = open_staff_desk(config)
    problems = []
    with desk.sessions.reading() as session:
        campaign = session.scalars(select(Campaign).where(Campaign.title == MAIN)).one_or_none()
        if campaign is None or campaign.state != CampaignState.RELEASED:
            return ["The sample campaign did not reach its release."]
        release = session.scalars(select(Release).where(Release.campaign_id == campaign.id)).one_or_none()
        if release is None:
            problems.append("The sample campaign has no release.")
        elif not (release.leaks or {}).get("figures"):
            problems.append("The sample's release does not state what was found of its texts.")
        left = session.execute(
            text("SELECT count(*) FROM equality_rows WHERE campaign_id = :id"), {"id": campaign.id.hex}
        ).scalar_one()
        if left:
            problems.append(f"{left} equality rows were not erased after the tally.")
        problems += [problem.sentence for problem in check_trail(session, campaign.id, desk.vault.verifying_key)]
    return problems + _leaks(config) + _public_keys(config)


def _leaks(config: Config) -> list[str]:
    """Names that every sample has, sought in the raw files."""
    raw = b"".join(path.read_bytes() for path in config.home.glob("*.db*"))
    return [
        f"“{name}” stands in a database file in plain text."
        for name in ("Folasade", "Rukhsana", "07700 900", "@example.org")
        if name.encode() in raw
    ]


def _public_keys(config: Config) -> list[str]:
    open_public_desk(config)
    provider = FolderKeys(config.keys, allow_development=True, only=frozenset({KeyPurpose.WORKING_MASTER}))
    try:
        provider.load(KeyPurpose.PRIVATE_MASTER)
    except MissingKey:
        return []
    return ["The public site's key provider gave a private key."]


LINKS = (
    ("Recruiter and administrator (Helen Marsh)", "recruiter", Site.STAFF),
    ("Shortlister (Dev Patel), public site", "shortlister_one", Site.PUBLIC),
    ("Shortlister (Marcus Bell), public site", "shortlister_three", Site.PUBLIC),
    ("Panel chair and second person (Dev Patel)", "shortlister_one", Site.STAFF),
    ("Inclusion lead (Siân Hughes)", "shortlister_two", Site.STAFF),
    ("Panel member and clearer (Aisha Khan)", "member", Site.STAFF),
    ("Analyst (Tom Okafor)", "analyst", Site.STAFF),
    ("Auditor (Grace Lin)", "auditor", Site.STAFF),
)


def print_links(config: Config) -> None:
    """Fresh single-use sign-in links, one for each role."""
    desk = open_staff_desk(config)
    with desk.sessions.writing() as session:
        body = find_organisation(session, SLUG)
        if body is None:
            raise click.ClickException("The sample is not there. Run again with --reset.")
        organisation_id: UUID = body.id
    cast = make_cast(desk, organisation_id)
    click.echo("\nSign in with one click (each link works once; start the demo again for new ones):\n")
    with desk.sessions.writing() as session:
        for title, part, site in LINKS:
            token = make_demo_link(session, desk=desk, person_id=cast.people[part], site=site)
            base = config.staff_url if site is Site.STAFF else config.public_url
            click.echo(f"  {title}\n    {base}/demo/sign-in/{token}")
        token = make_demo_candidate_link(session, desk=desk, organisation_id=organisation_id, address=CANDIDATE)
        click.echo(f"  Candidate\n    {config.public_url}/demo/sign-in/{token}")
    click.echo("\nA browser holds one person for each site: use private windows to be several at once.")
    click.echo(f"Public site {config.public_url}   Staff site {config.staff_url}   Ctrl+C stops.")


@click.command()
@click.option("--no-serve", is_flag=True, help="Make and check the sample, then stop.")
@click.option("--reset", is_flag=True, help="Make the sample anew.")
@click.option("--public-port", type=int, default=8000, show_default=True)
@click.option("--staff-port", type=int, default=8001, show_default=True)
def demo(no_serve: bool, reset: bool, public_port: int, staff_port: int) -> None:
    """Show everything on invented people: no set-up, no mail, SQLite."""
    config = replace(
        demo_config(),
        public_url=f"http://127.0.0.1:{public_port}",
        staff_url=f"http://127.0.0.1:{staff_port}",
    )
    ports = (port_of(config.public_url), port_of(config.staff_url))
    refuse_while_running(config)
    if not no_serve:
        check_ports(*ports)
    finished = config.home / "finished"
    if reset or not finished.exists():
        shutil.rmtree(config.home, ignore_errors=True)
        make_sample(config, lambda line: click.echo(f"  ✓ {line}"))
        finished.touch()
    if problems := check_sample(config):
        for problem in problems:
            click.echo(f"  ✗ {problem}", err=True)
        sys.exit(1)
    click.echo("  ✓ checked: trail unbroken, equality rows erased, no name in any database file")
    if no_serve:
        return
    commands = [
        own_command("site", "public", "--port", str(ports[0]), "--demo"),
        own_command("site", "staff", "--port", str(ports[1]), "--demo"),
        own_command("worker"),
    ]
    running = config.home / RUNNING
    running.write_text(str(os.getpid()))
    try:
        status = run_together(
            commands, demo_environment(config), ports=ports, when_ready=lambda: print_links(config)
        )
    finally:
        running.unlink(missing_ok=True)
    sys.exit(status)


def refuse_while_running(config: Config) -> None:
    """One demonstration at a time in one folder: another would pull the database from under it."""
    try:
        number = int((config.home / RUNNING).read_text())
        os.kill(number, 0)
    except (OSError, ValueError):
        return
    raise click.ClickException(
        f"The demonstration is running already (process {number}). Stop it first, or set RECRUITMENT_HOME to "
        "another folder for a second one."
    )
