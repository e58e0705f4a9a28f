"""Who takes part: an organiser with its staff, organisations with their people, and what they do, each by the API."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from demo.checks.client import Json
from demo.desk import Sketch
from demo.people import Names, in_address, org_number, vat_number
from demo.season.year import Following, Year
from domain.access.webhook_kind import KINDS

_DEVICE = UUID("6f1d6c1e-6f0b-5f0a-9c55-1d6a0c1b2f78")
STRANGERS = "stranger.example"


@dataclass(frozen=True)
class Human:
    """Somebody, and how they call the API."""

    person_id: str
    name: str
    email: str
    calls: Following


@dataclass(frozen=True)
class House:
    """An organisation; the first of its people is its contact."""

    organisation_id: str
    name: str
    people: tuple[Human, ...]
    reference: str = ""

    @property
    def contact(self) -> Human:
        """Who books for the others."""
        return self.people[0]


@dataclass
class Cast:
    """One organiser of the year."""

    year: Year
    sketch: Sketch
    organiser_id: str = ""
    names: Names = field(default_factory=lambda: Names(0))
    number: int = 0
    admin: Following = field(init=False, repr=False)
    finance: Following = field(init=False, repr=False)
    seasons: dict[str, str] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    buyers: list[str] = field(default_factory=list)

    def note(self, programme: str, what: str) -> None:
        """Remember what has been done for a programme."""
        self.notes.setdefault(programme, []).append(what)

    def found(self, hook: str) -> None:
        """The organiser is founded, its staff appointed, its money arranged, another system told of all of it."""
        sketch, system = self.sketch, self.year.system
        number = org_number(sketch.number)
        body = {"name": sketch.name, "slug": sketch.slug, "org_number": number, "vat_number": vat_number(number)}
        self.organiser_id = str(system.post("/organisers", body)["organiser_id"])
        self.year.settle()
        self.names = Names(sketch.names + 5000)
        self.admin, self.finance = self._token(("admin",)), self._token(("finance",))
        self.admin, self.finance = self._staff("admin"), self._staff("finance")
        details = {"address": sketch.address, "bankgiro": sketch.bankgiro, "payment_days": 30}
        self.finance.put(f"/organisers/{self.organiser_id}/payment-details", details)
        self.finance.put(f"/organisers/{self.organiser_id}/invoicing", {"is_f_tax": True, "contact": "Ekonomi"})
        self.admin.post("/webhooks", {"address": f"{hook}/{sketch.slug}", "kinds": list(KINDS)})

    def network(self, name: str, kind: str = "network", **body: Any) -> str:
        """A network."""
        return str(self.admin.post("/networks", {"name": name, "kind": kind, **body})["network_id"])

    def season(self, programme: str, network_id: str, title: str, seats: int, meetings: list[Json], **body: Any) -> str:
        """A season of a programme, planned and open."""
        told = {"network_id": network_id, "title": title, "seats": seats, "meetings": meetings, **body}
        season_id = str(self.admin.post("/seasons", told)["season_id"])
        self.admin.post(f"/seasons/{season_id}/open", {})
        self.seasons[season_id] = programme
        return season_id

    def human(self, organisation_id: str = "", role: str = "manager") -> Human:
        """Somebody new, registered by an admin."""
        name = self.names.draw()
        email = f"{in_address(name)}@{self.sketch.slug}.example"
        job = {"organisation_id": organisation_id, "role": role, "from_on": "2020-01-01"} if organisation_id else {}
        person_id = str(self.admin.post("/people", {"name": name, "email": email, **job})["person_id"])
        return Human(person_id, name, email, self._token(("member",), person_id))

    def house(self, people: int, *, ground: str = "", sector: str = "private", reference: str = "") -> House:
        """An organisation with people and a contact, perhaps with a membership."""
        self.number += 1
        number = org_number(f"55699{70 + self.sketch.names % 29:02}{self.number:02}")
        name = f"{self.names.draw().split()[1]} {self.number} AB"
        body = {"name": name, "org_number": number, "sector": sector}
        organisation = str(self.admin.post("/organisations", body)["organisation_id"])
        bill = {"address": "Årsvägen 1, 111 11 Stockholm", "needs_reference": bool(reference)}
        self.admin.put(f"/organisations/{organisation}/billing-details", bill)
        humans = tuple(self.human(organisation) for _ in range(people))
        self.admin.post(f"/organisations/{organisation}/contacts", {"person_id": humans[0].person_id})
        if ground:
            period = {"from_on": "2026-01-01", "until_on": "2027-12-31"}
            self.admin.post("/memberships", {"holder_id": organisation, "ground": ground, **period})
        return House(organisation, name, humans, reference)

    def book(self, season_id: str, house: House, *who: Human | None) -> Json:
        """An organisation's contact books for some of its people (None: to be named later)."""
        seats = [{} if each is None else {"person_id": each.person_id} for each in who]
        payer = {"organisation_id": house.organisation_id, "reference": house.reference}
        return house.contact.calls.post("/bookings", {"season_id": season_id, "participants": seats, **payer})

    def book_oneself(self, season_id: str, who: Human) -> Json:
        """Somebody books for themselves."""
        return who.calls.post("/bookings", {"season_id": season_id, "participants": [{"person_id": who.person_id}]})

    def meetings(self, season_id: str) -> list[Json]:
        """The meetings of a season."""
        return list(self.admin.get(f"/seasons/{season_id}")["meetings"])

    def check_in(self, season_id: str, no: int, *but: Human) -> None:
        """The door of a meeting: whoever is expected comes, but for some."""
        meeting_id = self.meetings(season_id)[no]["meeting_id"]
        away, at = {each.person_id for each in but}, self.year.clock.now().isoformat().replace("+00:00", "Z")
        expected = [line["person_id"] for line in self.admin.every(f"/seasons/{season_id}/roster")]
        scans = [
            {
                "scan_id": str(uuid5(_DEVICE, f"{meeting_id}/{person}")),
                "device": str(_DEVICE),
                "at": at,
                "sent_at": at,
                "how": "list",
                "person_id": person,
            }
            for person in expected
            if person is not None and person not in away
        ]
        if scans:
            self.admin.post(f"/seasons/{season_id}/meetings/{meeting_id}/door/scans", {"scans": scans})

    def hold(self, season_id: str, no: int) -> None:
        """A meeting was held that day."""
        day = self.year.clock.now().date().isoformat()
        meeting_id = self.meetings(season_id)[no]["meeting_id"]
        self.admin.post(f"/seasons/{season_id}/meetings/{meeting_id}/hold", {"held_on": day})

    def give(self, season_id: str, title: str, no: int | None = None, **body: Any) -> None:
        """Something to read or watch, of the season or of one meeting."""
        meeting_id = None if no is None else self.meetings(season_id)[no]["meeting_id"]
        told = {"title": title, "url": "https://material.example/1", "meeting_id": meeting_id, **body}
        self.admin.post(f"/seasons/{season_id}/material", told)

    def pay_all(self) -> None:
        """Every payer pays what is owed."""
        day = self.year.clock.now().date().isoformat()
        for row in self.finance.every("/invoices"):
            if row["balance"] > 0:
                paid = {"amount": row["balance"], "reference": f"BG {row['number']}", "received_on": day}
                self.finance.post(f"/invoices/{row['document_id']}/payments", paid)

    def pay_back(self) -> None:
        """What was paid too much goes back by bank."""
        day = self.year.clock.now().date().isoformat()
        for row in self.finance.every("/refunds-due"):
            back = {"amount": row["due"], "reference": f"BG åter {row['number']}", "refunded_on": day}
            self.finance.post(f"/invoices/{row['invoice_id']}/refunds", back)

    def _staff(self, role: str) -> Following:
        person = self.human()
        body = {"person_id": person.person_id, "role": role}
        self.admin.post(f"/organisers/{self.organiser_id}/staff", body)
        return self._token((role,))

    def _token(self, roles: tuple[str, ...], person_id: str | None = None) -> Following:
        body = {"name": "året", "roles": list(roles), "organiser_id": self.organiser_id, "person_id": person_id}
        return self.year.anyone.acting(str(self.year.system.post("/tokens", body)["token"]))
