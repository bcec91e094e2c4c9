"""The page that appears when the network blocks the websocket."""

import asyncio
import re

import pytest

from ccio_skills.server.notice import BlockedNotice

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
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(BlockedNotice(app)({"type": "http", "method": method}, None, send))
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
        seen = []

        async def app(scope, receive, send):
            seen.append((scope, receive, send))

        asyncio.run(BlockedNotice(app)({"type": kind}, "receive", "send"))

        assert seen == [({"type": kind}, "receive", "send")]
