"""The bench of finance measures books that add up, and exports every row of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from bench.finance import measure
from infrastructure.kernel.settings import Settings


def test_what_is_measured_are_books_that_add_up(postgres_url: str, tmp_path: Path) -> None:
    settings = replace(Settings.read({"PLATS_HOME": str(tmp_path)}), database_url=postgres_url)
    parts: list[str] = []

    report = json.loads(json.dumps(measure(settings, parts.append, lines=1_500, rounds=3)))

    assert report["adds_up"] is True
    assert any(part.startswith("604 of 604 sales") for part in parts)
    assert report["lines"] >= 1_500
    assert report["export"]["rows"] == report["export"]["copy_rows"] > 3_000
    timed = [*report["list"].values(), *report["report"].values()]
    assert len(timed) > 25
    assert all(0 < row["p50_ms"] <= row["p95_ms"] for row in timed)
    assert {"export to COPY", "ageing to bare SQL"} <= set(report["ratios"])
    assert "books that add up" not in report["missed"]
