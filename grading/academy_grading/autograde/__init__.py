"""Autograding: stages submissions, runs their checks in a process of its own, writes grades."""
