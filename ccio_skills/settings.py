"""Settings: the environment in, one frozen value out. Read by shell, cli, server and migrations."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import platformdirs

from ccio_skills.vocabulary import Pool

_PLAIN = "/:\\ #&='+,;@!$()~"
_MISTAKES = "https://github.com/ccio-skills/ccio-skills/issues/new"
_WELL_KNOWN = "/.well-known/openid-configuration"
_SHORTEST_SECRET, _FEWEST_SIGNS = 32, 10
_SIGN_IN = "CCIO_SIGN_IN"


class SettingsError(ValueError):
    """The environment asks for something that cannot be; the message says what to set."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """How people sign in to a shared installation."""

    provider: str
    """Address of the OpenID Connect provider's own description."""

    client_id: str
    client_secret: str = field(repr=False)

    cookie_secret: str = field(repr=False)
    """Signs the cookies; whoever knows it can be anybody."""

    address: str
    """Where people open the app: scheme and host, no path."""

    idle_minutes: int = 60
    hours: int = 12

    prompt: str = "select_account"
    """What the provider is asked to show: ``select_account``, or ``login`` for shared computers."""


@dataclass(frozen=True, slots=True)
class Mail:
    """How invitations are sent."""

    server: str = field(repr=False)
    """``smtp://user:password@host:587`` (made safe by STARTTLS), or ``smtps://``."""

    sender: str


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation runs."""

    database_url: str
    """SQLAlchemy address of the store."""

    store_file: Path | None
    """The SQLite file, or ``None`` when the store is a server."""

    content: Path
    """Folder of the content library."""

    is_demo: bool
    """True when every figure on the screen is made up; each page says so."""

    mistakes_address: str
    """Where "Report a mistake" leads: a web or ``mailto:`` address."""

    pool: Pool = field(default_factory=Pool)
    """Used where the store is a server."""

    sign_in: SignIn | None = None
    """``None`` on a personal installation: nobody signs in, and it serves one computer only."""

    mail: Mail | None = None

    operator: str = ""
    """Who runs a shared installation and how to reach them, in words for the privacy page."""

    keep_accounts_months: int = 36
    """After so long without a sign-in an account is deleted; 0 means never."""

    keep_audit_months: int = 24
    """For so long the audit trail is kept; 0 means for ever."""


def root() -> Path:
    """Return the folder that holds app.py, content, static and the Streamlit configuration.

    A checkout has them beside the package; a wheel carries them under ``_shipped``.
    """
    package = Path(__file__).parent
    checkout = package.parent
    return checkout if (checkout / "pyproject.toml").is_file() else package / "_shipped"


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment asks for.

    Args:
        environ: ``CCIO_DATABASE_URL``, ``CCIO_DATA`` (folder of the SQLite file), ``CCIO_CONTENT``,
            ``CCIO_DEMO`` and ``CCIO_MISTAKES`` are read, and what HOSTING.md names for a shared
            installation; the process environment by default.

    Raises:
        SettingsError: They do not fit together.
    """
    env = os.environ if environ is None else environ
    folder = Path(env.get("CCIO_DATA") or platformdirs.user_data_dir("ccio-skills", False))
    # The server starts in another folder than the command that starts it.
    folder = folder.absolute()
    url = env.get("CCIO_DATABASE_URL") or ""
    name = unquote(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else ""
    if not url:
        name = str(folder / "ccio-skills.db")
        # A folder may be called "what?" or "a%20b"; in an address these mean something.
        url = f"sqlite:///{quote(name, safe=_PLAIN)}"
    is_demo = env.get("CCIO_DEMO") == "1"
    return Settings(
        database_url=url,
        store_file=Path(name) if name else None,
        content=Path(env.get("CCIO_CONTENT") or root() / "content"),
        is_demo=is_demo,
        mistakes_address=env.get("CCIO_MISTAKES") or _MISTAKES,
        pool=_pool(env),
        sign_in=None if is_demo else _sign_in(env),
        mail=_mail(env),
        operator=env.get("CCIO_OPERATOR") or "",
        keep_accounts_months=_number(env, "CCIO_KEEP_ACCOUNTS_MONTHS", 36, least=0),
        keep_audit_months=_number(env, "CCIO_KEEP_AUDIT_MONTHS", 24, least=0),
    )


def is_loopback(host: str) -> bool:
    """Say whether a host name or address is this computer and nothing else."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _pool(env: Mapping[str, str]) -> Pool:
    usual = Pool()

    def number(name: str, default: int, *, least: int = 1, most: int = 3600) -> int:
        return _number(env, f"CCIO_DATABASE_{name}", default, least=least, most=most)

    return Pool(
        size=number("POOL", usual.size, most=100),
        overflow=number("OVERFLOW", usual.overflow, least=0, most=100),
        wait_seconds=number("WAIT_SECONDS", usual.wait_seconds, most=60),
        recycle_minutes=number("RECYCLE_MINUTES", usual.recycle_minutes),
        connect_seconds=number("CONNECT_SECONDS", usual.connect_seconds, least=2, most=60),
        keepalive_seconds=number("KEEPALIVE_SECONDS", usual.keepalive_seconds),
    )


def _sign_in(env: Mapping[str, str]) -> SignIn | None:
    if not env.get(_SIGN_IN):
        # Half a sign-in must not become an installation that is open to everybody.
        if given := [name for name in env if name.startswith(f"{_SIGN_IN}_") and env[name]]:
            raise SettingsError(
                f"{given[0]} is set, but not {_SIGN_IN}: set it to the address of your provider, "
                "or unset the others for a personal installation."
            )
        return None
    provider = _web_address(env, _SIGN_IN)
    address = _web_address(env, "CCIO_ADDRESS")
    if urlsplit(address).path:
        raise SettingsError(f"CCIO_ADDRESS is {address}: give scheme and host only, without path.")
    return SignIn(
        provider=provider if provider.endswith(_WELL_KNOWN) else provider + _WELL_KNOWN,
        client_id=_needed(env, f"{_SIGN_IN}_CLIENT_ID"),
        client_secret=_secret(env, f"{_SIGN_IN}_CLIENT_SECRET"),
        cookie_secret=_cookie_secret(env),
        address=address,
        idle_minutes=_number(env, f"{_SIGN_IN}_IDLE_MINUTES", 60, least=5),
        hours=_number(env, f"{_SIGN_IN}_HOURS", 12, least=1, most=30 * 24),
        prompt=env.get(f"{_SIGN_IN}_PROMPT") or "select_account",
    )


def _cookie_secret(env: Mapping[str, str]) -> str:
    secret = _secret(env, f"{_SIGN_IN}_COOKIE_SECRET")
    if len(secret) < _SHORTEST_SECRET or len(set(secret)) < _FEWEST_SIGNS:
        raise SettingsError(
            f"{_SIGN_IN}_COOKIE_SECRET can be guessed: set at least 32 random characters, for "
            'example those of: python -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return secret


def _mail(env: Mapping[str, str]) -> Mail | None:
    if not (env.get("CCIO_MAIL") or env.get("CCIO_MAIL_FILE")):
        return None
    server = _secret(env, "CCIO_MAIL")
    parts = urlsplit(server)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingsError("CCIO_MAIL: give smtp://user:password@host:587 or smtps://...")
    return Mail(server, _needed(env, "CCIO_MAIL_FROM"))


def _web_address(env: Mapping[str, str], name: str) -> str:
    address = _needed(env, name).rstrip("/")
    parts = urlsplit(address)
    is_safe = parts.scheme == "https" or (
        parts.scheme == "http" and is_loopback(parts.hostname or "")
    )
    if not is_safe or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(f"{name} is {address}: give an address that begins with https://.")
    return address


def _needed(env: Mapping[str, str], name: str) -> str:
    if value := (env.get(name) or "").strip():
        return value
    raise SettingsError(f"{name} is not set; HOSTING.md says what belongs there.")


def _secret(env: Mapping[str, str], name: str) -> str:
    """Return a secret from the environment, or from the file that ``NAME_FILE`` names."""
    file = env.get(f"{name}_FILE")
    if not file:
        return _needed(env, name)
    try:
        secret = Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{name}_FILE: {file} cannot be read: {error.strerror}.") from error
    return _needed({name: secret}, name)


def _number(
    env: Mapping[str, str], name: str, default: int, *, least: int, most: int = 100_000
) -> int:
    given = (env.get(name) or "").strip() or str(default)
    if not given.isdecimal() or not least <= int(given) <= most:
        raise SettingsError(f"{name} is {given}: give a whole number from {least} to {most}.")
    return int(given)
