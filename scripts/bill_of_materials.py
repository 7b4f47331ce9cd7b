"""The bill of materials of a release (CycloneDX): what the lock installs, and what of the browser's libraries stands in the theme.

Flows in: cyclonedx-py's bill of the lock, on the standard input. Flows out: the whole bill, held against CycloneDX's own schema.
"""

import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "theme" / "scripts" / "vendor"
_HEAD = re.compile(r"/\*!\n(?P<name>@\S+|@ \S+) (?P<version>[0-9][0-9.]*[0-9])\b.*?\bMIT\b", re.DOTALL)  # as tests/test_bundles.py asks for it


def vendored() -> Iterator[tuple[str, str, Path]]:
    """Name and version on npm of each library that stands in the theme, as its own head says, and its file."""
    for path in sorted(VENDOR.glob("*.js")):
        said = _HEAD.match(path.read_text("utf-8"))
        if said is None:
            raise SystemExit(f"{path} 开头没有写明名称、版本和 MIT 许可")
        yield said["name"].removeprefix("@ "), said["version"], path


def declared() -> set[str]:
    """The packages that casepress itself asks for."""
    words = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    return {re.match(r"[\w-]+", word)[0] for word in words}


def main() -> None:
    """Complete the bill and print it."""
    from cyclonedx.contrib.hash.factories import HashTypeFactory
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.license import DisjunctiveLicense
    from cyclonedx.output.json import JsonV1Dot6
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator
    from packageurl import PackageURL

    given = json.load(sys.stdin)
    bill = Bom.from_json(given)
    direct = [part for part in bill.components if part.name in declared()]
    for name, version, path in vendored():
        group, _, short = name.rpartition("/")
        made = Component(
            name=short,
            group=group or None,
            version=version,
            type=ComponentType.LIBRARY,
            bom_ref=f"npm-{name}-{version}",
            purl=PackageURL("npm", group or None, short, version),
            hashes=[HashTypeFactory().from_hashlib_alg("sha256", hashlib.sha256(path.read_bytes()).hexdigest())],
            licenses=[DisjunctiveLicense(id="MIT")],
            description=f"theme/scripts/vendor/{path.name}",
        )
        bill.components.add(made)
        direct.append(made)
    bill.register_dependency(bill.metadata.component, direct)
    whole = json.loads(JsonV1Dot6(bill).output_as_string())
    # The number and the moment that the library makes up, so that the same materials are the same bytes.
    del whole["serialNumber"], whole["metadata"]["timestamp"]
    if "timestamp" in given["metadata"]:  # of SOURCE_DATE_EPOCH
        whole["metadata"]["timestamp"] = given["metadata"]["timestamp"]
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong is not None:
        raise SystemExit(f"物料清单不合 CycloneDX 的格式：{wrong}")
    print(text)


if __name__ == "__main__":
    main()
