"""What the README says is what runs."""

import os
import re
import subprocess
import sys

from typer.testing import CliRunner

from ccio_skills import cli, settings
from tests.conftest import ROOT
from tests.test_shared_settings import SHARED

HOSTING = (ROOT / "HOSTING.md").read_text(encoding="utf-8")
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


def test_the_guide_for_hosting_names_every_setting_and_no_other():
    asked = set()

    class Watched(dict):
        def get(self, name, default=None):
            asked.add(name)
            return super().get(name, default)

    settings.read(Watched(CCIO_MAIL="smtp://mail.example.test", CCIO_MAIL_FROM="a", **SHARED))
    named = set(re.findall(r"CCIO_[A-Z_]+", HOSTING))

    assert len(asked) > 25
    # The demonstration is a command, not a setting.
    assert named == asked - {"CCIO_DEMO"}


def test_every_command_that_the_guides_name_exists():
    either = README + HOSTING
    named = set(re.findall(r"^(?:\S*bin/)?ccio-skills ([a-z]+(?: [a-z]+)?)", HOSTING, re.M))
    named |= set(re.findall(r"`ccio-skills ((?:organisation |audit |hosting )?[a-z]+)", either))

    assert len(named) > 15
    for words in sorted(named):
        assert CliRunner().invoke(cli.app, [*words.split(), "--help"]).exit_code == 0, words


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
