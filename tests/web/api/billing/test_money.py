"""Invoices, payments, goods and the sums of seasons through the API."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest

from tests.strangers import links_of
from tests.web.calling import Api, api


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def test_an_invoice_has_what_the_law_wants(calls: Api) -> None:  # S49
    made = calls.institute
    body = {"season_id": str(made.conference()), "participants": [{}, {}], "organisation_id": str(made.bolt)}
    calls.post("/bookings", {**body, "reference": "Kst 4711"})
    [row] = calls.get("/invoices?status=open", who="finance")["items"]
    invoice = calls.get(f"/invoices/{row['document_id']}", who="finance")
    assert (row["number"], row["net"], row["vat"], row["gross"]) == (1, 2_400_000, 600_000, 3_000_000)
    assert (row["issued_on"], row["due_on"], row["reference"]) == ("2026-09-01", "2026-10-01", "Kst 4711")
    assert invoice["seller"]["org_number"] == "5560360793"
    assert (row["buyer"], invoice["buyer_org_number"]) == ("Bolt AB", "5569991002")
    assert [each["on"] for each in invoice["supply"]] == ["2027-02-03", "2027-02-04"]
    assert invoice["rates"] == [{"basis_points": 2500, "kind": "standard", "net": 2_400_000, "vat": 600_000}]


def test_payments_are_recorded_once_each_and_by_finance_alone(calls: Api) -> None:  # S54
    made = calls.institute
    body = {"season_id": str(made.conference()), "participants": [{}], "organisation_id": str(made.acme)}
    calls.post("/bookings", body)
    [row] = calls.get("/invoices")["items"]
    path = f"/invoices/{row['document_id']}/payments"
    payment = {"amount": 740_000, "reference": "BG 2026-09-01/1", "received_on": "2026-09-01"}
    assert calls.refused("POST", path, payment)["status"] == 403
    tomorrow = calls.refused("POST", path, {**payment, "received_on": "2026-09-02"}, who="finance")
    assert (tomorrow["type"], tomorrow["field"], tomorrow["why"]) == (
        "/problems/bad-value",
        "received_on",
        "the day has not come yet",
    )
    calls.post(path, payment, who="finance")
    assert calls.refused("POST", path, payment, who="finance")["type"] == "/problems/payment-known"
    assert calls.get(f"/invoices/{row['document_id']}")["document"]["balance"] == 10_000
    calls.post(path, {**payment, "amount": 10_000, "reference": "BG 2"}, who="finance")
    paid = calls.get(f"/invoices/{row['document_id']}")
    assert (paid["document"]["status"], paid["document"]["balance"]) == ("paid", 0)
    assert [each["amount"] for each in paid["payments"]] == [740_000, 10_000]


def test_a_seasons_sums_are_the_sums_of_its_documents(calls: Api) -> None:  # S04
    made = calls.institute
    season = str(made.cluster())
    for organisation in (made.acme, made.bolt, made.delta):
        body = {"season_id": season, "participants": [{}, {}], "organisation_id": str(organisation)}
        calls.post("/bookings", body)
    [sums] = calls.get("/season-sums", who="finance")
    assert (sums["net"], sums["vat"], sums["gross"], sums["seats_taken"]) == (8_200_000, 2_050_000, 10_250_000, 6)
    listed = calls.get(f"/invoices?season_id={season}")["items"]
    assert sum(each["gross"] for each in listed) == sums["gross"]
    assert sorted(each["number"] for each in listed) == [1, 2, 3]


def test_three_books_and_postage(calls: Api) -> None:  # S07
    offered = {"title": "Boken", "price": {"amount": 12_500}, "postage": {"amount": 4_900}, "vat": 600}
    book = calls.post("/goods", offered)["goods_id"]
    assert [each["title"] for each in calls.get("/organisers/institutet/goods", who="")] == ["Boken"]
    order = {"goods_id": book, "quantity": 3, "address": "Storgatan 1", "name": "Anna", "email": "anna@example.org"}
    made = calls.call("POST", "/organisers/institutet/purchases", order, who="")
    assert made.status_code == 201
    assert made.json is not None
    assert (made.json["net"], made.json["vat"], made.json["gross"]) == (40_000, 2_400, 42_400)
    assert calls.get("/purchases")["items"] == []
    order_id, code = links_of(calls.institute, "anna@example.org")[0]
    path = f"/organisers/institutet/orders/{order_id}/confirm"
    assert calls.refused("POST", path, {"code": "fel"}, who="")["status"] == 404
    bought = [calls.call("POST", path, {"code": code}, who="").json for _ in range(2)]
    assert bought[0] == bought[1]
    assert calls.get("/invoices")["items"][0]["gross"] == 42_400
    [purchase] = calls.get("/purchases")["items"]
    assert (purchase["quantity"], purchase["address"], purchase["dispatched_on"]) == (3, "Storgatan 1", None)
    calls.post(f"/purchases/{purchase['purchase_id']}/dispatch", {"dispatched_on": "2026-09-02"})
    assert calls.get("/purchases")["items"][0]["dispatched_on"] == "2026-09-02"
    calls.post(f"/goods/{book}/withdraw")
    gone = calls.refused("POST", "/organisers/institutet/purchases", order, who="")
    assert gone["type"] == "/problems/goods-withdrawn"


def test_a_payer_sees_their_own_invoices_and_nobody_elses(calls: Api) -> None:
    made = calls.institute
    season = str(made.conference())
    anna = calls.somebody("Anna")
    calls.somebody("Bo")
    calls.post("/bookings", {"season_id": season, "participants": [{"person_id": str(anna)}]}, who="Anna")
    [row] = calls.get("/invoices", who="Anna")["items"]
    assert calls.get(f"/invoices/{row['document_id']}", who="Anna")["document"]["gross"] == 1_500_000
    assert calls.get("/invoices", who="Bo")["items"] == []
    assert calls.refused("GET", f"/invoices/{row['document_id']}", who="Bo")["status"] == 404
    assert calls.refused("GET", f"/credit-notes/{row['document_id']}", who="Anna")["status"] == 404


def test_an_invoice_is_credited_by_hand_after_a_preview(calls: Api) -> None:
    made = calls.institute
    calls.post(
        "/bookings", {"season_id": str(made.conference()), "participants": [{}], "organisation_id": str(made.acme)}
    )
    [invoice] = calls.get("/invoices")["items"]
    path = f"/invoices/{invoice['document_id']}"
    left = calls.get(f"{path}/left", who="finance")
    assert [each["net"] for each in left] == [invoice["net"]]
    preview = calls.post(f"{path}/credit-notes/preview", {"parts": [{"line": 1, "net": 100_000}]}, who="finance")
    assert (preview["gross"], preview["balance"], preview["refund"]) == (125_000, invoice["gross"] - 125_000, 0)
    body = {"parts": [{"line": 1, "net": 100_000}], "reason": "Prisavdrag", "shown": preview["gross"]}
    note = calls.post(f"{path}/credit-notes", body, who="finance")
    assert calls.get(f"/credit-notes/{note['credit_note_id']}")["document"]["gross"] == -125_000
    too_much = {"parts": [{"line": 1, "net": invoice["net"]}], "reason": "För mycket"}
    assert calls.refused("POST", f"{path}/credit-notes", too_much, who="finance")["type"].endswith("more-than-is-left")
    assert calls.refused("POST", f"{path}/credit-notes", body, who="admin")["status"] == 403


def test_what_the_bank_took_back_is_said_with_the_file(calls: Api) -> None:
    """The preview numbers the entries and names the payments in suspense that it may be of."""
    arrived = base64.b64encode(b"Datum;Belopp\n2026-08-29;80,00\n2026-08-30;80,00\n").decode()
    assert calls.post("/bank-files", {"content": arrived}, who="finance")["suspended"] == 2
    calls.institute.catch_up()
    entry = (
        b'<Document><X><Stmt><Ntry><Amt Ccy="SEK">80.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd>'
        b"<Sts>BOOK</Sts><BookgDt><Dt>2026-08-31</Dt></BookgDt><AcctSvcrRef>R1</AcctSvcrRef></Ntry></Stmt></X></Document>"
    )
    back = {"content": base64.b64encode(entry).decode()}
    [shown] = calls.post("/bank-files/preview", back, who="finance")
    assert (shown["outcome"], len(shown["payments"])) == ("unclear", 2)
    said = [{"entry": 1, "payment_id": shown["payments"][0]["payment_id"]}]
    taken = calls.post("/bank-files", {**back, "taken_back": said}, who="finance")
    assert (taken["new"], taken["matched"], taken["unclear"]) == (1, 1, 0)
    calls.institute.catch_up()
    [left] = calls.get("/payments/suspense", who="finance")
    assert left["payment_id"] == shown["payments"][1]["payment_id"]


@pytest.mark.parametrize(("account", "told"), [("1630", "bas_1630"), ("", "")])
def test_what_was_no_payment_is_booked_elsewhere_by_finance_alone(calls: Api, account: str, told: str) -> None:
    """Money in suspense that was the tax agency's: to an account, or out of these books; once, and by finance."""
    arrived = base64.b64encode(b"Datum;Belopp\n2026-08-31;80,00\n").decode()
    calls.post("/bank-files", {"content": arrived}, who="finance")
    [waiting] = calls.get("/payments/suspense", who="finance")
    path = f"/payments/{waiting['payment_id']}/elsewhere"
    body = {"account": account, "text": "Skattekonto"}
    assert calls.refused("POST", path, body)["status"] == 403
    wrong = calls.refused("POST", path, {**body, "account": "9010"}, who="finance")
    assert (wrong["type"], wrong["field"]) == ("/problems/bad-value", "account")
    assert calls.post(path, body, who="finance")["left"] == 0
    assert calls.get("/payments/suspense", who="finance") == []
    [row] = calls.get("/other-money", who="finance")
    assert (row["account"], row["text"], row["amount"]) == (told, "Skattekonto", 8_000)
    assert calls.refused("POST", path, body, who="finance")["type"] == "/problems/payment-spent"
