"""Builds a dataset and kills its own process when a stage begins: `killed_build.py DATASET STAGE`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from ruiran_ld import pipeline
from ruiran_ld.dataset import DatasetFolder


def main() -> None:
    dataset, fatal = DatasetFolder(Path(sys.argv[1])), sys.argv[2]

    def on_stage(stage: str) -> None:
        if stage == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    pipeline.build(dataset, dataset.dist, on_stage=on_stage)


if __name__ == "__main__":
    main()
