"""Which modules to take, why, and what would change that."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import worlds
from ccio_skills.learn.rules import planner, week
from ccio_skills.learn.rules.planner import choosing, exact
from ccio_skills.learn.rules.planner.catalogue import WHOLE
from ccio_skills.learn.rules.planner.pick import gather
from ccio_skills.learn.rules.planner.pool import choose_pool, find_useful
from ccio_skills.learn.rules.planner.question import ask

quickly = settings(max_examples=40, deadline=None)

SKILLS = ("ai", "boards", "change", "data")


def module(slug, *, minutes=30, level=2, skills=("ai",), needs=()):
    return planner.Offer(slug, slug.upper(), minutes, level, tuple(skills), tuple(needs))


def person(**skills):
    """Each skill as (level, target, weight); a level of None is unrated."""
    return planner.Standing(
        levels={skill: level for skill, (level, _, _) in skills.items() if level is not None},
        targets={skill: target for skill, (_, target, _) in skills.items()},
        weights={skill: weight for skill, (_, _, weight) in skills.items()},
    )


def plan(offers, standing, *, minutes=120, **more):
    return planner.make_plan(planner.Catalogue(offers), standing, minutes=minutes, **more)


def slugs(made):
    return [item.slug for item in made.items]


def before(slug, by_slug):
    """All that must be taken before a module: what it needs, and what that needs."""
    needs = {need for need in by_slug[slug].prerequisites if need in by_slug}
    return needs.union(*(before(need, by_slug) for need in needs))


def world(size, *, seed):
    """Made-up modules of fifteen skills, and somebody who needs them."""
    skills = worlds.SKILLS[:15]
    modules = worlds.make_catalogue(size, seed=seed, skills=skills)
    return modules, worlds.make_standing(seed=seed, skills=skills)


def many():
    """More modules than can be gone through."""
    return world(300, seed=3)


def tangled():
    """Few modules that share so many skills that too many situations differ."""
    skills = ["ai", "boards", "change", "data", "ethics", "funding", "gaps"]
    triples = enumerate(combinations(skills, 3))
    offers = [module(f"m{n}", skills=three, minutes=20 + n) for n, three in triples]
    return offers, person(**{skill: (0, 2, 1 + n % 3) for n, skill in enumerate(skills)})


def pose(offers, standing):
    """A question as the planner puts it to itself, with nothing taken yet."""
    question = ask(planner.Catalogue(offers), standing)
    start = gather(question, ())
    return question, start, find_useful(question, start)


def search(offers, standing, *, minutes):
    """What a pool too large to go through gets."""
    question, start, finds = pose(offers, standing)
    pool = choose_pool(question, start, finds)
    return choosing.search(pool, start, finds, minutes=minutes, polish=True)


@st.composite
def catalogues(draw):
    """Up to nine modules; each may need earlier ones, of any skill and level."""
    offers = []
    for n in range(draw(st.integers(1, 9))):
        earlier = [offer.slug for offer in offers]
        needs = draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)) if earlier else ()
        skills = draw(st.lists(st.sampled_from(SKILLS), min_size=1, max_size=3, unique=True))
        minutes, level = draw(st.integers(1, 12)), draw(st.integers(1, 4))
        offers.append(module(f"m{n}", minutes=minutes, level=level, skills=skills, needs=needs))
    return offers


ratings = st.tuples(st.none() | st.integers(0, 5), st.integers(0, 5), st.integers(1, 3))
people = st.fixed_dictionaries(dict.fromkeys(SKILLS, ratings)).map(lambda all_: person(**all_))
budgets = st.integers(0, 60)
some = st.frozensets(st.sampled_from([f"m{n}" for n in range(9)]), max_size=2)


class TestOpenSteps:
    def test_come_by_weight_times_gap_then_skill_then_step(self):
        standing = person(ai=(2, 3, 3), boards=(0, 2, 2), change=(1, 4, 1), data=(None, 4, 3))

        steps = planner.open_steps(standing)

        assert steps == (
            *(("boards", 1, 2), ("boards", 2, 2)),
            *(("ai", 3, 3), ("change", 2, 1), ("change", 3, 1), ("change", 4, 1)),
        )

    def test_refuses_a_need_without_a_weight(self):
        with pytest.raises(ValueError, match="ai"):
            planner.Standing(levels={"ai": 1}, targets={"ai": 2}, weights={})


class TestCatalogue:
    def test_refuses_a_circle_and_names_it(self):
        with pytest.raises(ValueError, match="hen > egg"):
            planner.Catalogue([module("hen", needs=["egg"]), module("egg", needs=["hen"])])

    def test_refuses_a_slug_twice(self):
        with pytest.raises(ValueError, match="hen"):
            planner.Catalogue([module("hen"), module("hen", level=3)])

    def test_passes_over_a_prerequisite_that_is_not_on_offer(self):
        made = plan([module("hen", needs=["dinosaur"])], person(ai=(1, 2, 1)))

        assert slugs(made) == ["hen"]


class TestMakePlan:
    def test_counts_whole_half_and_quarter_steps(self):
        """Level 3 of ai first, boards second: 2 x (1 + 1/2) + 3 x (1/2 + 1/4) = 5.25."""
        standing = person(ai=(1, 3, 2), boards=(1, 3, 3))

        made = plan([module("m", level=3, skills=["ai", "boards"])], standing)

        assert made.value == 5.25
        assert made.items[0].reasons == (
            planner.Reason("ai", now=1, reaches=3, target=3, weight=2, worth=3.0),
            planner.Reason("boards", now=1, reaches=3, target=3, weight=3, worth=2.25),
        )

    def test_adds_halves_up_to_one_whole_and_no_further(self):
        """Three halves of the one needed step count as one: the third module is left out."""
        offers = [module(slug, skills=["boards", "ai"]) for slug in ("a", "b", "c")]

        made = plan(offers, person(ai=(1, 2, 3)))

        assert (slugs(made), made.value) == (["a", "b"], 3.0)

    def test_leaves_out_what_adds_nothing_even_if_there_is_time(self):
        made = plan([module("a"), module("b")], person(ai=(1, 2, 1)), minutes=600)

        assert slugs(made) == ["a"]
        assert made.runners_up == ("b",)

    def test_offers_nothing_more_than_two_levels_ahead(self):
        three = module("three", level=3)

        assert slugs(plan([three], person(ai=(0, 3, 1)))) == []
        assert slugs(plan([three], person(ai=(1, 3, 1)))) == ["three"]

    @pytest.mark.parametrize(("level", "offered"), [(2, ["side"]), (3, [])])
    def test_takes_an_unrated_first_skill_as_level_nought(self, level, offered):
        side = module("side", level=level, skills=["boards", "ai"])

        assert slugs(plan([side], person(ai=(1, 3, 1), boards=(None, 3, 3)))) == offered

    def test_puts_a_prerequisite_first_and_says_whom_it_serves(self):
        """The prerequisite is too far ahead to be offered for itself, and gives nothing."""
        offers = [module("a", needs=["z"]), module("z", level=4, skills=["data"])]

        made = plan(offers, person(ai=(1, 2, 1)))

        assert [(item.slug, item.serves) for item in made.items] == [("z", ("a",)), ("a", ())]
        assert made.items[0].reasons == ()

    def test_says_of_a_prerequisite_all_that_it_is_there_for(self):
        """``b`` comes first; the ``bridge`` gives nothing itself and is not named."""
        offers = [
            module("a", needs=["bridge"]),
            module("b", skills=["boards"], needs=["base"]),
            module("base", skills=["data"]),
            module("bridge", skills=["data"], needs=["base"]),
        ]

        made = plan(offers, person(ai=(1, 2, 1), boards=(1, 2, 3)), minutes=120)

        assert {item.slug: item.serves for item in made.items} == {
            **{"base": ("b", "a"), "b": ()},
            **{"bridge": ("a",), "a": ()},
        }

    def test_counts_what_is_done_as_taken_but_not_as_gain(self):
        offers = [module("a", minutes=60, needs=["z"]), module("z", minutes=60)]

        made = plan(offers, person(ai=(1, 2, 3)), minutes=60, done=frozenset({"z"}))

        assert (slugs(made), made.value) == (["a"], 3.0)

    def test_never_takes_a_banned_module_as_a_prerequisite(self):
        offers = [module("a", needs=["z"]), module("z")]

        made = plan(offers, person(ai=(1, 2, 3)), banned=frozenset({"z"}))

        assert (made.items, made.smallest) == ((), None)

    def test_takes_pins_in_their_order_while_they_fit(self):
        offers = [module("a"), module("idle", skills=["data"]), module("long", minutes=90)]

        made = plan(offers, person(ai=(1, 2, 3)), minutes=60, pinned=("idle", "long"))

        assert slugs(made) == ["a", "idle"]
        assert made.minutes == 60

    @pytest.mark.parametrize("needs", [(), ("small",)])
    def test_names_what_to_begin_with_when_nothing_fits(self, needs):
        offers = [
            module("good", minutes=50, level=3, skills=["ai", "boards"], needs=needs),
            module("small", minutes=40, skills=["data"]),
        ]

        made = plan(offers, person(ai=(1, 3, 3)), minutes=30)

        assert made.items == ()
        assert made.smallest.slug == ("small" if needs else "good")
        assert made.smallest.serves == (("good",) if needs else ())

    def test_reads_best_worth_per_minute_first(self):
        offers = [module("slow", minutes=60), module("swift", minutes=20, skills=["boards"])]

        made = plan(offers, person(ai=(1, 2, 3), boards=(1, 2, 2)))

        assert slugs(made) == ["swift", "slow"]

    def test_finds_the_pair_that_beats_the_single_best(self):
        """Per minute the short one is best, but it leaves room for nothing else."""
        offers = [
            module("short", minutes=31, level=3),
            module("left", minutes=30, level=2),
            module("right", minutes=30, skills=["boards"]),
        ]

        made = plan(offers, person(ai=(1, 3, 3), boards=(1, 2, 2)), minutes=60)

        assert made.value == 5.0

    def test_refuses_a_negative_budget(self):
        with pytest.raises(ValueError, match="-1"):
            plan([], person(), minutes=-1)

    def test_survives_an_empty_catalogue_and_a_person_without_needs(self):
        assert plan([], person(ai=(1, 2, 3))).items == ()
        assert plan([module("a")], person()) == planner.Plan((), 0, 0.0, (), None)


class TestEveryPlan:
    @quickly
    @given(
        offers=catalogues(),
        standing=people,
        minutes=budgets,
        done=some,
        banned=some,
        pinned=st.permutations([f"m{n}" for n in range(9)]).map(lambda all_: tuple(all_[:2])),
        polish=st.booleans(),
    )
    def test_keeps_every_rule(self, offers, standing, minutes, done, banned, pinned, polish):
        made = plan(
            offers,
            standing,
            minutes=minutes,
            done=done,
            banned=banned,
            pinned=pinned,
            polish=polish,
        )

        by_slug, seen = {offer.slug: offer for offer in offers}, set(done)
        for item in made.items:
            assert seen.issuperset(before(item.slug, by_slug))
            assert all(reason.worth > 0 for reason in item.reasons)
            seen.add(item.slug)
        taken = [by_slug[slug] for slug in slugs(made)]
        assert not {*slugs(made), *made.runners_up} & (done | banned)
        assert not set(slugs(made)) & set(made.runners_up)
        assert made.minutes == sum(offer.minutes for offer in taken) <= minutes
        assert made.value == worlds.value(taken, standing)
        exempt = set(pinned).union(*(before(slug, by_slug) for slug in slugs(made)))
        for offer in taken:
            in_reach = standing.levels.get(offer.skills[0], 0) >= offer.level - 2
            assert in_reach or offer.slug in exempt

    @quickly
    @given(offers=catalogues(), standing=people, minutes=budgets, seed=st.randoms())
    def test_does_not_depend_on_the_order_of_the_input(self, offers, standing, minutes, seed):
        shuffled = seed.sample(offers, len(offers))
        turned = planner.Standing(
            *(dict(reversed(each.items())) for each in (standing.levels, standing.targets)),
            weights=dict(reversed(standing.weights.items())),
        )

        assert plan(offers, standing, minutes=minutes) == plan(shuffled, turned, minutes=minutes)

    @quickly
    @given(offers=catalogues(), standing=people, minutes=budgets, polish=st.booleans())
    def test_is_never_worth_less_for_a_minute_more(self, offers, standing, minutes, polish):
        less = plan(offers, standing, minutes=minutes, polish=polish)
        more = plan(offers, standing, minutes=minutes + 1, polish=polish)

        assert less.value <= more.value

    @quickly
    @given(offers=catalogues(), standing=people, minutes=budgets, banned=some)
    def test_is_never_empty_while_a_module_is_useful(self, offers, standing, minutes, banned):
        made = plan(offers, standing, minutes=minutes, banned=banned)
        all_time = worlds.best_value(offers, standing, minutes=200, banned=banned)

        assert bool(made.items or made.smallest) == (all_time > 0)
        assert not (made.items and made.smallest)

    @quickly
    @given(offers=catalogues(), standing=people, minutes=budgets)
    def test_gives_reasons_that_carry_the_item(self, offers, standing, minutes):
        """With the same modules, an item loses exactly what its main reason was worth."""
        made = plan(offers, standing, minutes=minutes)
        for item in [each for each in made.items if each.reasons]:
            targets = {**standing.targets, item.reasons[0].skill: 0}

            without = plan(
                offers,
                replace(standing, targets=targets),
                minutes=made.minutes,
                pinned=tuple(slugs(made)),
            )

            [same] = [each for each in without.items if each.slug == item.slug]
            assert {each.skill: each.worth for each in same.reasons} == {
                each.skill: each.worth for each in item.reasons[1:]
            }

    @quickly
    @given(offers=catalogues(), standing=people, minutes=budgets, done=some, banned=some)
    def test_is_the_best_there_is(self, offers, standing, minutes, done, banned):
        made = plan(offers, standing, minutes=minutes, done=done, banned=banned)

        best = worlds.best_value(offers, standing, minutes=minutes, done=done, banned=banned)
        assert made.value == pytest.approx(best)


class TestAgainstTheOptimum:
    @pytest.mark.parametrize("minutes", [60, 120, 300, 600])
    def test_is_the_best_plan_of_forty_modules(self, minutes):
        for seed in range(10):
            offers, standing = world(40, seed=seed)

            made = plan(offers, standing, minutes=minutes)

            best = worlds.best_value(offers, standing, minutes=minutes)
            assert made.value == pytest.approx(best)

    @pytest.mark.parametrize("minutes", [60, 120, 300, 600])
    def test_is_the_best_plan_of_the_shipped_modules(self, minutes, shipped):
        """For somebody at one level throughout who aims two higher: the most that is in reach."""
        catalogue = week.catalogue(shipped)
        for level in (0, 1, 2):
            aims = {skill: (level, level + 2, 1 + n % 3) for n, skill in enumerate(shipped.skill)}
            standing = person(**aims)

            made = planner.make_plan(catalogue, standing, minutes=minutes)

            best = worlds.best_value(catalogue.offers, standing, minutes=minutes)
            assert made.value == pytest.approx(best)


class TestLargePools:
    """Where not all situations can be gone through, a plan is searched for."""

    @quickly
    @given(offers=catalogues(), standing=people, minutes=budgets)
    def test_a_minute_more_is_never_worth_less(self, offers, standing, minutes):
        less = search(offers, standing, minutes=minutes)
        more = search(offers, standing, minutes=minutes + 1)

        assert less.worth <= more.worth

    @quickly
    @given(offers=catalogues(), standing=people, minutes=budgets)
    def test_the_best_is_found_while_four_modules_cannot_fit(self, offers, standing, minutes):
        shortest = sum(sorted(offer.minutes for offer in offers)[:4])
        minutes = min(minutes, shortest - 1)

        found = search(offers, standing, minutes=minutes)

        best = worlds.best_value(offers, standing, minutes=minutes)
        assert found.worth / WHOLE == pytest.approx(best)

    @pytest.mark.parametrize("minutes", [60, 120, 300, 600])
    def test_what_is_found_comes_within_one_percent_of_the_best(self, minutes):
        shares = []
        for seed in range(25):
            offers, standing = world(40, seed=seed)
            best = worlds.best_value(offers, standing, minutes=minutes)
            shares.append(search(offers, standing, minutes=minutes).worth / WHOLE / best)

        assert sum(shares) / len(shares) >= 0.99
        assert min(shares) >= 0.95
        assert max(shares) <= 1 + 1e-6

    @pytest.mark.parametrize("make", [many, tangled])
    def test_plans_keep_every_rule_and_grow_with_the_budget(self, make):
        offers, standing = make()
        by_slug = {offer.slug: offer for offer in offers}
        question, start, finds = pose(offers, standing)
        assert exact.find_best(question, start, finds.modules, minutes=60) is None

        made = [plan(offers, standing, minutes=minutes) for minutes in range(0, 240, 12)]

        assert all(less.value <= more.value for less, more in pairwise(made))
        assert made[-1].value > 0
        for number, one in enumerate(made):
            assert one.minutes == sum(item.minutes for item in one.items) <= 12 * number
            assert one.value == worlds.value([by_slug[slug] for slug in slugs(one)], standing)
            for place, slug in enumerate(slugs(one)):
                assert before(slug, by_slug) <= set(slugs(one)[:place])


class TestWhatChanges:
    def test_names_the_smallest_change_of_each_kind(self):
        """Short of 31 minutes ``a`` does not fit; at level 2 it is not needed; nor is it at
        weight 2 worth more than ``b``, which then takes the place."""
        offers = [module("a", minutes=31), module("b", minutes=30, skills=["boards"])]
        catalogue = planner.Catalogue(offers)
        standing = person(ai=(1, 2, 3), boards=(1, 2, 2))

        change = planner.what_changes(catalogue, standing, "a", minutes=40)

        assert change == planner.Change(minutes=10, weight=("ai", 2), level=("ai", 2))

    def test_says_nothing_of_a_module_that_is_not_in_the_plan(self):
        catalogue = planner.Catalogue([module("a")])

        change = planner.what_changes(catalogue, person(), "a", minutes=40)

        assert change == planner.Change(minutes=None, weight=None, level=None)


class TestUnreached:
    def test_names_the_next_step_of_each_skill_without_help(self):
        offers = [module("a", level=3, skills=["ai", "boards"]), module("far", skills=["change"])]
        standing = person(ai=(1, 3, 1), boards=(0, 3, 1), change=(0, 2, 2), data=(4, 5, 3))
        catalogue = planner.Catalogue(offers)

        left = planner.unreached(catalogue, standing, done=frozenset({"far"}))

        assert left == (("change", 1, 2), ("boards", 1, 1), ("data", 5, 3))


class TestUnlocks:
    def test_names_what_lacks_only_this_by_code(self):
        offers = [
            module("base"),
            module("other"),
            module("next", needs=["base"]),
            module("both", needs=["base", "other"]),
            module("later", needs=["next"]),
        ]
        catalogue = planner.Catalogue(offers)

        assert planner.unlocks(catalogue, "base") == ("next",)
        assert planner.unlocks(catalogue, "base", done=frozenset({"other"})) == ("both", "next")
        assert planner.unlocks(catalogue, "base", done=frozenset({"base"})) == ()
