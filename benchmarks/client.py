"""A browser tab without the browser: Streamlit's own websocket protocol, for load and crash runs.

It draws nothing and fetches no pictures; it reads what a page says and answers its widgets. Only
for a server on this machine. Written against Streamlit 1.67.
"""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

_HERE = {"127.0.0.1", "localhost", "::1"}
# Kind of widget to the field in which its value travels.
_FIELDS = {
    "radio": "string_value",
    "selectbox": "string_value",
    "text_input": "string_value",
    "text_area": "string_value",
    "checkbox": "bool_value",
    "number_input": "double_value",
    "button_group": "string_array_value",
}
_TEXTS = ("markdown", "text", "heading", "alert", "code", "html")
_TAG = re.compile(r"<[^>]+>")
_FINE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class ClientError(RuntimeError):
    """The server did not do what a browser needs: closed, too slow, or another page."""


@dataclass(frozen=True)
class Widget:
    """A widget on the page."""

    id: str
    kind: str
    proto: Any

    @property
    def key(self) -> str:
        """The ``key=`` it was given; Streamlit writes ids as ``$$ID-<hash>-<key>``."""
        parts = self.id.split("-", 2)
        return parts[2] if len(parts) == 3 else ""

    @property
    def options(self) -> tuple[str, ...]:
        """What can be chosen, in the words on the screen."""
        return tuple(str(one) for one in self.proto.options)


@dataclass
class Screen:
    """What is on the page after a run."""

    widgets: dict[str, Widget] = field(default_factory=dict)
    texts: dict[tuple[int, ...], str] = field(default_factory=dict)
    charts: int = 0
    faults: list[str] = field(default_factory=list)
    bytes: int = 0

    @property
    def words(self) -> str:
        """All words on the page, in its order, without markup."""
        return "\n".join(_TAG.sub(" ", one) for _, one in sorted(self.texts.items()))


class Tab:
    """One open tab: ``async with Tab(address, page="rate", title="Change") as tab``.

    Args:
        address: Of the server.
        page: Path of the page, without a slash.
        query: Query string.
        title: Words that must be on the screen after every run.
        timeout: Seconds a run may take.
    """

    def __init__(
        self, address: str, *, page: str = "", query: str = "", title: str = "", timeout: float = 30
    ) -> None:
        if urlsplit(address).hostname not in _HERE:
            raise ClientError(f"{address}: only for a server on this machine")
        self.address, self.page, self.query = address.rstrip("/"), page, query
        self.title, self.timeout = title, timeout
        self.screen = Screen()
        self.socket: ClientConnection | None = None
        self._hash = ""
        self._cached: set[str] = set()
        self._values: dict[str, tuple[str, Any]] = {}

    async def __aenter__(self) -> Tab:
        """Connect and draw the page for the first time."""
        self.socket = await connect(
            f"{self.address.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=self.address,  # type: ignore[arg-type]
            max_size=None,
            compression=None,
            open_timeout=self.timeout,
            ping_interval=None,
        )
        await self.run()
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Close the tab."""
        if self.socket:
            await self.socket.close()

    def find(self, key: str) -> Widget:
        """Return the widget with this key.

        Raises:
            ClientError: There is none on the page.
        """
        for one in self.screen.widgets.values():
            if one.key == key:
                return one
        raise ClientError(f"no widget {key!r}; there are {[w.key for w in self.widgets('')]}")

    def widgets(self, prefix: str) -> list[Widget]:
        """Return the widgets whose keys begin with ``prefix``, in the order of the page."""
        return [one for one in self.screen.widgets.values() if one.key.startswith(prefix)]

    async def choose(self, key: str, value: Any) -> float:  # noqa: ANN401 - what the widget holds
        """Put a value into a widget and return the seconds until the page was drawn again."""
        widget = self.find(key)
        self._values[widget.id] = (_FIELDS[widget.kind], value)
        return await self.run()

    async def click(self, key: str) -> float:
        """Press a button."""
        return await self.run(pressed=self.find(key).id)

    async def run(self, *, pressed: str = "") -> float:
        """Let the script run and return the seconds it took.

        Raises:
            ClientError: The connection closed, the run failed, took too long or drew another page.
        """
        started = time.perf_counter()
        await self.send(self._message(pressed))
        # Kept as it grows: what arrived before a connection broke was on the screen.
        self.screen = screen = Screen()
        try:
            async with asyncio.timeout(self.timeout):
                await self._draw(screen)
        except TimeoutError:
            raise ClientError(f"not drawn in {self.timeout} s") from None
        # As a browser does: forget the values of widgets that went away.
        self._values = {one: v for one, v in self._values.items() if one in screen.widgets}
        if screen.faults:
            raise ClientError(f"the page failed: {screen.faults}")
        if self.title not in screen.words:
            raise ClientError(f"{self.title!r} is not on the screen: {screen.words[:200]!r}")
        return time.perf_counter() - started

    async def send(self, message: BackMsg) -> None:
        """Send any message."""
        if self.socket is None:
            raise ClientError("not connected")
        try:
            await self.socket.send(message.SerializeToString())
        except ConnectionClosed as error:
            raise ClientError(f"closed: {error}") from error

    def _message(self, pressed: str) -> BackMsg:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = self.query
        asked.page_script_hash = self._hash
        asked.page_name = "" if self._hash else self.page
        asked.context_info.timezone = "Europe/London"
        asked.context_info.locale = "en-GB"
        asked.context_info.url = f"{self.address}/{self.page}"
        asked.cached_message_hashes.extend(self._cached)
        for one, (name, value) in self._values.items():
            state = asked.widget_states.widgets.add(id=one)
            if name.endswith("_array_value"):
                getattr(state, name).data.extend(value)
            else:
                setattr(state, name, value)
        if pressed:
            asked.widget_states.widgets.add(id=pressed, trigger_value=True)
        return message

    async def _draw(self, screen: Screen) -> None:
        """Read messages until the run is over."""
        assert self.socket is not None
        while True:
            try:
                data = await self.socket.recv(decode=False)
            except ConnectionClosed as error:
                raise ClientError(f"closed: {error}") from error
            screen.bytes += len(data)
            message = ForwardMsg.FromString(data)
            if message.metadata.cacheable and message.hash:
                self._cached.add(message.hash)
            kind = message.WhichOneof("type")
            if kind == "delta":
                _note(screen, message)
            elif kind == "script_finished":
                # After a run that ended early for another, the other one follows.
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    if message.script_finished not in _FINE:
                        screen.faults.append(f"ended with {message.script_finished}")
                    return
            else:
                self._follow(kind, message)

    def _follow(self, kind: str | None, message: ForwardMsg) -> None:
        """Remember the page and the query string that the server names: later runs ask for them."""
        if kind == "new_session":
            self._hash = message.new_session.page_script_hash
        elif kind == "navigation" and message.navigation.page_script_hash:
            self._hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string


def _note(screen: Screen, message: Any) -> None:  # noqa: ANN401 - a protobuf message
    delta = message.delta
    if delta.WhichOneof("type") != "new_element":
        return
    kind = delta.new_element.WhichOneof("type")
    proto = getattr(delta.new_element, kind)
    if kind == "exception":
        screen.faults.append(f"{proto.type}: {proto.message}")
    elif kind in _TEXTS:
        place = tuple(message.metadata.delta_path)
        screen.texts[place] = getattr(proto, "body", "") or getattr(proto, "code_text", "")
    elif "vega_lite_chart" in kind:
        screen.charts += 1
    elif getattr(proto, "id", "").startswith("$$"):
        screen.widgets[proto.id] = Widget(proto.id, kind, proto)
