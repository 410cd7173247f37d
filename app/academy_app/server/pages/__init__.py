"""A course's pages: found, executed, rendered, presented, and who waits for one."""
