"""The subcommands of `gpt-assistant`, one module each."""
