"""What a group learns, tried out: hopes and fears (C2), self-assessment (C3), and what is given back to it (C4)."""

from __future__ import annotations

from demo.checks.client import Client, Json
from demo.checks.trial import NotAsPromised, Trial, expect, wait_for

COMING = "Leda omställning tillsammans"
ON_ITS_WAY = f"{COMING}: höstens grupp"
COLUMNS = ("you", "organisation", "together")
GRADES = ("good", "medium")
"""By turns: where all are alike nothing is shown."""
FEWEST = 5
"""Of fewer nothing is shown."""
WRITERS = 6
THEME = "Tid"


def hopes_and_fears(trial: Trial) -> None:
    """C2: participants write before the start; whoever guides gathers it in themes, and the group sees how many."""
    counter, season_id = trial.counter, trial.counter.season(COMING)["season_id"]
    at = f"/seasons/{season_id}/learning"
    counter.admin.put(f"{at}/rules", {"at_least": FEWEST, "words_from": FEWEST, "reflection_days": 7})
    writers = counter.participants(season_id)[:WRITERS]
    for writer in writers:
        writer.put(f"{at}/hopes", {"hope": "Mer tid att tänka", "fear": "Att inget händer sedan"})
    expect("what is read while people still write", counter.admin.every(f"{at}/texts"), [])
    trial.note("participants write hopes and fears, which nobody reads before the time for it is over")
    counter.admin.delete(f"{at}/hopes/asked")
    counter.admin.post(f"{at}/themes", {"title": THEME})
    [theme] = counter.admin.get(at)["themes"]
    texts = counter.admin.every(f"{at}/texts")
    for text in texts:
        counter.admin.put(f"{at}/texts/{text['handle']}/theme", {"theme_id": theme["theme_id"]})
    expect("themes before they are published", writers[0].get(at)["themes"], [])
    counter.admin.put(f"{at}/hopes/published", {"is_published": True})
    wanted = [(THEME, _of(texts, "hope"), _of(texts, "fear"))]
    shown = [(each["title"], each["hopes"], each["fears"]) for each in writers[0].get(at)["themes"]]
    expect("the themes that the group sees", shown, wanted)
    _for_the_group_alone(trial, at)
    trial.note("whoever guides gathers them in themes without seeing names; the group sees the themes and how many")


def self_assessment(trial: Trial) -> None:
    """C3: today's round: each grades themselves, their organisation and all together; few are never told apart."""
    counter, season_id = trial.counter, trial.counter.season(ON_ITS_WAY)["season_id"]
    at, people = f"/seasons/{season_id}/learning", counter.participants(season_id)
    meeting = _round(counter.admin, at, is_open=True)["meeting_id"]
    asked = f"/seasons/{season_id}/meetings/{meeting}/round"
    for place, who in enumerate(people):
        grades = [{"column": column, "grade": GRADES[place % 2]} for column in COLUMNS]
        texts = [{"kind": "challenge", "text": "Att hinna ses emellan."}]
        who.put(f"{asked}/answer", {"grades": grades, "texts": texts, "may_be_shown": False})
    seen = _round(people[0], at, is_open=True)
    expect("how many have answered", (seen["answers"], seen["expected"]), (len(people), len(people)))
    trial.note("everybody grades three columns, and may change their mind for as long as it is asked")
    counter.admin.post(f"{asked}/closed", {})
    wait_for("the round's figures", lambda: _grades(people[0], at, meeting), [(250, None, GRADES[0])] * len(COLUMNS))
    expect("another round has figures too", len(people[0].get(at)["rounds"]), 2)
    _for_the_group_alone(trial, at)
    trial.note("the group sees how it stands; of so few, not how many gave which grade")


def given_back(trial: Trial) -> None:
    """C4: what the group wrote three weeks ago is given back to it, and is its authors' to take back."""
    counter, season_id = trial.counter, trial.counter.season(ON_ITS_WAY)["season_id"]
    at, people = f"/seasons/{season_id}/learning", counter.participants(season_id)
    view = people[0].get(at)
    read = [text["text"] for text in view["published"]]
    if len(read) < FEWEST:
        raise NotAsPromised(f"the group reads {len(read)} texts")
    insights = [each["insight"] for each in view["meetings"] if each["insight"]]
    expect("insights of the season that are published", (view["are_insights_published"], len(insights)), (True, 1))
    trial.note("the group reads its take-aways and the insight of the meeting")
    author, handle = next(
        (who, text["handle"]) for who in people for text in who.every("/texts") if text["text"] == read[0]
    )
    author.delete(f"/texts/{handle}")
    expect("what is read then", [text["text"] for text in people[0].get(at)["published"]], read[1:])
    _for_the_group_alone(trial, at)
    trial.note("an author takes a text back, and it is gone for everybody")


def _of(texts: list[Json], kind: str) -> int:
    return sum(text["kind"] == kind for text in texts)


def _round(reader: Client, at: str, *, is_open: bool) -> Json:
    found: list[Json] = [each for each in reader.get(at)["rounds"] if each["is_open"] == is_open]
    if len(found) != 1:
        raise NotAsPromised(f"{len(found)} rounds")
    return found[0]


def _grades(reader: Client, at: str, meeting: str) -> list[tuple[int | None, int | None, str | None]]:
    """Each column's mean, how many answered with the middle grade (told of ten and more), and the reader's own."""
    [one] = [each for each in reader.get(at)["rounds"] if each["meeting_id"] == meeting]
    figures = [(each["figure"] or {}, each["mine"]) for each in one["columns"]]
    return [(figure.get("mean"), figure.get("medium"), mine) for figure, mine in figures]


def _for_the_group_alone(trial: Trial, at: str) -> None:
    """A stranger must sign in first; another organiser and finance find nothing there."""
    trial.counter.stranger.kept_out(at, 401)
    trial.counter.outsider.kept_out(at, 404)
    trial.counter.finance.kept_out(at, 404)
