"""The linter of courses."""
