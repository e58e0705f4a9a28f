"""What strangers may hold before they have shown who they are: how long, and how many seats; an organiser's choice."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.errors import BadValue
from domain.kernel.ids import OrganiserId, derived


class RegistrationRules(Aggregate):
    """One for each organiser; until it has been agreed the usual ones apply.

    `hold_minutes`: how long seats are held for a registration that is not confirmed. `seats_of_address` and
    `seats_from_place`: for how many seats one address, and one network address, may register in an hour.
    `share`: how many per cent of the seats that are not sold unconfirmed registrations may hold together.
    """

    HOLD_MINUTES: ClassVar[int] = 60
    SEATS_OF_ADDRESS: ClassVar[int] = 10
    SEATS_FROM_PLACE: ClassVar[int] = 100
    SHARE: ClassVar[int] = 50

    class Agreed(Aggregate.Created):
        organiser_id: OrganiserId
        hold_minutes: int
        seats_of_address: int
        seats_from_place: int
        share: int

    class Changed(Change):
        hold_minutes: int
        seats_of_address: int
        seats_from_place: int
        share: int

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
    ) -> None:
        self.organiser_id = organiser_id
        self.hold_minutes, self.share = hold_minutes, share
        self.seats_of_address, self.seats_from_place = seats_of_address, seats_from_place

    def change(self, hold_minutes: int, seats_of_address: int, seats_from_place: int, share: int) -> None:
        """Other rules from now on; what is held already stays held until its instant. Raises BadValue."""
        if not 5 <= hold_minutes <= 2880:
            raise BadValue(field="hold_minutes", why="5 to 2880 minutes")
        if not 1 <= seats_of_address <= 100:
            raise BadValue(field="seats_of_address", why="1 to 100 seats")
        if not 1 <= seats_from_place <= 10_000:
            raise BadValue(field="seats_from_place", why="1 to 10000 seats")
        if not 1 <= share <= 100:
            raise BadValue(field="share", why="1 to 100 per cent")
        told = (hold_minutes, seats_of_address, seats_from_place, share)
        if told != (self.hold_minutes, self.seats_of_address, self.seats_from_place, self.share):
            self.record(
                RegistrationRules.Changed(
                    hold_minutes=hold_minutes,
                    seats_of_address=seats_of_address,
                    seats_from_place=seats_from_place,
                    share=share,
                )
            )
