"""The bench of bank files: so many payments read, shown and taken in, beside what it costs just to parse the file."""

from __future__ import annotations

import csv
import io
import os
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from lxml import etree

from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking
from application.kernel.actor import Actor, Role
from application.people.participant import TO_BE_NAMED
from bench.apart import apart
from bench.machine import describe
from bench.town import Town, furnish
from infrastructure.bank.files import BankFiles
from infrastructure.kernel.settings import Settings
from web.wiring import Installation, build

SIZES = (1_000, 10_000)
INVOICES_EACH, MOST_INVOICES = 10, 100
"""Of so many entries one pays a part of an invoice; the others belong nowhere yet. So many invoices in all."""

MOST_S = 90.0
"""A size that would not be through by then, as the one before it went, is left out."""

AT_LEAST_PER_SECOND, AT_LEAST_RATIO, AT_MOST_S = 2_000, 0.7, 5.0

_LINEAR = ("read", "shown", "taken_in", "known_again")

Say = Callable[[str], None]
Report = dict[str, Any]


def measure(settings: Settings, say: Say, sizes: Sequence[int] = SIZES) -> Report:
    """Read, show and take in files of each size in a database of their own. Ends within `MOST_S` or little more."""
    with apart(settings) as alone:
        house = build(alone.database_url or "", alone)
        try:
            report: Report = {"machine": describe(), "load": os.getloadavg()[0]}
            town = furnish(house.services, seasons=1, people=1)
            say("invoices are made")
            ocrs = _invoiced(house, town, min(max(sizes) // INVOICES_EACH, MOST_INVOICES))
            finance = Actor("bench-finance", town.admin.organiser_id, frozenset({Role.FINANCE}))
            left_out = _of_each_size(report, sizes, lambda size: _of_size(house, finance, size, ocrs), say)
        finally:
            house.close()
    against = _against(report, [str(size) for size in sizes if size not in left_out])
    against["missed"] += [f"{size} entries: no time" for size in left_out]
    return report | against


def _of_each_size(report: Report, sizes: Sequence[int], measured: Callable[[int], Report], say: Say) -> list[int]:
    """The sizes that were left out for want of time."""
    began, took, left_out = time.perf_counter(), 0.0, list[int]()
    for size in sizes:
        start = time.perf_counter()
        if took and start - began + took * size > MOST_S:
            left_out.append(size)
            continue
        say(f"{size} entries")
        report[str(size)] = measured(size)
        took = (time.perf_counter() - start) / size
    return left_out


def _invoiced(house: Installation, town: Town, number: int) -> list[str]:
    """The OCR of so many open invoices."""
    for _ in range(number):
        house.services.bookings.make(town.admin, MakeBooking(town.seasons[0], (TO_BE_NAMED,), town.organisation_id))
    house.worker.catch_up()
    ocrs, after = [], None
    while True:
        page = house.services.invoice_questions.list(town.admin, DocumentFilter(kind="invoice"), after=after)
        ocrs += [row.ocr for row in page.items if row.ocr]
        if (after := page.next_cursor) is None:
            return ocrs


_TOLD_ON = date(2026, 11, 27)
"""The day of every payment in the files."""


def _of_size(house: Installation, finance: Actor, size: int, ocrs: Sequence[str]) -> Report:
    camt = camt_of(size, ocrs)
    columns = _columns_of(size)
    bank = house.services.bank
    rates: Report = {"megabytes": round(len(camt) / 1e6, 1)}
    with _timed(rates, "floor_xml_per_second", size):
        for _, element in etree.iterparse(io.BytesIO(camt), tag="{*}Ntry"):
            element.clear()
    with _timed(rates, "floor_csv_per_second", size):
        sum(1 for _ in csv.reader(io.StringIO(columns.decode()), delimiter=";"))
    with _timed(rates, "read_per_second", size):
        sum(1 for _ in BankFiles().told(camt, _TOLD_ON))
    with _timed(rates, "read_columns_per_second", size):
        sum(1 for _ in BankFiles().told(columns, _TOLD_ON))
    with _timed(rates, "shown_per_second", size):
        bank.overview(finance, camt)
    rates["memory_mib"] = _peak(lambda: bank.overview(finance, camt))
    with _timed(rates, "taken_in_per_second", size):
        taken = bank.import_file(finance, camt)
    house.worker.catch_up()
    with _timed(rates, "known_again_per_second", size):
        again = bank.import_file(finance, camt)
    return rates | {"new": taken.new, "matched": taken.matched, "new_again": again.new}


def camt_of(size: int, ocrs: Sequence[str]) -> bytes:
    """A statement of so many payments."""
    return "".join(_statement(size, ocrs)).encode()


def _statement(size: int, ocrs: Sequence[str]) -> Iterator[str]:
    yield '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>'
    yield f"<Id>S{size}</Id><Acct><Id><IBAN>SE3550000000054910000003</IBAN></Id><Ccy>SEK</Ccy></Acct>"
    for no in range(size):
        is_for_invoice = ocrs and no % INVOICES_EACH == 0
        reference = (
            f"<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp>"
            f"<Ref>{ocrs[no // INVOICES_EACH % len(ocrs)]}</Ref></CdtrRefInf></Strd>"
            if is_for_invoice
            else f"<Ustrd>Tack för kursen {size}{no:05d}</Ustrd>"
        )
        yield (
            f'<Ntry><Amt Ccy="SEK">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
            f"<BookgDt><Dt>2026-11-27</Dt></BookgDt><ValDt><Dt>2026-11-27</Dt></ValDt>"
            f"<AcctSvcrRef>B{size}-{no}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd>"
            f"<SubFmlyCd>VCOM</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><AcctSvcrRef>D{size}-{no}"
            f'</AcctSvcrRef><EndToEndId>NOTPROVIDED</EndToEndId></Refs><Amt Ccy="SEK">1.00</Amt>'
            f"<CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Pty><Nm>Kundbolaget {no} AB</Nm></Pty></Dbtr></RltdPties>"
            f"<RmtInf>{reference}</RmtInf></TxDtls></NtryDtls></Ntry>"
        )
    yield "</Stmt></BkToCstmrStmt></Document>"


def _columns_of(size: int) -> bytes:
    rows = (f"2026-11-27;Tack för kursen {no};1,00;{size - no},00" for no in range(size))
    return ("Bokföringsdatum;Text;Belopp;Saldo\n" + "\n".join(rows) + "\n").encode()


@contextmanager
def _timed(rates: Report, name: str, size: int) -> Iterator[None]:
    began, cpu = time.perf_counter(), time.process_time()
    yield
    rates[name] = round(size / (time.perf_counter() - began))
    rates[name.replace("_per_second", "_cpu_us")] = round((time.process_time() - cpu) / size * 1e6)


def _peak(act: Callable[[], object]) -> float:
    """How much memory an act holds at most beyond what was there, in MiB."""
    tracemalloc.start()
    try:
        act()
        return round(tracemalloc.get_traced_memory()[1] / 2**20, 1)
    finally:
        tracemalloc.stop()


def _against(report: Report, sizes: Sequence[str]) -> Report:
    small, large = report[sizes[0]], report[sizes[-1]]
    ratios = {
        name: round(large[f"{name}_per_second"] / small[f"{name}_per_second"], 2)
        for name in ("read", "shown", "taken_in", "known_again")
    }
    most_s = round(int(sizes[-1]) / large["shown_per_second"], 1)
    ratios["read to bare XML"] = round(large["read_per_second"] / large["floor_xml_per_second"], 2)
    missed = [f"{name}: {ratio}" for name, ratio in ratios.items() if name in _LINEAR and ratio < AT_LEAST_RATIO]
    for name in ("shown", "taken_in"):
        rate = large[f"{name}_per_second"]
        missed += [f"{name}: {rate} a second"] * (rate < AT_LEAST_PER_SECOND)
    missed += [f"shown after {most_s} s"] * (most_s > AT_MOST_S)
    to_reach = {"per_second": AT_LEAST_PER_SECOND, "ratio": AT_LEAST_RATIO, "seconds": AT_MOST_S}
    return {"ratios": ratios, "to_reach": to_reach, "missed": missed}
