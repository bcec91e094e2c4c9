"""Settings: the environment in, one frozen value out. Read by shell, cli, server and migrations."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

import platformdirs

_PLAIN = "/:\\ #&='+,;@!$()~"
_MISTAKES = "https://github.com/ccio-skills/ccio-skills/issues/new"


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
            ``CCIO_DEMO`` and ``CCIO_MISTAKES`` are read; the process environment by default.
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
    return Settings(
        database_url=url,
        store_file=Path(name) if name else None,
        content=Path(env.get("CCIO_CONTENT") or root() / "content"),
        is_demo=env.get("CCIO_DEMO") == "1",
        mistakes_address=env.get("CCIO_MISTAKES") or _MISTAKES,
    )
