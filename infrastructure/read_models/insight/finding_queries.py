"""What the search answers: documents by number, sum, reference or payer, each through an index of its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from application.insight.finding import FoundDocument, Meant
from infrastructure.read_models.kernel.query import Reader

_ROW = """
select d.document_id, d.kind, d.number, d.details, d.issued_on, d.gross + d.rounding, coalesce(a.balance, 0), d.currency
from invoice.document d left join invoice.account a on a.document_id = d.document_id """

_NUMBER = "select document_id from invoice.document where organiser_id = %s and number = any(%s::bigint[])"
_SUM = "select document_id from invoice.document where organiser_id = %s and abs(gross + rounding) = any(%s::bigint[])"
_BALANCE = """
select document_id from invoice.account where organiser_id = %s and balance > 0 and balance = any(%s::bigint[])"""
_REFERENCE = """
select document_id from invoice.document where organiser_id = %s and reference <> '' and lower(reference) = lower(%s)"""
_PAYER = """
select document_id from invoice.document where organiser_id = %s and person_id = any(array(
    select same_id from people.known_as where person_id = any(%s::uuid[])))"""


class FindingTables:
    """`application.insight.finding.FindingModel` on the read models' tables."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def fitting(self, organiser_id: UUID, meant: Meant, limit: int) -> tuple[FoundDocument, ...]:
        """The organiser's documents that any of the meanings fits, latest first."""
        chosen: list[str] = []
        given: list[Any] = []
        for statement, wanted in ((_NUMBER, meant.numbers), (_SUM, meant.sums), (_BALANCE, meant.sums)):
            if wanted:
                chosen.append(statement)
                given += [organiser_id, list(wanted)]
        if meant.reference:
            chosen.append(_REFERENCE)
            given += [organiser_id, meant.reference]
        if meant.people:
            chosen.append(_PAYER)
            given += [organiser_id, list(meant.people)]
        if not chosen:
            return ()
        statement = f"{_ROW} where d.document_id in ({' union '.join(chosen)}) order by d.position desc limit %s"
        rows = self._reader.query(statement, [*given, limit])
        buyers = self._reader.typed_names([row[3] for row in rows])
        cells = ([*row[:3], buyer, *row[4:]] for row, buyer in zip(rows, buyers, strict=True))
        return tuple(FoundDocument(*each) for each in cells)
