"""The command line `plats`: what whoever runs an installation says to it."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from importlib.metadata import version
from typing import NoReturn

import click

from domain.kernel.errors import PlatsError

COMMANDS = {
    "backup": "Write a backup of the database and one of the keys.",
    "bench": "Measure this machine: bookings, pages and projections a second.",
    "collective": "Issue the collective invoices that are due.",
    "daily": "Do now what is done once a day: reminders, card payments compared.",
    "db": "Start, stop and look at the database.",
    "demo": "Start Plats with a whole organiser to look at.",
    "invite": "Let the first admin in.",
    "keys": "Renew the keys to personal data, so that older backups forget.",
    "letters": "See what has been sent by mail.",
    "rebuild": "Make the read models again from the events.",
    "restore": "Put a backup back, and make it ready.",
    "serve": "Start Plats: pages, API and worker.",
    "token": "Give and take back the keys to the API.",
    "verify": "See that everything remembered adds up.",
    "web": "Start the pages and the API alone.",
    "worker": "Start the worker alone.",
}


def module_of(name: str) -> str:
    """Where a command stands: the demo and the bench outside the product."""
    return f"{name}.command" if name in ("bench", "demo") else f"web.commands.{name}"


class CommandGroup(click.Group):
    """The commands, each read from `web/commands/` only when it is called: `plats --help` reads none."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands that this version has."""
        return [name for name in COMMANDS if importlib.util.find_spec(module_of(name))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find the command's `command` in the file of its name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(module_of(cmd_name)).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without reading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])


@click.command(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("plats"), message="%(prog)s %(version)s")
@click.pass_context
def plats(context: click.Context) -> None:
    """Membership and booking for organisations that run networks, seasons of meetings and conferences.

    Everything is kept in PostgreSQL: the server that DATABASE_URL names, or one of Plats's own in PLATS_HOME.
    """
    os.environ["PGAPPNAME"] = f"plats {context.invoked_subcommand}"  # what pg_stat_activity calls our connections


def main() -> None:
    """Run one command. What is refused is said in a sentence, and the exit status is 1; mistakes are raised.

    Refused by Plats, by the system (a folder that cannot be written to), or by a database that has gone away.
    """
    try:
        plats(prog_name="plats")
    except PlatsError as refusal:
        _refuse(str(refusal))
    except OSError as trouble:
        named = " ".join(str(each) for each in (trouble.filename, trouble.filename2) if each is not None)
        _refuse(f"{named or 'Something'} cannot be used ({trouble.strerror or trouble}).")
    except Exception as trouble:
        from psycopg import OperationalError  # here, since `plats --help` reads none of it

        if not isinstance(trouble, OperationalError):
            raise
        _refuse(f"PostgreSQL cannot be used ({(str(trouble).strip() or type(trouble).__name__).splitlines()[0]}).")


def _refuse(sentence: str) -> NoReturn:
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(1)
