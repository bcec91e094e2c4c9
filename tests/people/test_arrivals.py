"""An export comes back whole, is shown first, and doubles nothing."""

import io
import json
import zipfile
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccio_skills import demo
from ccio_skills.assess import commands as assess
from ccio_skills.assess import queries as assess_queries
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn import commands as learn
from ccio_skills.learn import queries as learn_queries
from ccio_skills.people import commands, queries, rules
from ccio_skills.people.queries import News
from ccio_skills.vocabulary import Level
from tests.conftest import NOW

pytestmark = pytest.mark.both_databases
PATH = "aspiring-ccio-foundations"
MODULE, OTHER = "what-a-ccio-is-and-does", "time-authority-and-support"
DAY = timedelta(days=1)


def export(db, person):
    return rules.unpack(rules.archive(queries.everything(db, person.id), at=NOW))


def content(db, person):
    """Everything about a person, without the numbers that rows happen to have."""
    kept = queries.everything(db, person.id)
    started = {row["id"]: row["started_at"] for row in kept["assess_sitting"]}
    for rows in kept.values():
        for row in rows:
            row.pop("id", None)
            row.pop("person_id")
            if "sitting_id" in row:
                row["sitting_id"] = started[row["sitting_id"]]
    return {name: sorted(rows, key=repr) for name, rows in kept.items()}


def news(db, person, unpacked):
    return Counter(one.news for one in queries.compare(db, person.id, unpacked))


@pytest.fixture
def filled(db, learner, shipped):
    """The export of two years of the made-up person, and of a path, a pin and things at work."""
    demo.fill(db, learner.id, library=shipped, now=NOW)
    learn.decide(db, learner.id, OTHER, "pinned", at=NOW)
    learn.do_action(db, learner.id, "change-management", step=2, evidence="=1+1", at=NOW)
    return export(db, learner)


class TestAnotherStore:
    def test_holds_the_same_afterwards(self, db, filled, learner, stranger):
        before = content(db, learner)

        counts = commands.bring_in(db, stranger.id, filled)

        assert content(db, stranger) == content(db, learner) == before
        assert set(counts) == {News.NEW}

    def test_a_second_time_doubles_nothing(self, db, filled, stranger):
        commands.bring_in(db, stranger.id, filled)
        once = content(db, stranger)

        counts = commands.bring_in(db, stranger.id, filled)

        assert set(counts) == {News.KNOWN}
        assert content(db, stranger) == once

    def test_the_store_it_comes_from_knows_it_all(self, db, filled, learner):
        assert set(news(db, learner, filled)) == {News.KNOWN}

    def test_showing_changes_nothing(self, db, filled, stranger):
        queries.compare(db, stranger.id, filled)

        assert not any(queries.everything(db, stranger.id).values())

    def test_keeps_what_was_there_and_adds_to_it(self, db, filled, learner, stranger, shipped):
        own = Rating("market-awareness", Level(4), NOW + DAY, evidence="Mine.")
        assess.answer(db, stranger.id, own, library=shipped)

        commands.bring_in(db, stranger.id, filled)

        current = assess_queries.current_ratings(db, stranger.id)
        assert current["market-awareness"] == own
        theirs = assess_queries.history(db, learner.id)
        assert set(assess_queries.history(db, stranger.id)) == {*theirs, own}


class TestAnOpenSitting:
    @pytest.fixture
    def answered(self, db, learner, shipped):
        assess.answer(db, learner.id, Rating("market-awareness", Level(2), NOW), library=shipped)
        return export(db, learner)

    def test_goes_on_where_it_was_left(self, db, answered, stranger):
        commands.bring_in(db, stranger.id, answered)

        assert "market-awareness" in assess_queries.open_sitting(db, stranger.id, now=NOW).answers

    def test_ends_where_another_is_open(self, db, answered, stranger, shipped):
        own = Rating("change-management", Level(1), NOW + DAY)
        assess.answer(db, stranger.id, own, library=shipped)

        commands.bring_in(db, stranger.id, answered)

        sitting = assess_queries.open_sitting(db, stranger.id, now=NOW + DAY)
        assert set(sitting.answers) == {"change-management"}
        assert len(assess_queries.history(db, stranger.id)) == 2

    def test_is_known_again_though_it_ended_meanwhile(self, db, answered, learner):
        assess.end_sitting(db, learner.id, at=NOW + DAY)

        assert set(news(db, learner, answered)) == {News.KNOWN}


class TestWhatIsKeptOnce:
    def test_the_newer_place_and_decision_stay(self, db, learner, stranger):
        for person, days, decision in ((learner, 2, "known"), (stranger, 1, "pinned")):
            learn.turn_to(db, person.id, MODULE, part=days, at=NOW + days * DAY)
            learn.decide(db, person.id, MODULE, decision, at=NOW + days * DAY)

        counts = commands.bring_in(db, stranger.id, export(db, learner))

        assert counts == {News.NEWER: 2}
        assert learn_queries.readings(db, stranger.id)[MODULE].part == 2
        assert content(db, stranger) == content(db, learner)

    def test_of_a_path_what_was_said_last_stays(self, db, learner, stranger):
        for person, days in ((learner, 1), (stranger, 2)):
            learn.follow(db, person.id, PATH, at=NOW)
            learn.pause(db, person.id, PATH, at=NOW + days * DAY)
        learn.follow(db, learner.id, PATH, at=NOW + 3 * DAY)
        once = export(db, learner)

        assert commands.bring_in(db, stranger.id, once) == {News.NEWER: 1}
        assert commands.bring_in(db, stranger.id, once) == {News.KNOWN: 1}

        assert learn_queries.follows(db, stranger.id) == {PATH: learn_queries.Follow(NOW)}
        assert len(queries.everything(db, stranger.id)["learn_follow"]) == 1

    def test_a_path_in_an_export_of_before_paths_could_be_paused_is_the_oldest(
        self, db, learner, stranger
    ):
        row = {"id": 1, "person_id": 1, "path": PATH, "started_at": NOW.isoformat()}
        old = rules.Unpacked(NOW, {"learn_follow": [row | {"left_at": NOW.isoformat()}]})
        learn.follow(db, stranger.id, PATH, at=NOW)

        assert commands.bring_in(db, stranger.id, old) == {News.KNOWN: 1}
        assert commands.bring_in(db, learner.id, old) == {News.NEW: 1}

        assert learn_queries.follows(db, stranger.id) == {PATH: learn_queries.Follow(NOW)}
        assert learn_queries.follows(db, learner.id) == {PATH: learn_queries.Follow(NOW, NOW)}
        newer = export(db, stranger)
        assert commands.bring_in(db, learner.id, newer) == {News.NEWER: 1}

    def test_the_older_one_changes_nothing(self, db, learner, stranger):
        for person, days in ((learner, 1), (stranger, 2)):
            learn.turn_to(db, person.id, MODULE, part=days, at=NOW + days * DAY)

        assert commands.bring_in(db, stranger.id, export(db, learner)) == {News.KNOWN: 1}
        assert learn_queries.readings(db, stranger.id)[MODULE].part == 2

    def test_an_empty_note_replaces_no_written_one(self, db, learner, stranger):
        learn.keep_notes(db, stranger.id, MODULE, notes="Ask the safety officer.", at=NOW)
        learn.turn_to(db, learner.id, MODULE, part=3, at=NOW + DAY)

        commands.bring_in(db, stranger.id, export(db, learner))

        reading = learn_queries.readings(db, stranger.id)[MODULE]
        assert (reading.part, reading.notes) == (3, "Ask the safety officer.")

    def test_my_role_here_stays(self, db, filled, stranger):
        commands.settle(db, stranger.id, profile="cnio", minutes_a_week=30, at=NOW)

        commands.bring_in(db, stranger.id, filled)

        assert queries.settings(db, stranger.id) == queries.Settings("cnio", 30)


@given(days=st.lists(st.integers(0, 60), min_size=1, max_size=4, unique=True), data=st.data())
@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_exports_of_any_days_come_together_in_any_order(
    new_store, shipped, learner, stranger, days, data
):
    """Each export holds what was there by its day; together they are what is there at the end."""
    exports = []
    with new_store() as db:
        for day in sorted(days):
            at = NOW + day * DAY
            skill = data.draw(st.sampled_from(sorted(shipped.skill)))
            rating = Rating(skill, Level(day % 6), at)
            assess.answer(db, learner.id, rating, library=shipped)
            learn.keep_notes(db, learner.id, MODULE, notes=f"Day {day}", at=at)
            exports.append(export(db, learner))
        for one in data.draw(st.permutations(exports)):
            commands.bring_in(db, stranger.id, one)

        mine, theirs = content(db, learner), content(db, stranger)
        for kept in (mine, theirs):
            # An older export has the open sitting as it was then; it ends when the next one comes.
            for sitting in kept["assess_sitting"]:
                del sitting["ended_at"], sitting["last_answer_at"]
        assert theirs == mine


class TestRefuses:
    def changed(self, unpacked, table, **values):
        """An export in which the first row of a table was changed."""
        tables = {name: [dict(row) for row in rows] for name, rows in unpacked.tables.items()}
        tables[table][0] |= values
        return rules.Unpacked(NOW, tables)

    @pytest.mark.parametrize(
        ("table", "values", "said"),
        [
            ("assess_rating", {"level": "4"}, "level: '4' is no whole number"),
            ("assess_rating", {"level": True}, "level: True is no whole number"),
            ("assess_rating", {"skill": "x" * 61}, "skill: 61 characters; at most 60"),
            ("assess_rating", {"skill": None}, "skill: is missing"),
            ("assess_rating", {"rated_at": "yesterday"}, "rated_at: Invalid isoformat"),
            ("assess_rating", {"rated_at": "2026-11-22T09:00:00"}, "names no time zone"),
            ("assess_rating", {"secret": 1}, "unknown column 'secret'"),
            ("learn_reading", {"notes": ["a"]}, "is no text"),
            ("assess_sitting", {"is_quick": 1}, "is_quick: 1 is no yes or no"),
            ("assess_rating", {"level": 2**31}, "level: 2147483648 is too large"),
            ("assess_rating", {"evidence": "a\0b"}, "evidence: holds a sign that no text has"),
            ("assess_rating", {"evidence": "\ud83d"}, "evidence: holds a sign that no text has"),
            ("assess_rating", {"rated_at": "0001-01-01T00:00:00+14:00"}, "not in this century"),
            ("assess_rating", {"rated_at": "9999-12-31T23:59:59-14:00"}, "not in this century"),
        ],
    )
    def test_a_row_that_does_not_fit_and_names_it(self, db, filled, stranger, table, values, said):
        broken = self.changed(filled, table, **values)

        with pytest.raises(rules.ArchiveError, match=f"{table}, row 1") as refused:
            commands.bring_in(db, stranger.id, broken)

        assert said in str(refused.value)
        assert not any(queries.everything(db, stranger.id).values())

    def test_a_row_that_the_database_refuses(self, db, filled, stranger):
        broken = self.changed(filled, "assess_rating", level=9)

        with pytest.raises(rules.ArchiveError, match="does not fit into the store"):
            commands.bring_in(db, stranger.id, broken)

        assert not any(queries.everything(db, stranger.id).values())

    def test_a_rating_of_a_sitting_that_is_not_in_it(self, db, filled, stranger):
        broken = self.changed(filled, "assess_rating", sitting_id=999)

        with pytest.raises(rules.ArchiveError, match="sitting_id: no row 999"):
            commands.bring_in(db, stranger.id, broken)

    def test_a_table_that_nobody_knows(self, db, filled, stranger):
        more = rules.Unpacked(NOW, {**filled.tables, "cohort_answers": []})

        with pytest.raises(rules.ArchiveError, match="cohort_answers: no such table"):
            commands.bring_in(db, stranger.id, more)

    def test_a_hundred_faults_are_named_and_the_rest_counted(self, db, stranger):
        rows = [{"nothing": 1}] * 200

        with pytest.raises(rules.ArchiveError, match=r"\.\.\. and 700 more"):
            queries.compare(db, stranger.id, rules.Unpacked(NOW, {"learn_follow": rows}))

    def test_nobody_reaches_the_rows_of_another(self, db, filled, learner, stranger):
        """The person's number in a file counts for nothing."""
        before = content(db, learner)
        forged = self.changed(filled, "learn_reading", person_id=int(learner.id), notes="Forged")

        commands.bring_in(db, stranger.id, forged)

        assert content(db, learner) == before


def packed(name="everything.json", method=zipfile.ZIP_DEFLATED, **whole):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as files:
        files.writestr(name, json.dumps(whole))
    return held.getvalue()


FINE = {
    "format": rules.FORMAT,
    "version": rules.FORMAT_VERSION,
    "exported_at": NOW.isoformat(),
    "tables": {},
}


class TestUnpack:
    def test_gives_back_what_was_packed(self):
        assert rules.unpack(packed(**FINE)) == rules.Unpacked(NOW, {})

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "no zip file"),
            (b"skill,level\nSAFE-1,2\n", "no zip file"),
            (packed(**FINE)[:-30], "no zip file"),
            (packed(name="other.json"), "holds no export"),
            (packed(**FINE | {"format": "other"}), "no export of CCIO Skills"),
            (packed(**FINE | {"version": 2}), "newer version"),
            (packed(**FINE | {"tables": [1]}), "holds no export"),
            (packed(**FINE | {"tables": {"a": "rows"}}), "holds no export"),
            (packed(**FINE | {"exported_at": 5}), "holds no export"),
        ],
    )
    def test_refuses_anything_else(self, content, said):
        with pytest.raises(rules.ArchiveError, match=said):
            rules.unpack(content)

    def test_refuses_a_small_file_that_unpacks_to_a_huge_one(self):
        with pytest.raises(rules.ArchiveError, match="larger than any export"):
            rules.unpack(packed(**FINE | {"tables": "x" * (21 * 2**20)}))

    def test_refuses_a_file_with_a_million_names_before_it_reads_them(self):
        with pytest.raises(rules.ArchiveError, match="larger than any export"):
            rules.unpack(packed(**FINE) + b"PK" * (3 * 2**20))

    @pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_refuses_what_is_packed_in_a_way_that_we_do_not(self, method):
        with pytest.raises(rules.ArchiveError, match="in a way no export is"):
            rules.unpack(packed(method=method, **FINE))

    def test_reads_no_other_file_whatever_its_name(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        held = io.BytesIO(packed(**FINE))
        with zipfile.ZipFile(held, "a") as files:
            files.writestr("../../etc/passwd", "x")
            files.writestr("/absolute", "x")

        assert rules.unpack(held.getvalue()) == rules.Unpacked(NOW, {})
        assert not list(tmp_path.iterdir())

    @given(
        places=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=4)
    )
    def test_of_a_file_with_broken_bytes_is_whole_or_refused(self, places):
        broken = bytearray(packed(**FINE))
        for place, value in places:
            broken[int(place * len(broken))] = value

        try:
            found = rules.unpack(bytes(broken))
        except rules.ArchiveError:
            return
        assert found == rules.Unpacked(NOW, {})

    @given(noise=st.binary(max_size=400))
    def test_refuses_any_noise(self, noise):
        with pytest.raises(rules.ArchiveError):
            rules.unpack(noise)
