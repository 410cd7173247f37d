"""nbgrader's gradebook: its database, what is read from it and written into it."""
