"""Which financial years an organiser has told, for whatever depends on when one ends."""

from __future__ import annotations

from uuid import UUID

from domain.kernel.financial_year import FinancialYear, FinancialYears, ToldYear
from infrastructure.read_models.kernel.query import Tables

_TOLD = """
select first_on, last_on, told_on from bookkeeping.financial_year where organiser_id = %s order by position"""


class FinancialYearTables(Tables):
    """`YearsKnown`, from the years told."""

    def of(self, organiser_id: UUID) -> FinancialYears:
        """As they follow from what has been told; calendar years where nothing has."""
        rows = self._reader.query(_TOLD, [organiser_id])
        return FinancialYears(tuple(ToldYear(FinancialYear(first, last), told_on) for first, last, told_on in rows))
