"""From grammar and world to text, with a mark at every figure, time and document that was written.

The grammar is a set of named rules; a rule is a list of alternatives, and an alternative is text with

    [a|b|]              one of these; `[a|]` may be left out
    <name>              another rule, or a text, time or document of the world; `<name:role>` gives its role
    <a+b+c;>            those of a, b, c that can be written, with `; ` between them; `<a&b>` in any order
    {name} {name:style} a figure, in one of the STYLES; `{a=b}` is two figures said with one number

An alternative that speaks of something the world has not is passed over. A figure is said once in a text, so that
no sentence repeats another; style `again` says one that was said.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from pipeline.synthesis.entries import Citation, Entry, Figure, Period, Row, World
from pipeline.synthesis.numbers import STYLES, Habit, Unsayable

Grammar = Mapping[str, tuple[str, ...]]


class Unwritable(Exception):  # noqa: N818 - it steers the choice of words and reaches nobody
    """This alternative speaks of something that the world does not have."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A row of gold and where its words stand."""

    table: str
    start: int
    end: int
    row: Row


@dataclass(slots=True)
class Passage:
    """Text that grows, with its marks."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Append, with one blank where two would meet and none before a mark of punctuation."""
        if text[:1] == " " and (not self.text or self.text[-1] in " (\n"):
            text = text.lstrip(" ")
        if text and text[0] in ",.;:)" and self.text.endswith(" "):
            self.text = self.text[:-1]
        self.text += text

    def marked(self, table: str, text: str, *rows: Row) -> None:
        """Append words that state `rows`."""
        self.add(text)
        end = len(self.text)
        self.marks += [Mark(table, end - len(text), end, row) for row in rows]

    def cut(self, length: int, marks: int) -> None:
        self.text = self.text[:length]
        del self.marks[marks:]


_TOKEN = re.compile(r"\[|\]|\||<[^<>]+>|\{[^{}]+\}")
Node = tuple["Text | Choice | Name | Number", ...]


@dataclass(frozen=True, slots=True)
class Text:
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    branches: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Name:
    words: str


@dataclass(frozen=True, slots=True)
class Number:
    words: str


@cache
def parse(alternative: str) -> Node:
    """The tree of one alternative. Raises ValueError where brackets do not match."""
    stack: list[list[list[Text | Choice | Name | Number]]] = [[[]]]
    at = 0
    for token in _TOKEN.finditer(alternative):
        if token.start() > at:
            stack[-1][-1].append(Text(alternative[at : token.start()]))
        at = token.end()
        match token[0][0]:
            case "[":
                stack.append([[]])
            case "|":
                if len(stack) == 1:
                    raise ValueError(f"a bar outside of brackets: {alternative}")
                stack[-1].append([])
            case "]":
                if len(stack) == 1:
                    raise ValueError(f"a bracket too many: {alternative}")
                branches = stack.pop()
                stack[-1][-1].append(Choice(tuple(tuple(branch) for branch in branches)))
            case "<":
                stack[-1][-1].append(Name(token[0][1:-1]))
            case _:
                stack[-1][-1].append(Number(token[0][1:-1]))
    if len(stack) > 1:
        raise ValueError(f"a bracket is missing: {alternative}")
    stack[0][0].append(Text(alternative[at:]))
    return tuple(stack[0][0])


@dataclass(slots=True)
class Writer:
    """Writes rules of a grammar about a world. `said` holds the figures that have been spoken of."""

    grammar: Grammar
    world: World
    habit: Habit
    draw: random.Random
    said: set[str] = field(default_factory=set)

    def about(self, world: World) -> Writer:
        """A writer of the same document about something else; what was said there is not said here."""
        return Writer(self.grammar, world, self.habit, self.draw, set())

    def sentence(self, rule: str) -> Passage | None:
        """One alternative of a rule, its first letter large; None if none of them can be written."""
        passage = Passage()
        try:
            self.name(rule, passage)
        except Unwritable:
            return None
        passage.text = passage.text[:1].upper() + passage.text[1:]
        return passage

    def sentences(self, rule: str, most: int) -> Iterator[Passage]:
        """Up to `most` sentences of a rule, each of another alternative."""
        alternatives = list(self.grammar[rule])
        self.draw.shuffle(alternatives)
        made = 0
        for alternative in alternatives:
            if made == most:
                return
            passage = Passage()
            if self._tried(parse(alternative), passage):
                passage.text = passage.text[:1].upper() + passage.text[1:]
                made += 1
                yield passage

    def write_text(self, words: str, passage: Passage) -> None:
        """Write one alternative that stands in no rule. Raises Unwritable."""
        self.write(parse(words), passage)

    def write(self, node: Node, passage: Passage) -> None:
        for part in node:
            match part:
                case Text(words):
                    passage.add(words)
                case Choice(branches):
                    self._one_of(branches, passage)
                case Name(words):
                    self.name(words, passage)
                case Number(words):
                    self._number(words, passage)

    def name(self, words: str, passage: Passage) -> None:
        """Write what `<words>` stands for."""
        if re.search(r"[+&]", words):
            self._list(words, passage)
            return
        name, _, role = words.partition(":")
        if name in self.world:
            WRITE[type(self.world[name])](self, self.world[name], role, passage)
        elif name in self.grammar:
            self._one_of(tuple(parse(alternative) for alternative in self.grammar[name]), passage)
        else:
            raise Unwritable(words)

    def _one_of(self, branches: tuple[Node, ...], passage: Passage) -> None:
        order = list(branches)
        self.draw.shuffle(order)
        if not any(self._tried(branch, passage) for branch in order):
            raise Unwritable(str(branches))

    def _tried(self, node: Node, passage: Passage) -> bool:
        length, marks, said = len(passage.text), len(passage.marks), set(self.said)
        try:
            self.write(node, passage)
        except Unwritable:
            passage.cut(length, marks)
            self.said = said
            return False
        return True

    def _list(self, words: str, passage: Passage) -> None:
        separator = words[-1] if words[-1] in ",;" else ","
        members = re.split(r"[+&]", words.rstrip(",;"))
        if "&" in words:
            self.draw.shuffle(members)
        written = 0
        for member in members:
            length, marks = len(passage.text), len(passage.marks)
            if written:
                passage.add(f"{separator} ")
            if self._tried((Name(member),), passage):
                written += 1
            else:
                passage.cut(length, marks)
        if not written:
            raise Unwritable(words)

    def _number(self, words: str, passage: Passage) -> None:
        names, _, style = words.partition(":")
        style, _, argument = style.partition(" ")
        figures = [self._figure(name, style == "again") for name in names.split("=")]
        first = figures[0]
        if any(figure.value != first.value for figure in figures):
            raise Unwritable(words)
        whole = self._figure(argument, True).value if argument else first.out_of
        try:
            said = STYLES[style](first, whole, self.habit, self.draw)
        except Unsayable as problem:
            raise Unwritable(words) from problem
        self.said.update(names.split("="))
        rows = [figure.row(said.comparator, said.value, said.high, said.out_of) for figure in figures]
        passage.add(said.before)
        passage.marked("observations", said.words, *rows)
        passage.add(said.after)

    def _figure(self, name: str, again: bool) -> Figure:
        entry = self.world.get(name)
        if not isinstance(entry, Figure) or (name in self.said and not again):
            raise Unwritable(name)
        return entry


def _text(writer: Writer, entry: Entry, role: str, passage: Passage) -> None:
    assert isinstance(entry, str | tuple)
    forms = (entry,) if isinstance(entry, str) else entry
    writer.write(parse(writer.draw.choice(forms)), passage)


def _period(writer: Writer, entry: Entry, role: str, passage: Passage) -> None:
    assert isinstance(entry, Period)
    passage.marked("dates", writer.draw.choice(entry.forms), entry.row(role or "period"))


def _citation(writer: Writer, entry: Entry, role: str, passage: Passage) -> None:
    """ "Quyết định số 12/QĐ-UBND ngày 3/2/2021 của UBND tỉnh X về …": the day always, issuer and subject at times."""
    assert isinstance(entry, Citation)
    passage.add(f"{entry.kind} số ")
    passage.marked("references", entry.written or entry.number, entry.row(role or "cites", True))
    on = entry.issued_on
    days = (
        f"{on.day:02}/{on.month}/{on.year}",
        f"{on.day:02}/{on.month:02}/{on.year}",
        f"{on.day} tháng {on.month} năm {on.year}",
    )
    passage.add(" ngày ")
    passage.marked(
        "dates", writer.draw.choice(days), {"start": on.isoformat(), "end": on.isoformat(), "role": "issued"}
    )
    if role == "basis" or writer.draw.random() < 0.7:
        passage.add(f" của {entry.issuer}")
        if writer.draw.random() < 0.7:
            writer.write(parse(f" {entry.about}"), passage)


WRITE: dict[type, Callable[[Writer, Entry, str, Passage], None]] = {
    str: _text,
    tuple: _text,
    Period: _period,
    Citation: _citation,
}
