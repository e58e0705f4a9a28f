"""The bench of growth loads what it says, and what it loads adds up as if it had been done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench import growth_asking
from bench.growth import measure
from bench.growth_loading import load
from infrastructure.kernel.settings import Settings
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.subscriptions.rebuild import Rebuild
from infrastructure.subscriptions.verify import Verification
from web.wiring import build


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return replace(Settings.read({"PLATS_HOME": str(tmp_path)}), database_url=database_url)


def test_everything_is_measured(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth_asking, "BOOKED", 3)
    monkeypatch.setattr(growth_asking, "WARM", 1)
    monkeypatch.setattr(growth_asking, "ROUNDS", 2)

    report = measure(settings, lambda _part: None, [12], s79=0)

    measured = report["sizes"]["12"]
    assert measured["events"] > 12 * 4 and measured["rebuild"]["ratio"] > 0 and measured["catching_up_s"] > 0
    assert {"roster", "my bookings", "programme", "people, searched"} <= measured["pages"].keys()
    assert report["ratios"]["booking"] == 1 and report["ratios"]["web memory"] == 1


def test_a_past_that_was_loaded_is_one_that_could_have_been(settings: Settings) -> None:
    house = build(settings.database_url or "", settings)
    try:
        loaded = load(house, 30, in_season=10)
        Rebuild(house.store, PROJECTIONS).run()
        assert [check for check in Verification(house.store).run().checks if not check.ok] == []
        found = house.services.people_questions.people(loaded.town.admin, "person.29@").items
        assert [row.person_id for row in found] == [loaded.people[29]]
        assert len(house.services.rosters.of(loaded.town.admin, loaded.town.seasons[2])) == 10
    finally:
        house.close()
