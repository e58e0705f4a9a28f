"""A year of the sixteen programmes, played through the API by `plats demo --season`: fact by fact, nothing left."""

from __future__ import annotations

import re
import subprocess

import pytest

from demo.season.play import NOT_YET, SIXTEEN
from tests.programmes.demo_command import plats_demo


@pytest.fixture(scope="module")
def year(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """What the command prints."""
    return plats_demo(postgres_url, tmp_path_factory.mktemp("season"), "--season")


def programme(year: subprocess.CompletedProcess[str], name: str) -> list[str]:
    """The lines of one programme, without the spaces before them."""
    parts = re.split(r"^(?=[A-D]\d  )", year.stdout, flags=re.MULTILINE)
    [own] = [part for part in parts if part.startswith(name)]
    return [line.strip() for line in own.splitlines()]


def test_nothing_is_left_to_do_by_hand(year: subprocess.CompletedProcess[str]) -> None:
    assert "Left to do by hand" not in year.stdout, year.stdout
    assert year.returncode == (1 if NOT_YET else 0), year.stderr
    assert re.search(r"^Other systems were told of \d{3,} happenings\.$", year.stdout, re.MULTILINE)


def test_all_sixteen_are_told(year: subprocess.CompletedProcess[str]) -> None:
    names = re.findall(r"^([A-D]\d)  invoiced", year.stdout, re.MULTILINE)
    assert names == [name for own in SIXTEEN.values() for name in own]
    assert len(names) == 16
    assert [name for name in names if len(programme(year, name)) < 2] == []


def test_the_cluster_is_paid_prepared_met_and_documented(year: subprocess.CompletedProcess[str]) -> None:
    """A1: 25 000 for a member, 32 000 twice, with VAT; six sit there, one of them misses the first day."""
    lines = programme(year, "A1")
    assert lines[0] == "A1  invoiced 111250.00, credited 0.00"
    assert [line.partition(" (")[0] for line in lines if line.startswith("came:")] == [
        "came: Arbete?!, Dag 1: 5",
        "came: Arbete?!, Dag 2: 6",
        "came: Arbete?!, Dag 3: 6",
        "came: Arbete?!, Dag 4: 6",
    ]
    assert "6 took home a certificate of the meetings they were at" in lines
    given = [line.removeprefix("given back: ") for line in lines if line.startswith("given back:")]
    assert given == [f"{what} dag {no}" for no in range(1, 5) for what in ("Förbered", "Insikter från")]
    told = [line for line in lines if line.startswith("told ")]
    assert len(told) == 6
    assert all("meeting_reminder" in line for line in told)
    assert sum(": booked" in line for line in told) == 3


def test_the_conference_credits_what_was_given_up_in_time_and_nothing_later(
    year: subprocess.CompletedProcess[str],
) -> None:
    """A2: two at 6 000 and two at 12 000 with VAT; one given up in December comes back, one in January does not."""
    assert programme(year, "A2")[0] == "A2  invoiced 45000.00, credited 15000.00"


def test_a_colleague_nobody_knows_is_vouched_for_and_verified_by_the_desk(
    year: subprocess.CompletedProcess[str],
) -> None:
    """A3: the seat is theirs at once, and they come."""
    lines = programme(year, "A3")
    [name] = [line.partition(" vouched for ")[2].partition(",")[0] for line in lines if " vouched for " in line]
    assert any(line.startswith(f"the desk verified that {name} works at ") for line in lines)
    assert any(line.startswith("came: Stockholm, Seminarium: 4 (") and name in line for line in lines)


def test_a_seat_moves_to_the_other_city_and_sessions_are_ticked_on_one_page(
    year: subprocess.CompletedProcess[str],
) -> None:
    """A4: two members' seats and one at 3 500 with VAT, which is credited in one city and invoiced in the other; A6."""
    lines = programme(year, "A4")
    assert lines[0] == "A4  invoiced 14000.00, credited 4375.00"
    assert any(line.endswith(" moved to the other city for 4375.00") for line in lines)
    assert any(line.endswith(" ticked 3 sessions and booked them with one press") for line in programme(year, "A6"))


def test_the_series_moves_its_line(year: subprocess.CompletedProcess[str]) -> None:
    """A5: somebody stood in line, was offered the seat that was given up, and took it."""
    lines = programme(year, "A5")
    assert lines[0] == "A5  invoiced 156000.00, credited 12000.00"
    assert any(line.endswith("was offered the seat that was given up, and took it") for line in lines)


def test_the_network_meets_on_the_days_it_got_and_goes_into_its_next_season(
    year: subprocess.CompletedProcess[str],
) -> None:
    """D1, D2, D3: five meetings, the second on its new day; one followed from afar, one could not come."""
    assert programme(year, "D1")[0] == "D1  invoiced 168750.00, credited 0.00"
    came = [line for line in programme(year, "D1") if line.startswith("came:")]
    assert [line.partition(" (")[0][-1] for line in came] == ["5", "5", "4", "5", "5"]
    assert "the desk wrote to 5 participants: Boklistan" in programme(year, "D1")
    assert "meeting 2 got its day: 2027-01-19" in programme(year, "D2")
    assert any("from afar" in line for line in programme(year, "D3"))


def test_the_partnership_learns_and_reads_what_it_learnt(year: subprocess.CompletedProcess[str]) -> None:
    """C2, C3, C4: hopes and fears in a theme, four assessments by ten of twelve, take-aways given back."""
    assert programme(year, "C2")[1] == "12 were asked, and the group sees the theme Tid: 12 hopes and 12 fears"
    rounds = programme(year, "C3")[1:]
    assert [line.partition(", you")[0] for line in rounds] == [
        "Lärträff 1: 10 of 12 answered",
        "Lärträff 2: 10 of 12 answered",
        "Lärträff 3: 10 of 12 answered",
        "Öppet forum: 10 of 12 answered",
    ]
    assert rounds[0].endswith("you 5–5–0; organisation 5–5–0; together 5–5–0")
    assert programme(year, "C4")[1] == "the group reads 40 take-aways, and the insight of the season"
