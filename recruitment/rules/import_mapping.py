"""How an export of another applicant-tracking system maps to an application: which column means what.

Source: the layout of comma-separated and JSON Lines exports that bodies hold; equality codes as in
`equality_question_set`. An export is described, never guessed at.
"""

from __future__ import annotations

import re
from collections import abc
from dataclasses import dataclass, field
from typing import Any

from recruitment.rules.applications import ADJUSTMENTS
from recruitment.rules.equality_question_set import AGE, BACKGROUNDS, QUESTION_SET, background_key
from recruitment.rules.equality_questions import AGE_BANDS
from recruitment.rules.errors import Invalid

BIRTH = "date_of_birth"
BACKGROUND = "ethnic_background"
YES = ("yes", "y", "true", "1")
NO = ("no", "n", "false", "0", "")
_NAMES = ("full_name", "first_name", "last_name", "preferred_name", "previous_names")
_IDENTITY = (*_NAMES, "email", "phone", "postcode", BIRTH, "national_insurance_number")
_TEXT_KEY = re.compile(r"[1-9][0-9]?|statement|cv")


class MappingProblem(Invalid):
    """A mapping file that cannot be used; `key` is the entry that is wrong, dotted as in the file."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}", key)
        self.key = key


@dataclass(frozen=True)
class EducationColumns:
    institution: str
    from_year: str = ""
    to_year: str = ""


@dataclass(frozen=True)
class Mapping:
    """Columns by what they mean; "" where the export has none. A column of JSON Lines is a path with dots.

    `texts`: "1", "2" … (the number of a question), "statement" or "cv" → column. `education`: one path to a
    list, or columns. `equality_values`: question key → folded value of the export → option code ("" for no
    answer). `vacancy_values`: folded value → number of the vacancy, from 1.
    """

    external_id: str
    identity: abc.Mapping[str, str]
    texts: abc.Mapping[str, str]
    address_lines: tuple[str, ...] = ()
    education: str | tuple[EducationColumns, ...] = ()
    equality: abc.Mapping[str, str] = field(default_factory=dict)
    equality_values: abc.Mapping[str, abc.Mapping[str, str]] = field(default_factory=dict)
    adjustments: str = ""
    adjustments_detail: str = ""
    adjustment_values: abc.Mapping[str, str] = field(default_factory=dict)
    disability_confident: str = ""
    yes: frozenset[str] = frozenset(YES)
    no: frozenset[str] = frozenset(NO)
    vacancies: str = ""
    vacancy_values: abc.Mapping[str, int] = field(default_factory=dict)
    delimiter: str = ","
    separator: str = ";"
    date_format: str = "%Y-%m-%d"

    def columns(self) -> list[tuple[str, str]]:
        """Key of the mapping, column of the export: every pair that is used."""
        used = [("external_id", self.external_id)]
        used += [(f"identity.{key}", column) for key, column in self.identity.items()]
        used += [("identity.address_lines", column) for column in self.address_lines]
        if isinstance(self.education, str):
            used.append(("identity.education", self.education))
        else:
            for entry in self.education:
                used += [
                    (f"identity.education.{part}", getattr(entry, part))
                    for part in ("institution", "from_year", "to_year")
                ]
        used += [(f"texts.{key}", column) for key, column in self.texts.items()]
        used += [(f"equality.{key}", column) for key, column in self.equality.items()]
        used += [
            ("requests.adjustments", self.adjustments),
            ("requests.adjustments_detail", self.adjustments_detail),
            ("requests.disability_confident", self.disability_confident),
            ("vacancies.column", self.vacancies),
        ]
        return [(key, column) for key, column in used if column]


def folded(value: str) -> str:
    """A value as translation tables find it: case and white space at its ends do not count."""
    return value.strip().casefold()


def read_mapping(document: abc.Mapping[str, Any]) -> Mapping:
    """The mapping that a parsed TOML document describes. Raises MappingProblem naming the key."""
    _refuse_unknown(
        document, "", ("external_id", "file", "identity", "texts", "equality", "requests", "vacancies")
    )
    identity = _table(document, "identity")
    _refuse_unknown(identity, "identity.", (*_IDENTITY, "address_lines", "education"))
    file, requests, vacancies = (_table(document, key) for key in ("file", "requests", "vacancies"))
    _refuse_unknown(file, "file.", ("delimiter", "separator", "date_format"))
    _refuse_unknown(
        requests,
        "requests.",
        ("adjustments", "adjustments_detail", "disability_confident", "yes", "no", "values"),
    )
    _refuse_unknown(vacancies, "vacancies.", ("column", "values"))
    equality, equality_values = _equality(_table(document, "equality"))
    words = {key: _words(requests, key, default) for key, default in (("yes", YES), ("no", NO))}
    if both := words["yes"] & words["no"]:
        raise MappingProblem("requests.yes", f"“{min(both)}” stands under requests.no as well")
    return Mapping(
        external_id=_needed(document, "external_id", "external_id"),
        identity=_identity(identity),
        texts=_texts(_table(document, "texts")),
        address_lines=_address_lines(identity),
        education=_education(identity.get("education", ())),
        equality=equality,
        equality_values=equality_values,
        adjustments=_column(requests, "adjustments", "requests."),
        adjustments_detail=_column(requests, "adjustments_detail", "requests."),
        adjustment_values=_adjustment_values(_table(requests, "values", "requests.")),
        disability_confident=_column(requests, "disability_confident", "requests."),
        yes=words["yes"],
        no=words["no"],
        vacancies=_column(vacancies, "column", "vacancies."),
        vacancy_values=_vacancy_values(_table(vacancies, "values", "vacancies.")),
        delimiter=_one_character(file, "delimiter", ","),
        separator=_one_character(file, "separator", ";"),
        date_format=_column(file, "date_format", "file.") or "%Y-%m-%d",
    )


def _refuse_unknown(table: abc.Mapping[str, Any], prefix: str, known: tuple[str, ...]) -> None:
    for key in table:
        if key not in known:
            raise MappingProblem(f"{prefix}{key}", f"there is no such entry; known here: {', '.join(known)}")


def _table(document: abc.Mapping[str, Any], key: str, prefix: str = "") -> abc.Mapping[str, Any]:
    table = document.get(key, {})
    if not isinstance(table, abc.Mapping):
        raise MappingProblem(f"{prefix}{key}", f"must be a table, written as [{prefix}{key}]")
    return table


def _column(table: abc.Mapping[str, Any], key: str, prefix: str) -> str:
    column = table.get(key, "")
    if not isinstance(column, str):
        raise MappingProblem(f"{prefix}{key}", "must be the name of a column, in quotation marks")
    if key in table and not column.strip():
        raise MappingProblem(f"{prefix}{key}", "names no column; leave the entry out if the export has none")
    return column


def _needed(table: abc.Mapping[str, Any], key: str, dotted: str) -> str:
    if key not in table:
        raise MappingProblem(dotted, "is missing; name the column that holds it")
    return _column(table, key, dotted.removesuffix(key))


def _one_character(table: abc.Mapping[str, Any], key: str, default: str) -> str:
    value = _column(table, key, "file.") if table.get(key) != "\t" else "\t"
    if value and len(value) != 1:
        raise MappingProblem(f"file.{key}", "must be one character")
    return value or default


def _words(table: abc.Mapping[str, Any], key: str, default: tuple[str, ...]) -> frozenset[str]:
    words = table.get(key, default)
    if isinstance(words, str) or not all(isinstance(word, str) for word in words):
        raise MappingProblem(f"requests.{key}", "must be a list of words")
    return frozenset(folded(word) for word in words)


def _identity(table: abc.Mapping[str, Any]) -> dict[str, str]:
    columns = {key: column for key in _IDENTITY if (column := _column(table, key, "identity."))}
    if "full_name" in columns and ("first_name" in columns or "last_name" in columns):
        raise MappingProblem("identity.full_name", "give either full_name, or first_name with last_name, not both")
    if "full_name" not in columns and not {"first_name", "last_name"} <= columns.keys():
        raise MappingProblem(
            "identity.full_name",
            "is missing; without a name nothing can be hidden. Give full_name, or first_name with last_name",
        )
    return columns


def _address_lines(table: abc.Mapping[str, Any]) -> tuple[str, ...]:
    lines = table.get("address_lines", ())
    lines = (lines,) if isinstance(lines, str) else lines
    if not all(isinstance(line, str) and line.strip() for line in lines):
        raise MappingProblem("identity.address_lines", "must be a column, or a list of columns")
    return tuple(lines)


def _education(entries: Any) -> str | tuple[EducationColumns, ...]:
    if isinstance(entries, str):
        return entries
    if not isinstance(entries, abc.Sequence) or not all(isinstance(entry, abc.Mapping) for entry in entries):
        raise MappingProblem("identity.education", "must be a path, or tables written as [[identity.education]]")
    for entry in entries:
        _refuse_unknown(entry, "identity.education.", ("institution", "from_year", "to_year"))
    return tuple(
        EducationColumns(
            _needed(entry, "institution", "identity.education.institution"),
            _column(entry, "from_year", "identity.education."),
            _column(entry, "to_year", "identity.education."),
        )
        for entry in entries
    )


def _texts(table: abc.Mapping[str, Any]) -> dict[str, str]:
    if not table:
        raise MappingProblem("texts", "is missing; name the columns of the answers, the statement or the CV")
    for key in table:
        if not _TEXT_KEY.fullmatch(key):
            raise MappingProblem(f"texts.{key}", "must be the number of a question, statement or cv")
    return {key: _column(table, key, "texts.") for key in table}


def equality_codes() -> dict[str, frozenset[str]]:
    """Key → codes that an export may be translated to; own words (`_text`) have none."""
    codes = {
        question.key: frozenset(option.code for option in question.options)
        for page in QUESTION_SET
        for question in page.questions
    }
    codes[AGE] = frozenset(AGE_BANDS)
    codes[BACKGROUND] = frozenset().union(*(codes[background_key(group)] for group in BACKGROUNDS))
    return codes


def _equality(
    table: abc.Mapping[str, Any],
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    codes = equality_codes()
    known = (*codes, *(f"{key}_text" for key in codes), BIRTH, "values")
    _refuse_unknown(table, "equality.", known)
    columns = {key: _column(table, key, "equality.") for key in table if key != "values"}
    if AGE in columns and BIRTH in columns:
        raise MappingProblem(f"equality.{AGE}", f"give either {AGE} or {BIRTH}, not both")
    values: dict[str, dict[str, str]] = {}
    for key, translations in _table(table, "values", "equality.").items():
        dotted = f"equality.values.{key}"
        if key not in columns or key not in codes:
            raise MappingProblem(dotted, f"translates values, but equality.{key} names no column of choices")
        if not isinstance(translations, abc.Mapping):
            raise MappingProblem(dotted, f"must be a table, written as [{dotted}]")
        for value, code in translations.items():
            if code != "" and code not in codes[key]:
                raise MappingProblem(f"{dotted}.{value}", f"must be one of {', '.join(sorted(codes[key]))}")
        values[key] = {folded(value): code for value, code in translations.items()}
    return columns, values


def _adjustment_values(table: abc.Mapping[str, Any]) -> dict[str, str]:
    codes = [code for code, _ in ADJUSTMENTS]
    for value, code in table.items():
        if code not in codes:
            raise MappingProblem(f"requests.values.{value}", f"must be one of {', '.join(codes)}")
    own = {folded(label): code for code, label in ADJUSTMENTS} | {code: code for code in codes}
    return own | {folded(value): code for value, code in table.items()}


def _vacancy_values(table: abc.Mapping[str, Any]) -> dict[str, int]:
    for value, number in table.items():
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise MappingProblem(f"vacancies.values.{value}", "must be the number of a vacancy: 1, 2 …")
    return {folded(value): number for value, number in table.items()}
