"""The way to the provider and back, and whom a personal installation refuses."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit import config

from ccio_skills import settings
from ccio_skills.server import guards, signing_in, starting

HOME = "https://skills.example.test"
SOCKET = "wss://skills.example.test/s"
SIGN_IN = settings.SignIn("https://login.example.test", "app", "s", "c" * 40, HOME, hours=2)


def serve(callback, sign_in=SIGN_IN):
    """A server whose provider's callback answers as told."""
    app = Starlette(
        routes=[Route("/oauth2callback", callback), Route("/", lambda _: PlainTextResponse("x"))],
        middleware=[signing_in.way_back(sign_in)],
    )
    return TestClient(app, base_url=HOME, follow_redirects=False)


def signed_in(_request):
    answer = RedirectResponse("/", 302)
    answer.set_cookie("_streamlit_user", "somebody", max_age=2592000, httponly=True)
    answer.set_cookie("_streamlit_user_tokens", "tokens", max_age=2592000, httponly=True)
    return answer


def come_back(client, wanted=None, query="code=1&state=2"):
    if wanted is not None:
        client.cookies.set("ccio_wanted", signing_in.quote(wanted), domain="skills.example.test")
    return client.get(f"/oauth2callback?{query}")


class TestTheWayBack:
    @pytest.mark.parametrize(
        "wanted", ["/join?token=abc_-", "/module?module=a&part=2", "/gaps", "/"]
    )
    def test_leads_to_the_page_that_was_wanted(self, wanted):
        assert come_back(serve(signed_in), wanted).headers["location"] == wanted

    @pytest.mark.parametrize(
        "wanted",
        [
            "https://evil.example.test",
            "//evil.example.test",
            "/\\evil.example.test",
            "\\\\evil.example.test",
            "/\t/evil.example.test",
            "/a\nb",
            "javascript:alert(1)",
            "",
            "gaps",
            "/auth/logout",
            "/sign-in?to=/",
            "/oauth2callback",
            "/" + "a" * 1500,
        ],
    )
    def test_leads_nowhere_else(self, wanted):
        assert come_back(serve(signed_in), wanted).headers["location"] == "/"

    def test_is_used_once(self):
        client = serve(signed_in)
        come_back(client, "/gaps")

        assert "ccio_wanted" not in client.cookies
        assert come_back(client).headers["location"] == "/"

    def test_says_so_when_the_provider_let_somebody_down(self):
        failed = serve(lambda _: RedirectResponse("/", 302))

        answer = come_back(failed, "/join?token=abc", query="error=access_denied&state=2")

        assert answer.headers["location"] == "/join?token=abc&sign-in=failed"

    def test_is_no_failure_after_signing_out(self):
        assert come_back(serve(lambda _: RedirectResponse("/", 302)), query="").headers[
            "location"
        ] == ("/")


class TestCookies:
    def given(self, sign_in=SIGN_IN):
        return come_back(serve(signed_in, sign_in)).headers.get_list("set-cookie")

    def test_last_as_long_as_a_sign_in_may(self):
        user, tokens, _ = self.given()

        assert "Max-Age=7200" in user
        assert "Max-Age=7200" in tokens

    def test_are_for_https_only_and_out_of_reach_of_scripts(self):
        for one in self.given():
            assert "Secure" in one
            assert "HttpOnly" in one

    def test_work_without_https_on_this_computer(self):
        here = settings.SignIn("p", "app", "s", "c" * 40, "http://127.0.0.1:8501")

        assert all("Secure" not in one for one in self.given(here))


class TestSameOrigin:
    @pytest.fixture
    def client(self):
        async def talk(socket):
            await socket.accept()
            await socket.close()

        def origin(request):
            return PlainTextResponse(request.headers.get("origin", "none"))

        app = Starlette(
            routes=[Route("/", origin), WebSocketRoute("/s", talk)],
            middleware=[Middleware(guards.SameOrigin)],
        )
        return TestClient(app, base_url="https://skills.example.test")

    @pytest.mark.parametrize(
        "origin",
        [
            "https://evil.example.test",
            "https://skills.example.test.evil.example",
            "https://skills.example.test:8443",
            "http://localhost:3000",
            "http://127.0.0.1",
            "null",
            "",
        ],
    )
    def test_a_page_of_elsewhere_reaches_nothing(self, client, origin):
        headers = {"Origin": origin}

        assert client.get("/", headers=headers).text == "none"
        with pytest.raises(WebSocketDisconnect), client.websocket_connect(SOCKET, headers=headers):
            pass

    def test_a_page_of_ours_does(self, client):
        headers = {"Origin": "https://skills.example.test"}

        assert client.get("/", headers=headers).text == headers["Origin"]
        with client.websocket_connect(SOCKET, headers=headers):
            pass


class TestOnlyThisComputer:
    @pytest.fixture
    def app(self):
        async def talk(socket):
            await socket.accept()
            await socket.close()

        return Starlette(
            routes=[Route("/", lambda _: PlainTextResponse("x")), WebSocketRoute("/s", talk)],
            middleware=[Middleware(guards.OnlyThisComputer)],
        )

    def client(self, app, *, host="127.0.0.1:8501", comes_from="127.0.0.1"):
        return TestClient(app, base_url=f"http://{host}", client=(comes_from, 5000))

    @pytest.mark.parametrize(
        "host", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "LOCALHOST"]
    )
    def test_is_let_in(self, app, host):
        assert self.client(app, host=host).get("/").status_code == 200

    @pytest.mark.parametrize(
        ("host", "comes_from"),
        [
            ("127.0.0.1:8501", "10.0.0.7"),
            ("skills.example.test", "127.0.0.1"),
            ("127.0.0.1.example.test", "127.0.0.1"),
            ("10.0.0.1:8501", "10.0.0.1"),
        ],
    )
    def test_nobody_else_is(self, app, host, comes_from):
        client = self.client(app, host=host, comes_from=comes_from)

        assert client.get("/").status_code == 403
        with pytest.raises(WebSocketDisconnect), client.websocket_connect("/s"):
            pass

    def test_is_the_only_address_a_personal_installation_starts_on(self, monkeypatch, capfd):
        monkeypatch.delenv("CCIO_SIGN_IN", raising=False)
        before = config.get_option("server.address")
        config.set_option("server.address", "0.0.0.0")

        async def start():
            async with starting.lifespan(lambda: None)(None):
                pass

        try:
            with pytest.raises(SystemExit):
                asyncio.run(start())
        finally:
            config.set_option("server.address", before)
        assert "this computer only, not 0.0.0.0" in capfd.readouterr().err
