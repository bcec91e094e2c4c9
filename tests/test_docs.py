"""What the README says is what runs."""

import os
import re
import subprocess
import sys

from typer.testing import CliRunner

from ccio_skills import cli
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_shows_the_real_output_of_the_sample():
    command, shown = re.search(
        r"```console\n\$ (ccio-skills plan [^\n]+)\n(.*?)```", README, re.S
    ).groups()

    done = subprocess.run(
        [sys.executable, "-m", "ccio_skills.cli", *command.split()[1:]],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert [
        line.rstrip() for line in done.stdout.strip().splitlines()
    ] == shown.strip().splitlines()


def test_every_make_target_the_readme_names_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    for target in set(re.findall(r"make ([a-z]+)", README)):
        assert re.search(rf"^{target}:", makefile, re.M), target


def test_pictures_of_the_readme_exist_and_stay_small():
    pictures = [ROOT / name for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)]

    assert len(pictures) >= 3
    assert sum(picture.stat().st_size for picture in pictures) < 1_000_000


def test_no_lock_file_names_a_host():
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")


def test_every_setting_is_explained():
    """In HOSTING.md what a shared installation needs, in the README the rest."""
    source = (ROOT / "ccio_skills" / "settings.py").read_text(encoding="utf-8")
    asked = set(re.findall(r"CCIO_[A-Z_]+[A-Z]", source))
    asked |= {f"CCIO_SIGN_IN{name}" for name in re.findall(r"{_SIGN_IN}(_[A-Z_]+)", source)}
    hosting = (ROOT / "HOSTING.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"CCIO_[A-Z_]+[A-Z]", README + hosting))

    assert len(asked) > 12
    # The demonstration is a command, not a setting.
    assert asked - explained == {"CCIO_DEMO"}


def test_every_command_that_hosting_names_exists():
    named = (ROOT / "HOSTING.md").read_text(encoding="utf-8") + README
    for words in sorted(set(re.findall(r"ccio-skills (organisation|audit) ([a-z]+)", named))):
        assert CliRunner().invoke(cli.app, [*words, "--help"]).exit_code == 0, words
