"""What the API takes about organisers and their staff."""

from __future__ import annotations

from marshmallow import fields, validate

from application.kernel.actor import Role
from domain.booking.registration_rules import RegistrationRules
from domain.kernel.vat import VatExemption
from domain.people.safeguard import Guard
from web.api.kernel.common_schema import A_TITLE, AN_ADDRESS, CURRENCY, ZONE, Body
from web.api.kernel.fields import Choice, Flag, Id, Text, Whole


class FoundOrganiserBody(Body):
    """A new legal seller."""

    name = Text(A_TITLE, 1, required=True)
    slug = Text(40, 1, "^[a-z0-9][a-z0-9-]*$", required=True, about="Its word in addresses.")
    org_number = Text(20, 1, required=True, example="556036-0793")
    vat_number = Text(30, load_default="")
    currency = Text(3, 3, CURRENCY, load_default="SEK")
    zone = Text(64, 1, load_default="Europe/Stockholm", metadata=ZONE)
    country = Text(2, 2, r"^[A-Z]{2}$", load_default="SE", about="Where it is registered: ISO 3166-1, two letters.")


class CorrectOrganiserBody(Body):
    """Its name and number as they are."""

    name = Text(A_TITLE, 1, required=True)
    org_number = Text(20, 1, required=True, example="556036-0793")


class PaymentDetailsBody(Body):
    """Where (one account at least) and within how many days invoices are paid."""

    address = Text(AN_ADDRESS, 1, required=True)
    bankgiro = Text(15, load_default="", example="991-2346")
    payment_days = Whole(0, 365, load_default=30)
    plusgiro = Text(15, load_default="", example="902003-3")
    iban = Text(50, load_default="", example="SE45 5000 0000 0583 9825 7466")
    bic = Text(20, load_default="", example="ESSESESS")


class AccentBody(Body):
    """The hue of what can be acted upon, in degrees of OKLCH: 48 brick, 155 forest, 255 blue, 330 heather."""

    hue = Whole(0, 360, required=True, example=255)


class SitesBody(Body):
    """Origins of web sites: scheme and host, no page."""

    sites = fields.List(
        Text(200, 1),
        required=True,
        validate=validate.Length(max=20),
        metadata={"examples": [["https://www.example.se"]]},
    )


class InvoicingBody(Body):
    """What documents say: approved for F-tax, totals in whole kronor, whom to ask, the registered office.

    A seller that charges no VAT at all says why.
    """

    is_f_tax = Flag(load_default=False)
    is_rounded = Flag(load_default=False)
    contact = Text(100, load_default="", example="Ekonomi")
    email = Text(254, load_default="", example="ekonomi@example.org")
    vat_number = Text(30, optional=True, example="SE556036079301")
    registered_office = Text(100, load_default="", example="Stockholm")
    phone = Text(40, load_default="", example="08-123 45 67")
    vat_exemption = fields.Enum(VatExemption, by_value=True, load_default=VatExemption.NONE)


class RegistrationRulesBody(Body):
    """What strangers may hold before they confirm."""

    hold_minutes = Whole(5, 2880, load_default=RegistrationRules.HOLD_MINUTES)
    seats_of_address = Whole(1, 100, load_default=RegistrationRules.SEATS_OF_ADDRESS)
    seats_from_place = Whole(1, 10_000, load_default=RegistrationRules.SEATS_FROM_PLACE)
    share = Whole(1, 100, load_default=RegistrationRules.SHARE)
    application_hours = Whole(0, 168, load_default=RegistrationRules.APPLICATION_HOURS)


class GuardBody(Body):
    """What is asked before bank details or staff change."""

    guard = Choice(*(each.value for each in Guard), required=True)


class StaffBody(Body):
    """A person and a role."""

    person_id = Id(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
