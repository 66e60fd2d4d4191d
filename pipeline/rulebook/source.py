"""Reading rule files: YAML whose every mapping remembers its line, and errors that name it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class RuleError(Exception):
    """A fault in a rule file, with the file and the line where it stands."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path.name}:{line}: {message}")
        self.path, self.line, self.message = path, line, message


class Entry(dict[str, Any]):
    """A mapping of a rule file; `line` counts from 1, `lines` are those of its keys.

    `text_lines` are those of the texts that stand under a key, alone or in a list.
    """

    line: int = 0
    lines: Mapping[str, int] = MappingProxyType({})
    text_lines: Mapping[tuple[str, str], int] = MappingProxyType({})


class _LineLoader(_Loader):  # type: ignore[misc]  # the C loader has no stubs
    pass


def _mapping(loader: Any, node: yaml.MappingNode) -> Entry:
    entry = Entry()
    lines: dict[str, int] = {}
    text_lines: dict[tuple[str, str], int] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in entry:
            raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", key_node.start_mark)
        entry[key] = loader.construct_object(value_node, deep=True)
        lines[key] = key_node.start_mark.line + 1
        for text in value_node.value if isinstance(value_node, yaml.SequenceNode) else [value_node]:
            if isinstance(text, yaml.ScalarNode):
                text_lines.setdefault((key, text.value), text.start_mark.line + 1)
    entry.line, entry.lines, entry.text_lines = node.start_mark.line + 1, lines, text_lines
    return entry


_LineLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def load_rule_file(path: Path) -> Entry:
    """The mapping that a rule file holds. Raises RuleError for YAML that cannot be read."""
    return parse_rules(path.read_text(encoding="utf-8"), path)


def parse_rules(text: str, path: Path) -> Entry:
    """The mapping that a rule file of this text holds. Raises RuleError, which names `path`."""
    try:
        entry = yaml.load(text, Loader=_LineLoader)  # a SafeLoader
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        raise RuleError(path, mark.line + 1 if mark else 1, fault.problem or "not valid YAML") from fault
    if not isinstance(entry, Entry):
        raise RuleError(path, 1, "a rule file holds a mapping")
    return entry


class Reader:
    """Typed access to an Entry: each fault is a RuleError with file and line."""

    def __init__(self, path: Path, entry: Mapping[str, Any]) -> None:
        self.path, self.entry = path, entry
        self.line = getattr(entry, "line", 1)

    def fault(self, message: str) -> RuleError:
        return RuleError(self.path, self.line, message)

    def line_of(self, key: str, text: str) -> int:
        """The line of one of the texts under a key; that of the mapping where the text does not stand there."""
        found: int = getattr(self.entry, "text_lines", {}).get((key, text), self.line)
        return found

    def only(self, *keys: str) -> None:
        """Refuse keys that nobody reads: a misspelt key must not pass unseen."""
        if unknown := sorted(set(self.entry) - set(keys)):
            near = get_close_matches(unknown[0], keys, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(keys)}"
            line = getattr(self.entry, "lines", {}).get(unknown[0], self.line)
            raise RuleError(self.path, line, f"unknown key {unknown[0]!r}; {hint}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.entry.get(key, default)
        if not isinstance(value, str) or not value:
            raise self.fault(f"{key!r} must be a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.entry.get(key) or []
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.fault(f"{key!r} must be a list of texts")
        return tuple(value)

    def entries(self, key: str) -> Iterator[Reader]:
        value = self.entry.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, Entry) for item in value):
            raise self.fault(f"{key!r} must be a list of mappings")
        for item in value:
            yield Reader(self.path, item)

    def mapping(self, key: str) -> Reader:
        value = self.entry.get(key)
        if not isinstance(value, Entry):
            raise self.fault(f"{key!r} must be a mapping")
        reader = Reader(self.path, value)
        reader.line = getattr(self.entry, "lines", {}).get(key, reader.line)
        return reader
