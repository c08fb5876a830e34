"""Many candidates at once, over HTTP against the public site in a process of its own, as it is served."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from resource import RUSAGE_CHILDREN, getrusage
from urllib.parse import urlencode
from uuid import UUID

from config import ROOT, Config
from recruitment.commands.bench.home import Home
from recruitment.commands.bench.measuring import BROWSER, Visitor
from recruitment.commands.bench.pages import submit_path, submitted_path
from recruitment.commands.bench.table import Note, Sizes
from recruitment.commands.serve import own_command
from recruitment.rules.campaigns import CampaignState

PATIENCE = 60  # seconds


def environment_of(config: Config) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RECRUITMENT_")}
    return kept | {"RECRUITMENT_HOME": str(config.home)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _served(config: Config) -> Iterator[int]:
    """The public site in a child process; its port, once it answers."""
    port = free_port()
    command = own_command("site", "public", "--port", str(port))
    with subprocess.Popen(command, env=environment_of(config), cwd=ROOT) as process:  # noqa: S603
        try:
            give_up = time.monotonic() + PATIENCE
            while not _answers(port):
                if process.poll() is not None or time.monotonic() > give_up:
                    raise RuntimeError("the public site did not start")
                time.sleep(0.1)
            yield port
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/help")
        return connection.getresponse().status == 200
    except OSError:
        return False


@dataclass
class Crowd:
    """What the clients met; appended to from all of their threads."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def _client(port: int, campaign_id: UUID, waiting: SimpleQueue[Visitor], crowd: Crowd) -> None:
    """Submit for one candidate after another, each in the session of their own, until nobody waits."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    while True:
        try:
            visitor = waiting.get_nowait()
        except Empty:
            connection.close()
            return
        headers = {"Cookie": visitor.cookie, "User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin"}
        try:
            began = time.monotonic()
            posted = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
            _ask(
                connection,
                "POST",
                submit_path(campaign_id),
                posted,
                303,
                urlencode({"csrf_token": visitor.token}),
            )
            crowd.seconds.append(time.monotonic() - began)
            _ask(connection, "GET", submitted_path(campaign_id), headers, 200)
        except (OSError, http.client.HTTPException, ValueError) as wrong:
            crowd.errors.append(f"{type(wrong).__name__}: {wrong}")
            connection.close()


def _ask(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    headers: dict[str, str],
    expected: int,
    body: str | None = None,
) -> None:
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    response.read()
    if response.status != expected:
        raise ValueError(f"{method} answered {response.status}, not {expected}")


def measure_clients(home: Home, sizes: Sizes) -> Iterator[Note]:
    campaign_id = home.campaign(CampaignState.OPEN, 0)
    waiting: SimpleQueue[Visitor] = SimpleQueue()
    for candidate_id in home.candidates(campaign_id, sizes.client_submissions, floor=False):
        waiting.put(home.visitor("candidate", candidate_id))
    crowd = Crowd()
    before = getrusage(RUSAGE_CHILDREN)
    with _served(home.config) as port:
        threads = [
            threading.Thread(target=_client, args=(port, campaign_id, waiting, crowd))
            for _ in range(sizes.clients)
        ]
        began = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        taken = time.monotonic() - began
    after = getrusage(RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    wrong = f"clients: {len(crowd.errors)} errors, the first: {crowd.errors[0]}" if crowd.errors else ""
    ordered = sorted(crowd.seconds) or [0.0]
    yield Note(
        "clients",
        f"{len(crowd.seconds)} submissions by {sizes.clients} clients at once: {len(crowd.errors)} errors, "
        f"{taken:.1f} seconds on the wall, {len(crowd.seconds) / taken:.0f} a second, "
        f"half within {ordered[len(ordered) // 2] * 1000:.0f} ms, worst {ordered[-1] * 1000:.0f} ms; "
        f"the server's process took {spent:.1f} seconds of processor time with its start.",
        wrong,
    )
