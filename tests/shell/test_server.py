"""What the server adds: the notice for blocked networks, error numbers, a store that is ready."""

import asyncio
import gc
import re

import pytest
from streamlit.testing.v1 import AppTest
from structlog.testing import capture_logs

from ccio_skills import server, settings, store

PAGE = b"<!doctype html><html><body><div id='root'></div></body></html>"
NOTICE = b'<aside id="cc-blocked"'


def answer_with(*chunks, kind="text/html; charset=utf-8", status=200, length=None, more=()):
    """Return an ASGI app that answers every request in these chunks."""
    size = sum(map(len, chunks)) if length is None else length

    async def app(scope, receive, send):
        headers = [(b"content-length", str(size).encode()), *more]
        if kind:
            headers.append((b"content-type", kind.encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        for number, chunk in enumerate(chunks, start=1):
            last = number == len(chunks)
            await send({"type": "http.response.body", "body": chunk, "more_body": not last})

    return app


def ask(app, *, method="GET"):
    """Ask the app through the server's middleware; return status, headers and body."""
    [middleware] = server.options()["middleware"]
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(middleware.cls(app)({"type": "http", "method": method}, None, send))
    start, *bodies = sent
    assert [start["type"], *{one["type"] for one in bodies}] == [
        "http.response.start",
        "http.response.body",
    ]
    body = b"".join(one["body"] for one in bodies)
    return start["status"], dict(start["headers"]), body


class TestTheBlockedNotice:
    def test_stands_at_the_end_of_a_page(self):
        _, _, body = ask(answer_with(PAGE))

        assert body.count(NOTICE) == 1
        assert body.startswith(PAGE.removesuffix(b"</body></html>"))
        assert body.endswith(b"</aside>\n</body></html>")

    def test_says_what_is_blocked_and_whom_to_ask(self):
        _, _, body = ask(answer_with(PAGE))

        said = " ".join(re.sub("<[^>]+>", " ", body.decode()).split())
        assert "Your network blocks websockets." in said
        assert "Ask your IT service desk" in said
        assert "/_stcore/stream" in said

    def test_waits_ten_seconds_and_needs_no_script(self):
        _, _, body = ask(answer_with(PAGE))

        assert b"10s" in body
        assert b"<script" not in body

    @pytest.mark.parametrize("size", [1, 7, 30])
    def test_stands_there_once_however_the_page_is_cut(self, size):
        chunks = [PAGE[place : place + size] for place in range(0, len(PAGE), size)]

        assert ask(answer_with(*chunks)) == ask(answer_with(PAGE))

    def test_counts_in_the_length(self):
        _, headers, body = ask(answer_with(PAGE))

        assert headers[b"content-length"] == str(len(body)).encode()
        assert len(body) > len(PAGE)

    @pytest.mark.parametrize("status", [200, 404])
    def test_leaves_status_and_other_headers_alone(self, status):
        got, headers, _ = ask(answer_with(PAGE, status=status, more=[(b"etag", b'"1"')]))

        assert got == status
        assert headers[b"etag"] == b'"1"'
        assert headers[b"content-type"] == b"text/html; charset=utf-8"

    @pytest.mark.parametrize(
        "kind", ["application/json", "text/javascript", "text/plain", "image/svg+xml", ""]
    )
    def test_is_put_into_no_other_answer(self, kind):
        _, headers, body = ask(answer_with(PAGE[:20], PAGE[20:], kind=kind))

        assert body == PAGE
        assert headers[b"content-length"] == str(len(PAGE)).encode()

    def test_is_put_into_no_page_without_a_body(self):
        _, headers, body = ask(answer_with(b"<p>A piece</p>"))

        assert body == b"<p>A piece</p>"
        assert headers[b"content-length"] == b"14"

    def test_leaves_the_length_alone_where_only_headers_were_asked_for(self):
        _, headers, body = ask(answer_with(b"", length=len(PAGE)), method="HEAD")

        assert body == b""
        assert headers[b"content-length"] != b"0"

    @pytest.mark.parametrize("kind", ["websocket", "lifespan"])
    def test_stays_out_of_the_way_of_anything_but_requests(self, kind):
        [middleware] = server.options()["middleware"]
        seen = []

        async def app(scope, receive, send):
            seen.append((scope, receive, send))

        asyncio.run(middleware.cls(app)({"type": kind}, "receive", "send"))

        assert seen == [({"type": kind}, "receive", "send")]


class TestAnUnexpectedError:
    """An error whose message holds what somebody wrote; no line of source holds it whole."""

    @staticmethod
    def fail_quietly():
        from ccio_skills import server

        try:
            raise ValueError(" ".join(["a note about Mrs", "Example"]))
        except ValueError as error:
            is_ours = server.options()["on_script_error"](error)
        if is_ours is not True:
            raise AssertionError("Streamlit would show the error as well")

    @staticmethod
    def fail_as_a_page_does():
        from streamlit.error_util import handle_user_script_exception

        from ccio_skills import server

        try:
            raise ValueError(" ".join(["a note about Mrs", "Example"]))
        except ValueError as error:
            handle_user_script_exception(error, server.options()["on_script_error"])

    def run(self, script):
        with capture_logs() as logs:
            page = AppTest.from_function(script, default_timeout=30).run()
        return page, logs

    def test_shows_a_reference_of_four_digits_and_nothing_else(self):
        page, _ = self.run(self.fail_quietly)

        [error] = page.error
        assert not page.exception
        assert len(page.main) == 1
        assert re.fullmatch(
            r"Something went wrong on this page\. What you saved is safe\. "
            r"Reload the page; if it happens twice, quote [0-9A-F]{4}\.",
            error.value,
        )

    def test_is_logged_under_that_reference_with_kind_and_place_only(self):
        page, [entry] = self.run(self.fail_quietly)

        assert entry["number"] == page.error[0].value[-5:-1]
        assert entry["kind"] == "ValueError"
        assert re.search(r":\d+$", entry["place"])
        assert set(entry) == {"event", "log_level", "number", "kind", "place"}
        assert "Mrs Example" not in str(entry)

    def test_has_another_number_each_time(self):
        report = server.options()["on_script_error"]
        with capture_logs() as logs:
            for _ in range(20):
                report(ValueError("again"))

        assert len({entry["number"] for entry in logs}) > 10

    def test_without_a_trace_is_reported_all_the_same(self):
        def script():
            from ccio_skills import server

            server.options()["on_script_error"](ValueError("never raised"))

        _, [entry] = self.run(script)

        assert entry["place"] == "unknown"

    def test_is_logged_where_the_command_line_lets_it_through(self, capfd):
        """``ccio-skills run`` drops what the server writes to stdout: only stderr is left."""
        page = AppTest.from_function(self.fail_quietly, default_timeout=30).run()

        assert page.error[0].value[-5:-1] in capfd.readouterr().err

    def test_leaves_its_message_in_no_log_at_all(self, capfd, caplog):
        page, logs = self.run(self.fail_as_a_page_does)

        assert page.error
        assert not page.exception
        out, err = capfd.readouterr()
        assert "Mrs Example" not in f"{out}{err}{caplog.text}{logs}"


class TestStartUp:
    def test_brings_the_store_into_shape_before_anyone_comes(self, tmp_path, monkeypatch):
        monkeypatch.setenv("CCIO_DATA", str(tmp_path / "fresh"))
        monkeypatch.delenv("CCIO_DATABASE_URL", raising=False)

        async def start():
            async with server.options()["lifespan"](None) as state:
                return state

        try:
            state = asyncio.run(start())
        finally:
            gc.unfreeze()

        engine = store.open_engine(settings.read().database_url)
        assert state == {}
        assert store.is_current(engine)
