"""The ground of every table: naming of constraints, and column types that mean the same on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, DateTime, Dialect, LargeBinary, MetaData, String, Text, TypeDecorator, Uuid
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware in Python, stored naive so that SQLite and PostgreSQL compare it alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


TYPE_MAP: dict[Any, Any] = {
    UUID: Uuid(),
    datetime: Moment(),
    bytes: LargeBinary(),
    dict[str, Any]: JSON(),
    list[Any]: JSON(),
    str: String(200),
}

LongText = Text


class Base(DeclarativeBase):
    """Tables of the database."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPE_MAP


class KeyStoreBase(DeclarativeBase):
    """Tables of the key store, which is a database of its own."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPE_MAP
