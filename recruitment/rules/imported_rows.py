"""One row of another system's export read by a mapping, and everything that is wrong with it.

Problems name the row and the column, never what stands in the cell: they are printed where others may see.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from collections.abc import Mapping as Fields
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from recruitment.rules.applications import Contact, Identity, Requests
from recruitment.rules.equality_question_set import AGE, BACKGROUNDS, background_key
from recruitment.rules.equality_questions import UnknownAnswer, age_band, check_answers
from recruitment.rules.import_mapping import BACKGROUND, BIRTH, Mapping, equality_codes, folded
from recruitment.rules.redaction import Education

LONGEST_FIELD = 500  # characters
LONGEST_TEXT = 200_000  # characters, as for a document that is uploaded
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_LONGEST_EMAIL = 254
_CODES = equality_codes()
_GROUP_OF = {option.code: group for group, options in BACKGROUNDS.items() for option in options}


@dataclass(frozen=True)
class ImportedRow:
    """`texts` by the mapping's keys; `vacancies`: numbers from 1; `equality` is empty for no answers."""

    number: int
    external_id: str
    identity: Identity
    texts: Fields[str, str]
    equality: Fields[str, str] = field(default_factory=dict)
    requests: Requests = field(default_factory=Requests)
    vacancies: tuple[int, ...] = ()


def answers_in_one(row: ImportedRow) -> str:
    """What would be scored, as one text that is the same whenever the row says the same."""
    return json.dumps(dict(row.texts), sort_keys=True)


def details_in_one(row: ImportedRow) -> str:
    """Everything of a row that is neither scored nor an equality answer, as one text.

    Equality answers are left out: a hash of both would tie them to the application (promise 3).
    """
    said = {"identity": asdict(row.identity), "requests": asdict(row.requests), "vacancies": row.vacancies}
    return json.dumps(said, sort_keys=True)


def look_up(fields: Fields[str, Any], column: str) -> Any:
    """What stands under a column, or along a path with dots; None where there is nothing."""
    return _follow(fields, column, None)


def has_column(fields: Fields[str, Any], column: str) -> bool:
    """Whether a row has the column at all; an empty cell or null counts."""
    return _follow(fields, column, _ABSENT) is not _ABSENT


_ABSENT = object()


def _follow(fields: Fields[str, Any], column: str, otherwise: Any) -> Any:
    if column in fields:
        return fields[column]
    found: Any = fields
    for step in column.split("."):
        if not isinstance(found, Fields) or step not in found:
            return otherwise
        found = found[step]
    return found


class _Reading:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(self, fields: Fields[str, Any], mapping: Mapping) -> None:
        self.fields = fields
        self.mapping = mapping
        self.problems: list[str] = []

    def refuse(self, column: str, problem: str) -> None:
        self.problems.append(f"column “{column}”: {problem}")

    def text(self, column: str, longest: int = LONGEST_FIELD) -> str:
        return self.plain(look_up(self.fields, column) if column else None, column, longest)

    def plain(self, value: Any, column: str, longest: int = LONGEST_FIELD) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, (list, dict)):
            self.refuse(column, "holds a list where text is expected")
            return ""
        written = str(value)
        if any("\ud800" <= character <= "\udfff" for character in written):
            self.refuse(column, "holds half a character; export the file again as UTF-8")
            return ""
        if len(written) > longest:
            self.refuse(column, f"is longer than {longest:,} characters")
            return ""
        return written.strip() if longest == LONGEST_FIELD else written

    def several(self, column: str) -> tuple[str, ...]:
        """A list, or one text whose parts stand between separators or on lines of their own."""
        value = look_up(self.fields, column) if column else None
        if isinstance(value, list):
            parts = [self.plain(part, column) for part in value]
        else:
            parts = re.split(f"[{re.escape(self.mapping.separator)}\n]", self.plain(value, column))
        return tuple(part.strip() for part in parts if part.strip())

    def day(self, column: str) -> date | None:
        written = self.text(column)
        if not written:
            return None
        try:
            return datetime.strptime(written, self.mapping.date_format).date()
        except ValueError:
            self.refuse(column, f"is not a date in the form of file.date_format ({self.mapping.date_format})")
            return None


def read_row(
    mapping: Mapping, number: int, fields: Fields[str, Any], on: date
) -> tuple[ImportedRow | None, list[str]]:
    """The row, or None with all its problems; `on` is the day on which ages are counted."""
    reading = _Reading(fields, mapping)
    row = ImportedRow(
        number,
        _external_id(reading),
        _identity(reading),
        _texts(reading),
        _equality(reading, on),
        _requests(reading),
        _vacancies(reading),
    )
    return (None, reading.problems) if reading.problems else (row, [])


def _external_id(reading: _Reading) -> str:
    found = reading.text(reading.mapping.external_id)
    if not found and not reading.problems:
        reading.refuse(reading.mapping.external_id, "is empty; every row needs the number it has elsewhere")
    return found


def _identity(reading: _Reading) -> Identity:
    columns = reading.mapping.identity
    text = {key: reading.text(column) for key, column in columns.items() if key not in ("previous_names", BIRTH)}
    full_name = text.get("full_name") or f"{text.get('first_name', '')} {text.get('last_name', '')}".strip()
    if not full_name:
        column = columns.get("full_name") or columns["last_name"]
        reading.refuse(column, "is empty; without a name nothing can be hidden")
    email = text.get("email", "")
    if email and (len(email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(email) or not email.isprintable()):
        reading.refuse(columns["email"], "is not an e-mail address")
    born = reading.day(columns.get(BIRTH, ""))
    lines = tuple(line for column in reading.mapping.address_lines for line in reading.several(column))
    return Identity(
        full_name=full_name,
        preferred_name=text.get("preferred_name", ""),
        previous_names=reading.several(columns.get("previous_names", "")),
        contact=Contact(email, text.get("phone", ""), lines, text.get("postcode", "")),
        date_of_birth=born.isoformat() if born else "",
        national_insurance_number=text.get("national_insurance_number", ""),
        education=tuple(_education(reading)),
        external_id=reading.text(reading.mapping.external_id),
    )


def _education(reading: _Reading) -> Iterator[Education]:
    where = reading.mapping.education
    if not isinstance(where, str):
        for columns in where:
            if institution := reading.text(columns.institution):
                yield Education(institution, reading.text(columns.from_year), reading.text(columns.to_year))
        return
    listed = look_up(reading.fields, where)
    if listed is not None and not isinstance(listed, list):
        reading.refuse(where, "must hold a list")
        return
    for one in listed or ():
        entry = one if isinstance(one, dict) else {"institution": one}
        institution, begun, ended = (
            reading.plain(entry.get(key, entry.get(key.removesuffix("_year"))), where)
            for key in ("institution", "from_year", "to_year")
        )
        if institution:
            yield Education(institution, begun, ended)


def _texts(reading: _Reading) -> dict[str, str]:
    found = {}
    for key, column in reading.mapping.texts.items():
        before = len(reading.problems)
        found[key] = reading.text(column, LONGEST_TEXT)
        if not found[key].strip() and len(reading.problems) == before:
            reading.refuse(column, "is empty, and there is nothing else to score")
    return found


def _equality(reading: _Reading, on: date) -> dict[str, str]:
    answers: dict[str, str] = {}
    for key, column in reading.mapping.equality.items():
        if key == BIRTH:
            _add_age(reading, column, on, answers)
            continue
        written = reading.text(column)
        if not written or key not in _CODES:
            answers[key] = written
            continue
        code = reading.mapping.equality_values.get(key, {}).get(folded(written), written)
        if code and code not in _CODES[key]:
            reading.refuse(
                column, f"holds an answer that [equality.values.{key}] does not translate to one of its codes"
            )
        elif key == BACKGROUND:
            group = _GROUP_OF.get(code, "")
            answers |= {"ethnic_group": group, background_key(group): code} if group else {"ethnic_group": code}
        else:
            answers[key] = code
    try:
        return check_answers({key: answer for key, answer in answers.items() if answer})
    except UnknownAnswer as refused:
        reading.refuse(reading.mapping.equality.get(refused.question, refused.question), refused.sentence)
        return {}


def _add_age(reading: _Reading, column: str, on: date, answers: dict[str, str]) -> None:
    born = reading.day(column)
    if born is None:
        return
    try:
        answers[AGE] = age_band(born, on)
    except ValueError as refused:
        reading.refuse(column, str(refused))


def _requests(reading: _Reading) -> Requests:
    mapping = reading.mapping
    codes, said = [], []
    for part in reading.several(mapping.adjustments):
        code = mapping.adjustment_values.get(folded(part))
        if code:
            codes.append(code)
        else:
            said.append(part)
    detail = reading.text(mapping.adjustments_detail)
    opted = False
    if mapping.disability_confident:
        word = folded(reading.text(mapping.disability_confident))
        opted = word in mapping.yes
        if not opted and word and word not in mapping.no:
            reading.refuse(mapping.disability_confident, "is neither in requests.yes nor in requests.no")
    return Requests(tuple(dict.fromkeys(codes)), "\n".join((*said, *filter(None, [detail]))), opted)


def _vacancies(reading: _Reading) -> tuple[int, ...]:
    mapping, numbers = reading.mapping, []
    for part in reading.several(mapping.vacancies):
        number = mapping.vacancy_values.get(folded(part), int(part) if part.isascii() and part.isdigit() else 0)
        if number < 1:
            reading.refuse(mapping.vacancies, "holds a vacancy that [vacancies.values] does not translate")
        else:
            numbers.append(number)
    return tuple(dict.fromkeys(numbers))
