"""What strangers may hold before they have shown who they are: how long, and how many seats; an organiser's choice."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.errors import BadValue
from domain.kernel.ids import OrganiserId, derived

_LIMITS = {
    "hold_minutes": (5, 2880, "5 to 2880 minutes"),
    "seats_of_address": (1, 100, "1 to 100 seats"),
    "seats_from_place": (1, 10_000, "1 to 10000 seats"),
    "share": (1, 100, "1 to 100 per cent"),
    "application_hours": (0, 168, "0 to 168 hours"),
}


class RegistrationRules(Aggregate):
    """One for each organiser; until it has been agreed the usual ones apply.

    `hold_minutes`: how long seats are held for a registration that is not confirmed. `seats_of_address` and
    `seats_from_place`: for how many seats one address, and one network address, may register in an hour.
    `share`: how many per cent of the seats that are not sold unconfirmed registrations may hold together.
    `application_hours`: how long a seat is held for somebody whose application waits for the organiser (0: not at all).
    """

    HOLD_MINUTES: ClassVar[int] = 60
    SEATS_OF_ADDRESS: ClassVar[int] = 10
    SEATS_FROM_PLACE: ClassVar[int] = 100
    SHARE: ClassVar[int] = 50
    APPLICATION_HOURS: ClassVar[int] = 48

    class Agreed(Aggregate.Created):
        organiser_id: OrganiserId
        hold_minutes: int
        seats_of_address: int
        seats_from_place: int
        share: int
        application_hours: int = 48

    class Changed(Change):
        hold_minutes: int
        seats_of_address: int
        seats_from_place: int
        share: int
        application_hours: int = 48

    @staticmethod
    def create_id(organiser_id: OrganiserId) -> UUID:
        """One for each organiser."""
        return derived(organiser_id, "registration-rules")

    @event(Agreed)
    def __init__(
        self,
        organiser_id: OrganiserId,
        hold_minutes: int = HOLD_MINUTES,
        seats_of_address: int = SEATS_OF_ADDRESS,
        seats_from_place: int = SEATS_FROM_PLACE,
        share: int = SHARE,
        application_hours: int = APPLICATION_HOURS,
    ) -> None:
        self.organiser_id, self.application_hours = organiser_id, application_hours
        self.hold_minutes, self.share = hold_minutes, share
        self.seats_of_address, self.seats_from_place = seats_of_address, seats_from_place

    def change(self, **rules: int) -> None:
        """Other rules from now on; what is held already stays held until its instant. Raises BadValue."""
        for name, (least, most, why) in _LIMITS.items():
            if not least <= rules[name] <= most:
                raise BadValue(field=name, why=why)
        self.record_change(RegistrationRules.Changed(**rules))
