"""Which numbers in words may be a document's own, and which are plainly of something else."""

from __future__ import annotations

import pytest

from domain.kernel.documents import ocr_of
from domain.kernel.said_numbers import numbers_in, numbers_referred, ocrs_in


@pytest.mark.parametrize(
    "text",
    ["Faktura 12", "Fakt.nr:12", "fakt nr 12", "F12", "#12", "inv-12", "faktura 12/2026", "12", "Bolt AB 12.",
     "Faktura 12, 2026-08-31", "FAKT NR 12, KUNDNR 17", "kund 17 faktura 12", "faktura 12 7 500,00 kr", "nr 000012"],
)  # fmt: skip
def test_a_number_of_its_own_may_be_a_documents(text: str) -> None:
    assert 12 in numbers_in(text) and 17 not in numbers_in(text)


@pytest.mark.parametrize(
    "text",
    ["2026-08-12", "2026-12", "12 maj", "12 maj 2026", "maj 2026", "12/11", "12.11.2026", "kl 10:12", "12:30",
     "08-123 45 12", "070-12 345 67", "+46 70 12 345 67", "0046 70 1234512", "556999-0012", "991-2346", "12345-6",
     "7 500,00 kr", "12 500,00", "12 500.00", "1.012,50", "12 kr", "7 500 kr", "12:-", "12 st platser", "12 %",
     "Storgatan 12", "Vasaplan 12", "Box 12", "lokal 12", "v. 12", "vecka 12", "223 12 Lund", "kundnr 12", "medlem 12",
     "1.12E+12", "1,00012E+06"],
)  # fmt: skip
def test_days_sums_telephones_and_streets_are_no_document(text: str) -> None:
    assert numbers_in(text) == ()


def test_an_ocr_is_known_by_its_check_digits_wherever_it_stands() -> None:
    ocr = ocr_of(10042)
    assert ocrs_in(f"lokal {ocr}") == (10042,) == ocrs_in(f"OCR {ocr[:3]} {ocr[3:]}")
    assert numbers_referred(ocr) == numbers_referred(ocr.zfill(25)) == (10042, int(ocr))
    assert numbers_referred("10042") == (10042,)
    assert numbers_referred("1.00042E+06") == ()
    assert numbers_referred(ocr, is_checked=True)[0] == 10042 and numbers_referred("10042", is_checked=True) == ()


def test_what_is_one_documents_ocr_may_be_another_documents_number() -> None:
    assert ocr_of(1) == "133" and numbers_referred("133") == (1, 133) == numbers_referred("133", is_checked=True)
