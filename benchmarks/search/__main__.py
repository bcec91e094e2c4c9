"""Print both shares of both halves, and the misses of the half for tuning alone."""

from __future__ import annotations

import sys

from rich.console import Console

from benchmarks import search, table

tuning, held_out = search.answer()
for question, found in tuning.misses:
    wanted, shown = " or ".join(question.modules), ", ".join(found) or "nothing"
    Console().print(f"{wanted}, found {shown}: {question.ask}", markup=False, highlight=False)
measured = list(search.make_rows(tuning, held_out))
table.show(measured)
sys.exit(not all(row.ok for row in measured))
