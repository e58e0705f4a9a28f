"""Verification sees what does not add up, each fault by its name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from application.attendance.session import BookSessions
from application.booking.cancellation import RequestCancellation
from application.people.person import ErasePerson
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

PEOPLE_AGAIN = "the read model people is what the log makes of it"
SHELF_FAULTS = [
    "delete from people.shelf",
    "delete from people.shelf_list",
    "update people.shelf set people = substr(people, 1, 12) || decode(repeat('00', 40), 'hex')",
]


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


def test_of_sessions_booked_by_one_command_each_booking_is_looked_for(institute: Institute) -> None:
    name = "one booking for each acknowledged command"
    seasons = (institute.conference(), institute.cluster(may_book_fewer=True))
    anna = institute.member("Anna")
    institute.services.sessions_chosen.book(anna, BookSessions(seasons), key="a-key")
    institute.catch_up()
    whole = Verification(institute.house.store).run()
    assert [each for each in whole.checks if not each.ok] == []

    latest = "select max(position) from event where topic = 'Booking.Made'"
    institute.house.store.execute(f"update event set command_id = gen_random_uuid() where position = ({latest})", [])

    [seen] = [each.seen for each in Verification(institute.house.store).run().checks if each.name == name]
    assert seen == "1 acknowledged, 1 without their booking, 0 with more than one"


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


def erased_ahead_of_the_read_models(institute: Institute) -> None:
    """Three people, one of whom is erased while nobody follows."""
    anna, *_ = [institute.person(name, institute.acme) for name in ("Anna", "Bo", "Cecilia")]
    institute.catch_up()
    institute.services.people.erase(institute.admin, ErasePerson(anna))


def test_who_is_erased_ahead_of_the_read_models_is_no_fault(institute: Institute, database_url: str) -> None:
    erased_ahead_of_the_read_models(institute)

    told = json.loads(verify(institute, database_url, "--json").stdout)

    seen = {check["name"]: check["seen"] for check in told["checks"]}
    assert seen[PEOPLE_AGAIN].endswith("equal but for 1 whose erasure is still to be taken in")
    assert told["ok"]


@pytest.mark.parametrize("fault", SHELF_FAULTS)
def test_a_fault_of_the_shelves_is_seen_beside_somebody_erased(
    institute: Institute, database_url: str, fault: str
) -> None:
    erased_ahead_of_the_read_models(institute)
    with institute.house.store.connections.borrow() as connection:
        assert connection.execute(fault.encode()).rowcount > 0

    told = json.loads(verify(institute, database_url, "--json").stdout)

    assert [check["name"] for check in told["checks"] if not check["ok"]] == [PEOPLE_AGAIN]


def test_a_name_that_outlived_an_erasure_is_seen(institute: Institute, database_url: str) -> None:
    erased_ahead_of_the_read_models(institute)
    store = institute.house.store
    kept = store.query("select organiser_id, shelf_id, epoch, people from people.shelf", [])
    listed = store.query("select organiser_id, epoch, shelves from people.shelf_list", [])
    institute.catch_up()
    for statement, rows in (
        ("delete from people.shelf", [()]),
        ("delete from people.shelf_list", [()]),
        ("insert into people.shelf (organiser_id, shelf_id, epoch, people) values (%s, %s, %s, %s)", kept),
        ("insert into people.shelf_list (organiser_id, epoch, shelves) values (%s, %s, %s)", listed),
    ):
        for row in rows:
            store.execute(statement, row)

    told = json.loads(verify(institute, database_url, "--json").stdout)

    assert [check["name"] for check in told["checks"] if not check["ok"]] == [PEOPLE_AGAIN]


def topics(institute: Institute) -> list[str]:
    return [str(topic) for (topic,) in institute.house.store.recorder.query("select topic from event", [])]
