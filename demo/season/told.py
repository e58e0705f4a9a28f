"""What came of a programme, as its organiser reads it by the API: letters, attendance, what was given back, money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from demo.season.cast import Cast


@dataclass(frozen=True)
class Played:
    """One programme. `told`: letters by person; `came`: of each meeting; sums in öre with VAT."""

    programme: str
    told: Mapping[str, tuple[str, ...]]
    came: tuple[str, ...]
    learnt: tuple[str, ...]
    invoiced: int
    credited: int
    notes: tuple[str, ...]
    missing: str = ""

    def lines(self) -> Iterator[str]:
        """For people to read."""
        yield f"{self.programme}  invoiced {self.invoiced / 100:.2f}, credited {self.credited / 100:.2f}"
        for line in self.notes:
            yield f"    {line}"
        for who, letters in sorted(self.told.items()):
            yield f"    told {who}: {', '.join(letters)}"
        for line in self.came:
            yield f"    came: {line}"
        for line in self.learnt:
            yield f"    given back: {line}"
        if self.missing:
            yield f"    not played: {self.missing}"


def played(cast: Cast, programme: str, missing: str = "") -> Played:
    """What came of a programme; one that shares its season with another is told by its notes."""
    own = [season for season, name in cast.seasons.items() if name == programme]
    told: dict[str, list[str]] = {}
    for letter in _letters(cast, own):
        told.setdefault(str(letter[0]), []).append(letter[1])
    came = [line for season in own for line in _came(cast, season)]
    learnt = [each["title"] for season in own for each in cast.admin.get(f"/seasons/{season}")["materials"]]
    invoiced, credited = _sums(cast, own)
    if programme == "A7":
        told = _of_buyers(cast)
        invoiced = sum(row["gross"] for row in cast.finance.every("/invoices") if row["season_id"] is None)
    letters = {who: tuple(_counted(kinds)) for who, kinds in told.items()}
    notes = tuple(cast.notes.get(programme, ()))
    return Played(programme, letters, tuple(came), tuple(learnt), invoiced, credited, notes, missing)


def _letters(cast: Cast, seasons: Iterable[str]) -> Iterator[tuple[str, str]]:
    for season in seasons:
        latest = cast.admin.every("/letters", season_id=season, limit=200)
        sitting = [line["person_id"] for line in cast.admin.every(f"/seasons/{season}/roster")]
        people = [*sitting, *(each["person_id"] for each in latest)]
        for person in dict.fromkeys(each for each in people if each is not None):
            for letter in reversed(cast.admin.every("/letters", season_id=season, person_id=person, limit=200)):
                yield letter["to"], letter["kind"]


def _of_buyers(cast: Cast) -> dict[str, list[str]]:
    """What those were told who only bought something."""
    told: dict[str, list[str]] = {who: [] for who in cast.buyers}
    for kind in ("confirm_order", "invoice", "payment_received"):
        for letter in cast.admin.every("/letters", kind=kind, limit=200):
            if letter["to"] in told:
                told[letter["to"]].append(kind)
    return told


def _sums(cast: Cast, seasons: Iterable[str]) -> tuple[int, int]:
    invoiced = credited = 0
    for season in seasons:
        invoiced += sum(row["gross"] for row in cast.finance.every("/invoices", season_id=season))
        credited -= sum(row["gross"] for row in cast.finance.every("/credit-notes", season_id=season))
    return invoiced, credited


def _came(cast: Cast, season: str) -> Iterator[str]:
    whole = cast.admin.get(f"/seasons/{season}")
    rows = cast.admin.every(f"/seasons/{season}/attendance")
    for each in whole["meetings"]:
        names = [str(row["name"]) for row in rows if row["meeting_id"] == each["meeting_id"]]
        if names:
            yield f"{whole['title']}, {each['title']}: {len(names)} ({', '.join(names)})"


def _counted(kinds: list[str]) -> Iterator[str]:
    for kind, number in Counter(kinds).items():
        yield kind if number == 1 else f"{kind} ×{number}"
