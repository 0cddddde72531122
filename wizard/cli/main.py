"""The process's entry: imports nothing heavy, because `railwizard --version` should cost what Python costs."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line of this process and return its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"] and sys.stdout:
        from wizard import __version__  # noqa: PLC0415 - see the module's docstring

        sys.stdout.write(f"railwizard {__version__}\n")
        return _flushed()
    try:
        from wizard.cli.guard import guarded, hide_tracebacks  # noqa: PLC0415 - see the module's docstring

        hide_tracebacks()
        return guarded(arguments)
    except KeyboardInterrupt:
        return 130


def _flushed() -> int:
    """Write out what is said; where nothing takes it, leave nothing for Python to complain about at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        sys.stdout = None
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
