"""Pages of a course: found, executed, rendered, presented, waited for."""
