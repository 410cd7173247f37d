"""Formgrader with pages that are safe, in the language of the course, and grading by hand beside it."""
