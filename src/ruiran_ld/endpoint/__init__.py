"""The endpoint: the published dataset over HTTP, to read only.

It gives what ``ruiran-ld site`` writes, leads from each IRI of the base to its document, and answers queries by the
SPARQL 1.1 Protocol. Queries run in processes of their own (``worker``), which can be ended; everything else runs in
one process, which never waits for one of them.

Only ``application`` and what stands above it know Starlette; only ``serving`` knows uvicorn. The workers import
neither.
"""
