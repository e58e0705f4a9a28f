"""What a report is asked for, and who reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask import url_for

from application.accounting.queries.ageing import FREE_BY_RULE, NOW, AsOf
from application.accounting.queries.ledger import EVER, Period, PostingFilter
from application.kernel.page import MOST
from domain.kernel.vat import VatKind
from web.words.language import Say

Value = str | int | date | None


class Days(StrEnum):
    """Which days a report is asked for: `DATED` is a period of which only the present knowledge can be asked."""

    AS_OF = "as_of"
    PERIOD = "period"
    DATED = "dated"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Query:
    """What a report is asked for; each takes what concerns it. `match` is a kind of match, `after` a cursor."""

    as_of: AsOf = NOW
    period: Period = EVER
    bucket: int | None = None
    basis_points: int = 0
    vat_kind: str = VatKind.STANDARD
    match: str = FREE_BY_RULE
    account: str = ""
    season_id: UUID | None = None
    document_id: UUID | None = None
    after: str | None = None
    limit: int = MOST

    @property
    def postings(self) -> PostingFilter:
        """Which postings are asked for."""
        days = self.period
        return PostingFilter(self.account, days.from_on, days.until_on, self.season_id, self.document_id)


@dataclass(frozen=True)
class Reader:
    """Who reads a report in words: their language, and the days they asked for, as fields of an address."""

    say: Say
    is_admin: bool = False
    days: Mapping[str, str] = field(default_factory=dict)

    def document(self, document_id: UUID) -> str:
        """The address of an invoice or a credit note."""
        return url_for("invoice.page", document_id=document_id)

    def season(self, season_id: UUID | None) -> str:
        """Where a season's seats and money are shown."""
        return url_for("report.season", season_id=season_id) if season_id else ""

    def documents(self, season_id: UUID | None) -> str:
        """The documents of a season, issued in the days that the report is about."""
        if season_id is None:
            return ""
        days = {"from": self.days.get("from"), "until": self.days.get("until") or self.days.get("on")}
        chosen: dict[str, Any] = {name: day for name, day in days.items() if day}
        return url_for("invoice.index", season=season_id, **chosen)

    def report(self, name: str, **chosen: Value) -> str:
        """Another report of the same days."""
        query: dict[str, Any] = {
            **self.days,
            **{key: str(value) for key, value in chosen.items() if value not in (None, "")},
        }
        return url_for("report.page", report=name, **query)
