"""`recruitment demo --no-serve`: the whole sample through the real services, made once and kept."""

from __future__ import annotations

import os
import subprocess
import sys

from config import ROOT


def run(home, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RECRUITMENT_")}
    return subprocess.run(
        [sys.executable, "-m", "recruitment.cli", "demo", "--no-serve", *arguments],
        env=environment | {"RECRUITMENT_HOME": str(home)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_the_sample_is_made_once_kept_and_made_anew_when_asked(tmp_path):
    first = run(tmp_path)
    assert (first.returncode, first.stderr) == (0, "")
    assert "60 applications sealed" in first.stdout
    assert "funnel released" in first.stdout
    assert "times to choose from" in first.stdout and "with a first sift planned" in first.stdout
    database = tmp_path / "demo" / "recruitment.db"
    made = database.stat().st_ino
    again = run(tmp_path)
    assert again.returncode == 0
    assert "applications sealed" not in again.stdout
    assert database.stat().st_ino == made
    # A step that does not hold: a name lies open in a database file.
    leak = tmp_path / "demo" / "left-over.db"
    leak.write_text("Folasade Adeyemi")
    broken = run(tmp_path)
    assert broken.returncode == 1
    assert "Folasade" in broken.stderr
    anew = run(tmp_path, "--reset")
    assert anew.returncode == 0
    assert "60 applications sealed" in anew.stdout
    assert not leak.exists()


def test_a_second_demonstration_in_the_same_folder_is_refused_while_one_runs(tmp_path):
    assert run(tmp_path).returncode == 0
    running = tmp_path / "demo" / "running"
    running.write_text(str(os.getpid()))
    refused = run(tmp_path, "--reset")
    assert refused.returncode == 1
    assert "running already" in refused.stderr
    assert (tmp_path / "demo" / "recruitment.db").exists()
    running.write_text("999999999")  # left behind by one that was killed
    assert run(tmp_path).returncode == 0
