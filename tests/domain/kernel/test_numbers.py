"""Numbers that others have given: every kind in the forms people write it in, and what cannot be one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.kernel.errors import BadValue
from domain.kernel.numbers import (
    bankgiro_of,
    bic_of,
    iban_of,
    is_in_eu,
    org_number_in,
    org_number_of,
    peppol_id_of,
    plusgiro_of,
    vat_number_in,
)


def test_an_organisation_number_has_its_check_digit() -> None:
    assert [org_number_of(number) for number in ("556999-0004", "2120009903", "556999 1002")] == [
        "5569990004",
        "2120009903",
        "5569991002",
    ]


@pytest.mark.parametrize("value", ["556999-0005", "556999-000", "55699900045", "abcdefghij", "٥٥٦٩٩٩٠٠٠٤", ""])
def test_an_impossible_number_is_refused(value: str) -> None:
    with pytest.raises(BadValue):
        org_number_of(value)


@pytest.mark.parametrize(
    ("country", "typed", "kept"),
    [
        *(("SE", "SE556999000401", "SE556999000401"), ("SE", "556999-0004 01", "SE556999000401")),
        *(("NO", "974 760 673", "NO974760673MVA"), ("NO", "NO974760673MVA", "NO974760673MVA")),
        *(("DK", "13585628", "DK13585628"), ("DK", "dk 13 58 56 28", "DK13585628")),
        *(("FI", "2077474-0", "FI20774740"), ("FI", "FI20774740", "FI20774740")),
        *(("DE", "136695976", "DE136695976"), ("NL", "NL004495445B01", "NL004495445B01")),
        *(("AT", "U13585627", "ATU13585627"), ("GR", "094259216", "EL094259216")),
        *(("GR", "GR094259216", "EL094259216"), ("SE", "GR 094259216", "EL094259216")),
        *(
            ("DE", "DE\N{EN DASH}136\N{NO-BREAK SPACE}695 976", "DE136695976"),
            ("FI", "fi2077474\N{EN DASH}0", "FI20774740"),
        ),
        *(("SE", "DK13585628", "DK13585628"), ("US", "12-3456789", "US123456789"), ("SE", " ", "")),
        *(("CH", "CHE-107.787.577 IVA", "CHE107787577IVA"), ("GB", "980780684", "GB980780684")),
    ],
)
def test_a_vat_number_is_kept_with_its_country_before_it(country: str, typed: str, kept: str) -> None:
    """BR-CO-09, SE-R-001, NO-R-001: also where somebody is registered in another country than their own."""
    assert vat_number_in(country, typed) == kept


@pytest.mark.parametrize(
    ("country", "typed"),
    [
        *(("SE", "SE5569990004"), ("SE", "556999-0004"), ("SE", "SE556999000501"), ("SE", "SE556999000402")),
        *(("SE", "SE"), ("NO", "912345678"), ("DK", "DK13585629"), ("FI", "2077474-1"), ("DE", "DE136695977")),
        *(("SE", "SE556999000401\nSE"), ("EE", "EE1"), ("PL", "PL1234567890")),
    ],
)
def test_a_vat_number_that_cannot_be_one_is_refused_at_its_field(country: str, typed: str) -> None:
    with pytest.raises(BadValue) as refused:
        vat_number_in(country, typed)
    assert refused.value.facts["field"] == "vat_number"


@pytest.mark.parametrize(
    ("country", "typed", "kept"),
    [
        *(("NO", "974 760 673", "974760673"), ("NO", "NO974760673MVA", "974760673"), ("DK", "DK13585628", "13585628")),
        *(("FI", "2077474-0", "20774740"), ("SE", "556999-0004", "5569990004"), ("DE", "HRB 12345", "HRB 12345")),
    ],
)
def test_an_organisation_number_is_as_its_country_writes_it(country: str, typed: str, kept: str) -> None:
    assert org_number_in(country, typed) == kept


@pytest.mark.parametrize(
    ("country", "typed"), [("NO", "912345678"), ("DK", "13585629"), ("FI", "2077474-1"), ("NO", ""), ("xx", "1")]
)
def test_an_impossible_foreign_number_is_refused(country: str, typed: str) -> None:
    with pytest.raises(BadValue):
        org_number_in(country, typed)


@pytest.mark.parametrize(
    ("normalise", "typed", "kept"),
    [
        *((bankgiro_of, "9912346", "991-2346"), (bankgiro_of, "5050 1055", "5050-1055"), (bankgiro_of, "", "")),
        *((plusgiro_of, "90 20 03 - 3", "902003-3"), (plusgiro_of, "", "")),
        *((iban_of, "SE45 5000 0000 0583 9825 7466", "SE4550000000058398257466"), (iban_of, "", "")),
        *((bic_of, "essesess", "ESSESESS"), (bic_of, "", "")),
        *(
            (peppol_id_of, "0007:212000-9903", "0007:2120009903"),
            (peppol_id_of, "0088:7350000000009", "0088:7350000000009"),
        ),
        *((peppol_id_of, "0192:974760673", "0192:974760673"), (peppol_id_of, "0184:13585628", "0184:DK13585628")),
        *((peppol_id_of, "0216:003720774740", "0216:003720774740"), (peppol_id_of, "9930:DE1", "9930:DE1")),
    ],
)
def test_an_account_or_address_is_kept_in_one_form(normalise: Callable[[str], str], typed: str, kept: str) -> None:
    assert normalise(typed) == kept


@pytest.mark.parametrize(
    ("normalise", "typed"),
    [
        *((bankgiro_of, "991-2347"), (bankgiro_of, "12345"), (bankgiro_of, "991234x"), (plusgiro_of, "902003-4")),
        *((plusgiro_of, "123456789"), (iban_of, "SE4550000000058398257467"), (iban_of, "SE45"), (bic_of, "ESSE")),
        *((peppol_id_of, "0088:7350000000008"), (peppol_id_of, "0192:974760674"), (peppol_id_of, "0184:13585629")),
        *(
            (peppol_id_of, "0216:003720774741"),
            (peppol_id_of, "9955:SE556999000401"),
            (peppol_id_of, "0007:556999-0005"),
        ),
    ],
)
def test_an_account_or_address_that_cannot_be_is_refused(normalise: Callable[[str], str], typed: str) -> None:
    with pytest.raises(BadValue):
        normalise(typed)


def test_a_vat_number_says_whether_its_country_is_in_the_union() -> None:
    assert [is_in_eu(each) for each in ("DK13585628", "EL094259216", "NO974760673MVA", "GB980780684", "")] == [
        *(True, True, False, False, False)
    ]


@pytest.mark.parametrize(
    "dash", ["\N{EN DASH}", "\N{NON-BREAKING HYPHEN}", "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}", " "]
)
def test_a_number_copied_from_a_document_is_the_same_whatever_stands_between_its_figures(dash: str) -> None:
    assert org_number_in("SE", f"556999{dash}0004") == "5569990004"
    assert (bankgiro_of(f"991{dash}2346"), plusgiro_of(f"902003{dash}3")) == ("991-2346", "902003-3")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0184:dk13585628", "0184:DK13585628"),
     ("0192: 974 760 673", "0192:974760673"), ("0007: 556999-0004", "0007:5569990004")],
)  # fmt: skip
def test_an_electronic_address_is_kept_as_its_scheme_writes_it(typed: str, kept: str) -> None:
    assert peppol_id_of(typed) == kept
