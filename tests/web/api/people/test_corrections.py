"""Corrections through the API: what is left out stays, what differs is recorded, what is refused changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.calling import Api, api

DAY = {"kind": "scheduled", "start": "2027-03-20T09:00", "end": "2027-03-20T16:00"}


@pytest.fixture(scope="module")
def calls(module_database_url: str) -> Iterator[Api]:
    with api(module_database_url) as calling:
        yield calling


def test_an_organisation_keeps_what_is_left_out_and_its_number_is_its_own(calls: Api) -> None:
    made = calls.post("/organisations", {"name": "Fel AB", "org_number": "556999-5003"})
    one = f"/organisations/{made['organisation_id']}"
    calls.post(f"{one}/correct", {"name": "Rätt AB"})
    calls.post(f"{one}/correct", {"name": "Rätt Norden AB", "renamed_on": "2026-08-31", "sector": "non_profit"})
    calls.post(f"{one}/domains", {"domain": "ratt.example"})
    calls.delete(f"{one}/domains/ratt.example")
    shown = calls.get(one)
    assert (shown["name"], shown["org_number"], shown["sector"], shown["country"], shown["domains"]) == (
        *("Rätt Norden AB", "5569995003", "non_profit", "SE", []),
    )
    taken = calls.refused("POST", f"{one}/correct", {"org_number": "5569990004", "name": "Acme igen"})
    assert taken["status"] == 409 and calls.get(one)["name"] == "Rätt Norden AB"
    nothing: Any = calls.call("POST", f"{one}/correct", {"name": "Rätt Norden AB"})
    assert nothing.headers["Plats-Position"] == "0"


def test_a_network_and_its_partners(calls: Api) -> None:
    one = f"/networks/{calls.post('/networks', {'name': 'Nätvärket'})['network_id']}"
    calls.post(f"{one}/correct", {"name": "Nätverket", "kind": "cluster", "admission": {"sectors": ["state"]}})
    calls.post(f"{one}/partners", {"organisation_id": str(calls.institute.acme)})
    assert calls.get(one)["partner_ids"] == [str(calls.institute.acme)]
    calls.delete(f"{one}/partners/{calls.institute.acme}")
    calls.post(f"{one}/close", {"closed_on": "2026-12-31"})
    calls.post(f"{one}/reopen")
    shown = calls.get(one)
    assert (shown["name"], shown["kind"], shown["partners"], shown["is_closed"]) == ("Nätverket", "cluster", [], False)
    assert shown["admission"]["sectors"] == ["state"]


def planned(calls: Api) -> str:
    """Where a season stands that is misspelt, in another zone than was said, with one meeting too many."""
    plan = {
        "network_id": calls.post("/networks", {"name": "Chefer"})["network_id"],
        "title": "Vårr",
        "seats": 4,
        "meetings": [{"title": "Ettan", "time": DAY}, {"title": "Två", "time": {"kind": "to_come"}}],
        "prices": {"prices": [{"amount": 0}]},
    }
    one = f"/seasons/{calls.post('/seasons', plan)['season_id']}"
    calls.post(f"{one}/correct", {"title": "Vår", "zone": "Europe/Helsinki"})
    return one


def test_a_season_and_its_meetings_in_the_seasons_own_zone(calls: Api) -> None:
    one = planned(calls)
    first, second = (f"{one}/meetings/{each['meeting_id']}" for each in calls.get(one)["meetings"])
    calls.put(f"{first}/title", {"title": "Ett"})
    calls.post(f"{first}/schedule", {"time": DAY})
    point = {"start": "2027-03-20T09:00", "end": "2027-03-20T10:00", "title": "Start"}
    calls.put(f"{first}/programme", {"items": [point]})
    calls.delete(second)
    calls.post(f"{first}/hold", {"held_on": "2027-03-20"})
    calls.delete(f"{first}/hold")
    shown = calls.get(one)
    [meeting] = shown["meetings"]
    assert (shown["title"], shown["zone"], shown["has_opened"]) == ("Vår", "Europe/Helsinki", False)
    assert (meeting["title"], meeting["start"], meeting["start_at"], meeting["is_held"]) == (
        *("Ett", "2027-03-20T09:00", "2027-03-20T07:00:00Z", False),
    )
    assert meeting["programme"][0]["start_at"] == "2027-03-20T07:00:00Z"
    calls.post(f"{one}/open", {})
    assert calls.refused("POST", f"{one}/correct", {"zone": "Europe/Oslo", "title": "Höst"})["status"] == 409
    assert calls.refused("DELETE", first)["type"].endswith("booking-has-opened")
    assert calls.get(one)["title"] == "Vår"


def test_material_is_replaced_and_removed(calls: Api) -> None:
    one = planned(calls)
    slides = {"title": "Bildr", "url": "https://example.org/1"}
    material = f"{one}/material/{calls.post(f'{one}/material', slides)['material_id']}"
    calls.put(material, {"title": "Bilder", "url": "https://example.org/2", "readers": "everyone"})
    assert [(each["title"], each["readers"]) for each in calls.get(one)["materials"]] == [("Bilder", "everyone")]
    calls.delete(material)
    assert calls.get(one)["materials"] == []


def test_goods_and_memberships(calls: Api) -> None:
    offered = calls.post("/goods", {"title": "Bokne", "price": {"amount": 12_500}, "postage": {"amount": 0}})
    calls.post(f"/goods/{offered['goods_id']}/correct", {"title": "Boken", "price": {"amount": 13_000}})
    calls.post(f"/goods/{offered['goods_id']}/withdraw")
    calls.post(f"/goods/{offered['goods_id']}/offer-again")
    [shown] = [each for each in calls.get("/goods") if each["goods_id"] == offered["goods_id"]]
    assert (shown["title"], shown["price"], shown["postage"], shown["is_withdrawn"]) == ("Boken", 13_000, 0, False)
    grant = {"holder_id": str(calls.institute.bolt), "ground": "partner", "from_on": "2026-01-01"}
    one = f"/memberships/{calls.post('/memberships', grant)['membership_id']}"
    calls.post(
        f"{one}/correct-period", {"was_from_on": "2026-01-01", "from_on": "2026-02-01", "until_on": "2026-12-31"}
    )
    assert calls.get(one)["periods"] == [{"from_on": "2026-02-01", "until_on": "2026-12-31"}]
    calls.post(f"{one}/withdraw-period", {"from_on": "2026-02-01"})
    assert calls.get(f"/memberships?holder_id={calls.institute.bolt}")["items"] == []


def test_a_person_a_purchase_and_the_organiser(calls: Api) -> None:
    made = calls.institute
    one = f"/people/{made.person('Yrsa', made.bolt)}"
    was = {"organisation_id": str(made.bolt), "role": "specialist", "from_on": "2020-01-01"}
    calls.post(f"{one}/employments/correct", {"was": was, "role": "manager", "from_on": "2021-01-01"})
    became = {**was, "role": "manager", "from_on": "2021-01-01"}
    assert [(each["role"], each["from_on"]) for each in calls.get(one)["employments"]] == [("manager", "2021-01-01")]
    assert calls.refused("POST", f"{one}/employments/withdraw", {"was": was})["status"] == 409
    calls.post(f"{one}/employments/withdraw", {"was": became})
    calls.post(f"{one}/affiliations/verify", {"ground": "alumnus", "from_on": "2026-01-01"})
    calls.post(f"{one}/affiliations/take-back", {"ground": "alumnus", "from_on": "2026-01-01"})
    assert (calls.get(one)["employments"], calls.get(one)["affiliations"]) == ([], [])

    offered = calls.post("/goods", {"title": "Boken", "price": {"amount": 100}, "postage": {"amount": 0}})["goods_id"]
    buy = {"goods_id": offered, "quantity": 1, "address": "Gatan 1", "name": "Åke", "email": "ake@example.org"}
    purchase = f"/purchases/{calls.post('/purchases', buy)['purchase_id']}"
    calls.put(f"{purchase}/address", {"address": "Gatan 11"})
    assert [each["address"] for each in calls.get("/purchases/to-dispatch")] == ["Gatan 11"]
    calls.post(f"{purchase}/dispatch", {"dispatched_on": "2026-09-01"})
    assert calls.refused("PUT", f"{purchase}/address", {"address": "Gatan 2"})["status"] == 409
    calls.post(f"/organisers/{made.organiser}/correct", {"name": "Institutet AB", "org_number": "556999-3008"})
    shown = calls.get("/organisers/institutet", who="")
    assert (shown["name"], shown["org_number"]) == ("Institutet AB", "5569993008")
