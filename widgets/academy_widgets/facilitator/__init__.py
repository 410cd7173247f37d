"""What facilitators see: their desk, and the page on which they grade."""
