"""One document's facts laid out for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Group

_COMPARATORS = {"eq": "", "ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ "}


def value_text(row: dict[str, Any]) -> str:
    """A value as one reads it: "≥ 95 percent", "20/63 rank", "10–30 percent"."""
    text = _COMPARATORS.get(row["comparator"], "") + f"{row['value']:,}"
    if row["value_high"] is not None:
        text += f"–{row['value_high']:,}"
    if row["out_of"] is not None:
        text += f"/{row['out_of']:,}"
    return f"{text} {row['unit']}"


def facts_table(made: dict[str, Any]) -> Group:
    """The observations, references and dates of one object of `solieu extract`."""
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    document = made["document"]
    observations = Table(
        "measure",
        "value",
        "period",
        "subject",
        "status",
        "words",
        title="observations",
        box=box.SIMPLE,
        title_justify="left",
    )
    for row in made["observations"]:
        measure = row["indicator"] + (f" {row['index']}" if row["index"] else "")
        cells = (measure, value_text(row), row["time_period"], row["subject"], row["obs_status"], row["quote"])
        observations.add_row(*(Text(cell or "") for cell in cells))
    references = Table(
        "number", "role", "issuer", "issued on", title="references", box=box.SIMPLE, title_justify="left"
    )
    for row in made["references"]:
        references.add_row(*(Text(row[name] or "") for name in ("number", "role", "issuer", "issued_on")))
    dates = Table("from", "to", "role", "words", title="dates", box=box.SIMPLE, title_justify="left")
    for row in made["dates"]:
        dates.add_row(*(Text(row[name]) for name in ("start", "end", "role", "quote")))
    parts: list[Text | Table] = [Text(f"{document['path']} ({document['status']})", style="bold")]
    parts += [table for table in (observations, references, dates) if table.row_count]
    unexplained = [row["quote"] for row in made["numerals"] if row["class"] == "unexplained"]
    if unexplained:
        parts.append(Text(f"numerals without an explanation: {', '.join(unexplained)}", style="yellow"))
    parts += [Text(f"{row['severity']}: {row['message']}", style="yellow") for row in made["checks"]]
    parts += [Text(f"holds: {row['statement']}", style="green") for row in made["agreements"]]
    return Group(*parts)
