"""One build of a dataset that says how long each stage took, as JSON: CPU seconds by the stage's name."""

from __future__ import annotations

import json
import sys
import time
from itertools import pairwise
from pathlib import Path

from ruiran_ld import dataset, pipeline


def main() -> None:
    """Build the dataset in the folder named first into the folder named second."""
    begun: list[tuple[str, float]] = [("start", 0.0)]

    def on_stage(name: str) -> None:
        begun.append((name, time.process_time()))

    pipeline.build(dataset.locate(Path(sys.argv[1])), Path(sys.argv[2]), on_stage=on_stage)
    begun.append(("", time.process_time()))
    print(json.dumps({name: end - start for (name, start), (_, end) in pairwise(begun)}))


if __name__ == "__main__":
    main()
