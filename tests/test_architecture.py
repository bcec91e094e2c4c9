"""The floor plan in pyproject.toml holds, and no file grows beyond one reading."""

import ast
import tomllib

import pytest
from importlinter.cli import lint_imports

from tests.conftest import ROOT

PACKAGE = ROOT / "ccio_skills"
PYPROJECT = ROOT / "pyproject.toml"
LINES_OF_A_FILE, LINES_OF_A_FUNCTION = 250, 50
MAY_STAND_IN_A_ROOM = {"rules", "tables", "queries", "commands", "charts", "pages", "__init__"}
# A migration is as long as the tables it makes.
FILES = sorted(one for one in PACKAGE.rglob("*.py") if "versions" not in one.parts)


@pytest.fixture(scope="module")
def contracts():
    settings = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    return {one["id"]: one for one in settings["tool"]["importlinter"]["contracts"]}


def rooms():
    """A room is a package with pages, tables or rules."""
    parts = ("pages", "tables.py", "rules", "rules.py")
    return {one.name for one in PACKAGE.iterdir() if any((one / each).exists() for each in parts)}


class TestTheWalls:
    def test_hold(self, capsys):
        broken = lint_imports(config_filename=str(PYPROJECT), no_cache=True)

        assert broken == 0, capsys.readouterr().out

    def test_stand_around_every_rooms_tables(self, contracts):
        with_tables = {one.parent.name for one in PACKAGE.glob("*/tables.py")}

        protected = {
            name.split(".")[1]: one["allowed_importers"]
            for one in contracts.values()
            for name in one.get("protected_modules", ())
            if name.endswith(".tables")
        }

        assert set(protected) == with_tables
        for room, importers in protected.items():
            assert importers == [f"ccio_skills.{room}", "ccio_skills.schema"]

    def test_stand_inside_every_room(self, contracts):
        assert set(contracts["inside"]["containers"]) == {f"ccio_skills.{one}" for one in rooms()}
        assert contracts["inside"]["exhaustive"]
        assert contracts["floors"]["exhaustive"]

    def test_keep_history_from_every_room(self, contracts):
        forbidden = set(contracts["history"]["forbidden_modules"])

        assert {f"ccio_skills.{one}" for one in rooms()} <= forbidden

    @pytest.mark.parametrize("room", sorted(rooms()))
    def test_a_room_holds_nothing_else(self, room):
        names = {one.stem for one in (PACKAGE / room).iterdir() if one.name != "__pycache__"}

        assert names <= MAY_STAND_IN_A_ROOM

    def test_no_file_is_for_things_without_a_place(self):
        assert not {"utils", "helpers", "services"} & {one.stem for one in FILES}


class TestSize:
    def test_no_file_is_longer_than_one_reading(self):
        long = {
            str(one.relative_to(ROOT)): lines
            for one in FILES
            if (lines := len(one.read_text(encoding="utf-8").splitlines())) > LINES_OF_A_FILE
        }

        assert long == {}

    def test_no_function_is_longer_than_a_screen(self):
        long = {
            f"{one.relative_to(ROOT)}:{part.lineno} {part.name}": lines
            for one in FILES
            for part in ast.walk(ast.parse(one.read_text(encoding="utf-8")))
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
            and (lines := part.end_lineno - part.lineno + 1) > LINES_OF_A_FUNCTION
        }

        assert long == {}
