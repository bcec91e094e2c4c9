"""The command line: the main job without a screen, import, export, erase, check and guide."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from sqlmodel import Session
from typer.testing import CliRunner

from ccio_skills import library, store
from ccio_skills.assess import queries as assess
from ccio_skills.cli import app
from ccio_skills.people import queries as people
from ccio_skills.vocabulary import Confidence, Importance, Level, PersonId
from tests.conftest import CONTENT, ROOT

ME = PersonId(1)
SAMPLE = """skill,level
SAFE-1,0
change-management,2
VALUE-1,na
clinical-engagement,4
"""
FULL = """skill,level,confidence,importance,evidence,rated_at
CHANGE-2,1,unsure,,First try.,2024-11-02T10:00:00+00:00
CHANGE-2,2,sure,supporting,"Led, and ""measured"", the list change.",2025-11-02T10:00:00+00:00
SAFE-1,0,,,=1+1,2025-11-02T10:00:00+00:00
VALUE-1,na,,,,2025-11-02T10:00:00+00:00
"""


@pytest.fixture(autouse=True)
def _own_place(tmp_path, monkeypatch):
    """Keep every command away from the real store; also puts back what commands set themselves."""
    monkeypatch.setenv("CCIO_DATA", str(tmp_path / "default"))
    for name in ("CCIO_DATABASE_URL", "CCIO_CONTENT", "CCIO_DEMO"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)


def run(*words, says=None):
    return CliRunner().invoke(app, [str(word) for word in words], input=says)


@pytest.fixture
def write(tmp_path):
    def write(text, name="ratings.csv"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def plan(write):
    def plan(*more, text=SAMPLE, profile="NEW", minutes=60):
        file = write(text)
        return run("plan", "--ratings", file, "--profile", profile, "--minutes", minutes, *more)

    return plan


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A folder with the ratings of FULL, imported once; tests work on copies."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "ratings.csv").write_text(FULL, encoding="utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CCIO_DATA", str(folder))
        result = run("ratings", "import", folder / "ratings.csv", "--data", folder / "mine")
    assert (result.exit_code, result.stdout) == (0, "4 ratings imported.\n")
    return folder / "mine"


@pytest.fixture
def mine(filled, tmp_path):
    return Path(shutil.copytree(filled, tmp_path / "mine"))


def in_store(folder, ask):
    with Session(store.open_engine(f"sqlite:///{folder}/ccio-skills.db")) as db:
        return ask(db, ME)


def mode(file):
    return file.stat().st_mode & 0o777


class TestThePlanAsJson:
    def test_holds_what_was_promised_in_order(self, plan):
        """New CCIO: risk 0 to 3, core: 9; change 2 to 3, core: 3; then by code."""
        result = plan("--format", "json")

        said = json.loads(result.stdout)
        assert result.exit_code == 0
        assert result.stderr == ""
        assert list(said) == ["profile", "minutes", "note", "gaps", "plan"]
        assert (said["profile"], said["minutes"]) == ("new-ccio", 60)
        assert [(gap["code"], gap["gap"]) for gap in said["gaps"][:3]] == [
            ("SAFE-1", 3),
            ("CHANGE-2", 1),
            ("CHANGE-1", 0),
        ]
        assert len(said["gaps"]) == 44, "what is not part of the role is absent"
        assert said["note"].startswith("41 skills are not rated yet")
        [item] = said["plan"]
        assert list(item) == ["module", "code", "minutes", "why"]
        assert (item["module"], item["code"], item["minutes"]) == (
            "digital-clinical-safety-essentials",
            "M17",
            30,
        )

    def test_is_the_same_for_codes_and_slugs_in_any_case(self, plan):
        slugs = SAMPLE.replace("SAFE-1", "clinical-risk-management")
        codes = slugs.replace("change-management", "change-2").replace(
            "VALUE-1", "Market-Awareness"
        )

        first = plan("--format", "json").stdout

        assert plan("--format", "json", text=codes, profile="new-ccio").stdout == first
        assert plan("--format", "json", text=slugs, profile="new").stdout == first

    @pytest.mark.parametrize(
        ("code", "slug"),
        [
            ("ASP", "aspiring-ccio"),
            ("DIV", "divisional-lead"),
            ("NEW", "new-ccio"),
            ("EST", "established-ccio"),
            ("SYS", "system-ccio"),
            ("CNIO", "cnio"),
            ("CSO", "clinical-safety-officer"),
        ],
    )
    def test_knows_each_profile_by_its_code(self, shipped, code, slug):
        """What ``--profile`` is looked up with; loading the content seven times takes too long."""
        assert shipped.find_profile(code).slug == shipped.find_profile(slug).slug == slug

    def test_says_the_slug_of_a_profile_given_by_its_code(self, plan):
        result = plan("--format", "json", profile="CSO")

        assert json.loads(result.stdout)["profile"] == "clinical-safety-officer"

    def test_plans_something_in_a_single_minute(self, plan):
        said = json.loads(plan("--format", "json", minutes=1).stdout)

        assert [item["code"] for item in said["plan"]] == ["M17"]
        assert "start with part 1 of Digital clinical safety essentials" in said["note"]

    def test_takes_a_file_as_a_spreadsheet_writes_it(self, plan):
        windows = "\ufeff" + SAMPLE.replace("\n", "\r\n")

        assert plan("--format", "json", text=windows).stdout == plan("--format", "json").stdout

    def test_stores_nothing(self, plan, tmp_path):
        plan("--format", "json")

        assert not (tmp_path / "default").exists()


class TestThePlanAsATable:
    def test_shows_gaps_plan_and_note_in_words(self, plan):
        result = plan()

        lines = [" ".join(line.split()) for line in re.sub("[│┃]", " ", result.stdout).splitlines()]
        assert result.exit_code == 0
        assert "Gaps for New CCIO" in lines
        assert "CHANGE-2 Change management 2 Contributing 3 Practising 3 1" in lines
        assert any(
            line.startswith("SAFE-1 Clinical risk management (DCB0129/DCB0160) None of these yet")
            for line in lines
        )
        assert "Plan for 60 minutes" in lines
        assert any(line.startswith("M17 Digital clinical safety essentials 30") for line in lines)
        assert "41 skills are not rated yet" in result.stdout

    def test_leaves_met_and_unrated_skills_to_the_json(self, plan):
        result = plan()

        assert "CHANGE-1 " not in result.stdout
        assert "LEAD-1 " not in result.stdout

    def test_plans_the_sample_that_ships(self, tmp_path):
        result = run(
            "plan", "--ratings", CONTENT / "sample-ratings.csv", "--profile", "NEW", "--minutes", 60
        )

        assert result.exit_code == 0
        assert "Plan for 60 minutes" in result.stdout


class TestFaults:
    def test_are_all_named_with_their_lines_and_stop_with_1(self, plan):
        result = plan(
            text="skill,level,confidence,rated_at\n"
            "TELEGRAPHY-1,2,,\n"
            "CHANGE-2,6,very,\n"
            "CHANGE-1,2,sure,2025-11-02T10:00:00\n"
            "SAFE-1,1,,2025-11-02T10:00:00Z\n"
            "SAFE-1,3,,2025-11-02T10:00:00Z\n"
        )

        assert result.exit_code == 1
        assert result.stdout == ""
        assert "5 faults; nothing was used." in result.stderr
        for fault in (
            "line 2: unknown skill 'TELEGRAPHY-1'",
            "line 3: level '6' is not 0 to 5 or na",
            "line 3: confidence 'very' is not unsure, fairly, sure",
            "line 4: rated_at '2025-11-02T10:00:00' names no time zone",
            "line 6: 'SAFE-1' stands on line 5 already",
        ):
            assert fault in result.stderr

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("skill;level\nCHANGE-2;1\n", "the column 'skill' is missing"),
            ("", "the column 'skill' is missing"),
        ],
    )
    def test_in_the_form_of_the_file_stop_with_1(self, plan, text, fault):
        result = plan(text=text)

        assert result.exit_code == 1
        assert fault in result.stderr

    def test_of_content_are_all_listed_and_stop_with_1(self, plan, tmp_path, monkeypatch):
        content = shutil.copytree(CONTENT, tmp_path / "content")
        (content / "modules" / "understanding-what-is-available.md").unlink()
        (content / "domains" / "trust.md").write_text("nothing", encoding="utf-8")
        monkeypatch.setenv("CCIO_CONTENT", str(content))

        result = plan()

        assert result.exit_code == 1
        assert re.match(r"\d+ errors in ", result.stderr)
        assert "domains/trust.md:1: error [unreadable]" in result.stderr
        assert "module understanding-what-is-available" in result.stderr


class TestWrongUse:
    def test_of_an_unknown_profile_names_the_known_ones_and_stops_with_2(self, plan):
        result = plan(profile="KING")

        assert result.exit_code == 2
        assert result.stdout == ""
        assert "Unknown profile 'KING'. Known: ASP (aspiring-ccio), DIV" in result.stderr

    def test_of_a_skill_as_a_profile_stops_with_2(self, plan):
        assert plan(profile="CHANGE-2").exit_code == 2

    @pytest.mark.parametrize("minutes", [0, -5, "x", 1.5, 100_001])
    def test_of_minutes_that_are_none_stops_with_2(self, plan, minutes):
        result = plan(minutes=minutes)

        assert result.exit_code == 2
        assert "--minutes" in result.stderr

    def test_of_a_format_nobody_knows_stops_with_2(self, plan):
        assert plan("--format", "poem").exit_code == 2

    @pytest.mark.parametrize("name", ["missing.csv", "."])
    def test_of_a_file_that_cannot_be_read_stops_with_2(self, name):
        result = run("plan", "--ratings", name, "--profile", "NEW", "--minutes", 60)

        assert result.exit_code == 2
        assert "cannot be read" in result.stderr

    @pytest.mark.parametrize("words", [["dance"], ["plan"], ["ratings", "import"], ["--colour"]])
    def test_of_a_command_stops_with_2(self, words):
        assert run(*words).exit_code == 2


class TestRatings:
    def test_of_a_file_are_kept_with_all_they_say(self, mine):
        current = in_store(mine, assess.current_ratings)

        change = current["change-management"]
        assert (change.level, change.confidence, change.importance) == (
            Level.CONTRIBUTING,
            Confidence.SURE,
            Importance.SUPPORTING,
        )
        assert change.evidence == 'Led, and "measured", the list change.'
        assert current["market-awareness"].level is None
        assert current["clinical-risk-management"].level is Level.NONE

    def test_with_a_fault_are_all_left_out(self, write, tmp_path):
        result = run("ratings", "import", write(FULL + "X-9,1,,,,\n"), "--data", tmp_path / "mine")

        assert result.exit_code == 1
        assert "line 6: unknown skill 'X-9'" in result.stderr
        assert not (tmp_path / "mine").exists()

    def test_come_back_out_as_they_went_in(self, mine):
        result = run("ratings", "export", "--data", mine)

        given = list(csv.DictReader(io.StringIO(FULL)))
        shown = list(csv.DictReader(io.StringIO(result.stdout)))
        assert shown == [
            row | ({"evidence": "'=1+1"} if row["evidence"] == "=1+1" else {}) for row in given
        ]

    def test_survive_the_way_through_a_file_into_another_store(self, mine, tmp_path):
        out = tmp_path / "out.csv"

        written = run("ratings", "export", out, "--data", mine)
        read = run("ratings", "import", out, "--data", tmp_path / "other")

        assert (written.exit_code, read.exit_code) == (0, 0)
        assert in_store(tmp_path / "other", assess.history) == in_store(mine, assess.history)
        assert mode(out) == 0o600
        assert not list(tmp_path.glob("*.part"))

    def test_imported_twice_can_still_be_imported_elsewhere(self, mine, write, tmp_path):
        run("ratings", "import", write(FULL), "--data", mine)
        out = tmp_path / "out.csv"
        run("ratings", "export", out, "--data", mine)

        assert run("ratings", "import", out, "--data", tmp_path / "other").exit_code == 0

    def test_of_nobody_are_a_heading(self, tmp_path):
        result = run("ratings", "export", "--data", tmp_path / "mine")

        assert result.stdout == "skill,level,confidence,importance,evidence,rated_at\n"

    def test_lie_in_a_store_that_only_its_owner_can_read(self, filled):
        assert mode(filled / "ccio-skills.db") == 0o600
        assert mode(filled) == 0o700


class TestExport:
    def test_packs_everything_for_its_owner_only(self, mine, tmp_path):
        out = tmp_path / "all.zip"

        result = run("export", out, "--data", mine)

        assert (result.exit_code, result.stdout) == (0, f"Written to {out}\n")
        assert mode(out) == 0o600
        with zipfile.ZipFile(out) as packed:
            everything = json.loads(packed.read("everything.json"))
            assert set(packed.namelist()) == {
                "everything.json",
                "assess_rating.csv",
                "assess_sitting.csv",
            }
        assert everything["format"] == "ccio-skills-export"
        assert everything["tables"] == in_store(mine, people.everything)
        assert len(everything["tables"]["assess_rating"]) == 4

    def test_to_a_folder_that_is_not_there_stops_with_2(self, tmp_path):
        result = run("export", tmp_path / "nowhere" / "all.zip")

        assert result.exit_code == 2
        assert "cannot be written" in result.stderr


class TestErase:
    def kept(self, folder):
        return any(in_store(folder, people.everything).values())

    @pytest.mark.parametrize("says", ["n\n", "\n"])
    def test_asks_and_takes_anything_but_yes_for_no(self, mine, says):
        result = run("erase", "--data", mine, says=says)

        assert result.exit_code == 0
        assert "Erase every rating, note, answer and plan? Nothing can be brought back." in (
            result.stdout
        )
        assert "Nothing was erased." in result.stdout
        assert self.kept(mine)

    def test_leaves_nothing_after_a_yes(self, mine):
        result = run("erase", "--data", mine, says="y\n")

        assert result.exit_code == 0
        assert "Erased: 6 entries." in result.stdout, "four ratings in two sittings"
        assert not self.kept(mine)

    def test_does_not_ask_when_told_so(self, mine):
        result = run("erase", "--data", mine, "--yes")

        assert result.stdout == "Erased: 6 entries.\n"
        assert not self.kept(mine)

    def test_erases_nothing_when_nobody_answers(self, mine):
        result = run("erase", "--data", mine, says="")

        assert result.exit_code != 0
        assert self.kept(mine)


class TestCheck:
    def test_of_what_ships_finds_no_error(self):
        result = run("check")

        assert result.exit_code == 0
        assert re.search(r"^0 errors, \d+ warning", result.stdout, re.MULTILINE)

    def test_finds_every_fault_with_its_line_and_stops_with_1(self, tmp_path):
        content = shutil.copytree(CONTENT, tmp_path / "content")
        module = content / "modules" / "understanding-what-is-available.md"
        text = module.read_text(encoding="utf-8")
        module.write_text(
            text.replace("prerequisites: [", "prerequisites: [telepathy, ") + "\n# A title\n",
            encoding="utf-8",
        )
        needed = text.splitlines().index("prerequisites: [the-clinical-systems-landscape]") + 1
        last = len(text.splitlines()) + 2

        result = run("check", content)

        where = "modules/understanding-what-is-available.md"
        assert result.exit_code == 1
        assert f"{where}:{needed}: error [unknown] no such thing" in result.stdout
        assert "telepathy" in result.stdout
        assert f"{where}:{last}: error [heading]" in result.stdout
        others = result.stdout.count("error [order]")
        assert others, "the paths that lead through it"
        assert re.search(rf"^{2 + others} errors, \d+ warning", result.stdout, re.MULTILINE)

    def test_locks_new_ids_when_told_so(self, tmp_path):
        content = shutil.copytree(CONTENT, tmp_path / "content")
        lock = content / "ids.lock"
        locked = lock.read_text(encoding="utf-8")
        lock.write_text(locked.replace("path aspiring-ccio-foundations\n", ""), encoding="utf-8")
        assert run("check", content).exit_code == 1

        result = run("check", content, "--lock")

        assert result.exit_code == 0
        assert "1 new ids in ids.lock" in result.stdout
        assert lock.read_text(encoding="utf-8") == locked

    def test_of_no_folder_stops_with_2(self, tmp_path):
        assert run("check", tmp_path / "nothing").exit_code == 2


class TestGuide:
    def test_has_a_table_for_every_kind_of_content_and_says_what_belongs_there(self):
        result = run("guide")

        assert result.exit_code == 0
        assert re.findall("^### `(.+)`$", result.stdout, re.MULTILINE) == list(library.KINDS)
        assert "| `review_by` | yes | Day after which the page shows a warning. |" in result.stdout
        assert not re.search(r"\| +\|$", result.stdout, re.MULTILINE), "a field without a word"


class TestMigrate:
    def test_brings_a_store_into_shape_as_often_as_one_likes(self, tmp_path):
        for _ in range(2):
            result = run("migrate", "--data", tmp_path / "mine")

            assert result.exit_code == 0
            assert "The store has the shape this version needs." in result.stdout
        assert store.is_current(store.open_engine(f"sqlite:///{tmp_path}/mine/ccio-skills.db"))

    def test_of_a_file_that_is_no_store_says_so_and_stops_with_1(self, tmp_path):
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "ccio-skills.db").write_bytes(b"This is a letter, not a store." * 99)

        result = run("migrate", "--data", tmp_path / "mine")

        assert result.exit_code == 1
        assert "is damaged, or only a part of it was copied here" in result.stderr
        assert "ccio-skills restore FILE" in result.stderr


class TestTheProgram:
    """In a process of its own, as a person or a script calls it."""

    def call(self, *words, python=()):
        return subprocess.run(
            [sys.executable, *python, "-m", "ccio_skills.cli", *map(str, words)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def test_plans_into_a_pipe(self, write):
        done = self.call(
            "plan", "--ratings", write(SAMPLE), "--profile", "NEW", "--minutes", 60,
            "--format", "json",
        )  # fmt: skip

        assert done.returncode == 0
        assert done.stderr == ""
        assert json.loads(done.stdout)["plan"][0]["code"] == "M17"

    def test_helps_without_loading_what_draws_or_calculates(self):
        done = self.call("--help", python=["-X", "importtime"])

        loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
        assert done.returncode == 0
        assert "typer" in loaded
        slow = {"streamlit", "pandas", "altair", "numpy", "sqlalchemy", "alembic", "rapidfuzz"}
        assert not loaded & slow
        for command in ("run", "demo", "check", "guide", "migrate", "plan", "ratings", "export"):
            assert re.search(rf"\b{command}\b", done.stdout)
        assert "erase" in done.stdout
