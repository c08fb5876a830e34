"""Fields that speak GOV.UK's error words: options with write-ins, dates in three boxes, numbers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wtforms import Field
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

PARTS = ("day", "month", "year")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DIGITS = re.compile(r"[0-9]{1,4}")
_WHOLE = re.compile(r"[+-]?[0-9]{1,12}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,6})?")


@dataclass(frozen=True)
class Option:
    """One radio or checkbox; `reveals` names a text field of the same form, shown and kept only with it."""

    value: str
    label: str
    hint: str | None = None
    divider: str | None = None
    """A word shown above this option, such as "or"."""
    reveals: str | None = None
    reveals_required: str | None = None
    """What to say when the option is chosen and the revealed field is empty."""
    is_exclusive: bool = False


class OptionsField(Field):
    """One option (`data`: str or None) or several (`data`: list of str), from a fixed list."""

    is_group = True

    def __init__(self, label: str, validators: Sequence[Any] = (), *, options: Iterable[Option],
                 is_multiple: bool = False, **kwargs: Any) -> None:  # fmt: skip
        self.options = tuple(options)
        self.is_multiple = is_multiple
        self.page_form: Any = None
        super().__init__(label, validators, **kwargs)

    def is_selected(self, value: str) -> bool:
        return value in (self.data or ()) if self.is_multiple else value == self.data

    def process_data(self, value: Any) -> None:
        if self.is_multiple:
            self.data = [str(one) for one in value or ()]
        else:
            self.data = None if value is None else str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        if self.is_multiple:
            self.data = list(dict.fromkeys(valuelist))
        else:
            self.data = valuelist[0] if valuelist else None

    def pre_validate(self, form: Any) -> None:
        chosen = set(self.data or ()) if self.is_multiple else {self.data} - {None}
        if not chosen <= {option.value for option in self.options}:
            raise StopValidation("Select an option from the list")
        if len(chosen) > 1 and any(option.is_exclusive for option in self.options if option.value in chosen):
            raise StopValidation("Select either one of the options, or the last one alone")


class DateField(Field):
    """A real date typed in three boxes named `{name}-day`, `-month`, `-year`; months may be words."""

    is_group = True

    def __init__(self, label: str, validators: Sequence[Any] = (), *, noun: str, required: str | None = None,
                 **kwargs: Any) -> None:  # fmt: skip
        self.noun, self.required_sentence = noun, required
        self.typed: tuple[str, str, str] = ("", "", "")
        self.wrong_parts: tuple[str, ...] = PARTS
        super().__init__(label, validators, **kwargs)

    @property
    def boxes(self) -> tuple[str, ...]:
        return tuple(f"{self.name}-{part}" for part in PARTS)

    @property
    def first_error_id(self) -> str:
        return f"{self.id}-{self.wrong_parts[0] if self.wrong_parts else 'day'}"

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the three boxes; the base class reads one name only."""
        super().process(None, data, extra_filters)
        # What was posted with nothing in it is an answer left out, not a page just opened.
        if formdata is None:
            if isinstance(self.data, datetime.date):
                self.typed = (str(self.data.day), str(self.data.month), str(self.data.year))
            return
        self.raw_data = [formdata.get(box, "") for box in self.boxes]
        day, month, year = (typed.strip() for typed in self.raw_data)
        self.typed = (day, month, year)
        self.data = None
        try:
            self.data = self._read()
        except ValueError as refusal:
            self.process_errors = [str(refusal)]

    def _read(self) -> datetime.date | None:
        missing = [part for part, typed in zip(PARTS, self.typed, strict=True) if not typed]
        if len(missing) == 3:
            if self.required_sentence:
                raise ValueError(self.required_sentence)
            return None
        if missing:
            self.wrong_parts = tuple(missing)
            raise ValueError(f"{self.noun} must include a {' and '.join(missing)}")
        day, month, year = self.typed
        month = str(_MONTHS.index(month[:3].lower()) + 1) if month[:3].lower() in _MONTHS else month
        if len(year) != 4 or not _DIGITS.fullmatch(year):
            self.wrong_parts = ("year",)
            raise ValueError("Year must include 4 numbers")
        self.wrong_parts = PARTS
        if not (_DIGITS.fullmatch(day) and _DIGITS.fullmatch(month)):
            raise ValueError(f"{self.noun} must be a real date")
        try:
            return datetime.date(int(year), int(month), int(day))
        except ValueError:
            raise ValueError(f"{self.noun} must be a real date") from None


class NumberField(Field):
    """A number typed as text; `data` is int or Decimal. Separators and a pound sign are let through."""

    is_group = False

    def __init__(self, label: str, validators: Sequence[Any] = (), *, noun: str, is_whole: bool,
                 minimum: int | Decimal | None = None, maximum: int | Decimal | None = None,
                 **kwargs: Any) -> None:  # fmt: skip
        self.noun, self.is_whole = noun, is_whole
        self.minimum, self.maximum = minimum, maximum
        super().__init__(label, validators, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = valuelist[0].strip().lstrip("£").replace(",", "").replace(" ", "") if valuelist else ""
        if not typed:
            return
        if not (_WHOLE if self.is_whole else _DECIMAL).fullmatch(typed):
            raise ValueError(f"{self.noun} must be a {'whole number' if self.is_whole else 'number, like 4.5'}")
        number = int(typed) if self.is_whole else Decimal(typed)
        low, high = self.minimum, self.maximum
        if low is not None and high is not None and not low <= number <= high:
            raise ValueError(f"{self.noun} must be between {low} and {high}")
        if low is not None and number < low:
            raise ValueError(f"{self.noun} must be {low} or more")
        if high is not None and number > high:
            raise ValueError(f"{self.noun} must be {high} or fewer")
        self.data = number
