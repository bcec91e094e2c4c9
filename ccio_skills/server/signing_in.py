"""The way to the provider and back: people land where the link pointed, with cookies that last.

Streamlit itself talks to the provider. It forgets where somebody wanted to go, keeps its cookies
for 30 days, and does not ask browsers to send them over https only; that is mended here.
"""

from __future__ import annotations

import functools
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ccio_skills.settings import SignIn

_WANTED = "ccio_wanted"
"""Cookie with the page that somebody wanted when they were asked to sign in."""
_USER = "_streamlit_user"
_PATIENCE = 15 * 60
"""Seconds somebody may take at the provider and still land where they wanted."""
_LONGEST = 1500
_CALLBACK = "/oauth2callback"
_NOT_WANTED = ("/auth/", _CALLBACK, "/sign-in")
FAILED = "sign-in=failed"
"""Said in the address of the page that somebody lands on when the provider let them down."""


def secrets(sign_in: SignIn | None) -> dict[str, Any]:
    """Return what Streamlit would otherwise read from a file of secrets."""
    if sign_in is None:
        return {}
    return {
        "auth": {
            "redirect_uri": f"{sign_in.address}{_CALLBACK}",
            "cookie_secret": sign_in.cookie_secret,
            "client_id": sign_in.client_id,
            "client_secret": sign_in.client_secret,
            "server_metadata_url": sign_in.provider,
            "client_kwargs": {"scope": "openid email profile", "prompt": sign_in.prompt},
        }
    }


def routes(sign_in: SignIn | None) -> list[Route]:
    """Return ``/sign-in?to=/page``, the link that leads to the provider and back to the page."""
    if sign_in is None:
        return []

    def start(request: Request) -> RedirectResponse:
        from streamlit.user_info import generate_login_redirect_url

        answer = RedirectResponse(generate_login_redirect_url("default"), 302)
        wanted = request.query_params.get("to", "")
        if _is_ours(wanted):
            answer.set_cookie(
                _WANTED, quote(wanted), max_age=_PATIENCE, httponly=True, samesite="lax"
            )
        return answer

    return [Route("/sign-in", start)]


def way_back(sign_in: SignIn) -> Middleware:
    """Return the middleware that mends cookies and leads people back to where they wanted."""
    is_safe = sign_in.address.startswith("https://")
    return Middleware(_WayBack, seconds=sign_in.hours * 3600, is_safe=is_safe)


class _WayBack:
    def __init__(self, app: ASGIApp, *, seconds: int, is_safe: bool) -> None:
        self.app, self.seconds, self.is_safe = app, seconds, is_safe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        mend = functools.partial(self._mend, scope, send)
        await self.app(scope, receive, mend)

    async def _mend(self, scope: Scope, send: Send, message: Message) -> None:
        if message["type"] == "http.response.start":
            if scope["path"] == _CALLBACK:
                _lead_back(HTTPConnection(scope), MutableHeaders(scope=message))
            message["headers"] = [
                (name, self._mend_cookie(value) if name.lower() == b"set-cookie" else value)
                for name, value in message.get("headers", [])
            ]
        await send(message)

    def _mend_cookie(self, cookie: bytes) -> bytes:
        parts = [
            f"Max-Age={self.seconds}".encode() if _is_too_long(one, self.seconds) else one
            for one in cookie.split(b"; ")
        ]
        if self.is_safe and b"secure" not in {one.lower() for one in parts}:
            parts.append(b"Secure")
        return b"; ".join(parts)


def _is_too_long(part: bytes, seconds: int) -> bool:
    name, _, value = part.partition(b"=")
    return name.lower() == b"max-age" and value.isdigit() and int(value) > seconds


def _lead_back(asked: HTTPConnection, answer: MutableHeaders) -> None:
    """Let the answer to the provider's callback lead to the page that was wanted."""
    wanted = unquote(asked.cookies.get(_WANTED, ""))
    target = wanted if _is_ours(wanted) else "/"
    is_answer = {"code", "error"} & parse_qs(asked.url.query).keys()
    if is_answer and not _sets_user(answer):
        target += ("&" if "?" in target else "?") + FAILED
    if "location" in answer:
        answer["location"] = target
    answer.append("set-cookie", f"{_WANTED}=; Max-Age=0; Path=/; HttpOnly; SameSite=lax")


def _sets_user(answer: MutableHeaders) -> bool:
    given = [one.split(";")[0] for one in answer.getlist("set-cookie")]
    return any(one.startswith(f"{_USER}=") and one not in (f"{_USER}=", f'{_USER}=""')
               for one in given)  # fmt: skip


def _is_ours(target: str) -> bool:
    """Say whether an address leads to a page of ours, and nowhere else whatever a browser makes.

    Browsers take a backslash for a slash and drop control characters.
    """
    if not 0 < len(target) <= _LONGEST or not target.startswith("/") or "\\" in target:
        return False
    if target.startswith("//") or not target.isprintable() or " " in target:
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc and not parts.path.startswith(_NOT_WANTED)
