"""Material of a season: published, replaced and removed."""

from __future__ import annotations

from uuid import UUID

from application.programme.material import MaterialRef, PublishMaterial, RemoveMaterial, ReplaceMaterial
from application.programme.material_file import PublishFile, ReplaceFile
from domain.kernel.ids import SeasonId
from web.api.kernel.call import Call, FileAnswer, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.programme.meeting_schema import FileBody, MaterialBody

materials = ApiBlueprint("materials", "Material of a season: what to read or watch.")
ALL = "/seasons/<uuid:season_id>/material"
FILES, A_FILE = f"{ALL}/files", f"{ALL}/<uuid:material_id>/file"
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


@materials.write("POST", FILES, Who.ADMIN, MaterialRef, body=FileBody, status=201)
def publish_file(call: Call, season_id: SeasonId) -> Written:
    """A file, for participants or for everyone; what it is, its content says, and what runs anything is refused."""
    command = PublishFile(season_id, **{**call.body, "content": call.content()})
    return call.execute(call.services.material_files.publish, command, f"/seasons/{season_id}")


@materials.write("PUT", A_FILE, Who.ADMIN, MaterialRef, body=FileBody)
def replace_file(call: Call, season_id: SeasonId, material_id: UUID) -> Written:
    """The same item as it is from now on, whole, with another file."""
    command = ReplaceFile(season_id, **{**call.body, "content": call.content()}, material_id=material_id)
    return call.execute(call.services.material_files.replace, command)


@materials.file(A_FILE, Who.SIGNED_IN, "application/octet-stream")
def read_file(call: Call, season_id: UUID, material_id: UUID) -> FileAnswer:
    """A file that the token's person may read now; others find none."""
    found = call.services.material_files.read(call.actor, season_id, material_id)
    return FileAnswer(found.file.name, "application/octet-stream", found.content)
