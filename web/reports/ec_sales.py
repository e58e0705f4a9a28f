"""The EC sales list as the file of the tax agency's e-service ("SKV574008"): fields apart by semicolons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from application.accounting.queries.ledger import Period
from application.accounting.queries.vat_return import EcSalesRow
from application.kernel.actor import Actor
from application.kernel.use_case import organiser_of
from application.services import Services
from domain.accounting.ec_sales import EcPeriod, ec_period, last_quarter
from domain.kernel.money import whole_units
from domain.kernel.terms import day_in

_NAME, _PHONE, _EMAIL = 35, 17, 100


def ec_sales_file(services: Services, actor: Actor, from_on: date | None, until_on: date | None) -> tuple[str, bytes]:
    """The list of a calendar month or quarter: what to save it as, and the file. Raises BadValue, NotAllowed.

    Without both days: of the quarter that was over last.
    """
    organiser_id = organiser_of(actor)
    today = day_in(services.clock.now(), services.programme.organiser(organiser_id).zone)
    period = ec_period(from_on, until_on) if from_on and until_on else last_quarter(today)
    rows = services.vat_return_questions.ec_sales(actor, Period(period.first, period.last))
    seller, who = services.programme.organiser(organiser_id), services.organisers.particulars(actor, organiser_id)
    answers = who.contact or seller.name, who.phone, who.email
    return f"periodisk-{period.code}.txt", written(seller.vat_number, period, answers, rows)


def written(vat_number: str, period: EcPeriod, answers: tuple[str, str, str], sales: Iterable[EcSalesRow]) -> bytes:
    """Whole kronor for each buyer: goods, nothing of triangular trade, services. `answers`: name, telephone, e-mail."""
    name, phone, email = (" ".join(each.replace(";", " ").split()) for each in answers)
    lines = ["SKV574008;", f"{vat_number};{period.code};{name[:_NAME]};{phone[:_PHONE]};{email[:_EMAIL]};"]
    for each in sales:
        goods, supplied = whole_units(each.goods), whole_units(each.services)
        if goods or supplied:
            lines.append(f"{each.vat_number};{goods or ''};;{supplied or ''};")
    return "".join(f"{line}\r\n" for line in lines).encode("iso-8859-1", "replace")
