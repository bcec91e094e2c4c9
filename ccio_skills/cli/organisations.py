"""Commands for whoever runs a shared installation: organisations and the audit trail."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ccio_skills.cli import common
from ccio_skills.cli.common import DataFolder

if TYPE_CHECKING:
    from sqlmodel import Session

    from ccio_skills.vocabulary import OrganisationId

organisation = typer.Typer(
    no_args_is_help=True, help="Organisations of a shared installation and their administrators."
)
audit = typer.Typer(no_args_is_help=True, help="The audit trail of a shared installation.")
Name = Annotated[str, typer.Argument(help="What the organisation is called.")]


@organisation.command()
def add(name: Name, data: DataFolder = None) -> None:
    """Add an organisation and print the link that makes its first administrator."""
    from ccio_skills.people import commands

    common.use_folder(data)
    with common.open_store() as db:
        try:
            number = commands.add_organisation(db, name, at=datetime.now(UTC))
        except commands.UnknownOrganisationError as error:
            common.stop(str(error))
        _print_link(db, number)


@organisation.command()
def administrator(name: Name, data: DataFolder = None) -> None:
    """Print a link that makes an administrator, for example when the last one has left."""
    from ccio_skills.people import queries

    common.use_folder(data)
    with common.open_store() as db:
        number = queries.find_organisation(db, name)
        if number is None:
            known = ", ".join(queries.every_organisation(db)) or "none yet"
            common.stop(f"There is no organisation called {name}. There are: {known}.")
        _print_link(db, number)


@organisation.command("list")
def list_names(data: DataFolder = None) -> None:
    """Print the names of all organisations."""
    from ccio_skills.people import queries

    common.use_folder(data)
    with common.open_store() as db:
        for name in queries.every_organisation(db):
            typer.echo(name)


def _print_link(db: Session, number: OrganisationId) -> None:
    from ccio_skills.people import commands

    token = commands.invite_administrator(db, number, at=datetime.now(UTC))
    sign_in = common.read_settings().sign_in
    address = sign_in.address if sign_in else "<address of the app>"
    typer.echo("Whoever opens this link first and signs in becomes administrator (7 days, once):")
    typer.echo(f"{address}/join?token={token}")


@audit.command()
def verify(data: DataFolder = None) -> None:
    """Say whether every entry, and what cohorts published, is as it was written and all there."""
    from ccio_skills.cohorts import queries as cohort_queries
    from ccio_skills.cohorts.rules.ledger import AlteredError
    from ccio_skills.people import queries

    common.use_folder(data)
    with common.open_store() as db:
        faults = queries.find_faults(db)
        count = sum(1 for _ in queries.whole_trail(db))
        try:
            last = cohort_queries.verify(db)
            ledger, is_altered = f"{last.number if last else 0} rows of the ledger, sound", False
        except AlteredError as error:
            ledger, is_altered = str(error), True
    for fault in faults:
        typer.echo(f"Entry {fault.number} {fault.what}.")
    typer.echo(f"{count} entries, {len(faults)} faults")
    typer.echo(ledger)
    raise typer.Exit(common.FAULTS if faults or is_altered else 0)


@audit.command()
def show(data: DataFolder = None) -> None:
    """Print everything on record, oldest first, as CSV: people by number, never their answers."""
    from ccio_skills.people import queries, rules

    common.use_folder(data)
    columns = ["number", "at", "event", "actor", "subject", "organisation", "detail"]
    with common.open_store() as db:
        rows = [
            (one.number, one.at.isoformat(), *(getattr(one, name) for name in columns[2:]))
            for one in queries.whole_trail(db)
        ]
    typer.echo(rules.as_csv(columns, rows), nl=False)
