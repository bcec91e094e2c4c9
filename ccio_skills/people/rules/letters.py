"""What an invitation says in a letter: as text, and the same as HTML."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import datetime

from ccio_skills import wording

_ABOUT = (
    "CCIO Skills is a tool for clinicians who lead digital change: rate your skills, see the gaps "
    "that matter for your role, get a short plan, and learn."
)
_ONLY_YOURS = "Nobody in the organisation can see what you rate, write or read there."
_NOT_MEANT = "If you did not expect this letter, do nothing: the invitation runs out by itself."


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, as text and as HTML."""

    subject: str
    text: str
    html: str


def write_invitation(
    *, organisation: str, by: str, role: str, link: str, expires_at: datetime
) -> Letter:
    """Write the letter that takes an invitation to somebody.

    Args:
        organisation: What it is called.
        by: Who invites.
        role: What to, in words: ``a reviewer``.
        link: Where it is taken up.
        expires_at: When it runs out.
    """
    who = f"{by} invites you to join {organisation} as {role} on CCIO Skills."
    until = f"The link works once, until {wording.day(expires_at)}."
    text = "\n\n".join(
        [who, f"Open this link and sign in:\n{link}", until, _ABOUT, _ONLY_YOURS, _NOT_MEANT]
    )
    subject = " ".join(f"{organisation} invites you to CCIO Skills".split())
    return Letter(subject, f"{text}\n", _as_html(who, link, until))


def _as_html(who: str, link: str, until: str) -> str:
    paragraph = '<p style="margin:0 0 16px">{}</p>'
    button = (
        f'<a href="{html.escape(link)}" style="display:inline-block;padding:12px 24px;'
        'border-radius:6px;background:#5B2A63;color:#ffffff;text-decoration:none">'
        "Open the invitation</a>"
    )
    shown = f"If the button does not work, copy this address:<br>{html.escape(link)}"
    said = [html.escape(who), button, html.escape(until), shown]
    said += [html.escape(one) for one in (_ABOUT, _ONLY_YOURS, _NOT_MEANT)]
    body = "".join(paragraph.format(one) for one in said)
    return (
        '<!doctype html><html lang="en"><body style="font-family:sans-serif;font-size:16px;'
        f'line-height:1.5;color:#1D1721;max-width:36rem">{body}</body></html>\n'
    )
