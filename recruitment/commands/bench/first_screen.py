"""The first screen of the staff site and its lists, as a recruiter's campaigns grow from 1,000 to 10,000."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from statistics import median
from uuid import UUID, uuid4

from sqlalchemy import delete, insert

from recruitment.app import create_staff_app
from recruitment.commands.bench.home import Home
from recruitment.commands.bench.measuring import Visitor, expect, make_visitor, processor_ms
from recruitment.commands.bench.table import Note, Sizes
from recruitment.rules.campaigns import CampaignKind, CampaignState
from recruitment.rules.permissions import Role
from recruitment.services.desk import utc_now
from recruitment.store.campaigns import Campaign
from recruitment.store.people import CampaignRole
from recruitment.web.access import sign_in

AIM = 2.0  # times its cost at a tenth of the rows
RUNNING = 40
ROUNDS = 7
_PAGES = {
    "first screen": "/",
    "a search in it": "/?words=post+39",
    "finished campaigns": "/?list=finished",
}


def measure_first_screen(home: Home, sizes: Sizes) -> Iterator[Note]:
    """Forty campaigns run whatever the number; then as many run as there are, of which 200 are looked through."""
    app = create_staff_app(home.config, desk=home.staff_desk)
    person_id = home.cast.people["recruiter"]
    site = app.extensions["site"]
    with home.staff_desk.sessions.reading() as store:
        signed_in = site.load_signed_in(store, f"staff:{person_id}")
    visitor = make_visitor(app, lambda: sign_in(signed_in))
    few, many = sizes.campaigns // 10, sizes.campaigns
    for state, kind in ((CampaignState.RELEASED, "finished"), (CampaignState.DRAFT, "running")):
        made = _add(home, person_id, RUNNING, CampaignState.DRAFT)
        made += _add(home, person_id, few - RUNNING, state)
        at_few = _cost(visitor)
        made += _add(home, person_id, many - few, state)
        at_many = _cost(visitor)
        _remove(home, made)
        for page in _PAGES:
            ratio = at_many[page] / at_few[page]
            sentence = (
                f"{page}: {at_few[page]:.1f} ms with {few:,} campaigns ({kind} but for {RUNNING}), "
                f"{at_many[page]:.1f} ms with {many:,}: {ratio:.2f}× (aim ≤ {AIM:g}×)."
            )
            missed = "" if ratio <= AIM else f"{page}: {ratio:.1f} times; the aim of {AIM:g} times is missed."
            yield Note("first-screen", sentence, missed)


def _cost(visitor: Visitor) -> dict[str, float]:
    found = {}
    for page, path in _PAGES.items():
        turn = partial(expect, visitor.app, visitor.get(path), 200)
        turn()
        found[page] = median(processor_ms([turn] * 3) for _ in range(ROUNDS))
    return found


def _add(home: Home, person_id: UUID, number: int, state: CampaignState) -> list[UUID]:
    now, made = utc_now(), [uuid4() for _ in range(number)]
    with home.staff_desk.sessions.writing() as store:
        rows = [
            {
                "id": key,
                "organisation_id": home.cast.organisation_id,
                "title": f"Post {place}",
                "kind": CampaignKind.EXTERNAL,
                "state": state,
                "closed_at": now if state is CampaignState.RELEASED else None,
                "opens_at": now + timedelta(days=1, minutes=place),
                "closes_at": now + timedelta(days=21, minutes=place),
                "created_at": now,
            }
            for place, key in enumerate(made)
        ]
        held = [
            {"campaign_id": key, "person_id": person_id, "role": Role.RECRUITER, "given_at": now} for key in made
        ]
        if rows:
            store.execute(insert(Campaign), rows)
            store.execute(insert(CampaignRole), held)
    return made


def _remove(home: Home, made: list[UUID]) -> None:
    with home.staff_desk.sessions.writing() as store:
        for start in range(0, len(made), 500):
            some = made[start : start + 500]
            store.execute(delete(CampaignRole).where(CampaignRole.campaign_id.in_(some)))
            store.execute(delete(Campaign).where(Campaign.id.in_(some)))
