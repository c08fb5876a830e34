"""Runs both sites and a worker, each in a process of its own; the public one never loads a private key."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from types import FrameType
from urllib.parse import urlsplit

import click
from waitress import serve as serve_forever

from config import ROOT, Config
from recruitment.app import create_public_app, create_staff_app, mail_server, open_staff_desk
from recruitment.services.worker import work

UPLOAD = 12 * 1024 * 1024  # bytes held in memory, so that no request is ever spooled to a file


def port_of(address: str) -> int:
    parts = urlsplit(address)
    return parts.port or (443 if parts.scheme == "https" else 80)


@click.command()
@click.argument("which", type=click.Choice(["public", "staff"]))
@click.option("--port", type=int, required=True)
@click.option("--demo", is_flag=True, hidden=True)
def site(which: str, port: int, demo: bool) -> None:
    """Run one site in this process (what demo starts; `serve` uses gunicorn)."""
    config = Config.from_environment()
    make = create_public_app if which == "public" else create_staff_app
    app = make(config, is_demo=demo)
    serve_forever(
        app,
        host="127.0.0.1",
        port=port,
        threads=8,
        ident=None,
        inbuf_overflow=UPLOAD,
        outbuf_overflow=UPLOAD,
        max_request_body_size=UPLOAD,
    )


@click.command()
def worker() -> None:
    """Send mail, tally, rewrite equality rows, sign the trail, keep retention."""
    config = Config.from_environment()
    desk = open_staff_desk(config)
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    work(desk, mail_server(config), wait=lambda seconds: stopped.wait(seconds), staff_url=config.staff_url)


def is_answering(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def check_ports(*ports: int) -> None:
    for port in ports:
        if is_answering(port):
            raise click.ClickException(
                f"Port {port} is taken by another program. Choose others with --public-port and --staff-port."
            )


def run_together(
    commands: list[list[str]],
    environment: Mapping[str, str],
    *,
    ports: tuple[int, ...] = (),
    when_ready: Callable[[], None] = lambda: None,
) -> int:
    """Run processes until one ends or we are told to stop; then stop all. Its exit status.

    `when_ready` is called once, when every port answers.
    """
    running = [subprocess.Popen(command, env=dict(environment), cwd=ROOT) for command in commands]  # noqa: S603

    def stop(number: int, frame: FrameType | None) -> None:
        for process in running:
            process.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    is_ready = False
    while all(process.poll() is None for process in running):
        if not is_ready and all(is_answering(port) for port in ports):
            is_ready = True
            when_ready()
        time.sleep(0.2)
    stop(signal.SIGTERM, None)
    statuses = []
    for process in running:
        try:
            statuses.append(process.wait(10))
        except subprocess.TimeoutExpired:
            process.kill()
            statuses.append(process.wait())
    return max((status for status in statuses if status > 0), default=0)


def own_command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "recruitment.cli", *arguments]


@click.command()
@click.option("--public-port", type=int, default=8000, show_default=True)
@click.option("--staff-port", type=int, default=8001, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Put a proxy with HTTPS in front.")
@click.option("--processes", type=int, default=2, show_default=True, help="Processes of each site.")
def serve(public_port: int, staff_port: int, host: str, processes: int) -> None:
    """Run both sites and a worker for real data."""
    config = Config.from_environment()
    check_ports(public_port, staff_port)
    open_staff_desk(config)  # refuse here, in one sentence, rather than three times over

    def gunicorn(name: str, port: int) -> list[str]:
        return [
            sys.executable,
            *("-m", "gunicorn", f"wsgi:{name}"),
            *("--worker-class", "gthread", "--workers", str(processes), "--threads", "8"),
            *("--bind", f"{host}:{port}", "--access-logfile", "/dev/null", "--log-level", "warning"),
            "--no-control-socket",
        ]

    click.echo(f"Public site on {host}:{public_port}, staff site on {host}:{staff_port}. Ctrl+C stops both.")
    commands = [gunicorn("public", public_port), gunicorn("staff", staff_port), own_command("worker")]
    sys.exit(run_together(commands, os.environ))
