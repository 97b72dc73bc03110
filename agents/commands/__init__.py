"""What the subcommands of ``steward`` do."""
