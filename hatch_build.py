"""Puts the dataset into the wheel, so that the command works in an empty folder; an editable install has no need."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIED = ("ontology", "shapes", "seeds", "queries", "dist")


class CarryDataset(BuildHookInterface[Any]):
    """Adds the folders of the dataset to a wheel as `ruiran_ld/carried/`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folders to hatchling; a folder that is missing stops the build."""
        if version == "standard":
            build_data["force_include"].update({folder: f"ruiran_ld/carried/{folder}" for folder in CARRIED})
