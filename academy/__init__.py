"""Academy Kit: courses, exercises, answers and people of an online academy for workers' education."""

__version__ = "0.1.0"
