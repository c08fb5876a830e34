"""The sizes of a run, and the table it prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """How much of each operation is measured; `applications` is the size of the campaign being sifted."""

    submissions: int = 61
    applications: int = 1_000
    lists: int = 31
    answers: int = 101
    scores: int = 101
    equality_rows: int = 10_000
    fewer_equality_rows: int = 2_500
    client_submissions: int = 500
    clients: int = 32
    redacted_texts: int = 400
    panels: int = 60
    pool: int = 400
    released_campaigns: int = 500
    released_people: tuple[int, ...] = (60, 400, 2_000, 10_000)
    campaigns: int = 10_000
    year_running: int = 40
    year_finished: int = 200
    year_applications: int = 30_000
    year_visits: int = 26
    year_list: int = 10_000
    letters: int = 1_000
    kills: int = 3


QUICK = Sizes(6, 40, 6, 6, 6, 200, 50, 24, 4, 20, 6, 120, 12, (60,), 1_000, 8, 12, 240, 6, 200, 50, 1)


@dataclass(frozen=True)
class Row:
    """Milliseconds of processor time for one operation; `aim` in times the floor, None where there is none."""

    key: str
    operation: str
    ours: float
    floor: float
    aim: float | None

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    @property
    def missed(self) -> str:
        if self.aim is None or self.ratio <= self.aim:
            return ""
        return f"{self.key}: {self.ratio:.1f} times the floor; the aim of {self.aim:g} times is missed."


@dataclass(frozen=True)
class Note:
    """A measure that has no floor, in one sentence; `missed` says which aim was not met."""

    key: str
    sentence: str
    missed: str = ""


def _aim(row: Row) -> str:
    return "–" if row.aim is None else f"≤ {row.aim:g}×"


def lines_of(measured: Sequence[Row | Note]) -> list[str]:
    rows = [one for one in measured if isinstance(one, Row)]
    notes = [one for one in measured if isinstance(one, Note)]
    lines = []
    if rows:
        width = max(len(row.operation) for row in rows)
        lines.append(f"{'operation':<{width}}  {'ours ms':>9}  {'floor ms':>9}  {'ratio':>6}  {'aim':>6}")
        lines += [
            f"{row.operation:<{width}}  {row.ours:>9.2f}  {row.floor:>9.2f}  {row.ratio:>5.2f}×  {_aim(row):>6}"
            for row in rows
        ]
    lines += [note.sentence for note in notes]
    missed = [one.missed for one in measured if one.missed]
    return [*lines, "", *(missed or ["Every aim is met."])]
