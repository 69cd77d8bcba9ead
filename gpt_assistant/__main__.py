"""Entry point of `gpt-assistant` and of `python -m gpt_assistant`."""

from __future__ import annotations

import sys

from gpt_assistant.cli import main as run_command_line


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(run_command_line())


if __name__ == "__main__":
    main()
