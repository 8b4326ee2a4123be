"""One run of the limit: nothing is made, the output is only read and written again."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

_BLOCK = 1024 * 1024


def main() -> None:
    """Copy the file named first to the one named second, through memory as any tool has to write."""
    with Path(sys.argv[1]).open("rb") as source, Path(sys.argv[2]).open("wb") as target:
        shutil.copyfileobj(source, target, _BLOCK)


if __name__ == "__main__":
    main()
