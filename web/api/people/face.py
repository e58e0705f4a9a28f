"""The picture of a person who speaks or leads."""

from __future__ import annotations

from application.people.face import FaceRef, HideFace, ShowFace
from domain.kernel.ids import PersonId
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.people.face_schema import FaceBody

faces = ApiBlueprint("faces", "The picture of a person who speaks or leads.")
ONE = "/people/<uuid:person_id>/face"


@faces.write("PUT", ONE, Who.SIGNED_IN, FaceRef, body=FaceBody)
def show_face(call: Call, person_id: PersonId) -> Written:
    """Show a picture beside the name wherever the person speaks or leads, for all to see."""
    command = ShowFace(person_id, call.content(), call.body["is_agreed"])
    return call.execute(call.services.faces.show, command)


@faces.write("DELETE", ONE, Who.SIGNED_IN, FaceRef)
def hide_face(call: Call, person_id: PersonId) -> Written:
    """Show none; what was shown can be read by nobody any longer."""
    return call.execute(call.services.faces.hide, HideFace(person_id))
