"""Authentication: signing in and out, and what slows down who guesses."""
