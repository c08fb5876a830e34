"""Where letters go of people without an e-mail address, and what they say of the site."""

from __future__ import annotations

from uuid import UUID

import pytest

from recruitment.rules.letters_on_paper import (
    PostalAddress,
    as_address,
    asks_for_site,
    postal_address,
    without_site,
)


def test_a_postal_address_lies_where_an_email_address_lies_and_comes_back():
    address = as_address(PostalAddress(UUID(int=5), ("Ann\tLee", "1 Mill\nLane", "", "Leeds", "LS1 1AA"), "cy"))
    assert "\n" not in address, "a line break parts an address from its language"
    lines = ("Ann Lee", "1 Mill Lane", "Leeds", "LS1 1AA")
    assert postal_address(address) == PostalAddress(UUID(int=5), lines, "cy")
    assert postal_address("ann@example.org") is None


@pytest.mark.parametrize("body", ["Sign in to choose.", "Mewngofnodwch i ddewis.", "See https://jobs.example/ask"])
def test_a_letter_that_sends_its_reader_to_the_site_is_known_in_either_language(body):
    assert asks_for_site(body)
    assert not asks_for_site("We have it.")


def test_it_says_whom_to_ask_instead():
    assert without_site("Jobs team, 0113 496 0000").endswith(":\nJobs team, 0113 496 0000\n")
