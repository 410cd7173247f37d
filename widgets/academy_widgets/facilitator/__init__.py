"""Pages of facilitators: the dashboard (“desk”), and manual grading."""
