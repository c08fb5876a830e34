"""Reads the entries of JSON objects by name, and refuses what cannot be read by the entry's full name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

from recruitment.rules.errors import Invalid

T = TypeVar("T")


class Entries:
    """The entries of one JSON object, read by name; `ended` refuses those that nothing asked for."""

    def __init__(self, held: Any, where: str) -> None:
        if not isinstance(held, dict):
            raise Invalid("Give an object.", where)
        self._held = held
        self._where = where
        self._read: set[str] = set()

    def at(self, name: str) -> str:
        return f"{self._where}.{name}" if self._where else name

    def has(self, name: str) -> bool:
        return name in self._held

    def value(self, name: str, default: Any = None) -> Any:
        self._read.add(name)
        held = self._held.get(name)
        return default if held is None else held

    def text(self, name: str) -> str:
        held = self.value(name, "")
        if not isinstance(held, str):
            raise Invalid("Give a text.", self.at(name))
        return held

    def needed(self, name: str) -> str:
        if not self.text(name).strip():
            raise Invalid("Give a text that is not empty.", self.at(name))
        return self.text(name)

    def flag(self, name: str, default: bool = False) -> bool:
        held = self.value(name, default)
        if not isinstance(held, bool):
            raise Invalid("Give true or false.", self.at(name))
        return held

    def whole(self, name: str, default: int = 0) -> int:
        held = self.value(name, default)
        if isinstance(held, bool) or not isinstance(held, int) or held < 0:
            raise Invalid("Give a whole number of nought or more.", self.at(name))
        return held

    def each(self, name: str, read: Callable[[Any, str], T]) -> tuple[T, ...]:
        held = self.value(name, [])
        if not isinstance(held, list):
            raise Invalid("Give a list.", self.at(name))
        return tuple(read(one, f"{self.at(name)}[{at}]") for at, one in enumerate(held))

    def texts(self, name: str) -> tuple[str, ...]:
        return self.each(name, read_text)

    def day(self, name: str) -> date | None:
        held = self.value(name)
        return None if held is None else read_day(held, self.at(name))

    def inner(self, name: str) -> Entries:
        return Entries(self.value(name, {}), self.at(name))

    def names(self) -> Iterator[str]:
        yield from self._held

    def ended(self) -> None:
        if unknown := set(self._held) - self._read:
            raise Invalid("There is no such entry.", self.at(min(unknown)))


def read_text(held: Any, where: str) -> str:
    if not isinstance(held, str) or not held.strip():
        raise Invalid("Give a text that is not empty.", where)
    return held


def read_day(held: Any, where: str) -> date:
    try:
        day = date.fromisoformat(held)
    except (TypeError, ValueError):
        day = None
    if day is None or day.isoformat() != held:
        raise Invalid("Give a day as in 2027-03-16.", where)
    return day
