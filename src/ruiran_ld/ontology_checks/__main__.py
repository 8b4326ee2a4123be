"""Command of `make check`: `python -m ruiran_ld.ontology_checks --dataset DIR`.

Exit status: 0 nothing found, 1 something found, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ruiran_ld.errors import Problem, RuiranError
from ruiran_ld.ontology_checks import java
from ruiran_ld.ontology_checks.checks import data_graph, run_all


def main(arguments: list[str] | None = None) -> int:
    """Run all checks, print the findings for people and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m ruiran_ld.ontology_checks", description="Check the ontology.")
    parser.add_argument(
        "--dataset",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="folder of the dataset (default: this one)",
    )
    dataset: Path = parser.parse_args(arguments).dataset
    if missing := java.missing_modules():
        print(f"not installed: {', '.join(missing)}; install ruiran-ld with the extra 'check'", file=sys.stderr)
        return 2
    try:
        found = run_all(dataset)
        built = data_graph(dataset) is not None
    except RuiranError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    for note in sorted(found.notes, key=Problem.sort_key):
        print(note)
    for problem in sorted(found.problems, key=Problem.sort_key):
        print(problem)
    if found.problems:
        print(f"{len(found.problems)} finding{'s' if len(found.problems) > 1 else ''} in the ontology")
        return 1
    scope = "with the entities of the built data" if built else "alone: no data is built yet"
    print(f"ontology: parses, no error and no warning of the quality queries, in OWL 2 RL, consistent ({scope})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
