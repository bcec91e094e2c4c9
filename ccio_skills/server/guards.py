"""What stands between a visitor and the app: headers, closed routes, refused messages."""

from __future__ import annotations

from google.protobuf.message import DecodeError
from starlette.datastructures import Headers as GivenHeaders
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from ccio_skills import settings

# The one inline script of Streamlit's page, which sets a flag for crawlers.
_INLINE = "'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='"
_POLICY = {
    "default-src": "'self'",
    "script-src": f"'self' {_INLINE}",
    # Streamlit's styles are made in the page.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "content-security-policy": "; ".join(f"{name} {value}" for name, value in _POLICY.items()),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}

_CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
_ALLOWED = frozenset({"rerun_script", "stop_script", "app_heartbeat", "file_urls_request"})
_ALLOWED_OPERATION = "deferred_file"
"""The one operation that our pages ask for: a file that is made when it is asked for."""


class OnlyThisComputer:
    """Refuse whoever comes from elsewhere, or by another name, where nobody signs in.

    The name too: a page of a stranger may call itself by a name that leads to this computer.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] not in ("http", "websocket") or _is_from_here(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            said = "This installation serves its own computer only: open http://127.0.0.1 there."
            await PlainTextResponse(said, 403)(scope, receive, send)


def _is_from_here(scope: Scope) -> bool:
    client = scope.get("client")
    if client and not settings.is_loopback(client[0]):
        return False
    host = GivenHeaders(scope=scope).get("host", "")
    name = host[: host.find("]") + 1] if host.startswith("[") else host.partition(":")[0]
    return settings.is_loopback(name)


class SameOrigin:
    """Refuse a page of elsewhere the websocket, and forget elsewhere where it came from.

    Streamlit asks a service on the internet for its own address when another origin comes, and
    takes any other program on this computer for a friend.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] not in ("http", "websocket") or _is_same_origin(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            # Without it no answer allows the other page to read it.
            rest = [one for one in scope["headers"] if one[0].lower() != b"origin"]
            await self.app({**scope, "headers": rest}, receive, send)


def _is_same_origin(scope: Scope) -> bool:
    headers = GivenHeaders(scope=scope)
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == headers.get("host")


class Headers:
    """Put the security headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message.setdefault("headers", [])
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, with_headers)


class ClosedRoutes:
    """Answer 404 where Streamlit would tell strangers about the server or let them drive it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        # Anywhere in the path: Streamlit serves its routes below each page's address too.
        if scope["type"] == "http" and any(one in scope["path"] for one in _CLOSED):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class Messages:
    """Drop every websocket message that a page of ours never sends.

    Streamlit obeys any visitor who asks it to clear the cache of everyone.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def allowed() -> Message:
            while _is_refused(message := await receive()):
                pass
            return message

        await self.app(scope, allowed, send)


def _is_refused(message: Message) -> bool:
    if message["type"] != "websocket.receive" or not message.get("bytes"):
        return False
    try:
        asked = BackMsg.FromString(message["bytes"])
    except DecodeError:
        # Streamlit closes the connection on a frame that it cannot read.
        return False
    kind = asked.WhichOneof("type")
    if kind == "backend_operation_request":
        return bool(asked.backend_operation_request.WhichOneof("payload") != _ALLOWED_OPERATION)
    return kind not in _ALLOWED
