"""An OpenID Connect provider on this computer, for tests: ``python tests/provider.py PORT``.

It asks for no password: whoever comes chooses whom to be. Never for real use.
"""

from __future__ import annotations

import secrets
import sys
import time
from dataclasses import dataclass
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

PEOPLE = ("Ada Learner", "Rhys Reviewer", "Mary Manager", "Sam Stranger")
CLIENT, SECRET = "ccio-skills", "a-secret-of-the-test-provider"
_MINUTES = 300


@dataclass(frozen=True)
class Code:
    """Handed out once to whoever was chosen; the app trades it for a token."""

    person: str
    nonce: str
    address: str


class Provider:
    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.key = RSAKey.generate_key(2048, {"kid": "test"})
        self.codes: dict[str, Code] = {}

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.describe),
                Route("/authorize", self.choose),
                Route("/token", self.trade, methods=["POST"]),
                Route("/jwks", self.keys),
                Route("/logout", self.leave),
            ]
        )

    async def describe(self, _request: Request) -> Response:
        ends = {"authorization": "authorize", "token": "token", "end_session": "logout"}
        return JSONResponse(
            {
                "issuer": self.issuer,
                **{f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in ends.items()},
                "jwks_uri": f"{self.issuer}/jwks",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def choose(self, request: Request) -> Response:
        asked = dict(request.query_params)
        person = asked.pop("as", None)
        if person is None:
            links = "".join(
                f'<p><a href="/authorize?{urlencode({**asked, "as": one})}">{one}</a></p>'
                for one in (*PEOPLE, "Nobody")
            )
            return HTMLResponse(f"<html lang=en><title>Choose</title><h1>Who are you?</h1>{links}")
        back = {"state": asked["state"]}
        if person == "Nobody":
            back |= {"error": "access_denied"}
        else:
            back |= {"code": secrets.token_urlsafe(16)}
            self.codes[back["code"]] = Code(person, asked["nonce"], asked["redirect_uri"])
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}")

    async def trade(self, request: Request) -> Response:
        asked = await request.form()
        code = self.codes.pop(str(asked["code"]), None)
        if code is None or asked["redirect_uri"] != code.address:
            return JSONResponse({"error": "invalid_grant"}, 400)
        slug, now = code.person.lower().replace(" ", "."), int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": f"subject-of-{slug}",
            "iat": now,
            "exp": now + _MINUTES,
            "nonce": code.nonce,
            "name": code.person,
            "email": f"{slug}@example.test",
        }
        token = jwt.encode({"alg": "RS256", "kid": "test"}, claims, self.key)
        answer = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer"}
        return JSONResponse({**answer, "expires_in": _MINUTES, "id_token": token})

    async def keys(self, _request: Request) -> Response:
        public = self.key.as_dict(private=False, kid="test", use="sig", alg="RS256")
        return JSONResponse({"keys": [public]})

    async def leave(self, request: Request) -> Response:
        return RedirectResponse(request.query_params["post_logout_redirect_uri"])


if __name__ == "__main__":
    wanted = int(sys.argv[1])
    uvicorn.run(Provider(wanted).app(), host="127.0.0.1", port=wanted, log_level="error")
