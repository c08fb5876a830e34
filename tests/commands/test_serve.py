"""`recruitment install` and `recruitment serve`: an installation for real data, with production keys."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config import ROOT
from recruitment.vault.masters import FolderKeys, KeyPurpose
from tests.support.processes import Running, free_port
from tests.support.virus_scanner import running_scanner


def environment(home: Path, clamd: str = "") -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RECRUITMENT_")}
    return kept | {
        "RECRUITMENT_HOME": str(home),
        "RECRUITMENT_PUBLIC_URL": "https://jobs.body.example",
        "RECRUITMENT_STAFF_URL": "https://staff.body.example",
        "RECRUITMENT_CLAMD": clamd,
    }


def command(home: Path, *arguments: str, typed: str = "", clamd: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "recruitment.cli", *arguments],
        env=environment(home, clamd),
        cwd=ROOT,
        capture_output=True,
        text=True,
        input=typed,
        timeout=120,
        check=False,
    )


INSTALL = (
    *("install", "--organisation", "Office for Fair Dealing", "--slug", "fair-dealing"),
    *("--administrator", "Helen Marsh", "--email", "helen@body.example"),
)


@pytest.fixture
def installed(tmp_path) -> tuple[Path, str]:
    home = tmp_path / "home"
    made = command(home, *INSTALL)
    assert made.returncode == 0, made.stderr
    return home, made.stdout


def test_the_first_run_makes_the_administrator_and_prints_a_recovery_key(installed):
    home, said = installed
    assert re.search(r"https://staff\.body\.example/enrol/[0-9a-f]{64}", said)
    (recovery,) = re.findall(r"^  ((?:[0-9A-F]{4}-){15}[0-9A-F]{4})$", said, re.MULTILINE)
    private = home / "keys" / "private-master.key"
    lost = private.read_text()
    private.unlink()
    refused = command(home, "doctor")
    assert refused.returncode == 1
    assert "private-master key is missing" in refused.stderr
    assert "Traceback" not in refused.stderr
    wrong = command(home, "keys", "recover", typed="0000" + recovery[4:] + "\n")
    assert wrong.returncode == 1
    assert not private.exists()
    found = command(home, "keys", "recover", typed=recovery + "\n")
    assert found.returncode == 0
    assert private.read_text() == lost
    again = command(home, *INSTALL)
    assert again.returncode == 1
    assert "already" in again.stderr


def test_the_doctor_names_what_is_still_to_do(installed):
    home, _ = installed
    said = command(home, "doctor")
    assert said.returncode == 1
    assert "TO DO  Set RECRUITMENT_MAIL_HOST" in said.stdout
    assert "ready  Both addresses are HTTPS." in said.stdout
    assert "ready  Uploaded documents are not scanned for viruses" in said.stdout


def test_the_doctor_says_whether_the_virus_scanner_answers(installed):
    home, _ = installed
    with running_scanner() as scanner:
        said = command(home, "doctor", clamd=scanner.unix).stdout
        assert f"ready  Uploaded documents are scanned for viruses by {scanner.unix}." in said
    assert f"TO DO  Nothing answers at {scanner.unix}" in command(home, "doctor", clamd=scanner.unix).stdout
    refused = command(home, "doctor", clamd="clamd.ctl")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Set RECRUITMENT_CLAMD to unix:///path")


def get(port: int, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def wait_for(*ports: int) -> None:
    until = time.monotonic() + 60
    for port in ports:
        while True:
            try:
                get(port, "/help")
                break
            except OSError:
                assert time.monotonic() < until, "the sites did not start"
                time.sleep(0.1)


def processes_of(module: str) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if module.encode() in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


class Foreign:
    """A process that we did not start ourselves, as `Running` wants it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid


def test_serve_runs_both_sites_and_the_public_processes_hold_no_private_key(installed):
    home, _ = installed
    public, staff = free_port(), free_port()
    serving = subprocess.Popen(
        [
            *(sys.executable, "-m", "recruitment.cli", "serve", "--processes", "1"),
            *("--public-port", str(public), "--staff-port", str(staff)),
        ],
        env=environment(home),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(public, staff)
        assert get(public, "/").status == 200
        page = get(staff, "/sign-in")
        assert page.status == 200
        cookies = page.headers.get_all("Set-Cookie", [])
        assert [c for c in cookies if "Secure" not in c or not c.startswith("__Host-")] == []
        # The ways in that only a demonstration has.
        for port in (public, staff):
            assert get(port, "/demo/sign-in/" + "0" * 64).status == 404
            assert get(port, "/outbox").status == 404
        private = FolderKeys(home / "keys", allow_development=False).load(KeyPurpose.PRIVATE_MASTER).material
        mine = {pid for pid in processes_of(f":{public}\0") if pid != os.getpid()}
        theirs = {pid for pid in processes_of(f":{staff}\0") if pid != os.getpid()}
        assert len(mine) >= 2
        assert [pid for pid in mine if Running(Foreign(pid), 0).memory_holds(private)] == []
        # The search sees it where it is.
        assert [pid for pid in theirs if Running(Foreign(pid), 0).memory_holds(private)] != []
    finally:
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(30) == 0
    assert processes_of(f":{public}\0") == []


def test_a_production_start_refuses_development_keys_in_one_sentence(tmp_path):
    home = tmp_path / "home"
    kept = environment(home) | {"RECRUITMENT_DEVELOPMENT": "yes"}
    subprocess.run(
        [sys.executable, "-m", "recruitment.cli", *INSTALL],
        env=kept,
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    refused = command(home, "serve", "--public-port", str(free_port()), "--staff-port", str(free_port()))
    assert refused.returncode == 1
    assert "development key" in refused.stderr
    assert "Traceback" not in refused.stderr
