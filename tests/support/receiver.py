"""A system that hears webhooks: a real HTTP server in a process of its own, which writes down what came."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SERVER = """
import http.server, json, pathlib, sys
folder = pathlib.Path(sys.argv[1])

class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        said = {"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()}, "body": body}
        with open(folder / "heard.jsonl", "a") as out:
            out.write(json.dumps(said) + "\\n")
        status = int((folder / "status").read_text())
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *arguments):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
print(server.server_address[1], flush=True)
server.serve_forever()
"""


class Receiver:
    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.url = folder, f"http://127.0.0.1:{port}/hooks?from=here"

    def answer(self, status: int) -> None:
        """With what every request is answered from now on."""
        (self.folder / "status").write_text(str(status))

    @property
    def heard(self) -> list[dict]:
        kept = self.folder / "heard.jsonl"
        return [json.loads(line) for line in kept.read_text().splitlines()] if kept.exists() else []


@contextmanager
def receiver(folder: Path) -> Iterator[Receiver]:
    (folder / "status").write_text("204")
    process = subprocess.Popen([sys.executable, "-c", _SERVER, str(folder)], stdout=subprocess.PIPE, text=True)
    try:
        yield Receiver(folder, int(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()
