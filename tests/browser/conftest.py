"""A real browser on a real server; skipped where no Chromium or Chrome is installed."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import ROOT

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


@dataclass
class Server:
    """The app as a person starts it, on a store of its own."""

    folder: Path
    command: str = "run"
    port: int = 0
    process: subprocess.Popen | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.port = self.port or _free_port()
        where = ["--data", str(self.folder)] if self.command == "run" else []
        arguments = [self.command, *where, "--port", str(self.port)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ccio_skills.cli", *arguments],
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
        )
        self._wait()

    def kill(self) -> None:
        """Stop it as a power cut would."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _wait(self) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2),
            ):
                return
            assert self.process is not None
            assert self.process.poll() is None, "the server ended"
            time.sleep(0.1)
        raise TimeoutError(f"no answer from {self.url}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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


@pytest.fixture
def open_tab(chromium):
    """Open pages in fresh contexts; every request they make is noted in ``tab.requested``."""
    contexts = []

    def open_tab(url: str, *, size=DESK, scheme: str = "light"):
        context = chromium.new_context(viewport=size, color_scheme=scheme)
        contexts.append(context)
        context.set_default_timeout(20_000)
        tab = context.new_page()
        tab.requested = []
        tab.on("request", lambda request: tab.requested.append(request.url))
        tab.on("websocket", lambda socket: tab.requested.append(socket.url))
        tab.goto(url)
        settle(tab)
        return tab

    yield open_tab
    for context in contexts:
        context.close()


def settle(tab) -> None:
    """Wait until the page is drawn and its script rests."""
    tab.locator(".cc-foot").wait_for()
    tab.wait_for_function(
        "document.querySelector('[data-test-script-state]')"
        "?.getAttribute('data-test-script-state') === 'notRunning'"
    )
