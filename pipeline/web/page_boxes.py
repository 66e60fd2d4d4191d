"""Rectangles on a page, where something of a document stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a page, in points from its top left. `kind` is a class of the style sheet."""

    kind: str
    href: str
    title: str
    x: float
    y: float
    width: float
    height: float
    anchor: str = ""


def boxes_of(row: Mapping[str, Any], kind: str, href: str, title: str, anchor: str = "") -> Iterator[PageBox]:
    """The rectangles of a row's words, with a point of air around; the first bears the anchor."""
    for number, (x0, top, x1, bottom) in enumerate(json.loads(row["boxes"] or "[]")):
        yield PageBox(kind, href, title, x0 - 1, top - 1, x1 - x0 + 2, bottom - top + 2, "" if number else anchor)
