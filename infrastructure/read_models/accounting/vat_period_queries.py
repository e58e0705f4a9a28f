"""An organiser's periods of VAT: how long they are, what has been declared of them, and what is left between."""

from __future__ import annotations

from datetime import date

from domain.accounting.bookkeeping import QUARTER, Bookkeeping
from domain.accounting.vat_return import VatReturn, undeclared_in, vat_length, vat_period
from domain.kernel.financial_year import FinancialYear
from domain.kernel.ids import OrganiserId
from infrastructure.read_models.accounting.financial_year_queries import FinancialYearTables
from infrastructure.read_models.kernel.query import Reader, read_json

_MONTHS = "select vat_months from bookkeeping.books where organiser_id = %s"
_RETURNS = "select vat_return::text from bookkeeping.vat_return where books_id = %s order by number"


class VatPeriods:
    """As they are now. `months`: the length that was chosen; `returns`: those made, in order."""

    def __init__(self, reader: Reader, organiser_id: OrganiserId) -> None:
        months = reader.query(_MONTHS, [organiser_id])
        self.months = int(months[0][0]) if months else QUARTER
        made = reader.query(_RETURNS, [Bookkeeping.create_id(organiser_id)])
        self.returns = [read_json(VatReturn, each) for (each,) in made]
        self._years = FinancialYearTables(reader).of(organiser_id)

    def of(self, day: date) -> FinancialYear:
        """The period that a day is in."""
        return vat_period(day, self.months, self._years, self.returns)

    def length_of(self, period: FinancialYear) -> int:
        """How many months a period has; a financial year 12."""
        return vat_length(period, self._years)

    def left_before(self, day: date) -> tuple[FinancialYear, ...]:
        """What has not been declared between the first day that was and the period of a day."""
        first = min((each.from_on for each in self.returns), default=None)
        last = self.of(day).first - date.resolution
        if first is None or last < first:
            return ()
        return tuple(undeclared_in(FinancialYear(first, last), self.months, self._years, self.returns))
