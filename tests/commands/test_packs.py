"""`recruitment pack verify`: on another machine, from a clone, with nothing but the file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT
from recruitment.rules.campaigns import CampaignState
from recruitment.services.evidence_packs import prepare_pack

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def pack(world, tmp_path):
    """A real pack and the body's verifying key, in an empty folder."""
    campaign_id = world.campaign(until=CampaignState.DECIDED, applications=6)
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        made = prepare_pack(
            session,
            actor=world.actor("recruiter"),
            desk=desk,
            campaign_id=campaign_id,
            report=lambda found: f"<h1>{found.title}</h1>",
        )
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "pack.zip").write_bytes(made.content)
    (folder / "body.key").write_text(desk.vault.verifying_key.hex())
    return folder / "pack.zip"


def _verify(pack: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "recruitment.cli", "pack", "verify", str(pack), *arguments],
        cwd=pack.parent,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(pack.parent)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_pack_verifies_where_there_is_no_database_and_no_key(pack):
    done = _verify(pack)
    assert done.returncode == 0, done.stderr
    assert "every byte is as it was signed" in done.stdout
    assert "Compare this fingerprint" in done.stdout
    assert sorted(path.name for path in pack.parent.iterdir()) == ["body.key", "pack.zip"]


def test_the_bodys_key_settles_who_signed(pack):
    done = _verify(pack, "--key", str(pack.parent / "body.key"))
    assert done.returncode == 0
    assert "the key you gave" in done.stdout


def test_what_was_changed_is_told_and_the_status_is_1(pack):
    content = bytearray(pack.read_bytes())
    at = content.index(b"Reference,Criterion,Scored by")
    content[at] ^= 1
    pack.write_bytes(content)
    done = _verify(pack)
    assert done.returncode == 1
    assert "sift-scores.csv was altered: its content changed." in done.stderr


def test_a_program_reads_the_findings_as_json(pack):
    found = json.loads(_verify(pack, "--json").stdout)
    assert found["problems"] == []
    assert found["head"]["trail_number"] > 10


@pytest.mark.parametrize("content", [b"", b"not a pack", b"PK\x03\x04"])
def test_another_file_is_refused_in_words(tmp_path, content):
    other = tmp_path / "other.zip"
    other.write_bytes(content)
    done = _verify(other)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_key_file_of_another_form_is_refused(pack):
    (pack.parent / "wrong.key").write_text("nothing")
    done = _verify(pack, "--key", str(pack.parent / "wrong.key"))
    assert done.returncode == 2
    assert "64 hexadecimal figures" in done.stderr
