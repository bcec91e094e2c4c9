"""A mail server on this computer that keeps what it is given, for tests."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from benchmarks.serving import free_port

USER, PASSWORD = "skills", "pass/word"
REFUSED = "nobody@example.test"


@dataclass
class Mailbox:
    """What arrived; letters go in at ``address``."""

    address: str = ""
    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_RCPT(
        self, _server: Server, _session: Session, envelope: Envelope, to: str, _options: list
    ) -> str:
        if to == REFUSED:
            return "550 no such user"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _server: Server, _session: Session, envelope: Envelope) -> str:
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def _knows(_server, _session, _envelope, _mechanism, given) -> AuthResult:
    is_known = isinstance(given, LoginPassword) and (given.login, given.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=is_known, handled=False)


@contextmanager
def open_mailbox(
    host: str = "127.0.0.1", *, needs_password: bool = False, tls: ssl.SSLContext | None = None
) -> Iterator[Mailbox]:
    box = Mailbox()
    controller = Controller(
        box,
        hostname=host,
        port=free_port(),
        authenticator=_knows,
        auth_required=needs_password,
        auth_require_tls=False,
        ssl_context=tls,
    )
    controller.start()
    box.address = f"{host}:{controller.port}"
    yield box
    controller.stop()
