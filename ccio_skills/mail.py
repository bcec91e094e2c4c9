"""Send a letter by a mail server, as text and as HTML, over a connection nobody can read."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from urllib.parse import unquote, urlsplit

_PATIENCE = 15
"""Seconds the server may take for one answer."""
_HOME = ("localhost", "127.0.0.1", "::1")


class MailError(RuntimeError):
    """A letter was not sent; the message says why, without any secret."""


def send(server: str, sender: str, *, to: str, subject: str, text: str, html: str) -> None:
    """Send a letter.

    Args:
        server: ``smtp://user:password@host:587``, which must offer STARTTLS unless it is this
            computer, or ``smtps://user:password@host:465``.
        sender: Address it comes from, with or without a name.
        to: Whom it goes to.
        subject: One line.
        text: For those who read plain text.
        html: The same for the others.

    Raises:
        MailError: The server cannot be reached, does not let us in, or does not take the letter.
    """
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter["Date"] = formatdate()
    letter["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2] or None)
    # Answers of machines, "out of office" above all, are of no use to anybody.
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text)
    letter.add_alternative(html, subtype="html")
    try:
        with _open(server) as opened:
            opened.send_message(letter)
    except smtplib.SMTPAuthenticationError as error:
        raise MailError("The mail server does not accept the user name and password.") from error
    except smtplib.SMTPRecipientsRefused as error:
        raise MailError(f"The mail server does not take letters to {to}.") from error
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(f"The mail server did not take the letter ({_kind(error)}).") from error


def _open(server: str) -> smtplib.SMTP:
    parts = urlsplit(server)
    host, safe = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "smtps":
        opened: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=_PATIENCE, context=safe
        )
    else:
        opened = smtplib.SMTP(host, parts.port or 587, timeout=_PATIENCE)
        if host not in _HOME:
            opened.starttls(context=safe)
    if parts.username:
        opened.login(unquote(parts.username), unquote(parts.password or ""))
    return opened


def _kind(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
