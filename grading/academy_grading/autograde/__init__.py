"""Autograding: submissions staged, their checks run in a process of their own, grades written."""
