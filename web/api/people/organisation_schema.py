"""What the API takes about organisations and memberships."""

from __future__ import annotations

from marshmallow import fields

from domain.kernel.eligibility import Ground, Sector
from web.api.kernel.common_schema import A_SENTENCE, A_TITLE, AN_ADDRESS, MOST_MONEY, Body, PageQuery
from web.api.kernel.fields import Day, Flag, Id, Text, Whole


class RegisterOrganisationBody(Body):
    """A new employer and payer."""

    name = Text(A_TITLE, 1, required=True, example="Acme AB")
    org_number = Text(13, 10, required=True, example="556999-0004")
    sector = fields.Enum(Sector, by_value=True, load_default=Sector.PRIVATE)
    country = Text(2, 2, r"^[A-Z]{2}$", load_default="SE", about="ISO 3166-1, two letters.")


class CorrectOrganisationBody(Body):
    """What was written down wrongly; what is left out or null stays as it is."""

    name = Text(A_TITLE, 1, optional=True)
    org_number = Text(30, 1, optional=True)
    sector = fields.Enum(Sector, by_value=True, load_default=None, allow_none=True)
    country = Text(2, 2, r"^[A-Z]{2}$", optional=True)
    renamed_on = Day(optional=True, about="The name is no correction but a new one, from this local day.")


class BillingDetailsBody(Body):
    """How invoices reach it."""

    address = Text(AN_ADDRESS, 1, required=True)
    vat_number = Text(20, load_default="")
    peppol_id = Text(60, load_default="", example="0007:2120009903")
    needs_reference = Flag(load_default=False)
    language = Text(2, 2, load_default="sv", about="Of paper documents: sv or en.")
    is_collective = Flag(load_default=False, about="One invoice a month for all that is bought.")
    invoice_email = Text(254, load_default="", about="Where letters about invoices go; none: to its contacts.")


class DomainBody(Body):
    """An e-mail domain of its own."""

    domain = Text(253, 1, required=True, example="acme.example")


class ContactBody(Body):
    """A person who may act for it."""

    person_id = Id(required=True)


class GrantMembershipBody(Body):
    """A membership of an organisation or a person, both days included."""

    holder_id = Id(required=True)
    ground = fields.Enum(Ground, by_value=True, load_default=Ground.MEMBER)
    from_on = Day(required=True)
    until_on = Day(optional=True)
    persons = Whole(1, 1_000_000, optional=True)


class RenewMembershipBody(Body):
    """A further period, both days included."""

    from_on = Day(required=True)
    until_on = Day(optional=True)


class EndMembershipBody(Body):
    """Its last local day, and why."""

    ended_on = Day(required=True)
    reason = Text(A_SENTENCE, load_default="")


class CorrectPeriodBody(Body):
    """The right days of the period that was said to begin on `was_from_on`, both included, and why."""

    was_from_on = Day(required=True)
    from_on = Day(required=True)
    until_on = Day(optional=True)
    reason = Text(A_SENTENCE, load_default="")


class WithdrawPeriodBody(Body):
    """The first day of the period that was granted by mistake, and why."""

    from_on = Day(required=True)
    reason = Text(A_SENTENCE, load_default="")


class AgreeAboveBody(Body):
    """What each person costs whom the membership does not cover, and by what it was agreed; none: what others pay."""

    above = Whole(0, MOST_MONEY, optional=True, about="In öre excl. VAT, in the organiser's currency.", example=900_000)
    above_for = Text(100, load_default="", about="As invoices say it.")


class MembershipQuery(PageQuery):
    """Whose memberships."""

    holder_id = Id(load_default=None)
