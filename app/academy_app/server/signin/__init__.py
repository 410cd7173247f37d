"""Signing in and out: who somebody is, and what slows down who guesses."""
