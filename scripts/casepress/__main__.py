"""The program itself, `casepress` or `python -m casepress`: nothing is loaded before Ctrl+C is answered in words."""

import sys


def main() -> None:
    """The entry point."""
    try:
        from casepress.cli import main as run

        run()
    except KeyboardInterrupt:  # while the program was still being loaded
        sys.stderr.write("已中断。\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
