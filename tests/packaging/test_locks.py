"""The lock files: complete, hashed, the same pins for users and developers, and no address in them."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest

LOCKS = ("requirements.lock", "requirements-dev.lock")
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)([^\n]*)((?:\n    [-#][^\n]*)*)", re.MULTILINE)
_COPYLEFT = re.compile(r"(?<![L])A?GPL|(?<!lesser )general public licen[sc]e", re.IGNORECASE)

_CHOSEN = {"text-unidecode": "Artistic License"}
"""Offered under several licences, one of them the GPL: the one that is taken instead. Only frictionless needs it."""


def canonical(name: str) -> str:
    """The name of a distribution as package indices write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(requirements: list[str]) -> set[str]:
    found = (re.match(r"[\w.-]+", requirement) for requirement in requirements)
    return {canonical(name.group()) for name in found if name}


def pins(root: Path, lock: str) -> set[tuple[str, str]]:
    return {(name, version) for name, version, _, _ in _PIN.findall((root / lock).read_text(encoding="utf-8"))}


def project(root: Path) -> dict[str, set[str]]:
    """The distributions that pyproject.toml asks for, for users and for developers."""
    table = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    extras = [line for lines in table["project"].get("optional-dependencies", {}).values() for line in lines]
    runtime = asked_for(table["project"]["dependencies"] + extras)
    return {LOCKS[0]: runtime, LOCKS[1]: runtime | asked_for(table["dependency-groups"]["dev"])}


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_asked_for_is_pinned(root: Path, lock: str) -> None:
    assert project(root)[lock] - {name for name, _ in pins(root, lock)} == set(), "run: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes(root: Path, lock: str) -> None:
    found = _PIN.findall((root / lock).read_text(encoding="utf-8"))
    assert len(found) > 50
    assert [name for name, _, _, rest in found if "--hash=sha256:" not in rest] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_stands_in_a_lock(root: Path, lock: str) -> None:
    text = (root / lock).read_text(encoding="utf-8")
    assert re.findall(r"://|^--|\bfile:|@ ", text, re.MULTILINE) == []


def test_users_and_developers_have_the_same_pins(root: Path) -> None:
    assert pins(root, LOCKS[0]) - pins(root, LOCKS[1]) == set()


def test_every_direct_dependency_is_explained(root: Path) -> None:
    page = (root / "docs" / "dependencies.md").read_text(encoding="utf-8")
    packages = page.partition("## Programs outside Python")[0]
    explained = set(re.findall(r"^\| ([a-z0-9-]+) \|", packages, re.MULTILINE)) - {"package"}
    asked = project(root)[LOCKS[1]]
    assert (asked - explained, explained - asked) == (set(), set())


def licence(distribution: Distribution) -> str:
    """What a distribution says of its licence: the expression, else the trove classifiers, else free text."""
    metadata = distribution.metadata
    classifiers = [line for line in metadata.get_all("Classifier") or [] if line.startswith("License ::")]
    said = {key: value for key, value in metadata.items() if key.startswith("License")}  # absent keys may raise
    return said.get("License-Expression") or "; ".join(classifiers) or said.get("License", "")[:200]


def test_no_dependency_has_a_strong_copyleft_licence(root: Path) -> None:
    """Apache-2.0 stays true for whoever ships solieu with what it needs: no GPL, no AGPL."""
    locked = {name for name, _ in pins(root, LOCKS[1])}
    licences = {
        canonical(found.metadata["Name"]): licence(found)
        for found in distributions()
        if canonical(found.metadata["Name"]) in locked
    }
    assert len(licences) > 50
    assert {name for name, said in licences.items() if not said} == set()
    strong = {name for name, said in licences.items() if _COPYLEFT.search(said)}
    assert {name: licences[name] for name in strong - _CHOSEN.keys()} == {}
    assert [name for name in _CHOSEN if name in licences and _CHOSEN[name] not in licences[name]] == []


@pytest.mark.parametrize(
    ("said", "strong"),
    [
        ("AGPL-3.0-or-later", True),
        ("GPLv3", True),
        ("License :: OSI Approved :: GNU Affero General Public License v3", True),
        ("License :: OSI Approved :: GNU Library or Lesser General Public License (LGPL)", False),
        ("LGPL", False),
        ("MPL-2.0 AND MIT", False),
    ],
)
def test_strong_copyleft_is_recognised(said: str, strong: bool) -> None:
    assert bool(_COPYLEFT.search(said)) is strong
