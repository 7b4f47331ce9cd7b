"""`sources.py NAME LOCK FILE`: a package's source archive as the lock names it, its hash compared; nothing of it is run.

pip only downloads a source package by building its metadata, with tools that no lock names. Where packages come from is asked of pip,
so that a mirror holds here as well. Exits with a message where there is none.
"""

import hashlib
import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path


def main(name: str, lock: str, file: str) -> None:
    entry = re.search(rf"^{re.escape(name)}==(\S+)((?:.*\\\n)+.*)", Path(lock).read_text("utf-8"), re.M)
    if entry is None:
        sys.exit(f"{lock}: no {name}")
    asked = subprocess.run([sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True, check=False)
    index = f"{os.environ.get('PIP_INDEX_URL') or asked.stdout.strip() or 'https://pypi.org/simple'}/{name}/"
    with urllib.request.urlopen(index, timeout=60) as answer:
        listed, index = answer.read().decode(), answer.url
    found = re.search(rf'href="([^"#]*/{re.escape(name)}-{re.escape(entry[1])}\.tar\.gz)', listed)
    if found is None:
        sys.exit(f"{index}: no source of {name} {entry[1]}")
    with urllib.request.urlopen(urllib.parse.urljoin(index, found[1]), timeout=300) as answer:
        data = answer.read()
    if f"--hash=sha256:{hashlib.sha256(data).hexdigest()}" not in entry[2]:
        sys.exit(f"{found[1]}: not the file that the lock names")
    Path(file).write_bytes(data)


if __name__ == "__main__":
    main(*sys.argv[1:])
