"""The bench that says where CPU goes: every step is there, and what is told of it is of the code that runs in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench import profile
from bench.profile import measure
from bench.sampling import Samples
from domain.kernel.money import Money
from infrastructure.kernel.settings import Settings


def test_every_step_tells_what_it_costs_and_whose_code_it_is(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile, "WARM", 1)
    settings = replace(Settings.read({"PLATS_HOME": str(tmp_path)}), database_url=database_url)

    report = measure(settings, lambda _: None, 30)

    assert report["booking"]["times"] == report["decisions"]["times"] == 30 < report["letters"]["times"]
    assert all(report[step]["cpu_ms"] > 0 for step in ("booking", "read_models", "decisions", "letters"))
    assert "domain" in report["booking"]["parts"] and "infrastructure/mail" in report["letters"]["parts"]
    assert "application/booking/booking.py: Bookings.make" in report["booking"]["within"]


def test_what_runs_is_counted_with_whom_it_runs_for() -> None:
    samples = Samples()
    with samples.running():
        while samples.taken < 20:
            sum((Money(each) for each in range(1000)), Money(0))

    assert samples.parts()["domain"] > 0.2
    assert samples.within()["domain/kernel/money.py: Money.__add__"] > 0.1
