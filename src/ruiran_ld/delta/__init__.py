"""What differs between two editions of a dataset: for machines as RDF Patch and SPARQL Update, for people as Markdown.

An edition is the asserted graph as sorted canonical N-Triples lines (without blank nodes, so that the difference of two
sets of lines is the difference of the graphs), and the ontology that its terms are declared in.
"""

from __future__ import annotations

from ruiran_ld.delta.edition import Edition
from ruiran_ld.delta.markdown import write_markdown
from ruiran_ld.delta.patch import write_patch
from ruiran_ld.delta.update import write_update

__all__ = ["Edition", "write_markdown", "write_patch", "write_update"]
