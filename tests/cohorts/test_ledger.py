"""The ledger cannot be changed unseen, and only what stands in it can be released."""

import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mypy import api

from ccio_skills.cohorts.rules import ledger, reading
from ccio_skills.cohorts.rules.ledger import AlteredError
from ccio_skills.cohorts.rules.reading import UnreadableError
from ccio_skills.cohorts.rules.released import Released
from tests.cohorts import made
from tests.conftest import ROOT

ROWS = made.closed([one % 5 for one in range(12)])
ROWS += made.closed([one % 5 for one in range(20)], head=made.header("spring"), after=ROWS[-1])
NUMBERS = st.integers(0, len(ROWS) - 1)


class TestVerify:
    def test_passes_what_was_written_and_returns_the_newest_row(self):
        assert [row.number for row in ROWS] == [1, 2, 3, 4]
        assert ledger.verify(ROWS) == ROWS[-1]

    def test_passes_an_empty_ledger(self):
        assert ledger.verify([]) is None

    @given(at=NUMBERS, detail=st.sampled_from(["payload", "previous", "hash"]))
    def test_names_the_row_that_was_altered(self, at, detail):
        rows = list(ROWS)
        rows[at] = dataclasses.replace(rows[at], **{detail: "0" * 63 + "1"})

        with pytest.raises(AlteredError, match=f"Row {at + 1} of the ledger") as caught:
            ledger.verify(rows)
        assert caught.value.number == at + 1

    @given(at=NUMBERS)
    def test_names_the_row_after_one_that_was_written_anew(self, at):
        """Whoever gives an altered row a fitting hash breaks the row behind it."""
        rows = list(ROWS)
        before = rows[at - 1] if at else None
        [rows[at]] = ledger.append([{"form": 1, "kind": "made up"}], after=before)

        if at + 1 < len(rows):
            with pytest.raises(AlteredError, match=f"Row {at + 2} of the ledger does not follow"):
                ledger.verify(rows)
        else:
            assert ledger.verify(rows) != ROWS[-1]

    @given(at=st.integers(0, len(ROWS) - 2))
    def test_names_a_row_that_is_missing(self, at):
        with pytest.raises(AlteredError, match=f"Row {at + 1} of the ledger is missing"):
            ledger.verify(ROWS[:at] + ROWS[at + 1 :])

    def test_replaying_the_payloads_gives_the_same_ledger(self):
        assert ledger.append([json.loads(row.payload) for row in ROWS], after=None) == ROWS


class TestWhatARowSays:
    def test_names_nobody(self):
        answers = {4711 + one: [one % 5] for one in range(12)}

        text = "".join(row.payload for row in made.closed(answers))

        assert "47" not in text

    def test_is_as_long_as_what_was_published(self):
        [_, block] = made.closed([one % 5 for one in range(12)])

        assert json.loads(block.payload) == {
            "form": 1,
            "kind": "block",
            "collection": "autumn",
            "people": 12,
            "reviewers": 0,
            "cohorts": ["all"],
            "groups": [],
            "coded": [{"counts": [3, 3, 2, 2, 2], "not_answered": 0}],
        }


class TestReadCollection:
    def test_gives_back_what_was_sealed(self):
        collection = reading.read_collection(ROWS[:2]).value

        assert collection.header == made.header()
        assert [(one.people, one.entry) for one in collection.leaves] == [(12, 2)]
        assert (collection.entry, collection.hash) == (1, ROWS[1].hash)

    @settings(max_examples=30)
    @given(codes=st.lists(st.integers(-1, 4), min_size=7, max_size=20))
    def test_gives_back_every_kind_of_histogram(self, codes):
        blocks = made.decide(made.contributors(range(len(codes)))).blocks

        [leaf] = made.released(codes).value.leaves

        assert (leaf.coded,) == made.code(blocks, {n: [one] for n, one in enumerate(codes)})

    def test_refuses_a_row_that_was_altered(self):
        altered = dataclasses.replace(ROWS[1], payload=ROWS[1].payload.replace("3,3", "3,9"))

        with pytest.raises(AlteredError, match="Row 2 of the ledger is not what was written"):
            reading.read_collection([ROWS[0], altered])

    @pytest.mark.parametrize("rows", [[], ROWS[1:2], ROWS[:2] + ROWS[3:], ROWS[:3]])
    def test_refuses_rows_that_are_no_collection(self, rows):
        with pytest.raises(UnreadableError):
            reading.read_collection(rows)

    def test_refuses_the_form_of_a_newer_version(self):
        newer = ledger.append([json.loads(ROWS[0].payload) | {"form": 2}], after=None)

        with pytest.raises(UnreadableError, match="this version"):
            reading.read_collection(newer)


class TestReleased:
    def test_is_made_by_the_engine_alone(self):
        with pytest.raises(TypeError, match="Only the engine"):
            Released({"3 Practising": 7}, object())

    def test_nothing_else_passes_the_type_checker(self, tmp_path):
        """What draws and writes accepts a released chart, and mypy refuses all other figures."""
        attempts = (
            "as_csv(chart.value)",
            "as_csv({'3 Practising': 7})",
            "as_csv(pd.DataFrame())",
            "table(whole)",
            "report(Released(chart.value))",
            "Released(chart.value, 'seal')",
        )
        lines = [
            "import pandas as pd",
            "from ccio_skills.cohorts.rules.cohort_chart import CohortChart, cohort_chart",
            "from ccio_skills.cohorts.rules.collection import Collection",
            "from ccio_skills.cohorts.rules.export import as_csv, table",
            "from ccio_skills.cohorts.rules.released import Released",
            "from ccio_skills.cohorts.rules.report import report",
            "def draw(chart: Released[CohortChart], whole: Released[Collection]) -> None:",
            "    as_csv(chart), table(chart), report(chart)",
            "    cohort_chart(whole, 'all')",
            *(f"    {one}" for one in attempts),
        ]
        snippet = tmp_path / "attempts.py"
        snippet.write_text("\n".join(lines), encoding="utf-8")

        said, _, _ = api.run(
            [str(snippet), "--config-file", str(ROOT / "pyproject.toml"), "--no-error-summary"]
        )

        refused = [int(line.split(":")[1]) for line in said.splitlines() if ": error:" in line]
        first = len(lines) - len(attempts) + 1
        assert sorted(set(refused)) == [*range(first, len(lines) + 1)], said
