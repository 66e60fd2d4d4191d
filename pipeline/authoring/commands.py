"""What `solieu rules` does, apart from its command line: each function prints and returns an exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from pipeline.authoring.branches import FailedBranch, holds, variants
from pipeline.authoring.coverage import Gap, gaps
from pipeline.authoring.examples import Outcome, run_example, told_row, twins_of
from pipeline.authoring.known_values import unknown_values
from pipeline.authoring.trial import Trial, try_document
from pipeline.match.act_words import load_act_words
from pipeline.match.counted_nouns import load_counted_nouns
from pipeline.match.date_words import load_date_words
from pipeline.rulebook.book import Rulebook, load
from pipeline.rulebook.catalogue import measures, page
from pipeline.rulebook.count_rules import CountRules
from pipeline.rulebook.examples import Example
from pipeline.rulebook.lint import Fault, lint, load_faults, name_faults
from pipeline.rulebook.location import rules_dir
from pipeline.values.doc_types import load_doc_types

if TYPE_CHECKING:
    from rich.console import Console

OK, FAULTY = 0, 1
_LOADS = (
    (load_counted_nouns, "numbers.yaml"),
    (load_date_words, "dates.yaml"),
    (load_act_words, "identifiers.yaml"),
    (load_doc_types, "identifiers.yaml"),
)
"""Rule files that `match` and `values` read, each with its reader."""


def check(name: str | None = None, *, twins: bool = True, folder: Path | None = None) -> int:
    """Validate every rule file, run its examples with their twins, and try every branch of every phrase.

    With `name` ("dossier") only the examples and phrases of that file are run.

    Every fault names its file and line. Returns 1 if a file is faulty, an example fails, a branch does
    not work, or a phrase or reading has no example.
    """
    console = _console()
    started = perf_counter()
    folder = folder or rules_dir()
    if faults := load_faults(folder, _LOADS):
        _tell(console, faults, "red")
        return FAULTY
    if faults := name_faults(folder):
        _tell(console, faults, "red")
        return FAULTY
    book = load(folder)
    if name is not None and name not in names_of(book):
        console.print(f"there is no rule file {name!r}; there are {', '.join(names_of(book))}", style="red")
        return FAULTY
    faults = [fault for fault in (*lint(book), *unknown_values(book)) if name in (None, Path(fault.file).stem)]
    examples = [e for e in all_examples(book) if name in (None, Path(e.file).stem)]
    outcomes = run_all(examples, book, twins=twins)
    failures = [outcome for outcome in outcomes if not outcome.passes]
    families = [rules for rules in book.counts if name in (None, Path(rules.file).stem)]
    unused = uncovered(families, book, outcomes)
    branches = untried(families, book, outcomes)
    _tell(console, faults, "red")
    _tell(console, failures, "red")
    _tell(console, unused, "yellow")
    _tell(console, branches, "yellow")
    console.print(
        f"{_count(families, 'family', 'families')}, {_count(examples, 'example')} in {_count(outcomes, 'run')}: "
        f"{_count(faults, 'fault')}, {_count(failures, 'failure')}, "
        f"{_count(unused, 'phrase or reading', 'phrases or readings')} without an example, "
        f"{_count(branches, 'branch that does', 'branches that do')} not work ({perf_counter() - started:.1f} s)"
    )
    return FAULTY if faults or failures or unused or branches else OK


def all_examples(book: Rulebook) -> list[Example]:
    """The examples of all rule files."""
    return [*(example for rules in book.counts for example in rules.examples), *book.index.examples]


def names_of(book: Rulebook) -> list[str]:
    """The names of the rule files that hold examples."""
    return sorted({Path(example.file).stem for example in all_examples(book)} | {r.family for r in book.counts})


def run_all(examples: Iterable[Example], book: Rulebook, *, twins: bool) -> list[Outcome]:
    """Every example as written, then its twins."""
    found = []
    for example in examples:
        found.append(run_example(example, book))
        if twins and found[-1].holds:
            found += [run_example(example, book, twin) for twin in twins_of(example)]
    return found


def uncovered(families: Iterable[CountRules], book: Rulebook, outcomes: Sequence[Outcome]) -> list[Gap]:
    """The phrases and readings of families that no example uses."""
    return [gap for rules in families for gap in gaps(rules, book.folder, outcomes) if gap.kind != "branch"]


def untried(families: Iterable[CountRules], book: Rulebook, outcomes: Sequence[Outcome]) -> list[FailedBranch]:
    """The branches of phrases that give other facts than the example whose words they take the place of."""
    found = []
    for rules in families:
        for variant in variants(rules, gaps(rules, book.folder, outcomes), outcomes):
            outcome = run_example(variant.example, book)
            if not holds(variant, rules, outcome):
                found.append(FailedBranch(f"measures/{rules.file}", variant, outcome))
    return found


def try_text(text: str) -> int:
    """Show what the rules read in a text, or in the file of that name, and why."""
    _show(_console(), try_document(text, load()))
    return OK


def list_rules() -> int:
    """List every measure with its code, names, unit and place."""
    console = _console()
    found = measures(load())
    width = max(len(measure.code) for measure in found)
    for m in found:
        console.print(f"{m.code:{width}}  {m.unit:14} {m.vi} · {m.en} ({m.file}:{m.line})", markup=False)
    return OK


def doc(out: Path | None = None) -> int:
    """Write the catalogue of the rules to `out`, by default to docs/rules.md beside the rules."""
    target = out or rules_dir().parent / "docs" / "rules.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(load()), encoding="utf-8")
    _console().print(f"wrote {target}")
    return OK


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True, emoji=False)


def _count(things: Sequence[object], one: str, many: str = "") -> str:
    return f"{len(things)} {one if len(things) == 1 else many or one + 's'}"


def _tell(console: Console, things: Iterable[Fault | Outcome | Gap | FailedBranch], style: str) -> None:
    for thing in things:
        console.print(str(thing), style=style, markup=False)


def _show(console: Console, trial: Trial) -> None:
    """The facts of a tried text with the rule, words and reasons of each, then the digits without a fact."""
    for fact in trial.facts:
        console.print(told_row(fact.row), markup=False)
        console.print(f"    at {fact.place}", style="dim", markup=False)
        for role, words in fact.words:
            console.print(f"    {role}: {words}", style="dim", markup=False)
        if fact.row.reasons:
            console.print(f"    why {fact.row.confidence}: {', '.join(fact.row.reasons)}", style="dim", markup=False)
    if not trial.facts:
        console.print("no facts")
    for numeral in trial.others:
        note = f" ({numeral.note})" if numeral.note else ""
        console.print(f"no fact: {numeral.quote} is {numeral.category}{note}", style="yellow", markup=False)
