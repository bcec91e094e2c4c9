"""A real browser on a real server; skipped where no Chromium or Chrome is installed."""

import contextlib
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from benchmarks.serving import Server, free_port, get
from tests.conftest import ROOT
from tests.provider import CLIENT, SECRET

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_HOW = "no Chromium or Chrome found: install one (Debian: apt-get install chromium)"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def find_browser() -> str | None:
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium():
    path = find_browser()
    if path is None:
        if os.environ.get("CCIO_REQUIRE_BROWSER") == "1":
            pytest.fail(_HOW)
        pytest.skip(_HOW)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path) -> Iterator[Server]:
    one = Server(tmp_path / "data")
    one.start()
    yield one
    one.kill()


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[Server]:
    """A server with the made-up person, shared by tests that only look."""
    one = Server(tmp_path_factory.mktemp("demo"), command="demo")
    one.start()
    yield one
    one.kill()


@pytest.fixture(scope="module")
def provider(tmp_path_factory) -> Iterator[str]:
    """A real OpenID Connect provider in a process of its own; its address."""
    port = free_port()
    process = subprocess.Popen([sys.executable, ROOT / "tests" / "provider.py", str(port)])
    url = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 30
    while not _answers(f"{url}/jwks"):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    yield url
    process.terminate()
    process.wait()


def _answers(url: str) -> bool:
    with contextlib.suppress(OSError):
        return get(url)[0] == 200
    return False


@pytest.fixture(scope="module")
def extra() -> dict[str, str]:
    """What a module's shared server is told besides."""
    return {}


@pytest.fixture(scope="module")
def shared(provider, extra, tmp_path_factory) -> Iterator[Server]:
    """A server where people sign in, shared by tests that each use people of their own."""
    port = free_port()
    one = Server(
        tmp_path_factory.mktemp("shared"),
        port=port,
        environment={
            "CCIO_SIGN_IN": provider,
            "CCIO_SIGN_IN_CLIENT_ID": CLIENT,
            "CCIO_SIGN_IN_CLIENT_SECRET": SECRET,
            "CCIO_SIGN_IN_COOKIE_SECRET": secrets.token_urlsafe(48),
            "CCIO_ADDRESS": f"http://127.0.0.1:{port}",
            **extra,
        },
    )
    one.start()
    yield one
    one.kill()


@pytest.fixture
def open_tab(chromium):
    """Open pages in fresh contexts; what they request is noted, and what is refused."""
    contexts = []

    def open_tab(url: str, *, size=DESK, scheme: str = "light", **more):
        context = chromium.new_context(viewport=size, color_scheme=scheme, **more)
        contexts.append(context)
        context.set_default_timeout(20_000)
        tab = context.new_page()
        tab.requested = []
        tab.on("request", lambda request: tab.requested.append(request.url))
        tab.on("websocket", lambda socket: tab.requested.append(socket.url))
        tab.refused = []
        tab.on("console", lambda said: _note_refusal(tab, said.text))
        tab.goto(url)
        settle(tab)
        return tab

    yield open_tab
    for context in contexts:
        context.close()


def _note_refusal(tab, words: str) -> None:
    if "Content Security Policy" in words:
        tab.refused.append(words)


_RESTS = """() => !!document.querySelector('[data-test-script-state=notRunning]')
  && !!document.querySelector('.cc-foot') && !document.querySelector('[data-stale=true]')"""


def settle(tab) -> None:
    """Wait until the page is drawn and its script rests, for one run may follow another."""
    tab.locator(".cc-foot").wait_for()
    tab.locator("[data-test-script-state=notRunning]").wait_for(state="attached")
    in_a_row, until = 0, time.monotonic() + 20
    while in_a_row < 5 and time.monotonic() < until:
        in_a_row = in_a_row + 1 if tab.evaluate(_RESTS) else 0
        tab.wait_for_timeout(40)
    assert in_a_row >= 5, "the page never came to rest"
