"""The twelve invariants, on random histories of joining, leaving, resting and answering again.

The third, that the guard is safe on every preimage, is worked out in full in ``test_coding``. What
needs a store or a page (revoked roles, response times) is tested where those are.
"""

import dataclasses
import random
from collections import Counter, defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.redteam.histories import Setting, history
from benchmarks.redteam.office import Office
from ccio_skills.cohorts.rules import cohort_chart, desk, export, ledger, measures, reading
from ccio_skills.cohorts.rules.cohort_chart import NoChart
from ccio_skills.cohorts.rules.ledger import Row
from ccio_skills.cohorts.rules.members import Contributor
from tests.cohorts.made import SKILL, TRIED

histories = st.builds(
    lambda seed, **detail: history(random.Random(seed), Setting(**detail)),
    seed=st.integers(0, 10**6),
    people=st.integers(5, 40),
    waves=st.integers(2, 6),
    answering=st.sampled_from([0.8, 0.95, 1.0]),
    leaving=st.sampled_from([0.0, 0.06, 0.3]),
    joining=st.sampled_from([0.0, 0.08, 0.4]),
    skipping=st.sampled_from([0.0, 0.2]),
    network=st.sampled_from([0.0, 0.4]),
    regions=st.sampled_from([1, 3]),
    reviewers=st.sampled_from([0, 1, 3]),
    items=st.just((SKILL, TRIED)),
    prior=st.sampled_from([(0.1, 0.2, 0.4, 0.2, 0.1), (0.02, 0.03, 0.9, 0.03, 0.02)]),
)
seeds = st.integers(0, 10**6)
often = settings(max_examples=60, deadline=None)


def played(waves, *, seed=1):
    office = Office(random.Random(seed))
    for wave in waves:
        office.close(wave)
    return office


def seen(office):
    """Every byte that a reviewer can get."""
    sheets = office.sheets(office.collections())
    return office.rows, [
        (one.title, one.words, one.table(), one.csv(), one.report()) for one in sheets
    ]


def outlines(office):
    """What of it may be known whatever was answered: elements, their words, sizes of files."""
    sheets = office.sheets(office.collections())
    return [
        (
            one.title,
            one.words,
            [(row.question, row.answer) for row in one.table()],
            len(one.csv() or b""),
            one.report() and [name for name, _ in one.report().sections],
        )
        for one in sheets
    ]


def signatures(office):
    """The releases that each person is in."""
    found = defaultdict(list)
    for number, (_, block) in office.blocks.items():
        for person in block.members:
            found[person].append(number)
    return {person: tuple(numbers) for person, numbers in found.items()}


def with_answers(waves, change):
    return [dataclasses.replace(one, answers=change(one)) for one in waves]


def with_contributors(waves, change):
    return [
        dataclasses.replace(one, contributors=tuple(map(change, one.contributors))) for one in waves
    ]


@given(waves=histories, seed=seeds)
@often
def test_1_a_block_has_five_people_who_count_and_a_chart_seven(waves, seed):
    office = played(waves, seed=seed)

    assert all(block.counted >= 5 for _, block in office.blocks.values())
    for sheet in office.sheets(office.collections()):
        assert sheet.chart is None or sheet.chart.value.counted >= 7
        for bar in sheet.chart.value.bars if sheet.chart else ():
            assert not bar.is_shown or bar.answered >= 5


@given(waves=histories, seed=seeds)
@often
def test_2_people_in_the_same_releases_are_five_or_more(waves, seed):
    office = played(waves, seed=seed)

    classes = Counter(signatures(office).values())

    assert all(people >= 5 for people in classes.values())
    assert {len(one.members) for one in office.classes} == {*classes.values()}


@given(waves=histories, seed=seeds)
@often
def test_4_an_answer_is_in_one_release_at_most(waves, seed):
    office = played(waves, seed=seed)

    records = Counter(
        (person, key) for key, block in office.blocks.values() for person in block.members
    )

    assert all(times == 1 for times in records.values())


@given(waves=histories, seed=seeds)
@often
def test_5_exchanging_what_two_classmates_published_changes_no_byte(waves, seed):
    office = played(waves, seed=seed)
    rng = random.Random(seed)
    other = {}
    for one in office.classes:
        mixed = rng.sample(sorted(one.members), len(one.members))
        other |= dict(zip(sorted(one.members), mixed, strict=True))
    published = {(person, key) for key, block in office.blocks.values() for person in block.members}

    def exchanged(wave):
        return {
            person: wave.answers[other[person]] if (person, wave.key) in published else given
            for person, given in wave.answers.items()
        }

    again = played(with_answers(waves, exchanged), seed=seed)

    assert seen(again) == seen(office)


@given(waves=histories, seed=seeds)
@often
def test_6_nothing_but_the_figures_depends_on_answers(waves, seed):
    rng = random.Random(seed)

    def noise(wave):
        return {person: (rng.randint(-1, 4), rng.randint(-1, 1)) for person in wave.answers}

    office, noisy = played(waves, seed=seed), played(with_answers(waves, noise), seed=seed)

    assert office.blocks == noisy.blocks
    assert office.classes == noisy.classes
    assert office.draws == noisy.draws
    assert outlines(office) == outlines(noisy)


@given(waves=histories, seed=seeds)
@often
def test_7_everything_shown_comes_from_the_text_of_the_ledger(waves, seed):
    office = played(waves, seed=seed)
    starts = [row.number for row in office.rows if row.number not in office.blocks]
    texts = [(row.number, row.previous, row.payload, row.hash) for row in office.rows]

    rows = [Row(*one) for one in texts]
    ends = [*starts[1:], len(rows) + 1]
    again = desk.desk(
        reading.read_collection(rows[start - 1 : end - 1])
        for start, end in zip(starts, ends, strict=True)
    )

    sheets = office.sheets(office.collections())
    assert [(one.csv(), one.report()) for one in again] == [
        (one.csv(), one.report()) for one in sheets
    ]


@given(waves=histories, seed=seeds)
@often
def test_8_a_total_is_the_sum_of_its_leaves_and_the_file_says_what_the_chart_says(waves, seed):
    office = played(waves, seed=seed)

    for collection in office.collections():
        leaves = {one.entry: one for one in collection.value.leaves}
        for cohort in collection.value.header.cohorts:
            found = cohort_chart.cohort_chart(collection, cohort.key)
            if isinstance(found, NoChart):
                continue
            chart = found.value
            held = [leaves[one] for one in chart.caption.entries[1:]]
            assert chart.people == sum(one.people for one in held)
            for place, bar in enumerate(chart.bars):
                shown = [one.coded[place] for one in held if hasattr(one.coded[place], "answered")]
                if bar.is_shown:
                    assert bar.answered == sum(one.answered for one in shown)
                    assert bar.answered == sum(bar.parts.values()) + bar.hidden
            table = iter(export.table(found))
            for bar in chart.bars:
                rows = [next(table) for _ in bar.item.categories]
                bounds = measures.bounds(bar) if bar.is_shown else [(None, None)] * len(rows)
                assert [(one.at_least, one.at_most) for one in rows] == [*bounds]
                while not next(table).words:
                    pass


@given(waves=histories, seed=seeds)
@often
def test_9_what_stands_in_the_ledger_never_changes(waves, seed):
    office = Office(random.Random(seed))
    before = ()

    for wave in waves:
        office.close(wave)
        assert office.rows[: len(before)] == before
        assert len(office.rows) > len(before)
        before = office.rows

    assert ledger.verify(office.rows) == office.rows[-1]
    assert ledger.verify(played(waves, seed=seed).rows) == office.rows[-1]


@given(waves=histories, seed=seeds)
@often
def test_10_editing_who_one_is_after_the_first_release_moves_nobody(waves, seed):
    office = played(waves, seed=seed)
    first = {}
    for key, block in office.blocks.values():
        for person in block.members:
            first.setdefault(person, int(key))
    rng = random.Random(seed)

    edited = []
    for wave in waves:
        people = [
            dataclasses.replace(one, groups=frozenset({f"region:{rng.randrange(3)}"}))
            if first.get(one.person, len(waves)) < int(wave.key)
            else one
            for one in wave.contributors
        ]
        edited.append(dataclasses.replace(wave, contributors=tuple(people)))

    assert played(edited, seed=seed).rows == office.rows


@given(waves=histories, seed=seeds, kind=st.sampled_from(["unverified", "made up"]))
@often
def test_11_made_up_accounts_turn_no_held_block_into_a_shown_one(waves, seed, kind):
    detail = {"is_verified": False} if kind == "unverified" else {"made_by_reviewer": True}
    padding = [
        Contributor(1000 + one, frozenset({"all", "network"}), **detail) for one in range(20)
    ]

    padded = [
        dataclasses.replace(
            wave,
            contributors=(*padding, *wave.contributors),
            answers={one.person: (2, 0) for one in padding} | dict(wave.answers),
        )
        for wave in waves
    ]

    assert seen(played(padded, seed=seed)) == seen(played(waves, seed=seed))


@given(waves=histories, seed=seeds, leaving=st.integers(0, 39))
@often
def test_12_whoever_withdraws_is_shown_no_more_and_leaves_no_gap(waves, seed, leaving):
    def withdrawn(one):
        return dataclasses.replace(one, consents=one.person != leaving)

    half = len(waves) // 2

    office = played([*waves[:half], *with_contributors(waves[half:], withdrawn)], seed=seed)

    keys = {key for key, block in office.blocks.values() if leaving in block.members}
    assert all(int(key) < half for key in keys)
    assert all(people >= 5 for people in Counter(signatures(office).values()).values())
    assert office.rows[: len(played(waves[:half], seed=seed).rows)] == (
        played(waves[:half], seed=seed).rows
    )


def test_the_histories_reach_what_they_are_meant_to_test():
    """Held, rested, merged, shown again: each happens, or the invariants prove nothing."""
    happened = Counter()
    for seed in range(60):
        waves = history(
            random.Random(seed), Setting(people=24, waves=4, regions=3, network=0.4, reviewers=1)
        )
        office = played(waves, seed=seed)
        shown = {person for _, block in office.blocks.values() for person in block.members}
        happened["rested"] += bool(office.draws)
        happened["shown again"] += any(len(one) > 1 for one in signatures(office).values())
        happened["waits"] += any(
            one.person not in shown for wave in waves for one in wave.contributors
        )
        happened["merged"] += any(not block.groups for _, block in office.blocks.values())
        happened["reviewer"] += any(block.reviewers for _, block in office.blocks.values())
        again = {one for key, block in office.blocks.values() if key > "0" for one in block.members}
        happened["held"] += any(not one.members & again for one in office.classes)
        happened["coded"] += '"least"' in "".join(row.payload for row in office.rows)

    assert min(happened.values()) >= 10, happened
