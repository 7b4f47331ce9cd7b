"""Prints the table of verdicts; then builds what was accepted, and says what of it would live."""

import resource
import sys
import tempfile
from pathlib import Path

from evil import runner, settings


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="casepress-") as name:
        folder = runner.world(Path(name) / "collection")
        evils = runner.together()
        for each in evils:
            runner.place(folder, each)
        verdicts = runner.judged(evils, runner.run("-C", folder, "check")[1])
        runner.take_out(folder, verdicts)
        verdicts += runner.imported(folder, runner.sent())
        runner.take_out(folder, (), runner.run("-C", folder, "check")[1])
        code, said = runner.run("-C", folder, "build")
        found = runner.living(folder / "build" / "site") if not code else [said]
        alone = runner.of_settings(runner.world(Path(name) / "settings"), settings.inputs())
    print(runner.table([*verdicts, *alone]))
    print("\n".join(found) or "nothing lives")
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(f"{sum(each.ru_utime + each.ru_stime for each in used):.1f} s of processor, {max(each.ru_maxrss for each in used) // 1024} MB")
    return int(bool(found) or not all(each.is_right for each in [*verdicts, *alone]))


if __name__ == "__main__":
    sys.exit(main())
