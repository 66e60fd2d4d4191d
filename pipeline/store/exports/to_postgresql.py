"""PostgreSQL: tables with keys and comments in a schema of their own, brought in step in one transaction.

The same dataset sent twice changes nothing. For the documents that the dataset holds, rows that it no longer
has are removed; documents of other datasets stay. Series belong to a dataset as a whole and are replaced.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, LiteralString

from pipeline.store.exports.job import PUBLISHED, ExportError, Job
from pipeline.store.plain import lists
from pipeline.store.schema import Column, Kind, Row, Table
from pipeline.store.tables import DOCUMENTS, OBSERVATIONS, SCHEMA_VERSION, SERIES

if TYPE_CHECKING:
    import psycopg
    from psycopg import sql

SCHEMA = "solieu"
TYPES: dict[Kind, LiteralString] = {
    Kind.TEXT: "text",
    Kind.INTEGER: "bigint",
    Kind.DECIMAL: "numeric(38, 9)",
    Kind.FLOAT: "double precision",
    Kind.DATE: "date",
    Kind.TEXTS: "text[]",
    Kind.BOXES: "jsonb",
}
_COPIED = {Kind.DECIMAL: "numeric", Kind.INTEGER: "int8", Kind.FLOAT: "float8"}
_LINKED = {DOCUMENTS.name, OBSERVATIONS.name}
"""Tables that others point to; code lists are not among them, as other datasets may know other codes."""
_ORDER = sorted(PUBLISHED, key=lambda table: (table is not DOCUMENTS, table is not OBSERVATIONS))
"""What is pointed to comes first."""


def export(job: Job) -> list[str]:
    """Write to the database at `job.address`. Raises ExportError where that cannot be done."""
    try:
        import psycopg
    except ImportError as problem:
        raise ExportError("the package psycopg is not installed", "pip install 'solieu[postgres]'") from problem
    try:
        with psycopg.connect(job.address, connect_timeout=10) as connection:
            return _Database(connection).bring_in_step(job)
    except psycopg.Error as problem:
        message = str(problem).strip().splitlines()[0] if str(problem).strip() else type(problem).__name__
        raise ExportError(f"PostgreSQL: {message}", "Check the address, the rights and the server.") from problem


class _Database:
    """One connection, in one transaction: all or nothing."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._cursor = connection.cursor()

    def bring_in_step(self, job: Job) -> list[str]:
        self._run("CREATE SCHEMA IF NOT EXISTS {}", SCHEMA)
        self._comment("SCHEMA {}", (SCHEMA,), f"solieu, schema version {SCHEMA_VERSION}")
        told = []
        for table in _ORDER:
            self._create(table)
            self._fill_new(table, job)
        for table in _ORDER:
            changed, removed = self._upsert(table), self._remove(table)
            told.append(f"{table.name}: {changed:,} rows new or changed, {removed:,} removed")
        return told

    def _create(self, table: Table) -> None:
        from psycopg import sql

        self._run("SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s "
                  "ORDER BY ordinal_position", values=(SCHEMA, table.name))  # fmt: skip
        found = tuple(name for (name,) in self._cursor.fetchall())
        if found and found != table.names:
            raise ExportError(
                f"the table {SCHEMA}.{table.name} in the database has the columns of another version",
                f"Drop the schema {SCHEMA} there (DROP SCHEMA {SCHEMA} CASCADE) and export again.",
            )
        if found:
            return
        parts = [
            *(self._declaration(column) for column in table.columns),
            sql.SQL("PRIMARY KEY ({})").format(_names(table.key)),
            *self._links(table),
        ]
        self._run("CREATE TABLE {} ({})", (SCHEMA, table.name), sql.SQL(", ").join(parts))
        self._comment("TABLE {}", (SCHEMA, table.name), _about(table.vi, table.vi_description, table.description))
        for column in table.columns:
            about = _about(column.vi, column.vi_description, column.description)
            self._comment("COLUMN {}", (SCHEMA, table.name, column.name), about)

    def _declaration(self, column: Column) -> sql.Composable:
        from psycopg import sql

        parts: list[sql.Composable] = [sql.Identifier(column.name), sql.SQL(TYPES[column.kind])]
        if not column.nullable:
            parts.append(sql.SQL("NOT NULL"))
        if column.codes is not None and not column.codes.open:
            codes = sql.SQL(", ").join(map(sql.Literal, column.codes.values))
            parts.append(sql.SQL("CHECK ({} IN ({}))").format(sql.Identifier(column.name), codes))
        return sql.SQL(" ").join(parts)

    def _links(self, table: Table) -> Iterable[sql.Composable]:
        from psycopg import sql

        for link in table.links:
            if link.table in _LINKED:
                yield sql.SQL("FOREIGN KEY ({}) REFERENCES {} ({}) DEFERRABLE INITIALLY DEFERRED").format(
                    _names(link.columns), sql.Identifier(SCHEMA, link.table), _names(link.target)
                )

    def _fill_new(self, table: Table, job: Job) -> None:
        """Bring the rows of the dataset into a table that lasts as long as the transaction."""
        from psycopg import sql

        self._run("CREATE TEMPORARY TABLE {} (LIKE {}) ON COMMIT DROP", _new(table), (SCHEMA, table.name))
        statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(_new(table)))
        with self._cursor.copy(statement) as copy:
            copy.set_types([_COPIED.get(column.kind, TYPES[column.kind]) for column in table.columns])
            for rows in job.rows(table):
                for row in rows:
                    copy.write_row(_cells(table, row))
        self._run("ANALYZE {}", _new(table))

    def _upsert(self, table: Table) -> int:
        from psycopg import sql

        others = [name for name in table.names if name not in table.key]
        assigned = sql.SQL(", ").join(sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name in others)
        present = sql.SQL(", ").join(sql.SQL("t.{}").format(sql.Identifier(name)) for name in others)
        coming = sql.SQL(", ").join(sql.SQL("EXCLUDED.{}").format(sql.Identifier(name)) for name in others)
        self._run(
            "INSERT INTO {} AS t SELECT * FROM {} ON CONFLICT ({}) DO UPDATE SET {} "
            "WHERE ROW({}) IS DISTINCT FROM ROW({})",
            (SCHEMA, table.name), _new(table), _names(table.key), assigned, present, coming,
        )  # fmt: skip
        return self._cursor.rowcount

    def _remove(self, table: Table) -> int:
        """Rows that the dataset no longer has: of its own documents, and all of series."""
        from psycopg import sql

        if table is DOCUMENTS or (table is not SERIES and DOCUMENTS.name not in {link.table for link in table.links}):
            return 0
        same = sql.SQL(" AND ").join(sql.SQL("n.{0} = t.{0}").format(sql.Identifier(name)) for name in table.key)
        own: sql.Composable = sql.SQL("TRUE")
        if table is not SERIES:
            own = sql.SQL("t.doc_id IN (SELECT doc_id FROM {})").format(sql.Identifier(_new(DOCUMENTS)))
        self._run(
            "DELETE FROM {} t WHERE {} AND NOT EXISTS (SELECT FROM {} n WHERE {})",
            (SCHEMA, table.name), own, _new(table), same,
        )  # fmt: skip
        return self._cursor.rowcount

    def _comment(self, what: LiteralString, name: tuple[str, ...], text: str) -> None:
        from psycopg import sql

        self._run("COMMENT ON " + what + " IS {}", name, sql.Literal(text))

    def _run(self, text: LiteralString, *parts: Any, values: tuple[str, ...] | None = None) -> None:
        """Execute a statement; texts and tuples of them are names, the rest is SQL already."""
        from psycopg import sql

        named = [
            sql.Identifier(*part)
            if isinstance(part, tuple)
            else sql.Identifier(part)
            if isinstance(part, str)
            else part
            for part in parts
        ]
        self._cursor.execute(sql.SQL(text).format(*named), values)


def _names(names: Iterable[str]) -> sql.Composable:
    from psycopg import sql

    return sql.SQL(", ").join(map(sql.Identifier, names))


def _new(table: Table) -> str:
    return f"new_{table.name}"


def _about(title: str, vi: str, en: str) -> str:
    return f"{title}. {vi} — {en}"


def _cells(table: Table, row: Row) -> list[Any]:
    """The cells of a row as PostgreSQL takes them; it has no character U+0000, which becomes U+FFFD."""
    return [_cell(column.kind, row[column.name]) for column in table.columns]


def _cell(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    if kind is Kind.TEXT:
        return value.replace("\x00", "\ufffd")
    if kind is Kind.TEXTS:
        return [item.replace("\x00", "\ufffd") for item in value]
    return lists(value) if kind is Kind.BOXES else value
