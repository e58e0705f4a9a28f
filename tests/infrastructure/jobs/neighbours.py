"""What the tests of partitions share: organisers who are followed apart, on one installation, and who follows them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from itertools import count as numbers
from pathlib import Path
from uuid import uuid4

from application.kernel.actor import SYSTEM
from application.people.organiser import FoundOrganiser, GivePaymentDetails
from infrastructure.event_store.store import Store
from infrastructure.kernel.settings import Settings
from infrastructure.postgres.advisory_lock import AdvisoryLock
from infrastructure.subscriptions.partitions import number_in, partition_of
from tests.infrastructure.followers import running, until
from tests.samples import Institute
from web.wiring import Installation, build

LED = f"""select array(select classid::int from pg_locks where locktype = 'advisory' and objid = {AdvisoryLock.LEADING}
    and granted and database = (select oid from pg_database where datname = current_database()) order by classid)"""
LEADERS = f"""select classid::int, pid from pg_locks where locktype = 'advisory' and objid = {AdvisoryLock.LEADING}
    and granted and database = (select oid from pg_database where datname = current_database())"""


def neighbour(made: Institute, of: int = 2) -> Institute:
    """Another organiser with a member to pay, in another one of so many partitions."""
    founding = made.services.organisers.found
    commands = (FoundOrganiser("Grannen", f"g-{no}", "556036-0801", "SE556036080101") for no in numbers())
    founded = (founding(SYSTEM, each).answer.organiser_id for each in commands)
    organiser = next(each for each in founded if partition_of(each, of) != partition_of(made.organiser, of))
    admin = replace(made.admin, id="admin of the neighbour", organiser_id=organiser)
    other = replace(made, organiser=organiser, admin=admin, finance=replace(made.finance, organiser_id=organiser))
    details = GivePaymentDetails(organiser, "Lilla gatan 4, 111 30 Stockholm", "991-2346")
    made.services.organisers.give_payment_details(admin, details)
    other.acme = other.organisation("Acme AB", "556999-0004")
    other.make_member(other.acme, date(2026, 1, 1), date(2027, 12, 31))
    return other


def environment(made: Institute, partitions: int | None) -> dict[str, str]:
    """What a process of the same installation reads."""
    store = made.house.store
    keys = store.key_files.folder
    told = {"DATABASE_URL": store.connections.url, "PLATS_KEYS": str(keys), "PLATS_HOME": str(keys.parent)}
    return told | ({"PLATS_PARTITIONS": str(partitions)} if partitions else {})


@contextmanager
def another_house(made: Institute, partitions: int | None = None) -> Iterator[Installation]:
    """The same installation, opened once more."""
    store = made.house.store
    settings = Settings.read(environment(made, partitions))
    with closing(build(store.connections.url, settings, made.clock)) as house:
        yield house


@contextmanager
def follower_process(made: Institute, partitions: int | None) -> Iterator[subprocess.Popen[bytes]]:
    """`plats worker --only following` as a process of its own; ended kindly unless the block has killed it."""
    words = [sys.executable, "-c", "from web.cli import main; main()", "worker", "--only", "following"]
    told = os.environ | environment(made, partitions)
    told["DATABASE_URL"] += f"&application_name=follower-{uuid4()}"
    process = subprocess.Popen(words, cwd=Path(__file__).parents[3], env=told)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


def led(store: Store) -> list[int]:
    """The partitions that somebody leads."""
    [(places,)] = store.recorder.query(LED, [])
    return [int(place) for place in places]


def led_by(store: Store) -> dict[str, list[int]]:
    """By process, which partitions it leads."""
    asked = f"select application_name, classid from ({LEADERS}) l join pg_stat_activity using (pid) order by 2"
    found: dict[str, list[int]] = {}
    for name, place in store.recorder.query(asked, []):
        found.setdefault(str(name), []).append(int(place))
    return found


def number(store: Store) -> int:
    """In how many partitions the log is followed."""
    with store.connections.borrow() as connection:
        return number_in(connection)


def divide(made: Institute, partitions: int) -> None:
    """Let a worker follow in so many partitions, and end it."""
    with another_house(made, partitions) as house, running(house.worker) as deaths:
        until(lambda: bool(deaths) or led(made.house.store) == list(range(partitions)))
    assert deaths == []
