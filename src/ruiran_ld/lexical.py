"""What texts in records look like, as regular expressions that Python and JSON Schema (ECMA-262) read alike.

Each stands for a whole text. Those of slugs and languages are in ``identifiers``, that of dates in ``edtf_bounds``.
"""

from __future__ import annotations

from typing import Final

SPAN: Final = "(0|[1-9][0-9]{0,14})-([1-9][0-9]{0,14})"
SHA256: Final = "[0-9a-f]{64}"
# More digits than anything has that is counted; Python refuses to read thousands.
MAX_DIGITS: Final = 40
INTEGER: Final = f"[+-]?[0-9]{{1,{MAX_DIGITS}}}"
DECIMAL: Final = rf"[+-]?[0-9]{{1,{MAX_DIGITS}}}(\.[0-9]{{1,{MAX_DIGITS}}})?"
CONTROL: Final = r"[\x00-\x08\x0b-\x1f\x7f]"
"""One character that no text of a curator holds."""
