"""People, organisations, memberships, networks, organisers, tokens and strangers' registrations through the API."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.web.calling import Api, api
from web.api import NOUNS
from web.api.kernel.examples import EXAMPLES


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def test_a_stranger_registers_and_nothing_is_given_away(calls: Api) -> None:  # S10
    made = calls.institute
    season = str(made.conference())
    made.person("Anna", made.acme)
    made.catch_up()
    path = f"/organisers/institutet/seasons/{season}/registrations"
    typed = {"address": "Storgatan 1", "employer": "Acme AB"}
    answers = []
    for name in ("Anna", "Okänd"):
        email = f"{name.lower().replace('ä', 'a')}@example.org"
        answers.append(calls.call("POST", path, {"name": name, "email": email, **typed}, who=""))
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json == answers[1].json
    assert answers[0].json is not None
    assert (answers[0].json["gross"], answers[0].json["next_step"]) == (1_500_000, "confirm_registration")
    again = calls.call("POST", path, {"name": "Anna", "email": "anna@example.org", **typed}, who="")
    assert (again.status_code, again.json) == (201, answers[0].json)
    assert calls.get(f"/seasons/{season}")["left"] == 97


def test_a_wrong_code_and_an_unknown_person_are_told_apart_from_nothing(calls: Api) -> None:
    anna = str(calls.institute.person("Anna"))
    path = "/organisers/institutet/email-confirmations"
    assert calls.refused("POST", path, {"person_id": anna, "code": "fel"}, who="")["status"] == 422
    assert calls.refused("POST", path, {"person_id": str(uuid4()), "code": "fel"}, who="")["status"] == 404


def test_an_organisation_with_its_people_and_membership(calls: Api) -> None:
    made = calls.call("POST", "/organisations", {"name": "Ny AB", "org_number": "556036-0793"})
    where = made.headers["Location"].removeprefix("/api/v1")
    organisation = where.rpartition("/")[2]
    person = calls.post(
        "/people",
        {"name": "Nils Ny", "email": "nils@ny.example", "organisation_id": organisation, "from_on": "2026-01-01"},
    )["person_id"]
    calls.post(f"{where}/contacts", {"person_id": person})
    calls.post(f"{where}/domains", {"domain": "Ny.example"})
    billing = {"address": "Nygatan 1", "needs_reference": True, "invoice_email": "Faktura@Ny.example"}
    calls.put(f"{where}/billing-details", billing, who="finance")
    assert calls.get(where)["invoice_email"] == "faktura@ny.example"
    granted = {"holder_id": organisation, "from_on": "2026-01-01", "until_on": "2026-12-31"}
    membership = calls.post("/memberships", granted)["membership_id"]
    calls.post(f"/memberships/{membership}/renewals", {"from_on": "2027-01-01"})
    shown = calls.get(where)
    assert (shown["org_number"], shown["domains"], shown["needs_reference"]) == ("5560360793", ["ny.example"], True)
    assert [each["name"] for each in shown["contacts"]] == ["Nils Ny"]
    periods = shown["memberships"][0]["periods"]
    assert periods == [
        {"from_on": "2026-01-01", "until_on": "2026-12-31"},
        {"from_on": "2027-01-01", "until_on": None},
    ]
    calls.delete(f"{where}/contacts/{person}")
    assert calls.get(where)["contacts"] == []
    taken = calls.refused("POST", "/organisations", {"name": "Ny igen", "org_number": "5560360793"})
    assert (taken["type"], taken["kind"]) == ("/problems/claim-taken", "organisation")
    wrong = calls.refused("POST", "/organisations", {"name": "Fel", "org_number": "556036-0794"}, Accept_Language="sv")
    assert wrong["detail"] == "Organisationsnumret har fel kontrollsiffra."


def test_a_person_is_found_employed_affiliated_and_erased(calls: Api) -> None:  # S66
    made = calls.institute
    anna = calls.post("/people", {"name": "Anna Ek", "email": "anna.ek@example.org"})["person_id"]
    where = f"/people/{anna}"
    calls.post(f"{where}/employments", {"organisation_id": str(made.acme), "role": "manager", "from_on": "2026-01-01"})
    calls.post(f"{where}/employments/end", {"organisation_id": str(made.acme), "ended_on": "2026-06-30"})
    calls.post(f"{where}/affiliations", {"ground": "alumnus", "note": "Kull 12"})
    calls.post(f"{where}/affiliations/verify", {"ground": "alumnus", "from_on": "2026-01-01"})
    assert [each["person_id"] for each in calls.get("/people?search=ek@ex")["items"]] == [anna]
    shown = calls.get(where)
    assert shown["employments"][0]["until_on"] == "2026-06-30"
    assert shown["affiliations"][0]["status"] == "verified"
    nothing = calls.refused("POST", f"{where}/affiliations/decline", {"ground": "customer", "reason": "Nej"})
    assert nothing["type"] == "/problems/nothing-claimed"
    calls.post(f"{where}/erasure")
    gone = calls.get(where)
    assert (gone["name"], gone["email"], gone["is_erased"]) == (None, None, True)
    more = {"organisation_id": str(made.acme), "from_on": "2026-09-01"}
    assert calls.refused("POST", f"{where}/employments", more)["type"] == "/problems/person-erased"


def test_a_network_for_managers_lets_the_desk_decide(calls: Api) -> None:  # S16
    admission = {"decided_sectors": ["private"], "managers_only": True}
    network = calls.post("/networks", {"name": "Chefer", "kind": "cluster", "admission": admission})["network_id"]
    made = calls.institute
    anna = calls.post(
        "/people",
        {
            "name": "Anna",
            "email": "a@example.org",
            "organisation_id": str(made.acme),
            "role": "manager",
            "from_on": "2020-01-01",
        },
    )["person_id"]
    plan = {"network_id": network, "title": "Första", "seats": 5, "prices": {"prices": [{"amount": 0}]}}
    season = calls.post("/seasons", {**plan, "meetings": [{"title": "En", "time": {"kind": "to_come"}}]})["season_id"]
    calls.post(f"/seasons/{season}/open", {})
    body = {"season_id": season, "participants": [{"person_id": anna}], "organisation_id": str(made.acme)}
    asked = calls.refused("POST", "/bookings", body)
    assert (asked["type"], asked["sector"]) == ("/problems/admission-to-decide", "private")
    decision = {"person_id": anna, "is_admitted": True, "reason": "Leder ett kommunalt uppdrag"}
    calls.post(f"/networks/{network}/admissions", decision)
    assert calls.post("/bookings", body)["seats"] == 1
    calls.post(f"/networks/{network}/partners", {"organisation_id": str(made.bolt)})
    calls.post(f"/networks/{network}/close", {"closed_on": "2026-12-31"})
    assert calls.get(f"/networks/{network}")["partners"] == ["Bolt AB"]
    assert calls.refused("POST", "/seasons", plan)["type"] == "/problems/network-closed"


def test_the_installation_founds_an_organiser_whose_admin_makes_tokens(calls: Api) -> None:
    founded = {"name": "Nya", "slug": "nya", "org_number": "212000-9903"}
    organiser = calls.post("/organisers", founded, who="system")["organiser_id"]
    assert calls.refused("POST", "/organisers", founded, who="system")["type"] == "/problems/claim-taken"
    calls.institute.catch_up()
    first = {"name": "första", "roles": ["admin"], "organiser_id": organiser}
    calls.tokens["new"] = calls.post("/tokens", first, who="system")["token"]
    details = {"address": "Nygatan 1", "bankgiro": "991-2346", "payment_days": 10}
    calls.put(f"/organisers/{organiser}/payment-details", details, who="new")
    assert calls.get("/organisers/nya", who="")["payment_days"] == 10
    person = calls.post("/people", {"name": "Pia", "email": "pia@example.org"}, who="new")["person_id"]
    calls.post(f"/organisers/{organiser}/staff", {"person_id": person, "role": "finance"}, who="new")
    calls.delete(f"/organisers/{organiser}/staff/{person}/finance", who="new")
    calls.institute.catch_up()
    hers = {"name": "Pia", "roles": ["member"], "person_id": person}
    assert calls.refused("POST", "/tokens", hers, who="new")["type"] == "/problems/not-allowed"
    calls.tokens["pia"] = calls.post("/tokens", {**hers, "organiser_id": organiser}, who="system")["token"]
    assert calls.get("/whoami", who="pia")["person_id"] == person
    assert {each["name"] for each in calls.get("/tokens", who="new")} == {"första", "Pia"}
    assert all("token" not in each for each in calls.get("/tokens", who="new"))
    ours = calls.institute.organiser
    assert calls.refused("POST", "/tokens", {**first, "organiser_id": str(ours)}, who="new")["status"] == 404
    mia = calls.get("/people?search=mia")["items"][0]["person_id"]
    assert (
        calls.refused("POST", "/tokens", {"name": "x", "roles": ["member"], "person_id": mia}, who="new")["status"]
        == 403
    )


def test_the_process_and_the_database_are_well(calls: Api) -> None:
    assert calls.client.get("/healthz").json == {"status": "ok"}
    ready = calls.client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json is not None
    assert (ready.json["is_writable"], ready.json["is_current"]) == (True, True)


def test_a_problem_is_told_in_the_askers_language(calls: Api) -> None:
    unknown = f"/seasons/{uuid4()}"
    told = {wanted: calls.refused("GET", unknown, Accept_Language=wanted)["detail"] for wanted in ("sv", "en", "fi")}
    assert told["sv"] == "Det finns ingen sådan säsong här. Se efter att adressen och numret stämmer."
    assert told["en"] == told["fi"] == "There is no such season here. Check the address and the id."
    assert calls.refused("POST", "/networks", {}, Accept_Language="sv")["errors"] == [
        {"pointer": "/name", "detail": "saknas"}
    ]


def test_every_body_has_an_example_that_it_takes() -> None:
    routes = {name: route for noun in NOUNS for name, route in noun.routes.items() if route.body is not None}
    assert set(EXAMPLES) == set(routes)
    for name, route in routes.items():
        assert route.body is not None
        assert route.body().load(EXAMPLES[name]), name


def test_the_description_is_complete(calls: Api) -> None:
    described = calls.client.get("/api/openapi.json").json
    assert described is not None
    assert described["openapi"] == "3.1.0"
    assert described["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    paths = {rule.rule for rule in calls.app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    assert len(described["paths"]) == len(paths)
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            if method != "parameters":
                assert operation["summary"], path
                assert {"401", "503"} <= set(operation["responses"]), path


def test_what_goes_wrong_on_a_page_is_not_answered_as_the_api_does(calls: Api) -> None:
    assert calls.client.get("/api/v1/nothing").content_type == "application/problem+json"
    assert calls.client.get("/nothing/at/all").content_type == "text/html; charset=utf-8"
