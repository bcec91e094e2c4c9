"""What judges the search counts right, and keeps the half that nobody may look at apart."""

import hashlib

from benchmarks import search as bench
from benchmarks.search import Question


class TestTheQuestions:
    def test_are_halved_by_the_hash_of_their_words(self):
        tuning, held_out = bench.read()

        assert len(tuning) + len(held_out) >= 80
        assert abs(len(tuning) - len(held_out)) <= 10
        assert all(hashlib.sha256(one.ask.encode()).digest()[0] % 2 for one in held_out)
        assert not any(hashlib.sha256(one.ask.encode()).digest()[0] % 2 for one in tuning)

    def test_name_modules_that_are_written(self, shipped):
        codes = {one.code for one in shipped.module.values()}

        for half in bench.read():
            assert all(one.modules and set(one.modules) <= codes for one in half)


QUESTIONS = (
    Question("first", ("A",)),
    Question("second", ("A",)),
    Question("fourth", ("A",)),
    Question("either", ("Z", "A")),
)
FOUND = {"first": "AB", "second": "BA", "fourth": "BCDA", "either": "A"}


class TestJudge:
    def test_counts_the_first_and_the_first_three_places(self):
        answered = bench.judge(QUESTIONS, FOUND.__getitem__)

        assert (answered.asked, answered.first, answered.first_three) == (4, 0.5, 0.75)

    def test_keeps_what_was_not_first_and_what_stood_there(self):
        answered = bench.judge(QUESTIONS, FOUND.__getitem__)

        assert answered.misses == (
            (QUESTIONS[1], ("B", "A")),
            (QUESTIONS[2], ("B", "C", "D")),
        )


class TestTheRows:
    def rows(self, *, held_out):
        tuning = bench.Answered(10, 0.1, 0.2, ())
        return list(bench.make_rows(tuning, bench.Answered(10, *held_out, ())))

    def test_judge_the_half_that_nobody_looked_at_alone(self):
        assert [row.limit for row in self.rows(held_out=(0.7, 0.9))] == [None, None, 0.7, 0.9]

    def test_fail_below_their_limits(self):
        assert [row.ok for row in self.rows(held_out=(0.7, 0.9))] == [True] * 4
        assert [row.ok for row in self.rows(held_out=(0.69, 0.89))] == [True, True, False, False]
