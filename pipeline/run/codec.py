"""Frozen dataclasses as bytes and back, for the cache: JSON, with raw bytes set apart.

Derived from the type hints of the records, so that a new field of a record needs no work here. A field whose
metadata says `"kept": False` holds what only lives while the program runs, and comes back as its default.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterable
from dataclasses import Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pipeline.model import Span

T = TypeVar("T")
_SCALARS = frozenset({str, int, float, bool})
_Decoder = Callable[[Any, list[bytes]], Any]


def encode(record: object) -> bytes:
    """A dataclass (of dataclasses, spans, tuples, enums, decimals, dates, bytes and JSON scalars) as bytes."""
    blobs: list[bytes] = []
    head = json.dumps([_plain(record, blobs), [len(blob) for blob in blobs]], ensure_ascii=False).encode("utf-8")
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
    made = _decoder(hint)(plain, blobs)
    assert isinstance(made, kind)
    return made


def _plain(value: Any, blobs: list[bytes]) -> Any:
    if value is None or type(value) in _SCALARS:
        return value
    if (names := _names(value.__class__)) is not None:
        return [_plain(getattr(value, name), blobs) for name in names]
    if isinstance(value, tuple):
        return [_plain(item, blobs) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        blobs.append(value)
        return len(blobs) - 1
    return value


@cache
def _names(kind: Any) -> tuple[str, ...] | None:
    """The fields of a dataclass that are kept; None for other types."""
    return tuple(field.name for field in _kept(kind)) if is_dataclass(kind) else None


@cache
def _decoder(hint: Any) -> _Decoder:
    """How a value of this type is made again."""
    if is_dataclass(hint):
        return _record_decoder(hint, [field.name for field in _kept(hint)])
    if isinstance(hint, type) and issubclass(hint, Span):
        return _record_decoder(hint, Span._fields)
    if get_origin(hint) is tuple:
        return _tuple_decoder(get_args(hint))
    if get_origin(hint) in (Union, types.UnionType):
        return _optional_decoder(get_args(hint))
    if hint is bytes:
        return lambda value, blobs: blobs[value]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda value, _: hint(value)
    if hint is Decimal:
        return lambda value, _: Decimal(value)
    if hint is date:
        return lambda value, _: date.fromisoformat(value)
    if hint in (str, int, float, bool):
        return lambda value, _: value
    raise TypeError(f"the cache cannot hold a field of type {hint}")


def _record_decoder(hint: Any, names: Iterable[str]) -> _Decoder:
    hints = get_type_hints(hint)
    parts = [_decoder(hints[name]) for name in names]

    def made(value: Any, blobs: list[bytes]) -> Any:
        return hint(*(part(item, blobs) for part, item in zip(parts, value, strict=True)))

    return made


def _kept(record: Any) -> list[Field[Any]]:
    """The fields of a record that the cache holds; those that it does not come last."""
    return [field for field in fields(record) if field.metadata.get("kept", True)]


def _tuple_decoder(arguments: tuple[Any, ...]) -> _Decoder:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        part = _decoder(arguments[0])
        return lambda value, blobs: tuple(part(item, blobs) for item in value)
    parts = [_decoder(argument) for argument in arguments]
    return lambda value, blobs: tuple(p(item, blobs) for p, item in zip(parts, value, strict=True))


def _optional_decoder(arguments: tuple[Any, ...]) -> _Decoder:
    inner = [argument for argument in arguments if argument is not type(None)]
    if len(inner) != 1:
        raise TypeError(f"the cache cannot tell {arguments} apart")
    part = _decoder(inner[0])
    return lambda value, blobs: None if value is None else part(value, blobs)
