"""Whether what files say of an account follows: its balances, and the days that no file has told of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from application.payments.bank_identity import accounts_differ
from application.payments.queries.bank_file import BankFileRow
from domain.payments.origin import Statement

_WHOLE_DAYS = ("statement", "columns")
"""Of such files one begins where another ended; a notification or a report of the day tells only some entries."""
_DAY = timedelta(days=1)
_MOST_SHOWN = 40


@dataclass(frozen=True)
class StatementCheck:
    """What a file says of an account, checked.

    `difference`: by how much (öre) its closing balance is not its opening balance with its entries. `before`: the
    closing balance of the file before it, `gap`: by how much its opening balance is not that (None: nothing to compare
    with); then `missing_from` to `missing_until` are the days that miss (the day that both touch, where they follow
    each other). `is_known_account`: a file of the account has been taken in before, or none of any.
    """

    statement: Statement
    difference: int
    before: int | None = None
    gap: int | None = None
    missing_from: date | None = None
    missing_until: date | None = None
    is_known_account: bool = True


@dataclass(frozen=True)
class TakenStatement:
    """A statement that has been taken in: in which file, and on which day."""

    file: str
    taken_on: date
    check: StatementCheck


def following(statements: Sequence[Statement], files: Sequence[BankFileRow]) -> tuple[StatementCheck, ...]:
    """Statements of a file as they follow those that were taken in before."""
    earlier = [each for file in files for each in file.statements]
    checks: list[StatementCheck] = []
    for each in statements:
        checks.append(_checked(each, earlier))
        earlier.append(each)
    return tuple(checks)


def taken(files: Sequence[BankFileRow]) -> tuple[TakenStatement, ...]:
    """All statements that have been taken in, each as it follows the others, the latest days first."""
    every = [each for file in files for each in file.statements]
    rows = [
        TakenStatement(file.name, file.taken_on, _checked(each, [one for one in every if one is not each]))
        for file in files[:_MOST_SHOWN]
        for each in file.statements
    ]
    return tuple(sorted(rows, key=_days_of, reverse=True))


def _days_of(row: TakenStatement) -> tuple[date, date]:
    return row.check.statement.until_on or row.taken_on, row.taken_on


def _checked(statement: Statement, others: Sequence[Statement]) -> StatementCheck:
    same = [each for each in others if _is_same_account(statement, each)]
    named = [each for each in others if each.account]
    is_known = not statement.account or not named or bool(same)
    check = StatementCheck(statement, statement.difference, is_known_account=is_known)
    last = max(_before(statement, same), key=lambda each: each.until_on or date.min, default=None)
    if last is None or last.until_on is None or last.closing is None or statement.opening is None:
        return check
    gap = statement.opening - last.closing
    first, until = last.until_on + _DAY, (statement.from_on or last.until_on) - _DAY
    if not gap:
        return replace(check, before=last.closing, gap=0)
    missing = (first, until) if first <= until else (last.until_on, last.until_on)
    return replace(check, before=last.closing, gap=gap, missing_from=missing[0], missing_until=missing[1])


def _before(statement: Statement, others: Sequence[Statement]) -> Iterator[Statement]:
    """Those that end before it begins; whatever covers some of its own days says nothing of what came before."""
    for each in others:
        has_balances = each.closing is not None and each.kind in _WHOLE_DAYS and statement.kind in _WHOLE_DAYS
        is_before = each.until_on is not None and statement.from_on is not None and each.until_on < statement.from_on
        if has_balances and is_before:
            yield each


def _is_same_account(one: Statement, other: Statement) -> bool:
    is_named = bool(one.account) == bool(other.account)
    return is_named and one.currency == other.currency and not accounts_differ(one.account, other.account)
