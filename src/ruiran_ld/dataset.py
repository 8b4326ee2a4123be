"""Where a dataset is: a folder with ``ontology/``, ``shapes/``, ``seeds/``, ``queries/`` and, once built, ``dist/``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from ruiran_ld.errors import Place, Problem, UsageError

_NEEDED: Final = ("ontology", "seeds")
_PACKAGE: Final = Path(__file__).parent


class DatasetFolder(msgspec.Struct, frozen=True):
    """The folders of one dataset.

    Attributes:
        root: the folder that holds them.
        carried: whether it is the dataset that the installed package carries, which is not built in place.
    """

    root: Path
    carried: bool = False

    @property
    def ontology(self) -> Path:
        """The ontology's Turtle files."""
        return self.root / "ontology"

    @property
    def shapes(self) -> Path:
        """The SHACL shapes."""
        return self.root / "shapes"

    @property
    def seeds(self) -> Path:
        """Settings, registers and documents."""
        return self.root / "seeds"

    @property
    def queries(self) -> Path:
        """The SPARQL queries with their expected results."""
        return self.root / "queries"

    @property
    def dist(self) -> Path:
        """What was published."""
        return self.root / "dist"

    @property
    def releases(self) -> Path:
        """What was released for good, a folder for each version."""
        return self.root / "releases"

    @property
    def ledger(self) -> Path:
        """The ledger of published IRIs; missing where nothing was ever released."""
        return self.seeds / "ledger.tsv"

    def released_ledgers(self) -> list[Path]:
        """List the ledgers of the releases, which are kept beside the dataset."""
        # What a killed release left under a dotted name was never released.
        return sorted(self.releases.glob("[!.]*/ledger.tsv"))

    def documents(self) -> Path:
        """The folder of annotated documents."""
        return self.seeds / "documents"

    def name(self, path: Path) -> str:
        """Name a file in messages from the dataset's folder."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)


def locate(given: Path | None, here: Path | None = None) -> DatasetFolder:
    """Find the dataset: the folder given, else the one stood in, else the one that the package carries.

    Args:
        given: the folder that a person named, or None.
        here: the folder stood in; the working directory by default.

    Raises:
        UsageError: if the folder given is no dataset, or there is none at all.
    """
    if given is not None:
        missing = [name for name in _NEEDED if not (given / name).is_dir()]
        if missing:
            remedy = "give a folder with ontology/ and seeds/"
            raise UsageError(Problem(f"no dataset: {' and '.join(missing)} missing", remedy, Place(str(given))))
        return DatasetFolder(given)
    here = here or Path.cwd()
    if _is_dataset(here):
        return DatasetFolder(Path(here))
    for candidate in (_PACKAGE / "carried", _PACKAGE.parent.parent):
        if _is_dataset(candidate):
            return DatasetFolder(candidate, carried=True)
    raise UsageError(Problem("no dataset here", "give one with --dataset DIR", Place(str(here))))


def _is_dataset(folder: Path) -> bool:
    return all((folder / name).is_dir() for name in _NEEDED)
