"""A person who reads or reviews, and what each role may do."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

LONGEST_NAME = 64


class Role(StrEnum):
    """What somebody may do: see all; decide as well; and look after the people as well."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"

    @property
    def may_decide(self) -> bool:
        return self is not Role.VIEWER

    @property
    def may_administer(self) -> bool:
        return self is Role.ADMINISTRATOR


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by the name that stands beside their decisions."""

    name: str
    role: Role


class WrongNameError(ValueError):
    """Not a name that can stand beside a decision; the message tells why."""


def clean_name(text: str) -> str:
    """A name as it is kept: composed (NFC), one blank between words. Raises WrongNameError."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise WrongNameError("a name is needed")
    if len(name) > LONGEST_NAME:
        raise WrongNameError(f"a name has at most {LONGEST_NAME} characters")
    if any(unicodedata.category(character) in _UNSEEN for character in name):
        raise WrongNameError("a name has only characters that can be seen")
    return name


def folded(name: str) -> str:
    """The form under which names are the same: "Hoa" and "hoa" are one user."""
    return unicodedata.normalize("NFKC", name).casefold()


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of control, formatting and unassigned characters: names that look alike would differ by them."""
