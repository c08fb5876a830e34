"""A real account provider in a process of its own, and a person's browser at it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


@contextmanager
def account_provider(*people: dict) -> Iterator[str]:
    """Its issuer; `people`: the claims of everybody known to it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port), "-n", "true"]
    for claims in people:
        command += ["--user-claims", json.dumps(claims)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.build_opener().open(f"{issuer}/.well-known/openid-configuration").close()
                break
            except OSError:
                time.sleep(0.1)
        yield issuer
    finally:
        process.terminate()
        process.wait(10)


def agree_there(url: str, subject: str, action: str = "authorize") -> str:
    """Sign in at the provider as `subject` (or refuse); the path that the browser is sent back to."""
    opener = urllib.request.build_opener(_Stay)
    form = urllib.parse.urlencode({"sub": subject, "action": action}).encode()
    try:
        opener.open(url, form, timeout=30).close()
    except urllib.error.HTTPError as sent:
        back = urllib.parse.urlsplit(sent.headers["Location"])
        return f"{back.path}?{back.query}"
    raise AssertionError("the provider sent nobody back")
