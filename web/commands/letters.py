"""`plats letters`: what has been sent by mail, for who runs the installation."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from application.mail.letter_desk import LetterFilter, LetterRow
from domain.kernel.errors import PlatsError
from infrastructure.kernel.settings import Settings
from infrastructure.mail.outbox import PostgresLetterBox
from infrastructure.mail.returned import MOST_BYTES, ReturnAddresses

if TYPE_CHECKING:
    from web.wiring import Installation


class NoSuchLetter(PlatsError):
    """No letter has that id, or it cannot be read any longer."""

    def __init__(self, letter_id: UUID) -> None:
        super().__init__(f"There is no letter {letter_id} that can be read: see `plats letters list`.")


@click.group("letters")
def command() -> None:
    """See what has been sent to whom, read a letter, and send it again."""


@command.command("list")
@click.option("--state", default="", help="waiting, sent, failed, unreadable or unwanted; without it, all.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")
def list_letters(state: str, *, as_json: bool) -> None:
    """List the latest hundred letters of each organiser."""
    with _box() as (box, organisers):
        rows = [row for one in organisers for row in box.list(one, LetterFilter(state), 100)]
    for row in rows:
        told = _facts(row)
        click.echo(json.dumps(told, ensure_ascii=False) if as_json else "  ".join(str(each) for each in told.values()))


@command.command("show")
@click.argument("letter_id", type=click.UUID)
def show(letter_id: UUID) -> None:
    """Show what stands in a letter, also one that lets somebody in."""
    with _box() as (box, _):
        words = box.words(letter_id)
    if words is None:
        raise NoSuchLetter(letter_id)
    click.echo("\n\n".join(words))


@command.command("again")
@click.argument("letter_id", type=click.UUID)
def again(letter_id: UUID) -> None:
    """Deliver a letter once more."""
    with _box() as (box, _):
        if box.find(letter_id) is None:
            raise NoSuchLetter(letter_id)
        box.send_again(letter_id)
    click.echo(f"{letter_id} is delivered again.")


@command.command("bounces")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True, path_type=Path))
def bounces(paths: tuple[Path, ...]) -> None:
    """Take in notices that letters came back: files, Maildirs (their new and cur), or `-` for one on standard input.

    Each is taken in once, however often it is given; what nobody signed for is left alone. A mail server pipes what
    comes to the addresses of PLATS_MAIL_RETURNS here.
    """
    settings, taken = Settings.read(), Counter[str]()
    with _house(settings) as house:
        addresses = ReturnAddresses(house.store.keyring, settings.mail_returns)
        for raw in (each for path in paths for each in _mails(path)):
            bounce = addresses.bounce_in(raw)
            verdict = house.services.bounces.take_in(bounce) if bounce is not None else None
            taken[verdict.value if verdict is not None else "ignored"] += 1
    click.echo(", ".join(f"{kind}: {count}" for kind, count in sorted(taken.items())) or "nothing")


def _mails(path: Path) -> Iterator[bytes]:
    if str(path) == "-":
        yield sys.stdin.buffer.read(MOST_BYTES + 1)
    elif path.is_dir():
        for each in sorted(file for part in ("new", "cur") for file in (path / part).glob("*") if file.is_file()):
            yield each.read_bytes()
    else:
        yield path.read_bytes()


@contextmanager
def _house(settings: Settings) -> Iterator[Installation]:
    from web.wiring import open_house

    house = open_house(settings)
    try:
        yield house
    finally:
        house.close()


@contextmanager
def _box() -> Iterator[tuple[PostgresLetterBox, list[UUID]]]:
    from web.letters.letter_words import LetterFile

    settings = Settings.read()
    with _house(settings) as house:
        organisers = [UUID(str(each.organiser_id)) for each in house.services.programme.organisers()]
        yield PostgresLetterBox(house.store, LetterFile(), settings.url), organisers


def _facts(row: LetterRow) -> dict[str, object]:
    return {
        "id": str(row.letter_id),
        "posted_at": row.posted_at.isoformat(timespec="seconds"),
        "state": row.state.value,
        "kind": row.kind,
        "subject": row.subject,
        "to": row.to,
        "error": row.error,
    }
