"""The measures as a table and as a page: what `solieu rules list` shows and docs/rules.md holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.rulebook.book import Rulebook
from pipeline.rulebook.count_rules import CountRules
from pipeline.rulebook.examples import Example, ExampleKind
from pipeline.rulebook.index_rules import INDEX_MEASURES
from pipeline.rulebook.source import Reader, load_rule_file

_SHOWN = 3
_HEADER = """\
# The rules: every measure that is read

<!-- Written by `solieu rules doc` from the rule files. Change those and run it again. -->

What the rule files in `rules/` say, one chapter a file. How to change or add one stands in
[writing-rules.md](writing-rules.md). A *stock* holds on a day ("đang giải quyết"), any other count over a period.
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the list: a code with its names, unit, and where it stands."""

    code: str
    vi: str
    en: str
    unit: str
    file: str
    line: int


def measures(book: Rulebook) -> list[Measure]:
    """Every indicator, then every index, in the order of the files."""
    found = [
        Measure(i.code, i.vi, i.en, i.unit, f"measures/{i.file}", i.line)
        for rules in book.counts
        for i in rules.indicators
    ]
    found += [
        Measure(one.code, one.vi, one.en, one.unit or "point, percent", "index/frame.yaml", 1) for one in INDEX_MEASURES
    ]
    found += [Measure(x.code, x.vi, x.en, x.unit, f"index/{x.file}", x.line) for x in book.index.indices.values()]
    return found


def page(book: Rulebook) -> str:
    """The whole catalogue in Markdown; the same for the same rules."""
    return (
        "\n".join([_HEADER, *(line for rules in book.counts for line in _family(rules, book)), *_indices(book)]) + "\n"
    )


def _family(rules: CountRules, book: Rulebook) -> Iterator[str]:
    top = Reader(book.folder, load_rule_file(book.folder / "measures" / rules.file))
    title = top.mapping("title")
    yield f"## {title.text('vi')} · {title.text('en')}\n"
    yield f"`rules/measures/{rules.file}`. {' '.join(str(top.entry.get('about', '')).split())}".rstrip() + "\n"
    yield "| code | Vietnamese | English | unit | words |"
    yield "|---|---|---|---|---|"
    for indicator in rules.indicators:
        unit = f"{indicator.unit}, stock" if indicator.stock else indicator.unit
        words = _words(rules, indicator.code)
        yield f"| `{indicator.code}` | {indicator.vi} | {indicator.en} | {unit} | {_cell(words)} |"
    yield ""
    yield from _examples(rules.examples)


def _words(rules: CountRules, code: str) -> str:
    """For each reading of a code the first phrase of each of its attributes."""
    readings = [reading for reading in rules.readings if code in reading.gives]
    told = (" + ".join(rules.attributes[name].phrases[0] for name in sorted(r.all_of)) for r in readings[:_SHOWN])
    return " or ".join(f"*{words}*" for words in told) + (" …" if len(readings) > _SHOWN else "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _examples(examples: tuple[Example, ...]) -> Iterator[str]:
    """A few examples, and all known misses: a reader must know what is not read."""
    shown = [e for e in examples if e.kind is ExampleKind.EXAMPLE][:_SHOWN]
    for example in shown:
        facts = "; ".join(f"{fact['indicator']} = {fact['value']}" for fact in example.facts)
        yield f"> {' '.join(example.text.split())}  \n> → {facts}\n"
    for miss in (e for e in examples if e.kind is ExampleKind.KNOWN_MISS):
        yield f"Not read yet: “{' '.join(miss.text.split())}” ({miss.why})\n"


def _indices(book: Rulebook) -> Iterator[str]:
    yield "## Chỉ số · Indices\n"
    yield "`rules/index/`: one file an index, and `frame.yaml` with the words that all of them share.\n"
    yield "| code | Vietnamese | English |"
    yield "|---|---|---|"
    yield from (f"| `{one.code}` | {one.vi} | {one.en} |" for one in INDEX_MEASURES)
    yield "\n| index | Vietnamese | English | unit | components |"
    yield "|---|---|---|---|---|"
    for index in book.index.indices.values():
        yield f"| `{index.code}` | {index.vi} | {index.en} | {index.unit} | {', '.join(index.components) or '–'} |"
    yield ""
    yield from _examples(book.index.examples)
