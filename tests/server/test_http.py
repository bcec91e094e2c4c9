"""What anyone can ask the server over plain HTTP."""

import json

import pytest

from benchmarks.serving import get

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


def policy(headers):
    parts = headers["content-security-policy"].split("; ")
    return {name: values.split() for name, _, values in (part.partition(" ") for part in parts)}


class TestHealth:
    def test_it_is_alive(self, served):
        status, _, body = get(f"{served.url}/healthz")

        assert (status, json.loads(body)) == (200, {"alive": True})

    def test_it_is_ready(self, served):
        status, _, body = get(f"{served.url}/readyz")

        assert (status, json.loads(body)) == (200, {"ready": True, "content": True, "store": True})

    def test_without_its_store_it_is_alive_but_not_ready(self, own):
        own.store.rename(own.folder / "elsewhere.db")

        status, _, body = get(f"{own.url}/readyz")

        assert (status, json.loads(body)["store"]) == (503, False)
        assert str(own.folder) not in body.decode()
        assert get(f"{own.url}/healthz")[0] == 200

        (own.folder / "elsewhere.db").rename(own.store)

        assert get(f"{own.url}/readyz")[0] == 200


class TestHeaders:
    @pytest.mark.parametrize(
        "path", ["/", "/gaps", "/healthz", "/app/static/icon.png", "/_stcore/health", "/nowhere.js"]
    )
    def test_stand_on_every_answer(self, served, path):
        _, headers, _ = get(f"{served.url}{path}")

        assert headers.items() >= HEADERS.items()
        assert "camera=()" in headers["permissions-policy"]
        assert "content-security-policy" in headers

    def test_let_no_script_be_made_from_text_and_nobody_frame_a_page(self, served):
        _, headers, _ = get(served.url)

        allowed = policy(headers)
        assert "'unsafe-eval'" not in allowed["script-src"]
        assert "'unsafe-inline'" not in allowed["script-src"]
        assert allowed["default-src"] == allowed["connect-src"] == ["'self'"]
        assert allowed["frame-ancestors"] == allowed["object-src"] == ["'none'"]


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "/_stcore/agent",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/script-health-check",
        "/rate/_stcore/agent/openapi.json",
        "/%5fstcore/metrics",
        "//_stcore/metrics",
    ],
)
def test_nothing_tells_strangers_about_the_server_or_lets_them_drive_it(served, method, path):
    assert get(f"{served.url}{path}", method=method)[0] == 404
