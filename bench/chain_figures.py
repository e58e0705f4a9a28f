"""What is told of a while of requests: how many a second, and how long they took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.chain_load import Seen
from bench.load import Outcome

Report = dict[str, object]


@dataclass(frozen=True)
class Loaded:
    """What came of a while of bookings, and who looked on meanwhile."""

    outcomes: Sequence[Outcome]
    seen: Seen

    @property
    def latencies(self) -> list[float]:
        """Of all."""
        return sorted(each for outcome in self.outcomes for each in outcome.latencies)

    @property
    def seconds(self) -> float:
        """Until the last answer."""
        return sum(outcome.seconds for outcome in self.outcomes)


def per_second(outcome: Outcome) -> float:
    """Answers a second, until the last one."""
    return len(outcome.latencies) / outcome.seconds


def latency(ordered: Sequence[float], share: float) -> float:
    """Milliseconds that this share of the requests stayed below, of seconds in order."""
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 2)


def speed(ordered: Sequence[float], seconds: float) -> Report:
    """How many in so many seconds, and how long they took."""
    return {
        "per_second": round(len(ordered) / seconds, 1),
        "p50_ms": latency(ordered, 0.5),
        "p99_ms": latency(ordered, 0.99),
        "requests": len(ordered),
    }


def spread(seen: Sequence[float]) -> Report:
    """Milliseconds of waits, of seconds; how many there were."""
    ordered = sorted(seen)
    if not ordered:
        return {"times": 0}
    return {"p50": latency(ordered, 0.5), "p95": latency(ordered, 0.95), "times": len(ordered)}
