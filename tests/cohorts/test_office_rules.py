"""The rules around collections: stages, receipts, pasted lists, questions, the made-up chart."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccio_skills.cohorts.rules import (
    desk,
    instrument,
    keys,
    packing,
    promise,
    receipts,
    roster,
    sample,
    stage,
)
from ccio_skills.cohorts.rules.items import Item, level_item
from ccio_skills.cohorts.rules.stage import CollectionError, Dates, Stage
from ccio_skills.cohorts.rules.thresholds import DEFAULT, Thresholds
from ccio_skills.vocabulary import Level
from tests.conftest import NOW

DAY = timedelta(days=1)
ITEMS = (level_item("vision", "Vision", target=Level.PRACTISING), Item("tried", "?", ("Yes", "No")))
moments = st.integers(-100, 100).map(lambda days: NOW + days * DAY)


class TestStage:
    @given(opens=moments, closes=moments, opened=st.none() | moments, now=moments)
    def test_takes_answers_only_between_its_days_and_once_opened(self, opens, closes, opened, now):
        found = stage.stage(Dates(opens, closes, opened), now=now)

        assert (found is Stage.OPEN) == (opened is not None and opens <= now < closes)

    @given(now=moments)
    def test_stays_closed_whatever_the_clock_says(self, now):
        assert stage.stage(Dates(NOW, NOW + DAY, NOW, NOW), now=now) is Stage.CLOSED

    def test_ends_with_its_last_day(self):
        midnight = NOW.replace(hour=0)

        assert Dates(midnight, midnight + DAY).last_day == midnight.date()


class TestReceipts:
    @given(bits=st.integers(0, 2**receipts.BITS - 1))
    def test_are_known_again_however_they_are_typed(self, bits):
        code = receipts.write_code(bits)
        typed = f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "

        assert receipts.fingerprint(typed) == receipts.fingerprint(code) is not None

    @given(one=st.integers(0, 2**80 - 1), other=st.integers(0, 2**80 - 1))
    def test_of_other_bits_are_other_receipts(self, one, other):
        assert (one == other) == (receipts.write_code(one) == receipts.write_code(other))

    @given(text=st.text(max_size=15))
    def test_are_nothing_shorter(self, text):
        assert receipts.fingerprint(text) is None


class TestRoster:
    def test_reads_a_list_as_people_paste_it(self):
        text = "a@b.test\n\nAda Lovelace <ADA@b.test>\tx\n a@B.test \nnobody\na@b.test,c@d.test\n"

        found = roster.read_roster(text)

        assert found.addresses == ("a@b.test", "ada@b.test")
        assert (found.repeated, found.blank) == (1, 1)
        assert found.faults == ((5, "nobody"), (6, "a@b.test,c@d.test"))

    @given(lines=st.lists(st.sampled_from(["", " ", "a@b.test", "c@d.test", "x", "A@B.test"])))
    def test_counts_every_line_once(self, lines):
        found = roster.read_roster("".join(f"{one}\n" for one in lines))

        counted = len(found.addresses) + found.repeated + found.blank + len(found.faults)
        assert counted == len(lines)

    def test_reads_ten_thousand_lines_and_not_one_more(self):
        line = "a@b.test\n"

        assert roster.read_roster(line * 10_000).repeated == 9_999
        with pytest.raises(roster.RosterError, match="10,001 lines"):
            roster.read_roster(line * 10_001)


class TestPacking:
    def test_gives_questions_back_as_they_were(self):
        assert packing.read_items(packing.pack_items(ITEMS)) == ITEMS

    @given(vision=st.integers(-1, 4), tried=st.integers(-1, 1))
    def test_keeps_a_byte_for_each_question(self, vision, tried):
        if vision == tried == -1:
            return
        packed = packing.pack_answers({"tried": tried, "vision": vision}, items=ITEMS)

        assert [*memoryview(packed).cast("b")] == [vision, tried]

    @pytest.mark.parametrize("items", [(), (ITEMS[0], ITEMS[0]), ITEMS[:1] * 401])
    def test_refuses_what_cannot_be_asked(self, items):
        with pytest.raises(CollectionError):
            packing.pack_items(items)

    def test_takes_the_strictest_of_several(self):
        assert packing.strictest([{"a": 1, "b": 5}, {"a": 3, "b": 2}]) == {"a": 3, "b": 5}


class TestKeys:
    @given(number=st.integers(0, 10**9))
    def test_of_a_cohort_lead_back_to_it(self, number):
        assert keys.cohort_of(keys.cohort_key(number)) == number

    @pytest.mark.parametrize("target", ["", "cohort:", "cohort:x", "part:1", "cohort:-1", "1"])
    def test_of_something_else_lead_to_none(self, target):
        assert keys.cohort_of(target) is None


class TestInstrument:
    def test_asks_every_skill_with_the_targets_of_a_role(self, shipped):
        items = instrument.skill_items(shipped, profile="new-ccio")

        assert [one.key for one in items] == list(shipped.skill)
        for one in items:
            target = shipped.profile["new-ccio"].targets.get(one.key)
            met = target.level - 1 if target and target.level > 1 else None
            assert one.target == met

    def test_sends_levels_0_and_1_as_one_and_what_is_not_ones_role_as_nothing(self):
        levels = {"vision": Level.NONE, "other": Level.LEADING}

        assert instrument.answers_of(levels, items=ITEMS) == {"vision": 0}
        assert instrument.answers_of({"vision": Level.AWARE}, items=ITEMS) == {"vision": 0}
        assert instrument.answers_of({"vision": None}, items=ITEMS) == {"vision": -1}
        assert instrument.say_answer(ITEMS[0], None) == "not answered"


class TestSample:
    @pytest.mark.parametrize("thresholds", [DEFAULT, Thresholds(7, 9, 3, 12)])
    def test_is_a_chart_by_the_rules_of_a_real_one(self, thresholds):
        made = sample.sample(ITEMS, name="North", thresholds=thresholds, now=NOW)

        sheet = desk.sheet(made, sample.KEY)
        assert sheet.chart is not None
        assert sheet.chart.value.counted >= thresholds.smallest_chart
        assert sheet.title.startswith("Made-up example, North")


class TestPromise:
    def test_names_the_numbers_that_hold(self):
        words = " ".join(promise.promise(Thresholds(6, 9, 2, 12), purpose="P").kept)

        assert "at least 6 people" in words
        assert "at least 9 people" in words
        assert '"at least 6 of 8", not "all 8"' in words

    def test_is_another_where_numbers_or_purpose_are(self):
        versions = {
            promise.promise(one, purpose=purpose).version
            for one in (DEFAULT, Thresholds(6))
            for purpose in ("P", "Q")
        }

        assert len(versions) == 4
