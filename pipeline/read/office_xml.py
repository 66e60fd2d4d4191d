"""XML parts of office files, parsed with distrust: no entities, no network, damage repaired where it can be."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.model import Cause, ReadError
from pipeline.read.container import Container

_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
)
"""The strict variant of the standard only differs in the names of its namespaces."""
_WHOLE = re.compile(r"[0-9]{1,9}")


def part(container: Container, name: str) -> etree._Element | None:
    """The root of an XML part, None if there is no such part. Raises ReadError(CORRUPT) for what is no XML."""
    data = container.read(name)
    if data is None:
        return None
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged(name) from error
    # With `recover` lxml gives None, against its own stubs, where nothing could be recovered.
    found: etree._Element | None = root
    if found is None:
        raise _damaged(name)
    return found


def whole(text: str | None, default: int = 0) -> int:
    """A whole number of an attribute; `default` where there is none, or something else."""
    return int(text) if text is not None and _WHOLE.fullmatch(text) else default


def _damaged(name: str) -> ReadError:
    return ReadError(Cause.CORRUPT, f"{name} is damaged", "Open the file in the program that made it and save it anew.")
