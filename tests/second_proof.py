"""A second proof: generated cases set in every profile, and all that a proof-reader finds on their pages, as a table.

    python tests/second_proof.py [--cases 100] [--photos 1] [--keep FOLDER] [PROFILE ...]

Six profiles of a hundred cases take some six minutes of processor time. What is looked for: tests/proofreading.py; beside it veraPDF
judges each book, and pages of the profile gongwen are measured against GB/T 9704-2012. The exit is 1 where anything was found.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import manuscripts
import official
import proofreading
import verapdf
from casepress.book.profiles import read_profile

ROOT = Path(__file__).resolve().parents[1]
PROFILES = ("big16", "std16", "a4", "zhuzhou", "ningxia", "gongwen")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("profiles", nargs="*", default=PROFILES, metavar="PROFILE")
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--photos", type=float, default=1.0, help="how many photos, as a multiple of what is usual")
    parser.add_argument("--keep", type=Path, help="where the books are to stay")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="proof-") as name:
        folder = arguments.keep or Path(name)
        collection = manuscripts.write(folder / "collection", range(1, arguments.cases + 1), arguments.photos)
        books = {profile: folder / f"{profile}.pdf" for profile in arguments.profiles}
        for profile, book in books.items():
            made = [sys.executable, "-m", "casepress", "-C", collection, "book", "--profile", profile, "-o", book]
            subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        return told(books, arguments.cases)


def told(books: dict[str, Path], cases: int) -> int:
    """Read the books and print what was found in each, last all of it in a table; the number of faults, at most 1."""
    judged, rows, found = verapdf.judge(books.values()), [], 0
    for name, book in books.items():
        proof = proofreading.read(book, read_profile(name, [ROOT / "theme" / "print"]), manuscripts.digests(range(1, cases + 1)))
        for fault in proof.faults:
            print(f"{name} p. {fault.page} {fault.kind} {fault.amount:g} {fault.words}")
        for rule in judged[book]:
            print(f"{name} veraPDF {rule}")
        count = proof.count()
        found += sum(count[kind] for kind in proofreading.KINDS) + len(judged[book])
        rows.append((name, proof.pages, proof.judged, *(count[kind] for kind in proofreading.KINDS), len(judged[book])))
    if "gongwen" in books:
        for what, is_found, asked in official.measured(books["gongwen"]):
            print(f"GB/T 9704 {what}: {is_found:.2f}, asked for {asked:g}")
            found += abs(is_found - asked) > 0.3
    for row in (("profile", "pages", "judged", *proofreading.KINDS, "veraPDF"), *rows):
        print("".join(f"{value:>10}" for value in row))
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
