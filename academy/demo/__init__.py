"""Invented people with passports at every stage, for tests, screenshots and demonstrations."""

from academy.demo.fill import Demo, fill

__all__ = ["Demo", "fill"]
