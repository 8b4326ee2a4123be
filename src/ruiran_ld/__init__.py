"""A linked-data publisher: curated annotations of documents in, validated RDF with provenance to the passage out."""

__version__ = "0.1.0"
