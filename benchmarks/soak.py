"""Fifteen minutes of people coming and going: memory must level off. Never in CI."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks import history
from benchmarks.client import Tab
from benchmarks.serving import ScriptServer

PAGES = ("", "gaps", "plan", "library", "progress", "me")


async def _come_and_go(server: ScriptServer, minutes: float) -> None:
    process, began, visits = psutil.Process(server.pid), time.monotonic(), 0
    following = began
    while time.monotonic() - began < minutes * 60:
        for page in PAGES:
            async with Tab(server.url, page=page) as tab:
                await tab.run()
            visits += 1
        if time.monotonic() >= following:
            following += 30
            used = process.memory_info().rss / 2**20
            print(f"{(time.monotonic() - began) / 60:5.1f} min {visits:7} visits {used:7.1f} MiB")


def run(minutes: float = 15) -> None:
    """Print the curve of the memory, a line every half minute."""
    with tempfile.TemporaryDirectory() as place:
        history.fill(Path(place))
        server = ScriptServer(Path(place), script="floor.py")
        server.start()
        try:
            asyncio.run(_come_and_go(server, minutes))
        finally:
            server.kill()


if __name__ == "__main__":
    run(float(sys.argv[1]) if len(sys.argv) > 1 else 15)
