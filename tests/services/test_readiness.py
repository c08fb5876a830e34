"""Whether an installation is ready for real people: each thing that is not is named, with what to do."""

from __future__ import annotations

import os
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from recruitment.app import premises_of
from recruitment.rules.errors import NotFound
from recruitment.rules.readiness import Circumstances, Standing, findings_of
from recruitment.services.jobs import enqueue
from recruitment.services.outgoing import MailServer, deliver
from recruitment.services.readiness import find_circumstances, read_readiness
from recruitment.vault.sealing.contact import Letter
from tests.support.mailboxes import Mailbox, free_port, posting
from tests.support.two_bodies import Bodies

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
READY = Circumstances(
    is_development=False, open_key_files=(), has_recovery_key=True, is_key_file_own=False,
    are_keys_beside_database=False, is_https=True, trusted_proxies=1, mail="", mail_host="mail.example",
    is_namespaced=True, clamd="", clamd_answers=False, is_postgres=True, applications=9_000,
    has_backup_stamp=True, backup_at=NOW - timedelta(hours=20), has_uk_time=True, latest_event=NOW,
    waits_since=NOW - timedelta(minutes=1), failing_jobs=0, administrators=2, bodies_without_contact=0,
    lacks_oidc=False, provider_of="", bodies=frozenset({"trust"}), now=NOW,
)  # fmt: skip
TO_DO = [
    ("Keys", {"is_development": True}),
    ("Key files", {"open_key_files": ("private-master.key",)}),
    ("Recovery key", {"has_recovery_key": False}),
    ("HTTPS", {"is_https": False}),
    ("Account provider", {"lacks_oidc": True}),
    ("Organisation of the provider", {"bodies": frozenset({"trust", "council"})}),
    ("Organisation of the provider", {"provider_of": "truts"}),
    ("Mail", {"mail": None}),
    ("Mail", {"mail": "it refuses user or password"}),
    ("Virus scanner", {"clamd": "unix:///x"}),
    ("Backups", {"backup_at": NOW - timedelta(hours=27)}),
    ("Backups", {"backup_at": None}),
    ("Backups", {"has_backup_stamp": False}),
    ("UK time", {"has_uk_time": False}),
    ("Clock", {"latest_event": NOW + timedelta(minutes=3)}),
    ("Worker", {"waits_since": NOW - timedelta(minutes=11)}),
    ("Failed work", {"failing_jobs": 1}),
]
ADVICE = [
    ("Public site apart (promise 2)", {"is_key_file_own": True}),
    ("Keys apart from the database", {"are_keys_beside_database": True}),
    ("Proxy", {"trusted_proxies": 0}),
    ("Database", {"is_postgres": False}),
    ("Administrators", {"administrators": 1}),
    ("Contact", {"bodies_without_contact": 1}),
]


def standing(circumstances, wanted):
    return [one.title for one in findings_of(circumstances) if one.standing is wanted]


def test_a_ready_installation_has_nothing_to_do():
    assert {one.standing for one in findings_of(READY)} == {Standing.READY}


@pytest.mark.parametrize(("title", "changed"), TO_DO)
def test_what_stands_in_the_way_is_named_with_what_to_do(title, changed):
    worse = replace(READY, **changed)
    assert standing(worse, Standing.TO_DO) == [title]
    assert all(one.what_to_do for one in findings_of(worse) if one.standing is not Standing.READY)


def test_whose_provider_it_is_need_not_be_said_by_one_body_nor_where_there_is_none():
    several = replace(READY, bodies=frozenset({"trust", "council"}))
    for good in (replace(several, provider_of="council"), replace(several, provider_of=None)):
        assert {one.standing for one in findings_of(good)} == {Standing.READY}
    found = next(one for one in findings_of(several) if one.title == "Organisation of the provider")
    assert found.what_to_do == "Set RECRUITMENT_OIDC_ORGANISATION to one of: council, trust."


@pytest.mark.parametrize(("title", "changed"), ADVICE)
def test_what_is_only_advised_does_not_stand_in_the_way(title, changed):
    worse = replace(READY, **changed)
    assert standing(worse, Standing.ADVICE) == [title]
    assert all(one.is_ready for one in findings_of(worse))


def find(world, **settings):
    premises = premises_of(replace(world.config, mail_sender="jobs@body.example", **settings))
    with world.staff_desk.sessions.reading() as session:
        return find_circumstances(session, desk=world.staff_desk, premises=premises)


def test_several_bodies_and_a_provider_of_nobody_are_seen_from_the_settings(world):
    assert find(world).provider_of is None
    one = find(world, oidc_issuer="https://provider.example")
    assert (one.provider_of, len(one.bodies)) == ("", 1)
    Bodies(world)
    several = find(world, oidc_issuer="https://provider.example", oidc_organisation="county-council")
    assert several.provider_of in several.bodies
    assert len(several.bodies) == 2


def test_the_backups_stamp_open_key_files_and_waiting_work_are_seen(world, tmp_path):
    stamp = tmp_path / "stamp"
    found = find(world, backup_stamp=str(stamp))
    assert (found.backup_at, found.open_key_files, found.mail) == (None, (), None)
    stamp.touch()
    os.utime(stamp, (1_700_000_000, 1_700_000_000))
    (world.config.keys / "signing.key").chmod(0o644)
    with world.staff_desk.sessions.writing() as session:
        enqueue(session, desk=world.staff_desk, kind="send_letter", message_id=world.organisation_id)
    asked = world.clock.now
    world.clock.advance(minutes=20)
    found = find(world, backup_stamp=str(stamp))
    assert found.backup_at == datetime.fromtimestamp(1_700_000_000, UTC)
    assert found.open_key_files == ("signing.key",)
    assert found.waits_since == asked


def test_a_real_mail_server_is_asked_and_what_is_wrong_is_told_without_a_password(world):
    with posting() as post:
        settings = {"mail_host": "127.0.0.1", "mail_port": post.server.port}
        assert find(world, **settings, mail_tls=False).mail == ""
        assert find(world, **settings, mail_tls=True).mail == "it offers no encryption"
    assert find(world, **settings, mail_tls=False).mail == "it does not answer (ConnectionRefusedError)"


@pytest.fixture
def certificate(tmp_path):
    """A key and a certificate for 127.0.0.1 that signs itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "m")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    (tmp_path / "cert.pem").write_bytes(made.public_bytes(encoding))
    (tmp_path / "key.pem").write_bytes(key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain))
    return tmp_path / "cert.pem", tmp_path / "key.pem"


def test_letters_go_encrypted_and_signed_in_to_a_server_whose_certificate_is_good(world, certificate, monkeypatch):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    mailbox, port = Mailbox(), free_port()

    def check(server, session, envelope, mechanism, data):
        is_right = (data.login, data.password) == (b"jobs", b"right")
        return AuthResult(success=is_right, handled=is_right)

    controller = Controller(
        mailbox, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True,
        authenticator=check, auth_required=True,
    )  # fmt: skip
    controller.start()
    try:
        server = MailServer("127.0.0.1", port, "Jobs <jobs@body.example>", "jobs", "right", seconds=20)
        letter = Letter("somebody@example.org", "Hello", "Text\n")
        with pytest.raises(ssl.SSLCertVerificationError):
            deliver(server, letter)
        assert mailbox.letters == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        settings = {"mail_host": "127.0.0.1", "mail_port": port, "mail_user": "jobs"}
        assert find(world, **settings, mail_password="wrong").mail == "it refuses user or password"
        assert find(world, **settings, mail_password="right").mail == ""
        deliver(server, letter)
        assert [one["To"] for one in mailbox.letters] == ["somebody@example.org"]
    finally:
        controller.stop()


def test_an_administrator_reads_it_on_a_page_and_nobody_else_does(world):
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    page = client.get("/settings/ready")
    assert page.status_code == 200
    assert "Keys are development keys" in page.text
    assert "To do before real people apply" in page.text
    premises = premises_of(world.config)
    with world.staff_desk.sessions.reading() as session, pytest.raises(NotFound):
        read_readiness(session, actor=world.actor("analyst"), desk=world.staff_desk, premises=premises)
