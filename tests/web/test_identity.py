"""An address is not a person: a known address beside another name is shown at the field, and a person decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.strangers import confirm
from tests.web.calling import Api, api
from tests.web.stage import SLUG, Stage, stage

ANNA = "anna@example.org"
NO_ADDRESSES = ("nils@example..org", ".nils@example.org", "nils..x@example.org", "nils@-example.org", "ñ@example.org")
SHARED = {"name": "Bo Lager", "email": ANNA}


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def names(calls: Api, booking: str) -> list[str | None]:
    """Who sits in a booking, as an admin reads it."""
    return [seat["name"] for seat in calls.get(f"/bookings/{booking}")["seats"]]


def booked(calls: Api, who: str, *participants: dict[str, Any], **more: Any) -> Any:
    """A booking of a fresh conference for these participants."""
    season = str(calls.institute.conference())
    told = {"season_id": season, "participants": list(participants), "organisation_id": str(calls.institute.acme)}
    return calls.call("POST", "/bookings", {**told, **more}, who=who)


def test_an_address_of_another_name_is_refused_and_says_nothing_of_whose_it_is(calls: Api) -> None:  # 4.1
    calls.institute.person("Anna", calls.institute.acme)
    calls.somebody("Bertil", calls.institute.acme)
    for typed in (SHARED, {"name": "Bo Lager", "email": "AN\u200bNA@Example.org"}):
        refused = booked(calls, "Bertil", typed)
        assert (refused.status_code, refused.json["type"]) == (409, "/problems/address-under-another-name")
        assert "Anna" not in refused.text and "person_id" not in refused.json
        assert refused.json["email"] == ANNA


def test_the_same_name_is_the_same_person_however_it_is_written(calls: Api) -> None:  # 4.1
    anna = calls.institute.person("Anna", calls.institute.acme)
    calls.somebody("Bertil", calls.institute.acme)
    for typed in ("Anna", "ANNA", "  anna\u200b "):
        made = booked(calls, "Bertil", {"name": typed, "email": ANNA})
        assert [seat["person_id"] for seat in calls.get(f"/bookings/{made.json['booking_id']}")["seats"]] == [str(anna)]


def test_one_visible_name_and_address_is_one_person(calls: Api) -> None:  # 4.3
    ways = ("", "\u200b", "\u200d", "\u00ad", "\u202e", "\ufeff", "\u2066", "\ufe0f")
    typed = [{"name": f"Bo{mark} Lager", "email": f"bo{mark}@exam{mark}ple.org"} for mark in ways]
    assert len({calls.post("/people", each)["person_id"] for each in typed}) == 1
    [found] = calls.get("/people?search=bo@example.org")["items"]
    assert (found["name"], found["email"]) == ("Bo Lager", "bo@example.org")
    for name in ("\u200b\u200b", "\u3164", "\ufffd", "\u202e", "123", "\u2800"):
        refused = calls.refused("POST", "/people", {"name": name, "email": "osynlig@example.org"})
        assert refused["status"] == 422, repr(name)


def test_whoever_shares_an_address_is_somebody_of_their_own_and_the_same_next_time(calls: Api) -> None:  # 4.1
    anna = calls.institute.person("Anna", calls.institute.acme)
    calls.somebody("Bertil", calls.institute.acme)
    first = booked(calls, "Bertil", {**SHARED, "shares_address": True}).json["booking_id"]
    again = booked(calls, "Bertil", SHARED).json["booking_id"]
    assert names(calls, first) == names(calls, again) == ["Bo Lager"]
    seats = [calls.get(f"/bookings/{each}")["seats"][0]["person_id"] for each in (first, again)]
    assert seats[0] == seats[1] != str(anna)


@pytest.mark.parametrize("act", ["name", "hand over"])
def test_naming_and_handing_over_ask_the_same(calls: Api, act: str) -> None:  # 4.1
    calls.institute.person("Anna", calls.institute.acme)
    bertil = calls.somebody("Bertil", calls.institute.acme)
    seats = [{}] if act == "name" else [{"person_id": str(bertil)}]
    booking = booked(calls, "Bertil", *seats).json["booking_id"]
    path, field = {"name": ("participants", "participant"), "hand over": ("transfers", "to")}[act]
    refused = calls.refused("POST", f"/bookings/{booking}/{path}", {"seat": 1, field: SHARED}, who="Bertil")
    assert refused["type"] == "/problems/address-under-another-name"
    assert names(calls, booking) == ([None] if act == "name" else ["Bertil"])


def test_a_new_person_with_a_known_address_changes_nobody(calls: Api) -> None:  # 4.2
    anna = str(calls.institute.person("Anna", calls.institute.acme))
    bolt = str(calls.institute.bolt)
    refused = calls.refused("POST", "/people", {**SHARED, "organisation_id": bolt})
    assert (refused["type"], refused["person_id"]) == ("/problems/address-under-another-name", anna)
    same = calls.refused("POST", "/people", {"name": "Anna", "email": ANNA, "organisation_id": bolt})
    assert (same["type"], same["person_id"]) == ("/problems/person-known", anna)
    assert [each["organisation"] for each in calls.get(f"/people/{anna}")["employments"]] == ["Acme AB"]
    assert calls.post("/people", {"name": "Anna", "email": ANNA})["person_id"] == anna


def test_a_stranger_learns_nothing_and_takes_nobodys_place(calls: Api) -> None:  # 4.1
    anna, season = calls.institute.person("Anna", calls.institute.acme), str(calls.institute.conference())
    path = f"/organisers/institutet/seasons/{season}/registrations"
    typed = {"address": "Storgatan 1", "employer": "Acme AB"}
    known = calls.call("POST", path, {**SHARED, **typed}, who="")
    fresh = calls.call("POST", path, {"name": "Ylva Ny", "email": "ylva@example.org", **typed}, who="")
    assert (known.status_code, known.json) == (fresh.status_code, fresh.json) == (201, known.json)
    booking = str(confirm(calls.institute, ANNA).booking_id)  # whoever reads that mailbox
    assert names(calls, booking) == ["Bo Lager"]
    found = {each["name"]: each["person_id"] for each in calls.get("/people?search=anna@example.org")["items"]}
    assert set(found) == {"Anna", "Bo Lager"} and found["Anna"] == str(anna)


def test_staff_who_write_a_stranger_down_are_asked_as_well(calls: Api) -> None:  # 4.1
    calls.institute.person("Anna", calls.institute.acme)
    path = f"/organisers/institutet/seasons/{calls.institute.conference()}/registrations"
    typed = {**SHARED, "address": "Storgatan 1"}
    assert calls.refused("POST", path, typed)["type"] == "/problems/address-under-another-name"
    colleague = {"name": "Siv", "email": "siv@example.org", "address": "Storgatan 1", "colleagues": [SHARED]}
    assert calls.refused("POST", path, colleague)["type"] == "/problems/address-under-another-name"
    assert calls.post(path, {**typed, "shares_address": True})["seats"] == 1
    assert [each["name"] for each in calls.get("/people?search=anna@")["items"]] == ["Anna", "Bo Lager"]


def test_what_is_no_address_is_refused_wherever_it_enters(calls: Api) -> None:  # 4.4, 4.5
    made = calls.institute
    season = str(made.conference())
    calls.somebody("Bertil", made.acme)
    public, billing = f"/organisers/institutet/seasons/{season}/registrations", f"/organisations/{made.acme}"
    typed = {"name": "Ylva", "email": "ylva@example.org", "address": "Storgatan 1"}
    for email in NO_ADDRESSES:
        colleague = {"name": "Nils", "email": email}
        ways = [
            ("POST", "/people", colleague, "admin"),
            ("POST", public, {**typed, "email": email}, ""),
            ("POST", public, {**typed, "colleagues": [colleague]}, ""),
            ("POST", "/bookings", {"season_id": season, "participants": [colleague]}, "Bertil"),
            ("PUT", f"{billing}/billing-details", {"address": "Nygatan 1", "invoice_email": email}, "admin"),
            ("PUT", f"/organisers/{made.organiser}/invoicing", {"contact": "Ekonomi", "email": email}, "finance"),
        ]
        for method, path, body, who in ways:
            refused = calls.refused(method, path, body, who)
            assert (refused["status"], refused["type"]) == (422, "/problems/bad-value"), (path, email)


def test_an_international_domain_is_kept_and_found_as_mail_reads_it(calls: Api) -> None:  # 4.4
    person = calls.post("/people", {"name": "Nils", "email": "Nils@räksmörgås.se"})["person_id"]
    assert calls.get(f"/people/{person}")["email"] == "nils@xn--rksmrgs-5wao1o.se"
    assert calls.post("/people", {"name": "Nils", "email": "nils@xn--rksmrgs-5wao1o.se"})["person_id"] == person


def test_a_member_is_asked_at_the_row_and_may_say_that_the_address_is_shared(acted: Stage) -> None:
    bertil = acted.browser("bertil")
    address = f"/{SLUG}/seasons/{acted.conference}"
    typed = {"me": "", "wanted": "1", "name_2": "Bo Lager", "email_2": ANNA, "do": "book"}
    page = bertil.send(bertil.open(address), "wanted", **typed)
    assert page.status == 409 and page.says("adressen redan under ett annat namn")
    assert 'id="email_2-problem"' in page.html and page.form("wanted")["name_2"] == ["Bo Lager"]
    assert "Anna" not in page.words
    done = bertil.send(page, "wanted", shares_email_2="yes", do="book")
    assert done.says("Bo Lager") and done.status == 200


def test_accents_do_not_count_in_any_search(calls: Api) -> None:  # 4.6
    made = calls.institute
    for name, email in (("Åsa Öberg", "ao@example.org"), ("Asa Oberg", "oo@example.org")):
        calls.post("/people", {"name": name, "email": email})
    for name, number in (("Öresunds Åkeri", "556036-0793"), ("Oresunds Bruk", "212000-0142")):
        calls.post("/organisations", {"name": name, "org_number": number})
    for typed, first in (
        ("asa", "Asa Oberg"),
        ("ÅSA", "Åsa Öberg"),
        ("öberg", "Åsa Öberg"),
        ("a\u030asa", "Åsa Öberg"),
    ):
        found = [each["name"] for each in calls.get(f"/people?search={typed}")["items"]]
        assert found[0] == first and sorted(found) == ["Asa Oberg", "Åsa Öberg"]
    for typed, named in (("oresunds", ["Oresunds Bruk", "Öresunds Åkeri"]), ("Akeri", ["Öresunds Åkeri"])):
        assert [each["name"] for each in calls.get(f"/organisations?search={typed}")["items"]] == named
        assert [each.name for each in made.services.finding.find(made.finance, typed).organisations] == named
    first = calls.get("/organisations?search=ÖRESUNDS&limit=1")
    rest = calls.get(f"/organisations?search=ÖRESUNDS&limit=1&cursor={first['next_cursor']}")
    assert [each["items"][0]["name"] for each in (first, rest)] == ["Öresunds Åkeri", "Oresunds Bruk"]
