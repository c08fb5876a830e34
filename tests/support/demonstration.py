"""The demonstration as a newcomer starts it: the real commands, processes and ports, in a home of its own."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from unittest import mock

from config import ROOT
from recruitment.app import open_staff_desk
from recruitment.commands.demo import SLUG, MovableClock, demo_config
from recruitment.commands.sample import build_campaign, make_cast
from recruitment.commands.sample.scoring import score_interviews
from recruitment.rules.campaigns import CampaignState
from recruitment.services.desk import utc_now
from recruitment.store.organisations import find_organisation

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
ROLES = (
    "recruiter",
    "shortlister",
    "other_shortlister",
    "chair",
    "lead",
    "member",
    "analyst",
    "auditor",
    "candidate",
)


def find_chromium() -> str | None:
    usual = "/usr/bin/chromium"
    return shutil.which("chromium") or (usual if Path(usual).exists() else None)


@dataclass
class Demonstration:
    """`links`: the printed single-use sign-in link of each role."""

    home: Path
    public: str
    staff: str
    links: dict[str, str]

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RECRUITMENT_")}
        return kept | {
            "RECRUITMENT_HOME": str(self.home / "demo"),
            "RECRUITMENT_DEVELOPMENT": "yes",
            "RECRUITMENT_PUBLIC_URL": self.public,
            "RECRUITMENT_STAFF_URL": self.staff,
        }

    def command(self, *arguments: str) -> str:
        """What a command of the installation prints."""
        run = [sys.executable, "-m", "recruitment.cli", *arguments]
        return subprocess.run(
            run, cwd=ROOT, env=self.environment(), check=True, capture_output=True, text=True, timeout=120
        ).stdout


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _add_campaigns(home: Path) -> None:
    """Two more: one whose frozen shortlist waits for the reveal, one whose interviews are all scored."""
    with mock.patch.dict(os.environ, {"RECRUITMENT_HOME": str(home)}):
        config = demo_config()
    clock = MovableClock()
    desk = open_staff_desk(config, clock=clock, source=random.Random(7))
    with desk.sessions.reading() as session:
        body = find_organisation(session, SLUG)
        assert body is not None
    cast = make_cast(desk, body.id)
    start = utc_now() - timedelta(days=21)

    def set_clock(offset: timedelta) -> None:
        clock.stands_at = start + offset

    for title, until in (("Mediator", CampaignState.FROZEN), ("Adjudicator", CampaignState.REVEALED)):
        campaign_id = build_campaign(
            desk, cast, set_clock=set_clock, title=title, until=until, applications=12, seed=4
        )
    panel = [cast.actor(part) for part in ("shortlister_one", "shortlister_two", "member")]
    score_interviews(desk, campaign_id, panel, defaultdict(lambda: 0.8), random.Random(3))


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/help", timeout=5):  # noqa: S310 - our own process
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


@contextmanager
def demonstration(home: Path, *, with_more: bool = True) -> Iterator[Demonstration]:
    """Make the sample, start both sites and the worker, and stop them at the end."""
    ports = _free_port(), _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RECRUITMENT_")}
    environment = kept | {"RECRUITMENT_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    run = [sys.executable, "-m", "recruitment.cli", "demo"]
    subprocess.run(
        [*run, "--reset", "--no-serve"], cwd=ROOT, env=environment, check=True, capture_output=True, timeout=300
    )
    if with_more:
        _add_campaigns(home)
    process = subprocess.Popen(
        [*run, "--public-port", str(ports[0]), "--staff-port", str(ports[1])],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        links: list[str] = []
        for line in process.stdout:
            links += re.findall(r"http://\S+/demo/sign-in/\w+", line)
            if "Ctrl+C stops" in line:
                break
        # Whatever the processes print later must not fill the pipe.
        threading.Thread(target=process.stdout.read, daemon=True).start()
        made = Demonstration(
            home, *(f"http://127.0.0.1:{port}" for port in ports), dict(zip(ROLES, links, strict=True))
        )
        _wait_for(made.public)
        _wait_for(made.staff)
        yield made
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
