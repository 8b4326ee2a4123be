"""The log: one line an event on standard error, as JSON for programs or as text for people.

What comes from clients is written so that it can neither end its line nor move a terminal's cursor.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from ruiran_ld.errors import visible

JSON: Final = "json"
TEXT: Final = "text"


class _Lines(logging.Formatter):
    """Common to both: what an event says besides its name stands in ``extra={"fields": {...}}``."""

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields: Mapping[str, object] = getattr(record, "fields", {})
        error = {"error": self.formatException(record.exc_info)} if record.exc_info else {}
        return self.line(when, record.levelname.lower(), record.getMessage(), {**fields, **error})

    def line(self, when: str, level: str, event: str, fields: Mapping[str, object]) -> str:
        """Write one event."""
        raise NotImplementedError


class JsonLines(_Lines):
    """An object a line."""

    def line(self, when: str, level: str, event: str, fields: Mapping[str, object]) -> str:
        """Write an event in ASCII, all else escaped."""
        return json.dumps({"time": when, "level": level, "event": event, **fields})


class TextLines(_Lines):
    """Time, level, event, and the rest as ``name=value``."""

    def line(self, when: str, level: str, event: str, fields: Mapping[str, object]) -> str:
        """Write an event without characters that a terminal would obey."""
        return visible(" ".join((when, level, event, *(f"{name}={value}" for name, value in fields.items()))))


def configure(form: str) -> None:
    """Send the events of the endpoint and of uvicorn to standard error.

    Args:
        form: ``json`` or ``text``.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == JSON else TextLines())
    for name, level in (("ruiran_ld.endpoint", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
