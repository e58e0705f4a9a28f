"""Material of a season: published, replaced and removed by admins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from application.kernel.command import command
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases
from application.programme.meeting import season_to_change
from domain.kernel.ids import MeetingId, SeasonId
from domain.programme.meeting import Material, Moment, Readers


@dataclass(frozen=True)
class PublishMaterial:
    """Something to read or watch, before a meeting or after it."""

    season_id: SeasonId
    title: str
    url: str
    readers: Readers = Readers.PARTICIPANTS
    meeting_id: MeetingId | None = None
    moment: Moment = Moment.BEFORE


@dataclass(frozen=True)
class ReplaceMaterial:
    """The same item as it is from now on: title, address, readers, meeting and moment."""

    season_id: SeasonId
    material_id: UUID
    title: str
    url: str
    readers: Readers = Readers.PARTICIPANTS
    meeting_id: MeetingId | None = None
    moment: Moment = Moment.BEFORE


@dataclass(frozen=True)
class RemoveMaterial:
    """An item that is not to be read any longer."""

    season_id: SeasonId
    material_id: UUID


@dataclass(frozen=True)
class MaterialRef:
    """Which material it was about."""

    season_id: SeasonId
    material_id: UUID


class Materials(UseCases):
    """Publish, replace, remove."""

    @command
    def publish(self, work: UnitOfWork, command: PublishMaterial) -> MaterialRef:
        """Something to read or watch. Raises NotFound for a meeting that is not the season's, BadValue."""
        material = _material(work.new_id(), command)
        season_to_change(work, command.season_id).publish_material(material)
        return MaterialRef(command.season_id, material.material_id)

    @command
    def replace(self, work: UnitOfWork, command: ReplaceMaterial) -> MaterialRef:
        """Only what differs is recorded. Raises NotFound, BadValue."""
        season = season_to_change(work, command.season_id)
        was, material = season.material(command.material_id), _material(command.material_id, command)
        is_there = was.file is not None and material.url == was.url
        season.replace_material(replace(material, file=was.file) if is_there else material)
        return MaterialRef(command.season_id, command.material_id)

    @command
    def remove(self, work: UnitOfWork, command: RemoveMaterial) -> MaterialRef:
        """Take it away. Raises NotFound."""
        season_to_change(work, command.season_id).remove_material(command.material_id)
        return MaterialRef(command.season_id, command.material_id)


def _material(material_id: UUID, command: PublishMaterial | ReplaceMaterial) -> Material:
    return Material(material_id, command.meeting_id, command.title, command.url, command.readers, command.moment)
