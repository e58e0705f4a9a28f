"""Files as material of a season: looked into, kept and published by admins, and read by whom they are for (S47)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases
from application.programme.material import MaterialRef
from application.programme.meeting import season_to_change
from application.programme.queries.programme import Programme
from domain.kernel.errors import NotFound
from domain.kernel.ids import MeetingId, SeasonId
from domain.people.organiser import Organiser
from domain.programme.material_file import MaterialFile, file_of
from domain.programme.meeting import Material, Moment, Readers

NO_ID = UUID(int=0)


@dataclass(frozen=True)
class PublishFile:
    """A file to read, see or hear; what it is, its content says."""

    season_id: SeasonId
    title: str
    content: bytes
    filename: str = ""
    readers: Readers = Readers.PARTICIPANTS
    meeting_id: MeetingId | None = None
    moment: Moment = Moment.BEFORE


@dataclass(frozen=True)
class ReplaceFile(PublishFile):
    """The same item as it is from now on, with another file (`material_id` is never left out)."""

    material_id: UUID = NO_ID


@dataclass(frozen=True)
class FileToRead:
    """A file as it is handed out."""

    file: MaterialFile
    content: bytes


class FileShelf(Protocol):
    """Where files of material are kept, for each item by what they are."""

    def keep(self, material_id: UUID, digest: str, content: bytes) -> None:
        """Put it there; what is there stays."""

    def find(self, material_id: UUID, digest: str) -> bytes | None:
        """The file, if it is there."""

    def drop(self, material_id: UUID, but: str = "") -> None:
        """Throw away what is kept for an item, `but` the file of that digest."""


class MaterialFiles(UseCases):
    """Publish, replace, read, forget."""

    def __init__(self, decisions: Decisions, shelf: FileShelf, programme: Programme) -> None:
        super().__init__(decisions)
        self._shelf, self._programme = shelf, programme

    def publish(self, actor: Actor, command: PublishFile, key: str | None = None) -> Committed[MaterialRef]:
        """From now on. Raises NotAllowed, NotFound, NotAFileToShare, FileTooLarge, BadValue."""

        def decide(work: UnitOfWork) -> MaterialRef:
            season = season_to_change(work, command.season_id)
            material = self._kept(work, command, work.new_id(), file)
            season.publish_material(material)
            return MaterialRef(command.season_id, material.material_id)

        file = self._looked_into(actor, command.season_id, command)
        return self._record(actor, ("file", replace(command, content=b""), file.digest), MaterialRef, decide, key)

    def replace(self, actor: Actor, command: ReplaceFile, key: str | None = None) -> Committed[MaterialRef]:
        """From now on. Raises NotAllowed, NotFound, NotAFileToShare, FileTooLarge."""

        def decide(work: UnitOfWork) -> MaterialRef:
            season = season_to_change(work, command.season_id)
            season.material(command.material_id)
            season.replace_material(self._kept(work, command, command.material_id, file))
            return MaterialRef(command.season_id, command.material_id)

        file = self._looked_into(actor, command.season_id, command)
        return self._record(actor, ("file", replace(command, content=b""), file.digest), MaterialRef, decide, key)

    def read(self, actor: Actor, season_id: UUID, material_id: UUID) -> FileToRead:
        """A file that the actor may read now, by the same rule as the page that names it. Raises NotFound."""
        view = self._programme.season(actor, season_id)
        file = next((each.file for each in view.materials if each.material_id == material_id), None)
        content = self._shelf.find(material_id, file.digest) if file else None
        if file is None or content is None:
            raise NotFound(what="material")
        return FileToRead(file, content)

    def forget(self, material_id: UUID, but: MaterialFile | None = None) -> None:
        """Nobody is to read what was there, `but` that; twice is once."""
        self._shelf.drop(material_id, but.digest if but else "")

    def _kept(self, work: UnitOfWork, command: PublishFile, material_id: UUID, file: MaterialFile) -> Material:
        """The item; its file is on the shelf before any event names it."""
        organiser = work.load(Organiser, season_to_change(work, command.season_id).organiser_id)
        self._shelf.keep(material_id, file.digest, command.content)
        address = f"/{organiser.slug}/files/{command.season_id}/{material_id}"
        return Material(material_id, command.meeting_id, command.title, address, command.readers, command.moment, file)

    def _looked_into(self, actor: Actor, season_id: SeasonId, command: PublishFile) -> MaterialFile:
        """Nobody has a file looked into who may not publish it. Raises NotAllowed, NotFound."""
        self._decisions.dry_run(actor, lambda work: season_to_change(work, season_id))
        return file_of(command.content, command.filename)
