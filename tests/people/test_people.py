"""Who somebody is, everything kept about them, and how it goes without a trace."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlmodel import Session

from ccio_skills import schema, store
from ccio_skills.people import commands, queries, rules
from tests.cast import live
from tests.conftest import NOW

SIGNS = ("=", "+", "-", "@", "\t", "\r")
pytestmark = pytest.mark.both_databases


def count_rows(db, person):
    """Rows of a person in each table, counted in the tables themselves."""
    return {
        name: db.execute(
            select(func.count()).select_from(table).where(table.c.person_id == person.id)
        ).scalar_one()
        for name, table in personal().items()
    }


def personal():
    """The tables of a person's own answers, by name."""
    return {one.name: one for one in queries.personal_tables()}


def test_every_table_says_whom_its_rows_concern():
    """Otherwise a row could be neither exported nor deleted."""
    tables = schema.metadata.tables.values()

    assert tables
    assert [one.name for one in tables if "people" not in one.info] == []
    for one in queries.personal_tables():
        assert not one.c.person_id.nullable
    for one in tables:
        assert {column in one.c for column in one.info["people"]} <= {True}, one.name


class TestSettle:
    def test_before_the_first_visit_nothing_is_known(self, db, learner):
        assert queries.settings(db, learner.id) is None

    def test_keeps_role_and_minutes(self, db, learner):
        commands.settle(db, learner.id, profile="cnio", minutes_a_week=90, at=NOW)

        assert queries.settings(db, learner.id) == queries.Settings("cnio", 90)

    def test_a_second_time_replaces_them_and_keeps_the_first_day(self, db, learner):
        commands.settle(db, learner.id, profile="cnio", minutes_a_week=90, at=NOW)
        commands.settle(
            db, learner.id, profile="new-ccio", minutes_a_week=30, at=NOW + timedelta(days=9)
        )

        [row] = queries.everything(db, learner.id)["people_person"]
        assert (row["profile"], row["minutes_a_week"]) == ("new-ccio", 30)
        assert row["created_at"] == NOW.isoformat()

    def test_tells_nothing_to_a_stranger(self, db, learner, stranger):
        commands.settle(db, learner.id, profile="cnio", minutes_a_week=90, at=NOW)

        assert queries.settings(db, stranger.id) is None

    @pytest.mark.parametrize("minutes", [5, 2400])
    def test_takes_five_minutes_to_forty_hours(self, db, learner, minutes):
        commands.settle(db, learner.id, profile="cnio", minutes_a_week=minutes, at=NOW)

        assert queries.settings(db, learner.id).minutes_a_week == minutes

    @pytest.mark.parametrize("minutes", [4, 0, -60, 2401])
    def test_refuses_a_week_that_nobody_has(self, db, learner, minutes):
        with pytest.raises(commands.MinutesError, match=str(minutes)):
            commands.settle(db, learner.id, profile="cnio", minutes_a_week=minutes, at=NOW)

        assert queries.settings(db, learner.id) is None


class TestEverything:
    def test_a_life_leaves_something_in_every_table(self, db, learner, shipped):
        """If this fails, a table is new: let ``live`` write to it, and the tests below see it."""
        live(db, learner, shipped)

        assert [name for name, count in count_rows(db, learner).items() if not count] == []

    def test_holds_every_row_of_every_table_and_nobody_elses(self, db, learner, stranger, shipped):
        live(db, learner, shipped)
        live(db, stranger, shipped)

        kept = queries.everything(db, learner.id)

        assert {name: len(rows) for name, rows in kept.items()} == count_rows(db, learner)
        assert {row["person_id"] for rows in kept.values() for row in rows} == {learner.id}

    def test_of_somebody_unknown_is_empty_for_every_table(self, db, stranger):
        assert queries.everything(db, stranger.id) == {name: [] for name in personal()}

    def test_can_be_written_as_json(self, db, learner, shipped):
        live(db, learner, shipped)
        kept = queries.everything(db, learner.id)

        assert json.loads(json.dumps(kept)) == kept
        assert kept["assess_rating"][0]["rated_at"] == "2026-11-22T09:00:00+00:00"


class TestErase:
    def test_leaves_nothing_in_any_table(self, db, learner, shipped):
        live(db, learner, shipped)
        kept = sum(count_rows(db, learner).values())

        gone = commands.erase(db, learner.id, at=NOW)

        assert set(count_rows(db, learner).values()) == {0}
        assert gone == kept
        assert queries.settings(db, learner.id) is None

    def test_touches_nothing_of_a_strangers(self, db, learner, stranger, shipped):
        live(db, learner, shipped)
        live(db, stranger, shipped)
        before = queries.everything(db, stranger.id)

        commands.erase(db, learner.id, at=NOW)

        assert queries.everything(db, stranger.id) == before
        assert set(count_rows(db, learner).values()) == {0}

    def test_of_nothing_erases_nothing(self, db, learner):
        assert commands.erase(db, learner.id, at=NOW) == 0

    def test_a_new_life_may_begin(self, db, learner, shipped):
        live(db, learner, shipped)
        first = count_rows(db, learner)
        commands.erase(db, learner.id, at=NOW)

        live(db, learner, shipped)

        assert count_rows(db, learner) == first

    def test_is_kept_in_the_file(self, tmp_path, learner, shipped):
        address = f"sqlite:///{tmp_path}/mine.db"
        with self.open(address) as db:
            live(db, learner, shipped)
            commands.erase(db, learner.id, at=NOW)

        with self.open(address) as db:
            assert set(count_rows(db, learner).values()) == {0}

    def test_leaves_no_words_in_any_file_while_the_app_runs(self, tmp_path, learner, shipped):
        words = "Ward 7, what I told nobody."
        with self.open(f"sqlite:///{tmp_path}/mine.db") as db:
            live(db, learner, shipped, words=words)
            assert self.files_with(words, tmp_path)

            commands.erase(db, learner.id, at=NOW)

            assert self.files_with(words, tmp_path) == []

    def test_leaves_no_words_in_any_file_once_the_app_is_closed(self, tmp_path, learner, shipped):
        words = "Ward 7, what I told nobody."
        with self.open(f"sqlite:///{tmp_path}/mine.db") as db:
            live(db, learner, shipped, words=words)
            commands.erase(db, learner.id, at=NOW)
            db.get_bind().dispose()

        assert self.files_with(words, tmp_path) == []

    def test_asks_sqlite_itself_to_overwrite_what_is_erased(self, tmp_path):
        with self.open(f"sqlite:///{tmp_path}/mine.db") as db:
            asked = [one for one in store._engine._PRAGMAS if "secure_delete" in one]

            assert asked
            assert db.execute(text("PRAGMA secure_delete")).scalar_one() == 1

    def open(self, address):
        engine = store.open_engine(address)
        schema.metadata.create_all(engine)
        return Session(engine)

    def files_with(self, words, folder):
        return [one.name for one in folder.iterdir() if words.encode() in one.read_bytes()]


class TestArchive:
    @pytest.fixture
    def files(self, db, learner, shipped):
        """The files of an export, by name."""
        live(db, learner, shipped, words="=cmd|' /C calc'!A0\nsecond line, “quoted”")
        packed = rules.archive(queries.everything(db, learner.id), at=NOW)
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            assert archive.testzip() is None
            return {name: archive.read(name).decode() for name in archive.namelist()}

    def test_holds_everything_as_json(self, files, db, learner):
        whole = json.loads(files["everything.json"])

        assert whole["tables"] == queries.everything(db, learner.id)
        assert (whole["format"], whole["version"]) == ("ccio-skills-export", 1)
        assert whole["exported_at"] == NOW.isoformat()

    def test_holds_a_csv_for_each_table_with_the_same_rows(self, files, db, learner):
        kept = queries.everything(db, learner.id)

        assert set(files) == {"everything.json", *(f"{name}.csv" for name in kept)}
        for name, rows in kept.items():
            table = list(csv.DictReader(io.StringIO(files[f"{name}.csv"], newline="")))
            assert len(table) == len(rows)
            assert list(table[0]) == list(rows[0])

    def test_no_cell_of_its_csv_starts_a_formula(self, files):
        tables = [text for name, text in files.items() if name.endswith(".csv")]
        cells = [
            cell
            for table in tables
            for row in csv.reader(io.StringIO(table, newline=""))
            for cell in row
        ]

        assert [cell for cell in cells if cell.startswith(SIGNS)] == []
        assert any(cell.startswith("'=cmd") for cell in cells)

    def test_of_nothing_is_still_a_zip(self):
        packed = rules.archive({"assess_rating": []}, at=NOW)

        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            assert archive.namelist() == ["everything.json"]
            assert json.loads(archive.read("everything.json"))["tables"] == {"assess_rating": []}


class TestAsCsv:
    WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"))

    def read(self, text):
        return list(csv.reader(io.StringIO(text, newline="")))

    def test_matches_a_table_written_by_hand(self):
        written = rules.as_csv(["a", "b"], [["=1+1", 3], [None, -2], ['say "x", y', True]])

        assert written == 'a,b\r\n\'=1+1,3\r\n,-2\r\n"say ""x"", y",True\r\n'

    @given(rows=st.lists(st.tuples(WORDS, WORDS), max_size=5))
    @example(rows=[(f"{sign}1+1", f"a{sign}") for sign in "=+-@\t"])
    @settings(deadline=None)
    def test_keeps_every_word_and_starts_no_formula(self, rows):
        cells = self.read(rules.as_csv(["a", "b"], rows))[1:]

        for given_row, row in zip(rows, cells, strict=True):
            for words, cell in zip(given_row, row, strict=True):
                assert not cell.startswith(SIGNS)
                assert cell in (words, f"'{words}")

    def test_a_lone_carriage_return_starts_no_row(self):
        rows = self.read(rules.as_csv(["a"], [["seen\r=1+1"]]))

        assert rows == [["a"], ["seen\r=1+1"]]
