"""The search index of a collection, written and proven: a process of its own, `python -m benchmarks.indexing COLLECTION SITE`."""

import sys
from pathlib import Path

from casepress import flow
from casepress.collection import project
from casepress.search import index, proving


def write_index(folder: Path, site: Path) -> None:
    """Write the index of a collection below a site's folder, and prove it from its own bytes."""
    collection, _ = flow.check_project(project.find(folder))
    assert collection is not None
    (site / "search").mkdir(parents=True)
    for name, data in index.index_files(collection):
        (site / name).write_bytes(data)
    proving.check_index(collection, lambda name: (site / name).read_bytes())


if __name__ == "__main__":
    write_index(*map(Path, sys.argv[1:]))
