"""How everything about a person is packed. Pure: values in, bytes out."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

FORMAT = "ccio-skills-export"
FORMAT_VERSION = 1
# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Tables = Mapping[str, Sequence[Mapping[str, Any]]]


def archive(tables: Tables, *, at: datetime) -> bytes:
    """Pack everything that is kept about a person into a zip.

    Args:
        tables: Table name to rows; values are text, numbers, booleans or ``None``.
        at: Moment of the export, aware.

    Returns:
        A zip with ``everything.json`` and one CSV for each table that has rows.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        whole = {"format": FORMAT, "version": FORMAT_VERSION, "exported_at": at.isoformat()}
        text = json.dumps(whole | {"tables": tables}, indent=2, ensure_ascii=False)
        files.writestr("everything.json", text)
        for name, rows in tables.items():
            if rows:
                files.writestr(f"{name}.csv", as_csv(list(rows[0]), (r.values() for r in rows)))
    return packed.getvalue()


def as_csv(columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> str:
    """Write CSV that is safe to open in a spreadsheet: no cell can start a formula."""
    out = io.StringIO()
    # With \r\n as the end of a row, a lone \r in a cell is quoted and starts no row.
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_safe(value) for value in row])
    return out.getvalue()


def _safe(value: Any) -> Any:  # noqa: ANN401 - whatever a cell holds
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
