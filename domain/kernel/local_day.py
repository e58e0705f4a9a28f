"""Local days and months that are reckoned with: others have been mistyped, and may have no neighbours."""

from __future__ import annotations

import re
from datetime import date

from domain.kernel.errors import BadValue

FIRST_YEAR, LAST_YEAR = 1900, 2200

_MONTH = re.compile(r"([0-9]{4})-(0?[1-9]|1[0-2])")


def is_reckoned(day: date) -> bool:
    """Whether a local day, or the day of a local time, lies in the years that are reckoned with."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def month_named(text: str) -> str:
    """A month as YYYY-MM; "2027-1" is written out, as browsers without a field for months leave it to people.

    Raises BadValue for all else, and for a month of a year that nobody means.
    """
    found = _MONTH.fullmatch(text)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise BadValue(field="month", why="a month is written YYYY-MM")
    return f"{found[1]}-{int(found[2]):02}"
