"""The source notebooks of a course, which nbgrader releases, and their versions."""
