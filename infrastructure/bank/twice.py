"""Headings that stand twice above columns of sums: what the payer ordered beside what came to the account, say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from application.payments.bank_entry import BankHeadingTwice
from infrastructure.bank.amounts import balances_follow
from infrastructure.bank.layouts import Columns

_OF_ENTRIES = ("amount", "credit", "debit")
_BOOKS = "SEK"

Rows = Sequence[Sequence[str]]


def settled(columns: Columns, rows: Rows) -> Columns:
    """The columns of the account's own money, where several have one heading.

    Told by the balances that follow from them, or else by the one that names no other currency, or the one whose column
    of currencies is the account's. A balance that nothing follows to is none. Raises BankHeadingTwice.
    """
    twice = {
        name: places
        for name in (*_OF_ENTRIES, "balance")
        if len(places := _differing(columns.either.get(name, ()), rows)) > 1
    }
    if not twice:
        return _with_its_currency(columns)
    adding_up = [each for each in _choices(columns, twice) if _adds_up(each, rows)]
    if len(adding_up) == 1:
        return _with_its_currency(adding_up[0])
    if "balance" in twice:
        columns = replace(columns, places={name: at for name, at in columns.places.items() if name != "balance"})
    named = next((name for name in _OF_ENTRIES if name in twice), None)
    if named is None:
        return _with_its_currency(columns)
    place = _by_heading(columns, twice[named]) or _by_currency(columns, twice[named], rows)
    if place is None or len(twice.keys() - {"balance"}) > 1:
        raise BankHeadingTwice(heading=columns.headings[columns.places[named]].strip())
    return _with_its_currency(replace(columns, places={**columns.places, named: place[0]}))


def _choices(columns: Columns, twice: Mapping[str, tuple[int, ...]]) -> Iterator[Columns]:
    for places in product(*twice.values()):
        yield replace(columns, places={**columns.places, **dict(zip(twice, places, strict=True))})


def _differing(places: tuple[int, ...], rows: Rows) -> tuple[int, ...]:
    """Without those that say the same as another in every row."""
    told: dict[tuple[str, ...], int] = {}
    for place in places:
        told.setdefault(tuple(_cells(rows, place)), place)
    return tuple(told.values())


def _cells(rows: Rows, place: int) -> Iterator[str]:
    return (row[place].strip() if place < len(row) else "" for row in rows)


def _adds_up(columns: Columns, rows: Rows) -> bool:
    pairs = [(columns.amount(row), columns.cell(row, "balance")) for row in rows]
    return balances_follow([pair for pair in pairs if all(pair)])


def _by_heading(columns: Columns, places: Iterable[int]) -> tuple[int] | None:
    """The only one whose heading names no currency."""
    plain = [place for place in places if not columns.currencies[place]]
    return (plain[0],) if len(plain) == 1 else None


def _by_currency(columns: Columns, places: Sequence[int], rows: Rows) -> tuple[int] | None:
    """The only one beside which the same currency stands in each row, in kronor where each has one that does."""
    beside = columns.either.get("currency", ())
    if len(beside) != len(places):
        return None
    told = [{cell.upper() for cell in _cells(rows, each) if cell} for each in beside]
    lone = [place for place, each in zip(places, told, strict=True) if len(each) == 1]
    if len(lone) > 1:
        lone = [place for place, each in zip(places, told, strict=True) if each == {_BOOKS}]
    return (lone[0],) if len(lone) == 1 else None


def _with_its_currency(columns: Columns) -> Columns:
    """Of several columns of currencies that of the sums: in order where there are as many of both; else the nearest."""
    sums, beside = columns.either.get("amount", ()), columns.either.get("currency", ())
    place = columns.places.get("amount")
    if place is None or not beside:
        return columns
    own = beside[sums.index(place)] if len(sums) == len(beside) else min(beside, key=lambda each: abs(each - place - 1))
    return replace(columns, places={**columns.places, "currency": own})
