"""The organiser's settings: what its invoices say, its logo, and who of its people are admins or see to the money."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from flask import Blueprint, Response, request

from application.kernel.actor import Role
from application.people.logo import ChooseLogo
from application.people.organiser import (
    AppointStaff,
    ArrangeInvoicing,
    ChooseAccent,
    CorrectOrganiser,
    DismissStaff,
    GivePaymentDetails,
    OrganiserRef,
)
from application.people.organiser_particulars import Particulars
from domain.kernel.errors import NotFound
from domain.kernel.ids import PersonId
from domain.kernel.vat import VatExemption
from domain.people.accent import Accent, NotAHue, accent
from domain.people.logo import LARGEST, NotALogo
from web.pages.kernel.finding import people_meant
from web.pages.kernel.forms import Form, Typed, search_words
from web.pages.kernel.uploaded import uploaded
from web.pages.kernel.visit import Answer, Visit, after, services, visit_as_admin, visit_as_staff, visit_by_anyone

pages = Blueprint("organiser", __name__)

ROLES = (Role.ADMIN, Role.FINANCE, Role.CANCELLING)
SWATCHES = {
    "brick": 48,
    "honey": 85,
    "moss": 120,
    "forest": 155,
    "sea": 210,
    "blue": 255,
    "violet": 295,
    "heather": 330,
    "red": 22,
}
"""Hues that have a name. Any other is chosen by its number."""
OTHER = "other"
FIELDS = {
    name: name
    for name in (
        *("address", "bankgiro", "plusgiro", "iban", "bic", "payment_days", "contact", "email", "vat_number", "name"),
        *("org_number", "registered_office", "phone"),
    )
} | {"NotALogo": "logo", "NotAHue": "hue"}


@pages.get("/<slug>/organiser")
def page() -> Answer:
    """As it stands, to be changed."""
    visit = visit_as_staff()
    return _show(visit, Form(Typed(_typed(visit))))


@pages.post("/<slug>/organiser")
def save() -> Answer:
    """What later invoices say; earlier ones stay as they are."""
    visit = visit_as_staff()
    form = Form.sent(lambda form: _show(visit, form), FIELDS, _named(visit))
    address, days = form.required("address"), form.whole("payment_days")
    organiser = visit.organiser.organiser_id
    accounts = {name: form.text(name) for name in ("bankgiro", "plusgiro", "iban", "bic")}
    paying = GivePaymentDetails(organiser, address, payment_days=form.needed(days), **accounts)
    invoicing = ArrangeInvoicing(
        organiser,
        is_f_tax=bool(form.text("is_f_tax")),
        is_rounded=bool(form.text("is_rounded")),
        contact=form.text("contact"),
        email=form.text("email"),
        vat_number=form.text("vat_number"),
        registered_office=form.text("registered_office"),
        phone=form.text("phone"),
        vat_exemption=form.one_of("vat_exemption", VatExemption, VatExemption.NONE),
    )
    recorded = form.submit(services().organisers.give_particulars, visit.actor, paying, invoicing)
    return after(recorded, "organiser.page", done=_done(recorded.answer, "particulars_saved"))


@pages.post("/<slug>/organiser/name")
def correct() -> Answer:
    """Its name and number, where they were written down wrongly."""
    visit = visit_as_admin()
    form = Form.sent(lambda form: _show(visit, form), FIELDS, _typed(visit))
    name, number = form.required("name"), form.required("org_number")
    command = CorrectOrganiser(visit.organiser.organiser_id, name, number)
    recorded = form.submit(services().organisers.correct, visit.actor, command)
    return after(recorded, "organiser.page", done="particulars_saved")


@pages.post("/<slug>/organiser/staff")
def appoint() -> Answer:
    """Give a person a role here."""
    visit = visit_as_admin()
    form = Form.sent(lambda form: _show(visit, form), known=_typed(visit))
    role = form.text("role")
    if role not in ROLES:
        form.problems.note("role", "form.choose")
    command = AppointStaff(visit.organiser.organiser_id, PersonId(form.chosen("person_id")), Role(role))
    recorded = services().organisers.appoint(visit.actor, command, form.key)
    return after(recorded, "organiser.page", done=_done(recorded.answer, "staff_appointed"))


@pages.post("/<slug>/organiser/staff/<uuid:person_id>/<role>/dismiss")
def dismiss(person_id: UUID, role: str) -> Answer:
    """Take a role back."""
    visit = visit_as_admin()
    if role not in ROLES:
        raise NotFound(what="person")
    command = DismissStaff(visit.organiser.organiser_id, PersonId(person_id), Role(role))
    recorded = services().organisers.dismiss(visit.actor, command)
    return after(recorded, "organiser.page", done="staff_dismissed")


@pages.get("/<slug>/logo/<digest>.png")
def logo(digest: str) -> Answer:
    """The logo, for anyone. Another picture has another address, so this one may be kept for ever."""
    organiser = visit_by_anyone().organiser
    content = services().logos.picture(digest) if digest == organiser.logo else None
    if content is None:
        raise NotFound(what="picture")
    answer = Response(content, content_type="image/png")
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@pages.post("/<slug>/organiser/logo")
def choose_logo() -> Answer:
    """Another logo from now on, or (`do` remove) the name in letters again."""
    visit = visit_as_staff()
    form = Form.sent(lambda form: _show(visit, form), FIELDS, _typed(visit))
    is_removed = form.text("do") == "remove"
    content = b"" if is_removed else uploaded("logo", LARGEST)
    if not content and not is_removed:
        raise form.refused(NotALogo())
    recorded = form.submit(services().logos.choose, visit.actor, ChooseLogo(visit.organiser.organiser_id, content))
    return after(recorded, "organiser.page", done="logo_removed" if is_removed else "logo_chosen")


@pages.post("/<slug>/organiser/accent")
def choose_accent() -> Answer:
    """Another accent from now on, or (`do` show) how it would look first."""
    visit = visit_as_staff()
    form = Form.sent(lambda form: _show(visit, form), FIELDS, _typed(visit))
    hue = form.needed(form.whole("hue") if form.text("swatch") == OTHER else form.whole("swatch"))
    if form.text("do") == "show":
        with form.attempt():
            accent(hue)
        return _show(visit, form)
    recorded = form.submit(
        services().organisers.choose_accent, visit.actor, ChooseAccent(visit.organiser.organiser_id, hue)
    )
    return after(recorded, "organiser.page", done="accent_chosen")


def _preview(visit: Visit, form: Form) -> Accent:
    """The accent that is asked about, where it is one; else the present one."""
    typed = form.text("hue") if form.text("swatch") == OTHER else form.text("swatch")
    try:
        return accent(int(typed))
    except (ValueError, NotAHue):
        return accent(visit.organiser.hue)


def _done(answer: OrganiserRef, done: str) -> str:
    return "change_proposed" if answer.proposal_id else done


def _typed(visit: Visit) -> dict[str, str]:
    known: Particulars = services().organisers.particulars(visit.actor, visit.organiser.organiser_id)
    return {
        **_named(visit),
        "swatch": str(visit.organiser.hue) if visit.organiser.hue in SWATCHES.values() else OTHER,
        "hue": str(visit.organiser.hue),
        "address": known.address,
        **asdict(known.accounts),
        "registered_office": known.registered_office,
        "phone": known.phone,
        "vat_exemption": known.vat_exemption.value,
        "payment_days": str(known.payment_days),
        "is_f_tax": "yes" if known.is_f_tax else "",
        "is_rounded": "yes" if known.is_rounded else "",
        "contact": known.contact,
        "email": known.email,
        "vat_number": visit.organiser.vat_number,
    }


def _named(visit: Visit) -> dict[str, str]:
    return {"name": visit.organiser.name, "org_number": visit.organiser.org_number}


def _show(visit: Visit, form: Form) -> str:
    known = services().organisers.particulars(visit.actor, visit.organiser.organiser_id)
    person_of = services().people_questions.person
    staff = [(person_of(visit.actor, person_id), role) for person_id, role in known.staff] if visit.is_admin else []
    words = search_words(request.values.get("q", "")) if visit.is_admin else ""
    return form.page(
        "organiser.html",
        swatches=[(word, accent(hue)) for word, hue in SWATCHES.items()],
        preview=_preview(visit, form),
        staff=sorted(staff, key=lambda each: (each[1], each[0].name or "")),
        roles=[each.value for each in ROLES],
        exemptions=[each.value for each in VatExemption],
        me=visit.actor.person_id,
        words=words,
        found=people_meant(visit, words),
    )
