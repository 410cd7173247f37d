"""Proves checks: by cases, by worked examples, and by what is made of those."""
