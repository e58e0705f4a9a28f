"""The material of a season: published, replaced, and taken away."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import NotFound
from domain.kernel.text import title_of
from domain.programme.meeting import Material, Readers
from domain.programme.season_meetings import SeasonMeetings


class SeasonMaterial(SeasonMeetings):
    """Of a season: what is to be read or watched, of all of it or of one meeting."""

    class MaterialPublished(Aggregate.Event):
        material: Material

        def apply(self, season: SeasonMaterial) -> None:
            season.materials[self.material.material_id] = self.material

    class MaterialReplaced(Aggregate.Event):
        material: Material
        was: Material

        def apply(self, season: SeasonMaterial) -> None:
            season.materials[self.material.material_id] = self.material

    class MaterialReadersChosen(Aggregate.Event):
        material: Material
        was: Readers

        def apply(self, season: SeasonMaterial) -> None:
            season.materials[self.material.material_id] = self.material

    class MaterialRemoved(Aggregate.Event):
        material: Material

        def apply(self, season: SeasonMaterial) -> None:
            del season.materials[self.material.material_id]

    def publish_material(self, material: Material) -> None:
        """Something to read or watch, for participants or for everyone."""
        self.record(self.MaterialPublished(material=self._checked(material)))

    def replace_material(self, material: Material) -> None:
        """The same item under another title or address, for another meeting, moment or readers.

        Raises NotFound, BadValue.
        """
        was, material = self.material(material.material_id), self._checked(material)
        if replace(material, readers=was.readers) != was:
            self.record(self.MaterialReplaced(material=replace(material, readers=was.readers), was=was))
        if material.readers is not was.readers:
            self.record(self.MaterialReadersChosen(material=material, was=was.readers))

    def remove_material(self, material_id: UUID) -> None:
        """It is not to be read any longer. Raises NotFound."""
        self.record(self.MaterialRemoved(material=self.material(material_id)))

    def material(self, material_id: UUID) -> Material:
        """One item. Raises NotFound."""
        try:
            return self.materials[material_id]
        except KeyError:
            raise NotFound(what="material") from None

    def _checked(self, material: Material) -> Material:
        if material.meeting_id is not None:
            self.meeting(material.meeting_id)
        return replace(material, title=title_of("title", material.title))
