"""What stands in for a page that is not open to whoever asks for it: sign in, or why not."""

from __future__ import annotations

from ccio_skills import ui
from ccio_skills.ui import Visit

_LEDE = (
    "Rate your digital leadership skills, see the gaps that matter for your role, "
    "and get a short plan that fits the time you have."
)


def show(visit: Visit, path: str) -> None:
    """Ask somebody to sign in, and bring them to the page at ``path`` afterwards."""
    with ui.page(visit, "Sign in to CCIO Skills", _LEDE):
        if visit.params.get("sign-in") == "failed":
            ui.error(
                "The sign-in did not work; nothing was changed. Try again. If it happens twice, "
                "tell whoever runs this installation, with the time."
            )
        elif visit.notice:
            ui.note(visit.notice)
        ui.sign_in(visit, path)
        ui.rows(
            [
                (
                    "First",
                    "you choose the account of your organisation",
                    "We never see a password. We keep the name and the e-mail address we are told.",
                ),
                (
                    "Then",
                    "you are back where you wanted to go",
                    "The first time, an account is made for you. You can delete it at any time.",
                ),
                (
                    "Always",
                    "your answers are yours",
                    "Nobody in your organisation can see what you rate, write or read here.",
                ),
            ]
        )


def closed(visit: Visit, _path: str) -> None:
    """Say that a page is for a role that the person does not have, or not any more."""
    with ui.page(
        visit,
        "This page is not open to you",
        "It is for people with a role in an organisation. A role may have ended since you opened "
        "the page; whoever administers your organisation can say.",
    ):
        ui.link(visit, "home", "Go to your next step", key="closed_home")
