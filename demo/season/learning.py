"""What organiser C's group learns: hopes and fears in themes (C2), self-assessment (C3), what is given back (C4)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from demo.checks.client import Json, Unexpected
from demo.season.cast import Cast, Human

GRADES = (
    ("poor", "medium"),
    ("poor", "medium", "good"),
    ("medium", "good"),
    ("medium", "good", "good"),
)
"""What is answered at each meeting by turns."""
COLUMNS = ("you", "organisation", "together")


def hopes_and_fears(cast: Cast, season: str, people: Sequence[Human]) -> None:
    """C2: before the start everybody writes; the facilitator puts it into a theme, and the group sees it."""
    at, year = f"/seasons/{season}/learning", cast.year

    def ask() -> None:
        cast.admin.put(f"{at}/rules", {"at_least": 5, "words_from": 5, "reflection_days": 7})
        cast.admin.post(f"{at}/hopes/asked", {"until": "2027-02-01T11:00:00Z"})

    def write() -> None:
        for who in people:
            who.calls.put(f"{at}/hopes", {"hope": "Mer tid att tänka tillsammans", "fear": "Att inget händer sedan"})

    def gather() -> None:
        cast.admin.post(f"{at}/themes", {"title": "Tid"})
        [theme] = cast.admin.get(at)["themes"]
        for text in cast.admin.every(f"{at}/texts"):
            cast.admin.put(f"{at}/texts/{text['handle']}/theme", {"theme_id": theme["theme_id"]})
        cast.admin.put(f"{at}/hopes/published", {"is_published": True})
        [shown] = people[0].calls.get(at)["themes"]
        told = f"{shown['hopes']} hopes and {shown['fears']} fears"
        cast.note("C2", f"{len(people)} were asked, and the group sees the theme {shown['title']}: {told}")

    year.on("2027-01-20 09:00", ask)
    year.on("2027-01-25 09:00", write)
    year.on("2027-02-02 09:00", gather)


def self_assessment(cast: Cast, season: str, people: Sequence[Human], meetings: Sequence[tuple[int, str]]) -> None:
    """C3, C4: at each meeting all but two grade three columns and write; a week later it is given back."""
    for turn, (no, day) in enumerate(meetings):
        cast.year.on(f"{day} 15:00", partial(_assess, cast, season, people[:-2], no, turn))
        cast.year.on(f"{day} 15:50", partial(_close, cast, season, no))
    cast.year.on("2027-05-20 09:00", partial(_give_back, cast, season, people[0]))


def _assess(cast: Cast, season: str, people: Sequence[Human], no: int, turn: int) -> None:
    at = f"/seasons/{season}/meetings/{cast.meetings(season)[no]['meeting_id']}/round"
    cast.admin.post(at, {})
    for place, who in enumerate(people):
        grade = GRADES[turn][place % len(GRADES[turn])]
        texts = [{"kind": "take_away", "text": f"Att fråga innan jag svarar ({no + 1})"}]
        grades = [{"column": column, "grade": grade} for column in COLUMNS]
        who.calls.put(f"{at}/answer", {"grades": grades, "texts": texts, "may_be_shown": True})


def _close(cast: Cast, season: str, no: int) -> None:
    cast.admin.post(f"/seasons/{season}/meetings/{cast.meetings(season)[no]['meeting_id']}/round/closed", {})


def _give_back(cast: Cast, season: str, reader: Human) -> None:
    """Texts are looked at and shown, insights published, and a participant reads all of it."""
    at = f"/seasons/{season}/learning"
    texts = [each for each in cast.admin.every(f"{at}/texts") if each["kind"] == "take_away"]
    for text in texts:
        cast.admin.post(f"{at}/texts/{text['handle']}/shown", {})
    cast.admin.put(f"{at}/insights", {"text": "Vi frågar mer, och svarar senare."})
    cast.admin.put(f"{at}/insights/published", {"is_published": True})
    view = reader.calls.get(at)
    for each in view["rounds"]:
        cast.note("C3", f"{each['title']}: {each['answers']} of {each['expected']} answered, {_figures(each)}")
    read = [each for each in view["published"] if each["kind"] == "take_away"]
    if not read or len(read) != len(texts):
        raise Unexpected(f"{len(read)} of {len(texts)} take-aways are read by the group")
    cast.note("C4", f"the group reads {len(read)} take-aways, and the insight of the season")


def _figures(shown: Json) -> str:
    """How the three columns stand, poor–medium–good, and the change since the first meeting."""
    return "; ".join(
        f"{each['column']} {_of(each['figure'])}" + (f" ({each['change']:+d})" if each["change"] is not None else "")
        for each in shown["columns"]
    )


def _of(figure: Json | None) -> str:
    """Numbers of poor, medium and good; of fewer than ten answers only how it is on the whole."""
    if figure is None:
        return "not shown"
    if figure["poor"] is None:
        return f"about {figure['mean'] / 100:.1f} of 3"
    return f"{figure['poor']}–{figure['medium']}–{figure['good']}"
