"""The VAT report and the VAT return name every kind of VAT there is, and lead to the documents behind each."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

import pytest

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
