"""What judges the plans finds the faults that it looks for."""

import pytest

from benchmarks import plan as bench
from ccio_skills.learn.rules import planner

BASE = planner.Offer("base", "A", 30, 2, ("ai",), ())
NEXT = planner.Offer("next", "B", 40, 2, ("boards",), ("base", "not-on-offer"))
OFFERS = (BASE, NEXT)
WANTS_BOTH = planner.Standing(
    levels={"ai": 1, "boards": 1}, targets={"ai": 2, "boards": 2}, weights={"ai": 1, "boards": 3}
)


def item(offer, *, reasons=(), serves=()):
    return planner.Item(offer.slug, offer.code, offer.minutes, reasons, serves)


def plan(*offers):
    return planner.Plan(tuple(map(item, offers)), 0, 0.0, (), None)


class TestExceeds:
    @pytest.mark.parametrize(("budget", "is_over"), [(70, False), (69, True)])
    def test_adds_the_minutes_up_itself(self, budget, is_over):
        assert bench.exceeds(plan(BASE, NEXT), budget, OFFERS) is is_over


class TestCountUnmet:
    @pytest.mark.parametrize(
        ("order", "unmet"), [((BASE, NEXT), 0), ((NEXT, BASE), 1), ((NEXT,), 1), ((BASE,), 0)]
    )
    def test_counts_what_comes_late_or_never(self, order, unmet):
        assert bench.count_unmet(plan(*order), OFFERS) == unmet


class TestIsFaithful:
    def is_faithful(self, place, *, skill):
        """Whether a module of the whole plan is there for this skill."""
        catalogue = planner.Catalogue(OFFERS)
        made = planner.make_plan(catalogue, WANTS_BOTH, minutes=70)
        reason = planner.Reason(skill, now=1, reaches=2, target=2, weight=1, worth=1.0)
        claim = item(catalogue.offers[place], reasons=(reason,))
        assert made.items[place].slug == claim.slug
        return bench.is_faithful(claim, place, catalogue=catalogue, standing=WANTS_BOTH, budget=70)

    def test_believes_a_reason_without_which_the_module_goes(self):
        assert self.is_faithful(1, skill="boards")

    def test_believes_a_reason_without_which_the_module_only_serves(self):
        assert self.is_faithful(0, skill="ai")

    def test_does_not_believe_another_reason(self):
        assert not self.is_faithful(1, skill="ai")

    @pytest.mark.parametrize(
        ("serves", "is_believed"), [(("next", "last"), True), (("next",), False)]
    )
    def test_takes_away_all_that_a_module_is_said_to_serve(self, serves, is_believed):
        last = planner.Offer("last", "C", 40, 2, ("boards",), ("base",))
        catalogue = planner.Catalogue([BASE, NEXT, last])
        wants_boards = planner.Standing(
            levels={"boards": 1}, targets={"boards": 2}, weights={"boards": 3}
        )

        assert is_believed is bench.is_faithful(
            item(BASE, serves=serves), 0, catalogue=catalogue, standing=wants_boards, budget=70
        )

    def test_does_not_believe_a_module_without_a_reason(self):
        catalogue = planner.Catalogue(OFFERS)

        assert not bench.is_faithful(
            item(BASE), 0, catalogue=catalogue, standing=WANTS_BOTH, budget=70
        )
