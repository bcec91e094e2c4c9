"""The app as it is hosted: two processes on PostgreSQL behind nginx with TLS and sign-in."""

import io
import json
import secrets
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from benchmarks.serving import Server, free_port
from tests.browser.conftest import PHONE, settle
from tests.browser.test_sign_in import sign_in
from tests.provider import CLIENT, SECRET
from tests.proxy import NAME, find_nginx, proxy
from tests.stoppable import stoppable

ONCE = (
    "strict-transport-security", "content-security-policy", "x-content-type-options",
    "x-frame-options", "referrer-policy", "permissions-policy", "cross-origin-opener-policy",
)  # fmt: skip
ROUTE = "ccio_skills_process"


class Echo(BaseHTTPRequestHandler):
    """Stands for a process, and answers with what it was asked."""

    def do_GET(self):
        told = {"port": self.server.server_port, "headers": self.headers.items()}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words):
        pass


@pytest.fixture(scope="module")
def echoing(tmp_path_factory):
    """The site in front of two processes that say what reaches them."""
    find_nginx()
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Echo) for _ in range(2)]
    for one in servers:
        threading.Thread(target=one.serve_forever, daemon=True).start()
    ports = [one.server_port for one in servers]
    with proxy(tmp_path_factory.mktemp("echo"), ports) as site:
        yield site
    for one in servers:
        one.shutdown()
        one.server_close()


class TestWhatReachesTheApp:
    def headers(self, site, **given):
        told = json.loads(site.ask("/", **given).body)["headers"]
        return {name.lower(): value for name, value in told}

    def test_says_who_asks_whatever_they_say_themselves(self, echoing):
        told = self.headers(
            echoing,
            X_Forwarded_For="10.1.2.3",
            X_Forwarded_Proto="http",
            X_Forwarded_Host="evil.example.test",
            Forwarded="for=10.1.2.3",
        )

        assert told["x-forwarded-for"] == "127.0.0.1"
        assert told["x-forwarded-proto"] == "https"
        assert told["host"] == f"{NAME}:{echoing.port}"
        assert not {"x-forwarded-host", "forwarded"} & told.keys()

    def test_of_one_browser_is_one_process_from_the_first_request_on(self, echoing):
        served = []
        for _ in range(24):
            first = echoing.ask("/")
            again = [echoing.ask("/x", Cookie=first.cookies()[ROUTE]) for _ in range(3)]
            [port] = {json.loads(one.body)["port"] for one in (first, *again)}
            served.append(port)

        assert len(set(served)) == 2, "both processes have work"

    def test_is_nothing_under_another_name(self, echoing):
        assert echoing.ask("/", Host="evil.example.test").status == 421

    def test_leaves_no_invitation_in_the_log(self, echoing):
        echoing.ask("/join?token=a-secret")

        # It is written when the answer is out.
        until = time.monotonic() + 10
        while '"GET /join" 200' not in (log := echoing.log.read_text(encoding="utf-8")):
            assert time.monotonic() < until
            time.sleep(0.02)
        assert "a-secret" not in log

    def test_is_small_but_for_uploads(self, echoing):
        large = b"x" * (7 * 2**20)

        assert echoing.ask("/", method="PUT", body=large[: 2**20]).status == 413
        upload = "/_stcore/upload_file/a/b"
        assert echoing.ask(upload, method="PUT", body=large).status == 413

    def test_is_slowed_down_when_somebody_asks_for_a_sign_in_without_end(self, echoing):
        assert [echoing.ask("/sign-in").status for _ in range(40)] == [200] * 40
        assert any(echoing.ask("/sign-in").status == 429 for _ in range(400))


def test_while_no_process_runs_people_are_told_and_their_page_looks_again(tmp_path):
    with proxy(tmp_path, [free_port()]) as site:
        answer = site.ask("/gaps")

    assert answer.status == 503
    assert b"What was marked Saved is safe" in answer.body
    assert (answer.all("refresh"), len(answer.all("strict-transport-security"))) == (["5"], 1)


@pytest.fixture(scope="module")
def hosted(provider, tmp_path_factory):
    """The whole of it."""
    find_nginx()
    port = free_port()
    with stoppable() as postgres:
        environment = {
            "CCIO_DATABASE_URL": postgres.url,
            "CCIO_SIGN_IN": provider,
            "CCIO_SIGN_IN_CLIENT_ID": CLIENT,
            "CCIO_SIGN_IN_CLIENT_SECRET": SECRET,
            "CCIO_SIGN_IN_COOKIE_SECRET": secrets.token_urlsafe(48),
            "CCIO_ADDRESS": f"https://{NAME}:{port}",
        }
        folder = tmp_path_factory.mktemp("hosted")
        servers = [Server(folder / str(number), environment=environment) for number in range(2)]
        try:
            for one in servers:
                one.start()
            with proxy(folder, [one.port for one in servers], port=port) as site:
                yield site
        finally:
            for one in servers:
                one.kill()


class TestOverTls:
    def test_every_security_header_stands_once(self, hosted):
        for path in ("/", "/gaps", "/healthz", "/app/static/icon.png"):
            answer = hosted.ask(path)

            assert answer.status == 200
            assert {name: len(answer.all(name)) for name in ONCE} == dict.fromkeys(ONCE, 1)
        assert hosted.ask("/").all("strict-transport-security") == ["max-age=31536000"]

    def test_plain_http_leads_to_https_and_to_nothing_else(self, hosted):
        answer = hosted.ask("/gaps?a=b", plain=True)

        assert answer.status == 301
        assert answer.all("location") == [f"https://{NAME}/gaps?a=b"]

    @pytest.mark.parametrize(
        "path",
        [
            "/_stcore/metrics",
            "/gaps/_stcore/metrics",
            "/_stcore/agent/openapi.json",
            "/_stcore/script-health-check",
            "/readyz",
        ],
    )
    def test_what_is_for_machines_is_closed(self, hosted, path):
        assert hosted.ask(path).status == 404

    def test_an_upload_that_is_too_large_is_refused(self, hosted):
        answer = hosted.ask("/_stcore/upload_file/a/b", method="PUT", body=b"x" * (7 * 2**20))

        assert answer.status == 413


class TestTheWebsocket:
    def open(self, hosted, origin):
        return connect(
            f"wss://{NAME}:{hosted.port}/_stcore/stream",
            sock=hosted.dial(),
            ssl=hosted.trust,
            server_hostname=NAME,
            origin=origin,
            subprotocols=["streamlit"],
        )

    def test_opens_for_a_page_of_ours(self, hosted):
        with self.open(hosted, hosted.url) as socket:
            assert socket.subprotocol == "streamlit"

    @pytest.mark.parametrize("origin", ["https://evil.example.test", "http://localhost:3000"])
    def test_is_refused_to_a_page_of_elsewhere(self, hosted, origin):
        with pytest.raises(InvalidStatus) as refused, self.open(hosted, origin):
            pass

        assert refused.value.response.status_code == 403


@pytest.mark.browser
class TestInTheBrowser:
    def test_people_sign_in_and_work_and_their_cookies_are_safe(self, hosted, open_tab):
        for name in ("Ada Learner", "Sam Stranger", "Mary Manager"):
            tab = open_tab(f"{hosted.url}/me", size=PHONE, ignore_https_errors=True)
            sign_in(tab, name)
            # What is uploaded must reach the process that the page is drawn by.
            export = {"format": "ccio-skills-export", "version": 1, "tables": {}}
            held = io.BytesIO()
            with zipfile.ZipFile(held, "w") as files:
                whole = json.dumps(export | {"exported_at": "2026-11-22T09:00:00+00:00"})
                files.writestr("everything.json", whole)
            given = {"name": "e.zip", "mimeType": "application/zip", "buffer": held.getvalue()}
            tab.locator("input[type=file]").set_input_files(given)
            expect(tab.get_by_text("Exported on 22 November 2026")).to_be_visible()
            settle(tab)
            cookies = {one["name"]: one for one in tab.context.cookies()}
            assert {"_streamlit_user", ROUTE} <= cookies.keys()
            for cookie in cookies.values():
                assert cookie["secure"], cookie
                assert cookie["sameSite"] == "Lax", cookie
                # Streamlit's own script reads this one, to prove that the page is ours.
                assert cookie["httpOnly"] or cookie["name"] == "_streamlit_xsrf", cookie
            assert {one.split("/")[2] for one in tab.requested if "127.0.0.1" not in one} == {
                f"{NAME}:{hosted.port}"
            }
            assert not tab.refused
