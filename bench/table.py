"""The bench's report as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Report = Mapping[str, Any]  # as it is printed in JSON

ROW = "{:<26}{:>8}{:>12}{:>10}{:>10}{:>10}"


def lines(report: Report) -> Iterator[str]:
    """The report, line by line."""
    machine = report["machine"]
    yield f"{machine['processor']}, {machine['cores']} cores, load {machine['load_at_start'][0]} at the start"
    yield f"PostgreSQL {machine['postgresql_server_version']}, fsync {machine['postgresql_fsync']}"
    yield ""
    yield ROW.format("", "clients", "a second", "p50 ms", "p99 ms", "CPU ms")
    for clients, speed in report["insert_and_commit_per_second"].items():
        yield ROW.format("INSERT and COMMIT, no HTTP", clients, f"{speed:.0f}", "", "", "")
    names = {"floor": "floor: one INSERT by HTTP", "spread": "bookings, 200 seasons", "hot": "bookings, one season"}
    for kind, name in names.items():
        for clients, figures in report[kind].items():
            yield _row(name, clients, figures)
    yield _row("… while the worker follows", "16", report["spread_16_while_followed"])
    yield ""
    yield from _following(report)
    yield ""
    yield from _against(report)


def _row(name: str, clients: str, figures: Report) -> str:
    cpu = "–" if figures["cpu_ms"] is None else f"{figures['cpu_ms']:.2f}"
    return ROW.format(
        name, clients, f"{figures['per_second']:.0f}", f"{figures['p50_ms']:.1f}", f"{figures['p99_ms']:.1f}", cpu
    )


def _following(report: Report) -> Iterator[str]:
    models, seen = report["read_models"], report["save_to_visible"]
    yield f"rebuild: {models['rebuild_per_second']:.0f} events a second"
    yield f"one transaction an event: {models['one_transaction_an_event_per_second']:.0f} a second"
    yield f"from saved to seen: p50 {seen['p50_ms']} ms, p95 {seen['p95_ms']} ms"


def _against(report: Report) -> Iterator[str]:
    least, most = report["to_reach"]["at_least"], report["to_reach"]["at_most"]
    for name, ratio in report["ratios"].items():
        wanted, reached = "", ""
        if name in least and ratio is not None:
            wanted, reached = f"at least {least[name]}", "reached" if ratio >= least[name] else "not reached"
        if name in most and ratio is not None:
            wanted, reached = f"at most {most[name]}", "reached" if ratio <= most[name] else "not reached"
        yield f"{name:<12}{'–' if ratio is None else ratio:>8}  {wanted:<14}{reached}".rstrip()
