"""The benchmark: what casepress costs beside its peers, all in one run: `bash scripts/bench`, `bash scripts/bench table`."""
