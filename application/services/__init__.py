"""The service as its faces see it: every noun's use cases and questions, made once and handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_type_hints

from application.kernel.health import Health
from application.kernel.page import Freshness
from application.kernel.ports import Clock, Decisions
from application.kernel.shown import Shown
from application.services.attendance import AttendanceServices
from application.services.booking import BookingServices
from application.services.insight import InsightServices
from application.services.money import MoneyServices
from application.services.people import PeopleServices
from application.services.programme import ProgrammeServices


@dataclass(frozen=True)
class Services(PeopleServices, ProgrammeServices, BookingServices, AttendanceServices, MoneyServices, InsightServices):
    """What a face may call, room by room."""

    clock: Clock
    shown: Shown
    freshness: Freshness
    health: Health

    @classmethod
    def of(cls, decisions: Decisions, **made: Any) -> Services:
        """All of them: those that need the record of decisions alone are made here, the others are handed in."""
        kinds = get_type_hints(cls)
        alone = {name: kind(decisions) for name, kind in kinds.items() if name not in made}
        return cls(**alone, **made)
