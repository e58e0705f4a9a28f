"""Who books in the trials: an organisation with its people, and the booking that it asks for."""

from __future__ import annotations

from dataclasses import dataclass

from demo.checks.client import Client, Json

Seats = tuple[str | None, ...]
"""The person in each seat; None is to be named later."""


@dataclass(frozen=True)
class Party:
    """An organisation that books: its people, and its contact's client. `is_member`: it pays the members' price."""

    organisation_id: str
    people: tuple[str, ...]
    contact: Client
    is_member: bool
    reference: str = ""


def booking_of(party: Party, season_id: str, seats: Seats) -> Json:
    """The booking of so many seats, as the API takes it."""
    participants = [{"person_id": person} if person else {} for person in seats]
    payer = {"organisation_id": party.organisation_id, "reference": party.reference}
    return {"season_id": season_id, "participants": participants, **payer}
