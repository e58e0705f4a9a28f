"""The VAT report and the VAT return name every kind of VAT there is, and lead to the documents behind each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest

from application.accounting.vat_return import ChooseVatPeriod, DeclareVat
from domain.kernel.vat import VatKind
from tests.web.sold_abroad import sold_abroad
from tests.web.stage import SLUG, Stage, stage

NAMES = {
    "sv": ("12 %", "omvänd betalningsskyldighet", "omsatt utomlands", "export", "varor till ett annat EU-land"),
    "en": ("12%", "reverse charge", "supplied abroad", "export", "goods to another EU country"),
}


@pytest.fixture(scope="module")
def sold(module_database_url: str) -> Iterator[Stage]:
    with stage(module_database_url) as made:
        sold_abroad(made.institute)
        yield made


@pytest.mark.parametrize("language", NAMES)
def test_the_vat_report_names_sales_of_every_kind_and_leads_to_their_documents(sold: Stage, language: str) -> None:
    finance = sold.browser("finance", language)
    report = finance.open(f"/{SLUG}/reports/vat")
    assert report.status == 200 and report.says(*(name.replace("\N{NO-BREAK SPACE}", " ") for name in NAMES[language]))
    behind = [unescape(each) for each in report.elements.links if "vat-documents?" in each]
    assert {kind for kind in VatKind if any(f"kind={kind}" in each for each in behind)} == set(VatKind)
    for address in behind:
        assert finance.open(address).status == 200, address
        for ending in ("csv", "xlsx"):
            saved = finance.client.get(address.replace("vat-documents?", f"vat-documents.{ending}?"))
            assert saved.status_code == 200, address
    assert finance.client.get(f"/{SLUG}/reports/vat.csv").status_code == 200


def test_every_box_of_the_vat_return_leads_to_a_page(sold: Stage) -> None:
    finance = sold.browser("finance")
    boxes = finance.open(f"/{SLUG}/bookkeeping/vat?on=2026-09-01")
    behind = [unescape(each) for each in boxes.elements.links if "/reports/vat" in each]
    assert {kind for kind in VatKind if any(f"kind={kind}" in each for each in behind)} == set(VatKind) - {
        VatKind.OUTSIDE
    }
    assert [address for address in behind if finance.open(address).status != 200] == []


def test_sales_within_the_union_are_listed_by_buyer_and_saved_for_the_tax_agency(sold: Stage) -> None:
    """Goods were sold, so it is by month; buyers outside the Union stand in no list; the sums are the boxes'."""
    finance = sold.browser("finance")
    boxes = finance.open(f"/{SLUG}/bookkeeping/vat?on=2026-09-01")
    assert boxes.says("Periodisk sammanställning", "Lämnas senast 26 oktober 2026.", "Fil för 2609")
    listed = [unescape(each) for each in boxes.elements.links if "/reports/ec-sales" in each]
    page = finance.open(listed[-1])
    assert page.says("DK13585628", "Varor", "Tjänster") and "US" not in page.words
    view = sold.institute.services.vat_return_questions.vat_view(sold.institute.finance, date(2026, 9, 1))
    [row] = sold.institute.services.vat_return_questions.ec_sales(sold.institute.finance)
    exact = {each.no: each.exact for each in view.boxes}
    assert (row.goods, row.services) == (exact["35"], exact["39"])
    address = next(unescape(each) for each in boxes.elements.links if "until=2026-09-30" in each and ".txt" in each)
    saved = finance.client.get(address)
    assert saved.headers["Content-Disposition"] == 'attachment; filename="periodisk-2609.txt"'
    head, who, *lines = saved.data.decode("iso-8859-1").splitlines()
    assert head == "SKV574008;" and who.startswith("SE") and who.split(";")[1] == "2609"
    assert lines == [f"DK13585628;{row.goods // 100};;{row.services // 100};"]
    assert finance.client.get(address.replace("09-30", "09-29")).status_code == 422
    assert sold.browser("anna").client.get(address).status_code == 403


LEFT = {
    "sv": (
        (
            "Dagarna 1 juli 2026 till 31 juli 2026 är redan deklarerade (deklaration 1). "
            "Nästa att deklarera är 1 augusti 2026 till 31 augusti 2026."
        ),
        "Perioder som är slut och inte deklarerade:",
    ),
    "en": (
        (
            "The days 1 July 2026 to 31 July 2026 have been declared already (return 1). "
            "Next to declare are 1 August 2026 to 31 August 2026."
        ),
        "Periods that are over and not declared:",
    ),
}


@pytest.mark.parametrize("language", LEFT)
def test_what_has_been_declared_is_not_declared_again_in_a_longer_period(database_url: str, language: str) -> None:
    with stage(database_url) as made:
        institute = made.institute
        institute.services.vat_returns.choose_period(institute.finance, ChooseVatPeriod(1))
        institute.at(2026, 10, 5)
        institute.catch_up()
        july = DeclareVat(date(2026, 7, 1), date(2026, 7, 31))
        institute.services.vat_returns.declare(institute.finance, july)
        institute.services.vat_returns.choose_period(institute.finance, ChooseVatPeriod(3))
        finance = made.browser("finance", language)
        refusal, left = LEFT[language]
        page = finance.open(f"/{SLUG}/bookkeeping/vat?on=2026-08-15")
        assert page.says(left) and any("on=2026-09-01" in each for each in page.elements.links)
        quarter = finance.send(page, "box_48", from_on="2026-07-01", until_on="2026-09-30")
        assert quarter.says(refusal)
        assert finance.send(page, "box_48").status == 200
        assert [each.number for each in institute.services.vat_return_questions.vat_returns(institute.finance)] == [
            2,
            1,
        ]
