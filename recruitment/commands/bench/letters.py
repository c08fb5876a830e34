"""Letters to everybody through a real mail server, while the worker that sends them is killed again and again."""

from __future__ import annotations

import mailbox
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from uuid import UUID, uuid4

import click
from sqlalchemy import select

from config import ROOT
from recruitment.commands.bench.clients import environment_of, free_port
from recruitment.commands.bench.home import Home
from recruitment.commands.bench.table import Note, Sizes
from recruitment.commands.sample.letters import write_letters
from recruitment.commands.serve import is_answering, own_command
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.letters import UNDER_WAY, LetterKind, LetterState
from recruitment.services.reasons import score_place, seal_reason
from recruitment.services.submissions import free_references
from recruitment.store.applications import Answer, Application, SealedRecord, StageEvent, StageEventKind
from recruitment.store.candidates import Candidate
from recruitment.store.letters import OutcomeLetter
from recruitment.store.sift import Allocation, Score
from recruitment.vault.sealing.contact import seal_address

PATIENCE = 600.0  # seconds
_TEMPLATE = 12  # applications that are really made; the others are their rows again, with reasons sealed anew


@dataclass(frozen=True)
class Ended:
    """What became of the letters: by their rows, and by what lies in the mailbox."""

    letters: int
    taken: int
    twice: int
    lost: int
    in_doubt: int
    kills: int
    seconds: float

    @property
    def sentence(self) -> str:
        return (
            f"{self.letters:,} letters to a real mail server, the worker killed {self.kills} times: "
            f"{self.taken:,} taken, {self.twice} twice, {self.lost} lost, {self.in_doubt} in doubt for a person, "
            f"in {self.seconds:.0f} s by the clock."
        )


def measure_letters(home: Home, sizes: Sizes) -> Iterator[Note]:
    if find_spec("aiosmtpd") is None:
        raise click.ClickException("This needs a mail server to send to: install aiosmtpd.")
    campaign_id = home.campaign(CampaignState.REVEALED, _TEMPLATE)
    _grow(home, campaign_id, sizes.letters)
    home.say(f"{sizes.letters} applications that are not shortlisted")
    recruiter = home.cast.actor("recruiter")
    queued = write_letters(home.staff_desk, recruiter, campaign_id, home.config.public_url)
    ended = _send(home, campaign_id, queued, sizes.kills)
    missed = "letters: lost or sent twice." if ended.lost or ended.twice else ""
    if ended.in_doubt > ended.kills:
        missed = "letters: more in doubt than the worker was killed."
    yield Note("letters", ended.sentence, missed)


def _grow(home: Home, campaign_id: UUID, to: int) -> None:
    """As many applications not on the shortlist as are asked for, each with scores, reasons and an account."""
    desk = home.staff_desk
    with desk.sessions.writing() as store:
        key = store.scalars(
            select(StageEvent.application_id).where(
                StageEvent.campaign_id == campaign_id, StageEvent.kind == StageEventKind.NOT_SHORTLISTED
            )
        ).first()
        there = len(
            store.scalars(
                select(StageEvent.application_id).where(
                    StageEvent.campaign_id == campaign_id, StageEvent.kind == StageEventKind.NOT_SHORTLISTED
                )
            ).all()
        )
        scored = store.execute(
            select(Answer.question_id, Answer.redacted, Allocation, Score)
            .join(Allocation, Allocation.answer_id == Answer.id)
            .join(Score, Score.allocation_id == Allocation.id)
            .where(Answer.campaign_id == campaign_id, Answer.application_id == key)
        ).all()
        body = home.cast.organisation_id
        keys = desk.vault.public_keys(store, body)
        for place, reference in enumerate(free_references(store, desk, campaign_id, to - there)):
            account, own = uuid4(), uuid4()
            store.add(
                Candidate(
                    id=account, organisation_id=body, address_hash=account.bytes * 2,
                    address_sealed=seal_address(keys, account, f"candidate{place}@example.org"),
                    created_at=desk.now,
                )
            )  # fmt: skip
            store.flush()
            store.add(
                Application(
                    campaign_id=campaign_id, id=own, candidate_id=account, reference=reference,
                    submitted_at=desk.now,
                )
            )  # fmt: skip
            held = {"campaign_id": campaign_id, "application_id": own}
            store.flush()
            store.add(SealedRecord(**held, compartment="identity", part="", blob=b"not opened for a letter"))
            for kind in (StageEventKind.SUBMITTED, StageEventKind.NOT_SHORTLISTED):
                store.add(StageEvent(**held, kind=kind, at=desk.now))
            answers: dict[UUID, UUID] = {}
            for question_id, redacted, allocation, score in scored:
                if question_id not in answers:
                    answers[question_id] = uuid4()
                    store.add(Answer(**held, id=answers[question_id], question_id=question_id, redacted=redacted))
                    store.flush()
                handle = uuid4()
                store.add(
                    Allocation(
                        campaign_id=campaign_id, id=handle, answer_id=answers[question_id],
                        person_id=allocation.person_id, position=allocation.position,
                    )
                )  # fmt: skip
                store.flush()
                where = score_place(handle, score.criterion_id)
                store.add(
                    Score(
                        campaign_id=campaign_id, allocation_id=handle, criterion_id=score.criterion_id,
                        value=score.value, scored_at=score.scored_at,
                        reason=seal_reason(desk, campaign_id, where, "Plain, and without an example."),
                    )
                )  # fmt: skip


@contextmanager
def _mail_server(folder: Path) -> Iterator[int]:
    """aiosmtpd in a process of its own, which writes each message into a file before it says that it took it."""
    port = free_port()
    handler = ("-c", "aiosmtpd.handlers.Mailbox", str(folder))
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", *handler]
    with subprocess.Popen(command, cwd=ROOT) as process:  # noqa: S603
        try:
            give_up = time.monotonic() + 60
            while not is_answering(port):
                if process.poll() is not None or time.monotonic() > give_up:
                    raise RuntimeError("the mail server did not start")
                time.sleep(0.1)
            yield port
        finally:
            process.terminate()


def _states(home: Home, campaign_id: UUID) -> Counter[str]:
    with home.staff_desk.sessions.reading() as store:
        found = select(OutcomeLetter.state).where(
            OutcomeLetter.campaign_id == campaign_id, OutcomeLetter.kind == LetterKind.NOT_SHORTLISTED
        )
        return Counter(store.scalars(found))


def _send(home: Home, campaign_id: UUID, letters: int, kills: int) -> Ended:
    folder = home.folder / "mail"
    begun = time.monotonic()
    with _mail_server(folder) as port:
        environment = environment_of(home.config) | {
            "RECRUITMENT_MAIL_HOST": "127.0.0.1",
            "RECRUITMENT_MAIL_PORT": str(port),
            "RECRUITMENT_MAIL_TLS": "no",
            "RECRUITMENT_MAIL_SENDER": "jobs@fair-dealing.example",
        }
        for at in range(kills + 1):
            is_last = at == kills
            wanted = letters if is_last else letters * (at + 1) // (kills + 1)
            _work(home, campaign_id, environment, wanted, is_last)
            home.say(f"worker {'ended' if is_last else 'killed'}: {dict(_states(home, campaign_id))}")
    return _ended(home, campaign_id, folder, letters, kills, time.monotonic() - begun)


def _work(home: Home, campaign_id: UUID, environment: dict[str, str], wanted: int, is_last: bool) -> None:
    """Run a worker until so many letters are taken, or, for the last one, until none is under way; kill it -9."""
    with subprocess.Popen(own_command("worker"), env=environment, cwd=ROOT) as worker:  # noqa: S603
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up and worker.poll() is None:
            states = _states(home, campaign_id)
            if is_last and not sum(states[state] for state in UNDER_WAY):
                break
            if not is_last and states[LetterState.TAKEN] >= wanted:
                break
            time.sleep(0.02 if not is_last else 0.5)
        worker.kill()


def _ended(home: Home, campaign_id: UUID, folder: Path, letters: int, kills: int, seconds: float) -> Ended:
    arrived = Counter(str(message["Message-ID"]).strip("<>").split("@")[0] for message in mailbox.Maildir(folder))
    with home.staff_desk.sessions.reading() as store:
        rows = store.execute(
            select(OutcomeLetter.id, OutcomeLetter.state).where(OutcomeLetter.campaign_id == campaign_id)
        ).all()
    settled = {key.hex: state for key, state in rows}
    return Ended(
        letters,
        sum(state == LetterState.TAKEN for state in settled.values()),
        sum(number > 1 for number in arrived.values()),
        # Neither in the mailbox nor put before a person.
        sum(key not in arrived and state != LetterState.IN_DOUBT for key, state in settled.items()),
        sum(state == LetterState.IN_DOUBT for state in settled.values()),
        kills,
        seconds,
    )
