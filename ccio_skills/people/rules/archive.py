"""How everything about a person is packed and unpacked. Pure: values in, bytes out, and back."""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

FORMAT = "ccio-skills-export"
FORMAT_VERSION = 1
# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

LARGEST_ZIP = 5 * 2**20
_LARGEST = 20 * 2**20
"""Bytes of everything.json. Ten years of ratings with long evidence are about 4 MB."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What we write. Other methods can ask for any amount of memory."""

Tables = Mapping[str, Sequence[Mapping[str, Any]]]


class ArchiveError(ValueError):
    """A file is no export, or not one that can be brought in; nothing of it may be used."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What an export holds, as it was written: nothing in it has been checked yet."""

    exported_at: datetime
    tables: Tables


def archive(tables: Tables, *, account: Tables | None = None, at: datetime) -> bytes:
    """Pack everything that is kept about a person into a zip.

    Args:
        tables: Table name to rows; values are text, numbers, booleans or ``None``. These can be
            brought in again.
        account: The same of their account, roles and record on a shared installation; for reading.
        at: Moment of the export, aware.

    Returns:
        A zip with ``everything.json`` and one CSV for each table that has rows.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        whole: dict[str, Any] = {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "exported_at": at.isoformat(),
        }
        if account and any(account.values()):
            whole |= {"account": account}
        text = json.dumps(whole | {"tables": tables}, indent=2, ensure_ascii=False)
        files.writestr("everything.json", text)
        for name, rows in (*tables.items(), *(account or {}).items()):
            if rows:
                files.writestr(f"{name}.csv", as_csv(list(rows[0]), (r.values() for r in rows)))
    return packed.getvalue()


def unpack(packed: bytes) -> Unpacked:
    """Read what :func:`archive` wrote.

    Raises:
        ArchiveError: It is something else, is damaged, or was written by a newer version.
    """
    if len(packed) > LARGEST_ZIP:
        # A list of a million names fits into a large zip, and is read before anything else.
        raise ArchiveError("This file is larger than any export.")
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as files:
            entry = files.getinfo("everything.json")
            if entry.file_size > _LARGEST:
                raise ArchiveError("everything.json is larger than any export.")
            if entry.compress_type not in _METHODS:
                raise ArchiveError("everything.json is packed in a way no export is.")
            whole = json.loads(files.read(entry))
        if whole["format"] != FORMAT:
            raise ArchiveError("This is no export of CCIO Skills.")
        if whole["version"] != FORMAT_VERSION:
            raise ArchiveError("A newer version of CCIO Skills wrote this: install that version.")
        tables = {name: tuple(map(dict, rows)) for name, rows in whole["tables"].items()}
        return Unpacked(datetime.fromisoformat(whole["exported_at"]), tables)
    except ArchiveError:
        raise
    except (zipfile.BadZipFile, RuntimeError, zlib.error, struct.error, EOFError) as error:
        raise ArchiveError("This is no zip file, or a part of it is missing.") from error
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise ArchiveError("This zip holds no export of CCIO Skills.") from error


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
