"""What self-ratings mean: gaps, what to ask next, and ratings as a file."""

import csv
import dataclasses
import io
import operator
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccio_skills import library
from ccio_skills.assess.rules import course, gaps, ratings, sheet
from ccio_skills.assess.rules.gaps import Tier
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.vocabulary import WEIGHTS, Confidence, Importance, Level
from tests.conftest import CONTENT, NOW

ROLE = "new-ccio"
DAY = timedelta(days=1)
# Loaded here for strategies; as an argument of a property it would be printed with each failure.
LIBRARY = library.load(CONTENT)
unhurried = settings(deadline=None)
levels = st.sampled_from(Level)
skills = st.sampled_from(sorted(LIBRARY.skill))
profiles = st.sampled_from(sorted(LIBRARY.profile))
days_ago = st.timedeltas(timedelta(), 5000 * DAY)
zones = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))])


def rated(skill, level, *, at=NOW, **detail):
    return Rating(skill, None if level is None else Level(level), at, **detail)


def by_skill(*given_ratings):
    return {one.skill: one for one in given_ratings}


# Any skills, some of them not relevant, some with an importance of the person's own.
some_ratings = st.dictionaries(
    skills, st.tuples(st.none() | levels, st.none() | st.sampled_from(Importance))
).map(
    lambda chosen: by_skill(
        *(rated(slug, level, importance=own) for slug, (level, own) in chosen.items())
    )
)


class TestFindGaps:
    def test_matches_values_worked_by_hand(self, shipped):
        """New CCIO: change management 3 core, portfolio 3 important, clinical engagement 4 core."""
        given_ratings = by_skill(
            rated("change-management", 1),
            rated("portfolio-and-demand-prioritisation", 0),
            rated("clinical-engagement", 5, evidence="Chaired the design group."),
        )

        found = gaps.find_gaps(given_ratings, library=shipped, profile=ROLE)

        assert [(one.code, one.levels, one.weight, one.worth) for one in found[:2]] == [
            ("CHANGE-2", 2, 3, 6),
            ("LEAD-4", 3, 2, 6),
        ]
        engagement = next(one for one in found if one.skill == "clinical-engagement")
        assert (engagement.levels, engagement.worth, engagement.tier) == (0, 0, Tier.MET)
        assert [one.skill for one in found if one.has_evidence] == ["clinical-engagement"]

    def test_with_nothing_rated_every_skill_is_unrated_and_none_is_a_gap(self, shipped):
        found = gaps.find_gaps({}, library=shipped, profile=ROLE)

        assert len(found) == 45
        assert {(one.now, one.levels, one.worth, one.tier) for one in found} == {
            (None, None, 0, Tier.UNRATED)
        }

    def test_none_of_these_yet_is_an_answer_and_the_widest_gap(self, shipped):
        [first, *_] = gaps.find_gaps(
            by_skill(rated("change-management", 0)), library=shipped, profile=ROLE
        )

        assert (first.now, first.levels, first.worth) == (Level.NONE, 3, 9)

    def test_the_persons_own_importance_replaces_the_profiles(self, shipped):
        own = by_skill(rated("change-management", 2, importance=Importance.SUPPORTING))

        [gap] = [one for one in gaps.find_gaps(own, library=shipped, profile=ROLE) if one.worth]

        assert (gap.importance, gap.weight, gap.worth) == (Importance.SUPPORTING, 1, 1)

    def test_a_skill_that_the_framework_dropped_is_passed_over(self, shipped):
        assert gaps.find_gaps(
            by_skill(rated("telegraphy", 1)), library=shipped, profile=ROLE
        ) == gaps.find_gaps({}, library=shipped, profile=ROLE)

    def test_a_rating_from_before_a_skill_took_a_new_name_still_counts(self, shipped):
        old, new = "change-management", "leading-change"
        skill = shipped.skill[old].model_copy(update={"slug": new, "formerly": (old,)})
        role = shipped.profile[ROLE]
        role = role.model_copy(update={"targets": {new: role.targets[old]}})
        renamed = library.Library(skills=(skill,), profiles=(role,))

        [gap] = gaps.find_gaps(by_skill(rated(old, 1)), library=renamed, profile=ROLE)

        assert gap.now == Level.AWARE

    @given(given_ratings=some_ratings, profile=profiles)
    @unhurried
    def test_orders_by_weight_times_gap_then_code(self, given_ratings, profile):
        found = gaps.find_gaps(given_ratings, library=LIBRARY, profile=profile)

        for one, after in pairwise(found):
            assert (-one.worth, one.code) < (-after.worth, after.code)

    @given(given_ratings=some_ratings, profile=profiles)
    @unhurried
    def test_keeps_each_relevant_skill_once_and_says_what_is_true(self, given_ratings, profile):
        targets = LIBRARY.profile[profile].targets

        found = gaps.find_gaps(given_ratings, library=LIBRARY, profile=profile)

        absent = {slug for slug, one in given_ratings.items() if one.level is None}
        assert sorted(one.skill for one in found) == sorted(set(LIBRARY.skill) - absent)
        for one in found:
            said, target = given_ratings.get(one.skill), targets[one.skill]
            assert one.target == target.level
            assert one.importance == ((said and said.importance) or target.importance)
            assert one.weight == WEIGHTS[one.importance]
            if said is None:
                assert one.now is one.levels is None
                assert one.worth == 0
            else:
                assert one.now == said.level
                assert one.levels == max(0, target.level - said.level)
                assert one.worth == one.weight * one.levels

    @given(skill=skills, level=st.integers(0, 4))
    @unhurried
    def test_climbing_a_level_never_makes_a_gap_worth_more(self, skill, level):
        def worth(now):
            found = gaps.find_gaps(by_skill(rated(skill, now)), library=LIBRARY, profile=ROLE)
            return next(one.worth for one in found if one.skill == skill)

        assert worth(level) >= worth(level + 1)


class TestTiers:
    @pytest.mark.parametrize(
        ("now", "tier"),
        [
            (None, Tier.UNRATED),
            (0, Tier.CLEAR),
            (1, Tier.CLEAR),
            (2, Tier.SOME),
            (3, Tier.MET),
            (5, Tier.MET),
        ],
    )
    def test_are_two_levels_one_level_and_none(self, now, tier):
        level = None if now is None else Level(now)

        gap = gaps.Gap("s", "S-1", level, Level.PRACTISING, Importance.CORE)

        assert gap.tier is tier

    def test_evidence_is_a_mark_never_a_condition_of_met(self):
        bare = gaps.Gap("s", "S-1", Level.PRACTISING, Level.PRACTISING, Importance.CORE)

        assert bare.tier is dataclasses.replace(bare, has_evidence=True).tier is Tier.MET

    def test_are_counted_with_none_left_out(self, shipped):
        found = gaps.find_gaps(
            by_skill(rated("change-management", 1), rated("clinical-engagement", 4)),
            library=shipped,
            profile=ROLE,
        )

        assert gaps.count_tiers(found) == {
            Tier.CLEAR: 1,
            Tier.SOME: 0,
            Tier.MET: 1,
            Tier.UNRATED: 43,
        }
        assert gaps.count_tiers([]) == dict.fromkeys(Tier, 0)


class TestMostImportant:
    def test_are_ten_open_ones_first_then_unrated_then_met(self, shipped):
        found = gaps.find_gaps(
            by_skill(
                rated("change-management", 3),
                rated("market-awareness", 0),
                rated("clinical-engagement", 3),
            ),
            library=shipped,
            profile=ROLE,
        )

        top = gaps.most_important(found)

        assert len(top) == 10
        assert [one.skill for one in top[:2]] == [
            one.skill for one in found if one.tier in (Tier.CLEAR, Tier.SOME)
        ]
        assert {one.tier for one in top[2:]} == {Tier.UNRATED}

    @given(given_ratings=some_ratings, profile=profiles)
    @unhurried
    def test_leave_out_nothing_that_matters_more(self, given_ratings, profile):
        """Open gaps count by weight x gap; what is unrated or met by weight x target."""
        found = gaps.find_gaps(given_ratings, library=LIBRARY, profile=profile)

        def matters(gap):
            group = {Tier.UNRATED: 1, Tier.MET: 0}.get(gap.tier, 2)
            return group, gap.worth if group == 2 else gap.weight * gap.target

        top = gaps.most_important(found)

        assert set(top) <= set(found)
        assert len(set(top)) == len(top) == min(10, len(found))
        assert [matters(one) for one in top] == sorted(map(matters, top), reverse=True)
        left = set(found) - set(top)
        assert all(matters(one) <= matters(top[-1]) for one in left)

    def test_of_nothing_are_none(self):
        assert gaps.most_important([]) == ()


class TestIsDue:
    @pytest.mark.parametrize(
        ("code", "days", "is_due"),
        [
            ("CHANGE-1", 364, False),
            ("CHANGE-1", 366, True),
            ("SAFE-2", 181, False),
            ("SAFE-2", 184, True),
            ("TRUST-1", 184, True),
            ("TECH-1", 184, False),
        ],
    )
    def test_after_twelve_months_and_six_for_safety_and_trust(self, code, days, is_due):
        rating = rated("a-skill", 2, at=NOW - days * DAY)

        assert ratings.is_due(rating, code=code, now=NOW) is is_due

    def test_after_a_module_finished_since(self):
        rating = rated("a-skill", 2, at=NOW - 30 * DAY)

        def is_due(learnt_at):
            return ratings.is_due(rating, code="TECH-1", now=NOW, learnt_at=learnt_at)

        assert is_due(NOW - 29 * DAY)
        assert not is_due(NOW - 31 * DAY)
        assert not is_due(None)

    def test_never_for_what_is_not_part_of_the_role(self):
        rating = rated("a-skill", None, at=NOW - 900 * DAY)

        assert not ratings.is_due(rating, code="SAFE-1", now=NOW, learnt_at=NOW)

    def test_lists_what_is_due_in_framework_order(self, shipped):
        old, fresh = NOW - 400 * DAY, NOW - 200 * DAY
        given_ratings = by_skill(
            rated("market-awareness", 2, at=old),
            rated("clinical-risk-management", 2, at=fresh),
            rated("change-management", 2, at=fresh),
            rated("clinical-engagement", 2, at=fresh),
        )

        due = course.due_again(
            given_ratings,
            library=shipped,
            now=NOW,
            learnt={"clinical-engagement": NOW - DAY, "software-deployment": NOW},
        )

        codes = [one.code for one in due]
        assert codes == ["CHANGE-1", "SAFE-1", shipped.skill["market-awareness"].code]

    @pytest.mark.parametrize(
        ("detail", "has"),
        [({}, False), ({"evidence": "A note."}, True), ({"evidence_link": "https://a"}, True)],
    )
    def test_evidence_is_a_note_or_a_link(self, detail, has):
        assert rated("a-skill", 0, **detail).has_evidence is has

    def test_counts_what_has_a_level(self):
        assert ratings.count_relevant([rated("a", 0), rated("b", None), rated("c", 5)]) == 2


class TestChooseRound:
    @pytest.fixture
    def choose(self, shipped):
        def choose(*, params=(), in_sitting=(), is_quick=False, answered=()):
            return course.choose_round(
                shipped,
                profile=ROLE,
                params=dict(params),
                in_sitting=list(in_sitting),
                is_quick=is_quick,
                rated={*answered, *in_sitting},
            )

        return choose

    def test_begins_with_the_first_domain(self, choose, shipped):
        asked = choose()

        assert asked.domain == shipped.domains[0]
        assert asked.skills == shipped.skills_of(shipped.domains[0].slug)
        assert asked.params == {"domain": shipped.domains[0].slug}
        assert not asked.is_quick

    def test_asks_the_domain_that_a_link_names(self, choose, shipped):
        asked = choose(params={"domain": "trust"}, answered=shipped.skill)

        assert asked.domain.slug == "trust"

    def test_asks_the_skills_that_a_link_names_and_no_unknown_one(self, choose):
        asked = choose(params={"skills": "market-awareness,telegraphy,change-management"})

        assert [one.slug for one in asked.skills] == ["market-awareness", "change-management"]
        assert asked.params == {"skills": "market-awareness,change-management"}
        assert asked.domain is None

    def test_asks_a_skill_once_that_a_link_names_twice(self, choose):
        asked = choose(params={"skills": "market-awareness,market-awareness"})

        assert [one.slug for one in asked.skills] == ["market-awareness"]

    @pytest.mark.parametrize("params", [{"skills": "telegraphy"}, {"domain": "x"}, {"y": "1"}])
    def test_a_link_that_names_nothing_known_goes_on_where_one_left(self, choose, params):
        assert choose(params=params) == choose()

    def test_a_quick_start_asks_the_ten_of_the_profile(self, choose, shipped):
        asked = choose(params={"quick": "1"})

        assert asked.is_quick
        assert asked.skills == shipped.quick_start(ROLE)
        assert asked.params == {"quick": "1"}

    def test_an_unfinished_quick_start_is_taken_up_again(self, choose, shipped):
        first, *others = [one.slug for one in shipped.quick_start(ROLE)]

        assert choose(in_sitting=[first], is_quick=True).is_quick
        assert not choose(in_sitting=[first], is_quick=False).is_quick
        assert not choose(in_sitting=[first, *others], is_quick=True).is_quick

    def test_a_link_to_a_domain_leads_out_of_an_unfinished_quick_start(self, choose, shipped):
        first = shipped.quick_start(ROLE)[0].slug

        asked = choose(params={"domain": "data"}, in_sitting=[first], is_quick=True)

        assert asked.domain.slug == "data"

    def test_goes_on_in_the_domain_of_the_last_answer(self, choose, shipped):
        data = shipped.skills_of("data")

        asked = choose(in_sitting=["market-awareness", data[0].slug])

        assert asked.domain.slug == "data"

    def test_goes_on_after_a_finished_domain(self, choose, shipped):
        data = [one.slug for one in shipped.skills_of("data")]
        following = list(shipped.domain)[list(shipped.domain).index("data") + 1]

        assert choose(in_sitting=data).domain.slug == following

    def test_goes_round_to_what_was_left_out_before(self, choose, shipped):
        left = shipped.skills_of("change")[0].slug
        last = shipped.skills_of("professional-practice")[0].slug
        answered = [slug for slug in shipped.skill if slug not in (left, last)]

        assert choose(answered=answered, in_sitting=[last]).domain.slug == "change"

    def test_asks_nothing_when_every_skill_has_an_answer(self, choose, shipped):
        assert choose(answered=shipped.skill) is None
        assert choose(answered=shipped.skill, in_sitting=["market-awareness"]) is None

    @given(answered=st.lists(skills, unique=True))
    @unhurried
    def test_following_it_ends_with_every_skill_answered(self, answered):
        def choose():
            return course.choose_round(
                LIBRARY,
                profile=ROLE,
                params={},
                in_sitting=answered,
                is_quick=False,
                rated=answered,
            )

        for _ in LIBRARY.domains:
            if asked := choose():
                left = [one.slug for one in asked.skills if one.slug not in answered]
                assert left, "a round asks at least one open question"
                answered = [*answered, *left]

        assert choose() is None
        assert set(answered) == set(LIBRARY.skill)


class TestProgress:
    def test_minutes_left_are_words_and_three_seconds_a_skill(self, shipped):
        skills = shipped.skills_of("change")
        first, *rest = skills
        words = sum(one.words for one in rest)

        done = course.progress(skills, answered={first.slug, "telegraphy"}, library=shipped)

        assert (done.answered, done.asked) == (1, len(skills))
        assert done.minutes_left == pytest.approx(words / 200 + len(rest) / 20)
        assert done.share == 1 / len(skills)

    def test_of_nothing_is_complete(self, shipped):
        done = course.progress([], answered=(), library=shipped)

        assert (done.share, done.minutes_left) == (1, 0)

    def test_the_next_domain_is_looked_for_all_the_way_round(self, shipped):
        slugs = list(shipped.domain)
        only_first = [one.slug for one in shipped.skills if one.domain != slugs[0]]

        assert course.next_domain(shipped, answered=only_first, after=slugs[0]).slug == slugs[0]
        assert course.next_domain(shipped, answered=(), after=slugs[-1]).slug == slugs[0]
        assert course.next_domain(shipped, answered=(), after=slugs[2]).slug == slugs[3]
        assert course.next_domain(shipped, answered=()).slug == slugs[0]
        assert course.next_domain(shipped, answered=shipped.skill) is None


@pytest.fixture
def read(shipped):
    def read(content):
        raw = content if isinstance(content, bytes) else content.encode()
        return sheet.read(raw, library=shipped, now=NOW)

    return read


@pytest.fixture
def faults(read):
    """The faults of a sheet, as (line, what)."""

    def faults(content):
        with pytest.raises(sheet.SheetError) as refusal:
            read(content)
        return [(one.line, one.what) for one in refusal.value.faults]

    return faults


class TestReadASheet:
    def test_skills_come_by_code_or_slug_whatever_the_case(self, read):
        given_ratings = read("skill,level\nchange-2,3\nclinical-engagement,0\nTECH-1,na\n")

        assert given_ratings == (
            rated("change-management", 3),
            rated("clinical-engagement", 0),
            rated("software-deployment", None),
        )

    def test_details_may_come_in_any_order_and_may_be_empty(self, read):
        [full, bare] = read(
            "rated_at,Evidence,importance,confidence,level,skill\n".lower()
            + "2026-11-20T10:00:00+01:00,Chaired it,Core,SURE,4,CHANGE-1\n,,,,NA,CHANGE-2\n"
        )

        assert full == rated(
            "clinical-engagement",
            4,
            at=datetime(2026, 11, 20, 9, tzinfo=UTC),
            confidence=Confidence.SURE,
            importance=Importance.CORE,
            evidence="Chaired it",
        )
        assert bare == rated("change-management", None)

    @pytest.mark.parametrize(
        "content",
        [
            b"\xef\xbb\xbfskill,level\nCHANGE-1,3\n",
            b'\xef\xbb\xbf"skill","level"\r\n"CHANGE-1","3"\r\n',
            b" skill , level \n CHANGE-1 , 3 \n",
            b"skill,level\n\nCHANGE-1,3\n\n",
            b"skill,level\nCHANGE-1,3",
        ],
        ids=["byte-order mark", "Excel", "spaces", "blank lines", "no last line end"],
    )
    def test_what_spreadsheets_make_of_it_is_read(self, read, content):
        assert read(content) == (rated("clinical-engagement", 3),)

    def test_two_answers_to_a_skill_at_two_moments_are_both_kept(self, read):
        given_ratings = read(
            "skill,level,rated_at\nCHANGE-1,1,2025-01-01T09:00:00Z\nCHANGE-1,2,2026-01-01T09:00:00Z\n"
        )

        assert [one.level for one in given_ratings] == [1, 2]

    def test_every_fault_is_named_at_once_with_its_line(self, faults):
        found = faults(
            "skill,level,confidence,importance,rated_at\n"
            "JUGGLE-1,6,very,vital,yesterday\n"
            "CHANGE-1,3,,,\n"
            "CHANGE-2,three,,,2026-11-20\n"
        )

        assert [line for line, _ in found] == [2, 2, 2, 2, 2, 4, 4]
        for (_, what), word in zip(
            found,
            ["JUGGLE-1", "'6'", "'very'", "'vital'", "'yesterday'", "'three'", "2026-11-20"],
            strict=True,
        ):
            assert word in what

    def test_the_message_says_line_and_fault(self, read):
        with pytest.raises(sheet.SheetError, match=r"^line 3: level '9' is not 0 to 5 or na$"):
            read("skill,level\nCHANGE-1,3\nCHANGE-2,9\n")

    @pytest.mark.parametrize(
        ("heading", "words"),
        [
            ("", ["'skill' is missing", "'level' is missing"]),
            ("level", ["'skill' is missing"]),
            ("skill,level,mood", ["unknown column 'mood'"]),
            ("skill,level,level", ["'level' stands twice"]),
            ("skill;level", ["'skill' is missing", "'level' is missing", "'skill;level'"]),
        ],
    )
    def test_wrong_columns_are_named(self, faults, heading, words):
        found = faults(f"{heading}\nCHANGE-1,3\n" if heading else "")

        assert [line for line, _ in found] == [1] * len(words)
        assert all(word in what for (_, what), word in zip(found, words, strict=True))

    @pytest.mark.parametrize(
        ("moment", "words"),
        [
            ("2026-11-22T09:00:01+00:00", "future"),
            ("2026-11-22T09:30:00+00:00", "future"),
            ("2026-11-22T09:00:00", "no time zone"),
            ("2026-11-22", "no time zone"),
            ("22/11/2026", "no date and time"),
        ],
    )
    def test_a_moment_must_have_a_zone_and_be_over(self, faults, moment, words):
        [(line, what)] = faults(f"skill,level,rated_at\nCHANGE-1,3,{moment}\n")

        assert line == 2
        assert moment in what
        assert words in what

    def test_now_is_not_the_future(self, read):
        [rating] = read(f"skill,level,rated_at\nCHANGE-1,3,{NOW.isoformat()}\n")

        assert rating.rated_at == NOW

    @pytest.mark.parametrize(
        ("row", "words"),
        [
            ("CHANGE-1", "level '' is not"),
            ("CHANGE-1,3,4", "more cells than the heading"),
            (",3", "unknown skill ''"),
            ("CHANGE-1,-1", "level '-1'"),
            ("CHANGE-1,3.0", "level '3.0'"),
            ("CHANGE-1,=1+2", "level '=1+2'"),
            ("=CHANGE-1,3", "unknown skill '=CHANGE-1'"),
            ("new-ccio,3", "unknown skill 'new-ccio'"),
        ],
    )
    def test_a_row_that_makes_no_sense_is_named(self, faults, row, words):
        [(line, what)] = faults(f"skill,level\n{row}\n")

        assert line == 2
        assert words in what

    def test_a_skill_that_stands_twice_is_named_with_its_first_line(self, faults):
        [(line, what)] = faults("skill,level\nCHANGE-1,3\nCHANGE-2,3\nclinical-engagement,4\n")

        assert line == 4
        assert "line 2" in what

    def test_evidence_is_at_most_4000_characters(self, read, faults):
        [rating] = read(f"skill,level,evidence\nCHANGE-1,3,{'a' * 4000}\n")
        [(line, what)] = faults(f"skill,level,evidence\nCHANGE-1,3,{'a' * 4001}\n")

        assert len(rating.evidence) == 4000
        assert line == 2
        assert "4001" in what

    @pytest.mark.parametrize(
        ("content", "line"),
        [
            (b"skill,level\nCHANGE-1,3\nCHANGE-2,\xe9\n", 3),
            (b'skill,level\nCHANGE-1,"3\n', 2),
            (b"\xff\xfes\x00k\x00", 1),
        ],
        ids=["latin-1", "open quote", "UTF-16"],
    )
    def test_what_is_no_utf_8_csv_is_named_with_its_line(self, faults, content, line):
        [(found, what)] = faults(content)

        assert found == line
        assert "CSV" in what

    def test_a_file_of_a_heading_alone_is_a_fault(self, faults):
        assert faults("skill,level\n") == [(1, "no ratings below the heading")]

    def test_a_hundred_thousand_rows_are_read(self, read, shipped):
        codes = [one.code for one in shipped.skills]
        rows = [
            f"{codes[n % 45]},{n % 6},{(NOW - timedelta(hours=n)).isoformat()}"
            for n in range(100_000)
        ]

        assert len(read("\n".join(["skill,level,rated_at", *rows]))) == 100_000

    def test_of_very_many_faults_a_hundred_are_shown_and_all_are_counted(self, read):
        rows = [f"CHANGE-1,{n}" for n in range(6, 100_006)]

        with pytest.raises(sheet.SheetError) as refusal:
            read("\n".join(["skill,level", *rows]))

        lines = str(refusal.value).splitlines()
        assert len(refusal.value.faults) == 100_000
        assert len(lines) == 101
        assert lines[0].startswith("line 2: ")
        assert lines[99].startswith("line 101: ")
        assert lines[100] == "... and 99900 more"

    def test_a_row_over_three_lines_is_named_by_its_first(self, faults):
        [(line, _)] = faults('skill,level,evidence\nCHANGE-1,9,"one\ntwo\nthree"\n')

        assert line == 2

    @given(start=st.sampled_from([b"", b"skill,level\n"]), noise=st.binary(max_size=80))
    @unhurried
    def test_noise_is_refused_and_breaks_nothing(self, start, noise):
        with pytest.raises(sheet.SheetError) as refusal:
            sheet.read(start + noise, library=LIBRARY, now=NOW)

        assert all(one.line >= 1 for one in refusal.value.faults)


class TestWriteASheet:
    WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=30)

    # What a person can type and the app keeps; reading trims, so spaces at the ends are left out.
    RATING = st.builds(
        Rating,
        skills,
        st.none() | levels,
        st.builds(lambda ago, zone: (NOW - ago).astimezone(zone), days_ago, zones),
        st.none() | st.sampled_from(Confidence),
        st.none() | st.sampled_from(Importance),
        WORDS.map(str.strip).filter(lambda words: not words.startswith("'")),
    )
    MOMENT = operator.attrgetter("skill", "rated_at")

    def round_trip(self, library, *given_ratings):
        written = sheet.write(given_ratings, library=library)
        return sheet.read(written.encode(), library=library, now=NOW)

    def test_matches_a_file_written_by_hand(self, shipped):
        given_ratings = [
            rated("change-management", 3, confidence=Confidence.SURE, evidence="a, b"),
            rated("software-deployment", None, importance=Importance.CORE),
        ]

        assert sheet.write(given_ratings, library=shipped) == (
            "skill,level,confidence,importance,evidence,rated_at\r\n"
            'CHANGE-2,3,sure,,"a, b",2026-11-22T09:00:00+00:00\r\n'
            "TECH-1,na,,core,,2026-11-22T09:00:00+00:00\r\n"
        )

    def test_of_nothing_is_a_heading(self, shipped):
        assert sheet.write([], library=shipped).count("\n") == 1

    @given(given_ratings=st.lists(RATING, min_size=1, max_size=8, unique_by=MOMENT))
    @unhurried
    def test_is_read_back_as_it_was(self, given_ratings):
        assert self.round_trip(LIBRARY, *given_ratings) == tuple(given_ratings)

    @pytest.mark.parametrize("start", ["=", "+", "-", "@"])
    def test_no_cell_starts_a_formula_and_the_words_come_back(self, shipped, start):
        rating = rated("change-management", 3, evidence=f"{start}1+1")

        written = sheet.write([rating], library=shipped)

        assert f",'{start}1+1," in written
        assert self.round_trip(shipped, rating) == (rating,)

    @given(evidence=WORDS)
    @unhurried
    def test_no_cell_can_ever_start_a_formula(self, evidence):
        written = sheet.write([rated("change-management", 3, evidence=evidence)], library=LIBRARY)

        cells = [cell for row in csv.reader(io.StringIO(written, newline="")) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]

    def test_a_lone_carriage_return_breaks_no_row(self, shipped):
        rating = rated("change-management", 3, evidence="one\r=1+1")

        assert self.round_trip(shipped, rating) == (rating,)

    def test_an_own_apostrophe_before_a_sign_comes_back(self, shipped):
        rating = rated("change-management", 3, evidence="'=1+1")

        assert self.round_trip(shipped, rating) == (rating,)
