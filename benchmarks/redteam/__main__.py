"""All attacks: ``make redteam``. Writes build/redteam.json; ends with 1 if one succeeds."""

from __future__ import annotations

import os
import sys

# Two processes on two cores; numpy asks for its threads when it is loaded.
os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

from pathlib import Path

from benchmarks.redteam import report, run

FILE = Path("build/redteam.json")

if __name__ == "__main__":
    result = run.play_all()
    report.write(result, FILE)
    print(report.summary(result))
    sys.exit(not result.is_passed)
