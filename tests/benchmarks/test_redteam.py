"""The attacks in their short form, and proof that adversaries and referee find what is there."""

import json
import math
import random
from dataclasses import asdict

import numpy as np
import pytest

from benchmarks.redteam import cost, games, mutants, referee, report, run
from benchmarks.redteam.adversaries import bayes, feasibility, linear, moving, rowspace
from benchmarks.redteam.adversaries.cells import cells, smallest
from benchmarks.redteam.histories import PRIOR, SKILL
from benchmarks.redteam.office import Office
from benchmarks.redteam.referee import Score, Verdict
from benchmarks.redteam.run import Kill, Result
from benchmarks.redteam.sightings import Rule, Sighting, look

PLAYS = 120
# A mutant that makes answers certain is seen at once; others on average, or by a rare accident.
MUTANT_PLAYS = {"groups of two": 500, "groups of three": 1500, "reviewers count": 1500}
BY_KEY = {one.key: one for one in games.GAMES}


def exact(people, *counts, key="0"):
    """A full histogram of some people; "not answered" is the last."""
    records = frozenset((one, key) for one in people)
    rules = frozenset(Rule(frozenset({at}), one, one) for at, one in enumerate(counts))
    return Sighting(records, rules, "made up")


def at_least(people, categories, least):
    records = frozenset((one, "0") for one in people)
    rule = Rule(frozenset(categories), least, len(records))
    return Sighting(records, frozenset({rule}), "made up")


@pytest.mark.redteam
class TestTheShortForm:
    @pytest.mark.parametrize("game", games.GAMES, ids=lambda one: f"{one.key} {one.title}")
    def test_no_attack_succeeds(self, game):
        scores = [referee.play(game, Office, seed) for seed in range(PLAYS)]

        verdict = referee.judge(game, scores)

        assert not verdict.broken(is_short=True), verdict

    @pytest.mark.parametrize("mutant", mutants.MUTANTS, ids=lambda one: one.name)
    def test_a_game_sees_each_mutant(self, mutant):
        kill = run.hunt(mutant.name, MUTANT_PLAYS.get(mutant.name, 300))

        assert kill.broken, kill


class TestTheGames:
    def test_are_sixteen_and_each_mutant_names_some_of_them(self):
        assert [one.key for one in games.GAMES] == [f"A{one}" for one in range(1, 17)]
        assert all(each in BY_KEY for one in mutants.MUTANTS for each in one.games)

    def test_cap_of_the_default_prior_is_that_of_the_design(self):
        assert BY_KEY["A1"].cap() == pytest.approx(0.505, abs=5e-4)

    def test_largest_share_matches_a_value_worked_by_hand(self):
        """Two even draws are alike half of the time: 1/2 x 1 + 1/2 x 1/2."""
        assert games.largest_share((0.5, 0.5), 2) == 0.75

    @pytest.mark.parametrize("game", games.GAMES, ids=lambda one: one.key)
    def test_are_the_same_for_the_same_seed(self, game):
        assert asdict(referee.play(game, Office, 7)) == asdict(referee.play(game, Office, 7))

    def test_reach_what_they_are_meant_to_attack(self):
        """A leaver rests with four others, and seven of the rest are shown again."""
        office = Office(random.Random(1))
        for wave in games.leaver(random.Random(1)).waves:
            office.close(wave)

        assert len(office.blocks) == 2
        assert len(office.draws[0].rested) == 4


class TestChannels:
    def test_say_the_same_of_every_world(self):
        """What chart, file and report let pass is never less than what the ledger says."""
        for seed in range(40):
            office = Office(random.Random(seed))
            for wave in games.channels(random.Random(seed)).waves:
                office.close(wave)
            seen = look(office, office.collections(), channels=("leaf", "chart", "csv", "report"))
            assert {one.channel for one in seen} == {"leaf", "chart", "csv", "report"}
            for one in seen:
                people = [office.waves["0"].answers[person][0] for person, _ in one.records]
                for rule in one.rules:
                    assert rule.low <= sum(each in rule.categories for each in people) <= rule.high

    def test_know_less_where_an_answer_is_known_already(self):
        told = at_least(range(7), {2}, 5).without({(0, "0"): 2, (1, "0"): 3})

        assert told.records == {(one, "0") for one in range(2, 7)}
        assert told.rules == {Rule(frozenset({2}), 4, 6)}


class TestFeasibility:
    def test_finds_all_of_a_block_that_is_alike(self):
        assert feasibility.count_forced([exact(range(5), 0, 0, 5, 0, 0, 0)], item=SKILL) == 5

    def test_finds_the_two_lowest_together(self):
        assert feasibility.count_forced([exact(range(5), 2, 3, 0, 0, 0, 0)], item=SKILL) == 5

    def test_lets_one_other_answer_pass(self):
        assert feasibility.count_forced([exact(range(5), 0, 0, 4, 1, 0, 0)], item=SKILL) == 0

    def test_lets_at_least_pass(self):
        assert feasibility.count_forced([at_least(range(7), {2}, 5)], item=SKILL) == 0

    def test_joins_a_total_with_its_parts(self):
        """Nine of ten at level 3, one at 4; the six that are guarded hide neither."""
        seen = [
            exact(range(10), 0, 0, 9, 1, 0, 0),
            exact(range(4), 0, 0, 3, 1, 0, 0),
            at_least(range(4, 10), {2}, 4),
        ]

        assert feasibility.count_forced(seen[1:], item=SKILL) == 0
        assert feasibility.count_forced(seen, item=SKILL) == 6

    def test_refuses_what_cannot_have_been_seen(self):
        with pytest.raises(ValueError, match="contradicts itself"):
            feasibility.count_forced(
                [exact(range(10), 0, 0, 9, 1, 0, 0), at_least(range(4), {3}, 3)], item=SKILL
            )


class TestRowSpace:
    def test_finds_who_is_between_two_charts(self):
        assert rowspace.count_exposed([frozenset(range(7)), frozenset(range(6))]) == 1

    def test_finds_who_is_in_three_at_once(self):
        """{a b} + {a c} - {b c} = 2a: nobody is alone in any chart."""
        assert rowspace.count_exposed([frozenset("ab"), frozenset("ac"), frozenset("bc")]) == 3

    def test_finds_nobody_in_a_group(self):
        assert rowspace.count_exposed([frozenset(range(12)), frozenset(range(7))]) == 0

    def test_finds_nobody_whom_others_hide(self):
        assert rowspace.count_exposed([frozenset("ab"), frozenset("bc")]) == 0


class TestCells:
    def test_are_those_whom_no_set_tells_apart(self):
        assert {*cells([frozenset("abcd"), frozenset("cde")]).values()} == {
            frozenset("ab"),
            frozenset("cd"),
            frozenset("e"),
        }

    def test_the_smallest_spares_whom_is_known(self):
        assert smallest([frozenset("abc"), frozenset("de")], frozenset("de")) == frozenset("abc")
        assert smallest([], frozenset()) == frozenset()


class TestBayes:
    def test_of_a_known_histogram_is_its_shares(self):
        seen = exact(range(5), 1, 0, 3, 1, 0)

        shares = bayes.posterior(seen.records, [(seen.records, seen.rules)], prior=PRIOR)

        assert shares == pytest.approx([0.2, 0, 0.6, 0.2, 0])

    def test_subtracts_one_chart_from_another(self):
        one, two = exact(range(7), 1, 1, 3, 1, 1), exact(range(2, 7), 1, 0, 2, 1, 1)
        left = one.records - two.records

        shares = bayes.posterior(
            left, [(one.records, one.rules), (two.records, two.rules)], prior=PRIOR
        )

        assert shares == pytest.approx([0, 0.5, 0.5, 0, 0])

    def test_of_at_least_agrees_with_all_worlds_counted(self):
        """Two of three at least say "yes", prior even: 1/2 x 1 x 1/4 + ... = 3/4."""
        seen = at_least(range(3), {0}, 2)

        shares = bayes.posterior(seen.records, [(seen.records, seen.rules)], prior=(0.5, 0.5))

        assert shares == pytest.approx([0.75, 0.25])

    def test_goes_through_two_groups_at_once(self):
        """Of four, at least three say "yes"; of two of them exactly one does; so both others do."""
        whole, part = at_least(range(4), {0}, 3), exact(range(2), 1, 1)
        rest = whole.records - part.records

        shares = bayes.posterior(
            rest, [(whole.records, whole.rules), (part.records, part.rules)], prior=(0.5, 0.5)
        )

        assert shares == pytest.approx([1, 0])

    def test_without_anything_seen_is_the_prior(self):
        assert bayes.posterior(frozenset({1}), [], prior=(0.3, 0.7)) == pytest.approx([0.3, 0.7])


class TestMovingAnswers:
    def test_moves_as_said(self):
        """One person at the lowest of three levels stays with .8 + .05, since down is no move."""
        [lowest, *_] = moving.transitions(1, 3, 0.8)[::-1]

        order = bayes.histograms(1, 3).tolist()
        chance = dict(zip(map(tuple, order), lowest, strict=True))
        assert chance[1, 0, 0] == pytest.approx(0.85)
        assert chance[0, 1, 0] == pytest.approx(0.15)

    def test_rows_add_up(self):
        assert moving.transitions(4, 3, 0.8).sum(axis=1) == pytest.approx(np.ones(15))

    @pytest.mark.parametrize("same", [1.0, 0.8])
    def test_a_single_leaver_is_found_and_five_are_not(self, same):
        """Two charts that differ by one person: certain if nobody else moves, likely if few do."""
        first = frozenset(exact(range(6), 2, 2, 2).rules)

        def likeliest(out, second):
            rules = frozenset(exact(range(6 - out), *second).rules)
            return max(moving.left_posterior(out, 6 - out, first, rules, (0.3, 0.4, 0.3), same))

        assert likeliest(1, (1, 2, 2)) > (0.999 if same == 1 else 0.6)
        assert likeliest(5, (1, 0, 0)) < 0.45


class TestLinearReconstruction:
    def test_names_who_is_between_two_charts(self):
        seen = [exact(range(7), 1, 1, 3, 1, 1, 0), exact(range(6), 1, 1, 3, 1, 0, 0, key="1")]

        found = linear.reconstruct(seen, prior=[*PRIOR, 0.0], width=6)

        assert found[6, "0"].argmax() == 4
        assert found[0, "0"].argmax() == 2


class TestTheReferee:
    @pytest.mark.parametrize(
        ("pairs", "expected"),
        [
            ([(0.9, True), (0.8, True), (0.1, False)], 1.0),
            ([(0.5, True), (0.5, False)], 0.5),
            ([(0.1, True), (0.9, False)], 0.0),
            ([], 0.5),
        ],
    )
    def test_knows_the_area_under_a_curve(self, pairs, expected):
        assert referee.area(pairs) == expected

    def test_lets_success_pass_up_to_chance(self):
        """0.505 + 1.64 x sqrt(0.505 x 0.495 / 2000)."""
        assert referee.limit(0.505, 2000) == pytest.approx(0.5233, abs=1e-4)

    def test_adds_plays_up(self):
        scores = [Score(hit=1.0, fair=0.5), Score(hit=0.0, fair=0.5, forced=2, exposed=1)]

        verdict = referee.judge(BY_KEY["A1"], scores)

        assert (verdict.success, verdict.advantage) == (0.5, 0.0)
        assert (verdict.forced, verdict.exposed, verdict.plays) == (2, 1, 2)
        assert verdict.broken() == ("forced answers", "leverage of 1")

    @pytest.mark.parametrize(
        ("changes", "broken"),
        [
            ({}, ()),
            ({"success": 0.6}, ("success above the cap",)),
            ({"advantage": 0.011}, ("advantage over class histograms",)),
            ({"swap_auc": 0.521}, ("swapped worlds told apart",)),
            ({"swap_auc": 0.479}, ("swapped worlds told apart",)),
        ],
    )
    def test_names_each_criterion_that_is_not_met(self, changes, broken):
        assert verdict(**changes).broken() == broken

    def test_tells_worlds_apart_that_differ_and_none_that_do_not(self):
        differing = [Score(tells=(1, 2)) for _ in range(10)]
        alike = [Score(tells=(one, one)) for one in range(10)]

        assert referee.judge(BY_KEY["A10"], differing).success == 1.0
        assert referee.judge(BY_KEY["A10"], alike).success == 0.5


def verdict(**changes):
    usual = {
        "game": "A1", "plays": 2000, "success": 0.5, "cap": 0.505, "limit": 0.523,
        "advantage": 0.0, "swap_auc": 0.5, "forced": 0, "exposed": 0,
    }  # fmt: skip
    return Verdict(**usual | changes)


class TestTheReport:
    def result(self, *, broken=("forced answers",), **changes):
        kills = (Kill("no guard", "A7", 100, ("forced answers",)), Kill("k", "A1", 9, broken))
        return Result((verdict(**changes), verdict(game="A7", cap=0.9)), kills, (), 1.0)

    def test_holds_the_figures_that_are_published(self, tmp_path):
        report.write(self.result(), tmp_path / "build" / "redteam.json")

        found = json.loads((tmp_path / "build" / "redteam.json").read_text(encoding="utf-8"))

        assert {"about", "forced_answers", "max_targeted_success", "cap", "swap_auc"} <= {*found}
        assert (found["mutants_killed"], found["mutants"], found["plays"]) == (2, 2, 4000)
        assert [one["game"] for one in found["games"]] == ["A1", "A7"]
        assert found["passed"]

    @pytest.mark.parametrize("fault", [{"forced": 1}, {"broken": ()}])
    def test_says_when_it_is_not_passed(self, fault):
        result = self.result(**fault)

        assert not result.is_passed
        assert report.summary(result).startswith("NOT PASSED")


def test_the_cost_is_that_of_the_design():
    """At 24 members the first chart holds all who answered, and the share falls from then on."""
    found = cost.measure(24, worlds=20)

    assert found.coverage[0] == 1.0
    assert found.coverage[0] > found.coverage[2] > found.coverage[4]
    assert 0 < found.cells_coded < 0.5
    assert math.isclose(cost.measure(24, worlds=20).cells_coded, found.cells_coded)
