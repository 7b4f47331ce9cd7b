"""Front matter: the bytes of a file to text, and its YAML header to plain strings that keep their lines.

Flows in: bytes, or text. Flows out: text, nodes and body, and every problem found on the way; nothing raises.
The only module that imports yaml. Of YAML it takes maps, lists and scalars; a scalar is what was written, so `no`,
`0110` and `2024-02-30` stay text. Anchors, aliases, tags, merge keys and second documents are refused.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from casepress.problems import Problem, error, warning
