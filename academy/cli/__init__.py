"""The `academy` command."""

from academy.cli.app import app, main

__all__ = ["app", "main"]
