"""That the ledger itself loses nothing: every row of a released one is still in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from ruiran_ld.errors import Place, Problem


def forgotten(iris: Collection[str], released: Iterable[tuple[Path, str]], file: str) -> list[Problem]:
    """Find IRIs of released ledgers that the ledger has no row of any more.

    Args:
        iris: those that it has rows of.
        released: the ledgers of releases, each with what it is called in messages.
        file: what the ledger is called in messages.
    """
    found: dict[str, Problem] = {}
    for path, name in released:
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            found[name] = Problem(f"a released ledger that cannot be read: {error}", "restore it", Place(name))
            continue
        for number, line in enumerate(lines[1:-1], 2):
            iri = line.partition("\t")[0]
            if iri not in iris and iri not in found:
                message = f"<{iri}> was released, and has no row in {file}"
                found[iri] = Problem(message, "put this line back there, in its order", Place(name, number))
    return list(found.values())
