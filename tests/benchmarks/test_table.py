"""Figures keep their limits or do not, and the file says so."""

import json

import pytest
from rich.console import Console

from benchmarks import table
from benchmarks.table import Row


class TestRow:
    @pytest.mark.parametrize(
        ("row", "ok"),
        [
            (Row("at the limit", 10, "ms CPU", limit=10), True),
            (Row("above it", 10.1, "ms CPU", limit=10), False),
            (Row("good enough", 0.99, "share", limit=0.99, at_least=True), True),
            (Row("not enough", 0.98, "share", limit=0.99, at_least=True), False),
            (Row("not judged", 99, "ms CPU"), True),
            (Row("judged by its ratio", 30, "ms CPU", floor=20, limit=1.5), True),
            (Row("too far above its floor", 31, "ms CPU", floor=20, limit=1.5), False),
            (Row("over no floor at all", 31, "ms CPU", floor=0, limit=1.5), False),
            (Row("not a number", float("nan"), "ms CPU", limit=10), False),
        ],
        ids=lambda each: each.name if isinstance(each, Row) else "",
    )
    def test_keeps_its_limit_or_not(self, row, ok):
        assert row.ok is ok


class TestWrite:
    def test_writes_these_keys_and_no_others(self, tmp_path):
        path = tmp_path / "build" / "bench.json"

        table.write([Row("gap chart", 9.0, "ms CPU", floor=6.0, limit=2.0), Row("a", 1, "b")], path)

        assert json.loads(path.read_text(encoding="utf-8")) == [
            {
                "name": "gap chart",
                "value": 9.0,
                "unit": "ms CPU",
                "floor": 6.0,
                "ratio": 1.5,
                "limit": 2.0,
                "ok": True,
            },
            {
                "name": "a",
                "value": 1,
                "unit": "b",
                "floor": None,
                "ratio": None,
                "limit": None,
                "ok": True,
            },
        ]


class TestShow:
    def test_marks_what_misses_its_limit(self, capsys):
        table.show([Row("slow", 20, "ms CPU", limit=10)], Console(width=100))

        line = next(line for line in capsys.readouterr().out.splitlines() if "slow" in line)
        assert "20" in line
        assert "≤ 10" in line
        assert "NO" in line
