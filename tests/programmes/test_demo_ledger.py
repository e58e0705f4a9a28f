"""The demo's money adds up: no seat without money, no money without a seat (S60), and a ledger that balances."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from application.accounting.queries.ageing import FREE_BY_RULE, MONEY_WITHOUT_SEAT, SEAT_WITHOUT_MONEY
from application.kernel.actor import Actor, Role
from demo.clock import DemoClock
from demo.loading import load
from domain.kernel.ids import OrganiserId
from infrastructure.kernel.clock import SystemClock
from infrastructure.kernel.settings import Settings
from web.wiring import build

CLOCK = DemoClock(SystemClock())


def test_no_seat_is_without_its_money_in_the_demo(database_url: str, tmp_path: Path) -> None:
    settings = replace(Settings.read({"PLATS_HOME": str(tmp_path)}), database_url=database_url)
    house = build(database_url, settings, CLOCK)
    try:
        load(house.services, house.worker.catch_up, lambda _programme: None, CLOCK)
        house.worker.catch_up()
        organisers = house.store.recorder.query("select organiser_id from programme.organiser", [])
        free = 0
        for (organiser,) in organisers:
            finance = Actor("finance", OrganiserId(organiser), frozenset({Role.FINANCE}))
            ledger = house.services.ledger
            assert sum(row.amount for row in ledger.balances(finance)) == 0
            for alarm in (SEAT_WITHOUT_MONEY, MONEY_WITHOUT_SEAT):
                assert ledger.matches(finance, alarm).items == ()
            seen = ledger.reconciliation(finance)
            assert (seen.agreed, seen.receivable) == (seen.invoiced + seen.waiting, seen.open_invoices)
            free += seen.free_seats
            assert all(row.ground for row in ledger.matches(finance, FREE_BY_RULE).items)
        assert free > 0
    finally:
        house.close()
