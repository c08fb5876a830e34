"""Seals account addresses and whole waiting messages into the organisation's `contact` compartment."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.payloads import dump, pad
from recruitment.vault.sealing.compartment import seal_record

PADDED_ADDRESS = 320  # above the longest e-mail address, and nearly every postal one


@dataclass(frozen=True)
class Letter:
    """A message as it will be sent; `attachment` is plain text with its file name, or empty.

    `unsubscribe`: the address by which its reader stops such messages with one click, or empty.
    """

    to: str
    subject: str
    body: str
    attachment_name: str = ""
    attachment: str = ""
    unsubscribe: str = ""


def seal_address(keys: PublicKeys, candidate_id: UUID, address: str, language: str = "en") -> bytes:
    """An account's address, with the language that its owner reads letters in.

    Padded: a postal address is longer than most e-mail addresses, and would tell how an application came.
    """
    plain = pad(f"{address}\n{language}".encode(), PADDED_ADDRESS)
    return seal_record(keys, Compartment.CONTACT, candidate_id, plain, "address")


def seal_letter(keys: PublicKeys, message_id: UUID, letter: Letter) -> bytes:
    return seal_record(keys, Compartment.CONTACT, message_id, dump(asdict(letter)), "letter")
