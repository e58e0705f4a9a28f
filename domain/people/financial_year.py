"""The financial years of an organiser, as somebody tells them."""

from __future__ import annotations

from datetime import date

from domain.kernel.aggregate import Aggregate, Part
from domain.kernel.financial_year import FinancialYear, FinancialYears, ToldYear, financial_year


class OrganiserYears(Part):
    """Of an organiser: its financial years."""

    years: FinancialYears

    class FinancialYearTold(Aggregate.Event):
        first_on: date
        last_on: date
        told_on: date

        def apply(self, organiser: OrganiserYears) -> None:
            year = ToldYear(FinancialYear(self.first_on, self.last_on), self.told_on)
            organiser.years = FinancialYears((*organiser.years.told, year))

    def tell_financial_year(self, first: date, last: date, today: date) -> FinancialYears:
        """Say when a year begins and ends; what is so already changes nothing. Raises BadValue, YearsHaveGap."""
        year = financial_year(first, last)
        years = self.years.told_anew(year, today)
        if self.years.year_of(first) != year or not self.years.told:
            self.record(self.FinancialYearTold(first_on=first, last_on=last, told_on=today))
        return years
