"""Commands that print what a shared installation is set up with; HOSTING.md says how."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from ccio_skills.cli import common

hosting = typer.Typer(
    no_args_is_help=True, help="Print configuration for a shared installation; see HOSTING.md."
)
_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+")
_LOGIN = re.compile(r"[a-z_][a-z0-9_-]*")
# Spaces and quotes mean something in these files.
_PATH = re.compile(r"/[\w./@+-]+")

Name = Annotated[str, typer.Option("--name", help="Where people open it: skills.example.org.")]
Ports = Annotated[
    list[int], typer.Option("--port", min=1, max=65_535, help="One for each process; repeat it.")
]
Program = Annotated[Path, typer.Option(help="The ccio-skills command.")]
User = Annotated[str, typer.Option(help="The system's user it runs as.")]
Environment = Annotated[Path, typer.Option(help="File with the settings.")]
_PORTS = [8501, 8502]
_PROGRAM = Path("/opt/ccio-skills/.venv/bin/ccio-skills")
_USER = "ccio-skills"
_ENVIRONMENT = Path("/etc/ccio-skills/environment")


@hosting.command()
def nginx(
    name: Name,
    port: Ports = _PORTS,
    certificate: Annotated[
        Path | None, typer.Option(help="Certificate with its chain; else that of Let's Encrypt.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="Its private key.")] = None,
) -> None:
    """Print a site for nginx: TLS, websocket, each browser kept with one process."""
    folder = f"/etc/letsencrypt/live/{_checked(name)}"
    _print(
        "nginx.conf",
        name=name,
        first_port=port[0],
        upstreams="\n".join(f"    server 127.0.0.1:{one};" for one in port),
        certificate=_plain(certificate or Path(folder, "fullchain.pem")),
        key=_plain(key or Path(folder, "privkey.pem")),
    )


@hosting.command()
def systemd(
    program: Program = _PROGRAM,
    user: User = _USER,
    environment: Environment = _ENVIRONMENT,
    port: Ports = _PORTS,
) -> None:
    """Print a unit for systemd that keeps a process running and shuts it in."""
    units = " ".join(f"ccio-skills@{one}" for one in port)
    _print("ccio-skills@.service", units=units, **_own(program, user, environment))


@hosting.command("command")
def with_settings(
    program: Program = _PROGRAM, user: User = _USER, environment: Environment = _ENVIRONMENT
) -> None:
    """Print a script that runs this command with the settings of the installation."""
    _print("command", **_own(program, user, environment))


@hosting.command("environment")
def settings_file(name: Name) -> None:
    """Print the file of settings, with a fresh secret for cookies."""
    import secrets

    _print("environment", name=_checked(name), cookie_secret=secrets.token_urlsafe(48))


def _own(program: Path, user: str, environment: Path) -> dict[str, str]:
    if not _LOGIN.fullmatch(user):
        common.stop(f"{user} is no name of a user.", code=common.WRONG_USE)
    return {"program": _plain(program), "user": user, "environment": _plain(environment)}


def _checked(name: str) -> str:
    if not _HOST.fullmatch(name):
        said = "give a host name in small letters, as in skills.example.org, without https://."
        common.stop(f"{name}: {said}", code=common.WRONG_USE)
    return name


def _plain(path: Path) -> str:
    if not _PATH.fullmatch(str(path)):
        common.stop(f"{path}: give a whole path without spaces.", code=common.WRONG_USE)
    return str(path)


def _print(template: str, **values: object) -> None:
    text = resources.files("ccio_skills").joinpath("hosting", template).read_text("utf-8")
    # nginx, systemd and shells have each their own use for $ and %.
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    typer.echo(text, nl=False)
