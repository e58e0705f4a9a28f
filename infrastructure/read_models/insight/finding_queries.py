"""What the search answers: documents by number, sum, reference or payer, each through an index of its own."""

from __future__ import annotations

from application.insight.finding import MOST, Finding, FoundDocument, Meant
from application.kernel.actor import Actor
from application.people.queries.people import PeopleQuestions
from infrastructure.read_models.kernel.query import Reader, Shape, Tables

_ROW = """
select d.document_id, d.kind, d.number, d.details as buyer, d.issued_on, d.gross + d.rounding as payable,
coalesce(a.balance, 0) as balance, d.currency
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


_DOCUMENT = Shape(FoundDocument, typed=("buyer",))


class FindingTables(Tables, Finding):
    """Documents by all that is known of them."""

    def __init__(self, reader: Reader, people: PeopleQuestions) -> None:
        super().__init__(reader)
        self._people = people

    def _fitting(self, actor: Actor, meant: Meant) -> tuple[FoundDocument, ...]:
        meanings = {
            _NUMBER: list(meant.numbers),
            _SUM: list(meant.sums),
            _BALANCE: list(meant.sums),
            _REFERENCE: meant.reference,
            _PAYER: list(meant.people),
        }
        chosen = {statement: wanted for statement, wanted in meanings.items() if wanted}
        if not chosen:
            return ()
        statement = f"{_ROW} where d.document_id in ({' union '.join(chosen)}) order by d.position desc limit {MOST}"
        values = [value for wanted in chosen.values() for value in (actor.organiser_id, wanted)]
        return self._reader.rows(_DOCUMENT, statement, values)
