"""Handlers for files: offline forms, paper, passports, the calendar."""
