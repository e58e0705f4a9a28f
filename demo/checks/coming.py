"""The list of what is coming, across formats (A8), tried out: by date, and found by town, price, month and words."""

from __future__ import annotations

from demo.checks.client import Json
from demo.checks.trial import Trial, expect

FORMATS = 5
"""So many kinds of programme at least stand in one list."""
CITIES = ["Stockholm", "Malmö", "Göteborg"]
CONTENT = "oppet forum motvind"


def coming(trial: Trial) -> None:
    """A8: one list of all formats by their first day; what is chosen is what has it, and nothing else."""
    rows = _listed(trial)
    days = [row["first_on"] for row in rows]
    expect("the order of what is coming", days, sorted(days))
    expect("formats in one list", len({row["kind"] for row in rows}) >= FORMATS, True)
    expect("what is not open yet among it", [row["title"] for row in rows if not row["is_open"]], [])
    trial.note("a stranger reads what is coming across formats, by date")
    for town in sorted({town for row in rows for town in row["towns"]}):
        _is_chosen(trial, [row for row in rows if town in row["towns"]], town=town)
    for month in sorted({month for row in rows for month in row["outline"]["months"]}):
        _is_chosen(trial, [row for row in rows if month in row["outline"]["months"]], month=month)
    _is_chosen(trial, [row for row in rows if row["is_free"]], free="true")
    _is_chosen(trial, [row for row in rows if row["language"] == "en"], language="en")
    trial.note("it is narrowed by town, month, price and language")
    found = [row["towns"] for row in _listed(trial, search=CONTENT) if row["towns"]]
    expect("one seminar in three cities", found, [[city] for city in CITIES])
    trial.note("words without their accents find the same seminar in its three cities")


def _listed(trial: Trial, **asked: str) -> list[Json]:
    counter = trial.counter
    return counter.stranger.every(f"/organisers/{counter.organiser_id}/seasons", only_open="true", **asked)


def _is_chosen(trial: Trial, wanted: list[Json], **asked: str) -> None:
    found = [row["season_id"] for row in _listed(trial, **asked)]
    expect(f"what is chosen by {asked}", found, [row["season_id"] for row in wanted])
