"""A planned season's meetings in one table: looked at first where somebody is told, then saved at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.booking.booking import MakeBooking
from application.people.participant import Participant
from domain.kernel.ids import SeasonId
from tests.web.stage import SLUG, Browser, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


@pytest.fixture
def admin(acted: Stage) -> Browser:
    return acted.browser("admin")


def at(season: SeasonId) -> str:
    return f"/{SLUG}/seasons/{season}/meetings"


def times(acted: Stage, season: SeasonId) -> list[tuple[str, str]]:
    """Each meeting's title and its start, as UTC says it."""
    view = acted.institute.services.programme.season(acted.institute.admin, season)
    return [
        (each.title, f"{each.time.start_at:%Y-%m-%d %H:%M}" if each.time.start_at else "") for each in view.meetings
    ]


FORMATS = ["on_site"] * 2


def test_two_meetings_move_and_a_third_is_planned_in_one_save(acted: Stage, admin: Browser) -> None:
    season = acted.institute.conference()
    page = admin.open(at(season))
    assert page.form("m_on")["m_on"] == ["2027-02-03", "2027-02-04", ""]
    typed = {
        "m_title": ["Dag 1", "Dag 2", "Dag 3"], "m_on": ["2027-02-10", "2027-02-11", "2027-02-12"],
        "m_from": ["10:00", "09:00", ""], "m_format": [*FORMATS, "online"],
    }  # fmt: skip
    page = admin.send(page, "m_on", do="save", **typed)
    assert page.says("Träffarna är sparade.", "Dag 3")
    assert times(acted, season) == [
        ("Dag 1", "2027-02-10 09:00"), ("Dag 2", "2027-02-11 08:00"), ("Dag 3", "2027-02-12 08:00")
    ]  # fmt: skip


def test_where_somebody_is_told_it_is_looked_at_first(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    season = made.conference()
    made.services.bookings.make(
        made.acting(acted.anna), MakeBooking(season, (Participant(acted.anna), Participant(acted.bertil)), made.acme)
    )
    days = {"m_on": ["2027-02-10", "2027-02-04", ""], "m_format": [*FORMATS, "on_site"]}
    page = admin.send(admin.open(at(season)), "m_on", do="save", **days)
    assert page.says("Det här ändras", "2 personer, via e-post", "Spara och skriv till 2 personer")
    assert times(acted, season)[0] == ("Dag 1", "2027-02-03 08:00")
    again = admin.send(page, "m_on", do="save", **{**days, "m_on": ["2027-02-17", "2027-02-04", ""]})
    assert again.says("Det här ändras", "onsdag 17 februari 2027")
    saved = admin.send(again, "m_on", do="save", **{**days, "m_on": ["2027-02-17", "2027-02-04", ""]})
    assert saved.says("Träffarna är sparade.")
    assert times(acted, season) == [("Dag 1", "2027-02-17 08:00"), ("Dag 2", "2027-02-04 08:00")]


def test_what_another_admin_changed_meanwhile_stays_where_this_one_changed_nothing(
    acted: Stage, admin: Browser
) -> None:
    season = acted.institute.conference()
    mine, theirs = admin.open(at(season)), acted.browser("admin")
    first = {"m_on": ["2027-02-10", "2027-02-04", ""], "m_format": [*FORMATS, "on_site"]}
    theirs.send(theirs.open(at(season)), "m_on", do="save", **first)
    second = {"m_on": ["2027-02-03", "2027-02-05", ""], "m_format": [*FORMATS, "on_site"]}
    assert admin.send(mine, "m_on", do="save", **second).says("Träffarna är sparade.")
    assert times(acted, season) == [("Dag 1", "2027-02-10 08:00"), ("Dag 2", "2027-02-05 08:00")]


def test_a_wrong_cell_is_said_there_and_nothing_is_saved(acted: Stage, admin: Browser) -> None:
    season = acted.institute.conference()
    typed = {
        "m_on": ["2027-02-10", "2027-02-04", ""],
        "m_to": ["16:00", "08:00", ""],
        "m_format": [*FORMATS, "on_site"],
    }
    page = admin.send(admin.open(at(season)), "m_on", do="save", **typed)
    assert page.status == 422 and 'id="m_to-2-problem"' in page.html
    assert times(acted, season) == [("Dag 1", "2027-02-03 08:00"), ("Dag 2", "2027-02-04 08:00")]


def test_a_postponed_meeting_needs_a_day_before_its_place_can_change(acted: Stage, admin: Browser) -> None:
    page = admin.open(at(acted.network))
    shown = page.form("m_on")
    assert shown["m_on"][1] == "" and len(shown["m_was"]) == 5
    venues = [*shown["m_venue"]]
    venues[1] = "Rådhuset"
    wrong = admin.send(page, "m_on", do="save", m_venue=venues, m_format=["on_site"] * 4 + ["hybrid", "on_site"])
    assert wrong.status == 422 and 'id="m_on-2-problem"' in wrong.html


def test_a_row_more_and_only_for_admins(acted: Stage, admin: Browser) -> None:
    page = admin.open(at(acted.network))
    more = admin.send(page, "m_on", do="more_meetings")
    assert len(more.form("m_on")["m_on"]) == len(page.form("m_on")["m_on"]) + 1
    assert acted.browser("finance").open(at(acted.network)).status == 403
    assert acted.browser("anna").open(at(acted.network)).status == 403


def test_a_row_that_two_admins_change_is_looked_at_again_by_the_second(acted: Stage, admin: Browser) -> None:
    season = acted.institute.conference()
    mine, theirs = admin.open(at(season)), acted.browser("admin")
    first = {"m_on": ["2027-02-10", "2027-02-04", ""], "m_format": [*FORMATS, "on_site"]}
    theirs.send(theirs.open(at(season)), "m_on", do="save", **first)
    second = {"m_on": ["2027-02-17", "2027-02-04", ""], "m_format": [*FORMATS, "on_site"]}
    stopped = admin.send(mine, "m_on", do="save", **second)
    assert stopped.status == 409 and stopped.form("m_on")["m_on"] == second["m_on"]
    assert times(acted, season) == [("Dag 1", "2027-02-10 08:00"), ("Dag 2", "2027-02-04 08:00")]
    assert admin.send(stopped, "m_on", do="save", **second).says("Träffarna är sparade.")
