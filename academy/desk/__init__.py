"""The facilitators' desk: who is where, what waits, and pictures of the cohort. From states and submissions only."""
