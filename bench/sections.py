"""Sections of the report that are measured apart, and stay when the others are written anew."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SERVING: Final = "## The endpoint under load"


def read(path: Path, heading: str) -> str:
    """Read a section with its heading; empty if the report does not have it."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    start = _start(text, heading)
    return text[start : _end(text, start)] if start >= 0 else ""


def replace(path: Path, heading: str, body: str) -> None:
    """Write a section in the place of the one of the same heading, or at the end."""
    text = path.read_text(encoding="utf-8") if path.exists() else "# Benchmarks\n"
    start = _start(text, heading)
    before, after = (text[:start], text[_end(text, start) :]) if start >= 0 else (f"{text.rstrip()}\n\n", "")
    path.write_text(f"{before}{heading}\n\n{body.rstrip()}\n{after}", encoding="utf-8", newline="\n")


def _start(text: str, heading: str) -> int:
    return text.find(f"{heading}\n") if text.startswith(heading) else text.find(f"\n{heading}\n") + 1 or -1


def _end(text: str, start: int) -> int:
    found = text.find("\n## ", start + 1)
    return len(text) if found < 0 else found
