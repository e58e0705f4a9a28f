"""What follows when material is taken away or replaced: the file that it was is thrown away."""

from __future__ import annotations

from application.automation.policies import Table, when
from application.programme.material_file import MaterialFiles
from domain.programme.season import Season


def forgotten_files(files: MaterialFiles) -> Table:
    """After the event, so that nothing that is named is ever missing."""
    return (
        when(Season.MaterialRemoved, lambda event: files.forget(event.material.material_id)),
        when(Season.MaterialReplaced, lambda event: files.forget(event.material.material_id, event.material.file)),
    )
