"""The benchmark: ``python -m bench`` makes corpora, converts them side by side with other tools and writes a report."""
