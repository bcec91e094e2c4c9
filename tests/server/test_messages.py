"""What any visitor can send over the websocket."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from benchmarks.client import ClientError, Tab
from ccio_skills.server import guards

SKILL = "rate:clinical-engagement"
KINDS = [field.name for field in BackMsg.DESCRIPTOR.oneofs[0].fields]


def a_message(kind):
    message = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[kind]
    if field.message_type:
        getattr(message, kind).SetInParent()
    else:
        setattr(message, kind, field.type == field.TYPE_BOOL or "x")
    return message


async def skip_one(tab):
    """Put something on the screen that lives in this tab's own session only."""
    await tab.choose("welcome:profile", tab.find("welcome:profile").options[1])
    await tab.click("welcome:start")
    skill = next(one.key for one in tab.widgets("skip:"))
    await tab.click(skill)


# A field that nobody knows is passed over; it makes the message as long as an ordinary one.
PADDING = b"\x82\x7d\x80\x20" + b"x" * 4096


@pytest.mark.parametrize("padding", [b"", PADDING], ids=["short", "long"])
def test_nobody_can_empty_the_caches(own, padding):
    """Streamlit would empty everyone's, and forget what this tab has skipped."""

    async def visit():
        async with Tab(own.url) as tab:
            await skip_one(tab)
            before = tab.screen.words.count("Skipped for now")
            await tab.socket.send(BackMsg(clear_cache=True).SerializeToString() + padding)
            await tab.run()
            return before, tab.screen.words.count("Skipped for now")

    assert asyncio.run(visit()) == (1, 1)


def test_only_what_a_page_of_ours_sends_reaches_streamlit():
    passed = []

    async def app(_scope, receive, _send):
        for _ in range(len(allowed) + 1):
            passed.append((await receive()).get("bytes"))

    allowed = {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request"}
    frames = [
        *({"type": "websocket.receive", "bytes": a_message(k).SerializeToString()} for k in KINDS),
        {"type": "websocket.disconnect"},
    ]
    inbox = iter(frames)

    async def receive():
        return next(inbox)

    asyncio.run(guards.Messages(app)({"type": "websocket"}, receive, None))

    kinds = {BackMsg.FromString(data).WhichOneof("type") for data in passed if data}
    assert kinds == allowed
    assert passed[-1] is None, "the end of a connection must get through"


@pytest.mark.parametrize("frame", [b"\xff" * 40, b"\x00", b"not a message"])
def test_a_broken_frame_ends_its_own_connection_and_nobody_elses(served, frame):
    async def visit():
        async with Tab(served.url) as good, Tab(served.url) as bad:
            await bad.socket.send(frame)
            with pytest.raises(ClientError, match="closed"):
                await bad.run()
            await good.run()
            return good.screen.words

    assert "See where you stand" in asyncio.run(visit())


def test_a_failing_page_shows_what_to_do_and_no_trace(own):
    async def visit():
        async with Tab(own.url) as tab:
            own.store.rename(own.folder / "elsewhere.db")
            await tab.run()
            gone = tab.screen.words
            (own.folder / "elsewhere.db").rename(own.store)
            await tab.run()
            return gone, tab.screen.words

    gone, back = asyncio.run(visit())

    assert "Nothing was saved just now." in gone
    assert "is not there" in gone
    assert "Traceback" not in gone
    assert 'File "' not in gone
    assert "See where you stand" in back
