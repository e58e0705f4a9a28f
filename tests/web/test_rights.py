"""Who may do what: every route of the URL map × every role × own and another's things; nothing is open by itself."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.web.bodies import body_for
from tests.web.calling import Api, api
from tests.web.furnished import Furnished, furnish
from web.api.kernel.who import Who
from web.app import create_app

ROLES: dict[str, set[Who]] = {
    "": {Who.ANYONE},
    "member": {Who.ANYONE, Who.SIGNED_IN},
    "finance": {Who.ANYONE, Who.SIGNED_IN, Who.FINANCE, Who.STAFF},
    "admin": {Who.ANYONE, Who.SIGNED_IN, Who.ADMIN, Who.STAFF},
    "system": set(Who),
}
IRREVERSIBLE = ["call_off_season", "call_off_meeting", "close_network", "erase_person", "close_booking"]
WITHOUT_IDS_OF_OTHERS = {  # the neighbour's own affairs: no id of another's can be named
    "agree_payment_rules", "agree_registration_rules", "choose_reminders", "read_reminders", "read_registration_rules",
    "choose_accounts", "tell_financial_year", "give_codes", "list_codes", "read_financial_years", "end_my_sessions",
    "export_me", "export_period", "defer_revenue", "list_closings",
    "choose_vat_period", "choose_advance_vat", "list_dormant_vat", "declare_vat", "list_vat_returns", "read_vat_boxes",
    "list_ec_sales", "read_ec_sales_file",
    "found_network",
    "list_own_words", "write_own_words",
    "found_organiser",
    "list_applications",
    "list_balances", "list_bookings", "list_cancellations", "list_card_differences", "list_card_refunds",
    "list_credit_notes", "list_deferred", "list_disputes", "list_earned", "list_exports", "list_failed_deliveries",
    "list_goods", "list_invoices", "list_late_invoices", "list_late_vouchers", "list_letters", "list_matches",
    "list_mailings",
    "list_memberships",
    "list_my_organisations", "list_my_sessions",
    "list_networks", "list_open_invoices", "list_organisations", "list_organisers", "list_people", "list_postings",
    "list_purchases", "list_refunds_due", "list_revenue", "list_season_sums", "list_seasons", "list_suspense",
    "list_to_dispatch", "list_tokens", "list_trail", "list_transfers", "list_vat", "list_vat_documents", "make_token",
    "list_my_opening_lists",
    "list_my_seat_offers", "read_waiting_rules", "agree_waiting_rules", "list_own_texts", "list_own_clashes",
    "preview_sessions", "book_sessions",  # refused to whoever is no person, whichever season they name
    "list_vouches", "my_applications", "list_webhook_deliveries", "list_webhooks", "make_webhook",
    "offer_goods", "openapi", "preview_bank_file", "check_bank_file", "list_unread_rows",
    "list_bank_statements", "list_other_money", "read_accounts", "read_ageing", "read_payment_rules",
    "read_reconciliation", "read_report_file", "read_totals", "register_organisation", "register_person",
    "take_in_bank_file", "whoami",
}  # fmt: skip


NOT_LISTS = (
    "openapi",
    "list_organisers",
    "export_me",
    "list_my_sessions",
    "list_own_words",  # an occasion is nobody's own
    "list_trail",  # of the neighbour: what it asked for itself, whoever's the ids are
)  # the last are a person's, the neighbour is none


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]


def operation(rule: Rule) -> str:
    return str(rule.endpoint).rpartition(".")[2]


def method(rule: Rule) -> str:
    [found] = (rule.methods or set()) - {"HEAD", "OPTIONS"}
    return str(found)


@pytest.fixture(scope="module")
def calls(module_database_url: str) -> Iterator[Api]:
    with api(module_database_url) as calling:
        yield calling


@pytest.fixture(scope="module")
def there(calls: Api) -> Furnished:
    return furnish(calls)


def head(database_url: str) -> int:
    with psycopg.connect(database_url) as connection:
        [(position,)] = connection.execute("select coalesce(max(position), 0) from event").fetchall()
        return int(position)


def test_every_route_says_who_may_call_it() -> None:
    app = create_app(None)  # type: ignore[arg-type]  # nobody is asked
    assert len(rules(app)) > 90
    assert [rule.rule for rule in rules(app) if not hasattr(app.view_functions[rule.endpoint], "who")] == []


def test_a_role_does_what_its_routes_allow_and_nothing_else(calls: Api, there: Furnished) -> None:
    wrong = []
    for rule in sorted(rules(calls.app), key=lambda rule: operation(rule) in IRREVERSIBLE):
        if operation(rule) == "openapi":
            continue
        who = vars(calls.app.view_functions[rule.endpoint])["who"]
        body = None if method(rule) == "GET" else body_for(operation(rule), there.ids)
        for role, may in ROLES.items():
            status = calls.call(method(rule), there.path(rule.rule), body, role).status_code
            expected = {401} if not role else {403}
            if (status in expected) is (who in may) and not is_of_own_accord(status, role, who):
                wrong.append((operation(rule), role or "stranger", status))
            if status >= 500:
                wrong.append((operation(rule), role, status))
    assert wrong == []


def is_of_own_accord(status: int, role: str, who: Who) -> bool:
    """A route that is open to the role may still refuse what is not the actor's own affair."""
    return status == 403 and (who in (Who.SIGNED_IN, Who.ANYONE))


def test_anothers_things_are_not_there(calls: Api, there: Furnished, module_database_url: str) -> None:
    unknown = Furnished({name: str(uuid4()) if "_id" in name else value for name, value in there.ids.items()})
    wrong = []
    for rule in rules(calls.app):
        name = operation(rule)
        if name in (*WITHOUT_IDS_OF_OTHERS, "read_logo") or rule.rule.startswith("/api/v1/organisers/<organiser>"):
            continue
        before = head(module_database_url)
        answers = []
        for ids in (there, unknown):
            body = None if method(rule) == "GET" else body_for(name, ids.ids)
            answers.append(calls.call(method(rule), ids.path(rule.rule), body, "neighbour"))
        theirs, nobodys = answers
        if (theirs.status_code, theirs.data) != (404, nobodys.data) or head(module_database_url) != before:
            wrong.append((name, theirs.status_code, nobodys.status_code, theirs.text[:100]))
    assert wrong == []


def test_a_neighbours_lists_hold_nothing_of_ours(calls: Api, there: Furnished) -> None:
    calls.institute.catch_up()
    numbers = ("organiser", "role", "organiser_id", "export_number", "return_number")
    ours = [value for name, value in there.ids.items() if name not in numbers]
    for rule in rules(calls.app):
        if method(rule) == "GET" and not rule.arguments and operation(rule) not in NOT_LISTS:
            answer = calls.call("GET", there.path(rule.rule), None, "neighbour")
            assert answer.status_code == 200, (rule.rule, answer.text)
            assert [one for one in ours if one in answer.text] == [], rule.rule


def test_a_stranger_reads_the_programme_and_no_more(calls: Api, there: Furnished) -> None:
    season = calls.get(f"/organisers/institutet/seasons/{there.ids['season_id']}", who="")
    assert season["title"] == "Säsongen"
    assert season["materials"] == []
    assert calls.refused("GET", f"/organisers/grannen/seasons/{there.ids['season_id']}", who="")["status"] == 404


@pytest.mark.parametrize(
    "shown",
    ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer plats_x_y", "Bearer plats__", "Bearer " + "x" * 500, "Bearer å"],
)
def test_a_token_that_is_none_of_ours_is_refused_everywhere(calls: Api, shown: str) -> None:
    for path in ("/whoami", "/organisers"):
        problem = calls.refused("GET", path, who="", Authorization=shown)
        assert (problem["status"], problem["type"]) == (401, "/problems/not-signed-in")


def test_a_revoked_token_is_worthless_at_once(calls: Api) -> None:
    made = calls.post("/tokens", {"name": "kort", "roles": ["admin"]})
    calls.tokens["short"] = made["token"]
    assert calls.get("/whoami", who="short")["roles"] == ["admin"]
    calls.delete(f"/tokens/{made['id']}")
    assert calls.refused("GET", "/whoami", who="short")["status"] == 401
