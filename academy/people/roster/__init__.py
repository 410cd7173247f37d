"""Rosters: lists of people in files, read and brought in."""
