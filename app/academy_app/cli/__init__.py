"""The `academy` command."""

from academy_app.cli.app import app, main

__all__ = ["app", "main"]
