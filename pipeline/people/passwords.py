"""Passwords: hashed with Argon2id, never kept, never shown.

Parameters are those that argon2-cffi recommends, the second choice of RFC 9106 (64 MiB, 3 passes).
"""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from pipeline.people.person import folded

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 10, 1000
"""Characters of a password."""

_AT_ONCE = threading.BoundedSemaphore(2)
"""Each hashing takes 64 MiB: a flood of logins may not take the memory of the machine."""


class WeakPasswordError(ValueError):
    """The password will not do; the message tells why."""


def hashed(password: str, name: str) -> str:
    """What is kept of the password of the user `name`. Raises WeakPasswordError."""
    password = _composed(password)
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPasswordError(f"a password has {SHORTEST} to {LONGEST} characters")
    if folded(password) == folded(name) or len(set(password)) < 4:
        raise WeakPasswordError("this password is too easy to guess")
    with _AT_ONCE:
        return _hasher().hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one that was kept. Where none is kept this takes as long and gives False."""
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > LONGEST:
        return False
    with _AT_ONCE:
        try:
            return _hasher().verify(kept or _nobody(), _composed(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def _composed(password: str) -> str:
    """Vietnamese keyboards write one letter in two ways; both are the same password."""
    return unicodedata.normalize("NFC", password)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash("the password of nobody")
