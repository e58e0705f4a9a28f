"""Verification sees what does not add up, each fault by its name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from application.booking.cancellation import RequestCancellation
from infrastructure.read_models.kernel.projection import SCRATCH
from infrastructure.subscriptions.verify import Verification
from tests.infrastructure.followers import book_many, count
from tests.samples import Institute
from tests.scenarios.story import book
from web.commands.verify import command

SCHEMAS = f"select count(*) from pg_namespace where right(nspname, {len(SCRATCH)}) = '{SCRATCH}'"

FAULTS = {
    "no season has more seats taken than it has": """update event set state = replace(convert_from(state, 'UTF8'),
        '"seats":100', '"seats":1')::bytea where topic = 'Seating.Opened'""",
    "bookings hold the seats that were given out": """update event set state = replace(convert_from(state, 'UTF8'),
        '"seats":1}', '"seats":2}')::bytea where topic = 'Seating.SeatsTaken'""",
    "one booking for each acknowledged command": """update event set command_id = gen_random_uuid()
        where topic = 'Booking.Made'""",
    "document numbers are unbroken and given once": """update event set state = replace(convert_from(state, 'UTF8'),
        '"number":2', '"number":9')::bytea where topic = 'NumberSeries.Drawn'""",
    "every invoice is the fold of its events": """update event set state = replace(convert_from(state, 'UTF8'),
        '"amount":750000', '"amount":740000')::bytea where topic = 'Invoice.Credited'""",
    "no more is credited than was invoiced": """update event set state = replace(convert_from(state, 'UTF8'),
        '"amount":750000', '"amount":7500000')::bytea where topic = 'Invoice.Credited'""",
    "documents and payments are the ledger": """update event set state = replace(convert_from(state, 'UTF8'),
        '"amount":750000', '"amount":740000')::bytea where topic = 'Invoice.Credited'""",
    "the read model ledger is what the log makes of it": "update ledger.posting set amount = amount + 1",
    "every stored event is known": "update event set topic = 'Booking.Vanished' where topic = 'Booking.Ended'",
    "the read model booking is what the log makes of it": "update booking.booking set gross = gross + 1",
    "the read model people is what the log makes of it": "update people.person set name = null",
    "the read model goods is what the log makes of it": """insert into goods.article (goods_id, title)
        values (gen_random_uuid(), 'Boken')""",
}


def lived_in(institute: Institute) -> None:
    """Bookings with keys, one of them cancelled, all of it invoiced."""
    season = institute.conference()
    book_many(institute, season, 3)
    made = book(institute, season, institute.acme, institute.person("Anna", institute.acme))
    institute.services.cancellations.request(institute.admin, RequestCancellation(made.booking_id))
    institute.catch_up()


def verify(institute: Institute, database_url: str, *words: str) -> Result:
    keys = institute.house.store.key_files.folder
    environment = {"DATABASE_URL": database_url, "PLATS_KEYS": str(keys), "PLATS_HOME": str(keys.parent)}
    return CliRunner().invoke(command, words, env=environment)


def test_what_adds_up_is_said_check_by_check(institute: Institute, database_url: str) -> None:
    lived_in(institute)

    result = verify(institute, database_url, "--json")

    told = json.loads(result.stdout)
    assert (result.exit_code, told["ok"]) == (0, True)
    seen = {check["name"]: check["seen"] for check in told["checks"]}
    assert seen["one booking for each acknowledged command"].startswith("3 acknowledged, 0 without")
    assert seen["document numbers are unbroken and given once"].startswith("5 numbers in 2 series, 0 series broken")
    assert seen["the read model invoice is what the log makes of it"] == "5 tables, equal to the byte"
    assert set(FAULTS) <= set(seen)
    assert count(institute.house.store, SCHEMAS) == 0


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_seen(institute: Institute, database_url: str, name: str) -> None:
    lived_in(institute)
    with institute.house.store.connections.borrow() as connection:
        assert connection.execute(FAULTS[name].encode()).rowcount > 0

    result = verify(institute, database_url, "--json")

    told = json.loads(result.stdout)
    assert (result.exit_code, told["ok"]) == (1, False)
    assert name in [check["name"] for check in told["checks"] if not check["ok"]]
    assert count(institute.house.store, SCHEMAS) == 0


def test_people_read_it_line_by_line(institute: Institute, database_url: str) -> None:
    lived_in(institute)

    lines = verify(institute, database_url).stdout.splitlines()

    assert lines[1] == f"ok    every stored event is known: {len(set(topics(institute)))} kinds of events"
    assert all(line.startswith("ok    ") for line in lines)


def test_an_empty_installation_adds_up(database_url: str, tmp_path: Path) -> None:
    environment = {"DATABASE_URL": database_url, "PLATS_KEYS": str(tmp_path / "keys"), "PLATS_HOME": str(tmp_path)}

    result = CliRunner().invoke(command, ["--json"], env=environment)

    assert (result.exit_code, json.loads(result.stdout)["ok"]) == (0, True)


def test_read_models_that_lag_are_compared_with_what_they_had_seen(institute: Institute) -> None:
    season = institute.conference()
    book_many(institute, season, 2)
    institute.catch_up()
    book_many(institute, season, 2, first=2)

    assert Verification(institute.house.store).run().ok


def topics(institute: Institute) -> list[str]:
    return [str(topic) for (topic,) in institute.house.store.recorder.query("select topic from event", [])]
