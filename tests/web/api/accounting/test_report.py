"""Finance through the API: reports, the same reports as files, and periods handed over to the bookkeeping."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from tests.web.calling import Api, api


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        made = calling.institute
        body = {"season_id": str(made.conference()), "participants": [{}, {}], "organisation_id": str(made.bolt)}
        calling.post("/bookings", body)
        body = {"season_id": str(made.conference()), "participants": [{}], "organisation_id": str(made.acme)}
        calling.post("/bookings", body)
        made.catch_up()
        yield calling


def test_reports_are_for_finance_and_admins(calls: Api) -> None:
    assert calls.refused("GET", "/reports/vat", who="member")["status"] == 403
    assert calls.refused("GET", "/reports/file", who="member")["status"] == 403
    [rate] = calls.get("/reports/vat", who="finance")
    assert rate == {"basis_points": 2500, "kind": "standard", "net": 3_000_000, "vat": 750_000}
    assert calls.get("/reports/vat?from_on=2026-10-01", who="finance") == []
    documents = calls.get("/reports/vat-documents", who="finance")["items"]
    assert [(row["number"], row["net"], row["buyer"]) for row in documents] == [
        (2, 600_000, "Acme AB"),
        (1, 2_400_000, "Bolt AB"),
    ]


def test_vat_on_invoices_sent_ahead_may_be_owed_when_they_are_paid(calls: Api) -> None:
    choice = {"way": "when_paid_or_held", "from_on": "2026-09-01"}
    assert calls.refused("PUT", "/vat-return/advances", choice, who="admin")["status"] == 403
    assert calls.call("PUT", "/vat-return/advances", choice, who="finance").status_code == 200
    calls.institute.catch_up()
    view = calls.get("/vat-return?on=2026-09-01", who="finance")
    assert (view["boxes"], view["resting"], view["advances"]) == ([], 750_000, [choice])
    rows = calls.get("/reports/dormant-vat?on=2026-09-30", who="finance")
    assert [(row["number"], row["net"], row["vat"]) for row in rows] == [(1, 2_400_000, 600_000), (2, 600_000, 150_000)]
    assert calls.call("GET", "/reports/file?report=dormant-vat", who="finance").status_code == 200


def test_pages_of_a_list_meet_and_its_totals_are_those_of_all_pages(calls: Api) -> None:
    first = calls.get("/ledger/postings?limit=4", who="finance")
    rest = calls.get(f"/ledger/postings?limit=4&cursor={first['next_cursor']}", who="finance")
    places = [(row["position"], row["no"]) for row in [*first["items"], *rest["items"]]]
    assert (len(places), len(set(places)), rest["next_cursor"]) == (6, 6, None)
    assert sum(row["amount"] for row in [*first["items"], *rest["items"]]) == 0
    totals = calls.get("/reports/totals", who="finance")
    sums = {"net": 3_000_000, "vat": 750_000, "gross": 3_750_000, "payable": 3_750_000, "balance": 3_750_000}
    assert totals == {"documents": 2, **sums}
    assert calls.get("/reports/totals?status=paid", who="finance")["documents"] == 0
    for asked in (
        f"season_id={first['items'][1]['season_id']}",
        "kind=invoice",
        "kind=credit_note",
        "status=open",
        "status=overdue",
        "issued_from=2027-01-01",
    ):
        by_days = calls.get(f"/reports/totals?{asked}", who="finance")
        one_by_one = calls.get(f"/reports/totals?{asked}&known_at=2030-01-01T00:00:00Z", who="finance")
        assert by_days == one_by_one


def test_a_list_as_of_a_day_shows_what_was_open_then(calls: Api) -> None:
    [_, bolts] = calls.get("/invoices", who="finance")["items"]
    path = f"/invoices/{bolts['document_id']}/payments"
    payment = {"amount": 3_000_000, "reference": "BG 1", "received_on": "2026-09-20"}
    calls.institute.at(2026, 9, 20)
    calls.post(path, payment, who="finance")
    calls.institute.at(2026, 10, 20)
    day = "/reports/totals?status=open"
    assert calls.get(day, who="finance")["balance"] == 750_000
    assert calls.get("/reports/ageing?on=2026-09-19", who="finance")["total"] == 3_750_000
    assert calls.get("/reports/ageing?on=2026-09-20", who="finance")["total"] == 750_000
    on_the_day_before = calls.get("/invoices?on=2026-09-19&status=open", who="finance")["items"]
    assert [(row["number"], row["balance"]) for row in on_the_day_before] == [(2, 750_000), (1, 3_000_000)]
    [paid] = calls.get("/invoices?on=2026-09-20&status=paid", who="finance")["items"]
    assert (paid["number"], paid["paid"], paid["balance"]) == (1, 3_000_000, 0)
    assert calls.get("/invoices?status=paid", who="finance")["items"] == [paid]
    late = calls.get("/reports/open-invoices", who="finance")["items"]
    assert [(row["number"], row["days_late"]) for row in late] == [(2, 19)]


@pytest.mark.parametrize(
    "report",
    ["balances", "ageing", "open-invoices", "revenue", "deferred", "earned", "vat", "vat-documents", "documents"],
)
def test_every_report_is_a_file_of_both_kinds(calls: Api, report: str) -> None:
    csv = calls.call("GET", f"/reports/file?report={report}", who="finance")
    assert csv.status_code == 200
    assert csv.data.startswith(b"\xef\xbb\xbf")
    lines = csv.data.decode("utf-8-sig").split("\r\n")
    workbook = load_workbook(io.BytesIO(calls.call("GET", f"/reports/file?report={report}&format=xlsx").data))
    rows = list(workbook.active.values)
    assert lines[0].split(";") == list(rows[0])
    assert len(lines) - 2 == len(rows) - 1 > 0
    assert calls.refused("GET", f"/reports/file?report={report}", who="member")["status"] == 403


def test_amounts_have_a_decimal_comma_and_are_numbers_in_a_workbook(calls: Api) -> None:
    text = calls.call("GET", "/reports/file?report=vat", who="finance").data.decode("utf-8-sig")
    assert text == "basis_points;kind;net;vat\r\n2500;standard;30000,00;7500,00\r\n"
    workbook = load_workbook(io.BytesIO(calls.call("GET", "/reports/file?report=vat&format=xlsx").data))
    assert list(workbook.active.values)[1] == (2500, "standard", 30_000, 7_500)


def test_the_journal_whole_as_a_file(calls: Api) -> None:
    text = calls.call("GET", "/reports/file?report=postings", who="finance").data.decode("utf-8-sig")
    header, *lines = text.removesuffix("\r\n").split("\r\n")
    rows = [dict(zip(header.split(";"), line.split(";"), strict=True)) for line in lines]
    assert [(row["account"], row["debit"], row["number"]) for row in rows] == [
        ("receivable", "30000,00", "1"),
        ("revenue", "-24000,00", "1"),
        ("vat", "-6000,00", "1"),
        ("receivable", "7500,00", "2"),
        ("revenue", "-6000,00", "2"),
        ("vat", "-1500,00", "2"),
    ]
    assert rows[1]["season"] == "Lära och förändra tillsammans"
    workbook = load_workbook(io.BytesIO(calls.call("GET", "/reports/file?report=postings&format=xlsx").data))
    values = list(workbook.active.values)
    assert len(values) == 7
    assert values[1][values[0].index("day")] == datetime(2026, 9, 1)  # noqa: DTZ001  # a local day


def _is_refused_early(calls: Api, period: dict[str, str]) -> None:
    """And an unfinished one asks, and is taken back."""
    early = calls.refused("POST", "/bookkeeping/exports", period, "finance")
    assert early["type"] == "/problems/period-not-over"
    part = {"from_on": "2026-08-01", "until_on": "2026-08-15"}
    assert calls.refused("POST", "/bookkeeping/exports", part, "finance")["type"] == "/problems/period-unfinished"
    assert calls.post("/bookkeeping/exports", {**part, "is_confirmed": True}, who="finance")["number"] == 1
    assert calls.call("DELETE", "/bookkeeping/exports/1", who="finance").status_code == 200


def test_a_period_is_handed_over_once(calls: Api) -> None:
    period = {"from_on": "2026-09-01", "until_on": "2026-09-30"}
    assert calls.refused("POST", "/bookkeeping/exports", period)["status"] == 403
    _is_refused_early(calls, period)
    now = calls.institute.clock.instant
    calls.institute.at(2026, 10, 1)
    assert calls.post("/bookkeeping/exports", period, who="finance") == {"number": 2, "is_again": False}
    assert calls.post("/bookkeeping/exports", period, who="finance") == {"number": 2, "is_again": True}
    assert calls.get("/bookkeeping/late") == []
    invoice = next(each for each in calls.get("/invoices")["items"] if each["kind"] == "invoice")
    paid = {"amount": 100_00, "reference": "BG 1", "received_on": "2026-09-02"}
    calls.post(f"/invoices/{invoice['document_id']}/payments", paid, who="finance")
    [late] = calls.get("/bookkeeping/late")
    assert (late["day"], late["voucher"], late["amount"]) == ("2026-09-02", "payment", 100_00)
    other = {"from_on": "2026-09-15", "until_on": "2026-10-15"}
    assert calls.refused("POST", "/bookkeeping/exports", other, "finance")["type"] == "/problems/period-overlaps"
    [row] = calls.get("/bookkeeping/exports", who="finance")
    assert (row["number"], date.fromisoformat(row["until_on"])) == (2, date(2026, 9, 30))
    file = calls.call("GET", "/bookkeeping/exports/2/file", who="finance")
    assert file.headers["Content-Disposition"] == 'attachment; filename="plats-2026-09-01-2026-09-30.si"'
    assert file.data.startswith(b"#FLAGGA 0\r\n#FORMAT PC8\r\n#SIETYP 4\r\n")
    for missing in ("3", "x", "99999999999999999999"):
        assert calls.refused("GET", f"/bookkeeping/exports/{missing}/file", who="finance")["status"] == 404
    kept = calls.refused("DELETE", "/bookkeeping/exports/2", who="finance")
    assert kept["type"] == "/problems/export-fetched"
    calls.institute.clock.instant = now


def test_accounts_are_chosen_by_number(calls: Api) -> None:
    calls.put("/bookkeeping/accounts", {"accounts": [{"key": "receivable", "number": 1513}]}, who="finance")
    accounts = calls.get("/bookkeeping/accounts", who="finance")["accounts"]
    assert {row["key"]: row["number"] for row in accounts}["receivable"] == 1513
    wrong = {"accounts": [{"key": "kassa", "number": 1910}]}
    assert calls.refused("PUT", "/bookkeeping/accounts", wrong, "finance")["status"] == 422


def test_a_financial_year_is_told_by_staff(calls: Api) -> None:
    year = {"first_on": "2026-07-01", "last_on": "2027-06-30"}
    assert calls.refused("PUT", "/bookkeeping/years", year, "member")["status"] == 403
    calls.put("/bookkeeping/years", year, who="admin")
    known = calls.get("/bookkeeping/years", who="finance")
    assert known["current"] == {"first": "2026-07-01", "last": "2027-06-30"} == known["told"][0]
    for wrong in ("2028-01-31", "2027-06-29"):
        assert calls.refused("PUT", "/bookkeeping/years", {**year, "last_on": wrong}, "finance")["status"] == 422


def test_codes_are_chosen_for_networks_and_seasons(calls: Api) -> None:
    season = next(each for each in calls.get("/bookkeeping/codes", who="finance") if each["kind"] == "season")
    code = {"kind": "season", "object_id": season["object_id"], "code": "K27"}
    calls.put("/bookkeeping/codes", {"codes": [code]}, who="finance")
    assert code["code"] in [each["code"] for each in calls.get("/bookkeeping/codes", who="finance")]
    wrong = {"codes": [{**code, "code": "k-27"}]}
    assert calls.refused("PUT", "/bookkeeping/codes", wrong, "finance")["status"] == 422


def test_deferred_revenue_is_posted_once_for_a_day(calls: Api) -> None:
    day = {"on": "2026-08-31"}
    assert calls.refused("POST", "/bookkeeping/closings", day, "admin")["status"] == 403
    posted = calls.post("/bookkeeping/closings", day, who="finance")
    assert posted["is_again"] is False
    assert calls.post("/bookkeeping/closings", day, who="finance") == {**posted, "is_again": True}
    assert calls.get("/bookkeeping/closings", who="finance") == []
    today = {"on": "2026-09-01"}
    assert calls.refused("POST", "/bookkeeping/closings", today, "finance")["type"] == "/problems/period-not-over"


def test_vat_is_read_by_boxes_and_declared(calls: Api) -> None:
    calls.put("/vat-return/period", {"months": 1}, who="finance")
    now = calls.institute.clock.instant
    calls.institute.at(2026, 10, 1)
    view = calls.get("/vat-return?on=2026-09-15", who="finance")
    kronor = {each["no"]: each["kronor"] for each in view["boxes"]}
    assert kronor["10"] == kronor["05"] // 4
    assert calls.get("/reports/ec-sales", who="finance") == []
    quarter = "from_on=2026-07-01&until_on=2026-09-30"
    assert calls.refused("GET", f"/vat-return/ec-sales?{quarter}", who="member")["status"] == 403
    assert calls.call("GET", f"/vat-return/ec-sales?{quarter}", who="finance").text.startswith("SKV574008;\r\nSE")
    assert calls.refused("GET", f"/vat-return/ec-sales?{quarter[:-1]}", who="finance")["status"] == 422
    assert view["filing"] == {"last": "2026-11-12", "large": "2026-10-26"}
    body = {"from_on": "2026-09-01", "until_on": "2026-09-30", "bought": [{"no": "48", "kronor": 100}]}
    assert calls.refused("POST", "/vat-returns", body, "admin")["status"] == 403
    made = calls.post("/vat-returns", body, who="finance")
    assert calls.post("/vat-returns", body, who="finance") == {**made, "is_again": True}
    [row] = [each for each in calls.get("/vat-returns", who="finance") if each["number"] == made["number"]]
    assert row["to_pay"] == kronor["10"] - 100
    file = calls.call("GET", f"/vat-returns/{made['number']}/file", who="finance")
    assert b"<MomsIngAvdr>100</MomsIngAvdr>" in file.data
    part = {"from_on": "2026-08-01", "until_on": "2026-08-15"}
    assert calls.refused("POST", "/vat-returns", part, "finance")["type"] == "/problems/no-vat-period"
    calls.institute.clock.instant = now


def test_a_quarter_of_which_a_month_has_been_declared_is_refused(calls: Api) -> None:
    calls.put("/vat-return/period", {"months": 1}, who="finance")
    calls.institute.catch_up()
    now = calls.institute.clock.instant
    calls.institute.at(2026, 10, 1)
    calls.post("/vat-returns", {"from_on": "2026-09-01", "until_on": "2026-09-30"}, who="finance")
    calls.put("/vat-return/period", {"months": 3}, who="finance")
    quarter = {"from_on": "2026-07-01", "until_on": "2026-09-30"}
    assert calls.refused("POST", "/vat-returns", quarter, "finance")["type"] == "/problems/vat-declared-already"
    view = calls.get("/vat-return?on=2026-08-15", who="finance")
    assert (view["from_on"], view["until_on"], view["months"], view["length"]) == ("2026-08-01", "2026-08-31", 3, 1)
    calls.institute.clock.instant = now
