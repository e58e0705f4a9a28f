"""Material of a season: published, replaced and removed."""

from __future__ import annotations

from uuid import UUID

from application.programme.material import MaterialRef, PublishMaterial, RemoveMaterial, ReplaceMaterial
from domain.kernel.ids import SeasonId
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.programme.meeting_schema import MaterialBody

materials = ApiBlueprint("materials", "Material of a season: what to read or watch.")
ALL = "/seasons/<uuid:season_id>/material"
ONE = f"{ALL}/<uuid:material_id>"


@materials.write("POST", ALL, Who.ADMIN, MaterialRef, body=MaterialBody, status=201)
def publish_material(call: Call, season_id: SeasonId) -> Written:
    """Something to read or watch, for participants or for everyone."""
    return call.execute(
        call.services.materials.publish, PublishMaterial(season_id, **call.body), f"/seasons/{season_id}"
    )


@materials.write("PUT", ONE, Who.ADMIN, MaterialRef, body=MaterialBody)
def replace_material(call: Call, season_id: SeasonId, material_id: UUID) -> Written:
    """The same item as it is from now on, whole."""
    return call.execute(call.services.materials.replace, ReplaceMaterial(season_id, material_id, **call.body))


@materials.write("DELETE", ONE, Who.ADMIN, MaterialRef)
def remove_material(call: Call, season_id: SeasonId, material_id: UUID) -> Written:
    """Take it away."""
    return call.execute(call.services.materials.remove, RemoveMaterial(season_id, material_id))
