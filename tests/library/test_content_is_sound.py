"""The content that ships is whole, honest and findable."""

import re

import pytest

from ccio_skills import library
from ccio_skills.vocabulary import WEIGHTS, Level
from tests.conftest import CONTENT

DOMAINS = ["LEAD", "CHANGE", "SAFE", "SYSTEMS", "DATA", "TECH", "VALUE", "TRUST", "PRO"]
PROFILES = {
    "aspiring-ccio": "ASP",
    "divisional-lead": "DIV",
    "new-ccio": "NEW",
    "established-ccio": "EST",
    "system-ccio": "SYS",
    "cnio": "CNIO",
    "clinical-safety-officer": "CSO",
}
NEXT_ROLES = {
    "aspiring-ccio": {"divisional-lead", "new-ccio"},
    "divisional-lead": {"new-ccio"},
    "new-ccio": {"established-ccio"},
    "established-ccio": {"system-ccio"},
}
PATHS = {
    "P1": "aspiring-ccio",
    "P2": "new-ccio",
    "P3": "clinical-safety-officer",
    "P4": "established-ccio",
    "P5": "new-ccio",
    "P6": "established-ccio",
    "P7": "system-ccio",
    "P8": "cnio",
}
PROFILE = pytest.mark.parametrize("profile", PROFILES)
EXPLAINED = re.compile(r"^- `(\S+)`, (\w+) (\S+): \w", re.MULTILINE)
FIELDS = re.compile(r"<!-- fields -->\n(.*?)\n<!-- /fields -->", re.DOTALL)


class TestTheFramework:
    def test_has_no_finding_but_those_that_the_guide_explains(self):
        guide = (CONTENT / "README.md").read_text(encoding="utf-8")
        explained = EXPLAINED.findall(guide.partition("**Warnings that remain**")[2])

        findings = library.check(CONTENT)

        assert [one for one in findings if one.severity == "error"] == []
        assert [(one.path, one.rule, one.detail) for one in findings] == explained

    def test_has_nine_domains_in_order(self, shipped):
        assert [one.code for one in shipped.domains] == DOMAINS
        assert [one.order for one in shipped.domains] == list(range(1, 10))

    def test_has_45_skills_numbered_within_their_domain(self, shipped):
        assert len(shipped.skills) == 45
        for domain in shipped.domains:
            codes = {one.code for one in shipped.skills_of(domain.slug)}
            assert codes == {f"{domain.code}-{n}" for n in range(1, len(codes) + 1)}

    def test_says_a_behaviour_for_each_level_but_none(self, shipped):
        assert all(set(one.levels) == set(Level) - {Level.NONE} for one in shipped.skills)

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            ("Change management", "CHANGE-2"),
            ("Clinical engagement", "CHANGE-1"),
            ("software deployment", "TECH-1"),
            ("software development", "TECH-2"),
        ],
    )
    def test_answers_the_survey_of_2012_under_its_own_words(self, shipped, words, code):
        [skill] = [one for one in shipped.skills if words.casefold() in one.title.casefold()]

        assert skill.code == code
        assert skill.survey_2012

    def test_skills_are_found_by_code_whatever_its_case(self, shipped):
        for skill in shipped.skills:
            assert shipped.find_skill(f" {skill.code.lower()} ") == skill
            assert shipped.find_skill(skill.slug) == skill

    def test_a_skill_is_not_found_under_the_code_of_a_profile(self, shipped):
        assert shipped.find_skill("NEW") is None
        assert shipped.find_profile("CHANGE-1") is None
        assert shipped.find_skill("juggling") is None


class TestTheProfiles:
    def test_are_seven_with_their_codes(self, shipped):
        assert {one.slug: one.code for one in shipped.profiles} == PROFILES

    def test_are_found_by_code_whatever_its_case(self, shipped):
        for slug, code in PROFILES.items():
            assert shipped.find_profile(code.lower()).slug == slug
            assert shipped.find_profile(slug).slug == slug

    def test_lead_on_to_the_roles_that_commonly_follow(self, shipped):
        next_roles = {one.slug: set(one.next) for one in shipped.profiles if one.next}

        assert next_roles == NEXT_ROLES

    @PROFILE
    def test_set_a_target_for_each_skill(self, shipped, profile):
        assert set(shipped.profile[profile].targets) == set(shipped.skill)


@PROFILE
class TestTheQuickStart:
    def test_has_ten_skills_in_all_nine_domains(self, shipped, profile):
        picked = shipped.quick_start(profile)

        assert len({one.slug for one in picked}) == len(picked) == 10
        assert {one.domain for one in picked} == set(shipped.domain)

    def test_reads_in_four_minutes(self, shipped, profile):
        """Counted here from the words on the screen: 200 a minute and 3 seconds a skill."""
        picked = shipped.quick_start(profile)
        read = [f"{one.title} {one.definition} {' '.join(one.levels.values())}" for one in picked]

        minutes = len(" ".join(read).split()) / 200 + len(picked) * 3 / 60

        assert minutes <= 4
        assert shipped.rating_minutes([one.slug for one in picked]) == pytest.approx(minutes)

    def test_takes_what_matters_most_in_each_domain_and_one_more(self, shipped, profile):
        targets = shipped.profile[profile].targets
        worth = {slug: WEIGHTS[one.importance] * one.level for slug, one in targets.items()}
        picked = [one.slug for one in shipped.quick_start(profile)]
        best = {d: max(worth[one.slug] for one in shipped.skills_of(d)) for d in shipped.domain}

        for domain, most in best.items():
            assert most in [worth[slug] for slug in picked if shipped.skill[slug].domain == domain]
        left = sorted((worth[slug] for slug in shipped.skill if slug not in picked), reverse=True)
        extra = sorted(worth[slug] for slug in picked)
        for most in best.values():
            extra.remove(most)
        assert extra[0] >= left[0], "the tenth is the highest of the rest"

    def test_asks_the_survey_s_skills_first_among_equals(self, shipped, profile):
        targets = shipped.profile[profile].targets
        worth = {slug: WEIGHTS[one.importance] * one.level for slug, one in targets.items()}
        picked = shipped.quick_start(profile)
        first = [shipped.find_skill(code) for code in ("CHANGE-1", "TECH-1", "VALUE-1")]

        for skill in first:
            most = max(worth[one.slug] for one in shipped.skills_of(skill.domain))
            assert worth[skill.slug] < most or skill in picked


class TestTheModules:
    def test_are_the_whole_catalogue_and_two_more(self, shipped):
        assert [one.code for one in shipped.module.values()] == [f"M{n:02}" for n in range(1, 67)]
        assert shipped.planned == ()
        assert next(one for one in shipped.modules if one.code == "M43").level == 2

    def test_none_is_active_without_a_reviewer_and_no_beta_names_one(self, shipped):
        for module in shipped.modules:
            assert (module.status == "active") == (module.reviewed_by is not None), module.slug

    def test_ask_five_questions_with_a_reason_for_every_option(self, shipped):
        for module in shipped.module.values():
            assert len(module.checks) >= 5
            for check in module.checks:
                assert sum(option.best for option in check.options) == 1
                assert all(len(option.reason.split()) >= 4 for option in check.options)

    def test_come_in_parts_of_five_to_twelve_minutes_that_add_up(self, shipped):
        for module in shipped.module.values():
            minutes = [*(part.minutes for part in module.parts), module.check_minutes]
            assert all(5 <= one <= 12 for one in minutes), module.slug
            assert abs(sum(minutes) - module.minutes) <= max(3, module.minutes / 10)

    def test_keep_to_the_minutes_that_were_agreed_or_say_why_not(self, shipped):
        agreed = {one.slug: one.minutes for one in shipped.agreed}
        others = {slug for slug, one in shipped.module.items() if one.minutes != agreed[slug]}

        assert others == {"managing-software-development-as-a-clinician"}
        assert all(shipped.module[slug].minutes_reason for slug in others)

    def test_give_no_answer_away_by_its_place_or_its_length(self, shipped):
        asked = [check for module in shipped.module.values() for check in module.checks]
        places = [[option.best for option in one.options].index(True) for one in asked]
        longest = [max(one.options, key=lambda option: len(option.text)).best for one in asked]

        assert sum(longest) / len(asked) <= 0.4
        assert all(0.15 < places.count(place) / len(asked) < 0.35 for place in range(4))

    def test_cite_facts_that_lead_to_a_source(self, shipped):
        for module in shipped.module.values():
            for fact in map(shipped.fact.__getitem__, module.facts):
                assert all(key in shipped.source for key in fact.sources)

    def test_are_written_or_planned_but_not_both(self, shipped):
        assert not set(shipped.unwritten) & {one.slug for one in shipped.modules}


class TestThePaths:
    def test_are_eight_and_lead_to_six_roles(self, shipped):
        assert {one.code: one.profile for one in shipped.path.values()} == PATHS

    def test_name_what_is_written_or_planned(self, shipped):
        for path in shipped.paths:
            assert set(path.modules) <= {*shipped.module, *shipped.unwritten}, path.code

    def test_reach_a_milestone_with_their_last_module(self, shipped):
        for path in shipped.paths:
            assert 2 <= len(path.milestones) <= 4
            assert path.milestones[-1].after == path.modules[-1]

    def test_say_how_far_they_take_each_core_skill_of_the_role(self, shipped):
        """A module counts for its main skill, up to the level it teaches."""
        for path in shipped.paths:
            reached = {}
            for module in map(shipped.module.__getitem__, path.modules):
                reached[module.skills[0]] = max(module.level, reached.get(module.skills[0], 0))
            targets = shipped.profile[path.profile].targets
            core = [one for one in shipped.skills if targets[one.slug].importance == "core"]
            lists = [[], [], []]
            for skill in core:
                level, target = reached.get(skill.slug, 0), targets[skill.slug].level
                if level >= target:
                    lists[0].append(f"{skill.title} ({level})")
                elif level:
                    lists[1].append(f"{skill.title} ({level} of {target})")
                else:
                    lists[2].append(skill.title)

            said = re.findall(r"^- \*\*.+:\*\* (.+)\.$", path.opening, re.MULTILINE)

            assert said == ["; ".join(one) or "none" for one in lists], path.code
            for number in re.findall(r"(\d+) core skills", path.opening):
                assert int(number) == len(core), path.code

    def test_end_with_a_template_that_fits_a_phone(self, shipped):
        for path in shipped.paths:
            [template] = re.findall(r"^```template\n(.*?)^```$", path.closing, re.M | re.S)
            assert max(map(len, template.splitlines())) < 70, path.code


class TestEveryStep:
    @PROFILE
    def test_that_a_role_may_ask_for_has_a_module_or_an_action(self, shipped, profile):
        taught = {(module.skills[0], module.level) for module in shipped.module.values()}
        at_work = {(one.skill, step.step) for one in shipped.actions for step in one.steps}

        asked = {
            (slug, step)
            for slug, target in shipped.profile[profile].targets.items()
            for step in range(1, target.level + 1)
        }

        assert asked - taught - at_work == set()

    def test_an_action_is_found_by_skill_and_step(self, shipped):
        for action in shipped.actions:
            for step in action.steps:
                assert shipped.action(action.skill, step.step) == step
        assert shipped.action("juggling", 1) is None


class TestTheAuthorsGuide:
    @pytest.mark.parametrize("kind", library.KINDS)
    def test_every_field_is_explained(self, kind):
        tables = re.split(r"^### `(.*)`$", library.field_tables(), flags=re.MULTILINE)
        table = dict(zip(tables[1::2], tables[2::2], strict=True))[kind]

        explained = re.findall(r"^\| `(\w+)` \| (?:yes|) \| \S.* \|$", table, re.MULTILINE)

        fields = library.KINDS[kind].model_fields
        assert explained == [one for one in fields if one not in ("slug", "body")]

    def test_every_kind_of_content_has_a_table(self):
        tables = library.field_tables()

        assert re.findall(r"^### `(.*)`$", tables, re.MULTILINE) == list(library.KINDS)
        assert "| `keypoints` | yes | What to remember, shown at the end. |" in tables
        assert "| `prerequisites` |  | " in tables

    def test_its_tables_are_those_of_the_types(self):
        guide = (CONTENT / "README.md").read_text(encoding="utf-8")

        [tables] = FIELDS.findall(guide)

        assert tables.strip() == library.field_tables().strip()

    @pytest.mark.parametrize("file", ["README.md", "pages/about.md"])
    def test_it_says_that_all_of_this_is_a_proposal(self, file):
        words = (CONTENT / file).read_text(encoding="utf-8").casefold()

        assert "proposals built from cited sources" in words
        assert "validated" in words
