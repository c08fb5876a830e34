"""What the tests of recruiters' pages share: somebody signed in on the staff site."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.support.world import World


@pytest.fixture
def as_staff(world: World) -> Callable[[str], FlaskClient]:
    """Give a client on which that person is signed in."""

    def sign_in(part: str) -> FlaskClient:
        client = world.staff_client()
        world.sign_in(client, part)
        return client

    return sign_in
