"""The organiser's logo, by which its pages and its later documents are headed."""

from __future__ import annotations

from uuid import UUID

from application.people.logo import ChooseLogo
from application.people.organiser import OrganiserRef
from domain.kernel.errors import NotFound
from web.api.kernel.call import Call, FileAnswer, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.people.logo_schema import LogoBody

logos = ApiBlueprint("logo", "The organiser's logo.")
ONE = "/organisers/<uuid:organiser_id>/logo"
PNG = "image/png"


@logos.file(ONE, Who.ANYONE, PNG)
def read_logo(call: Call, organiser_id: UUID) -> FileAnswer:
    """The picture."""
    row = call.services.programme.organiser(organiser_id)
    content = call.services.logos.picture(row.logo) if row.logo else None
    if content is None:
        raise NotFound(what="picture")
    return FileAnswer(f"{row.slug}.png", PNG, content)


@logos.write("PUT", ONE, Who.STAFF, OrganiserRef, body=LogoBody)
def choose_logo(call: Call, organiser_id: UUID) -> Written:
    """Another picture from now on; documents that were issued before keep theirs."""
    return call.execute(call.services.logos.choose, ChooseLogo(call.own(organiser_id), call.content()))


@logos.write("DELETE", ONE, Who.STAFF, OrganiserRef)
def remove_logo(call: Call, organiser_id: UUID) -> Written:
    """The name in letters from now on."""
    return call.execute(call.services.logos.choose, ChooseLogo(call.own(organiser_id), b""))
