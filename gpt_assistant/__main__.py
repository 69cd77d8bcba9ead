"""Entry point of `gpt-assistant` and of `python -m gpt_assistant`."""

from __future__ import annotations

import sys

from gpt_assistant import connections, logs
from gpt_assistant.cli import main as run_command_line
from gpt_assistant.engine import process


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:2] == [process.FLAG]:  # how a bundle starts its model
        process.main(sys.argv[2:])
    connections.install()
    logs.catch()
    logs.leave_no_core()
    sys.exit(run_command_line())


if __name__ == "__main__":
    main()
