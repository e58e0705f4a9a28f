"""Each programme of the demo, tried out through the API by its own rules: what `plats demo --check` asserts."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import psycopg
import pytest

from demo.checks import paid
from demo.checks.check import counter_of, try_out
from demo.checks.rules import Rule, net_of
from demo.checks.trial import Trial
from demo.loading import PROGRAMMES, load
from demo.mailbox import reads_mail
from tests.programmes.demo_command import CLOCK, plats_demo, settings_on
from web.server.server import served
from web.wiring import build

HEADINGS = "programme", "ok", "did", "seats_left", "invoiced", "credited"


@pytest.fixture(scope="module")
def checked(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """What `plats demo --check --json` says on the run's server."""
    return plats_demo(postgres_url, tmp_path_factory.mktemp("check"), "--check", "--json")


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_programme_works_by_its_own_rules(checked: subprocess.CompletedProcess[str], programme: str) -> None:
    found = [line for line in map(json.loads, checked.stdout.splitlines()) if line["programme"] == programme]
    assert len(found) == 1, checked.stderr
    assert found[0]["ok"], found[0]["why"]
    assert tuple(found[0]) == HEADINGS
    assert found[0]["did"]


def test_the_check_ends_well_and_leaves_no_database(
    checked: subprocess.CompletedProcess[str], postgres_url: str
) -> None:
    assert checked.returncode == 0, checked.stderr
    with psycopg.connect(postgres_url) as connection:
        left = connection.execute("select datname from pg_database where datname like 'plats_throwaway%'").fetchall()
    assert left == []


def test_the_check_finds_a_price_that_is_not_the_programmes(database_url: str, tmp_path: Path) -> None:
    settings = settings_on(database_url, tmp_path)
    house = build(database_url, settings, CLOCK)
    try:
        load(house.services, house.worker.catch_up, lambda _programme: None, CLOCK)
        with served(settings) as running:
            counter = counter_of(
                running.url, house.services.tokens, reads_mail(house.box), "lyhort", house.services.clock.now().date()
            )
            outcome = try_out("A2", Trial(counter, Rule(12_000_00, 5_900_00)), paid.conference)
    finally:
        house.close()
    assert not outcome.ok
    assert "price" in outcome.why


def test_vat_inside_a_price_is_taken_out_as_the_book_has_it() -> None:
    assert [net_of(gross, 6) for gross in (125_00, 3 * 125_00, 49_00)] == [117_92, 353_77, 46_23]
