"""Letters to people without an e-mail address: where they go, and what is said where the site would be needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from recruitment.rules.drafts import Draft
from recruitment.rules.messages import ENGLISH


@dataclass(frozen=True)
class PostalAddress:
    """Where letters go of somebody without an e-mail address; the campaign they applied in, and their language."""

    campaign_id: UUID
    lines: tuple[str, ...]
    language: str = ENGLISH


COPY_TITLE = "Your copy"
"""Above what goes into the same envelope as a letter."""
_SCHEME = "post:"
_OF_SITE = re.compile("http|sign in|[mf]ewngofnod", re.IGNORECASE)


def as_address(postal: PostalAddress) -> str:
    """In one line, to be sealed where an account's e-mail address lies, so that every letter finds its way."""
    lines = (" ".join(line.split()) for line in postal.lines)
    head = f"{_SCHEME}{postal.campaign_id.hex}:{postal.language}"
    return "\t".join([head, *(line for line in lines if line)])


def postal_address(address: str) -> PostalAddress | None:
    """None for an e-mail address."""
    if not address.startswith(_SCHEME):
        return None
    head, *lines = address.removeprefix(_SCHEME).split("\t")
    campaign, _, language = head.partition(":")
    return PostalAddress(UUID(hex=campaign), tuple(lines), language)


def postal_lines(draft: Draft) -> tuple[str, ...]:
    return (draft.full_name, *draft.address_lines, draft.postcode)


def asks_for_site(body: str) -> bool:
    """Whether a letter, in either language, sends its reader to the site."""
    return _OF_SITE.search(body) is not None


def without_site(contact: str) -> str:
    """What is added for a reader who cannot follow it there."""
    return (
        "You gave us no e-mail address, so you cannot sign in to our site. Where this letter asks you to do "
        f"something there, tell us instead:\n{contact}\n"
    )
