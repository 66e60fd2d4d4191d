"""Fits `rules/confidence.yaml` to what readings of unseen documents were worth, and draws how reliable it is.

    python benchmarks/fit_confidence.py                 # fit, write the table, docs/confidence.md, its picture
    python benchmarks/fit_confidence.py --record third  # first: note what is read out of a new set of documents

A set in `benchmarks/unseen/` is recorded once, before anyone looks at what went wrong in it; its
documents may then be used to write better rules, and the record stays what it was.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.assemble.doubts import DOUBTS
from pipeline.evaluate.calibration import BASE, Bin, Kept, Reading, bins, crossed, fit, kept, readings
from pipeline.evaluate.levels import Level
from pipeline.rulebook.book import load
from pipeline.rulebook.confidence import Confidence, load_confidence

ROOT = Path(__file__).parent.parent
UNSEEN, TABLE = ROOT / "benchmarks" / "unseen", ROOT / "rules" / "confidence.yaml"
RECORD, PAGE, PICTURE = UNSEEN / "first_contact.csv", ROOT / "docs" / "confidence.md", ROOT / "docs" / "reliability.svg"
COLUMNS = ("set", "file", "indicator", "value", "quote", "reasons", "level")
WANTED = 0.98
"""The share of rows at or above the bar whose figure must be right, each judged by the other documents."""
HALF_RIGHT = tuple(n / 20 for n in range(11))
EDGES = (0.0, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 1.0)
BEGIN, END = "<!-- made by benchmarks/fit_confidence.py -->", "<!-- end -->"


def recorded() -> list[Reading]:
    """The readings of all sets as they were when the program first met them."""
    with RECORD.open(encoding="utf-8", newline="") as stream:
        return [
            Reading(
                row["set"], row["file"], row["indicator"], row["value"], row["quote"],
                tuple(row["reasons"].split()), Level[row["level"].upper()],
            )
            for row in csv.DictReader(stream)
        ]  # fmt: skip


def record(group: str) -> None:
    """Add the readings of a new set. Ends the program where the set was recorded before."""
    from pipeline.evaluate.sources import read_gold
    from pipeline.process import process_file
    from pipeline.store.objects import object_of
    from pipeline.store.versions import versions_of

    known = recorded() if RECORD.exists() else []
    if any(reading.group == group for reading in known):
        sys.exit(f"{group} is recorded already: by now the rules may have been written with it in view")
    rulebook, golds = load(), read_gold(UNSEEN / group / "gold")
    files = (UNSEEN / group / "documents" / gold["file"] for gold in golds)
    documents = [object_of(process_file(file, rulebook), versions_of(rulebook))[0] for file in files]
    known += readings(group, golds, documents)
    with RECORD.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(
            (r.group, r.file, r.indicator, r.value, r.quote, " ".join(r.reasons), r.level.name.lower()) for r in known
        )


def weights_of(known: Sequence[Reading], stored: Confidence, half_right: float) -> dict[str, float]:
    """The weights of every reason that the table names, that is met, or that is a doubt."""
    return fit(known, half_right, {*stored.weights, *DOUBTS})


def table_text(stored: Confidence, half_right: float, weights: dict[str, float]) -> str:
    """The rule file."""
    worst = sorted((weight, name) for name, weight in weights.items() if name != BASE)
    return "\n".join(
        [
            "# What each reason against a reading is worth: confidence is `every_reading` times the weight of each",
            "# reason it has. Fitted by `make calibrate` (benchmarks/fit_confidence.py) to",
            "# benchmarks/unseen/first_contact.csv; a test fails where a weight was set by hand. `bar` and",
            "# `broad_measures` are choices and stay as they are.",
            "",
            "# A row below this has the flag low_confidence.",
            f"bar: {stored.bar}",
            "",
            "# How much of a failure a right figure with a wrong subject or period is.",
            f"half_right: {half_right}",
            "",
            "# Measures whose words (tiếp nhận, giải quyết, quá hạn, giảm, giao) serve more special measures too.",
            f"broad_measures: [{', '.join(sorted(stored.broad))}]",
            "",
            "weights:",
            f"  {BASE}: {weights[BASE]}",
            *(f"  {name}: {weight}" for weight, name in worst),
            "",
        ]
    )


def page_lines(known: Sequence[Reading], sure: Sequence[float], bar: float, found: Sequence[Bin]) -> Iterator[str]:
    """The part of docs/confidence.md that holds figures."""
    documents = len({(reading.group, reading.file) for reading in known})
    yield f"{len(known)} readings of {documents} documents, each judged by a table fitted to the other documents:"
    yield ""
    yield "| confidence | readings | mean confidence | figure right | all right |"
    yield "|---|---:|---:|---:|---:|"
    for one in found:
        yield f"| {one.low:g} – {one.high:g} | {one.count} | {one.mean:.3f} | {one.typed:.3f} | {one.full:.3f} |"
    yield ""
    yield f"Of the rows at or above the bar of {bar}:"
    yield ""
    yield "| fitted to | judged on | rows at or above | share of all rows | figure right | all right |"
    yield "|---|---|---:|---:|---:|---:|"
    yield _kept_line("the other documents", "all", kept(known, sure, bar))
    groups = list(dict.fromkeys(reading.group for reading in known))
    for group in groups:
        own = [(reading, one) for reading, one in zip(known, sure, strict=True) if reading.group == group]
        yield _kept_line("the other documents", f"set {group}", kept([r for r, _ in own], [one for _, one in own], bar))


def _kept_line(fitted: str, judged: str, what: Kept) -> str:
    share = what.kept / what.all
    return f"| {fitted} | {judged} | {what.kept} | {share:.3f} | {what.typed:.3f} | {what.full:.3f} |"


def picture(found: Sequence[Bin]) -> str:
    """A reliability plot: confidence across, the share that holds upward, larger dots for more readings."""
    low, side, edge = 0.4, 360.0, 50.0

    def at(value: float) -> float:
        return side * (max(low, value) - low) / (1 - low)

    def dot(x: float, y: float, count: int, colour: str) -> str:
        return (
            f'<circle cx="{edge + at(x):.1f}" cy="{edge + side - at(y):.1f}" r="{2 + count**0.5 / 2:.1f}" '
            f'fill="{colour}" fill-opacity="0.75"/>'
        )

    ticks = [low + n / 10 for n in range(7)]
    total = side + 2 * edge
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total:g} {total:g}" '
        'font-family="sans-serif" font-size="12">',
        "<title>Confidence and the share of readings that hold</title>",
        f'<rect width="{total:g}" height="{total:g}" fill="#fff"/>',
    ]
    for tick in ticks:
        x, y = edge + at(tick), edge + side - at(tick)
        lines += [
            f'<path d="M{x:.1f} {edge:g}V{edge + side:g}M{edge:g} {y:.1f}H{edge + side:g}" stroke="#ddd"/>',
            f'<text x="{x:.1f}" y="{edge + side + 16:g}" text-anchor="middle">{tick:.1f}</text>',
            f'<text x="{edge - 6:g}" y="{y + 4:.1f}" text-anchor="end">{tick:.1f}</text>',
        ]
    lines += [f'<path d="M{edge:g} {edge + side:g}L{edge + side:g} {edge:g}" stroke="#888" stroke-dasharray="5 4"/>']
    lines += [dot(one.mean, one.full, one.count, "#b45309") for one in found]
    lines += [dot(one.mean, one.typed, one.count, "#1d4ed8") for one in found]
    lines += [
        f'<text x="{edge + side / 2:g}" y="{total - 12:g}" text-anchor="middle">confidence</text>',
        f'<text x="14" y="{edge + side / 2:g}" transform="rotate(-90 14 {edge + side / 2:g})" '
        'text-anchor="middle">share that holds</text>',
        f'<circle cx="{edge + 10:g}" cy="22" r="5" fill="#1d4ed8"/><text x="{edge + 20:g}" y="26">figure right</text>',
        f'<circle cx="{edge + 120:g}" cy="22" r="5" fill="#b45309"/>'
        f'<text x="{edge + 130:g}" y="26">subject and period right too</text>',
        "</svg>",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--record", metavar="SET", help="note the readings of benchmarks/unseen/SET, once")
    if group := options.parse_args().record:
        record(group)
        return
    known, stored = recorded(), load_confidence(TABLE)
    for half_right in HALF_RIGHT:
        sure = crossed(known, half_right)
        result = kept(known, sure, stored.bar)
        print(f"half right {half_right:.2f}: {result.kept} of {result.all} kept, {result.typed:.4f} of them right")
        if result.typed >= WANTED:
            break
    else:
        sys.exit(f"no table keeps {WANTED:.0%} of the rows above {stored.bar} right")
    TABLE.write_text(table_text(stored, half_right, weights_of(known, stored, half_right)), encoding="utf-8")
    found = list(bins(known, sure, EDGES))
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    tail = rest.partition(END)[2]
    body = "\n".join(page_lines(known, sure, stored.bar, found))
    PAGE.write_text(f"{head}{BEGIN}\n{body}\n{END}{tail}", encoding="utf-8")
    PICTURE.write_text(picture(found), encoding="utf-8")


if __name__ == "__main__":
    main()
