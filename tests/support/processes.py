"""A site in a process of its own, as the demonstration starts it, and a plain browser for it."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from config import ROOT
from tests.support.world import World


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """`kill` ends it as a power cut would."""

    process: subprocess.Popen[bytes]
    port: int

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def memory_holds(self, secret: bytes) -> bool:
        """Whether the bytes stand anywhere in the process's own memory (heap, stack, mapped data)."""
        maps = Path(f"/proc/{self.process.pid}/maps").read_text().splitlines()
        with Path(f"/proc/{self.process.pid}/mem").open("rb", buffering=0) as memory:
            for line in maps:
                span, mode = line.split()[:2]
                if not mode.startswith("rw"):
                    continue
                start, end = (int(part, 16) for part in span.split("-"))
                try:
                    memory.seek(start)
                    if secret in memory.read(end - start):
                        return True
                except (OSError, ValueError, OverflowError):
                    continue
        return False


@contextmanager
def running_site(world: World, which: str, *, keys: Path | None = None) -> Iterator[Running]:
    """Start one site over a world's files; `keys` may be a folder that lacks some."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RECRUITMENT_")} | {
        "RECRUITMENT_HOME": str(world.home),
        "RECRUITMENT_DATABASE": world.database,
        "RECRUITMENT_KEYS": str(keys or world.config.keys),
        "RECRUITMENT_DEVELOPMENT": "yes",
    }
    command = [sys.executable, "-m", "recruitment.cli", "site", which, "--port", str(port)]
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        _wait(process, port)
        yield Running(process, port)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(10)


def _wait(process: subprocess.Popen[bytes], port: int, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the site ended with status {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the site did not start")


class Visitor:
    """One signed-in person over real HTTP; forms are sent with the token of their own page."""

    def __init__(self, app: Flask, port: int, user_id: str) -> None:
        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        self.cookie = serializer.dumps({"_user_id": user_id, "_fresh": True, "_permanent": True})
        self.name = app.config["SESSION_COOKIE_NAME"]
        self.port = port

    def request(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> tuple[int, str, str]:
        """Status, location and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": f"{self.name}={self.cookie}"}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        for header in response.headers.get_all("Set-Cookie", []):
            if header.startswith(f"{self.name}="):
                self.cookie = header.split(";")[0].removeprefix(f"{self.name}=")
        text = response.read().decode("utf-8", "replace")
        connection.close()
        return response.status, response.headers.get("Location", ""), text

    def get(self, path: str) -> str:
        status, location, text = self.request("GET", path)
        if status in (302, 303):
            return self.get(location)
        assert status == 200, (path, status)
        return text

    def send(self, path: str, fields: Mapping[str, str], *, page: str = "") -> tuple[int, str, str]:
        """Post a form of `page` (by default the page at the same address), hidden fields filled in."""
        source = self.get(page or path)
        hidden = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', source))
        token = re.search(r'name="csrf_token" (?:type="hidden" )?value="([^"]+)"', source)
        assert token is not None, f"no form on {page or path}"
        return self.request("POST", path, {**hidden, **fields, "csrf_token": token.group(1)})
