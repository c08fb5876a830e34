"""Promise 2: the public site works with the vault locked: candidates apply and shortlisters score in a process
that holds no private key, so a break-in there opens nothing that was submitted before it."""

from __future__ import annotations

import base64
import re
import shutil
from datetime import timedelta

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.services.desk import utc_now
from recruitment.services.drafts import asked_questions
from recruitment.store.applications import Application
from recruitment.store.equality import EqualityRow
from recruitment.store.people import Person
from recruitment.store.sift import Score
from recruitment.vault.errors import CannotBeOpened, MissingKey
from recruitment.vault.masters import PUBLIC_SITE_KEYS, FolderKeys, KeyPurpose
from recruitment.vault.private import PrivateVault
from tests.support.canaries import found_in, raw_bytes
from tests.support.drafting import complete_draft
from tests.support.processes import Visitor, running_site


def public_keys_only(world):
    """A folder of keys as the public site's own user would have it."""
    folder = world.home / "public-keys"
    folder.mkdir(mode=0o700)
    for purpose in PUBLIC_SITE_KEYS:
        shutil.copy(world.config.keys / f"{purpose}.key", folder)
    return folder


def test_a_vault_cannot_be_opened_with_the_public_sites_keys(world):
    keys = FolderKeys(public_keys_only(world), allow_development=True)
    with pytest.raises(MissingKey, match="private-master key is missing"):
        PrivateVault(keys, world.staff_desk.vault.key_store)


def test_the_public_sites_provider_gives_no_private_key_even_where_the_file_lies_beside(world):
    keys = FolderKeys(world.config.keys, allow_development=True, only=PUBLIC_SITE_KEYS)
    assert (world.config.keys / "private-master.key").exists()
    for purpose in (KeyPurpose.PRIVATE_MASTER, KeyPurpose.SIGNING, KeyPurpose.STAFF_SESSIONS):
        with pytest.raises(MissingKey, match="withheld"):
            keys.load(purpose)


def test_candidates_apply_and_shortlisters_score_in_a_process_without_a_private_key(world):
    world.clock.now = utc_now() - timedelta(days=2)
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=0)
    world.clock.now = utc_now() - timedelta(days=20)
    sifting = world.campaign(until=CampaignState.SIFTING, applications=4)
    candidate = world.add_candidate("somebody@example.org")
    world.clock.now = utc_now()
    application_id = complete_draft(world, campaign_id, candidate)
    secrets = {
        purpose: FolderKeys(world.config.keys, allow_development=True).load(purpose).material
        for purpose in KeyPurpose
    }
    with running_site(world, "public", keys=public_keys_only(world)) as running:
        visitor = Visitor(world.public_app, running.port, f"candidate:{candidate.id}:1")
        base = f"/campaigns/{campaign_id}/application"
        status, _, _ = visitor.send(f"{base}/submit", {}, page=f"{base}/check")
        assert status == 303
        assert "We have received" in visitor.get(f"/campaigns/{campaign_id}/equality")
        person = world.people["shortlister_one"]
        reader = Visitor(world.public_app, running.port, f"staff:{person}:{_version(world, person)}")
        page = reader.get(f"/sift/{sifting}/next")
        path, name = (
            re.search(rf"/sift/{sifting}/answers/[0-9a-f-]+", page),
            re.search(r'name="(score-[^"]+)"', page),
        )
        status, _, _ = reader.send(path.group(), {name.group(1): "5"})
        assert status == 303
        # The search sees what is there: the working key, which this process must have.
        assert running.memory_holds(secrets[KeyPurpose.WORKING_MASTER])
        for purpose in (KeyPurpose.PRIVATE_MASTER, KeyPurpose.SIGNING, KeyPurpose.STAFF_SESSIONS):
            assert not running.memory_holds(secrets[purpose]), purpose
            assert not running.memory_holds(base64.urlsafe_b64encode(secrets[purpose])[:40]), purpose
    with world.staff_desk.sessions.reading() as session:
        assert session.get(Application, (campaign_id, application_id)) is not None
        assert session.query(Score).filter_by(campaign_id=sifting).count() == 1
        assert len(asked_questions(session, campaign_id)) == 3
        assert session.query(EqualityRow).filter_by(campaign_id=campaign_id).count() == 0
    assert found_in(raw_bytes(world), ("Quenbyla", "Thistlecanary")) == []


def _version(world, person_id) -> int:
    with world.staff_desk.sessions.reading() as session:
        return session.get_one(Person, person_id).session_version


def test_the_two_sites_share_no_secret_and_no_cookie(world):
    public, staff = world.public_app, world.staff_app
    assert public.config["SECRET_KEY"] != staff.config["SECRET_KEY"]
    assert public.config["SESSION_COOKIE_NAME"] != staff.config["SESSION_COOKIE_NAME"]
    person = world.people["recruiter"]
    on_public = Visitor(public, 0, f"staff:{person}:1")
    client = world.staff_client()
    client.set_cookie(staff.config["SESSION_COOKIE_NAME"], on_public.cookie)
    assert client.get("/").status_code == 302
    client.set_cookie(staff.config["SESSION_COOKIE_NAME"], Visitor(staff, 0, f"staff:{person}:1").cookie)
    assert client.get("/").status_code == 200


def test_a_second_factor_of_one_site_is_worthless_on_the_other(world):
    person = world.people["recruiter"]
    for_staff = world.staff_desk.wrap_factor(world.organisation_id, person, b"SECRET OF STAFF SITE")
    for_public = world.public_desk.wrap_factor(world.organisation_id, person, b"SECRET OF PUBLIC SITE")
    assert world.staff_desk.unwrap_factor(world.organisation_id, person, for_staff) == b"SECRET OF STAFF SITE"
    with pytest.raises(CannotBeOpened):
        world.public_desk.unwrap_factor(world.organisation_id, person, for_staff)
    with pytest.raises(CannotBeOpened):
        world.staff_desk.unwrap_factor(world.organisation_id, person, for_public)
