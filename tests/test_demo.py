"""The made-up person of the demonstration: two years, some of it honest steps back."""

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlmodel import Session

from ccio_skills import demo, schema, store
from ccio_skills.assess import queries as assess
from ccio_skills.assess.rules.gaps import Tier, count_tiers, find_gaps
from ccio_skills.learn import queries as learn
from ccio_skills.learn.rules import week
from ccio_skills.people import queries as people
from ccio_skills.vocabulary import PersonId
from tests.conftest import NOW

ME = PersonId(1)


def fill(library):
    engine = store.open_engine("sqlite://")
    schema.metadata.create_all(engine)
    session = Session(engine)
    demo.fill(session, ME, library=library, now=NOW)
    return session


@pytest.fixture(scope="module")
def made_up(shipped):
    with fill(shipped) as session:
        yield session


def levels(session):
    """Every level given to each skill, oldest first."""
    given = defaultdict(list)
    for one in assess.history(session, ME):
        if one.level is not None:
            given[one.skill].append(one.level)
    return given


def moves(session):
    return [after - before for line in levels(session).values() for before, after in pairwise(line)]


def test_rated_over_two_years(made_up):
    days = sorted({one.rated_at.date() for one in assess.history(made_up, ME)})

    assert timedelta(days=715) <= days[-1] - days[0] <= timedelta(days=731)
    assert len(days) >= 4
    assert NOW.date() - days[-1] <= timedelta(days=30), "the last sitting is of these days"


def test_goes_down_in_some_skills_as_honest_re_ratings_do(made_up):
    changes = moves(made_up)

    assert sum(change < 0 for change in changes) >= 3
    assert sum(change > 0 for change in changes) > sum(change < 0 for change in changes)


def test_never_jumps_from_novice_to_master(made_up):
    assert max(map(abs, moves(made_up))) <= 2


def test_left_some_skills_unrated_and_one_out(made_up, shipped):
    current = assess.current_ratings(made_up, ME)

    assert 0 < len(set(shipped.skill) - set(current)) < 10
    assert [one.level for one in current.values()].count(None) == 1


def test_has_gaps_of_every_tier(made_up, shipped):
    ratings = assess.current_ratings(made_up, ME)
    profile = people.settings(made_up, ME).profile

    counts = count_tiers(find_gaps(ratings, library=shipped, profile=profile))

    assert all(counts[tier] for tier in Tier)


def test_has_evidence_for_some_answers_and_says_that_reflections_are_made_up(made_up):
    kept = people.everything(made_up, ME)

    assert any(one.has_evidence for one in assess.current_ratings(made_up, ME).values())
    assert {row["what"] for row in kept["learn_completion"]} == {"", "Made-up reflection."}


def test_finished_modules_over_the_months_and_is_reading_another(made_up, shipped):
    done = learn.completions(made_up, ME)

    assert len(done) >= 5
    assert all(one.module in shipped.module for one in done)
    assert done[-1].finished_at - done[0].finished_at > timedelta(days=365)
    assert {one.has_reflection for one in done} == {True, False}
    started = {slug for slug, one in learn.readings(made_up, ME).items() if one.part}
    assert started - {one.module for one in done}


def test_answered_most_questions_right_but_not_all(made_up):
    right, asked = map(sum, zip(*learn.first_answers_right(made_up, ME).values(), strict=True))

    assert asked > 20
    assert 0.5 < right / asked < 1


def test_follows_one_path_paused_another_and_abandoned_a_third_halfway(made_up, shipped):
    follows = learn.follows(made_up, ME)

    assert set(follows) <= set(shipped.path)
    [followed] = [slug for slug, one in follows.items() if one.is_active]
    assert shipped.path[followed].code == "P2"
    [paused] = [one for one in follows.values() if one.paused_at]
    assert paused.started_at < paused.paused_at < NOW
    [(path, left)] = [(slug, one) for slug, one in follows.items() if one.left_at]
    assert left.started_at < left.left_at < NOW
    done = set(learn.finished(made_up, ME)) & set(shipped.path[path].modules)
    assert 0 < len(done) < len(shipped.path[path].modules)


def test_has_something_left_to_plan(made_up, shipped):
    me = people.settings(made_up, ME)
    gaps = find_gaps(assess.current_ratings(made_up, ME), library=shipped, profile=me.profile)
    wishes = week.wishes_from({}, done=learn.finished(made_up, ME))

    plan = week.plan_week(gaps, library=shipped, minutes=me.minutes_a_week, wishes=wishes)

    assert plan.plan.items
    assert plan.at_work


def test_did_nothing_in_the_future(made_up):
    moments = [
        datetime.fromisoformat(value)
        for rows in people.everything(made_up, ME).values()
        for row in rows
        for name, value in row.items()
        if name.endswith("_at") and value
    ]

    assert len(moments) > 100
    assert max(moments) <= NOW


def test_is_the_same_person_every_time(made_up, shipped):
    with fill(shipped) as again:
        assert people.everything(again, ME) == people.everything(made_up, ME)


def test_bears_a_library_without_modules_and_paths(shipped):
    fields = {name: getattr(shipped, name) for name in type(shipped).model_fields}
    bare = type(shipped)(**fields | {"modules": (), "paths": ()})

    with fill(bare) as session:
        assert learn.completions(session, ME) == ()
        assert learn.follows(session, ME) == {}
