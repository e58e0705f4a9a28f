"""What came of trying a programme out: what was done, what was left, what was invoiced and credited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Outcome:
    """One programme. Sums in öre incl. VAT; no `seats_left` where nothing is seated; `why` says what was wrong."""

    programme: str
    ok: bool
    did: tuple[str, ...]
    seats_left: int | None
    invoiced: int
    credited: int
    why: str = ""

    def facts(self) -> dict[str, object]:
        """As JSON carries it; `why` only where something was wrong."""
        found = asdict(self) | {"did": list(self.did)}
        return found if self.why else {name: value for name, value in found.items() if name != "why"}


def table(outcomes: Iterable[Outcome]) -> str:
    """For people to read."""
    lines = [f"{'':4}{'':10}{'left':>6}{'invoiced':>14}{'credited':>14}"]
    for one in outcomes:
        left = "" if one.seats_left is None else str(one.seats_left)
        word = "right" if one.ok else "WRONG"
        lines.append(f"{one.programme:4}{word:10}{left:>6}{one.invoiced / 100:>14.2f}{one.credited / 100:>14.2f}")
        lines += [f"      {each}" for each in one.did]
        if one.why:
            lines.append(f"      but: {one.why}")
    return "\n".join(lines)
