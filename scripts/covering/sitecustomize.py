"""Read by every Python that is started while scripts/coverage measures: no process ends before it has written down which branches it took.

Nothing of casepress is altered but how its helpers end: a process that would be killed is asked to end first, and may write files to the last.
"""

import resource
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
    """Limits as they are asked for, but for that of files."""
    if what != resource.RLIMIT_FSIZE:
        _limit(what, most)


BaseProcess.kill, resource.setrlimit = kill, limit
coverage.process_startup()
