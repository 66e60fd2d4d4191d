"""Why a file, or a part of it, could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """The typed causes of `errors.csv`."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    CORRUPT = "corrupt"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    NO_TEXT = "no_text"
    MISSING_PACKAGE = "missing_package"
    CRASH = "crash"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    INTERNAL = "internal"


class ReadError(Exception):
    """A file that cannot be read: its cause, and a hint what the user can do."""

    def __init__(self, cause: Cause, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.cause, self.message, self.hint = cause, message, hint

    def __reduce__(self) -> tuple[type[ReadError], tuple[Cause, str, str]]:
        return type(self), (self.cause, self.message, self.hint)


@dataclass(frozen=True, slots=True)
class Failure:
    """One row of `errors.csv`."""

    path: str
    doc_id: str | None
    cause: Cause
    message: str
    hint: str
