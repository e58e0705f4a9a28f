"""The API as the trials use it: each thing people do, as one call with its address and its body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from application.access.token import Tokens
from application.kernel.actor import Role
from demo.checks.client import Client, Json, Unexpected
from demo.checks.party import Party, Seats, booking_of
from demo.people import Names, in_address, org_number
from domain.kernel.ids import OrganiserId, PersonId

Mail = Callable[[UUID, str], tuple[str, str]]
"""Reads the latest confirmation letter of an organiser's to an address: what it is about, and the code."""


@dataclass(frozen=True)
class Counter:
    """One organiser, with whoever acts there: admin and finance with tokens of theirs, a stranger without.

    `outsider` is the admin of another organiser. `mail` reads the newest link in a stranger's mailbox.
    """

    organiser_id: str
    today: date
    tokens: Tokens
    admin: Client
    finance: Client
    stranger: Client
    outsider: Client
    mail: Mail
    names: Names = field(default_factory=lambda: Names(2000))

    def mailed(self, email: str) -> tuple[str, str]:
        """The link of the latest confirmation letter to an address: what it is about ("registrations/…"), the code."""
        return self.mail(UUID(self.organiser_id), email)

    def signed_in(self, person_id: str) -> Client:
        """Somebody of the organiser's people with a token of their own."""
        organiser, person = OrganiserId(UUID(self.organiser_id)), PersonId(UUID(person_id))
        token = self.tokens.make("demo check", organiser, frozenset({Role.MEMBER}), person)
        return replace(self.stranger, token=token)

    def person(self, organisation_id: str | None, role: str = "manager") -> str:
        """Somebody new, registered by an admin."""
        name = self.names.draw()
        body: Json = {"name": name, "email": f"{in_address(name)}@check.example", "role": role}
        if organisation_id is not None:
            body |= {"organisation_id": organisation_id, "from_on": f"{self.today.year - 1}-01-01"}
        return str(self.admin.post("/people", body)["person_id"])

    def party(self, no: int, *, ground: str = "", sector: str = "private", reference: str = "") -> Party:
        """A new organisation with three people, the first its contact, registered by an admin."""
        body = {"name": f"Provbolaget {no} AB", "org_number": org_number(f"5569997{no:02}"), "sector": sector}
        organisation = str(self.admin.post("/organisations", body)["organisation_id"])
        billing = {"address": "Provgatan 1, 111 11 Provstad", "needs_reference": bool(reference)}
        self.admin.put(f"/organisations/{organisation}/billing-details", billing)
        people = tuple(self.person(organisation) for _ in range(3))
        self.admin.post(f"/organisations/{organisation}/contacts", {"person_id": people[0]})
        if ground:
            year = self.today.year
            period = {"from_on": f"{year}-01-01", "until_on": f"{year + 1}-12-31"}
            self.admin.post("/memberships", {"holder_id": organisation, "ground": ground, **period})
        return Party(organisation, people, self.signed_in(people[0]), ground == "member", reference)

    def networks(self) -> list[Json]:
        """The organiser's networks, as anyone reads them."""
        return self.stranger.every(f"/organisers/{self.organiser_id}/networks")

    def season(self, title: str, network: str = "") -> Json:
        """The organiser's season of that title (in that network), whole, as anyone reads it."""
        rows = self.stranger.every(f"/organisers/{self.organiser_id}/seasons")
        found = [
            row["season_id"] for row in rows if row["title"] == title and row["network"] in (network or row["network"],)
        ]
        if len(found) != 1:
            raise Unexpected(f"{len(found)} seasons are called {title}")
        return self.view(found[0])

    def view(self, season_id: str, reader: Client | None = None) -> Json:
        """A season whole, as a reader (anyone) sees it."""
        return (reader or self.stranger).get(f"/organisers/{self.organiser_id}/seasons/{season_id}")

    def members(self) -> set[str]:
        """The organisations that are members."""
        return {row["holder_id"] for row in self.finance.every("/memberships") if row["ground"] == "member"}

    def bookings(self, season_id: str) -> list[Json]:
        """All bookings of a season."""
        return self.admin.every("/bookings", season_id=season_id)

    def alumnus(self) -> Client:
        """Somebody whom an admin has verified as an alumnus, signed in."""
        person_id = self.person(None)
        body = {"ground": "alumnus", "from_on": f"{self.today.year}-01-01"}
        self.admin.post(f"/people/{person_id}/affiliations/verify", body)
        return self.signed_in(person_id)

    def book_oneself(self, client: Client, season_id: str) -> Json:
        """Somebody books a seat for themselves."""
        me = client.get("/whoami")["person_id"]
        return client.post("/bookings", {"season_id": season_id, "participants": [{"person_id": me}]})

    def preview(self, party: Party, season_id: str, seats: Seats) -> int:
        """What the party would pay in öre incl. VAT."""
        shown = party.contact.post("/bookings/preview", booking_of(party, season_id, seats))
        lines = shown["quote"]["lines"]
        return sum(int(line["net"]["amount"] + line["vat"]["amount"]) for line in lines)

    def book(self, party: Party, season_id: str, seats: Seats) -> Json:
        """Book, twice with the same key: the same booking is answered."""
        body, key = booking_of(party, season_id, seats), party.contact.new_key()
        made = party.contact.post("/bookings", body, key=key)
        again = party.contact.post("/bookings", body, key=key)
        if made != again:
            raise Unexpected(f"the same request was answered {made} and then {again}")
        return made

    def refuse(self, party: Party, season_id: str, seats: Seats, why: str) -> None:
        """Try to book what must be refused."""
        party.contact.refused("/bookings", booking_of(party, season_id, seats), why)

    def name(self, party: Party, made: Json, seat: int, person_id: str) -> None:
        """Say who sits in a seat."""
        body = {"seat": seat, "participant": {"person_id": person_id}}
        party.contact.post(f"/bookings/{made['booking_id']}/participants", body)

    def transfer(self, client: Client, made: Json, seat: int, to: str, reason: str = "") -> Json:
        """A seat to somebody else."""
        body = {"seat": seat, "to": {"person_id": to}, "reason": reason}
        return client.post(f"/bookings/{made['booking_id']}/transfers", body)

    def refuse_transfer(self, client: Client, made: Json, seat: int, to: str) -> None:
        """Try a transfer that only an admin may make."""
        body = {"seat": seat, "to": {"person_id": to}}
        client.refused(f"/bookings/{made['booking_id']}/transfers", body, "transfer-not-allowed")

    def accept(self, client: Client, transfer: Json) -> Json:
        """Say yes to a transfer."""
        return client.post(f"/transfers/{transfer['transfer_id']}/accept", {})

    def preview_cancellation(self, party: Party, made: Json, seats: tuple[int, ...]) -> int:
        """What would be given back in öre incl. VAT."""
        path = f"/bookings/{made['booking_id']}/cancellations/preview"
        return int(party.contact.post(path, {"seats": seats or "all"})["credit"])

    def cancel(self, client: Client, made: Json, seats: tuple[int, ...], plea: str = "") -> Json:
        """Give seats up, or ask for more than the terms give."""
        return client.post(f"/bookings/{made['booking_id']}/cancellations", {"seats": seats or "all", "plea": plea})

    def waive(self, asked: Json) -> Json:
        """An admin gives the whole price back."""
        path = f"/cancellations/{asked['cancellation_id']}/waive"
        return self.admin.post(path, {"reason": "Tåget stod verkligen still."})

    def is_given_up(self, made: Json, seat: int) -> bool:
        """Whether a seat of a booking has been cancelled, as an admin reads it."""
        booking = self.admin.get(f"/bookings/{made['booking_id']}")
        return any(each["no"] == seat and each["is_cancelled"] for each in booking["seats"])

    def waiting_cases(self) -> set[str]:
        """The bookings with a cancellation that waits for an admin."""
        rows = self.admin.every("/cancellations", status="requested")
        return {row["booking_id"] for row in rows if row["needs_decision"]}

    def plan_late_round(self, view: Json) -> str:
        """Another round at the same prices, held yesterday, when the last day to cancel free was over; open to book."""
        yesterday = (self.today - timedelta(days=1)).isoformat()
        time = {"kind": "scheduled", "start": f"{yesterday}T09:00", "end": f"{yesterday}T12:00"}
        terms = {"tiers": [{"before": yesterday, "kept": 0}, {"kept": 10_000}]} if view["terms"] else None
        season = self.admin.post(
            "/seasons",
            {
                "network_id": view["network_id"],
                "title": f"{view['title']} (prov)",
                "seats": 10,
                "meetings": [{"title": "Prov", "time": time}],
                "prices": {"prices": [_price(price) for price in view["prices"]["prices"]]},
                "terms": terms,
            },
        )["season_id"]
        self.admin.post(f"/seasons/{season}/open", {})
        return str(season)

    def admit(self, network_id: str, person_id: str) -> None:
        """An admin lets somebody in whom the rule leaves open."""
        body = {"person_id": person_id, "is_admitted": True, "reason": "Bolaget ägs av kommunen."}
        self.admin.post(f"/networks/{network_id}/admissions", body)

    def schedule(self, season_id: str, meeting_id: str, year: str, day: str) -> None:
        """An admin sets a meeting's day; it is held in the morning."""
        time = {"kind": "scheduled", "start": f"{year}-{day}T09:30", "end": f"{year}-{day}T12:30"}
        self.admin.post(f"/seasons/{season_id}/meetings/{meeting_id}/schedule", {"time": time})

    def publish(self, season_id: str, title: str, meeting_id: str | None) -> None:
        """An admin publishes something for the participants."""
        body = {"title": title, "url": "https://check.example/material", "meeting_id": meeting_id}
        self.admin.post(f"/seasons/{season_id}/material", body)

    def roster(self, season_id: str) -> list[Json]:
        """Who sits in a season."""
        return self.admin.every(f"/seasons/{season_id}/roster")

    def participants(self, season_id: str) -> list[Client]:
        """Everybody who is named in a season's seats, each signed in."""
        people = dict.fromkeys(line["person_id"] for line in self.roster(season_id) if line["person_id"])
        return [self.signed_in(person_id) for person_id in people]

    def documents(self, season_id: str) -> list[Json]:
        """Invoices and credit notes of a season, as finance reads them."""
        invoices, notes = (self.finance.every(kind, season_id=season_id) for kind in ("/invoices", "/credit-notes"))
        return invoices + notes

    def document(self, row: Json) -> Json:
        """An invoice whole, as finance reads it."""
        return self.finance.get(f"/invoices/{row['document_id']}")

    def pay(self, row: Json) -> Json:
        """Finance records that what is owed has come; the invoice afterwards."""
        body = {"amount": row["balance"], "reference": f"BG {row['number']}", "received_on": self.today.isoformat()}
        self.finance.post(f"/invoices/{row['document_id']}/payments", body)
        return dict(self.document(row)["document"])

    def season_sums(self, season_id: str) -> Json:
        """What finance reads that a season has come to."""
        return next(row for row in self.finance.every("/season-sums") if row["season_id"] == season_id)

    def refuse_roster(self, client: Client, season_id: str, status: int) -> None:
        """Try to read what only an admin may read."""
        client.kept_out(f"/seasons/{season_id}/roster", status)

    def refuse_outsider(self, season_id: str) -> None:
        """Another organiser's admin finds nothing here."""
        self.outsider.kept_out(f"/seasons/{season_id}", 404)
        self.outsider.kept_out(f"/bookings/{self.bookings(season_id)[0]['booking_id']}", 404)


def _price(price: Json) -> Json:
    """A price of a list, as the API takes it back."""
    same = {name: price[name] for name in ("audience", "per", "persons", "includes_vat", "from_on", "before")}
    extra = price["extra"] and price["extra"]["amount"]
    return same | {"amount": price["amount"]["amount"], "vat": price["vat"]["basis_points"], "extra": extra}
