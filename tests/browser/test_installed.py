"""The wheel in an empty environment outside the checkout is the same app."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.serving import Server
from tests.browser.conftest import settle
from tests.conftest import ROOT

LOOK = """() => {
  const button = document.querySelector('button[kind=primary]');
  const style = one => { const s = getComputedStyle(one);
    return [s.fontFamily, s.fontSize, s.color, s.backgroundColor, s.borderRadius]; };
  return {title: document.title, icon: document.querySelector('link[rel*=icon]').href.length > 0,
    logo: document.querySelector('[data-testid=stHeaderLogo]')?.naturalWidth > 0,
    font: document.fonts.check('17px "Atkinson Hyperlegible Next"'),
    fonts: [...document.fonts].filter(f => f.status === 'loaded').map(f => f.family).sort(),
    heading: style(document.querySelector('h1')), button: style(button),
    words: document.querySelector('[data-testid=stMain]').innerText};
}"""


def do(*words, cwd):
    # Nothing of the tests' own environment: no path of the checkout, no environment to be found.
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run([*map(str, words)], cwd=cwd, env=clean, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The bin folder of an environment that holds the wheel and what it needs, nothing else."""
    place = tmp_path_factory.mktemp("installed")
    do(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place, cwd=ROOT)
    [wheel] = place.glob("*.whl")
    uv = Path(sys.executable).with_name("uv")
    environment = place / "environment"
    do(uv, "venv", "--quiet", "--python", sys.executable, environment, cwd=place)
    install = (uv, "pip", "install", "--quiet", "--python", environment)
    do(*install, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=place)
    do(*install, "--no-deps", wheel, cwd=place)
    return environment / ("Scripts" if os.name == "nt" else "bin")


@pytest.fixture(scope="module")
def wheel_server(installed, tmp_path_factory):
    away = tmp_path_factory.mktemp("away")
    one = Server(away / "data", program=(str(installed / "ccio-skills"),), cwd=away)
    one.start()
    yield one
    one.kill()


@pytest.mark.browser
def test_looks_and_reads_the_same(wheel_server, server, open_tab):
    ours, theirs = open_tab(server.url), open_tab(wheel_server.url)

    assert theirs.evaluate(LOOK) == ours.evaluate(LOOK)
    assert theirs.evaluate(LOOK)["fonts"] != []
    assert theirs.evaluate(LOOK)["logo"]


@pytest.mark.browser
def test_keeps_an_answer_and_opens_a_module(wheel_server, open_tab):
    tab = open_tab(wheel_server.url)
    tab.get_by_role("button", name="Start with ten questions").click()
    tab.locator("[class*='st-key-rate-'] [role=radiogroup] label").nth(2).click()
    tab.locator(".cc-saved").first.wait_for()
    with sqlite3.connect(wheel_server.store) as kept:
        assert kept.execute("SELECT count(*) FROM assess_rating").fetchone() == (1,)
        assert kept.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)

    tab.goto(f"{wheel_server.url}/module?module=what-a-ccio-is-and-does")
    settle(tab)

    assert tab.get_by_role("heading", level=1).inner_text() == "What a CCIO is and does"


def test_finds_its_content_and_checks_it(installed, tmp_path):
    assert "0 errors" in do(installed / "ccio-skills", "check", cwd=tmp_path)


def test_has_no_tool_that_only_we_need(installed, tmp_path):
    said = do(
        installed / "python", "-c", "import ccio_skills; print(ccio_skills.__file__)", cwd=tmp_path
    )

    assert str(ROOT) not in said
    assert shutil.which("pytest", path=str(installed)) is None
