"""Citations of what was published: the dataset, an entity, an event, a document's record, a claim, a term.

What a citation says is read from the published graph, never from the sources: what is cited is what people can fetch.
It is made once, as an item of CSL-JSON (``items``), and written in other forms from there (``written``, ``styled``).
"""

from __future__ import annotations

from ruiran_ld.citation.items import Citation, Item, cite
from ruiran_ld.citation.published import Published
from ruiran_ld.citation.written import as_bibtex, as_csl_json, as_ris

__all__ = ["Citation", "Item", "Published", "as_bibtex", "as_csl_json", "as_ris", "cite"]
