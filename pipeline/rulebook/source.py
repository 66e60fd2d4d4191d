"""Reading rule files: YAML whose every mapping remembers its line, and errors that name it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_YAML_HINTS = {
    "mapping values are not allowed in this context": (
        "A colon with a blank behind it begins a value: put a text that holds one in quotation marks. "
        "Where none is wanted, the line stands further in than those above it."
    ),
    "did not find expected '-' indicator": (
        "The line stands further in or out than the items of its list; or a text begins with [, { or a quotation mark "
        "and goes on behind its end: put all of it in quotation marks."
    ),
    "did not find expected key": (
        "The line stands further in or out than the keys that it belongs to; or a quotation mark ends too early."
    ),
    "did not find expected ',' or '}'": "A '}' is missing, or a text in {…} holds a comma: put it in quotes.",
    "did not find expected ',' or ']'": "A ']' is missing, or a text begins with '[': put all of it in quotes.",
    "could not find expected ':'": "A key needs a colon and a blank behind it: 'value: 12'.",
    "found character that cannot start any token": (
        "A tab, or one of @ ` %, stands where a text begins: indent with blanks, put the text in quotation marks."
    ),
    "found a tab character that violates indentation": "Indent with blanks, not with tabs.",
    "found unexpected end of stream": "A quotation mark has no second one.",
}
"""What to look for where the YAML reader stops, in the words of somebody who writes it by hand."""
_YAML_HINT = "Look at the indentation, the colons and the quotation marks of this line and of the one before."


class RuleError(Exception):
    """A fault in a rule file, with the file and the line where it stands, and what to do where that is known."""

    def __init__(self, path: Path, line: int, message: str, hint: str = "") -> None:
        super().__init__(f"{path.name}:{line}: {message}")
        self.path, self.line, self.message, self.hint = path, line, message, hint


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
    return parse_rules(rule_text(path), path)


def rule_text(path: Path) -> str:
    """The text of a rule file. Raises RuleError where it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        line = path.read_bytes()[: fault.start].count(b"\n") + 1
        raise RuleError(path, line, "the file is not UTF-8", "Save it with the encoding UTF-8.") from fault


def parse_rules(text: str, path: Path) -> Entry:
    """The mapping that a rule file of this text holds. Raises RuleError, which names `path`."""
    try:
        entry = yaml.load(text, Loader=_LineLoader)  # a SafeLoader
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        problem = fault.problem or "not valid YAML"
        twice = isinstance(fault, yaml.constructor.ConstructorError)
        hint = "Write all that belongs to it once." if twice else _YAML_HINTS.get(problem, _YAML_HINT)
        raise RuleError(path, mark.line + 1 if mark else 1, problem, hint) from fault
    if entry is None:
        raise RuleError(path, 1, "the file is empty", "Write the rule, or take the file out.")
    if not isinstance(entry, Entry):
        raise RuleError(path, 1, "a rule file consists of keys with their values", "Begin it with 'family: name'.")
    return entry


class Reader:
    """Typed access to an Entry: each fault is a RuleError with file and line."""

    def __init__(self, path: Path, entry: Mapping[str, Any]) -> None:
        self.path, self.entry = path, entry
        self.line = getattr(entry, "line", 1)

    def fault(self, message: str, hint: str = "") -> RuleError:
        return RuleError(self.path, self.line, message, hint)

    def at(self, key: str) -> int:
        """The line of a key; that of the mapping where the key is missing."""
        line: int = getattr(self.entry, "lines", {}).get(key, self.line)
        return line

    def line_of(self, key: str, text: str) -> int:
        """The line of one of the texts under a key; that of the mapping where the text does not stand there."""
        found: int = getattr(self.entry, "text_lines", {}).get((key, text), self.line)
        return found

    def only(self, *keys: str) -> None:
        """Refuse keys that nobody reads: a misspelt key must not pass unseen."""
        if unknown := sorted(set(self.entry) - set(keys)):
            near = get_close_matches(unknown[0], keys, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(keys)}"
            raise RuleError(self.path, self.at(unknown[0]), f"unknown key {unknown[0]!r}; {hint}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.entry.get(key, default)
        if not isinstance(value, str) or not value:
            raise self._wrong(key, value, "must be a text", "Put it in quotation marks.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.entry.get(key) or []
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            hint = "One text a line, behind '- '; a number, yes or no is a text in quotation marks."
            raise self._wrong(key, value, "must be a list of texts", hint)
        return tuple(value)

    def entries(self, key: str) -> Iterator[Reader]:
        value = self.entry.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, Entry) for item in value):
            raise self._wrong(key, value, "must be a list of mappings", "Each begins with '- ' and its first key.")
        for item in value:
            yield Reader(self.path, item)

    def mapping(self, key: str) -> Reader:
        value = self.entry.get(key)
        if not isinstance(value, Entry):
            hint = "What belongs to it stands below it, two blanks further in."
            raise self._wrong(key, value, "must be a mapping", hint)
        reader = Reader(self.path, value)
        reader.line = self.at(key)
        return reader

    def _wrong(self, key: str, value: object, message: str, hint: str) -> RuleError:
        """The fault of a value: that there is none, or that it is none of the kind that belongs there."""
        if value is None:
            message = "has nothing behind or below it" if key in self.entry else "is missing"
            hint = hint if key in self.entry else ""
        return RuleError(self.path, self.at(key), f"{key!r} {message}", hint)
