"""Frozen dataclasses as bytes and back, for the cache: JSON, with raw bytes set apart.

Derived from the type hints of the records, so that a new field of a record needs no work here. A field whose
metadata says `"kept": False` holds what only lives while the program runs, and comes back as its default.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pipeline.model import Span

T = TypeVar("T")
_SCALARS = frozenset({str, int, float, bool})
_Change = Callable[[Any, list[bytes]], Any]
"""Turns a value into what JSON holds of it, or back; bytes stand in the list."""


@dataclass(frozen=True, slots=True)
class _Ways:
    """How values of a type are written, and how they are made again; None where they stay as they are."""

    write: _Change | None = None
    read: _Change | None = None


def encode(record: object) -> bytes:
    """A dataclass (of dataclasses, spans, tuples, enums, decimals, dates, bytes and JSON scalars) as bytes.

    Raises TypeError for a record with a field of another type.
    """
    blobs: list[bytes] = []
    kind: Any = type(record)
    write = _ways(kind).write
    plain = record if write is None else write(record, blobs)
    head = json.dumps([plain, [len(blob) for blob in blobs]], ensure_ascii=False).encode("utf-8")
    return b"".join([len(head).to_bytes(8, "little"), head, *blobs])


def decode(kind: type[T], data: bytes) -> T:
    """The record that `encode` was given. Raises ValueError, TypeError or LookupError for other bytes."""
    size = int.from_bytes(data[:8], "little")
    plain, lengths = json.loads(data[8 : 8 + size])
    blobs, at = [], 8 + size
    for length in lengths:
        blobs.append(data[at : at + length])
        at += length
    hint: Any = kind
    read = _ways(hint).read
    made = plain if read is None else read(plain, blobs)
    assert isinstance(made, kind)
    return made


@cache
def _ways(hint: Any) -> _Ways:
    if is_dataclass(hint):
        return _of_record(hint)
    if isinstance(hint, type) and issubclass(hint, Span):
        return _Ways(None, lambda value, _: hint(*value))
    if get_origin(hint) is tuple:
        return _of_tuple(get_args(hint))
    if get_origin(hint) in (Union, types.UnionType):
        return _of_optional(get_args(hint))
    if hint is bytes:
        return _Ways(_set_apart, lambda value, blobs: blobs[value])
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _Ways(lambda value, _: value.value, lambda value, _: hint(value))
    if hint is Decimal:
        return _Ways(lambda value, _: str(value), lambda value, _: Decimal(value))
    if hint is date:
        return _Ways(lambda value, _: value.isoformat(), lambda value, _: date.fromisoformat(value))
    if hint in _SCALARS:
        return _Ways()
    raise TypeError(f"the cache cannot hold a field of type {hint}")


def _set_apart(value: bytes, blobs: list[bytes]) -> int:
    blobs.append(value)
    return len(blobs) - 1


def _of_record(hint: Any) -> _Ways:
    # The fields that are not kept come last.
    names = [field.name for field in fields(hint) if field.metadata.get("kept", True)]
    hints = get_type_hints(hint)
    parts = [_ways(hints[name]) for name in names]
    writes = [(n, part.write) for n, part in enumerate(parts) if part.write]
    reads = [(n, part.read) for n, part in enumerate(parts) if part.read]

    def write(record: Any, blobs: list[bytes]) -> list[Any]:
        values = [getattr(record, name) for name in names]
        for n, change in writes:
            values[n] = change(values[n], blobs)
        return values

    def read(values: list[Any], blobs: list[bytes]) -> Any:
        for n, change in reads:
            values[n] = change(values[n], blobs)
        return hint(*values)

    return _Ways(write, read)


def _of_tuple(arguments: tuple[Any, ...]) -> _Ways:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        part = _ways(arguments[0])
        return _Ways(part.write and partial(_each, part.write), partial(_each, part.read) if part.read else _tuple)
    parts = [_ways(argument) for argument in arguments]
    if not any(part.write or part.read for part in parts):
        return _Ways(None, _tuple)
    raise TypeError(f"the cache holds tuples of any length, and of numbers and text, but not of {arguments}")


def _each(change: _Change, values: Iterable[Any], blobs: list[bytes]) -> tuple[Any, ...]:
    return tuple([change(value, blobs) for value in values])


def _tuple(values: Iterable[Any], _: list[bytes]) -> tuple[Any, ...]:
    return tuple(values)


def _of_optional(arguments: tuple[Any, ...]) -> _Ways:
    inner = [argument for argument in arguments if argument is not type(None)]
    if len(inner) != 1:
        raise TypeError(f"the cache cannot tell {arguments} apart")
    part = _ways(inner[0])
    return _Ways(part.write and partial(_if_there, part.write), part.read and partial(_if_there, part.read))


def _if_there(change: _Change, value: Any, blobs: list[bytes]) -> Any:
    return None if value is None else change(value, blobs)
