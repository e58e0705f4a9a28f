"""The bench of pages opens every page it names, with the bookings it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bench.pages import FLOOR, measure
from infrastructure.kernel.settings import Settings


def test_every_page_is_opened_and_told_with_its_time_and_weight(database_url: str, tmp_path: Path) -> None:
    settings = replace(Settings.read({"PLATS_HOME": str(tmp_path)}), database_url=database_url)

    report = measure(settings, lambda _part: None, bookings=12, rounds=2)

    pages = report["pages"]
    assert isinstance(pages, dict)
    assert {"member: booking", "admin: roster", "finance: invoices", FLOOR} <= set(pages)
    assert all(each["p50_ms"] > 0 and 500 < each["bytes"] < 100_000 for each in pages.values())
    assert report["heaviest_bytes"] == max(each["bytes"] for each in pages.values())
