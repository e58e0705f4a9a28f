"""The bench of bank files takes in what it measures, each payment once."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from bench.bank import measure
from infrastructure.kernel.settings import Settings


def test_what_is_measured_is_taken_in_once(postgres_url: str, tmp_path: Path) -> None:
    settings = replace(Settings.read({"PLATS_HOME": str(tmp_path)}), database_url=postgres_url)
    report = json.loads(json.dumps(measure(settings, lambda _: None, sizes=(30, 120))))
    assert [(report[size]["new"], report[size]["matched"], report[size]["new_again"]) for size in ("30", "120")] == [
        (30, 3, 0),
        (120, 12, 0),
    ]
    rates = [value for size in ("30", "120") for name, value in report[size].items() if name.endswith("_per_second")]
    assert len(rates) == 14 and all(each > 0 for each in rates)
    assert set(report["ratios"]) == {"read", "shown", "taken_in", "known_again", "read to bare XML"}
