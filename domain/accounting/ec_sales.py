"""The EC sales list (periodisk sammanställning, SFL 35 kap.): what buyers elsewhere in the Union bought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.accounting.filing_day import month_after, working_day
from domain.kernel.errors import BadValue

_QUARTER = 3
_DUE = 25


@dataclass(frozen=True)
class EcPeriod:
    """A calendar month, or a calendar quarter, of local days; both included."""

    first: date
    last: date

    @property
    def months(self) -> int:
        """How long it is."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def code(self) -> str:
        """As the tax agency writes it: "2612" for a month, "26-4" for a quarter."""
        if self.months == 1:
            return f"{self.first:%y%m}"
        return f"{self.first:%y}-{self.last.month // _QUARTER}"

    @property
    def due_on(self) -> date:
        """By when the list is handed in electronically: the 25th of the month after, or the next working day."""
        return working_day(month_after(self.last, 1).replace(day=_DUE))


def ec_period(first: date, last: date) -> EcPeriod:
    """The period of these days. Raises BadValue for what is neither a calendar month nor a calendar quarter."""
    found = EcPeriod(first, last)
    is_whole = first.day == 1 and month_after(last, 1) - date.resolution == last
    is_quarter = found.months == _QUARTER and last.month % _QUARTER == 0
    if not (is_whole and (found.months == 1 or is_quarter)):
        raise BadValue(field="from_on", why="is no calendar month and no calendar quarter")
    return found


def last_quarter(today: date) -> EcPeriod:
    """The calendar quarter that was over last, on a local day."""
    begun = month_after(today, -((today.month - 1) % _QUARTER))
    return EcPeriod(month_after(begun, -_QUARTER), begun - date.resolution)


def ec_periods(first: date, last: date, *, has_goods: bool) -> tuple[EcPeriod, ...]:
    """The lists that end within a period of VAT: by month where goods were sold (35:4), else by quarter."""
    found, start = [], first.replace(day=1)
    while start <= last:
        end = month_after(start, 1) - date.resolution
        if end <= last:
            if has_goods:
                found.append(EcPeriod(start, end))
            elif end.month % _QUARTER == 0:
                found.append(EcPeriod(month_after(end, 1 - _QUARTER), end))
        start = month_after(start, 1)
    return tuple(found)
