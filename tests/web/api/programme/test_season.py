"""Seasons and meetings through the API: planned in local time, priced, opened, moved and called off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.calling import Api, api

DAYS = ["2026-09-15", "2026-10-20", "2026-11-26", "2027-02-09"]

PLACE = {"format": "hybrid", "venue": "Stora salen", "address": "Kyrkogatan 1", "town": "Lund"}


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def half_day(day: str) -> dict[str, str]:
    return {"kind": "scheduled", "start": f"{day}T08:30", "end": f"{day}T12:00"}


def planned(calls: Api, **more: object) -> str:
    """A season of four half-days and one meeting whose date is to come."""
    network = calls.post("/networks", {"name": "Chefer i offentlig sektor", "promise": "Att leda"})["network_id"]
    meetings: list[dict[str, object]] = [
        {"title": f"Träff {no}", "time": half_day(day)} for no, day in enumerate(DAYS, 1)
    ]
    meetings.append({"title": "Träff 5", "time": {"kind": "to_come"}})
    body = {"network_id": network, "title": "2026/27", "seats": 20, "meetings": meetings, **more}
    body.setdefault("prices", {"prices": [{"amount": 1_500_000}]})
    body.setdefault("terms", {"tiers": [{"before": "2026-09-01", "kept": 0}, {"kept": 10_000}]})
    return str(calls.post("/seasons", body)["season_id"])


def meeting(calls: Api, season: str, no: int) -> Any:
    return calls.get(f"/seasons/{season}")["meetings"][no - 1]


def test_a_season_of_five_meetings_with_one_date_to_come(calls: Api) -> None:  # S40, S43
    season = planned(calls)
    calls.post(f"/seasons/{season}/open", {"closes_on": "2026-09-30"})
    shown = calls.get(f"/organisers/institutet/seasons/{season}", who="")
    assert [each["kind"] for each in shown["meetings"]] == ["scheduled"] * 4 + ["to_come"]
    first = shown["meetings"][0]
    assert (first["start"], first["end"]) == ("2026-09-15T08:30", "2026-09-15T12:00")
    assert first["start_at"] == "2026-09-15T06:30:00Z"
    assert (shown["is_open"], shown["closes_on"], shown["left"]) == (True, "2026-09-30", 20)
    price = calls.get(f"/organisers/institutet/seasons/{season}/price", who="")
    assert price["lines"][0]["net"]["amount"] == 1_500_000
    assert price["lines"][0]["vat"]["amount"] == 375_000


def test_a_meeting_is_postponed_and_gets_a_new_date(calls: Api) -> None:  # S41, S42
    season = planned(calls)
    third = f"/seasons/{season}/meetings/{meeting(calls, season, 3)['meeting_id']}"
    calls.post(f"{third}/postpone", {"reason": "Föreläsaren är sjuk"})
    shown = meeting(calls, season, 3)
    assert (shown["kind"], shown["reason"], shown["start"]) == ("postponed", "Föreläsaren är sjuk", None)
    assert shown["was_at"] == "2026-11-26T07:30:00Z"
    calls.post(f"{third}/schedule", {"time": half_day("2027-03-09"), "place": PLACE})
    shown = meeting(calls, season, 3)
    assert (shown["kind"], shown["start"]) == ("scheduled", "2027-03-09T08:30")
    assert {name: shown[name] for name in PLACE} == PLACE
    listed = calls.get("/seasons")["items"][0]
    assert (listed["towns"], listed["has_online"], listed["is_online"]) == (["Lund"], True, False)


def test_a_meeting_is_held_and_then_history(calls: Api) -> None:
    season = planned(calls)
    first = f"/seasons/{season}/meetings/{meeting(calls, season, 1)['meeting_id']}"
    calls.post(f"{first}/hold", {"held_on": "2026-09-15"})
    problem = calls.refused("POST", f"{first}/postpone", {"reason": "Snö"}, Accept_Language="sv")
    assert (problem["type"], problem["name"]) == ("/problems/meeting-is-held", "Träff 1")
    assert problem["detail"] == "Träffen ”Träff 1” har redan hållits, så den kan inte ändras."


def test_a_local_time_in_the_night_of_the_clock(calls: Api) -> None:  # S31
    season = planned(calls)
    night = {"kind": "scheduled", "start": "2027-10-31T02:30", "end": "2027-10-31T04:00"}
    calls.post(f"/seasons/{season}/meetings", {"title": "Natt", "time": night})
    assert meeting(calls, season, 6)["start_at"] == "2027-10-31T01:30:00Z"
    away = {"kind": "scheduled", "start": "2027-06-01T09:00", "end": "2027-06-01T10:00", "zone": "Europe/London"}
    calls.post(f"/seasons/{season}/meetings", {"title": "London", "time": away})
    assert meeting(calls, season, 7)["start_at"] == "2027-06-01T08:00:00Z"


def test_a_season_without_prices_cannot_open(calls: Api) -> None:
    season = planned(calls, prices=None)
    problem = calls.refused("POST", f"/seasons/{season}/open", {}, Accept_Language="sv")
    assert (problem["type"], problem["missing"]) == ("/problems/not-ready-to-open", "prices")
    calls.put(f"/seasons/{season}/prices", {"prices": [{"amount": 0}]})
    calls.post(f"/seasons/{season}/open", {})
    assert calls.get(f"/seasons/{season}")["prices"]["version"] == 1


def test_programme_leaders_and_material_are_shown_to_whom_they_are_for(calls: Api) -> None:  # S47
    season = planned(calls)
    speaker = str(calls.institute.person("Sara"))
    first = f"/seasons/{season}/meetings/{meeting(calls, season, 1)['meeting_id']}"
    item = {"start": "2026-09-15T08:30", "end": "2026-09-15T09:30", "title": "Att leda", "speakers": [speaker]}
    calls.put(f"{first}/programme", {"items": [item]})
    calls.put(f"/seasons/{season}/leaders", {"leaders": [speaker], "contacts": []})
    calls.post(f"/seasons/{season}/material", {"title": "Bilder", "url": "https://example.org/b"})
    public = {"title": "Läs före", "url": "https://example.org/a", "readers": "everyone"}
    calls.post(f"/seasons/{season}/material", public)
    shown = calls.get(f"/organisers/institutet/seasons/{season}", who="")
    assert [each["title"] for each in shown["materials"]] == ["Läs före"]
    assert shown["leaders"] == [{"person_id": speaker, "name": "Sara", "face": ""}]
    assert shown["meetings"][0]["speakers"] == [{"person_id": speaker, "name": "Sara", "face": ""}]
    assert len(calls.get(f"/seasons/{season}")["materials"]) == 2


def test_a_season_called_off_ends_and_credits_its_bookings(calls: Api) -> None:  # S32
    season = planned(calls)
    calls.post(f"/seasons/{season}/open", {})
    anna = {"name": "Anna", "email": "anna@example.org"}
    body = {"season_id": season, "participants": [anna], "organisation_id": str(calls.institute.bolt)}
    booking = calls.post("/bookings", body)["booking_id"]
    calls.institute.catch_up()
    calls.post(f"/seasons/{season}/call-off", {"reason": "För få anmälda"})
    assert calls.get(f"/seasons/{season}")["called_off_for"] == "För få anmälda"
    assert calls.get(f"/bookings/{booking}")["credited"] == 1_875_000
    assert [each["gross"] for each in calls.get("/credit-notes")["items"]] == [-1_875_000]
    again = calls.refused("POST", "/bookings", body, Accept_Language="sv")
    assert again["detail"] == "Arrangören har ställt in säsongen: För få anmälda."


def test_the_list_of_seasons_is_filtered(calls: Api) -> None:
    season, other = planned(calls), planned(calls)
    calls.post(f"/seasons/{season}/open", {})
    open_now = calls.get("/organisers/institutet/seasons?only_open=true", who="")["items"]
    assert [each["season_id"] for each in open_now] == [season]
    network = calls.get(f"/seasons/{other}")["network_id"]
    assert [each["season_id"] for each in calls.get(f"/seasons?network_id={network}")["items"]] == [other]


def test_terms_may_end_at_a_time_of_day_in_the_zone_of_the_season(calls: Api) -> None:
    """3.7: a local date or a local date-time; answers are taken back as they are."""
    tiers = [{"before": "2026-10-25T02:30", "kept": 0}, {"before": "2027-03-28T02:30", "kept": 5_000}, {"kept": 10_000}]
    season = planned(calls, terms={"tiers": tiers})
    shown = calls.get(f"/seasons/{season}")["terms"]["tiers"]
    assert [(each["before"], each["at"]) for each in shown] == [
        ("2026-10-25", "02:30:00"), ("2027-03-28", "02:30:00"), (None, None),
    ]  # fmt: skip
    calls.put(f"/seasons/{season}/terms", {"tiers": shown})
    assert calls.get(f"/seasons/{season}")["terms"]["tiers"] == shown
    for wrong in ("2026-10-25T25:00", "2026-10-25T02:30Z", "25 oktober", 20261025):
        asked = {"tiers": [{"before": wrong, "kept": 0}, {"kept": 1}]}
        assert calls.refused("PUT", f"/seasons/{season}/terms", asked)["status"] == 422


def test_a_cancellation_is_free_until_the_later_of_two_half_past_twos(calls: Api) -> None:
    """3.7, S31: through the API, with the instant until which it stays so."""
    season = planned(calls, terms={"tiers": [{"before": "2026-10-25T02:30", "kept": 0}, {"kept": 10_000}]})
    calls.post(f"/seasons/{season}/open", {})
    who = calls.somebody("Anna")
    body = {"season_id": season, "participants": [{"person_id": str(who)}], "booked_for": str(who)}
    booking = calls.post("/bookings", body)
    preview = calls.post(f"/bookings/{booking['booking_id']}/cancellations/preview", {"seats": [1]})
    assert (preview["assessment"]["kept"], preview["assessment"]["until"]) == (0, "2026-10-25T01:30:00Z")


def test_a_price_for_each_person_more_is_agreed_and_quoted(calls: Api) -> None:
    """3.5."""
    price = {"amount": 3_200_000, "per": "organisation", "persons": 2, "extra": 900_000}
    season = planned(calls, prices={"prices": [price]})
    calls.post(f"/seasons/{season}/open", {})
    shown = calls.get(f"/organisers/institutet/seasons/{season}/price?seats=4", who="")
    assert [(each["kind"], each["quantity"], each["net"]["amount"]) for each in shown["lines"]] == [
        ("seat", 1, 3_200_000), ("extra", 2, 1_800_000),
    ]  # fmt: skip
    calls.put(f"/seasons/{season}/prices", {"prices": [{**price, "extra": None}]})
    refused = calls.refused("GET", f"/organisers/institutet/seasons/{season}/price?seats=4", who="")
    assert refused["type"] == "/problems/seats-go-together" and refused["sizes"] == [2]


def seasons_found(calls: Api, query: str) -> list[str]:
    page = calls.get(f"/organisers/institutet/seasons?{query}", who="")
    assert page == calls.get(f"/seasons?{query}")
    return [row["title"] for row in page["items"]]


def test_seasons_are_chosen_by_what_the_pages_choose_by(calls: Api) -> None:
    free = {"prices": {"prices": [{"amount": 0}]}, "language": "en", "title": "Breakfasts"}
    afar = {"title": "Morgon", "time": half_day("2027-03-04"), "place": {"format": "online"}}
    there = {"title": "Dag", "time": half_day("2027-03-11"), "place": {"town": "Malmö", "venue": "Kajen"}}
    planned(calls)
    planned(calls, **free, meetings=[afar])
    season = planned(calls, title="Malmödagen", meetings=[there])
    calls.post(f"/seasons/{season}/open", {})
    chosen = {
        "town=Malm%C3%B6": ["Malmödagen"],
        "online=true": ["Breakfasts"],
        "online=false&free=false": ["2026/27", "Malmödagen"],
        "free=true": ["Breakfasts"],
        "month=2027-03": ["Breakfasts", "Malmödagen"],
        "month=2027-03&free=true&online=true": ["Breakfasts"],
        "language=en": ["Breakfasts"],
        "search=malmo": ["Malmödagen"],
        "search=chefer+morgon": ["Breakfasts"],
        "only_open=true": ["Malmödagen"],
        "past=true": [],
        "past=false&month=2026-09": ["2026/27"],
        "town=Atlantis": [],
    }
    assert {query: seasons_found(calls, query) for query in chosen} == chosen


def test_a_season_in_a_list_says_how_long_it_is_and_its_lowest_price(calls: Api) -> None:
    planned(calls, prices={"prices": [{"amount": 1_500_000}, {"amount": 900_000, "audience": "member"}]})
    [row] = calls.get("/seasons")["items"]
    assert (row["outline"]["count"], row["outline"]["measure"]) == (5, "half_days")
    assert row["outline"]["days"] == DAYS
    assert row["outline"]["months"] == ["2026-09", "2026-10", "2026-11", "2027-02"]
    assert (row["price"]["amount"]["amount"], row["price"]["audience"]) == (900_000, "member")
    assert row["has_other_prices"] is True


@pytest.mark.parametrize(
    "query", ["month=2027-13", "month=mars", "online=yes", "free=1", "language=fr", "town=", "colour=red"]
)
def test_what_cannot_be_chosen_is_refused_by_its_name(calls: Api, query: str) -> None:
    for address in ("/seasons", "/organisers/institutet/seasons"):
        problem = calls.refused("GET", f"{address}?{query}")
        assert problem["type"] == "/problems/not-valid"
        assert query.partition("=")[0] in str(problem)
