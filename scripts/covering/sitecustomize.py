"""Read by every Python that is started while scripts/coverage measures: no process ends before it has written down which branches it took.

Nothing of casepress is altered but how its helpers end: a process that would be killed is asked to end first, and may write files to the last.
"""

import resource
import sys
from multiprocessing.process import BaseProcess

import coverage

_PATIENCE = 20  # seconds in which a process writes down what it took
_kill, _limit = BaseProcess.kill, resource.setrlimit


def kill(self: BaseProcess) -> None:
    """Ask a process of ours to end, and kill it where it does not."""
    self.terminate()
    self.join(_PATIENCE)
    _kill(self)


def limit(what: int, most: tuple[int, int]) -> None:
    """Limits as they are asked for, but for that of files which casepress sets its own helpers; what tests set is what they test."""
    if what != resource.RLIMIT_FSIZE or sys._getframe(1).f_globals["__name__"].split(".")[0] != "casepress":
        _limit(what, most)


BaseProcess.kill, resource.setrlimit = kill, limit
coverage.process_startup()
