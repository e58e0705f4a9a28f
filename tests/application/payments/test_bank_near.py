"""Payments with the sum and the day of an entry are looked up, not gone through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast
from uuid import UUID

import pytest

from application.payments import bank_near
from application.payments.bank_entry import BankEntry
from application.payments.bank_identity import Likeness, Said, likeness
from application.payments.bank_near import FileNames, NearPayments
from application.payments.queries.bank_file import KnownPayment
from application.payments.queries.payment import PaymentRecords
from domain.kernel.ids import OrganiserId

INSTITUTE = OrganiserId(UUID(int=7))
DAY, FEE, MANY = date(2026, 11, 27), 50_000, 300


class Records:
    """Payments of one sum and day, and how often is asked for them."""

    def __init__(self, rows: Sequence[KnownPayment]) -> None:
        self.rows, self.asked = tuple(rows), 0

    def arrived_near(
        self, organiser_id: UUID, days: tuple[date, date], amounts: Sequence[int]
    ) -> tuple[KnownPayment, ...]:
        assert (organiser_id, days[0] <= DAY <= days[1], list(amounts)) == (INSTITUTE, True, [FEE])
        self.asked += 1
        return self.rows


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The payments with which entries have been compared."""
    pairs: list[UUID] = []

    def counted(entry: BankEntry, ours: Said, known: KnownPayment, theirs: Said) -> Likeness:
        pairs.append(known.payment_id)
        return likeness(entry, ours, known, theirs)

    monkeypatch.setattr(bank_near, "likeness", counted)
    return pairs


def known(no: int, source: str, reference: str = "", bank_reference: str = "", payer: str = "") -> KnownPayment:
    told = "", "", bank_reference, "statement", None, "november.xml", DAY
    return KnownPayment(UUID(int=no << 80), source, FEE, FEE, "SEK", reference, DAY, payer, *told)


def entry(source: str, reference: str = "", bank_reference: str = "", text: str = "") -> BankEntry:
    return BankEntry(source, FEE, "SEK", reference, text, "", DAY, is_reversal=False, bank_reference=bank_reference)


def near(rows: Sequence[KnownPayment], entries: Sequence[BankEntry]) -> tuple[NearPayments, Records]:
    names, records = FileNames(), Records(rows)
    for each in entries:
        names.count(INSTITUTE, each)
    return NearPayments(cast(PaymentRecords, records), INSTITUTE, names), records


def test_a_sum_is_asked_for_once_in_a_file() -> None:
    entries = [entry(f"camt/{no}", bank_reference=f"N{no}") for no in range(3)]
    looked, records = near([], entries)
    for each in entries:
        looked.look_at([each])
    assert records.asked == 1


def test_the_banks_own_name_keeps_entries_of_one_format_apart_without_a_look(compared: list[UUID]) -> None:
    entries = [entry(f"camt/new/{no}", bank_reference=f"N{no}") for no in range(MANY)]
    looked, _ = near([known(no, f"camt/{no}", bank_reference=f"B{no}") for no in range(MANY)], entries)
    looked.look_at(entries)
    assert {looked.alike(each)[0] for each in entries} == {Likeness.OTHER}
    assert compared == []


def test_a_reference_finds_its_payment_by_another_format_at_once(compared: list[UUID]) -> None:
    entries = [entry(f"csv/2/{no}/1", reference=f"{1_000 + no}") for no in reversed(range(MANY))]
    looked, _ = near([known(no, f"camt/{no}", reference=f"{1_000 + no}") for no in range(MANY)], entries)
    looked.look_at(entries)
    found = [looked.alike(each) for each in entries]
    assert [like for like, _ in found] == [Likeness.SAME] * MANY
    assert [row.reference for _, row in found if row] == [each.reference for each in entries]
    assert len(compared) == MANY


def test_each_payment_is_taken_for_one_entry(compared: list[UUID]) -> None:
    entries = [entry(f"csv/2/a/{no}", text="Årsavgift Kundbolaget") for no in (1, 2)]
    looked, _ = near([known(1, "camt/1", payer="Kundbolaget AB · Årsavgift Kundbolaget")], entries)
    looked.look_at(entries)
    assert [looked.alike(each)[0] for each in entries] == [Likeness.SAME, Likeness.OTHER]
    assert len(compared) == 1
