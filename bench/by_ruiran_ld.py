"""One run of ours: convert a dataset folder, checks included, to an N-Triples file."""

from __future__ import annotations

import sys
from pathlib import Path

from ruiran_ld import corpus, dataset


def main() -> None:
    """Convert the folder named first into the file named second with as many processes as named third."""
    folder, output, jobs = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    with output.open("wb") as stream:
        corpus.convert(dataset.locate(folder), stream.write, jobs=jobs)


if __name__ == "__main__":
    main()
