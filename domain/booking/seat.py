"""A seat of a booking: somebody is named to sit in it, or it is handed over to another."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace
from datetime import datetime

from domain.billing.crediting import Charges, GivenBack
from domain.billing.crediting.lines import promised
from domain.kernel.aggregate import Aggregate, Part
from domain.kernel.documents import Line
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import OrganisationId, OrganiserId, PersonId, TransferId
from domain.kernel.payer import Payer


class SeatHasName(RuleBroken):
    """Somebody sits in the seat; giving it to another is a transfer (`seat`)."""


class AlreadySeated(RuleBroken):
    """The person sits in another seat of the same booking (`seat`)."""


@dataclass(frozen=True)
class Seat:
    """One seat of a booking: its number from 1, and who sits in it (None: to be named later)."""

    no: int
    person_id: PersonId | None = None
    organisation_id: OrganisationId | None = None
    is_cancelled: bool = False


class SeatHandover(Part):
    """Of a booking: who sits in its seats, until somebody else does."""

    organiser_id: OrganiserId
    payer: Payer
    seats: dict[int, Seat]
    turns: dict[int, int]
    charges: Charges
    handed_over: dict[int, tuple[TransferId, ...]]
    given_back: list[GivenBack]

    class ParticipantNamed(Aggregate.Event):
        seat: int
        person_id: PersonId
        organisation_id: OrganisationId | None
        named_at: datetime

        def apply(self, booking: SeatHandover) -> None:
            booking.seats[self.seat] = replace(
                booking.seats[self.seat], person_id=self.person_id, organisation_id=self.organisation_id
            )
            booking.turns[self.seat] = booking.turns.get(self.seat, 0) + 1

    class SeatTransferred(Aggregate.Event):
        organiser_id: OrganiserId
        seat: int
        transfer_id: TransferId
        from_person_id: PersonId | None
        to_person_id: PersonId
        organisation_id: OrganisationId | None
        difference: tuple[Line, ...]
        transferred_at: datetime

        def apply(self, booking: SeatHandover) -> None:
            booking.seats[self.seat] = replace(
                booking.seats[self.seat], person_id=self.to_person_id, organisation_id=self.organisation_id
            )
            booking.turns[self.seat] = booking.turns.get(self.seat, 0) + 1
            booking.handed_over[self.seat] = (*booking.handed_over.get(self.seat, ()), self.transfer_id)
            booking.charges = booking.charges.handed_over(self.seat, self.difference)
            back = tuple(each.reversed() for each in self.difference if each.net.amount < 0)
            booking.given_back += promised(self.transfer_id, "transferred", back)

    class SeatPriced(Aggregate.Event):
        seat: int
        price: Line

        def apply(self, booking: SeatHandover) -> None:
            booking.charges = booking.charges.priced(self.seat, self.price)

    @abstractmethod
    def seat(self, no: int) -> Seat:
        """One seat that is still held."""

    def name_participant(
        self, no: int, person_id: PersonId, organisation_id: OrganisationId | None, named_at: datetime
    ) -> None:
        """Say who sits in a seat booked "to be named"; no money moves (S01). Raises SeatHasName, AlreadySeated."""
        seat = self.seat(no)
        if seat.person_id == person_id:
            return
        if seat.person_id is not None:
            raise SeatHasName(seat=no)
        self.must_not_sit(person_id)
        self.record(
            self.ParticipantNamed(seat=no, person_id=person_id, organisation_id=organisation_id, named_at=named_at)
        )

    def hand_over(
        self,
        no: int,
        transfer_id: TransferId,
        to: PersonId,
        organisation_id: OrganisationId | None,
        difference: tuple[Line, ...],
        transferred_at: datetime,
        price: Line | None = None,
    ) -> None:
        """The same seat, another person. `difference`: what the payer owes on top (S36), or below zero gets back.

        `price`: the whole price that the seat is worth from now on, where it is another. Raises AlreadySeated.
        """
        seat = self.seat(no)
        if to != seat.person_id:  # the same person: the seat is another organisation's from now on
            self.must_not_sit(to)
        self.record(
            self.SeatTransferred(
                organiser_id=self.organiser_id,
                seat=no,
                transfer_id=transfer_id,
                from_person_id=seat.person_id,
                to_person_id=to,
                organisation_id=organisation_id,
                difference=difference,
                transferred_at=transferred_at,
            )
        )
        if price is not None:
            self.record(self.SeatPriced(seat=no, price=price))

    def home_of(self, no: int) -> OrganisationId | None:
        """The organisation that a seat has been handed over to; the payer's otherwise."""
        if no in self.handed_over and self.seats[no].organisation_id is not None:
            return self.seats[no].organisation_id
        return self.payer.organisation_id

    def must_not_sit(self, person_id: PersonId) -> None:
        """Raises AlreadySeated when the person holds a seat of this booking."""
        for seat in self.seats.values():
            if seat.person_id == person_id and not seat.is_cancelled:
                raise AlreadySeated(seat=seat.no)
