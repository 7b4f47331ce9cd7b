"""The program itself, `casepress` or `python -m casepress`: nothing is loaded before Ctrl+C is answered in words."""

import gc
import os
import sys

_SELDOM = (200_000, 20, 100)  # what is read and laid out is alive to the end: looking for garbage among it takes a tenth of the time


def main() -> None:
    """The entry point."""
    gc.set_threshold(*_SELDOM)
    # Threads of numpy's would serve nothing here, and forbid copies of this process (facts/cores.py).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from casepress.cli import main as run

        run()
    except KeyboardInterrupt:  # while the program was still being loaded
        sys.stderr.write("已中断。\n")
        sys.exit(130)
    finally:
        gc.freeze()  # the system takes all back at once; nothing has to be looked for


if __name__ == "__main__":
    main()
