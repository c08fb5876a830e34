"""A real mail server in this process, which keeps what it is sent or refuses it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from recruitment.services.outgoing import MailServer


@dataclass
class Mailbox:
    """Keeps what it is sent; `answer` other than None refuses the next messages with it.

    The first `together` messages are taken only once all of them are being sent at the same time.
    """

    letters: list[EmailMessage] = field(default_factory=list)
    answer: str | None = None
    together: int = 1
    arrived: int = 0
    all_there: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.arrived += 1
        if self.arrived >= self.together:
            self.all_there.set()
        await asyncio.wait_for(self.all_there.wait(), 20)
        if self.answer is not None:
            return self.answer
        letter = message_from_bytes(cast(bytes, envelope.content), policy=policy.default)
        self.letters.append(cast(EmailMessage, letter))
        return "250 Taken"


@dataclass(frozen=True)
class Post:
    mailbox: Mailbox
    server: MailServer

    @property
    def outcome_letters(self) -> list[EmailMessage]:
        """Letters on outcomes and answers alone: they carry an id of their own."""
        return [letter for letter in self.mailbox.letters if letter["Message-ID"]]


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@contextmanager
def posting() -> Iterator[Post]:
    mailbox, port = Mailbox(), free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield Post(mailbox, MailServer("127.0.0.1", port, "Jobs <jobs@body.example>", use_tls=False, seconds=30))
    finally:
        controller.stop()
