"""One run of ours: the command line as it stands, such as ``python -m bench.by_ruiran_ld convert --out FILE``."""

from __future__ import annotations

from ruiran_ld.cli import main

# Processes of its own import this module again, under another name.
if __name__ == "__main__":
    main()
