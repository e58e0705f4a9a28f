"""Every report, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from web.reports import ledger, reconciliation, vat
from web.reports.report import Report

REPORTS: Mapping[str, Report[Any]] = {
    each.name: each
    for module in (ledger, vat, reconciliation)
    for each in vars(module).values()
    if isinstance(each, Report)
}
