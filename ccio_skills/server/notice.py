"""A notice for people whose network blocks the websocket that draws every page."""

from __future__ import annotations

from importlib import resources

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BlockedNotice:
    """Put a notice into the empty page that appears when nothing else does for ten seconds.

    Some networks block the websocket that draws every page. The notice needs no script: it fades in
    by a style rule, and the style sheet of a page that did arrive hides it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.notice = resources.files("ccio_skills.ui").joinpath("blocked.html").read_bytes()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []
        body = b""

        async def add_notice(message: Message) -> None:
            nonlocal body
            if message["type"] == "http.response.start":
                kind = MutableHeaders(raw=message["headers"]).get("content-type", "")
                if kind.startswith("text/html") and scope["method"] != "HEAD":
                    held.append(message)
                    return
            elif held:
                body += message.get("body", b"")
                if message.get("more_body"):
                    return
                body = body.replace(b"</body>", self.notice + b"</body>", 1)
                headers = MutableHeaders(raw=held[0]["headers"])
                headers["content-length"] = str(len(body))
                await send(held[0])
                message = {**message, "body": body}
            await send(message)

        await self.app(scope, receive, add_notice)
